"""The districts whose papers tell nearly all: keys that entries attest, a history without circles, equal by seed."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from datetime import date
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

import pytest

from benchmarks.standing import true_values
from benchmarks.told.district import District, make_district
from benchmarks.told.zones import commune
from benchmarks.told_district import write_district
from schemas.entries import value_from_json, value_to_json

SEED, PARCELS = 41, 110
KEY_FIELDS = ("unit_code", "sheet_no", "parcel_no")


@pytest.fixture(scope="module")
def true() -> District:
    return make_district(SEED, PARCELS, "none")


@pytest.fixture(scope="module")
def worn() -> District:
    return make_district(SEED, PARCELS, "worn")


def _attested(district: District) -> dict[tuple[str, ...], set[str]]:
    """Return the communes, sheets and numbers that entries say and the reader takes, with the eras of those entries."""
    found: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for entry in district.entries():
        fields = entry["fields"]
        if all(fields.get(name, {}).get("status") == "accepted" for name in KEY_FIELDS):
            found[tuple(fields[name]["value"] for name in KEY_FIELDS)].add(entry["era"])
    return found


def _parts(key: str) -> tuple[str, ...]:
    place, sheet, number = key.split("/")
    return place.split("@")[0], sheet, number


def test_links_and_living_parcels_bear_keys_that_entries_attest(true: District, worn: District) -> None:
    for district in (true, worn):
        attested = _attested(district)
        steps = district.lineage()
        assert len(steps) > 150
        for key in {key for step in steps for key in step[:2]} | {row["key"] for row in district.current}:
            assert attested[_parts(key)], key


def test_no_parcel_descends_from_itself_and_no_living_one_has_a_younger(true: District, worn: District) -> None:
    for district in (true, worn):
        older = defaultdict(set)
        for from_key, to_key, _, _ in district.lineage():
            older[to_key].add(from_key)
        TopologicalSorter(older).prepare()
        assert not {row["key"] for row in district.current} & {key for some in older.values() for key in some}


def test_a_division_has_one_parent_and_a_union_more(true: District) -> None:
    parents = defaultdict(set)
    relations = defaultdict(set)
    for from_key, to_key, relation, _ in true.lineage():
        parents[to_key].add(from_key)
        relations[to_key].add(relation)
    assert {relation for some in relations.values() for relation in some} == {"same", "split", "merge", "unit_change"}
    assert all(len(parents[key]) > 1 for key, some in relations.items() if some == {"merge"})
    assert all(len(parents[key]) == 1 for key, some in relations.items() if some <= {"same", "unit_change"})


def test_most_links_are_told_and_the_rest_mostly_to_be_found() -> None:
    counts = make_district(SEED, 400).counts()
    assert 0.65 < counts["told"]["number_or_serial"] < 0.9
    assert counts["told"]["nothing_nor_surname"] < 0.05
    assert counts["expert"]["attainable_recall"] > 0.95


def test_entries_have_the_contracts_form(true: District, worn: District) -> None:
    for district in (true, worn):
        for entry in district.entries():
            assert len(entry["sha256"]) == 64
            waiting = {name for name, field in entry["fields"].items() if field["status"] in ("review", "unreadable")}
            if waiting & {"sheet_no", "parcel_no", "area_m2"}:
                assert entry["status"] == "review"
            for name, field in entry["fields"].items():
                assert value_to_json(name, value_from_json(name, field["value"])) == field["value"]


def test_worn_papers_are_misread_mostly_under_a_question(true: District, worn: District) -> None:
    right = {entry["entry_id"]: entry["fields"] for entry in true.entries()}
    wrong, asked, fields = 0, 0, 0
    for entry in worn.entries():
        for name, field in entry["fields"].items():
            fields += 1
            if field["value"] != right[entry["entry_id"]][name]["value"]:
                wrong += 1
                asked += field["status"] != "accepted"
    assert 0.005 < wrong / fields < 0.03
    assert 0.7 < asked / wrong < 0.95


def test_two_divided_communes_become_one_again_under_the_old_code() -> None:
    days = (date(2007, 2, 27), date(2007, 2, 28), date(2024, 12, 31), date(2025, 1, 1))
    assert [commune("D", day)[0] for day in days] == ["20821", "20822", "20822", "20821"]
    assert [commune("B", day)[0] for day in days[2:]] == ["20761", "20758"]


def test_the_same_seed_writes_the_same_files_and_another_does_not(tmp_path: Path) -> None:
    for name, seed in (("one", 5), ("two", 5), ("other", 6)):
        write_district(make_district(seed, 60, "worn"), tmp_path / name)
    for file in ("entries.jsonl", "lineage.csv", "current.jsonl", "counts.json"):
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()
    assert (tmp_path / "one" / "entries.jsonl").read_bytes() != (tmp_path / "other" / "entries.jsonl").read_bytes()
    with (tmp_path / "one" / "lineage.csv").open(encoding="utf-8") as file:
        assert next(csv.reader(file)) == ["from_key", "to_key", "relation", "evidence"]


def test_what_stands_is_told_where_a_paper_tells_it(true: District, tmp_path: Path) -> None:
    write_district(true, tmp_path)
    text = (tmp_path / "current.jsonl").read_text(encoding="utf-8")
    rows: list[dict[str, Any]] = [json.loads(line) for line in text.splitlines()]
    values = dict(true_values(tmp_path))
    assert len(values) == len(rows) == len({row["key"] for row in rows})
    for name, told in (("legal_area_m2", "legal_area_m2"), ("owners", "owner"), ("serial", "serial")):
        assert sum(name in one for one in values.values()) == sum(row[told] is not None for row in rows) > 70
