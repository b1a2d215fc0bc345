"""Convex outlines in metres, (east, north), and how land is cut: by a straight line, into shares, into strips."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

Point = tuple[float, float]
Outline = tuple[Point, ...]


def area_of(outline: Outline) -> float:
    """Return the area in m² (shoelace), positive whatever the turn."""
    closed = (*outline, outline[0])
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(closed))) / 2


def middle_of(outline: Outline) -> Point:
    """Return the mean of the corners."""
    return sum(p[0] for p in outline) / len(outline), sum(p[1] for p in outline) / len(outline)


def beside(outline: Outline, normal: Point, offset: float) -> Outline:
    """Return the part of a convex outline where normal·p <= offset."""
    kept: list[Point] = []
    for a, b in pairwise((*outline, outline[0])):
        over_a = normal[0] * a[0] + normal[1] * a[1] - offset
        over_b = normal[0] * b[0] + normal[1] * b[1] - offset
        if over_a <= 0:
            kept.append(a)
        if over_a * over_b < 0:
            at = over_a / (over_a - over_b)
            kept.append((a[0] + at * (b[0] - a[0]), a[1] + at * (b[1] - a[1])))
    return tuple(kept)


def cut(outline: Outline, angle: float, share: float) -> tuple[Outline, Outline]:
    """Return the two sides of the line with the normal at `angle` that leaves `share` of the area on the first."""
    normal = (math.cos(angle), math.sin(angle))
    reach = [normal[0] * x + normal[1] * y for x, y in outline]
    low, high, wanted = min(reach), max(reach), share * area_of(outline)
    for _ in range(40):
        offset = (low + high) / 2
        part = beside(outline, normal, offset)
        if len(part) > 2 and area_of(part) > wanted:
            high = offset
        else:
            low = offset
    back = (-normal[0], -normal[1])
    return beside(outline, normal, offset), beside(outline, back, -offset)


def long_axis(outline: Outline) -> float:
    """Return the direction in radians of the longest diagonal or side."""
    pairs = ((a, b) for a in outline for b in outline if a != b)
    a, b = max(pairs, key=lambda ab: (math.dist(*ab), ab))
    return math.atan2(b[1] - a[1], b[0] - a[0]) % math.pi


def box_axis(outline: Outline) -> float:
    """Return 0 where the outline is wider than high, else a right angle."""
    wide = max(p[0] for p in outline) - min(p[0] for p in outline)
    high = max(p[1] for p in outline) - min(p[1] for p in outline)
    return 0.0 if wide >= high else math.pi / 2


def strips(outline: Outline, angle: float, areas: Sequence[float]) -> list[Outline]:
    """Return parallel strips of the given areas in m², in order along `angle`; the last takes what is left."""
    left, parts = outline, []
    for area in areas[:-1]:
        part, left = cut(left, angle, min(0.95, area / area_of(left)))
        parts.append(part)
    return [*parts, left]
