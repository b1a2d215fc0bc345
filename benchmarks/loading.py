"""Loading entries against a bare COPY of the very same rows, on a private PostGIS in a folder of its own.

python -m benchmarks.loading --entries 5000 --rounds 5

Ours is `store.entries.save_entries` as the worker's login: it makes rows of the entries, hashes and compares them with
what is kept, and holds the run's lease. The peer reads those rows back, removes them, and copies them into the same
tables as the superuser, whom row security does not bind (the worker may not COPY for its sake); the rows lie ready in
memory before its clock starts.
"""

from __future__ import annotations

import argparse
import hashlib
import statistics
import time

from benchmarks.private_home import private_home
from schemas.documents import Box, Given, PageRef
from schemas.entries import Entry, FieldValue, LandUse, Owner, Term, Value
from schemas.parcels import ParcelKey
from schemas.readings import PageReading
from schemas.settings import Settings
from store import entries as kept
from store import intake, readings
from store.cluster import Cluster
from store.database import Connection, as_jsonb, connect
from store.intake import BatchFile
from store.migrate import prepare
from store.runs import Run, begin_run

ROWS_A_PAGE = 20
_JSONB = 3802  # PostgreSQL's number of the type
#: In the order in which they refer to each other.
_TABLES = (
    "reading.document",
    "reading.document_page",
    "reading.entry",
    "reading.entry_field",
    "people.entry_field",
)


def main() -> None:
    """Load so many entries so many times each way, and print seconds, rows a second and their ratio."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--entries", type=int, default=5000)
    parser.add_argument("--rounds", type=int, default=5)
    args = parser.parse_args()
    with (
        private_home() as folder,
        connect(prepare(Settings())) as conn,
        connect(Cluster(folder / "home").admin_url()) as admin,
    ):
        _measure(conn, admin, args.entries, args.rounds)


def _measure(conn: Connection, admin: Connection, count: int, rounds: int) -> None:
    run = begin_run(conn, "benchmark", lease_s=3600)
    ours, bare, rows = [], [], 0
    for number in range(rounds):
        batch_id, documents, made, keys = _papers(conn, run, f"book-{number}", count)
        start = time.perf_counter()
        kept.save_entries(conn, run, batch_id, documents, made, keys)
        ours.append(time.perf_counter() - start)
        seconds, rows = _copy_again(admin, batch_id)
        bare.append(seconds)
    for name, seconds_of in (("save_entries", ours), ("bare COPY", bare)):
        middle = statistics.median(seconds_of)
        print(f"{name}: {middle:.2f} s (of {min(seconds_of):.2f}–{max(seconds_of):.2f}), {rows / middle:,.0f} rows/s")
    shares = sorted(b / o for o, b in zip(ours, bare, strict=True))
    print(
        f"{count} entries, {rows} rows, {rounds} rounds: {100 * statistics.median(shares):.0f} % of bare COPY", end=" "
    )
    print(f"(from {100 * shares[0]:.0f} to {100 * shares[-1]:.0f} %)")


def _copy_again(conn: Connection, batch_id: str) -> tuple[float, int]:
    """Return the seconds that a COPY of the batch's rows into the same tables takes, and how many they are."""
    work: list[tuple[str, str, list[tuple[object, ...]]]] = []
    for table in _TABLES:
        found = conn.execute(f"select * from {table} where batch_id = %s", [batch_id])
        columns = found.description or []
        jsonb = [column.type_code == _JSONB for column in columns]
        rows = [
            tuple(as_jsonb(v) if is_json and v is not None else v for v, is_json in zip(row, jsonb, strict=True))
            for row in found
        ]
        work.append((table, ", ".join(column.name for column in columns), rows))
    conn.execute("delete from reading.document where batch_id = %s", [batch_id])
    start = time.perf_counter()
    with conn.transaction(), conn.cursor() as cursor:
        for table, listed, rows in work:
            with cursor.copy(f"copy {table} ({listed}) from stdin") as copy:
                for row in rows:
                    copy.write_row(row)
    return time.perf_counter() - start, sum(len(rows) for _, _, rows in work)


def _papers(
    conn: Connection, run: Run, book: str, count: int
) -> tuple[str, list[kept.Document], list[Entry], dict[str, ParcelKey]]:
    """Keep the pages of a book of `count` rows and return its document, entries and keys."""
    sha256 = hashlib.sha256(book.encode()).hexdigest()
    pages = -(-count // ROWS_A_PAGE)
    batch_id = intake.register(conn, run, "/scans", [BatchFile(sha256, 1, Given(f"{book}.pdf"))])
    intake.file_opened(conn, run, sha256, pages, "benchmark")
    for page in range(1, pages + 1):
        readings.save_reading(conn, run, _reading(PageRef(sha256, page)), "benchmark")
    document = kept.Document(
        f"{batch_id}-d", "so_muc_ke", None, "2013", tuple(PageRef(sha256, n + 1) for n in range(pages))
    )
    made = [_entry(batch_id, PageRef(sha256, n // ROWS_A_PAGE + 1), n) for n in range(count)]
    keys = {entry.entry_id: ParcelKey("20335", "2013", "12", str(n)) for n, entry in enumerate(made)}
    return batch_id, [document], made, keys


def _reading(ref: PageRef) -> PageReading:
    return PageReading(
        ref, 3300, 2300, False, "so_muc_ke", 0.99, None, "2013", "clean", "flatbed", "original", 0, None, False
    )


def _entry(batch_id: str, ref: PageRef, number: int) -> Entry:
    box = Box(100, 100 + number % 900, 400, 140 + number % 900)

    def field(value: Value, text: str) -> FieldValue:
        return FieldValue(value, text, None, "accepted", "paper", ref, box)

    area = 100.0 + number / 10
    fields = {
        "unit_code": FieldValue("20335", None, None, "accepted", "inferred", None, None),
        "unit_name": field("Tân Thạnh", "Phường Tân Thạnh"),
        "sheet_no": field("12", "12"),
        "parcel_no": field(str(number), str(number)),
        "area_m2": field(area, f"{area:.1f}".replace(".", ",")),
        "land_use": field((LandUse("ONT", area),), "ONT"),
        "legal_area_m2": field(area, f"{area:.1f}".replace(".", ",")),
        "legal_land_use": field((LandUse("ONT", area),), "ONT"),
        "term": field(Term("long"), "Lâu dài"),
        "origin": field(("CNQ-CTT",), "CNQ-CTT"),
        "user_type": field("GDC", "GDC"),
        "owners": field((Owner(f"Nguyễn Văn {number}", sex="nam"),), f"Ông Nguyễn Văn {number}"),
    }
    return Entry(
        f"{batch_id}-{number}",
        f"{batch_id}-d",
        ref,
        number % ROWS_A_PAGE + 1,
        "so_muc_ke",
        None,
        "2013",
        "accepted",
        fields,
        (),
    )


if __name__ == "__main__":
    main()
