"""Drawings (DXF, DGN v7) as tables: a row for each polygon of the line work, with the number that stands in it."""

from __future__ import annotations

import re
from pathlib import Path

import shapely

from cadastre.ground.sheet_labels import Sheet, Text, read_sheet
from cadastre.words.folding import fold
from flows.imports.outcome import Outcome
from flows.imports.shapes import shapes_of
from flows.imports.tables import Table
from schemas.errors import BadInput, Message

_SHEET_IN_NAME = re.compile(r"(?:^|[^a-z])(?:to(?: so)?|dc|tbd|sheet)[ _.-]*0*([1-9]\d{0,2})(?!\d)")
_SHOWN = 20


def sheet_table(name: str, table: Table, outcome: Outcome) -> Table:
    """Return the sheet's parcels as a table; what has no number, and numbers outside, go to the outcome's notes."""
    if "Text" not in table.columns:
        raise BadInput(vi=f"{name}: bản vẽ không có chữ nào", en=f"{name}: the drawing has no texts")
    place = table.columns.index("Text")
    shapes, texts = [], []
    for row, shape in zip(table.rows, shapes_of(table.shapes or []), strict=True):
        if shape is None or shape.is_empty:
            continue
        if isinstance(shape, shapely.Point):
            if isinstance(text := row[place], str):
                texts.append(Text(text, shape.x, shape.y))
        else:
            shapes.append(shape)
    sheet = read_sheet(shapes, texts)
    _note(name, sheet, outcome)
    number = sheet_number(name)
    return Table(
        ("sheet_no", "parcel_no", "area_m2", "land_use"),
        [[number, one.number, one.area, one.land_use] for one in sheet.parcels],
        [shapely.to_wkb(one.polygon) for one in sheet.parcels],
        table.crs,
        table.layer,
        table.raw,
    )


def sheet_number(name: str) -> str | None:
    """Return the sheet's number that a file name tells: `To 12.dgn`, `DC12.dxf`."""
    match = _SHEET_IN_NAME.search(fold(Path(name).stem))
    return match[1] if match else None


def _note(name: str, sheet: Sheet, outcome: Outcome) -> None:
    outcome.details["drawing"] = {
        "parcels": len(sheet.parcels),
        "polygons_without_number": [
            {"x": round(one.polygon.centroid.x, 2), "y": round(one.polygon.centroid.y, 2),
             "area_m2": round(one.polygon.area, 1)}
            for one in sheet.unlabelled
        ],
        "numbers_without_polygon": [{"number": text.text, "x": text.x, "y": text.y} for text in sheet.stray],
    }  # fmt: skip
    if sheet.unlabelled:
        outcome.notes.append(
            Message(
                f"{name}: {len(sheet.unlabelled)} hình khép kín không có đúng một số thửa, không nhận (xem --json)",
                f"{name}: {len(sheet.unlabelled)} polygons without exactly one number, not taken (see --json)",
            )
        )
    if sheet.stray:
        told = ", ".join(text.text for text in sheet.stray[:_SHOWN])
        outcome.notes.append(
            Message(
                f"{name}: {len(sheet.stray)} số thửa không nằm trong hình khép kín nào: {told}",
                f"{name}: {len(sheet.stray)} numbers stand in no polygon: {told}",
            )
        )
