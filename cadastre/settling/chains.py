"""The older numbers of a parcel: reached backwards over renumbering and change of commune, never over a division."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from schemas.parcels import Link, ParcelKey


@dataclass(frozen=True, slots=True)
class Elder:
    """An older number of a parcel: how many steps and map series back, and the least probable step between.

    A change of commune alone (`unit_change`) keeps the series.
    """

    key: ParcelKey
    steps: int
    series_back: int
    p: float


def elders(links: Iterable[Link]) -> dict[ParcelKey, tuple[Elder, ...]]:
    """Return the elders of each key that has one, nearest first; ValueError where the links go round in a circle."""
    links = tuple(links)
    older: dict[ParcelKey, list[Link]] = defaultdict(list)
    for link in links:
        if link.relation in ("same", "unit_change"):
            older[link.newer].append(link)
    found: dict[ParcelKey, tuple[Elder, ...]] = {}
    for key in in_order_of_time(links):
        if key in older:
            found[key] = _nearest_first(older[key], found)
    return found


def in_order_of_time(links: Iterable[Link]) -> list[ParcelKey]:
    """Return the keys of all links, each after its older ones; ValueError names the keys of a circle."""
    before: dict[ParcelKey, set[ParcelKey]] = defaultdict(set)
    for link in links:
        before[link.newer].add(link.older)
    try:
        return list(TopologicalSorter(before).static_order())
    except CycleError as err:
        circle = " → ".join(str(key) for key in err.args[1])
        raise ValueError(f"the links go round in a circle: {circle}") from err


def _nearest_first(links: Sequence[Link], found: Mapping[ParcelKey, tuple[Elder, ...]]) -> tuple[Elder, ...]:
    """Return the elders over these links; of two ways to one elder the shorter, then the surer counts."""
    best: dict[ParcelKey, Elder] = {}
    for link in links:
        series = int(link.relation == "same")
        ways = [Elder(link.older, 1, series, link.p)]
        ways += [
            Elder(one.key, one.steps + 1, one.series_back + series, min(one.p, link.p))
            for one in found.get(link.older, ())
        ]
        for way in ways:
            held = best.get(way.key)
            if held is None or (way.steps, -way.p, way.series_back) < (held.steps, -held.p, held.series_back):
                best[way.key] = way
    return tuple(sorted(best.values(), key=lambda one: (one.steps, one.key)))
