"""Corner tables without edges: which readings of the coordinates give the printed area."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from cadastre.ground.closed_walk import Places, Walk

Floats = NDArray[np.float64]
_MOST_PAIRS = 3_000_000


def signed_area_m2(north: Floats, east: Floats) -> float:
    """Return the shoelace area in m² with its sign."""
    n, e = north - north[0], east - east[0]
    return float(np.sum(n * np.roll(e, -1) - np.roll(n, -1) * e)) / 2


def walks_by_area(corners: Sequence[Places], area_m2: float, tolerance_m2: float, limit: float) -> list[Walk | None]:
    """Return the walks that meet the area and cost at most `limit`, cheapest first.

    At most two corners stand off their best place; a last None says that pairs of corners were not tried.
    """
    north = np.array([p.north[0] for p in corners])
    east = np.array([p.east[0] for p in corners])
    base = sum(float(p.cost[0]) for p in corners)
    area = signed_area_m2(north, east)
    sign = 1.0 if area >= 0 else -1.0
    corner = np.concatenate([np.full(len(p.cost) - 1, i) for i, p in enumerate(corners)])
    place = np.concatenate([np.arange(1, len(p.cost)) for p in corners])
    dn = np.concatenate([p.north[1:] - p.north[0] for p in corners])
    de = np.concatenate([p.east[1:] - p.east[0] for p in corners])
    extra = np.concatenate([p.cost[1:] - p.cost[0] for p in corners])
    keep = base + extra <= limit
    corner, place, dn, de, extra = corner[keep], place[keep], dn[keep], de[keep], extra[keep]
    before, after = np.roll(east, 1), np.roll(east, -1)
    slope_n = (after - before)[corner]
    slope_e = (np.roll(north, 1) - np.roll(north, -1))[corner]
    single = (dn * slope_n + de * slope_e) / 2
    target = area_m2 * sign - area
    n = len(corners)
    start = tuple(0 for _ in corners)
    none = tuple(-2 for _ in corners)
    found = [Walk(base, start, none)] if base <= limit and abs(target) <= tolerance_m2 else []

    def walk(cost: float, *changes: int) -> Walk:
        places = list(start)
        for change in changes:
            places[int(corner[change])] = int(place[change])
        return Walk(cost, tuple(places), none)

    for k in np.flatnonzero(np.abs(single - target) <= tolerance_m2).tolist():
        found.append(walk(base + float(extra[k]), k))
    order = np.argsort(extra, kind="stable")
    reach = np.searchsorted(extra[order], limit - base - extra[order], side="right")
    if int(reach.sum()) > _MOST_PAIRS:
        return [*sorted(found, key=lambda w: w.cost), None]
    first = np.repeat(order, reach)
    second = order[np.arange(len(first)) - np.repeat(np.cumsum(reach) - reach, reach)]
    apart = corner[first] < corner[second]
    first, second = first[apart], second[apart]
    step = (corner[second] - corner[first]) % n
    cross = np.where(step == 1, 1.0, 0.0) - np.where(step == n - 1, 1.0, 0.0)
    twist = cross * (dn[first] * de[second] - de[first] * dn[second]) / 2
    hits = np.flatnonzero(np.abs(single[first] + single[second] + twist - target) <= tolerance_m2)
    for k in hits.tolist():
        a, b = int(first[k]), int(second[k])
        found.append(walk(base + float(extra[a] + extra[b]), a, b))
    return [*sorted(found, key=lambda w: w.cost)]
