"""The cadastral register (sổ địa chính) of TT 29/2004 and 09/2007: a page for each user, blocks I, II and III."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from numpy.random import Generator

from samples.chance import between, chance, whole
from samples.dia_chinh_book import HEIGHT_MM, WIDTH_MM, Leaf, RegisterStyle
from samples.gazetteer import bare, lower_first
from samples.ground import specimen_line
from samples.paper import Face, Paper, Said
from samples.past import Title
from samples.phrases import term_in_words, term_value
from samples.ruled import Grid, draw_grid, draw_numbers, grid, put
from samples.ruled import boxed as head_cell
from samples.sheet import PAGE_WIDE, Run, Sheet, blank_sheet, say, spread_marks
from samples.words import number
from schemas.entries import LandUse, Owner, Ref, Value

_HEADS = (
    *("Ngày tháng năm vào sổ", "Số thứ tự thửa đất", "Số thứ tự tờ bản đồ", "", ""),
    *("Mục đích sử dụng", "Thời hạn sử dụng", "Nguồn gốc sử dụng", "Số phát hành GCN QSDĐ", "Số vào sổ cấp GCN QSDĐ"),
)
_BLOCKS = {
    "dash": ("I - NGƯỜI SỬ DỤNG ĐẤT", "II - THỬA ĐẤT", "III - NHỮNG THAY ĐỔI TRONG QUÁ TRÌNH SỬ DỤNG ĐẤT VÀ GHI CHÚ"),
    "dot": ("I. NGƯỜI SỬ DỤNG ĐẤT", "II. THỬA ĐẤT", "III. NHỮNG THAY ĐỔI TRONG QUÁ TRÌNH SỬ DỤNG ĐẤT VÀ GHI CHÚ"),
}


def draw_dia_chinh(rng: Generator, pages: Sequence[Leaf], volume: int, style: RegisterStyle) -> Paper:
    """Draw the cover and the pages; one entry for each parcel row."""
    commune = pages[0].titles[0].commune
    faces = [_cover(commune.name, commune.district, volume, style)]
    said: list[Said] = []
    for leaf in pages:
        sheet = blank_sheet(WIDTH_MM, HEIGHT_MM, style.dpi, style.face)
        specimen_line(sheet, HEIGHT_MM - 5)
        first = len(said)
        said += _leaf(rng, sheet, leaf, first, style)
        marks = spread_marks(sheet.marks, range(first, len(said)))
        faces.append(Face(sheet.image, sheet.dpi, marks, "rows", str(leaf.number)))
    return Paper("so_dia_chinh", None, "2003", tuple(faces), tuple(said), f"So dia chinh {volume}", commune.name)


def _cover(commune: str, district: str, volume: int, style: RegisterStyle) -> Face:
    sheet = blank_sheet(WIDTH_MM, HEIGHT_MM, style.dpi, style.face, (246, 244, 236))
    sheet.frame(24, 22, WIDTH_MM - 24, HEIGHT_MM - 22, 0.6)
    sheet.centred(50, Run("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold=True), size_pt=18)
    sheet.centred(60, Run("Độc lập - Tự do - Hạnh phúc", bold=True), size_pt=17)
    sheet.centred(122, Run("SỔ ĐỊA CHÍNH", "title", bold=True), size_pt=42)
    y = 158.0
    for name, field in (("Tỉnh Quảng Nam", None), (district, None), (commune, "unit_name")):
        kind = name.removesuffix(bare(name)).strip()
        kind = kind or "Tỉnh"
        x = sheet.text(140, y, f"{kind.upper()}: ", size_pt=18)
        sheet.text(x + 2, y, Run(bare(name).removeprefix("Tỉnh "), field, bold=True), size_pt=18)
        y += 14
    sheet.centred(y + 14, f"Quyển số: {volume:02d}", size_pt=18)
    specimen_line(sheet, HEIGHT_MM - 9)
    return Face(sheet.image, sheet.dpi, tuple(sheet.marks), "cover")


def _leaf(rng: Generator, sheet: Sheet, leaf: Leaf, first: int, style: RegisterStyle) -> list[Said]:
    frame, left, right = style.frame, style.frame.lefts[0], style.frame.lefts[-1]
    sheet.size_pt = style.size_pt
    sheet.entry = PAGE_WIDE
    sheet.text(right, 17, f"Trang số: {leaf.number:02d}", size_pt=12, anchor="r")
    refs: list[Ref] = []
    if leaf.before is not None:
        x = sheet.text(left, 17, "(Tiếp theo trang số: ", size_pt=11)
        sheet.text(sheet.text(x, 17, say("refs", f"{leaf.before:02d}"), size_pt=11), 17, ")", size_pt=11)
        refs.append(Ref("page", str(leaf.before)))
    heads = _BLOCKS[style.blocks]
    sheet.text(left, 26, Run(heads[0], bold=True), size_pt=12)
    y, owners = _people(sheet, 33, leaf.titles[0], style)
    top = y + 7
    sheet.text(left, top - 2, Run(heads[1], bold=True), size_pt=12)
    middle, body = top + 8, top + 26
    _heads(sheet, style, top, middle, body)
    count = max(5, round((HEIGHT_MM - 72 - body) / style.row_mm))
    bottom = body + count * style.row_mm
    draw_grid(sheet, frame, (top, body - 6, body), bottom, {4: middle})
    if style.rules:
        for i in range(1, count):
            sheet.rule(left, body + i * style.row_mm, right, body + i * style.row_mm, 0.12)
    line = 0
    said: list[tuple[Title, dict[str, Value]]] = []
    for offset, title in enumerate(leaf.titles):
        sheet.entry = first + offset
        values, used = _rows(rng, sheet, body + line * style.row_mm, title, style)
        line += used
        said.append((title, values))
    notes = _changes(rng, sheet, bottom + 8, leaf, first, style)
    sheet.entry = PAGE_WIDE
    if leaf.after is not None:
        x = right - sheet.width(f"Chuyển tiếp trang số: {leaf.after:02d}", 11)
        x = sheet.text(x, HEIGHT_MM - 10, "Chuyển tiếp trang số: ", size_pt=11)
        sheet.text(x, HEIGHT_MM - 10, say("refs", f"{leaf.after:02d}"), size_pt=11)
        refs.append(Ref("page", str(leaf.after)))
    commune = leaf.titles[0].commune
    out = []
    for row, (title, values) in enumerate(said, 1):
        shared: dict[str, Value] = {"owners": owners, "unit_name": commune.name}
        shared |= {"refs": tuple(refs)} if refs else {}
        note = notes.get(first + row - 1, {})
        own = shared | values | note
        if refs or "refs" in note:
            told = note.get("refs")
            own["refs"] = (
                (*refs, *(ref for ref in told if isinstance(ref, Ref))) if isinstance(told, tuple) else tuple(refs)
            )
        code, lot = {"unit_code": commune.code}, title.lots[0]
        out.append(Said(own, code, row=row, parcel=lot.index, also=lot.also, slips=title.slips))
    return out


def _people(sheet: Sheet, y: float, title: Title, style: RegisterStyle) -> tuple[float, tuple[Owner, ...]]:
    holder, left = title.holder, style.frame.lefts[0] + 6
    address = f"{lower_first(title.lots[0].hamlet)}, {title.commune.inside()}"
    owners = []
    for n, person in enumerate(holder.people, 1):
        name = person.name.upper() if style.capitals else person.name
        own = "ông " if person.sex == "nam" else "bà "
        household = holder.household and n == 1
        lead = f"Hộ {own}" if household and style.honorifics else own.capitalize() if style.honorifics else ""
        x = sheet.text(left, y, f"{n}. Họ và tên: {lead}")
        x = sheet.text(x, y, Run(name, "owners", face=style.filler))
        x = sheet.text(x + 12, y, "Năm sinh: ")
        x = sheet.text(x, y, Run(str(person.birth_year), "owners", face=style.filler))
        x = sheet.text(x + 16, y, f"{n}.1. {style.id_label}: ")
        sheet.text(x, y, Run(person.cmnd, "owners", face=style.filler))
        y += style.size_pt * 0.55
        x = sheet.text(left, y, f"{n}.2. Địa chỉ: ")
        sheet.text(x, y, Run(address, "owners", face=style.filler))
        y += style.size_pt * 0.55
        told = holder.household if style.honorifics and n == 1 else None
        sex = person.sex if style.honorifics else None
        owners.append(Owner(person.name, sex, person.birth_year, "cmnd", person.cmnd, address, told))
    return y, tuple(owners)


def _heads(sheet: Sheet, style: RegisterStyle, top: float, middle: float, body: float) -> None:
    frame = style.frame
    for i, text in enumerate(_HEADS):
        if text:
            head_cell(sheet, *(frame.lefts[i], top, frame.lefts[i + 1], body - 6), text)
    head_cell(sheet, frame.lefts[3], top, frame.lefts[5], middle, "Diện tích sử dụng (m2)")
    for i, text in ((3, "Riêng"), (4, "Chung")):
        head_cell(sheet, frame.lefts[i], middle, frame.lefts[i + 1], body - 6, text)
    sheet.rule(frame.lefts[3], middle, frame.lefts[5], middle, frame.weight_mm)
    draw_numbers(sheet, frame, body - 1.8, style.number_row)


def _rows(rng: Generator, sheet: Sheet, top: float, title: Title, style: RegisterStyle) -> tuple[dict[str, Value], int]:
    """Print a parcel's row and the rows of its purposes under it; return what they say and how many they are."""
    lot, frame = title.lots[0], style.frame
    y = top + style.row_mm / 2
    several = len(lot.uses) > 1
    entered = title.issued_on + timedelta(days=whole(rng, 3, 60))
    register = title.register_no.split(" ")[1] if style.bare_register else title.register_no
    own = title.own_m2
    shared = number(title.shared_m2, 1) if title.shared_m2 else style.nothing
    whole_area = "area_m2" if title.shared_m2 else ""
    origin = "; ".join(title.origins)
    cells: list[tuple[int, str | None, str]] = [
        (0, None, f"{entered.day}/{entered.month}/{entered.year}"),
        (1, "parcel_no", lot.parcel_no),
        (2, "sheet_no", lot.sheet_no),
        (3, "private_m2 area_m2", number(own, 1)),
        (4, f"shared_m2 {whole_area}".strip() if shared else None, shared),
        (7, "origin", origin),
        (8, "serial", title.serial),
        (9, "register_no", register),
    ]
    if not several:
        cells += [(5, "land_use", lot.uses[0].code), (6, "term", term_in_words(lot.terms[0]))]
    for column, name, text in cells:
        _put(rng, sheet, frame, column, y, name, text, style)
    if several:
        for i, (use, term) in enumerate(zip(lot.uses, lot.terms, strict=True), 1):
            under = y + i * style.row_mm
            parts = (
                (3, "land_use", number(use.area_m2 or 0, 1)),
                (5, "land_use", use.code),
                (6, "term", term_in_words(term)),
            )
            for column, name, text in parts:
                _put(rng, sheet, frame, column, under, name, text, style)
    values: dict[str, Value] = {
        "parcel_no": lot.parcel_no,
        "sheet_no": lot.sheet_no,
        "area_m2": lot.area_m2,
        "private_m2": own,
        "land_use": lot.uses if several else (LandUse(lot.uses[0].code, None),),
        "term": term_value(lot.uses, lot.terms),
        "origin": title.origins,
        "serial": title.serial,
        "register_no": register,
    }
    if shared:
        values["shared_m2"] = title.shared_m2
    return values, 1 + (len(lot.uses) if several else 0)


