"""Numbers of which a person said that they went on as no parcel that is known, and the last day of each."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from cadastre.settling.drawn_anew import sheet_of, went_to
from cadastre.settling.validity import day_before, era_start
from schemas.parcels import Link, ParcelKey, Said, SheetSaid
from schemas.tables import Tables


def numbers_over(
    said: Iterable[Said | SheetSaid],
    keys: Collection[ParcelKey],
    links: Sequence[Link],
    days: Mapping[ParcelKey, str],
    tables: Tables,
) -> dict[ParcelKey, str | None]:
    """Return the last day of each number that a person ended: the one before the map began to which its sheet went.

    Ended are those that went on as no parcel, or as one of which no paper is held. `keys` are all parcels of a land,
    `links` its steps, `days` the first day that a parcel's papers tell (ISO). A map began on the first day of those of
    its parcels to which the sheet went, or, where none of the sheet's did, the rest of its map; never before the era
    that names it. None where nothing tells.
    """
    went_on, known = {link.older for link in links}, set(keys)
    told = {
        one.older: one.newer
        for one in said
        if isinstance(one, Said) and one.yes and one.older not in went_on and one.newer not in known
    }
    sheets = {sheet_of(key) for key in told}
    maps = {(key.unit, key.era) for key in told}
    beside = [link for link in links if (link.older.unit, link.older.era) in maps]
    of_sheet = {sheet: went_to(link for link in beside if sheet_of(link.older) == sheet) for sheet in sheets}
    of_map = {map_: went_to(link for link in beside if (link.older.unit, link.older.era) == map_) for map_ in maps}
    over: dict[ParcelKey, str | None] = {}
    for key, newer in told.items():
        there = {link.newer for link in of_sheet[sheet_of(key)] or of_map[key.unit, key.era]}
        if not there and newer is not None:
            there = {newer}
        began = [day for one in there if (day := _began(one, days, tables))]
        over[key] = day_before(min(began)) if began else None
    return over


def _began(key: ParcelKey, days: Mapping[ParcelKey, str], tables: Tables) -> str | None:
    known = [day for day in (days.get(key), era_start(key, tables)) if day is not None]
    return max(known, default=None)
