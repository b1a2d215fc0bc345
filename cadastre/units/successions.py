"""Which units hold the same land before and after a change of the communes (domain.md 7), by the dated lists.

Land moves on from a unit to the next one of its code, to those that took its land (`goes_to`), to those made out of
it (`comes_from`), and on 2025-07-01 to its successor. Rows marked `?` count for where land may be, never for where
it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache
from itertools import pairwise

from cadastre.units.membership import districts_of
from cadastre.units.place_words import unit_names
from cadastre.words.eras import ALWAYS, Period, period_of
from cadastre.words.folding import key
from schemas.documents import Era
from schemas.tables import Tables, Unit

When = date | Period | Era | None
"""A day, the days of a paper, the era of a parcel key, or any time."""
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Flow:
    """Where the land of each unit went and whence it came, by place in the table; the last leaves rows marked ? out."""

    after: Mapping[int, frozenset[int]]
    before: Mapping[int, frozenset[int]]
    certainly_after: Mapping[int, frozenset[int]]


def _period(when: When, tables: Tables) -> Period:
    if isinstance(when, Period):
        return when
    if isinstance(when, date):
        return Period.on(when)
    return period_of(when, tables) if when else ALWAYS


@cache
def _bearers(tables: Tables) -> Mapping[str, tuple[int, ...]]:
    found: dict[str, list[int]] = {}
    for at, unit in enumerate(tables.units):
        found.setdefault(unit.code, []).append(at)
    return {code: tuple(sorted(rows, key=lambda at: _start(tables.units[at]))) for code, rows in found.items()}


def _start(unit: Unit) -> date:
    return unit.valid_from or date.min


def _on(code: str, day: date | None, tables: Tables) -> list[int]:
    """Return the rows of the code in force on the day; without a day, all of them."""
    return [at for at in _bearers(tables).get(code, ()) if tables.units[at].in_force(day, day)]


def _moves(tables: Tables) -> Iterable[tuple[int, int, bool]]:
    """Yield (from, to, certain) for each move of land between two rows."""
    for rows in _bearers(tables).values():
        yield from ((older, newer, True) for older, newer in pairwise(rows))
    for at, unit in enumerate(tables.units):
        eve = unit.valid_from - _DAY if unit.valid_from else None
        for code in unit.comes_from:
            yield from ((giver, at, unit.certainty != "?") for giver in _on(code, eve, tables) if giver != at)
        morrow = unit.valid_to + _DAY if unit.valid_to else None
        for code in unit.goes_to:
            yield from ((at, taker, True) for taker in _on(code, morrow, tables) if taker != at)
        if unit.successor and unit.valid_to:
            yield from ((at, now, True) for now in _on(unit.successor, None, tables) if _is_now(tables.units[now]))


def _is_now(unit: Unit) -> bool:
    return unit.valid_to is None and unit.valid_from is not None


@cache
def _flow(tables: Tables) -> _Flow:
    after: dict[int, set[int]] = {}
    before: dict[int, set[int]] = {}
    certain: dict[int, set[int]] = {}
    for older, newer, sure in _moves(tables):
        after.setdefault(older, set()).add(newer)
        before.setdefault(newer, set()).add(older)
        if sure:
            certain.setdefault(older, set()).add(newer)
    return _Flow(_frozen(after), _frozen(before), _frozen(certain))


def _frozen(sets: Mapping[int, set[int]]) -> Mapping[int, frozenset[int]]:
    return {at: frozenset(others) for at, others in sets.items()}


def _reached(starts: Iterable[int], steps: Callable[[int], Iterable[int]]) -> set[int]:
    reached, waiting = set[int](), list(starts)
    while waiting:
        at = waiting.pop()
        if at not in reached:
            reached.add(at)
            waiting += steps(at)
    return reached


def _meant(code: str, period: Period, tables: Tables) -> list[int]:
    """Return the rows that the unit part of a parcel key may mean: a code, or `~` name `.` district."""
    rows = _bearers(tables).get(code)
    if rows is None and (written := re.fullmatch(r"~(?P<name>[^.]+)\.(?P<district>.+)", code)):
        name, district = key(written["name"]), key(written["district"])
        rows = tuple(
            at
            for at, unit in enumerate(tables.units)
            if any(key(one) == name for one in unit_names(unit))
            and district in {key(one) for one in districts_of(unit, period, tables)}
        )
    return [at for at in rows or () if tables.units[at].in_force(period.first, period.last)]


def land_of(code: str, when: When, tables: Tables) -> frozenset[Unit]:
    """Return the units over which the land of the unit of that time may have been recorded, before, then and after.

    `code` is the unit part of a parcel key, `when` its era or a day. Nothing where the lists do not know the unit.
    """
    flow = _flow(tables)
    meant = _meant(code, _period(when, tables), tables)
    later = _reached(meant, lambda at: flow.after.get(at, ()))
    earlier = _reached(meant, lambda at: flow.before.get(at, ()))
    return frozenset(tables.units[at] for at in later | earlier)


@lru_cache(maxsize=4096)
def _unit_now(code: str, period: Period, tables: Tables) -> Unit | None:
    flow = _flow(tables)
    reached = _reached(_meant(code, period, tables), lambda at: flow.certainly_after.get(at, ()))
    now = [tables.units[at] for at in reached if _is_now(tables.units[at])]
    return now[0] if len(now) == 1 else None


def unit_now(code: str, when: When, tables: Tables) -> Unit | None:
    """Return the unit of today that holds the land of the unit of that time; None where it was divided or is not known.

    `code` is the unit part of a parcel key, `when` its era or a day: both readings of a code that was reused within
    an era must lead to one unit.
    """
    return _unit_now(code, _period(when, tables), tables)


@cache
def _groups(tables: Tables) -> Mapping[int, str]:
    """Return for each row the id of its group: units between which land ever moved, or which shared a code."""
    flow = _flow(tables)
    groups: dict[int, str] = {}
    for start in range(len(tables.units)):
        if start in groups:
            continue
        members = _reached([start], lambda at: (*flow.after.get(at, ()), *flow.before.get(at, ())))
        now = sorted({tables.units[at].code for at in members if _is_now(tables.units[at])})
        name = "+".join(now) or min(tables.units[at].code for at in members)
        groups.update(dict.fromkeys(members, name))
    return groups


def group_of(code: str, when: When, tables: Tables) -> str:
    """Return the id of the group of units within which parcels are linked: the codes of today that hold its land.

    All units whose land ever mixed by merger, split or an undivided commune share it; the rows of one code always do,
    since a key of an era in which the code was reused cannot tell them apart. An unknown unit is its own group.
    """
    meant = _meant(code, _period(when, tables), tables) or _meant(code, ALWAYS, tables)
    names = {_groups(tables)[at] for at in meant}
    return names.pop() if len(names) == 1 else code


@cache
def _members(tables: Tables) -> Mapping[str, frozenset[str]]:
    members: dict[str, set[str]] = {}
    for at, name in _groups(tables).items():
        members.setdefault(name, set()).add(tables.units[at].code)
    return {name: frozenset(codes) for name, codes in members.items()}


def codes_of_group(group: str, tables: Tables) -> frozenset[str]:
    """Return the codes, and keys of communes without one, whose parcels are linked in the group."""
    return _members(tables).get(group, frozenset((group,)))


@lru_cache(maxsize=65536)
def _rows(code: str, period: Period, tables: Tables) -> tuple[int, ...]:
    return tuple(sorted(_meant(code, period, tables)))


def rows_meant(code: str, when: When, tables: Tables) -> tuple[int, ...]:
    """Return the places in the table of the units that the unit part of a key may mean at a time."""
    return _rows(code, _period(when, tables), tables)


@lru_cache(maxsize=65536)
def may_follow(older: tuple[int, ...], newer: tuple[int, ...], tables: Tables) -> bool:
    """Return whether land recorded in one of some units (`rows_meant`) may later be recorded in one of others."""
    flow = _flow(tables)
    return bool(set(newer) & _reached(older, lambda at: flow.after.get(at, ())))