def _put(
    rng: Generator, sheet: Sheet, frame: Grid, column: int, y: float, name: str | None, text: str, style: RegisterStyle
) -> None:
    run = Run(text, name, face=style.filler)
    put(sheet, frame, column, y + between(rng, -0.2, 0.2), run, style.size_pt, "m", style.row_mm)


def _changes(
    rng: Generator, sheet: Sheet, top: float, leaf: Leaf, first: int, style: RegisterStyle
) -> dict[int, dict[str, Value]]:
    """Draw block III and return the note of each entry that has one."""
    left, right = style.frame.lefts[0], style.frame.lefts[-1]
    sheet.text(left, top - 2, Run(_BLOCKS[style.blocks][2], bold=True), size_pt=12)
    frame = grid(left, right, (12, 16, 110), style.frame.weight_mm)
    bottom = max(top + 34, HEIGHT_MM - 16)
    heads = ("Số thứ tự thửa đất", "Ngày tháng năm", "Nội dung ghi chú hoặc biến động và căn cứ pháp lý")
    for i, text in enumerate(heads):
        head_cell(sheet, frame.lefts[i], top, frame.lefts[i + 1], top + 10, text)
    draw_grid(sheet, frame, (top, top + 10), bottom)
    y = top + 10 + style.row_mm / 2
    out: dict[int, dict[str, Value]] = {}
    for offset, title in enumerate(leaf.titles):
        if y > bottom - 3 or not (chance(rng, 0.4) or title.lots[0].became or title.buyer):
            continue
        sheet.entry = None
        lot = title.lots[0]
        put(sheet, frame, 0, y, Run(lot.parcel_no, face=style.filler), style.size_pt)
        when = title.issued_on + timedelta(days=whole(rng, 90, 2000))
        put(sheet, frame, 1, y, Run(_short(when), face=style.filler), style.size_pt)
        sheet.entry = first + offset
        note, values = _note(rng, title, when)
        named = "change_note refs" if "refs" in values else "change_note"
        put(sheet, frame, 2, y, Run(note, named, face=style.filler), style.size_pt, "l")
        out[first + offset] = {"change_note": note, **values}
        y += style.row_mm
    return out


