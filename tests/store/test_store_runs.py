"""A dead run is found by its own lease, and cannot write any more."""

import psycopg
import pytest
from store_papers import batch_file

from store import intake, runs
from store.database import connect
from store.runs import LeaseLost, add_seconds, begin_run, end_run, heartbeat, hold, recent, running


def lapse(database, run, seconds=3600):
    """Move the run's last sign of life into the past, as if its process had stood still."""
    with connect(database.admin) as admin:
        admin.execute(
            "update intake.run set heartbeat_at = heartbeat_at - make_interval(secs => %s) where run_id = %s",
            [seconds, run.run_id],
        )


def states(conn):
    return {line.run_id: line.state for line in recent(conn)}


def test_a_run_that_ends_is_done(conn):
    run = begin_run(conn, "digitise")
    end_run(conn, run)
    assert states(conn) == {run.run_id: "done"}


def test_a_run_that_gave_no_sign_becomes_interrupted_when_the_next_begins(conn, database):
    dead = begin_run(conn, "digitise")
    lapse(database, dead)
    alive = begin_run(conn, "digitise")
    assert states(conn) == {dead.run_id: "interrupted", alive.run_id: "running"}


def test_the_status_calls_a_lapsed_run_interrupted_before_anyone_else_came(conn, database):
    dead = begin_run(conn, "digitise")
    lapse(database, dead)
    assert states(conn) == {dead.run_id: "interrupted"}


def test_a_slow_run_that_beats_is_left_alone(conn, database):
    slow = begin_run(conn, "digitise", lease_s=3600)
    lapse(database, slow, seconds=3000)
    heartbeat(conn, slow)
    lapse(database, slow, seconds=3000)
    begin_run(conn, "digitise")
    hold(conn, slow)


def test_a_late_write_of_a_lapsed_run_is_refused_and_leaves_nothing(conn, database):
    stale = begin_run(conn, "digitise")
    lapse(database, stale)
    with pytest.raises(LeaseLost) as refusal:
        intake.register(conn, stale, "/scans", [batch_file("a.pdf", "a")])
    assert refusal.value.exit_code == 4
    assert conn.execute("select count(*) from intake.batch").fetchone() == (0,)


def test_a_lapsed_run_cannot_come_back_to_life(conn, database):
    stale = begin_run(conn, "digitise")
    lapse(database, stale)
    with pytest.raises(LeaseLost):
        heartbeat(conn, stale)


def test_another_fence_than_the_run_was_given_is_refused(conn):
    run = begin_run(conn, "digitise")
    with pytest.raises(LeaseLost):
        hold(conn, runs.Run(run.run_id, run.fence + 1))


def test_a_run_is_not_taken_as_dead_while_its_write_is_in_flight(conn, database):
    run = begin_run(conn, "digitise")
    with connect(database.worker) as other, conn.transaction():
        hold(conn, run)
        lapse(database, run)
        other.execute("set lock_timeout = '100ms'")
        with pytest.raises(psycopg.errors.LockNotAvailable):
            begin_run(other, "digitise")
    assert states(conn)[run.run_id] == "interrupted"  # by its own lease, now that nothing is in flight


def test_a_heartbeat_passes_while_a_long_write_is_in_flight(conn, database):
    run = begin_run(conn, "digitise")
    with connect(database.worker) as other, conn.transaction():
        hold(conn, run)
        other.execute("set lock_timeout = '100ms'")
        heartbeat(other, run)


def test_running_ends_as_done_and_an_error_inside_ends_as_failed(conn, database):
    with running(database.worker, "digitise") as good:
        pass
    with pytest.raises(RuntimeError), running(database.worker, "digitise") as bad:
        raise RuntimeError
    assert states(conn) == {good.run_id: "done", bad.run_id: "failed"}


def test_running_beats_by_itself(conn, database):
    with running(database.worker, "digitise", lease_s=1) as run:
        first = recent(conn)[0].heartbeat_at
        while recent(conn)[0].heartbeat_at == first:
            hold(conn, run)  # would be refused if no beat came within the lease


def test_seconds_of_a_stage_add_up(conn):
    run = begin_run(conn, "digitise")
    batch_id = intake.register(conn, run, "/scans", [batch_file("a.pdf", "a")])
    add_seconds(conn, run, "read", 1.5, batch_id)
    add_seconds(conn, run, "read", 2.0, batch_id)
    add_seconds(conn, run, "intake", 0.25)
    rows = conn.execute("select stage, batch_id, seconds from intake.run_stage order by stage").fetchall()
    assert rows == [("intake", None, 0.25), ("read", batch_id, 3.5)]
