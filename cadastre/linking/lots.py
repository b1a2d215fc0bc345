"""Lots: what all papers of one numbering tell of one parcel, put together for the search on other maps."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from cadastre.linking.late_numbers import highest_of, is_late
from cadastre.numberings.mentions import Mention
from cadastre.numberings.series import ERAS
from cadastre.units.successions import may_follow, rows_meant
from cadastre.units.territory import scope_of, unit_since
from schemas.documents import Era
from schemas.parcels import ParcelKey
from schemas.tables import Tables

_NUMBER = re.compile(r"(\d+)([a-zđ]?)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Lot:
    """A parcel under one number of one map series.

    `scope` is the land on which it may be found again (`scope_of`); `order` is the place of its series in time,
    `units` the units (`successions.rows_meant`) that it may lie in at the time of its first paper, `since` the day
    from which its commune has been what it is. `number` is the plain parcel number and `suffix` its letter. `names`
    are all owners' keys, `area` the one that most papers tell, the later one's where they are as many (m²). `olds` are
    the numbers of earlier maps with the entries that print them, and the numbers of its sheet whose own papers say that
    this one was made of them (`Tách thành thửa 104, 105`). `inside` are those of them that mean a parcel of its own
    sheet, of which it was cut or put together. `givers` and `receivers` are those from whom notes say that the land
    came, and to whom it passed.
    """

    key: ParcelKey
    scope: str
    order: int
    units: tuple[int, ...]
    since: date
    number: int | None
    suffix: str
    mentions: tuple[Mention, ...]
    names: frozenset[str]
    bodies: bool
    areas: tuple[float, ...]
    area: float | None
    olds: Mapping[str, tuple[str, ...]]
    givers: frozenset[str]
    receivers: frozenset[str]
    inside: frozenset[str] = frozenset()


def lots_of(mentions: Sequence[Mention], series: Mapping[str, Era], tables: Tables) -> list[Lot]:
    """Return the lots that the mentions are of, by key; `series` names the map series of each paper (entry id).

    The order of the mentions changes nothing.
    """
    of_key: dict[ParcelKey, list[Mention]] = defaultdict(list)
    for mention in mentions:
        of_key[replace(mention.key, era=series[mention.entry_id])].append(mention)
    made_of: dict[ParcelKey, list[tuple[str, str]]] = defaultdict(list)
    for place, mentions_of in of_key.items():
        for mention in mentions_of:
            for sheet, parcel in (number.rsplit("/", 1) for number in mention.became):
                newer = replace(place, sheet=sheet, parcel=parcel)
                made_of[newer].append((f"{place.sheet}/{place.parcel}", mention.entry_id))
    lots = [_lot(place, of_key[place], made_of.get(place, ()), tables) for place in sorted(of_key)]
    numbers: dict[tuple[str, Era, str], list[int]] = defaultdict(list)
    for lot in lots:
        if lot.number is not None and not lot.suffix:
            numbers[lot.key.unit, lot.key.era, lot.key.sheet].append(lot.number)
    highest = {sheet: highest_of(some) for sheet, some in numbers.items()}
    held: dict[tuple[str, str], list[Lot]] = defaultdict(list)
    for lot in lots:
        held[lot.scope, f"{lot.key.sheet}/{lot.key.parcel}"].append(lot)
    return [replace(lot, inside=inside) if (inside := _inside(lot, held, highest, tables)) else lot for lot in lots]


def _inside(
    lot: Lot, held: Mapping[tuple[str, str], Sequence[Lot]], highest: Mapping[tuple[str, Era, str], int], tables: Tables
) -> frozenset[str]:
    """Return which older numbers are of its own sheet: notes tell of a change, and it has a number of the end.

    What had that number in a commune that lay beside the lot's is never meant.
    """
    if not is_late(lot.number, highest.get((lot.key.unit, lot.key.era, lot.key.sheet), 0)):
        return frozenset()
    out = set()
    for old, entries in lot.olds.items():
        sheet, parcel = old.rsplit("/", 1)
        if sheet not in ("?", lot.key.sheet):
            continue
        meant = held.get((lot.scope, f"{lot.key.sheet}/{parcel}"), ())
        here = [one for one in meant if one.key == replace(lot.key, parcel=parcel)]
        before = [one for one in meant if one.order < lot.order and _may_become(one, lot, tables)]
        noting = [m for m in lot.mentions if m.entry_id in entries]
        told = len(noting) < len(entries) or any(m.carved or m.joined for m in noting)
        nearer = here and _kinship(lot, here[0]) >= max((_kinship(lot, one) for one in before), default=0)
        if told and nearer and (here[0].number or 0) < (lot.number or 0):
            out.add(old)
    return frozenset(out)


def _may_become(older: Lot, newer: Lot, tables: Tables) -> bool:
    """Return whether the land of a lot's commune may be that of a later lot's."""
    if older.units and newer.units:
        return may_follow(older.units, newer.units, tables)
    return older.key.unit == newer.key.unit


def _kinship(one: Lot, other: Lot) -> int:
    """Return how near the users of two lots are: the same 3, near names 2, one clan 1."""
    if one.names & other.names or one.givers & other.names or one.names & other.receivers:
        return 3
    if {name for m in one.mentions for name in m.kin} & {name for m in other.mentions for name in m.kin}:
        return 2
    clans, others = ({name for m in lot.mentions for name in m.surnames} for lot in (one, other))
    return int(bool(clans & others))


def _lot(place: ParcelKey, told: Iterable[Mention], told_by_older: Iterable[tuple[str, str]], tables: Tables) -> Lot:
    mentions = tuple(sorted(told, key=lambda m: (m.day or "", ERAS.index(m.key.era), m.entry_id)))
    days = sorted(m.day for m in mentions if m.day and len(m.day) == 10)
    printed = _NUMBER.fullmatch(place.parcel)
    olds: dict[str, list[str]] = defaultdict(list)
    for mention in mentions:
        for old in mention.olds:
            olds[old].append(mention.entry_id)
    for old, entry in sorted(told_by_older):
        olds[old].append(entry)
    areas = tuple(dict.fromkeys(area for mention in mentions for area in mention.areas))
    told_first = Counter(area for mention in mentions for area in mention.areas[:1])
    return Lot(
        key=place,
        scope=scope_of(place.unit, tables),
        order=ERAS.index(place.era),
        units=rows_meant(place.unit, date.fromisoformat(days[0]) if days else mentions[0].key.era, tables),
        since=unit_since(place.unit, place.era, mentions[0].day, tables),
        number=int(printed[1]) if printed else None,
        suffix=printed[2].lower() if printed else "",
        mentions=mentions,
        names=frozenset(name for mention in mentions for name in mention.names),
        givers=frozenset(name for mention in mentions for name in mention.givers),
        receivers=frozenset(name for mention in mentions for name in mention.receivers),
        bodies=all(mention.body for mention in mentions if mention.names) and any(m.names for m in mentions),
        areas=areas,
        area=max(told_first, key=lambda one: (told_first[one], areas.index(one)), default=None),
        olds={old: tuple(ids) for old, ids in olds.items()},
    )
