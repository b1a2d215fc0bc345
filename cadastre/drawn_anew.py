"""Sheets of an older map that a later one took the place of, and the parcels of theirs whose newer number is not found.

A survey draws a sheet anew as a whole. Where most parcels of a sheet have gone on to another map, those that are left
are rarely parcels still: their newer number is what nobody has found (domain.md 8.1, 8.2).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from schemas.documents import Era
from schemas.parcels import Link, ParcelKey

Sheet = tuple[str, Era, str]
"""Unit, map series and sheet."""
#: The reason by which such a parcel waits (schemas/codes/grade_reasons.csv).
LEFT_BEHIND = "newer-number-not-found"
#: From so many parcels on, and such a share of them that went on, a sheet was drawn anew.
_FEWEST, _SHARE = 5, 0.5


def sheet_of(key: ParcelKey) -> Sheet:
    """Return the sheet that a parcel is numbered on."""
    return key.unit, key.era, key.sheet


def drawn_anew(keys: Iterable[ParcelKey], links: Iterable[Link]) -> frozenset[Sheet]:
    """Return the sheets most of whose parcels went on to another map, of all `keys` of a land and all its `links`."""
    parcels = Counter(sheet_of(key) for key in set(keys))
    went_on: dict[Sheet, set[ParcelKey]] = defaultdict(set)
    for link in links:
        if sheet_of(link.older) != sheet_of(link.newer):
            went_on[sheet_of(link.older)].add(link.older)
    return frozenset(
        sheet for sheet, gone in went_on.items() if parcels[sheet] >= _FEWEST and len(gone) >= _SHARE * parcels[sheet]
    )
