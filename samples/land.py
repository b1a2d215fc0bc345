"""Invented parcels: rows of quadrilaterals near a commune's centre, numbered row by row from the top left."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from numpy.random import Generator

from samples.chance import between, chance, whole

Point = tuple[float, float]
"""x (north) and y (east) in metres of EPSG:5899, unrounded."""
Grain = Literal["house", "garden", "field", "forest"]

#: Depth and width of a usual parcel in metres.
_CELLS: dict[Grain, tuple[float, float]] = {
    "house": (19.0, 8.5),
    "garden": (38.0, 21.0),
    "field": (31.0, 24.0),
    "forest": (120.0, 95.0),
}


@dataclass(frozen=True, slots=True)
class Plot:
    """A parcel's ground: its number on the sheet, corners clockwise from the north-west, and the numbers beside it."""

    sheet_no: str
    parcel_no: str
    grain: Grain
    corners: tuple[Point, ...]
    neighbours: tuple[str, ...]

    @property
    def area_m2(self) -> float:
        """Return the area to one decimal, by the shoelace over the unrounded corners."""
        return round(shoelace(self.corners), 1)


def shoelace(corners: Sequence[Point]) -> float:
    """Return the area in m² of the ring through the corners, in either sense."""
    turned = [*corners[1:], corners[0]]
    doubled = sum(
        x0 * (y1 - corners[0][1]) - x1 * (y0 - corners[0][1])
        for (x0, y0), (x1, y1) in zip(corners, turned, strict=True)
    )
    return abs(doubled) / 2


def edges(corners: Sequence[Point]) -> tuple[float, ...]:
    """Return the length in metres from each corner to the next, the last one back to the first."""
    turned = [*corners[1:], corners[0]]
    return tuple(math.dist(a, b) for a, b in zip(corners, turned, strict=True))


def sheet_of_plots(
    rng: Generator, centre: Point, sheet_no: int, first_no: int, count: int, grain: Grain
) -> tuple[Plot, ...]:
    """Lay out that many parcels of one map sheet as a block whose corners are shared and a little irregular."""
    depth, width = _CELLS[grain]
    across = max(2, min(count, round(math.sqrt(count * depth / width))))
    down = math.ceil(count / across)
    turn = between(rng, -0.5, 0.5)
    ox, oy = centre[0] + between(rng, -900, 900), centre[1] + between(rng, -900, 900)
    widths = [width * between(rng, 0.6, 1.5) for _ in range(across)]
    depths = [depth * between(rng, 0.75, 1.3) for _ in range(down)]

    def corner(row: int, column: int) -> Point:
        north = -sum(depths[:row]) + depth * between(rng, -0.06, 0.06)
        east = sum(widths[:column]) + width * between(rng, -0.08, 0.08)
        return (
            ox + north * math.cos(turn) - east * math.sin(turn),
            oy + north * math.sin(turn) + east * math.cos(turn),
        )

    grid = [[corner(row, column) for column in range(across + 1)] for row in range(down + 1)]
    level = [[_bends(rng, grid[r][c], grid[r][c + 1]) for c in range(across)] for r in range(down + 1)]
    upright = [[_bends(rng, grid[r][c], grid[r + 1][c]) for c in range(across + 1)] for r in range(down)]
    plots = []
    for index in range(count):
        r, c = divmod(index, across)
        ring = (
            *(grid[r][c], *level[r][c], grid[r][c + 1], *upright[r][c + 1]),
            *(grid[r + 1][c + 1], *reversed(level[r + 1][c]), grid[r + 1][c], *reversed(upright[r][c])),
        )
        beside = [index - across, index + 1 if c + 1 < across else -1, index + across, index - 1 if c else -1]
        plots.append(
            Plot(
                str(sheet_no),
                str(first_no + index),
                grain,
                ring,
                tuple(str(first_no + other) if 0 <= other < count else "" for other in beside),
            )
        )
    return tuple(plots)


def _bends(rng: Generator, a: Point, b: Point) -> tuple[Point, ...]:
    """Return no, one or two extra corners that both parcels of an edge share."""
    length = math.dist(a, b)
    count = 0 if length < 9 or chance(rng, 0.7) else whole(rng, 1, 2)
    ahead = ((b[0] - a[0]) / length, (b[1] - a[1]) / length)
    out = []
    for i in range(count):
        along = (i + 1) / (count + 1) + between(rng, -0.08, 0.08)
        off = length * between(rng, -0.05, 0.05)
        out.append(
            (
                a[0] + along * (b[0] - a[0]) - off * ahead[1],
                a[1] + along * (b[1] - a[1]) + off * ahead[0],
            )
        )
    return tuple(out)
