"""Divisions and joinings inside one numbering of a sheet: new parcels take the numbers after the highest.

The parts of one division stand in a row at the end of the sheet and their areas make up the whole; a letter behind a
number (`125a`) is a part of 125 that was never numbered. Notes say so on some papers, and on some say it wrongly.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from cadastre.linking.hypothesis import Hypothesis
from cadastre.linking.joinings import joined
from cadastre.linking.lots import Lot
from cadastre.linking.named_lots import named_lots
from cadastre.linking.sheet_row import Gap, SheetRow, Users, gap_bits, gap_of, prints

#: Bits for and against, counted on generated districts of four hands (docs/lineage.md).
_DIVIDED, _LOOKED_FOR = -0.75, 0.3
_TOLD = 3.75  # where a note, a number or the user tells of it: pairs over two maps are counted as generously
_USERS: Mapping[Users, float] = {"name": 2.3, "kin": 0.0, "clan": -1.0, "strangers": -2.4, "unknown": -0.9}
_GAP: Mapping[Gap, float] = {"exact": 3.1, "0.5 %": 3.1, "1 %": 1.6, "2 %": 0.4, "5 %": -1.3, "off": -4.0}
_EXACT = (-2.7, 0.8)  # bits of 1 m², and of each doubling
_PRINTED, _OTHER_PRINTED, _NOTED = 4.4, -6.6, 1.2
_GROUND, _OTHER_GROUND = -0.4, -3.1
_LIVES_ON = (0.0, -2.6, -4.4)  # by the eras in which papers of the whole are later than its parts
_LETTER = 9.0
_CUT_OFF = -1.0  # what keeps its number and loses ground is rarer
_MOST_PARTS, _WIDEST = 4, 0.05
#: The same for a single part, or parcel joined, that a note tells of.
_SINGLE, _SINGLE_OF, _EACH_ENTRY, _LATE, _ANOTHER = -5.3, 1.1, 1.5, 2.5, -1.0
_SINGLE_USERS: Mapping[Users, float] = {"name": 1.5, "kin": -0.4, "clan": -1.6, "strangers": -2.6, "unknown": -2.0}
_SINGLE_GROUND, _SINGLE_OTHER_GROUND = -0.2, -5.4
_SINGLE_LIVES_ON = (0.0, -3.7, -5.4)
_SMALLER, _NOT_SMALLER, _LARGER = 1.7, -1.5, 2.3


def within_sheets(lots: Sequence[Lot]) -> list[Hypothesis]:
    """Return what may have been divided or joined inside each sheet of a numbering.

    A part, or a joined parcel, that only its successors on a later map name stands for these.
    """
    named = named_lots(lots)
    every = [*lots, *(one.lot for one in named)]
    sheets: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for number, lot in enumerate(every):
        if lot.number is not None:
            sheets[lot.key.unit, lot.key.era, lot.key.sheet].append(number)
    later = {len(lots) + number: one.newer for number, one in enumerate(named)}
    return [
        told
        for row in sheets.values()
        if len(row) > 1
        for h in _inside(SheetRow(every, row))
        if (told := _of_successors(h, later)) is not None
    ]


def _of_successors(h: Hypothesis, later: Mapping[int, tuple[int, ...]]) -> Hypothesis | None:
    """Return the hypothesis with the successors of newer lots that nobody shows; None where an older one is such."""
    if any(lot in later for lot in h.older):
        return None
    newer = dict.fromkeys(one for lot in h.newer for one in later.get(lot, (lot,)))
    return Hypothesis(h.older, tuple(newer), h.weight, h.kept)


def _inside(sheet: SheetRow) -> Iterator[Hypothesis]:
    yield from _lettered(sheet)
    for run in _runs(sheet):
        yield from _divided(sheet, run)
        yield from _cut_off(sheet, run)
    yield from joined(sheet)
    yield from _noted(sheet)


def _lettered(sheet: SheetRow) -> Iterator[Hypothesis]:
    parts: dict[str, list[int]] = defaultdict(list)
    for n in sheet.row:
        if sheet.lots[n].suffix:
            parts[str(sheet.lots[n].number)].append(n)
    for whole, some in sorted(parts.items()):
        if whole in sheet.by_place:
            yield Hypothesis((sheet.by_place[whole],), tuple(some), _LETTER)


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


def _divided(sheet: SheetRow, run: tuple[int, ...]) -> Iterator[Hypothesis]:
    total = sheet.total(run)
    if total is None or len(run) < 2:
        return
    first = sheet.lots[run[0]].number or 0
    for whole in sheet.of_size(total, _WIDEST):
        lot = sheet.lots[whole]
        if whole in run or (lot.number or 0) >= first:
            continue
        before = min(lot.areas, key=lambda area: abs(area - total))
        weight = _parts_bits(sheet, whole, run) + gap_bits(total, before, _GAP, _EXACT)
        if weight > 0:
            yield Hypothesis((whole,), run, weight)


def _cut_off(sheet: SheetRow, run: tuple[int, ...]) -> Iterator[Hypothesis]:
    """Yield the parcels that kept their number and lost so much ground as the run holds."""
    total = sheet.total(run)
    if total is None:
        return
    first = sheet.lots[run[0]].number or 0
    for whole in sheet.row:
        lot = sheet.lots[whole]
        if whole in run or (lot.number or 0) >= first or len(lot.areas) < 2:
            continue
        before = max(lot.areas)
        left = min((after for after in lot.areas if after < before), key=lambda a: abs(before - a - total))
        if gap_of(left + total, before) not in ("exact", "0.5 %", "1 %"):
            continue
        weight = _CUT_OFF + _parts_bits(sheet, whole, run, lives_on=True) + gap_bits(left + total, before, _GAP, _EXACT)
        if weight > 0:
            yield Hypothesis((whole,), run, weight, kept=True)


def _parts_bits(sheet: SheetRow, whole: int, run: Iterable[int], *, lives_on: bool = False) -> float:
    """Return what speaks for a division apart from the areas."""
    lots = sheet.lots
    _, last = sheet.eras(whole)
    weight, first, told = _DIVIDED - _LOOKED_FOR * sheet.bits, last, False
    for part in run:
        users, printed = sheet.users(whole, part), prints(lots[whole], lots[part])
        noted = any(m.carved for m in lots[part].mentions)
        weight += _USERS[users] + (_NOTED if noted else 0.0)
        if lots[part].olds:
            weight += _PRINTED if printed else _OTHER_PRINTED
        told |= users == "name" or printed or noted
        ground = sheet.same_ground(whole, part)
        weight += 0.0 if ground is None else _GROUND if ground else _OTHER_GROUND
        first = min(first, sheet.eras(part)[0])
    weight += _TOLD if told else 0.0
    return weight if lives_on else weight + _LIVES_ON[min(last - first, len(_LIVES_ON) - 1)]


def _noted(sheet: SheetRow) -> Iterator[Hypothesis]:
    """Yield what notes tell where the other parts are not known: single parts, all noted ones, what was joined."""
    parts: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for n in sheet.row:
        lot = sheet.lots[n]
        for old in sorted(lot.olds):
            printed_sheet, _, parcel = old.partition("/")
            whole = sheet.by_place.get(parcel)
            if printed_sheet not in ("?", lot.key.sheet) or whole is None or whole == n:
                continue
            told = [m for m in lot.mentions if m.entry_id in lot.olds[old]]
            before, after = sheet.lots[whole], lot.area
            if not before.area or not after or (before.number or 0) > (lot.number or 0):
                continue
            weight = _single_bits(sheet, whole, n, len(told))
            if any(m.carved for m in told):
                weight += _SMALLER if after < 0.97 * max(before.areas) else _NOT_SMALLER
                if weight > 0:
                    parts[whole].append((n, weight))
                    yield Hypothesis((whole,), (n,), weight, kept=True)
            elif any(m.joined for m in told) and after > 1.03 * before.area and not _others_held(sheet, n, old):
                weight += _LARGER
                if weight > 0:
                    yield Hypothesis((whole,), (n,), weight)
    for whole, some in parts.items():
        every = dict(some)
        total, most = sheet.total(every), (1 + _WIDEST) * max(sheet.lots[whole].areas)
        if len(every) > 1 and total is not None and total <= most:
            yield Hypothesis((whole,), tuple(sorted(every)), sum(every.values()), kept=True)


def _others_held(sheet: SheetRow, number: int, told: str) -> bool:
    """Return whether another parcel that the lot names is held on its sheet."""
    others = (old.partition("/") for old in sheet.lots[number].olds if old != told)
    return any(place in ("?", sheet.lots[number].key.sheet) and parcel in sheet.by_place for place, _, parcel in others)


def _single_bits(sheet: SheetRow, whole: int, part: int, entries: int) -> float:
    lot = sheet.lots[part]
    weight = _SINGLE + _SINGLE_OF * sheet.bits + _EACH_ENTRY * min(entries, 3)
    weight += _ANOTHER * (len(lot.olds) - 1) + (_LATE if sheet.is_late(part) else 0.0)
    weight += _SINGLE_USERS[sheet.users(whole, part)]
    ground = sheet.same_ground(whole, part)
    weight += 0.0 if ground is None else _SINGLE_GROUND if ground else _SINGLE_OTHER_GROUND
    later = max(sheet.eras(whole)[1] - sheet.eras(part)[0], 0)
    return weight + _SINGLE_LIVES_ON[min(later, len(_SINGLE_LIVES_ON) - 1)]
