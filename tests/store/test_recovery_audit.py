"""Missing originals, the log, and the figures of the report."""

from dataclasses import replace

import psycopg
import pytest
from store_papers import batch_file, one_certificate

from schemas.outcomes import MissingOriginal
from store import audit, intake, layers, recovery, runs
from store.database import connect, retry
from store.runs import begin_run

LOST = MissingOriginal("case-1", "file", "lost.pdf", "20335", "manifest", "manifest row 4", "commune set", None)


@pytest.fixture
def run(conn):
    return begin_run(conn, "digitise")


@pytest.fixture
def batch_id(conn, run):
    return intake.register(conn, run, "/scans", [batch_file("a.pdf", "a")])


# Missing originals.


def test_a_case_is_kept_once_and_its_evidence_renewed(conn, run, batch_id):
    recovery.save_missing(conn, run, batch_id, [LOST])
    newer = replace(LOST, evidence="manifest row 5", p=0.9)
    recovery.save_missing(conn, run, batch_id, [newer])
    assert list(layers.missing(conn)) == list(layers.missing(conn, batch_id=batch_id)) == [newer]


def test_a_case_that_is_derived_no_longer_goes(conn, run, batch_id):
    recovery.save_missing(conn, run, batch_id, [LOST])
    recovery.save_missing(conn, run, batch_id, [])
    assert list(layers.missing(conn)) == []


def test_what_a_person_set_stays(conn, run, batch_id, database):
    recovery.save_missing(conn, run, batch_id, [LOST])
    with connect(database.admin) as desk:
        desk.execute("update recovery.missing_case set status = 'searching'")
    recovery.save_missing(conn, run, batch_id, [LOST])
    assert [case.status for case in layers.missing(conn)] == ["searching"]
    recovery.save_missing(conn, run, batch_id, [])
    assert [case.status for case in layers.missing(conn)] == ["searching"]


def test_a_case_of_two_batches_stays_while_one_of_them_derives_it(conn, run, batch_id):
    other = intake.register(conn, run, "/scans", [batch_file("b.pdf", "b")])
    recovery.save_missing(conn, run, batch_id, [LOST])
    recovery.save_missing(conn, run, other, [LOST])
    recovery.save_missing(conn, run, batch_id, [])
    assert list(layers.missing(conn, batch_id=batch_id)) == []
    assert list(layers.missing(conn)) == list(layers.missing(conn, batch_id=other)) == [LOST]


# The log.


def test_each_row_of_the_log_is_chained_to_the_one_before(conn):
    assert audit.head(conn) is None
    assert [audit.append(conn, "publish", "batch", {"added": number}) for number in range(3)] == [1, 2, 3]
    assert audit.first_broken(conn) is None
    assert audit.head(conn).seq == 3


@pytest.mark.parametrize(
    ("tampering", "first_broken"),
    [
        ("update audit.log set detail = '{\"added\": 9}' where seq = 2", 2),
        ("update audit.log set actor = 'someone' where seq = 1", 1),
        ("update audit.log set at = at + interval '1 second' where seq = 3", 3),
        ("delete from audit.log where seq = 2", 3),
        ("update audit.log set seq = 9 where seq = 4", 9),
        ("update audit.log set subject = l.subject from audit.log as l where l.seq = 1 and log.seq = 4", 4),
    ],
)
def test_a_row_that_was_changed_taken_out_or_moved_is_found(conn, database, tampering, first_broken):
    for number in range(4):
        audit.append(conn, "publish", f"batch {number}", {"added": number})
    with connect(database.admin) as insider:
        insider.execute("alter table audit.log disable trigger all")
        insider.execute(tampering)
    assert audit.first_broken(conn) == first_broken


def test_a_tail_that_was_cut_off_shows_against_the_head_kept_outside(conn, database):
    for number in range(3):
        audit.append(conn, "publish", "batch", {"added": number})
    outside = audit.head(conn)
    with connect(database.admin) as insider:
        insider.execute("alter table audit.log disable trigger all")
        insider.execute("delete from audit.log where seq = 3")
    assert audit.first_broken(conn) is None
    assert audit.head(conn) != outside


def test_a_row_that_is_rolled_back_leaves_no_gap(conn):
    with conn.transaction(force_rollback=True):
        audit.append(conn, "publish", "batch", {})
    assert audit.append(conn, "publish", "batch", {}) == 1


def test_reading_identity_is_logged_with_its_reason(conn, run):
    batch_id = one_certificate(conn, run)
    list(layers.entries(conn, batch_id=batch_id, reason="đối chiếu hồ sơ"))
    rows = conn.execute("select action, subject, detail ->> 'reason', actor from audit.log").fetchall()
    assert rows == [("read-identity", batch_id, "đối chiếu hồ sơ", "diachinh_worker")]


def test_where_the_log_cannot_be_written_nothing_is_read(conn, run, database):
    one_certificate(conn, run)
    with connect(database.admin) as admin:
        admin.execute("revoke execute on function audit.append from diachinh_worker")
    lines = layers.entries(conn, reason="test")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        next(lines)


def test_an_export_that_is_given_up_half_way_leaves_the_connection_usable(conn, run):
    one_certificate(conn, run)
    lines = layers.entries(conn, reason="test")
    next(lines)
    lines.close()
    assert conn.execute("select 1").fetchone() == (1,)


# Figures and batches.


def test_the_figures_are_those_of_the_contract(conn, run):
    batch_id = one_certificate(conn, run)
    recovery.save_missing(conn, run, batch_id, [LOST])
    runs.add_seconds(conn, run, "read", 2.0004, batch_id)
    assert layers.figures(conn, batch_id=batch_id) == layers.figures(conn)
    assert layers.figures(conn) == {
        "pages": {"read": 1, "blank": 0, "quarantined": 0, "failed": 0, "waiting": 0},
        "documents": {"gcn": 1},
        "fields": {"accepted": 8, "review": 0, "confirmed": 0, "unreadable": 1},
        "entries": {"accepted": 0, "review": 1, "confirmed": 0, "rejected": 0},
        "parcels": {"1": 0, "2": 0, "3": 0},
        "findings": {"R1": 1},
        "missing": {"manifest": 1},
        "seconds": {"read": 2.0},
    }


def test_batches_are_listed_with_their_files_and_pages(conn, run):
    batch_id = one_certificate(conn, run)
    (line,) = layers.batches(conn)
    assert (line.batch_id, line.folder, line.files, line.pages) == (batch_id, "/scans/one", 1, {"read": 1})


# Connections that are lost.


def test_work_goes_on_after_its_connection_was_cut(database):
    tries = []

    def work(conn):
        tries.append(conn)
        if len(tries) < 3:
            with connect(database.admin) as admin:
                admin.execute("select pg_terminate_backend(%s)", [conn.info.backend_pid])
        return conn.execute("select 7").fetchone()[0]

    assert retry(database.worker, work) == 7
    assert len(tries) == 3
