"""The cover and the ruled A3 page of the parcel index of TT 25/2014."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from numpy.random import Generator

from samples.chance import between, chance, pick, weighted, whole
from samples.estate import Estate
from samples.fonts import Face as TypeFace
from samples.gazetteer import bare
from samples.ground import specimen_line
from samples.paper import Face
from samples.ruled import boxed
from samples.sheet import Run, Sheet, blank_sheet

_WIDTH, _HEIGHT = 420.0, 297.0
HEADS_MM = 31.0
#: Shares of the table's width, columns (1) to (9).
_SHARES = (7.0, 7.5, 34.0, 12.0, 11.5, 9.5, 11.5, 10.5, 26.0)
_HEADS = (
    ("Tờ bản đồ số", "Tờ bản đồ", "Số tờ bản đồ"),
    ("Thửa đất số", "Thửa đất số", "Số thửa"),
    ("Tên người sử dụng, quản lý đất", "Tên người sử dụng đất, người quản lý đất", "Tên người sử dụng, quản lý đất"),
    ("Mã đối tượng sử dụng, quản lý đất", "Mã đối tượng", "Đối tượng sử dụng, quản lý đất"),
    ("Diện tích (m2)", "Diện tích (m²)", "Diện tích (m2)"),
    ("Loại đất", "Loại đất", "Mã loại đất"),
    ("Diện tích (m2)", "Diện tích (m²)", "Diện tích (m2)"),
    ("Loại đất", "Loại đất", "Mã loại đất"),
    ("Ghi chú", "Ghi chú", "Ghi chú"),
)
_OVER = ("Hiện trạng sử dụng đất", ("Giấy tờ pháp lý về QSDĐ", "Giấy tờ pháp lý về quyền sử dụng đất"))


@dataclass(frozen=True, slots=True)
class Binding:
    """How one book is ruled and printed."""

    dpi: int
    face: TypeFace
    size_pt: float
    wording: int
    rows: int
    widths_mm: tuple[float, ...]
    left_mm: float
    weight_mm: float
    rules: Literal["all", "columns"]
    honorifics: bool
    capitals: bool
    centred: bool
    page_head: bool
    number_row: str


def binding(rng: Generator, dpi: int) -> Binding:
    """Draw a book's looks."""
    face = weighted(
        rng, (("FreeSerif", 0.6), ("FreeSans", 0.2), ("NotoSerif", 0.08), ("DejaVuSans", 0.07), ("NotoSans", 0.05))
    )
    left = between(rng, 14, 26)
    shares = [share * between(rng, 0.9, 1.12) for share in _SHARES]
    total = _WIDTH - left - between(rng, 12, 18)
    return Binding(
        dpi=dpi,
        face=TypeFace(face),
        size_pt=between(rng, 10.5, 12.5)
        if face not in ("DejaVuSans", "NotoSans", "NotoSerif")
        else between(rng, 9.5, 10.5),
        wording=whole(rng, 0, 2),
        rows=whole(rng, 15, 30),
        widths_mm=tuple(share / sum(shares) * total for share in shares),
        left_mm=left,
        weight_mm=between(rng, 0.15, 0.4),
        rules=weighted(rng, (("all", 0.8), ("columns", 0.2))),
        honorifics=chance(rng, 0.4),
        capitals=chance(rng, 0.15),
        centred=chance(rng, 0.7),
        page_head=chance(rng, 0.4),
        number_row=pick(rng, ("(1)", "(1)", "1")),
    )


