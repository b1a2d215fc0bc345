"""The districts by another hand hold what they promise: keys that entries attest, a history without circles."""

from __future__ import annotations

import csv
import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from graphlib import TopologicalSorter
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from benchmarks.strange.communes import MERGER
from benchmarks.strange.district import District, make_district
from benchmarks.strange.outline import area_of, cut, strips
from benchmarks.strange.people import share_of_shared_names
from benchmarks.strange.reading import KEY_FIELDS, misread
from benchmarks.strange.writing import entry_line
from benchmarks.strange_district import write_district
from schemas.entries import value_from_json, value_to_json

SEED, PARCELS = 41, 400


@pytest.fixture(scope="module")
def true() -> District:
    return make_district(SEED, PARCELS, "none")


@pytest.fixture(scope="module")
def worn() -> District:
    return make_district(SEED, PARCELS, "worn")


def _entries(district: District) -> Iterator[dict[str, Any]]:
    return (json.loads(entry_line(one, SEED)) for one in district.given)


def _attested(district: District) -> dict[str, set[str]]:
    """Return the keys, each with the entries that attest it, by the words of the contract and the entries alone."""
    place: dict[str, tuple[str, str, str, str]] = {}
    for one in district.given:
        if one.attests:
            place[one.entry_id] = one.line.name.place
    keys: dict[str, set[str]] = defaultdict(set)
    for entry_id, where in place.items():
        found = district.keys.of(where)
        assert found is not None
        keys[found].add(entry_id)
    return keys


def test_every_key_of_the_truth_is_attested_by_an_entry(true: District, worn: District) -> None:
    for district in (true, worn):
        keys = _attested(district)
        assert {key for one in district.lineage for key in one[:2]} <= set(keys)
        assert {row["key"] for row in district.current} <= set(keys)


def test_a_key_names_the_unit_sheet_and_number_that_its_entries_print(true: District) -> None:
    printed = {entry["entry_id"]: entry["fields"] for entry in _entries(true)}
    for key, entries in _attested(true).items():
        unit, sheet, number = key.split("@")[0], *key.split("/")[1:]
        for entry_id in entries:
            values = {name: printed[entry_id][name]["value"] for name in KEY_FIELDS}
            assert values == {"unit_code": unit, "sheet_no": sheet, "parcel_no": number}


def test_the_era_of_a_key_is_that_of_the_earliest_paper_of_its_numbering(true: District) -> None:
    earliest: dict[tuple[str, str, str], date] = {}
    eras: dict[tuple[str, str, str], str] = {}
    for one in true.given:
        numbering = one.line.name.place[:3]
        if one.attests and one.line.day < earliest.get(numbering, date.max):
            earliest[numbering], eras[numbering] = one.line.day, one.line.era
    for one in true.given:
        if one.attests:
            era = eras[one.line.name.place[:3]]
            key = true.keys.of(one.line.name.place) or ""
            assert key.split("@")[1].startswith(f"{'299' if era == '1988' else era}/")


def test_a_key_means_one_piece_of_land(true: District) -> None:
    land: dict[str, set[int]] = defaultdict(set)
    for piece in true.country.pieces:
        for name in piece.names:
            key = true.keys.of(name.place)
            if key:
                land[key].add(piece.no)
    assert [key for key, pieces in land.items() if len(pieces) > 1] == []


def test_numbers_are_never_used_twice_in_a_series(true: District) -> None:
    bearers: dict[tuple[str, str, str], set[int]] = defaultdict(set)
    for piece in true.country.pieces:
        for name in piece.names:
            bearers[name.series, name.sheet, name.number].add(piece.no)
    assert [number for number, pieces in bearers.items() if len(pieces) > 1] == []


def test_the_history_has_no_circle_and_no_link_twice(true: District) -> None:
    before: dict[str, set[str]] = defaultdict(set)
    for older, newer, _, _ in true.lineage:
        assert older != newer
        before[newer].add(older)
    TopologicalSorter(before).prepare()
    pairs = Counter(one[:2] for one in true.lineage)
    assert max(pairs.values()) == 1


def test_all_relations_occur_and_a_change_of_commune_keeps_sheet_and_number(true: District) -> None:
    links = true.lineage
    assert {link[2] for link in links} == {"same", "split", "merge", "unit_change"}
    for older, newer, relation, _ in links:
        kept = older.split("/")[1:] == newer.split("/")[1:] and older.split("@")[0] != newer.split("@")[0]
        assert (relation == "unit_change") <= kept


def test_children_have_the_land_of_their_parents(true: District) -> None:
    parts: dict[tuple[int, ...], float] = defaultdict(float)
    for piece in true.country.pieces:
        if piece.cause in ("split", "merge"):
            parts[piece.parents] += piece.area_m2
    kept = [area / sum(true.country.pieces[no].area_m2 for no in parents) for parents, area in parts.items()]
    assert len(kept) > 30
    assert max(kept) < 1.001
    assert sum(share > 0.99 for share in kept) > 0.6 * len(kept)  # a road takes a part of what it divides


