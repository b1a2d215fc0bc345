"""Which lots of one map series may be which of a later one: candidates, and how much speaks for each pair.

Splink on DuckDB compares the candidates by the levels of `comparisons` and estimates their weights without labels.
DuckDB's connection is handed in and lies in memory; nothing here depends on the order of the lots.
"""

from __future__ import annotations

import logging
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import log2

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from splink import Linker, SettingsCreator, block_on
from splink.backends.duckdb import DuckDBAPI

from cadastre.comparisons import LEVELS, comparisons, level_of
from cadastre.lots import Lot
from cadastre.successions import When, may_follow
from schemas.tables import Tables
from schemas.weights import Weights

logging.getLogger("splink").setLevel(logging.ERROR)
#: A name is that of one parcel, of few, some or many in a series: the upper bounds of the first three.
_FEW = (1, 4, 12)
#: Pairs that one word proposes beyond this need an equal area beside it.
_MANY_PAIRS = 3000


@dataclass(frozen=True, slots=True)
class Expected:
    """Where the neighbours of a lot were found later: indices of sheets, and places `sheet * 10^5 + number`.

    `beside` are the places of its two next neighbours.

    `most` and `some` are the sheets to which many and a few parcels of its whole sheet went. `kept` and `parcel_kept`
    are the numberings (`group_ids`) of other communes in which its commune's sheets and parcels, or parcels alone,
    go on with their numbers.
    """

    sheets: tuple[int, ...] = ()
    places: tuple[int, ...] = ()
    beside: tuple[int, ...] = ()
    most: tuple[int, ...] = ()
    some: tuple[int, ...] = ()
    kept: tuple[int, ...] = ()
    parcel_kept: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Pairs:
    """Scored candidates as columns: indices of the older and the newer lot, the levels by comparison, weights in bits.

    `weight` is the sum of all; `levels[name]` holds Splink's number of the level (-1 unknown).
    """

    older: NDArray[np.int64]
    newer: NDArray[np.int64]
    weight: NDArray[np.float64]
    levels: Mapping[str, NDArray[np.int64]]
    weights: Weights = field(repr=False)

    def only(self, kept: NDArray[np.bool_]) -> Pairs:
        """Return these pairs alone."""
        levels = {name: values[kept] for name, values in self.levels.items()}
        return Pairs(self.older[kept], self.newer[kept], self.weight[kept], levels, self.weights)

    def part(self, name: str) -> NDArray[np.float64]:
        """Return the weight in bits that one comparison gives to each pair."""
        return weights_of(name, self.weights)[self.levels[name] + 1]


def weights_of(name: str, weights: Weights) -> NDArray[np.float64]:
    """Return the weight in bits of each level of a comparison, the unknown one first, then from the last level up."""
    numbers = range(-1, len(LEVELS[name]) - 1)
    told = [weights.get(name, {}).get(level_of(name, number)) for number in numbers]
    return np.array([0.0 if mu is None else log2(max(mu[0], 1e-6) / max(mu[1], 1e-7)) for mu in told])


def sheet_ids(lots: Sequence[Lot]) -> dict[tuple[str, str, str], int]:
    """Return a number for each (unit, era, sheet) of the lots."""
    sheets = sorted({(lot.key.unit, lot.key.era, lot.key.sheet) for lot in lots})
    return {sheet: number for number, sheet in enumerate(sheets)}


def group_ids(lots: Sequence[Lot]) -> dict[tuple[str, str], int]:
    """Return a number for each (unit, era) of the lots: a numbering of a commune."""
    return {group: number for number, group in enumerate(sorted({(lot.key.unit, lot.key.era) for lot in lots}))}


def _land_ids(lots: Sequence[Lot]) -> dict[tuple[str, When], int]:
    """Return a number for each commune at a time that the lots are of."""
    return {land: number for number, land in enumerate(sorted({(lot.key.unit, lot.when) for lot in lots}, key=str))}


def _successions(lots: Sequence[Lot], tables: Tables) -> pa.Table:
    """Return which communes at a time may hold the land of which later: columns older and newer, by `_land_ids`."""
    lands = _land_ids(lots)
    scopes: dict[str, list[tuple[str, When]]] = defaultdict(list)
    for lot in {(lot.scope, lot.key.unit, lot.when) for lot in lots}:
        scopes[lot[0]].append(lot[1:])
    pairs = [
        (lands[one], lands[other])
        for there in scopes.values()
        for one in there
        for other in there
        if may_follow(*one, *other, tables)
    ]
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
    lots: Sequence[Lot], expected: Mapping[int, Expected], shapes: Mapping[int, tuple[list[int], list[int]]]
) -> pa.Table:
    """Return the lots as the table that is compared; a lot's place in the sequence is its `number`.

    `shapes` holds for each lot with a boundary the numbers of the lots that lie on the same ground, and of those that
    overlap it.
    """
    sheets = sheet_ids(lots)
    ranks = _name_ranks(lots)
    groups, crowds, land_ids = group_ids(lots), _crowds(lots), _land_ids(lots)
    rows = []
    for number, lot in enumerate(lots):
        sheet = sheets[lot.key.unit, lot.key.era, lot.key.sheet]
        near = expected.get(number, Expected())
        same, overlaps = shapes.get(number, ([], []))
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
                "land": land_ids[lot.key.unit, lot.when],
                "group": groups[lot.key.unit, lot.key.era],
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
                "most_sheets": list(near.most),
                "some_sheets": list(near.some),
                "shape_same": same,
                "shape_near": overlaps,
                "shape": number in shapes,
            }
        )
    return pa.Table.from_pylist(rows, schema=_SCHEMA)


