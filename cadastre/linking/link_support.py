"""How far the steps around a step bear it out: what became of its neighbours, and how much of both sheets is explained.

A survey draws the ground anew sheet by sheet, so parcels beside each other mostly stay near each other, and on a sheet
of which nearly all parcels come from known ones few strangers are left.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from cadastre.linking.lots import Lot

Step = tuple[int, int]
"""An older lot and a newer one, by their numbers."""
_AROUND = (-3, -2, -1, 1, 2, 3)
_NEAR = 12  # numbers on the newer sheet
_AT_ODDS = 0.12  # share by which areas of one parcel differ where one of its papers is of another


@dataclass(frozen=True, slots=True)
class Support:
    """What the other steps say of one.

    `beside` and `astray` are how many of the six neighbours in number went near the newer lot, and elsewhere on its
    map. `went` is the share of the older sheet's lots that went on to that map, `came` that of the newer sheet's lots
    that came from another; `rival` tells that another step leaves the older lot or leads to the newer one.
    """

    beside: int
    astray: int
    went: float
    came: float
    rival: bool


def supports(lots: Sequence[Lot], steps: Sequence[Step]) -> Mapping[Step, Support]:
    """Return for each step how the others bear it out; their order changes nothing."""
    sheet = [(lot.key.unit, lot.key.era, lot.key.sheet) for lot in lots]
    map_ = [(lot.key.unit, lot.key.era) for lot in lots]
    size = Counter(sheet)
    at = {(sheet[n], lot.number): n for n, lot in enumerate(lots) if lot.number is not None and not lot.suffix}
    onward: dict[int, list[int]] = defaultdict(list)
    back: dict[int, list[int]] = defaultdict(list)
    went, came = Counter[object](), Counter[object]()
    for older, newer in dict.fromkeys(steps):
        onward[older].append(newer)
        back[newer].append(older)
        if map_[older] != map_[newer]:
            went[sheet[older], map_[newer]] += 1
            came[sheet[newer]] += 1

    def one(older: int, newer: int) -> Support:
        number, goal = lots[older].number or 0, lots[newer].number or 0
        beside = astray = 0
        for step in _AROUND if number else ():
            there = [n for n in onward.get(at.get((sheet[older], number + step), -1), ()) if map_[n] == map_[newer]]
            near = any(sheet[n] == sheet[newer] and abs((lots[n].number or 0) - goal) <= _NEAR for n in there)
            beside += near
            astray += bool(there) and not near
        return Support(
            beside,
            astray,
            min(went[sheet[older], map_[newer]] / size[sheet[older]], 1.0),
            min(came[sheet[newer]] / size[sheet[newer]], 1.0),
            len(onward[older]) > 1 or len(back[newer]) > 1,
        )

    return {(older, newer): one(older, newer) for older, newer in steps}


def at_odds(lot: Lot) -> bool:
    """Return whether papers of a lot tell of other users and of another area: one of its numbers was misread."""
    told = [m for m in lot.mentions if m.names and m.areas]
    return any(
        set(one.names).isdisjoint(other.names)
        and set(one.kin).isdisjoint(other.kin)
        and all(abs(a - b) > _AT_ODDS * max(a, b) for a in one.areas for b in other.areas)
        for one, other in combinations(told, 2)
    )
