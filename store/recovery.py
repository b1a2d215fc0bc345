"""Missing originals: cases that the machine derives and people take up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from cadastre.missing.gap_cases import Found
from cadastre.missing.holdings import Holdings
from schemas.errors import BadInput
from schemas.outcomes import MissingOriginal, MissingStatus
from store import holdings
from store.audit import append
from store.closing import close_cases
from store.database import Connection, clean_text, statement
from store.runs import Run, hold
from store.withdrawal import is_withdrawn, refuse_withdrawn

#: What the papers of a commune say is lacking (cadastre.gaps.gaps_of).
Search = Callable[[Holdings], Sequence[Found]]


def save_missing(conn: Connection, run: Run, batch_id: str, cases: Sequence[MissingOriginal]) -> None:
    """Make these the cases of the batch by itself; one that is derived no longer goes, unless a person took it up.

    A state that a person set stays, whatever is derived.
    """
    with conn.transaction():
        hold(conn, run)
        conn.execute(statement("recovery", "one_at_a_time"))
        refuse_withdrawn(conn, batch_id)
        _save(conn, cases)
        ids = [case.case_id for case in cases]
        _link(conn, ((case_id, batch_id, "") for case_id in ids))
        gone = conn.execute(statement("recovery", "unlink_cases"), {"batch_id": batch_id, "ids": ids})
        close_cases(conn, [row[0] for row in gone])


def search_around(conn: Connection, run: Run, batch_id: str, search: Search) -> None:
    """Derive the cases of all communes that the batch touches anew, from the papers of all batches.

    Touched are the communes of its papers and those whose papers name a certificate or decision that it holds, or
    held when it was searched last. Of a batch that was taken back, what it held then. Whatever comes last, in any
    order, leaves the same cases.
    """
    with conn.transaction():
        hold(conn, run)
        conn.execute(statement("recovery", "one_at_a_time"))
        withdrawn = is_withdrawn(conn, batch_id)
        scopes, numbers = holdings.scopes_of(conn, batch_id)
        before = conn.execute(statement("holdings", "flagged"), {"batch_id": batch_id}).fetchone() or ([], [])
        touched = {*scopes, *before[0], *holdings.scopes_naming(conn, {*numbers, *before[1]})}
        for scope in sorted(touched):
            _search(conn, scope, search)
        values = {"batch_id": batch_id, "scopes": scopes, "numbers": numbers}
        conn.execute(statement("holdings", "forget" if withdrawn else "remember"), values)


def search_all(conn: Connection, run: Run, search: Search) -> int:
    """Derive the cases of every commune anew and return how many communes there are."""
    with conn.transaction():
        hold(conn, run)
        conn.execute(statement("recovery", "one_at_a_time"))
        scopes = holdings.all_scopes(conn)
    for scope in scopes:
        with conn.transaction():
            hold(conn, run)
            conn.execute(statement("recovery", "one_at_a_time"))
            _search(conn, scope, search)
    return len(scopes)


def _search(conn: Connection, scope: str, search: Search) -> None:
    found = search(holdings.holdings_of(conn, scope))
    _save(conn, [one.case for one in found])
    links = [(one.case.case_id, batch_id, scope) for one in found for batch_id in sorted(one.batches)]
    _link(conn, links)
    values = {"scope": scope, "ids": [link[0] for link in links], "batches": [link[1] for link in links]}
    close_cases(conn, [row[0] for row in conn.execute(statement("recovery", "unlink_scope"), values)])


def _save(conn: Connection, cases: Iterable[MissingOriginal]) -> None:
    with conn.cursor() as cursor:
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
                for case in sorted(cases, key=lambda case: case.case_id)
            ],
        )


def _link(conn: Connection, links: Iterable[tuple[str, str, str]]) -> None:
    with conn.cursor() as cursor:
        cursor.executemany(
            statement("recovery", "link_case"),
            [{"case_id": case_id, "batch_id": batch_id, "scope": scope} for case_id, batch_id, scope in sorted(links)],
        )


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
