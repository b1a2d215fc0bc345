"""Which form a page looks like, and which pages look like none."""

from __future__ import annotations

from pathlib import Path

import cv2
import pytest

from ocr.clean import clean
from ocr.forms import load_forms
from ocr.open import OpenedPage
from ocr.read import PageReader
from schemas.documents import PageRef
from schemas.readings import PageReading
from tests.ocr_read import papers
from tests.ocr_read.drawing import SANS, Paper

REF = PageRef("0" * 64, 1)
PRINTED = Path(__file__).parents[3] / "shared" / "data" / "printed"
HEAD = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")


def seen(reader: PageReader, paper: Paper) -> PageReading:
    return reader.read(paper.clean(), REF, paper.width, paper.height)


def lines(*texts: str) -> Paper:
    paper = Paper(1654, 100 + 60 * len(texts), SANS)
    for n, text in enumerate(texts):
        paper.write(140, 50 + 60 * n, text)
    return paper


def test_every_form_names_fields_with_labels() -> None:
    kinds = {(form.kind, form.form, form.era) for form in load_forms()}
    assert {("gcn", f"gcn_{year}", None) for year in ("1993", "2003", "2009", "2024")} <= kinds
    assert {("gcn", "gcn_1994", "1993"), ("trich_do", None, None), ("quyet_dinh", None, None)} <= kinds
    assert {("so_muc_ke", None, era) for era in ("299", "2003", "2013")} <= kinds
    assert {("so_dia_chinh", None, "2003"), ("so_cap_gcn", None, None), ("so_dang_ky", None, "299")} <= kinds
    for form in load_forms():
        for face in form.faces:
            named = [column.number for column in face.columns if column.number is not None]
            assert len(named) == len(set(named)), f"{form.kind} {face.name}: two columns in one place"


@pytest.mark.parametrize(
    ("paper", "face", "begins"),
    [
        (papers.certificate_front, "1", True),
        (papers.certificate_parcel, "2", False),
        (papers.certificate_plan, "3", False),
        (papers.certificate_back, "4", False),
    ],
)
def test_each_page_of_the_certificate_is_known_by_itself(reader, paper, face, begins) -> None:
    page = seen(reader, paper())
    assert (page.kind, page.form, page.era, page.faces, page.title_page) == ("gcn", "gcn_2009", None, (face,), begins)


@pytest.mark.parametrize("pair", [("4", "1"), ("1", "4"), ("2", "3"), ("3", "2")])
def test_two_pages_on_one_image_are_told_apart_in_either_order(reader, pair) -> None:
    page = seen(reader, papers.spread(*pair))
    assert (page.kind, page.form, page.faces) == ("gcn", "gcn_2009", pair)


def test_the_parcel_index_is_known_by_its_cover_and_by_its_columns(reader) -> None:
    cover, rows = seen(reader, papers.ledger_cover()), seen(reader, papers.ledger_rows())
    assert (cover.kind, cover.era, cover.faces, cover.title_page) == ("so_muc_ke", "2013", ("cover",), True)
    assert (rows.kind, rows.era, rows.faces, rows.title_page) == ("so_muc_ke", "2013", ("rows",), False)
    assert rows.printed_no == "08"


@pytest.mark.parametrize(
    ("kind", "era", "texts"),
    [
        ("so_muc_ke", "299", ("TỈNH QUẢNG NAM - ĐÀ NẴNG", "HUYỆN NÚI THÀNH", "SỔ MỤC KÊ", "Quyển số: 01",
                              "Lập ngày 12 tháng 5 năm 1984")),
        ("so_dang_ky", "299", ("TỈNH QUẢNG NAM - ĐÀ NẴNG", "HUYỆN NÚI THÀNH", "SỔ ĐĂNG KÝ RUỘNG ĐẤT", "Quyển số: 01")),
        ("so_dia_chinh", "2003", (*HEAD, "SỔ ĐỊA CHÍNH", "Tỉnh: Quảng Nam", "Quyển số: 08")),
        ("so_cap_gcn", None, ("SỔ CẤP GIẤY CHỨNG NHẬN",
                              "QUYỀN SỬ DỤNG ĐẤT, QUYỀN SỞ HỮU NHÀ Ở VÀ TÀI SẢN KHÁC GẮN LIỀN VỚI ĐẤT")),
    ],
)  # fmt: skip
def test_a_book_is_known_by_its_cover(reader, kind, era, texts) -> None:
    page = seen(reader, lines(*texts))
    assert (page.kind, page.era, page.faces, page.title_page) == (kind, era, ("cover",), True)


