"""The m and u of the linker's levels, counted on districts whose truth is known.

m is counted on the pairs of lots that truth says went on to another map or commune, u on pairs that are none of what
the older lot became: for the places of neighbours those of some older lots with every later lot of the same land, for
the rows of parcels all that the linker finds likely without them, for it looks at the rows of no others.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import duckdb
import pyarrow as pa

from cadastre.linking.comparisons import LEVELS, level_of
from cadastre.linking.linkage import Pairs, weights_of
from cadastre.linking.lots import Lot
from schemas.parcels import ParcelKey, Relation
from schemas.weights import Weights

#: Comparisons that expectation maximisation cannot weigh, with the true steps on which m is counted.
COUNTED: Mapping[str, tuple[Relation, ...]] = {
    "around": ("same", "split", "merge", "unit_change"),
    "row": ("same",),
}
_SAMPLED = 300  # older lots of each district


@dataclass(frozen=True, slots=True)
class Counts:
    """How many pairs showed each level of each comparison: of true ones, and of others."""

    true: Mapping[str, Counter[str]] = field(default_factory=lambda: {name: Counter() for name in COUNTED})
    other: Mapping[str, Counter[str]] = field(default_factory=lambda: {name: Counter() for name in COUNTED})

    def weights(self) -> Weights:
        """Return m and u of the levels that both sorts of pairs show, as shares of the pairs that show any."""
        return {
            name: {
                level: (true[level] / _told(true), other[level] / _told(other))
                for level in true
                if level != "unknown" and other[level]
            }
            for name, true in self.true.items()
            for other in (self.other[name],)
        }


def _told(counts: Counter[str]) -> int:
    return counts.total() - counts["unknown"]


def count(
    counts: Counts,
    lots: Sequence[Lot],
    likely: Pairs,
    steps: Mapping[tuple[str, str], str],
    memory: duckdb.DuckDBPyConnection,
    seed: int,
) -> None:
    """Add the levels of one district's pairs, by the table that the last round of the search left in `memory`.

    `likely` are the pairs whose rows were looked at, `steps` the true ones by their keys, `seed` draws the older lots.
    """
    places = {str(lot.key): place for place, lot in enumerate(lots)}
    true = {(places[a], places[b]): how for (a, b), how in steps.items() if a in places and b in places}
    later: dict[int, set[int]] = defaultdict(set)
    for older, newer in true:
        later[older].add(newer)
    crossing = {pair: how for pair, how in true.items() if _apart(*(lots[one].key for one in pair))}
    went_on = sorted({one for one, _ in crossing})
    sample = random.Random(seed).sample(went_on, min(_SAMPLED, len(went_on)))
    of_scope: dict[str, list[int]] = defaultdict(list)
    for place, lot in enumerate(lots):
        of_scope[lot.scope].append(place)
    drawn = (
        (one, other) for one in sample for other in of_scope[lots[one].scope] if lots[other].order > lots[one].order
    )
    in_rows = zip(likely.older.tolist(), likely.newer.tolist(), strict=True)
    became = {one: _became(one, later) for one in later}
    for name, others in (("around", drawn), ("row", in_rows)):
        taken = [pair for pair, how in crossing.items() if how in COUNTED[name]]
        counts.true[name].update(_levels(name, taken, memory))
        wrong = [(one, other) for one, other in others if other not in became.get(one, ())]
        counts.other[name].update(_levels(name, wrong, memory))


def _apart(one: ParcelKey, other: ParcelKey) -> bool:
    return (one.unit, one.era) != (other.unit, other.era)


def _became(lot: int, later: Mapping[int, set[int]]) -> set[int]:
    """Return all that a lot became, over any number of steps."""
    found: set[int] = set()
    waiting = [lot]
    while waiting:
        new = later.get(waiting.pop(), set()) - found
        found |= new
        waiting += new
    return found


def _levels(name: str, pairs: Sequence[tuple[int, int]], memory: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Return how many pairs of lots show each level of a comparison: the first whose condition holds."""
    older, newer = [a for a, _ in pairs], [b for _, b in pairs]
    memory.register("pairs", pa.table({"older": pa.array(older, pa.int64()), "newer": pa.array(newer, pa.int64())}))
    columns = [column for column, *_ in memory.execute("describe placed").fetchall()]
    both = ", ".join(f"{side}.{column} as {column}_{side}" for side in "lr" for column in columns)
    *levels, (last, _) = LEVELS[name]
    case = " ".join(f"when {condition} then '{level}'" for level, condition in levels)
    told = memory.execute(
        f"""
        select case {case} else '{last}' end as level, count(*)
        from (
            select {both}
            from pairs as p
            inner join placed as l on l.number = p.older
            inner join placed as r on r.number = p.newer
        )
        group by level
        """
    )
    return dict(told.fetchall())


def table(counts: Counts, published: Weights) -> Iterator[str]:
    """Yield a line a level: m, u and bits as counted, the bits now, `*` where they differ, the pairs of both sorts."""
    counted = counts.weights()
    yield f"{'comparison':10} {'level':16} {'m':>8} {'u':>10} {'bits':>6} {'now':>6}   true pairs, other pairs"
    for name in COUNTED:
        bits, now = _bits(name, counted), _bits(name, published)
        for level, _ in LEVELS[name]:
            told = " ".join("-".rjust(width) for width in (8, 10, 6))
            mark = " "
            if level in counted[name]:
                m, u = counted[name][level]
                told = f"{m:8.4f} {u:10.6f} {bits[level]:+6.1f}"
                mark = "*" if abs(bits[level] - now[level]) > 1 else " "
            pairs = f"{counts.true[name][level]}, {counts.other[name][level]}"
            yield f"{name:10} {level:16} {told} {now[level]:+6.1f} {mark} {pairs}"


def _bits(name: str, weights: Weights) -> dict[str, float]:
    """Return the bits of each level of a comparison."""
    return {level_of(name, gamma): float(bits) for gamma, bits in enumerate(weights_of(name, weights), start=-1)}
