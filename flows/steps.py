"""The stages of a batch as plain functions: take in, open, read, derive, settle, find what is missing.

Each stage looks up what is left to do, so that it may be called again at any time and after any crash.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol

from cadastre.checking.carrying import check_with_earlier
from cadastre.missing.gaps import Unreadable, find_missing, gaps_of
from cadastre.pages.drafts import assemble
from cadastre.pages.twins import marks_of, rank_of, twin_pages
from cadastre.settling.keys import key_of
from flows.earlier import earlier_of
from flows.folder import BatchFolder, Incoming, shown
from flows.imported_answers import answer_rows
from flows.pool import Fault, PageJob, PageResult, ReaderPool
from flows.reconcile import settle_touched
from ocr.open import FileReport, Opener
from ocr.read import READER_VERSION
from schemas.documents import PageRef
from schemas.entries import Entry
from schemas.errors import BadInput
from schemas.office_units import load_office_tables
from schemas.outcomes import Quarantine
from schemas.parcels import ParcelKey
from schemas.readings import PageReading
from schemas.settings import Settings
from schemas.tables import Tables
from store import entries as kept_entries
from store import imports, intake, originals, readings, recovery, review, runs, twins
from store.database import Connection, retry
from store.runs import Run

Tick = Callable[[int, int], None]
"""Called with (done, of how many) as a long stage goes on."""


@dataclass(frozen=True, slots=True)
class Job:
    """What every stage needs: the settings and the database's address."""

    settings: Settings
    url: str


class Steps(Protocol):
    """The stages after intake, plain or wrapped for Prefect; parameters are ids and hashes only."""

    def open_files(self, job: Job, run: Run, batch_id: str) -> None: ...

    def read_pages(self, job: Job, run: Run, pool: ReaderPool, batch_id: str, pages: Sequence[PageRef]) -> None: ...

    def derive_entries(self, job: Job, run: Run, batch_id: str) -> None: ...

    def settle_parcels(self, job: Job, run: Run, batch_id: str) -> None: ...

    def flag_missing(self, job: Job, run: Run, batch_id: str) -> None: ...


def take_in(
    job: Job, run: Run, folder: BatchFolder, tick: Tick = lambda _done, _of: None, *, by: str | None = None
) -> str:
    """Keep every file of the folder by its hash, register the batch and return its id; `by` names who scanned."""
    home = job.settings.home
    files: list[intake.BatchFile] = []
    refused: list[intake.RefusedFile] = []
    with _timed(job, run, "intake"):
        for number, incoming in enumerate(folder.files, start=1):
            kept = incoming.refused or _keep(home, incoming)
            if isinstance(kept, Quarantine):
                refused.append(intake.RefusedFile(incoming.given, kept))
            else:
                files.append(intake.BatchFile(kept.sha256, kept.size, incoming.given))
            tick(number, len(folder.files))
        return retry(
            job.url,
            lambda conn: intake.register(
                conn, run, str(folder.root.resolve()), files, refused=refused, absent=folder.absent, by=by
            ),
        )


def _keep(home: Path, incoming: Incoming) -> originals.Kept | Quarantine:
    try:
        return originals.keep(home, incoming.path)
    except BadInput as err:
        return Quarantine("not-kept", err.message)


def open_files(job: Job, run: Run, batch_id: str) -> None:
    """Look into each file that was not opened yet: its pages become waiting, or it is set aside with its reason."""
    todo = retry(job.url, lambda conn: intake.files_to_open(conn, batch_id, READER_VERSION))
    if not todo:
        return
    with _timed(job, run, "open", batch_id), Opener() as opener:
        for line in todo:
            report = opener.inspect(originals.path_of(job.settings.home, line.sha256), shown(line.path))
            retry(job.url, partial(_note_file, run=run, sha256=line.sha256, report=report))


def _note_file(conn: Connection, run: Run, sha256: str, report: FileReport | Quarantine) -> None:
    if isinstance(report, Quarantine):
        intake.file_set_aside(conn, run, sha256, report, READER_VERSION)
        return
    intake.file_opened(conn, run, sha256, len(report.pages), READER_VERSION)
    for number, page in enumerate(report.pages, start=1):
        if isinstance(page, Quarantine):
            intake.page_set_aside(conn, run, PageRef(sha256, number), page, READER_VERSION)


def page_batches(job: Job, batch_id: str) -> list[tuple[PageRef, ...]]:
    """Return the pages that wait to be read, in portions of the size that one task takes."""
    waiting = retry(job.url, lambda conn: intake.pages_to_read(conn, batch_id, READER_VERSION))
    size = job.settings.pages_per_task
    return [tuple(waiting[start : start + size]) for start in range(0, len(waiting), size)]


