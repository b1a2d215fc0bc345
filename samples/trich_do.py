"""The survey extract: title, numbered items, plan and corner table on A4."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from numpy.random import Generator

from samples.chance import between, chance, pick, weighted, whole
from samples.corner_table import TableStyle, corners_value, draw_corner_table, table_height, table_style
from samples.estate import Estate, Extract
from samples.faults import extract_slips, faulty_corners
from samples.fonts import Face as TypeFace
from samples.gazetteer import lower_first
from samples.ground import seal, signature, specimen_line
from samples.land import Plot
from samples.paper import Face, Paper, Said
from samples.phrases import purposes_in_words
from samples.plan import Window, draw_plan, north_arrow, scale_for
from samples.sheet import Run, Sheet, blank_sheet, say
from samples.words import day_in_words, number
from schemas.entries import LandUse, Owner, Ref, Value

_WORDINGS = (
    ("1. Số thứ tự thửa đất: ", "2. Diện tích: ", "3. Mục đích sử dụng đất: ", "4. Tên người sử dụng đất: "),
    ("1. Số thứ tự thửa đất: ", "2. Diện tích: ", "3. Mục đích sử dụng: ", "4. Tên người sử dụng, quản lý đất: "),
    ("1. Thửa đất số: ", "2. Diện tích thửa đất: ", "3. Mục đích sử dụng đất: ", "4. Tên người sử dụng đất: "),
)


_CHANGES = "5. Các thay đổi của thửa đất so với giấy tờ pháp lý về quyền sử dụng đất: "


@dataclass(frozen=True, slots=True)
class Drafting:
    """How one survey office draws its extracts."""

    dpi: int
    face: TypeFace
    size_pt: float
    title: Literal["extract", "piece", "copy"]
    place: Literal["beside", "below", "second_page"]
    purpose: Literal["words", "code", "both"]
    capitals: bool
    leading: float
    wording: tuple[str, ...]
    table: TableStyle


def drafting(rng: Generator, dpi: int) -> Drafting:
    """Draw a survey office's way of drawing."""
    face = weighted(
        rng, (("FreeSerif", 0.55), ("FreeSans", 0.2), ("NotoSans", 0.1), ("NotoSerif", 0.08), ("DejaVuSans", 0.07))
    )
    wide = face in ("DejaVuSans", "NotoSans", "NotoSerif")
    return Drafting(
        dpi=dpi,
        face=TypeFace(face),
        size_pt=between(rng, 10.0, 11.2) if wide else between(rng, 11.2, 13.0),
        title=weighted(rng, (("extract", 0.6), ("piece", 0.25), ("copy", 0.15))),
        place=weighted(rng, (("beside", 0.35), ("below", 0.5), ("second_page", 0.15))),
        purpose=weighted(rng, (("words", 0.4), ("code", 0.3), ("both", 0.3))),
        capitals=chance(rng, 0.4),
        leading=between(rng, 1.2, 1.45),
        wording=pick(rng, _WORDINGS),
        table=table_style(rng),
    )


def extract_pages(plot: Plot, style: Drafting) -> int:
    """Return how many pages the extract of a plot takes: two where its table stands on a page of its own."""
    return 2 if _place(plot, style) == "second_page" else 1


def _place(plot: Plot, style: Drafting) -> Literal["beside", "below", "second_page"]:
    tall = table_height(len(plot.corners), style.table)
    return "second_page" if style.place == "below" and tall > 82 else style.place


