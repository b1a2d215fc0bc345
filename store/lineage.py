"""Keeps how parcels follow each other: the map series of each sheet, and the steps of the lineage, insert only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from schemas.documents import Era, Kind
from schemas.entries import Value, value_from_json
from schemas.parcels import Link, ParcelKey
from store.database import Connection, dump_json, statement

Series = Mapping[tuple[str, str, Era], Era]
"""For (unit, sheet, era of papers) the era of the map series, where it is another."""


@dataclass(frozen=True, slots=True)
class Changed:
    """What a new look at one land changed: keys whose steps are new or gone, and sheets whose series is another."""

    keys: frozenset[ParcelKey]
    sheets: frozenset[tuple[str, str]]


def parcel_key(text: str) -> ParcelKey:
    """Return the key that a text UNIT@ERA/SHEET/PARCEL stands for."""
    unit, rest = text.split("@", 1)
    era, sheet, parcel = rest.split("/", 2)
    return ParcelKey(unit, era, sheet, parcel)  # type: ignore[arg-type]


def units_touched(conn: Connection, batch_id: str) -> list[str]:
    """Return the communes of the batch's parcels."""
    return [row[0] for row in conn.execute(statement("lineage", "units_touched"), {"batch_id": batch_id})]


@dataclass(frozen=True, slots=True)
class Told:
    """What a paper tells that linking needs: `own` is its key by its own era, `key` the one that it has now."""

    entry_id: str
    document_id: str
    kind: Kind
    own: ParcelKey
    key: ParcelKey
    values: Mapping[str, Value]


def told_of(conn: Connection, units: Sequence[str], names: Sequence[str]) -> list[Told]:
    """Return what the papers of these communes tell, those that stand and have a parcel key, by entry id."""
    rows = conn.execute(statement("lineage", "mentions"), {"units": list(units), "names": list(names)})
    return [_told(row) for row in rows]


def _told(row: Sequence[Any]) -> Told:
    entry_id, document_id, kind, era, unit, sheet, parcel, placed, values = row
    own = ParcelKey(unit, "299" if era == "1988" else era, sheet, parcel)
    told = {name: value_from_json(name, value) for name, value in (values or {}).items()}
    return Told(entry_id, document_id, kind, own, parcel_key(placed), told)


def place(conn: Connection, keys: Mapping[str, ParcelKey]) -> None:
    """Key these entries (by entry id) anew."""
    rows = [{"entry_id": entry_id, "era": key.era, "key": str(key)} for entry_id, key in sorted(keys.items())]
    if rows:
        conn.execute(statement("lineage", "place_entries"), {"rows": dump_json(rows)})


def series_of(conn: Connection, scope: str) -> dict[tuple[str, str, Era], Era]:
    """Return the map series that were found on one land."""
    rows = conn.execute(statement("lineage", "series_of"), {"scope": scope})
    return {(unit, sheet, era): series for unit, sheet, era, series in rows}


def steps_of(conn: Connection, scope: str) -> list[Link]:
    """Return the steps that are known now of one land."""
    return [_link(row) for row in conn.execute(statement("lineage", "steps_of"), {"scope": scope})]


def chain_of(conn: Connection, key: ParcelKey) -> list[Link]:
    """Return the steps that lead to a parcel."""
    return [_link(row) for row in conn.execute(statement("lineage", "chain_of"), {"key": str(key)})]


def steps(conn: Connection, *, batch_id: str | None = None) -> list[Link]:
    """Return the steps of all parcels, or of those that rest on an entry of the batch."""
    return [_link(row) for row in conn.execute(statement("lineage", "lineage"), {"batch_id": batch_id})]


def _link(row: Sequence[object]) -> Link:
    older, newer, relation, p, evidence = row
    assert isinstance(evidence, list)
    return Link(parcel_key(str(older)), parcel_key(str(newer)), relation, float(str(p)), tuple(evidence))  # type: ignore[arg-type]


def keep(conn: Connection, scope: str, series: Series, links: Iterable[Link]) -> Changed:
    """Replace what is known of one land, and return what that changes; the same again changes nothing.

    Call it inside the transaction in which the parcels are settled (`parcels.settling`).
    """
    moved = {place: era for place, era in series.items() if place[2] != era}
    before = series_of(conn, scope)
    if moved != before:
        conn.execute(statement("lineage", "forget_series"), {"scope": scope})
        rows = [
            {"unit": unit, "sheet_no": sheet, "era": era, "series": home}
            for (unit, sheet, era), home in sorted(moved.items())
        ]
        conn.execute(statement("lineage", "keep_series"), {"scope": scope, "rows": dump_json(rows)})
    old = {(link.older, link.newer): link for link in steps_of(conn, scope)}
    new = {(link.older, link.newer): link for link in links}
    gone = [(link, True) for ends, link in old.items() if ends not in new]
    fresh = [(link, False) for ends, link in new.items() if old.get(ends) != link]
    if gone or fresh:
        steps_json = [
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
        conn.execute(statement("lineage", "add_steps"), {"scope": scope, "rows": dump_json(steps_json)})
    differing = {place for place in moved.keys() | before.keys() if moved.get(place) != before.get(place)}
    return Changed(
        frozenset(key for link, _ in gone + fresh for key in (link.older, link.newer)),
        frozenset((unit, sheet) for unit, sheet, _ in differing),
    )
