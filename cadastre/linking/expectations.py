"""Where lots should lie on later maps, by what has been found of their neighbours, their sheet and their commune."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from cadastre.linking.assignment import Chosen
from cadastre.linking.lot_table import Expected, group_ids, sheet_ids
from cadastre.linking.lots import Lot

_LIKELY = 0.7  # from which a step tells where its neighbours lie
_NEIGHBOURS = 4
_FARTHEST, _BENT = 16, 2  # numbers to the neighbours that tell a line, and by how many a line may be longer
_TURNED = 2  # so many times the steps that keep their sense must be turned round where a row is taken for turned
_FEW_ANCHORS, _MOST, _SOME, _KEPT = 5, 0.3, 0.08, 0.25


def expectations(lots: Sequence[Lot], chosen: Iterable[Chosen]) -> dict[int, Expected]:
    """Return where each lot should lie on later maps, by what became of its neighbours in number and of its sheet."""
    sheets = sheet_ids(lots)
    home = [sheets[lot.key.unit, lot.key.era, lot.key.sheet] for lot in lots]
    found: dict[int, list[int]] = defaultdict(list)
    for one in chosen:
        h = one.hypothesis
        if one.p >= _LIKELY and len(h.older) == len(h.newer) == 1 and not h.kept:
            for older, newer in combinations((*h.older, *h.via, *h.newer), 2):
                found[older].append(newer)
        if one.p >= _LIKELY:
            for older, newer in h.further:
                found[older].append(newer)
    kept = _kept(lots, found)
    of_sheet: dict[int, list[int]] = defaultdict(list)
    for number in range(len(lots)):
        of_sheet[home[number]].append(number)
    out: dict[int, Expected] = {}
    for row in of_sheet.values():
        row.sort(key=lambda number: (lots[number].number or 0, lots[number].suffix))
        went = Counter(home[new] for n in row for new in found.get(n, ()))
        shares = _shares(went)
        strides = _strides(lots, home, found, row)
        for place, number in enumerate(row):
            around = [n for n in row[max(0, place - _NEIGHBOURS) : place + _NEIGHBOURS + 1] if n != number]
            next_to = [n for n in row[max(0, place - 1) : place + 2] if n != number]
            there = [new for n in around for new in found.get(n, ())]
            others = went - Counter(home[new] for new in found[number]) if number in found else went
            group = kept.get((lots[number].key.unit, lots[number].key.era), ((), ()))
            if there or others or any(group):
                out[number] = Expected(
                    tuple(sorted({home[new] for new in there})),
                    _places(lots, home, there),
                    _places(lots, home, [new for n in next_to for new in found.get(n, ())]),
                    *_in_line(lots, home, found, row, place, _senses(strides, place)),
                    *(shares if others is went else _shares(others)),
                    *group,
                )
    return out


def _places(lots: Sequence[Lot], home: Sequence[int], some: Iterable[int]) -> tuple[int, ...]:
    return tuple(sorted(_place(lots, home, n) for n in some))


def _place(lots: Sequence[Lot], home: Sequence[int], number: int) -> int:
    return home[number] * 100_000 + (lots[number].number or 0)


@dataclass(frozen=True, slots=True)
class _Stride:
    """Two lots of a row that were found one after the other on one later sheet, as far from each other as in the row:
    their places in the row, that sheet, and whether they lie there in the same sense (1) or turned round (-1)."""

    first: int
    last: int
    sheet: int
    sense: int


def _strides(
    lots: Sequence[Lot], home: Sequence[int], found: Mapping[int, Sequence[int]], row: Sequence[int]
) -> list[_Stride]:
    """Return the strides of a row in the order of its lots."""
    out: list[_Stride] = []
    before: dict[int, tuple[int, int, int]] = {}  # by later sheet: place in the row, number, and number there
    for at, one in enumerate(row):
        number = lots[one].number or 0
        for new in found.get(one, ()):
            there = lots[new].number or 0
            first, last_number, last_there = before.get(home[new], (at, number, there))
            gap, step = number - last_number, there - last_there
            if 0 < gap == abs(step) <= _FARTHEST:
                out.append(_Stride(first, at, home[new], 1 if step > 0 else -1))
            before[home[new]] = at, number, there
    return out


def _senses(strides: Sequence[_Stride], place: int) -> dict[int, int]:
    """Return by later sheet in which sense the lots around a place of a row went on, its own left out: 1, or -1.

    Parcels are numbered along the ground in one sense on all maps, but for rows that are numbered there and back.
    """
    told: Counter[tuple[int, int]] = Counter()
    first = bisect_left(strides, place - _FARTHEST, key=lambda one: one.last)
    last = bisect_right(strides, place + _FARTHEST, key=lambda one: one.last)
    for one in strides[first:last]:
        if not one.first <= place <= one.last:
            told[one.sheet, one.sense] += 1
    return {sheet: -1 if told[sheet, -1] > _TURNED * told[sheet, 1] else 1 for sheet, _ in told}


def _in_line(
    lots: Sequence[Lot],
    home: Sequence[int],
    found: Mapping[int, Sequence[int]],
    row: Sequence[int],
    place: int,
    senses: Mapping[int, int],
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the places between two neighbours that went on in one line, and those so far from one as in this row.

    Maps number along rows of parcels, so a row often keeps its order on the next map, or turns it round; where `senses`
    does not tell which for a later sheet, both are possible.
    """
    own = lots[row[place]].number or 0
    sides: list[dict[int, tuple[int, int]]] = []  # by later sheet: the nearest place on it, and the gap to it
    line: list[int] = []
    for step in (-1, 1):
        nearest: dict[int, tuple[int, int]] = {}
        at = place + step
        while 0 <= at < len(row) and 0 <= (gap := abs((lots[row[at]].number or 0) - own)) <= _FARTHEST:
            for new in found.get(row[at], ()):
                there = _place(lots, home, new)
                nearest.setdefault(home[new], (there, gap))
                # `step` is where the neighbour lies, so the lot itself lies the other way
                told = senses.get(home[new])
                line += [there - turn * step * gap for turn in (1, -1) if told in (None, turn)]
            at += step
        sides.append(nearest)
    amid: set[int] = set()
    for sheet, (before, gap) in sides[0].items():
        if sheet in sides[1]:
            after, rest = sides[1][sheet]
            told = senses.get(sheet, 0)
            if abs(abs(after - before) - gap - rest) <= _BENT and told * (after - before) >= 0:
                ends = sorted((before + gap, after - rest) if after > before else (before - gap, after + rest))
                amid.update(range(ends[0], ends[1] + 1))
    return tuple(sorted(amid)), tuple(sorted(line))