def _short(when: date) -> str:
    return f"{when.day}/{when.month}/{when.year}"


def _note(rng: Generator, title: Title, when: date) -> tuple[str, dict[str, Value]]:
    lot = title.lots[0]
    if lot.became:
        named = " và ".join(f"thửa {number_}" for number_ in lot.became)
        made = "Tách thành" if len(lot.became) > 1 else "Hợp thửa, thành"
        refs = tuple(Ref("parcel", number_) for number_ in lot.became)
        return f"{made} {named}, hồ sơ số {whole(rng, 100, 999)}.TH.{whole(rng, 1, 9):03d}", {"refs": refs}
    if title.buyer:
        person = title.buyer.people[0]
        who = f"{'ông' if person.sex == 'nam' else 'bà'} {person.name}"
        return f"Chuyển nhượng cho {who}, hồ sơ số {whole(rng, 100, 999)}.CN.{whole(rng, 1, 9):03d}", {}
    if lot.old and chance(rng, 0.35):
        sheet_no, parcel_no = lot.old
        return (
            f"Thửa đất cũ số {parcel_no}, tờ bản đồ cũ số {sheet_no}",
            {"old_sheet_no": sheet_no, "old_parcel_no": parcel_no},
        )
    kind = whole(rng, 0, 2)
    if kind == 0:
        return f"Thế chấp bằng quyền sử dụng đất tại Ngân hàng Mẫu theo hợp đồng ngày {_short(when)}", {}
    if kind == 1:
        return f"Nhận chuyển nhượng, hồ sơ số {whole(rng, 100, 999)}.CN.{whole(rng, 1, 9):03d}", {}
    return "Xóa thế chấp", {}
