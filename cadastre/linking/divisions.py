"""Divisions and joinings inside one numbering of a sheet: new parcels take the numbers after the highest.

The parts of one division stand in a row at the end of the sheet and their areas make up the whole; a letter behind a
number (`125a`) is a part of 125 that was never numbered. Notes say so on some papers, and on some say it wrongly.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from shapely.geometry.base import BaseGeometry

from cadastre.linking.carried_numbers import carried, with_earlier_papers
from cadastre.linking.hypothesis import Hypothesis, Step
from cadastre.linking.joinings import joinings
from cadastre.linking.lots import Lot
from cadastre.linking.named_lots import named_lots
from cadastre.linking.set_signs import Change, of_cut, of_division, prints
from cadastre.linking.shapes import boundary, lie_apart
from cadastre.linking.sheet_row import SheetRow
from cadastre.linking.sums import Gap, gap_of
from cadastre.linking.told_parts import noted

_LETTER = 9.0  # bits: a hand that wrote 125a meant a part of 125
_LETTER_PRINTED = 4.0  # and so much more for each part whose papers name 125
_LETTER_TOLD = f"letter:part:{_LETTER:+.1f}"
_MOST_PARTS, _WIDEST = 4, 0.05
_MOST_SETS = 12  # that are weighed against each other for the same newer lots
#: How near a parcel's own two areas and what was cut from it must come to each other.
_CUT: Sequence[Gap] = ("to_the_decimal", "exact", "within_half", "within_1")


def within_sheets(lots: Sequence[Lot]) -> list[Hypothesis]:
    """Return what may have been divided or joined inside each sheet of a numbering.

    A part, or a joined parcel, that only its successors on a later map name stands for these.
    """
    every, rows, later = sheets_of(lots)
    found: dict[tuple[tuple[int, ...], tuple[int, ...], bool], Hypothesis] = {}
    for h in (told for row in rows for h in _inside(SheetRow(every, row)) if (told := _of_successors(h, later))):
        ends = h.older, tuple(sorted(h.newer)), h.kept
        if ends not in found or h.weight > found[ends].weight:  # one that stands beside itself would be its own rival
            found[ends] = h
    return list(found.values())


def sheets_of(lots: Sequence[Lot]) -> tuple[list[Lot], list[list[int]], Mapping[int, tuple[int, ...]]]:
    """Return the lots with those that only newer ones name, the sheets of two and more, and the newer ones of these."""
    named = named_lots(lots)
    every = [*lots, *(one.lot for one in named)]
    sheets: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for number, lot in enumerate(every):
        if lot.number is not None:
            sheets[lot.key.unit, lot.key.era, lot.key.sheet].append(number)
    later = {len(lots) + number: one.newer for number, one in enumerate(named)}
    over = carried(every, sheets)
    every = with_earlier_papers(every, sheets)
    return every, [[*row, *over.get(sheet, ())] for sheet, row in sheets.items() if len(row) > 1], later


def _of_successors(h: Hypothesis, later: Mapping[int, tuple[int, ...]]) -> Hypothesis | None:
    """Return the hypothesis with the successors of newer lots that nobody shows; None where an older one is such."""
    if any(lot in later for lot in h.older):
        return None
    newer = dict.fromkeys(one for lot in h.newer for one in later.get(lot, (lot,)))
    told = {(a, one): words for (a, b), words in h.told.items() for one in later.get(b, (b,))}
    return Hypothesis(h.older, tuple(newer), h.weight, h.kept, told=told)


def changes(sheet: SheetRow) -> Iterator[Change]:
    """Yield what the areas of a sheet's lots suggest to have been divided or joined, likely or not."""
    for run in _runs(sheet):
        yield from _divided(sheet, run)
        yield from _cut_off(sheet, run)
    yield from joinings(sheet)


