"""Communes and districts on the days around each change (domain.md 7 and the dated lists of the statistics office)."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cadastre.units.membership import districts_of
from cadastre.units.places import resolve, units_of_code
from cadastre.words.eras import Period, period_of
from schemas.tables import load_tables

TABLES = load_tables()
SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"


def on(text: str, day: str) -> str:
    """Return the code that the text means on the day, or why it means none."""
    found = resolve(text, date.fromisoformat(day), TABLES)
    return found.unit.code if found.unit else found.why


@pytest.mark.parametrize(
    ("text", "day", "expected"),
    [
        # December 1983: Núi Thành out of Tam Kỳ
        ("xã Tam Giang, huyện Tam Kỳ, tỉnh Quảng Nam - Đà Nẵng", "1983-11-30", "20995"),
        ("xã Tam Giang, huyện Núi Thành", "1983-11-30", "not-then"),
        ("xã Tam Giang, huyện Núi Thành, tỉnh Quảng Nam - Đà Nẵng", "1984-01-01", "20995"),
        ("xã Tam Giang, thị xã Tam Kỳ", "1984-01-01", "not-then"),
        # 1985: Hiệp Đức, made of communes of its neighbours
        ("xã Quế Thọ, huyện Quế Sơn", "1984-12-31", "20764"),
        ("xã Quế Thọ, huyện Hiệp Đức", "1984-12-31", "not-then"),
        ("xã Quế Thọ, huyện Hiệp Đức", "1987-01-01", "20764"),
        # 1999: Giằng becomes Nam Giang
        ("xã Cà Dy, huyện Giằng, tỉnh Quảng Nam", "1998-12-31", "20713"),
        ("xã Cà Dy, huyện Nam Giang", "1998-12-31", "not-then"),
        ("xã Cà Dy, huyện Nam Giang, tỉnh Quảng Nam", "2000-01-01", "20713"),
        # 2003: Hiên and Trà My are divided
        ("xã A Tiêng, huyện Hiên, tỉnh Quảng Nam", "2002-12-31", "20455"),
        ("xã A Tiêng, huyện Tây Giang", "2002-12-31", "not-then"),
        ("xã A Tiêng, huyện Tây Giang", "2004-01-01", "20455"),
        ("xã Trà Mai, huyện Trà My", "2002-12-31", "20944"),
        ("xã Trà Mai, huyện Nam Trà My", "2004-01-01", "20944"),
        # 20 January 2005: Phú Ninh out of Tam Kỳ
        ("xã Tam Dân, thị xã Tam Kỳ, tỉnh Quảng Nam", "2005-01-19", "20392"),
        ("xã Tam Dân, huyện Phú Ninh", "2005-01-19", "not-then"),
        ("xã Tam Dân, huyện Phú Ninh", "2005-01-20", "20392"),
        ("xã Tam Dân, thị xã Tam Kỳ", "2005-01-20", "not-then"),
        # 22 July 2005: Điện Thắng, Điện Nam, Tam Anh, Tam Mỹ are divided
        ("xã Điện Thắng, huyện Điện Bàn", "2005-07-21", "20560"),
        ("xã Điện Thắng Nam, huyện Điện Bàn", "2005-07-21", "not-then"),
        ("xã Điện Thắng Nam, huyện Điện Bàn", "2005-07-22", "20562"),
        ("xã Tam Mỹ Đông, huyện Núi Thành", "2005-07-22", "21005"),
        # 23 April 2008: Nông Sơn out of Quế Sơn, and back on 1 January 2025
        ("xã Quế Lộc, huyện Quế Sơn", "2008-04-22", "20671"),
        ("xã Quế Lộc, huyện Nông Sơn", "2008-04-23", "20671"),
        ("xã Quế Lộc, huyện Nông Sơn", "2024-12-31", "20671"),
        ("xã Quế Lộc, huyện Quế Sơn", "2025-01-01", "20671"),
        # 12 March 2015: wards of Điện Bàn; the type alone has changed
        ("xã Điện An, huyện Điện Bàn", "2015-03-11", "20575"),
        ("phường Điện An, thị xã Điện Bàn", "2015-03-12", "20575"),
        # 1 February 2020: NQ 863
        ("xã Phú Thọ, huyện Quế Sơn", "2020-01-31", "20665"),
        ("xã Quế Mỹ, huyện Quế Sơn", "2020-01-31", "not-then"),
        ("xã Quế Mỹ, huyện Quế Sơn", "2020-02-01", "20665"),
        ("xã Quế Cường, huyện Quế Sơn", "2020-02-01", "not-then"),
        ("thị trấn Tân An, huyện Hiệp Đức", "2020-01-31", "20755"),
        ("thị trấn Tân Bình, huyện Hiệp Đức", "2020-02-01", "20779"),
        # 1 January 2025: NQ 1241
        ("xã Hiệp Hòa, huyện Hiệp Đức", "2024-12-31", "20758"),
        ("xã Quế Tân, huyện Hiệp Đức", "2025-01-01", "20758"),
        ("xã Duy Thu, huyện Duy Xuyên", "2025-01-01", "not-then"),
        ("phường Phước Hòa, thành phố Tam Kỳ", "2025-01-01", "not-then"),
        # 1 July 2025: districts are abolished; only what did not grow is told by its name alone
        ("xã Tân Hiệp, thành phố Hội An", "2025-06-30", "20434"),
        ("xã Tân Hiệp, thành phố Đà Nẵng", "2025-07-01", "20434"),
        ("xã Thạnh Mỹ, thành phố Đà Nẵng", "2025-07-01", "20695"),
        ("xã Duy Nghĩa, huyện Duy Xuyên", "2025-06-30", "20635"),
        ("xã Duy Nghĩa, thành phố Đà Nẵng", "2025-07-01", "merged"),
    ],
)
def test_a_place_is_told_by_the_names_of_its_day(text: str, day: str, expected: str) -> None:
    assert on(text, day) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # undivided communes of the oldest papers: those of the oldest list by its code, the others by their name
        ("xã Bình Định, huyện Thăng Bình, tỉnh Quảng Nam - Đà Nẵng", "20821"),
        ("xã Điện Nam, huyện Điện Bàn, tỉnh Quảng Nam - Đà Nẵng", "20578"),
        ("xã Tam Anh, huyện Tam Kỳ, tỉnh Quảng Nam - Đà Nẵng", "20983"),
        ("xã Tam Mỹ, huyện Núi Thành, tỉnh QN-ĐN", "21004"),
        ("xã Tam Xuân, huyện Núi Thành, tỉnh Quảng Nam - Đà Nẵng", "~tamxuan.nuithanh"),
        ("xã Quế Xuân, huyện Quế Sơn, tỉnh Quảng Nam - Đà Nẵng", "~quexuan.queson"),
    ],
)
def test_a_book_of_the_299_years_names_the_undivided_commune(text: str, expected: str) -> None:
    found = resolve(text, period_of("299", TABLES), TABLES)
    assert found.unit is not None
    assert found.unit.code == expected


@pytest.mark.parametrize(
    ("text", "day", "expected"),
    [
        ("tỉnh Quảng Nam", "2010-01-01", "province-only"),
        ("Quảng Nam - Đà Nẵng", "1990-01-01", "province-only"),
        ("tỉnh Quảng Nam-Đà Nẵng", "1990-01-01", "province-only"),
        ("thành phố Đà Nẵng", "2026-01-01", "province-only"),
        ("huyện Hiên, tỉnh Quảng Nam - Đà Nẵng", "1990-01-01", "district-only"),
        ("Huyện Thăng Bình Quảng Nam", "2018-01-01", "district-only"),
        ("Núi Thành, Quảng Nam", "2018-01-01", "district-only"),
        ("thị xã Tam Kỳ", "2001-01-01", "district-only"),
        # a hamlet and its district leave the commune open, also where the hamlet bears a commune's name
        ("Thôn Bình An, Thăng Bình", "2010-01-01", "district-only"),
        # a commune that is named and not known is no answer about its district
        ("xã Không Có, huyện Phú Ninh", "2018-01-01", "unknown"),
        ("số 12", "2018-01-01", "unknown"),
    ],
)
def test_an_answer_without_a_commune_says_so(text: str, day: str, expected: str) -> None:
    found = resolve(text, date.fromisoformat(day), TABLES)
    assert (found.unit, found.alternatives, found.why) == (None, (), expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Thôn Lệ Sơn Duy Nghĩa Duy Xuyên Quảng Nam", "20635"),
        ("Thị Trấn Trà My Bắc Trà My Quảng Nam", "20899"),
        ("Tam Xuân I Núi Thành Quảng Nam", "20968"),
        ("Tổ 4 phường Hòa Minh quận Liên Chiểu Đà Nẵng", "20200"),
        ("Phước Mỹ Sơn Trà Đà Nẵng", "20275"),
        ("Thôn 1, Duy Nghĩa, Duy Xuyên, Quảng Nam", "20635"),
    ],
)
def test_an_address_without_signs_between_its_names_is_read_from_its_end(text: str, expected: str) -> None:
    assert on(text, "2018-01-01") == expected


@pytest.mark.parametrize(
    ("code", "district", "spellings"),
    [
        ("20458", "Tây Giang", ("Bha Lê", "Bha Lêê", "Bhalêê", "BHA LÊÊ")),
        ("20467", "Đông Giang", ("Prao", "P Rao", "P'Rao")),
        ("20701", "Nam Giang", ("Zuôich", "Zuôih")),
        ("20698", "Nam Giang", ("Laêê", "La Êê")),
        ("20494", "Đông Giang", ("Mà Cooi", "Mà Cooih")),
        ("20491", "Đông Giang", ("Za Hung", "Zà Hung")),
        ("20497", "Đông Giang", ("Ka Dăng", "Kà Dăng")),
        ("20446", "Tây Giang", ("Tr'Hy", "Tr’hy", "TrHy")),
        ("20437", "Tây Giang", ("Ch'ơm", "Ch’ơm", "Chơm")),
        ("20710", "Nam Giang", ("Tà Bhing", "Tà Bhinh")),
        ("20455", "Tây Giang", ("A Tiêng", "Atiêng")),
    ],
)
def test_names_of_minority_communes_are_known_in_every_spelling(
    code: str, district: str, spellings: tuple[str, ...]
) -> None:
    kind = "thị trấn" if code == "20467" else "xã"
    for spelling in spellings:
        assert on(f"{kind} {spelling}, huyện {district}", "2018-01-01") == code


def test_a_name_of_another_time_is_no_slip_of_a_name_of_this() -> None:
    # Bình Định was divided in 2007; Bình Minh is one letter away without marks
    found = resolve("xã Bình Định, huyện Thăng Bình", date(2018, 1, 1), TABLES)
    assert found.why == "not-then"
    assert {unit.name for unit in found.alternatives} == {"Xã Bình Định"}


def test_a_ward_of_2025_names_the_parts_of_divided_communes_too() -> None:
    found = resolve("phường Liên Chiểu, thành phố Đà Nẵng", date(2025, 8, 1), TABLES)
    assert found.why == "merged"
    assert {unit.name for unit in found.alternatives} == {"Phường Hòa Khánh Bắc", "Xã Hòa Liên"}


def test_the_district_of_a_commune_is_that_of_the_day() -> None:
    def districts(code: str, day: date) -> set[str]:
        unit = units_of_code(code, day, TABLES).unit
        assert unit is not None
        return set(districts_of(unit, Period.on(day), TABLES))

    assert districts("20455", date(1995, 1, 1)) == {"Hiên"}
    assert districts("20455", date(2010, 1, 1)) == {"Tây Giang"}
    assert districts("20455", date(2003, 6, 1)) == {"Hiên", "Tây Giang"}  # only the year is known
    assert districts("20392", date(1995, 1, 1)) == {"Tam Kỳ"}
    assert districts("20671", date(2025, 2, 1)) == {"Quế Sơn"}


OLD = [unit for unit in TABLES.units if unit.district]
FIRST, LAST = date(1980, 1, 1), date(2025, 6, 30)


@settings(deadline=None, max_examples=300)
@given(st.data())
def test_every_unit_is_found_by_its_name_on_each_of_its_days_or_the_answer_says_why(data: st.DataObject) -> None:
    unit = data.draw(st.sampled_from(OLD))
    first, last = max(unit.valid_from or FIRST, FIRST), unit.valid_to or LAST
    day = first + timedelta(days=data.draw(st.integers(0, (last - first).days)))
    for district in districts_of(unit, Period.on(day), TABLES):
        found = resolve(f"{unit.name}, huyện {district}", day, TABLES)
        meant = [found.unit] if found.unit else list(found.alternatives)
        assert unit.code in {one.code for one in meant}
        assert found.unit is not None or found.why == "several"


@settings(deadline=None, max_examples=300)
@given(st.sampled_from(TABLES.units), st.dates(FIRST, date(2026, 12, 31)), st.booleans())
def test_no_answer_is_a_unit_of_another_day(unit: object, day: date, with_district: bool) -> None:
    name, district = unit.name, unit.district  # type: ignore[attr-defined]
    text = f"{name}, huyện {district}" if with_district and district else name
    found = resolve(text, day, TABLES)
    assert found.unit is None or found.unit.in_force(day, day)


def test_no_district_holds_two_units_of_one_name_on_one_day() -> None:
    named = defaultdict(list)
    for unit in TABLES.units:
        named[(unit.name, unit.district)].append(unit)
    for units in named.values():
        for at, unit in enumerate(units):
            assert not any(unit.in_force(other.valid_from, other.valid_to) for other in units[at + 1 :]), unit.name


def test_every_row_says_how_it_is_known_and_what_is_not_sure_says_why() -> None:
    assert {unit.certainty for unit in TABLES.units} == {"S", "K", "?"}
    assert [unit.name for unit in TABLES.units if unit.certainty != "S" and not unit.note] == []
    assert [unit.name for unit in TABLES.units if not unit.source] == []
    assert [one.name for one in TABLES.districts if one.certainty != "S" and not one.note] == []


shared = pytest.mark.skipif(not SHARED.is_dir(), reason="../shared is not beside the checkout")


@pytest.mark.shared
@shared
def test_the_communes_of_june_2025_agree_with_the_conversion_table() -> None:
    answers: Counter[str] = Counter()
    with (SHARED / "reference" / "convert_legacy_2025_quangnam_danang.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["ward"]]  # one row is the district of Hoàng Sa alone
    for row in rows:
        found = resolve(f"{row['ward']}, {row['district']}, {row['province']}", date(2025, 6, 30), TABLES)
        right = found.unit is not None and found.unit.code == row["wardCode"]
        answers["right" if right else found.why if found.unit is None else "wrong"] += 1
    assert answers == {"right": len(rows) - 2, "several": 2}  # Trà Dơn and Trà Don differ in one mark


@pytest.mark.shared
@shared
def test_written_addresses_of_this_land_name_their_commune_or_say_what_they_name() -> None:
    with (SHARED / "handwriting" / "manifest.csv").open(encoding="utf-8") as file:
        texts = [row["text"] for row in csv.DictReader(file) if row["note"] == "quang_nam_da_nang"]
    found = [resolve(text, date(2018, 1, 1), TABLES) for text in texts]
    assert len(texts) == 13
    # two of the lines name a district only
    assert Counter(one.unit is not None for one in found) == {True: 11, False: 2}
    assert {one.why for one in found if one.unit is None} == {"district-only"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("xã Tân Hiệp, TP. Hồ Chí Minh", "unknown"),  # Hội An has a Tân Hiệp too
        ("phường Tân Thạnh, tỉnh Bình Định", "unknown"),
        ("xã Tam Hải, tỉnh Bình Thuận", "unknown"),
        ("tỉnh Bình Định", "province-only"),
        ("xã Tam Hải, huyện Núi Thành, tỉnh Quảng Nam", "20992"),
        ("Phường Minh An, thành phố Hội An", "20398"),
        ("phường Bình Thuận, quận Hải Châu, thành phố Đà Nẵng", "20254"),
    ],
)
def test_a_commune_of_another_province_is_none_of_ours(text, expected):
    assert on(text, "2010-01-01") == expected


def test_a_slip_in_the_province_beside_our_own_district_is_to_be_looked_at():
    found = resolve("xã Đại Nghĩa, huyện Đại Lộc, tỉnh Quảng Ngãi", date(2010, 1, 1), TABLES)
    assert (found.unit is not None, found.why) == (True, "near")
