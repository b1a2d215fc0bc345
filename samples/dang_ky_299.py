"""The land register of 1982 (sổ đăng ký ruộng đất): a block for each user, a row for each of the user's parcels."""

from __future__ import annotations

from collections.abc import Sequence

from numpy.random import Generator

from samples.book_299 import OldBook, area_of, cover, old_book, page_sheet, write
from samples.chance import between, chance, pick
from samples.gazetteer import Commune
from samples.paper import Face, Paper, Said
from samples.past import Family, Lot
from samples.ruled import Align, draw_grid, draw_heads, ordered, put
from samples.sheet import PAGE_WIDE, Mark, Sheet, spread_marks
from schemas.entries import Owner, Value

_HEADS = (
    (
        *("Tờ bản đồ số", "Số thửa", "Xứ đồng", "Diện tích (m2)", "Loại đất", "Hạng"),
        *("Thời hạn hoặc nguồn gốc", "Biến động, ghi chú"),
    ),
    ("Số tờ", "Số thửa", "Xứ đồng", "Diện tích", "Loại đất", "Hạng đất", "Nguồn gốc", "Ghi chú"),
    ("Tờ số", "Thửa số", "Xứ đồng", "Diện tích (m2)", "Loại ruộng đất", "Hạng", "Thời hạn", "Biến động"),
)
#: Orders of the columns, by `OldBook.layout`.
_ORDERS = (
    (0, 1, 2, 3, 4, 5, 6, 7),
    (2, 0, 1, 4, 5, 3, 6, 7),
    (1, 0, 3, 4, 5, 2, 6, 7),
    (0, 1, 4, 3, 5, 2, 6, 7),
)
_USER = (
    ("Số thứ tự: ", "Họ và tên chủ sử dụng: ", "Chỗ ở (thôn, đội sản xuất): "),
    ("Số TT: ", "Họ tên chủ sử dụng: ", "Chỗ ở: "),
    ("Số thứ tự: ", "Tên chủ sử dụng ruộng đất: ", "Thôn, đội sản xuất: "),
)
_SHARES = (16, 18, 34, 30, 22, 16, 40, 48)
_HEAD_MM = 20.0  # the user's line and the table's heads


def register_book(rng: Generator, dpi: int) -> OldBook:
    """Draw a book's looks."""
    return old_book(rng, dpi, _SHARES, small=0.5)


def blocks(families: Sequence[Family], style: OldBook) -> list[list[Family]]:
    """Return the families of each page: as many blocks as fit."""
    out: list[list[Family]] = []
    left = 0.0
    for family in families:
        tall = _HEAD_MM + (len(family.old_lots) + 1) * style.row_mm + 6
        if not out or tall > left:
            out.append([])
            left = style.size[1] - 30
        out[-1].append(family)
        left -= tall
    return out


def draw_so_dang_ky(rng: Generator, commune: Commune, families: Sequence[Family], volume: int, style: OldBook) -> Paper:
    """Draw cover and pages; one entry for each parcel row, the user's name repeated in each."""
    faces = [cover(commune, "SỔ ĐĂNG KÝ RUỘNG ĐẤT", volume, style)]
    said: list[Said] = []
    count = 0
    for page, part in enumerate(blocks(families, style), 1):
        sheet = page_sheet(style)
        sheet.text(style.frame.lefts[-1], 12, f"Trang {page:02d}", size_pt=10, anchor="r")
        y, row = 18.0, 0
        marks: list[Mark] = []
        for family in part:
            count += 1
            first, sheet.marks = len(said), []
            y, new = _block(rng, sheet, y, count, family, first, style)
            for lot, (own, copied) in zip(family.old_lots, new, strict=True):
                row += 1
                code = {"unit_code": commune.code, **copied}
                named = {"unit_name": commune.name, **own}
                said.append(Said(named, code, row=row, parcel=lot.index, series="299", also=lot.also))
            marks += spread_marks(sheet.marks, range(first, len(said)))
        faces.append(Face(sheet.image, sheet.dpi, tuple(marks), "rows", str(page)))
    return Paper("so_dang_ky", None, "299", tuple(faces), tuple(said), f"So dang ky Q{volume}", commune.name)


def _block(
    rng: Generator, sheet: Sheet, y: float, count: int, family: Family, first: int, style: OldBook
) -> tuple[float, list[tuple[dict[str, Value], dict[str, Value]]]]:
    order = _ORDERS[style.layout]
    frame, lead = ordered(style.frame, order), _USER[style.wording]
    sheet.entry = PAGE_WIDE
    size = style.size_pt
    x = sheet.text(frame.lefts[0], y, lead[0], size_pt=size)
    x = sheet.text(x, y, write(style, None, f"{count:02d}"), size_pt=size)
    x = sheet.text(x + 8, y, lead[1], size_pt=size)
    x = sheet.text(x, y, write(style, "owners", family.holder.name), size_pt=size)
    x = sheet.text(x + 8, y, lead[2], size_pt=size)
    sheet.text(x, y, write(style, "owners", family.team), size_pt=size)
    top, head = y + 2.5, y + 2.5 + 11
    heads = list(_HEADS[style.wording])
    if style.unit == "sao":
        heads[3] = "Diện tích (sào, thước)"
    draw_heads(sheet, frame, top, head, [heads[column] for column in order])
    bottom = head + (len(family.old_lots) + 1) * style.row_mm
    draw_grid(sheet, frame, (top, head), bottom)
    if style.all_rules:
        for i in range(1, len(family.old_lots) + 1):
            sheet.rule(frame.lefts[0], head + i * style.row_mm, frame.lefts[-1], head + i * style.row_mm, 0.1)
    owners = (Owner(family.holder.name, address=family.team),)
    out = []
    above: tuple[str, ...] = ("",) * 8
    for i, lot in enumerate(family.old_lots):
        sheet.entry = first + i
        own, copied, above = _row(rng, sheet, head + (i + 0.5) * style.row_mm, lot, above, style)
        out.append(({"owners": owners, **own}, copied))
    return bottom + 10, out


def _row(
    rng: Generator, sheet: Sheet, y: float, lot: Lot, above: tuple[str, ...], style: OldBook
) -> tuple[dict[str, Value], dict[str, Value], tuple[str, ...]]:
    area_text, area = area_of(lot, style)
    order = _ORDERS[style.layout]
    frame = ordered(style.frame, order)
    origin = pick(rng, ("Ông cha để lại", "HTX giao", "Khai hoang")) if chance(rng, 0.4) else ""
    note = pick(rng, ("Vào HTX năm 1979", "Đổi cho HTX")) if chance(rng, 0.12) else ""
    texts = (lot.sheet_no, lot.parcel_no, lot.toponym, area_text, lot.code, str(1 + lot.index % 6), origin, note)
    names = ("sheet_no", "parcel_no", "toponym", "area_m2", "land_use", None, "origin", "change_note")
    values: tuple[Value, ...] = (*(lot.sheet_no, lot.parcel_no, lot.toponym, area, lot.uses, None, origin, note),)
    own: dict[str, Value] = {}
    copied: dict[str, Value] = {}
    for column, (text, name, value) in enumerate(zip(texts, names, values, strict=True)):
        if not text:
            continue
        repeated = bool(style.ditto) and text == above[column] and column in (0, 2, 4)
        run = write(style, None if repeated else name, style.ditto if repeated else text)
        align: Align = "l" if column in (6, 7) else "m"
        put(sheet, frame, order.index(column), y + between(rng, -0.4, 0.4), run, style.size_pt, align, style.row_mm)
        if name:
            (copied if repeated else own)[name] = value
    return own, copied, texts
