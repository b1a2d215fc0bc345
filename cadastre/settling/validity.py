"""When a parcel held on the land: from its papers' first day to the day before a newer one took its place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from cadastre.settling.in_force import taken
from cadastre.words.eras import period_of
from schemas.entries import Entry
from schemas.parcels import Link, ParcelKey
from schemas.tables import Tables, Unit

_PRINTED = "printed:"
_ONE_DAY = timedelta(days=1)


def valid_from(
    papers: Mapping[ParcelKey, Sequence[Entry]], links: Iterable[Link], tables: Tables
) -> dict[ParcelKey, str | None]:
    """Return the first day of each parcel: ISO day, month or year; None where nothing says it.

    It is the first day of its own papers; of a child of a division or joining the day of the paper that made it, which
    the link names as its evidence; after a change of commune the first day of the new commune. A parcel that took
    an older one's place and has no dated paper begins with its era.
    """
    of_newer: dict[ParcelKey, list[Link]] = defaultdict(list)
    for link in links:
        of_newer[link.newer].append(link)
    return {key: _first_day(key, entries, of_newer.get(key, ()), tables) for key, entries in papers.items()}


def valid_to(
    first: Mapping[ParcelKey, str | None],
    links: Iterable[Link],
    tables: Tables,
    over: Mapping[ParcelKey, str | None] | None = None,
) -> dict[ParcelKey, str]:
    """Return the last day of each parcel whose place a newer one took, or that is `over`, by that day.

    Never before its own first day.
    """
    began: dict[ParcelKey, list[str]] = defaultdict(list)
    for link in links:
        day = first.get(link.newer) or era_start(link.newer, tables)
        if day is not None:
            began[link.older].append(day)
    last = {key: day for key, day in (over or {}).items() if day is not None and key in first}
    last |= {key: day_before(min(days)) for key, days in began.items()}
    return {key: max(day, first.get(key) or day) for key, day in last.items()}


def _first_day(key: ParcelKey, entries: Sequence[Entry], links: Sequence[Link], tables: Tables) -> str | None:
    days = {entry.entry_id: str(field.value) for entry in entries if (field := taken(entry, "issued_on")) is not None}
    for link in links:
        if link.relation == "unit_change" and (day := _commune_began(link, tables)) is not None:
            return day
    made = [
        days[entry_id]
        for link in links
        if link.relation in ("split", "merge")
        for told in link.evidence
        if told.startswith(_PRINTED) and (entry_id := told.removeprefix(_PRINTED)) in days
    ]
    first = min(made or days.values(), default=None)
    return first if first is not None or not links else era_start(key, tables)


def _commune_began(link: Link, tables: Tables) -> str | None:
    """Return the day on which the newer commune followed the older one, where the list of units knows it."""
    ended = {unit.valid_to for unit in _units_of(link.older.unit, tables) if unit.valid_to is not None}
    began = [unit.valid_from for unit in _units_of(link.newer.unit, tables) if unit.valid_from is not None]
    followed = [day for day in began if day - _ONE_DAY in ended]
    return max(followed).isoformat() if followed else None


def _units_of(code: str, tables: Tables) -> Iterable[Unit]:
    return (unit for unit in tables.units if unit.code == code)


def era_start(key: ParcelKey, tables: Tables) -> str | None:
    """Return the first day of the era that names a parcel's map (ISO); None for the oldest."""
    first = period_of(key.era, tables).first
    return first.isoformat() if first is not None else None


def day_before(day: str) -> str:
    """Return the day before an ISO day, or before the first day of a month or year."""
    whole = {4: f"{day}-01-01", 7: f"{day}-01"}.get(len(day), day)
    return (date.fromisoformat(whole) - _ONE_DAY).isoformat()
