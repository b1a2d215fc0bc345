"""A made district: what is true of its ground and numbers, and that its entries and links agree with it."""

from __future__ import annotations

import csv
import json
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from samples.district import __main__ as command
from samples.district.events import exchange, merge, shared_out, shift, split, take
from samples.district.lineage import edges_of
from samples.district.make import District, lands, make_district
from samples.district.numbering import Cut, numbers
from samples.district.pieces import Ground
from samples.district.scenes import Land
from samples.district.world import Lot, Node, World
from samples.district.worn import confused, noisy
from schemas.entries import value_from_json
from schemas.errors import Misconfigured
from schemas.tables import load_tables

Line = dict[str, Any]
SEED, PARCELS = 11, 400
KEY = ("unit_code", "sheet_no", "parcel_no")
WHEN = date(2012, 5, 2)


@dataclass(frozen=True)
class Written:
    """A district as it lies in its folder."""

    folder: Path

    def _rows(self, name: str) -> list[dict[str, str]]:
        return list(csv.DictReader((self.folder / name).read_text(encoding="utf-8").splitlines()))

    def _lines(self, name: str) -> list[Line]:
        return [json.loads(line) for line in (self.folder / name).read_text(encoding="utf-8").splitlines()]

    @cached_property
    def entries(self) -> list[Line]:
        return self._lines("entries.jsonl")

    @cached_property
    def current(self) -> list[Line]:
        return self._lines("truth/current.jsonl")

    @cached_property
    def links(self) -> list[dict[str, str]]:
        return self._rows("truth/lineage.csv")

    @cached_property
    def true_keys(self) -> dict[str, str]:
        return {row["entry_id"]: row["true_key"] for row in self._rows("truth/keys.csv")}


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Written]:
    out = {}
    for errors in ("none", "worn"):
        folder = tmp_path_factory.mktemp("district") / errors
        make_district(folder, seed=SEED, parcels=PARCELS, notes=0.5, errors=errors)  # type: ignore[arg-type]
        out[errors] = Written(folder)
    return out


@pytest.fixture(scope="module")
def made() -> list[District]:
    return list(lands(SEED, parcels=PARCELS, communes=8, notes=0.5, errors="none", tables=load_tables()))


def place(entry: Line) -> tuple[str, ...] | None:
    """Return unit, sheet and parcel of an entry where all three are accepted."""
    fields = [entry["fields"].get(name, {}) for name in KEY]
    return tuple(field["value"] for field in fields) if all(f.get("status") == "accepted" for f in fields) else None


# -- ground and numbers


def field_of(world: World, west: float, number: str, area_m2: float) -> Lot:
    """Return a parcel of 40 m by 25 m on sheet 3."""
    piece = world.ground.add(((west, 25.0), (west + 40, 25.0), (west + 40, 0.0), (west, 0.0)))
    nowhere = Node("", "digital", "0", "0", 0.0, WHEN, ())
    lot = world.settle(Lot([piece], "field", ("LUC",), 0, 0, 0, "Thôn 1", "Gò Cao", nowhere, "UBND xã Mẫu"))
    world.numbered(lot, "digital", "3", number, WHEN, "survey", unit="20815", area_m2=area_m2)
    return lot


@pytest.fixture
def two() -> tuple[World, Lot, Lot]:
    world = World(np.random.default_rng(3), Land(("20815",), "20815"))
    left, right = field_of(world, 0.0, "7", 1001.3), field_of(world, 40.0, "8", 998.0)
    left.beside, right.beside = {right.number}, {left.number}
    return world, left, right


def test_a_cut_loses_no_ground():
    ground = Ground()
    piece = ground.add(((0.0, 10.0), (30.0, 12.0), (28.0, 0.0), (1.0, 0.0)))
    lower, upper = ground.cut([piece], (1.0, 0.0), 0.3)
    assert ground.area(lower) == pytest.approx(0.3 * ground.area([piece]), abs=0.01)
    assert ground.area(lower) + ground.area(upper) == pytest.approx(ground.area([piece]))
    assert ground.leaves([piece]) == frozenset((*lower, *upper))


@pytest.mark.parametrize(
    ("how", "expected"),
    [("new", ["9", "10", "11"]), ("keep", ["7", "9", "10"]), ("suffix", ["7a", "7b", "7c"])],
)
def test_children_take_the_next_numbers_and_their_areas_sum_to_the_parents(two, how, expected):
    world, left, _ = two
    children = split(world, left, [0.5, 0.3, 0.2], WHEN, how)
    assert [child.node.number for child in children] == expected
    assert sum(child.node.area_m2 for child in children) == pytest.approx(1001.3)
    assert [world.true_area(child) for child in children] == pytest.approx([500, 300, 200], abs=0.1)


def test_whole_areas_are_parted_into_whole_areas():
    assert shared_out(500.0, [0.333, 0.333, 0.334]) == [166.0, 166.0, 168.0]


def test_joined_parcels_take_the_next_number_and_the_sum_of_the_areas(two):
    world, left, right = two
    new = merge(world, [left, right], WHEN)
    assert (new.node.number, new.node.area_m2, len(world.lots)) == ("9", 1999.3, 1)


