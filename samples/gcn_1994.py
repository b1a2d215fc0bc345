"""The pink house certificate of Decree 60/CP: recognised, not read; its title, file number and a few lines."""

from __future__ import annotations

from dataclasses import replace

from numpy.random import Generator

from samples.blank_form import Filled, fill
from samples.chance import between, digits, pick
from samples.gazetteer import lower_first
from samples.gcn_printing import HEIGHT_MM, WIDTH_MM
from samples.ground import RED, certificate_frame, pink_ground, seal, signature, specimen_line
from samples.paper import Face, Paper, Said
from samples.past import Title
from samples.sheet import Run, Sheet, blank_sheet
from samples.words import day_in_words, number


def draw_gcn_1994(rng: Generator, title: Title, style: Filled) -> Paper:
    """Draw cover, two inner faces and back; one entry without fields."""
    style = replace(style, dotted=True)
    faces = [_page(rng, style) for _ in range(4)]
    _cover(rng, faces[0])
    _inside(faces[1], title, style)
    _plan(rng, faces[2], title)
    faces[3].centred(24, Run("NHỮNG THAY ĐỔI SAU KHI CẤP GIẤY CHỨNG NHẬN", bold=True), size_pt=11.5)
    faces[3].frame(18, 30, 172, 200, 0.25)
    drawn = tuple(Face(s.image, s.dpi, (), str(i + 1)) for i, s in enumerate(faces))
    said = Said({}, {}, parcel=title.lots[0].index, series="1993")
    return Paper("gcn", "gcn_1994", "1993", drawn, (said,), f"HS {digits(rng, 5)}", title.commune.name)


def _page(rng: Generator, style: Filled) -> Sheet:
    sheet = blank_sheet(WIDTH_MM, HEIGHT_MM, style.dpi, style.blank)
    sheet.size_pt = style.size_pt
    pink_ground(sheet, rng)
    certificate_frame(sheet, rng)
    specimen_line(sheet, HEIGHT_MM - 4.2, (140, 50, 66))
    return sheet


def _cover(rng: Generator, sheet: Sheet) -> None:
    sheet.centred(26, Run("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold=True), size_pt=13)
    sheet.centred(33, Run("Độc lập - Tự do - Hạnh phúc", bold=True), size_pt=12.5)
    top = between(rng, 92, 108)
    sheet.centred(top, Run("GIẤY CHỨNG NHẬN", bold=True, ink=RED), size_pt=26)
    sheet.centred(top + 13, Run("QUYỀN SỞ HỮU NHÀ Ở VÀ", bold=True, ink=RED), size_pt=18)
    sheet.centred(top + 23, Run("QUYỀN SỬ DỤNG ĐẤT Ở", bold=True, ink=RED), size_pt=18)
    sheet.text(120, 236, Run(f"{pick(rng, ('Số: ', 'Số '))}{digits(rng, 10)}", bold=True), size_pt=13)


def _inside(sheet: Sheet, title: Title, style: Filled) -> None:
    wide = WIDTH_MM - 2 * style.left_mm
    sheet.centred(20, Run(f"ỦY BAN NHÂN DÂN {title.commune.province.upper()}", bold=True), size_pt=12)
    sheet.centred(28, Run("CHỨNG NHẬN", bold=True), size_pt=14)
    lot = title.lots[0]
    lines: list[list[Run | str]] = [
        [Run("I. Chủ sở hữu nhà ở và sử dụng đất ở", bold=True)],
        ["Ông (Bà): ", style.value(None, title.holder.people[0].name)],
        ["Thường trú tại: ", style.value(None, f"{lower_first(lot.hamlet)}, {title.commune.inside()}")],
        [Run("II. Thực trạng nhà ở, đất ở", bold=True)],
        ["1. Nhà ở: Tổng diện tích sử dụng: ", style.value(None, f"{number(lot.area_m2 * 0.4, 1)} m2")],
        ["Kết cấu nhà: ", style.value(None, "Tường gạch, mái ngói"), " Số tầng: ", style.value(None, "01")],
        [
            "2. Đất ở: Thửa đất số: ",
            style.value(None, lot.parcel_no),
            " Tờ bản đồ số: ",
            style.value(None, lot.sheet_no),
        ],
        ["Diện tích: ", style.value(None, f"{number(lot.area_m2, 1)} m2")],
        ["Hình thức sử dụng riêng: ", style.value(None, f"{number(lot.area_m2, 1)} m2"), " chung: "],
    ]
    y = 40.0
    for line in lines:
        y = fill(sheet, y, style, line, wide)


def _plan(rng: Generator, sheet: Sheet, title: Title) -> None:
    sheet.centred(20, Run("SƠ ĐỒ NHÀ Ở, ĐẤT Ở", bold=True), size_pt=12)
    sheet.frame(24, 28, 166, 150, 0.2)
    sheet.frame(60, 56, 128, 118, 0.35)
    sheet.text(18, 240, f"Hồ sơ gốc số: {digits(rng, 5)}", size_pt=11)
    sheet.centred(178, Run(day_in_words(title.issued_on).capitalize(), italic=True), x=126)
    office = f"TM. ỦY BAN NHÂN DÂN {title.commune.province.upper()}"
    sheet.centred(184, Run(office, bold=True), size_pt=8.6, x=126)
    sheet.centred(190, Run("CHỦ TỊCH", bold=True), size_pt=11, x=126)
    signature(sheet, rng, 128, 204)
    seal(sheet, rng, 112, 202, title.commune.province)
    sheet.centred(222, Run(title.issuer.signatory, bold=True), x=126)
