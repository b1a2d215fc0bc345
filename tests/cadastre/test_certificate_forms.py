"""Certificates of other forms: their numbers, their people, their list of parcels, what proves a value."""

from __future__ import annotations

import pytest

from cadastre.checking.rules import check, check_document
from cadastre.pages.drafts import assemble
from cadastre.words.certificates import decision_in, read_register_no, read_serial
from cadastre.words.notes import read_old_numbers, read_refs, with_ones
from cadastre.words.offices import office_name
from cadastre.words.people import read_owners
from schemas.documents import Box, Given, PageRef
from schemas.entries import LandUse, Owner, Ref, Term
from schemas.readings import PageReading, Reading, RowReading, Vote
from schemas.tables import load_tables
from tests.cadastre.papers_made_up import SHA, draft, fields_of

TABLES = load_tables()
PLACE = "xã Duy Phước, huyện Duy Xuyên, tỉnh Quảng Nam"


def page(number: int, form, faces, rows=(), p: float = 0.99, **fields) -> PageReading:
    ref = PageRef(SHA, number)
    readings = tuple(
        RowReading(n, {name: places[0] for name, places in fields_of(**row).items()}) for n, row in enumerate(rows, 1)
    )
    return PageReading(
        ref, 2000, 2800, False, "gcn", p, form, None, "clean", None, None, 0, None, "1" in faces, faces,
        fields_of(**fields), readings,
    )  # fmt: skip


def papers(*pages: PageReading):
    return assemble([(Given("GCN do/a.pdf"), one) for one in pages])


def red_list(*rows, **fields):
    """Return the checked entries of a red certificate with these rows."""
    shared = {"owners": "Hộ ông (bà): Trần Văn Sáu", "address": PLACE, **fields}
    (paper,) = papers(
        page(1, "gcn_1993", ("1",), serial="Q 012345"),
        page(2, "gcn_1993", ("2",), rows, issued_on="Ngày 12 tháng 5 năm 1998", **shared),
    )
    return check_document([check(one, TABLES) for one in paper.drafts])


def row(sheet: str, parcel: str, area, use: str = "Lúa", term: str = "20 năm"):
    return {"sheet_no": sheet, "parcel_no": parcel, "area_m2": area, "land_use": use, "term": term}


@pytest.mark.parametrize(
    ("printed", "serial"),
    [
        ("Số Q 012345", "Q 012345"),
        ("SoB 675252", "B 675252"),
        ("SB 675252", "B 675252"),  # the word Số lost all but its first letter: no form has a pair S? before six digits
        ("S AL 758153", "AL 758153"),
        ("Só: AL 758153", "AL 758153"),
        ("AA 01234567", "AA 01234567"),
        ("S 123456", "S 123456"),
    ],
)
def test_a_serial_is_read_without_what_is_left_of_its_label(printed, serial) -> None:
    assert read_serial(printed) == serial


@pytest.mark.parametrize(
    ("printed", "number", "decision"),
    [
        ("00123 QSDĐ/456/QĐ-UB/H-UBND", "00123 QSDĐ/456/QĐ-UB/H-UBND", "456/QĐ-UB"),
        ("Số 00078 OSDD/ 644/QD-UB", "00078 QSDĐ/644/QĐ-UB", "644/QĐ-UB"),
        ("00280 QSDĐ", "00280 QSDĐ", None),
    ],
)
def test_a_register_number_of_1993_holds_its_decision(printed, number, decision) -> None:
    assert read_register_no(printed) == number
    assert decision_in(number) == decision


def test_the_serial_tells_a_red_form_of_1993_from_that_of_2003_in_the_same_layout() -> None:
    cover = page(1, "gcn_1993", ("1",), p=0.6, serial="Q 012345")
    (old,) = papers(cover, page(2, "gcn_2003", ("2",), parcel_no="125"))
    assert old.form == "gcn_1993"
    cover = page(1, "gcn_1993", ("1",), p=0.6, serial="AN 012345")
    (new,) = papers(cover, page(2, "gcn_2003", ("2",), parcel_no="125"))
    assert new.form == "gcn_2003"


