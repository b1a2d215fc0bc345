"""Where the two published tables of the linker come from: its weights, and how often links were right.

    python -m benchmarks.linking_tables weights DIR
    python -m benchmarks.linking_tables counted DIR DIR ...
    python -m benchmarks.linking_tables probabilities DIR DIR ...

DIR is of `samples.district` or `benchmarks.strange_district`. `weights` prints what expectation maximisation finds on
one district without its truth, as JSON like schemas/codes/linkage_weights.json. `counted` counts, with the truth of
the districts, the m and u of the comparisons that it cannot weigh: where the neighbours went (around), and whether the
parcels beside go on in one row (row). It prints m, u and bits beside the bits of the published weights, marks levels
more than a bit away with `*`, and tells how many pairs of lots stand behind each. `probabilities` prints a table like
schemas/codes/link_probability.csv: each row is shrunk towards its band, and the band towards its sort, by as many
counts as five and four. A link counts as right whatever era names its map series.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections import Counter
from itertools import product
from pathlib import Path

import duckdb

from benchmarks.counted_weights import Counts, count, table
from benchmarks.links import entries_of, truth_of
from cadastre.assignment import choose, hypotheses
from cadastre.divisions import within_sheets
from cadastre.lineage import expectations, reconcile, search
from cadastre.link_probability import features
from cadastre.linkage import Search, estimate
from cadastre.lots import lots_of
from cadastre.mentions import Mention, mention_of
from cadastre.series import numberings
from schemas.tables import load_tables
from schemas.weights import LinkRow, load_weights

TABLES = load_tables()


def _mentions(folder: Path) -> list[Mention]:
    told = (mention_of(entry, TABLES) for entry in entries_of(folder / "entries.jsonl"))
    return [mention for mention in told if mention is not None]


def weights(folder: Path) -> None:
    """Print the weights that a district gives, started from the published ones, in two rounds."""
    known = load_weights()
    with duckdb.connect() as memory:
        lots = reconcile(_mentions(folder), TABLES, known, memory).lots
        for _ in range(2):
            pairs = Search(lots, known, TABLES, memory).pairs()
            chosen = choose(hypotheses(lots, pairs) + within_sheets(lots))
            known = estimate(lots, TABLES, memory, seed=1, expected=expectations(lots, chosen), start=known)
    json.dump(known, sys.stdout, indent=1)


def counted(folders: list[Path]) -> None:
    """Print m and u of the comparisons that are counted with truth, on the districts together."""
    published, counts = load_weights(), Counts()
    for folder in folders:
        with duckdb.connect() as memory:
            lots = lots_of(told := _mentions(folder), numberings(told, TABLES), TABLES)
            lots.sort(key=lambda lot: (lot.order, lot.since, lot.key))
            likely = search(lots, published, TABLES, memory).likely
            count(counts, lots, likely, truth_of(next(folder.rglob("lineage.csv"))), memory, seed=1)
    for line in table(counts, published):
        print(line)


def probabilities(folders: list[Path]) -> None:
    """Print how often links of each sort were right on the districts together."""
    counted: Counter[LinkRow] = Counter()
    right: Counter[LinkRow] = Counter()
    for folder in folders:
        true = {(_bare(a), _bare(b)) for a, b in truth_of(next(folder.rglob("lineage.csv")))}
        with duckdb.connect() as memory:
            found = reconcile(_mentions(folder), TABLES, load_weights(), memory)
        for link in found.links:
            parts = [one.split(":") for one in link.evidence]
            bits = {name: float(rest[-1]) for name, *rest in parts if name != "printed"}
            printed = any(name == "printed" for name, *_ in parts)
            odds = found.odds[link.older, link.newer]
            row = LinkRow(*features(link.relation, bits, odds, printed=printed))
            counted[row] += 1
            right[row] += (_bare(str(link.older)), _bare(str(link.newer))) in true
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(("sort", "printed", "agreeing", "band", "counted", "right", "p"))
    for sort, printed, band in product(("same", "divided", "inside"), (False, True), range(5)):
        of_sort = [row for row in counted if (row.sort, row.printed) == (sort, printed)]
        of_band = [row for row in of_sort if row.band == band]
        whole = (sum(right[row] for row in of_sort) + 1) / (sum(counted[row] for row in of_sort) + 2)
        base = (sum(right[row] for row in of_band) + 4 * whole) / (sum(counted[row] for row in of_band) + 4)
        for agreeing in range(5):
            row = LinkRow(sort, printed, agreeing, band)
            p = (right[row] + 5 * base) / (counted[row] + 5)
            told = round(min(p, 0.999), 3)  # no count of this size can say that none is ever wrong
            writer.writerow((sort, "yes" if printed else "no", agreeing, band, counted[row], right[row], told))


def _bare(key: str) -> tuple[str, str]:
    unit, rest = key.split("@", 1)
    return unit, rest.split("/", 1)[1]


def main() -> None:
    """Print the table that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("weights", "counted", "probabilities"))
    parser.add_argument("folders", type=Path, nargs="+", metavar="DIR", help="districts; `weights` takes one")
    args = parser.parse_args()
    match args.what:
        case "weights" if len(args.folders) > 1:
            parser.error("weights: give one district")
        case "weights":
            weights(args.folders[0])
        case "counted":
            counted(args.folders)
        case _:
            probabilities(args.folders)


if __name__ == "__main__":
    main()
