"""Which originals must exist and are not held: files that the manifest names, pages that the archive declares."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from schemas.documents import Given
from schemas.outcomes import MissingKind, MissingOriginal, MissingReason

_PLACES: dict[str, str] = {
    "book": "Bộ sổ thứ hai lưu tại xã, huyện hoặc tỉnh (nay là chi nhánh văn phòng đăng ký đất đai, sở)",
    "certificate": "Bản lưu giấy chứng nhận và sổ cấp giấy chứng nhận; bản của người sử dụng đất",
    "any": "Nơi lưu trữ hồ sơ gốc; bản lưu tại chi nhánh văn phòng đăng ký đất đai",
}


def _case_id(*parts: str) -> str:
    return hashlib.sha256("\n".join(("missing", *parts)).encode()).hexdigest()[:32]


def _where(given: Given) -> str:
    kind = given.kind or ""
    place = _PLACES["book" if kind.startswith("so_") else "certificate" if kind == "gcn" else "any"]
    if given.custodian:
        place = f"{given.custodian}; {place[0].lower()}{place[1:]}"
    return f"{place} ({given.container})" if given.container else place


def _case(given: Given, kind: MissingKind, reason: MissingReason, what: str, evidence: str) -> MissingOriginal:
    return MissingOriginal(
        case_id=_case_id(kind, reason, what),
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


def find_missing(given: Sequence[Given], present: Mapping[str, int]) -> list[MissingOriginal]:
    """Return the cases, sorted by what is missing.

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
    return sorted(cases, key=lambda case: (case.kind, case.what))
