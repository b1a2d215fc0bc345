"""Which column of the form each column of a table is: by the printed heads, and by the row of numbers (1) … (9)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from rapidfuzz import fuzz

from ocr.blobs import Ink, lines_of
from ocr.cell_votes import crop
from ocr.clean import CleanPage
from ocr.engines.pair import Engines
from ocr.folding import skeleton
from ocr.forms import ColumnForm
from ocr.ledger_grid import Grid, box, column_lines

_LIKE = 76.0
_TRIED = 3  # rows of short cells that may be the row of numbers
_CLEAR = 0.4  # of a sign's height: between the heads of two columns and the rule that parts them
_SHORT = 4  # letters below which a head must be read exactly: STT, GCN


_Signs = Mapping[tuple[int, int], list[Ink]]
"""Signs of printed heads by the first and the last column that they stand over."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The form of each column (None: not known), and the flat height below which the rows stand.

    `sure` is how many columns were known by their heads.
    """

    forms: tuple[ColumnForm | None, ...]
    data_top: float
    sure: int

    @property
    def names(self) -> frozenset[str]:
        """Return the fields that the table has."""
        return frozenset(form.name for form in self.forms if form is not None and form.name)


@dataclass(frozen=True, slots=True)
class _NumberRow:
    top: float
    bottom: float
    boxes: tuple[Ink | None, ...]


@dataclass(frozen=True, slots=True)
class _HeadCell:
    """A printed head over the columns first to last, both included."""

    first: int
    last: int
    lines: tuple[Ink, ...]


@dataclass(frozen=True, slots=True)
class Heads:
    """The printed heads of a table, read once: cells with their texts, and the numbers over the columns."""

    columns: int
    cells: tuple[_HeadCell, ...]
    texts: tuple[str, ...]
    numbers: tuple[int | None, ...]
    data_top: float

    def columns_as(self, forms: Sequence[ColumnForm]) -> Columns | None:
        """Return what the columns hold; None where neither heads nor numbers tell where the parcel number stands."""
        by_head = _by_heads(self, forms)
        filled = _filled(by_head, self.numbers, forms)
        found = tuple(None if k is None else forms[k] for k in filled)
        if not any(form is not None and form.name == "parcel_no" for form in found):
            return None
        return Columns(found, self.data_top, sum(k is not None for k in by_head))


def read_heads(page: CleanPage, grid: Grid, engines: Engines) -> Heads:
    """Return the heads of the table."""
    numbers, printed = _numbers_over(page, grid, engines)
    head_bottom = numbers.top if numbers else _head_bottom(grid)
    cells = _head_cells(grid, head_bottom)
    heads = engines.words.read([crop(page.text, line, 0.5) for cell in cells for line in cell.lines])
    texts, at = [], 0
    for cell in cells:
        texts.append(skeleton(" ".join(line.text for line in heads[at : at + len(cell.lines)])))
        at += len(cell.lines)
    return Heads(grid.columns, tuple(cells), tuple(texts), tuple(printed), numbers.bottom if numbers else head_bottom)


def _numbers_over(page: CleanPage, grid: Grid, engines: Engines) -> tuple[_NumberRow | None, list[int | None]]:
    """Return the row of column numbers and what it prints; short cells that do not count up are no such row."""
    for row in islice(_number_rows(grid), _TRIED):
        at = [k for k, b in enumerate(row.boxes) if b is not None]
        lines = engines.digits.read([crop(page.text, b, 0.5) for b in row.boxes if b is not None])
        read = {k: re.sub(r"\D", "", line.text) for k, line in zip(at, lines, strict=True)}
        offsets = Counter(int(digits) - k for k, digits in read.items() if 0 < len(digits) <= 2)
        counting = offsets.most_common(1)[0][1] if offsets else 0
        others = sum(bool(digits) for digits in read.values()) - counting
        if counting > others or not any(read.values()):
            known = {k: int(digits) for k, digits in read.items() if 0 < len(digits) <= 2}
            return row, [known.get(k) for k in range(grid.columns)]
    return None, [None] * grid.columns


def _number_rows(grid: Grid) -> Iterator[_NumberRow]:
    """Yield the rows in which nearly every column has one short text in its middle: (1), (2), …"""
    limit = grid.top + 0.5 * (grid.bottom - grid.top)
    lines = [[(grid.flat(b.x, b.y), b) for b in column_lines(grid, k, grid.top, limit)] for k in range(grid.columns)]
    for place in sorted(flat for column in lines for flat, _ in column):
        boxes: list[Ink | None] = []
        for column in lines:
            near = [b for flat, b in column if abs(flat - place) <= 0.6 * grid.height]
            boxes.append(near[0] if len(near) == 1 else None)
        short = [k for k, b in enumerate(boxes) if b is not None and _short_and_central(grid, k, b)]
        widest = max(range(grid.columns), key=lambda k: grid.width(k, place))
        if len(short) >= max(4, 0.7 * grid.columns) and (widest in short or boxes[widest] is None):
            kept = tuple(b if k in short else None for k, b in enumerate(boxes))
            flats = [grid.flat(b.x, b.y) for b in kept if b is not None]
            height = max(b.height for b in kept if b is not None)
            middle = sorted(flats)[len(flats) // 2]
            yield _NumberRow(middle - 0.7 * height, middle + 0.7 * height, kept)


def _short_and_central(grid: Grid, column: int, b: Ink) -> bool:
    left, right = grid.rules[column].at(b.y), grid.rules[column + 1].at(b.y)
    return b.width <= 2.6 * max(grid.height, b.height) and abs(b.x - (left + right) / 2) <= 0.2 * (right - left)


def _head_bottom(grid: Grid) -> float:
    """Return the flat height of the first wide level rule under the heads; without one, below three lines of text."""
    x = grid.rules[0].at(grid.top)
    flats = sorted(rule.at(x) for rule in grid.levels)
    below = [flat for flat in flats if flat > grid.top + 2.0 * grid.height]
    return below[0] if below else grid.top + 6.0 * grid.height


def _head_cells(grid: Grid, bottom: float) -> list[_HeadCell]:
    own: dict[tuple[int, int], list[Ink]] = {}
    for sign in grid.signs:
        if grid.flat(sign.x, sign.y) >= bottom:
            continue
        column = grid.column_of(sign)
        if not 0 <= column < grid.columns:
            continue
        first = next(k for k in range(column, -1, -1) if k == 0 or grid.present(k, sign.y))
        last = next(k - 1 for k in range(column + 1, grid.columns + 1) if k == grid.columns or grid.present(k, sign.y))
        own.setdefault((first, last), []).append(sign)
    cells = []
    for (first, last), signs in sorted(_each_over_its_column(grid, own).items()):
        lines = tuple(box(line, grid.height) for line in lines_of(signs, grid.height) if len(line) >= 2)
        if lines:
            cells.append(_HeadCell(first, last, lines))
    return cells


def _each_over_its_column(grid: Grid, own: _Signs) -> _Signs:
    """Return the heads' signs with those parted that seem to stand over several columns where a rule is faint.

    A head over several columns has others below it; heads side by side leave room at each rule between them.
    """
    out: dict[tuple[int, int], list[Ink]] = {}
    for (first, last), signs in own.items():
        below = any((a, b) != (first, last) and first <= a and b <= last for a, b in own)
        parts = {k: [s for s in signs if grid.column_of(s) == k] for k in range(first, last + 1)}
        if first < last and not below and all(_clear_of_rules(grid, k, part) for k, part in parts.items()):
            out |= {(k, k): part for k, part in parts.items()}
        else:
            out[first, last] = signs
    return out


def _clear_of_rules(grid: Grid, column: int, signs: Sequence[Ink]) -> bool:
    """Return whether a column has a head of its own, apart from the rules at its sides."""
    left, right = grid.rules[column], grid.rules[column + 1]
    room = _CLEAR * grid.height
    return len(signs) >= 2 and all(s.left >= left.at(s.y) + room and s.right <= right.at(s.y) - room for s in signs)


def _likeness(text: str, wordings: Sequence[str]) -> float:
    """Return how like a head is to the likeliest wording, 0 to 100; one inside a longer head counts a little less."""
    best = 0.0
    for wording in map(skeleton, wordings):
        if min(len(text), len(wording)) < _SHORT:
            best = max(best, 100.0 * (text == wording))
            continue
        inside = fuzz.partial_ratio(text, wording) if len(text) >= len(wording) else 0.0
        cover = len(wording) / len(text)
        last = 0.03 * text.endswith(wording)  # the head over it may have run into it: the column's own stands below
        best = max(best, fuzz.ratio(text, wording), (0.9 + 0.06 * min(1.0, cover) + last) * inside)
    return best


def _by_heads(heads: Heads, forms: Sequence[ColumnForm]) -> list[int | None]:
    """Return the form (by index) of each column whose head can be read.

    Forms with the same heads are told apart by the head over them, else by their order.
    """
    alike: dict[tuple[str, ...], list[int]] = {}
    for k, form in enumerate(forms):
        alike.setdefault(form.heads, []).append(k)
    scored = [
        (_likeness(text, wordings), -cell.first, wordings)
        for cell, text in zip(heads.cells, heads.texts, strict=True)
        if cell.first == cell.last
        for wordings in alike
    ]
    kinds: list[tuple[str, ...] | None] = [None] * heads.columns
    for score, place, wordings in sorted(scored, reverse=True):
        free = kinds.count(wordings) < len(alike[wordings]) or not forms[alike[wordings][0]].name
        if score >= _LIKE and kinds[-place] is None and free:
            kinds[-place] = wordings
    found: list[int | None] = [None] * heads.columns
    for wordings, same in alike.items():
        own = [column for column in range(heads.columns) if kinds[column] == wordings]
        for n, column in enumerate(own):
            over = _over(heads, column, [forms[k] for k in same])
            k = same[over if over is not None else min(n, len(same) - 1)]
            if k not in found or not forms[k].name:
                found[column] = k
    return found


def _over(heads: Heads, column: int, forms: Sequence[ColumnForm]) -> int | None:
    """Return which of the forms has the head that spans over the column; None where no such head can be read."""
    for cell, text in zip(heads.cells, heads.texts, strict=True):
        if cell.first < cell.last and cell.first <= column <= cell.last:
            likeness = [_likeness(text, form.over) for form in forms]
            if max(likeness) >= _LIKE:
                return likeness.index(max(likeness))
    return None


def _filled(
    by_head: Sequence[int | None], numbers: Sequence[int | None], forms: Sequence[ColumnForm]
) -> tuple[int | None, ...]:
    """Return the forms by the heads, and by their usual places where heads are missing and none disagrees."""
    places = {form.number: k for k, form in enumerate(forms) if form.number is not None}
    offsets = Counter(number - k for k, number in enumerate(numbers) if number is not None)
    first = offsets.most_common(1)[0][0] if offsets else 1
    usual = [places.get(k + first) for k in range(len(by_head))]
    known = [(head, k) for head, k in zip(by_head, usual, strict=True) if head is not None]
    agreed = sum(head == k for head, k in known)
    numbered = offsets.most_common(1)[0][1] >= min(4, len(places)) if offsets else len(by_head) == len(places)
    if not numbered or 2 * agreed < len(known):
        return tuple(by_head)
    return tuple(
        head if head is not None else (k if k not in by_head else None) for head, k in zip(by_head, usual, strict=True)
    )
