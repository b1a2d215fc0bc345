"""Runs: who is at work, found dead by its own lease, and kept from writing once it lapsed."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import psycopg

from schemas.errors import Unavailable
from store.database import Connection, connect, retry, statement

RunState = Literal["running", "done", "failed", "interrupted"]


class LeaseLost(Unavailable):
    """The run gave no sign for so long that it was taken as dead; what it wrote before stands."""

    def __init__(self) -> None:
        super().__init__(
            "lượt chạy này đã quá hạn và bị coi là dừng; hãy chạy lại lệnh, việc đã xong không mất",
            "this run's lease has passed and it was taken as dead; run the command again, nothing done is lost",
        )


@dataclass(frozen=True, slots=True)
class Run:
    """A run and its fencing token, which is shown with every write."""

    run_id: int
    fence: int


@dataclass(frozen=True, slots=True)
class RunLine:
    """A run as the status lists it; one whose lease has passed is interrupted."""

    run_id: int
    what: str
    state: RunState
    started_at: datetime
    heartbeat_at: datetime
    ended_at: datetime | None


def begin_run(conn: Connection, what: str, *, lease_s: int = 90) -> Run:
    """Start a run that may write for `lease_s` seconds after each heartbeat; runs that lapsed become interrupted.

    Runs do not exclude each other: two of the same batch do the same work once, whoever comes first.
    """
    with conn.transaction():
        conn.execute(statement("runs", "lapse"))
        row = conn.execute(statement("runs", "begin"), {"what": what, "lease_s": lease_s}).fetchone()
    assert row is not None
    return Run(*row)


def heartbeat(conn: Connection, run: Run) -> None:
    """Renew the lease; LeaseLost where it has passed already."""
    if conn.execute(statement("runs", "heartbeat"), _token(run)).fetchone() is None:
        raise LeaseLost


def end_run(conn: Connection, run: Run, state: Literal["done", "failed"] = "done") -> None:
    """Close the run; one that was interrupted meanwhile stays so."""
    conn.execute(statement("runs", "end"), {**_token(run), "state": state})


def hold(conn: Connection, run: Run) -> None:
    """Refuse a run whose lease has passed, and keep it from being taken as dead until the transaction ends.

    To be called first in the transaction of every write.
    """
    if conn.execute(statement("runs", "hold"), _token(run)).fetchone() is None:
        raise LeaseLost


def add_seconds(conn: Connection, run: Run, stage: str, seconds: float, batch_id: str | None = None) -> None:
    """Add to the time that the run has spent in a stage."""
    with conn.transaction():
        hold(conn, run)
        values = {"run_id": run.run_id, "batch_id": batch_id, "stage": stage, "seconds": seconds}
        conn.execute(statement("runs", "add_seconds"), values)


def recent(conn: Connection, limit: int = 20) -> list[RunLine]:
    """Return the last runs, newest first."""
    return [RunLine(*row) for row in conn.execute(statement("runs", "recent"), {"limit": limit})]


def last_of(conn: Connection, what: str) -> RunLine | None:
    """Return the newest run that is called so; None where there never was one."""
    row = conn.execute(statement("runs", "last_of"), {"what": what}).fetchone()
    return None if row is None else RunLine(*row)


@contextmanager
def running(url: str, what: str, *, lease_s: int = 90) -> Iterator[Run]:
    """Give a run that a thread keeps alive over a connection of its own; done at the end, failed on an error."""
    run = retry(url, lambda conn: begin_run(conn, what, lease_s=lease_s))
    over = threading.Event()
    beating = threading.Thread(
        target=_beat, args=(url, run, lease_s / 3, over), name=f"heartbeat-{run.run_id}", daemon=True
    )
    beating.start()
    state: Literal["done", "failed"] = "failed"
    try:
        yield run
        state = "done"
    finally:
        over.set()
        beating.join()
        retry(url, lambda conn: end_run(conn, run, state))


def _beat(url: str, run: Run, every_s: float, over: threading.Event) -> None:
    """Beat until it is over; a lost connection is opened again, a lost lease ends it and the next write says so.

    A new connection beats at once: one that is cut again and again would else never beat before the lease passes.
    """
    while not over.is_set():
        try:
            with connect(url) as conn:
                heartbeat(conn, run)
                while not over.wait(every_s):
                    heartbeat(conn, run)
        except LeaseLost:
            return
        except (psycopg.Error, Unavailable):
            over.wait(1.0)


def _token(run: Run) -> dict[str, int]:
    return {"run_id": run.run_id, "fence": run.fence}
