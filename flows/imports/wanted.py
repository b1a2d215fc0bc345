"""What the user says of imported files, beside what the files tell themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from cadastre.words.eras import era_on
from cadastre.words.legacy_text import Encoding
from schemas.documents import Era
from schemas.errors import Misconfigured
from schemas.tables import Tables

As = Literal["map", "list", "entries"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Options of the command; None where the file is to tell it itself. Days are ISO.

    `by` hands the files in, and does not verify the people of them.
    """

    sort: As | None = None
    custodian: str | None = None
    era: Era | None = None
    asserted_on: str | None = None
    unit_code: str | None = None
    unit_date: str | None = None
    mapping: Path | None = None
    layer: str | None = None
    encoding: Encoding | None = None
    crs: str | None = None
    by: str | None = None

    def __post_init__(self) -> None:
        for option, day in (("--asserted-on", self.asserted_on), ("--unit-date", self.unit_date)):
            if day is not None and not _is_day(day):
                raise Misconfigured(
                    vi=f"{option} {day}: ghi ngày dạng 2012-06-30", en=f"{option} {day}: write a day as 2012-06-30"
                )
        if self.unit_code is not None and not (len(self.unit_code) == 5 and self.unit_code.isdigit()):
            raise Misconfigured(
                vi=f"--unit-code {self.unit_code}: mã xã có 5 chữ số", en=f"--unit-code {self.unit_code}: has 5 digits"
            )

    def era_of(self, tables: Tables, name: str) -> Era:
        """Return the era of a map or list: that given, or that of the day."""
        era = self.era or era_on(self.asserted_on, tables)
        if era is None:
            raise Misconfigured(
                vi=f"{name}: cho biết dữ liệu thuộc thời kỳ nào: --asserted-on 2012-06-30 hoặc --era 2009",
                en=f"{name}: say of which time the data is: --asserted-on 2012-06-30 or --era 2009",
            )
        return era


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
