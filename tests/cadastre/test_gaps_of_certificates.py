"""Certificates, rows of the issue book and decisions that must exist and are not held."""

from dataclasses import replace

from holdings_made_up import NUMBERS, UNIT, cases, certificate, issue_row, serial, told

from cadastre.missing.holdings import Line
from schemas.entries import Ref

ALL = [certificate(number) for number in NUMBERS]
BOOK = [issue_row(number) for number in NUMBERS]


def test_a_book_whose_certificates_are_all_held_lacks_nothing() -> None:
    assert cases([*ALL, *BOOK]) == []


def test_a_certificate_in_the_book_and_not_held_is_missing() -> None:
    (case,) = cases([line for line in (*ALL, *BOOK) if line.document_id != "gcn-1255"])
    assert told([case]) == [("certificate", "dangling_reference", "AG 421255", "suspected")]
    assert case.unit_code == UNIT
    assert case.p is None
    assert "So cap GCN/Quyen 8.tif trang 2, dòng 5" in case.evidence
    assert "H 01255" in case.evidence


def test_the_office_copy_is_looked_for_before_the_citizens_own() -> None:
    (case,) = cases([line for line in (*ALL, *BOOK) if line.document_id != "gcn-1255"])
    where = case.likely_location.lower()
    assert where.index("bản lưu") < where.index("quyết định") < where.index("người sử dụng đất")


def test_a_certificate_held_in_another_commune_is_held() -> None:
    assert cases([line for line in (*ALL, *BOOK) if line.document_id != "gcn-1255"], serials=["AG 421255"]) == []


def test_a_certificate_whose_serial_could_not_be_read_is_known_by_its_issue_number_or_file_name() -> None:
    by_number = [replace(line, serial=None) if line.document_id == "gcn-1255" else line for line in ALL]
    assert cases([*by_number, *BOOK]) == []
    named = certificate(1255, serial=None, register_no=None, file="GCN/AG 421255-GCN.pdf")
    assert cases([*(line for line in ALL if line.document_id != "gcn-1255"), named, *BOOK]) == []


def test_a_serial_misread_in_the_book_is_no_lost_certificate() -> None:
    book = [replace(line, serial="AG 421265") if line.row == 5 else line for line in BOOK]
    assert told(cases([*ALL, *book])) == [("certificate", "dangling_reference", "AG 421265", "misread")]


def test_a_row_that_the_book_calls_void_awaits_no_certificate() -> None:
    rest = [line for line in ALL if line.document_id != "gcn-1255"]
    book = [replace(line, note="Hủy, viết hỏng") if line.row == 5 else line for line in BOOK]
    assert cases([*rest, *book]) == []


def test_a_row_lost_from_the_book_shows_by_its_certificate() -> None:
    (case,) = cases([*ALL, *(line for line in BOOK if line.row != 5)])
    assert told([case]) == [("register_row", "sequence_gap", "H 01255", "suspected")]
    assert "GCN/1255.pdf" in case.evidence


def test_a_number_neither_in_the_book_nor_held_is_a_missing_row_without_certificate() -> None:
    (case,) = cases([line for line in (*ALL, *BOOK) if line.register_no != "H 01255"])
    assert told([case]) == [("register_row", "sequence_gap", "H 01255", "suspected")]
    assert "Không có giấy chứng nhận nào mang số này" in case.evidence


def test_a_remark_of_the_book_closes_the_gap() -> None:
    lines = [line for line in (*ALL, *BOOK) if line.register_no != "H 01255"]
    remarked = [replace(line, note="Số 01255 bỏ trống") if line.row == 6 else line for line in lines]
    assert cases(remarked) == []


def test_a_row_whose_number_could_not_be_read_fills_the_gap() -> None:
    book = [replace(line, register_no=None) if line.row == 5 else line for line in BOOK]
    assert cases([*ALL, *book]) == []


def test_a_row_misread_in_its_place_is_no_gap() -> None:
    # H 01255 read as H 01265: it stands between 1254 and 1256
    book = [replace(line, register_no="H 07255") if line.row == 5 else line for line in BOOK]
    assert told(cases([*ALL, *book])) == [("register_row", "sequence_gap", "H 01255", "misread")]


