"""The land of a commune through its changes: where a parcel may be found again, and since when a code means a commune.

A code is reused by the commune that took over others on 1 July 2025 (domain.md 0.1): with the day, or the era of the
paper, it tells which of the two is meant.
"""

from __future__ import annotations

from datetime import date
from functools import cache

from cadastre.units.successions import codes_of_group, group_of
from schemas.documents import Era
from schemas.tables import Tables

_MERGER = date(2025, 7, 1)


@cache
def _successors(tables: Tables) -> dict[str, str]:
    return {unit.code: unit.successor for unit in tables.units if unit.successor}


@cache
def _grown(tables: Tables) -> frozenset[str]:
    """Return the codes whose commune of July 2025 holds more land than the one that had the code before."""
    parts: dict[str, set[str]] = {}
    for code, successor in _successors(tables).items():
        parts.setdefault(successor, set()).add(code)
    return frozenset(code for code, old in parts.items() if len(old) > 1 and code in old)


@cache
def _began(tables: Tables) -> dict[str, tuple[date, ...]]:
    days: dict[str, set[date]] = {}
    for unit in tables.units:
        if unit.valid_from is not None:
            days.setdefault(unit.code, set()).add(unit.valid_from)
    return {code: tuple(sorted(told)) for code, told in days.items()}


def scope_of(unit: str, tables: Tables) -> str:
    """Return the id of the land within which a parcel of the unit is looked for (`successions.group_of`)."""
    return group_of(unit, None, tables)


def units_of_scope(scope: str, tables: Tables) -> tuple[str, ...]:
    """Return the unit parts of the keys whose land lies in a scope."""
    return tuple(sorted(codes_of_group(scope, tables)))


def grown(unit: str, era: Era, day: str | None, tables: Tables) -> bool:
    """Return whether a paper is of the commune that took over others under this code in 2025, not of the one before.

    A paper of the forms of 2024 without a day is taken for one of the new commune.
    """
    return era == "2024" and unit in _grown(tables) and (day is None or day >= _MERGER.isoformat())


def unit_since(unit: str, era: Era, day: str | None, tables: Tables) -> date:
    """Return the day from which the commune that a paper means has been what it is; the first of all where unknown."""
    if grown(unit, era, day, tables):
        return _MERGER
    before = day or ("2025-07-01" if era == "2024" else "2024-12-31" if era == "2013" else "2009-12-09")
    return max((began for began in _began(tables).get(unit, ()) if began.isoformat() <= before), default=date.min)
