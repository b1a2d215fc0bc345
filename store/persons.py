"""Persons and households as they are known: insert only, a new version only where something of one changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from schemas.entries import Owner, value_from_json
from schemas.persons import DoubtKind, Household, Mention, People, Person
from store.database import Connection, dump_json, statement
from store.runs import Run, hold

_AT_ONCE = 1000  # persons of one statement: some megabytes of JSON


@dataclass(frozen=True, slots=True)
class Place:
    """Where a person is named: file, page, row of the page if it has any, and the n-th owner there."""

    file: str
    page: int
    row: int | None
    owner_no: int


@dataclass(frozen=True, slots=True)
class Gathered:
    """How many persons, households and doubts there are now, and how many persons came, changed or went."""

    persons: int
    households: int
    doubts: int
    renewed: int
    gone: int


def gather(
    conn: Connection,
    run: Run,
    people_of: Callable[[Iterable[Mention]], People],
    successors: Mapping[str, str],
) -> Gathered:
    """Find out anew who is one person among all that stands, and keep what changed; one at a time.

    `successors` gives the code that a commune's land has today, so that a person is found by either.
    """
    with conn.transaction():
        hold(conn, run)
        conn.execute(statement("layers", "patient"))
        conn.execute(statement("persons", "one_at_a_time"))
        mentions = {one.mention_id: one for one in _mentions(conn)}
        people = people_of(mentions.values())
        renewed, gone = _save(
            conn,
            "person",
            {one.person_id: _person_row(one, mentions, successors) for one in people.persons},
        )
        _save(conn, "household", {one.household_id: _household_row(one) for one in people.households})
        _save_doubts(conn, people)
    return Gathered(len(people.persons), len(people.households), len(people.doubts), renewed, gone)


def told_doubts(conn: Connection) -> list[tuple[DoubtKind, Place, Place]]:
    """Return the doubts with the places of both mentions, without anything of the persons."""
    rows = conn.execute(statement("persons", "told_doubts"))
    return [(kind, Place(*places[:4]), Place(*places[4:])) for kind, *places in rows]


def _mentions(conn: Connection) -> Iterator[Mention]:
    with conn.cursor(name="mentions") as cursor:
        cursor.itersize = 2000
        cursor.execute(statement("persons", "mentions"))
        for entry_id, document_id, page, kind, era, parcel, value, unit, day in cursor:
            owners = value_from_json("owners", value)
            named = [one for one in owners if isinstance(one, Owner)] if isinstance(owners, tuple) else []
            for number, owner in enumerate(named, start=1):
                beside = tuple(other for at, other in enumerate(named, start=1) if at != number)
                mention_id = f"{entry_id}#{number}"
                yield Mention(mention_id, entry_id, document_id, page, kind, era, day, unit, parcel, owner, beside)


def _save(conn: Connection, what: str, rows: Mapping[str, dict[str, Any]]) -> tuple[int, int]:
    """Keep the rows that are new or differ, close those that are no more; returns how many of each."""
    held: dict[str, str] = dict(conn.execute(statement("persons", f"{what}_hashes")).fetchall())
    for row in rows.values():
        row["content_hash"] = _hash(row)
    new = [row for row_id, row in rows.items() if held.get(row_id) != row["content_hash"]]
    gone = sorted(held.keys() - rows.keys())
    _add(conn, f"add_{what}s", new)
    if gone:
        conn.execute(statement("persons", f"end_{what}s"), {"ids": gone})
    return len(new), len(gone)


def _save_doubts(conn: Connection, people: People) -> None:
    held = {tuple(row) for row in conn.execute(statement("persons", "doubts"))}
    wanted = {(one.kind, one.one, one.other) for one in people.doubts}
    rows = [(*pair, False) for pair in sorted(wanted - held)] + [(*pair, True) for pair in sorted(held - wanted)]
    _add(conn, "add_doubts", [dict(zip(("kind", "one", "other", "gone"), row, strict=True)) for row in rows])


def _add(conn: Connection, name: str, rows: Sequence[dict[str, Any]]) -> None:
    for start in range(0, len(rows), _AT_ONCE):
        some = "[" + ",".join(dump_json(row) for row in rows[start : start + _AT_ONCE]) + "]"
        conn.execute(statement("persons", name), {"rows": some})


def _person_row(person: Person, mentions: Mapping[str, Mention], successors: Mapping[str, str]) -> dict[str, Any]:
    units = {unit for one in person.mention_ids if (unit := mentions[one].unit)}
    numbers = [[number.kind, number.no] for number in person.numbers]
    return {
        "person_id": person.person_id,
        "facts_hash": _hash([person.name, person.sex, person.birth_year, numbers]),
        "organisation": person.organisation,
        "name": person.name,
        "sex": person.sex,
        "birth_year": person.birth_year,
        "numbers": numbers,
        "address": person.address,
        "unit_codes": sorted(units | {successors[unit] for unit in units if unit in successors}),
        "joins": [[join.one, join.other, join.score, list(join.reasons)] for join in person.joins],
        "mentions": [
            {"entry_id": entry_id, "owner_no": int(number)}
            for entry_id, number in (one.rsplit("#", 1) for one in person.mention_ids)
        ],
    }


def _household_row(household: Household) -> dict[str, Any]:
    return {
        "household_id": household.household_id,
        "person_ids": list(household.person_ids),
        "head": household.head,
    }


def _hash(value: object) -> str:
    return hashlib.sha256(json.dumps(value, ensure_ascii=True, sort_keys=True).encode()).hexdigest()
