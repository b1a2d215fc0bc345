"""The columns of a ruled ledger page, and the lines of text that stand in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

import numpy as np
from numpy.typing import NDArray

from ocr.blobs import Ink, lines_of
from ocr.grid_lines import Rule
from ocr.light import ink
from ocr.ruled_sheet import RuledSheet

_NARROWEST_INCH = 0.16
_MOST_BEYOND_INCH = 3.5
_APART_INCH = 0.14  # from a table's foot to the next one's head there is a line of text
_LEAST_TALL_INCH = 0.3
_SMOOTH_INCH = 0.1
_MOSTLY = 0.4  # of the rules that may run on at a height: with so many inked, a table stands there
_STRIP_INCH = 0.24  # a rule's traced end may lie this far from its ink
_RUN_INCH = 0.14  # more than a letter's stroke
_INKED = 0.75
_THROUGH = 0.5  # of a table's height: what a rule between columns runs through, below a head over several


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table: its upright rules (the outer ones may be made up), its level rules, the signs between them.

    `height` is the usual height of a sign.
    """

    rules: tuple[Rule, ...]
    levels: tuple[Rule, ...]
    signs: tuple[Ink, ...]
    top: float
    bottom: float
    height: float

    @property
    def columns(self) -> int:
        """Return how many columns there are."""
        return len(self.rules) - 1

    def column_of(self, sign: Ink) -> int:
        """Return the column in which the middle of a sign stands; -1 left of all, `columns` right of all."""
        return sum(rule.at(sign.y) < sign.x for rule in self.rules) - 1

    def present(self, k: int, y: float) -> bool:
        """Return whether rule k is drawn at height y; a head over several columns is not cut by it."""
        rule = self.rules[k]
        slack = self.height * 1.2
        return rule.start - slack <= y <= rule.end + slack

    def width(self, column: int, y: float) -> float:
        """Return how wide a column is at height y."""
        return self.rules[column + 1].at(y) - self.rules[column].at(y)

    def flat(self, x: float, y: float) -> float:
        """Return the height at the left rule of the row that passes (x, y): equal along a row that leans."""
        return self.level(y, x, self.rules[0].at(y))

    def level(self, y: float, at: float, to: float) -> float:
        """Return where a row at height y of place `at` passes at place `to`, following the level rules."""
        above = [r for r in self.levels if r.at(at) <= y]
        below = [r for r in self.levels if r.at(at) > y]
        if above and below:
            a, b = above[-1], below[0]
            span = b.at(at) - a.at(at)
            part = (y - a.at(at)) / span if span > 0 else 0.0
            return a.at(to) + part * (b.at(to) - a.at(to))
        near = above[-1] if above else below[0] if below else None
        return y if near is None else y + near.at(to) - near.at(at)


def find_grid(sheet: RuledSheet) -> Grid | None:
    """Return the page's largest ruled table of at least three columns; None where there is none."""
    return _grid(sheet, _main(sheet.upright))


def find_grids(sheet: RuledSheet) -> list[Grid]:
    """Return all ruled tables of a page on which they stand over each other, top to bottom."""
    grids = (_grid(sheet, _cut(sheet.upright, *span)) for span in _stretches(sheet))
    return [grid for grid in grids if grid is not None]


def _grid(sheet: RuledSheet, rules: list[Rule]) -> Grid | None:
    if len(rules) < 4:
        return None
    dpi, height = sheet.page.dpi, sheet.height
    top, bottom = min(r.start for r in rules), max(r.end for r in rules)
    level = [r for r in sheet.level if top - 3 * height <= median(r.across) <= bottom + 3 * height]
    rules = _with_borders(rules, level, sheet.signs, dpi, (top, bottom))
    marks = ink(sheet.page.grey)
    rules = [_drawn_from(rule, marks, top, height, dpi) for rule in _apart(rules, _NARROWEST_INCH * dpi)]
    wide = (rules[-1].at(top) - rules[0].at(top)) * 0.55
    levels = tuple(rule for rule in level if rule.length >= wide)
    inside = tuple(s for s in sheet.signs if top - height <= s.y <= bottom + height)
    return Grid(tuple(rules), levels, inside, top, bottom, height)


def _drawn_from(rule: Rule, marks: NDArray[np.bool_], top: float, height: float, dpi: float) -> Rule:
    """Return the rule from a little below where its ink begins: under a head over two columns it was traced too far."""
    reach, run = round(_STRIP_INCH * dpi), round(_RUN_INCH * dpi)
    first = max(0, int(max(rule.start - reach, top)))
    along = np.arange(first, min(marks.shape[0], int(rule.start) + 2 * reach + run))
    across = np.round(np.interp(along, rule.along, rule.across)).astype(np.int64)
    inked = np.zeros(len(along), np.bool_)
    for aside in range(-2, 3):
        inked |= marks[along, np.clip(across + aside, 0, marks.shape[1] - 1)]
    ahead = np.convolve(inked.astype(np.float64), np.ones(run) / run, mode="full")[run - 1 :]
    begins = np.flatnonzero(inked & (ahead >= _INKED))
    if not len(begins):
        return rule
    if along[begins[0]] < top + height:
        return rule
    start = float(along[begins[0]]) + 0.8 * height
    inner = tuple(y for y in rule.along if y > start)
    return Rule((start, *inner), tuple(rule.at(y) for y in (start, *inner)), rule.share) if inner else rule


