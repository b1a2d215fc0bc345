"""Divisions and joinings inside one numbering of a sheet: new parcels take the numbers after the highest.

The parts of one division stand in a row at the end of the sheet and their areas make up the whole; a letter behind a
number (`125a`) is a part of 125 that was never numbered. Notes say so on some papers, and on some say it wrongly.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from math import log2

from cadastre.assignment import Hypothesis
from cadastre.lots import Lot
from cadastre.named_lots import named_lots
from cadastre.parts import sum_bits
from cadastre.series import ERAS

#: Bits for and against a part by what it shares with the whole; written down, not estimated: such pairs are too few.
_SAME_NAME, _SAME_KIN, _SAME_CLAN, _STRANGERS = 4.0, 2.5, 0.8, -1.0
_PRINTED, _OTHER_PRINTED = 7.0, -2.0
_GROUND, _OTHER_GROUND = 0.5, -1.5
_RARE, _AT_END, _NOT_AT_END = -2.0, 1.5, -3.0
_BEFORE, _LIVES_ON = -3.0, -4.0
_LETTER = 9.0
_END_OF_SHEET = 0.6  # the share of a sheet's numbers below which no new ones are looked for
_MOST_PARTS, _BESIDE = 4, 3


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
        for h in _Sheet(every, row).hypotheses()
        if (told := _of_successors(h, later)) is not None
    ]


def _of_successors(h: Hypothesis, later: Mapping[int, tuple[int, ...]]) -> Hypothesis | None:
    """Return the hypothesis with the successors of newer lots that nobody shows; None where an older one is such."""
    if any(lot in later for lot in h.older):
        return None
    newer = dict.fromkeys(one for lot in h.newer for one in later.get(lot, (lot,)))
    return Hypothesis(h.older, tuple(newer), h.weight, h.kept)


class _Sheet:
    """The lots of one sheet in the order of their numbers."""

    def __init__(self, lots: Sequence[Lot], row: Sequence[int]) -> None:
        self._lots = lots
        self._row = sorted(row, key=lambda n: (lots[n].number or 0, lots[n].suffix))
        self._by_place = {lots[n].key.parcel: n for n in self._row}
        self._plain = [n for n in self._row if not lots[n].suffix]
        numbers = [lots[n].number or 0 for n in self._plain]
        self._end = _END_OF_SHEET * max(numbers, default=0)
        sized = sorted((lots[n].area or 0.0, n) for n in self._row if lots[n].area)
        self._areas, self._sized = [area for area, _ in sized], [n for _, n in sized]
        self._prior = -log2(len(self._row)) + _RARE

    def hypotheses(self) -> Iterator[Hypothesis]:
        yield from self._lettered()
        for run in self._runs():
            yield from self._divided(run)
            yield from self._cut_off(run)
        yield from self._joined()
        yield from self._noted()

    def _lettered(self) -> Iterator[Hypothesis]:
        parts: dict[str, list[int]] = defaultdict(list)
        for n in self._row:
            if self._lots[n].suffix:
                parts[str(self._lots[n].number)].append(n)
        for whole, some in sorted(parts.items()):
            if whole in self._by_place:
                yield Hypothesis((self._by_place[whole],), tuple(some), _LETTER)

    def _runs(self) -> Iterator[tuple[int, ...]]:
        """Yield the rows of following numbers at the end of the sheet, two to four of them, and single ones."""
        for start, n in enumerate(self._plain):
            if (self._lots[n].number or 0) < self._end:
                continue
            for many in range(1, _MOST_PARTS + 1):
                run = self._plain[start : start + many]
                numbers = [self._lots[one].number or 0 for one in run]
                if len(run) == many and numbers[-1] - numbers[0] == many - 1:
                    yield tuple(run)

    def _of_size(self, area: float, share: float) -> Iterable[int]:
        return self._sized[bisect_left(self._areas, area * (1 - share)) : bisect_right(self._areas, area * (1 + share))]

    def _divided(self, run: tuple[int, ...]) -> Iterator[Hypothesis]:
        total = _total(self._lots, run)
        if total is None or len(run) < 2:
            return
        first = self._lots[run[0]].number or 0
        for whole in self._of_size(total, 0.05):
            lot = self._lots[whole]
            if whole in run or (lot.number or 0) >= first:
                continue
            weight = self._prior + _AT_END + sum_bits(total, lot.area or 0.0) + _outlives(lot, self._lots[run[0]])
            weight += sum(_shares(lot, self._lots[part]) for part in run)
            if weight > 0:
                yield Hypothesis((whole,), run, weight)

    def _cut_off(self, run: tuple[int, ...]) -> Iterator[Hypothesis]:
        """Yield the parcels that kept their number and lost so much ground as the run holds."""
        total = _total(self._lots, run)
        if total is None:
            return
        first = self._lots[run[0]].number or 0
        for whole in self._row:
            lot = self._lots[whole]
            if whole in run or (lot.number or 0) >= first or len(lot.areas) < 2:
                continue
            before = max(lot.areas)
            gap = min(abs(before - after - total) for after in lot.areas if after < before) / before
            if gap > 0.02:
                continue
            weight = self._prior + _AT_END + sum_bits(before * (1 + gap), before)
            weight += sum(_shares(lot, self._lots[part]) for part in run)
            if weight > 0:
                yield Hypothesis((whole,), run, weight, kept=True)

    def _joined(self) -> Iterator[Hypothesis]:
        for n in self._plain:
            whole = self._lots[n]
            if (whole.number or 0) < self._end or whole.area is None:
                continue
            near = [one for one in self._row if one != n and (self._lots[one].number or 0) < (whole.number or 0)]
            printed = [one for one in near if _is_printed(self._lots[one], whole)]
            kin = [one for one in near if self._lots[one].names & whole.names]
            pairs = {tuple(sorted((a, b))) for some in (printed, kin) for a in some for b in some if a < b}
            pairs |= {
                (a, b)
                for a, b in pairwise(near)
                if (self._lots[b].number or 0) - (self._lots[a].number or 0) <= _BESIDE
            }
            if 2 < len(printed) <= _MOST_PARTS:
                pairs.add(tuple(printed))
            for some in sorted(pairs):
                total = _total(self._lots, some)
                if total is None or abs(total - whole.area) > 0.06 * whole.area:
                    continue
                weight = 2 * self._prior + _AT_END + sum_bits(total, whole.area)
                weight += sum(_shares(self._lots[part], whole) + _outlives(self._lots[part], whole) for part in some)
                if weight > 0:
                    yield Hypothesis(tuple(some), (n,), weight)

    def _noted(self) -> Iterator[Hypothesis]:
        """Yield the single parts that a note tells of, where the others are not known."""
        for n in self._row:
            part = self._lots[n]
            for old in sorted(part.olds):
                parcel = old.partition("/")[2]
                whole = self._by_place.get(parcel)
                if whole is None or whole == n or not _is_printed(self._lots[whole], part):
                    continue
                lot = self._lots[whole]
                told = [m for m in part.mentions if m.entry_id in part.olds[old]]
                if lot.area is None or part.area is None or not any(m.carved for m in told):
                    continue
                late = _AT_END if (part.number or 0) >= self._end else _NOT_AT_END
                size = 1.0 if part.area < max(lot.areas) else -6.0
                weight = self._prior + late + size + _shares(lot, part)
                if weight > 0:
                    yield Hypothesis((whole,), (n,), weight, kept=True)


def _total(lots: Sequence[Lot], some: Iterable[int]) -> float | None:
    areas = [lots[n].area for n in some]
    return sum(area for area in areas if area) if all(areas) else None


def _is_printed(older: Lot, newer: Lot) -> bool:
    return f"{older.key.sheet}/{older.key.parcel}" in newer.olds or f"?/{older.key.parcel}" in newer.olds


def _shares(whole: Lot, part: Lot) -> float:
    """Return the bits that user, ground and notes of a part give."""
    told = 0.0
    if whole.names and part.names:
        kin, clan = _kin(whole) & _kin(part), _clan(whole) & _clan(part)
        told += _SAME_NAME if whole.names & part.names else _SAME_KIN if kin else _SAME_CLAN if clan else _STRANGERS
    ground, other = _ground(whole), _ground(part)
    if ground and other:
        told += _GROUND if ground & other else _OTHER_GROUND
    if _is_printed(whole, part):
        told += _PRINTED
    elif part.olds:
        told += _OTHER_PRINTED
    return told


def _kin(lot: Lot) -> frozenset[str]:
    return frozenset(one for m in lot.mentions for one in m.kin)


def _clan(lot: Lot) -> frozenset[str]:
    return frozenset(one for m in lot.mentions for one in m.surnames)


def _ground(lot: Lot) -> frozenset[str]:
    return frozenset(one for m in lot.mentions for one in m.groups)


def _outlives(whole: Lot, part: Lot) -> float:
    """Return what the order in time says against a whole that ended with its parts."""
    first = min(ERAS.index(m.key.era) for m in part.mentions)
    if min(ERAS.index(m.key.era) for m in whole.mentions) > first:
        return _BEFORE
    return _LIVES_ON if max(ERAS.index(m.key.era) for m in whole.mentions) > first + 1 else 0.0
