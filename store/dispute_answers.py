"""What people were asked and ruled where papers of one parcel do not agree; insert only, the last ruling stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from schemas.disputes import Decided, Dispute, Ruling, Side
from schemas.entries import IDENTITY_FIELDS, Entry, value_from_json, value_to_json
from schemas.parcels import ParcelKey
from store.database import Connection, as_jsonb, statement
from store.entries import entry_from_row
from store.runs import Run, hold


def save_questions(conn: Connection, run: Run, questions: Iterable[Dispute]) -> None:
    """Keep what a person is asked, so that the answer finds its papers; asking again adds nothing."""
    rows = [
        {
            "question_id": one.question_id,
            "scope": one.scope,
            "kind": one.kind,
            "attribute": one.attribute,
            "sides": as_jsonb([_json(side) for side in one.sides]),
        }
        for one in sorted(questions, key=lambda one: one.question_id)
    ]
    with conn.transaction(), conn.cursor() as cursor:
        hold(conn, run)
        cursor.executemany(statement("dispute_answers", "save_question"), rows)


def asked(conn: Connection, question_ids: Iterable[str]) -> dict[str, Dispute]:
    """Return the questions with these ids that were ever asked."""
    rows = conn.execute(statement("dispute_answers", "asked"), {"ids": list(question_ids)})
    return {row[0]: _asked(row) for row in rows}


def new_rulings(
    conn: Connection, rulings: Sequence[Ruling], disputes: dict[str, Dispute]
) -> list[tuple[Ruling, Dispute]]:
    """Return those of the rulings that do not stand already, each with its question."""
    rows = conn.execute(statement("dispute_answers", "standing"), {"ids": [one.question_id for one in rulings]})
    standing = {question_id: (verdict, side, value) for question_id, verdict, side, value in rows}
    told = [(one, disputes[one.question_id]) for one in rulings]
    return [
        (one, dispute)
        for one, dispute in told
        if standing.get(one.question_id) != (one.verdict, one.side, _value(one, dispute))
    ]


def add(conn: Connection, import_id: int, rulings: Iterable[tuple[Ruling, Dispute]]) -> None:
    """Keep rulings of an import, in the transaction of the caller; a name that was written goes to people."""
    for ruling, dispute in rulings:
        value = _value(ruling, dispute)
        personal = value is not None and dispute.attribute in IDENTITY_FIELDS
        conn.execute(
            statement("dispute_answers", "add_identity_answer" if personal else "add_answer"),
            {
                "import_id": import_id,
                "question_id": ruling.question_id,
                "verdict": ruling.verdict,
                "side": ruling.side,
                "value": None if value is None else as_jsonb(value),
            },
        )


def decided_of(conn: Connection, scope: str) -> list[Decided]:
    """Return what people ruled of one land, by the answers that stand, in the order in which they were given."""
    out: list[Decided] = []
    for row in conn.execute(statement("dispute_answers", "rulings_of_scope"), {"scope": scope}):
        dispute = _asked(row)
        verdict, side, value, day = row[5:]
        typed = None if value is None or dispute.attribute is None else value_from_json(dispute.attribute, value)
        out.append(Decided(dispute, Ruling(dispute.question_id, verdict, side, typed), day.isoformat()))
    return out


def papers(conn: Connection, entry_ids: Iterable[str]) -> dict[str, Entry]:
    """Return those of the entries that stand, by id."""
    rows = conn.execute(statement("dispute_answers", "papers"), {"ids": sorted(entry_ids)})
    return {entry.entry_id: entry for (told,) in rows for entry in (entry_from_row(told),)}


def open_parcels(
    conn: Connection, units: Sequence[str], reasons: Iterable[str]
) -> dict[ParcelKey, tuple[str, ...]]:  # fmt: skip
    """Return the published parcels of these communes that have one of these grade reasons, with all of theirs."""
    rows = conn.execute(
        statement("dispute_answers", "open_parcels"), {"units": list(units), "reasons": list(reasons)}
    )  # fmt: skip
    return {ParcelKey.parse(key): tuple(found) for key, found in rows}


def _value(ruling: Ruling, dispute: Dispute) -> Any:
    if ruling.value is None or dispute.attribute is None:
        return None
    return value_to_json(dispute.attribute, ruling.value)


def _json(side: Side) -> dict[str, list[str]]:
    return {
        "entry_ids": list(side.entry_ids),
        "document_ids": list(side.document_ids),
        "serials": list(side.serials),
    }


def _asked(row: Sequence[Any]) -> Dispute:
    question_id, scope, kind, attribute, sides = row[:5]
    told = (Side(*(tuple(one[name]) for name in ("entry_ids", "document_ids", "serials"))) for one in sides)
    return Dispute(question_id, scope, kind, attribute, tuple(told))
