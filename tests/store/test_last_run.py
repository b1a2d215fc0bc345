"""What a command that waits for workers asks of the runs."""

import threading

from store.database import connect
from store.runs import begin_run, end_run, last_of, running


def test_the_last_run_of_a_name_is_the_newest_and_there_may_be_none(conn):
    assert last_of(conn, "digitise a") is None
    first = begin_run(conn, "digitise a")
    end_run(conn, first)
    second = begin_run(conn, "digitise a")
    begin_run(conn, "digitise b")
    line = last_of(conn, "digitise a")
    assert (line.run_id, line.state) == (second.run_id, "running")


def test_a_last_run_beyond_its_lease_is_interrupted_before_anybody_says_so(conn, database):
    run = begin_run(conn, "digitise a", lease_s=60)
    with connect(database.admin) as admin:
        admin.execute("update intake.run set heartbeat_at = heartbeat_at - interval '61 s'")
    line = last_of(conn, "digitise a")
    assert (line.run_id, line.state) == (run.run_id, "interrupted")


def test_the_heart_beats_as_soon_as_it_has_a_connection_not_a_third_of_the_lease_later(conn, database):
    with running(database.worker, "digitise a", lease_s=3600):
        looked = threading.Event()
        for _ in range(200):
            line = last_of(conn, "digitise a")
            if line.heartbeat_at > line.started_at:
                break
            looked.wait(0.05)
        assert line.heartbeat_at > line.started_at
    assert last_of(conn, "digitise a").state == "done"
