"""Make a district as another hand sees the trade: entries in the contract's form, true lineage, what stands now.

    python -m benchmarks.judge_district --seed 60001 --parcels 2000 --errors none|worn --out DIR

DIR receives entries.jsonl, truth/lineage.csv and truth/current.jsonl; benchmarks.judge says what world it is.
"""

from __future__ import annotations

import argparse
import csv
import json
from pathlib import Path
from random import Random

from benchmarks.judge.books import index_books, issue_books, user_registers
from benchmarks.judge.entries import entry_json
from benchmarks.judge.history import live
from benchmarks.judge.single_papers import cases, certificates
from benchmarks.judge.truth import current, lineage
from benchmarks.judge.wear import wear


def main() -> None:
    """Write one district."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--parcels", type=int, default=2000)
    parser.add_argument("--errors", choices=("none", "worn"), default="none")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    write_district(args.seed, args.parcels, args.errors, args.out)


def write_district(seed: int, parcels: int, errors: str, out: Path) -> None:
    """Write a district's entries and its truth."""
    world = live(seed, parcels)
    rows = [*index_books(world), *user_registers(world), *issue_books(world), *certificates(world), *cases(world)]
    links, stands = lineage(world, rows), current(world, rows)
    if errors == "worn":
        wear(Random(seed + 1), rows)
    (out / "truth").mkdir(parents=True, exist_ok=True)
    with (out / "entries.jsonl").open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(entry_json(n, one), ensure_ascii=False) + "\n" for n, one in enumerate(rows, 1))
    with (out / "truth" / "lineage.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("from_key", "to_key", "relation"), *links])
    with (out / "truth" / "current.jsonl").open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(one, ensure_ascii=False) + "\n" for one in stands)
    print(f"{len(rows)} entries, {len(links)} true links, {len(stands)} parcels that stand in 2025")


if __name__ == "__main__":
    main()
