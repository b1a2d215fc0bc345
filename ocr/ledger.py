"""The rows of a page's ruled tables: which lines of text make a row, and what they say."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import product

from rapidfuzz import fuzz

from ocr.blobs import Ink
from ocr.cell_votes import Cell, read_cells
from ocr.cell_votes import Content as Sort
from ocr.clean import CleanPage
from ocr.engines.pair import Engines
from ocr.engines.rapid import Rect
from ocr.folding import skeleton
from ocr.forms import ColumnForm, Content, FaceForm
from ocr.ledger_grid import Grid, column_lines, find_grid, find_grids
from ocr.ledger_heads import Columns, read_heads
from ocr.purposes import is_purpose, with_purposes
from ocr.ruled_sheet import look
from schemas.documents import PageRef
from schemas.readings import Reading, RowReading

#: How the sort of a column's content is read: short cells of a row on one line, words alone.
_SORTS: Mapping[Content, Sort] = {
    "number": "number",
    "code": "code",
    "date": "code",
    "words": "words",
    "mixed": "words",
    "owners": "words",
}
#: How tall a line may be, in heights of a sign: capitals of names have marks above and below.
_TALL: Mapping[Sort, float] = {"number": 2.2, "code": 2.2, "words": 2.6}
_ANCHORS = ("parcel_no", "sheet_no", "area_m2", "legal_area_m2", "private_m2", "shared_m2")
_CARRIED = ("mangsang", "congmangsang", "trangtruocmangsang", "luyke")
_SUMS = ("cong", "congtrang", "tongcong", "congchung", "chuyensang", "congchuyensang", "chuyentrang", "tongsodientich")
_FOOT_LIKE, _CUT_FOOT_LIKE = 86, 80
_ALIGNED = 0.75  # of a sign's height: lines of one row in different columns
_WRAPPED = 2.3  # of a sign's height: from a line of a cell to its next


@dataclass(frozen=True, slots=True)
class Table:
    """One ruled table: its place on the clean page, its rows, its sums (`sum_m2`, `carried_m2`), and what it lists.

    `tops` has the height of each row at the left, `edges` where the rules beside the columns stand, in pixels.
    """

    area: Rect
    rows: tuple[Mapping[str, Reading], ...]
    sums: Mapping[str, tuple[Reading, ...]] = field(default_factory=dict)
    notes: bool = False
    tops: tuple[float, ...] = ()
    edges: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class _Line:
    flat: float
    box: Ink


@dataclass(slots=True)
class _Row:
    flat: float
    cells: dict[str, list[_Line]]


def read_tables(page: CleanPage, engines: Engines, ref: PageRef, face: FaceForm) -> tuple[Table, ...]:
    """Return the tables of the face, top to bottom; none where there is no table that its columns describe.

    Heads, the row of numbers, totals (`Cộng`), sums carried (`Mang sang`) and empty rows are no rows. A cell
    without ink is absent.
    """
    sheet = look(page)
    if face.notes or "blocks" in face.layout:
        grids = find_grids(sheet)
    else:
        one = find_grid(sheet)
        grids = [one] if one else []
    tables = []
    last: tuple[Grid, Columns] | None = None
    for grid in grids:
        heads = read_heads(sheet.page, grid, engines)
        columns = heads.columns_as(face.columns)
        notes = heads.columns_as(face.notes) if face.notes else None
        is_note = notes is not None and (columns is None or _telling(notes) > _telling(columns))
        chosen = notes if is_note else columns
        if chosen is None and last is not None and "blocks" in face.layout and _goes_on(*last, grid):
            chosen = replace(last[1], data_top=grid.top)
        if chosen is not None:
            last = (grid, chosen)
            tables.append(_table(sheet.page, engines, ref, grid, chosen, notes=is_note))
    return tuple(tables)


def read_ledger(page: CleanPage, engines: Engines, ref: PageRef, face: FaceForm) -> tuple[RowReading, ...]:
    """Return the parcel rows of the page, top to bottom."""
    rows = [row for table in read_tables(page, engines, ref, face) if not table.notes for row in table.rows]
    return tuple(RowReading(number, row) for number, row in enumerate(rows, start=1))


def _goes_on(above: Grid, columns: Columns, grid: Grid) -> bool:
    """Return whether a grid without heads has the columns of the one above: a line of text parted them."""
    if len(columns.forms) != grid.columns:
        return False
    ends = ((above.top + above.bottom) / 2, (grid.top + grid.bottom) / 2)
    return all(
        abs(one.at(ends[0]) - other.at(ends[1])) < grid.height
        for one, other in zip(above.rules, grid.rules, strict=True)
    )


def _telling(columns: Columns) -> tuple[int, int]:
    return columns.sure, len(columns.names)


def _table(page: CleanPage, engines: Engines, ref: PageRef, grid: Grid, columns: Columns, *, notes: bool) -> Table:
    forms = {form.name: form for form in columns.forms if form is not None and form.name}
    lines = {
        form.name: [
            _Line(flat, box)
            for box in column_lines(grid, k, grid.top, grid.bottom)
            if (flat := grid.flat(box.x, box.y)) > columns.data_top
            and box.height <= _TALL[_SORTS[form.content]] * grid.height
        ]
        for k, form in enumerate(columns.forms)
        if form is not None and form.name
    }
    rows = _rows(grid, lines)
    _fill(grid, rows, lines, forms)
    found = _read(page, engines, ref, rows, forms)
    left, right = grid.rules[0].at(grid.top), grid.rules[-1].at(grid.top)
    area = (round(left), round(grid.top), round(right), round(grid.bottom))
    if notes:
        return Table(area, tuple(fields for fields in found if "change_note" in fields), {}, notes=True)
    parcels, sums, at = _parcels(found)
    edges = tuple(rule.at((grid.top + grid.bottom) / 2) for rule in grid.rules)
    return Table(area, parcels, sums, tops=tuple(rows[n].flat for n in at), edges=edges)


def _parcels(
    rows: Sequence[Mapping[str, Reading]],
) -> tuple[tuple[Mapping[str, Reading], ...], dict[str, tuple[Reading, ...]], list[int]]:
    """Return the parcels' rows, each with the purposes of the rows under it, the sums, and which rows are parcels'."""
    parcels: list[Mapping[str, Reading]] = []
    at: list[int] = []
    purposes: list[list[Mapping[str, Reading]]] = []
    sums: dict[str, tuple[Reading, ...]] = {}
    for number, row in enumerate(rows):
        if (name := _sum_name(row)) is not None:
            if "area_m2" in row:
                sums[name] = (*sums.get(name, ()), row["area_m2"])
        elif _is_parcel(row):
            parcels.append(row)
            at.append(number)
            purposes.append([])
        elif parcels and is_purpose(row, parcels[-1], bool(purposes[-1])):
            purposes[-1].append(row)
    return tuple(with_purposes(row, below) for row, below in zip(parcels, purposes, strict=True)), sums, at


def _rows(grid: Grid, lines: Mapping[str, Sequence[_Line]]) -> list[_Row]:
    """Return a row for every line of the number columns."""
    rows: list[_Row] = []
    for name in _ANCHORS:
        for line in lines.get(name, ()):
            if not any(abs(line.flat - row.flat) <= _ALIGNED * grid.height for row in rows):
                rows.append(_Row(line.flat, {}))
    return sorted(rows, key=lambda row: row.flat)


def _fill(
    grid: Grid, rows: Sequence[_Row], lines: Mapping[str, Sequence[_Line]], forms: Mapping[str, ColumnForm]
) -> None:
    """Give every line to its row: the one beside it, or for lines of words the one that the cell began in."""
    left = grid.rules[0].at((grid.top + grid.bottom) / 2)
    bounds = sorted(rule.at(left) for rule in grid.levels)

    def between(a: float, b: float) -> bool:
        return any(min(a, b) < bound < max(a, b) for bound in bounds)

    for name, own in lines.items():
        waiting: list[_Line] = []
        for line in own:
            near = [row for row in rows if abs(row.flat - line.flat) <= 1.05 * grid.height]
            near = [row for row in near if not between(row.flat, line.flat)] or near
            if near:
                min(near, key=lambda row: abs(row.flat - line.flat)).cells.setdefault(name, []).append(line)
            else:
                waiting.append(line)
        if forms[name].content != "number":
            for line in waiting:
                _join(grid, rows, name, line, between)


def _join(grid: Grid, rows: Sequence[_Row], name: str, line: _Line, between: Callable[[float, float], bool]) -> None:
    """Give a wrapped line to the row whose cell it goes on from, above it or below it."""
    best: tuple[float, _Row] | None = None
    for row in rows:
        parts = row.cells.get(name, [])
        places = [part.flat for part in parts] or [row.flat]
        away = min(abs(place - line.flat) for place in places)
        if between(row.flat, line.flat) or away > (_WRAPPED if parts else 1.5) * grid.height:
            continue
        away += 0.15 * grid.height if row.flat > line.flat else 0.0
        if best is None or away < best[0]:
            best = (away, row)
    if best is not None:
        best[1].cells.setdefault(name, []).append(line)


def _read(
    page: CleanPage, engines: Engines, ref: PageRef, rows: Sequence[_Row], forms: Mapping[str, ColumnForm]
) -> list[Mapping[str, Reading]]:
    """Return what the cells of each row say; numbers, and codes, of a row are set on one line each."""
    cells: list[Cell] = []
    places: list[tuple[int, str]] = []
    together: list[list[int]] = []
    sorts = {name: _SORTS[form.content] for name, form in forms.items()}
    groups = [[name for name in sorts if sorts[name] == sort] for sort in ("number", "code")]
    groups += [[name] for name in sorts if sorts[name] == "words"]
    for n, row in enumerate(rows):
        for group in groups:
            strip = []
            for name in group:
                parts = sorted(row.cells.get(name, []), key=lambda part: part.flat)
                if parts:
                    strip.append(len(cells))
                    cells.append(Cell(tuple(part.box for part in parts), sorts[name]))
                    places.append((n, name))
            together.append(strip)
    readings = read_cells(page, engines, ref, cells, together)
    found: list[dict[str, Reading]] = [{} for _ in rows]
    for (n, name), reading in zip(places, readings, strict=True):
        if reading is not None:
            found[n][name] = reading
    return list(found)


def _sum_name(fields: Mapping[str, Reading]) -> str | None:
    """Return what a row of a sum gives: the page's or the list's own, or the one carried from the page before.

    A row with a parcel's number is none, whatever its owner's name is like (`Tạ Công Hùng`, `Cộng chung`).
    """
    numbers = _texts(fields, "parcel_no")
    if numbers and all(any(sign.isdigit() for sign in text) for text in numbers):
        return None
    for text in (skeleton(text) for name in fields for text in _texts(fields, name)):
        if len(text) >= 4 and any(fuzz.ratio(text, word) >= _FOOT_LIKE for word in _CARRIED):
            return "carried_m2"
        if len(text) >= 4 and any(fuzz.ratio(text, word) >= _FOOT_LIKE for word in _SUMS):
            return "sum_m2"
    # `Tổng cộng` over two columns comes out cut in two, and the rule between them as a sign
    for sheet, parcel in product(_texts(fields, "sheet_no"), _texts(fields, "parcel_no")):
        letters = re.sub(r"\d", "", skeleton(sheet + parcel))
        if len(letters) >= 5 and max(fuzz.ratio(letters, word) for word in _SUMS) >= _CUT_FOOT_LIKE:
            return "sum_m2"
    return None


def _is_parcel(fields: Mapping[str, Reading]) -> bool:
    """Return whether a row is a parcel's: a number of a parcel or a sheet with something beside it."""
    if not any(_has_digit(fields, name) for name in ("sheet_no", "parcel_no")):
        return False
    beside = (
        any(_has_digit(fields, name) for name in ("area_m2", "private_m2", "shared_m2")),
        any(len(skeleton(text)) >= 4 for text in _texts(fields, "owners")),
        any(len(skeleton(text)) >= 2 for text in _texts(fields, "land_use")),
        # where rules cross, one engine sees a 1 or a cross; a number that stands there both read alike
        "sheet_no" in fields and _read_alike(fields, "parcel_no"),
    )
    return any(beside)


def _read_alike(fields: Mapping[str, Reading], name: str) -> bool:
    numbers = {re.sub(r"\D", "", text) for text in _texts(fields, name)}
    return len(numbers) == 1 and "" not in numbers


def _has_digit(fields: Mapping[str, Reading], name: str) -> bool:
    return any(sign.isdigit() for text in _texts(fields, name) for sign in text)


def _texts(fields: Mapping[str, Reading], name: str) -> list[str]:
    return [vote.text for vote in fields[name].votes] if name in fields else []
