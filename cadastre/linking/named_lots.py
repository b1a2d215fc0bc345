"""Lots that newer papers name by an old number and that no paper shows: what was divided or joined between two maps.

A paper of the new map prints `thửa cũ 2/109a`. Where no paper of 2/109a is held, the number still tells that the parcel
is a part of 2/109, and a number behind the last of the old map's book tells that it was made by a division or joining.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from cadastre.linking.carried_numbers import alike
from cadastre.linking.lots import Lot
from schemas.documents import Era
from schemas.parcels import ParcelKey

_OLD = re.compile(r"(\d+)/(\d+)([a-zđ]?)$")
Numbering = tuple[str, Era]
"""A commune's code and the era of a map series."""
Sheet = tuple[str, Era, str]
"""A numbering's two and the number of a sheet."""
_ALIKE = 4  # so many old numbers speak for a numbering like one whose parcel looks like the newer one


@dataclass(frozen=True, slots=True)
class NamedLot:
    """A lot as far as the papers of its successors tell of it, and the successors by their numbers."""

    lot: Lot
    newer: tuple[int, ...]


def named_lots(lots: Sequence[Lot]) -> list[NamedLot]:
    """Return the lots of older numberings that others name and nobody shows; a letter's plain number among them."""
    held: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, lot in enumerate(lots):
        held[lot.scope, f"{lot.key.sheet}/{lot.key.parcel}"].append(number)
    keys = {lot.key for lot in lots}
    meant = _numberings(lots, held)
    named: dict[ParcelKey, list[int]] = defaultdict(list)
    for number, lot in enumerate(lots):
        for old in lot.olds.keys() - lot.inside:
            told = _OLD.fullmatch(old)
            older = meant.get((_sheet(lot), told[1])) if told else None
            if told is None or older is None:
                continue
            key = ParcelKey(*older, told[1], told[2] + told[3])
            if key in keys or any(lots[n].order < lot.order and alike(lots[n], lot) for n in held[lot.scope, old]):
                continue
            named[key].append(number)
    for key, newer in list(named.items()):
        plain = replace(key, parcel=key.parcel.rstrip("abcdefghiklmnopqrstuvxyđ"))
        if plain != key and plain not in keys:
            named[plain] += newer
    orders = {(lot.key.unit, lot.key.era): lot.order for lot in lots}
    made_of = _made_of(lots)
    return [
        NamedLot(_named(lots, key, some, orders, made_of.get(key, {})), some)
        for key, some in ((key, tuple(sorted(set(some)))) for key, some in sorted(named.items()))
    ]


def _made_of(lots: Sequence[Lot]) -> Mapping[ParcelKey, Mapping[str, tuple[str, ...]]]:
    """Return for each number that papers of another parcel say it became these parcels, with the entries."""
    out: dict[ParcelKey, dict[str, tuple[str, ...]]] = defaultdict(dict)
    for lot in lots:
        for mention in lot.mentions:
            for sheet, parcel in (number.rsplit("/", 1) for number in mention.became):
                old = f"{lot.key.sheet}/{lot.key.parcel}"
                place = replace(lot.key, sheet=sheet, parcel=parcel)
                out[place][old] = (*out[place].get(old, ()), mention.entry_id)
    return out


def _sheet(lot: Lot) -> Sheet:
    return lot.key.unit, lot.key.era, lot.key.sheet


def _numberings(
    lots: Sequence[Lot], held: Mapping[tuple[str, str], Sequence[int]]
) -> Mapping[tuple[Sheet, str], Numbering]:
    """Return for each sheet and old sheet number the older numbering that the sheet's papers mean.

    It is the one in which most of the old numbers are held that they print, those most that look like the same land.
    """
    order_of = {(lot.key.unit, lot.key.era): lot.order for lot in lots}
    sheets: dict[tuple[str, str], set[Numbering]] = defaultdict(set)
    for lot in lots:
        sheets[lot.scope, lot.key.sheet].add((lot.key.unit, lot.key.era))
    votes: dict[Sheet | Numbering, Counter[Numbering]] = defaultdict(Counter)  # of a newer sheet, and of its numbering
    for lot in lots:
        for old in lot.olds:
            for n in held.get((lot.scope, old), ()):
                if lots[n].order < lot.order:
                    for place in (_sheet(lot), (lot.key.unit, lot.key.era)):
                        votes[place][lots[n].key.unit, lots[n].key.era] += _ALIKE if alike(lots[n], lot) else 1
    out: dict[tuple[Sheet, str], Numbering] = {}
    for lot in lots:
        for old in lot.olds:
            sheet = old.partition("/")[0]
            older = [one for one in sheets[lot.scope, sheet] if order_of[one] < lot.order]
            told, told_of_all = votes[_sheet(lot)], votes[lot.key.unit, lot.key.era]
            likely = max(older, key=lambda one: (told[one], told_of_all[one], order_of[one], one), default=None)
            if likely is not None:
                out[_sheet(lot), sheet] = likely
    return out


def _named(
    lots: Sequence[Lot],
    key: ParcelKey,
    newer: Sequence[int],
    orders: Mapping[Numbering, int],
    olds: Mapping[str, tuple[str, ...]],
) -> Lot:
    """Return a lot that has the ground and users of its successors."""
    some = [lots[number] for number in newer]
    areas = [lot.area for lot in some]
    whole = sum(area for area in areas if area) if all(areas) else None
    digits = key.parcel.rstrip("abcdefghiklmnopqrstuvxyđ")
    return replace(
        some[0],
        key=key,
        order=orders[key.unit, key.era],
        number=int(digits),
        suffix=key.parcel[len(digits) :],
        mentions=tuple(m for one in some for m in one.mentions),
        names=frozenset(name for one in some for name in one.names),
        areas=(whole,) if whole else (),
        area=whole,
        olds=olds,
        inside=frozenset(),
    )