def test_a_cover_without_a_readable_serial_follows_its_inner_pages() -> None:
    (paper,) = papers(page(1, "gcn_1993", ("1",), p=0.6), page(2, "gcn_2003", ("2",), parcel_no="125"))
    assert paper.form == "gcn_2003"


def test_owners_of_a_blank_that_prints_both_titles_have_no_sex() -> None:
    home = "khối phố Mỹ Lược"
    assert read_owners(f"Hộ ông (bà): Ung, Quang, Cường và Phạm Thị, Ngọc, Nguyệt, Địa chỉ: {home}.") == (
        Owner("Ung Quang Cường", address=home, household=True),
        Owner("Phạm Thị Ngọc Nguyệt", address=home, household=True),
    )
    text = "Vợ(Chồng): TRẦN THỊ THỬ Năm sinh: 1962 Địa chỉ (Nơi đăng ký hộ khẩu thường trú): thôn 2, xã Tam Phú"
    assert read_owners(text) == (Owner("Trần Thị Thử", birth_year=1962, address="thôn 2, xã Tam Phú"),)


def test_each_parcel_of_a_list_is_an_entry_and_the_owner_serial_and_total_repeat() -> None:
    total = {"area_m2": "1.250 m2", "area_words_m2": "Một nghìn hai trăm năm mươi mét vuông"}
    one, other = red_list(row("3", "125", "250", "Đất ở", "Lâu dài"), row("3", "126", "1.000"), **total)
    assert (one.row, other.row, one.era) == (1, 2, "1993")
    for entry in (one, other):
        assert entry.fields["serial"].value == "Q 012345"
        assert (entry.fields["total_m2"].value, entry.fields["total_words_m2"].value) == (1250.0, 1250.0)
        assert "area_words_m2" not in entry.fields
    assert one.fields["land_use"].value == (LandUse("ONT", None),)  # bare Đất ở in a commune (xã)
    assert other.fields["land_use"].value == (LandUse("Lúa", None),)
    assert other.fields["term"].value == Term("years", years=20)


def test_the_sum_of_a_list_proves_its_rows() -> None:
    total = {"area_m2": "1.250 m2", "area_words_m2": "Một nghìn hai trăm năm mươi mét vuông"}
    one, other = red_list(row("3", "125", ("280", "250")), row("3", "126", "1.000"), **total)
    assert (one.fields["area_m2"].value, one.fields["area_m2"].status) == (250.0, "accepted")
    assert not [finding for finding in (*one.findings, *other.findings) if finding.code == "R2"]


def test_a_sum_tells_that_a_dot_groups_thousands() -> None:
    # 250 + 1000 = 1250, and 250 + 1 is not
    by_words = {"area_m2": "1.250 m2", "area_words_m2": "Một nghìn hai trăm năm mươi mét vuông"}
    for total in (by_words, {"area_m2": "1.250 m2"}):
        _, other = red_list(row("3", "125", "250"), row("3", "126", "1.000"), **total)
        assert (other.fields["area_m2"].value, other.fields["area_m2"].status) == (1000.0, "accepted")
        assert "area-two-ways" not in {finding.code for finding in other.findings}


def test_a_sum_that_is_written_so_itself_tells_nothing() -> None:
    rows = red_list(row("3", "125", "1.250"), row("3", "126", "1.000"), area_m2="2.250 m2")  # or 1.25 + 1 = 2.25
    assert {entry.fields["area_m2"].status for entry in rows} == {"review"}


def test_a_list_whose_total_cannot_be_read_waits_as_a_whole() -> None:
    for entry in red_list(row("3", "125", "250"), row("3", "126", "1.000")):
        waiting = {name for name in ("sheet_no", "parcel_no", "area_m2") if entry.fields[name].status == "review"}
        assert waiting == {"sheet_no", "parcel_no", "area_m2"}
        assert "list-unproven" in {finding.code for finding in entry.findings}


def test_a_list_that_does_not_sum_to_its_total_waits_as_a_whole() -> None:
    rows = red_list(row("3", "125", "280"), row("3", "126", "1.000"), area_m2="1.250 m2")
    assert {entry.fields["area_m2"].status for entry in rows} == {"review"}
    assert all("R2" in {finding.code for finding in entry.findings} for entry in rows)


