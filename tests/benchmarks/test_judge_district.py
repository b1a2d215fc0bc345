"""The tester's districts hold what they promise: keys that entries attest, a history without circles, worn readings."""

from __future__ import annotations

import csv
import json
from collections import Counter
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

import pytest

from benchmarks.judge_district import write_district
from benchmarks.links import entries_of

SEED, PARCELS = 41, 150


@pytest.fixture(scope="module")
def true(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("true")
    write_district(SEED, PARCELS, "none", out)
    return out


@pytest.fixture(scope="module")
def worn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("worn")
    write_district(SEED, PARCELS, "worn", out)
    return out


def links(folder: Path) -> list[dict[str, str]]:
    with (folder / "truth" / "lineage.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def entries(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "entries.jsonl").read_text(encoding="utf-8").splitlines()]


def test_entries_show_the_numbers_of_every_true_link(true: Path) -> None:
    told = [one["fields"] for one in entries(true)]
    shown = {tuple(one[name]["value"] for name in ("unit_code", "sheet_no", "parcel_no")) for one in told}
    ends = {key for row in links(true) for key in (row["from_key"], row["to_key"])}
    assert {(key.split("@")[0], *key.split("/")[1:]) for key in ends} <= shown


def test_no_parcel_comes_from_itself(true: Path) -> None:
    before: dict[str, set[str]] = {}
    for row in links(true):
        before.setdefault(row["to_key"], set()).add(row["from_key"])
    list(TopologicalSorter(before).static_order())
    assert {row["relation"] for row in links(true)} == {"same", "split", "merge", "unit_change"}


def test_each_parcel_of_the_last_day_has_a_key_of_its_own(true: Path) -> None:
    lines = (true / "truth" / "current.jsonl").read_text(encoding="utf-8").splitlines()
    assert Counter(json.loads(line)["parcel_key"] for line in lines).most_common(1)[0][1] == 1


def test_sheet_numbers_collide_in_the_two_communes_that_were_merged(true: Path) -> None:
    keys = {row["from_key"] for row in links(true)}
    first = {key.split("/")[1] for key in keys if key.startswith("20653@299/")}
    assert first & {key.split("/")[1] for key in keys if key.startswith("20665@299/")}


def test_worn_papers_tell_the_same_history_and_read_as_the_contract_has_it(true: Path, worn: Path) -> None:
    assert links(worn) == links(true)
    read = list(entries_of(worn / "entries.jsonl"))
    assert len(read) == len(entries(true))
    assert {"review", "accepted"} == {one.status for one in read}
