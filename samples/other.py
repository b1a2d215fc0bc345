"""Pages of no interest that lie among the papers: minutes of a meeting, a covering letter, an empty sheet."""

from __future__ import annotations

from datetime import date

from numpy.random import Generator

from samples.chance import between, day, pick, whole
from samples.fonts import SERIFS
from samples.fonts import Face as TypeFace
from samples.gazetteer import Commune
from samples.ground import signature, specimen_line
from samples.paper import Face, Paper
from samples.people import hamlet
from samples.sheet import Run, blank_sheet
from samples.words import day_in_words

_TITLES = ("BIÊN BẢN", "PHIẾU LẤY Ý KIẾN KHU DÂN CƯ", "GIẤY MỜI HỌP", "BẢN MÔ TẢ RANH GIỚI, MỐC GIỚI THỬA ĐẤT")
_SENTENCES = (
    "Căn cứ chương trình công tác quý của địa phương, hôm nay chúng tôi gồm có các ông, bà có tên dưới đây.",
    "Hội nghị đã nghe cán bộ địa chính trình bày nội dung và tiến hành thảo luận, lấy ý kiến từng hộ.",
    "Các hộ liền kề thống nhất với ranh giới đang sử dụng, không có tranh chấp, khiếu nại.",
    "Đề nghị các ngành liên quan phối hợp thực hiện và báo cáo kết quả về Ủy ban nhân dân trước ngày họp kế tiếp.",
    "Biên bản được đọc lại cho mọi người cùng nghe, nhất trí và ký tên xác nhận.",
    "Kinh phí thực hiện trích từ nguồn ngân sách được giao trong năm và các nguồn hợp pháp khác.",
)


def draw_letter(rng: Generator, commune: Commune, dpi: int) -> Paper:
    """Draw a page of running text with a title that is none of the papers that are read."""
    sheet = blank_sheet(210, 297, dpi, TypeFace(pick(rng, SERIFS[:3])))
    sheet.size_pt = between(rng, 12, 13.5)
    sheet.centred(20, Run("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold=True))
    sheet.centred(26, Run("Độc lập - Tự do - Hạnh phúc", bold=True))
    sheet.centred(42, Run(pick(rng, _TITLES), bold=True), size_pt=15)
    y = sheet.paragraph(26, 56, 160, [f"Địa điểm: nhà văn hóa {hamlet(rng, commune).lower()}, {commune.inside()}."])
    for _ in range(whole(rng, 3, 6)):
        text = " ".join(pick(rng, _SENTENCES) for _ in range(whole(rng, 1, 3)))
        y = sheet.paragraph(26, y + 2, 160, [text], indent=10, leading=1.4)
    when = day(rng, date(2010, 3, 1), date(2023, 11, 30))
    sheet.centred(y + 14, Run(f"{commune.town}, {day_in_words(when)}", italic=True), x=140)
    sheet.centred(y + 21, Run("CHỦ TỌA", bold=True), x=140)
    sheet.centred(y + 21, Run("THƯ KÝ", bold=True), x=60)
    signature(sheet, rng, 138, y + 33)
    signature(sheet, rng, 60, y + 33)
    specimen_line(sheet, 292)
    return Paper("khac", None, None, (Face(sheet.image, dpi, tuple(sheet.marks), "1"),), (), "Bien ban", commune.name)


def blank_page(dpi: int) -> Paper:
    """Return an empty sheet, such as a separator between dossiers, without any ink."""
    sheet = blank_sheet(210, 297, dpi, TypeFace(SERIFS[0]))
    return Paper("khac", None, None, (Face(sheet.image, dpi, (), "blank"),), (), "Trang trang", "")
