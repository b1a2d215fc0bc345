"""The corner table of a survey extract or certificate: found by its stacks of coordinates, ruled or not.

Coordinates look like nothing else on the page: numbers of nine or ten digits, all as wide, one under the
other, in two columns side by side. What stands left of them on the same rows is the corner's number, what stands
right of them the edge, on the row or half a row lower; either way it belongs to the upper row.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

import numpy as np

from ocr.blobs import Ink, around, words_beside
from ocr.cell_votes import Cell, crop, read_cells
from ocr.clean import CleanPage
from ocr.engines.pair import Engines
from ocr.engines.rapid import Rect
from ocr.ruled_sheet import look
from schemas.documents import PageRef
from schemas.readings import CornerReading, Reading

_LEAST_ROWS = 3
_NARROWEST, _WIDEST = 3.4, 12.0  # width of a coordinate in heights of its digits
_SPACE = 0.75  # white inside a number (groups of three), in heights
_LEAST_DIGITS = 7
_MARGIN = 0.18  # of a detected line's height
_BIG = 1_000_000  # x north is above, y east below (domain.md 6.3)


@dataclass(frozen=True, slots=True)
class _Block:
    """One table, or one of several side by side: the boxes of its cells by row."""

    rows: tuple[float, ...]
    left: tuple[Ink | None, ...]
    right: tuple[Ink | None, ...]
    numbers: tuple[Ink | None, ...]
    edges: tuple[Ink | None, ...]


def read_corners(page: CleanPage, engines: Engines, ref: PageRef, near: Rect | None) -> tuple[CornerReading, ...]:
    """Return the rows of the corner table, the repeated first one last; none where there is no such table.

    `near` is the part of the page to look in: left, top, right, bottom in pixels of the clean frame.
    """
    area = near or (0, 0, page.text.shape[1], page.text.shape[0])
    sheet = look(page)
    found = [s for s in sheet.signs if area[0] <= s.x < area[2] and area[1] <= s.y < area[3]]
    height = sheet.height
    words = [around(word) for word in words_beside(found, _SPACE * height, height, sheet.upright)]
    rows = _rows(sheet.page, engines, ref, words, height)
    if len(rows) >= _LEAST_ROWS and all(_is_whole(row) for row in rows):
        return tuple(rows)
    # On paper so worn that signs fall apart or run into specks, the line detector still sees the numbers.
    boxes = [_moved(box, area) for box in engines.detect.detect(sheet.page.text[area[1] : area[3], area[0] : area[2]])]
    if not boxes:
        return tuple(rows)
    again = _rows(sheet.page, engines, ref, boxes, float(median(box.height for box in boxes)))
    return tuple(max((rows, again), key=lambda table: sum(_is_whole(row) for row in table)))


def _rows(page: CleanPage, engines: Engines, ref: PageRef, words: Sequence[Ink], height: float) -> list[CornerReading]:
    rows: list[CornerReading] = []
    for block in _blocks(words, height):
        rows += _read_block(page, engines, ref, block, words)
    return rows


def _is_whole(row: CornerReading) -> bool:
    """Return whether both coordinates of a row have about as many digits as they must."""
    return min(_digits(row.x), _digits(row.y)) >= _LEAST_DIGITS


def _moved(box: Rect, area: Rect) -> Ink:
    """Return a detector's box on the page, without the margin that it leaves around a line."""
    margin = round(_MARGIN * (box[3] - box[1]))
    left, top = area[0] + box[0] + margin, area[1] + box[1] + margin
    return Ink(left, top, max(left + 1, area[0] + box[2] - margin), max(top + 1, area[1] + box[3] - margin))


def _stacks(words: Sequence[Ink], height: float) -> list[list[Ink]]:
    """Return the runs of words of one width that stand one under the other."""
    wide = [w for w in words if _NARROWEST <= w.width / max(w.height, 0.8 * height) <= _WIDEST]
    stacks: list[list[Ink]] = []
    for word in sorted(wide, key=lambda w: w.y):
        fitting = [s for s in stacks if _goes_on(s, word, height)]
        if fitting:
            min(fitting, key=lambda s: abs(s[-1].x - word.x)).append(word)
        else:
            stacks.append([word])
    return [s for s in stacks if len(s) >= _LEAST_ROWS]


