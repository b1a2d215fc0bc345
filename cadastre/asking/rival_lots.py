"""The lots and steps of one land, and which other lots of a map a parcel might be."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from cadastre.linking.lots import Lot
from cadastre.settling.grading import SURE_LINK
from schemas.documents import Era
from schemas.parcels import Link, ParcelKey

#: A step of at least this probability needs no person.
SURE = SURE_LINK
Map = tuple[str, Era]
"""The commune's code and the era of a map series."""

_LEAST = 3  # likeness from which a lot is a rival
_MOST_RIVALS = 8
_COMMON = 30  # parcels of one name on a map from which the name tells nothing
_LONGEST_CHAIN = 50


def map_of(key: ParcelKey) -> Map:
    """Return the map series on which a parcel is numbered."""
    return key.unit, key.era


@dataclass(frozen=True, slots=True)
class _Index:
    """The lots of one map that no sure step has taken, by what finds them."""

    by_name: Mapping[str, Sequence[Lot]]
    by_old: Mapping[str, Sequence[Lot]]
    by_place: Mapping[str, Sequence[Lot]]
    by_area: Sequence[tuple[float, int, Lot]]


@dataclass(frozen=True, slots=True)
class Land:
    """All lots of one land, and the steps between them whose two ends are known."""

    lots: Mapping[ParcelKey, Lot]
    links: Sequence[Link]
    onward: Mapping[ParcelKey, Sequence[Link]]
    back: Mapping[ParcelKey, Sequence[Link]]
    sheets: Mapping[tuple[Map, str], Sequence[Lot]]
    _orders: Mapping[Map, int]
    _free: Mapping[tuple[Map, bool], _Index]

    @classmethod
    def of(cls, lots: Iterable[Lot], links: Iterable[Link]) -> Land:
        """Return the land with its lots in the order of their keys."""
        of_key = {lot.key: lot for lot in sorted(lots, key=lambda lot: lot.key)}
        known = sorted(link for link in links if link.older in of_key and link.newer in of_key)
        onward: dict[ParcelKey, list[Link]] = defaultdict(list)
        back: dict[ParcelKey, list[Link]] = defaultdict(list)
        sheets: dict[tuple[Map, str], list[Lot]] = defaultdict(list)
        for link in known:
            onward[link.older].append(link)
            back[link.newer].append(link)
        for lot in of_key.values():
            sheets[map_of(lot.key), lot.key.sheet].append(lot)
        maps: dict[Map, list[Lot]] = defaultdict(list)
        for lot in of_key.values():
            maps[map_of(lot.key)].append(lot)
        free = {
            (name, newer): _index(lot for lot in some if not _surely_taken(lot, back if newer else onward))
            for name, some in maps.items()
            for newer in (True, False)
        }
        orders = {name: some[0].order for name, some in maps.items()}
        return cls(of_key, known, onward, back, sheets, orders, free)

    def rivals(self, lot: Lot, other: Map) -> list[Lot]:
        """Return the free lots of another map that a lot might be, the likest first."""
        newer = self._orders.get(other, -1) >= lot.order
        index = self._free.get((other, newer))
        if index is None:
            return []
        near = [one for name in lot.names for one in index.by_name.get(name, ())]
        if newer:
            place = f"{lot.key.sheet}/{lot.key.parcel}"
            near += [one for old in (place, f"?/{lot.key.parcel}") for one in index.by_old.get(old, ())]
        else:
            near += [one for old in lot.olds for one in index.by_place.get(old, ())]
        near += _of_area(index, lot.area)
        found = {
            one.key: (alike(lot, one) if newer else alike(one, lot), one) for one in near if one.key != lot.key
        }  # fmt: skip
        likest = sorted((-score, key) for key, (score, _) in found.items() if score >= _LEAST)
        return [found[key][1] for _, key in likest[:_MOST_RIVALS]]

    def is_doubted(self, key: ParcelKey) -> bool:
        """Return whether a step from or to the parcel is not sure."""
        return any(link.p < SURE for link in (*self.onward.get(key, ()), *self.back.get(key, ())))

    def chain(self, keys: Iterable[ParcelKey]) -> set[ParcelKey]:
        """Return the parcels that came before and after these, along all steps."""
        found = set(keys)
        for steps, end in ((self.onward, "newer"), (self.back, "older")):
            waiting = list(found)
            while waiting and len(found) < _LONGEST_CHAIN:
                for link in steps.get(waiting.pop(), ()):
                    key: ParcelKey = getattr(link, end)
                    if key not in found:
                        found.add(key)
                        waiting.append(key)
        return found

    def papers_of_sheet(self, map_: Map, sheet: str) -> tuple[str, ...]:
        """Return one paper (entry id) of each parcel of a sheet."""
        return tuple(sorted(lot.mentions[0].entry_id for lot in self.sheets.get((map_, sheet), ())))


def alike(older: Lot, newer: Lot) -> int:
    """Return how much two lots of different maps are alike, by printed numbers, names and area; 3 is worth asking."""
    score = 0
    if f"{older.key.sheet}/{older.key.parcel}" in newer.olds:
        score += 4
    elif f"?/{older.key.parcel}" in newer.olds:
        score += 2
    if older.names & newer.names:
        score += 3
    if older.area and newer.area:
        gap = abs(older.area - newer.area) / max(older.area, newer.area)
        score += 3 if gap <= 0.01 else 2 if gap <= 0.05 else 1 if gap <= 0.1 else -1
    return score


def _surely_taken(lot: Lot, steps: Mapping[ParcelKey, Sequence[Link]]) -> bool:
    return any(link.p >= SURE for link in steps.get(lot.key, ()))


def _index(lots: Iterable[Lot]) -> _Index:
    by_name: dict[str, list[Lot]] = defaultdict(list)
    by_old: dict[str, list[Lot]] = defaultdict(list)
    by_place: dict[str, list[Lot]] = defaultdict(list)
    by_area: list[tuple[float, int, Lot]] = []
    for number, lot in enumerate(lots):
        for name in lot.names:
            by_name[name].append(lot)
        for old in lot.olds:
            by_old[old].append(lot)
        for place in (f"{lot.key.sheet}/{lot.key.parcel}", f"?/{lot.key.parcel}"):
            by_place[place].append(lot)
        if lot.area:
            by_area.append((lot.area, number, lot))
    telling = {name: some for name, some in by_name.items() if len(some) <= _COMMON}
    return _Index(telling, by_old, by_place, sorted(by_area, key=lambda one: one[:2]))


def _of_area(index: _Index, area: float | None) -> list[Lot]:
    """Return the lots whose area differs by 1 % at most, unless they are so many that it tells nothing."""
    if not area:
        return []
    low = bisect_left(index.by_area, area * 0.99, key=lambda one: one[0])
    high = bisect_left(index.by_area, area * 1.0101, key=lambda one: one[0])
    return [lot for _, _, lot in index.by_area[low:high]] if high - low <= _COMMON else []
