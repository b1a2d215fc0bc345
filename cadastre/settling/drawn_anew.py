"""Sheets of an older map that a later one took the place of, and the parcels of theirs whose newer number is not found.

A survey draws a sheet anew as a whole. Where most parcels of a sheet have gone on to another map, those that are left
are rarely parcels still: their newer number is what nobody has found (domain.md 8.1, 8.2).
So it is where most came under another commune: on generated districts those left had mostly been divided, joined or
renumbered.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable

from schemas.documents import Era
from schemas.parcels import Link, ParcelKey

Sheet = tuple[str, Era, str]
"""Unit, map series and sheet."""
#: The reason by which such a parcel waits (schemas/codes/grade_reasons.csv).
LEFT_BEHIND = "newer-number-not-found"
#: The reason of one that waits no more, for a person said that it ended.
NUMBER_OVER = "number-over"
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


def left_behind(keys: Iterable[ParcelKey], links: Iterable[Link], anew: Collection[Sheet]) -> set[ParcelKey]:
    """Return those of the parcels on sheets that were drawn `anew` from which no step of `links` goes on."""
    went_on = {link.older for link in links}
    return {key for key in keys if sheet_of(key) in anew and key not in went_on}


def went_to(links: Iterable[Link]) -> list[Link]:
    """Return those of a sheet's steps that go to the other map on which most of its parcels went on; none without."""
    of_map: dict[tuple[str, Era], list[Link]] = defaultdict(list)
    for link in links:
        if (there := (link.newer.unit, link.newer.era)) != (link.older.unit, link.older.era):
            of_map[there].append(link)
    return of_map[max(sorted(of_map), key=lambda there: len({one.older for one in of_map[there]}))] if of_map else []
