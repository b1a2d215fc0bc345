"""R6, R10, R12, R15 and R17: what a paper says against its map sheet, its day, its office and its file's name."""

from __future__ import annotations

from dataclasses import replace

import pytest
from papers_made_up import certificate, corner_table, draft

from cadastre.checking.file_rules import serials_in
from cadastre.checking.rules import check
from schemas.documents import Given
from schemas.entries import Draft
from schemas.outcomes import Finding
from schemas.tables import load_tables

TABLES = load_tables()
#: Ten metres by twelve at Tam Kỳ, corners going round.
HOUSE = corner_table(
    (1_720_818.00, 577_980.00),
    (1_720_818.00, 577_990.00),
    (1_720_806.00, 577_990.00),
    (1_720_806.00, 577_980.00),
    edges=(10.0, 12.0, 10.0, 12.0),
)
EXTRACT = {
    "parcel_no": "48",
    "sheet_no": "7",
    "area_m2": "120,0 m²",
    "address": "phường An Mỹ, thành phố Tam Kỳ, tỉnh Quảng Nam",
}


def found(paper: Draft, code: str) -> list[Finding]:
    return [finding for finding in check(paper, TABLES).findings if finding.code == code]


# R6


def test_corners_on_the_named_sheet_are_taken() -> None:
    paper = draft("trich_do", None, corners=HOUSE, nomenclature="722575-6-(4)", **EXTRACT)
    assert found(paper, "R6") == []
    assert check(paper, TABLES).fields["corners"].status == "accepted"


def test_corners_on_another_sheet_wait_for_a_person() -> None:
    paper = draft("trich_do", None, corners=HOUSE, nomenclature="722575-6-(5)", **EXTRACT)
    (finding,) = found(paper, "R6")
    assert (finding.severity, finding.fields) == ("error", ("corners",))
    assert "722575-6-(5)" in finding.message.vi
    assert check(paper, TABLES).fields["corners"].status == "review"


def test_a_sheet_name_that_one_engine_reads_right_is_no_contradiction() -> None:
    paper = draft("trich_do", None, corners=HOUSE, nomenclature=("722575-6-(4)", "722575-6-(1)"), **EXTRACT)
    assert found(paper, "R6") == []


# R10


@pytest.mark.parametrize(
    ("number", "office", "fits"),
    [
        ("CH 01234", "ỦY BAN NHÂN DÂN HUYỆN THĂNG BÌNH", True),
        ("CT 01234", "ỦY BAN NHÂN DÂN HUYỆN THĂNG BÌNH", False),
        ("CT 01234", "ỦY BAN NHÂN DÂN TỈNH QUẢNG NAM", True),
        ("CS 01234", "SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG", True),
        ("CN 01234", "CHI NHÁNH VĂN PHÒNG ĐĂNG KÝ ĐẤT ĐAI", True),
        ("CH 01234", "CHI NHÁNH VĂN PHÒNG ĐĂNG KÝ ĐẤT ĐAI", False),
        ("CH 01234", "HỘI ĐỒNG", True),  # an office that is not known says nothing
    ],
)
def test_the_letters_of_the_issue_book_go_with_the_office(number: str, office: str, fits: bool) -> None:
    findings = found(certificate(register_no=number, issuer=office), "R10")
    assert [finding.fields for finding in findings] == ([] if fits else [("register_no",)])


def test_the_pink_house_certificate_is_of_the_days_of_the_red_one() -> None:
    paper = draft("gcn", "gcn_1994", issued_on="ngày 12 tháng 5 năm 1998")
    assert found(paper, "R10") == []


# R12


def test_a_commune_in_its_district_and_province_is_no_finding() -> None:
    paper = certificate(district_name="huyện Thăng Bình", province_name="tỉnh Quảng Nam", unit_name="xã Bình Dương")
    assert found(paper, "R12") == []


def test_a_commune_given_for_another_district_is_a_warning() -> None:
    paper = replace(certificate(address="huyện Núi Thành, tỉnh Quảng Nam"), given=Given("a.pdf", unit_code="20794"))
    (finding,) = found(paper, "R12")
    assert (finding.severity, finding.fields) == ("warning", ("unit_code", "unit_name"))


