"""Links, splits, merges and current values of a generated district against its truth, beside two baselines.

    python -m benchmarks.links DIR [--weights FILE]

DIR holds entries.jsonl (contract.md, entries), lineage.csv and current.jsonl. Baselines of the same run: exact keys
(equal numbers printed as old ones, or equal name and area), and Splink with its stock comparisons.
"""

from __future__ import annotations

import argparse
import csv
import json
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import splink.comparison_library as cl
from splink import Linker, SettingsCreator, block_on
from splink.backends.duckdb import DuckDBAPI
from splink.blocking_rule_library import CustomRule

from cadastre.linking.lineage import Reconciled, reconcile
from cadastre.linking.lots import Lot
from cadastre.numberings.mentions import Mention, mention_of
from schemas.documents import PageRef
from schemas.entries import Entry, FieldValue, value_from_json
from schemas.tables import load_tables
from schemas.weights import load_weights

Pair = tuple[str, str]


def entries_of(path: Path) -> Iterator[Entry]:
    """Yield the entries of a JSON Lines file in the contract's form."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            told = json.loads(line)
            ref = PageRef(told["sha256"] or "0" * 64, told["page"] or 1)
            fields = {
                name: FieldValue(
                    value_from_json(name, one["value"]), one.get("text"), None, one["status"], one["from"], None, None
                )
                for name, one in told["fields"].items()
            }
            yield Entry(
                told["entry_id"], told["document_id"], ref, told["row"], told["kind"], told["form"], told["era"],
                told["status"], fields, (),
            )  # fmt: skip


def truth_of(path: Path) -> dict[Pair, str]:
    """Return the true relation of each pair of keys."""
    with path.open(encoding="utf-8") as file:
        return {(row["from_key"], row["to_key"]): row["relation"] for row in csv.DictReader(file)}


def f1(found: Iterable[Pair], true: Iterable[Pair]) -> tuple[float, float, float]:
    """Return F1, precision and recall of pairs."""
    found, true = set(found), set(true)
    hit = len(found & true)
    precision, recall = hit / max(len(found), 1), hit / max(len(true), 1)
    return 2 * hit / max(len(found) + len(true), 1), precision, recall


def exact(mentions: Iterable[Mention]) -> set[Pair]:
    """Return the pairs of the first baseline: old numbers as printed, else a name and area that only two keys share."""
    by_place: dict[tuple[str, str], str] = {}
    by_name: dict[tuple[str, float], set[str]] = {}
    told = sorted(mentions, key=lambda m: m.key)
    for m in told:
        by_place.setdefault((m.key.unit, f"{m.key.sheet}/{m.key.parcel}"), str(m.key))
        for area in m.areas[:1]:
            for name in m.names[:1]:
                by_name.setdefault((name, area), set()).add(str(m.key))
    pairs = {(by_place[m.key.unit, old], str(m.key)) for m in told for old in m.olds if (m.key.unit, old) in by_place}
    pairs |= {(min(keys), max(keys)) for keys in by_name.values() if len(keys) == 2}
    return {(a, b) for a, b in pairs if a != b}


def stock(lots: Sequence[Lot], true: Iterable[Pair]) -> set[Pair]:
    """Return the pairs of the second baseline: Splink with its stock comparisons, trained without labels.

    Of all thresholds the one is taken that does best by the truth, in the baseline's favour.
    """
    rows = [
        {
            "unique_id": number,
            "series": f"{lot.key.unit}@{lot.key.era}",
            "scope": lot.scope,
            "name": next((m.names[0] for m in lot.mentions if m.names), None),
            "area": None if lot.area is None else str(lot.area),
            "parcel": lot.key.parcel,
            "toponym": next((m.toponym for m in lot.mentions if m.toponym), None),
            "hamlet": next((m.hamlet for m in lot.mentions if m.hamlet), None),
        }
        for number, lot in enumerate(lots)
    ]
    api = DuckDBAPI(connection=duckdb.connect())
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            cl.JaroWinklerAtThresholds("name").configure(term_frequency_adjustments=True),
            cl.LevenshteinAtThresholds("area", 1),
            cl.JaroWinklerAtThresholds("toponym", 0.9),
            cl.ExactMatch("hamlet"),
            cl.ExactMatch("parcel"),
        ],
        blocking_rules_to_generate_predictions=[
            CustomRule("l.scope = r.scope and l.name = r.name and l.series <> r.series"),
            CustomRule("l.scope = r.scope and l.area = r.area and l.series <> r.series"),
        ],
    )
    linker = Linker(api.register(pa.Table.from_pylist(rows)), settings, log_level=None)
    linker.training.estimate_probability_two_random_records_match([block_on("name", "area")], recall=0.5)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for rule in (block_on("name"), block_on("area")):
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    told = linker.inference.predict(threshold_match_probability=1e-4).as_duckdbpyrelation()
    rows_told = told.project("unique_id_l, unique_id_r, match_probability").fetchall()
    true = set(true)
    best: set[Pair] = set()
    for bound in (0.0001, 0.001, 0.01, 0.1, 0.3, 0.5, 0.7, 0.9, 0.95, 0.99, 0.999):
        pairs = {(str(lots[a].key), str(lots[b].key)) for a, b, p in rows_told if p >= bound}
        best = max(best, pairs, key=lambda some: f1(some, true)[0])
    return best


def main() -> None:
    """Score one district."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--misses", type=int, default=0)
    args = parser.parse_args()
    tables = load_tables()
    start = time.perf_counter()
    entries = list(entries_of(args.folder / "entries.jsonl"))
    loaded = time.perf_counter()
    mentions = [m for entry in entries if (m := mention_of(entry, tables)) is not None]
    result = reconcile(mentions, tables, load_weights(), duckdb.connect())
    done = time.perf_counter()
    true = truth_of(next(args.folder.rglob("lineage.csv")))
    _tell(len(entries), len(mentions), result, true, (loaded - start, done - loaded), mentions)
    if args.misses:
        _misses(result, true, args.misses)