def _inside(sheet: SheetRow) -> Iterator[Hypothesis]:
    yield from _lettered(sheet)
    told = list(noted(sheet))
    single = {(h.older[0], h.newer[0]): h.weight for h in told if h.kept and len(h.newer) == 1}
    drawn = {n: boundary(sheet.lots[n]) for n in sheet.row}
    standing = (one for one in changes(sheet) if _stands(sheet, one) and not _is_drawn_beside(drawn, one))
    found = (h for change in standing if (h := _weighed(change, single)) is not None)
    yield from _likeliest(found)
    yield from told


def _weighed(change: Change, single: Mapping[Step, float]) -> Hypothesis | None:
    """Return a change by its own signs or, where these tell more, by the notes that single parts have."""
    found = (change.hypothesis(), change.completing(single))
    return max((h for h in found if h is not None), key=lambda h: h.weight, default=None)


def _likeliest(found: Iterable[Hypothesis]) -> Iterator[Hypothesis]:
    """Yield the likeliest changes of each set of newer lots: of one user's many parcels any two make up a third."""
    of_newer: dict[tuple[int, ...], list[Hypothesis]] = defaultdict(list)
    for h in found:
        of_newer[h.newer].append(h)
    for some in of_newer.values():
        yield from sorted(some, key=lambda h: (-h.weight, h.older))[:_MOST_SETS]


def _stands(sheet: SheetRow, change: Change) -> bool:
    """Return whether a change is looked at: one of a parcel that another commune left to this one must be told of."""
    units = {sheet.lots[n].key.unit for n in (*change.older, *change.newer)}
    return len(units) == 1 or change.is_told()


def _is_drawn_beside(drawn: Mapping[int, BaseGeometry | None], change: Change) -> bool:
    """Return whether a part is drawn beside its whole, of which nothing but sums of areas tells: a map shows no parcel
    next to what was made of it, unless the parcel goes on with what is left of it."""
    if change.goes_on or change.is_told():
        return False
    return any(lie_apart(drawn.get(older), drawn.get(newer)) for older in change.older for newer in change.newer)


def _lettered(sheet: SheetRow) -> Iterator[Hypothesis]:
    parts: dict[str, list[int]] = defaultdict(list)
    for n in sheet.row:
        if sheet.lots[n].suffix:
            parts[str(sheet.lots[n].number)].append(n)
    for whole, some in sorted(parts.items()):
        if whole in sheet.by_place:
            older = sheet.by_place[whole]
            printed = sum(prints(sheet.lots[older], sheet.lots[n]) for n in some)
            told = {(older, n): (_LETTER_TOLD,) for n in some}
            yield Hypothesis((older,), tuple(some), _LETTER + _LETTER_PRINTED * printed, told=told)


def _runs(sheet: SheetRow) -> Iterator[tuple[int, ...]]:
    """Yield the rows of following numbers at the end of the sheet, two to four of them, and single ones."""
    for start, n in enumerate(sheet.plain):
        if not sheet.is_late(n):
            continue
        for many in range(1, _MOST_PARTS + 1):
            run = sheet.plain[start : start + many]
            numbers = [sheet.lots[one].number or 0 for one in run]
            if len(run) == many and numbers[-1] - numbers[0] == many - 1:
                yield tuple(run)


def _divided(sheet: SheetRow, run: tuple[int, ...]) -> Iterator[Change]:
    total = sheet.total(run)
    if total is None or len(run) < 2:
        return
    first = sheet.lots[run[0]].number or 0
    for whole in sheet.of_size(total, _WIDEST):
        if whole not in run and (sheet.lots[whole].number or 0) < first:
            yield of_division(sheet, whole, run)


def _cut_off(sheet: SheetRow, run: tuple[int, ...]) -> Iterator[Change]:
    """Yield the parcels that kept their number and lost so much ground as the run holds."""
    total = sheet.total(run)
    if total is None:
        return
    first = sheet.lots[run[0]].number or 0
    for whole in sheet.measured_twice:
        lot = sheet.lots[whole]
        if whole in run or (lot.number or 0) >= first:
            continue
        before = max(lot.areas)
        left = min((after for after in lot.areas if after < before), key=lambda a: abs(before - a - total))
        gap = gap_of((left, total), before)
        if gap in _CUT:
            yield of_cut(sheet, whole, run, gap, before)
