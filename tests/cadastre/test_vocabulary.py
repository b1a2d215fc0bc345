"""Serials, numbers, land use, terms, origins, people, notes: from print to value (domain.md 2.6, 3.3 to 3.5)."""

from __future__ import annotations

import pytest

from cadastre.words.certificates import (
    fits_register_no,
    fits_serial,
    read_parcel_no,
    read_register_no,
    read_serial,
    read_sheet_no,
)
from cadastre.words.eras import era_on, form_on
from cadastre.words.folding import fold, tidy
from cadastre.words.landuse import Namer, read_land_uses
from cadastre.words.notes import read_refs
from cadastre.words.origins import read_origins
from cadastre.words.people import identity_faults, name_key, person_name, read_owners
from cadastre.words.terms import read_term
from schemas.entries import LandUse, Owner, Ref, Term
from schemas.tables import load_tables

TABLES = load_tables()
IN_A_COMMUNE = Namer(TABLES, "2013", "xa")
IN_A_WARD = Namer(TABLES, "2013", "phuong")


@pytest.mark.parametrize(
    ("printed", "serial"),
    [
        ("BA 123456", "BA 123456"),
        ("Số AN 123456", "AN 123456"),
        ("AN123456", "AN 123456"),
        ("SOAN 123456", "AN 123456"),
        ("CĐ 012345", "CĐ 012345"),
        ("Q 012345", "Q 012345"),
        ("AA 01234567", "AA 01234567"),
        # never padded or cut
        ("BA 12345", None),
        ("BA 1234567", None),
        ("B0 123456", None),
        ("123456", None),
    ],
)
def test_a_serial_is_letters_and_six_or_eight_digits(printed: str, serial: str | None) -> None:
    assert read_serial(printed) == serial


def test_the_serial_has_the_shape_of_its_form() -> None:
    assert fits_serial("BA 123456", "gcn_2009")
    assert fits_serial("DĐ 123456", "gcn_2009")
    assert not fits_serial("AN 123456", "gcn_2009")
    assert not fits_serial("BA 12345678", "gcn_2009")
    assert fits_serial("AN 123456", "gcn_2003")


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("H 0.0.3.4.5..", "H 00345"),
        ("CH.01.2.3. 4", "CH 01234"),
        ("CN00.123", "CN 00123"),
        ("Số: CH 01234", "CH 01234"),
        ("SOCH01234", "CH 01234"),
        ("00456", "00456"),
        ("00123 QSDĐ/456/QĐ-UB/H-UBND", "00123 QSDĐ/456/QĐ-UB/H-UBND"),
        ("CH ????", None),
    ],
)
def test_dots_and_blanks_inside_an_issue_book_number_mean_nothing(printed: str, number: str | None) -> None:
    assert read_register_no(printed) == number


def test_an_issue_book_number_of_another_form_does_not_fit() -> None:
    assert fits_register_no("CH 01234", "gcn_2009")
    assert not fits_register_no("H 00345", "gcn_2009")
    assert not fits_register_no("CH 0123", "gcn_2009")


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("012", "12"),
        ("12", "12"),
        ("Khoảnh 9", "Khoảnh 9"),
        ("MTĐĐC 06-2017", "MTĐĐC 06-2017"),
        ("00", None),
        ("1234", None),
    ],
)
def test_a_sheet_number_has_no_leading_zeros(printed: str, number: str | None) -> None:
    assert read_sheet_no(printed) == number


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("125A", "125a"),
        ("0125", "125"),
        ("Lô 49", "Lô 49"),
        ("PL9", "PL9"),
        ("|48", "48"),
        ("3/71", "371"),
        ("13,14", None),
        ("00", None),
    ],
)
def test_a_parcel_number_keeps_its_suffix_and_its_lot(printed: str, number: str | None) -> None:
    assert read_parcel_no(printed) == number


