"""What people were asked and what they answered: answers are insert only, and the last one not taken back stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from schemas.answers import Answer, Asked, LinkAnswer
from schemas.disputes import Ruling
from schemas.documents import Box, PageRef
from schemas.entries import IDENTITY_FIELDS, value_from_json, value_to_json
from store import dispute_answers, link_answers
from store.audit import append
from store.database import Connection, as_jsonb, clean_text, statement
from store.runs import Run, hold


@dataclass(frozen=True, slots=True)
class Imported:
    """How many answers came in or were taken back, how many stood already, and the batches that they touch.

    `replaced` are those of a field that had another answer before: the later stands.
    """

    answers: int
    standing: int
    batch_ids: tuple[str, ...]
    import_id: int | None = None  # of what was kept now; None where nothing was
    replaced: int = 0


def save_questions(conn: Connection, run: Run, questions: Sequence[Asked]) -> None:
    """Keep what a person is asked, so that the answer finds its entries; asking again renews it."""
    with conn.transaction(), conn.cursor() as cursor:
        hold(conn, run)
        for name, identity in (("save_question", False), ("save_identity_question", True)):
            rows = [_asked_row(one) for one in questions if (one.field in IDENTITY_FIELDS) == identity]
            rows.sort(key=lambda row: (row["entry_id"], row["field"]))
            cursor.executemany(statement("review", name), rows)


def asked(conn: Connection, question_ids: Iterable[str]) -> dict[str, list[Asked]]:
    """Return the questions with these ids; one that was asked differently since then is not there."""
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


def add_answers(
    conn: Connection,
    run: Run,
    answers: Sequence[Answer],
    files: Mapping[str, str],
    *,
    file_sha256: str,
    content_hash: str,
    who: str,
    links: Sequence[LinkAnswer] = (),
    rulings: Sequence[Ruling] = (),
) -> Imported:
    """Keep the answers of one file in one transaction; those that stand already are not kept again.

    `links` are those about how maps go together, `rulings` those about papers that do not agree. `files` gives for each
    entry id the hash of the file on which the entry stands. `content_hash` is of all that the file answers, so that a
    workbook saved again is known as the same.
    """
    ids = sorted(files)
    with conn.transaction(), conn.cursor() as cursor:
        hold(conn, run)
        conn.execute(statement("review", "one_at_a_time"))
        rows = conn.execute(statement("review", "standing_answers"), {"ids": ids}).fetchall()
        standing = {(entry_id, field): (verdict, value) for entry_id, field, verdict, value in rows}
        new = [one for one in answers if standing.get((one.entry_id, one.field)) != (one.verdict, _json(one))]
        new_links = link_answers.new_answers(conn, links)
        disputes = dispute_answers.asked(conn, [one.question_id for one in rulings])
        new_rulings = dispute_answers.new_rulings(conn, rulings, disputes)
        count = len(new) + len(new_links) + len(new_rulings)
        given = len(answers) + len(links) + len(rulings)
        batch_ids = tuple(batches_of(conn, ids))
        if not count:
            return Imported(0, given, batch_ids)
        import_id = _add_import(conn, file_sha256, content_hash, who, None)
        for name, identity in (("add_answer", False), ("add_identity_answer", True)):
            cursor.executemany(
                statement("review", name),
                [
                    _answer_row(import_id, files[one.entry_id], one)
                    for one in new
                    if (one.field in IDENTITY_FIELDS) == identity
                ],
            )
        link_answers.add(conn, import_id, new_links)
        dispute_answers.add(conn, import_id, new_rulings)
        append(conn, "import-answers", str(import_id), {"by": who, "file": file_sha256, "answers": count})
    replaced = sum((one.entry_id, one.field) in standing for one in new)
    return Imported(count, given - count, batch_ids, import_id, replaced)


def take_back(conn: Connection, run: Run, *, file_sha256: str, content_hash: str, who: str) -> Imported | None:
    """Take back the last standing import of this file or of the same answers; None where there is none."""
    with conn.transaction():
        hold(conn, run)
        conn.execute(statement("review", "one_at_a_time"))
        values = {"content_hash": content_hash, "file_sha256": file_sha256}
        found = conn.execute(statement("review", "standing_import"), values).fetchone()
        if found is None:
            return None
        import_id, count = found
        undoing = _add_import(conn, file_sha256, content_hash, who, import_id)
        append(conn, "undo-answers", str(import_id), {"by": who, "file": file_sha256, "answers": count})
        rows = conn.execute(statement("review", "batches_of_import"), {"import_id": import_id})
        return Imported(count, 0, tuple(row[0] for row in rows), undoing)


def turns(conn: Connection, sha256s: Iterable[str]) -> dict[PageRef, int]:
    """Return the quarter turns clockwise, in degrees, that make each page of these files upright."""
    rows = conn.execute(statement("review", "turns"), {"sha256s": list(sha256s)})
    return {PageRef(sha256, page): turn_deg for sha256, page, turn_deg in rows}


def personal_boxes(conn: Connection, sha256s: Iterable[str]) -> dict[PageRef, list[Box]]:
    """Return where personal data was found on the pages of these files."""
    found: dict[PageRef, list[Box]] = {}
    rows = conn.execute(statement("review", "personal_boxes"), {"sha256s": sorted(sha256s)})
    for sha256, page, box in rows:
        found.setdefault(PageRef(sha256, page), []).append(Box(*box))
    return found


def _add_import(conn: Connection, file_sha256: str, digest: str, who: str, undoes: int | None) -> int:
    values = {"file_sha256": file_sha256, "content_hash": digest, "who": clean_text(who), "undoes": undoes}
    row = conn.execute(statement("review", "add_import"), values).fetchone()
    assert row is not None
    return int(row[0])


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


def _asked_row(one: Asked) -> dict[str, Any]:
    return {
        "entry_id": one.entry_id,
        "field": one.field,
        "question_id": one.question_id,
        "seen": one.seen,
        "shown": None if one.shown is None else as_jsonb(value_to_json(one.field, one.shown)),
        **_place_row(one.ref, one.box),
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