@pytest.mark.parametrize(
    ("day", "province", "severity"),
    [
        # domain.md 7: Quảng Nam - Đà Nẵng to 1996, Quảng Nam to June 2025
        ("ngày 12 tháng 5 năm 1996", "tỉnh Quảng Nam - Đà Nẵng", None),
        ("ngày 12 tháng 5 năm 1996", "tỉnh Quảng Nam", "note"),
        ("ngày 12 tháng 5 năm 1998", "tỉnh Quảng Nam - Đà Nẵng", "warning"),
        ("ngày 12 tháng 5 năm 2015", "tỉnh Quảng Nam", None),
        ("ngày 12 tháng 8 năm 2025", "tỉnh Quảng Nam", "warning"),
        ("ngày 12 tháng 8 năm 2025", "thành phố Đà Nẵng", None),
    ],
)
def test_the_province_is_that_of_the_signing_date(day: str, province: str, severity: str | None) -> None:
    paper = draft("don_dang_ky", None, unit_name="xã Bình Dương", province_name=province, issued_on=day)
    assert [finding.severity for finding in found(paper, "R12") if finding.fields == ("issued_on",)] == (
        [severity] if severity else []
    )


def test_a_commune_of_another_time_than_the_paper_is_a_warning() -> None:
    # phường Bàn Thạch came with the merger of 2025
    paper = draft(
        "don_dang_ky",
        None,
        address="phường Bàn Thạch, thành phố Đà Nẵng",
        unit_name="phường Bàn Thạch",
        issued_on="ngày 12 tháng 5 năm 2015",
    )
    entry = check(paper, TABLES)
    assert "R12" in {finding.code for finding in entry.findings} or entry.fields["unit_name"].status == "review"


# R15


@pytest.mark.parametrize(
    ("use", "term", "odd"),
    [
        ("Đất ở tại nông thôn", "Lâu dài", False),
        ("Đất ở tại nông thôn", "50 năm", True),
        ("Đất chuyên trồng lúa nước", "Đến ngày 15/10/2013", False),
        ("Đất chuyên trồng lúa nước", "Đến ngày 15/10/2063", False),
        ("Đất chuyên trồng lúa nước", "Đến ngày 15/10/2043", True),
        ("Đất chuyên trồng lúa nước", "Lâu dài", True),
        ("Đất trồng cây lâu năm", "Đến ngày 15/10/2043", False),
        ("Đất trồng cây lâu năm", "Đến ngày 15/10/2013", True),
        ("Đất rừng sản xuất", "50 năm", False),
    ],
)
def test_the_term_goes_with_the_purpose(use: str, term: str, odd: bool) -> None:
    findings = found(certificate(land_use=use, term=term), "R15")
    assert [finding.severity for finding in findings] == (["note"] if odd else [])


# R17


def named(file: str) -> Draft:
    return replace(certificate(), given=Given(file))


def test_a_file_named_by_another_serial_is_a_note_that_tells_no_more_than_serials() -> None:
    (finding,) = found(named("Nguyễn Văn Mẫu/CU 123456-GCN.pdf"), "R17")
    assert (finding.severity, finding.fields) == ("note", ("serial",))
    assert "CU 123456" in finding.message.vi
    assert "BA 123456" in finding.message.vi
    assert "Mẫu" not in finding.message.vi


@pytest.mark.parametrize("file", ["BA 123456-GCN.pdf", "BA123456/scan_01.jpg", "scan_0025.jpg", "HS 280114/2.pdf"])
def test_a_file_named_by_its_serial_or_by_none_is_no_finding(file: str) -> None:
    assert found(named(file), "R17") == []


def test_serials_in_names_have_the_shapes_of_the_forms() -> None:
    assert serials_in("GCN do/Q 012345.tif") == ("Q 012345",)
    assert serials_in("AA 01234567-GCN.pdf") == ("AA 01234567",)
    assert serials_in("AA 20230512.pdf") == ()  # a date
    assert serials_in("QD 644-QĐ-UB/TL 28-406.pdf") == ()
