"""Missing originals: cases that the machine derives and people take up."""

from __future__ import annotations

from collections.abc import Sequence

from schemas.errors import BadInput
from schemas.outcomes import MissingOriginal, MissingStatus
from store.audit import append
from store.database import Connection, clean_text, statement
from store.runs import Run, hold
from store.withdrawal import refuse_withdrawn


def save_missing(conn: Connection, run: Run, batch_id: str, cases: Sequence[MissingOriginal]) -> None:
    """Make these the cases derived from the batch; one that is derived no longer goes, unless a person took it up.

    A state that a person set stays, whatever is derived.
    """
    ordered = sorted(cases, key=lambda case: case.case_id)
    with conn.transaction(), conn.cursor() as cursor:
        hold(conn, run)
        cursor.execute(statement("recovery", "one_at_a_time"))
        refuse_withdrawn(conn, batch_id)
        cursor.executemany(
            statement("recovery", "save_case"),
            [
                {
                    "case_id": case.case_id,
                    "kind": case.kind,
                    "what": clean_text(case.what),
                    "unit_code": case.unit_code,
                    "reason": case.reason,
                    "evidence": clean_text(case.evidence),
                    "likely_location": clean_text(case.likely_location),
                    "p": case.p,
                    "status": case.status,
                }
                for case in ordered
            ],
        )
        ids = [case.case_id for case in ordered]
        links = [{"case_id": case_id, "batch_id": batch_id} for case_id in ids]
        cursor.executemany(statement("recovery", "link_case"), links)
        cursor.execute(statement("recovery", "unlink_cases"), {"batch_id": batch_id, "ids": ids})
        cursor.execute(statement("recovery", "forget_cases"))


def set_state(conn: Connection, run: Run, case_id: str, status: MissingStatus, who: str) -> None:
    """Set a case's state for a person, logged; it stays so in every rerun. BadInput where there is no such case."""
    with conn.transaction():
        hold(conn, run)
        values = {"case_id": case_id, "status": status, "who": clean_text(who)}
        if conn.execute(statement("recovery", "set_state"), values).fetchone() is None:
            raise BadInput(
                vi=f"không có hồ sơ thiếu {case_id}; xem: diachinh export missing thieu.csv",
                en=f"no missing case {case_id}; see: diachinh export missing missing.csv",
            )
        append(conn, "set-missing", case_id, {"state": status, "by": who})
