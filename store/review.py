"""What people were asked and what they answered: answers are insert only, and the last one not taken back stands."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from schemas.answers import Answer, Asked
from schemas.documents import Box, PageRef
from schemas.entries import IDENTITY_FIELDS, value_from_json, value_to_json
from store.audit import append
from store.database import Connection, as_jsonb, clean_text, dump_json, statement
from store.runs import Run, hold


@dataclass(frozen=True, slots=True)
class Imported:
    """An import and the batches that its answers touch; `new` is false where it had come in before."""

    import_id: int
    batch_ids: tuple[str, ...]
    new: bool


def save_questions(conn: Connection, run: Run, asked: Sequence[Asked]) -> None:
    """Keep what a person is asked, so that the answer finds its entries; asking again renews it."""
    with conn.transaction(), conn.cursor() as cursor:
        hold(conn, run)
        for name, identity in (("save_question", False), ("save_identity_question", True)):
            rows = [_asked_row(one) for one in asked if (one.field in IDENTITY_FIELDS) == identity]
            cursor.executemany(statement("review", name), sorted(rows, key=lambda row: (row["entry_id"], row["field"])))


def asked(conn: Connection, question_ids: Iterable[str]) -> dict[str, list[Asked]]:
    """Return the questions with these ids as they were last asked; one that was asked differently since is not there."""
    found: dict[str, list[Asked]] = {}
    rows = conn.execute(statement("review", "asked"), {"ids": list(question_ids)})
    for question_id, entry_id, field, seen, shown, sha256, page, box in rows:
        value = None if shown is None else value_from_json(field, shown)
        place = _place(sha256, page, box)
        found.setdefault(question_id, []).append(Asked(question_id, entry_id, field, seen, value, *place))
    return found


def batches_of(conn: Connection, entry_ids: Iterable[str]) -> list[str]:
    """Return the batches in which these entries stand."""
    return [row[0] for row in conn.execute(statement("review", "batches_of_entries"), {"ids": list(entry_ids)})]


def answers_of(conn: Connection, batch_id: str) -> dict[str, list[Answer]]:
    """Return the answers that stand on the files of a batch, by entry id."""
    found: dict[str, list[Answer]] = {}
    rows = conn.execute(statement("review", "answers_of_batch"), {"batch_id": batch_id})
    for entry_id, field, verdict, value, sha256, page, box in rows:
        typed = None if value is None else value_from_json(field, value)
        answer = Answer(entry_id, field, verdict, typed, *_place(sha256, page, box))
        found.setdefault(entry_id, []).append(answer)
    return found


def content_hash(answers: Iterable[Answer]) -> str:
    """Return a hash of what is answered, whatever file it came in."""
    told = sorted(dump_json([one.entry_id, one.field, one.verdict, _json(one)]) for one in answers)
    return hashlib.sha256(dump_json(told).encode()).hexdigest()


def add_answers(
    conn: Connection, run: Run, answers: Sequence[Answer], files: Mapping[str, str], *, file_sha256: str, who: str
) -> Imported:
    """Keep the answers of one file in one transaction; the same answers again add nothing while they stand.

    `files` gives for each entry id the hash of the file on which the entry stands.
    """
    digest = content_hash(answers)
    with conn.transaction(), conn.cursor() as cursor:
        hold(conn, run)
        conn.execute(statement("review", "one_at_a_time"))
        values = {"content_hash": digest, "file_sha256": None}
        before = conn.execute(statement("review", "standing_import"), values).fetchone()
        if before is not None:
            return Imported(before[0], _batches(conn, before[0]), new=False)
        import_id = _add_import(conn, file_sha256, digest, who, None)
        for name, identity in (("add_answer", False), ("add_identity_answer", True)):
            rows = [
                _answer_row(import_id, files[one.entry_id], one)
                for one in answers
                if (one.field in IDENTITY_FIELDS) == identity
            ]
            cursor.executemany(statement("review", name), rows)
        append(conn, "import-answers", str(import_id), {"by": who, "file": file_sha256, "answers": len(answers)})
        return Imported(import_id, _batches(conn, import_id), new=True)


def take_back(conn: Connection, run: Run, *, file_sha256: str, digest: str, who: str) -> Imported | None:
    """Take back the last standing import of this file or of these answers; None where there is none."""
    with conn.transaction():
        hold(conn, run)
        conn.execute(statement("review", "one_at_a_time"))
        values = {"content_hash": digest, "file_sha256": file_sha256}
        standing = conn.execute(statement("review", "standing_import"), values).fetchone()
        if standing is None:
            return None
        _add_import(conn, file_sha256, digest, who, standing[0])
        append(conn, "undo-answers", str(standing[0]), {"by": who, "file": file_sha256})
        return Imported(standing[0], _batches(conn, standing[0]), new=True)


def turns(conn: Connection, sha256s: Iterable[str]) -> dict[PageRef, int]:
    """Return the quarter turns clockwise, in degrees, that make each page of these files upright."""
    rows = conn.execute(statement("review", "turns"), {"sha256s": list(sha256s)})
    return {PageRef(sha256, page): turn_deg for sha256, page, turn_deg in rows}


def _add_import(conn: Connection, file_sha256: str, digest: str, who: str, undoes: int | None) -> int:
    values = {"file_sha256": file_sha256, "content_hash": digest, "who": clean_text(who), "undoes": undoes}
    row = conn.execute(statement("review", "add_import"), values).fetchone()
    assert row is not None
    return int(row[0])


def _batches(conn: Connection, import_id: int) -> tuple[str, ...]:
    return tuple(row[0] for row in conn.execute(statement("review", "batches_of_import"), {"import_id": import_id}))


def _json(answer: Answer) -> Any:
    return None if answer.field is None or answer.value is None else value_to_json(answer.field, answer.value)


def _place(sha256: str | None, page: int | None, box: list[int] | None) -> tuple[PageRef | None, Box | None]:
    ref = PageRef(sha256, page) if sha256 is not None and page is not None else None
    return ref, Box(*box) if box is not None else None


def _place_row(ref: PageRef | None, box: Box | None) -> dict[str, Any]:
    return {
        "ref_sha256": ref.sha256 if ref else None,
        "ref_page": ref.page if ref else None,
        "box": box.as_list() if box else None,
    }


def _asked_row(asked: Asked) -> dict[str, Any]:
    return {
        "entry_id": asked.entry_id,
        "field": asked.field,
        "question_id": asked.question_id,
        "seen": asked.seen,
        "shown": None if asked.shown is None else as_jsonb(value_to_json(asked.field, asked.shown)),
        **_place_row(asked.ref, asked.box),
    }


def _answer_row(import_id: int, sha256: str, answer: Answer) -> dict[str, Any]:
    value = _json(answer)
    return {
        "import_id": import_id,
        "entry_id": answer.entry_id,
        "sha256": sha256,
        "field": answer.field,
        "verdict": answer.verdict,
        "value": None if value is None else as_jsonb(value),
        **_place_row(answer.ref, answer.box),
    }
