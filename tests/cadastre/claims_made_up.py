"""Made-up entries of one parcel in Bình Dương (20794), sheet 12, parcel 125, and steps from its older numbers."""

from __future__ import annotations

from dataclasses import replace

from papers_made_up import REF

from schemas.documents import Era, Kind
from schemas.entries import Entry, FieldStatus, FieldValue, Owner, Value
from schemas.parcels import Link, ParcelKey, Relation

KEY = ParcelKey("20794", "2013", "12", "125")
#: The same land in the books of the 299 era.
OLD = ParcelKey("20794", "299", "3", "48")
AN, BINH = (Owner("Nguyễn Văn An"),), (Owner("Trần Thị Bình"),)


def field(value: Value, status: FieldStatus = "accepted") -> FieldValue:
    return FieldValue(value, None, None, status, "inferred", None, None)


def entry(
    entry_id: str,
    kind: Kind = "gcn",
    *,
    waiting: tuple[str, ...] = (),
    confirmed: tuple[str, ...] = (),
    era: Era = "2013",
    document: str | None = None,
    **values: Value,
) -> Entry:
    """Return an entry; fields named in `waiting` wait for a person, those in `confirmed` were answered by one."""
    known: dict[str, Value] = {"unit_code": "20794", "sheet_no": "12", "parcel_no": "125", **values}
    fields = {
        name: field(value, "review" if name in waiting else "confirmed" if name in confirmed else "accepted")
        for name, value in known.items()
    }
    return Entry(entry_id, document or f"doc-{entry_id}", REF, None, kind, None, era, "accepted", fields, ())


def old(entry_id: str, kind: Kind = "so_muc_ke", *, era: Era = "299", **values: Value) -> Entry:
    """Return an entry of the same land under its older number, sheet 3, parcel 48."""
    return entry(entry_id, kind, era=era, **{"sheet_no": "3", "parcel_no": "48", **values})


def step(
    older: ParcelKey = OLD,
    newer: ParcelKey = KEY,
    relation: Relation = "same",
    *,
    p: float = 0.995,
    evidence: tuple[str, ...] = (),
) -> Link:
    return Link(older, newer, relation, p, evidence)


def of_parcel(key: ParcelKey, number: str) -> ParcelKey:
    return replace(key, parcel=number)
