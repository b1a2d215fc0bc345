"""Papers that stand alone on a sheet: its number may be misread, so they do not name the map of the others."""

from __future__ import annotations

from collections.abc import Iterable

from cadastre.numberings.numbered_papers import LISTS, Numbers
from cadastre.units.territory import unit_since
from schemas.tables import Tables

BY_FEW = 3
"""So many times more parcels of a sheet make those that were known of it few."""
_FULL_SHEET = 12  # rows of a sheet that a book lists


def last_listed(maps: Iterable[tuple[int, str, Numbers]]) -> dict[int, int]:
    """Return by map (the place of its beginning) the highest number of a sheet of which books list many parcels."""
    last: dict[int, int] = {}
    for beginning, sheet, numbers in maps:
        rows = sum(any(m.kind in LISTS for m in told) for told in numbers.values())
        if sheet.isdecimal() and rows >= _FULL_SHEET:
            last[beginning] = max(last.get(beginning, 0), int(sheet))
    return last


def may_be_strays(known: Numbers, new: Numbers, sheet: str, last: int | None, tables: Tables) -> bool:
    """Return whether all that is known of a sheet are a few papers that may be of another.

    The new ones bear none of their numbers, and the books of their map end before the sheet (`last`), or it came with
    another commune since.
    """
    if BY_FEW * len(known) >= len(new) or known.keys() & new.keys():
        return False
    if sheet.isdecimal() and last is not None and int(sheet) > last:
        return True
    before, since = (
        sorted(unit_since(m.key.unit, m.key.era, m.day, tables) for told in some.values() for m in told)
        for some in (known, new)
    )
    return before[-1] < since[len(since) // 2]
