"""Settling entries to parcels, pure and in memory; and `why` in the database, on a private PostGIS of its own.

python -m benchmarks.settling --entries 30000
python -m benchmarks.settling --entries 300000 --why 200

Each made parcel has five papers: a row of a 299 index, a certificate of 1996 under the older number, a row of an index
of 2013, a certificate of 2016 that names the older one, and its row in the issue book.
"""

from __future__ import annotations

import argparse
import gc
import hashlib
import random
import statistics
import time
from collections.abc import Sequence

from benchmarks.private_home import private_home
from cadastre.settling.keys import key_of
from cadastre.settling.settled import settle
from schemas.documents import Box, Era, Given, Kind, PageRef
from schemas.entries import Entry, FieldValue, LandUse, Owner, Ref, Term, Value
from schemas.parcels import Link, ParcelKey
from schemas.settings import Settings
from schemas.tables import Tables, load_tables
from store import entries as kept
from store import intake, parcels
from store.database import connect
from store.intake import BatchFile
from store.migrate import prepare
from store.runs import begin_run
from store.why import behind, parcels_numbered

_SHA = hashlib.sha256(b"settling").hexdigest()
_BOX = Box(100, 100, 400, 140)
_PAPERS = 5
_A_BATCH = 10_000
UNIT = "20794"


def main() -> None:
    """Print processor microseconds an entry without and with links, and the milliseconds of `why`."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--entries", type=int, default=30_000)
    parser.add_argument("--why", type=int, default=0, help="questions to the database")
    parser.add_argument("--seed", type=int, default=7)
    args = parser.parse_args()
    tables = load_tables()
    entries, links = district(args.entries // _PAPERS, args.seed)
    gc.freeze()
    for name, steps in (("without links", ()), ("with links", links)):
        start = time.process_time()  # others may use the machine too
        settled = settle(entries, tables, steps)
        seconds = time.process_time() - start
        print(f"settle {name}: {len(entries)} entries, {len(settled)} parcels, {seconds:.2f} s of processor,", end=" ")
        print(f"{1e6 * seconds / len(entries):.0f} µs an entry")
    if args.why:
        _ask(entries, links, tables, args.why, args.seed)


def district(count: int, seed: int) -> tuple[list[Entry], list[Link]]:
    """Return the papers of so many parcels and the steps from their older numbers."""
    rng = random.Random(seed)
    entries: list[Entry] = []
    links: list[Link] = []
    for n in range(count):
        area = float(rng.randint(60, 900))
        owner = Owner(f"Nguyễn Văn {n}", sex="nam", birth_year=1950 + n % 40)
        then = {"sheet_no": str(1 + n // 400), "parcel_no": str(1 + n % 400)}
        now = {"sheet_no": str(1 + n // 250), "parcel_no": str(1 + n % 250)}
        older, newer = f"{chr(65 + n % 20)} {n % 1_000_000:06d}", f"BA {n % 1_000_000:06d}"
        papers: tuple[tuple[Kind, Era, dict[str, Value]], ...] = (
            ("so_muc_ke", "299", {**then, "area_m2": area, "land_use": (LandUse("T", None),), "owners": (owner,)}),
            ("gcn", "299", {**then, "area_m2": area, "serial": older, "issued_on": "1996-05-01", "owners": (owner,)}),
            ("so_muc_ke", "2013", {**now, "area_m2": area + 3, "legal_area_m2": area, "owners": (owner,)}),
            (
                "gcn",
                "2013",
                {**now, "area_m2": area, "serial": newer, "register_no": f"CH {n % 100_000:05d}",
                 "issued_on": "2016-03-20", "owners": (owner,), "land_use": (LandUse("ONT", area),),
                 "term": Term("long"), "refs": (Ref("serial", older),)},
            ),
            (
                "so_cap_gcn",
                "2013",
                {**now, "area_m2": area, "serial": newer, "register_no": f"CH {n % 100_000:05d}", "owners": (owner,)},
            ),
        )  # fmt: skip
        for number, (kind, era, values) in enumerate(papers):
            entries.append(_entry(f"{n}-{number}", kind, era, values))
        keys = [key for key in (key_of(entries[-5]), key_of(entries[-1])) if key is not None]
        links.append(Link(keys[0], keys[1], "same", 0.99, ("owners", "area")))
    return entries, links


def _entry(entry_id: str, kind: Kind, era: Era, values: dict[str, Value]) -> Entry:
    ref = PageRef(_SHA, 1)
    fields = {
        name: FieldValue(value, "…", 0.99, "accepted", "paper", ref, _BOX)
        for name, value in {"unit_code": UNIT, **values}.items()
    }
    return Entry(entry_id, f"d-{entry_id}", ref, None, kind, None, era, "accepted", fields, ())


def _ask(entries: Sequence[Entry], links: Sequence[Link], tables: Tables, count: int, seed: int) -> None:
    with private_home():
        url = prepare(Settings())
        start = time.perf_counter()
        _load(url, entries, links, tables)
        print(f"loaded in {time.perf_counter() - start:.0f} s")
        print_times(url, [key for entry in entries if (key := key_of(entry))], count, seed)


def print_times(url: str, keys: Sequence[ParcelKey], count: int, seed: int) -> None:
    """Print how long the questions of `why` take in the database: median, 95th in a hundred, longest."""
    with connect(url) as conn:
        seconds = []
        for key in random.Random(seed).sample(list(keys), count):
            start = time.perf_counter()
            (known, *_) = parcels_numbered(conn, key.unit, key.sheet, key.parcel)
            behind(conn, known, identity=None)
            seconds.append(1000 * (time.perf_counter() - start))
    seconds.sort()
    print(
        f"why: median {statistics.median(seconds):.1f} ms, 95 % within {seconds[int(0.95 * count)]:.1f} ms, "
        f"longest {seconds[-1]:.1f} ms, n = {count}"
    )


def _load(url: str, entries: Sequence[Entry], links: Sequence[Link], tables: Tables) -> None:
    settled = settle(entries, tables, links)
    with connect(url) as conn:
        run = begin_run(conn, "benchmark", lease_s=36_000)
        for at in range(0, len(entries), _A_BATCH):
            some = entries[at : at + _A_BATCH]
            batch_id = intake.register(conn, run, f"/scans/{at}", [BatchFile(_SHA, 1, Given(f"{at}.pdf"))])
            intake.file_opened(conn, run, _SHA, 1, "benchmark")
            documents = [kept.Document(one.document_id, one.kind, None, one.era, (one.ref,)) for one in some]
            keys = {one.entry_id: key for one in some if (key := key_of(one))}
            kept.save_entries(conn, run, batch_id, documents, some, keys)
        for at in range(0, len(settled), _A_BATCH):
            parcels.publish(conn, run, settled[at : at + _A_BATCH], batch_id=batch_id)


if __name__ == "__main__":
    main()
