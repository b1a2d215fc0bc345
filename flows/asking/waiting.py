"""The questions of batches and their crops, made out from what is stored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from cadastre.checking.answers import check_answered
from cadastre.checking.carrying import check_with_earlier
from cadastre.checking.questions import Question, ask
from cadastre.imports.imported_questions import ask_imported
from cadastre.pages.drafts import assemble
from flows.earlier import earlier_of
from ocr.crops import Crop, crop
from ocr.open import Opener
from schemas.documents import Box, PageRef
from schemas.entries import Draft, Entry
from schemas.outcomes import Quarantine
from schemas.tables import Tables
from store import imports, originals, readings, review, twins
from store.database import Connection

_MOST_PIXELS = (1100, 330)
_MOST_PIXELS_OF_A_TABLE = (1100, 1000)
_MOST_PIXELS_OF_A_PAGE = (1000, 1414)  # 120 dots an inch on A4
_MOST_PAGES = 500  # the workbook stays small enough to be sent


@dataclass(frozen=True, slots=True)
class Pending:
    """A question with the path of the file that it is about."""

    question: Question
    path: str


@dataclass(frozen=True, slots=True)
class Read:
    """What one document says, read alone (`read`) and with what people answered (`entries`)."""

    drafts: Sequence[Draft]
    read: Sequence[Entry]
    entries: Sequence[Entry]
    questions: Sequence[Question]


def documents(conn: Connection, batch_id: str, tables: Tables) -> Iterator[Read]:
    """Yield each document of the batch that makes entries and stands, with what it leaves to ask."""
    answers = review.answers_of(conn, batch_id)
    earlier, out_of_force = earlier_of(conn, batch_id), twins.out_of_force(conn, batch_id)
    for folder in readings.folders(conn, batch_id):
        for document in assemble([(file.given, page) for file in folder.files for page in file.pages]):
            if document.drafts and document.document_id not in out_of_force:
                read = check_answered(document.drafts, {}, tables)
                entries = check_with_earlier(document.drafts, answers, earlier, tables)
                yield Read(document.drafts, read, entries, ask(entries, read, document.drafts, answers))


def pending(
    conn: Connection, batch_ids: Iterable[str], paths: Mapping[str, Mapping[str, str]], tables: Tables
) -> tuple[list[Pending], int]:
    """Return the questions of the batches, each once, and how many entries are of kinds that are not read yet."""
    found: dict[str, Pending] = {}
    unread: set[str] = set()
    for batch_id in batch_ids:
        for document in documents(conn, batch_id, tables):
            unread |= {entry.entry_id for entry in document.entries if not entry.fields}
            for question in document.questions:
                path = paths[batch_id][page_of(question).sha256]
                found.setdefault(question.question_id, Pending(question, path))
        rows = imports.waiting(conn, batch_id) if imports.holds_data(conn, batch_id) else []
        for question in ask_imported(rows, review.answers_of(conn, batch_id)) if rows else ():
            path = paths[batch_id][page_of(question).sha256]
            found.setdefault(question.question_id, Pending(question, path))
    return list(found.values()), len(unread)


def crops(
    home: Path, turns: Mapping[PageRef, int], questions: Iterable[Question], *, identity: bool
) -> dict[str, Crop]:
    """Return the crop of each question by its id; each page is opened once.

    Where no place was found it is the whole page, for the first questions alone, and only for those who may see
    identity.
    """
    of_page: dict[PageRef, list[Question]] = {}
    pages_left = _MOST_PAGES if identity else 0
    for question in questions:
        if is_imported(question):
            continue
        pages_left -= question.place is None
        if question.place or pages_left >= 0:
            of_page.setdefault(page_of(question), []).append(question)
    made: dict[str, Crop] = {}
    with Opener() as opener:
        for ref in sorted(of_page):
            page = opener.open_page(originals.path_of(home, ref.sha256), ref.page)
            if isinstance(page, Quarantine):
                continue
            for question in of_page[ref]:
                height, width = page.image.shape[:2]
                whole = Box(0, 0, round(width / page.scale), round(height / page.scale))
                made[question.question_id] = crop(
                    page,
                    question.place[1] if question.place else whole,
                    turn_deg=turns.get(ref, 0),
                    hidden=() if identity else question.hidden,
                    most=_most_pixels(question),
                )
    return made


def page_of(question: Question) -> PageRef:
    """Return the page to look at: where the value stands, else where the parcel is named."""
    return question.place[0] if question.place else question.entries[0].ref


def _most_pixels(question: Question) -> tuple[int, int]:
    if question.place is None:
        return _MOST_PIXELS_OF_A_PAGE
    return _MOST_PIXELS_OF_A_TABLE if is_large(question) else _MOST_PIXELS


def is_imported(question: Question) -> bool:
    """Return whether an imported row is asked for, which has no page."""
    return question.entries[0].kind == "du_lieu"


def is_large(question: Question) -> bool:
    """Return whether a whole table, or a whole page, is to be looked at."""
    return question.field == "corners" or question.place is None
