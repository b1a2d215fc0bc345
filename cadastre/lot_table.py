"""The lots as the table that Splink compares: one row a lot, with what is known of its neighbours' fate."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log2

import pyarrow as pa

from cadastre.alignment import BANDS, InRow
from cadastre.lots import Lot
from cadastre.shapes import Ground
from cadastre.successions import may_follow
from schemas.tables import Tables

#: A name is that of one parcel, of few, some or many in a series: the upper bounds of the first three.
_FEW = (1, 4, 12)
_NO_ROW: tuple[tuple[int, ...], ...] = ((),) * len(BANDS)


@dataclass(frozen=True, slots=True)
class Expected:
    """Where the neighbours of a lot were found later: indices of sheets, and places `sheet * 10^5 + number`.

    `beside` are the places of its two next neighbours, `amid` those that lie between two neighbours in a line, `line`
    those so far from a neighbour's place as on its own sheet.

    `most` and `some` are the sheets to which many and a few parcels of its whole sheet went. `kept` and `parcel_kept`
    are the numberings (`group_ids`) of other communes in which its commune's sheets and parcels, or parcels alone,
    go on with their numbers.
    """

    sheets: tuple[int, ...] = ()
    places: tuple[int, ...] = ()
    beside: tuple[int, ...] = ()
    amid: tuple[int, ...] = ()
    line: tuple[int, ...] = ()
    most: tuple[int, ...] = ()
    some: tuple[int, ...] = ()
    kept: tuple[int, ...] = ()
    parcel_kept: tuple[int, ...] = ()


def sheet_ids(lots: Sequence[Lot]) -> dict[tuple[str, str, str], int]:
    """Return a number for each (unit, era, sheet) of the lots."""
    sheets = sorted({(lot.key.unit, lot.key.era, lot.key.sheet) for lot in lots})
    return {sheet: number for number, sheet in enumerate(sheets)}


def group_ids(lots: Sequence[Lot]) -> dict[tuple[str, str], int]:
    """Return a number for each (unit, era) of the lots: a numbering of a commune."""
    return {group: number for number, group in enumerate(sorted({(lot.key.unit, lot.key.era) for lot in lots}))}


Land = tuple[str, tuple[int, ...]]
"""A commune (unit part of a key) and the units of the table that it may be at the time of a lot's first paper."""


def _land_ids(lots: Sequence[Lot]) -> dict[Land, int]:
    """Return a number for each commune at a time that the lots are of."""
    return {land: number for number, land in enumerate(sorted({(lot.key.unit, lot.units) for lot in lots}))}


def successions(lots: Sequence[Lot], tables: Tables) -> pa.Table:
    """Return which communes at a time may hold the land of which later: columns older and newer, by `_land_ids`."""
    lands = _land_ids(lots)
    scopes: dict[str, set[Land]] = defaultdict(set)
    for lot in lots:
        scopes[lot.scope].add((lot.key.unit, lot.units))
    pairs = sorted(
        (lands[one], lands[other])
        for there in scopes.values()
        for one in there
        for other in there
        if (may_follow(one[1], other[1], tables) if one[1] and other[1] else one[0] == other[0])
    )
    return pa.table({"older": [a for a, _ in pairs], "newer": [b for _, b in pairs]})


def _crowds(lots: Sequence[Lot]) -> list[int]:
    """Return for each lot how many of its series and scope have its area, to 0.6 m², at most."""
    sizes: dict[tuple[str, int], list[float]] = defaultdict(list)
    for lot in lots:
        sizes[lot.scope, lot.order] += lot.areas
    for told in sizes.values():
        told.sort()
    out = []
    for lot in lots:
        told = sizes[lot.scope, lot.order]
        counts = [bisect_right(told, area + 0.6) - bisect_left(told, area - 0.6) for area in lot.areas]
        out.append(max(counts, default=0))
    return out


