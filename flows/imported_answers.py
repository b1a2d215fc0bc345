"""What people answered of imported rows: it stands in them, also when the file is imported again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cadastre.imports.imported_questions import with_answers
from cadastre.settling.keys import key_of
from schemas.answers import Answer
from schemas.entries import Entry
from store import imports, review
from store.database import Connection
from store.imports import Row
from store.runs import Run

Answers = Mapping[str, Sequence[Answer]]
"""Answers by entry id."""


def answer_rows(conn: Connection, run: Run, batch_id: str) -> None:
    """Put the standing answers into the batch's imported rows, and take back those that stand no more."""
    answers = review.answers_of(conn, batch_id)
    told = imports.as_told(conn, batch_id, answers.keys())
    if told:
        rows, answered = heard(told, answers)
        imports.save_rows(conn, run, batch_id, imports.ready(rows, answered))


def heard(told: Sequence[Entry], answers: Answers) -> tuple[list[Row], list[Entry]]:
    """Return the rows with their answers, and those entries as their file tells them that are answered."""
    entries = [with_answers(entry, answers.get(entry.entry_id, ())) for entry in told]
    return [Row(entry, key_of(entry)) for entry in entries], [one for one in told if answers.get(one.entry_id)]
