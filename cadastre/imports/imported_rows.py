"""A row of an earlier project's file as an entry: each cell normalised, what is doubtful left to a person."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from cadastre.checking.standing import entry_status
from cadastre.imports.import_findings import (
    area_unusual,
    formula_without_result,
    land_use_unknown,
    number_unusual,
    row_repeated,
    unit_unknown,
)
from cadastre.imports.imported_areas import weigh_area, weigh_uses
from cadastre.imports.imported_owners import names_nobody, owners_of
from cadastre.settling.known_uses import are_known
from cadastre.units.places import Resolution, resolve, units_of_code
from cadastre.words.certificates import read_parcel_no, read_register_no, read_serial, read_sheet_no
from cadastre.words.dates import read_date
from cadastre.words.eras import ALWAYS, Period, period_of
from cadastre.words.folding import tidy
from cadastre.words.landuse import Namer, read_land_uses
from cadastre.words.numbers import read_area
from cadastre.words.origins import read_origins
from cadastre.words.terms import read_term
from schemas.documents import Era, PageRef
from schemas.entries import Entry, FieldStatus, FieldValue, Source, Value
from schemas.errors import Message
from schemas.import_mappings import Target
from schemas.outcomes import Finding
from schemas.tables import Tables, UnitType

Cell = str | float | None
"""A cell as the file holds it: a number where the column is one of numbers, else text in Unicode."""

NO_FORMULAS: Mapping[Target, str] = {}
_FIELDS: Mapping[Target, str] = {
    "unit_name": "unit_code",
    "owner_birth_year": "owners",
    "owner_id_no": "owners",
    "owner_address": "owners",
}
"""Fields of columns that have none of their own name."""
_NOTHING = re.compile(r"\W*|\[REDACTED\]|null|none|nan", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Outline:
    """A row's shape: MULTIPOLYGON as WKT in EPSG:5899 rounded to millimetres, or why it cannot be used."""

    wkt: str | None
    area_m2: float
    fault: Finding | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """What holds for every row of a file; None where the rows tell it or nobody does.

    `grouped` says whether a point in a text of a number groups thousands (True) or marks decimals (False).
    """

    at: PageRef
    era: Era
    tables: Tables
    asserted_on: str | None = None
    unit_code: str | None = None
    unit_day: str | None = None
    grouped: bool | None = None
    salt: str = ""

    @property
    def document_id(self) -> str:
        """Return the id of the document that the file is."""
        return _id("imported file", self.at.sha256, self.salt)

    @property
    def period(self) -> Period:
        """Return the days on which the unit codes are meant."""
        day = self.unit_day or self.asserted_on
        return Period.on(date.fromisoformat(day)) if day else period_of(self.era, self.tables) or ALWAYS


@dataclass(slots=True)
class _Making:
    """Fields and findings of an entry as they grow."""

    fields: dict[str, FieldValue] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def put(self, name: str, value: Value, text: str | None, status: FieldStatus = "accepted",
            source: Source = "import") -> None:  # fmt: skip
        self.fields[name] = FieldValue(value, text, None, status, source, None, None)

    def doubt(self, name: str, text: str | None, finding: Finding) -> None:
        """Leave the field to a person, without a value."""
        self.put(name, None, text, "review")
        self.findings.append(finding)


def entry_of_row(
    cells: Mapping[Target, Cell],
    number: int,
    batch: Batch,
    outline: Outline | None = None,
    *,
    repeated: bool = False,
    bare: Mapping[Target, str] = NO_FORMULAS,
) -> Entry | Message:
    """Return the entry of the n-th row, or why the row is none: it has no parcel number.

    `outline` is the shape that a map gives the row; `repeated` says that another row has the same numbers. `bare`
    names the cells that hold formulas without a result.
    """
    if "parcel_no" in bare:
        return formula_without_result("parcel_no", bare["parcel_no"]).message
    if text_of(cells.get("parcel_no")) is None:
        return Message("không có số thửa", "it has no parcel number")
    making = _Making()
    for target, cell in bare.items():
        name = _FIELDS.get(target, target)
        making.doubt(name, None, formula_without_result(name, cell))
    unit_type = _unit(cells, batch, making)
    _numbers(cells, making)
    _areas(cells, batch, making, outline)
    _uses(cells, Namer(batch.tables, batch.era, unit_type), batch, making)
    _texts(cells, batch, making)
    if batch.asserted_on:
        making.put("asserted_on", batch.asserted_on, None, source="manifest")
    if outline is not None:
        _shape(outline, making)
    if repeated:
        making.findings.append(row_repeated())
    findings = tuple(making.findings)
    status = entry_status("du_lieu", making.fields, findings)
    entry_id = _id("imported row", batch.at.sha256, batch.salt, str(number))
    return Entry(
        entry_id, batch.document_id, batch.at, number, "du_lieu", None, batch.era, status, making.fields, findings
    )


def text_of(cell: Cell) -> str | None:
    """Return a cell as the text that stands in it, whole numbers without `.0`; None where it holds nothing."""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    text = tidy(cell or "")
    return None if _NOTHING.fullmatch(text) else text


def numbers_of(cells: Mapping[Target, Cell], batch: Batch) -> tuple[str | None, ...]:
    """Return unit, sheet and parcel number as far as they can be read: rows that share them are repeated."""
    return (
        text_of(cells.get("unit_code")) or text_of(cells.get("unit_name")) or batch.unit_code,
        read_sheet_no(_number_text(cells.get("sheet_no")) or ""),
        read_parcel_no(_number_text(cells.get("parcel_no")) or ""),
    )


def _number_text(cell: Cell) -> str | None:
    """Return a sheet or parcel number as text; exports write whole numbers as `7.0`."""
    text = text_of(cell)
    return re.sub(r"^(\d+)[.,]0{1,2}$", r"\1", text) if text else None


