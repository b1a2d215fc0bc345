"""A commune's land as rows of house plots, gardens, paddies and forest between roads, a little crooked."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from numpy.random import Generator

from samples.chance import between, chance, weighted, whole
from samples.district.pieces import Point, Ring
from samples.land import Grain

#: Of a row of blocks: how deep a strip is, how wide a parcel, how many strips lie behind each other (metres).
_SHAPES: dict[Grain, tuple[tuple[float, float], tuple[float, float], tuple[int, int]]] = {
    "house": ((20.0, 34.0), (7.0, 17.0), (2, 2)),
    "garden": ((32.0, 60.0), (15.0, 42.0), (2, 2)),
    "field": ((17.0, 36.0), (12.0, 55.0), (2, 5)),
    "forest": ((80.0, 190.0), (60.0, 210.0), (1, 2)),
}
_FLAT: tuple[tuple[Grain, float], ...] = (("house", 0.2), ("garden", 0.26), ("field", 0.5), ("forest", 0.04))
_HILLS: tuple[tuple[Grain, float], ...] = (("house", 0.14), ("garden", 0.3), ("field", 0.3), ("forest", 0.26))


@dataclass(frozen=True, slots=True)
class Cell:
    """A parcel as the land was first parted: outline, use, its block and strip, from the north."""

    ring: Ring
    grain: Grain
    block: int
    row: int
    beside: tuple[int, ...]  # cells that share an edge with it


def lay_out(rng: Generator, count: int, centre: Point, *, hills: bool) -> list[Cell]:
    """Part land round a centre (east, north) into that many cells, the first rows in the north."""
    width = 26.0 * math.sqrt(count) + 80.0
    turn, bend = between(rng, -0.25, 0.25), between(rng, 6.0, 14.0)
    phases = (between(rng, 0, 6), between(rng, 0, 6))

    def placed(east: float, north: float) -> Point:
        east, north = east + bend * math.sin(north / 170 + phases[0]), north + bend * math.sin(east / 190 + phases[1])
        return (
            centre[0] + east * math.cos(turn) - north * math.sin(turn),
            centre[1] + east * math.sin(turn) + north * math.cos(turn),
        )

    cells: list[Cell] = []
    north, block, row = 0.0, 0, 0
    while len(cells) < count:
        grain = weighted(rng, _HILLS if hills else _FLAT)
        (shallow, deep), widths, (fewest, most) = _SHAPES[grain]
        depths = [between(rng, shallow, deep) for _ in range(whole(rng, fewest, most))]
        west = 0.0
        while west < width and len(cells) < count:
            east = min(west + (between(rng, 250, 480) if grain == "forest" else between(rng, 90, 190)), width)
            if width - east < 75:
                east = width
            strips = _strips(rng, (west, east, north), depths, widths, len(cells))
            beside = _beside(strips)
            for cell in (cell for strip in strips for cell in strip):
                ring = [placed(*corner) for corner in cell.corners]
                cells.append(Cell(tuple(ring), grain, block, row, tuple(sorted(beside[cell.index]))))
            block += 1
            west = east + between(rng, 3.5, 7.0)
        north -= sum(depths) + between(rng, 3.0, 8.0)
        row += 1
    return [replace(c, beside=tuple(other for other in c.beside if other < count)) for c in cells[:count]]


@dataclass(frozen=True, slots=True)
class _Slot:
    """A parcel before the land is bent: its corners from the north-west clockwise, and from where to where it lies."""

    index: int
    west: float
    east: float
    corners: tuple[Point, ...]


def _strips(
    rng: Generator,
    corner: tuple[float, float, float],
    depths: Sequence[float],
    widths: tuple[float, float],
    first: int,
) -> list[list[_Slot]]:
    """Part one block: strips behind each other, each cut into parcels of its own widths, with leaning sides."""
    west, east, top = corner
    slots: list[list[_Slot]] = []
    index = first
    for depth in depths:
        edges = [west]
        while edges[-1] < east - widths[0]:
            edges.append(edges[-1] + between(rng, *widths) * (1.8 if chance(rng, 0.08) else 1.0))
        edges = [*edges[: max(1, len(edges) - 1)], east]
        lean = [0.0, *(between(rng, -0.08, 0.08) * (b - a) for a, b in pairwise(edges[1:])), 0.0]
        strip = []
        for (a, b), (left, right) in zip(pairwise(edges), pairwise(lean), strict=True):
            ring = ((a - left, top), (b - right, top), (b + right, top - depth), (a + left, top - depth))
            strip.append(_Slot(index, a, b, ring))
            index += 1
        slots.append(strip)
        top -= depth
    return slots


def _beside(strips: Sequence[Sequence[_Slot]]) -> dict[int, set[int]]:
    """Return for each parcel of a block those that share an edge of two metres or more with it."""
    out: dict[int, set[int]] = {slot.index: set() for strip in strips for slot in strip}
    pairs = [(a, b) for strip in strips for a, b in pairwise(strip)]
    for upper, lower in pairwise(strips):
        pairs += [(a, b) for a in upper for b in lower if min(a.east, b.east) - max(a.west, b.west) > 2]
    for a, b in pairs:
        out[a.index].add(b.index)
        out[b.index].add(a.index)
    return out
