"""Which originals must exist and are not held, or cannot be read.

Of a batch: files that the manifest names, pages that the archive declares, pages that nobody can read. Of a commune:
what its papers say of each other (`gaps_of`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from cadastre.missing.dangling import lost_certificates, lost_decisions
from cadastre.missing.gap_cases import Found, case_id
from cadastre.missing.holdings import Holdings
from cadastre.missing.map_gaps import gaps_of_maps
from cadastre.missing.page_runs import gaps_of_pages
from cadastre.missing.register_gaps import gaps_of_register
from cadastre.missing.row_runs import gaps_of_rows
from schemas.documents import Given
from schemas.outcomes import MissingKind, MissingOriginal, MissingReason

_PLACES: dict[str, str] = {
    "book": "Bộ sổ thứ hai lưu tại xã, huyện hoặc tỉnh (nay là chi nhánh văn phòng đăng ký đất đai, sở)",
    "certificate": "Bản lưu giấy chứng nhận và sổ cấp giấy chứng nhận; bản của người sử dụng đất",
    "any": "Nơi lưu trữ hồ sơ gốc; bản lưu tại chi nhánh văn phòng đăng ký đất đai",
}


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A page that is there and cannot be read, and why (Vietnamese)."""

    given: Given
    page: int
    why: str


def _where(given: Given) -> str:
    kind = given.kind or ""
    place = _PLACES["book" if kind.startswith("so_") else "certificate" if kind == "gcn" else "any"]
    if given.custodian:
        place = f"{given.custodian}; {place[0].lower()}{place[1:]}"
    return f"{place} ({given.container})" if given.container else place


def _case(given: Given, kind: MissingKind, reason: MissingReason, what: str, evidence: str) -> MissingOriginal:
    return MissingOriginal(
        case_id=case_id(kind, reason, what),
        kind=kind,
        what=what,
        unit_code=given.unit_code,
        reason=reason,
        evidence=evidence,
        likely_location=_where(given),
        p=None,
    )


def _volumes(given: Iterable[Given], present: Mapping[str, int]) -> list[tuple[str, list[Given]]]:
    """Return each volume that declares its pages, by name: a file, or a shelf of files of one page each."""
    shelves: dict[tuple[str, int], list[Given]] = defaultdict(list)
    volumes: list[tuple[str, list[Given]]] = []
    for row in given:
        if row.declared_pages is None or row.file not in present:
            continue
        if row.container and present[row.file] == 1 and row.declared_pages > 1:
            shelves[(row.container, row.declared_pages)].append(row)
        else:
            volumes.append((row.file, [row]))
    for (container, _), rows in shelves.items():
        volumes.append((rows[0].file if len(rows) == 1 else container, rows))
    return volumes


def _illegible(one: Unreadable) -> MissingOriginal:
    what = f"{one.given.file} trang {one.page}"
    return _case(one.given, "page", "illegible", what, f"{what} có trong lô nhưng không đọc được: {one.why}")


def gaps_of(holdings: Holdings) -> list[Found]:
    """Return what the papers of one commune say is lacking, each case once, sorted by what is missing."""
    pages, skipped = gaps_of_pages(holdings)
    cases = [
        *pages,
        *lost_certificates(holdings),
        *lost_decisions(holdings),
        *gaps_of_register(holdings, skipped),
        *gaps_of_rows(holdings, skipped),
        *gaps_of_maps(holdings),
    ]
    # of a row that the numbers and a map tell to be lacking, the map is the better witness
    mapped = {one.case.what for one in cases if one.case.reason == "map_without_row"}
    by_id: dict[str, Found] = {}
    for one in cases:
        if one.case.reason == "sequence_gap" and one.case.kind == "register_row" and one.case.what in mapped:
            continue
        by_id.setdefault(one.case.case_id, one)
    return sorted(by_id.values(), key=lambda one: (one.case.kind, one.case.what))


def find_missing(
    given: Sequence[Given], present: Mapping[str, int], unreadable: Iterable[Unreadable] = ()
) -> list[MissingOriginal]:
    """Return the cases of a batch, sorted by what is missing.

    `given` are the manifest's rows; `present` maps the path of every file that came to its number of pages.
    """
    cases = [
        _case(
            row,
            "file",
            "manifest",
            row.file,
            f"manifest.csv ghi tệp {row.file} nhưng trong lô không có tệp này.",
        )
        for row in given
        if row.file not in present
    ]
    for name, rows in _volumes(given, present):
        declared = rows[0].declared_pages or 0
        found = sum(present[row.file] for row in rows)
        if found < declared:
            lacking = declared - found
            cases.append(
                _case(
                    rows[0],
                    "page",
                    "declared_pages",
                    f"{name}: {lacking} trang",
                    f"Hồ sơ lưu trữ ghi {declared} trang, nhận được {found} trang, thiếu {lacking} trang.",
                )
            )
    cases += [_illegible(one) for one in unreadable]
    return sorted(cases, key=lambda case: (case.kind, case.what))
