"""The log of identity reads and publications: insert only, each row chained to the one before by its hash."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from store.database import Connection, as_jsonb, clean_text, statement


@dataclass(frozen=True, slots=True)
class Head:
    """The last row of the chain; kept outside the database, it shows later that no tail was cut off."""

    seq: int
    hash: str


def append(conn: Connection, action: str, subject: str, detail: Mapping[str, str | int]) -> int:
    """Add a row in the caller's transaction and return its number; it holds up other writers until the commit."""
    values = {"action": action, "subject": clean_text(subject), "detail": as_jsonb(dict(detail))}
    row = conn.execute(statement("audit", "append"), values).fetchone()
    assert row is not None
    return int(row[0])


def first_broken(conn: Connection) -> int | None:
    """Return the first row that was changed or does not fit the row before; None where the chain is whole."""
    row = conn.execute(statement("audit", "first_broken")).fetchone()
    return row[0] if row else None


def head(conn: Connection) -> Head | None:
    """Return the last row's number and hash, None where the log is empty."""
    row = conn.execute(statement("audit", "head")).fetchone()
    return Head(*row) if row else None