def test_a_boundary_moved_a_little_changes_areas_and_no_number(two):
    world, left, right = two
    assert shift(world, left, right, 0.05, WHEN)
    assert (left.node.number, right.node.number) == ("7", "8")
    assert left.node.area_m2 + right.node.area_m2 == pytest.approx(1999.3)
    assert not world.steps


def test_a_boundary_moved_by_a_tenth_links_both_old_numbers_to_the_neighbours_new_one(two):
    world, left, right = two
    shift(world, left, right, 0.15, WHEN)
    steps = {(step.older.number, step.newer.number) for step in world.steps}
    assert steps == {("7", "9"), ("8", "10"), ("7", "10")}


def test_a_road_takes_a_strip_or_ends_the_parcel(two):
    world, left, right = two
    take(world, left, 0.2, WHEN)
    take(world, right, 1.0, WHEN)
    assert left.node.area_m2 == pytest.approx(801.0, abs=0.2)
    assert list(world.lots.values()) == [left]
    assert right.node.ended == WHEN


def test_exchanged_fields_are_linked_by_the_ground_they_share(two):
    world, left, right = two
    (field,) = exchange(world, [left, right], WHEN)[:1]
    known = {node: node.number for node in world.nodes}
    links = {(edge.older.number, edge.newer.number, edge.relation) for edge in edges_of(world, known)}
    assert field.node.number == "9"
    assert links == {("7", "9", "merge"), ("8", "9", "merge")}


def test_a_link_over_an_unattested_number_goes_straight_on(two):
    world, left, right = two
    first, second = split(world, left, [0.6, 0.4], WHEN, "new")
    old = left.node
    for lot, number in ((first, "1"), (second, "2")):
        before = lot.node
        world.numbered(lot, "second", "9", number, date(2018, 9, 1), "second survey", unit="20815")
        world.step(before, lot.node, "same", lot.pieces, "second survey")
    known = {node: str(node.place) for node in (old, first.node, second.node, right.node)}
    links = {(edge.older.number, edge.newer.number, edge.relation) for edge in edges_of(world, known)}
    assert links == {("7", "1", "split"), ("7", "2", "split")}


def test_a_sheet_is_numbered_row_by_row_from_the_top_left():
    cut = Cut(500.0, (0.0, 1000.0), 0.0, 100, 30.0, snake=False)
    centres = [(120.0, 980.0), (20.0, 985.0), (20.0, 950.0), (520.0, 990.0), (20.0, 400.0)]
    assert numbers(cut, centres) == [(1, 2), (1, 1), (1, 3), (2, 1), (3, 1)]


def test_no_number_is_given_twice(made):
    for district in made:
        given = Counter((n.unit, n.series, n.sheet, n.number) for n in district.world.nodes)
        assert max(given.values()) == 1


def test_a_commune_that_is_divided_later_numbers_the_sheets_of_its_map_once():
    for seed in (2, 6):
        first = next(lands(seed, parcels=200, communes=4, notes=0.5, errors="none", tables=load_tables()))
        mapped = [node for node in first.world.nodes if node.series == "1996" and node.born < first.land.divided]
        assert {node.unit for node in mapped} == {first.land.whole}
        given = Counter((node.sheet, node.number) for node in mapped)
        assert max(given.values()) == 1
        assert len({node.sheet for node in mapped}) >= len(first.land.codes)


def test_living_parcels_do_not_overlap(made):
    for district in made:
        ground = district.world.ground
        leaves = [piece for lot in district.world.lots.values() for piece in ground.leaves(lot.pieces)]
        assert len(leaves) == len(set(leaves))


def test_communes_of_one_merger_number_their_sheets_alike(made):
    sheets = defaultdict(set)
    for district in made:
        for node in district.world.nodes:
            if node.series == "digital":
                sheets[node.unit].add(node.sheet)
    tables = load_tables()
    successors = defaultdict(list)
    for unit in sheets:
        successors[next(u.successor for u in tables.units if u.code == unit)].append(unit)
    shared = [set.intersection(*(sheets[unit] for unit in units)) for units in successors.values() if len(units) > 1]
    assert any("1" in common for common in shared)


def test_before_it_was_divided_a_commune_has_one_code(made):
    divided = [d for d in made if d.land.divided]
    assert divided
    for district in divided:
        codes = {said.node.unit for said in district.papers if said.day < district.land.divided}
        later = {node.unit for node in district.world.nodes if node.born >= district.land.divided}
        assert codes == {district.land.whole}
        assert set(district.land.codes) <= later


# -- what is written


@pytest.mark.parametrize("errors", ["none", "worn"])
def test_entries_have_the_contracts_shape(written, errors):
    entries = written[errors].entries
    assert len(entries) > 5 * PARCELS
    assert max(Counter(entry["entry_id"] for entry in entries).values()) == 1
    for entry in entries:
        assert set(entry) == {
            *("entry_id", "document_id", "file", "sha256", "page", "row", "kind", "form", "era", "status"),
            *("fields", "findings"),
        }
        for name, field in entry["fields"].items():
            value_from_json(name, field["value"])
            assert (field["box"] is None) == (field["from"] != "paper")


