"""Parcel rows of a ruled ledger page (sổ mục kê, parcel index): which lines of text make a row, and what they say."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from ocr.blobs import Ink
from ocr.cell_votes import Cell, Content, read_cells
from ocr.clean import CleanPage
from ocr.engines.pair import Engines
from ocr.folding import skeleton
from ocr.ledger_grid import Grid, column_lines, find_grid
from ocr.ledger_heads import find_columns
from ocr.ruled_sheet import look
from schemas.documents import PageRef
from schemas.readings import Reading, RowReading

_WORDS = frozenset({"owners", "change_note"})
_NUMBERS = ("sheet_no", "parcel_no", "area_m2", "legal_area_m2")
_CODES = ("user_type", "land_use", "legal_land_use")
#: What is read together on one line of a row.
_GROUPS: tuple[tuple[Content, tuple[str, ...]], ...] = (
    ("number", _NUMBERS),
    ("code", _CODES),
    ("words", ("owners",)),
    ("words", ("change_note",)),
)
_FOOT = ("cong", "congtrang", "mangsang", "chuyensang", "tongcong", "luyke")
_ALIGNED = 0.75  # of a sign's height: lines of one row in different columns
_WRAPPED = 2.3  # of a sign's height: from a line of a cell to its next


@dataclass(frozen=True, slots=True)
class _Line:
    flat: float
    box: Ink


@dataclass(slots=True)
class _Row:
    flat: float
    counts: bool  # false for totals and the like
    cells: dict[str, list[_Line]]


def read_ledger(page: CleanPage, engines: Engines, ref: PageRef) -> tuple[RowReading, ...]:
    """Return the parcel rows of the page, top to bottom; none where there is no ledger table on it.

    Heads, the row of numbers, totals (`Cộng`), sums carried (`Mang sang`) and empty rows are not counted. A cell
    without ink is absent.
    """
    sheet = look(page)
    grid = find_grid(sheet)
    columns = find_columns(sheet.page, grid, engines) if grid else None
    if grid is None or columns is None:
        return ()
    lines = {
        field: [
            _Line(flat, box)
            for box in column_lines(grid, k, grid.top, grid.bottom)
            if (flat := grid.flat(box.x, box.y)) > columns.data_top and box.height <= 2.2 * grid.height
        ]
        for k, field in enumerate(columns.fields)
        if field is not None
    }
    rows = _rows(grid, lines)
    _fill(grid, rows, lines)
    return _read(sheet.page, engines, ref, [row for row in rows if row.counts])


def _rows(grid: Grid, lines: Mapping[str, Sequence[_Line]]) -> list[_Row]:
    """Return a row for every line of the number columns; it counts where a parcel (or a sheet) number stands."""
    rows: list[_Row] = []
    for field in ("parcel_no", "sheet_no", "area_m2", "legal_area_m2"):
        for line in lines.get(field, ()):
            if any(abs(line.flat - row.flat) <= _ALIGNED * grid.height for row in rows):
                continue
            rows.append(_Row(line.flat, field in ("parcel_no", "sheet_no"), {}))
    return sorted(rows, key=lambda row: row.flat)


def _fill(grid: Grid, rows: Sequence[_Row], lines: Mapping[str, Sequence[_Line]]) -> None:
    """Give every line to its row: the one beside it, or for lines of words the one that the cell began in."""
    left = grid.rules[0].at((grid.top + grid.bottom) / 2)
    bounds = sorted(rule.at(left) for rule in grid.levels)

    def between(a: float, b: float) -> bool:
        return any(min(a, b) < bound < max(a, b) for bound in bounds)

    for field, own in lines.items():
        waiting: list[_Line] = []
        for line in own:
            near = [row for row in rows if abs(row.flat - line.flat) <= 1.05 * grid.height]
            near = [row for row in near if not between(row.flat, line.flat)] or near
            if near:
                min(near, key=lambda row: abs(row.flat - line.flat)).cells.setdefault(field, []).append(line)
            else:
                waiting.append(line)
        if field in _CODES or field in _WORDS:
            for line in waiting:
                _join(grid, rows, field, line, between)


def _join(grid: Grid, rows: Sequence[_Row], field: str, line: _Line, between: Callable[[float, float], bool]) -> None:
    """Give a wrapped line to the row whose cell it goes on from, above it or below it."""
    best: tuple[float, _Row] | None = None
    for row in rows:
        parts = row.cells.get(field, [])
        places = [part.flat for part in parts] or [row.flat]
        away = min(abs(place - line.flat) for place in places)
        if between(row.flat, line.flat) or away > (_WRAPPED if parts else 1.5) * grid.height:
            continue
        away += 0.15 * grid.height if row.flat > line.flat else 0.0
        if best is None or away < best[0]:
            best = (away, row)
    if best is not None:
        best[1].cells.setdefault(field, []).append(line)


def _read(page: CleanPage, engines: Engines, ref: PageRef, rows: Sequence[_Row]) -> tuple[RowReading, ...]:
    cells: list[Cell] = []
    places: list[tuple[int, str]] = []
    together: list[list[int]] = []
    for n, row in enumerate(rows):
        for content, group in _GROUPS:
            strip = []
            for field in group:
                parts = sorted(row.cells.get(field, []), key=lambda part: part.flat)
                if parts:
                    strip.append(len(cells))
                    cells.append(Cell(tuple(part.box for part in parts), content))
                    places.append((n, field))
            together.append(strip)
    readings = read_cells(page, engines, ref, cells, together)
    found: list[dict[str, Reading]] = [{} for _ in rows]
    for (n, field), reading in zip(places, readings, strict=True):
        if reading is not None:
            found[n][field] = reading
    kept = [fields for fields in found if _is_parcel(fields)]
    return tuple(RowReading(n, fields) for n, fields in enumerate(kept, start=1))


def _is_parcel(fields: Mapping[str, Reading]) -> bool:
    """Return whether a row is a parcel's: a number of a parcel or a sheet with something beside it, and no total."""
    named = [text for name in ("sheet_no", "parcel_no", "owners") for text in _texts(fields, name)]
    if any(skeleton(text) in _FOOT for text in named):
        return False
    if not any(sign.isdigit() for name in ("sheet_no", "parcel_no") for text in _texts(fields, name) for sign in text):
        return False
    beside = (
        any(sign.isdigit() for text in _texts(fields, "area_m2") for sign in text),
        any(len(skeleton(text)) >= 4 for text in _texts(fields, "owners")),
        any(len(skeleton(text)) >= 2 for text in _texts(fields, "land_use")),
        "sheet_no" in fields and "parcel_no" in fields,
    )
    return any(beside)


def _texts(fields: Mapping[str, Reading], name: str) -> list[str]:
    return [vote.text for vote in fields[name].votes] if name in fields else []
