"""A commune's name of which the second engine lost the letters with marks."""

from __future__ import annotations

import pytest
from papers_made_up import draft

from cadastre.checking.rules import check
from cadastre.units.lost_letters import is_with_letters_lost
from schemas.tables import load_tables

TABLES = load_tables()
WHOLE = "thôn Xuân Quý, xã Phước Mỹ, huyện Phước Sơn, tỉnh Quảng Nam"


def state(second: str, whole: str = WHOLE) -> tuple[object, str]:
    paper = draft("trich_do", None, parcel_no="48", sheet_no="7", area_m2="120,0 m²", address=(whole, second))
    field = check(paper, TABLES).fields["unit_code"]
    return field.value, field.status


def test_an_engine_that_lost_only_letters_with_marks_bears_the_commune_out() -> None:
    # Phước Mỹ, district Phước Sơn, is 20737 (codes/quang_nam_units.csv)
    lost = "thôn Xuân Quý, xã Phưc M, huyn Phưc Sơn, tinh Qung Nam"
    assert state(lost) == ("20737", "accepted")


def test_an_engine_that_read_another_letter_does_not() -> None:
    assert state("thôn Xuân Quý, xã Phưc L, huyn Phưc Sơn, tinh Qung Nam")[1] == "review"


@pytest.mark.parametrize(
    ("district", "status"),
    [
        ("HUYỆN: Đai Le", "accepted"),  # a district of no such name: the commune is the only one of its name there
        ("HUYỆN: Duy Xuyên", "review"),  # a district, and Đại Tân does not lie in it
    ],
)
def test_a_cover_whose_district_one_engine_misread_names_its_commune(district: str, status: str) -> None:
    # Đại Tân, district Đại Lộc, is 20533 (codes/quang_nam_units.csv)
    cover = draft(
        "so_dia_chinh", None, "2003", parcel_no="48", sheet_no="7", unit_name=("XÃ: Đại Tân", "XÃ: Đai Tân"),
        district_name=("HUYỆN: Đại Lộc", district), province_name=("TỈNH: Quảng Nam", "TiNH: Quáng Nam"),
    )  # fmt: skip
    field = check(cover, TABLES).fields["unit_code"]
    assert (field.value, field.status) == ("20533", status)


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        ("XÃ PHUC M, HUYÊN PHUc SON", True),
        ("xã Phước Mỹ", False),  # the district is not there, and has letters without marks
        ("", False),
    ],
)
def test_only_letters_with_marks_may_be_lost(text: str, lost: bool) -> None:
    assert is_with_letters_lost(text, "XÃ PHƯỚC MỸ, HUYỆN PHƯỚC SƠN") is lost
