"""What is kept, as read-only rows for exports, reports and the status."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, get_args

from schemas.documents import Capture, CopyKind, Era, Form, Kind, PageRef, PageState, Quality
from schemas.entries import Cited, Entry, EntryStatus, FieldStatus, LandUse, Value, value_from_json
from schemas.errors import Message
from schemas.outcomes import MissingOriginal, Quarantine
from schemas.parcels import Grade, ParcelKey, ParcelStatus, Standing
from store import audit
from store.database import Connection, statement
from store.entries import entry_from_row
from store.times import NOW, Times

_ALWAYS = {
    "pages": get_args(PageState),
    "documents": (),
    "fields": get_args(FieldStatus),
    "entries": get_args(EntryStatus),
    "parcels": ("1", "2", "3"),
    "findings": (),
    "missing": (),
    "seconds": (),
}


@dataclass(frozen=True, slots=True)
class EntryLine:
    """An entry with the path of its file in the batch, and the paths of the files that its fields cite.

    `cited` is where an imported entry stood at its source: a scan that is not held here.
    """

    entry: Entry
    batch_id: str
    file: str
    files: Mapping[str, str]
    cited: Cited | None = None


@dataclass(frozen=True, slots=True)
class PageLine:
    """A page of a file of a batch; `page` is None for a file not opened, `sha256` too for one not kept."""

    file: str
    sha256: str | None
    page: int | None
    document_id: str | None
    order: int | None
    printed_no: str | None
    kind: Kind | None
    form: Form | None
    era: Era | None
    state: PageState
    reason: Quarantine | None
    quality: Quality | None
    capture: Capture | None
    copy_kind: CopyKind | None
    same_as: PageRef | None
    width: int | None
    height: int | None


@dataclass(frozen=True, slots=True)
class ParcelLine:
    """A parcel as it is known now, without personal data; `wkb` is a MultiPolygon in EPSG:5899."""

    parcel_id: str
    key: ParcelKey
    area_m2: float | None
    legal_area_m2: float | None
    land_use: tuple[LandUse, ...]
    user_type: str | None
    grade: Grade
    status: ParcelStatus
    valid_from: str | None
    valid_to: str | None
    source_count: int
    attributes: Mapping[str, Value]
    geometry_note: str | None
    wkb: bytes | None
    grade_reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """A claim of a parcel; `claimed_key` is the parcel's number on the entry's own paper."""

    parcel_id: str
    parcel_key: str
    attribute: str
    value: Any
    entry_id: str
    era: Era | None
    asserted_on: str | None
    standing: Standing
    rule: str
    claimed_key: str


@dataclass(frozen=True, slots=True)
class BatchLine:
    """A batch with the number of its files and its pages by state; none where it was taken back.

    `data` are the names of its files where it is imported data.
    """

    batch_id: str
    folder: str
    registered_at: datetime
    files: int
    pages: Mapping[PageState, int]
    withdrawn_at: datetime | None = None
    data: Sequence[str] = ()


def entries(conn: Connection, *, batch_id: str | None = None, reason: str) -> Generator[EntryLine]:
    """Yield the entries of a batch, or all, each once; identity fields stand in them.

    The read is logged with its reason, and the log committed, before the first row is read: where the log
    cannot be written nothing is read. What may not be shown is the caller's to mask.
    """
    audit.append(conn, "read-identity", batch_id or "all batches", {"reason": reason, "what": "entries"})
    with _snapshot(conn):
        paths: dict[str, dict[str, str]] = {}
        for batch, sha256, path in conn.execute(statement("layers", "paths"), {"batch_id": batch_id}):
            paths.setdefault(batch, {})[sha256] = path
        for batch, sha256, page, row_no, given, *row in _stream(conn, "entries", batch_id):
            entry, own = entry_from_row(row), paths[batch]
            names = {entry.ref.sha256} | {field.ref.sha256 for field in entry.fields.values() if field.ref}
            files = {name: own[name] for name in names if name in own}
            cited = None if sha256 is None else Cited(own[sha256], sha256, given, page, row_no)
            yield EntryLine(entry, batch, own[entry.ref.sha256], files, cited)


def pages(conn: Connection, *, batch_id: str | None = None) -> Generator[PageLine]:
    """Yield one line for each page of each file of a batch, or of all batches.

    The same path with the same bytes in two batches is one line when no batch is asked for; another path
    with the same bytes has `same_as`, and so has the same page in other bytes (`reading.twin_page`).
    """
    with _snapshot(conn):
        for row in _stream(conn, "pages", batch_id):
            path, sha256, page, document_id, order, printed_no, kind, form, era, state, code, vi, en, *rest = row
            quality, capture, copy_kind, leads, width, height, same_sha256, same_page = rest
            yield PageLine(
                file=path,
                sha256=sha256,
                page=page,
                document_id=document_id,
                order=order,
                printed_no=printed_no,
                kind=kind,
                form=form,
                era=era,
                state=state,
                reason=Quarantine(code, Message(vi, en)) if code else None,
                quality=quality,
                capture=capture,
                copy_kind=copy_kind,
                same_as=_same_as(PageRef(sha256, page), leads, same_sha256, same_page) if page else None,
                width=width,
                height=height,
            )


def _same_as(ref: PageRef, leads: bool, sha256: str | None, page: int | None) -> PageRef | None:
    if not leads:
        return ref
    return PageRef(sha256, page) if sha256 is not None and page is not None else None


def parcels(conn: Connection, *, batch_id: str | None = None, times: Times = NOW) -> Iterator[ParcelLine]:
    """Yield the parcels of these times, all or those that rest on an entry of the batch."""
    with _snapshot(conn):
        for row in _stream(conn, "parcels", batch_id, times):
            parcel_id, unit, era, sheet, parcel, area_m2, legal_area_m2, uses, user_type, grade, status, *rest = row
            valid_from, valid_to, source_count, attributes, note, wkb, reasons = rest
            yield ParcelLine(
                parcel_id=parcel_id,
                key=ParcelKey(unit, era, sheet, parcel),
                area_m2=area_m2,
                legal_area_m2=legal_area_m2,
                land_use=tuple(LandUse(*use) for use in uses),
                user_type=user_type,
                grade=grade,
                status=status,
                valid_from=valid_from,
                valid_to=valid_to,
                source_count=source_count,
                attributes={name: value_from_json(name, value) for name, value in attributes.items()},
                geometry_note=note,
                wkb=wkb,
                grade_reasons=tuple(reasons),
            )


def claims(conn: Connection, *, batch_id: str | None = None, times: Times = NOW, reason: str) -> Generator[ClaimLine]:
    """Yield the claims of the parcels of these times; those that name people only to a login that may read people.

    Such a read is logged with its reason before the first row is read.
    """
    personal = bool(conn.execute(statement("layers", "may_read_people")).fetchone() == (True,))
    if personal:
        audit.append(conn, "read-identity", batch_id or "all batches", {"reason": reason, "what": "claims"})
    with _snapshot(conn):
        for row in _stream(conn, "personal_claims" if personal else "claims", batch_id, times):
            yield ClaimLine(*row)


def missing(conn: Connection, *, batch_id: str | None = None) -> Generator[MissingOriginal]:
    """Yield the missing originals, all or those derived from the batch."""
    with _snapshot(conn):
        for row in _stream(conn, "missing", batch_id):
            yield MissingOriginal(*row)


def batches(conn: Connection) -> list[BatchLine]:
    """Return the batches in the order in which they came."""
    return [BatchLine(*row) for row in conn.execute(statement("layers", "batches"))]


def figures(conn: Connection, *, batch_id: str | None = None) -> dict[str, dict[str, float]]:
    """Return the figures of `diachinh report --json` (contract.md); seconds are rounded to milliseconds."""
    told: dict[str, dict[str, float]] = {section: dict.fromkeys(names, 0) for section, names in _ALWAYS.items()}
    for section, name, number in conn.execute(statement("layers", "figures"), {"batch_id": batch_id}):
        told[section][name] = round(number, 3) if section == "seconds" else int(number)
    return told


@contextmanager
def _snapshot(conn: Connection) -> Iterator[None]:
    """Show one state of the database for as long as the reader takes."""
    with conn.transaction():
        conn.execute(statement("layers", "snapshot"))
        conn.execute(statement("layers", "patient"))
        yield


def _stream(conn: Connection, name: str, batch_id: str | None, times: Times = NOW) -> Iterator[tuple[Any, ...]]:
    """Yield rows as the server sends them, so that a province fits into little memory."""
    with conn.cursor(name=f"layers_{name}") as cursor:
        cursor.itersize = 500
        cursor.execute(statement("layers", name), {"batch_id": batch_id, **times.values()})
        yield from cursor