def cover_page(rng: Generator, estate: Estate, volume: int, style: Binding) -> Face:
    """Draw the cover: title, province, district, commune and volume."""
    sheet = blank_sheet(
        _WIDTH, _HEIGHT, style.dpi, style.face, pick(rng, ((250, 246, 234), (238, 242, 246), (251, 250, 246)))
    )
    commune = estate.commune
    sheet.frame(22, 20, _WIDTH - 22, _HEIGHT - 20, 0.7)
    sheet.centred(46, Run("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold=True), size_pt=18)
    sheet.centred(55, Run("Độc lập - Tự do - Hạnh phúc", bold=True), size_pt=17)
    sheet.centred(118, Run("SỔ MỤC KÊ ĐẤT ĐAI", "title", bold=True), size_pt=40)
    names = ("Quảng Nam", commune.town, bare(commune.name))
    kinds = ("TỈNH", *(n.removesuffix(bare(n)).strip().upper() for n in (commune.district, commune.name)))
    y, dotted = between(rng, 150, 162), chance(rng, 0.5)
    for kind, name, field in zip(kinds, names, (None, None, "unit_name"), strict=True):
        x = 150.0
        text = f"{kind}: " if dotted else f"{kind} "
        x = sheet.text(x, y, Run(text), size_pt=18)
        said = Run(name if dotted else name.upper(), field, bold=True)
        end = sheet.text(x + 2, y, said, size_pt=18)
        if dotted:
            sheet.dots(end + 1, 280, y)
        y += 13
    sheet.centred(y + 14, f"Quyển số: {volume:02d}", size_pt=18)
    specimen_line(sheet, _HEIGHT - 9)
    return Face(sheet.image, sheet.dpi, tuple(sheet.marks), "cover")


def column_lefts(style: Binding) -> list[float]:
    """Return the x of the ten upright rules in mm."""
    return [style.left_mm + sum(style.widths_mm[:i]) for i in range(10)]


def table_top(style: Binding) -> float:
    """Return the y of the table's upper edge in mm."""
    return 33.0 if style.page_head else 26.0


def row_height(style: Binding) -> float:
    """Return the height of a parcel row in mm."""
    return (_HEIGHT - 16 - table_top(style) - HEADS_MM) / style.rows


def ruled_page(style: Binding, page: int, estate: Estate) -> Sheet:
    """Draw an empty row page: its number, heads, the row of column numbers, and the rules."""
    sheet = blank_sheet(_WIDTH, _HEIGHT, style.dpi, style.face)
    sheet.size_pt = style.size_pt
    lefts, top = column_lefts(style), table_top(style)
    sheet.text(lefts[9], top - 5, f"Trang số: {page:02d}", size_pt=12, anchor="r")
    if style.page_head:
        sheet.centred(15, Run("SỔ MỤC KÊ ĐẤT ĐAI", "title", bold=True), size_pt=14)
        sheet.text(lefts[0], top - 5, f"{estate.commune.name}, {estate.commune.district}", size_pt=12)
    specimen_line(sheet, _HEIGHT - 5)
    middle, heads, body = top + 10, top + 25, top + HEADS_MM
    for i, wording in enumerate(_HEADS):
        single = i in (0, 1, 2, 3, 8)
        boxed(sheet, lefts[i], top if single else middle, lefts[i + 1], heads, wording[style.wording])
        text = style.number_row.replace("1", str(i + 1))
        sheet.text((lefts[i] + lefts[i + 1]) / 2, body - 1.8, Run(text, italic=True), size_pt=9.5, anchor="m")
    boxed(sheet, lefts[4], top, lefts[6], middle, _OVER[0])
    boxed(sheet, lefts[6], top, lefts[8], middle, _OVER[1][style.wording % 2])
    bottom = body + style.rows * row_height(style)
    for i, x in enumerate(lefts):
        sheet.rule(x, middle if i in (5, 7) else top, x, bottom, style.weight_mm)
    sheet.rule(lefts[4], middle, lefts[8], middle, style.weight_mm)
    for y in (top, heads, body, bottom):
        sheet.rule(lefts[0], y, lefts[9], y, style.weight_mm)
    if style.rules == "all":
        for i in range(1, style.rows):
            y = body + i * row_height(style)
            sheet.rule(lefts[0], y, lefts[9], y, style.weight_mm * 0.6)
    return sheet
