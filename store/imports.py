"""Data of earlier projects: an imported file is kept as a batch of one page, its rows are its entries."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter

from schemas.entries import Cited, Entry, value_to_json
from schemas.parcels import ParcelKey
from store import intake
from store.database import Connection, as_jsonb, clean_text, dump_json, statement
from store.entries import (
    Document,
    EntryRows,
    Saved,
    add_entries,
    document_hash,
    entry_from_row,
    rows_of,
    save_documents,
)
from store.intake import BatchFile
from store.runs import Run, hold
from store.withdrawal import refuse_withdrawn

VERSION = "import-1"


@dataclass(frozen=True, slots=True)
class Row:
    """An imported entry with its parcel key, where it stood at its source, and the files that it cites."""

    entry: Entry
    key: ParcelKey | None
    cited: Cited | None = None
    files: tuple[Cited, ...] = ()


def register(conn: Connection, run: Run, folder: str, files: Sequence[BatchFile], *, by: str | None = None) -> str:
    """Record the imported files as a batch and return its id; nothing is left to open or read in it.

    `by` names who hands them in (`intake.register`).
    """
    with conn.transaction():
        batch_id = intake.register(conn, run, folder, files, by=by)
        for file in files:
            intake.file_opened(conn, run, file.sha256, 1, VERSION)
            conn.execute(statement("imports", "take_page"), {"sha256": file.sha256, "reader_version": VERSION})
    return batch_id


def earlier_of_name(conn: Connection, batch_id: str) -> tuple[str, ...]:
    """Return the standing batches from a file of this name and folder that had other contents."""
    return tuple(row[0] for row in conn.execute(statement("imports", "earlier_of_name"), {"batch_id": batch_id}))


def holds_data(conn: Connection, batch_id: str) -> bool:
    """Tell whether the batch is of imported data, whose entries are never derived from readings."""
    row = conn.execute(statement("imports", "holds_data"), {"batch_id": batch_id}).fetchone()
    return bool(row and row[0])


@dataclass(frozen=True, slots=True)
class Portion:
    """Imported rows as they are stored, by their ids: made ready while the portion before is written."""

    entries: Mapping[str, EntryRows]
    documents: Mapping[str, tuple[Document, str]]
    files: str
    told: tuple[Entry, ...]


def ready(rows: Iterable[Row], told: Iterable[Entry] = ()) -> Portion:
    """Return rows as they are stored; `told` are entries as their file tells them where a person's answer stands."""
    entries: dict[str, EntryRows] = {}
    documents: dict[str, Document] = {}
    files: dict[str, Cited] = {}
    for row in rows:
        entry = row.entry
        entries[entry.entry_id] = rows_of(entry, row.key, row.cited)
        documents[entry.document_id] = Document(
            entry.document_id, entry.kind, entry.form, entry.era, (entry.ref,)
        )  # fmt: skip
        files.update((file.sha256, file) for file in row.files)
    return Portion(
        entries,
        {document_id: (one, document_hash(one)) for document_id, one in documents.items()},
        _cited_files(files.values()),
        tuple(told),
    )


def save_rows(conn: Connection, run: Run, batch_id: str, portion: Portion) -> Saved:
    """Keep some of the batch's entries in one transaction; those that stand so already are not touched.

    A portion of the whole: what the file no longer tells goes with `finish`.
    """
    values = {"batch_id": batch_id}
    with conn.transaction():
        hold(conn, run)
        conn.execute(statement("entries", "one_at_a_time"), values)
        refuse_withdrawn(conn, batch_id)
        old = _hashes(conn, "entry_hashes", batch_id, portion.entries)
        written = [one for entry_id, one in portion.entries.items() if old.get(entry_id) != one.digest]
        changed = [one.entry_id for one in written if one.entry_id in old]
        known = _hashes(conn, "document_hashes", batch_id, portion.documents)
        renewed = [pair for document_id, pair in portion.documents.items() if known.get(document_id) != pair[1]]
        save_documents(conn, batch_id, renewed)
        conn.execute(statement("imports", "add_cited_files"), {**values, "rows": portion.files})
        conn.execute(statement("entries", "remove_entries"), {**values, "ids": changed})
        add_entries(conn, batch_id, written)
        for entry in portion.told:
            conn.execute(statement("imports", "keep_before"), {**values, **_before(entry)})
    return Saved(len(written) - len(changed), len(changed), 0, len(portion.entries) - len(written))


