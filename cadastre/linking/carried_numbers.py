"""Sheets that another commune took over with their numbers, and the parcels of the older commune that none of its
papers shows: what was divided or joined before its first paper came from these (domain.md 7, 8.2).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from cadastre.linking.lots import Lot

Sheet = tuple[str, str, str]
"""Commune's code, era and number of a sheet."""
_LEAST, _SHARE = 6, 0.6  # so many parcels of equal number must agree, and such a share of them
_SAME_AREA = 0.01  # as a share of the larger


def carried(lots: Sequence[Lot], sheets: Mapping[Sheet, Sequence[int]]) -> Mapping[Sheet, list[int]]:
    """Return by sheet the lots of another commune's older sheet of that number which went over with their numbers.

    Only lots are told whose number no paper of the newer commune bears.
    """
    by_number: dict[tuple[str, str], list[Sheet]] = defaultdict(list)
    for sheet, row in sheets.items():
        by_number[lots[row[0]].scope, sheet[2]].append(sheet)
    places = {sheet: {lots[n].key.parcel: n for n in row} for sheet, row in sheets.items()}
    out: dict[Sheet, list[int]] = {}
    for same in by_number.values():
        for newer in same:
            older = [
                (agreed, one)
                for one in same
                if one[0] != newer[0] and _order(lots, sheets, one) <= _order(lots, sheets, newer)
                if (agreed := _agreed(lots, places[one], places[newer]))
            ]
            if older:
                _, best = max(older)
                out[newer] = [n for parcel, n in places[best].items() if parcel not in places[newer]]
    return out


def _order(lots: Sequence[Lot], sheets: Mapping[Sheet, Sequence[int]], sheet: Sheet) -> tuple[int, object]:
    row = sheets[sheet]
    return lots[row[0]].order, min(lots[n].since for n in row)


def _agreed(lots: Sequence[Lot], older: Mapping[str, int], newer: Mapping[str, int]) -> int:
    """Return how many parcels of equal number are alike; 0 where too few are for the sheets to be one."""
    both = [(lots[older[parcel]], lots[newer[parcel]]) for parcel in older.keys() & newer.keys()]
    alike = sum(_alike(one, other) for one, other in both)
    return alike if alike >= max(_LEAST, _SHARE * len(both)) else 0


def _alike(one: Lot, other: Lot) -> bool:
    if one.names & other.names:
        return True
    return any(abs(a - b) <= _SAME_AREA * max(a, b) for a in one.areas for b in other.areas)
