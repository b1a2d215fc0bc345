"""Ways of a lot over others: over maps between, and to a lot that was divided or joined after its map was made.

A way is weighed whole, for what its ends share speaks for all its steps.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import combinations, pairwise

import numpy as np
from numpy.typing import NDArray

from cadastre.linking.hypothesis import Hypothesis, Step, Way
from cadastre.linking.linkage import Pairs
from cadastre.linking.lots import Lot

_LEAST_STEP = -3.0  # bits that must speak for each step over a lot between
_GAIN, _MOST_WAYS = 1.0, 4  # bits that a way must add to its steps, and so many ways between two lots are weighed


def over_divisions(
    pairs: Pairs, weight: NDArray[np.float64], found: Iterable[Hypothesis], inside: Iterable[Hypothesis]
) -> Iterator[Hypothesis]:
    """Yield the ways from a lot of an older map to one that was divided or joined inside its sheet.

    What speaks for the older lot and the parts speaks for this way too, by half of what it says more than the step.
    """
    into: dict[int, dict[int, float]] = defaultdict(dict)
    likely = np.flatnonzero(weight > _LEAST_STEP)
    for n in likely.tolist():
        into[int(pairs.newer[n])][int(pairs.older[n])] = float(weight[n])
    straight: dict[tuple[int, tuple[int, ...]], float] = defaultdict(float)
    for h in found:
        if not h.via and len(h.older) == 1:
            straight[h.older[0], h.newer] = max(h.weight, straight[h.older[0], h.newer])
    for h in inside:
        for between in h.older:
            for a, step in into[between].items() if between in into else ():
                ends = (h.newer, *((part,) for part in h.newer))
                over = max(straight.get((a, some), 0.0) for some in ends)
                if over > step:
                    yield replace(h, weight=h.weight + (step + over) / 2, further=((a, between),))


def chains(
    lots: Sequence[Lot], pairs: Pairs, weight: NDArray[np.float64], against: NDArray[np.float64]
) -> Iterator[Hypothesis]:
    """Yield the ways from an older lot over one or two between to a newer one.

    Of all pairs of a way each comparison speaks by those that join its lots and say most: where a lot between says
    less, the ends speak for the way.
    """
    at = _places(pairs, weight)
    onward: dict[int, set[int]] = defaultdict(set)
    back: dict[int, set[int]] = defaultdict(set)
    for a, b in at:
        onward[a].add(b)
        back[b].add(a)
    over_one: list[Way] = []
    over_two: list[Way] = []
    for (a, d), n in at.items():
        apart = lots[d].order - lots[a].order
        if weight[n] <= 0 or apart < 1:
            continue
        over_one += [(a, b, d) for b in onward[a] & back[d]]
        if apart > 1:
            good = [b for b in onward[a] if weight[at[a, b]] > 0]
            ends = [c for c in back[d] if weight[at[c, d]] > 0]
            over_two += [(a, b, c, d) for b in good for c in ends if (b, c) in at and weight[at[b, c]] > 0]
    alone: dict[Way, float] = {ends: max(float(weight[n]), 0.0) for ends, n in at.items()}
    told = _told_of(over_one, at, pairs, against)
    one = {way: bits for way, bits in told.items() if bits > alone[way[:2]] + alone[way[1:]] + _GAIN}
    two = {
        way: bits
        for way, bits in _told_of(over_two, at, pairs, against).items()
        if bits
        > _GAIN
        + max(
            alone[way[:2]] + alone[way[1:3]] + alone[way[2:]],
            one.get(way[:3], 0.0) + alone[way[2:]],
            alone[way[:2]] + one.get(way[1:], 0.0),
        )
    }
    of_ends: dict[tuple[int, int], list[tuple[float, Way]]] = defaultdict(list)
    for way, bits in (*one.items(), *two.items()):
        if any(alone[step] > 0 for step in pairwise(way)):
            of_ends[way[0], way[-1]].append((bits, way))
    for some in of_ends.values():
        for bits, way in sorted(some, reverse=True)[:_MOST_WAYS]:
            yield Hypothesis((way[0],), (way[-1],), bits, via=way[1:-1])


def parted_ways(
    pairs: Pairs, weight: NDArray[np.float64], along: Iterable[Hypothesis], sets: Iterable[Hypothesis]
) -> Iterator[Hypothesis]:
    """Yield the ways `along` of which one step is a division or a joining out of `sets`.

    What the ends of the way share beyond its steps speaks for it all the same, but for areas: those of a part and its
    whole differ.
    """
    at = _places(pairs, weight)
    by_step: dict[Step, list[Hypothesis]] = defaultdict(list)
    for h in sets:
        for step in h.steps:
            by_step[step].append(h)
    ways = [(h.older[0], *h.via, h.newer[0]) for h in along]
    ways = [way for way in ways if any(step in by_step for step in pairwise(way))]
    flat, bare = np.zeros(len(weight)), pairs.weight - pairs.part("area")
    for many in (3, 4):
        for way, told in _told_of([way for way in ways if len(way) == many], at, pairs, flat, ("area",)).items():
            alone = sum(float(bare[at[step]]) for step in pairwise(way))
            for step in pairwise(way):
                others = tuple(other for other in pairwise(way) if other != step)
                rest = sum(float(weight[at[other]]) for other in others) + told - alone
                for h in by_step[step] if rest > 0 and step in by_step else ():
                    if {*h.older, *h.newer}.intersection(way) == {*step}:
                        yield replace(h, weight=h.weight + rest, further=others)


def _places(pairs: Pairs, weight: NDArray[np.float64]) -> dict[Step, int]:
    """Return where the steps stand of which a way may be made."""
    steps = np.flatnonzero(weight > _LEAST_STEP)
    ends = zip(pairs.older[steps].tolist(), pairs.newer[steps].tolist(), strict=True)
    return dict(zip(ends, steps.tolist(), strict=True))


def _told_of(
    ways: Sequence[Way],
    at: Mapping[Step, int],
    pairs: Pairs,
    against: NDArray[np.float64],
    without: Collection[str] = (),
) -> dict[Way, float]:
    """Return the bits of ways that are as long, each comparison weighed by the tree of pairs that says most."""
    if not ways:
        return {}
    many = len(ways[0])
    place = {(i, j): np.array([at.get((way[i], way[j]), -1) for way in ways]) for i, j in combinations(range(many), 2)}
    told = np.sum([against[place[i, i + 1]] for i in range(many - 1)], axis=0)
    for name in (name for name in pairs.levels if name not in without):
        part = pairs.part(name)
        bits = {ends: np.where(found >= 0, part[found], -np.inf) for ends, found in place.items()}
        told = told + np.max([np.sum([bits[ends] for ends in tree], axis=0) for tree in _trees(many)], axis=0)
    return dict(zip(ways, told.tolist(), strict=True))


@cache
def _trees(many: int) -> tuple[tuple[tuple[int, int], ...], ...]:
    """Return the sets of pairs of so many lots that join all of them without a ring."""
    joins = combinations(range(many), 2)
    return tuple(tree for tree in combinations(joins, many - 1) if _joins_all(tree, many))


def _joins_all(tree: Sequence[tuple[int, int]], many: int) -> bool:
    reached = {0}
    for _ in tree:
        reached |= {one for ends in tree if reached & set(ends) for one in ends}
    return len(reached) == many
