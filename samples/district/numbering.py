"""Map sheets: the land cut by a grid, each sheet numbered row by row from the top left."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from samples.district.pieces import Point


@dataclass(frozen=True, slots=True)
class Cut:
    """How a map series cuts the land: sheet size and origin in metres, turn of the grid, and when a sheet is quartered.

    `band_m` is how high a row of the numbering is; `snake` turns every second row round.
    """

    size_m: float
    origin: Point
    turn: float
    most: int
    band_m: float
    snake: bool


def numbers(cut: Cut, centres: Sequence[Point]) -> list[tuple[int, int]]:
    """Return sheet and number of each parcel by its centre; sheets are counted left to right, top to bottom."""
    turned = [_turned(point, cut) for point in centres]
    sheets: dict[tuple[float, float, float], list[int]] = {}
    for i, (east, south) in enumerate(turned):
        sheets.setdefault((math.floor(south / cut.size_m), math.floor(east / cut.size_m), 0.0), []).append(i)
    parted: list[tuple[float, float, list[int]]] = []
    for (down, across, _), members in sheets.items():
        if len(members) <= cut.most:
            parted.append((down, across, members))
            continue
        quarters: dict[tuple[int, int], list[int]] = {}
        for i in members:
            east, south = turned[i]
            half = (int(south / cut.size_m * 2 - 2 * down), int(east / cut.size_m * 2 - 2 * across))
            quarters.setdefault(half, []).append(i)
        parted += [(down + a / 2, across + b / 2, quarter) for (a, b), quarter in quarters.items()]
    parted.sort(key=lambda sheet: (math.floor(sheet[0]), sheet[0] % 1, sheet[1]))
    out: list[tuple[int, int]] = [(0, 0)] * len(centres)
    for sheet, (_, _, members) in enumerate(parted, 1):
        for number, i in enumerate(_in_rows(cut, turned, members), 1):
            out[i] = (sheet, number)
    return out


def _turned(point: Point, cut: Cut) -> Point:
    """Return east and south of the grid's origin."""
    east, south = point[0] - cut.origin[0], cut.origin[1] - point[1]
    cos, sin = math.cos(cut.turn), math.sin(cut.turn)
    return east * cos - south * sin, east * sin + south * cos


def _in_rows(cut: Cut, turned: Sequence[Point], members: Sequence[int]) -> list[int]:
    rows: dict[int, list[int]] = {}
    for i in members:
        rows.setdefault(math.floor(turned[i][1] / cut.band_m), []).append(i)
    out: list[int] = []
    for order, row in enumerate(sorted(rows)):
        line = sorted(rows[row], key=lambda i: turned[i][0])
        out += reversed(line) if cut.snake and order % 2 else line
    return out
