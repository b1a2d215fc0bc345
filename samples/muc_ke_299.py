"""The parcel index of 1982 (sổ mục kê ruộng đất): rows by sheet and parcel, `Cộng` and `Mang sang`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from numpy.random import Generator

from samples.book_299 import OldBook, area_of, cover, old_book, page_sheet, write
from samples.chance import between, chance, pick
from samples.gazetteer import Commune
from samples.paper import Face, Paper, Said, Slip
from samples.past import Family, Lot
from samples.ruled import Align, Grid, draw_grid, draw_heads, ordered, put
from samples.sheet import PAGE_WIDE, Run, Sheet, spread_marks
from samples.words import number
from schemas.entries import Owner, Value

_HEADS = (
    (
        "Số tờ bản đồ",
        "Số thửa",
        "Tên chủ sử dụng (xứ đồng)",
        "Xứ đồng",
        "Diện tích (m2)",
        "Loại ruộng đất",
        "Hạng đất",
        "Ghi chú",
    ),
    ("Tờ bản đồ", "Số thửa", "Tên chủ sử dụng ruộng đất", "Xứ đồng", "Diện tích", "Loại đất", "Hạng", "Ghi chú"),
    ("Số tờ", "Thửa số", "Chủ sử dụng", "Xứ đồng", "Diện tích m2", "Loại ruộng đất", "Hạng đất", "Chú thích"),
)
#: Orders of the columns, by `OldBook.layout`.
_ORDERS = (
    (0, 1, 2, 3, 4, 5, 6, 7),
    (1, 0, 2, 3, 5, 4, 6, 7),
    (0, 1, 4, 5, 6, 2, 3, 7),
    (2, 3, 0, 1, 4, 5, 6, 7),
)
_SHARES = (16, 18, 62, 34, 30, 24, 18, 40)


@dataclass(frozen=True, slots=True)
class _Row:
    lot: Lot
    owner: str
    person: bool
    note: str


def index_style(rng: Generator, dpi: int) -> OldBook:
    """Draw a book's looks."""
    return old_book(rng, dpi, _SHARES, small=0.3)


def rows_per_page(style: OldBook) -> int:
    """Return how many parcel rows stand on a page, those of the sums left out."""
    return int((style.size[1] - 24 - 40) / style.row_mm) - 2


def draw_muc_ke_299(rng: Generator, commune: Commune, families: Sequence[Family], volume: int, style: OldBook) -> Paper:
    """Draw cover and pages; one entry for each parcel row."""
    rows = sorted(
        (
            _Row(lot, family.holder.name, bool(family.holder.people), _note(rng, family))
            for family in families
            for lot in family.old_lots
        ),
        key=lambda row: (int(row.lot.sheet_no), int(re.sub(r"\D", "", row.lot.parcel_no)), row.lot.parcel_no),
    )
    title = pick(rng, ("SỔ MỤC KÊ", "SỔ MỤC KÊ RUỘNG ĐẤT"))
    faces = [cover(commune, title, volume, style)]
    said: list[Said] = []
    carried, count = 0.0, rows_per_page(style)
    for number_, part in enumerate(_pages(rows, count, style), 1):
        sheet = page_sheet(style)
        sheet.text(style.frame.lefts[-1], 14, f"Trang {number_:02d}", size_pt=11, anchor="r")
        first = len(said)
        new, carried, slips = _page(rng, sheet, part, first, carried, number_, style)
        said += [
            Said(
                {"unit_name": commune.name, **own},
                {"unit_code": commune.code, **copied},
                row=i + 1,
                parcel=row.lot.index,
                series="299",
                also=row.lot.also,
                slips=slips if i + 1 == len(part) else (),
            )
            for i, (row, (own, copied)) in enumerate(zip(part, new, strict=True))
        ]
        marks = spread_marks(sheet.marks, range(first, len(said)))
        faces.append(Face(sheet.image, sheet.dpi, marks, "rows", str(number_)))
    return Paper("so_muc_ke", None, "299", tuple(faces), tuple(said), f"So muc ke 299 Q{volume}", commune.name)


def _note(rng: Generator, family: Family) -> str:
    return pick(rng, (family.team, "Đất 5%", "Làm nhà năm 1980")) if chance(rng, 0.1) else ""


def _pages(rows: Sequence[_Row], count: int, style: OldBook) -> list[list[_Row]]:
    """Cut the rows into pages; where the sheet stands in the page head, a page has one sheet only."""
    out: list[list[_Row]] = []
    for row in rows:
        new_sheet = style.sheet_once == "head" and out and out[-1][-1].lot.sheet_no != row.lot.sheet_no
        if not out or len(out[-1]) == count or new_sheet:
            out.append([])
        out[-1].append(row)
    return out


def index_pages(families: Sequence[Family], style: OldBook) -> int:
    """Return how many images the book has, its cover included."""
    lots = [lot for family in families for lot in family.old_lots]
    lots.sort(key=lambda lot: int(lot.sheet_no))
    return 1 + len(_pages([_Row(lot, "", False, "") for lot in lots], rows_per_page(style), style))


def _columns(style: OldBook) -> tuple[Grid, tuple[int, ...]]:
    """Return the grid and the columns that the book has, in its order: that of places only where it has one."""
    kept = tuple(column for column in _ORDERS[style.layout] if column != 3 or style.place == "column")
    return ordered(style.frame, kept), kept


