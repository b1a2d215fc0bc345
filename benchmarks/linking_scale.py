"""Time and memory of many entries: linked land by land, or brought in by `diachinh import` and 1,000 more after them.

    python -m benchmarks.linking_scale ENTRIES.jsonl --entries 100000
    python -m benchmarks.linking_scale ENTRIES.jsonl --entries 300000 --database [--more 1000] [--scattered]

ENTRIES.jsonl is of `python -m samples.district --parcels N --communes K`, land after land. Linking alone: all but
reading the file is timed (mentions, map series, candidates, weights, assignment). Through the database: the command
as a user types it, on a fresh private PostGIS; the entries that come later are the next of the file, of one or two
lands, or with --scattered some of every land, which stand in new papers.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import subprocess
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

import duckdb

from benchmarks.command import DIACHINH, call
from benchmarks.links import entries_of
from benchmarks.private_home import private_home
from benchmarks.settling import print_times
from cadastre.linking.lineage import reconcile
from cadastre.numberings.mentions import Mention, mention_of
from cadastre.units.territory import scope_of
from schemas.parcels import ParcelKey
from schemas.tables import load_tables
from schemas.weights import load_weights
from store.cluster import Cluster
from store.database import connect


def main() -> None:
    """Link the first entries of a file, or bring them into a fresh database."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--entries", type=int, default=100_000)
    parser.add_argument("--database", action="store_true", help="through `diachinh import`, not linking alone")
    parser.add_argument("--more", type=int, default=1000, help="entries that come after")
    parser.add_argument("--scattered", action="store_true", help="those that come after are of every land")
    parser.add_argument("--why", type=int, default=200, help="questions `why` to the database")
    args = parser.parse_args()
    if args.database:
        _through_database(args.file, args.entries, args.more, scattered=args.scattered, questions=args.why)
    else:
        _alone(args.file, args.entries)
    print(f"load at the end: {' '.join(f'{one:.1f}' for one in os.getloadavg())}")


def _alone(file: Path, count: int) -> None:
    tables, weights = load_tables(), load_weights()
    lands: dict[str, list[Mention]] = defaultdict(list)
    for entry in islice(entries_of(file), count):
        mention = mention_of(entry, tables)
        if mention is not None:
            lands[scope_of(mention.key.unit, tables)].append(mention)
    print(f"mentions of all: {_highest(resource.RUSAGE_SELF):.2f} GiB")
    start, cpu = time.perf_counter(), time.process_time()
    links, slowest = 0, (0.0, "", 0)
    for land, mentions in sorted(lands.items()):
        begun = time.perf_counter()
        with duckdb.connect() as memory:
            links += len(reconcile(mentions, tables, weights, memory).links)
        slowest = max(slowest, (time.perf_counter() - begun, land, len(mentions)))
    keyed = sum(map(len, lands.values()))
    print(f"{count} entries, {keyed} with a key, {len(lands)} lands, {links} links")
    print(f"{time.perf_counter() - start:.1f} s, {time.process_time() - cpu:.1f} s of CPU")
    print(f"slowest land {slowest[1]}: {slowest[2]} mentions in {slowest[0]:.1f} s")
    print(f"highest memory {_highest(resource.RUSAGE_SELF):.2f} GiB, mentions of all held")


def _highest(of: int) -> float:
    return resource.getrusage(of).ru_maxrss / 2**20


def _through_database(file: Path, count: int, more: int, *, scattered: bool, questions: int) -> None:
    with private_home() as folder:
        first, later = folder / "first.jsonl", folder / "later.jsonl"
        with file.open(encoding="utf-8") as lines:
            _write(first, islice(lines, count))
            if not scattered:
                _write(later, islice(lines, more))
        if scattered:
            _write(later, _in_new_papers(first, more, count))
        call("services", "start")
        cluster = Cluster(folder / "home")
        _bring_in(first, cluster)
        told = json.loads(call("report", "--json"))
        print("seconds by stage:", told["seconds"], " parcels:", sum(told["parcels"].values()))
        _bring_in(later, cluster)
        with connect(cluster.admin_url()) as conn:
            keys = [ParcelKey.parse(row[0]) for row in conn.execute("select parcel_key from cadastre.parcel")]
        print_times(cluster.admin_url(), sorted(keys), questions, seed=7)


def _write(path: Path, lines: Iterable[str]) -> None:
    with path.open("w", encoding="utf-8") as out:
        out.writelines(lines)


def _in_new_papers(first: Path, more: int, count: int) -> Iterator[str]:
    """Yield entries from all over the file again, as those of other papers."""
    chosen = frozenset(random.Random(5).sample(range(count), more))
    with first.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if number in chosen:
                told = json.loads(line)
                ids = {name: f"later-{told[name]}" for name in ("entry_id", "document_id")}
                yield json.dumps(told | ids, ensure_ascii=False) + "\n"


def _bring_in(file: Path, cluster: Cluster) -> None:
    """Import a file and print wall and processor time and memory."""
    load, start, before = os.getloadavg()[0], time.perf_counter(), _processor_s(cluster)
    done = subprocess.run([*DIACHINH, "import", str(file), "--json"], capture_output=True, text=True, check=True)
    seconds = time.perf_counter() - start
    ours, postgres = (after - then for after, then in zip(_processor_s(cluster), before, strict=True))
    added = json.loads(done.stdout)["files"][0]["added"]
    print(
        f"{added} entries imported in {seconds:.0f} s, load before {load:.1f}; processor: {ours:.0f} s and "
        f"{postgres:.0f} s of PostGIS; the largest process {_highest(resource.RUSAGE_CHILDREN):.2f} GiB",
        flush=True,
    )


def _processor_s(cluster: Cluster) -> tuple[float, float]:
    """Return the processor time of the commands that have ended, and of the server with all its sessions that have."""
    mine = resource.getrusage(resource.RUSAGE_CHILDREN)
    told = Path(f"/proc/{cluster.status().pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
    return mine.ru_utime + mine.ru_stime, sum(map(int, told[11:15])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
