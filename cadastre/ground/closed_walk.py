"""The cheapest closed walks over corners whose readings are uncertain, with every printed edge met.

Each corner has candidate places with costs, each edge candidate lengths with costs. A walk takes one place
per corner; two neighbours go together when their distance meets a candidate length within the tolerance,
or at a price when the printed length is given up (erased). Costs are nats; all lengths are metres.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

MOST_STEPS = 30_000
MOST_AT_ONE_EDGE = 13.5  # nats: more misreadings than that in the cells of one edge are not tried
_MOST_PAIRS = 120_000


@dataclass(frozen=True, slots=True)
class Places:
    """Candidate places of one corner: `north` and `east` in metres, `cost` ascending."""

    north: Floats
    east: Floats
    cost: Floats


@dataclass(frozen=True, slots=True)
class Lengths:
    """Candidate lengths of one edge, `metres` ascending, with `cost`; `printed` false lets any length pass."""

    metres: Floats
    cost: Floats
    printed: bool


@dataclass(frozen=True, slots=True)
class Walk:
    """A closed walk: its cost, the place taken at each corner, the length taken at each edge (-1: erased)."""

    cost: float
    places: tuple[int, ...]
    lengths: tuple[int, ...]

    @property
    def erased(self) -> int:
        """Return how many printed lengths were given up."""
        return self.lengths.count(-1)


@dataclass(frozen=True, slots=True)
class _Arcs:
    source: Ints
    target: Ints
    cost: Floats
    length: Ints

    def take(self, keep: NDArray[np.bool_]) -> _Arcs:
        return _Arcs(self.source[keep], self.target[keep], self.cost[keep], self.length[keep])


def _pairs(a: Places, b: Places, most: float) -> tuple[Ints, Ints]:
    """Return the index pairs whose places together cost at most `most`, or less where they would be too many."""
    counts = np.searchsorted(b.cost, most - a.cost, side="right")
    while int(counts.sum()) > _MOST_PAIRS:
        most -= 1.0
        counts = np.searchsorted(b.cost, most - a.cost, side="right")
    total = int(counts.sum())
    source = np.repeat(np.arange(len(a.cost)), counts)
    starts = np.repeat(np.cumsum(counts) - counts, counts)
    return source, np.arange(total) - starts


def _best_length(distance: Floats, edge: Lengths, tolerance: float) -> tuple[Floats, Ints]:
    low = np.searchsorted(edge.metres, distance - tolerance - 1e-6)
    high = np.searchsorted(edge.metres, distance + tolerance + 1e-6, side="right")
    cost = np.full(len(distance), np.inf)
    length = np.full(len(distance), -1, np.int64)
    for step in range(int((high - low).max(initial=0))):
        at = np.minimum(low + step, len(edge.metres) - 1)
        better = (low + step < high) & (edge.cost[at] < cost)
        cost[better] = edge.cost[at][better]
        length[better] = at[better]
    return cost, length


def _arcs(a: Places, b: Places, edge: Lengths, tolerance: float, most: float, erasure: float) -> _Arcs:
    """Return the pairs of neighbours that go together, given that these three cells may cost at most `most`."""
    source, target = _pairs(a, b, most)
    if not edge.printed:
        return _Arcs(source, target, np.zeros(len(source)), np.full(len(source), -2, np.int64))
    distance = np.hypot(a.north[source] - b.north[target], a.east[source] - b.east[target])
    cost, length = _best_length(distance, edge, tolerance)
    given_up = cost > erasure
    cost[given_up] = erasure
    length[given_up] = -1
    keep = a.cost[source] + b.cost[target] + cost <= most
    return _Arcs(source, target, cost, length).take(keep)


def _to_go(corners: Sequence[Places], arcs: Sequence[_Arcs], most_erased: int) -> list[list[Floats]]:
    """Return, by erasures left and corner, the least cost of all that follows each place, the closing arc included."""
    levels: list[list[Floats]] = []
    for left in range(most_erased + 1):
        rest: list[Floats] = []
        for i in range(len(corners) - 1, -1, -1):
            step = arcs[i]
            last = i == len(corners) - 1
            onward = step.cost if last else step.cost + corners[i + 1].cost[step.target]
            erased = step.length == -1
            ahead = np.full(len(corners[i].cost), np.inf)
            kept = onward if last else onward + rest[0][step.target]
            np.minimum.at(ahead, step.source[~erased], kept[~erased])
            if left:
                given_up = onward if last else onward + levels[left - 1][i + 1][step.target]
                np.minimum.at(ahead, step.source[erased], given_up[erased])
            rest.insert(0, ahead)
        levels.append(rest)
    return levels


def _followers(arcs: _Arcs) -> dict[int, list[tuple[int, float, int]]]:
    after: dict[int, list[tuple[int, float, int]]] = {}
    for s, t, c, length in zip(
        arcs.source.tolist(), arcs.target.tolist(), arcs.cost.tolist(), arcs.length.tolist(), strict=True
    ):
        after.setdefault(s, []).append((t, c, length))
    return after


def _cheapest_first(
    corners: Sequence[Places], arcs: Sequence[_Arcs], limit: float, most_erased: int
) -> Iterator[Walk | None]:
    to_go = [[rest.tolist() for rest in level] for level in _to_go(corners, arcs, most_erased)]
    after = [_followers(step) for step in arcs]
    costs = [places.cost.tolist() for places in corners]
    n = len(corners)
    heap: list[tuple[float, int, float, int, tuple[int, ...], tuple[int, ...]]] = []
    pushed = 0
    for start, cost in enumerate(costs[0]):
        if cost + to_go[most_erased][0][start] <= limit:
            heap.append((cost + to_go[most_erased][0][start], pushed, cost, most_erased, (start,), ()))
            pushed += 1
    heapify(heap)
    while heap:
        _, _, cost, left, places, lengths = heappop(heap)
        i = len(places) - 1
        if len(lengths) == n:
            yield Walk(cost, places, lengths)
            continue
        for target, arc, length in after[i].get(places[-1], ()):
            remaining = left - (length == -1)
            if remaining < 0 or (i == n - 1 and target != places[0]):
                continue
            if i == n - 1:
                reached = bound = cost + arc
                ahead = places
            else:
                reached = cost + arc + costs[i + 1][target]
                bound = reached + to_go[remaining][i + 1][target]
                ahead = (*places, target)
            if bound <= limit:
                pushed += 1
                heappush(heap, (bound, -pushed, reached, remaining, ahead, (*lengths, length)))
        if pushed > MOST_STEPS:
            yield None
            return


def _turned(values: Sequence[int], by: int) -> tuple[int, ...]:
    return tuple(values[by:]) + tuple(values[:by])


def closed_walks(
    corners: Sequence[Places],
    edges: Sequence[Lengths],
    *,
    tolerance_m: float,
    limit: float,
    erasure: float,
    most_erased: int,
) -> Iterator[Walk | None]:
    """Yield the closed walks that cost at most `limit`, cheapest first; edge i joins corner i and the next.

    A last None says that the search was cut short: there may be more.
    """
    n = len(corners)
    least = [float(places.cost[0]) for places in corners]
    total = sum(least)
    start = min(range(n), key=lambda i: int(np.searchsorted(corners[i].cost, limit - total + least[i])))
    order = [(start + i) % n for i in range(n)]
    ring = [corners[i] for i in order]
    spare = min(limit - total, MOST_AT_ONE_EDGE)
    arcs = [
        _arcs(ring[k], ring[(k + 1) % n], edges[i], tolerance_m, spare + least[i] + least[(i + 1) % n], erasure)
        for k, i in enumerate(order)
    ]
    back = n - start
    for walk in _cheapest_first(ring, arcs, limit, most_erased):
        if walk is None:
            yield None
            return
        yield Walk(walk.cost, _turned(walk.places, back % n), _turned(walk.lengths, back % n))
