"""Communes through time; expected codes and dates from the code table and the dated lists of the statistics office."""

from __future__ import annotations

from datetime import date

import pytest

from cadastre.units.places import resolve, units_of_code
from cadastre.words.eras import Period
from cadastre.words.folding import fold
from schemas.tables import load_tables

TABLES = load_tables()
IN_2018 = date(2018, 1, 1)


def code(text: str, day: date | None = IN_2018) -> str | None:
    unit = resolve(text, day, TABLES).unit
    return unit.code if unit else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Thôn 2, xã Bình Dương, huyện Thăng Bình, tỉnh Quảng Nam", "20794"),
        ("Thôn 2 xã Bình Dương huyện Thăng Bình tỉnh Quảng Nam", "20794"),
        ("XÃ BÌNH DƯƠNG, HUYỆN THĂNG BÌNH", "20794"),
        ("Khối phố 3, phường An Mỹ, TP Tam Kỳ", "20341"),
        ("TT. Núi Thành, huyện Núi Thành", "20965"),
        # marks, blanks or single letters lost in reading
        ("xa Binh Duong, huyen Thang Binh", "20794"),
        ("thônPhúLộc,xãTamThành,huyệnPhúNinh,tỉnhQuảngNam", "20365"),
        ("xã Bình Duonq, huyện Thăng Bình", "20794"),
        # other spellings of the same name
        ("xã Tam Xuân 1, huyện Núi Thành", "20968"),
        ("phường Hoà Thuận, TP. Tam Kỳ", "20375"),
        ("xã Chơm, huyện Tây Giang", "20437"),
        ("thị trấn P Rao, huyện Đông Giang", "20467"),
        ("xã Bha Lê, huyện Tây Giang", "20458"),
    ],
)
def test_an_address_names_its_commune(text: str, expected: str) -> None:
    assert code(text) == expected


def test_the_district_tells_communes_of_one_sound_apart() -> None:
    # Tam Thanh (Tam Kỳ), Tam Thành (Phú Ninh) and Tam Thạnh (Núi Thành) lose their difference with the marks
    assert code("xa Tam Thanh, huyen Phu Ninh") == "20365"
    assert code("xa Tam Thanh, huyen Nui Thanh") == "20980"
    assert code("xa Tam Thanh") is None


def test_marks_tell_tam_dan_from_tam_dan_and_without_marks_it_is_a_question() -> None:
    assert code("xã Tam Đàn, huyện Phú Ninh") == "20374"
    assert code("xã Tam Dân, huyện Phú Ninh") == "20392"
    unmarked = resolve("xa Tam Dan, huyen Phu Ninh", IN_2018, TABLES)
    assert unmarked.unit is None
    assert {unit.code for unit in unmarked.alternatives} == {"20374", "20392"}


def test_names_one_mark_apart_are_never_guessed_between() -> None:
    # Trà Dơn 20938 and Trà Don 20956, both in Nam Trà My
    assert resolve("xã Trà Don, huyện Nam Trà My", IN_2018, TABLES).why == "several"


def test_a_reused_code_means_the_commune_of_its_day() -> None:
    def name(day: date) -> str | None:
        unit = units_of_code("20665", day, TABLES).unit
        return unit.name if unit else None

    assert name(date(2019, 6, 1)) == "Xã Phú Thọ"
    assert name(date(2021, 6, 1)) == "Xã Quế Mỹ"
    assert units_of_code("20665", Period(date(2019, 1, 1), date(2021, 1, 1)), TABLES).why == "several"


def test_a_code_without_a_day_is_a_question_where_it_was_reused() -> None:
    found = units_of_code("20335", None, TABLES)
    assert found.unit is None
    assert [unit.name for unit in found.alternatives] == ["Phường Tân Thạnh", "Phường Bàn Thạch"]


def test_a_ward_of_2025_that_grew_is_a_question_and_one_that_did_not_is_not() -> None:
    grown = resolve("phường Bàn Thạch, TP Đà Nẵng", date(2025, 9, 1), TABLES)
    assert grown.why == "merged"
    assert {unit.name for unit in grown.alternatives} == {"Phường Tân Thạnh", "Phường Hòa Thuận", "Xã Tam Thăng"}
    assert code("xã Tam Hải, TP Đà Nẵng", date(2025, 9, 1)) == "20992"


def test_a_name_belongs_to_its_time() -> None:
    assert resolve("phường Bàn Thạch, thành phố Tam Kỳ", IN_2018, TABLES).unit is None
    assert code("xã Tam Dân, thị xã Tam Kỳ", date(2001, 5, 1)) == "20392"
    assert code("xã Quế Trung, huyện Quế Sơn", date(2006, 5, 1)) == "20656"
    assert code("xã Quế Trung, huyện Nông Sơn", date(2012, 5, 1)) == "20656"


def test_districts_that_were_divided_before_the_codes_are_known_by_their_old_name() -> None:
    assert code("xã Bha Lê, huyện Hiên, tỉnh Quảng Nam - Đà Nẵng", date(1995, 1, 1)) == "20458"


@pytest.mark.parametrize("text", ["", "tỉnh Quảng Nam", "xã Không Có, huyện Phú Ninh", "số 12", "xã , huyện"])
def test_what_names_no_commune_gives_none(text: str) -> None:
    assert resolve(text, IN_2018, TABLES).unit is None


UNITS_OF_2018 = [unit for unit in TABLES.units if unit.in_force(IN_2018, IN_2018) and unit.district]


@pytest.mark.parametrize("spoil", [str, str.upper, fold, lambda text: text.replace(" ", "")])
def test_no_commune_is_ever_taken_for_another(spoil: object) -> None:
    assert callable(spoil)
    wrong, found = [], 0
    for unit in UNITS_OF_2018:
        address = spoil(f"Thôn 1, {unit.name}, {'huyện' if unit.type == 'xa' else 'thị xã'} {unit.district}")
        read = resolve(address, IN_2018, TABLES)
        found += read.unit is not None
        if read.unit is not None and read.unit.code != unit.code:
            wrong.append((address, read.unit.name))
    assert wrong == []
    assert found >= len(UNITS_OF_2018) - 4  # Tam Đàn, Tam Dân, Trà Don, Trà Dơn


def test_one_lost_letter_never_makes_another_commune_sure() -> None:
    wrong = []
    for unit in UNITS_OF_2018[::4]:
        for at in range(len(unit.name)):
            spoilt = unit.name[:at] + unit.name[at + 1 :]
            read = resolve(f"{spoilt}, huyện {unit.district}", IN_2018, TABLES)
            if read.sure and read.unit and read.unit.code != unit.code:
                wrong.append((unit.name, spoilt, read.unit.name))
    assert wrong == []
