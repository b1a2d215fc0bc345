"""Ruled tables of books and lists: heads, rules, and cells whose text is made to fit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from typing import Literal

from samples.sheet import Run, Sheet

Align = Literal["l", "m", "r"]


@dataclass(frozen=True, slots=True)
class Grid:
    """Where the columns of a table stand: the x of its upright rules in mm, and the weight of its lines."""

    lefts: tuple[float, ...]
    weight_mm: float = 0.2

    def span(self, column: int) -> tuple[float, float]:
        """Return the left and right edge of a column."""
        return self.lefts[column], self.lefts[column + 1]


def grid(left: float, right: float, shares: Sequence[float], weight_mm: float = 0.2) -> Grid:
    """Return a grid from left to right whose columns have those shares of the width."""
    unit = (right - left) / sum(shares)
    return Grid(tuple(accumulate((share * unit for share in shares), initial=left)), weight_mm)


def ordered(frame: Grid, order: Sequence[int]) -> Grid:
    """Return the grid with those of its columns, in that order, over the same width."""
    spans = [frame.span(column) for column in order]
    return grid(frame.lefts[0], frame.lefts[-1], [x1 - x0 for x0, x1 in spans], frame.weight_mm)


def draw_grid(
    sheet: Sheet, frame: Grid, levels: Sequence[float], bottom: float, lower: Mapping[int, float] | None = None
) -> None:
    """Draw the upright rules from the first level to the bottom and a level rule at each level and the bottom.

    `lower` has the y from which an upright rule starts that does not divide the heads over it.
    """
    for i, x in enumerate(frame.lefts):
        sheet.rule(x, (lower or {}).get(i, levels[0]), x, bottom, frame.weight_mm)
    for y in (*levels, bottom):
        sheet.rule(frame.lefts[0], y, frame.lefts[-1], y, frame.weight_mm)


def draw_heads(sheet: Sheet, frame: Grid, top: float, bottom: float, heads: Sequence[str]) -> None:
    """Print a head into each column, none where it is empty."""
    for (x0, x1), text in zip(pairwise(frame.lefts), heads, strict=True):
        if text:
            boxed(sheet, x0, top, x1, bottom, text)


def draw_numbers(sheet: Sheet, frame: Grid, baseline: float, pattern: str) -> None:
    """Print the row of column numbers: `(1)`, `(2)`, ..."""
    for i, (x0, x1) in enumerate(pairwise(frame.lefts)):
        text = Run(pattern.replace("1", str(i + 1)), italic=True)
        sheet.text((x0 + x1) / 2, baseline, text, size_pt=9, anchor="m")


def put(
    sheet: Sheet, frame: Grid, column: int, y: float, run: Run, size_pt: float, align: Align = "m", height: float = 0.0
) -> None:
    """Print a run into a cell around the middle y, smaller or on two lines where it is too long for the width."""
    x0, x1 = frame.span(column)
    room = x1 - x0 - 2.0
    base = y + size_pt * 0.125
    if sheet.width(run, size_pt) > room and height > size_pt * 0.78 and " " in run.text:
        step = size_pt * 0.37
        for part, dy in zip(_halves(sheet, run, size_pt * 0.92, room), (-step / 2, step / 2), strict=True):
            _one(sheet, x0, x1, base + dy, part, size_pt * 0.92, align)
        return
    _one(sheet, x0, x1, base, run, size_pt, align)


def _one(sheet: Sheet, x0: float, x1: float, y: float, run: Run, size_pt: float, align: Align) -> None:
    while size_pt > 5.5 and sheet.width(run, size_pt) > x1 - x0 - 1.6:
        size_pt -= 0.3
    x = {"l": x0 + 1.2, "m": (x0 + x1) / 2, "r": x1 - 1.4}[align]
    sheet.text(x, y, run, size_pt=size_pt, anchor=align)


def _halves(sheet: Sheet, run: Run, size_pt: float, room: float) -> tuple[Run, Run]:
    """Return as many words as fit on the first line, and the rest."""
    words = run.text.split(" ")
    count = len(words) - 1
    while count > 1 and sheet.width(replace(run, text=" ".join(words[:count])), size_pt) > room:
        count -= 1
    return replace(run, text=" ".join(words[:count])), replace(run, text=" ".join(words[count:]))


def boxed(sheet: Sheet, x0: float, y0: float, x1: float, y1: float, text: str) -> None:
    """Set a head in bold, wrapped and centred in its cell, smaller until it fits."""
    size = 10.5
    while size > 6:
        lines: list[str] = []
        for word in text.split(" "):
            joined = f"{lines[-1]} {word}" if lines else word
            if lines and sheet.width(Run(joined, bold=True), size) <= x1 - x0 - 1.6:
                lines[-1] = joined
            else:
                lines.append(word)
        step = size * 0.42
        if len(lines) * step <= y1 - y0 - 1 and all(
            sheet.width(Run(s, bold=True), size) <= x1 - x0 - 0.8 for s in lines
        ):
            break
        size -= 0.5
    y = (y0 + y1) / 2 - step * (len(lines) - 1) / 2 + size * 0.125
    for i, line in enumerate(lines):
        sheet.text((x0 + x1) / 2, y + i * step, Run(line, bold=True), size_pt=size, anchor="m")
