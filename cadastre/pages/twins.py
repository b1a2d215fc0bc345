"""Whether two papers are one paper in other bytes: a photocopy, a second photograph, a rescan, a signed twin.

They must look alike page by page and name the same: a serial, a parcel, the rows of a page. Two extracts of one parcel
look alike too, so that whatever they print differently (area, day, number) tells them apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from rapidfuzz.distance import Levenshtein

from cadastre.pages.looks import coarse_parts, likeness
from cadastre.pages.page_signs import Signs, agree_names, agree_parcels, agree_serials, signs_of
from cadastre.pages.parcel_rows import parcel_rows
from cadastre.words.certificates import read_parcel_no, read_sheet_no
from schemas.documents import Given, PageRef
from schemas.readings import PageReading

#: How alike two captures of one page look at least, and those of pages that name nothing (docs/decisions/0007).
_ALIKE, _NEARLY_THE_SAME = 0.78, 0.995
#: What one paper prints once; another content there is another paper.
_TELLING = ("area_m2", "issued_on", "register_no", "decision_no", "barcode", "total_m2")
_SAME_FIGURES = 0.7
_SAME_ROWS = 0.6
_MARKED_ROWS = 6

Pair = tuple[PageRef, PageRef]


def marks_of(pages: Sequence[PageReading]) -> frozenset[str]:
    """Return where the paper's twins are looked for: its serials and parcels, or the looks of a paper without any."""
    signs = _signs(pages)
    marks = {f"serial {serial}" for page in signs if page.page.kind == "gcn" for serial in page.serials}
    for page in signs:
        marks |= {f"parcel {page.page.kind} {sheet or ''}/{number}" for sheet, number in page.parcels}
        marks |= {f"row {page.page.kind} {row}" for row in sorted(_rows(page.page))[:_MARKED_ROWS]}
    if marks:
        return frozenset(marks)
    looks = [page.look for page in pages if page.look]
    return frozenset(f"look {i} {part}" for look in looks for i, part in enumerate(coarse_parts(look)))


def rank_of(pages: Sequence[PageReading], *, answered: bool) -> str:
    """Return a key by which the paper that is to stand sorts first: answered, original, clean, whole; then by hash."""
    copies = {"original": 0, None: 0, "certified_copy": 1, "photocopy": 2}
    qualities = {"clean": 0, "worn": 1, "bad": 2}
    copy = max(copies[page.copy_kind] for page in pages)
    quality = max(qualities[page.quality] for page in pages)
    return f"{0 if answered else 1}{copy}{quality} {10_000 - len(pages):05d} {min(page.ref.sha256 for page in pages)}"


def twin_pages(one: Sequence[PageReading], other: Sequence[PageReading]) -> tuple[Pair, ...]:
    """Return which page of the one is which of the other; none where they are not the same paper."""
    if len(one) > len(other):
        return tuple((b, a) for a, b in twin_pages(other, one))
    a, b = _signs(one), _signs(other)
    if not one or _contradict(a, b):
        return ()
    limit = _ALIKE if _same_names(a, b) else _NEARLY_THE_SAME
    pairs: list[Pair] = []
    left = list(b)
    for page in a:
        fits = [(alike, -i) for i, found in enumerate(left) if (alike := _alike(page, found)) >= limit]
        if fits:
            i = -max(fits)[1]
            pairs.append((page.page.ref, left.pop(i).page.ref))
    spare = len(a) // 5
    return tuple(pairs) if len(pairs) >= len(a) - spare else ()


def _signs(pages: Iterable[PageReading]) -> list[Signs]:
    return [signs_of(at, (Given(""), page)) for at, page in enumerate(pages)]


def _same_names(a: Sequence[Signs], b: Sequence[Signs]) -> bool:
    """Return whether both papers name one thing: a certificate its serial, another paper its parcel or its rows."""
    if any(page.page.kind == "gcn" for page in (*a, *b)):
        return agree_serials(_all_serials(a), _all_serials(b)) > 0
    parcels = [frozenset(parcel for page in paper for parcel in page.parcels if parcel[0]) for paper in (a, b)]
    rows = [frozenset(row for page in paper for row in _rows(page.page)) for paper in (a, b)]
    return agree_parcels(parcels[0], parcels[1]) > 0 or _overlap(rows[0], rows[1]) >= _SAME_ROWS


def _contradict(a: Sequence[Signs], b: Sequence[Signs]) -> bool:
    if {page.page.kind for page in a}.isdisjoint(page.page.kind for page in b):
        return True
    parcels = [frozenset(parcel for page in paper for parcel in page.parcels) for paper in (a, b)]
    units = [frozenset(page.unit for page in paper if page.unit) for paper in (a, b)]
    if agree_serials(_all_serials(a), _all_serials(b)) < 0 or agree_parcels(parcels[0], parcels[1]) < 0:
        return True
    return agree_names(units[0], units[1]) < 0 or any(_figures_differ(name, a, b) for name in _TELLING)


def _figures_differ(name: str, a: Sequence[Signs], b: Sequence[Signs]) -> bool:
    one, other = (
        {
            re.sub(r"\D", "", vote.text)
            for page in paper
            for place in page.page.fields.get(name, ())
            for vote in place.votes
        }
        - {""}
        for paper in (a, b)
    )
    if not one or not other:
        return False
    return max(Levenshtein.normalized_similarity(x, y) for x in one for y in other) < _SAME_FIGURES


def _alike(a: Signs, b: Signs) -> float:
    """Return how alike two pages look; 0 where they cannot be one page."""
    rows = _rows(a.page), _rows(b.page)
    other_rows = min(map(len, rows)) >= 2 and _overlap(*rows) < _SAME_ROWS
    other_number = a.number is not None and b.number is not None and a.number != b.number
    if a.page.look is None or b.page.look is None or a.faces != b.faces or other_rows or other_number:
        return 0.0
    return likeness(a.page.look, b.page.look)


def _rows(page: PageReading) -> frozenset[str]:
    """Return sheet and parcel of the page's rows."""
    found = set()
    for row in parcel_rows(page):
        sheets, numbers = (
            [value for vote in row.fields[name].votes if (value := read(vote.text))] if name in row.fields else []
            for name, read in (("sheet_no", read_sheet_no), ("parcel_no", read_parcel_no))
        )
        if numbers:
            found.add(f"{sheets[0] if sheets else ''}/{numbers[0]}")
    return frozenset(found)


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0


def _all_serials(paper: Iterable[Signs]) -> frozenset[str]:
    return frozenset(serial for page in paper for serial in page.serials)
