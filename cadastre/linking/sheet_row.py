"""The lots of one sheet of a numbering in the order of their numbers, and what two of them share.

New parcels take the numbers after the highest (domain.md 8.2), so what was made by a division or a joining stands at
the end of its sheet.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from math import log2
from typing import Literal

from cadastre.linking.late_numbers import highest_of, is_late
from cadastre.linking.lots import Lot
from cadastre.linking.sheet_books import Listings
from cadastre.numberings.mentions import Mention
from cadastre.numberings.series import ERAS

_MOST_AREAS = 4  # that papers tell of a lot

CROWD = 12
"""Lots of one user on a sheet, beyond which the name singles none out (a commune's or a cooperative's land)."""

Signs = Callable[["SheetRow", int, int], Iterable[str]]
"""What two lots of a sheet share and in what they differ, by the names of signs."""

Users = Literal["name", "kin", "clan", "strangers", "body_before", "body_since", "unknown"]
#: What a paper tells of each kind.
_TOLD: Mapping[str, Callable[[Mention], Iterable[str | None]]] = {
    "numbers": lambda m: m.numbers,
    "kin": lambda m: m.kin,
    "clan": lambda m: m.surnames,
    "ground": lambda m: m.groups,
    "toponym": lambda m: (m.toponym,),
    "hamlet": lambda m: (m.hamlet,),
    "serial": lambda m: (m.serial,),
    "named": lambda m: m.named_serials,
}


class SheetRow:
    """The lots of a sheet, by their numbers; `row` in order, `plain` those without a letter."""

    def __init__(self, lots: Sequence[Lot], row: Sequence[int]) -> None:
        self.lots = lots
        self.row = sorted(row, key=lambda n: (lots[n].number or 0, lots[n].suffix))
        self.by_place = {lots[n].key.parcel: n for n in self.row}
        self.plain = [n for n in self.row if not lots[n].suffix]
        self.bits = log2(max(len(self.row), 2))
        self._highest = highest_of(lots[n].number or 0 for n in self.plain)
        sized = sorted({(area, n) for n in self.row for area in lots[n].areas[:_MOST_AREAS]})
        self._areas, self._sized = [area for area, _ in sized], [n for _, n in sized]
        self._pairs: dict[tuple[Signs, int, int], tuple[str, ...]] = {}

    def once(self, signs: Signs, older: int, newer: int) -> tuple[str, ...]:
        """Return the signs of two lots; they stand in many sets together, and are looked for once."""
        pair = signs, older, newer
        if pair not in self._pairs:
            self._pairs[pair] = tuple(signs(self, older, newer))
        return self._pairs[pair]

    def is_late(self, number: int) -> bool:
        """Return whether the lot stands at the end of the sheet."""
        return is_late(self.lots[number].number, self._highest)

    def of_size(self, area: float, share: float) -> Iterable[int]:
        """Return the lots of which an area is within a share of `area`."""
        some = self._sized[bisect_left(self._areas, area * (1 - share)) : bisect_right(self._areas, area * (1 + share))]
        return dict.fromkeys(some)

    def total(self, some: Iterable[int]) -> float | None:
        """Return the sum of areas in m²; None where one of them is not known."""
        areas = [self.lots[n].area for n in some]
        return sum(area for area in areas if area) if all(areas) else None

    @cached_property
    def of_name(self) -> Mapping[str, Sequence[int]]:
        """Return the lots of each user's name."""
        out: dict[str, list[int]] = defaultdict(list)
        for n in self.row:
            for name in self.lots[n].names:
                out[name].append(n)
        return out

    @cached_property
    def measured_twice(self) -> Sequence[int]:
        """Return the lots of which papers tell more than one area."""
        return [n for n in self.row if len(self.lots[n].areas) > 1]

    @cached_property
    def listings(self) -> Listings:
        """Return in which books the lots are listed."""
        return Listings(self.lots, self.row)

    @cached_property
    def _told(self) -> Mapping[int, Mapping[str, frozenset[str]]]:
        return {
            n: {
                kind: frozenset(one for m in self.lots[n].mentions for one in told(m) if one)
                for kind, told in _TOLD.items()
            }
            for n in self.row
        }

    def users(self, older: int, newer: int) -> Users:
        """Return what the users of two lots have in common; a body is a cooperative, a team, a committee."""
        one, other = self.lots[older], self.lots[newer]
        if not one.names or not other.names:
            return "unknown"
        shared = (one.names & (other.names | other.givers)) | (one.receivers & other.names)
        if any(len(self.of_name[name]) <= CROWD for name in shared) or self.same("numbers", older, newer):
            return "name"
        if shared:
            return "unknown"
        if one.bodies != other.bodies:
            return "body_before" if one.bodies else "body_since"
        return "kin" if self.same("kin", older, newer) else "clan" if self.same("clan", older, newer) else "strangers"

    def same(self, kind: str, one: int, other: int) -> bool | None:
        """Return whether papers of two lots tell one thing of a kind; None where those of either tell none."""
        mine, theirs = self._told[one][kind], self._told[other][kind]
        return not mine.isdisjoint(theirs) if mine and theirs else None

    def names_certificate(self, older: int, newer: int) -> bool | None:
        """Return whether a paper of the newer lot names a certificate of the older one; None where nothing is told."""
        held, named = self._told[older]["serial"], self._told[newer]["named"]
        return not held.isdisjoint(named) if held and named else None

    @cached_property
    def eras(self) -> Mapping[int, tuple[int, int]]:
        """Return the places of the first and the last era of each lot's papers, without those lots of no known time."""
        places = {n: [ERAS.index(m.key.era) for m in self._dated(n)] for n in self.row}
        return {n: (min(some), max(some)) for n, some in places.items() if some}

    @cached_property
    def days(self) -> Mapping[int, tuple[str, str]]:
        """Return the first and the last day of each lot's papers, without those lots that have none."""
        told = {n: [m.day for m in self._dated(n) if m.day] for n in self.row}
        return {n: (min(some), max(some)) for n, some in told.items() if some}

    def _dated(self, number: int) -> Sequence[Mention]:
        """Return the papers of a lot whose time is known: a new number may stand late in a book that was kept up."""
        lot = self.lots[number]
        if not self.is_late(number):
            return lot.mentions
        return [m for m in lot.mentions if m.document_id not in self.listings.kept_up]
