"""Which field each column of a ledger holds: by the printed heads, and by the row of numbers (1) … (9) under them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from ocr.blobs import Ink, lines_of
from ocr.cell_votes import crop
from ocr.clean import CleanPage
from ocr.engines.pair import Engines
from ocr.folding import skeleton
from ocr.ledger_grid import Grid, box, column_lines

#: Heads of the sổ mục kê (parcel index) of Circular 25/2014 and the wordings of other books (domain.md 2.2),
#: without marks and blanks.
_HEADS: Mapping[str, tuple[str, ...]] = {
    "sheet_no": ("tobandoso", "sotobando", "tobando", "sohieutobando", "sothututobando"),
    "parcel_no": ("thuadatso", "sothua", "sothuadat", "sothututhua", "thuaso", "sothututhuadat", "thuadat"),
    "owners": ("tennguoisudungquanlydat", "tennguoisudung", "tenchusudung", "nguoisudungdat", "hovaten"),
    "user_type": ("madoituongsudungquanlydat", "madoituong", "loaidoituong", "doituongsudung"),
    "area": ("dientich", "dientichm2"),
    "use": ("loaidat", "maloaidat", "mucdichsudung", "mucdichsudungdat"),
    "change_note": ("ghichu",),
}
_LEGAL = ("giaytophaplyvequyensudungdat", "giaytophaplyveqsdd", "theogiaytophaply", "phaply", "giaytophaply")
_PRESENT = ("hientrangsudungdat", "hientrang")
_LIKE = 76.0
#: What stands under (1) to (9) in the template of Circular 25/2014.
NUMBERED = (
    "sheet_no",
    "parcel_no",
    "owners",
    "user_type",
    "area_m2",
    "land_use",
    "legal_area_m2",
    "legal_land_use",
    "change_note",
)


@dataclass(frozen=True, slots=True)
class Columns:
    """The field of each column (None: none of ours), and the flat height below which the parcel rows stand."""

    fields: tuple[str | None, ...]
    data_top: float


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


def find_columns(page: CleanPage, grid: Grid, engines: Engines) -> Columns | None:
    """Return what the columns hold; None where neither heads nor numbers tell where the parcel number stands."""
    numbers = _number_row(grid)
    head_bottom = numbers.top if numbers else _head_bottom(grid)
    cells = _head_cells(grid, head_bottom)
    heads = engines.words.read([crop(page.text, line, 0.5) for cell in cells for line in cell.lines])
    texts, at = [], 0
    for cell in cells:
        texts.append(skeleton(" ".join(line.text for line in heads[at : at + len(cell.lines)])))
        at += len(cell.lines)
    by_head = _by_heads(grid.columns, cells, texts)
    fields = _filled(by_head, _printed_numbers(page, numbers, engines, grid.columns))
    if "parcel_no" not in fields:
        return None
    return Columns(fields, numbers.bottom if numbers else head_bottom)


def _printed_numbers(page: CleanPage, row: _NumberRow | None, engines: Engines, columns: int) -> list[int | None]:
    """Return the number printed over each column, by the engine for digits."""
    if row is None:
        return [None] * columns
    at = [k for k, b in enumerate(row.boxes) if b is not None]
    lines = engines.digits.read([crop(page.text, b, 0.5) for b in row.boxes if b is not None])
    result: list[int | None] = [None] * columns
    for k, line in zip(at, lines, strict=True):
        digits = re.sub(r"\D", "", line.text)
        result[k] = int(digits) if 0 < len(digits) <= 2 else None
    return result


def _number_row(grid: Grid) -> _NumberRow | None:
    """Return the row in which every column has one short text in its middle: (1), (2), …"""
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
            return _NumberRow(middle - 0.7 * height, middle + 0.7 * height, kept)
    return None


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
    for (first, last), signs in sorted(own.items()):
        lines = tuple(box(line, grid.height) for line in lines_of(signs, grid.height) if len(line) >= 2)
        if lines:
            cells.append(_HeadCell(first, last, lines))
    return cells


def _likeness(text: str, wordings: Sequence[str]) -> float:
    if len(text) < 4:
        return 0.0
    return max(
        max(fuzz.ratio(text, wording), 0.94 * fuzz.partial_ratio(text, wording) if len(text) >= len(wording) else 0.0)
        for wording in wordings
    )


def _by_heads(columns: int, cells: Sequence[_HeadCell], texts: Sequence[str]) -> list[str | None]:
    """Return the field of each column whose head can be read; areas and uses by the head over them."""
    kinds: list[str | None] = [None] * columns
    scored = [
        (_likeness(text, wordings), cell.first, kind)
        for cell, text in zip(cells, texts, strict=True)
        if cell.first == cell.last
        for kind, wordings in _HEADS.items()
    ]
    for score, column, kind in sorted(scored, reverse=True):
        taken = kind in kinds and kind not in ("area", "use")
        if score >= _LIKE and kinds[column] is None and not taken:
            kinds[column] = kind
    legal = [_over(column, cells, texts) for column in range(columns)]
    fields: list[str | None] = list(kinds)
    for kind, present_name, legal_name in (
        ("area", "area_m2", "legal_area_m2"),
        ("use", "land_use", "legal_land_use"),
    ):
        own = [k for k in range(columns) if kinds[k] == kind]
        for n, k in enumerate(own):
            is_legal = legal[k] if legal[k] is not None else n == 1
            name = legal_name if is_legal else present_name
            fields[k] = name if name not in fields else None
    return fields


def _over(column: int, cells: Sequence[_HeadCell], texts: Sequence[str]) -> bool | None:
    """Return whether the column stands under the head of the legal papers; None where no such head can be read."""
    for cell, text in zip(cells, texts, strict=True):
        if cell.first < cell.last and cell.first <= column <= cell.last:
            legal, present = _likeness(text, _LEGAL), _likeness(text, _PRESENT)
            if max(legal, present) >= _LIKE:
                return legal > present
    return None


def _filled(by_head: Sequence[str | None], numbers: Sequence[int | None]) -> tuple[str | None, ...]:
    """Return the fields by the heads, and by the numbers of the template where heads are missing and none disagrees."""
    offsets = Counter(number - k for k, number in enumerate(numbers) if number is not None)
    first = offsets.most_common(1)[0][0] if offsets else 1
    usual = [NUMBERED[k + first - 1] if 0 <= k + first - 1 < len(NUMBERED) else None for k in range(len(by_head))]
    known = [(head, name) for head, name in zip(by_head, usual, strict=True) if head is not None]
    agreed = sum(head == name for head, name in known)
    numbered = offsets.most_common(1)[0][1] >= 4 if offsets else len(by_head) == len(NUMBERED)
    if not numbered or 2 * agreed < len(known):
        return tuple(by_head)
    return tuple(
        head if head is not None else (name if name not in by_head else None)
        for head, name in zip(by_head, usual, strict=True)
    )
