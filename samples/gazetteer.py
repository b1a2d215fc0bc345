"""Communes of Quảng Nam whose name, kind and district stayed the same from 2010 to 2024."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from schemas.tables import Tables, Unit

PROVINCE = "tỉnh Quảng Nam"
FIRST_DAY, LAST_DAY = date(2010, 1, 1), date(2024, 12, 31)
_CITIES = frozenset({"502", "503"})  # Tam Kỳ and Hội An were cities on all of these days
_CHANGED = frozenset({"507"})  # Điện Bàn was a huyện to 2015, then a thị xã
_DISSOLVED = "Nông Sơn"  # a huyện from 2008 to 2024


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune with its code, names with their kinds, and a rough centre: x (north), y (east) in EPSG:5899."""

    code: str
    name: str
    district: str
    district_code: str
    centre: tuple[float, float]
    province: str = PROVINCE

    @property
    def urban(self) -> bool:
        """Whether house land here is ODT: a phường or thị trấn, not a xã."""
        return not self.name.startswith("Xã")

    @property
    def town(self) -> str:
        """Return the district's name without its kind, `Duy Xuyên`, as dates of signing name the place."""
        return bare(self.district)

    def inside(self) -> str:
        """Return `xã Duy Trinh, huyện Duy Xuyên, tỉnh Quảng Nam`, as in the middle of a sentence."""
        districts = (lower_first(self.district),) if self.district else ()  # none since July 2025
        return ", ".join((lower_first(self.name), *districts, self.province))


def steady_communes(tables: Tables) -> tuple[Commune, ...]:
    """Return the communes that papers of all these years may name, in the order of the table."""
    return tuple(_commune(unit) for unit in tables.units if _steady(unit))


def _steady(unit: Unit) -> bool:
    begun = unit.valid_from is None or unit.valid_from <= FIRST_DAY
    lasting = unit.valid_to is None or unit.valid_to >= LAST_DAY
    placed = unit.trusted_centroid is not None and unit.province == "Quảng Nam"
    known = unit.district_code is not None and unit.district_code not in _CHANGED
    return begun and lasting and placed and known and _DISSOLVED not in unit.earlier_districts


def _commune(unit: Unit) -> Commune:
    district, code, centre = unit.district or "", unit.district_code or "", unit.trusted_centroid or (0.0, 0.0)
    return Commune(unit.code, unit.name, f"{'Thành phố' if code in _CITIES else 'Huyện'} {district}", code, centre)


def lower_first(name: str) -> str:
    """Return `xã Duy Trinh` for `Xã Duy Trinh`."""
    return name[0].lower() + name[1:]


def bare(name: str) -> str:
    """Return a unit's name without its kind: `Duy Trinh` for `Xã Duy Trinh`."""
    for kind in ("Thành phố ", "Thị xã ", "Thị trấn ", "Huyện ", "Phường ", "Xã "):
        if name.startswith(kind):
            return name.removeprefix(kind)
    return name
