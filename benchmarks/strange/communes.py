"""Which communes a district is made of, and under which code and name each was known on a day.

A case is real in its places: a commune of 1983 that was divided later, a neighbour, and the unit of 1 July 2025 that
took both in and bears the code of one of them (domain.md 0.1, 0.2, 7). Names, districts and days are those of
schemas/codes; only the way each commune went on numbering after the merger is drawn.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from schemas.tables import Tables, Unit

MERGER = date(2025, 7, 1)
#: `named`: papers after the merger keep the old sheet numbers and mostly say of which old commune. `shifted`: the
#: ministry's table adds a fixed number to each old sheet.
After = Literal["named", "shifted"]


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune of the eve of the merger: its code, the larger commune it was carved from, and the new one's code."""

    code: str
    parent: str
    divided: date | None
    quiet_from: date  # days between an earlier merger and that of July: papers of then would mean two communes
    new_code: str

    def code_on(self, day: date) -> str:
        """Return the code under which papers of the day know it before July 2025."""
        return self.parent if self.divided is not None and day < self.divided else self.code


_DIVIDED = {
    "Bình Định": ("20821", date(2007, 3, 23), ("20821", "20822"), ("20818",), date(2025, 1, 1)),
    "Điện Nam": ("20578", date(2005, 7, 22), ("20578", "20579", "20580"), ("20581",), MERGER),
    "Tam Anh": ("20983", date(2005, 7, 22), ("20983", "20984"), ("20986",), MERGER),
    "Tam Mỹ": ("21004", date(2005, 7, 22), ("21004", "21005"), ("21007",), MERGER),
}
CASES = tuple(_DIVIDED)


def communes_of(case: str, tables: Tables) -> tuple[tuple[Commune, ...], tuple[Commune, ...]]:
    """Return the parts of the divided commune and the undivided neighbours of a case."""
    parent, day, parts, others, quiet = _DIVIDED[case]

    def commune(code: str, parent: str, divided: date | None, quiet_from: date) -> Commune:
        return Commune(code, parent, divided, quiet_from, _successor(code, tables))

    return (
        tuple(commune(code, parent, day, quiet) for code in parts),
        tuple(commune(code, code, None, MERGER) for code in others),
    )


def _successor(code: str, tables: Tables) -> str:
    found = {unit.successor for unit in tables.units if unit.code == code and unit.successor}
    assert len(found) == 1, f"units.csv: {code} has no single successor of 2025"
    return str(found.pop())


def unit_on(code: str, day: date, tables: Tables) -> Unit:
    """Return the unit that bore the code on the day."""
    return _latest(unit for unit in tables.units if unit.code == code and unit.in_force(day, day))


def _latest(units: Iterable[Unit]) -> Unit:
    return max(units, key=lambda unit: unit.valid_from or date.min)


def province_on(day: date) -> str:
    """Return the province's name of the day (domain.md 7)."""
    if day < date(1997, 1, 1):
        return "Quảng Nam - Đà Nẵng"
    return "Quảng Nam" if day < MERGER else "Đà Nẵng"


def seat(unit: Unit, day: date) -> str:
    """Return the words that place the unit on a paper: commune, district and province of the day."""
    district = f", {unit.district}" if unit.district else ""
    return f"{unit.name}{district}, {province_on(day)}"
