"""Parcels of an imported map that no book tells of, and rows of a book whose parcel or sheet is on no map.

Compared is within one era: each map series numbers anew (domain.md 8.1).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from cadastre.missing.gap_cases import Found, found, told_by
from cadastre.missing.holdings import Holdings, Line
from cadastre.missing.row_runs import explained_numbers, parcel_number
from schemas.documents import Era

_FEWEST = 5  # parcels of a sheet, on the map and in the book, before the two are compared
_ALIKE = 0.6  # of the shorter list so many must be in the other: else they are two series, or two sheets

Sheet = tuple[Era | None, str]
Rows = Mapping[str, Sequence[Line]]


def gaps_of_maps(holdings: Holdings) -> list[Found]:
    """Return the cases of one commune: lost rows of the index, and lost map sheets."""
    drawn = _by_sheet(line for line in holdings.lines if line.kind == "du_lieu" and line.drawn)
    booked = _by_sheet(line for line in holdings.lines if line.kind == "so_muc_ke")
    agreeing = {sheet for sheet in drawn.keys() & booked.keys() if _alike(drawn[sheet], booked[sheet])}
    cases: list[Found] = []
    for sheet in sorted(agreeing, key=str):
        cases += _of_sheet(holdings, sheet, drawn[sheet], booked[sheet])
    eras = {era for era, _ in agreeing}
    for era, number in sorted(booked.keys() - drawn.keys(), key=str):
        rows = [row for rows in booked[era, number].values() for row in rows]
        if era in eras and len(booked[era, number]) >= _FEWEST:
            evidence = f"Sổ mục kê có {len(rows)} dòng của tờ {number} ({told_by(rows[0])}), chưa có bản đồ số của tờ."
            cases.append(found(holdings, "map_sheet", "row_without_map", number, evidence, rows[:1], book=era or ""))
    return cases


def _by_sheet(lines: Iterable[Line]) -> dict[Sheet, dict[str, list[Line]]]:
    sheets: dict[Sheet, dict[str, list[Line]]] = defaultdict(lambda: defaultdict(list))
    for line in lines:
        if line.sheet_no and line.parcel_no:
            sheets[line.era, line.sheet_no][line.parcel_no].append(line)
    return sheets


def _alike(drawn: Rows, booked: Rows) -> bool:
    shorter = min(len(drawn), len(booked))
    return shorter >= _FEWEST and len(drawn.keys() & booked.keys()) >= _ALIKE * shorter


def _of_sheet(holdings: Holdings, sheet: Sheet, drawn: Rows, booked: Rows) -> list[Found]:
    era, number = sheet
    rows = [row for rows in booked.values() for row in rows]
    explained = explained_numbers(holdings.lines, number, rows)
    cases = []
    for parcel in sorted(drawn.keys() - booked.keys(), key=_order):
        evidence = (
            f"Thửa {parcel} có trên bản đồ số tờ {number} ({told_by(drawn[parcel][0])}), sổ mục kê không có dòng."
        )
        witnesses = (*drawn[parcel][:1], *rows[:1])
        cases.append(
            found(
                holdings, "register_row", "map_without_row", f"{number}/{parcel}", evidence, witnesses, book=era or ""
            )
        )
    for parcel in sorted(booked.keys() - drawn.keys(), key=_order):
        if parcel_number(parcel) in explained:  # it was divided or removed, so the map has it no more
            continue
        evidence = f"Sổ mục kê có thửa {parcel} tờ {number} ({told_by(booked[parcel][0])}), bản đồ số không có thửa ấy."
        cases.append(
            found(
                holdings, "map_sheet", "row_without_map", f"{number}/{parcel}", evidence, booked[parcel][:1],
                book=era or "",
            )
        )  # fmt: skip
    return cases


def _order(parcel: str) -> tuple[int, str]:
    return parcel_number(parcel) or 0, parcel
