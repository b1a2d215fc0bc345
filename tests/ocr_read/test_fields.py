"""The fields of the three papers: what is read, by whom, and where."""

from __future__ import annotations

import re

import pytest

from ocr.read import PageReader
from schemas.documents import PageRef
from schemas.readings import PageReading
from tests.ocr_read import papers
from tests.ocr_read.drawing import SANS, SERIF, Paper

REF = PageRef("0" * 64, 1)


def read(reader: PageReader, paper: Paper) -> PageReading:
    return reader.read(paper.clean(), REF, paper.width, paper.height)


def texts(page: PageReading, name: str) -> list[str]:
    return [reading.text for reading in page.fields.get(name, ())]


def digits(text: str) -> str:
    return re.sub(r"\D", "", text)


@pytest.fixture(scope="module", params=[SERIF, SANS], ids=["serif", "sans"])
def parcel_page(reader, request) -> tuple[Paper, PageReading]:
    paper = papers.certificate_parcel(request.param)
    return paper, read(reader, paper)


def test_the_parcel_block_of_a_certificate(parcel_page) -> None:
    _, page = parcel_page
    assert texts(page, "parcel_no") == ["125"]
    assert texts(page, "sheet_no") == ["12"]
    assert texts(page, "address") == ["thôn Phú Đông, xã Tam Phú, thành phố Tam Kỳ, tỉnh Quảng Nam"]
    assert texts(page, "area_m2") == ["1.205,6"]
    assert texts(page, "area_words_m2") == ["một nghìn hai trăm lẻ năm phẩy sáu mét vuông"]
    assert texts(page, "private_m2") == ["1.205,6"]
    assert texts(page, "shared_m2") == ["Không"]
    assert texts(page, "term") == ["Đất ở: Lâu dài; Đất trồng cây lâu năm: Đến ngày 15/10/2043"]
    assert texts(page, "origin") == ["Công nhận QSDĐ như giao đất có thu tiền sử dụng đất"]
    assert texts(page, "register_no") == ["CH 01234"]
    assert texts(page, "unit_name") == ["xã Tam Phú"]


def test_a_value_goes_on_in_the_next_line(parcel_page) -> None:
    _, page = parcel_page
    (use,) = texts(page, "land_use")
    assert use.replace("m2", "m²") == "Đất ở tại nông thôn: 200,0 m²; Đất trồng cây lâu năm: 1.005,6 m²"


def test_a_note_that_names_an_older_certificate_is_not_its_register_number(parcel_page) -> None:
    _, page = parcel_page
    assert texts(page, "refs") == ["Cấp đổi từ Giấy chứng nhận quyền sử dụng đất số AN 123456"]
    assert texts(page, "register_no") == ["CH 01234"]


def test_what_is_marked_as_none_is_left_out(parcel_page) -> None:
    _, page = parcel_page
    assert "assets" not in page.fields


def test_the_signature_gives_date_and_office(parcel_page) -> None:
    _, page = parcel_page
    assert texts(page, "issued_on") == ["ngày 12 tháng 5 năm 2015"]
    assert texts(page, "issuer") == ["ỦY BAN NHÂN DÂN THÀNH PHỐ TAM KỲ"]


def test_two_engines_vote_on_every_number(parcel_page) -> None:
    _, page = parcel_page
    for name in ("parcel_no", "sheet_no", "area_m2", "private_m2", "register_no", "issued_on"):
        (reading,) = page.fields[name]
        assert {vote.engine for vote in reading.votes} == {"tesseract", "rapidocr"}
        assert {digits(vote.text) for vote in reading.votes} == {digits(reading.text)}


def test_boxes_enclose_the_values_and_not_their_labels(parcel_page) -> None:
    paper, page = parcel_page
    for name in ("parcel_no", "sheet_no", "origin", "register_no", "issued_on", "shared_m2"):
        left, top, right, bottom = paper.boxes[name]
        (reading,) = page.fields[name]
        assert abs(reading.box.left - left) <= 12
        assert abs(reading.box.right - right) <= 14
        assert reading.box.top <= top + 4
        assert reading.box.bottom >= bottom - 4
        assert reading.box.bottom - reading.box.top <= bottom - top + 24


def test_husband_and_wife_are_two_readings_in_order(reader) -> None:
    page = read(reader, papers.certificate_front())
    first, second = texts(page, "owners")
    assert first.startswith("Ông: NGUYỄN VĂN MẪU")
    assert "205123456" in first
    assert second.startswith("và vợ là bà: TRẦN THỊ THỬ")
    assert "205654321" in second
    assert second.endswith("tỉnh Quảng Nam")


def test_the_red_serial_is_read_and_boxed(reader) -> None:
    paper = papers.certificate_front()
    (serial,) = read(reader, paper).fields["serial"]
    assert serial.text.replace(" ", "") == "BA123456"
    left, _, right, _ = paper.boxes["serial"]
    assert abs(serial.box.left - left) <= 10
    assert abs(serial.box.right - right) <= 10


def test_changes_and_barcode_of_the_back_pages(reader) -> None:
    plan, back = read(reader, papers.certificate_plan()), read(reader, papers.certificate_back())
    assert texts(plan, "change_note") == ["Chuyển nhượng cho bà Lê Thị Thử theo hồ sơ số 001234.CN.005"]
    assert texts(back, "barcode") == ["2034415001234"]
    assert "change_note" not in back.fields


def test_both_halves_of_a_spread_are_read(reader) -> None:
    page = read(reader, papers.spread("2", "3"))
    assert texts(page, "parcel_no") == ["125"]
    assert texts(page, "change_note") == ["Chuyển nhượng cho bà Lê Thị Thử theo hồ sơ số 001234.CN.005"]


def test_the_items_of_a_survey_extract(reader) -> None:
    page = read(reader, papers.extract())
    assert texts(page, "parcel_no") == ["48"]
    assert texts(page, "sheet_no") == ["7"]
    assert texts(page, "address") == ["xã Tam Phú, thành phố Tam Kỳ, tỉnh Quảng Nam"]
    assert texts(page, "unit_name") == ["xã Tam Phú"]
    assert texts(page, "district_name") == ["thành phố Tam Kỳ"]
    assert texts(page, "area_m2") == ["350,5"]
    assert texts(page, "land_use") == ["Đất ở tại nông thôn (ONT)"]
    assert texts(page, "owners")[0].startswith("Hộ ông Lê Văn Thử")
    assert texts(page, "change_note") == ["Ranh giới không thay đổi"]
    assert [text.replace(" ", "") for text in texts(page, "scale")] == ["1:500"]
    assert texts(page, "issued_on") == ["ngày 05 tháng 9 năm 2019"]
    assert "107°45'" in " ".join(vote.text for vote in page.fields["meridian"][0].votes)


def test_the_cover_of_a_parcel_index_names_its_place(reader) -> None:
    page = read(reader, papers.ledger_cover())
    assert texts(page, "unit_name") == ["XÃ TAM PHÚ"]
    assert texts(page, "district_name") == ["THÀNH PHỐ TAM KỲ"]
    assert texts(page, "province_name") == ["TỈNH QUẢNG NAM"]
    assert texts(page, "volume") == ["03"]