def records(
    lots: Sequence[Lot], expected: Mapping[int, Expected], shapes: Mapping[int, Ground], rows_of: InRow
) -> pa.Table:
    """Return the lots as the table that is compared; a lot's place in the sequence is its `number`.

    `shapes` holds for each lot with a boundary the lots that lie on its ground, `rows_of` those in whose row it fits.
    """
    sheets = sheet_ids(lots)
    ranks = _name_ranks(lots)
    groups, crowds, land_ids = group_ids(lots), _crowds(lots), _land_ids(lots)
    rows = []
    for number, lot in enumerate(lots):
        sheet = sheets[lot.key.unit, lot.key.era, lot.key.sheet]
        near = expected.get(number, Expected())
        ground = shapes.get(number, Ground())
        own = {m.serial for m in lot.mentions if m.serial}
        named = own | {serial for m in lot.mentions for serial in m.named_serials}
        by_rank: dict[int, list[str]] = defaultdict(list)
        for name in sorted(lot.names):
            by_rank[ranks[lot.scope, name]].append(name)
        rows.append(
            {
                "unique_id": number,
                "number": number,
                "scope": lot.scope,
                "unit": lot.key.unit,
                "era": lot.key.era,
                "ord": lot.order,
                "place": f"{lot.key.sheet}/{lot.key.parcel}",
                "bare": f"?/{lot.key.parcel}",
                "sheet": sheet,
                "land": land_ids[lot.key.unit, lot.units],
                "numbering": groups[lot.key.unit, lot.key.era],
                "crowd": crowds[number],
                "kept": list(near.kept),
                "parcel_kept": list(near.parcel_kept),
                "place_no": sheet * 100_000 + (lot.number if lot.number is not None else 99_999),
                "names": sorted(lot.names),
                **{f"names_{n}": by_rank.get(n, []) for n in (1, 2, 3, 4)},
                "first_name": next((m.names[0] for m in lot.mentions if m.names), None),
                "kin": _all(m.kin for m in lot.mentions),
                "surnames": _all(m.surnames for m in lot.mentions),
                "bodies": lot.bodies,
                "ids": _all(m.numbers for m in lot.mentions),
                "areas": [float(area) for area in lot.areas],
                "area_class": None if lot.area is None else round(log2(lot.area) * 35),
                "round": all(float(area).is_integer() for area in lot.areas),
                "ground": sorted(frozenset().union(*(m.groups for m in lot.mentions))),
                "toponym": next((m.toponym for m in lot.mentions if m.toponym), None),
                "hamlets": sorted({m.hamlet for m in lot.mentions if m.hamlet}),
                "papers": sorted(own),
                "named": sorted(named),
                "olds": sorted(lot.olds),
                "near_sheets": list(near.sheets),
                "near_places": list(near.places),
                "beside": list(near.beside),
                "amid": list(near.amid),
                "line": list(near.line),
                "row_told": bool(rows_of),
                **{f"row_{n}": list(some) for n, some in enumerate(rows_of.get(number, _NO_ROW))},
                "most_sheets": list(near.most),
                "some_sheets": list(near.some),
                "shape_same": list(ground.same),
                "shape_half": list(ground.half),
                "shape_near": list(ground.overlaps),
                "shape": number in shapes,
            }
        )
    return pa.Table.from_pylist(rows, schema=_SCHEMA)


_COLUMNS: dict[pa.DataType, tuple[str, ...]] = {
    pa.int64(): ("unique_id", "number", "ord", "sheet", "place_no", "land", "numbering", "crowd", "area_class"),
    pa.string(): ("scope", "unit", "era", "place", "bare", "first_name", "toponym"),
    pa.bool_(): ("bodies", "round", "shape", "row_told"),
    pa.list_(pa.float64()): ("areas",),
    pa.list_(pa.int64()): (
        "kept", "parcel_kept", "near_sheets", "near_places", "beside", "amid", "line", "row_0",
        "row_1", "row_2", "row_3", "row_4", "most_sheets", "some_sheets", "shape_same",
        "shape_half", "shape_near",
    ),
    pa.list_(pa.string()): (
        "names", "names_1", "names_2", "names_3", "names_4", "kin", "surnames", "ids", "ground", "hamlets", "papers",
        "named", "olds",
    ),
}  # fmt: skip
_SCHEMA = pa.schema([(name, sort) for sort, names in _COLUMNS.items() for name in names])


def _all(lists: Iterable[Iterable[str]]) -> list[str]:
    return sorted({one for many in lists for one in many})


def _name_ranks(lots: Sequence[Lot]) -> dict[tuple[str, str], int]:
    """Return for each name of a scope in how many parcels of one series it stands: 1 in one, to 4 in many."""
    told: Counter[tuple[str, int, str]] = Counter()
    for lot in lots:
        told.update((lot.scope, lot.order, name) for name in lot.names)
    most: dict[tuple[str, str], int] = {}
    for (scope, _, name), count in told.items():
        most[scope, name] = max(most.get((scope, name), 0), count)
    return {place: 1 + sum(count > bound for bound in _FEW) for place, count in most.items()}
