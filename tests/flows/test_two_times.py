"""When a parcel held, and when we knew it; what is published is added to and never changed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import openpyxl
import psycopg
import pytest
from databases import FreshDatabase
from handing_in_papers import AN, BINH, Paper, certificate, land, ledger, put, terminal
from pydantic import SecretStr
from rich.console import Console

from cadastre.settling.settled import settle
from flows.commands.exporting import export
from flows.commands.showing import report
from flows.commands.two_times import times_of
from flows.national.handing_in import export_form
from flows.terminal import Terminal
from schemas.errors import BadInput, Misconfigured
from schemas.parcels import Link, ParcelKey
from schemas.settings import Settings
from schemas.tables import load_tables
from store import handing_in, layers, parcels, runs
from store.database import Connection
from store.times import Times

UNIT = "20344"  # Hòa Hương
OLD, NEW = ParcelKey(UNIT, "299", "3", "48"), ParcelKey(UNIT, "2013", "12", "125")
STEP = Link(OLD, NEW, "same", 0.995, ("area", "owners"))
BOOK = ledger({**land(UNIT, "3", "48", area_m2=98.0), "owners": (BINH,)}, era="299")
RED = certificate("BA 123456", land(UNIT, "12", "125"))


def settled_again(conn: Connection, batch_id: str, links: Sequence[Link] = (STEP,)) -> None:
    """Settle all again, now that the steps between the keys are known."""
    run = runs.begin_run(conn, "test")
    with parcels.settling(conn, run):
        found = settle(parcels.entries_of_keys(conn, (OLD, NEW)), load_tables(), links)
        parcels.publish(conn, run, found, batch_id=batch_id, keys=(OLD, NEW))
    runs.end_run(conn, run)


def desk(database: FreshDatabase, home: Path) -> Terminal:
    settings = Settings(home=home, database_url=SecretStr(database.admin), lang="en")
    return Terminal(settings, Console(file=StringIO(), width=200), Console(file=StringIO(), width=200))


def exported(at: Terminal, what: str, out: Path, **options: Any) -> list[dict[str, Any]]:
    export(at, what, out, None, **{"identity": None, "as_json": False, **options})
    return [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]


def keys(conn: Connection, as_of: str | None = None, known_on: datetime | None = None) -> list[str]:
    times = times_of(as_of, None, load_tables())
    return [str(line.key) for line in layers.parcels(conn, times=replace(times, known_on=known_on))]


def test_as_of_a_day_gives_the_number_that_held_on_it(conn: Connection) -> None:
    settled_again(conn, put(conn, [BOOK, RED]))
    assert keys(conn) == [str(NEW), str(OLD)]
    assert keys(conn, "1985-01-01") == [str(OLD)]
    assert keys(conn, "2015-03-19") == [str(OLD)]
    assert keys(conn, "2015-03-20") == [str(NEW)]
    assert keys(conn, "1975-01-01") == []


def test_known_on_a_moment_gives_what_we_knew_then(conn: Connection) -> None:
    put(conn, [BOOK])
    (between,) = conn.execute("select clock_timestamp()").fetchone() or (None,)
    settled_again(conn, put(conn, [BOOK, RED], "/scans/hai"))
    before = datetime(2000, 1, 1, tzinfo=UTC)
    assert keys(conn, known_on=before) == []
    assert keys(conn, known_on=between) == [str(OLD)]
    (then,) = layers.parcels(conn, times=Times(known_on=between))
    now = {str(line.key): line for line in layers.parcels(conn)}
    assert (then.valid_to, now[str(OLD)].valid_to) == (None, "2015-03-19")


def test_the_report_counts_parcels_that_hold_now(database: FreshDatabase, conn: Connection, tmp_path: Path) -> None:
    settled_again(conn, put(conn, [BOOK, RED]))
    assert sum(layers.figures(conn)["parcels"].values()) == 1
    at = desk(database, tmp_path)
    assert report(at, None, as_json=False) == 0


def test_claims_of_an_older_number_say_so(database: FreshDatabase, conn: Connection, tmp_path: Path) -> None:
    settled_again(conn, put(conn, [BOOK, RED]))
    lines = exported(desk(database, tmp_path), "claims", tmp_path / "claims.jsonl")
    areas = {line["attribute"]: line for line in lines if line["parcel_key"] == str(NEW)}
    assert areas["area_m2"] == {
        "parcel_id": parcels.parcel_id_of(NEW),
        "parcel_key": str(NEW),
        "attribute": "area_m2",
        "value": 98.0,
        "entry_id": f"{BOOK.document_id}-1",
        "era": "299",
        "asserted_on": None,
        "standing": "superseded",
        "rule": "parcel-index:later-series",
        "claimed_key": str(OLD),
    }
    assert areas["legal_area_m2"]["claimed_key"] == str(NEW)


def test_claims_leave_no_identity_number_without_a_reason_and_the_read_is_logged(
    database: FreshDatabase, conn: Connection, tmp_path: Path
) -> None:
    put(conn, [replace(RED, waits=frozenset())])
    at = desk(database, tmp_path)
    lines = exported(at, "claims", tmp_path / "claims.jsonl")
    (owners,) = (line["value"] for line in lines if line["attribute"] == "owners")
    assert [owner["name"] for owner in owners] == [AN.name]
    assert "205123456" not in json.dumps(lines)
    told = exported(at, "claims", tmp_path / "all.jsonl", identity="đối chiếu hồ sơ")
    assert "205123456" in json.dumps(told)
    reasons = conn.execute("select detail ->> 'reason' from audit.log where action = 'read-identity' order by seq")
    assert [row[0] for row in reasons] == ["export without identity numbers", "đối chiếu hồ sơ"]


def test_a_day_that_is_none_is_refused_with_an_example(database: FreshDatabase, tmp_path: Path) -> None:
    at = desk(database, tmp_path)
    for option, text in (("as_of", "30/6/2025"), ("known_on", "hôm qua")):
        with pytest.raises(BadInput, match="write it like"):
            exported(at, "claims", tmp_path / "x.jsonl", **{option: text})
    with pytest.raises(Misconfigured):
        exported(at, "pages", tmp_path / "x.jsonl", as_of="2025-06-30")


def test_known_on_a_day_means_its_end_in_vietnam() -> None:
    tables = load_tables()
    # the end of 15 January 2026 at +07:00 is 16:59:59 UTC
    day, moment = (times_of(None, text, tables).known_on for text in ("2026-01-15", "2026-01-15T08:30"))
    assert day is not None
    assert moment is not None
    assert day.astimezone(UTC) == datetime(2026, 1, 15, 16, 59, 59, 999_999, tzinfo=UTC)
    assert moment.astimezone(UTC) == datetime(2026, 1, 15, 1, 30, tzinfo=UTC)


# what is published stays


PUBLISHED = {
    "cadastre.parcel_version": "grade = 1",
    "cadastre.parcel_source": "entry_id = ''",
    "cadastre.claim": "standing = 'current'",
    "people.claim": "standing = 'current'",
}


def faults(database: FreshDatabase, view: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(database.admin) as admin:
        return admin.execute(f"select * from audit.{view}".encode()).fetchall()


@pytest.mark.parametrize("table", PUBLISHED)
def test_no_published_row_is_changed_or_removed_by_whomever(
    database: FreshDatabase, conn: Connection, table: str
) -> None:
    put(conn, [RED])
    with psycopg.connect(database.admin, autocommit=True) as admin:
        for change in (
            f"update {table} set {PUBLISHED[table]}",
            f"delete from {table}",
            f"truncate {table} cascade",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege, match="insert only"):
                admin.execute(change.encode())
    assert faults(database, "changed_claim") == []


def test_a_claim_that_was_changed_behind_our_back_shows(database: FreshDatabase, conn: Connection) -> None:
    put(conn, [RED])
    with psycopg.connect(database.admin, autocommit=True) as admin:
        admin.execute("alter table cadastre.claim disable trigger insert_only")
        assert [row[0] for row in faults(database, "changed_claim")] == ["cadastre.claim"]
        admin.execute("update cadastre.claim set rule = 'x'")
        admin.execute("alter table cadastre.claim enable trigger insert_only")
        admin.execute("select pg_stat_force_next_flush()")
        admin.execute("select 1")
    ((name, updated, *_),) = faults(database, "changed_claim")
    assert (name, updated > 0) == ("cadastre.claim", True)


def test_every_current_value_rests_on_a_box_and_one_that_does_not_shows(
    database: FreshDatabase, conn: Connection
) -> None:
    square = "MULTIPOLYGON(((577990 1720810,578000 1720810,578000 1720820,577990 1720820,577990 1720810)))"
    drawn = Paper("ban do so", "du_lieu", [{**land(UNIT, "12", "125"), "shape": square}])
    batch_id = put(conn, [BOOK, RED, drawn])
    settled_again(conn, batch_id)
    assert any(line.wkb for line in layers.parcels(conn))
    assert faults(database, "unfounded_value") == []
    run = runs.begin_run(conn, "test")
    (told,) = settle(parcels.entries_of_keys(conn, (NEW,)), load_tables())
    bare = replace(told, claims=tuple(one for one in told.claims if one.attribute != "legal_area_m2"))
    parcels.publish(conn, run, [bare], batch_id=batch_id)
    assert [row[2] for row in faults(database, "unfounded_value")] == ["legal_area_m2"]


# R11 in the store


def test_what_papers_say_differently_is_in_the_entries_and_the_report_and_goes_when_it_is_mended(
    conn: Connection,
) -> None:
    book = Paper(
        "so cap",
        "so_cap_gcn",
        [{**land(UNIT, "12", "125"), "serial": "BA 128456", "register_no": "CH 01234"}],
    )
    batch_id = put(conn, [RED, book])

    def told() -> dict[str, tuple[str, list[str]]]:
        lines = layers.entries(conn, reason="test")
        return {line.file: (line.entry.status, [one.code for one in line.entry.findings]) for line in lines}

    assert told() == {"gcn BA 123456.pdf": ("review", ["R11"]), "so cap.pdf": ("review", ["R11"])}
    assert layers.figures(conn)["findings"] == {"R11": 2}
    assert layers.figures(conn, batch_id=batch_id)["entries"]["review"] == 2
    (line,) = layers.parcels(conn)
    assert (line.status, line.grade, "numbers-disagree" in line.grade_reasons) == ("conflict", 2, True)
    right = replace(book, rows=[{**book.rows[0], "serial": "BA 123456"}], sha256="c" * 64)
    mended = put(conn, [RED, right], "/scans/hai")
    assert mended != batch_id
    run = runs.begin_run(conn, "test")
    entries = [one for one in parcels.entries_of_keys(conn, (NEW,)) if one.ref.sha256 != book.hash]
    parcels.publish(conn, run, settle(entries, load_tables()), batch_id=mended, keys=(NEW,))
    assert layers.figures(conn)["findings"] == {}


def test_the_national_workbook_has_the_number_that_holds_with_the_older_ones_certificate(
    conn: Connection, tmp_path: Path
) -> None:
    older = replace(certificate("Q 012345", land(UNIT, "3", "48"), issued_on="1996-05-01"), era="299", form="gcn_1993")
    newer = ledger({**land(UNIT, "12", "125"), "owners": (AN,)})
    settled_again(conn, put(conn, [older, newer]))
    (held,) = handing_in.holdings(conn)
    assert (held.parcel.key, sorted(one.kind for one in held.entries)) == (NEW, ["gcn", "so_muc_ke"])
    out = tmp_path / "bieu.xlsx"
    with terminal(tmp_path) as at:
        export_form(conn, at, out, None, None)
    (row,) = openpyxl.load_workbook(out)["Sheet1"].iter_rows(min_row=5)
    cells = {cell.column_letter: cell.value for cell in row}
    # items 19 and 20 are as on the certificate, 21 and 22 as on the map of today (national_form.md)
    assert [cells[letter] for letter in ("C", "T", "U", "V", "W", "AY")] == ["Q 012345", "3", "48", "12", "125", "1-A"]
