"""The land registry offices that keep the papers (nơi lưu giữ), with their days; an office may set them.

Which branch keeps which old district's papers since July 2025 is not known (domain.md 7, 14): every row of the package
is marked `?`, and offices.csv in the data folder goes before it.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from io import StringIO
from pathlib import Path
from typing import cast

from schemas.errors import Misconfigured
from schemas.tables import Certainty

FILE = "offices.csv"
_COLUMNS = ("office_id", "name", "districts", "units", "valid_from", "valid_to", "merged_into", "certainty", "source",
            "note")  # fmt: skip
_NEEDED = ("office_id", "name")


@dataclass(frozen=True, slots=True)
class RegistryOffice:
    """An office that keeps the papers of districts of before July 2025, or of units since (`units`, their codes).

    `merged_into` names the offices that took its papers over after `valid_to`.
    """

    office_id: str
    name: str
    districts: tuple[str, ...]
    units: tuple[str, ...]
    valid_from: date | None
    valid_to: date | None
    merged_into: tuple[str, ...]
    certainty: Certainty
    note: str

    def open_on(self, day: date) -> bool:
        """Return whether the office was there on the day."""
        return (self.valid_from or date.min) <= day <= (self.valid_to or date.max)


def load_registry_offices(home: Path | None = None) -> tuple[RegistryOffice, ...]:
    """Return the offices of the data folder, then the package's that it does not name; raises Misconfigured."""
    text = (files("schemas") / "codes" / FILE).read_text(encoding="utf-8")
    built_in = list(_offices(text, FILE))
    own_file = home / FILE if home else None
    if own_file is None or not own_file.is_file():
        return tuple(built_in)
    try:
        own = list(_offices(own_file.read_text(encoding="utf-8-sig"), str(own_file)))
    except (OSError, UnicodeDecodeError) as err:
        raise Misconfigured(
            vi=f"{own_file}: không đọc được; lưu lại dạng CSV UTF-8",
            en=f"{own_file}: cannot be read; save it as CSV in UTF-8",
        ) from err
    named = {office.office_id for office in own}
    offices = (*own, *(office for office in built_in if office.office_id not in named))
    _check(offices, own_file)
    return offices


def _check(offices: Sequence[RegistryOffice], own: Path) -> None:
    known = {office.office_id for office in offices}
    for office in offices:
        if lost := next((other for other in office.merged_into if other not in known), None):
            raise Misconfigured(
                vi=f"{own}: {office.office_id} sáp nhập vào {lost} nhưng không có cơ quan đó; thêm dòng {lost}",
                en=f"{own}: {office.office_id} merged into {lost}, which is not there; add a row {lost}",
            )


def _offices(text: str, where: str) -> Iterable[RegistryOffice]:
    reader = csv.DictReader(StringIO(text))
    columns = list(reader.fieldnames or ())
    if not set(_NEEDED) <= set(columns) <= set(_COLUMNS):
        known = ", ".join(_COLUMNS)
        raise Misconfigured(
            vi=f"{where} dòng 1: các cột phải là {known}", en=f"{where} line 1: the columns must be {known}"
        )
    for row in reader:
        line = reader.line_num
        cells = {name: (row.get(name) or "").strip() for name in _COLUMNS}
        if not re.fullmatch(r"[a-z0-9-]+", cells["office_id"]) or not cells["name"]:
            raise Misconfigured(
                vi=f"{where} dòng {line}: cần office_id (chữ thường không dấu, số, gạch nối) và name",
                en=f"{where} line {line}: office_id (small letters without marks, digits, hyphens) and name are needed",
            )
        yield RegistryOffice(
            office_id=cells["office_id"],
            name=cells["name"],
            districts=_many(cells["districts"]),
            units=_many(cells["units"]),
            valid_from=_day(cells["valid_from"], where, line),
            valid_to=_day(cells["valid_to"], where, line),
            merged_into=_many(cells["merged_into"]),
            certainty=cast(Certainty, cells["certainty"] or "S"),
            note=cells["note"],
        )


def _many(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(";") if part.strip())


def _day(text: str, where: str, line: int) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Misconfigured(
            vi=f"{where} dòng {line}: «{text}» không phải ngày; ghi như 2025-07-01",
            en=f"{where} line {line}: «{text}» is no day; write it as 2025-07-01",
        ) from None