def as_told(conn: Connection, batch_id: str | None, entry_ids: Collection[str]) -> list[Entry]:
    """Return the imported entries with these ids as their files told them, of a batch those that were answered too."""
    values = {"batch_id": batch_id, "ids": sorted(entry_ids)}
    return [entry_from_row(row) for row in conn.execute(statement("imports", "as_told"), values)]


def waiting(conn: Connection, batch_id: str) -> list[Entry]:
    """Return the imported rows of a batch that wait for a person, in the order of the file."""
    rows = conn.execute(statement("imports", "waiting"), {"batch_id": batch_id})
    return [entry_from_row(told) for (told,) in rows]


def waiting_elsewhere(conn: Connection) -> dict[str, int]:
    """Return by batch how many entries of other installations wait; who has their scans can answer for them."""
    return dict(conn.execute(statement("imports", "waiting_elsewhere")).fetchall())


def finish(conn: Connection, run: Run, batch_id: str, told: Collection[str], document_id: str | None = None) -> int:
    """Remove the batch's entries that are not among those told, and return how many went.

    With `document_id` only those of the document: another layer of the same file is another document.
    """
    values = {"batch_id": batch_id, "document_id": document_id}
    with conn.transaction():
        hold(conn, run)
        conn.execute(statement("entries", "one_at_a_time"), values)
        refuse_withdrawn(conn, batch_id)
        gone = [row[0] for row in conn.execute(statement("imports", "entry_ids"), values) if row[0] not in told]
        if gone:
            conn.execute(statement("entries", "remove_entries"), {**values, "ids": gone})
            conn.execute(statement("imports", "remove_bare_documents"), values)
    return len(gone)


@dataclass(frozen=True, slots=True)
class Joined:
    """A parcel of an imported map: what papers tell of it.

    `paper`: one has its numbers, of its map series; `older`: one has a number that its land bore before, as far as the
    maps are linked; `sheet`: one tells of its sheet.
    """

    parcel_key: str
    paper: bool
    older: bool
    sheet: bool


def joined(conn: Connection, batch_id: str) -> list[Joined]:
    """Return the parcels of an imported map with what papers tell of them."""
    return [Joined(*row) for row in conn.execute(statement("imports", "joined"), {"batch_id": batch_id})]


def take_stock(conn: Connection) -> None:
    """Renew the planner's statistics after many entries came at once."""
    conn.execute(statement("imports", "take_stock"))


def _before(entry: Entry) -> dict[str, object]:
    fields = [
        [
            name,
            None if field.value is None else value_to_json(name, field.value),
            field.text,
            field.p,
            field.status,
            field.source,
            field.ref.sha256 if field.ref else None,
            field.ref.page if field.ref else None,
            field.box.as_list() if field.box else None,
        ]
        for name, field in sorted(entry.fields.items())
    ]
    findings = [
        [one.code, one.severity, list(one.fields), one.message.vi, one.message.en] for one in entry.findings
    ]  # fmt: skip
    return {
        "entry_id": entry.entry_id,
        "status": entry.status,
        "fields": as_jsonb(fields),
        "findings": as_jsonb(findings),
    }


def _hashes(conn: Connection, name: str, batch_id: str, ids: Collection[str]) -> dict[str, str]:
    return dict(conn.execute(statement("imports", name), {"batch_id": batch_id, "ids": list(ids)}).fetchall())


def _cited_files(files: Iterable[Cited]) -> str:
    told = [{"sha256": one.sha256, "path": clean_text(one.file), "hash_given": one.hash_given} for one in files]
    return dump_json(sorted(told, key=itemgetter("sha256")))