@pytest.mark.parametrize(
    ("printed", "uses"),
    [
        ("ODT+CLN", [("ODT", None), ("CLN", None)]),
        ("ONT", [("ONT", None)]),
        ("Đất ở tại nông thôn: 120 m²", [("ONT", 120.0)]),
        ("Đất ở tại nông thôn: 360,0m2; Đất trồng cây lâu năm: 4.740,5 m2", [("ONT", 360.0), ("CLN", 4740.5)]),
        (
            "Đất ở tại nông thôn (ONT): 93,0 m²; Đất trồng cây hằng năm khác (HNK): 290,0 m²",
            [("ONT", 93.0), ("HNK", 290.0)],
        ),
        ("Đất ở tại nông thôn 200 m², đất trồng cây lâu năm 150,5 m²", [("ONT", 200.0), ("CLN", 150.5)]),
        ("Đất ở tại nông thôn: 120,0 m2 - Đất trồng cây lâu năm: 963,2 m2", [("ONT", 120.0), ("CLN", 963.2)]),
        ("Đất bằng trồng cây hàng năm khác", [("BHK", None)]),
        ("Đất chuyên trồng lúa nước", [("LUC", None)]),
        ("Đất thương mại, dịch vụ", [("TMD", None)]),
        # as poor reading leaves it
        ("Datotainongthon", [("ONT", None)]),
        ("Đất ỏ tạl nông thôn", [("ONT", None)]),
    ],
)
def test_printed_codes_and_words_become_codes(printed: str, uses: list[tuple[str, float | None]]) -> None:
    read = read_land_uses(printed, IN_A_COMMUNE)
    assert read is not None
    assert list(read.uses) == [LandUse(code, area) for code, area in uses]
    assert read.sure


def test_bare_home_land_follows_the_commune_of_its_day() -> None:
    def code(namer: Namer) -> str | None:
        read = read_land_uses("Đất ở", namer)
        return read.uses[0].code if read else None

    assert code(IN_A_COMMUNE) == "ONT"
    assert code(IN_A_WARD) == "ODT"
    assert code(Namer(TABLES, "2013", None)) is None


def test_the_old_letter_t_stays_as_printed_and_is_never_home_land() -> None:
    read = read_land_uses("T", Namer(TABLES, "299", "xa"))
    assert read is not None
    assert read.uses == (LandUse("T", None),)
    assert not read.sure


@pytest.mark.parametrize("printed", ["ABC", "", "Đất", "Đất ở tại", "Đất ở tại nông thôn: 12.34,5 m²"])
def test_land_use_that_is_not_in_the_table_is_not_guessed(printed: str) -> None:
    assert read_land_uses(printed, IN_A_COMMUNE) is None


@pytest.mark.parametrize(
    ("printed", "term"),
    [
        ("Lâu dài", Term("long")),
        ("Ổn định lâu dài", Term("long")),
        ("Lâu dài, ổn định", Term("long")),
        ("Lau dai.", Term("long")),
        ("Đến ngày 17/12/2065", Term("until", "2065-12-17")),
        ("Đến ngày 15 tháng 10 năm 2063", Term("until", "2063-10-15")),
        ("Đến tháng 12/2065", Term("until", "2065-12")),
        ("10/2013", Term("until", "2013-10")),
        ("Đến năm 2065", Term("until", "2065")),
        ("50 năm", Term("years", years=50)),
        ("50 năm (từ ngày 01/01/2000)", Term("years", years=50)),
        (
            "Đất ở: Lâu dài; Đất trồng cây lâu năm: Đến ngày 17/12/2065",
            (Term("long", code="ONT"), Term("until", "2065-12-17", code="CLN")),
        ),
        (
            "Đất ở tại đô thị: Lâu dài: Đất trồng cây lâu năm: Đến ngày 15/10/2043",
            (Term("long", code="ODT"), Term("until", "2043-10-15", code="CLN")),
        ),
        ("Đến ngày 31/02/2065", None),
        ("Đến tháng 13/2065", None),
        ("Đất ở: mãi mãi", None),
    ],
)
def test_a_term_is_long_until_a_day_or_some_years(printed: str, term: object) -> None:
    assert read_term(printed, IN_A_COMMUNE) == term


