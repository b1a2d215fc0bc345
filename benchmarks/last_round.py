"""What the linker knows of two lots in the last round of its search, as `lineage.reconcile` comes to it.

The steps and bounds are those of `reconcile` with no answers of people (tests compare the two); it keeps to itself what
it knew, and gives the links alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import duckdb
import pyarrow as pa

from cadastre.alignment import in_row
from cadastre.assignment import Hypothesis, choose, hypotheses
from cadastre.divisions import within_sheets
from cadastre.lineage import expectations
from cadastre.linkage import Pairs, score
from cadastre.lot_table import records
from cadastre.lots import Lot, lots_of
from cadastre.mentions import Mention
from cadastre.series import numberings
from cadastre.shapes import on_same_ground, parted_ground
from schemas.tables import Tables
from schemas.weights import Weights

_ROUNDS = 3
_ANCHOR = 0.9  # probability from which a lot is settled
_ON_ITS_GROUND = 20.0  # bits
_LEAST, _LEAST_IN_ROW = -6.0, 1.0  # bits


@dataclass(frozen=True, slots=True)
class LastRound:
    """The lots, the pairs likely enough for their rows to be looked at, and the table that Splink then compares."""

    lots: Sequence[Lot]
    likely: Pairs
    table: pa.Table


def last_round(
    mentions: Sequence[Mention], tables: Tables, weights: Weights, memory: duckdb.DuckDBPyConnection
) -> LastRound:
    """Return what the last round of the search among these mentions starts from."""
    told = lots_of(mentions, numberings(mentions, tables), tables)
    lots = sorted(told, key=lambda lot: (lot.order, lot.since, lot.key))
    shapes = on_same_ground(lots)
    inside = within_sheets(lots)
    inside += [Hypothesis(older, newer, _ON_ITS_GROUND) for older, newer in parted_ground(lots, shapes)]
    pairs = score(lots, weights, tables, memory, shapes=shapes)
    for past in range(_ROUNDS):
        chosen = choose(hypotheses(lots, pairs) + inside)
        settled = {
            (older, lots[newer].order)
            for one in chosen
            if one.p >= _ANCHOR
            for older, newer in product(one.hypothesis.older, one.hypothesis.newer)
        }
        likely = pairs.only(pairs.weight >= _LEAST_IN_ROW)
        rows = in_row(lots, likely.older, likely.newer, settled)
        expected = expectations(lots, chosen)
        if past < _ROUNDS - 1:
            pairs = score(lots, weights, tables, memory, shapes=shapes, rows=rows, expected=expected, least=_LEAST)
    return LastRound(lots, likely, records(lots, expected, shapes, rows))
