"""Parcels joined inside one numbering of a sheet: the new one takes the number after the highest.

Two parcels that were joined mostly lay beside each other, so their numbers are near; their areas make up the new one's.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import combinations

from cadastre.linking.set_signs import Change, of_joining, prints
from cadastre.linking.sheet_row import CROWD, SheetRow

_NEAR, _WIDEST, _MOST = 8, 0.02, 4


def joinings(sheet: SheetRow) -> Iterator[Change]:
    """Yield what may have been joined inside a sheet, likely or not."""
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
        older = {n for n in before if n != whole and (lots[n].number or 0) < (lot.number or 0)}
        printed = [n for n in before if n in older and prints(lots[n], lot)] if lot.olds else []
        sets = {some for many in range(2, _MOST + 1) for some in combinations(sorted(printed)[: _MOST + 2], many)}
        if sheet.is_late(whole):
            low, high = lot.area * (1 - _WIDEST), lot.area * (1 + _WIDEST)
            for _, a, b in beside[bisect_left(sums, low) : bisect_right(sums, high)]:
                sets.add((min(a, b), max(a, b)))
            users = (sheet.of_name[name] for name in sorted(lot.names))
            known = {n for some in users if len(some) <= CROWD for n in some} | set(printed)
            for a in known & older:
                left = lot.area - (lots[a].area or 0.0)
                if left > 0:
                    sets |= {(min(a, b), max(a, b)) for b in sheet.of_size(left, _WIDEST * lot.area / left)}
        for some in sorted(sets):
            if all(n in older for n in some) and len(set(some)) == len(some):
                yield of_joining(sheet, some, whole)
