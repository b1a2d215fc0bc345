"""Cases of missing originals that no batch tells of any more."""

from __future__ import annotations

from collections.abc import Iterable

from store.audit import append
from store.database import Connection, statement


def unlink_batch(conn: Connection, batch_id: str) -> None:
    """Let the batch tell of no case any more; inside the transaction that takes it back."""
    gone = conn.execute(statement("recovery", "unlink_batch"), {"batch_id": batch_id})
    close_cases(conn, [row[0] for row in gone])


def close_cases(conn: Connection, ids: Iterable[str]) -> None:
    """Forget the cases that no batch tells of; of these ids, one that a person took up stays as it is, logged."""
    closed = conn.execute(statement("recovery", "closed_cases"), {"ids": sorted(set(ids))}).fetchall()
    for case_id, status in closed:
        append(conn, "no-longer-missing", case_id, {"state": status})
    conn.execute(statement("recovery", "forget_cases"))
