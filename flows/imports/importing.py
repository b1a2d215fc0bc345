"""The command `import`: data of earlier projects and entries of other installations become entries like any paper's."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from functools import partial
from itertools import chain, islice
from pathlib import Path

from flows.cycles import no_search_for_cycles
from flows.exit_codes import DONE, INCOMPLETE
from flows.folder import shown
from flows.imported_answers import Answers, heard
from flows.imports.entries import rows_of_entries
from flows.imports.outcome import Outcome
from flows.imports.rows import rows_of_table
from flows.imports.tables import SUPPORTED, members, read_table
from flows.imports.wanted import Wanted
from flows.steps import Job, flag_missing, settle_parcels
from flows.terminal import Terminal
from schemas.documents import Given
from schemas.entries import Entry
from schemas.errors import BadInput, Message
from schemas.office_units import load_office_tables
from schemas.tables import Tables
from store import imports, originals, review
from store.database import Connection, retry
from store.entries import Saved
from store.imports import Joined, Portion, Row
from store.intake import BatchFile
from store.migrate import prepare
from store.originals import Arrival
from store.runs import Run, running

_AT_ONCE = 2000  # entries of one transaction
_MANY = 5000  # entries that make the planner's statistics old
_SHOWN = 20
_ENTRIES = ".jsonl"
_NOT_KEPT = "0" * 64


def import_files(at: Terminal, files: Sequence[Path], wanted: Wanted, *, dry_run: bool, as_json: bool) -> int:
    """Keep the files, make their rows entries, settle the parcels that they touch; 5 where a row was not taken."""
    outcomes: list[Outcome] = []
    refused = False
    tables = load_office_tables(at.settings.home)
    job = None if dry_run else Job(at.settings, prepare(at.settings))
    for path in files:
        try:
            outcomes.append(_look(path, wanted, tables) if job is None else _bring_in(at, job, path, wanted, tables))
        except BadInput as err:
            refused = True
            at.tell(err.message, style="red")
    if as_json:
        at.result({"dry_run": dry_run, "files": [one.as_json(at.lang) for one in outcomes]})
    else:
        for one in outcomes:
            _tell(at, one, dry_run=dry_run)
    if refused:
        return BadInput.exit_code
    return INCOMPLETE if any(one.refused for one in outcomes) else DONE


def _look(path: Path, wanted: Wanted, tables: Tables) -> Outcome:
    """Read the file as it lies and store nothing."""
    outcome = Outcome(shown(path.name))
    lying = {one.suffix.lower(): one for one in _files(path, wanted)}
    for _ in _rows(path, lying, {}, wanted, tables, outcome):
        pass
    return outcome


def _bring_in(at: Terminal, job: Job, path: Path, wanted: Wanted, tables: Tables) -> Outcome:
    outcome = Outcome(shown(path.name))
    home = job.settings.home
    with running(job.url, f"import {os.getpid()}", lease_s=job.settings.lease_seconds) as run, ExitStack() as coming:
        arrived = {one: coming.enter_context(originals.arriving(home, one)) for one in _files(path, wanted)}
        lying = {one.suffix.lower(): file.place for one, file in arrived.items()}
        digests = {one.suffix.lower(): file.kept.sha256 for one, file in arrived.items()}
        rows = _portions(_rows(path, lying, digests, wanted, tables, outcome))
        first = next(rows, [])  # what is at fault with the file as a whole shows before anything is recorded
        batch_id = outcome.batch_id = retry(job.url, partial(_register, run=run, arrived=arrived, wanted=wanted))
        answers = retry(job.url, lambda conn: review.answers_of(conn, batch_id))
        with (
            at.bar(Message("Ghi mục", "Keeping entries")) as tick,
            no_search_for_cycles(),
            ThreadPoolExecutor(max_workers=1) as beside,
        ):
            saving: Future[Saved] | None = None
            for portion in chain([first] if first else [], rows):  # the next is read while one is written
                made = _ready(portion, answers)
                _note(outcome, saving)
                saving = beside.submit(_save, job, run, batch_id, made)
                tick(sum(outcome.statuses.values()), 0)
            _note(outcome, saving)
        outcome.saved["removed"] = retry(
            job.url, lambda conn: imports.finish(conn, run, batch_id, outcome.told, outcome.document_id)
        )
        if outcome.saved["added"] >= _MANY:
            retry(job.url, imports.take_stock)
        with ThreadPoolExecutor(max_workers=1) as beside:  # what papers lack does not rest on what they settle to
            searching = beside.submit(flag_missing, job, run, batch_id)
            settle_parcels(job, run, batch_id)
            searching.result()
    _tell_earlier(outcome, retry(job.url, lambda conn: imports.earlier_of_name(conn, batch_id)))
    if outcome.details.get("shapes"):
        _tell_joined(outcome, retry(job.url, lambda conn: imports.joined(conn, batch_id)))
    return outcome


def _register(conn: Connection, run: Run, arrived: Mapping[Path, Arrival], wanted: Wanted) -> str:
    """Record the batch and keep its originals: on disk before the rows that name them are committed."""
    folder = str(next(iter(arrived)).resolve().parent)
    files = [
        BatchFile(file.kept.sha256, file.kept.size, Given(one.name, custodian=wanted.custodian))
        for one, file in arrived.items()
    ]
    with conn.transaction():
        batch_id = imports.register(conn, run, folder, files, by=wanted.by)
        for file in arrived.values():
            file.keep()
    return batch_id


def _tell_earlier(outcome: Outcome, batch_ids: Sequence[str]) -> None:
    """Say that another version of the file is in, whose values stand beside these."""
    if not batch_ids:
        return
    told = ", ".join(batch_ids)
    outcome.details["earlier"] = list(batch_ids)
    outcome.notes.append(
        Message(
            f"{outcome.file}: đã nhập một bản khác của tệp này (lô {told}); cả hai cùng đứng. "
            f"Nếu bản này thay bản cũ: diachinh batch withdraw {batch_ids[0]}",
            f"{outcome.file}: another version of this file is in (batch {told}); both stand. "
            f"Where this one replaces it: diachinh batch withdraw {batch_ids[0]}",
        )
    )


def _tell_joined(outcome: Outcome, parcels: Sequence[Joined]) -> None:
    """Say how many of a map's parcels have papers, by their numbers or by older ones, and name the others with why."""
    met = sum(one.paper for one in parcels)
    older = sum(one.older and not one.paper for one in parcels)
    outcome.details["joined"] = {
        "parcels": len(parcels),
        "with_paper": met,
        "by_older_number": older,
        "share": round((met + older) / len(parcels), 4) if parcels else None,
        "without_paper": [
            {"parcel_key": one.parcel_key, "cause": "no-row" if one.sheet else "no-paper-of-sheet"}
            for one in parcels
            if not (one.paper or one.older)
        ],
    }
    outcome.notes.append(
        Message(
            f"{outcome.file}: {met}/{len(parcels)} thửa của bản đồ có giấy tờ cùng số tờ, số thửa; "
            f"{older} thửa khác có giấy tờ mang số cũ",
            f"{outcome.file}: {met} of {len(parcels)} parcels of the map have a paper with the same numbers; "
            f"{older} more have one with an older number",
        )
    )


