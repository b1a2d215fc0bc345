"""Lots that newer papers name by an old number and that no paper shows: what was divided or joined between two maps.

A paper of the new map prints `thửa cũ 2/109a`. Where no paper of 2/109a is held, the number still tells that the parcel
is a part of 2/109, and a number behind the last of the old map's book tells that it was made by a division or joining.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from cadastre.linking.lots import Lot
from schemas.documents import Era
from schemas.parcels import ParcelKey

_OLD = re.compile(r"(\d+)/(\d+)([a-zđ]?)$")
Numbering = tuple[str, Era]
"""A commune's code and the era of a map series."""


@dataclass(frozen=True, slots=True)
class NamedLot:
    """A lot as far as the papers of its successors tell of it, and the successors by their numbers."""

    lot: Lot
    newer: tuple[int, ...]


def named_lots(lots: Sequence[Lot]) -> list[NamedLot]:
    """Return the lots of older numberings that others name and nobody shows; a letter's plain number among them."""
    held = {(lot.scope, f"{lot.key.sheet}/{lot.key.parcel}") for lot in lots}
    meant = _numberings(lots)
    named: dict[ParcelKey, list[int]] = defaultdict(list)
    for number, lot in enumerate(lots):
        for old in lot.olds:
            told = _OLD.fullmatch(old)
            older = meant.get((lot.key.unit, lot.key.era, told[1])) if told else None
            if told is None or older is None or (lot.scope, old) in held:
                continue
            named[ParcelKey(*older, told[1], told[2] + told[3])].append(number)
    for key, newer in list(named.items()):
        plain = replace(key, parcel=key.parcel.rstrip("abcdefghiklmnopqrstuvxyđ"))
        if plain != key and (lots[newer[0]].scope, f"{key.sheet}/{plain.parcel}") not in held:
            named[plain] += newer
    orders = {(lot.key.unit, lot.key.era): lot.order for lot in lots}
    return [_named(lots, key, tuple(sorted(set(newer))), orders) for key, newer in sorted(named.items())]


def _numberings(lots: Sequence[Lot]) -> Mapping[tuple[str, Era, str], Numbering]:
    """Return for each numbering and old sheet number the older numbering that its papers mean.

    It is the one in which most of the old numbers are held that the newer numbering's papers print.
    """
    of_scope: dict[str, dict[Numbering, int]] = defaultdict(dict)
    sheets: dict[tuple[str, str], set[Numbering]] = defaultdict(set)
    places: dict[tuple[str, str], list[Numbering]] = defaultdict(list)
    for lot in lots:
        numbering = lot.key.unit, lot.key.era
        of_scope[lot.scope][numbering] = lot.order
        sheets[lot.scope, lot.key.sheet].add(numbering)
        places[lot.scope, f"{lot.key.sheet}/{lot.key.parcel}"].append(numbering)
    votes: dict[Numbering, Counter[Numbering]] = defaultdict(Counter)
    for lot in lots:
        numbering = lot.key.unit, lot.key.era
        for old in lot.olds:
            votes[numbering].update(
                one for one in places.get((lot.scope, old), ()) if of_scope[lot.scope][one] < lot.order
            )
    out: dict[tuple[str, Era, str], Numbering] = {}
    for lot in lots:
        numbering = lot.key.unit, lot.key.era
        for old in lot.olds:
            sheet = old.partition("/")[0]
            older = [one for one in sheets[lot.scope, sheet] if of_scope[lot.scope][one] < lot.order]
            likely = max(older, key=lambda one: (votes[numbering][one], of_scope[lot.scope][one], one), default=None)
            if likely is not None:
                out[(*numbering, sheet)] = likely
    return out


def _named(lots: Sequence[Lot], key: ParcelKey, newer: tuple[int, ...], orders: Mapping[Numbering, int]) -> NamedLot:
    """Return a lot that has the ground and users of its successors."""
    some = [lots[number] for number in newer]
    areas = [lot.area for lot in some]
    whole = sum(area for area in areas if area) if all(areas) else None
    digits = key.parcel.rstrip("abcdefghiklmnopqrstuvxyđ")
    lot = replace(
        some[0],
        key=key,
        order=orders[key.unit, key.era],
        number=int(digits),
        suffix=key.parcel[len(digits) :],
        mentions=tuple(m for one in some for m in one.mentions),
        names=frozenset(name for one in some for name in one.names),
        areas=(whole,) if whole else (),
        area=whole,
        olds={},
    )
    return NamedLot(lot, newer)
