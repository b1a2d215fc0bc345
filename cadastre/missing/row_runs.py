"""Holes in the parcel numbers of a sheet in the parcel index (sổ mục kê): lost rows (R14)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from cadastre.missing.between import Skipped, edges, lines_between, on_lost_page
from cadastre.missing.gap_cases import Found, found, told_by
from cadastre.missing.holdings import Holdings, Line
from cadastre.missing.lookalikes import numbers_alike
from cadastre.missing.sequences import Hole, Rule, holes, without
from cadastre.words.struck import struck_numbers
from schemas.documents import Era

ROWS = Rule(reach=4, share=0.6, edge=0.6, longest=60)
_NUMBER = re.compile(r"(\d{1,4})[a-zđ]?")


def parcel_number(text: str | None) -> int | None:
    """Return the leading number of a parcel number: 125 of `125` and of `125a`; None of `Lô 49`."""
    match = _NUMBER.fullmatch(text or "")
    return int(match[1]) if match else None


def gaps_of_rows(holdings: Holdings, skipped: Skipped) -> list[Found]:
    """Return the parcels that the index skips; rows that stood on a page told as lacking are not told again.

    A number that another row names as its origin («Tách từ thửa 405») was removed, and one that a remark calls empty
    never was: numbers are not given out twice.
    """
    sheets: dict[tuple[Era | None, str], list[Line]] = defaultdict(list)
    for line in holdings.lines:
        if line.kind == "so_muc_ke" and line.sheet_no:
            sheets[line.era, line.sheet_no].append(line)
    cases: list[Found] = []
    for (era, sheet_no), rows in sorted(sheets.items(), key=lambda pair: (pair[0][0] or "", pair[0][1])):
        cases += _of_sheet(holdings, era, sheet_no, rows, skipped)
    return cases


def _of_sheet(
    holdings: Holdings,
    era: Era | None,
    sheet_no: str,
    rows: Sequence[Line],
    skipped: Skipped,
) -> list[Found]:
    rows = sorted(rows, key=lambda row: (row.document_id, row.place))
    by_number: dict[int, list[Line]] = defaultdict(list)
    for row in rows:
        if (number := parcel_number(row.parcel_no)) is not None:
            by_number[number].append(row)
    explained = explained_numbers(holdings.lines, sheet_no, rows)
    documents = {row.document_id for row in rows}
    printed = [line for line in holdings.lines if line.document_id in documents]
    cases = []
    for hole in holes(by_number, ROWS):
        before, after = edges(by_number[hole.first - 1], by_number[hole.last + 1])
        if on_lost_page(before, after, skipped):
            continue
        alike = numbers_alike(hole.first, len(str(hole.first)))
        # a row between, whose number was not read or read as none that it is taken for, may be the one that lacks
        strangers = [row for row in lines_between(printed, before, after) if parcel_number(row.parcel_no) not in alike]
        if len(strangers) >= hole.size:
            continue
        for part in without(hole, explained):
            for one in part.parts():
                meant = _misread(one, by_number, before, after)
                what = f"{sheet_no}/{one.first}" + (f"–{one.last}" if one.size > 1 else "")
                evidence = (
                    f"Tờ {sheet_no}: sau thửa {hole.first - 1} ({told_by(before)}) là thửa {hole.last + 1} "
                    f"({told_by(after)}); không có dòng của thửa {what.partition('/')[2]}."
                )
                if meant is not None:
                    evidence += f" {told_by(meant)} ghi thửa {meant.parcel_no}, chỉ khác một chữ số dễ đọc nhầm."
                cases.append(
                    found(
                        holdings,
                        "register_row",
                        "sequence_gap",
                        what,
                        evidence,
                        (before, after),
                        book=era or "",
                        misread=meant is not None,
                    )
                )
    return cases


def explained_numbers(lines: Iterable[Line], sheet_no: str, rows: Iterable[Line]) -> frozenset[int]:
    """Return the parcels of the sheet that a remark strikes out or another row names as its origin."""
    numbers: set[int] = set()
    for row in rows:
        numbers.update(struck_numbers(row.note))
    for line in lines:
        for text in line.named("parcel"):
            sheet, _, parcel = text.rpartition("/")
            number = parcel_number(parcel)
            if number is not None and (sheet or line.sheet_no) == sheet_no:
                numbers.add(number)
    return frozenset(numbers)


def _misread(hole: Hole, by_number: Mapping[int, Sequence[Line]], before: Line, after: Line) -> Line | None:
    """Return the row between the two neighbours whose number is the one that lacks but for one digit."""
    if hole.size != 1:
        return None
    alike = numbers_alike(hole.first, len(str(hole.first)))
    return next((row for n in sorted(alike) for row in lines_between(by_number.get(n, ()), before, after)), None)
