"""Keeps how parcels follow each other, insert only, and puts entries on the numbers of their map series."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from psycopg.types.string import TextLoader

from schemas.documents import Kind
from schemas.entries import Value, value_from_json
from schemas.parcels import Link, ParcelKey
from store.database import Connection, dump_json, statement


def units(conn: Connection) -> list[str]:
    """Return the communes (unit parts of keys) of which papers or parcels are held."""
    return [row[0] for row in conn.execute(statement("lineage", "units"))]


@dataclass(frozen=True, slots=True)
class Told:
    """What a paper tells that linking needs: `own` is its key by its own era, `key` the one that it has now."""

    entry_id: str
    document_id: str
    kind: Kind
    own: ParcelKey
    key: ParcelKey
    values: Mapping[str, Value]


Row = tuple[Any, ...]
"""A paper as the database tells it, its values as JSON text: cheap to hand to another process."""


def told_of(conn: Connection, units: Sequence[str], names: Sequence[str]) -> list[Told]:
    """Return what the papers of these communes tell, those that stand and have a parcel key, by entry id."""
    return [told(row) for row in rows_of(conn, units, names)]


def rows_of(conn: Connection, units: Sequence[str], names: Sequence[str]) -> list[Row]:
    """Return the papers of these communes as `told` reads them."""
    with conn.cursor() as cursor:
        cursor.adapters.register_loader("jsonb", TextLoader)
        values = {"units": list(units), "names": list(names)}
        return cursor.execute(statement("lineage", "mentions"), values).fetchall()


def told(row: Row) -> Told:
    """Return what a paper tells."""
    entry_id, document_id, kind, era, unit, sheet, parcel, placed, values = row
    own = ParcelKey(unit, "299" if era == "1988" else era, sheet, parcel)
    said = json.loads(values or "{}").items()
    read = {name: None if value is None else value_from_json(name, value) for name, value in said}
    return Told(entry_id, document_id, kind, own, ParcelKey.parse(placed), read)


def place(conn: Connection, keys: Mapping[str, ParcelKey]) -> None:
    """Key these entries (by entry id) anew."""
    rows = [{"entry_id": entry_id, "era": key.era, "key": str(key)} for entry_id, key in sorted(keys.items())]
    if rows:
        conn.execute(statement("lineage", "place_entries"), {"rows": dump_json(rows)})


def steps_of(conn: Connection, land: str) -> list[Link]:
    """Return the steps that are known now of one land."""
    return [_link(row) for row in conn.execute(statement("lineage", "steps_of"), {"scope": land})]


def chain_of(conn: Connection, key: ParcelKey) -> list[Link]:
    """Return the steps that lead to a parcel."""
    return [_link(row) for row in conn.execute(statement("lineage", "chain_of"), {"key": str(key)})]


def steps(conn: Connection, *, batch_id: str | None = None) -> list[Link]:
    """Return the steps of all parcels, or of those that rest on an entry of the batch."""
    return [_link(row) for row in conn.execute(statement("lineage", "lineage"), {"batch_id": batch_id})]


def _link(row: Sequence[object]) -> Link:
    older, newer, relation, p, evidence = row
    assert isinstance(evidence, list)
    return Link(ParcelKey.parse(str(older)), ParcelKey.parse(str(newer)), relation, float(str(p)), tuple(evidence))  # type: ignore[arg-type]


def keep(conn: Connection, land: str, links: Iterable[Link]) -> frozenset[ParcelKey]:
    """Replace the steps that are known of one land, and return the keys whose steps are new or gone.

    The same again changes nothing. Call it inside the transaction in which the parcels are settled.
    """
    old = {(link.older, link.newer): link for link in steps_of(conn, land)}
    new = {(link.older, link.newer): link for link in links}
    gone = [(link, True) for ends, link in old.items() if ends not in new]
    fresh = [(link, False) for ends, link in new.items() if old.get(ends) != link]
    rows = [
        {
            "from_key": str(link.older),
            "to_key": str(link.newer),
            "relation": link.relation,
            "p": link.p,
            "evidence": list(link.evidence),
            "withdrawn": withdrawn,
        }
        for link, withdrawn in sorted(gone + fresh)
    ]
    if rows:
        conn.execute(statement("lineage", "add_steps"), {"scope": land, "rows": dump_json(rows)})
    return frozenset(key for link, _ in gone + fresh for key in (link.older, link.newer))
