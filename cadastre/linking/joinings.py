"""Parcels joined inside one numbering of a sheet: the new one takes the number after the highest.

Two parcels that were joined mostly lay beside each other, so their numbers are near; their areas make up the new one's.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from itertools import combinations, pairwise

from cadastre.linking.hypothesis import Hypothesis
from cadastre.linking.sheet_row import Gap, SheetRow, Users, gap_bits, prints

#: Bits for and against, counted on generated districts of four hands (docs/lineage.md).
_JOINED, _LOOKED_FOR, _NOTED = 1.1, 0.85, 3.2
_TOLD = 4.9  # where a note, a number or a user tells of it: pairs over two maps are counted as generously
_USERS: Mapping[Users, float] = {"name": 2.3, "kin": -0.4, "clan": -2.9, "strangers": -3.6, "unknown": -2.4}
_GAP: Mapping[Gap, float] = {"exact": 3.2, "0.5 %": 3.2, "1 %": 2.6, "2 %": 0.6, "5 %": -1.9, "off": -3.3}
_EXACT = (-2.7, 0.88)  # bits of 1 m², and of each doubling
_PRINTED, _OTHER_PRINTED = 5.4, -9.6
_GROUND, _OTHER_GROUND = -0.7, -4.3
_BEFORE, _LIVES_ON = -1.5, -5.2
_BESIDE = ((1, 2.4), (2, 1.4), (4, -1.4), (8, -1.9))
_APART, _MORE_THAN_TWO = -2.1, -6.7
_NEAR, _WIDEST, _MOST = 8, 0.02, 4


def joined(sheet: SheetRow) -> Iterator[Hypothesis]:
    """Yield what may have been joined inside a sheet."""
    lots = sheet.lots
    before = [n for n in sheet.row if lots[n].area and lots[n].number is not None]
    beside = sorted(
        ((lots[a].area or 0.0) + (lots[b].area or 0.0), a, b)
        for place, a in enumerate(before)
        for b in before[place + 1 : place + 2 + _NEAR]
        if (lots[b].number or 0) - (lots[a].number or 0) <= _NEAR
    )
    sums = [total for total, _, _ in beside]
    for whole in sheet.plain:
        lot = lots[whole]
        if lot.area is None:
            continue
        older = [n for n in before if n != whole and (lots[n].number or 0) < (lot.number or 0)]
        printed = [n for n in older if prints(lots[n], lot)] if lot.olds else []
        sets = {some for many in range(2, _MOST + 1) for some in combinations(sorted(printed)[: _MOST + 2], many)}
        if sheet.is_late(whole):
            low, high = lot.area * (1 - _WIDEST), lot.area * (1 + _WIDEST)
            for _, a, b in beside[bisect_left(sums, low) : bisect_right(sums, high)]:
                sets.add((min(a, b), max(a, b)))
            known = {n for name in lot.names for n in sheet.of_name[name]} | set(printed)
            for a in known & set(older):
                left = lot.area - (lots[a].area or 0.0)
                if left > 0:
                    sets |= {(min(a, b), max(a, b)) for b in sheet.of_size(left, _WIDEST * lot.area / left)}
        for some in sorted(sets):
            if all(n in older for n in some) and len(set(some)) == len(some):
                weight = _weight(sheet, some, whole)
                if weight > 0:
                    yield Hypothesis(some, (whole,), weight)


def _weight(sheet: SheetRow, some: tuple[int, ...], whole: int) -> float:
    lots, lot = sheet.lots, sheet.lots[whole]
    area = lot.area or 0.0
    weight = _JOINED - _LOOKED_FOR * sheet.bits + gap_bits(sheet.total(some) or 0.0, area, _GAP, _EXACT)
    told = any(m.joined for m in lot.mentions)
    weight += _NOTED if told else 0.0
    weight += _MORE_THAN_TWO if len(some) > 2 else 0.0
    numbers = sorted(lots[n].number or 0 for n in some)
    widest = max(b - a for a, b in pairwise(numbers))
    weight += next((bits for bound, bits in _BESIDE if widest <= bound), _APART)
    first, _ = sheet.eras(whole)
    for n in some:
        users, printed = sheet.users(n, whole), prints(lots[n], lot)
        weight += _USERS[users]
        if lot.olds:
            weight += _PRINTED if printed else _OTHER_PRINTED
        told |= users == "name" or printed
        ground = sheet.same_ground(n, whole)
        weight += 0.0 if ground is None else _GROUND if ground else _OTHER_GROUND
        begin, end = sheet.eras(n)
        weight += (_BEFORE if begin > first else 0.0) + (_LIVES_ON if end > first + 1 else 0.0)
    return weight + (_TOLD if told else 0.0)
