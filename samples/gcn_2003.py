"""The certificate of the 2003 form: red cover, blocks I to V, `H 00345` written over dots."""

from __future__ import annotations

from datetime import date, timedelta

from numpy.random import Generator

from samples.blank_form import Filled, fill
from samples.chance import between, chance, pick, whole
from samples.corner_table import corners_value, draw_corner_table, table_height, table_style
from samples.gazetteer import lower_first
from samples.ground import seal, signature
from samples.ground_old import HEIGHT_MM, WIDTH_MM, Cover, cover_sheet, inner_sheet
from samples.paper import Face, Paper, Said
from samples.past import Title
from samples.people import Person
from samples.phrases import origin_in_words, purposes_in_words, term_value, terms_in_words
from samples.plan import Window, draw_plan, north_arrow, scale_for
from samples.sheet import Run, Sheet
from samples.words import area_in_words, day_in_figures, day_in_words, number
from schemas.entries import LandUse, Owner, Ref, Value

_TITLE = ("GIẤY CHỨNG NHẬN", "QUYỀN SỬ DỤNG ĐẤT")
_WHO = ("I- Tên người sử dụng đất", "I - Tên người sử dụng đất", "I. Tên người sử dụng đất")
_WHAT = ("II- Thửa đất được quyền sử dụng", "II - Thửa đất được quyền sử dụng", "II. Thửa đất được quyền sử dụng")
_ASSETS = ("III- Tài sản gắn liền với đất", "III - Tài sản gắn liền với đất", "III. Tài sản gắn liền với đất")
_NOTES = ("IV- Ghi chú", "IV - Ghi chú", "IV. Ghi chú")
_PLAN = ("V- Sơ đồ thửa đất", "V - Sơ đồ thửa đất", "V. Sơ đồ thửa đất")
_CHANGES = "VI- Những thay đổi sau khi cấp giấy chứng nhận quyền sử dụng đất"
_REGISTER = ("Vào sổ cấp giấy CNQSDĐ", "Vào sổ cấp giấy CNQSDĐ", "Vào sổ cấp giấy chứng nhận QSDĐ")


def draw_gcn_2003(rng: Generator, title: Title, style: Filled, cover: Cover) -> Paper:
    """Draw cover, inner face, plan face and back of a certificate for one parcel."""
    lot = title.lots[0]
    slashed = chance(rng, 0.5)
    front = _cover(rng, title, style, cover)
    inside, inside_says = _inside(rng, title, style, slashed)
    plan, plan_says = _plan(rng, title, style)
    back = _back(rng, style)
    said = Said(
        {"owners": _owners(title, slashed), "serial": title.serial, **inside_says, **plan_says},
        {"unit_code": title.commune.code},
        parcel=lot.index,
        also=lot.also,
        slips=title.slips,
    )
    faces = tuple(
        Face(sheet.image, sheet.dpi, tuple(sheet.marks), name)
        for sheet, name in ((front, "1"), (inside, "2"), (plan, "3"), (back, "4"))
    )
    return Paper("gcn", "gcn_2003", "2003", faces, (said,), title.serial, title.commune.name)


