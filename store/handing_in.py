"""What is handed in to the national database: the parcels with all that is behind them, and the papers' scans."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import get_args

from schemas.documents import Era, Form, Kind, PageRef
from schemas.entries import Entry, value_from_json
from schemas.parcels import Claim, ParcelKey
from schemas.readings import PageReading, page_reading_from_json
from store import audit, layers
from store.database import Connection, statement
from store.entries import entry_from_row
from store.layers import ParcelLine

_CHUNK = 200


@dataclass(frozen=True, slots=True)
class Paper:
    """One document with the serials and parcel keys that its entries took; `asked`: it lies in the batch asked for."""

    document_id: str
    kind: Kind
    form: Form | None
    pages: tuple[PageRef, ...]
    serials: tuple[str, ...]
    keys: tuple[ParcelKey, ...]
    asked: bool


@dataclass(frozen=True, slots=True)
class CertificateSeen:
    """What a certificate's entry names, taken or waiting; `placed` where it has a parcel key."""

    document_id: str
    placed: bool
    unit: str | None
    sheet: str | None
    parcel: str | None
    serial: str | None
    owners: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Holding:
    """A published parcel with its claims and the entries behind it, also under older numbers; with personal data.

    `kin` are the entries with the same commune, sheet and parcel number of other map series.
    """

    parcel: ParcelLine
    claims: tuple[Claim, ...]
    entries: tuple[Entry, ...]
    kin: tuple[Entry, ...] = ()


@contextmanager
def identity_read(conn: Connection, what: str, reason: str, *, batch_id: str | None) -> Iterator[None]:
    """Log that identity is read, and only then show one state of the database for as long as the reader takes."""
    audit.append(conn, "read-identity", batch_id or "all batches", {"reason": reason, "what": what})
    with conn.transaction():
        conn.execute(statement("layers", "snapshot"))
        conn.execute(statement("layers", "patient"))
        yield


def papers(conn: Connection, *, batch_id: str | None = None) -> list[Paper]:
    """Return all papers, each once; those of the batch are marked, so that a name never depends on the batch."""
    rows = conn.execute(statement("handing_in", "papers"), {"batch_id": batch_id})
    return [
        Paper(
            document_id,
            kind,
            form,
            tuple(PageRef(*page) for page in pages or ()),
            tuple(serials),
            tuple(ParcelKey(*key) for key in keys),
            asked,
        )
        for document_id, kind, form, pages, serials, keys, asked in rows
    ]


def ended(conn: Connection) -> frozenset[ParcelKey]:
    """Return the numbers whose place a newer one took."""
    return frozenset(ParcelKey(*row) for row in conn.execute(statement("handing_in", "ended")))


def certificates(conn: Connection) -> list[CertificateSeen]:
    """Return what the certificates name, one line for each entry; in `identity_read`."""
    rows = conn.execute(statement("handing_in", "certificates"))
    return [
        CertificateSeen(document_id, key is not None, unit, sheet, parcel, serial, tuple(owners))
        for _, document_id, key, unit, sheet, parcel, serial, owners in rows
    ]


def holdings(conn: Connection, *, batch_id: str | None = None) -> Iterator[Holding]:
    """Yield the parcels that hold now, all or those that rest on an entry of the batch; in `identity_read`."""
    chunk: list[ParcelLine] = []
    for line in layers.parcels(conn, batch_id=batch_id):
        if line.valid_to is not None:  # a newer number has its place
            continue
        chunk.append(line)
        if len(chunk) == _CHUNK:
            yield from _held(conn, chunk)
            chunk = []
    yield from _held(conn, chunk)


def _held(conn: Connection, lines: Sequence[ParcelLine]) -> Iterator[Holding]:
    keys = {line.parcel_id: line.key for line in lines}
    claims: dict[str, list[Claim]] = {}
    rows = conn.execute(statement("handing_in", "claims"), {"parcel_ids": list(keys)})
    for parcel_id, name, value, *rest, claimed in rows:
        key = keys[parcel_id] if claimed is None else ParcelKey.parse(claimed)
        claim = Claim(key, name, value_from_json(name, value), *rest)
        claims.setdefault(parcel_id, []).append(claim)
    entries: dict[str, list[Entry]] = {}
    older = {name: {claim.key for claim in told} - {keys[name]} for name, told in claims.items()}
    names = {str(one) for key in keys.values() for one in _of_all_series(key)}
    names |= {str(one) for of_parcel in older.values() for one in of_parcel}
    for key, told in conn.execute(statement("handing_in", "entries"), {"keys": sorted(names)}):
        entries.setdefault(key, []).append(entry_from_row(told))
    for line in lines:
        mine = (line.key, *sorted(older.get(line.parcel_id, ())))
        others = (one for one in _of_all_series(line.key) if one not in mine)
        yield Holding(
            line,
            tuple(claims.get(line.parcel_id, ())),
            tuple(entry for one in mine for entry in entries.get(str(one), ())),
            tuple(entry for one in others for entry in entries.get(str(one), ())),
        )


def _of_all_series(key: ParcelKey) -> list[ParcelKey]:
    return [replace(key, era=era) for era in get_args(Era)]


def unplaced(conn: Connection, *, batch_id: str | None = None) -> Iterator[Entry]:
    """Yield the entries of a batch, or all, that no parcel could be made of; in `identity_read`."""
    with conn.cursor(name="unplaced") as cursor:
        cursor.itersize = 500
        cursor.execute(statement("handing_in", "unplaced"), {"batch_id": batch_id})
        for (told,) in cursor:
            yield entry_from_row(told)


def page_readings(conn: Connection, pages: Sequence[PageRef]) -> dict[PageRef, PageReading]:
    """Return what was read on these pages, as far as they were read."""
    sha256s = sorted({page.sha256 for page in pages})
    found = (
        page_reading_from_json(content)
        for _, content in conn.execute(statement("readings", "readings"), {"sha256s": sha256s})
    )
    asked = frozenset(pages)
    return {reading.ref: reading for reading in found if reading.ref in asked}


def identity_numbers(conn: Connection, document_id: str) -> tuple[str, ...]:
    """Return the identity numbers that a paper's entries hold, so that they can be masked in its text."""
    rows = conn.execute(statement("handing_in", "identity_numbers"), {"document_id": document_id})
    return tuple(row[0] for row in rows)
