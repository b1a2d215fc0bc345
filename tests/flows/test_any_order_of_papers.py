"""Papers that come in parts, in any order, twice, or are taken back: the parcels are those of the papers that are held.

What the database publishes is compared with what all papers that are held settle to anew, in memory.
"""

from __future__ import annotations

import json
import random
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import pytest
from databases import FreshDatabase
from desk_papers import Desk

from cadastre.linking.lineage import reconcile
from cadastre.numberings.mentions import Mention, mention_of
from cadastre.settling.drawn_anew import drawn_anew
from cadastre.settling.settled import settle
from cadastre.units.territory import scope_of
from flows.commands import keeping, reconciling
from flows.imports import importing
from flows.imports.wanted import Wanted
from samples.district.make import make_district
from schemas.documents import PageRef
from schemas.entries import Entry
from schemas.entry_lines import EntryTold, entry_of_line
from schemas.parcels import Link, ParcelKey
from schemas.tables import load_tables
from schemas.weights import load_weights
from store.database import connect
from store.staging import stage

TABLES = load_tables()
FILES = 3
IN_TWO_FILES = 0.1
MADE = 11  # a district of one land, 256 papers of communes that were divided and joined


@dataclass(frozen=True, slots=True)
class Known:
    """What is published: the content of each parcel, the steps of lineage, the key of each paper."""

    parcels: dict[str, str]
    steps: set[tuple[Any, ...]]
    keys: dict[str, str]


@dataclass(slots=True)
class Office:
    """A desk into which files of entries come; `held` are the batches by file as long as they stand."""

    desk: Desk
    files: list[Path]
    held: dict[Path, str] = field(default_factory=dict)

    def bring(self, file: Path) -> None:
        code, told, err = self.desk.type(importing.import_files, [file], Wanted(), dry_run=False)
        assert code == 0, err
        self.held[file] = told["files"][0]["batch_id"]

    def take_back(self, file: Path) -> None:
        code, _, err = self.desk.type(keeping.withdraw, self.held.pop(file))
        assert code == 0, err

    def published(self) -> Known:
        with connect(self.desk.url) as conn:
            parcels = conn.execute(
                "select p.parcel_key, v.content_hash from cadastre.parcel as p "
                "inner join cadastre.parcel_version as v on v.parcel_id = p.parcel_id "
                "where not v.withdrawn and not exists (select from cadastre.parcel_version as later "
                "where later.parcel_id = v.parcel_id and later.version_id > v.version_id)"
            ).fetchall()
            steps = conn.execute("select from_key, to_key, relation, p, evidence from cadastre.lineage").fetchall()
            keys = conn.execute(
                "select entry_id, parcel_key from people.whole_entry where stands and parcel_key is not null"
            )
            return Known(dict(parcels), {(*row[:4], tuple(row[4])) for row in steps}, dict(keys.fetchall()))

    def versions(self) -> int:
        """Return how many versions of parcels were ever published."""
        with connect(self.desk.url) as conn:
            row = conn.execute("select count(*) from cadastre.parcel_version").fetchone()
            assert row is not None
            return int(row[0])

    def anew(self) -> Known:
        """Return what the papers that are held settle to when all are looked at together for the first time."""
        entries: dict[str, Entry] = {}
        for file in sorted(self.held, key=lambda one: self.held[one], reverse=True):
            entries |= {entry.entry_id: entry for entry in entries_of(file)}  # the lowest batch id stands
        lands: dict[str, list[Mention]] = defaultdict(list)
        for entry in entries.values():
            if (mention := mention_of(entry, TABLES)) is not None:
                lands[scope_of(mention.key.unit, TABLES)].append(mention)
        links: list[Link] = []
        keys: dict[str, ParcelKey] = {}
        for mentions in lands.values():
            with duckdb.connect() as memory:
                found = reconcile(mentions, TABLES, load_weights(), memory)
            links += found.links
            keys |= {
                m.entry_id: ParcelKey(m.key.unit, found.series[m.entry_id], m.key.sheet, m.key.parcel) for m in mentions
            }
        anew = drawn_anew(keys.values(), links)
        rows = [stage(parcel).row for parcel in settle(list(entries.values()), TABLES, links, keys=keys, anew=anew)]
        return Known(
            {row[1]: row[6] for row in rows},
            {(str(one.older), str(one.newer), one.relation, one.p, one.evidence) for one in links},
            {entry_id: str(key) for entry_id, key in keys.items()},
        )


def entries_of(file: Path) -> list[Entry]:
    told = [entry_of_line(line, PageRef("0" * 64, 1), 1) for line in file.read_bytes().splitlines()]
    assert all(isinstance(one, EntryTold) for one in told)
    return [one.entry for one in told if isinstance(one, EntryTold)]


def read_otherwise(line: str) -> str:
    """Return the entry with another parcel number, as where a digit was misread."""
    told = json.loads(line)
    if told["fields"].get("parcel_no", {}).get("value"):
        told["fields"]["parcel_no"]["value"] += "1"
    return json.dumps(told, ensure_ascii=False)


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The papers of a small district: two maps, a merger of communes, divisions, sales."""
    out = tmp_path_factory.mktemp("district")
    make_district(out / "d", seed=MADE, parcels=48, communes=4)
    return (out / "d" / "entries.jsonl").read_text(encoding="utf-8").splitlines()


@pytest.fixture
def office(database: FreshDatabase, tmp_path: Path, lines: list[str], seed: int) -> Office:
    """An office with nothing yet, and files over which the papers are dealt out.

    Some papers lie in two files, and were not read alike.
    """
    rng = random.Random(seed)
    dealt: list[list[str]] = [[] for _ in range(FILES)]
    for line in lines:
        first, second = rng.sample(range(FILES), 2)
        dealt[first].append(line)
        if rng.random() < IN_TWO_FILES:
            dealt[second].append(read_otherwise(line))
    files = []
    for number, told in enumerate(dealt):
        rng.shuffle(told)
        files.append(tmp_path / f"phan-{number}.jsonl")
        files[-1].write_text("\n".join(told) + "\n", encoding="utf-8")
    return Office(Desk(tmp_path, database.worker), files)


def test_papers_in_parts_and_in_any_order_make_the_parcels_that_they_make_at_once(office: Office, seed: int) -> None:
    for file in random.Random(seed + 1).sample(office.files, FILES):
        office.bring(file)
        assert office.published() == office.anew()
    assert office.published().steps  # else there was nothing to find again


def test_papers_brought_twice_taken_back_and_brought_again_leave_what_is_held(office: Office, seed: int) -> None:
    rng = random.Random(seed + 2)
    for file in office.files[1:]:
        office.bring(file)
    before = office.published()
    versions = office.versions()
    office.bring(rng.choice(office.files[1:]))
    assert (office.published(), office.versions()) == (before, versions)
    office.bring(office.files[0])
    office.take_back(office.files[0])
    assert office.published() == before
    gone = rng.choice(office.files[1:])
    office.take_back(gone)
    assert office.published() == office.anew()
    office.bring(gone)
    assert office.published() == before
    code, told, _ = office.desk.type(reconciling.reconcile)
    changed = [one for one in told["lands"] if one["added"] or one["changed"] or one["withdrawn"]]
    assert (code, changed) == (0, [])


@pytest.mark.soak
def test_whatever_comes_and_goes_the_parcels_are_those_of_the_papers_that_are_held(office: Office, seed: int) -> None:
    rng = random.Random(seed + 3)
    for _ in range(12):
        file = rng.choice(office.files)
        if file in office.held and rng.random() < 0.5:
            office.take_back(file)
        else:
            office.bring(file)
        assert office.published() == office.anew()