_TEXTS = pa.list_(pa.string())
_INTS = pa.list_(pa.int64())
_SCHEMA = pa.schema(
    [
        ("unique_id", pa.int64()), ("number", pa.int64()), ("scope", pa.string()), ("unit", pa.string()),
        ("era", pa.string()), ("ord", pa.int64()), ("place", pa.string()), ("bare", pa.string()),
        ("sheet", pa.int64()), ("place_no", pa.int64()),
        ("land", pa.int64()), ("group", pa.int64()), ("crowd", pa.int64()), ("kept", _INTS), ("parcel_kept", _INTS), ("names", _TEXTS), ("names_1", _TEXTS), ("names_2", _TEXTS),
        ("names_3", _TEXTS), ("names_4", _TEXTS), ("first_name", pa.string()), ("kin", _TEXTS), ("surnames", _TEXTS),
        ("bodies", pa.bool_()), ("ids", _TEXTS), ("areas", pa.list_(pa.float64())), ("area_class", pa.int64()),
        ("round", pa.bool_()), ("ground", _TEXTS), ("toponym", pa.string()), ("hamlets", _TEXTS), ("papers", _TEXTS),
        ("named", _TEXTS), ("olds", _TEXTS), ("near_sheets", _INTS), ("near_places", _INTS),
        ("beside", _INTS), ("most_sheets", _INTS), ("some_sheets", _INTS), ("shape_same", _INTS),
        ("shape_near", _INTS), ("shape", pa.bool_()),
    ]
)  # fmt: skip


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


#: What may be one parcel. A later lot never comes from another of its own series by these: divisions inside a series
#: are found by their notes and areas (`lineage`). Words that stand in very many lots need a like area beside them.
_CANDIDATES = f"""
create or replace table words as
    select number, scope, ord, unit, land, areas, 'n:' || unnest(names) as word from lots
    union all select number, scope, ord, unit, land, areas, 'i:' || unnest(ids) from lots
    union all select number, scope, ord, unit, land, areas, 's:' || unnest(named) from lots
    union all select number, scope, ord, unit, land, areas, 'k:' || unnest(kin) || ':' || area_class from lots
    union all select number, scope, ord, unit, land, areas, 'k:' || unnest(kin) || ':' || (area_class + 1) from lots
    union all select number, scope, ord, unit, land, areas, 't:' || toponym || ':' || area_class from lots
    union all select number, scope, ord, unit, land, areas, 't:' || toponym || ':' || (area_class + 1) from lots
    union all select number, scope, ord, unit, land, areas, 'u:' || unnest(surnames) || ':' || area_class from lots
    union all select number, scope, ord, unit, land, areas, 'u:' || unnest(surnames) || ':' || (area_class + 1) from lots
    union all select number, scope, ord, unit, land, areas, 'a:' || area_class from lots
    union all select number, scope, ord, unit, land, areas, 'a:' || (area_class + 1) from lots;
create or replace table crowded as
    select scope, word from words group by all having count(*) * count(*) > 4 * {_MANY_PAIRS};
create or replace table found as
    select l.number as older, r.number as newer
    from words as l inner join words as r
        on
            l.scope = r.scope and l.word = r.word and l.number < r.number
            and (l.ord < r.ord or (l.ord = r.ord and l.unit <> r.unit))
    inner join follows as f on f.older = l.land and f.newer = r.land
    left join crowded as c on c.scope = l.scope and c.word = l.word
    where c.word is null or list_min(list_transform(l.areas,
        lambda a : list_min(list_transform(r.areas, lambda b : abs(a - b) / greatest(a, b))))) <= 0.03
    union select l.number, r.number
    from (select number, scope, unnest(olds) as old from lots) as r
    inner join lots as l on l.scope = r.scope and l.number <> r.number and r.old in (l.place, l.bare)
    inner join lots as o on o.number = r.number
    where l.ord < o.ord or (l.ord = o.ord and l.unit <> o.unit and l.number < o.number)
    union select l.number, r.number
    from lots as l
    inner join lots as r
        on r.scope = l.scope and l.place = r.place and l.unit <> r.unit and l.ord <= r.ord and l.number < r.number
    union select l.number, r.number
    from (select number, scope, ord, areas, near_sheets, near_places, unnest(near_places) as near from lots) as l
    inner join lots as r on r.place_no between l.near - 8 and l.near + 8 and r.scope = l.scope and l.ord < r.ord
    union select number, unnest(shape_near) from lots;
"""