def draw_trich_do(rng: Generator, estate: Estate, index: int, style: Drafting) -> Paper:
    """Draw an estate's survey extract on one or two pages; `index` is the estate's, for the truth."""
    extract = estate.extract
    if extract is None:
        raise ValueError("the estate has no extract")
    sheet = page(style)
    y = head(rng, sheet, estate, extract, style)
    y, values = items(sheet, y, estate, extract, style)
    corners = faulty_corners(corners_value(estate.plot), estate.fault)
    tall = table_height(len(corners), style.table)
    place = _place(estate.plot, style)
    faces = [sheet]
    if place == "second_page":
        window = Window(30, y + 2, 150, 226 - y)
        plan_in(rng, sheet, estate, window)
        faces.append(page(style))
        end = draw_corner_table(faces[1], 105 - sum(style.table.widths_mm) / 2, 28, corners, style.table)
        signed(rng, faces[1], end + 14, estate, extract)
    elif place == "below":
        window = Window(30, y + 2, 150, 228 - y - tall)
        plan_in(rng, sheet, estate, window)
        x = between(rng, 30, 180 - sum(style.table.widths_mm))
        draw_corner_table(sheet, x, 234 - tall, corners, style.table)
        signed(rng, sheet, 240, estate, extract)
    else:
        wide = sum(style.table.widths_mm)
        window = Window(22, y + 2, 164 - wide, 226 - y)
        plan_in(rng, sheet, estate, window)
        draw_corner_table(sheet, 190 - wide, y + between(rng, 4, 22), corners, style.table)
        signed(rng, sheet, 240, estate, extract)
    values["corners"] = corners
    values["issued_on"] = extract.signed_on.isoformat()
    drawn = tuple(Face(s.image, s.dpi, tuple(s.marks), str(i + 1)) for i, s in enumerate(faces))
    said = Said(values, {"unit_code": estate.commune.code}, parcel=index, slips=extract_slips(estate))
    stem = f"Trich do {estate.plot.sheet_no}-{estate.plot.parcel_no}"
    return Paper("trich_do", None, extract.era, drawn, (said,), stem, estate.commune.name)


def page(style: Drafting) -> Sheet:
    sheet = blank_sheet(210, 297, style.dpi, style.face, (253, 253, 251))
    sheet.size_pt, sheet.entry = style.size_pt, 0
    specimen_line(sheet, 292)
    return sheet


def head(rng: Generator, sheet: Sheet, estate: Estate, extract: Extract, style: Drafting) -> float:
    small = min(11.0, style.size_pt * 0.92)
    office = pick(
        rng,
        (
            ("SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG", "VĂN PHÒNG ĐĂNG KÝ ĐẤT ĐAI"),
            ("VĂN PHÒNG ĐĂNG KÝ ĐẤT ĐAI", f"CHI NHÁNH {estate.commune.town.upper()}"),
            (f"UBND {estate.commune.district.upper()}", "PHÒNG TÀI NGUYÊN VÀ MÔI TRƯỜNG"),
        ),
    )
    if chance(rng, 0.75):
        for i, line in enumerate(office):
            _fit(sheet, 58, 17 + 5 * i, Run(line, bold=i == 1), small, 76)
        for i, line in enumerate(("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")):
            _fit(sheet, 148, 17 + 5 * i, Run(line, bold=True), small, 84)
        sheet.rule(128, 24, 168, 24, 0.25)
        y = 38.0
    else:
        y = 24.0
    title = {
        "extract": "TRÍCH ĐO ĐỊA CHÍNH THỬA ĐẤT",
        "piece": f"MẢNH TRÍCH ĐO ĐỊA CHÍNH SỐ: {extract.number}",
        "copy": "TRÍCH LỤC BẢN ĐỒ ĐỊA CHÍNH",
    }[style.title]
    sheet.centred(y, Run(title, "title", bold=True), size_pt=style.size_pt * 1.25)
    if style.title != "piece" and chance(rng, 0.4):
        sheet.centred(y + 6, Run(f"Số: {whole(rng, 10, 999)}/TĐ", italic=True))
        y += 5
    return y + 9


def _fit(sheet: Sheet, x: float, y: float, run: Run, size: float, width: float) -> None:
    while sheet.width(run, size) > width:
        size -= 0.4
    sheet.text(x, y, run, size_pt=size, anchor="m")


