"""The lots of one sheet of a numbering in the order of their numbers, and what two of them share.

New parcels take the numbers after the highest (domain.md 8.2), so what was made by a division or a joining stands at
the end of its sheet.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from math import log2
from typing import Literal

from cadastre.linking.lots import Lot
from cadastre.numberings.series import ERAS

_END = 0.6  # the share of a sheet's numbers below which no new ones are looked for
_MISREAD, _FEW = 40, 3  # a gap in the numbers beyond which the last few are misread ones
#: A sum is exact within so much, in m² and as a share.
_EXACT_M2, _EXACT = 0.6, 0.0005

Users = Literal["name", "kin", "clan", "strangers", "unknown"]
Gap = Literal["exact", "0.5 %", "1 %", "2 %", "5 %", "off"]
_GAPS: tuple[tuple[float, Gap], ...] = ((0.005, "0.5 %"), (0.01, "1 %"), (0.02, "2 %"), (0.05, "5 %"))


def gap_of(total: float, whole: float) -> Gap:
    """Return how far a sum of areas is from a whole, in m²."""
    gap = abs(total - whole)
    if gap <= max(_EXACT_M2, _EXACT * whole):
        return "exact"
    return next((name for bound, name in _GAPS if gap <= bound * whole), "off")


def gap_bits(total: float, whole: float, table: Mapping[Gap, float], exact: tuple[float, float]) -> float:
    """Return the bits that a sum of areas gives for a whole, in m², by a table of gaps.

    An exact sum says more of a larger parcel, whose areas are rarer: `exact` has the bits of 1 m² and of each doubling.
    """
    gap = gap_of(total, whole)
    return max(table[gap], exact[0] + exact[1] * log2(max(whole, 1.0))) if gap == "exact" else table[gap]


def prints(older: Lot, newer: Lot) -> bool:
    """Return whether a paper of the newer lot prints the older one's number."""
    return f"{older.key.sheet}/{older.key.parcel}" in newer.olds or f"?/{older.key.parcel}" in newer.olds


class SheetRow:
    """The lots of a sheet, by their numbers; `row` in order, `plain` those without a letter."""

    def __init__(self, lots: Sequence[Lot], row: Sequence[int]) -> None:
        self.lots = lots
        self.row = sorted(row, key=lambda n: (lots[n].number or 0, lots[n].suffix))
        self.by_place = {lots[n].key.parcel: n for n in self.row}
        self.plain = [n for n in self.row if not lots[n].suffix]
        self.bits = log2(max(len(self.row), 2))
        self._highest = _highest([lots[n].number or 0 for n in self.plain])
        sized = sorted((lots[n].area or 0.0, n) for n in self.row if lots[n].area)
        self._areas, self._sized = [area for area, _ in sized], [n for _, n in sized]

    def is_late(self, number: int) -> bool:
        """Return whether the lot stands at the end of the sheet."""
        return _END * self._highest <= (self.lots[number].number or 0) <= self._highest

    def of_size(self, area: float, share: float) -> Iterable[int]:
        """Return the lots whose area is within a share of `area`."""
        return self._sized[bisect_left(self._areas, area * (1 - share)) : bisect_right(self._areas, area * (1 + share))]

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
    def _told(self) -> Mapping[int, tuple[frozenset[str], ...]]:
        return {
            n: tuple(
                frozenset(one for m in self.lots[n].mentions for one in getattr(m, kind))
                for kind in ("numbers", "kin", "surnames", "groups")
            )
            for n in self.row
        }

    def users(self, one: int, other: int) -> Users:
        """Return what the users of two lots have in common."""
        if not self.lots[one].names or not self.lots[other].names:
            return "unknown"
        mine, theirs = self._told[one], self._told[other]
        if self.lots[one].names & self.lots[other].names or mine[0] & theirs[0]:
            return "name"
        return "kin" if mine[1] & theirs[1] else "clan" if mine[2] & theirs[2] else "strangers"

    def same_ground(self, one: int, other: int) -> bool | None:
        """Return whether two lots may be one sort of ground; None where it is not told."""
        mine, theirs = self._told[one][3], self._told[other][3]
        return bool(mine & theirs) if mine and theirs else None

    def eras(self, number: int) -> tuple[int, int]:
        """Return the places of the first and the last era of a lot's papers."""
        told = [ERAS.index(m.key.era) for m in self.lots[number].mentions]
        return min(told), max(told)


def _highest(numbers: Sequence[int]) -> int:
    """Return the highest number, a few far beyond the others left out: they are misread."""
    ordered = sorted(numbers)
    for place, (one, other) in enumerate(pairwise(ordered), 1):
        if other - one > _MISREAD and len(ordered) - place <= _FEW:
            return one
    return ordered[-1] if ordered else 0
