"""Which lots of one map series may be which of a later one: candidates, and how much speaks for each pair.

Splink on DuckDB compares the candidates by the levels of `comparisons` and estimates their weights without labels.
DuckDB's connection is handed in and lies in memory; nothing here depends on the order of the lots.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from math import log2

import duckdb
import numpy as np
from numpy.typing import NDArray
from splink import Linker, SettingsCreator, block_on
from splink.backends.duckdb import DuckDBAPI

from cadastre.linking.alignment import InRow
from cadastre.linking.candidates import BLOCKED, BY_WORDS, CANDIDATES, PLACED
from cadastre.linking.comparisons import LEVELS, comparisons, level_of
from cadastre.linking.lot_table import Expected, neighbours, records, successions
from cadastre.linking.lots import Lot
from cadastre.linking.shapes import Ground
from schemas.tables import Tables
from schemas.weights import Weights


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

    def place(self, older: int, newer: int) -> int | None:
        """Return where the pair stands; None where it was no candidate. Pairs are in the order of their lots."""
        first, last = np.searchsorted(self.older, [older, older + 1])
        at = first + int(np.searchsorted(self.newer[first:last], newer))
        return int(at) if at < last and self.newer[at] == newer else None

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


_BY_NEIGHBOURS = ("numbers", "around", "row")
_BY_PAPERS = tuple(name for name in LEVELS if name not in _BY_NEIGHBOURS)


#: What neighbours tell before anything is known of them: nothing.
_NOTHING_KNOWN = (
    f"select join_key_l as unique_id_l, join_key_r as unique_id_r, "
    f"{', '.join(f'-1::tinyint as {name}' for name in _BY_NEIGHBOURS)} from blocked"
)


class Search:
    """The candidates among lots, weighed again as more gets known of what became of their neighbours.

    What the papers say of two lots is compared once, what their neighbours tell in every round. DuckDB holds the lots
    (`lots`, and `placed` with what their neighbours tell) and the levels of the first (`by_papers`) between the rounds.
    """

    def __init__(
        self,
        lots: Sequence[Lot],
        weights: Weights,
        tables: Tables,
        conn: duckdb.DuckDBPyConnection,
        shapes: Mapping[int, Ground] | None = None,
    ) -> None:
        """Hand the lots to the connection; `shapes` tells what lies on the ground of those with a boundary."""
        self._lots, self._weights, self._conn = lots, weights, conn
        _open(conn, lots, tables, shapes or {})
        conn.execute(BY_WORDS)
        levels = ", ".join(f"{name} tinyint" for name in _BY_PAPERS)
        conn.execute(f"create or replace table by_papers (unique_id_l bigint, unique_id_r bigint, {levels})")
        self._papers, self._neighbours = (
            _linker(conn, weights, names, pairs)
            for names, pairs in ((_BY_PAPERS, "not_compared"), (_BY_NEIGHBOURS, "blocked"))
        )

    def pairs(
        self, expected: Mapping[int, Expected] | None = None, rows: InRow | None = None, *, least: float = -2.0
    ) -> Pairs:
        """Return the candidates of which at least `least` bits speak for one parcel, apart from their areas."""
        _place(self._conn, self._lots, expected or {}, rows or {})
        self._conn.execute(CANDIDATES)
        self._conn.execute(BLOCKED)
        with _told(self._papers, _BY_PAPERS, self._weights) as papers:
            self._conn.execute(f"insert into by_papers {papers}")
        with (
            _told(self._neighbours, _BY_NEIGHBOURS, self._weights)
            if expected or rows
            else nullcontext(_NOTHING_KNOWN) as neighbours
        ):
            scored = self._conn.execute(
                f"""
                select * from ({neighbours}) inner join by_papers using (unique_id_l, unique_id_r)
                order by unique_id_l, unique_id_r
                """
            ).fetchnumpy()
        levels = {name: np.asarray(scored[name], dtype=np.int64) for name in LEVELS}
        parts = {name: weights_of(name, self._weights)[levels[name] + 1] for name in LEVELS}
        total = np.sum(list(parts.values()), axis=0) if len(scored["unique_id_l"]) else np.zeros(0)
        kept = total - np.minimum(parts["area"], 0.0) >= least
        return Pairs(
            older=np.asarray(scored["unique_id_l"], dtype=np.int64)[kept],
            newer=np.asarray(scored["unique_id_r"], dtype=np.int64)[kept],
            weight=total[kept],
            levels={name: values[kept] for name, values in levels.items()},
            weights=self._weights,
        )


def _open(conn: duckdb.DuckDBPyConnection, lots: Sequence[Lot], tables: Tables, shapes: Mapping[int, Ground]) -> None:
    """Put the lots into tables, with nothing known of their neighbours."""
    conn.register("given_lots", records(lots, shapes))
    conn.register("given_follows", successions(lots, tables))
    conn.execute("create or replace table lots as select * from given_lots")
    conn.execute("create or replace table follows as select * from given_follows")
    _place(conn, lots, {}, {})


def _place(conn: duckdb.DuckDBPyConnection, lots: Sequence[Lot], expected: Mapping[int, Expected], rows: InRow) -> None:
    conn.register("given_places", neighbours(lots, expected, rows))
    conn.execute(PLACED)


def _linker(
    conn: duckdb.DuckDBPyConnection, weights: Weights | None, names: Collection[str], pairs: str | None = None
) -> Linker:
    """Return a linker that makes some of the comparisons, for the pairs of a table where one is named."""
    api = DuckDBAPI(connection=conn)
    settings = SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="unique_id",
        comparisons=[one for name, one in zip(LEVELS, comparisons(weights), strict=True) if name in names],
        blocking_rules_to_generate_predictions=[block_on("scope", "first_name"), block_on("scope", "area_class")],
        probability_two_random_records_match=0.001,
        retain_matching_columns=False,
        retain_intermediate_calculation_columns=True,
    )
    # the settings are the same for every land: Splink's search for columns that are not there costs a quarter second
    linker = Linker(api.register("placed"), settings, log_level=None, validate_settings=False)
    if pairs is not None:
        linker.table_management.register_blocked_pairs_for_predict(api.register(pairs))
    return linker


@contextmanager
def _told(linker: Linker, names: Iterable[str], weights: Weights) -> Iterator[str]:
    """Yield the query of the levels that a linker finds for its pairs; it can be run inside the context."""
    told = linker.inference.predict(warning_mode="never")
    columns = ", ".join(["unique_id_l", "unique_id_r", *(f"{_level(name, weights)} as {name}" for name in names)])
    try:
        yield f"select {columns} from {told.physical_name}"
    finally:
        told.drop_table_from_database_and_remove_from_cache()


def _level(name: str, weights: Weights) -> str:
    """Return the SQL of a comparison's level by its weight: Splink tells each comparison's bits, which differ by level.

    Of two levels the one whose weight is nearer is meant.
    """
    bits = weights_of(name, weights)
    order = np.argsort(bits)
    middles = (bits[order][:-1] + bits[order][1:]) / 2
    steps = zip(order.tolist(), middles.tolist(), strict=False)
    below = (f"when mw_{name} <= '{middle!r}'::double then {n - 1}" for n, middle in steps)
    return f"(case {' '.join(below)} else {order.tolist()[-1] - 1} end)::tinyint"


def estimate(
    lots: Sequence[Lot],
    tables: Tables,
    conn: duckdb.DuckDBPyConnection,
    *,
    seed: int,
    expected: Mapping[int, Expected] | None = None,
    rows: InRow | None = None,
    start: Weights | None = None,
) -> Weights:
    """Return the weights by expectation maximisation, without labels.

    u comes from random pairs; m from pairs of equal area, then, for the area, from pairs of an equal first name on
    the sheets where their neighbours lie.
    Levels that the lots never show keep the weights of `start`.
    """
    _open(conn, lots, tables, {})
    _place(conn, lots, expected or {}, rows or {})
    linker = _linker(conn, start, LEVELS)
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
