"""What a verifier's row must say to be taken, and what it is told otherwise; no message quotes a value."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from cadastre.identity.verification import Asking, Filled, hear_result
from schemas.errors import Message
from schemas.tables import load_tables
from schemas.verification import Listed, Verified

# 049 Quảng Nam, 0 a man of the 1900s, 60 born 1960 (domain.md 3.5)
LISTED = Listed("0123456789", "Nguyễn Văn An", "nam", 1960, (("cccd", "049060001234"), ("cmnd", "205123456")), "thôn 3")
BLANK = Filled(2, "v0123456789ab", "0123456789", "", "", "", "", "", "", "12/5/2026", "")
ASKING = Asking(load_tables(), today=date(2026, 5, 20), made_on=date(2026, 5, 1), by="Trần Văn Minh")


def hear(listed: Listed = LISTED, **cells: str) -> Verified | Message:
    return hear_result(replace(BLANK, **cells), listed, ASKING)


@pytest.mark.parametrize(
    ("word", "result"),
    [("Khớp", "matches"), ("KHOP", "matches"), ("matches", "matches"), ("Không tìm thấy", "not_found"),
     ("not found", "not_found")],
)  # fmt: skip
def test_a_result_is_said_in_either_language(word, result):
    assert hear(result=word) == Verified("0123456789", result, {}, date(2026, 5, 12), "Trần Văn Minh")


def test_what_is_right_instead_comes_with_khac():
    heard = hear(
        result="Khác", name="NGUYỄN VĂN ÂN", birth_year="3/2/1961", sex="Nam", cmnd="205 123 457",
        cccd="049061001234", checked_on="2026-05-12", checked_by="Lê Thị Hoa",
    )  # fmt: skip
    assert isinstance(heard, Verified)
    assert heard.corrections == {
        "name": "Nguyễn Văn Ân", "birth_year": "1961", "cmnd": "205123457", "cccd": "049061001234",
    }  # fmt: skip
    assert (heard.checked_on, heard.checked_by) == (date(2026, 5, 12), "Lê Thị Hoa")


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        # the result
        ({"result": "ok"}, "«Khớp», «Khác» hoặc «Không tìm thấy»"),
        ({"cccd": "049060001235"}, "chưa ghi kết quả"),
        ({"result": "Khác"}, "ít nhất một ô đúng"),
        ({"result": "Khác", "name": "Nguyễn Văn An"}, "ít nhất một ô đúng"),  # as it is listed
        ({"result": "Khớp", "cccd": "049060001235"}, "chỉ điền khi kết quả là «Khác»"),
        ({"result": "Không tìm thấy", "sex": "Nữ"}, "chỉ điền khi kết quả là «Khác»"),
        # numbers
        ({"result": "Khác", "cccd": "49060001235"}, "bỏ số 0 ở đầu"),  # eleven digits: a spreadsheet's number
        ({"result": "Khác", "cccd": "4.906E+10"}, "bỏ số 0 ở đầu"),
        ({"result": "Khác", "cccd": "04906000123"}, "bỏ số 0 ở đầu"),
        ({"result": "Khác", "cccd": "0490600012345"}, "12 chữ số"),
        ({"result": "Khác", "cccd": "05A060001235"}, "12 chữ số"),
        ({"result": "Khác", "cccd": "003060001235"}, "không phải mã tỉnh"),  # 003 does not exist
        ({"result": "Khác", "cccd": "049160001235"}, "giới tính không khớp"),  # 1 is a woman
        ({"result": "Khác", "cccd": "049061001235"}, "năm sinh không khớp"),
        ({"result": "Khác", "birth_year": "1961"}, "năm sinh không khớp"),  # the listed number says 1960
        ({"result": "Khác", "sex": "Nữ"}, "giới tính không khớp"),
        ({"result": "Khác", "cmnd": "20512345"}, "bỏ số 0 ở đầu"),
        ({"result": "Khác", "cmnd": "2051234567"}, "9 chữ số"),
        # the rest
        ({"result": "Khác", "name": "An 2"}, "không phải là tên người"),
        ({"result": "Khác", "birth_year": "60"}, "ghi như 1960"),
        ({"result": "Khác", "birth_year": "2031"}, "ghi như 1960"),
        ({"result": "Khác", "sex": "x"}, "«Nam» hoặc «Nữ»"),
        ({"result": "Khớp", "checked_on": ""}, "thiếu ngày kiểm tra"),
        ({"result": "Khớp", "checked_on": "31/02/2026"}, "thiếu ngày kiểm tra"),
        ({"result": "Khớp", "checked_on": "1/4/2026"}, "từ ngày xuất danh sách"),
        ({"result": "Khớp", "checked_on": "1/6/2026"}, "đến hôm nay"),
    ],
)
def test_a_row_that_cannot_be_taken_is_told_what_to_do_and_no_value(cells, told):
    heard = hear(**cells)
    assert isinstance(heard, Message)
    assert told in heard.vi
    for value in (*cells.values(), LISTED.name, "049060001234", "205123456"):
        if len(value) > 6 and value not in ("Không tìm thấy", "31/02/2026"):
            assert value not in heard.vi + heard.en


def test_a_listed_number_that_contradicts_itself_cannot_match():
    wrong = replace(LISTED, birth_year=1966)
    assert isinstance(hear(wrong, result="Khớp"), Message)
    assert isinstance(hear(wrong, result="Khác", birth_year="1960"), Verified)
    assert isinstance(hear(wrong, result="Không tìm thấy"), Verified)


@pytest.mark.parametrize(
    ("column", "text", "told"),
    [
        ("name", "Nguyễn Văn Ân", "họ tên của dòng này không còn như danh sách"),
        ("birth_year", "1961", "năm sinh của dòng này"),
        ("sex", "Nữ", "giới tính của dòng này"),
        ("cmnd", "205123457", "số CMND của dòng này"),
        ("cccd", "049060001235", "số CCCD của dòng này"),
        ("cccd", "4.90611E+10", "số CCCD của dòng này"),
        ("address", "thôn 4", "địa chỉ của dòng này"),
    ],
)
def test_a_row_that_names_another_person_than_its_id_is_refused(column, text, told):
    heard = hear_result(replace(BLANK, result="Khớp", listed={column: text}), LISTED, ASKING)
    assert isinstance(heard, Message)
    assert told in heard.vi
    assert text not in heard.vi + heard.en


@pytest.mark.parametrize(
    "listed",
    [
        {},  # an office that sends back ids and results only
        {"name": "", "cccd": " "},
        {"name": "nguyễn  văn an ", "birth_year": "1960", "sex": "Nam", "cmnd": "205123456", "address": "Thôn 3"},
        {"cccd": "49060001234", "birth_year": "1960.0"},  # the spreadsheet took the zero in front
        {"cccd": "4.9060001234E+10"},
        {"cccd": "4,906E+10", "cmnd": "2.05E+08"},
    ],
)
def test_what_a_spreadsheet_does_to_a_listed_column_is_no_change(listed):
    assert isinstance(hear_result(replace(BLANK, result="Khớp", listed=listed), LISTED, ASKING), Verified)