def _id(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:20]


@lru_cache(maxsize=512)
def _unit_of(code: str | None, name: str | None, period: Period, tables: Tables) -> Resolution:
    if code is not None:
        return units_of_code(code, period, tables)
    return resolve(name or "", period, tables)


def _unit(cells: Mapping[Target, Cell], batch: Batch, making: _Making) -> UnitType | None:
    text = text_of(cells.get("unit_code"))
    if text is None and re.fullmatch(r"\d{5}", named := text_of(cells.get("unit_name")) or ""):
        text = named  # a column «Xã» may hold codes
    code = text.zfill(5) if text and re.fullmatch(r"\d{1,5}", text) else None
    name = None if code else text_of(cells.get("unit_name")) or text
    source: Source = "import"
    if code is None and name is None:
        code, source = batch.unit_code, "manifest"
    if code is None and name is None:
        making.doubt("unit_code", None, unit_unknown(None))
        return None
    found = _unit_of(code, name, batch.period, batch.tables)
    if found.unit is None and batch.unit_code and source == "import":  # the file has codes of its own
        code, source = batch.unit_code, "manifest"
        found = _unit_of(code, None, batch.period, batch.tables)
    if found.unit is None or (code is None and not found.sure):
        making.put("unit_code", code, text or name, "review", source)
        making.findings.append(unit_unknown(code, found.alternatives))
        return None
    making.put("unit_code", found.unit.code, text, source=source)
    return found.unit.type


def _numbers(cells: Mapping[Target, Cell], making: _Making) -> None:
    parsers: dict[Target, Callable[[str], str | None]] = {
        "sheet_no": read_sheet_no,
        "parcel_no": read_parcel_no,
        "old_sheet_no": read_sheet_no,
        "old_parcel_no": read_parcel_no,
    }
    for name, parse in parsers.items():
        text = _number_text(cells.get(name))
        if text is None or (name.startswith("old_") and re.fullmatch(r"0+", text)):
            if name == "sheet_no" and name not in making.fields:
                making.doubt(name, None, number_unusual(name))
            continue
        value = parse(text)
        if value is None:
            making.doubt(name, text, number_unusual(name))
        else:
            making.put(name, value, text)


def _areas(cells: Mapping[Target, Cell], batch: Batch, making: _Making, outline: Outline | None) -> None:
    use = text_of(cells.get("land_use")) or ""
    drawn = outline.area_m2 if outline is not None and outline.wkt else None
    for name in ("area_m2", "legal_area_m2"):
        cell = cells.get(name)
        text = text_of(cell)
        if text is None or (name == "legal_area_m2" and cell in (0.0, "0")):
            continue
        options = _area_options(cell, text, batch.grouped)
        if len(options) != 1 or options[0] <= 0:
            making.doubt(name, text, area_unusual(name, options[0] if options else None))
            continue
        status, findings = weigh_area(name, options[0], use, drawn if name == "area_m2" else None)
        making.put(name, options[0], text, status)
        making.findings += findings
    if drawn is not None and "area_m2" not in making.fields:
        making.put("area_m2", round(drawn, 1), None)


def _area_options(cell: Cell, text: str, grouped: bool | None) -> tuple[float, ...]:
    if isinstance(cell, float):
        return (round(cell, 4),)
    options = read_area(text)
    if len(options) < 2 or grouped is None:
        return options
    return (max(options),) if grouped else (min(options),)


def _uses(cells: Mapping[Target, Cell], namer: Namer, batch: Batch, making: _Making) -> None:
    text = text_of(cells.get("land_use"))
    if text is not None:
        uses = read_land_uses(text, namer) or read_land_uses(text, Namer(batch.tables, "299", None))
        if uses is None or not are_known(uses.uses, batch.tables):
            making.doubt("land_use", text, land_use_unknown())
        else:
            making.put("land_use", uses.uses, text)
            area = making.fields.get("area_m2")
            if area is not None and isinstance(area.value, float) and (said := weigh_uses(uses.uses, area.value)):
                making.findings.append(said)
    old = text_of(cells.get("land_use_old"))
    if old is not None and old != text:
        making.put("land_use_old", old, old)
    term = text_of(cells.get("term"))
    if term is not None:
        value = read_term(term, namer)
        making.put("term", value, term, "accepted" if value else "review")


def _texts(cells: Mapping[Target, Cell], batch: Batch, making: _Making) -> None:
    for name in ("address", "toponym", "change_note"):
        if (text := text_of(cells.get(name))) is not None:
            making.put(name, text, text)
    parsers: dict[Target, Callable[[str], Value]] = {
        "serial": read_serial,
        "register_no": read_register_no,
        "issued_on": _day,
        "origin": lambda text: read_origins(text, batch.tables),
        "user_type": lambda text: code if (code := text.upper()) in batch.tables.user_types else None,
    }
    for target, parse in parsers.items():
        text = text_of(cells.get(target))
        if text is not None:
            value = parse(text)
            making.put(target, value, text, "accepted" if value else "review")
    text = text_of(cells.get("owners"))
    if text is not None and not names_nobody(text):
        owners = owners_of({name: text_of(cells.get(name)) for name in cells})
        making.put("owners", owners or None, text, "accepted" if owners else "review")


def _day(text: str) -> str | None:
    iso = re.match(r"(\d{4}-\d{2}-\d{2})(?:[ T].*)?$", text)
    try:
        return date.fromisoformat(iso[1]).isoformat() if iso else read_date(text)
    except ValueError:
        return None


def _shape(outline: Outline, making: _Making) -> None:
    if outline.fault is not None:
        making.doubt("shape", None, outline.fault)
    elif outline.wkt is not None:
        making.put("shape", outline.wkt, None)