def read_pages(job: Job, run: Run, pool: ReaderPool, batch_id: str, pages: Sequence[PageRef]) -> None:
    """Read these pages and keep what was read, page by page; a page that is done already is passed over."""
    waiting = set(retry(job.url, lambda conn: intake.pages_to_read(conn, batch_id, READER_VERSION)))
    names = retry(job.url, lambda conn: intake.paths_of(conn, batch_id))
    jobs = [
        PageJob(ref, originals.path_of(job.settings.home, ref.sha256), shown(names[ref.sha256]))
        for ref in pages
        if ref in waiting
    ]
    with _timed(job, run, "read", batch_id):
        for page, result in pool.read(jobs):
            retry(job.url, partial(_note_page, run=run, ref=page.ref, result=result))


def _note_page(conn: Connection, run: Run, ref: PageRef, result: PageResult) -> None:
    match result:
        case Quarantine():
            intake.page_set_aside(conn, run, ref, result, READER_VERSION)
        case Fault(code, message):
            intake.page_set_aside(conn, run, ref, Quarantine(code, message), READER_VERSION, state="failed")
        case PageReading():
            readings.save_reading(conn, run, result, READER_VERSION)


def derive_entries(job: Job, run: Run, batch_id: str) -> None:
    """Put the batch's pages together to documents, check what they say and what people answered, keep the entries.

    Imported data has no pages to put together: its entries stay, but for what people answered of them.
    """
    if retry(job.url, lambda conn: imports.holds_data(conn, batch_id)):
        retry(job.url, lambda conn: answer_rows(conn, run, batch_id))
        return
    with _timed(job, run, "check", batch_id):
        tables = load_office_tables(job.settings.home)
        documents, entries = retry(job.url, partial(_derive, batch_id=batch_id, tables=tables))
        keys: Mapping[str, ParcelKey] = {entry.entry_id: key for entry in entries if (key := key_of(entry)) is not None}
        retry(job.url, lambda conn: kept_entries.save_entries(conn, run, batch_id, documents, entries, keys))
        retry(job.url, lambda conn: twins.link(conn, run, batch_id, twin_pages))


def _derive(conn: Connection, batch_id: str, tables: Tables) -> tuple[list[kept_entries.Document], list[Entry]]:
    documents: list[kept_entries.Document] = []
    entries: list[Entry] = []
    answers = review.answers_of(conn, batch_id)
    earlier = earlier_of(conn, batch_id)
    for folder in readings.folders(conn, batch_id):
        pages = [(file.given, page) for file in folder.files for page in file.pages]
        by_ref = {page.ref: page for _, page in pages}
        for document in assemble(pages):
            entries += check_with_earlier(document.drafts, answers, earlier, tables)
            own = [by_ref[ref] for ref in document.pages]
            documents.append(
                kept_entries.Document(
                    document.document_id,
                    document.kind,
                    document.form,
                    document.era,
                    document.pages,
                    rank_of(own, answered=any(draft.entry_id in answers for draft in document.drafts)),
                    marks_of(own),
                )
            )
    return documents, entries


def settle_parcels(job: Job, run: Run, batch_id: str) -> None:
    """Put together what all papers say of the parcels that this batch touches, and publish them in one go."""
    tables = load_office_tables(job.settings.home)
    with _timed(job, run, "load", batch_id):
        retry(job.url, partial(settle_touched, run=run, batch_id=batch_id, tables=tables))


def flag_missing(job: Job, run: Run, batch_id: str) -> None:
    """Write down which papers must exist and are not held: of the batch, and of the communes that it touches."""
    with _timed(job, run, "missing", batch_id):
        flag_batch(job, run, batch_id)
        retry(job.url, lambda conn: recovery.search_around(conn, run, batch_id, gaps_of))


def flag_batch(job: Job, run: Run, batch_id: str) -> None:
    """Write down what the batch by itself lacks: by its manifest, and pages that cannot be read."""
    given, present = retry(job.url, lambda conn: intake.expected(conn, batch_id))
    declared = {row.file: row.declared_pages or 0 for row in given}
    # a file that could not be opened lies in quarantine; how many pages it holds is not known, so none is missing
    counts = {path: declared.get(path, 0) if count is None else count for path, count in present.items()}
    by_file = {row.file: row for row in given}
    unread = [
        Unreadable(by_file[path], page, why or "không đọc được ô nào trên trang.")
        for path, page, why in retry(job.url, lambda conn: intake.unreadable(conn, batch_id))
    ]
    cases = find_missing(given, counts, unread)
    retry(job.url, lambda conn: recovery.save_missing(conn, run, batch_id, cases))


def digest(steps: Steps, job: Job, run: Run, batch_id: str) -> None:
    """Take one registered batch through all stages that follow intake."""
    steps.open_files(job, run, batch_id)
    portions = page_batches(job, batch_id)
    if portions:
        with ReaderPool(job.settings.workers) as pool:
            for pages in portions:
                steps.read_pages(job, run, pool, batch_id, pages)
    steps.derive_entries(job, run, batch_id)
    steps.settle_parcels(job, run, batch_id)
    steps.flag_missing(job, run, batch_id)


@contextmanager
def _timed(job: Job, run: Run, stage: str, batch_id: str | None = None) -> Iterator[None]:
    start = time.monotonic()
    yield
    seconds = time.monotonic() - start
    retry(job.url, lambda conn: runs.add_seconds(conn, run, stage, seconds, batch_id))