def items(sheet: Sheet, y: float, estate: Estate, extract: Extract, style: Drafting) -> tuple[float, dict[str, Value]]:
    plot, commune = estate.plot, estate.commune
    purpose, uses = _purpose(estate, style)
    lone = estate.holder.people
    names = [p.name.upper() if style.capitals else p.name for p in lone]
    who: list[Run | str] = []
    for i, (p, name) in enumerate(zip(lone, names, strict=True)):
        title = "ông " if p.sex == "nam" else "bà "
        title = title.capitalize() if i == 0 and estate.holder.shape != "household" else title
        lead = "Hộ " if estate.holder.shape == "household" else " và " if i else ""
        who += [lead + title, say("owners", name)]
    who = who or [say("owners", estate.holder.name)]
    rest = f", {lower_first(commune.district)}, tỉnh Quảng Nam"
    hamlet = estate.hamlet if style.title == "piece" else lower_first(estate.hamlet)
    items: list[list[Run | str]] = [
        [
            *(style.wording[0], say("parcel_no", plot.parcel_no)),
            *("; Tờ bản đồ số: ", say("sheet_no", plot.sheet_no), "; "),
            *(
                say("address", f"{hamlet}, "),
                say("address unit_name", lower_first(commune.name)),
                say("address", f"{rest}"),
            ),
            ".",
        ],
        [style.wording[1], say("area_m2", number(plot.area_m2, 1)), " m²"],
        [style.wording[2], say("land_use", purpose)],
        [style.wording[3], *who],
        ["Địa chỉ thường trú: ", say("owners", estate.holder.address)],
    ]
    refs = tuple(Ref("parcel", f"{before.sheet_no}/{before.parcel_no}") for before in estate.came_of)
    named = "change_note refs" if refs else "change_note"
    items.append([_CHANGES, say(named, extract.change) if extract.change else extract.nothing])
    items.append(["6. Bản vẽ thửa đất:"])
    for line in items:
        y = sheet.paragraph(24, y, 164, line, leading=style.leading)
    home, household = estate.holder.address, estate.holder.household
    owners = tuple(Owner(p.name, p.sex, address=home, household=household) for p in lone)
    owners = owners or (Owner(estate.holder.name, address=home),)
    values: dict[str, Value] = {
        "parcel_no": plot.parcel_no,
        "sheet_no": plot.sheet_no,
        "address": f"{hamlet}, {lower_first(commune.name)}{rest}",
        "unit_name": commune.name,
        "area_m2": plot.area_m2,
        "land_use": uses,
        "owners": owners,
    }
    note: dict[str, Value] = {"change_note": extract.change} if extract.change else {}
    return y, values | note | ({"refs": refs} if refs and note else {})


def _purpose(estate: Estate, style: Drafting) -> tuple[str, tuple[LandUse, ...]]:
    codes = "+".join(use.code for use in estate.uses)
    bare = tuple(LandUse(use.code, None) for use in estate.uses)
    if style.purpose == "code":
        return codes, bare
    if len(estate.uses) > 1:
        return purposes_in_words(estate.uses, with_area=True, places=1), estate.uses
    words = purposes_in_words(estate.uses, with_area=False, places=1)
    return (f"{words} ({codes})" if style.purpose == "both" else words), bare


def plan_in(rng: Generator, sheet: Sheet, estate: Estate, window: Window) -> None:
    plot = estate.plot
    scale = scale_for(plot, window, 0.62)
    label = f"{plot.parcel_no}/{number(plot.area_m2, 1)}"
    draw_plan(sheet, rng, plot, window, scale, label)
    north_arrow(sheet, window.x + window.width - 6, window.y + 6, 14)
    text = Run(f"Tỷ lệ 1:{scale}", "scale")
    sheet.centred(window.y + window.height, text, size_pt=10.5, x=window.x + window.width / 2)


def signed(rng: Generator, sheet: Sheet, y: float, estate: Estate, extract: Extract) -> None:
    size = min(11.5, sheet.size_pt)
    runs = [Run("Quảng Nam, ", italic=True), Run(day_in_words(extract.signed_on), "issued_on", italic=True)]
    x = 146 - sum(sheet.width(run, size) for run in runs) / 2
    for run in runs:
        x = sheet.text(x, y, run, size_pt=size)
    left, right = pick(
        rng, (("Người trích đo", "GIÁM ĐỐC"), ("NGƯỜI ĐO VẼ", "THỦ TRƯỞNG ĐƠN VỊ"), ("Người kiểm tra", "KT. GIÁM ĐỐC"))
    )
    sheet.text(60, y + 6, Run(left, bold=True), size_pt=size, anchor="m")
    sheet.text(146, y + 6, Run(right, bold=True), size_pt=size, anchor="m")
    signature(sheet, rng, 60, y + 17)
    signature(sheet, rng, 148, y + 17)
    sheet.text(60, y + 30, pick(rng, ("Nguyễn Văn Mẫu", "Lê Thị Mẫu")), size_pt=size, anchor="m")
    sheet.text(146, y + 30, pick(rng, ("Trần Đình Mẫu", "Phạm Văn Mẫu")), size_pt=size, anchor="m")
    seal(sheet, rng, 130, y + 15, f"CHI NHÁNH {estate.commune.district}")
