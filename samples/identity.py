"""Copies of identity papers that fool nobody: the titles and labels of the real ones, all else `MẪU` and zeros."""

from __future__ import annotations

from numpy.random import Generator

from samples.chance import between, pick
from samples.fonts import Face as TypeFace
from samples.gazetteer import Commune
from samples.ground import specimen_line
from samples.paper import Face, Paper
from samples.sheet import Run, Sheet, blank_sheet

_CARDS = (
    ("CĂN CƯỚC CÔNG DÂN", ("Số: 000000000000", "Họ và tên: NGUYỄN VĂN MẪU", "Ngày sinh: 00/00/0000", "Giới tính: Nam")),
    ("CĂN CƯỚC", ("Số định danh cá nhân: 000000000000", "Họ, chữ đệm và tên khai sinh: MẪU THỊ MẪU", "Giới tính: Nữ")),
    ("GIẤY CHỨNG MINH NHÂN DÂN", ("Số 000000000", "Họ tên: TRẦN VĂN MẪU", "Sinh ngày: 00-00-0000", "Nguyên quán: Mẫu")),
    ("HỘ CHIẾU", ("Số hộ chiếu: X0000000", "Họ và tên: LÊ MẪU", "Quốc tịch: Việt Nam", "Ngày sinh: 00/00/0000")),
)
_SHEETS = (
    ("SỔ HỘ KHẨU", ("Họ và tên chủ hộ: Nguyễn Văn Mẫu", "Nơi thường trú: thôn Mẫu", "Số: 000000000")),
    ("GIẤY KHAI SINH", ("Họ, chữ đệm, tên: Lê Thị Mẫu", "Ngày, tháng, năm sinh: 00/00/0000", "Nơi sinh: Mẫu")),
)


def draw_identity(rng: Generator, commune: Commune, dpi: int) -> Paper:
    """Draw a page with the copy of a card, its two sides, or of a leaf."""
    sheet = blank_sheet(210, 297, dpi, TypeFace(pick(rng, ("FreeSans", "FreeSerif", "NotoSans"))))
    if rng.random() < 0.65:
        title, lines = pick(rng, _CARDS)
        top = between(rng, 36, 70)
        _card(sheet, top, title, lines)
        _back(sheet, top + between(rng, 64, 80))
    else:
        title, lines = pick(rng, _SHEETS)
        _leaf(sheet, title, lines)
    specimen_line(sheet, 292)
    return Paper("giay_to_tuy_than", None, None, (Face(sheet.image, dpi, (), "1"),), (), "Giay to", commune.name)


def _card(sheet: Sheet, top: float, title: str, lines: tuple[str, ...]) -> None:
    left, right = 60.0, 145.6
    sheet.draw.rectangle((sheet.px(left), sheet.px(top), sheet.px(right), sheet.px(top + 54)), fill=(226, 238, 238))
    sheet.frame(left, top, right, top + 54, 0.3)
    sheet.centred(top + 7, Run("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold=True), size_pt=7, x=106)
    sheet.centred(top + 11, Run("Độc lập - Tự do - Hạnh phúc", bold=True), size_pt=6.5, x=106)
    sheet.centred(top + 18, Run(title, bold=True, ink=(190, 40, 50)), size_pt=11, x=108)
    sheet.frame(left + 4, top + 20, left + 24, top + 46, 0.2)
    sheet.text(left + 14, top + 35, Run("MẪU", bold=True), size_pt=9, anchor="m")
    for i, line in enumerate(lines):
        sheet.text(left + 28, top + 25 + 5.4 * i, line, size_pt=7.5)


def _back(sheet: Sheet, top: float) -> None:
    left, right = 60.0, 145.6
    sheet.frame(left, top, right, top + 54, 0.3)
    sheet.text(left + 6, top + 10, "Đặc điểm nhận dạng: MẪU", size_pt=7.5)
    sheet.text(left + 6, top + 16, "Ngày, tháng, năm: 00/00/0000", size_pt=7.5)
    sheet.centred(top + 40, Run("IDVNM0000000000<<<<<<<<MAU<<<<", bold=True), size_pt=8, x=(left + right) / 2)


def _leaf(sheet: Sheet, title: str, lines: tuple[str, ...]) -> None:
    sheet.centred(30, Run("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold=True), size_pt=13)
    sheet.centred(37, Run("Độc lập - Tự do - Hạnh phúc", bold=True), size_pt=12.5)
    sheet.centred(64, Run(title, bold=True), size_pt=26)
    for i, line in enumerate(lines):
        sheet.text(34, 92 + 12 * i, line, size_pt=13)
    sheet.frame(24, 76, 186, 200, 0.2)