def _page(
    rng: Generator, sheet: Sheet, rows: Sequence[_Row], first: int, carried: float, page: int, style: OldBook
) -> tuple[list[tuple[dict[str, Value], dict[str, Value]]], float, tuple[Slip, ...]]:
    (frame, kept), top = _columns(style), 22.0
    head = top + 15
    if style.sheet_once == "head":
        sheet.entry = PAGE_WIDE
        x = sheet.text(frame.lefts[0], 14, "Tờ bản đồ số: ", size_pt=12)
        sheet.text(x, 14, write(style, "sheet_no", rows[0].lot.sheet_no), size_pt=12)
    heads = list(_HEADS[style.wording])
    if style.unit == "sao":
        heads[4] = "Diện tích (sào, thước)"
    draw_heads(sheet, frame, top, head, [heads[column] for column in kept])
    lines = rows_per_page(style) + 2
    draw_grid(sheet, frame, (top, head), head + lines * style.row_mm)
    if style.all_rules:
        for i in range(1, lines):
            y = head + i * style.row_mm
            sheet.rule(frame.lefts[0], y, frame.lefts[-1], y, 0.1)
    at, total = 0, 0.0
    slips: tuple[Slip, ...] = ()
    sheet.entry = None
    if page > 1 and style.sums and style.unit == "m2":
        _sum(sheet, head + 0.5 * style.row_mm, "Mang sang", carried, style)
        at, total = 1, carried
    out = []
    above: tuple[str, ...] = ("",) * 8
    for i, row in enumerate(rows):
        sheet.entry = first + i
        own, copied, above, area = _row(rng, sheet, head + (at + i + 0.5) * style.row_mm, row, above, style)
        out.append((own, copied))
        total += area
    sheet.entry = None
    if style.sums and style.unit == "m2":
        label = "Cộng" if style.wording else "Cộng trang"
        if style.off and page == 1 and len(rows) > 1:
            true, total = total, total - area_of(rows[-1].lot, style)[1]
            slips = (Slip("sum_off", "total_m2", number(total, 0), number(true, 0)),)
        _sum(sheet, head + (at + len(rows) + 0.5) * style.row_mm, label, total, style)
    return out, total, slips


def _sum(sheet: Sheet, y: float, label: str, value: float, style: OldBook) -> None:
    frame, kept = _columns(style)
    put(sheet, frame, kept.index(2), y, write(style, None, label), style.size_pt)
    put(sheet, frame, kept.index(4), y, write(style, None, number(value, 0, grouped=style.wording != 1)), style.size_pt)


def _row(
    rng: Generator, sheet: Sheet, y: float, row: _Row, above: tuple[str, ...], style: OldBook
) -> tuple[dict[str, Value], dict[str, Value], tuple[str, ...], float]:
    """Print a row; return what it says, what it says by ditto or by the row above, its texts and its area."""
    lot = row.lot
    frame, kept = _columns(style)
    area_text, area = area_of(lot, style)
    in_bracket = style.place == "bracket"
    owner = f"{row.owner} ({lot.toponym})" if in_bracket else row.owner
    column_place = lot.toponym if style.place == "column" else ""
    texts = (
        lot.sheet_no,
        lot.parcel_no,
        row.owner,
        column_place,
        area_text,
        lot.code,
        str(1 + lot.index % 6),
        row.note,
    )
    names = ("sheet_no", "parcel_no", "owners", "toponym", "area_m2", "land_use", None, "change_note")
    values: tuple[Value, ...] = (
        *(lot.sheet_no, lot.parcel_no, (Owner(row.owner),), lot.toponym, area, lot.uses, None, row.note),
    )
    own: dict[str, Value] = {}
    copied: dict[str, Value] = {}
    for column, (text, name, value) in enumerate(zip(texts, names, values, strict=True)):
        if not text:
            continue
        same = text == above[column]
        if column == 0 and style.sheet_once != "rows" and (style.sheet_once == "head" or same):
            if style.sheet_once == "head":
                own["sheet_no"] = value
            else:
                copied["sheet_no"] = value
            continue
        repeated = bool(style.ditto) and same and column in (0, 2, 3, 5)
        if column == 2 and in_bracket and not repeated:
            _bracketed(sheet, y, row, owner, style)
            own |= {"owners": value, "toponym": lot.toponym}
            continue
        if column == 2 and in_bracket:
            copied["owners"] = value
            put(sheet, frame, kept.index(2), y, write(style, None, style.ditto), style.size_pt)
            continue
        run = write(style, None if repeated else name, style.ditto if repeated else text)
        align: Align = "l" if column in (2, 7) and not repeated else "m"
        put(sheet, frame, kept.index(column), y + between(rng, -0.4, 0.4), run, style.size_pt, align, style.row_mm)
        if name:
            (copied if repeated else own)[name] = value
    return own, copied, texts, area


def _bracketed(sheet: Sheet, y: float, row: _Row, text: str, style: OldBook) -> None:
    """Print a user's name with the place in brackets after it, smaller until both fit."""
    frame, kept = _columns(style)
    x0, x1 = frame.span(kept.index(2))
    size = style.size_pt
    while size > 5.5 and sheet.width(write(style, None, text), size) > x1 - x0 - 2.4:
        size -= 0.3
    base = y + size * 0.125
    x = sheet.text(x0 + 1.2, base, write(style, "owners", row.owner), size_pt=size)
    x = sheet.text(x, base, write(style, None, " ("), size_pt=size)
    x = sheet.text(x, base, write(style, "toponym", row.lot.toponym), size_pt=size)
    sheet.text(x, base, Run(")", ink=style.ink, face=style.hand), size_pt=size)
