"""Certificates of 1993, 2003 and 2024: how their pages are known, and what is read on them."""

from __future__ import annotations

import numpy as np

from ocr.clean import clean
from ocr.open import OpenedPage
from schemas.documents import PageRef
from schemas.readings import PageReading
from tests.ocr_read import red_papers

REF = PageRef("0" * 64, 1)


def seen(reader, paper) -> PageReading:
    return reader.read(paper.clean(), REF, paper.width, paper.height)


def votes(page: PageReading, name: str) -> dict[str, str]:
    return {vote.engine: vote.text for reading in page.fields[name] for vote in reading.votes}


def texts(page: PageReading, name: str) -> list[str]:
    return [reading.text for reading in page.fields[name]]


def test_a_deep_red_cover_with_gold_letters_is_known_and_its_serial_read(reader) -> None:
    paper = red_papers.deep_cover()
    pixels = np.ascontiguousarray(np.asarray(paper.image)[:, :, ::-1])
    page = clean(OpenedPage(pixels, paper.width, paper.height, 200.0, True, 200.0))
    assert page.copy_kind == "original"
    cover = reader.read(page, REF, paper.width, paper.height)
    assert (cover.kind, cover.form, cover.faces, cover.title_page) == ("gcn", "gcn_1993", ("1",), True)
    assert {text.replace(" ", "")[-7:] for text in votes(cover, "serial").values()} == {"Q012345"}


def test_a_list_of_parcels_gives_a_row_for_each_and_its_total_apart(reader) -> None:
    page = seen(reader, red_papers.list_of_parcels())
    assert (page.form, page.faces) == ("gcn_1993", ("2",))
    assert [row.fields["parcel_no"].text for row in page.rows] == ["125", "126"]
    assert [row.fields["area_m2"].text for row in page.rows] == ["250", "1.000"]
    assert "1.250" in texts(page, "area_m2")
    assert "năm mươi mét vuông" in texts(page, "area_words_m2")[0]
    assert "Hộ ông (bà): Trần Văn Sáu" in texts(page, "owners")[0]
    assert texts(page, "issued_on") == ["Ngày 12 tháng 5 năm 1998"]


def test_a_register_number_under_its_label_is_not_mixed_with_the_signature_beside_it(reader) -> None:
    page = seen(reader, red_papers.list_of_parcels())
    assert all(text.startswith("00123") for text in votes(page, "register_no").values())


def test_the_blocks_of_2003_are_read_by_their_labels(reader) -> None:
    page = seen(reader, red_papers.blocks_of_2003())
    assert (page.kind, page.form, page.faces) == ("gcn", "gcn_2003", ("2",))
    assert (texts(page, "parcel_no"), texts(page, "sheet_no")) == (["125"], ["12"])
    assert (texts(page, "area_m2"), texts(page, "private_m2")) == (["350,5"], ["350,5"])
    assert [text.split("(")[0] for text in texts(page, "owners")] == ["Ông", "Vợ"]
    assert texts(page, "address")[0].startswith("thôn 2, xã Tam Phú, thị xã Tam Kỳ")


def test_the_form_of_2024_is_read_by_words_and_its_qr_code_seconds_the_serial(reader) -> None:
    page = seen(reader, red_papers.sheet_of_2024())
    assert (page.form, page.faces, page.title_page) == ("gcn_2024", ("1",), True)
    assert votes(page, "serial")["zxing"] == "AA 01234567"
    assert set(votes(page, "serial").values()) == {"AA 01234567"}
    assert texts(page, "parcel_no") == ["125"]
    assert "private_m2" not in page.fields
    assert "17/12/2065" in texts(page, "term")[0]


def test_the_bars_of_a_barcode_are_read_where_the_digits_under_them_are_gone(reader) -> None:
    page = seen(reader, red_papers.bars("2033520001234"))
    assert (page.form, page.faces) == ("gcn_2009", ("4",))
    assert votes(page, "barcode")["zxing"] == "2033520001234"