@pytest.mark.parametrize(
    ("printed", "codes"),
    [
        ("NTC-CNQ-CTT; DG-KTT", ("NTC-CNQ-CTT", "DG-KTT")),
        ("Công nhận QSDĐ như giao đất có thu tiền", ("CNQ-CTT",)),
        ("Công nhận QSDĐ như giao đất có thu tiền sử dụng đất", ("CNQ-CTT",)),
        ("Nhà nước giao đất không thu tiền sử dụng đất", ("DG-KTT",)),
        ("Cong nhan QSDD nhu giao dat khong thu tien su dung dat", ("CNQ-KTT",)),
        ("Nhận chuyển nhượng đất được Công nhận QSDĐ như giao đất có thu tiền sử dụng đất", ("NCN-CNQ-CTT",)),
        ("Nhận tặng cho quyền sử dụng đất được Nhà nước giao đất có thu tiền sử dụng đất", ("NTC-DG-CTT",)),
        # between «có» and «không» there is no guessing
        ("Nhà nước giao đất ... thu tiền sử dụng đất", None),
        ("Ông bà để lại", None),
    ],
)
def test_words_of_origin_become_codes(printed: str, codes: tuple[str, ...] | None) -> None:
    assert read_origins(printed, TABLES) == codes


def test_the_signing_day_tells_form_and_era() -> None:
    assert (form_on("2009-12-09", TABLES), era_on("2009-12-09", TABLES)) == ("gcn_2003", "2003")
    assert (form_on("2009-12-10", TABLES), era_on("2009-12-10", TABLES)) == ("gcn_2009", "2009")
    assert (form_on("2014-06-30", TABLES), era_on("2014-06-30", TABLES)) == ("gcn_2009", "2009")
    assert (form_on("2014-07-01", TABLES), era_on("2014-07-01", TABLES)) == ("gcn_2009", "2013")
    assert (form_on("2025-01-01", TABLES), era_on("2025-01-01", TABLES)) == ("gcn_2024", "2024")