def _tell(
    entries: int,
    keyed: int,
    result: Reconciled,
    true: Mapping[Pair, str],
    seconds: tuple[float, float],
    mentions: list[Mention],
) -> None:
    found = {(str(link.older), str(link.newer)): link for link in result.links}
    print(f"entries {entries}, with a key {keyed}, lots {len(result.lots)}, true links {len(true)}, {seconds[1]:.1f} s")
    told = {ends: link.relation for ends, link in found.items()}
    lots = {str(lot.key) for lot in result.lots}
    lost = sum(a not in lots or b not in lots for a, b in true)
    print(f"true links whose keys no lot has: {lost}")
    rows: list[tuple[str, Iterable[Pair], Iterable[Pair]]] = [
        ("all links", found, true),
        ("split, merge", _of(told, ("split", "merge")), _of(true, ("split", "merge"))),
        ("same", _of(told, ("same",)), _of(true, ("same",))),
        ("unit change", _of(told, ("unit_change",)), _of(true, ("unit_change",))),
        ("exact keys", exact(mentions), true),
        ("stock Splink", stock(result.lots, true), true),
    ]
    for name, one, other in rows:
        print(
            f"{name:14s} F1 {{:.4f}}  precision {{:.4f}}  recall {{:.4f}}".format(*f1(one, other)),
            len(set(one)),
            len(set(other)),
        )
    for bound in (0.5, 0.9, 0.99, 0.999):
        sure = {pair for pair, link in found.items() if link.p >= bound}
        wrong = len(sure - set(true))
        print(f"p >= {bound}: {len(sure)} links, {wrong} wrong = {wrong / max(len(sure), 1):.4f}")


def _of(relations: Mapping[Pair, str], kinds: tuple[str, ...]) -> set[Pair]:
    return {pair for pair, relation in relations.items() if relation in kinds}


def _misses(result: Reconciled, true: Mapping[Pair, str], count: int) -> None:
    found: dict[Pair, Any] = {(str(link.older), str(link.newer)): link for link in result.links}
    told = {str(lot.key): lot for lot in result.lots}
    wrong = [pair for pair in found if pair not in true]
    lost = [pair for pair in true if pair not in found and pair[0] in told and pair[1] in told]
    for title, pairs in (("WRONG", wrong), ("LOST", lost)):
        print(f"--- {title}: {len(pairs)}")
        for pair in pairs[:: max(1, len(pairs) // count)][:count]:
            link = found.get(pair)
            print(
                pair,
                true.get(pair),
                link.relation if link else "",
                link.p if link else "",
                link.evidence if link else "",
            )
            for key in pair:
                lot = told[key]
                print("     ", key, lot.area, sorted(lot.names)[:3], dict(lot.olds), [m.kind for m in lot.mentions])


if __name__ == "__main__":
    main()
