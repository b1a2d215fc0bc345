"""The drawing of one parcel: its outline to scale, corner numbers, edge lengths, neighbours and a north arrow."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from numpy.random import Generator

from samples.chance import chance
from samples.land import Plot, edges
from samples.sheet import Run, Sheet
from samples.words import number

_SCALES = (100, 150, 200, 250, 300, 400, 500, 750, 1000, 1500, 2000, 3000, 5000)


@dataclass(frozen=True, slots=True)
class Window:
    """Where on the page the plan stands, in mm."""

    x: float
    y: float
    width: float
    height: float


def scale_for(plot: Plot, window: Window, fill: float = 0.6) -> int:
    """Return the largest usual scale denominator's map that keeps the plot within that part of the window."""
    north = [x for x, _ in plot.corners]
    east = [y for _, y in plot.corners]
    for scale in _SCALES:
        if (max(north) - min(north)) * 1000 / scale <= window.height * fill and (
            max(east) - min(east)
        ) * 1000 / scale <= window.width * fill:
            return scale
    return _SCALES[-1]


def draw_plan(
    sheet: Sheet, rng: Generator, plot: Plot, window: Window, scale: int, label: str, first_corner: int = 1
) -> None:
    """Draw the plot in the window with its label, corner numbers, edge lengths and the numbers of its neighbours."""
    north = [x for x, _ in plot.corners]
    east = [y for _, y in plot.corners]
    cx, cy = (max(north) + min(north)) / 2, (max(east) + min(east)) / 2
    ox, oy = window.x + window.width / 2, window.y + window.height / 2

    def on_page(x: float, y: float) -> tuple[float, float]:
        return ox + (y - cy) * 1000 / scale, oy - (x - cx) * 1000 / scale

    ring = [on_page(x, y) for x, y in plot.corners]
    small = min(8.0, max(6.0, sheet.size_pt * 0.6))
    for a, b in zip(ring, [*ring[1:], ring[0]], strict=True):
        sheet.rule(*a, *b, 0.35)
    for i, (x, y) in enumerate(ring):
        _dot(sheet, x, y)
        away = math.atan2(y - oy, x - ox)
        sheet.text(
            x + 2.6 * math.cos(away), y + 2.6 * math.sin(away) + 1, str(first_corner + i), size_pt=small, anchor="m"
        )
        sheet.rule(x, y, x + 9 * math.cos(away), y + 9 * math.sin(away), 0.12) if chance(rng, 0.35) else None
    narrow = min(max(north) - min(north), max(east) - min(east)) * 1000 / scale
    if narrow > 20:
        _lengths(sheet, plot, ring, small)
    top, bottom = label.split("/")
    size = min(sheet.size_pt, max(5.5, narrow * 0.55))
    wide = max(sheet.width(top, size), sheet.width(bottom, size)) / 2 + 0.6
    sheet.text(ox, oy - 1.0, top, size_pt=size, anchor="m")
    sheet.rule(ox - wide, oy, ox + wide, oy, 0.2)
    sheet.text(ox, oy + size * 0.36, bottom, size_pt=size, anchor="m")
    for other, (dx, dy) in zip(plot.neighbours, ((0, -1), (1, 0), (0, 1), (-1, 0)), strict=True):
        if other:
            x = ox + dx * (window.width / 2 - 7)
            y = oy + dy * (window.height / 2 - 4)
            sheet.text(x, y, Run(f"({other})", italic=True), size_pt=small + 1, anchor="m")


def _dot(sheet: Sheet, x: float, y: float) -> None:
    r = sheet.px(0.45)
    sheet.draw.ellipse((sheet.px(x) - r, sheet.px(y) - r, sheet.px(x) + r, sheet.px(y) + r), fill=sheet.ink)


def _lengths(sheet: Sheet, plot: Plot, ring: Sequence[tuple[float, float]], small: float) -> None:
    ox = sum(x for x, _ in ring) / len(ring)
    oy = sum(y for _, y in ring) / len(ring)
    for a, b, length in zip(ring, [*ring[1:], ring[0]], edges(plot.corners), strict=True):
        mx, my = (a[0] + b[0]) / 2, (a[1] + b[1]) / 2
        away = math.atan2(my - oy, mx - ox)
        if math.dist(a, b) > 7:
            sheet.text(
                mx - 3.4 * math.cos(away), my - 3 * math.sin(away) + 1, number(length, 2), size_pt=small, anchor="m"
            )


def north_arrow(sheet: Sheet, x: float, y: float, height: float = 16.0) -> None:
    """Draw an arrow that points to the top of the page, with `B` (bắc, north) above it."""
    sheet.rule(x, y + height, x, y + 2, 0.4)
    points = [(x, y), (x - 1.8, y + 5), (x, y + 3.8), (x + 1.8, y + 5)]
    sheet.draw.polygon([(sheet.px(a), sheet.px(b)) for a, b in points], fill=sheet.ink)
    sheet.text(x, y - 1, Run("B", bold=True), size_pt=9, anchor="m")