def _goes_on(stack: Sequence[Ink], word: Ink, height: float) -> bool:
    last = stack[-1]
    if abs(last.width - word.width) > 1.2 * height or not 0.8 * height <= word.y - last.y <= 6 * height:
        return False
    return min(abs(last.left - word.left), abs(last.right - word.right), abs(last.x - word.x)) <= 0.5 * height


def _blocks(words: Sequence[Ink], height: float) -> list[_Block]:
    """Return the pairs of stacks that share their rows, left to right and top to bottom."""
    stacks = _stacks(words, height)
    pairs = []
    for left in stacks:
        for right in stacks:
            gap = right[0].left - max(w.right for w in left)
            ratio = median(w.width for w in left) / median(w.width for w in right)
            if not 0 < gap <= 12 * height or not 0.7 <= ratio <= 1.45:
                continue
            shared = sum(any(abs(a.y - b.y) <= 0.5 * height for b in right) for a in left)
            if shared >= max(_LEAST_ROWS, 0.6 * max(len(left), len(right))):
                pairs.append((gap, left, right))
    blocks: list[_Block] = []
    used: list[int] = []
    for _, left, right in sorted(pairs, key=lambda pair: pair[0]):
        if id(left) not in used and id(right) not in used:
            used += [id(left), id(right)]
            blocks.append(_block(left, right, words, height))
    return sorted(blocks, key=lambda b: (around([w for w in b.left if w]).left, b.rows[0]))


def _block(left: Sequence[Ink], right: Sequence[Ink], words: Sequence[Ink], height: float) -> _Block:
    rows: list[list[float]] = []
    for word in sorted([*left, *right], key=lambda w: w.y):
        if rows and word.y - rows[-1][0] <= 0.6 * height:
            rows[-1].append(word.y)
        else:
            rows.append([word.y])
    middles = [sum(row) / len(row) for row in rows]
    pitch = float(median(b - a for a, b in pairwise(middles)))
    taken = {id(w) for w in (*left, *right)}
    span = [w for w in words if id(w) not in taken and middles[0] - 0.7 * pitch < w.y < middles[-1] + 0.9 * pitch]
    first, last = min(w.left for w in left), max(w.right for w in right)
    before = [w for w in span if first - 10 * height <= w.x < first and w.width <= 4.5 * height]
    after = [w for w in span if last < w.x <= last + 12 * height and w.width <= 6.5 * height]
    return _Block(
        tuple(middles),
        _on_rows(left, middles, pitch),
        _on_rows(right, middles, pitch),
        _on_rows(_column(before, -1, len(middles), height), middles, pitch),
        _between_rows(_column(after, 1, len(middles), height), middles, pitch),
    )


def _column(words: Sequence[Ink], side: int, rows: int, height: float) -> list[Ink]:
    """Return the words of the nearest column to the left (side -1) or right that has a word in enough rows."""
    columns: list[list[Ink]] = []
    for word in sorted(words, key=lambda w: side * w.x):
        for column in columns:
            if any(min(w.right, word.right) - max(w.left, word.left) > 0.3 * min(w.width, word.width) for w in column):
                column.append(word)
                break
        else:
            columns.append([word])
    for column in columns:
        if len(column) >= max(2, 0.4 * (rows - 1)):
            return [w for w in column if w.height >= 0.6 * height]
    return []


def _on_rows(words: Sequence[Ink], rows: Sequence[float], pitch: float) -> tuple[Ink | None, ...]:
    near = [[w for w in words if abs(w.y - y) <= 0.45 * pitch] for y in rows]
    return tuple(min(own, key=lambda w: abs(w.y - y)) if own else None for own, y in zip(near, rows, strict=True))


