"""Lists of persons for the authorised verifier, written and read through functions of the database alone.

They run for a login of the verifier's role only, log each reading before it, and keep whoever scanned or reviewed a
paper from verifying its people (schemas/sql/functions/verification.sql).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import psycopg

from schemas.verification import Listed, NumberState, Verified
from store.database import Connection, as_jsonb, clean_text, statement

Part = Literal["scanner", "reviewer"]


@dataclass(frozen=True, slots=True)
class Rights:
    """What a login may do about identity."""

    gathers: bool
    verifies: bool
    login: str


@dataclass(frozen=True, slots=True)
class ListLine:
    """A list that went out: its persons, how many have a result that counts, and whether it was taken back."""

    batch_id: str
    made_at: datetime
    made_by: str
    unit_code: str | None
    persons: int
    answered: int
    ended: bool


def rights(conn: Connection) -> Rights:
    """Return what the login may do."""
    row = conn.execute(statement("verification", "rights")).fetchone()
    assert row is not None
    return Rights(*row)


def open_list(conn: Connection, *, unit: str | None, most: int, by: str | None, reason: str) -> str | None:
    """Make a list of at most so many persons who wait, committed, and return its id; None where nobody waits."""
    values = {"unit": unit, "most": most, "by": by, "reason": clean_text(reason)}
    row = conn.execute(statement("verification", "open"), values).fetchone()
    return row[0] if row else None


def listed(conn: Connection, batch_id: str, reason: str) -> list[Listed] | None:
    """Return the persons of a list, the reading logged and committed first; None where there is no such list."""
    try:
        row = conn.execute(
            statement("verification", "ask"), {"batch_id": batch_id, "reason": clean_text(reason)}
        ).fetchone()
    except psycopg.errors.NoDataFound:
        return None
    assert row is not None
    return [
        Listed(row_id, name, sex, year, tuple((kind, no) for kind, no in numbers), address)
        for row_id, name, sex, year, numbers, address in conn.execute(
            statement("verification", "rows"), {"permit": row[0]}
        )
    ]


def lists(conn: Connection) -> list[ListLine]:
    """Return the lists that went out, the oldest first."""
    return [ListLine(*row) for row in conn.execute(statement("verification", "lists"))]


def own_rows(conn: Connection, batch_id: str, by: str, results: Sequence[Verified]) -> dict[str, Part]:
    """Return the rows of persons whose papers the login, who answers, or who checked has scanned or reviewed."""
    values = {"batch_id": batch_id, "by": by, "results": _as_json(results)}
    return dict(conn.execute(statement("verification", "own_rows"), values).fetchall())


def take(
    conn: Connection, batch_id: str, by: str, results: Sequence[Verified], *, file_sha256: str, content_hash: str
) -> int:
    """Keep the results in one transaction and return how many did not stand already."""
    values = {
        "batch_id": batch_id,
        "by": clean_text(by),
        "results": _as_json(results),
        "file_sha256": file_sha256,
        "content_hash": content_hash,
    }
    row = conn.execute(statement("verification", "take"), values).fetchone()
    assert row is not None
    return int(row[0])


def take_back(conn: Connection, by: str, *, file_sha256: str, content_hash: str) -> int | None:
    """Take the last standing results of this file, or with this content, back; None where there are none."""
    values = {"by": clean_text(by), "file_sha256": file_sha256, "content_hash": content_hash}
    row = conn.execute(statement("verification", "take_back"), values).fetchone()
    assert row is not None
    return None if row[0] is None else int(row[0])


def end_list(conn: Connection, batch_id: str, reason: str) -> bool:
    """Take a list back, so that its persons may go out in another one; False where there is no such list."""
    try:
        conn.execute(statement("verification", "end"), {"batch_id": batch_id, "reason": clean_text(reason)})
    except psycopg.errors.NoDataFound:
        return False
    return True


def states(conn: Connection) -> dict[str, NumberState]:
    """Return what verifiers found, by identity number; a number of which two results differ is left out."""
    found: dict[str, NumberState | None] = {}
    for number, result, corrections in conn.execute(statement("verification", "states")):
        right = corrections.get("cmnd" if len(number) == 9 else "cccd")
        state = NumberState(result, right)
        found[number] = state if found.get(number, state) == state else None
    return {number: state for number, state in found.items() if state is not None}


def _as_json(results: Iterable[Verified]) -> object:
    return as_jsonb(
        [
            {
                "row_id": one.row_id,
                "result": one.result,
                "corrections": dict(one.corrections.items()),
                "checked_on": one.checked_on.isoformat(),
                "checked_by": clean_text(one.checked_by),
            }
            for one in results
        ]
    )
