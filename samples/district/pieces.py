"""Ground as convex pieces that are cut and never lost, so that any two parcels of any years can be compared."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise

from shapely import Polygon, unary_union

Point = tuple[float, float]
"""East and north in metres of EPSG:5899, unrounded."""
Ring = tuple[Point, ...]
_SLIVER_M2 = 0.5


def area_of(ring: Sequence[Point]) -> float:
    """Return the area in m² of the ring through the points."""
    e0, n0 = ring[0]
    doubled = 0.0
    for (e1, n1), (e2, n2) in pairwise(ring[1:]):
        doubled += (e1 - e0) * (n2 - n0) - (e2 - e0) * (n1 - n0)
    return abs(doubled) / 2


def _below(ring: Ring, normal: Point, level: float, sign: float) -> Ring:
    """Return the part of a convex ring on one side of a line."""
    heights = [sign * (e * normal[0] + n * normal[1] - level) for e, n in ring]
    out: list[Point] = []
    for i, (point, height) in enumerate(zip(ring, heights, strict=True)):
        after, later = ring[(i + 1) % len(ring)], heights[(i + 1) % len(ring)]
        if height <= 0:
            out.append(point)
        if (height < 0 < later) or (later < 0 < height):
            share = height / (height - later)
            out.append((point[0] + share * (after[0] - point[0]), point[1] + share * (after[1] - point[1])))
    return tuple(out)


class Ground:
    """All pieces that a stretch of land was ever cut into; a piece is a number, its halves are pieces too."""

    def __init__(self) -> None:
        self._rings: list[Ring] = []
        self._areas: list[float] = []
        self._halves: list[tuple[int, int] | None] = []

    def add(self, ring: Ring) -> int:
        """Take a convex ring in and return its piece."""
        self._rings.append(ring)
        self._areas.append(area_of(ring))
        self._halves.append(None)
        return len(self._rings) - 1

    def ring(self, piece: int) -> Ring:
        """Return the outline of a piece."""
        return self._rings[piece]

    def area(self, pieces: Iterable[int]) -> float:
        """Return the area in m² of pieces that do not overlap."""
        return sum(self._areas[piece] for piece in pieces)

    def leaves(self, pieces: Iterable[int]) -> frozenset[int]:
        """Return the pieces that these were cut into in the end."""
        out: list[int] = []
        waiting = list(pieces)
        while waiting:
            piece = waiting.pop()
            halves = self._halves[piece]
            if halves is None:
                out.append(piece)
            else:
                waiting += halves
        return frozenset(out)

    def outline(self, pieces: Sequence[int]) -> Ring:
        """Return the outer ring round pieces that lie together; of pieces apart, that of the largest part.

        Neighbouring rows meet along slightly bent lines, so gaps of up to 10 cm are closed.
        """
        if len(pieces) == 1:
            return self._rings[pieces[0]]
        joined = unary_union([Polygon(self._rings[piece]).buffer(0.05, join_style="mitre") for piece in pieces])
        whole = joined.buffer(-0.05, join_style="mitre").simplify(0.02)
        largest = max(getattr(whole, "geoms", [whole]), key=lambda part: float(part.area))
        return tuple((float(e), float(n)) for e, n in largest.exterior.coords[:-1])

    def touch(self, pieces: Sequence[int], others: Sequence[int]) -> bool:
        """Return whether any of the pieces shares more than a corner with any of the others, gaps of 10 cm apart."""
        rings = [Polygon(self._rings[piece]).buffer(0.1) for piece in pieces]
        around = [Polygon(self._rings[piece]) for piece in others]
        return any(a.intersection(b).length > 3.0 for a in rings for b in around)

    def middle(self, pieces: Iterable[int]) -> Point:
        """Return the mean of the corners, near enough to the centre for pieces like these."""
        points = [point for piece in pieces for point in self._rings[piece]]
        return sum(p[0] for p in points) / len(points), sum(p[1] for p in points) / len(points)

    def longest(self, pieces: Sequence[int]) -> Point:
        """Return the unit vector along the longest edge: farms and house plots are cut across it."""
        best, direction = 0.0, (1.0, 0.0)
        for piece in pieces:
            ring = self._rings[piece]
            for a, b in zip(ring, (*ring[1:], ring[0]), strict=True):
                length = math.dist(a, b)
                if length > best:
                    best, direction = length, ((b[0] - a[0]) / length, (b[1] - a[1]) / length)
        return direction

    def cut(self, pieces: Sequence[int], normal: Point, share: float) -> tuple[list[int], list[int]]:
        """Cut along the line across `normal` that leaves that share of the area on its lower side; return both."""
        heights = [e * normal[0] + n * normal[1] for piece in pieces for e, n in self._rings[piece]]
        low, high = min(heights), max(heights)
        wanted = share * self.area(pieces)
        for _ in range(24):
            level = (low + high) / 2
            held = sum(self._part(piece, normal, level) for piece in pieces)
            low, high = (level, high) if held < wanted else (low, level)
        return self._cut_at(pieces, normal, (low + high) / 2)

    def _part(self, piece: int, normal: Point, level: float) -> float:
        lower = _below(self._rings[piece], normal, level, 1.0)
        return area_of(lower) if len(lower) > 2 else 0.0

    def _cut_at(self, pieces: Sequence[int], normal: Point, level: float) -> tuple[list[int], list[int]]:
        lower: list[int] = []
        upper: list[int] = []
        for piece in pieces:
            one, other = (_below(self._rings[piece], normal, level, sign) for sign in (1.0, -1.0))
            areas = [area_of(ring) if len(ring) > 2 else 0.0 for ring in (one, other)]
            if min(areas) < _SLIVER_M2:
                (lower if areas[0] > areas[1] else upper).append(piece)
                continue
            first, second = self.add(one), self.add(other)
            self._halves[piece] = (first, second)
            lower.append(first)
            upper.append(second)
        return lower, upper
