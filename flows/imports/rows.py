"""Maps and lists of earlier projects: columns mapped, texts decoded, shapes placed, each row an entry."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from shapely.geometry.base import BaseGeometry

from cadastre.ground.positions import Point
from cadastre.imports.column_mapping import Fitted, best_fit, fit, head_row
from cadastre.imports.import_findings import shape_elsewhere
from cadastre.imports.imported_rows import Batch, Cell, Outline, entry_of_row, numbers_of, text_of
from cadastre.settling.keys import key_of
from cadastre.units.places import units_of_code
from cadastre.words.eras import period_of
from cadastre.words.legacy_text import Encoding, decode
from cadastre.words.numbers import has_decimals, is_grouped_by_dots
from flows.imports.drawings import sheet_table
from flows.imports.formulas import column_letters
from flows.imports.outcome import Outcome
from flows.imports.shapes import outline, points_of, shapes_of, system_of
from flows.imports.tables import DRAWINGS, Table
from flows.imports.texts import decoded
from flows.imports.wanted import Wanted
from schemas.documents import PageRef
from schemas.errors import BadInput, Message
from schemas.import_mappings import Mapping as ColumnMapping
from schemas.import_mappings import Target, load_mappings, read_mapping, template
from schemas.tables import Tables
from store.imports import Row

_HEADS_WITHIN = 30
_SHOWN = 5
_NOT_KEPT = "0" * 64
_CELLS_OF_A_SHAPEFILE = ".dbf"
"""Shapefiles of one map have the same .shp where only what is written of its parcels was mended: rows go by both."""
_OLD: tuple[Encoding, ...] = ("tcvn3", "vni")


@dataclass(frozen=True, slots=True)
class _Data:
    """A file's rows as they will be entries: cells by field, the shape of each, and its row in the file.

    `bare` names the cells with formulas without a result, by field.
    """

    cells: Sequence[Mapping[Target, Cell]]
    shapes: Sequence[BaseGeometry | None] | None
    first: int
    bare: Sequence[Mapping[Target, str]]


def rows_of_table(
    path: Path, table: Table, digests: Mapping[str, str], wanted: Wanted, tables: Tables, outcome: Outcome
) -> Iterator[Row]:
    """Yield the entries of a map or list; BadInput before the first where the file as a whole cannot be taken.

    `digests` are the SHA-256 of the file and of those beside it, by ending.
    """
    era = wanted.era_of(tables, path.name)
    if path.suffix.lower() in DRAWINGS:
        table = sheet_table(path.name, table, outcome)
    fitted, rows, first = _fitted(path, table, wanted)
    outcome.details["mapping"] = fitted.mapping.name
    rows = decoded(path.name, fitted, rows, table.raw, wanted.encoding, outcome)
    shapes = None if table.shapes is None or wanted.sort == "list" else shapes_of(table.shapes)
    cells = [_by_field(row, fitted) for row in rows]
    data = _Data(cells, shapes, first, [_bare(table, fitted, first + n, one) for n, one in enumerate(cells)])
    batch = Batch(
        at=PageRef(digests.get(path.suffix.lower(), _NOT_KEPT), 1),
        era=era,
        tables=tables,
        asserted_on=wanted.asserted_on,
        unit_code=wanted.unit_code,
        unit_day=wanted.unit_date,
        grouped=_grouped(data.cells),
        salt=(table.layer or "") + digests.get(_CELLS_OF_A_SHAPEFILE, ""),
    )
    outcome.document_id = batch.document_id
    _note_others(path.name, table, outcome)
    _note_bare(path.name, [cell for row in data.bare for cell in row.values()], outcome)
    outlines = _outlines(path.name, data, table, batch, wanted, outcome)
    yield from _entries(data, batch, outlines, outcome)
    if not outcome.rows:
        raise BadInput(
            vi=f"{path.name}: không có thửa nào trong tệp; kiểm tra lại tệp, lớp hoặc trang tính (--layer)"
            + "".join(f". {note.vi}" for note in outcome.notes),
            en=f"{path.name}: there is no parcel in the file; check the file, its layer or sheet (--layer)"
            + "".join(f". {note.en}" for note in outcome.notes),
        )


def _note_others(name: str, table: Table, outcome: Outcome) -> None:
    if table.others:
        others = ", ".join(f"«{other}»" for other in table.others)
        outcome.notes.append(
            Message(
                f"{name}: chỉ nhận trang tính «{table.layer}»; các trang khác có dữ liệu: {others}; "
                "nhập từng trang với --layer",
                f"{name}: only the sheet «{table.layer}» is read; others hold rows: {others}; import each with --layer",
            )
        )


def _note_bare(name: str, cells: Sequence[str], outcome: Outcome) -> None:
    if cells:
        told = ", ".join(cells[:_SHOWN]) + (" …" if len(cells) > _SHOWN else "")
        outcome.notes.append(
            Message(
                f"{name}: {len(cells)} ô là công thức chưa có kết quả hoặc báo lỗi: {told}; "
                "mở tệp bằng Excel hoặc LibreOffice, xem lại các ô, lưu rồi nhập lại",
                f"{name}: {len(cells)} cells hold formulas without a result: {told}; "
                "open the file in Excel or LibreOffice, look at them, save and import again",
            )
        )


def _bare(table: Table, fitted: Fitted, row: int, cells: Mapping[Target, Cell]) -> dict[Target, str]:
    """Return by field the cells of a row (numbered from 1) that hold formulas without a result, named for people."""
    if not table.bare:
        return {}
    return {
        target: f"{column_letters(place)}{row} («{fitted.columns[place]}»)"
        for target, places in fitted.places.items()
        for place in places
        if (row - 1, place) in table.bare and cells.get(target) is None
    }


def _entries(data: _Data, batch: Batch, outlines: Sequence[Outline | None] | None, outcome: Outcome) -> Iterator[Row]:
    numbers = [numbers_of(cells, batch) for cells in data.cells]
    counts = Counter(one for one in numbers if all(one))
    for place, cells in enumerate(data.cells):
        if all(cell is None for cell in cells.values()) and not data.bare[place]:
            continue
        outcome.rows += 1
        shape = outlines[place] if outlines is not None else None
        repeated = counts[numbers[place]] > 1
        entry = entry_of_row(cells, data.first + place, batch, shape, repeated=repeated, bare=data.bare[place])
        if isinstance(entry, Message):
            outcome.not_taken(data.first + place, "no-parcel-number", entry)
            continue
        outcome.take(entry)
        yield Row(entry, key_of(entry))


def _mappings(wanted: Wanted) -> tuple[ColumnMapping, ...]:
    if wanted.mapping is None:
        return load_mappings()
    try:
        return (read_mapping(wanted.mapping.read_text(encoding="utf-8")),)
    except FileNotFoundError as err:
        raise BadInput(vi=f"{wanted.mapping}: không có tệp này", en=f"{wanted.mapping}: no such file") from err
    except (OSError, ValueError) as err:
        raise BadInput(
            vi=f"{wanted.mapping}: bảng ghép cột không dùng được: {err}",
            en=f"{wanted.mapping}: the mapping cannot be used: {err}",
        ) from err


def _fitted(path: Path, table: Table, wanted: Wanted) -> tuple[Fitted, list[list[Cell]], int]:
    """Return the mapping on the columns, the rows under the heads, and the number of the first."""
    mappings = _mappings(wanted)
    if table.columns:
        columns, rows, first = list(table.columns), table.rows, 1
    else:
        columns, head = _heads(table.rows[:_HEADS_WITHIN], mappings)
        rows, first = table.rows[head + 1 :], head + 2
    spelt = _spelt(columns, mappings)
    fitted = fit(mappings[0], spelt) if wanted.mapping else best_fit(mappings, spelt)
    seen = ", ".join(column for column in columns if column) or "–"
    if wanted.mapping and fitted and fitted.lacking:
        lacking = ", ".join(f"«{name}»" for name in fitted.lacking)
        raise BadInput(
            vi=f"{path.name}: tệp không có cột {lacking} ghi trong {wanted.mapping.name}; các cột: {seen}",
            en=f"{path.name}: the file has no column {lacking} of {wanted.mapping.name}; its columns: {seen}",
        )
    if fitted is None or not fitted.whole:
        raise BadInput(
            vi=f"{path.name}: không biết cột nào là số tờ, số thửa. Các cột: {seen}. "
            f"Ghi bảng ghép cột rồi nhập với --mapping BANG.toml; mẫu:\n{template(columns)}",
            en=f"{path.name}: which columns are sheet and parcel number is not known. The columns: {seen}. "
            f"Write a mapping and import with --mapping MAP.toml; a template:\n{template(columns)}",
        )
    if rows and not table.columns and _counts_columns(rows[0]):
        rows, first = rows[1:], first + 1
    return fitted, rows, first


def _heads(rows: Sequence[Sequence[Cell]], mappings: Sequence[ColumnMapping]) -> tuple[list[str], int]:
    """Return the heads of a list and the row that they stand in, the first row where none of its rows has any."""
    texts = [[text_of(cell) or "" for cell in row] for row in rows]
    head = head_row([_spelt(row, mappings) for row in texts], mappings) or 0
    return (texts[head] if texts else []), head


def _spelt(columns: Sequence[str], mappings: Sequence[ColumnMapping]) -> list[str]:
    """Return the heads in the spelling in which most are known: heads are in old encodings too."""
    ways: list[list[str]] = [list(columns)]
    if not all(column.isascii() for column in columns):
        ways += [[decode(column, encoding) for column in columns] for encoding in _OLD]
    return max(ways, key=lambda way: max(len(fit(mapping, way).places) for mapping in mappings))


def _counts_columns(row: Sequence[Cell]) -> bool:
    """Return whether the row under the heads numbers the columns: (1), (2), (3) …"""
    told = [(text_of(cell) or "").strip("()") for cell in row]
    numbers = [int(text) for text in told if text.isdigit()]
    return (
        len(numbers) >= 3
        and all(text == "" or text.isdigit() for text in told)
        and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    )


def _by_field(row: Sequence[Cell], fitted: Fitted) -> dict[Target, Cell]:
    cells: dict[Target, Cell] = {}
    for target, places in fitted.places.items():
        held = (row[place] for place in places if place < len(row) and text_of(row[place]) is not None)
        cells[target] = next(held, None)
    if any(cell is not None for cell in cells.values()):
        cells.update(fitted.mapping.constants)
    return cells


def _grouped(cells: Sequence[Mapping[Target, Cell]]) -> bool | None:
    """Return whether points in texts of areas group thousands, by the column's other cells; None where none tells."""
    texts = [cell for row in cells for name in ("area_m2", "legal_area_m2") if isinstance(cell := row.get(name), str)]
    grouped = any(is_grouped_by_dots(text) or "," in text for text in texts)
    decimal = any("," not in text and has_decimals(text) for text in texts)
    return None if grouped == decimal else grouped