def _cover(rng: Generator, title: Title, style: Filled, cover: Cover) -> Sheet:
    sheet, ink, black = cover_sheet(rng, style, cover)
    sheet.centred(30, Run("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold=True, ink=ink), size_pt=13)
    sheet.centred(37, Run("Độc lập - Tự do - Hạnh phúc", bold=True, ink=ink), size_pt=12.5)
    top = between(rng, 108, 132)
    sheet.centred(top, Run(_TITLE[0], bold=True, ink=ink), size_pt=28)
    sheet.centred(top + 13, Run(_TITLE[1], bold=True, ink=ink), size_pt=24)
    label = pick(rng, ("", "Số ", "Số: "))
    x, y = between(rng, 118, 132), between(rng, 236, 246)
    x = sheet.text(x, y, Run(label, bold=True, ink=black), size_pt=15) if label else x
    sheet.text(x, y, Run(title.serial, "serial", bold=True, ink=black), size_pt=between(rng, 14, 17))
    return sheet


def _person(style: Filled, title: Title, n: int, person: Person, slashed: bool) -> list[list[Run | str]]:
    household = "Hộ " if title.holder.household else ""
    own = "Ông" if person.sex == "nam" else "Bà"
    if n == 0:
        lead = f"{household}Ông(Bà): " if slashed else f"{household}{own.lower() if household else own}: "
    else:
        lead = "Vợ(Chồng): " if slashed else f"Vợ (chồng): {own.lower()} "
    name = person.name.upper() if style.capitals else person.name
    who: list[Run | str] = [lead, style.value("owners", name, bold=style.hand == "laser"), "   Năm sinh: "]
    paper: list[Run | str] = ["Số CMND: ", style.value("owners", person.cmnd)]
    issued = date(1979, 3, 2) + timedelta(days=(int(person.cmnd[-4:]) * 7) % 8800)
    paper += ["   Cấp ngày: ", style.value(None, day_in_figures(issued))]
    paper += ["   Nơi cấp: ", style.value(None, "CA Quảng Nam" if issued.year > 1996 else "CA QN-ĐN")]
    return [[*who, style.value("owners", str(person.birth_year))], paper]


def _owners(title: Title, slashed: bool) -> tuple[Owner, ...]:
    return tuple(
        Owner(
            *(p.name, None if slashed else p.sex, p.birth_year, "cmnd", p.cmnd),
            *(_home(title), title.holder.household),
        )
        for p in title.holder.people
    )


def _home(title: Title) -> str:
    return f"{lower_first(title.lots[0].hamlet)}, {title.commune.inside()}"


def _inside(rng: Generator, title: Title, style: Filled, slashed: bool) -> tuple[Sheet, dict[str, Value]]:
    sheet, lot = inner_sheet(rng, style), title.lots[0]
    sheet.entry = 0
    wide = WIDTH_MM - 2 * style.left_mm
    sheet.centred(20, Run(title.issuer.office, bold=True), size_pt=12)
    sheet.centred(28, Run("CHỨNG NHẬN", bold=True), size_pt=14)
    y = _head(sheet, 36, style, _WHO)
    for n, person in enumerate(title.holder.people):
        for line in _person(style, title, n, person, slashed):
            y = fill(sheet, y, style, line, wide, indent=4)
    y = fill(sheet, y, style, style.values("Địa chỉ (Nơi đăng ký hộ khẩu thường trú): ", "owners", _home(title)), wide)
    y = _head(sheet, y + 2, style, _WHAT)
    places = 1 if round(lot.area_m2 * 10) % 10 or chance(rng, 0.3) else 0
    square = pick(rng, ("m²", "m2"))
    gap = pick(rng, ("          ", "    ", "; "))
    y = fill(
        *(sheet, y, style),
        [
            *style.values("Thửa số: ", "parcel_no", lot.parcel_no),
            *style.values(f"{gap}Tờ bản đồ số: ", "sheet_no", lot.sheet_no),
        ],
        wide,
    )
    commune = lower_first(title.commune.name)
    before, _, after = f"{lot.hamlet}, {title.commune.inside()}".partition(commune)
    value = style.value
    where: list[Run | str] = [value("address", before), value("address unit_name", commune), value("address", after)]
    y = fill(sheet, y, style, ["Địa chỉ thửa đất: ", *where], wide)
    said = number(lot.area_m2, places)
    y = fill(sheet, y, style, ["Diện tích: ", value("area_m2", said), f" {square}"], wide)
    y = fill(
        sheet,
        y,
        style,
        ["Bằng chữ: ", value("area_words_m2", area_in_words(lot.area_m2 + title.words_off_m2, style.speech))],
        wide,
    )
    y = fill(sheet, y, style, ["Hình thức sử dụng:"], wide)
    own = title.own_m2
    shared = f"{number(title.shared_m2, places)} {square}" if title.shared_m2 else pick(rng, ("Không", "không", "0 m2"))
    private = f"{number(own, places)} {square}" if own else "Không"
    parts: list[Run | str] = [
        *("+ Sử dụng riêng: ", value("private_m2", private.removesuffix(f" {square}")), f" {square}" if own else ""),
    ]
    common: list[Run | str] = ["+ Sử dụng chung: ", value("shared_m2", shared.removesuffix(f" {square}"))]
    common += [f" {square}"] if title.shared_m2 else []
    if chance(rng, 0.5):
        y = fill(sheet, y, style, [*parts, "        ", *common], wide, indent=6)
    else:
        y = fill(sheet, fill(sheet, y, style, parts, wide, indent=6), style, common, wide, indent=6)
    several = len(lot.uses) > 1
    with_area = several or chance(rng, 0.2)
    words = purposes_in_words(lot.uses, with_area=with_area, places=places if not several else 1)
    y = fill(sheet, y, style, style.values("Mục đích sử dụng: ", "land_use", words.replace("m²", square)), wide)
    y = fill(sheet, y, style, style.values("Thời hạn sử dụng: ", "term", terms_in_words(lot.uses, lot.terms)), wide)
    origin = "; ".join(origin_in_words(code, short=chance(rng, 0.4)) for code in title.origins)
    y = fill(sheet, y, style, style.values("Nguồn gốc sử dụng: ", "origin", origin), wide)
    y = _head(sheet, y + 2, style, _ASSETS)
    y = fill(
        sheet, y, style, [style.value(None, pick(rng, ("Không", "-/-", "Chưa chứng nhận quyền sở hữu nhà")))], wide
    )
    y = _head(sheet, y + 2, style, _NOTES)
    values = _note(rng, sheet, y, title, style, wide)
    return sheet, values | {
        "parcel_no": lot.parcel_no,
        "sheet_no": lot.sheet_no,
        "address": f"{lot.hamlet}, {title.commune.inside()}",
        "unit_name": title.commune.name,
        "area_m2": lot.area_m2,
        "area_words_m2": lot.area_m2 + title.words_off_m2,
        "private_m2": own,
        "shared_m2": title.shared_m2,
        "land_use": lot.uses if with_area else (LandUse(lot.uses[0].code, None),),
        "term": term_value(lot.uses, lot.terms),
        "origin": title.origins,
    }


def _head(sheet: Sheet, y: float, style: Filled, wording: tuple[str, str, str]) -> float:
    return fill(sheet, y, style, [Run(wording[style.wording], bold=True)], 150)


def _note(rng: Generator, sheet: Sheet, y: float, title: Title, style: Filled, wide: float) -> dict[str, Value]:
    """Print block IV: often nothing, sometimes the parcel's numbers on the map before or a debt of land money."""
    lot, drawn = title.lots[0], rng.random()
    if lot.old and drawn < 0.35:
        sheet_no, parcel_no = lot.old
        note = f"Thửa đất cũ số {parcel_no}, tờ bản đồ cũ số {sheet_no}"
        runs: list[Run | str] = [
            style.value("change_note", "Thửa đất cũ số "),
            style.value("change_note old_parcel_no", parcel_no),
            style.value("change_note", ", tờ bản đồ cũ số "),
            style.value("change_note old_sheet_no", sheet_no),
        ]
        fill(sheet, y, style, runs, wide)
        return {"change_note": note, "old_sheet_no": sheet_no, "old_parcel_no": parcel_no}
    if drawn < 0.45:
        note = f"Nợ tiền sử dụng đất theo Quyết định số {title.decision}"
        line: list[Run | str] = [style.value("change_note", "Nợ tiền sử dụng đất theo Quyết định số ")]
        fill(sheet, y, style, [*line, style.value("change_note refs", title.decision)], wide)
        return {"change_note": note, "refs": (Ref("decision", title.decision),)}
    fill(sheet, y, style, [style.value(None, pick(rng, ("Không", "-/-", "", "Không có")))], wide)
    return {}


def _plan(rng: Generator, title: Title, style: Filled) -> tuple[Sheet, dict[str, Value]]:
    sheet, lot = inner_sheet(rng, style), title.lots[0]
    sheet.entry = 0
    values: dict[str, Value] = {"issued_on": title.issued_on.isoformat(), "issuer": title.issuer.office}
    _head(sheet, 20, style, _PLAN)
    corners, table = corners_value(lot.plot), table_style(rng, 0.8)
    shown = chance(rng, 0.25) and table_height(len(corners), table) < 70
    window = Window(22, 28, 146, 80 if shown else 120)
    scale = scale_for(lot.plot, window)
    kept, sheet.size_pt = sheet.size_pt, 9.5
    draw_plan(sheet, rng, lot.plot, window, scale, f"{lot.parcel_no}/{number(lot.area_m2, 1, trim=True)}")
    north_arrow(sheet, window.x + window.width - 8, 30, 14)
    y = window.y + window.height
    sheet.centred(y + 3, f"Tỷ lệ 1:{scale}", size_pt=10)
    if shown:
        draw_corner_table(sheet, 95 - sum(table.widths_mm) / 2, y + 7, corners, table)
        values["corners"] = corners
    sheet.size_pt = kept
    _signed(rng, sheet, title)
    letter, digits = title.register_no.split(" ")
    spelt = ".".join(digits)
    printed = pick(rng, (f"{letter} {digits}", f"{letter} {spelt}..", f"{letter}{digits}", f"{letter} {spelt}"))
    label = _REGISTER[style.wording]
    low = between(rng, 236, 246)
    if chance(rng, 0.6):
        sheet.text(style.left_mm - 4, low - 6, Run(label), size_pt=10.5)
        x = sheet.text(style.left_mm - 4, low, Run("Số: "), size_pt=10.5)
    else:
        x = sheet.text(style.left_mm - 4, low, Run(f"{label} Số: "), size_pt=9.6)
    sheet.text(x, low, style.value("register_no", printed), size_pt=11)
    return sheet, values | {"register_no": title.register_no}


def _signed(rng: Generator, sheet: Sheet, title: Title) -> None:
    middle, y = between(rng, 122, 134), between(rng, 186, 192)
    town = title.commune.town
    runs = [Run(f"{town}, ", italic=True)] if chance(rng, 0.6) else []
    when = day_in_words(title.issued_on)
    runs.append(Run(when if runs else when.capitalize(), "issued_on", italic=True))
    x = middle - sum(sheet.width(run) for run in runs) / 2
    for run in runs:
        x = sheet.text(x, y, run)
    first, *rest = title.issuer.lines
    size = 11.0
    while sheet.width(Run(first, bold=True), size) > 100:
        size -= 0.4
    x = middle - sheet.width(Run(first, bold=True), size) / 2
    x = sheet.text(x, y + 6, Run("TM. ", bold=True), size_pt=size)
    sheet.text(x, y + 6, Run(title.issuer.office, "issuer", bold=True), size_pt=size)
    for i, line in enumerate(rest):
        sheet.centred(y + 11.5 + 5.4 * i, Run(line, bold=True), size_pt=11, x=middle)
    foot = y + 11.5 + 5.4 * len(rest)
    signature(sheet, rng, middle + between(rng, -4, 8), foot + 10)
    seal(sheet, rng, middle - between(rng, 14, 22), foot + between(rng, 4, 10), title.issuer.office)
    sheet.centred(min(foot + between(rng, 24, 30), 246), Run(title.issuer.signatory, bold=True), x=middle)


def _back(rng: Generator, style: Filled) -> Sheet:
    sheet = inner_sheet(rng, style)
    sheet.paragraph(18, 20, 154, [Run(_CHANGES, bold=True)], size_pt=11.5)
    top, bottom = 27.0, 205.0
    lines = [18, between(rng, 44, 52), between(rng, 112, 122), 172]
    for x in lines:
        sheet.rule(x, top, x, bottom, 0.25)
    for y in (top, top + 12, bottom):
        sheet.rule(18, y, 172, y, 0.25)
    heads = ("Ngày, tháng, năm", "Nội dung thay đổi và cơ sở pháp lý", "Xác nhận của cơ quan có thẩm quyền")
    for i, text in enumerate(heads):
        x, wide = (lines[i] + lines[i + 1]) / 2, lines[i + 1] - lines[i] - 2
        size = 10.0
        while sheet.width(Run(text, bold=True), size) > wide:
            size -= 0.4
        sheet.centred(top + 7, Run(text, bold=True), size_pt=size, x=x)
    if whole(rng, 0, 1):
        notice = "Người sử dụng đất không được tự ý sửa chữa, tẩy xóa bất kỳ nội dung nào trong giấy chứng nhận."
        sheet.paragraph(18, HEIGHT_MM - 50, 154, [Run(notice, italic=True)], size_pt=10)
    return sheet
