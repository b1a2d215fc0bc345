"""Which registry office keeps the papers of a commune on a day, also after districts and offices were joined."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from cadastre.units.membership import districts_of
from cadastre.units.successions import land_of, unit_now
from cadastre.words.eras import Period
from cadastre.words.folding import key
from schemas.registry_offices import RegistryOffice
from schemas.tables import Tables, Unit

_EVE = date(2025, 6, 30)  # last day of the districts


def offices_of(unit: Unit, day: date, offices: Sequence[RegistryOffice], tables: Tables) -> tuple[RegistryOffice, ...]:
    """Return the offices that may keep the unit's papers on the day; more than one where its land lay in several.

    An office that names the commune of today goes before those of the old districts.
    """
    life = Period(unit.valid_from, unit.valid_to)
    if day > _EVE and (now := unit_now(unit.code, life, tables)):
        own = [office for office in offices if now.code in office.units and office.open_on(day)]
        if own:
            return tuple(own)
    then = min(day, _EVE)
    land = [one for one in land_of(unit.code, life, tables) if one.in_force(then, then)]
    # of an old commune its own row, not its parts'; one of 2025 may bear the code of a predecessor
    own_row = [one for one in land if unit.district and one.code == unit.code]
    names = {name for one in own_row or land for name in districts_of(one, Period.on(then), tables)}
    found = {one.office_id: one for name in names for one in _of_district(name, day, offices)}
    return tuple(found[office_id] for office_id in sorted(found))


def office_of(unit: Unit, day: date, offices: Sequence[RegistryOffice], tables: Tables) -> RegistryOffice | None:
    """Return the office that keeps the unit's papers on the day; None where several may, or none is known."""
    found = offices_of(unit, day, offices, tables)
    return found[0] if len(found) == 1 else None


def _of_district(district: str, day: date, offices: Sequence[RegistryOffice]) -> Iterable[RegistryOffice]:
    keepers = [office for office in offices if key(district) in map(key, office.districts)]
    asked: set[str] = set()
    while keepers:
        office = keepers.pop()
        if office.office_id in asked:
            continue
        asked.add(office.office_id)
        if office.open_on(day):
            yield office
        elif office.valid_to is not None and office.valid_to < day:
            keepers += [other for other in offices if other.office_id in office.merged_into]
