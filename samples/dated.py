"""The names that a commune, its district and its province had on a day (domain.md 7)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from samples.gazetteer import Commune, bare
from schemas.tables import Tables, Unit

#: First day of the province of Quảng Nam; before, Quảng Nam - Đà Nẵng.
_DIVIDED = date(1997, 1, 1)
#: Last day on which communes that are elsewhere now were still in these districts.
_LEFT = {
    "Hiên": date(2003, 6, 19),
    "Trà My": date(2003, 6, 19),
    "Giằng": date(1999, 8, 18),
    "Tam Kỳ": date(1983, 12, 2),
}
#: Districts that became cities: before that day they were a thị xã.
_CITY_SINCE = {"Tam Kỳ": date(2006, 9, 29), "Hội An": date(2008, 1, 29)}


def commune_on(tables: Tables, commune: Commune, when: date) -> Commune:
    """Return the commune under the names of that day, with the code that its land had when codes began."""
    unit = next((unit for unit in tables.units if unit.code == commune.code and unit.in_force(when, when)), None)
    name = unit.name if unit else commune.name
    district = _district(unit, when) if unit else bare(commune.district)
    since = _CITY_SINCE.get(district)
    kind = "Huyện" if since is None else "Thành phố" if when >= since else "Thị xã"
    province = "tỉnh Quảng Nam" if when >= _DIVIDED else "tỉnh Quảng Nam - Đà Nẵng"
    return replace(commune, name=name, district=f"{kind} {district}", province=province)


def _district(unit: Unit, when: date) -> str:
    for earlier in unit.earlier_districts:
        if when <= _LEFT.get(earlier, date.min):
            return earlier
    return unit.district or ""


def in_force(tables: Tables, commune: Commune, when: date) -> bool:
    """Return whether a unit of that code and name is in force on that day."""
    return any(u.code == commune.code and u.name == commune.name and u.in_force(when, when) for u in tables.units)
