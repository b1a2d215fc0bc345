"""Large lands are linked in processes of their own: the same is found, also where such a process is killed."""

from __future__ import annotations

import json
import multiprocessing
import subprocess
import sys
from collections import defaultdict
from collections.abc import Sequence

import pytest

from cadastre.numberings.mentions import FIELDS
from cadastre.settling.keys import key_of
from cadastre.units.territory import scope_of
from flows import linking
from flows.linking import Linker, Papers, link
from samples.district.make import make_district
from schemas.documents import PageRef
from schemas.entries import Entry, value_to_json
from schemas.entry_lines import EntryTold, entry_of_line
from schemas.parcels import ParcelKey
from schemas.tables import load_tables
from store.lineage import Row

TABLES = load_tables()
SEED = 12  # two lands: communes of a merger, and one that stays


@pytest.fixture(scope="module")
def lands(tmp_path_factory: pytest.TempPathFactory) -> list[Papers]:
    """The papers of two lands, as the database tells them."""
    out = tmp_path_factory.mktemp("lands") / "d"
    make_district(out, seed=SEED, parcels=48, communes=4)
    found: dict[str, list[Row]] = defaultdict(list)
    for line in (out / "entries.jsonl").read_bytes().splitlines():
        told = entry_of_line(line, PageRef("0" * 64, 1), 1)
        assert isinstance(told, EntryTold)
        if (key := key_of(told.entry)) is not None:
            found[scope_of(key.unit, TABLES)].append(row_of(told.entry, key))
    assert len(found) > 1
    return [Papers(rows, ()) for rows in sorted(found.values(), key=len)[-2:]]


def row_of(entry: Entry, key: ParcelKey) -> Row:
    values = {name: one.value for name in FIELDS if (one := entry.fields.get(name)) and one.value is not None}
    told = json.dumps({name: value_to_json(name, value) for name, value in values.items()})
    place = key.unit, key.sheet, key.parcel
    return entry.entry_id, entry.document_id, entry.kind, entry.era, *place, str(key), told


@pytest.fixture
def all_are_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(linking, "LARGE", 1)


@pytest.mark.usefixtures("all_are_large")
def test_lands_are_linked_in_other_processes_as_in_this_one(lands: Sequence[Papers]) -> None:
    with Linker(several=True) as linker:
        begun = [linker.begin(papers, TABLES) for papers in lands]
        found = [land.wait(lambda: None, every_s=60) for land in begun]
    assert found == [link(papers, TABLES) for papers in lands]
    assert all(one.links for one in found)


@pytest.mark.usefixtures("all_are_large")
def test_a_land_whose_process_was_killed_is_linked_once_more(lands: Sequence[Papers]) -> None:
    with Linker(several=True) as linker:
        begun = linker.begin(lands[0], TABLES)
        for process in multiprocessing.active_children():
            process.kill()
        assert begun.wait(lambda: None, every_s=60) == link(lands[0], TABLES)
        assert linker.begin(lands[1], TABLES).wait(lambda: None, every_s=60) == link(lands[1], TABLES)


def test_the_session_says_that_it_lives_while_a_land_is_linked(lands: Sequence[Papers]) -> None:
    signs: list[str] = []
    with Linker(several=False) as linker:
        linker.begin(lands[1], TABLES).wait(lambda: signs.append("alive"), every_s=0.01)
    assert signs


def test_nothing_is_drawn_between_the_results_of_a_command() -> None:
    asked = "silent_memory().execute(\"select current_setting('enable_progress_bar')\").fetchone()[0]"
    program = f"from flows.linking import silent_memory; print({asked})"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