def test_a_gap_among_certificates_alone_speaks_where_they_follow_closely() -> None:
    rest = [line for line in ALL if line.register_no != "H 01255"]
    assert told(cases(rest)) == [("certificate", "sequence_gap", "H 01255", "suspected")]


def test_a_certificate_misread_in_time_is_no_gap() -> None:
    # two papers bear H 01256, one of them signed between 1254 and 1256
    twice = [replace(line, register_no="H 01256") if line.document_id == "gcn-1255" else line for line in ALL]
    assert told(cases(twice)) == [("certificate", "sequence_gap", "H 01255", "misread")]


def test_certificates_of_another_prefix_are_another_run() -> None:
    rest = [line for line in ALL if line.register_no != "H 01255"]
    assert len(cases([*rest, certificate(1255, register_no="CH 01255")])) == 1


def test_an_office_that_begins_anew_each_year_has_a_run_for_each_year() -> None:
    first = [certificate(n, issued_on="2006-03-01") for n in NUMBERS if n != 1255]
    second = [certificate(n, issued_on="2007-03-01", serial=f"AH 42{n}", document_id=f"later-{n}") for n in NUMBERS]
    assert told(cases([*first, *second])) == [("certificate", "sequence_gap", "H 01255", "suspected")]


def test_a_book_whose_certificates_were_never_handed_in_gives_one_case() -> None:
    many = [issue_row(n, serial=serial(n), row=n - 1250) for n in range(1251, 1311)]
    (case,) = cases(many)
    assert case.what == "AG 421251 – AG 421310 (60)"


def test_an_older_certificate_that_a_newer_one_names_is_missing() -> None:
    newer = certificate(1255, refs=(Ref("serial", "Q 012345"),))
    assert told(cases([newer])) == [("certificate", "dangling_reference", "Q 012345", "suspected")]


def test_two_readings_of_one_serial_are_one_certificate() -> None:
    # one engine read AG 421251, the other AG 421254: the first is held
    newer = certificate(1300, refs=(Ref("serial", "AG 421254"), Ref("serial", "AG 421251")), register_no="CH 00001")
    assert cases([newer, certificate(1251)]) == []
    assert told(cases([newer])) == [("certificate", "dangling_reference", "AG 421254", "suspected")]


def test_a_row_read_as_a_number_far_away_is_there_all_the_same() -> None:
    book = [replace(line, register_no="H 91255") if line.row == 5 else line for line in BOOK]
    assert cases([*ALL, *book]) == []


def test_a_certificate_whose_number_could_not_be_read_may_be_the_one_that_lacks() -> None:
    lines = [replace(line, register_no=None) if line.document_id == "gcn-1255" else line for line in ALL]
    assert cases(lines) == []


RED = Line(
    *("b", "red", 1, "GCN do/1.pdf", 1, 1, "gcn", "1993"),
    register_no="00123 QSDĐ/456/QĐ-UB",
    serial="B 675252",
    sheet_no="1",
    parcel_no="270",
)
DECISION = Line(*("b", "decision", 1, "QD.pdf", 1, 1, "quyet_dinh", "1993"), sheet_no="1", parcel_no="270")


def test_a_decision_that_a_register_number_names_is_missing() -> None:
    assert told(cases([RED])) == [("decision", "dangling_reference", "456/QĐ-UB", "suspected")]


def test_a_decision_is_held_by_its_own_number_however_it_is_spaced() -> None:
    assert cases([RED, replace(DECISION, own_number="Số: 456 /QĐ-UB")]) == []
    assert cases([RED, replace(DECISION, refs=(Ref("decision", "456/QĐ-UB"),))]) == []


def test_a_decision_number_misread_by_one_digit_is_no_lost_decision() -> None:
    held = replace(DECISION, own_number="466/QĐ-UB")
    assert told(cases([RED, held])) == [("decision", "dangling_reference", "456/QĐ-UB", "misread")]
