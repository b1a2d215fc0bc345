"""Land as rectangles that are cut in two again and again, and drawn a little bent. Metres, (east, north)."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from benchmarks.plain.land import Piece

Point = tuple[float, float]
#: VN-2000 north and east of the district's south-western corner.
NORTH, EAST = 1_762_400.0, 549_600.0


class Cell:
    """A rectangle with what it was cut from, what it is cut into, and the last piece of land that filled it."""

    __slots__ = ("box", "parent", "parts", "piece")

    def __init__(self, box: tuple[float, float, float, float], parent: Cell | None = None) -> None:
        self.box = box  # west, south, east, north
        self.parent = parent
        self.parts: list[Cell] = []
        self.piece: Piece | None = None

    @property
    def flat_m2(self) -> float:
        """Return the area before the bending."""
        west, south, east, north = self.box
        return (east - west) * (north - south)

    @property
    def middle(self) -> Point:
        """Return the middle before the bending."""
        west, south, east, north = self.box
        return (west + east) / 2, (south + north) / 2

    def corners(self) -> list[Point]:
        """Return the corners as they lie on the ground, clockwise from the north-west."""
        west, south, east, north = self.box
        return [_bent(west, north), _bent(east, north), _bent(east, south), _bent(west, south)]

    def cut(self, chance: random.Random) -> list[Cell]:
        """Cut the cell in two across its longer side."""
        west, south, east, north = self.box
        share = chance.uniform(0.36, 0.64)
        if east - west > (north - south) * chance.uniform(0.8, 1.3):
            at = west + (east - west) * share
            self.parts = [Cell((west, south, at, north), self), Cell((at, south, east, north), self)]
        else:
            at = south + (north - south) * share
            self.parts = [Cell((west, south, east, at), self), Cell((west, at, east, north), self)]
        return self.parts


def small_parts(cell: Cell, is_small: Callable[[Cell], bool], chance: random.Random) -> list[Cell]:
    """Return the cell cut until each part is small enough."""
    done, waiting = [], [cell]
    while waiting:
        one = waiting.pop()
        if is_small(one):
            done.append(one)
        else:
            waiting.extend(one.cut(chance))
    return done


def area_of(corners: Sequence[Point]) -> float:
    """Return the area in m² (shoelace)."""
    closed = (*corners, corners[0])
    return abs(sum(b[0] * a[1] - a[0] * b[1] for a, b in pairwise(closed))) / 2


def _bent(x: float, y: float) -> Point:
    return (
        x + 2.5 * math.sin(y / 37.0) + 1.2 * math.sin(x / 23.0),
        y + 2.0 * math.sin(x / 41.0 + 1) + 0.9 * math.sin(y / 19.0),
    )
