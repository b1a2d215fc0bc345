"""The certificate issue book (sổ cấp giấy chứng nhận): a row for each certificate, in the order of its number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from numpy.random import Generator

from samples.chance import between, chance, pick, weighted, whole
from samples.fonts import Face as TypeFace
from samples.gazetteer import Commune
from samples.ground import signature, specimen_line
from samples.paper import Face, Paper, Said
from samples.past import Title
from samples.ruled import Align, Grid, draw_grid, draw_heads, draw_numbers, grid, ordered, put
from samples.sheet import Run, Sheet, blank_sheet
from samples.words import day_in_figures, number
from schemas.entries import Owner, Value

_HEADS = (
    (
        *("STT", "Tên người sử dụng đất", "Số tờ bản đồ", "Số thửa đất", "Diện tích (m2)", "Số phát hành (Seri)"),
        *("Số vào sổ", "Ngày ký", "Người nhận GCN (ký nhận)"),
    ),
    (
        *("Số TT", "Tên người sử dụng đất", "Tờ bản đồ số", "Thửa đất số", "Diện tích (m²)", "Số phát hành GCN"),
        *("Số vào sổ cấp GCN", "Ngày ký GCN", "Người nhận GCN ký, ghi rõ họ tên"),
    ),
    (
        *("TT", "Họ và tên người được cấp GCN", "Tờ BĐ", "Thửa", "Diện tích", "Seri GCN"),
        *("Số vào sổ", "Ngày cấp", "Ký nhận"),
    ),
)
#: Orders of the columns, as books of several offices have them.
_ORDERS = (
    (0, 1, 2, 3, 4, 5, 6, 7, 8),
    (0, 6, 5, 1, 2, 3, 4, 7, 8),
    (0, 1, 3, 2, 4, 5, 6, 7, 8),
    (6, 1, 5, 7, 3, 2, 4, 0, 8),
)
_SHARES = (10, 52, 15, 15, 20, 28, 24, 24, 40)


@dataclass(frozen=True, slots=True)
class IssueStyle:
    """How one issue book is ruled and printed."""

    dpi: int
    size: tuple[float, float]
    face: TypeFace
    filler: TypeFace
    size_pt: float
    wording: int
    frame: Grid
    rows: int
    honorifics: bool
    numbers: str  # pattern of the row of column numbers, "" for none
    signed: bool
    order: tuple[int, ...]


def issue_style(rng: Generator, dpi: int) -> IssueStyle:
    """Draw a book's looks: A3 or A4, both lying."""
    small = chance(rng, 0.4)
    width, height = (297.0, 210.0) if small else (420.0, 297.0)
    face = weighted(rng, (("FreeSerif", 0.6), ("FreeSans", 0.2), ("NotoSerif", 0.1), ("DejaVuSans", 0.1)))
    filler = face if chance(rng, 0.65) else pick(rng, ("FreeMono", "FreeSerif", "FreeSans"))
    wide = {"NotoSerif", "DejaVuSans", "FreeMono"} & {face, filler}
    shares = [share * between(rng, 0.92, 1.1) for share in _SHARES]
    return IssueStyle(
        dpi=dpi,
        size=(width, height),
        face=TypeFace(face),
        filler=TypeFace(filler, italic=filler == "FreeSerif" and chance(rng, 0.4)),
        size_pt=(between(rng, 9.2, 10.0) if wide else between(rng, 10.4, 11.6)) * (0.88 if small else 1.0),
        wording=whole(rng, 0, 2),
        frame=grid(between(rng, 12, 20), width - between(rng, 10, 16), shares, between(rng, 0.15, 0.35)),
        rows=whole(rng, 14, 20) if small else whole(rng, 16, 26),
        honorifics=chance(rng, 0.5),
        numbers=pick(rng, ("(1)", "1", "")),
        signed=chance(rng, 0.6),
        order=weighted(rng.spawn(1)[0], ((_ORDERS[0], 0.5), (_ORDERS[1], 0.2), (_ORDERS[2], 0.2), (_ORDERS[3], 0.1))),
    )


