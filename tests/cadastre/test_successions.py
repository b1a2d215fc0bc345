"""Where the land of a commune is recorded before and after the changes; the facts are those of domain.md 7."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from cadastre.units.successions import When, codes_of_group, group_of, land_of, unit_now
from schemas.documents import Era
from schemas.tables import load_tables

TABLES = load_tables()
REFERENCE = Path(__file__).resolve().parents[3] / "shared" / "data" / "reference"


def now(code: str, when: When) -> str | None:
    unit = unit_now(code, when, TABLES)
    return f"{unit.code} {unit.name}" if unit else None


def land(code: str, when: When) -> set[str]:
    return {unit.name for unit in land_of(code, when, TABLES)}


@pytest.mark.parametrize(
    ("code", "when", "expected"),
    [
        ("20335", "299", "20335 Phường Bàn Thạch"),
        # a key of 2024 may mean the commune before or after 1 July 2025: both lead to one
        ("20335", "2024", "20335 Phường Bàn Thạch"),
        ("20476", "2024", "20476 Xã Sông Kôn"),
        ("20473", "2013", "20476 Xã Sông Kôn"),
        # closed in 2020, merged again in 2025
        ("20653", "1993", "20662 Xã Quế Sơn Trung"),
        ("20755", "2009", "20779 Xã Hiệp Đức"),
        # merged on 1 January 2025 and again on 1 July
        ("20338", "2003", "20341 Phường Tam Kỳ"),
        ("20672", date(2012, 5, 1), "20656 Xã Nông Sơn"),
        # divided in 2005 into parts that were joined again in 2025
        ("20578", "299", "20579 Phường Điện Bàn Đông"),
        ("20983", "299", "20984 Xã Tam Anh"),
        # divided into parts that went different ways
        ("20560", "299", None),
        ("20560", date(2012, 5, 1), "20557 Phường Điện Bàn Bắc"),
        ("20561", date(2012, 5, 1), "20575 Phường An Thắng"),
        ("20296", "2013", None),
        # no source has a code
        ("~tamxuan.nuithanh", "299", "20971 Xã Tam Xuân"),
        ("~tamxuan.tamky", "299", "20971 Xã Tam Xuân"),
        ("~khongco.tamky", "299", None),
        ("99999", "2013", None),
    ],
)
def test_the_unit_of_today_is_told_where_there_is_one(code: str, when: Era | date, expected: str | None) -> None:
    assert now(code, when) == expected


def test_the_same_land_is_looked_for_before_and_after_but_not_at_the_neighbours() -> None:
    assert land("20560", "299") == {
        "Xã Điện Thắng", "Xã Điện Thắng Bắc", "Phường Điện Thắng Bắc", "Xã Điện Thắng Trung",
        "Phường Điện Thắng Trung", "Xã Điện Thắng Nam", "Phường Điện Thắng Nam", "Phường Điện Bàn Bắc",
        "Phường An Thắng",
    }  # fmt: skip
    south = land("20562", date(2012, 5, 1))
    assert south == {"Xã Điện Thắng", "Xã Điện Thắng Nam", "Phường Điện Thắng Nam", "Phường An Thắng"}
    assert land("20653", "1993") >= {"Xã Quế Cường", "Xã Quế Mỹ", "Xã Quế Sơn Trung"}
    assert "Xã Phú Thọ" not in land("20653", "1993")
    assert land("99999", "299") == set()


def test_units_between_which_land_moved_are_one_group() -> None:
    def group(code: str, when: When = None) -> str:
        return group_of(code, when, TABLES)

    # Bàn Thạch of 2025: Tân Thạnh, Hòa Thuận and Tam Thăng, whatever the code and the day
    assert group("20335", "299") == group("20375", "2013") == group("20362", "2009") == group("20335", "2024")
    # the divided commune holds the groups of its parts together
    assert group("20560", "299") == group("20557", "2024") == group("20575", "2024") == "20557+20575"
    assert group("20194", "2024") == group("20197", "2024") == "20194+20197"  # by Hòa Liên
    assert group("~tamxuan.nuithanh", "299") == group("20968", "2013") == "20971"
    assert group("20341", "2013") != group("20350", "2013")  # neighbours whose land never mixed
    assert group("20992", "299") == "20992"
    assert group("99999", "299") == "99999"


def test_a_group_names_the_codes_under_which_its_parcels_stand() -> None:
    assert codes_of_group("20971", TABLES) == {"20968", "20971", "20974", "~tamxuan.nuithanh"}
    assert codes_of_group("99999", TABLES) == {"99999"}
    for unit in TABLES.units:
        assert unit.code in codes_of_group(group_of(unit.code, None, TABLES), TABLES)


def test_a_code_is_passed_on_with_its_land_only() -> None:
    # the merged commune has the code of a predecessor: the new bearer always holds the land of the old one
    for unit in TABLES.units:
        heirs = [one for one in TABLES.units if one.code == unit.code and one.valid_from == date(2025, 7, 1)]
        assert unit.district is None or not heirs or unit.successor in (unit.code, None)


def test_a_row_that_is_not_sure_widens_where_land_may_be_and_never_says_where_it_is() -> None:
    # which commune gave land to Hòa Thuận in 2005 stands in no source; Tam Đàn is a guess
    assert "Phường Hòa Thuận" in land("20374", "1993")
    assert now("20374", "1993") == "20364 Xã Chiên Đàn"
    sure = replace(TABLES, units=tuple(replace(unit, certainty="S") for unit in TABLES.units))
    assert unit_now("20374", "1993", sure) is None


@pytest.mark.shared
@pytest.mark.skipif(not REFERENCE.is_dir(), reason="../shared is not beside the checkout")
def test_every_old_commune_leads_where_the_conversion_table_says() -> None:
    with (REFERENCE / "convert_legacy_2025_quangnam_danang.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["ward"]]
    wrong = []
    for row in rows:
        unit = unit_now(row["wardCode"], date(2025, 6, 30), TABLES)
        if unit is None or unit.code != row["newWardCode"]:
            wrong.append(row["ward"])
    assert len(rows) == 281
    assert set(wrong) == {"Xã Hòa Liên"}  # divided: two rows of the table


@pytest.mark.shared
@pytest.mark.skipif(not REFERENCE.is_dir(), reason="../shared is not beside the checkout")
def test_every_unit_of_2025_is_formed_from_what_its_description_names() -> None:
    with (REFERENCE / "danang_2025_formed_from.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        eve = date(2025, 6, 30)
        then = [unit for unit in TABLES.units if unit.in_force(eve, eve)]
        parts = {unit.code for unit in then if row["code"] in (unit.successor, *unit.goes_to)}
        named = row["formed_from"].count(", ") + 1 if row["name"] != "Đặc khu Hoàng Sa" else 0
        assert len(parts) == named, row["name"]
