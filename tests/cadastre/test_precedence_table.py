"""The published order: each paper against the next lighter one, and what decides at equal rank (domain.md 8.6)."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from claims_made_up import AN, BINH, entry, field

from cadastre.settling.precedence import explain
from cadastre.settling.settled import settle
from schemas.documents import Era, Kind
from schemas.entries import Corner, Entry, LandUse, Owner, Term, Value
from schemas.parcels import Parcel
from schemas.tables import load_tables
from scripts.precedence_page import PAGE, page

TABLES = load_tables()


def parcel(*entries: Entry) -> Parcel:
    (found,) = settle(entries, TABLES)
    return found


def rules(found: Parcel, attribute: str) -> dict[str, tuple[str, str]]:
    return {c.entry_id: (c.standing, c.rule) for c in found.claims if c.attribute == attribute}


def test_the_page_is_the_table() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(TABLES), "type: make docs"


LEGAL: list[Kind] = ["gcn", "so_dia_chinh", "so_cap_gcn", "quyet_dinh", "so_muc_ke", "so_dang_ky", "don_dang_ky"]


@pytest.mark.parametrize(("heavier", "lighter"), list(pairwise(LEGAL)))
def test_legal_values_follow_the_order_whatever_the_dates(heavier: Kind, lighter: Kind) -> None:
    found = parcel(
        entry("heavy", heavier, owners=AN, issued_on="2015-01-01"),
        entry("light", lighter, owners=BINH, issued_on="2020-01-01"),
    )
    standing = {claim.entry_id: claim.standing for claim in found.claims if claim.attribute == "owners"}
    assert standing == {"heavy": "current", "light": "superseded"}


CORNERS = (Corner(1, 1_743_000.0, 566_000.0), Corner(2, 1_743_020.0, 566_000.0), Corner(3, 1_743_020.0, 566_030.0))
MEASURED: list[tuple[Kind, Era]] = [
    ("ban_do", "2013"), ("trich_do", "2013"), ("trich_luc", "2013"), ("so_muc_ke", "2013"), ("ban_do", "299"),
]  # fmt: skip


@pytest.mark.parametrize(("heavier", "lighter"), list(pairwise(MEASURED)))
def test_measured_values_follow_their_own_order(heavier: tuple[Kind, Era], lighter: tuple[Kind, Era]) -> None:
    heavy = entry("heavy", heavier[0], era=heavier[1], area_m2=300.0)
    light = entry("light", lighter[0], era=lighter[1], area_m2=500.0)
    same_number = {one.entry_id: KEY for one in (heavy, light)}
    (found,) = settle([heavy, light], TABLES, keys=same_number)
    assert found.area_m2 == 300.0


KEY = settle([entry("any", area_m2=1.0)], TABLES)[0].key


def test_the_plan_on_a_certificate_gives_way_to_an_extract() -> None:
    found = parcel(entry("a", corners=CORNERS), entry("b", "trich_do", corners=CORNERS[::-1]))
    assert found.attributes["corners"] == CORNERS[::-1]


def test_an_imported_map_is_beside_the_cadastral_map_and_an_imported_list_comes_last() -> None:
    sheet = entry("map", "ban_do", area_m2=300.0, issued_on="2012-01-01")
    imported = entry("layer", "du_lieu", area_m2=500.0, issued_on="2016-01-01", corners=CORNERS)
    found = parcel(sheet, imported)
    assert found.area_m2 == 500.0
    assert rules(found, "area_m2")["layer"] == ("current", "imported-map:later-date")
    rows = entry("rows", "du_lieu", area_m2=500.0, owners=BINH)
    found = parcel(rows, entry("book", "so_muc_ke", area_m2=300.0), entry("asked", "don_dang_ky", owners=AN))
    assert found.area_m2 == 300.0
    assert rules(found, "owners")["asked"] == ("current", "application")


def test_measured_and_legal_area_never_stand_for_each_other() -> None:
    assert parcel(entry("a", area_m2=120.0)).area_m2 is None
    assert parcel(entry("a", "trich_do", area_m2=120.0)).legal_area_m2 is None


def test_words_of_the_years_before_2003_give_way_to_codes_and_stay_visible() -> None:
    red = entry("red", era="1993", land_use=(LandUse("Thổ cư", None),))
    index = entry("index", "so_muc_ke", land_use=(LandUse("ONT", None), LandUse("CLN", None)))
    (found,) = settle([red, index], TABLES, keys={"red": KEY, "index": KEY})
    assert [use.code for use in found.land_use] == ["ONT", "CLN"]
    assert rules(found, "land_use") == {
        "index": ("current", "parcel-index:later-law"),
        "red": ("superseded", "parcel-index:later-law"),
    }


def test_t_of_a_299_book_stays_t() -> None:
    found = parcel(entry("a", "so_muc_ke", era="299", area_m2=480.0, land_use=(LandUse("T", None),)))
    assert found.land_use == (LandUse("T", None),)


# at equal rank


def test_a_persons_answer_stands_above_a_machine_reading_of_the_same_certificate() -> None:
    machine = entry("a", serial="BA 123456", area_m2=170.0)
    person = entry("b", serial="BA 123456", area_m2=120.0, confirmed=("area_m2",))
    found = parcel(machine, person)
    assert found.legal_area_m2 == 120.0
    assert rules(found, "legal_area_m2") == {
        "a": ("superseded", "certificate:confirmed"),
        "b": ("current", "certificate:confirmed"),
    }


def test_of_two_readings_of_one_paper_the_surer_stands() -> None:
    one = entry("a", serial="BA 123456", area_m2=170.0)
    unsure = replace(one, fields={**one.fields, "area_m2": replace(field(170.0), p=0.80)})
    two = entry("b", serial="BA 123456", area_m2=120.0)
    sure = replace(two, fields={**two.fields, "area_m2": replace(field(120.0), p=0.99)})
    assert parcel(unsure, sure).legal_area_m2 == 120.0


def test_an_undated_paper_of_a_later_regime_is_the_later_one() -> None:
    book, renewed = entry("a", "so_muc_ke", era="2003", area_m2=300.0), entry("b", "so_muc_ke", area_m2=500.0)
    (found,) = settle([book, renewed], TABLES, keys={"a": KEY, "b": KEY})
    assert found.area_m2 == 500.0
    assert rules(found, "area_m2")["b"] == ("current", "parcel-index:later-era")


def test_areas_apart_by_less_than_the_tolerance_are_no_dispute() -> None:
    # 0.0004 · 1000 · √500 = 8.9 m² (domain.md 5)
    days = {"issued_on": "2015-01-01"}
    found = parcel(entry("a", "trich_do", area_m2=500.0, **days), entry("b", "trich_do", area_m2=508.0, **days))
    assert found.area_m2 in (500.0, 508.0)
    assert sorted(rules(found, "area_m2").values()) == [
        ("current", "survey-extract:within-tolerance"),
        ("superseded", "survey-extract:within-tolerance"),
    ]
    found = parcel(entry("a", "trich_do", area_m2=500.0, **days), entry("b", "trich_do", area_m2=510.0, **days))
    assert (found.area_m2, found.status) == (None, "conflict")


def test_a_name_spelt_in_two_ways_is_no_dispute() -> None:
    found = parcel(
        entry("a", "so_dia_chinh", owners=(Owner("Nguyễn Thị Thúy"),)),
        entry("b", "so_dia_chinh", owners=(Owner("Nguyễn Thị Thuý"),)),
    )
    assert {standing for standing, _ in rules(found, "owners").values()} == {"current", "superseded"}
    assert "papers-disagree" not in found.grade_reasons
    found = parcel(entry("a", "so_dia_chinh", owners=AN), entry("b", "so_dia_chinh", owners=BINH))
    assert {standing for standing, _ in rules(found, "owners").values()} == {"disputed"}


# a change that is registered on a certificate


def owners_of(found: Parcel) -> list[Value]:
    return [claim.value for claim in found.claims if claim.attribute == "owners" and claim.standing == "current"]


@pytest.mark.parametrize(
    ("note", "name"),
    [
        ("Tặng cho ông Trần Văn Bình theo hợp đồng số 12", "Trần Văn Bình"),
        ("Tặng cho con trai là ông Trần Văn Bình, ngày 26/5/2023", "Trần Văn Bình"),
        ("Ngày 12/5/2018 tặng cho cho bà Lê Thị Hoa", "Lê Thị Hoa"),
        ("Nhận tặng cho của ông Trần Văn Bình", "Nguyễn Văn An"),
        # Tài, Bằng are names; tại, bằng end them
        ("Ngày 16/02/2018 chuyển nhượng cho ông Bùi Văn Tài theo hồ sơ số 000123", "Bùi Văn Tài"),
        ("Chuyển nhượng cho ông Bùi Văn Tài tại Văn phòng công chứng", "Bùi Văn Tài"),
        ("Tặng cho ông Lê Bằng bằng hợp đồng số 12", "Lê Bằng"),
        ("CHUYỂN NHƯỢNG CHO ÔNG BÙI VĂN TÀI TẠI HỒ SƠ SỐ 12", "Bùi Văn Tài"),
        ("Diện tích tăng do đo đạc lại, cấp đổi cho ông Trần Văn Bình", "Nguyễn Văn An"),
        ("Tặng cho một phần cho ông Trần Văn Bình", "Nguyễn Văn An"),
    ],
)
def test_a_gift_passes_the_whole_parcel_to_the_one_who_is_named(note: str, name: str) -> None:
    found = parcel(entry("a", confirmed=("change_note",), owners=AN, issued_on="2010-01-01", change_note=note))
    (owners,) = owners_of(found)
    assert isinstance(owners, tuple)
    assert [one.name for one in owners if isinstance(one, Owner)] == [name]


NOTE = "Ngày 12/5/2018 chuyển nhượng cho ông Trần Văn Bình, sinh năm 1970; gia hạn sử dụng đất đến ngày 15/10/2063"


def test_a_change_that_a_certificate_registers_stands_above_what_it_printed_first_and_waits_as_its_note_does() -> None:
    values = {"owners": AN, "term": Term("until", "2013-10-15"), "issued_on": "2010-01-01", "change_note": NOTE}
    printed = entry("a", waiting=("change_note",), **values)
    assert owners_of(parcel(printed)) == [AN]
    answered = replace(printed, fields={**printed.fields, "change_note": field(NOTE, "confirmed")})
    found = parcel(answered)
    assert owners_of(found) == [(Owner("Trần Văn Bình", sex="nam", birth_year=1970),)]
    assert found.attributes["term"] == Term("until", "2063-10-15")
    assert rules(found, "term")["a"][1] == "change-note"


def test_a_certificate_signed_after_the_change_knows_better() -> None:
    first = entry(
        "a", serial="BA 111111", owners=AN, issued_on="2010-01-01", change_note=NOTE, confirmed=("change_note",)
    )
    naming = "Cấp đổi từ giấy chứng nhận BA 111111"
    second = entry("b", serial="CA 222222", owners=BINH, issued_on="2020-01-01", change_note=naming)
    assert owners_of(parcel(first, second)) == [BINH]


def test_a_change_of_a_part_gives_the_whole_only_what_is_left() -> None:
    note = "Tặng cho một phần 50 m2 cho bà Lê Thị Cúc; diện tích còn lại 120,5 m2"
    found = parcel(entry("a", owners=AN, area_m2=170.5, change_note=note, confirmed=("change_note",)))
    assert owners_of(found) == [AN]
    assert found.legal_area_m2 == 120.5


def test_every_rule_that_a_claim_can_name_is_explained_with_its_ground() -> None:
    for one in TABLES.precedence.sources:
        for tie in ("", *(f":{tie.rule}" for tie in TABLES.precedence.ties)):
            said, ground = explain(one.rule + tie, TABLES.precedence)
            assert said.vi
            assert said.en
            assert ground