def draw_cap_gcn(rng: Generator, titles: Sequence[Title], volume: int, style: IssueStyle) -> Paper:
    """Draw the cover and the pages; one entry for each row."""
    commune = titles[-1].commune
    faces = [_cover(commune, volume, style)]
    said: list[Said] = []
    for start in range(0, len(titles), style.rows):
        sheet, body, row = _page(style, start // style.rows + 1, commune)
        for i, title in enumerate(titles[start : start + style.rows]):
            sheet.entry = start + i
            values = _row(rng, sheet, body + (i + 0.5) * row, row, start + i + 1, title, style)
            values |= {"unit_name": commune.name}
            lot = title.lots[0]
            code = {"unit_code": commune.code}
            said.append(Said(values, code, row=i + 1, parcel=lot.index, also=lot.also, slips=title.slips))
        faces.append(Face(sheet.image, sheet.dpi, tuple(sheet.marks), "rows", str(start // style.rows + 1)))
    return Paper("so_cap_gcn", None, "2003", tuple(faces), tuple(said), f"So cap GCN {volume}", commune.name)


def issue_pages(count: int, style: IssueStyle) -> int:
    """Return how many images a book of that many rows has, its cover included."""
    return 1 + -(-count // style.rows)


def _cover(commune: Commune, volume: int, style: IssueStyle) -> Face:
    width, height = style.size
    sheet = blank_sheet(width, height, style.dpi, style.face, (248, 246, 240))
    unit = height / 297
    sheet.frame(18, 16, width - 18, height - 16, 0.6)
    sheet.centred(48 * unit, Run("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold=True), size_pt=18 * unit)
    sheet.centred(58 * unit, Run("Độc lập - Tự do - Hạnh phúc", bold=True), size_pt=17 * unit)
    sheet.centred(118 * unit, Run("SỔ CẤP GIẤY CHỨNG NHẬN", "title", bold=True), size_pt=36 * unit)
    sheet.centred(134 * unit, Run("QUYỀN SỬ DỤNG ĐẤT", bold=True), size_pt=32 * unit)
    y = 172 * unit
    for text, field in ((commune.province, None), (commune.district, None), (commune.name, "unit_name")):
        sheet.centred(y, Run(text[0].upper() + text[1:], field, bold=True), size_pt=18 * unit)
        y += 14 * unit
    sheet.centred(y + 12 * unit, f"Quyển số: {volume:02d}", size_pt=18 * unit)
    specimen_line(sheet, height - 7)
    return Face(sheet.image, sheet.dpi, tuple(sheet.marks), "cover")


def _page(style: IssueStyle, page: int, commune: Commune) -> tuple[Sheet, float, float]:
    """Draw an empty page and return it with the y where its rows begin and their height."""
    width, height = style.size
    sheet = blank_sheet(width, height, style.dpi, style.face)
    sheet.size_pt = style.size_pt
    specimen_line(sheet, height - 4)
    frame, top = ordered(style.frame, style.order), 24.0
    sheet.text(frame.lefts[-1], top - 4, f"Trang số: {page:02d}", size_pt=11, anchor="r")
    sheet.text(frame.lefts[0], top - 4, f"{commune.name}, {commune.district}", size_pt=11)
    head = top + 16
    body = head + (6 if style.numbers else 0)
    draw_heads(sheet, frame, top, head, [_HEADS[style.wording][column] for column in style.order])
    if style.numbers:
        draw_numbers(sheet, frame, body - 1.8, style.numbers)
    row = (height - 14 - body) / style.rows
    levels = [top, head, *(body + i * row for i in range(style.rows))]
    draw_grid(sheet, frame, sorted(set(levels)), body + style.rows * row)
    return sheet, body, row


def _row(
    rng: Generator, sheet: Sheet, y: float, height: float, count: int, title: Title, style: IssueStyle
) -> dict[str, Value]:
    lot, people = title.lots[0], title.holder.people
    titled = []
    for n, person in enumerate(people):
        own = "ông " if person.sex == "nam" else "bà "
        own = f"Hộ {own}" if title.holder.household else own.capitalize() if n == 0 else own
        titled.append((own if style.honorifics else "") + person.name)
    names = (" và " if style.honorifics else ", ").join(titled)
    cells = (
        (0, None, str(count)),
        (1, "owners", names),
        (2, "sheet_no", lot.sheet_no),
        (3, "parcel_no", lot.parcel_no),
        (4, "area_m2", number(lot.area_m2, 1)),
        (5, "serial", title.serial),
        (6, "register_no", title.register_no),
        (7, "issued_on", day_in_figures(title.issued_on)),
    )
    frame = ordered(style.frame, style.order)
    for column, name, text in cells:
        run = Run(text, name, face=style.filler)
        align: Align = "l" if column == 1 else "m"
        put(sheet, frame, style.order.index(column), y + between(rng, -0.2, 0.2), run, style.size_pt, align, height)
    if style.signed and chance(rng, 0.7):
        x0, x1 = frame.span(style.order.index(8))
        signature(sheet, rng, (x0 + x1) / 2 - 4, y)
    return {
        "owners": tuple(
            Owner(p.name, p.sex if style.honorifics else None, household=_household(title, style)) for p in people
        ),
        "sheet_no": lot.sheet_no,
        "parcel_no": lot.parcel_no,
        "area_m2": lot.area_m2,
        "serial": title.serial,
        "register_no": title.register_no,
        "issued_on": title.issued_on.isoformat(),
    }


def _household(title: Title, style: IssueStyle) -> bool | None:
    return title.holder.household if style.honorifics else None