def _between_rows(words: Sequence[Ink], rows: Sequence[float], pitch: float) -> tuple[Ink | None, ...]:
    """Return each row's edge: the word on the row, or where the words stand half a row lower the one below it."""
    heights = [rows[0] - pitch, *rows, rows[-1] + pitch]
    places = [float(np.interp(w.y, heights, range(-1, len(rows) + 1))) for w in words]
    lower = sum(0.25 < place % 1 < 0.75 for place in places) * 2 > len(places)
    result: list[Ink | None] = [None] * len(rows)
    for word, place in zip(words, places, strict=True):
        row = int(np.floor(place)) if lower else round(place)
        if 0 <= row < len(rows):
            result[row] = word
    return tuple(result)


def _read_block(
    page: CleanPage, engines: Engines, ref: PageRef, block: _Block, words: Sequence[Ink]
) -> list[CornerReading]:
    cells: list[Cell] = []
    index: list[list[int | None]] = []
    for boxes in zip(block.numbers, block.left, block.right, block.edges, strict=True):
        index.append([])
        for b in boxes:
            index[-1].append(None if b is None else len(cells))
            if b is not None:
                cells.append(Cell((b,), "number"))
    together = [[i for i in row if i is not None] for row in index]
    found = read_cells(page, engines, ref, cells, together)
    read = [[None if i is None else found[i] for i in row] for row in index]
    holding = [n for n, row in enumerate(read) if any(_digits(r) >= _LEAST_DIGITS - 1 for r in row[1:3])]
    table = [read[n] for n in holding]
    if not (_coordinates([row[1] for row in table]) and _coordinates([row[2] for row in table])):
        return []
    turned = _east_first(page, engines, block, block.rows[holding[0]], words, table)
    return [CornerReading(no, b if turned else a, a if turned else b, edge) for no, a, b, edge in table]


def _coordinates(readings: Sequence[Reading | None]) -> bool:
    """Return whether most readings have the digits of a coordinate."""
    known = [r for r in readings if r is not None]
    long = sum(_digits(r) >= _LEAST_DIGITS for r in known)
    return len(known) >= _LEAST_ROWS and 2 * long > len(known)


def _digits(reading: Reading | None) -> int:
    return 0 if reading is None else sum(sign.isdigit() for sign in reading.text)


def _east_first(
    page: CleanPage,
    engines: Engines,
    block: _Block,
    first_row: float,
    words: Sequence[Ink],
    table: Sequence[Sequence[Reading | None]],
) -> bool:
    """Return whether the left column is y: as the heads say; where they cannot be read, by the size of its numbers."""
    heads = []
    for column in (block.left, block.right):
        own = around([w for w in column if w is not None])
        pitch = block.rows[1] - block.rows[0]
        over = [
            w
            for w in words
            if own.left - 1.2 * w.height < w.x < own.right + 1.2 * w.height
            and first_row - 4.5 * pitch < w.y < first_row - 0.6 * pitch
        ]
        heads.append(sorted(over, key=lambda w: -w.y)[:4])
    lines = engines.words.read([crop(page.text, w, 0.5) for over in heads for w in over])
    over_left, over_right = lines[: len(heads[0])], lines[len(heads[0]) :]
    said = [_axis([line.text for line in over]) for over in (over_left, over_right)]
    if said[0] is not None and said[1] is not None and said[0] != said[1]:
        return said[0] == "Y"
    sizes = [_size([row[k] for row in table]) for k in (1, 2)]
    return sizes[0] < _BIG <= sizes[1]


def _axis(texts: Sequence[str]) -> str | None:
    """Return X or Y where the heads over a column name just one of them."""
    named = {letter for text in texts for letter in re.findall(r"(?<![A-Za-zÀ-ỹ])([XY])(?![A-Za-zÀ-ỹ])", text.upper())}
    return named.pop() if len(named) == 1 else None


def _size(readings: Sequence[Reading | None]) -> float:
    """Return the middle whole part of the numbers read, by their digits before the last mark."""
    values = []
    for reading in readings:
        digits = re.sub(r"[^0-9.,]", "", reading.text) if reading is not None else ""
        whole = re.sub(r"\D", "", re.sub(r"[.,]\d{1,3}$", "", digits))
        if len(whole) >= 6:
            values.append(int(whole[:7]))
    return float(median(values)) if values else 0.0
