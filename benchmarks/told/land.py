"""Parcels as rectangles in turned blocks, their numbers in each series, and how they are divided and joined."""

from __future__ import annotations

import math
import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from benchmarks.told.people import Holder
from benchmarks.told.zones import SERIES

if TYPE_CHECKING:
    from benchmarks.told.rights import Certificate

Rectangle = tuple[float, float, float, float]
Number = tuple[int, str]  # sheet, parcel


@dataclass(eq=False, slots=True)
class Block:
    """A block of parcels: its corner (x north, y east, metres), the turn's cosine and sine, hamlet and field name."""

    zone: str
    no: int
    kind: str
    hamlet: str
    toponym: str
    north: int
    east: int
    cos: float
    sin: float
    parcels: list[Parcel] = field(default_factory=list)

    def point(self, u: float, v: float) -> tuple[float, float]:
        """Return the map's x (north) and y (east) of a point of the block."""
        return self.north + v * self.cos + u * self.sin, self.east + u * self.cos - v * self.sin


@dataclass(eq=False, slots=True)
class Parcel:
    """A parcel from its birth to its end.

    `holder` has the right and `user` works the land; `former` is the user at the survey before; `drift` is how much of
    the first area the land has come to be; `coop` is the co-operative that shared it out, until a book has told it.
    """

    no: int
    zone: str
    block: Block
    sides: Rectangle
    use: str
    born: date
    died: date | None = None
    numbers: dict[str, Number] = field(default_factory=dict)
    areas: dict[str, float] = field(default_factory=dict)
    parents: list[Parcel] = field(default_factory=list)
    how: str = ""
    holder: Holder = field(init=False)
    user: Holder = field(init=False)
    former: Holder | None = None
    coop: Holder | None = None
    certificate: Certificate | None = None
    house_m2: int = 0
    drift: float = 1.0

    @property
    def size_m2(self) -> float:
        """Return the area of the first drawing."""
        return (self.sides[2] - self.sides[0]) * (self.sides[3] - self.sides[1])

    @property
    def centre(self) -> tuple[float, float]:
        """Return the middle on the map."""
        return self.block.point((self.sides[0] + self.sides[2]) / 2, (self.sides[1] + self.sides[3]) / 2)

    def let_to(self, holder: Holder) -> None:
        """Give right and use of the parcel to a holder."""
        self.holder = self.user = holder

    def series(self) -> list[str]:
        """Return the series that number the parcel, oldest first."""
        return [name for name in SERIES[self.zone] if name in self.numbers]

    def series_at(self, day: date) -> str | None:
        """Return the series whose number stands for the parcel on a day."""
        found = None
        for name, made in SERIES[self.zone].items():
            if made <= day and name in self.numbers:
                found = name
            elif made <= day and name != "re":
                found = None
        return found

    def series_before(self, series: str) -> str | None:
        """Return the series before a given one in which the parcel has a number."""
        names = list(SERIES[self.zone])
        return next((name for name in reversed(names[: names.index(series)]) if name in self.numbers), None)

    def number_before(self, series: str) -> Number | None:
        """Return the number before a series, its own or the first parent's."""
        before = self.series_before(series)
        if before:
            return self.numbers[before]
        return self.parents[0].number_before(series) if self.parents else None


def cut(chance: random.Random, sides: Rectangle, count: int) -> list[Rectangle]:
    """Return `count` rectangles of unequal size that fill one."""
    if count == 1:
        return [sides]
    x0, y0, x1, y1 = sides
    first = count // 2 if count < 4 else max(1, min(count - 1, round(count * chance.uniform(0.35, 0.65))))
    share = min(max(first / count * chance.uniform(0.82, 1.18), 0.12), 0.88)
    if (x1 - x0) * chance.uniform(0.75, 1.3) > (y1 - y0):
        middle = x0 + (x1 - x0) * share
        halves = (x0, y0, middle, y1), (middle, y0, x1, y1)
    else:
        middle = y0 + (y1 - y0) * share
        halves = (x0, y0, x1, middle), (x0, middle, x1, y1)
    return [*cut(chance, halves[0], first), *cut(chance, halves[1], count - first)]


def strips(sides: Rectangle, cuts: Iterable[float]) -> list[Rectangle]:
    """Return a rectangle cut across its longer side at shares from 0 to 1."""
    x0, y0, x1, y1 = sides
    at = [0.0, *sorted(cuts), 1.0]
    if x1 - x0 > y1 - y0:
        return [(x0 + (x1 - x0) * a, y0, x0 + (x1 - x0) * b, y1) for a, b in pairwise(at)]
    return [(x0, y0 + (y1 - y0) * a, x1, y0 + (y1 - y0) * b) for a, b in pairwise(at)]


def share_a_side(one: Rectangle, other: Rectangle) -> bool:
    """Return whether two rectangles make one together."""

    def meet(a: float, b: float) -> bool:
        return abs(a - b) < 1e-6

    if meet(one[0], other[0]) and meet(one[2], other[2]):
        return meet(one[1], other[3]) or meet(one[3], other[1])
    same_band = meet(one[1], other[1]) and meet(one[3], other[3])
    return same_band and (meet(one[0], other[2]) or meet(one[2], other[0]))


def around(all_sides: Iterable[Rectangle]) -> Rectangle:
    """Return the rectangle around some."""
    some = list(all_sides)
    return min(s[0] for s in some), min(s[1] for s in some), max(s[2] for s in some), max(s[3] for s in some)


def corners(parcel: Parcel, area_m2: float) -> list[dict[str, float]]:
    """Return the corners of a parcel blown up to an area, and the length of the edge that follows each (metres)."""
    scale = math.sqrt(area_m2 / parcel.size_m2)
    u0, v0, u1, v1 = parcel.sides
    middle_u, middle_v = (u0 + u1) / 2, (v0 + v1) / 2
    points = []
    for u, v in ((u0, v1), (u1, v1), (u1, v0), (u0, v0)):
        x, y = parcel.block.point(middle_u + (u - middle_u) * scale, middle_v + (v - middle_v) * scale)
        points.append((round(x, 2), round(y, 2)))
    return [
        {"no": at + 1, "x": x, "y": y, "edge_m": round(math.dist(points[(at + 1) % 4], (x, y)), 2)}
        for at, (x, y) in enumerate(points)
    ]
