"""Invented parcels of two maps of one commune, and steps between them, for the tests of questions about links."""

from __future__ import annotations

from cadastre.linking.lots import Lot, lots_of
from cadastre.numberings.mentions import mention
from schemas.documents import Era
from schemas.entries import Owner, Ref, Value
from schemas.parcels import Link, ParcelKey, Relation
from schemas.tables import load_tables

TABLES = load_tables()
UNIT = "20842"  # Xã Bình Quế


def old(sheet: int, parcel: int) -> ParcelKey:
    return ParcelKey(UNIT, "299", str(sheet), str(parcel))


def new(sheet: int, parcel: int, era: Era = "2009") -> ParcelKey:
    return ParcelKey(UNIT, era, str(sheet), str(parcel))


def lots(
    *parcels: tuple[ParcelKey, float | None, str | None] | tuple[ParcelKey, float | None, str | None, str],
) -> list[Lot]:
    """Return the lots of (key, area in m², owner, the old number that its paper prints), older maps first."""
    mentions = []
    for key, area, owner, *named in parcels:
        values: dict[str, Value] = {"area_m2": area, "owners": (Owner(owner),) if owner else None}
        if named:
            values["refs"] = (Ref("parcel", named[0]),)
        mentions.append(mention(f"e:{key}", f"d:{key}", "so_muc_ke", key, values, TABLES))
    found = lots_of(mentions, {one.entry_id: one.key.era for one in mentions}, TABLES)
    return sorted(found, key=lambda lot: (lot.order, lot.key))


def step(older: ParcelKey, newer: ParcelKey, p: float, *evidence: str, relation: Relation = "same") -> Link:
    return Link(older, newer, relation, p, evidence)
