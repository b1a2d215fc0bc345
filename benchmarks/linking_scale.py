"""Time and memory of reconciling many entries, land by land, without a database.

    python -m benchmarks.linking_scale ENTRIES.jsonl --entries 100000

ENTRIES.jsonl is of `python -m samples.district --parcels N --communes K`. What is timed is all but reading the file:
mentions, map series, candidates, weights, assignment.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections import defaultdict
from itertools import islice
from pathlib import Path

import duckdb

from benchmarks.links import entries_of
from cadastre.lineage import reconcile
from cadastre.mentions import Mention, mention_of
from cadastre.territory import scope_of
from schemas.tables import load_tables
from schemas.weights import load_weights


def main() -> None:
    """Reconcile the first entries of a file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--entries", type=int, default=100_000)
    args = parser.parse_args()
    tables, weights = load_tables(), load_weights()
    lands: dict[str, list[Mention]] = defaultdict(list)
    for entry in islice(entries_of(args.file), args.entries):
        mention = mention_of(entry, tables)
        if mention is not None:
            lands[scope_of(mention.key.unit, tables)].append(mention)
    start, cpu = time.perf_counter(), time.process_time()
    links, slowest = 0, (0.0, "", 0)
    for land, mentions in sorted(lands.items()):
        begun = time.perf_counter()
        with duckdb.connect() as memory:
            links += len(reconcile(mentions, tables, weights, memory).links)
        slowest = max(slowest, (time.perf_counter() - begun, land, len(mentions)))
    keyed = sum(map(len, lands.values()))
    print(f"{args.entries} entries, {keyed} with a key, {len(lands)} lands, {links} links")
    print(f"{time.perf_counter() - start:.1f} s, {time.process_time() - cpu:.1f} s of CPU")
    print(f"slowest land {slowest[1]}: {slowest[2]} mentions in {slowest[0]:.1f} s")
    print(f"highest memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20:.2f} GiB, mentions of all held")


if __name__ == "__main__":
    main()