def test_a_third_of_the_households_share_their_name(true: District) -> None:
    households = [one for one in true.country.holders if one.user_type == "GDC"]
    assert 0.25 < share_of_shared_names(households, 1985) < 0.6


def test_most_parcels_of_a_new_map_say_nothing_of_their_old_number(true: District) -> None:
    rows = [one for one in true.given if one.line.kind == "so_muc_ke" and one.line.day.year > 2003]
    told = [one for one in rows if one.line.true_of]
    assert 0 < len(told) < 0.45 * len(rows)


def test_the_numbers_of_the_merged_communes_collide(true: District) -> None:
    numbers: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for one in true.given:
        if date(2013, 1, 1) < one.line.day < MERGER:
            numbers[one.line.name.unit].add((one.line.name.sheet, one.line.name.number))
    assert len(numbers) >= 2
    for some, others in combinations(numbers.values(), 2):
        assert len(some & others) > 10


def test_entries_have_the_contracts_form(true: District, worn: District) -> None:
    for district in (true, worn):
        for entry in _entries(district):
            assert len(entry["sha256"]) == 64
            waiting = {name for name, field in entry["fields"].items() if field["status"] in ("review", "unreadable")}
            if waiting & {"sheet_no", "parcel_no", "area_m2"}:
                assert entry["status"] == "review"
            for name, field in entry["fields"].items():
                told = value_to_json(name, value_from_json(name, field["value"]))
                assert told == field["value"]


def test_worn_papers_are_misread_as_often_as_promised(worn: District) -> None:
    fields = [(name, field) for one in worn.given for name, field in one.read.items()]
    wrong = [field for _, field in fields if field.status == "accepted" and not field.right]
    assert 0.002 < len(wrong) / len(fields) < 0.008
    told = [one for one in worn.given if one.line.unit_told]
    waiting = [one for one in told if any(one.read[name].status in ("review", "unreadable") for name in KEY_FIELDS)]
    assert 0.03 < len(waiting) / len(told) < 0.06
    names = [field for name, field in fields if name == "owners"]
    assert 0.5 < sum(field.status in ("review", "unreadable", "confirmed") for field in names) / len(names) < 0.7


def test_a_misread_value_is_another_value(true: District) -> None:
    chance = true.country.chance
    for name, value in (("parcel_no", "125a"), ("area_m2", 500.0), ("area_m2", 131.4), ("serial", "BA 123456")):
        assert misread(name, value, chance) != value


def test_true_entries_say_what_is_known_of_the_present(true: District) -> None:
    for name in ("legal_area_m2", "area_m2", "land_use", "owner"):
        told = [row for row in true.current if row[name] is not None]
        assert sum(row["knowable"][name] for row in told) > 0.8 * len(told)


def test_the_same_seed_writes_the_same_files(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_district(make_district(5, 150, "worn"), tmp_path / name, 5)
    for file in ("entries.jsonl", "lineage.csv", "current.jsonl"):
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()
    with (tmp_path / "one" / "lineage.csv").open(encoding="utf-8") as file:
        assert next(csv.reader(file)) == ["from_key", "to_key", "relation", "hard"]


def test_a_cut_leaves_the_share_that_was_asked_for() -> None:
    square = ((0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0))
    first, second = cut(square, 0.3, 0.25)
    assert area_of(first) == pytest.approx(25, abs=0.01)
    assert area_of(second) == pytest.approx(75, abs=0.01)
    assert [round(area_of(one), 2) for one in strips(square, 0.0, [30.0, 30.0, 0.0])] == [30.0, 30.0, 40.0]


def test_a_survey_that_tells_most_old_numbers_makes_fewer_links_hard(true: District) -> None:
    told = make_district(SEED, PARCELS, "none", notes="most")
    hard = [sum(link[3] for link in one.lineage) / len(one.lineage) for one in (told, true)]
    assert hard[0] < 0.75 * hard[1]


def test_papers_print_the_numbers_of_the_map_before_for_some_years(true: District) -> None:
    pieces = true.country.pieces
    late = [
        one.line
        for one in true.given
        if one.line.name.place != getattr(pieces[one.line.piece].name(one.line.day), "place", None)
    ]
    assert len(late) > 5
    assert {line.kind for line in late} <= {"gcn", "don_dang_ky", "so_cap_gcn"}


def test_a_merged_commune_without_its_predecessor_attests_no_key(true: District) -> None:
    silent = [one for one in true.given if not one.line.unit_told]
    assert silent
    for one in silent:
        entry = json.loads(entry_line(one, SEED))
        assert entry["status"] == "review"
        assert [finding["code"] for finding in entry["findings"]] == ["unit-ambiguous"]
        assert entry["fields"].get("unit_code", {"status": "review"})["status"] == "review"
        assert not one.attests