def _outlines(
    name: str, data: _Data, table: Table, batch: Batch, wanted: Wanted, outcome: Outcome
) -> list[Outline | None] | None:
    if data.shapes is None:
        return None
    middles = _Middles(batch)
    units = Counter(unit for cells in data.cells if (unit := middles.code(cells)) is not None)
    centroid = middles.of(units.most_common(1)[0][0]) if units else None
    common = units.most_common(1)[0][0] if units else None
    own = [shape for cells, shape in zip(data.cells, data.shapes, strict=True) if middles.code(cells) == common]
    points = points_of(own)
    system = system_of(name, points, table.crs, wanted.crs, centroid, outcome)
    if system is None:  # where the commune is known, the rows may not be of it
        far = Outline(None, 0.0, shape_elsewhere())
        return [far if middles.of(middles.code(cells)) else None for cells in data.cells] if points else None
    outlines = [
        outline(shape, system, middles.of(middles.code(cells)))
        for cells, shape in zip(data.cells, data.shapes, strict=True)
    ]
    outcome.details["shapes"] = sum(one is not None and one.wkt is not None for one in outlines)
    bare = sum(shape is None or shape.is_empty for shape in data.shapes)
    if bare:
        outcome.notes.append(
            Message(
                f"{name}: {bare} dòng của bản đồ không có hình",
                f"{name}: {bare} rows of the map have no shape",
            )
        )
    return outlines


class _Middles:
    """The trusted middles of the communes that rows name, each looked up once."""

    def __init__(self, batch: Batch) -> None:
        self._batch = batch
        self._known: dict[str, Point | None] = {}

    def code(self, cells: Mapping[Target, Cell]) -> str | None:
        """Return the row's commune code."""
        text = text_of(cells.get("unit_code"))
        return text.zfill(5) if text and text.isdigit() else self._batch.unit_code

    def of(self, code: str | None) -> Point | None:
        """Return the middle as (north, east) in EPSG:5899; None where none may be trusted."""
        if code is None:
            return None
        if code not in self._known:
            period = self._batch.period or period_of(self._batch.era, self._batch.tables)
            unit = units_of_code(code, period, self._batch.tables).unit
            self._known[code] = unit.trusted_centroid if unit else None
        return self._known[code]