def test_a_survey_extract_is_known_by_its_title_or_by_its_corner_table(reader) -> None:
    page = seen(reader, papers.extract())
    assert (page.kind, page.form, page.faces, page.title_page) == ("trich_do", None, ("1",), True)


def test_a_certificate_with_a_corner_table_stays_a_certificate(reader) -> None:
    paper = papers.certificate_plan()
    for n, (x, y) in enumerate((("1720818.12", "577996.40"), ("1720820.55", "578008.47"), ("1720793.01", "578014.05"))):
        paper.write(900, 600 + 60 * n, x)
        paper.write(1200, 600 + 60 * n, y)
    page = seen(reader, paper)
    assert (page.kind, page.faces) == ("gcn", ("3",))


@pytest.mark.parametrize(
    "texts",
    [
        # a letter about such papers
        (*HEAD, "Kính gửi: Ủy ban nhân dân thành phố Tam Kỳ", "V/v trích đo địa chính thửa đất",
         "cấp giấy chứng nhận quyền sử dụng đất, quyền sở hữu nhà ở và tài sản khác gắn liền với đất"),
    ],
)  # fmt: skip
def test_other_papers_are_not_forced_into_a_form(reader, texts) -> None:
    page = seen(reader, lines(*texts))
    assert (page.kind, page.form, page.faces, dict(page.fields)) == ("khac", None, (), {})


@pytest.mark.parametrize(
    ("form", "texts"),
    [
        ("gcn_2003", ("GIẤY CHỨNG NHẬN", "QUYỀN SỬ DỤNG ĐẤT", "I- Tên người sử dụng đất", "Hộ Ông(Bà): Nguyễn Văn Mẫu",
         "II- Thửa đất được quyền sử dụng", "1. Thửa số: 125   2. Tờ bản đồ số: 12", "5. Hình thức sử dụng:",
         "6. Mục đích sử dụng: Đất ở", "7. Thời hạn sử dụng: Lâu dài", "8. Nguồn gốc sử dụng: Nhà nước giao")),
        ("gcn_2024", ("GIẤY CHỨNG NHẬN", "QUYỀN SỬ DỤNG ĐẤT, QUYỀN SỞ HỮU TÀI SẢN GẮN LIỀN VỚI ĐẤT",
         "1. Người sử dụng đất, chủ sở hữu tài sản gắn liền với đất:", "2. Thông tin thửa đất:",
         "a. Thửa đất số: 12; tờ bản đồ số: 13", "đ. Hình thức sử dụng: sử dụng riêng", "AA 01234567")),
        ("gcn_1994", ("GIẤY CHỨNG NHẬN", "QUYỀN SỞ HỮU NHÀ Ở VÀ", "QUYỀN SỬ DỤNG ĐẤT Ở", "Số 1334616069")),
    ],
)  # fmt: skip
def test_the_other_forms_of_certificate_are_told_apart(reader, form, texts) -> None:
    page = seen(reader, lines(*HEAD, *texts))
    assert (page.kind, page.form) == ("gcn", form)


@pytest.mark.shared
@pytest.mark.skipif(not PRINTED.is_dir(), reason="../shared is not beside the checkout")
def test_printed_pages_of_other_things_are_khac(reader) -> None:
    image = cv2.imread(str(PRINTED / "vietocr3" / "vietsample2.png"), cv2.IMREAD_GRAYSCALE)
    height, width = image.shape
    page = clean(OpenedPage(image, width, height, 300.0, True, 300.0))
    assert reader.read(page, REF, width, height).kind == "khac"
