"""Documents and entries of a batch, kept so that saving them again changes nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from schemas.documents import Box, Era, Form, Kind, PageRef
from schemas.entries import IDENTITY_FIELDS, Cited, Entry, FieldValue, value_from_json, value_to_json
from schemas.errors import Message
from schemas.outcomes import Finding
from schemas.parcels import ParcelKey
from store.database import Connection, clean_text, dump_json, statement
from store.runs import Run, hold
from store.withdrawal import refuse_withdrawn

_AT_ONCE = 1000  # entries or pages of one statement: some megabytes of JSON


@dataclass(frozen=True, slots=True)
class Document:
    """One paper of a batch with its pages in reading order.

    `rank` says which of papers that are the same makes the entries (the lowest), `marks` where they are looked for.
    """

    document_id: str
    kind: Kind
    form: Form | None
    era: Era | None
    pages: tuple[PageRef, ...]
    rank: str = ""
    marks: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Saved:
    """How many entries came, changed, went and stayed."""

    added: int
    changed: int
    removed: int
    unchanged: int


def save_entries(
    conn: Connection,
    run: Run,
    batch_id: str,
    documents: Sequence[Document],
    entries: Sequence[Entry],
    keys: Mapping[str, ParcelKey],
) -> Saved:
    """Make these the batch's documents and entries, in one transaction; what is derived no longer goes.

    `keys` gives the parcel key of each entry that has one, by entry id.
    """
    new_documents = {document.document_id: (document, document_hash(document)) for document in documents}
    new_entries = {entry.entry_id: rows_of(entry, keys.get(entry.entry_id)) for entry in entries}
    if len(new_documents) < len(documents) or len(new_entries) < len(entries):
        raise ValueError("a document or entry id stands twice")
    with conn.transaction():
        hold(conn, run)
        conn.execute(statement("entries", "one_at_a_time"), {"batch_id": batch_id})
        refuse_withdrawn(conn, batch_id)
        old_documents = _hashes(conn, "document_hashes", batch_id)
        old_entries = _hashes(conn, "entry_hashes", batch_id)
        written = [rows for entry_id, rows in new_entries.items() if old_entries.get(entry_id) != rows.digest]
        changed = [rows.entry_id for rows in written if rows.entry_id in old_entries]
        removed = [entry_id for entry_id in old_entries if entry_id not in new_entries]
        conn.execute(statement("entries", "remove_entries"), {"batch_id": batch_id, "ids": removed + changed})
        renewed = [new for new in new_documents.values() if old_documents.get(new[0].document_id) != new[1]]
        save_documents(conn, batch_id, renewed)
        add_entries(conn, batch_id, written)
        gone = [document_id for document_id in old_documents if document_id not in new_documents]
        conn.execute(statement("entries", "remove_documents"), {"batch_id": batch_id, "ids": gone})
    return Saved(len(written) - len(changed), len(changed), len(removed), len(new_entries) - len(written))


def entry_from_row(row: Sequence[Any]) -> Entry:
    """Return the entry of a row entry_id … status, fields, findings, as `people.told_entry` tells it."""
    entry_id, document_id, sha256, page, row_no, kind, form, era, status, fields, findings = row
    return Entry(
        entry_id,
        document_id,
        PageRef(sha256, page),
        row_no,
        kind,
        form,
        era,
        status,
        {name: _field_from_json(name, rest) for name, *rest in fields},
        tuple(Finding(code, severity, tuple(names), Message(vi, en)) for code, severity, names, vi, en in findings),
    )


def document_hash(document: Document) -> str:
    """Return the hash of all that is kept of a document."""
    return _hash(_document_json(document))


def save_documents(conn: Connection, batch_id: str, documents: Iterable[tuple[Document, str]]) -> None:
    """Write these documents of a batch with their hashes, inside a transaction."""
    documents = sorted(documents, key=lambda pair: pair[0].document_id)
    own = [
        dump_json(
            {
                "document_id": document.document_id,
                "kind": document.kind,
                "form": document.form,
                "era": document.era,
                "rank": document.rank,
                "content_hash": digest,
            }
        )
        for document, digest in documents
    ]
    add_rows(conn, "save_documents", batch_id, own)
    values = {"batch_id": batch_id, "ids": [document.document_id for document, _ in documents]}
    conn.execute(statement("entries", "remove_document_pages"), values)
    conn.execute(statement("entries", "remove_document_marks"), values)
    marks = [
        dump_json({"document_id": document.document_id, "mark": clean_text(mark)})
        for document, _ in documents
        for mark in sorted(document.marks)
    ]
    add_rows(conn, "add_document_marks", batch_id, marks)
    pages = [
        dump_json({"document_id": document.document_id, "ord": ord_, "sha256": ref.sha256, "page": ref.page})
        for document, _ in documents
        for ord_, ref in enumerate(document.pages, start=1)
    ]
    add_rows(conn, "add_document_pages", batch_id, pages)


def add_rows(conn: Connection, name: str, batch_id: str, rows: Sequence[str]) -> None:
    """Run the statement of this name on the JSON objects, inside a transaction."""
    for start in range(0, len(rows), _AT_ONCE):
        some = "[" + ",".join(rows[start : start + _AT_ONCE]) + "]"
        conn.execute(statement("entries", name), {"batch_id": batch_id, "rows": some})


@dataclass(frozen=True, slots=True)
class EntryRows:
    """An entry as JSON objects for its tables, several parted by commas, and the hash of them all."""

    entry_id: str
    digest: str
    entry: str
    fields: str
    identity_fields: str
    findings: str


def add_entries(conn: Connection, batch_id: str, written: Sequence[EntryRows]) -> None:
    """Insert these entries of a batch with all that hangs on them, inside a transaction."""
    add_rows(conn, "add_entries", batch_id, [rows.entry for rows in written])
    add_rows(conn, "add_fields", batch_id, [rows.fields for rows in written if rows.fields])
    add_rows(conn, "add_identity_fields", batch_id, [rows.identity_fields for rows in written if rows.identity_fields])
    add_rows(conn, "add_findings", batch_id, [rows.findings for rows in written if rows.findings])


def rows_of(entry: Entry, key: ParcelKey | None, cited: Cited | None = None) -> EntryRows:
    """Return an entry as rows; `cited` is where an imported one stood at its source."""
    own: dict[str, Any] = {
        "entry_id": entry.entry_id,
        "document_id": entry.document_id,
        "sha256": entry.ref.sha256,
        "page": entry.ref.page,
        "row_no": entry.row,
        "kind": entry.kind,
        "form": entry.form,
        "era": entry.era,
        "status": entry.status,
        **_key_row(key),
    }
    if cited is not None:
        own |= {"cited_sha256": cited.sha256, "cited_page": cited.page, "cited_row": cited.row}
    fields: tuple[list[dict[str, Any]], list[dict[str, Any]]] = ([], [])
    for name in sorted(entry.fields):
        fields[name in IDENTITY_FIELDS].append({"entry_id": entry.entry_id, **_field_row(name, entry.fields[name])})
    findings = [
        {"entry_id": entry.entry_id, "ord": ord_, **_finding_row(finding)}
        for ord_, finding in enumerate(entry.findings, start=1)
    ]
    texts = [dump_json(rows)[1:-1] for rows in (*fields, findings)]
    digest = _hash([own, *texts])
    return EntryRows(entry.entry_id, digest, dump_json({**own, "content_hash": digest}), *texts)


def _key_row(key: ParcelKey | None) -> dict[str, str | None]:
    if key is None:
        return {}
    return {
        "parcel_key": str(key),
        "key_unit": key.unit,
        "key_era": key.era,
        "key_sheet": key.sheet,
        "key_parcel": key.parcel,
    }


def _field_row(name: str, field: FieldValue) -> dict[str, Any]:
    """Return the field's columns; what is null is left out."""
    row: dict[str, Any] = {"name": name, "status": field.status, "source": field.source}
    if field.value is not None:
        row["value"] = value_to_json(name, field.value)
    if field.text is not None:
        row["text"] = field.text
    if field.p is not None:
        row["p"] = field.p
    if field.ref is not None:
        row["ref_sha256"], row["ref_page"] = field.ref.sha256, field.ref.page
    if field.box is not None:
        row["box"] = field.box.as_list()
    return row


def _finding_row(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "severity": finding.severity,
        "fields": list(finding.fields),
        "message_vi": finding.message.vi,
        "message_en": finding.message.en,
    }


def _field_from_json(name: str, parts: Sequence[Any]) -> FieldValue:
    value, text, p, status, source, sha256, page, box = parts
    return FieldValue(
        None if value is None else value_from_json(name, value),
        text,
        p,
        status,
        source,
        PageRef(sha256, page) if sha256 is not None else None,
        Box(*box) if box is not None else None,
    )


def _document_json(document: Document) -> list[object]:
    pages = [[ref.sha256, ref.page] for ref in document.pages]
    return [document.kind, document.form, document.era, pages, document.rank, sorted(document.marks)]


def _hash(value: object) -> str:
    return hashlib.sha256(dump_json(value).encode()).hexdigest()


def _hashes(conn: Connection, name: str, batch_id: str) -> dict[str, str]:
    return dict(conn.execute(statement("entries", name), {"batch_id": batch_id}).fetchall())
