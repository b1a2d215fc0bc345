"""What notes of divisions and joinings between two maps say for sets of parts: `tách từ thửa 37 tờ 8`, `hợp thửa`.

A paper of a newer map that names the older number and calls its parcel a part of it, or joined out of it and others,
is believed also where the areas do not add up: those of the old maps drift (domain.md 5, 8.3).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from cadastre.linking.comparisons import number_of
from cadastre.linking.linkage import Pairs
from cadastre.linking.lots import Lot
from schemas.documents import Era

_PRINTED = number_of("bridge", "printed")
_NOTE, _FURTHER_NOTE = 3.0, 1.0  # bits where a note tells of the change, and of each further part that it tells of
#: How far areas may be off where all parts are told of, and where some are, as a share of the whole.
_ALL_TOLD, _SOME_TOLD = 0.4, 0.16
WIDEST_TOLD = max(_ALL_TOLD, _SOME_TOLD)
"""The share of the whole by which areas may be off, at most."""
OFF = -3.0
"""Bits of areas that are off, where some of the parts are told of."""


class ChangeNotes:
    """Which pairs of a whole and a part notes tell of; the parts are the `newer` lots or the older ones."""

    def __init__(self, lots: Sequence[Lot], pairs: Pairs, *, newer: bool) -> None:
        """Take the lots and their scored pairs."""
        self._pairs, self._newer = pairs, newer
        self._printed = pairs.levels["bridge"] == _PRINTED
        self._noted = [any(m.carved if newer else m.joined for m in lot.mentions) for lot in lots]
        self._inside = _told_inside(lots, self._noted)
        self._lots = lots
        self._shared = _named_by_several(lots) if newer else set()

    def tells(self, whole: int, part: int) -> bool:
        """Return whether a paper of the newer lot names the older one's number and tells that it was changed."""
        older, newer = (whole, part) if self._newer else (part, whole)
        if older in self._inside or not (self._noted[newer] or self._is_shared(older, newer)):
            return False
        at = self._pairs.place(older, newer)
        return at is not None and bool(self._printed[at])

    def _is_shared(self, older: int, newer: int) -> bool:
        """Return whether several parcels of the newer map name the older one: they are its parts."""
        place, key = self._lots[older].key, self._lots[newer].key
        return (key.unit, key.era, f"{place.sheet}/{place.parcel}") in self._shared

    def bits(self, told: int) -> float:
        """Return the bits of a set of which so many parts are told of."""
        further = _FURTHER_NOTE * (told - 1) if self._newer else 0.0  # a joined parcel has one note for all
        return _NOTE + further if told else 0.0


def _named_by_several(lots: Sequence[Lot]) -> set[tuple[str, Era, str]]:
    """Return the older numbers with a sheet that papers of several parcels of one map name."""
    named = Counter((lot.key.unit, lot.key.era, old) for lot in lots for old in lot.olds.keys() - lot.inside)
    return {one for one, count in named.items() if count > 1}


def widest(told: int, parts: int) -> float:
    """Return how far the areas of so many parts may be off, as a share of the whole, by how many are told of."""
    return _ALL_TOLD if told == parts else _SOME_TOLD if told else 0.0


def _told_inside(lots: Sequence[Lot], noted: Sequence[bool]) -> set[int]:
    """Return the lots that were changed inside their sheet: a later number of it tells so, and newer maps repeat it."""
    place = {lot.key: number for number, lot in enumerate(lots)}
    found = set()
    for lot in (lot for lot, told in zip(lots, noted, strict=True) if told):
        for sheet, parcel in (old.split("/", 1) for old in lot.olds):
            before = replace(lot.key, parcel=parcel)
            if sheet in ("?", lot.key.sheet) and before in place and before != lot.key:
                found.add(place[before])
    return found
