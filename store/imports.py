"""Data of earlier projects: an imported file is kept as a batch of one page, its rows are its entries."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from schemas.entries import Cited, Entry, value_to_json
from schemas.parcels import ParcelKey
from store import intake
from store.database import Connection, as_jsonb, clean_text, dump_json, statement
from store.entries import Document, Saved, add_entries, document_hash, entry_from_row, rows_of, save_documents
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


def register(conn: Connection, run: Run, folder: str, files: Sequence[BatchFile]) -> str:
    """Record the imported files as a batch and return its id; nothing is left to open or read in it."""
    with conn.transaction():
        batch_id = intake.register(conn, run, folder, files)
        for file in files:
            intake.file_opened(conn, run, file.sha256, 1, VERSION)
            conn.execute(statement("imports", "take_page"), {"sha256": file.sha256, "reader_version": VERSION})
    return batch_id


def holds_data(conn: Connection, batch_id: str) -> bool:
    """Tell whether the batch is of imported data, whose entries are never derived from readings."""
    row = conn.execute(statement("imports", "holds_data"), {"batch_id": batch_id}).fetchone()
    return bool(row and row[0])


def save_rows(
    conn: Connection, run: Run, batch_id: str, rows: Sequence[Row], told: Sequence[Entry] = ()
) -> Saved:  # fmt: skip
    """Keep some of the batch's entries in one transaction; those that stand so already are not touched.

    A portion of the whole: what the file no longer tells goes with `finish`. `told` are entries as their file tells
    them, of those rows on which a person's answer stands.
    """
    new = {row.entry.entry_id: rows_of(row.entry, row.key, row.cited) for row in rows}
    documents = {row.entry.document_id: _document(row.entry) for row in rows}
    values = {"batch_id": batch_id}
    with conn.transaction():
        hold(conn, run)
        conn.execute(statement("entries", "one_at_a_time"), values)
        refuse_withdrawn(conn, batch_id)
        old = _hashes(conn, "entry_hashes", batch_id, new)
        written = [one for entry_id, one in new.items() if old.get(entry_id) != one.digest]
        changed = [one.entry_id for one in written if one.entry_id in old]
        known = _hashes(conn, "document_hashes", batch_id, documents)
        hashed = [(document, document_hash(document)) for document in documents.values()]
        save_documents(conn, batch_id, [pair for pair in hashed if known.get(pair[0].document_id) != pair[1]])
        _save_cited_files(conn, batch_id, rows)
        conn.execute(statement("entries", "remove_entries"), {**values, "ids": changed})
        add_entries(conn, batch_id, written)
        for entry in told:
            conn.execute(statement("imports", "keep_before"), {**values, **_before(entry)})
    return Saved(len(written) - len(changed), len(changed), 0, len(new) - len(written))


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


def finish(conn: Connection, run: Run, batch_id: str, told: Collection[str]) -> int:
    """Remove the batch's entries that are not among those told, and return how many went."""
    values = {"batch_id": batch_id}
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
    """A parcel of an imported map: whether a paper has its numbers, and whether any paper tells of its sheet."""

    parcel_key: str
    paper: bool
    sheet: bool


def joined(conn: Connection, batch_id: str) -> list[Joined]:
    """Return the parcels of an imported map with what papers tell of them."""
    return [Joined(*row) for row in conn.execute(statement("imports", "joined"), {"batch_id": batch_id})]


def take_stock(conn: Connection) -> None:
    """Renew the planner's statistics after many entries came at once."""
    conn.execute(statement("imports", "take_stock"))


def _document(entry: Entry) -> Document:
    return Document(entry.document_id, entry.kind, entry.form, entry.era, (entry.ref,))


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


def _save_cited_files(conn: Connection, batch_id: str, rows: Sequence[Row]) -> None:
    cited = {file.sha256: file for row in rows for file in row.files}
    if not cited:
        return
    told = [
        {"sha256": file.sha256, "path": clean_text(file.file), "hash_given": file.hash_given}
        for _, file in sorted(cited.items())
    ]
    conn.execute(statement("imports", "add_cited_files"), {"batch_id": batch_id, "rows": dump_json(told)})