@pytest.mark.parametrize(
    ("printed", "owners"),
    [
        (
            "Ông: NGUYỄN VĂN AN, sinh năm 1960, CMND số: 205123456, địa chỉ thường trú: thôn 1, xã Bình Dương",
            [Owner("Nguyễn Văn An", "nam", 1960, "cmnd", "205123456", "thôn 1, xã Bình Dương")],
        ),
        (
            "Ông: LÊ VĂN BÌNH, sinh năm 1960, CMND số: 205123456 và vợ là bà: TRẦN THỊ BA, sinh năm 1962, "
            "CCCD số: 049162001234, địa chỉ thường trú: thôn 2",
            [
                Owner("Lê Văn Bình", "nam", 1960, "cmnd", "205123456", "thôn 2"),  # printed once for both
                Owner("Trần Thị Ba", "nu", 1962, "cccd", "049162001234", "thôn 2"),
            ],
        ),
        ("Hộ ông: Lê Văn Tám", [Owner("Lê Văn Tám", "nam", household=True)]),
        ("Nguyễn Thị Ba", [Owner("Nguyễn Thị Ba")]),
        ("Lê Viết Cường, Hồ Ngọc Thảo", [Owner("Lê Viết Cường"), Owner("Hồ Ngọc Thảo")]),
        ("Hồ Xuân Phúc và Đặng Thị Kim Lựu", [Owner("Hồ Xuân Phúc"), Owner("Đặng Thị Kim Lựu")]),
        ("Ông: TRƯƠNG VĂN HẢI. Sinh năm: 1955", [Owner("Trương Văn Hải", "nam", 1955)]),  # no trường
        ("Và vợ: CHÂU THỊ BÍCH Sinh năm: 1982", [Owner("Châu Thị Bích", "nu", 1982)]),
        (
            "Lê Văn Tám, sinh năm 1960, địa chỉ: thôn Bình Hiệp, xã Trà Ka",
            [Owner("Lê Văn Tám", None, 1960, None, None, "thôn Bình Hiệp, xã Trà Ka")],
        ),
        ("Trường tiểu học Lê Lợi", [Owner("Trường tiểu học Lê Lợi")]),
        ("Hộ Lê Văn Tám", [Owner("Lê Văn Tám", household=True)]),
        (
            "Công ty TNHH Mẫu Giấy chứng nhận đăng ký doanh nghiệp số: 4000819968 Địa chỉ trụ sở: khối phố 7",
            [Owner("Công ty TNHH Mẫu", None, None, "dkkd", "4000819968", "khối phố 7")],
        ),
        ("UBND xã Bình Dương", [Owner("UBND xã Bình Dương")]),
        # names that no Latin alphabet of 26 letters holds
        ("Bà: ZƠRÂM THỊ CH'ƠM, sinh năm 1970", [Owner("Zơrâm Thị Ch'ơm", "nu", 1970)]),
        # label and length disagree: the length is trusted
        ("Ông: HỒ VĂN HAI, CMND số: 049060001234", [Owner("Hồ Văn Hai", "nam", None, "cccd", "049060001234")]),
        ("", []),
    ],
)
def test_an_owner_line_names_its_people(printed: str, owners: list[Owner]) -> None:
    assert list(read_owners(printed)) == owners


def test_two_spellings_of_one_name_have_one_key() -> None:
    assert name_key("Huỳnh Thị Thuý") == name_key("HUỲNH THỊ THÚY") == name_key("Huynh Thi Thui")
    assert name_key("Bh'riu Pố") == name_key("Bhriu Po")
    assert person_name("NGUYỄN  VĂN AN") == "Nguyễn Văn An"


def test_an_identity_number_is_held_against_sex_and_year() -> None:
    # 049 Quảng Nam, 1: woman of the 1900s, 62: born 1962
    fitting = Owner("Trần Thị Ba", "nu", 1962, "cccd", "049162001234")
    assert identity_faults(fitting, TABLES) == ()
    assert identity_faults(Owner("Trần Thị Ba", "nam", 1962, "cccd", "049162001234"), TABLES) == ("sex",)
    assert identity_faults(Owner("Trần Thị Ba", "nu", 1963, "cccd", "049162001234"), TABLES) == ("birth_year",)
    assert identity_faults(Owner("Trần Thị Ba", "nu", 1962, "cccd", "003162001234"), TABLES) == ("prefix",)
    born_later = Owner("Lê Thị Tư", "nu", 2001, "cccd", "049301001234")
    assert identity_faults(born_later, TABLES) == ()


def test_a_note_names_the_papers_and_parcels_it_speaks_of() -> None:
    note = "Tách từ thửa số 45, tờ bản đồ số 3 theo GCN số BA 123456; QĐ số 456/QĐ-UBND; xem trang số 31"
    assert set(read_refs(note)) == {
        Ref("serial", "BA 123456"),
        Ref("decision", "456/QĐ-UBND"),
        Ref("parcel", "3/45"),
        Ref("page", "31"),
    }
    assert read_refs("Nhận chuyển nhượng năm 2015") == ()


def test_a_letter_of_another_language_that_looks_like_d_with_a_bar_is_that_letter() -> None:
    # U+00D0 and U+0189, as readers and keyboards give them, for U+0110
    for printed in ("Trần Ðình Thanh", "Trần Ɖình Thanh"):
        assert tidy(printed) == "Trần Đình Thanh"
        assert fold(printed) == "tran dinh thanh"
