"""The lots as the table that Splink compares: one row a lot, with what is known of its neighbours' fate."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log2

import pyarrow as pa

from cadastre.linking.alignment import BANDS, InRow
from cadastre.linking.lots import Lot
from cadastre.linking.shapes import Ground
from cadastre.units.successions import may_follow
from schemas.tables import Tables

#: A name is that of one parcel, of few, some or many in a series: the upper bounds of the first three.
_FEW = (1, 4, 12)
_HERE = "here:"  # before an old number of the lot's own sheet: it names no lot of another map
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


def records(lots: Sequence[Lot], shapes: Mapping[int, Ground]) -> pa.Table:
    """Return what the papers say of the lots as the table that is compared; a lot's place in the sequence is `number`.

    `shapes` holds for each lot with a boundary the lots that lie on its ground.
    """
    sheets, groups, land_ids, ranks = sheet_ids(lots), group_ids(lots), _land_ids(lots), _name_ranks(lots)
    sheet = [sheets[lot.key.unit, lot.key.era, lot.key.sheet] for lot in lots]
    ranked = [_by_rank(lot.scope, lot.names, ranks) for lot in lots]
    passed_to = [_by_rank(lot.scope, lot.names | lot.receivers, ranks) for lot in lots]
    came_from = [_by_rank(lot.scope, lot.names | lot.givers, ranks) for lot in lots]
    own = [sorted({m.serial for m in lot.mentions if m.serial}) for lot in lots]
    grounds = [shapes.get(number, Ground()) for number in range(len(lots))]
    columns = {
        "unique_id": range(len(lots)),
        "number": range(len(lots)),
        "scope": [lot.scope for lot in lots],
        "unit": [lot.key.unit for lot in lots],
        "era": [lot.key.era for lot in lots],
        "ord": [lot.order for lot in lots],
        "place": [f"{lot.key.sheet}/{lot.key.parcel}" for lot in lots],
        "bare": [f"?/{lot.key.parcel}" for lot in lots],
        "sheet": sheet,
        "land": [land_ids[lot.key.unit, lot.units] for lot in lots],
        "numbering": [groups[lot.key.unit, lot.key.era] for lot in lots],
        "crowd": _crowds(lots),
        "place_no": [
            at * 100_000 + (lot.number if lot.number is not None else 99_999)
            for at, lot in zip(sheet, lots, strict=True)
        ],
        "names": [sorted(lot.names) for lot in lots],
        **{f"names_{n}": [names.get(n, ()) for names in ranked] for n in (1, 2, 3, 4)},
        **{f"passed_to_{n}": [names.get(n, ()) for names in passed_to] for n in (1, 2, 3, 4)},
        **{f"came_from_{n}": [names.get(n, ()) for names in came_from] for n in (1, 2, 3, 4)},
        "in_notes": [sorted(lot.givers | lot.receivers) for lot in lots],
        "first_name": [next((m.names[0] for m in lot.mentions if m.names), None) for lot in lots],
        "kin": [_all(m.kin for m in lot.mentions) for lot in lots],
        "surnames": [_all(m.surnames for m in lot.mentions) for lot in lots],
        "bodies": [lot.bodies for lot in lots],
        "ids": [_all(m.numbers for m in lot.mentions) for lot in lots],
        "areas": [lot.areas for lot in lots],
        "area_class": [None if lot.area is None else round(log2(lot.area) * 35) for lot in lots],
        "round": [all(float(area).is_integer() for area in lot.areas) for lot in lots],
        "ground": [_all(m.groups for m in lot.mentions) for lot in lots],
        "toponym": [next((m.toponym for m in lot.mentions if m.toponym), None) for lot in lots],
        "hamlets": [sorted({m.hamlet for m in lot.mentions if m.hamlet}) for lot in lots],
        "papers": own,
        "named": [
            _all([serials, *(m.named_serials for m in lot.mentions)]) for serials, lot in zip(own, lots, strict=True)
        ],
        "olds": [sorted(f"{_HERE}{old}" if old in lot.inside else old for old in lot.olds) for lot in lots],
        "shape_same": [ground.same for ground in grounds],
        "shape_half": [ground.half for ground in grounds],
        "shape_near": [ground.overlaps for ground in grounds],
        "shape": [number in shapes for number in range(len(lots))],
    }
    return _table(columns)


def neighbours(lots: Sequence[Lot], expected: Mapping[int, Expected], rows_of: InRow) -> pa.Table:
    """Return what is known of the lots' neighbours as a table by `number`.

    `rows_of` holds for each lot those in whose row it fits.
    """
    near = [expected.get(number, Expected()) for number in range(len(lots))]
    rows = [rows_of.get(number, _NO_ROW) for number in range(len(lots))]
    columns = {
        "number": range(len(lots)),
        "kept": [one.kept for one in near],
        "parcel_kept": [one.parcel_kept for one in near],
        "near_sheets": [one.sheets for one in near],
        "near_places": [one.places for one in near],
        "beside": [one.beside for one in near],
        "amid": [one.amid for one in near],
        "line": [one.line for one in near],
        "most_sheets": [one.most for one in near],
        "some_sheets": [one.some for one in near],
        "row_told": [bool(rows_of)] * len(lots),
        **{f"row_{n}": [bands[n] for bands in rows] for n in range(len(BANDS))},
    }
    return _table(columns)


_TYPES: dict[pa.DataType, tuple[str, ...]] = {
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
        "names", "names_1", "names_2", "names_3", "names_4", "passed_to_1", "passed_to_2", "passed_to_3", "passed_to_4",
        "came_from_1", "came_from_2", "came_from_3", "came_from_4", "in_notes", "kin", "surnames", "ids", "ground",
        "hamlets", "papers", "named", "olds",
    ),
}  # fmt: skip
_TYPE_OF = {name: sort for sort, names in _TYPES.items() for name in names}


def _table(columns: Mapping[str, Sequence[object]]) -> pa.Table:
    return pa.table({name: pa.array(values, _TYPE_OF[name]) for name, values in columns.items()})


def _by_rank(scope: str, names: Iterable[str], ranks: Mapping[tuple[str, str], int]) -> dict[int, list[str]]:
    """Return names by how many parcels bear them; those that only notes tell are left out where none does."""
    out: dict[int, list[str]] = defaultdict(list)
    for name in sorted(names):
        if (scope, name) in ranks:
            out[ranks[scope, name]].append(name)
    return out


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
