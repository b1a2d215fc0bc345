"""Which closed polygon a corner table most likely means, and how far ahead of the next different one it is."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from shapely import Polygon

from cadastre.ground.area_only import walks_by_area
from cadastre.ground.closed_walk import Walk, closed_walks
from cadastre.ground.corner_cells import Table

MARGIN_NATS = 4.6  # 1 : 100 against the next different polygon
ERASURE = 6.0
SAME_M = 0.03  # polygons whose corners differ by less count as one
_NO_MATTER_NATS = 3.0  # rounding alone makes such a difference
_ROUNDING_M = 0.0029  # standard deviation of a coordinate rounded to 0.01 m
_MOST_WALKS = 1500
_DEPTHS = (5.5, 10.5, 15.0, 20.0)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A closed polygon that the table may mean; places are metres from the table's origin, costs are nats."""

    cost: float
    misfit: float  # the part of the cost that the residuals of edges and area make
    walk: Walk
    north: tuple[float, ...]
    east: tuple[float, ...]
    area_m2: float
    area_met: bool

    def same_as(self, other: Proposal) -> bool:
        """Return whether all corners lie within a few centimetres of the other's."""
        here = np.array([self.north, self.east])
        return bool(np.all(np.hypot(*(here - np.array([other.north, other.east]))) <= SAME_M))


def _area_rounding_m2(
    north: Sequence[float], east: Sequence[float], printed_m2: float, coordinate_m: float
) -> tuple[float, float]:
    """Return what rounding does to the area: one sigma from the coordinates, and at most from the printed area."""
    n, e = np.asarray(north), np.asarray(east)
    chords = np.roll(n, -1) - np.roll(n, 1), np.roll(e, -1) - np.roll(e, 1)
    sigma = _ROUNDING_M * coordinate_m / 0.01 / 2 * float(np.sqrt(np.sum(chords[0] ** 2 + chords[1] ** 2)))
    rounded = 0.55 if float(printed_m2).is_integer() else 0.055
    return sigma, rounded


def area_tolerance_m2(north: Sequence[float], east: Sequence[float], printed_m2: float, coordinate_m: float) -> float:
    """Return how far the area may be off by rounding alone: of the coordinates (4 sigma) and of the printed area."""
    sigma, rounded = _area_rounding_m2(north, east, printed_m2, coordinate_m)
    return rounded + 4 * sigma


def _area_misfit(north: Sequence[float], east: Sequence[float], off_m2: float, printed_m2: float, step: float) -> float:
    """Return the cost in nats of an area off by so much."""
    sigma, rounded = _area_rounding_m2(north, east, printed_m2, step)
    return off_m2**2 / 2 / (sigma**2 + rounded**2 / 3)


def _edge_misfits(table: Table, walk: Walk, north: Sequence[float], east: Sequence[float]) -> list[float]:
    """Return the cost in nats of each edge's residual."""
    n = len(north)
    result = []
    for i, chosen in enumerate(walk.lengths):
        distance = math.hypot(north[(i + 1) % n] - north[i], east[(i + 1) % n] - east[i])
        off = distance - float(table.lengths[i].metres[chosen]) if chosen >= 0 else 0.0
        result.append((off / table.edge_sigma_m) ** 2 / 2)
    return result


def _proposal(table: Table, walk: Walk, area_m2: float | None) -> Proposal | None:
    """Return the walk's polygon, at the price of an erased cell where it misses the area; None where it is none."""
    north = tuple(float(p.north[k]) for p, k in zip(table.places, walk.places, strict=True))
    east = tuple(float(p.east[k]) for p, k in zip(table.places, walk.places, strict=True))
    shape = Polygon(zip(north, east, strict=True))
    tolerance = 0.0 if area_m2 is None else area_tolerance_m2(north, east, area_m2, table.step_m)
    met = area_m2 is None or abs(shape.area - area_m2) <= tolerance
    if not met and (walk.erased or not table.has_edges):
        return None
    if not shape.is_valid or shape.area <= 0:
        return None
    misfit = 0.0
    if area_m2 is not None and met:
        misfit = _area_misfit(north, east, shape.area - area_m2, area_m2, table.step_m)
    misfit += sum(_edge_misfits(table, walk, north, east))
    cost = walk.cost + (0.0 if met else ERASURE) + misfit
    return Proposal(cost, misfit, walk, north, east, shape.area, met)


def _search(table: Table, area_m2: float | None, limit: float) -> Iterable[Walk | None]:
    if table.has_edges:
        most = 1 if area_m2 is not None else 0
        return closed_walks(
            table.places, table.lengths, tolerance_m=table.tolerance_m, limit=limit, erasure=ERASURE, most_erased=most
        )
    if area_m2 is None:
        return [None]
    north = [float(p.north[0]) for p in table.places]
    east = [float(p.east[0]) for p in table.places]
    return walks_by_area(table.places, area_m2, area_tolerance_m2(north, east, area_m2, table.step_m), limit)


def _within(table: Table, area_m2: float | None, limit: float) -> tuple[list[Proposal], float]:
    """Return the polygons up to the margin behind the best, cheapest first, and the cost up to which all were seen."""
    found: list[Proposal] = []
    best = math.inf
    seen_to = limit
    last = 0.0
    for count, walk in enumerate(_search(table, area_m2, limit)):
        if walk is None or count >= _MOST_WALKS:
            seen_to = last
            break
        last = walk.cost
        if walk.cost > best + MARGIN_NATS:
            break
        proposal = _proposal(table, walk, area_m2)
        if proposal is not None:
            found.append(proposal)
            best = min(best, proposal.cost)
    return sorted(found, key=lambda p: p.cost), seen_to


def _as_read(table: Table, found: Sequence[Proposal]) -> Proposal:
    """Return the cheapest polygon, or of those that count as the same and cost little more the one as read."""

    def changed(proposal: Proposal) -> int:
        read = (*table.printed_x, *table.printed_y)
        placed = (
            *(n + table.origin[0] for n in proposal.north),
            *(e + table.origin[1] for e in proposal.east),
        )
        return sum(r is None or abs(r - p) > table.step_m / 2 for r, p in zip(read, placed, strict=True))

    near = [p for p in found if p.cost <= found[0].cost + _NO_MATTER_NATS and p.same_as(found[0])]
    return min(near, key=changed)


def best_polygon(table: Table, area_m2: float | None) -> tuple[Proposal | None, float]:
    """Return the best polygon and its margin over the next different one, at most how far the search saw."""
    if not table.places:
        return None, 0.0
    for depth in _DEPTHS:
        limit = table.least_cost + depth
        found, seen_to = _within(table, area_m2, limit)
        if not found:
            if seen_to < limit:
                break
            continue
        needed = found[0].cost - found[0].misfit / 2 + MARGIN_NATS + 1e-6
        if needed > limit and seen_to >= limit:
            again, farther = _within(table, area_m2, needed)
            found, seen_to = (again, farther) if again else (found, seen_to)
        best = _as_read(table, found)
        rivals = (p.cost for p in found[1:] if not p.same_as(best))
        unseen = max(seen_to + best.misfit / 2, best.cost)
        return best, min(next(rivals, math.inf), unseen) - best.cost
    return None, 0.0