def _kept(
    lots: Sequence[Lot], found: Mapping[int, Sequence[int]]
) -> dict[tuple[str, str], tuple[tuple[int, ...], tuple[int, ...]]]:
    """Return for each numbering those of other communes that keep its numbers, and those that keep its parcels'."""
    groups = group_ids(lots)
    told: dict[tuple[str, str], dict[int, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for older, newer in ((a, b) for a, many in found.items() for b in many):
        one, other = lots[older].key, lots[newer].key
        if one.unit != other.unit:
            how = "other" if one.parcel != other.parcel else "kept" if one.sheet == other.sheet else "parcel_kept"
            told[one.unit, one.era][groups[other.unit, other.era]][how] += 1
    return {
        group: tuple(  # type: ignore[misc]
            tuple(sorted(other for other, count in others.items() if count[how] >= max(3, _KEPT * count.total())))
            for how in ("kept", "parcel_kept")
        )
        for group, others in told.items()
    }


def _shares(went: Counter[int]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the sheets that took in many, and some, of the parcels of a sheet."""
    total = went.total()
    if total < _FEW_ANCHORS:
        return (), ()
    most = {sheet for sheet, count in went.items() if count >= _MOST * total}
    some = {sheet for sheet, count in went.items() if count >= _SOME * total}
    return tuple(sorted(most)), tuple(sorted(some))
