"""In which district a commune lay at a time: its own since that was made, the one before it until then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from rapidfuzz.distance import Levenshtein

from cadastre.words.eras import ALWAYS, Period
from cadastre.words.folding import key
from schemas.tables import District, Tables, Unit

_ABOLISHED = date(2025, 6, 30)  # last day of the districts


@dataclass(frozen=True, slots=True)
class _Stay:
    """A district's folded name and the first and last day on which the commune lay in it.

    `lingers`: papers may name the district after that day too, since it is gone and is no other place.
    """

    district: str
    first: date | None
    last: date | None
    lingers: bool = False

    def in_fact(self, period: Period) -> bool:
        """Return whether the commune lay there on some day of the period."""
        too_late = self.first is not None and period.last is not None and self.first > period.last
        too_early = self.last is not None and period.first is not None and self.last < period.first
        return not too_late and not too_early

    def named(self, wanted: str) -> bool:
        """Return whether a folded name is the district's, or one letter off."""
        name = self.district
        return wanted == name or (len(name) > 5 and Levenshtein.distance(wanted, name, score_cutoff=1) <= 1)


@cache
def _rows(name: str, tables: Tables) -> tuple[District, ...]:
    return tuple(row for row in tables.districts if row.name == name)


def _opened(name: str, tables: Tables) -> date | None:
    firsts = [row.valid_from for row in _rows(name, tables)]
    return None if not firsts or None in firsts else min(day for day in firsts if day)


def _gone_early(name: str, tables: Tables) -> date | None:
    """Return the last day of a district that ended before all of them did; None where it did not."""
    lasts = [row.valid_to or date.max for row in _rows(name, tables)]
    return max(lasts) if lasts and max(lasts) < _ABOLISHED else None


@cache
def _stays(unit: Unit, tables: Tables) -> tuple[_Stay, ...]:
    """Return the unit's stay in its own district, then those in the districts before it."""
    if unit.district is None:  # units of 2025 lie in no district
        return ()
    own = _Stay(key(unit.district), _opened(unit.district, tables), None)
    until = next((row.elsewhere_until for row in _rows(unit.district, tables) if row.elsewhere_until), None)
    last = until or (own.first - timedelta(days=1) if own.first else None)
    earlier = []
    for name in unit.earlier_districts:
        gone = _gone_early(name, tables)
        earlier.append(_Stay(key(name), None, min(filter(None, (last, gone)), default=None), gone is not None))
    return (own, *earlier)


def lies_in_then(unit: Unit, district: str, period: Period, tables: Tables) -> bool:
    """Return whether the unit lay in the district on some day of the period."""
    wanted = key(district)
    return any(stay.in_fact(period) and stay.named(wanted) for stay in _stays(unit, tables))


def was_in_then(unit: Unit, district: str, period: Period, tables: Tables) -> bool:
    """Return whether the unit had lain in the district, which is gone: papers went on naming it."""
    wanted, since = key(district), Period(None, period.last)
    return any(stay.lingers and stay.in_fact(since) and stay.named(wanted) for stay in _stays(unit, tables))


def districts_of(unit: Unit, period: Period, tables: Tables) -> tuple[str, ...]:
    """Return the names of the districts that the unit lay in during the period; several where a day is not known."""
    names = (unit.district, *unit.earlier_districts) if unit.district else ()
    return tuple(name for name, stay in zip(names, _stays(unit, tables), strict=True) if stay.in_fact(period))


def lies_in(unit: Unit, district: str, tables: Tables, period: Period = ALWAYS) -> bool:
    """Return whether the unit lies in the district, or lay there before a division; units of 2025 lie in none."""
    return lies_in_then(unit, district, period, tables) or was_in_then(unit, district, period, tables)
