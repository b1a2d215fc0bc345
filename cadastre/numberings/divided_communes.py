"""Communes that were divided: the new one keeps the sheets and numbers of the old one's map until it gets its own."""

from __future__ import annotations

from datetime import date
from functools import cache

from cadastre.numberings.mentions import Mention
from cadastre.numberings.numbered_papers import span_of
from schemas.tables import Tables


@cache
def _born(tables: Tables) -> dict[str, tuple[str, str]]:
    """Return the commune that a new one was taken from, and the day, ISO, by the new one's code."""
    first: dict[str, date] = {}
    for unit in tables.units:
        first[unit.code] = min(first.get(unit.code, date.max), unit.valid_from or date.min)
    return {
        unit.code: (unit.comes_from[0], unit.valid_from.isoformat())
        for unit in tables.units
        if unit.valid_from and unit.valid_from == first[unit.code] and len(unit.comes_from) == 1
    }


def taken_from(unit: str, tables: Tables) -> str | None:
    """Return the code of the commune of which a new commune was a part; None where it was never a part of one."""
    return _born(tables)[unit][0] if unit in _born(tables) else None


def before_division(paper: Mention, unit: str, tables: Tables) -> bool:
    """Return whether a paper of the old commune is older than the new one."""
    _, born = _born(tables)[unit]
    return (paper.day or span_of(paper.key.era, tables)[1]) < born