def _stretches(sheet: RuledSheet) -> list[tuple[float, float]]:
    """Return from where to where upright rules are inked beside each other; rules in one line may be one in the list.

    Between two tables text may cross the line of a rule or two, not of most.
    """
    marks = ink(sheet.page.grey)
    inked, spanning = np.zeros(marks.shape[0], np.int32), np.zeros(marks.shape[0], np.int32)
    for rule in sheet.upright:
        along = np.arange(max(0, int(rule.start)), min(marks.shape[0], int(rule.end)))
        across = np.round(np.interp(along, rule.along, rule.across)).astype(np.int64)
        seen = np.zeros(len(along), np.bool_)
        for aside in range(-2, 3):
            seen |= marks[along, np.clip(across + aside, 0, marks.shape[1] - 1)]
        inked[along] += seen
        spanning[along] += 1
    window = max(3, round(_SMOOTH_INCH * sheet.page.dpi))
    drawn = ((inked >= 2) & (inked >= _MOSTLY * spanning)).astype(np.float64)
    busy = np.flatnonzero(np.convolve(drawn, np.ones(window) / window, mode="same") >= 0.5)
    if not len(busy):
        return []
    parts = np.split(busy, np.flatnonzero(np.diff(busy) > _APART_INCH * sheet.page.dpi) + 1)
    return [(float(part[0]), float(part[-1])) for part in parts if len(part) > _LEAST_TALL_INCH * sheet.page.dpi]


def _cut(rules: Sequence[Rule], top: float, bottom: float) -> list[Rule]:
    """Return the parts of the rules between two heights, of those that run through most of it."""
    cut = []
    for rule in rules:
        start, end = max(rule.start, top), min(rule.end, bottom)
        if end - start >= _THROUGH * (bottom - top):
            inner = [y for y in rule.along if start < y < end]
            along = (start, *inner, end)
            cut.append(Rule(along, tuple(rule.at(y) for y in along), rule.share))
    return cut


def _main(upright: Sequence[Rule]) -> list[Rule]:
    """Return the rules that run beside each other for most of their way: those of the largest table."""
    best: list[Rule] = []
    for one in upright:
        group = []
        for other in upright:
            shared = min(one.end, other.end) - max(one.start, other.start)
            if shared >= 0.6 * max(one.length, other.length):
                group.append(other)
        if sum(r.length for r in group) > sum(r.length for r in best):
            best = group
    return best


def _with_borders(
    rules: Sequence[Rule], level: Sequence[Rule], found: Sequence[Ink], dpi: float, span: tuple[float, float]
) -> list[Rule]:
    """Return the rules with an outer one made up where level rules or text go on beyond the last that is drawn."""
    first, last = rules[0], rules[-1]
    across = [r for r in level if r.start <= last.at(r.across[-1]) and r.end >= first.at(r.across[0])]
    result = list(rules)
    least = _NARROWEST_INCH * dpi
    middle = (span[0] + span[1]) / 2
    for edge, side in ((first, -1), (last, 1)):
        ends = [(r.start if side < 0 else r.end) for r in across]
        beyond = [e for e in ends if side * (e - edge.at(middle)) > least]
        inner = [s for s in found if span[0] < s.y < span[1]]
        outside = [
            (s.left if side < 0 else s.right)
            for s in inner
            if least / 2 < side * (s.x - edge.at(s.y)) < _MOST_BEYOND_INCH * dpi
        ]
        place: float | None = None
        if len(beyond) >= 2 and 2 * len(beyond) >= len(ends):
            place = median(beyond)
        elif len(ends) < 2 and len(outside) >= 12:
            place = max(outside, key=lambda x: side * x) + side * least / 3
        if place is not None:
            shift = place - edge.at(middle)
            made = Rule(edge.along, tuple(x + shift for x in edge.across), 0.0)
            result = [made, *result] if side < 0 else [*result, made]
    return result


def _apart(rules: Sequence[Rule], least: float) -> list[Rule]:
    """Return the rules without those that stand too close to a longer one to leave room for a column."""
    kept: list[Rule] = []
    for rule in rules:
        if kept and abs(median(rule.across) - median(kept[-1].across)) < least:
            kept[-1] = max(kept[-1], rule, key=lambda r: r.length * (r.share + 0.1))
        else:
            kept.append(rule)
    return kept


def column_lines(grid: Grid, column: int, top: float, bottom: float) -> list[Ink]:
    """Return the text lines of a column between two heights (taken at the column's middle), as boxes."""
    own = [s for s in grid.signs if grid.column_of(s) == column and top <= s.y <= bottom]
    return [box(line, grid.height) for line in lines_of(own, grid.height) if len(line) > 0]


def box(line: Sequence[Ink], height: float) -> Ink:
    """Return the box of a line's full-sized signs, widened to its small ones within half a sign's height."""
    full = [s for s in line if s.height >= 0.55 * height]
    top, bottom = min(s.top for s in full), max(s.bottom for s in full)
    kept = [s for s in line if s.bottom >= top - 0.5 * height and s.top <= bottom + 0.5 * height]
    return Ink(
        min(s.left for s in kept), min(s.top for s in kept), max(s.right for s in kept), max(s.bottom for s in kept)
    )
