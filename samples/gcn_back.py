"""Pages 3 and 4 of the certificate: the plan, the table of changes, the notice and the barcode number."""

from __future__ import annotations

from datetime import timedelta

from numpy.random import Generator

from samples.chance import between, chance, digits, pick, whole
from samples.corner_table import corners_value, draw_corner_table, table_height, table_style
from samples.estate import Certificate, Estate
from samples.ground import bars
from samples.plan import Window, draw_plan, north_arrow, scale_for
from samples.sheet import Run, Sheet, say
from samples.words import day_in_figures, number
from schemas.entries import Value

_BLOCK_III = "III. Sơ đồ thửa đất, nhà ở và tài sản khác gắn liền với đất"
_BLOCK_IV = "IV. Những thay đổi sau khi cấp Giấy chứng nhận"
_HEADS = ("Nội dung thay đổi và cơ sở pháp lý", "Xác nhận của cơ quan có thẩm quyền")
_NOTICE = (
    "Người được cấp Giấy chứng nhận không được sửa chữa, tẩy xóa hoặc bổ sung bất kỳ nội dung nào trong Giấy "
    "chứng nhận; khi bị mất hoặc hư hỏng Giấy chứng nhận phải khai báo ngay với cơ quan cấp Giấy."
)


def page_three(
    rng: Generator, sheet: Sheet, estate: Estate, certificate: Certificate
) -> tuple[Sheet, dict[str, Value]]:
    """Draw the plan, sometimes its corner table, and the head of the table of changes."""
    values: dict[str, Value] = {}
    sheet.paragraph(18, 21, 156, [Run(_BLOCK_III, bold=True)], size_pt=11.5)
    plot = estate.plot
    corners = corners_value(plot)
    style = table_style(rng, 0.8)
    table = certificate.with_corners
    below = table and table_height(len(corners), style) < 80 and chance(rng, 0.4)
    wide = 94.0 if table and not below else 150.0
    window = Window(18 if table and not below else 20, 30, wide, 96 if below else 118)
    scale = scale_for(plot, window)
    kept, sheet.size_pt = sheet.size_pt, 9.5
    draw_plan(sheet, rng, plot, window, scale, f"{plot.parcel_no}/{number(certificate.area_m2, 1)}")
    north_arrow(sheet, window.x + window.width - 8, 32, 14)
    sheet.centred(window.y + window.height + 4, f"Tỷ lệ 1:{scale}", size_pt=10, x=window.x + window.width / 2)
    bottom = window.y + window.height + 10
    if table:
        x = 95 - sum(style.widths_mm) / 2 if below else 175 - sum(style.widths_mm)
        end = draw_corner_table(sheet, x, bottom - 3 if below else between(rng, 36, 52), corners, style)
        bottom = max(bottom, end + 3)
        values["corners"] = corners
    sheet.size_pt = kept
    top = max(bottom, 160.0)
    sheet.paragraph(18, top, 156, [Run(_BLOCK_IV, bold=True)], size_pt=11.5)
    values |= _changes(rng, sheet, top + 4, 250, certificate, chance(rng, 0.2), estate)
    return sheet, values


def _changes(
    rng: Generator,
    sheet: Sheet,
    top: float,
    bottom: float,
    certificate: Certificate,
    entered: bool,
    estate: Estate | None = None,
) -> dict[str, Value]:
    middle = between(rng, 104, 114)
    sheet.frame(18, top, 172, bottom, 0.25)
    sheet.rule(middle, top, middle, bottom, 0.25)
    sheet.rule(18, top + 9, 172, top + 9, 0.25)
    sheet.centred(top + 6, Run(_HEADS[0], bold=True), size_pt=10, x=(18 + middle) / 2)
    sheet.centred(top + 6, Run(_HEADS[1], bold=True), size_pt=9.4, x=(172 + middle) / 2)
    buyer = estate.holder.people[0] if estate and estate.seller else None
    if not entered and buyer is None:
        return {}
    when = certificate.issued_on + timedelta(days=whole(rng, 200, 1500))
    note = pick(
        rng,
        (
            f"Thế chấp bằng quyền sử dụng đất tại Ngân hàng Mẫu, chi nhánh số {whole(rng, 1, 9)}, theo hồ sơ số "
            f"{digits(rng, 6)}.TC.{whole(rng, 1, 9):03d}",
            f"Xóa đăng ký thế chấp ngày {day_in_figures(when)} theo hồ sơ số {digits(rng, 6)}.XC.001",
            f"Đính chính địa chỉ thửa đất theo hồ sơ số {digits(rng, 6)}.DC.{whole(rng, 1, 9):03d}",
        ),
    )
    if buyer:
        who = f"{'ông' if buyer.sex == 'nam' else 'bà'} {buyer.name}, sinh năm {buyer.birth_year}"
        note = f"Chuyển nhượng cho {who} theo hồ sơ số {digits(rng, 6)}.CN.{whole(rng, 1, 9):03d}"
    sheet.paragraph(20, top + 16, middle - 22, [say("change_note", note)], size_pt=10.5)
    sheet.centred(top + 16, Run(f"Ngày {day_in_figures(when)}", italic=True), size_pt=10, x=(172 + middle) / 2)
    sheet.centred(top + 21, Run("CHI NHÁNH VPĐKĐĐ", bold=True), size_pt=9.5, x=(172 + middle) / 2)
    return {"change_note": note}


def page_four(rng: Generator, sheet: Sheet, certificate: Certificate) -> Sheet:
    """Draw the rest of the table of changes, the notice and, in era 2013, the barcode number."""
    _changes(rng, sheet, 18, 216, certificate, False)
    sheet.paragraph(20, 223, 108 if certificate.barcode else 150, [Run(_NOTICE, italic=True)], size_pt=9.4)
    if certificate.barcode:
        left = between(rng, 130, 134)
        if chance(rng, 0.75):
            bars(sheet, rng, left, 230, 40, 9, certificate.barcode)
        sheet.text(left + 20, 243.5, say("barcode", certificate.barcode), size_pt=10.5, anchor="m")
    return sheet
