"""Where the linker's published tables come from: its weights, what tells of divisions, how often links were right.

    python -m benchmarks.linking_tables weights DIR
    python -m benchmarks.linking_tables counted DIR DIR ...
    python -m benchmarks.linking_tables divisions DIR DIR ...
    python -m benchmarks.linking_tables probabilities DIR DIR ...
    python -m benchmarks.linking_tables left_out MAKER=DIR MAKER=DIR ...

DIR is of `samples.district` or `benchmarks.strange_district`. `weights` prints what expectation maximisation finds on
one district without its truth, as JSON like schemas/codes/linkage_weights.json. `counted` counts, with the truth of
the districts, the m and u of the comparisons that it cannot weigh: where the neighbours went (around), and whether the
parcels beside go on in one row (row). It prints m, u and bits beside the bits of the published weights, marks levels
more than a bit away with `*`, and tells how many pairs of lots stand behind each. `divisions` prints a table like
schemas/codes/division_signs.csv: the bits that each sign of a division or joining inside a sheet adds to the log odds,
with how many sets of parcels show it and how many of these are wrong. `probabilities` prints a table like
schemas/codes/link_probability.csv: the bits that each sign of a link adds to the log odds that it is right, with how
many links show it and how many of these are wrong. A link counts as right whatever era names its map series, and over
a number that no paper shows. `left_out` fits that table without the districts of each maker in turn, and prints how
many of that maker's links are wrong among those that it holds to be sure.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import duckdb

from benchmarks.counted_divisions import suggested
from benchmarks.counted_weights import Counts, count, table
from benchmarks.fitted_probabilities import fitted
from benchmarks.links import entries_of, truth_of
from benchmarks.standing import true_values
from benchmarks.true_lineage import TrueLineage
from cadastre.linking.assignment import choose, hypotheses
from cadastre.linking.divisions import within_sheets
from cadastre.linking.expectations import expectations
from cadastre.linking.lineage import reconcile, search
from cadastre.linking.link_probability import signs
from cadastre.linking.linkage import Search, estimate
from cadastre.linking.lots import Lot, lots_of
from cadastre.numberings.mentions import Mention, mention_of
from cadastre.numberings.series import numberings
from schemas.tables import load_tables
from schemas.weights import load_weights

TABLES = load_tables()
_BOUNDS = (0.9, 0.99, 0.995)
_DRAWN = 0.1  # signs of divisions: the many sets that are none hold their weights better than those of links


def _mentions(folder: Path) -> list[Mention]:
    told = (mention_of(entry, TABLES) for entry in entries_of(folder / "entries.jsonl"))
    return [mention for mention in told if mention is not None]


def _lots(folder: Path) -> list[Lot]:
    lots = lots_of(told := _mentions(folder), numberings(told, TABLES), TABLES)
    return sorted(lots, key=lambda lot: (lot.order, lot.since, lot.key))


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
            lots = _lots(folder)
            likely = search(lots, published, TABLES, memory).likely
            count(counts, lots, likely, truth_of(next(folder.rglob("lineage.csv"))), memory, seed=1)
    for line in table(counts, published):
        print(line)


def divisions(folders: list[Path]) -> None:
    """Print what each sign of a division or joining inside a sheet tells, by all that the districts suggest."""
    signs_of: list[Mapping[str, float]] = []
    right: list[bool] = []
    for folder in folders:
        for some, is_true in suggested(_lots(folder), truth_of(next(folder.rglob("lineage.csv")))):
            signs_of.append(some)
            right.append(is_true)
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(("sign", "bits", "sets", "wrong"))
    writer.writerows(fitted(signs_of, right, _DRAWN))


def _links(folders: Iterable[Path]) -> tuple[list[Mapping[str, float]], list[bool]]:
    """Return the signs of each link of some districts, and whether it is right."""
    links: list[Mapping[str, float]] = []
    right: list[bool] = []
    for folder in folders:
        lineage = TrueLineage(truth_of(next(folder.rglob("lineage.csv"))), dict(true_values(folder)))
        with duckdb.connect() as memory:
            found = reconcile(_mentions(folder), TABLES, load_weights(), memory)
        for (older, newer), seen in sorted(found.seen.items()):
            links.append(signs(seen))
            right.append(lineage.verdict(str(older), str(newer)) != "wrong")
    return links, right


def probabilities(folders: list[Path]) -> None:
    """Print what each sign of a link tells of whether it is right, by the links of the districts together."""
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(("sign", "bits", "links", "wrong"))
    writer.writerows(fitted(*_links(folders)))


def left_out(makers: Mapping[str, Sequence[Path]]) -> None:
    """Print for each maker how sure the table is of its links, and how often wrongly, when it is fitted without it."""
    links = {maker: _links(folders) for maker, folders in makers.items()}
    for maker, (mine, right) in links.items():
        others = [told for other, told in links.items() if other != maker]
        bits = {name: weight for name, weight, *_ in fitted([s for told in others for s in told[0]], _all(others))}
        p = [1 / (1 + 2.0 ** -sum(bits.get(name, 0.0) * value for name, value in one.items())) for one in mine]
        for bound in _BOUNDS:
            sure = [is_right for is_right, held in zip(right, p, strict=True) if held >= bound]
            print(f"{maker}, p >= {bound}: {sure.count(False)} wrong of {len(sure)} ({len(mine)} links)")


def _all(told: Iterable[tuple[Sequence[Mapping[str, float]], Sequence[bool]]]) -> list[bool]:
    return [one for _, right in told for one in right]


def main() -> None:
    """Print the table that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("weights", "counted", "divisions", "probabilities", "left_out"))
    parser.add_argument("districts", nargs="+", metavar="DIR", help="`weights` takes one, `left_out` MAKER=DIR")
    args = parser.parse_args()
    if args.what == "left_out":
        left_out(_by_maker(parser, args.districts))
        return
    folders = [Path(one) for one in args.districts]
    match args.what:
        case "weights" if len(folders) > 1:
            parser.error("weights: give one district")
        case "weights":
            weights(folders[0])
        case "counted":
            counted(folders)
        case "divisions":
            divisions(folders)
        case _:
            probabilities(folders)


def _by_maker(parser: argparse.ArgumentParser, told: Iterable[str]) -> Mapping[str, Sequence[Path]]:
    makers: dict[str, list[Path]] = defaultdict(list)
    for maker, named, folder in (one.partition("=") for one in told):
        if not named:
            parser.error("left_out: give MAKER=DIR for each district")
        makers[maker].append(Path(folder))
    if len(makers) < 2:
        parser.error("left_out: give districts of two makers and more")
    return makers


if __name__ == "__main__":
    main()
