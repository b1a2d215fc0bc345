"""The certificate of 2024: one A4 sheet of two pages, a QR code top right, the serial of 2 + 8 lower left."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from numpy.random import Generator

from samples.chance import between, chance, digits, pick, weighted, whole
from samples.corner_table import corners_value, draw_corner_table, table_height, table_style
from samples.fonts import Face as TypeFace
from samples.gazetteer import lower_first
from samples.ground import RED, certificate_frame, pink_ground, seal, signature, specimen_line
from samples.paper import Face, Paper, Said
from samples.past import Title
from samples.phrases import PURPOSES, term_in_words, term_value
from samples.plan import Window, draw_plan, north_arrow, scale_for
from samples.qr import draw_qr
from samples.sheet import Run, Sheet, blank_sheet, say
from samples.words import day_in_words, number
from schemas.entries import LandUse, Owner, Ref, Value

_NAMES = PURPOSES | {"HNK": "Đất trồng cây hằng năm khác", "LUC": "Đất chuyên trồng lúa"}
_WHO = "1. Người sử dụng đất, chủ sở hữu tài sản gắn liền với đất:"
_CHANGES = "6. Những thay đổi sau khi cấp Giấy chứng nhận:"


@dataclass(frozen=True, slots=True)
class SheetStyle:
    """How one office prints the sheet."""

    dpi: int
    blank: TypeFace
    filler: TypeFace
    size_pt: float
    leading: float
    left_mm: float
    label: Literal["CC", "CCCD"]
    capitals: bool
    parts: Literal["words", "areas"]
    coded: bool
    square: Literal["m²", "m2"]
    bold_values: bool
    semicolon: bool
    ground: bool


def sheet_style(rng: Generator, dpi: int) -> SheetStyle:
    """Draw an office's way of printing."""
    blank = TypeFace(weighted(rng, (("FreeSerif", 0.7), ("NotoSerif", 0.15), ("FreeSans", 0.15))))
    filler = TypeFace(
        weighted(rng, (("FreeSerif", 0.6), ("FreeSans", 0.2), ("NotoSerif", 0.12), ("DejaVuSerif", 0.08)))
    )
    wide = "NotoSerif" in (blank.family, filler.family) or filler.family == "DejaVuSerif"
    return SheetStyle(
        dpi=dpi,
        blank=blank,
        filler=filler,
        size_pt=between(rng, 10.8, 11.8) if wide else between(rng, 12.0, 13.5),
        leading=between(rng, 1.3, 1.6),
        left_mm=between(rng, 22, 28),
        label=pick(rng, ("CC", "CCCD")),
        capitals=chance(rng, 0.5),
        parts=weighted(rng, (("words", 0.55), ("areas", 0.45))),
        coded=chance(rng, 0.75),
        square=weighted(rng, (("m²", 0.8), ("m2", 0.2))),
        bold_values=chance(rng, 0.25),
        semicolon=chance(rng, 0.7),
        ground=chance(rng, 0.85),
    )


def draw_gcn_2024(rng: Generator, title: Title, style: SheetStyle) -> Paper:
    """Draw both pages of a certificate for one parcel."""
    lot = title.lots[0]
    front, first = _front(rng, title, style)
    back, second = _back(rng, title, style)
    faces = tuple(Face(sheet.image, sheet.dpi, tuple(sheet.marks), name) for sheet, name in ((front, "1"), (back, "2")))
    said = Said(
        *(first | second, {"unit_code": title.unit_code}),
        parcel=lot.index,
        slips=title.slips,
        doubtful=title.merged is not None and not title.told,
    )
    return Paper("gcn", "gcn_2024", "2024", faces, (said,), title.serial, title.commune.name)


def _page(rng: Generator, style: SheetStyle) -> Sheet:
    sheet = blank_sheet(210, 297, style.dpi, style.blank, (253, 244, 246))
    sheet.size_pt, sheet.entry = style.size_pt, 0
    if style.ground:
        pink_ground(sheet, rng)
    certificate_frame(sheet, rng)
    specimen_line(sheet, 293, (140, 50, 66))
    return sheet