def _open(conn: duckdb.DuckDBPyConnection, table: pa.Table, follows: pa.Table) -> None:
    conn.register("given_lots", table)
    conn.register("given_follows", follows)
    conn.execute("create or replace table lots as select * from given_lots")
    conn.execute("create or replace table follows as select * from given_follows")
    conn.execute(_CANDIDATES)
    conn.execute(
        """
        create or replace table blocked as
        select distinct '0' as match_key, c.older as join_key_l, c.newer as join_key_r
        from found as c
        inner join lots as l on l.number = c.older
        inner join lots as r on r.number = c.newer
        inner join follows as f on f.older = l.land and f.newer = r.land
        where c.older < c.newer
        """
    )


def _linker(conn: duckdb.DuckDBPyConnection, weights: Weights | None) -> tuple[Linker, DuckDBAPI]:
    api = DuckDBAPI(connection=conn)
    settings = SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="unique_id",
        comparisons=list(comparisons(weights)),
        blocking_rules_to_generate_predictions=[block_on("scope", "first_name"), block_on("scope", "area_class")],
        probability_two_random_records_match=0.001,
        retain_matching_columns=False,
        retain_intermediate_calculation_columns=True,
    )
    return Linker(api.register("lots"), settings), api


def score(
    lots: Sequence[Lot],
    weights: Weights,
    tables: Tables,
    conn: duckdb.DuckDBPyConnection,
    *,
    expected: Mapping[int, Expected] | None = None,
    shapes: Mapping[int, tuple[list[int], list[int]]] | None = None,
    least: float = -2.0,
) -> Pairs:
    """Return the candidates of which at least `least` bits speak for one parcel, apart from their areas."""
    _open(conn, records(lots, expected or {}, shapes or {}), _successions(lots, tables))
    linker, api = _linker(conn, weights)
    linker.table_management.register_blocked_pairs_for_predict(api.register("blocked"))
    told = linker.inference.predict(warning_mode="never").as_duckdbpyrelation()
    columns = ", ".join(["unique_id_l", "unique_id_r", *(f"mw_{name}" for name in LEVELS)])
    rows = told.project(columns).order("unique_id_l, unique_id_r").fetchnumpy()
    levels = {name: _numbered(name, rows[f"mw_{name}"], weights) for name in LEVELS}
    parts = {name: weights_of(name, weights)[levels[name] + 1] for name in LEVELS}
    total = np.sum(list(parts.values()), axis=0) if len(rows["unique_id_l"]) else np.zeros(0)
    kept = total - np.minimum(parts["area"], 0.0) >= least
    return Pairs(
        older=np.asarray(rows["unique_id_l"], dtype=np.int64)[kept],
        newer=np.asarray(rows["unique_id_r"], dtype=np.int64)[kept],
        weight=total[kept],
        levels={name: values[kept] for name, values in levels.items()},
        weights=weights,
    )


def _numbered(name: str, bits: NDArray[np.float64], weights: Weights) -> NDArray[np.int64]:
    """Return the levels that gave these weights: Splink tells each comparison's bits, which differ by level."""
    told = weights_of(name, weights)
    return np.abs(np.asarray(bits, dtype=float)[:, None] - told[None, :]).argmin(axis=1) - 1


def estimate(
    lots: Sequence[Lot],
    tables: Tables,
    conn: duckdb.DuckDBPyConnection,
    *,
    seed: int,
    expected: Mapping[int, Expected] | None = None,
    start: Weights | None = None,
) -> Weights:
    """Return the weights by expectation maximisation, without labels.

    u comes from random pairs; m from pairs of equal area, then, for the area, from pairs of an equal first name on
    the sheets where their neighbours lie.
    Levels that the lots never show keep the weights of `start`.
    """
    _open(conn, records(lots, expected or {}, {}), _successions(lots, tables))
    linker, _ = _linker(conn, start)
    linker.training.estimate_u_using_random_sampling(max_pairs=4e6, seed=seed)
    for shared in ("l.areas[1] = r.areas[1]", "l.names[1] = r.names[1] and list_contains(l.near_sheets, r.sheet)"):
        linker.training.estimate_parameters_using_expectation_maximisation(
            f"l.scope = r.scope and {shared} and l.ord <> r.ord", max_pairs=2e6
        )
    told = linker.misc.save_model_to_json()
    found: dict[str, dict[str, tuple[float, float]]] = {}
    for comparison in told["comparisons"]:
        name = comparison["output_column_name"]
        found[name] = {}
        for level in comparison["comparison_levels"]:
            label = level["label_for_charts"]
            m, u = level.get("m_probability"), level.get("u_probability")
            known = (start or {}).get(name, {}).get(label)
            if m is not None and u is not None:
                found[name][label] = (float(m), float(u))
            elif known is not None:
                found[name][label] = known
    return found
