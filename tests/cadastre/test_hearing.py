"""What a person writes is understood as papers are, or refused; what the program says it understands itself."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cadastre.checking.hearing import Listener, hear
from cadastre.words.eras import ALWAYS, Period
from cadastre.words.landuse import Namer
from cadastre.words.wording import say, say_number
from schemas.documents import Form
from schemas.entries import Corner, LandUse, Owner, Ref, Term, Value
from schemas.errors import Message
from schemas.tables import Tables, load_tables

TABLES: Tables = load_tables()
MAY_2015 = Period.on(date(2015, 5, 12))


def listener(period: Period = MAY_2015, form: Form | None = "gcn_2009") -> Listener:
    return Listener(TABLES, period, form, Namer(TABLES, "2013", "xa"))


@pytest.mark.parametrize("letters", ["T", "V", "2L", "ĐƠ"])
def test_letters_of_the_books_of_1982_are_what_a_person_reads_there(letters: str) -> None:
    old = Listener(TABLES, ALWAYS, None, Namer(TABLES, "299", "xa"))
    assert hear("land_use", letters, old) == (LandUse(letters, None),)
    assert isinstance(hear("land_use", "Đất lạ: 100", old), Message)
    assert isinstance(hear("land_use", letters, listener()), Message)  # no code of a certificate of 2015


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("area_m2", 1205.6, "1.205,6"),
        ("area_m2", 2500.0, "2.500"),
        ("area_m2", 97.0, "97"),
        ("shared_m2", 0.0, "0"),
        ("area_words_m2", 1205.6, "1.205,6"),
        ("sheet_no", "12", "12"),
        ("sheet_no", "Khoảnh 9", "Khoảnh 9"),
        ("parcel_no", "125a", "125a"),
        ("parcel_no", "Lô 49", "Lô 49"),
        ("serial", "BA 123456", "BA 123456"),
        ("register_no", "CH 01234", "CH 01234"),
        ("issued_on", "2012-05-30", "30/05/2012"),
        ("user_type", "GDC", "GDC"),
        ("land_use", (LandUse("ONT", 200.0), LandUse("CLN", 1005.6)), "ONT: 200,0 m²\nCLN: 1.005,6 m²"),
        ("land_use", (LandUse("LUC", 2500.0),), "LUC: 2.500,0 m²"),
        ("legal_land_use", (LandUse("ODT", None), LandUse("CLN", None)), "ODT\nCLN"),
        ("term", Term("long"), "Lâu dài"),
        ("term", Term("years", years=50), "50 năm"),
        ("term", Term("until", "2065-12-17"), "Đến ngày 17/12/2065"),
        ("term", Term("until", "2065-12"), "Đến tháng 12/2065"),
        ("term", Term("until", "2065"), "Đến năm 2065"),
        (
            "term",
            (Term("long", code="ONT"), Term("until", "2063-10-15", code="CLN")),
            "ONT: Lâu dài\nCLN: Đến ngày 15/10/2063",
        ),
        ("origin", ("NTC-CNQ-CTT",), "NTC-CNQ-CTT"),
        ("origin", "Khai hoang năm 1986", "Khai hoang năm 1986"),
        (
            "owners",
            (
                Owner("Nguyễn Văn An", "nam", 1960, "cmnd", "205123456", "thôn Một, xã Bình Dương"),
                Owner("Lê Thị Bảy", "nu", 1962, "cccd", "049162000123", "thôn Một, xã Bình Dương"),
            ),
            "Ông Nguyễn Văn An, sinh năm 1960, CMND số 205123456, địa chỉ: thôn Một, xã Bình Dương\n"
            "Bà Lê Thị Bảy, sinh năm 1962, CCCD số 049162000123, địa chỉ: thôn Một, xã Bình Dương",
        ),
        ("owners", (Owner("Trương Thanh Dũng", "nam", household=True),), "Hộ ông Trương Thanh Dũng"),
        ("owners", (Owner("UBND xã Bình Quế"),), "UBND xã Bình Quế"),
        (
            "corners",
            (Corner(1, 1720818.12, 577996.4, 12.31), Corner(2, 1720830.0, 577999.05, 8.0), Corner(3, 1.5, 2.5, None)),
            "1; 1720818,12; 577996,40; 12,31\n2; 1720830,00; 577999,05; 8,00\n3; 1,50; 2,50",
        ),
        ("refs", (Ref("serial", "BA 123456"), Ref("parcel", "9/397")), "Số phát hành BA 123456\nThửa 9/397"),
        ("address", "Thôn 1, xã Bình Dương", "Thôn 1, xã Bình Dương"),
    ],
)
def test_what_is_said_is_understood(name: str, value: Value, said: str) -> None:
    assert say(name, value) == said
    assert hear(name, said, listener()) == value


@given(st.integers(1, 99_999_999))
def test_every_area_that_is_said_is_understood(tenths: int) -> None:
    assert hear("area_m2", say_number(tenths / 10), listener()) == tenths / 10


@given(st.dates(date(1980, 1, 1), date(2030, 12, 31)))
def test_every_date_that_is_said_is_understood(day: date) -> None:
    assert hear("issued_on", say("issued_on", day.isoformat()), listener()) == day.isoformat()


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("area_m2", "1205,6 m²", 1205.6),
        ("area_m2", "1205.6", 1205.6),  # as a spreadsheet's own number
        ("shared_m2", "Không", 0.0),
        ("area_words_m2", "Một nghìn hai trăm lẻ năm phẩy sáu mét vuông", 1205.6),
        ("land_use", "ONT – Đất ở tại nông thôn", (LandUse("ONT", None),)),  # the drop-down's line
        ("land_use", "ODT+CLN", (LandUse("ODT", None), LandUse("CLN", None))),
        ("land_use", "Đất trồng cây lâu năm", (LandUse("CLN", None),)),
        ("origin", "CNQ-CTT – Công nhận QSDĐ như giao đất có thu tiền sử dụng đất", ("CNQ-CTT",)),
        ("user_type", "GDC – Hộ gia đình, cá nhân", "GDC"),
        ("parcel_no", "0125 A", "125a"),
        ("unit_code", "20842", "20842"),
        ("unit_code", "20842 – Xã Bình Quế, Thăng Bình", "20842"),
        ("unit_code", "xã Bình Quế, huyện Thăng Bình, tỉnh Quảng Nam", "20842"),
    ],
)
def test_a_clerks_own_spelling_is_understood(name: str, text: str, value: Value) -> None:
    assert hear(name, text, listener()) == value


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("area_m2", "khoảng 100"),
        ("area_m2", "2,500"),  # three decimals or English thousands: nobody can tell
        ("area_m2", "0"),
        ("area_m2", "999.999.999"),
        ("sheet_no", "mười hai"),
        ("parcel_no", "00"),
        ("serial", "BA 12345678"),  # 2 + 8 is the form of 2024
        ("issued_on", "31/02/2015"),
        ("issued_on", "12/05/0015"),
        ("user_type", "XYZ"),
        ("land_use", "ZZZ: 100"),
        ("term", "đến ngày 31/02/2065"),
        ("term", "mãi"),
        ("origin", "CNQ-CT"),
        ("corners", "1; 2; 3\n2; x; 4\n3; 4; 5"),
        ("corners", "1; 1720818,12; 577996,40"),
        ("refs", "BA 123456"),
        ("owners", "—"),
        ("address", "  "),
        ("unit_code", "99999"),
        ("unit_code", "xã Không Có, huyện Thăng Bình"),
    ],
)
def test_what_cannot_be_is_refused_with_a_reason(name: str, text: str) -> None:
    heard = hear(name, text, listener())
    assert isinstance(heard, Message)
    assert heard.vi
    assert heard.en


def test_a_code_means_the_commune_of_the_papers_day() -> None:
    """20335 was Phường Tân Thạnh to 2025-06-30 and is Phường Bàn Thạch after (domain.md 0.1), merged of three."""
    assert hear("unit_code", "20335", listener(MAY_2015)) == "20335"
    after = hear("unit_code", "20335", listener(Period.on(date(2025, 8, 1))))
    assert isinstance(after, Message)
    assert "sáp nhập" in after.vi
    open_time = hear("unit_code", "20335", listener(ALWAYS))
    assert isinstance(open_time, Message)
    assert "ghi kèm tên xã" in open_time.vi  # the code is there: its name is wanted
    assert hear("unit_code", "20335 – Phường Tân Thạnh, Tam Kỳ", listener(ALWAYS)) == "20335"