def test_true_entries_wait_only_where_a_merger_hides_the_commune(written):
    waiting = [entry for entry in written["none"].entries if entry["status"] != "accepted"]
    assert {finding["code"] for entry in waiting for finding in entry["findings"]} <= {"unit-ambiguous"}
    assert all(entry["fields"]["issued_on"]["value"] >= "2025" for entry in waiting if "issued_on" in entry["fields"])


@pytest.mark.parametrize("errors", ["none", "worn"])
def test_every_key_of_a_link_is_attested_by_an_entry_with_an_accepted_key(written, errors):
    told = written[errors]
    attested = defaultdict(set)
    for entry in told.entries:
        if place(entry):
            attested[place(entry)].add(entry["era"])
    for link in told.links:
        for key in (link["from_key"], link["to_key"]):
            unit, rest = key.split("@")
            era, sheet, number = rest.split("/")
            assert (unit, sheet, number) in attested
            assert era in ("299", "1993", "2003", "2009", "2013", "2024")


@pytest.mark.parametrize("errors", ["none", "worn"])
def test_links_make_no_cycle(written, errors):
    before = defaultdict(set)
    for link in written[errors].links:
        before[link["to_key"]].add(link["from_key"])
    assert len(list(TopologicalSorter(before).static_order())) > PARCELS


def test_a_printed_bridge_is_named_with_its_entry(written):
    told = written["none"]
    entries = {entry["entry_id"]: entry for entry in told.entries}
    printed = [link for link in told.links if link["printed"] == "yes"]
    assert len(printed) > 50
    for link in printed:
        sheet, number = link["from_key"].split("/")[1:]
        values = {name: field["value"] for name, field in entries[link["evidence"]]["fields"].items()}
        refs = [ref["value"] for ref in values.get("refs", ()) if ref["type"] == "parcel"]
        old = (values.get("old_sheet_no"), values.get("old_parcel_no"))
        assert old == (sheet, number) or number in refs or f"{sheet}/{number}" in refs


def test_every_relation_of_the_contract_occurs(written):
    relations = Counter(link["relation"] for link in written["none"].links)
    assert set(relations) == {"same", "split", "merge", "unit_change"}
    assert relations["same"] > relations["split"] + relations["merge"]


def test_where_notes_say_nothing_no_bridge_is_printed(tmp_path):
    make_district(tmp_path / "d", seed=2, parcels=120, notes=0.0)
    assert {link["printed"] for link in Written(tmp_path / "d").links} == {"no"}


def test_what_a_paper_tells_of_a_living_parcel_is_marked_knowable(written):
    told = written["none"]
    assert len(told.current) > 0.9 * PARCELS
    for line in told.current:
        for name in ("legal_area_m2", "area_m2", "land_use", "serial"):
            attribute = line[name]
            known = attribute["value"] is not None and attribute["told"] == attribute["value"]
            assert attribute["knowable"] == known


def test_worn_entries_keep_names_waiting_and_few_accepted_keys_are_wrong(written):
    told = written["worn"]
    states = Counter(e["fields"]["owners"]["status"] for e in told.entries if "owners" in e["fields"])
    assert states["accepted"] == 0
    wrong = keyed = 0
    for entry in told.entries:
        said, true = place(entry), told.true_keys[entry["entry_id"]]
        if said:
            keyed += 1
            unit, rest = true.split("@") if true else ("", "299//")
            wrong += said != (unit, *rest.split("/")[1:])
    assert 0.6 < keyed / len(told.entries) < 0.95
    assert wrong / keyed < 0.02


def test_the_same_seed_makes_the_same_district(tmp_path, written):
    make_district(tmp_path / "again", seed=SEED, parcels=PARCELS, notes=0.5, errors="worn")
    for name in ("entries.jsonl", "truth/lineage.csv", "truth/current.jsonl"):
        assert (tmp_path / "again" / name).read_bytes() == (written["worn"].folder / name).read_bytes()


def test_a_misread_number_is_never_the_right_one():
    rng = np.random.default_rng(1)
    for value in ("125a", "7", "48", 512.0, 341.5, "BA 123456"):
        assert all(confused(rng, value) != value for _ in range(40))
    assert any(noisy(rng, "Nguyễn Văn An") != "Nguyễn Văn An" for _ in range(5))


def test_a_folder_in_use_is_refused_and_named(tmp_path, capsys, monkeypatch):
    make_district(tmp_path / "d", seed=1, parcels=60)
    with pytest.raises(Misconfigured):
        make_district(tmp_path / "d", seed=1, parcels=60)
    monkeypatch.setattr("sys.argv", ["district", "--seed", "1", "--parcels", "60", "--out", str(tmp_path / "d")])
    assert command.main() == 2
    assert str(tmp_path / "d") in capsys.readouterr().err


def test_no_paper_names_a_number_before_it_was_given(made):
    for district in made:
        for step in district.world.steps:
            assert step.older.born <= step.newer.born
        for said in district.papers:
            assert said.day >= said.node.born
