"""Which lots lie on the same ground, by the boundaries that papers and maps give (EPSG:5899)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from shapely import Polygon, STRtree, make_valid
from shapely.geometry.base import BaseGeometry

from cadastre.lots import Lot

#: Shares of the smaller and of the joint area from which two boundaries are of one parcel, or overlap.
_SAME, _OVERLAPS = 0.8, 0.3


def boundary(lot: Lot) -> BaseGeometry | None:
    """Return the newest boundary of the lot in (east, north) metres; None where no paper gives a good one."""
    for mention in reversed(lot.mentions):
        if len(mention.corners) > 2:
            drawn = make_valid(Polygon([(corner.y, corner.x) for corner in mention.corners]))
            if drawn.area > 0:
                return drawn
    return None


def on_same_ground(lots: Sequence[Lot]) -> dict[int, tuple[list[int], list[int]]]:
    """Return for each lot with a boundary the later lots that have nearly the same one, and those that overlap it."""
    drawn = [(number, shape) for number, lot in enumerate(lots) if (shape := boundary(lot)) is not None]
    out: dict[int, tuple[list[int], list[int]]] = {number: ([], []) for number, _ in drawn}
    if not drawn:
        return out
    tree = STRtree([shape for _, shape in drawn])
    found: dict[int, set[int]] = defaultdict(set)
    one, other = tree.query([shape for _, shape in drawn], predicate="intersects")
    for a, b in zip(one.tolist(), other.tolist(), strict=True):
        older, newer = drawn[a], drawn[b]
        first, second = lots[older[0]], lots[newer[0]]
        apart = (first.key.unit, first.order) != (second.key.unit, second.order)
        if older[0] < newer[0] and apart and first.scope == second.scope:
            shared = older[1].intersection(newer[1]).area
            if shared >= _OVERLAPS * min(older[1].area, newer[1].area):
                found[older[0]].add(newer[0])
                joint = older[1].area + newer[1].area - shared
                if shared >= _SAME * joint:
                    out[older[0]][0].append(newer[0])
    for number, lots_near in found.items():
        out[number][1].extend(sorted(lots_near))
    return out
