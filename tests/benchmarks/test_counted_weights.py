"""Weights counted with truth: what is counted is what the linker compares, and the table says what differs."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from benchmarks import linking_tables
from benchmarks.counted_weights import Counts, table
from benchmarks.links import truth_of
from samples.district.make import make_district


@pytest.fixture(scope="module")
def district(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "district"
    make_district(folder, seed=3, parcels=60)
    return folder


def test_a_made_district_says_that_parcels_go_where_their_neighbours_go(
    district: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    linking_tables.counted([district])
    _, *lines = capsys.readouterr().out.splitlines()
    told = {tuple(line.split()[:2]): line.split() for line in lines}
    assert float(told["around", "amid"][4]) > 0 > float(told["around", "elsewhere"][4])
    # no true step over two maps is counted twice, and most are: the papers of a district name most of its numbers
    over_maps = sum(a.split("/")[0] != b.split("/")[0] for a, b in truth_of(district / "truth" / "lineage.csv"))
    counted = sum(int(line.split()[-2].rstrip(",")) for line in lines if line.startswith("around"))
    assert over_maps / 2 < counted <= over_maps


def test_a_weight_more_than_a_bit_from_what_was_counted_is_marked() -> None:
    counts = Counts()
    counts.true["around"].update(Counter(amid=8, elsewhere=8, unknown=5))
    counts.other["around"].update(Counter(amid=2, elsewhere=30))
    published = {"around": {"amid": (0.5, 0.0625), "elsewhere": (0.5, 0.125)}}
    told = {line.split()[1]: line.split()[2:] for line in table(counts, published)}
    # m 8/16, u 2/32: log2(0.5 / 0.0625) = 3 bits, as published
    assert told["amid"] == ["0.5000", "0.062500", "+3.0", "+3.0", "8,", "2"]
    # m 8/16, u 30/32: -0.9 bits, published log2(0.5 / 0.125) = 2
    assert told["elsewhere"] == ["0.5000", "0.937500", "-0.9", "+2.0", "*", "8,", "30"]
    assert told["beside"] == ["-", "-", "-", "+0.0", "0,", "0"]


def test_divisions_are_counted_by_what_a_districts_areas_suggest(
    district: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    linking_tables.divisions([district])
    head, *rows = csv.reader(capsys.readouterr().out.splitlines())
    assert head == ["sign", "bits", "sets", "wrong"]
    told = {sign: (float(bits), int(sets), int(wrong)) for sign, bits, sets, wrong in rows}
    # sixty parcels have few divisions, and most sums of areas that fit are chance
    _, suggested, wrong = told["divided:any"]
    assert 0 < suggested - wrong < wrong
    assert max(told[f"divided:{sign}"][0] for sign in ("book=both", "ground=other", "users=strangers")) < 0
