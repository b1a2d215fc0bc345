"""Sheets that another commune took over with their numbers, and the parcels of the older commune that none of its
papers shows: what was divided or joined before its first paper came from these (domain.md 7, 8.2).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from cadastre.linking.lots import Lot

Sheet = tuple[str, str, str]
"""Commune's code, era and number of a sheet."""
_LEAST, _SHARE = 6, 0.6  # so many parcels of equal number must agree, and such a share of them
_SAME_AREA = 0.01  # as a share of the larger


def carried(lots: Sequence[Lot], sheets: Mapping[Sheet, Sequence[int]]) -> Mapping[Sheet, list[int]]:
    """Return by sheet the lots of another commune's older sheet of that number which went over with their numbers.

    Only lots are told whose number no paper of the newer commune bears.
    """
    mine = {sheet: {lots[n].key.parcel for n in row} for sheet, row in sheets.items()}
    return {
        sheet: [n for parcel, n in places.items() if parcel not in mine[sheet]]
        for sheet, places in _before(lots, sheets).items()
    }


def with_earlier_papers(lots: Sequence[Lot], sheets: Mapping[Sheet, Sequence[int]]) -> list[Lot]:
    """Return the lots with the areas and users that papers of the older commune tell of the same number."""
    out = list(lots)
    for sheet, places in _before(lots, sheets).items():
        for n in sheets[sheet]:
            one = lots[n]
            if one.key.parcel in places and alike(before := lots[places[one.key.parcel]], one):
                areas = tuple(dict.fromkeys((*one.areas, *before.areas)))
                out[n] = replace(one, areas=areas, area=one.area or before.area, names=one.names | before.names)
    return out


def _before(lots: Sequence[Lot], sheets: Mapping[Sheet, Sequence[int]]) -> Mapping[Sheet, Mapping[str, int]]:
    """Return for each sheet that was another commune's before the lots of that one by their numbers."""
    by_number: dict[tuple[str, str], list[Sheet]] = defaultdict(list)
    for sheet, row in sheets.items():
        by_number[lots[row[0]].scope, sheet[2]].append(sheet)
    places = {sheet: {lots[n].key.parcel: n for n in row} for sheet, row in sheets.items()}
    out: dict[Sheet, Mapping[str, int]] = {}
    for same in by_number.values():
        for newer in same:
            older = [
                (agreed, one)
                for one in same
                if one[0] != newer[0] and _order(lots, sheets, one) <= _order(lots, sheets, newer)
                if (agreed := _agreed(lots, places[one], places[newer]))
            ]
            if older:
                out[newer] = places[max(older)[1]]
    return out


def _order(lots: Sequence[Lot], sheets: Mapping[Sheet, Sequence[int]], sheet: Sheet) -> tuple[int, object]:
    row = sheets[sheet]
    return lots[row[0]].order, min(lots[n].since for n in row)


def _agreed(lots: Sequence[Lot], older: Mapping[str, int], newer: Mapping[str, int]) -> int:
    """Return how many parcels of equal number are alike; 0 where too few are for the sheets to be one."""
    both = [(lots[older[parcel]], lots[newer[parcel]]) for parcel in older.keys() & newer.keys()]
    agreed = sum(alike(one, other) for one, other in both)
    return agreed if agreed >= max(_LEAST, _SHARE * len(both)) else 0


def alike(one: Lot, other: Lot) -> bool:
    """Return whether two lots share a user or an area."""
    if one.names & other.names:
        return True
    return any(abs(a - b) <= _SAME_AREA * max(a, b) for a in one.areas for b in other.areas)
