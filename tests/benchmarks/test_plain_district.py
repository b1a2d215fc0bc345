"""The plain districts hold what they promise: keys that entries attest, a history without circles, entries as given."""

from __future__ import annotations

import csv
import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

import pytest

from benchmarks.plain.days import CODES, MERGER
from benchmarks.plain.district import District, make_district
from benchmarks.plain.reading import KEY_FIELDS
from benchmarks.plain.writing import entry_line
from benchmarks.plain_district import write_district
from schemas.entries import value_from_json, value_to_json

SEED, PARCELS = 41, 60


@pytest.fixture(scope="module")
def true() -> District:
    return make_district(SEED, PARCELS, "none")


@pytest.fixture(scope="module")
def worn() -> District:
    return make_district(SEED, PARCELS, "worn")


def _entries(district: District) -> Iterator[dict[str, Any]]:
    return (json.loads(entry_line(one, SEED)) for one in district.given)


def _attested(district: District) -> set[tuple[str, ...]]:
    """Return unit, sheet and number as accepted on the entries, by the entries alone."""
    return {
        tuple(entry["fields"][name]["value"] for name in KEY_FIELDS)
        for entry in _entries(district)
        if all(name in entry["fields"] and entry["fields"][name]["status"] == "accepted" for name in KEY_FIELDS)
    }


def _triple(key: str) -> tuple[str, ...]:
    return (key.split("@")[0], *key.split("/")[1:])


def test_every_key_of_the_truth_is_attested_by_an_entry(true: District, worn: District) -> None:
    for district in (true, worn):
        keys = {key for step in district.steps for key in (step.older, step.newer)}
        keys |= {row["key"] for row in district.current}
        assert len(keys) > PARCELS
        assert {_triple(key) for key in keys} <= _attested(district)


def test_the_era_of_a_key_is_that_of_the_earliest_paper_of_its_map_and_sheet(true: District) -> None:
    eras: dict[tuple[str, str], list[str]] = defaultdict(list)
    for one in sorted(true.given, key=lambda one: one.paper.at):
        if one.attests:
            eras[one.paper.map_name, one.paper.sheet].append(one.paper.era)
    for (piece, map_name), key in true.keys.attested.items():
        earliest = eras[map_name, piece.numbers[map_name][0]][0]
        assert key.split("@")[1].split("/")[0] == ("299" if earliest == "1988" else earliest)


def test_the_history_has_no_circle_and_no_link_twice(true: District, worn: District) -> None:
    for district in (true, worn):
        before: dict[str, set[str]] = defaultdict(set)
        for step in district.steps:
            before[step.newer].add(step.older)
        TopologicalSorter(before).prepare()
        assert max(Counter((step.older, step.newer) for step in district.steps).values()) == 1


def test_what_lives_was_not_made_into_anything_else(true: District) -> None:
    assert not {row["key"] for row in true.current} & {step.older for step in true.steps}


def test_a_change_of_commune_keeps_sheet_and_number() -> None:
    steps = make_district(SEED, 300).steps
    assert {step.relation for step in steps} == {"same", "split", "merge", "unit_change"}
    for older, newer in (
        (_triple(step.older), _triple(step.newer)) for step in steps if step.relation == "unit_change"
    ):
        assert (older[0], newer[0]) == ("20560", "20561")  # Điện Thắng, Điện Thắng Trung
        assert older[1:] == newer[1:]


def test_a_number_is_never_given_twice_on_a_sheet(true: District) -> None:
    given = Counter((name, *number) for piece in true.country.pieces for name, number in piece.numbers.items())
    assert max(given.values()) == 1


def test_entries_have_the_contracts_form(true: District, worn: District) -> None:
    for district in (true, worn):
        for entry in _entries(district):
            assert len(entry["sha256"]) == 64
            waiting = {name for name, field in entry["fields"].items() if field["status"] in ("review", "unreadable")}
            if waiting & {"sheet_no", "parcel_no", "area_m2"}:
                assert entry["status"] == "review"
            for name, field in entry["fields"].items():
                assert set(field) == {"value", "text", "p", "status", "from", "page", "box"}
                assert value_to_json(name, value_from_json(name, field["value"])) == field["value"]


def test_worn_papers_tell_the_same_land_with_some_values_misread(true: District, worn: District) -> None:
    assert [one.paper.fields for one in worn.given] == [one.paper.fields for one in true.given]
    wrong = [one for given in worn.given for one in given.read.values() if not one.right]
    assert 0 < len(wrong) < 0.1 * sum(len(given.read) for given in worn.given)
    assert not [one for given in true.given for one in given.read.values() if not one.right]


def test_a_merged_commune_without_its_predecessor_attests_no_key() -> None:
    late = [one for one in make_district(SEED, 600).given if one.paper.at >= MERGER]
    silent = [one for one in late if "unit_code" not in one.read]
    assert 0 < len(silent) < len(late)
    for one in silent:
        entry = json.loads(entry_line(one, SEED))
        assert (entry["status"], one.attests) == ("review", False)
        assert [finding["code"] for finding in entry["findings"]] == ["unit-ambiguous"]


def test_a_word_of_an_old_certificate_gives_way_to_the_codes_of_a_later_book(true: District) -> None:
    coded = {
        true.keys.attested[one.paper.piece, one.paper.map_name]
        for one in true.given
        if one.attests and one.paper.kind == "so_muc_ke" and one.paper.at >= CODES
    }
    known = {"ONT", "ODT", "LUC", "BHK", "HNK", "LNK", "CLN", "DGT", "NTD"}
    uses = [set(row["land_use"]) for row in true.current if row["key"] in coded]
    assert len(uses) > 20
    assert all(use <= known for use in uses)


def test_the_same_seed_writes_the_same_files(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_district(make_district(5, PARCELS, "worn"), tmp_path / name, 5)
    for file in ("entries.jsonl", "lineage.csv", "current.jsonl", "counts.json"):
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()
    with (tmp_path / "one" / "lineage.csv").open(encoding="utf-8") as file:
        assert next(csv.reader(file))[:3] == ["from_key", "to_key", "relation"]
