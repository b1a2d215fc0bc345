"""A commune's land as rows of house plots, gardens, paddies and forest between roads, a little crooked."""

from __future__ import annotations

import math
from dataclasses import dataclass

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
    width = 42.0 * math.sqrt(count) + 120.0
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
            if width - east < 60:
                east = width
            cells += _block(rng, placed, (west, east, north), depths, widths, grain, (block, row, len(cells)))
            block += 1
            west = east + between(rng, 3.5, 7.0)
        north -= sum(depths) + between(rng, 3.0, 8.0)
        row += 1
    return cells[:count] if len(cells) == count else _kept(cells, count)


def _kept(cells: list[Cell], count: int) -> list[Cell]:
    return [
        Cell(c.ring, c.grain, c.block, c.row, tuple(other for other in c.beside if other < count))
        for c in cells[:count]
    ]


def _block(rng, placed, corner, depths, widths, grain, where):  # type: ignore[no-untyped-def]
    """Part one block: strips behind each other, each cut into parcels of its own widths."""
    west, east, north = corner
    block, row, first = where
    strips: list[list[tuple[float, float, int]]] = []
    out: list[Cell] = []
    top = north
    beside: dict[int, set[int]] = {}
    shift = [(between(rng, -0.8, 0.8)) for _ in range(len(depths) + 1)]
    for depth, (upper, lower) in zip(depths, zip(shift, shift[1:], strict=False), strict=True):
        edges = [west]
        while edges[-1] < east - widths[0]:
            step = between(rng, *widths) * (1.8 if chance(rng, 0.08) else 1.0)
            edges.append(min(edges[-1] + step, east))
        if east - edges[-1] > 0.1:
            edges[-1] = east
        lean = [0.0, *(between(rng, -0.08, 0.08) * (b - a) for a, b in zip(edges[1:], edges[2:], strict=False)), 0.0]
        strip: list[tuple[float, float, int]] = []
        for (a, b), (la, lb) in zip(
            zip(edges, edges[1:], strict=False), zip(lean, lean[1:], strict=False), strict=True
        ):
            bottom = top - depth
            ring = (
                placed(a - la, top + upper),
                placed(b - lb, top + upper),
                placed(b + lb, bottom + lower),
                placed(a + la, bottom + lower),
            )
            index = first + len(out)
            beside[index] = {index - 1} if strip else set()
            if strip:
                beside[index - 1].add(index)
            for oa, ob, other in strips[-1] if strips else ():
                if min(b, ob) - max(a, oa) > 2:
                    beside[index].add(other)
                    beside[other].add(index)
            strip.append((a, b, index))
            out.append(Cell(ring, grain, block, row, ()))
        strips.append(strip)
        top -= depth
    return [Cell(c.ring, c.grain, c.block, c.row, tuple(sorted(beside[first + i]))) for i, c in enumerate(out)]
