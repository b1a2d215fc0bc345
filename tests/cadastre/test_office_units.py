"""Rows that an office adds to the communes, and the offices that keep papers."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from cadastre.units.custodians import office_of, offices_of
from cadastre.units.places import resolve, units_of_code
from cadastre.units.successions import group_of, unit_now
from schemas.errors import Misconfigured
from schemas.office_units import load_office_tables
from schemas.registry_offices import load_registry_offices
from schemas.tables import Tables, Unit, load_tables

TABLES = load_tables()
OFFICES = load_registry_offices()


def tables_with(home: Path, text: str, *, encoding: str = "utf-8") -> Tables:
    (home / "units.csv").write_text(text, encoding=encoding)
    return load_office_tables(home)


def unit_of(code: str, day: date, tables: Tables = TABLES) -> Unit:
    return next(unit for unit in tables.units if unit.code == code and unit.in_force(day, day))


def test_without_a_file_the_lists_are_those_of_the_package(tmp_path: Path) -> None:
    assert load_office_tables(tmp_path).units == TABLES.units


def test_an_office_adds_a_commune_of_before_the_lists(tmp_path: Path) -> None:
    tables = tables_with(
        tmp_path,
        "name,district,valid_from,valid_to,successor_2025,goes_to,note\n"
        "Xã Phú Hưng,Tam Kỳ,1976-01-01,1986-12-31,20971,20968;20974,theo QĐ của huyện\n",
    )
    found = resolve("xã Phú Hưng, huyện Tam Kỳ, tỉnh Quảng Nam - Đà Nẵng", date(1982, 5, 1), tables)
    assert found.unit is not None
    assert found.unit.code == "~phuhung.tamky"
    assert resolve("xã Phú Hưng, huyện Tam Kỳ", date(1990, 1, 1), tables).why == "not-then"
    now = unit_now("~phuhung.tamky", "299", tables)
    assert now is not None
    assert now.name == "Xã Tam Xuân"
    assert group_of("~phuhung.tamky", "299", tables) == group_of("20968", "2013", tables)


def test_an_office_tells_the_code_of_a_commune_that_had_none(tmp_path: Path) -> None:
    tables = tables_with(
        tmp_path,
        "code,name,district,province,valid_to\n20239,Phường Nam Dương,Hải Châu,Đà Nẵng,2024-12-31\n",
    )
    found = resolve("phường Nam Dương, quận Hải Châu", date(2018, 1, 1), tables)
    assert found.unit is not None
    assert found.unit.code == "20239"
    assert [unit.name for unit in tables.units if unit.code == "~namduong.haichau"] == []


def test_a_row_of_the_office_stands_on_its_days_and_the_list_on_the_others(tmp_path: Path) -> None:
    # invented: the commune would have been a township for two years
    tables = tables_with(
        tmp_path, "code,name,district,valid_from,valid_to\n20794,Thị trấn Bình Dương,Thăng Bình,2010-01-01,2011-12-31\n"
    )
    names = [unit_of("20794", date(year, 6, 1), tables).name for year in (2009, 2010, 2011, 2012)]
    assert names == ["Xã Bình Dương", "Thị trấn Bình Dương", "Thị trấn Bình Dương", "Xã Bình Dương"]
    assert unit_of("20794", date(2010, 6, 1), tables).successor == "20794"


def test_a_row_without_days_adds_a_spelling_and_keeps_the_rest(tmp_path: Path) -> None:
    # Excel's ways: a byte order mark, semicolons between the cells
    tables = tables_with(
        tmp_path, "code;name;district;aliases\n20701;Xã Zuôih;Nam Giang;Xã Duôi\n", encoding="utf-8-sig"
    )
    assert units_of_code("20701", date(2018, 1, 1), tables).why == "named"
    for spelling in ("Duôi", "Zuôich", "Zuôih"):
        found = resolve(f"xã {spelling}, huyện Nam Giang", date(2018, 1, 1), tables)
        assert found.unit is not None
        assert found.unit.code == "20701"


def test_the_example_of_the_page_for_offices_is_taken(tmp_path: Path) -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "places.md").read_text(encoding="utf-8")
    example = page.split("```\n")[1]
    tables = tables_with(tmp_path, example)
    days = [date(1983, 11, 30), date(1983, 12, 1), date(1994, 12, 31), date(1995, 1, 1)]
    found = [resolve("xã Tam Xuân, huyện Núi Thành", day, tables).unit for day in days]
    assert [unit.code if unit else None for unit in found] == [None, *["~tamxuan.nuithanh"] * 2, None]


@pytest.mark.parametrize(
    ("rows", "vi", "en"),
    [
        ("code,ten\n20794,Bình Dương\n", "dòng 1: cột «ten» không có", "line 1: no such column «ten»"),
        ("name,district\nBình Dương,Thăng Bình\n", "dòng 2: tên «Bình Dương» phải bắt đầu bằng Xã", "line 2"),
        ("code,name,district\n2079,Xã A,B\n", "dòng 2: mã «2079» phải có 5 chữ số", "must have 5 digits"),
        ("name,district,valid_from\nXã A,B,20/01/2005\n", "ghi như 2005-01-20", "write it as 2005-01-20"),
        ("name,district,valid_from,valid_to\nXã A,B,2005-01-02,2005-01-01\n", "sau valid_to", "is after valid_to"),
        ("name,district,valid_from\nXã A,,2005-01-02\n", "thiếu district", "district is missing"),
        ("name,district,goes_to\nXã A,B,Tam Kỳ\n", "goes_to «Tam Kỳ» không phải mã xã", "is no commune code"),
        ("name,district,goes_to\nXã A,B,29999\n", "không có đơn vị nào mang mã 29999", "no unit has the code 29999"),
        ("name,district\nXã A,B\nXã A,B\n", "dòng 3: Xã A trùng với dòng 2", "line 3: Xã A stands on line 2"),
        ("name,district\nXã A,B,C\n", "dòng 2: có 3 ô", "line 2: 3 cells"),
    ],
)
def test_a_faulty_row_is_named_with_its_remedy(tmp_path: Path, rows: str, vi: str, en: str) -> None:
    with pytest.raises(Misconfigured) as refused:
        tables_with(tmp_path, rows)
    assert "units.csv" in refused.value.message.vi
    assert vi in refused.value.message.vi
    assert en in refused.value.message.en


def test_a_file_that_is_no_utf8_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match="save it as CSV in UTF-8"):
        tables_with(tmp_path, "name,district\nXã Đại An,Đại Lộc\n", encoding="utf-16")


@pytest.mark.parametrize(
    ("code", "of", "day", "expected"),
    [
        ("20392", date(1995, 1, 1), date(1995, 1, 1), ["tam-ky"]),
        ("20392", date(2010, 1, 1), date(2010, 1, 1), ["phu-ninh"]),
        ("20455", date(1995, 1, 1), date(1995, 1, 1), ["hien"]),
        ("20455", date(1995, 1, 1), date(2010, 1, 1), ["tay-giang"]),
        # Nông Sơn went into Quế Sơn on 1 January 2025
        ("20692", date(2012, 1, 1), date(2024, 12, 31), ["nong-son"]),
        ("20692", date(2012, 1, 1), date(2025, 1, 1), ["que-son"]),
        # units of 2025: the offices of the old districts of their land
        ("20335", date(2025, 7, 1), date(2026, 1, 1), ["tam-ky"]),
        ("20314", date(2025, 7, 1), date(2026, 1, 1), ["cam-le", "hoa-vang"]),
    ],
)
def test_papers_are_kept_by_the_office_of_the_district_or_by_what_took_it_over(
    code: str, of: date, day: date, expected: list[str]
) -> None:
    found = offices_of(unit_of(code, of), day, OFFICES, TABLES)
    assert [office.office_id for office in found] == expected
    one = office_of(unit_of(code, of), day, OFFICES, TABLES)
    assert one == (found[0] if len(found) == 1 else None)


def test_who_keeps_what_since_2025_is_for_an_office_to_set(tmp_path: Path) -> None:
    assert {office.certainty for office in OFFICES} == {"?"}
    (tmp_path / "offices.csv").write_text(
        "office_id,name,districts,units,valid_from,valid_to,merged_into\n"
        "kv-3,Chi nhánh khu vực 3,,20335;20341,2025-07-01,,\n"
        "nui-thanh,Chi nhánh Núi Thành,Núi Thành,,,2025-06-30,kv-4\n"
        "kv-4,Chi nhánh khu vực 4,,,2025-07-01,,\n",
        encoding="utf-8",
    )
    offices = load_registry_offices(tmp_path)

    def keeper(code: str, day: date) -> str | None:
        office = office_of(unit_of(code, date(2012, 1, 1)), day, offices, TABLES)
        return office.name if office else None

    assert keeper("20362", date(2026, 1, 1)) == "Chi nhánh khu vực 3"  # Tam Thăng lies in 20335 now
    assert keeper("20995", date(2025, 6, 30)) == "Chi nhánh Núi Thành"
    assert keeper("20995", date(2026, 1, 1)) == "Chi nhánh khu vực 4"


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("office,name\na,B\n", "line 1: the columns must be"),
        ("office_id,name\nTam Kỳ,B\n", "line 2: office_id"),
        ("office_id,name,valid_from\na,B,1/7/2025\n", "line 2: «1/7/2025» is no day"),
        ("office_id,name,merged_into\na,B,c\n", "a merged into c, which is not there"),
    ],
)
def test_a_faulty_office_is_named_with_its_remedy(tmp_path: Path, rows: str, said: str) -> None:
    (tmp_path / "offices.csv").write_text(rows, encoding="utf-8")
    with pytest.raises(Misconfigured) as refused:
        load_registry_offices(tmp_path)
    assert said in refused.value.message.en