def _files(path: Path, wanted: Wanted) -> list[Path]:
    """Return the file and those that belong to it; BadInput where it is not there or of no known sort."""
    if not path.is_file():
        raise BadInput(vi=f"{path}: không có tệp này", en=f"{path}: no such file")
    if _is_entries(path, wanted):
        return [path]
    if path.suffix.lower() not in SUPPORTED:
        known = " ".join((*SUPPORTED, _ENTRIES))
        raise BadInput(
            vi=f"{path.name}: chưa nhập được loại tệp này; các loại: {known}",
            en=f"{path.name}: files of this sort are not imported; the sorts: {known}",
        )
    return members(path)


def _is_entries(path: Path, wanted: Wanted) -> bool:
    return wanted.sort == "entries" or (wanted.sort is None and path.suffix.lower() == _ENTRIES)


def _rows(
    path: Path, lying: Mapping[str, Path], digests: Mapping[str, str], wanted: Wanted, tables: Tables, outcome: Outcome
) -> Iterator[Row]:
    """Yield the entries of the file; `digests` are the SHA-256 of it and of those beside it, by ending."""
    ending = path.suffix.lower()
    if _is_entries(path, wanted):
        return rows_of_entries(lying[ending], digests.get(ending, _NOT_KEPT), tables, outcome)
    return rows_of_table(path, read_table(path, lying, wanted.layer), digests, wanted, tables, outcome)


def _portions(rows: Iterable[Row]) -> Iterator[list[Row]]:
    rows = iter(rows)
    while portion := list(islice(rows, _AT_ONCE)):
        yield portion


def _ready(portion: Sequence[Row], answers: Answers) -> Portion:
    rows, told = [*portion], list[Entry]()
    mine = [row.entry for row in portion if row.entry.kind == "du_lieu" and answers.get(row.entry.entry_id)]
    if mine:
        answered, told = heard(mine, answers)
        by_id = {row.entry.entry_id: row for row in answered}
        rows = [by_id.get(row.entry.entry_id, row) for row in portion]
    return imports.ready(rows, told)


def _save(job: Job, run: Run, batch_id: str, portion: Portion) -> Saved:
    return retry(job.url, partial(imports.save_rows, run=run, batch_id=batch_id, portion=portion))


def _note(outcome: Outcome, saving: Future[Saved] | None) -> None:
    if saving is not None:
        saved = saving.result()
        outcome.saved.update(added=saved.added, changed=saved.changed, unchanged=saved.unchanged)


def _tell(at: Terminal, outcome: Outcome, *, dry_run: bool) -> None:
    taken = sum(outcome.statuses.values())
    left = sum(outcome.refused.values())
    at.say(
        f"{outcome.file}: {outcome.rows} dòng, {taken} mục, {left} dòng không nhận"
        + (" (chỉ xem thử, chưa ghi gì)" if dry_run else f"; lô {outcome.batch_id}"),
        f"{outcome.file}: {outcome.rows} rows, {taken} entries, {left} rows not taken"
        + (" (looked at only, nothing is stored)" if dry_run else f"; batch {outcome.batch_id}"),
    )
    waiting = outcome.statuses["review"]
    if waiting:
        at.say(f"{waiting} mục chờ người xem", f"{waiting} entries wait for a person")
    for note in outcome.notes:
        at.tell(note)
    for row, _, why in outcome.first_refused[:_SHOWN]:
        at.say(f"{outcome.file} dòng {row}: {why.vi}", f"{outcome.file} row {row}: {why.en}", style="yellow")
    if left > _SHOWN:
        at.say(f"… và {left - _SHOWN} dòng nữa (xem --json)", f"… and {left - _SHOWN} more (see --json)")