def _value(style: SheetStyle, name: str | None, text: str) -> Run:
    return Run(text, name, style.bold_values, face=style.filler)


def _front(rng: Generator, title: Title, style: SheetStyle) -> tuple[Sheet, dict[str, Value]]:
    sheet, lot = _page(rng, style), title.lots[0]
    left, wide = style.left_mm, 210 - style.left_mm - 20
    code = f"MAU;{title.serial};{title.commune.code};{lot.sheet_no};{lot.parcel_no}"
    draw_qr(sheet, between(rng, 172, 178), between(rng, 14, 18), 20, code)
    sheet.centred(24, Run("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold=True), size_pt=13, x=98)
    sheet.centred(31, Run("Độc lập - Tự do - Hạnh phúc", bold=True), size_pt=13, x=98)
    sheet.rule(74, 33, 122, 33, 0.25)
    top = between(rng, 54, 66)
    sheet.centred(top, Run("GIẤY CHỨNG NHẬN", bold=True, ink=RED), size_pt=24)
    words = "QUYỀN SỬ DỤNG ĐẤT, QUYỀN SỞ HỮU TÀI SẢN GẮN LIỀN VỚI ĐẤT"
    size = 14.0
    while sheet.width(Run(words, bold=True), size) > 172:
        size -= 0.4
    sheet.centred(top + 10, Run(words, bold=True, ink=RED), size_pt=size)

    def line(y: float, runs: list[Run | str], indent: float = 4) -> float:
        return sheet.paragraph(left, y, wide, runs, leading=style.leading, indent=indent)

    y = line(top + 24, [Run(_WHO, bold=True)], 0)
    for i, person in enumerate(title.holder.people):
        lead = "Và vợ: " if i else "Ông: " if person.sex == "nam" else "Bà: "
        name = person.name.upper() if style.capitals else person.name
        y = line(y, [lead, _value(style, "owners", name), f", {style.label}: ", _value(style, "owners", person.cccd)])
    y = line(y + 2, [Run("2. Thông tin thửa đất:", bold=True)], 0)
    gap = "; " if style.semicolon else "          "
    y = line(
        y,
        [
            *("a. Thửa đất số: ", _value(style, "parcel_no", lot.parcel_no)),
            *(f"{gap}tờ bản đồ số: ", _value(style, "sheet_no", lot.sheet_no)),
        ],
    )
    y = line(y, ["b. Diện tích: ", _value(style, "area_m2", number(lot.area_m2, 1)), f" {style.square}"])
    uses_words, uses = _purposes(title, style)
    y = line(y, ["c. Loại đất: ", _value(style, "land_use", uses_words)])
    y = line(y, ["d. Thời hạn sử dụng đất: ", _value(style, "term", _terms(title, style))])
    y, parts = _shares(sheet, y, title, style, wide)
    commune = lower_first(title.printed_commune.name)
    address = f"{lot.hamlet}, {title.printed_commune.inside()}"
    before, _, after = address.partition(commune)
    named = _value(style, "address unit_name", commune)
    y = line(y, ["e. Địa chỉ: ", _value(style, "address", before), named, _value(style, "address", after)])
    y = line(y + 2, [Run("3. Thông tin tài sản gắn liền với đất: ", bold=True), _value(style, None, "-/-")], 0)
    _signed(rng, sheet, max(y + 10, between(rng, 206, 216)), title)
    sheet.text(left, 276, Run("Thông tin chi tiết được thể hiện tại mã QR", italic=True), size_pt=10)
    serial = Run(title.serial, "serial", bold=True, ink=pick(rng, (RED, (40, 30, 34))))
    sheet.text(left, between(rng, 282, 285), serial, size_pt=between(rng, 13, 16))
    values: dict[str, Value] = {
        "owners": tuple(
            Owner(p.name, p.sex, id_kind="cc" if style.label == "CC" else "cccd", id_no=p.cccd)
            for p in title.holder.people
        ),
        "serial": title.serial,
        "parcel_no": lot.parcel_no,
        "sheet_no": lot.sheet_no,
        "area_m2": lot.area_m2,
        "land_use": uses,
        "term": term_value(lot.uses, lot.terms),
        "address": address,
        "unit_name": title.printed_commune.name,
        "issued_on": title.issued_on.isoformat(),
        "issuer": title.issuer.office,
    }
    return sheet, values | parts


def _purposes(title: Title, style: SheetStyle) -> tuple[str, tuple[LandUse, ...]]:
    uses = title.lots[0].uses
    names = [f"{_NAMES[u.code]} ({u.code})" if style.coded else _NAMES[u.code] for u in uses]
    if len(uses) == 1:
        return names[0], (LandUse(uses[0].code, None),)
    told = (f"{name}: {number(u.area_m2 or 0.0, 1)} {style.square}" for name, u in zip(names, uses, strict=True))
    return "; ".join(told), uses


def _terms(title: Title, style: SheetStyle) -> str:
    lot = title.lots[0]
    if len(lot.uses) == 1:
        return term_in_words(lot.terms[0])
    names = [f"{_NAMES[u.code]} ({u.code})" if style.coded else _NAMES[u.code] for u in lot.uses]
    return "; ".join(f"{name}: {term_in_words(term)}" for name, term in zip(names, lot.terms, strict=True))


def _shares(sheet: Sheet, y: float, title: Title, style: SheetStyle, wide: float) -> tuple[float, dict[str, Value]]:
    """Print the form of use: in words alone, or with the areas."""
    shared = title.shared_m2
    runs: list[Run | str] = ["đ. Hình thức sử dụng: "]
    values: dict[str, Value] = {}
    if style.parts == "words" and not shared and not title.own_off_m2:
        runs.append(_value(style, None, "Sử dụng riêng"))
    else:
        own = title.own_m2
        runs += ["Sử dụng riêng: ", _value(style, "private_m2", number(own, 1)), f" {style.square}; Sử dụng chung: "]
        runs += [_value(style, "shared_m2", number(shared, 1) if shared else "Không")]
        runs += [f" {style.square}"] if shared else []
        values = {"private_m2": own, "shared_m2": shared}
    return sheet.paragraph(style.left_mm, y, wide, runs, leading=style.leading, indent=4), values


def _signed(rng: Generator, sheet: Sheet, y: float, title: Title) -> None:
    middle = between(rng, 136, 144)
    place = pick(rng, (title.commune.town, "Quảng Nam")) if title.merged is None else "Đà Nẵng"
    runs = [Run(f"{place}, ", italic=True), Run(day_in_words(title.issued_on), "issued_on", italic=True)]
    x = middle - sum(sheet.width(run) for run in runs) / 2
    for run in runs:
        x = sheet.text(x, y, run)
    for i, line in enumerate(title.issuer.lines):
        lead = "TM. " if line.startswith("TM. ") else ""
        parts = [Run(lead, bold=True), Run(line.removeprefix(lead), "issuer" if i == 0 else None, bold=True)]
        size = sheet.size_pt * 0.92
        while sum(sheet.width(part, size) for part in parts) > 112:
            size -= 0.4
        x = middle - sum(sheet.width(part, size) for part in parts) / 2
        for part in parts:
            x = sheet.text(x, y + 6.4 + 5.6 * i, part, size_pt=size)
    foot = y + 6.4 + 5.6 * (len(title.issuer.lines) - 1)
    signature(sheet, rng, middle + between(rng, -4, 8), foot + 11)
    seal(sheet, rng, middle - between(rng, 14, 22), foot + between(rng, 4, 10), title.issuer.office)
    sheet.centred(min(foot + between(rng, 24, 30), 285), Run(title.issuer.signatory, bold=True), x=middle)


def _back(rng: Generator, title: Title, style: SheetStyle) -> tuple[Sheet, dict[str, Value]]:
    sheet, lot = _page(rng, style), title.lots[0]
    values: dict[str, Value] = {}
    sheet.paragraph(style.left_mm, 22, 170, [Run("4. Sơ đồ thửa đất, tài sản gắn liền với đất:", bold=True)])
    corners, table = corners_value(lot.plot), table_style(rng, 0.85)
    shown = chance(rng, 0.65) and table_height(len(corners), table) < 105
    beside = shown and chance(rng, 0.5)
    window = Window(24, 28, 162 - (sum(table.widths_mm) + 4 if beside else 0), 100 if beside or not shown else 62)
    kept, sheet.size_pt = sheet.size_pt, 9.5
    scale = scale_for(lot.plot, window)
    draw_plan(sheet, rng, lot.plot, window, scale, f"{lot.parcel_no}/{number(lot.area_m2, 1)}")
    north_arrow(sheet, window.x + window.width - 8, 30, 13)
    y = window.y + window.height + 4
    sheet.centred(y, f"Tỷ lệ 1:{scale}", size_pt=10, x=window.x + window.width / 2)
    if shown:
        x = 188 - sum(table.widths_mm) if beside else 105 - sum(table.widths_mm) / 2
        end = draw_corner_table(sheet, x, between(rng, 30, 36) if beside else y + 3, corners, table)
        y = max(y, end)
        values["corners"] = corners
    sheet.size_pt = kept
    y, note = _note(rng, sheet, max(y + 10, 148), title, style)
    sheet.paragraph(style.left_mm, y + 3, 170, [Run(_CHANGES, bold=True)])
    top, middle, bottom = y + 7, between(rng, 108, 120), 264.0
    sheet.frame(style.left_mm, top, 188, bottom, 0.25)
    sheet.rule(middle, top, middle, bottom, 0.25)
    sheet.rule(style.left_mm, top + 9, 188, top + 9, 0.25)
    heads = ("Nội dung thay đổi và cơ sở pháp lý", "Xác nhận của cơ quan có thẩm quyền")
    for text, x in zip(heads, ((style.left_mm + middle) / 2, (middle + 188) / 2), strict=True):
        size = 10.5
        while sheet.width(Run(text, bold=True), size) > 68:
            size -= 0.3
        sheet.centred(top + 6, Run(text, bold=True), size_pt=size, x=x)
    letters, figures = title.register_no.split(" ")
    printed = pick(rng, (title.register_no, title.register_no, letters + figures))
    x = sheet.text(style.left_mm, 274, "Số vào sổ cấp Giấy chứng nhận: ", size_pt=style.size_pt * 0.95)
    sheet.text(x, 274, _value(style, "register_no", printed), size_pt=style.size_pt * 0.95)
    if chance(rng, 0.5):
        sheet.text(style.left_mm, 281, f"Mã Giấy chứng nhận: {digits(rng, 12)}", size_pt=style.size_pt * 0.9)
    return sheet, values | note | {"register_no": title.register_no}


def _note(rng: Generator, sheet: Sheet, y: float, title: Title, style: SheetStyle) -> tuple[float, dict[str, Value]]:
    runs: list[Run | str] = [Run("5. Ghi chú: ", bold=True)]
    values: dict[str, Value] = {}
    if title.parent:
        runs += [f"Cấp đổi từ Giấy chứng nhận số {'seri ' if whole(rng, 0, 3) == 0 else ''}"]
        runs += [say("refs", title.parent), "."]
        values["refs"] = (Ref("serial", title.parent),)
    elif title.lots[0].came_of:
        sheet_no, numbers = title.lots[0].sheet_no, title.lots[0].came_of
        runs.append("Tách từ " if len(numbers) == 1 else "Hợp ")
        for i, number_ in enumerate(numbers):
            runs += [" và " if i else "", say("refs", f"thửa số {number_}, tờ bản đồ số {sheet_no}")]
        runs.append(".")
        values["refs"] = tuple(Ref("parcel", f"{sheet_no}/{number_}") for number_ in numbers)
    else:
        runs.append(pick(rng, ("Không", "-/-", "")))
    return sheet.paragraph(style.left_mm, y, 162, runs, leading=style.leading), values