def test_the_area_outside_a_list_of_one_parcel_is_that_parcel_s() -> None:
    (only,) = red_list(row("3", "125", "250"), area_m2="250 m2", area_words_m2="Hai trăm năm mươi mét vuông")
    assert (only.row, only.fields["area_m2"].value, only.fields["area_words_m2"].value) == (1, 250.0, 250.0)
    assert "total_m2" not in only.fields


def test_the_decision_inside_a_register_number_is_a_reference() -> None:
    entry = check(draft(form="gcn_1993", register_no="00123 QSDĐ/456/QĐ-UB"), TABLES)
    assert entry.fields["register_no"].value == "00123 QSDĐ/456/QĐ-UB"
    assert entry.fields["refs"].value == (Ref("decision", "456/QĐ-UB"),)


def test_an_undated_certificate_is_of_the_era_of_its_form() -> None:
    assert check(draft(form="gcn_1993", parcel_no="125"), TABLES).era == "1993"
    assert check(draft(form="gcn_2024", parcel_no="125"), TABLES).era == "2024"
    assert check(draft(form="gcn_2009", parcel_no="125"), TABLES).era is None  # it was printed in two


def test_a_machine_code_and_one_engine_are_two_that_agree() -> None:
    ref = PageRef(SHA, 1)
    code = Reading(ref, Box(900, 10, 990, 100), "AĐ 11595832", (Vote("zxing", "AĐ 11595832", 1.0),))
    one = draft(form="gcn_2024", serial=("A0 11595832", "AD 11595832"))
    two = draft(form="gcn_2024", serial=("AD 11595888", "AB 11595833"))
    for paper, status in ((one, "accepted"), (two, "review")):
        paper.fields["serial"] = (*paper.fields["serial"], code)
        assert check(paper, TABLES).fields["serial"].status == status
    assert check(one, TABLES).fields["serial"].value == "AĐ 11595832"


def test_a_d_that_may_have_a_bar_waits_with_the_bar() -> None:
    entry = check(draft(form="gcn_2003", serial=("AĐ 123456", "AD 123456")), TABLES)
    assert (entry.fields["serial"].value, entry.fields["serial"].status) == ("AĐ 123456", "review")


def test_notes_of_red_certificates_name_the_map_before_and_the_decision() -> None:
    assert with_ones("Thửa đất cũ số 270, tờ bản đồ cũ số I") == "Thửa đất cũ số 270, tờ bản đồ cũ số 1"
    assert read_old_numbers("Thửa đất cũ số 270, tờ bản đồ cũ số 1") == ("1", "270")
    assert read_old_numbers("TBĐ cũ 3, thửa cũ 12a") == ("3", "12a")
    assert read_old_numbers("Số tờ cũ: 07; số thửa đất cũ: 045") == ("7", "45")
    assert read_old_numbers("TĐ số cũ 12, tờ bản đồ số cũ 3") == ("3", "12")
    assert read_old_numbers("Thửa số 12, tờ bản đồ số 3") == (None, None)  # of the same map, for all it says
    assert read_refs("Quyết định số 2642/QD-UBND") == (Ref("decision", "2642/QĐ-UBND"),)


def test_an_office_is_named_without_its_signer() -> None:
    assert office_name("TM.ỦY BAN NHÂN DÂN THỊ XÃ HỘI AN KT. CHỦ TỊCH") == "ỦY BAN NHÂN DÂN THỊ XÃ HỘI AN"
    assert office_name("CHI NHÁNH $ĂN PHÒNG ĐĂNG KÝ ĐẤT ĐAI HỘI AN") == "CHI NHÁNH VĂN PHÒNG ĐĂNG KÝ ĐẤT ĐAI HỘI AN"


def test_a_pink_house_certificate_is_one_entry_without_fields_that_waits() -> None:
    (paper,) = papers(page(1, "gcn_1994", ("1",)), page(2, "gcn_1994", ("2",)))
    (only,) = (check(one, TABLES) for one in paper.drafts)
    assert (only.form, only.fields, only.status) == ("gcn_1994", {}, "review")
