"""A batch that is taken back leaves every export; what was published stays in the history, and it may come back."""

from dataclasses import replace

import psycopg
import pytest
from role_logins import login
from store_papers import KEY, READER, batch_file, document, entry, one_certificate, parcel, read_all, sha, take_in
from test_recovery_audit import LOST

from schemas.errors import BadInput
from store import audit, intake, layers, parcels, recovery
from store.database import connect
from store.entries import save_entries
from store.parcels import publish, settling
from store.runs import begin_run
from store.withdrawal import BatchWithdrawn, is_withdrawn, withdraw

OTHER = replace(KEY, parcel="126")


@pytest.fixture
def run(conn):
    return begin_run(conn, "withdraw")


def settle(conn, run, batch_id, *, areas=None):
    """Publish a parcel for each key that papers still speak of, as settling would."""
    keys = parcels.keys_touched(conn, batch_id)
    found = {}
    for one in parcels.entries_of_keys(conn, keys):
        found.setdefault(KEY if one.fields["parcel_no"].value == "125" else OTHER, []).append(one)
    settled = [
        parcel(key, entry_ids=tuple(one.entry_id for one in ones), area_m2=ones[-1].fields["area_m2"].value)
        for key, ones in found.items()
    ]
    return publish(conn, run, settled, batch_id=batch_id, keys=keys)


def take_back(conn, run, batch_id):
    with settling(conn, run):
        went = withdraw(conn, run, batch_id)
        settle(conn, run, batch_id)
    return went


def exported(conn, batch_id=None):
    return {
        "entries": [line.entry.entry_id for line in layers.entries(conn, batch_id=batch_id, reason="test")],
        "pages": [(line.file, line.page) for line in layers.pages(conn, batch_id=batch_id)],
        "parcels": [(str(line.key), line.source_count) for line in layers.parcels(conn, batch_id=batch_id)],
        "missing": [case.case_id for case in layers.missing(conn, batch_id=batch_id)],
    }


NOTHING = {"entries": [], "pages": [], "parcels": [], "missing": []}


def test_nothing_of_it_is_exported_any_more_and_all_that_was_published_stays(conn, run):
    batch_id = one_certificate(conn, run)
    recovery.save_missing(conn, run, batch_id, [LOST])
    settle(conn, run, batch_id)
    assert [len(part) for part in exported(conn).values()] == [1, 1, 1, 1]
    assert take_back(conn, run, batch_id) == 1
    assert exported(conn) == exported(conn, batch_id) == NOTHING
    figures = layers.figures(conn)
    assert not any(
        figures[part] and any(figures[part].values()) for part in ("pages", "documents", "entries", "parcels")
    )
    history = conn.execute("select area_m2, withdrawn from cadastre.parcel_version order by version_id").fetchall()
    assert history == [(120.5, False), (None, True)]
    assert conn.execute("select count(*) from people.claim").fetchone() == (1,)
    assert conn.execute("select count(*) from people.page_reading").fetchone() == (1,)
    assert intake.kept_files(conn) == {sha("a"): 1}


def test_taking_it_back_again_is_harmless(conn, run):
    batch_id = one_certificate(conn, run)
    settle(conn, run, batch_id)
    take_back(conn, run, batch_id)
    log = audit.head(conn)
    assert take_back(conn, run, batch_id) is None
    assert audit.head(conn) == log


def test_the_log_says_who_took_it_back_and_that_it_came_back(conn, run):
    batch_id = one_certificate(conn, run)
    take_back(conn, run, batch_id)
    one_certificate(conn, run)
    rows = conn.execute("select action, subject, actor, detail from audit.log where action <> 'publish'").fetchall()
    assert rows == [
        ("withdraw", batch_id, "diachinh_worker", {"entries": 1}),
        ("bring-back", batch_id, "diachinh_worker", {}),
    ]
    assert audit.first_broken(conn) is None


def test_the_same_folder_again_brings_it_back_without_reading_a_page_anew(conn, run):
    batch_id = one_certificate(conn, run)
    settle(conn, run, batch_id)
    before = exported(conn)
    take_back(conn, run, batch_id)
    intake.register(conn, run, "/scans/one", [batch_file("a.pdf", "a")])
    assert not is_withdrawn(conn, batch_id)
    assert intake.pages_to_read(conn, batch_id, READER) == []
    save_entries(conn, run, batch_id, [document("a")], [entry("a")], {"e-a-1-None": KEY})
    settle(conn, run, batch_id)
    assert exported(conn) == before


def test_a_parcel_that_another_batch_speaks_of_too_stays_with_what_that_one_says(conn, run):
    first = one_certificate(conn, run, content="a")
    second = take_in(conn, run, [batch_file("b.pdf", "b")])
    read_all(conn, run, second, ["b"])
    other = entry("b", area_m2=130.0)
    save_entries(conn, run, second, [document("b")], [other], {other.entry_id: KEY})
    settle(conn, run, second)
    assert exported(conn)["parcels"] == [(str(KEY), 2)]
    take_back(conn, run, first)
    assert exported(conn)["parcels"] == [(str(KEY), 1)]
    assert [line.area_m2 for line in layers.parcels(conn)] == [130.0]
    assert exported(conn)["pages"] == [("b.pdf", 1)]


def test_a_paper_that_lies_in_another_batch_too_stays(conn, run):
    first = one_certificate(conn, run)
    second = one_certificate(conn, run, path="khác/a.pdf")
    settle(conn, run, first)
    take_back(conn, run, first)
    assert exported(conn) == exported(conn, second) | {"missing": []}
    assert exported(conn)["entries"] == ["e-a-1-None"]
    assert exported(conn)["pages"] == [("khác/a.pdf", 1)]


def test_a_run_that_is_at_work_on_it_cannot_put_it_back_by_mistake(conn, run, database):
    batch_id = one_certificate(conn, run)
    with connect(database.worker) as other:
        at_work = begin_run(other, "digitise")
        take_back(conn, run, batch_id)
        assert intake.files_to_open(other, batch_id, "reader-2") == []
        assert intake.pages_to_read(other, batch_id, "reader-2") == []
        for write in (
            lambda: save_entries(other, at_work, batch_id, [document("a")], [entry("a")], {}),
            lambda: recovery.save_missing(other, at_work, batch_id, [LOST]),
        ):
            with pytest.raises(BatchWithdrawn):
                write()
    assert exported(conn) == NOTHING


def test_a_batch_that_never_was_is_named(conn, run):
    with pytest.raises(BadInput, match="no batch 0123456789abcdef"):
        take_back(conn, run, "0123456789abcdef")


def test_the_status_still_lists_it_as_taken_back(conn, run):
    batch_id = one_certificate(conn, run)
    take_back(conn, run, batch_id)
    (line,) = layers.batches(conn)
    assert (line.batch_id, line.pages) == (batch_id, {})
    assert line.withdrawn_at is not None


def test_a_scanner_brings_a_batch_back_and_never_takes_one_back(conn, run, database):
    batch_id = one_certificate(conn, run)
    with connect(login(database, "scanner")) as scanner:
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="only the worker"):
            scanner.execute("update intake.batch set withdrawn_at = now()")
        take_back(conn, run, batch_id)
        intake.register(scanner, begin_run(scanner, "intake"), "/scans/one", [batch_file("a.pdf", "a")])
    assert not is_withdrawn(conn, batch_id)
    last = conn.execute("select action, actor from audit.log order by seq desc limit 1").fetchone()
    assert last == ("bring-back", "diachinh_scanner")
