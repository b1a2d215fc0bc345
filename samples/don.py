"""The application (đơn đăng ký): of the years 1993 to 2009 with certificate labels or a list, and Mẫu 04a/ĐK."""

from __future__ import annotations

from datetime import date, timedelta

from numpy.random import Generator

from samples.blank_form import Filled, fill
from samples.chance import between, chance, pick, whole
from samples.gazetteer import lower_first
from samples.ground import signature, specimen_line
from samples.paper import Face, Paper, Said
from samples.past import Lot, Title
from samples.phrases import PURPOSES, origin_in_words, term_in_words, term_value, terms_in_words
from samples.ruled import Grid, draw_grid, draw_heads, grid, put
from samples.sheet import Run, Sheet, blank_sheet
from samples.words import day_in_words, number
from schemas.documents import Era
from schemas.entries import LandUse, Owner, Ref, Value

_OLD_TITLE = "ĐƠN ĐĂNG KÝ QUYỀN SỬ DỤNG ĐẤT"
_NEW_TITLE = (
    "ĐƠN ĐĂNG KÝ, CẤP GIẤY CHỨNG NHẬN QUYỀN SỬ DỤNG ĐẤT,",
    "QUYỀN SỞ HỮU NHÀ Ở VÀ TÀI SẢN KHÁC GẮN LIỀN VỚI ĐẤT",
)
_HEADS = ("Số tờ bản đồ", "Số thửa", "Diện tích (m2)", "Mục đích sử dụng", "Thời hạn sử dụng", "Nguồn gốc")


def _sheet(style: Filled) -> Sheet:
    sheet = blank_sheet(210, 297, style.dpi, style.blank, (253, 252, 246))
    sheet.size_pt = style.size_pt
    specimen_line(sheet, 292)
    sheet.centred(20, Run("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold=True), size_pt=13)
    sheet.centred(26.5, Run("Độc lập - Tự do - Hạnh phúc", bold=True), size_pt=12.5)
    sheet.rule(80, 28.5, 130, 28.5, 0.25)
    return sheet


def _person(title: Title, style: Filled, n: int) -> list[Run | str]:
    person = title.holder.people[n]
    own = "Ông" if person.sex == "nam" else "Bà"
    lead = f"Hộ {own.lower()}: " if title.holder.household else f"{own}: " if n == 0 else f"và {own.lower()}: "
    name = person.name.upper() if style.capitals else person.name
    year = style.value("owners", str(person.birth_year))
    kind, figures = person.id_on(_applied(title))
    label = "   Số CCCD: " if kind == "cccd" else "   Số CMND: "
    return [lead, style.value("owners", name), "   Năm sinh: ", year, label, style.value("owners", figures)]


def _owners(title: Title) -> tuple[Owner, ...]:
    when, home = _applied(title), _home(title)
    return tuple(
        Owner(p.name, p.sex, p.birth_year, *p.id_on(when), address=home, household=title.holder.household)
        for p in title.holder.people
    )


def _home(title: Title) -> str:
    return f"{lower_first(title.lots[0].hamlet)}, {title.commune.inside()}"


def draw_old_don(rng: Generator, title: Title, style: Filled) -> Paper:
    """Draw the application of 1993: the family's parcels in a table; one entry for each row."""
    sheet = _sheet(style)
    wide = 210 - style.left_mm - 18
    sheet.centred(42, Run(_OLD_TITLE, "title", bold=True), size_pt=15)
    sheet.centred(50, Run(f"Kính gửi: Ủy ban nhân dân {lower_first(title.commune.name)}", italic=True))
    y = 60.0
    for n in range(len(title.holder.people)):
        y = fill(sheet, y, style, _person(title, style, n), wide)
    y = fill(sheet, y, style, style.values("Địa chỉ thường trú: ", "owners", _home(title)), wide)
    place: list[Run | str] = [
        *("Xin đăng ký quyền sử dụng các thửa đất tại ", style.value("address unit_name", _commune(title))),
        style.value("address", f", {lower_first(title.commune.district)}, {title.commune.province}"),
        " như sau:",
    ]
    y = fill(sheet, y, style, place, wide)
    frame = grid(style.left_mm, 192, (14, 14, 20, 32, 34, 34))
    row, head = between(rng, 7.0, 8.4), y + 12
    count = max(6, len(title.lots) + 1)
    draw_heads(sheet, frame, y - 2, head, _HEADS)
    draw_grid(sheet, frame, (y - 2, *(head + i * row for i in range(count))), head + count * row)
    said = []
    for i, lot in enumerate(title.lots):
        sheet.entry = i
        values = _old_row(sheet, frame, head + (i + 0.5) * row, lot, style)
        shared: dict[str, Value] = {
            "owners": _owners(title),
            "unit_name": title.commune.name,
            "address": title.commune.inside(),
            "issued_on": _applied(title).isoformat(),
        }
        code = {"unit_code": title.commune.code}
        said.append(Said(shared | values, code, row=i + 1, parcel=lot.index, series=lot.series, also=lot.also))
    sheet.entry = None
    total = sum(lot.area_m2 for lot in title.lots)
    y = head + count * row + 8
    y = fill(sheet, y, style, ["Tổng diện tích: ", style.value(None, number(total, 0)), " m2."], wide)
    y = fill(sheet, y, style, ["Tôi xin cam đoan nội dung kê khai trên đơn là đúng sự thật."], wide)
    _dated(rng, sheet, y + 6, title, style)
    face = Face(sheet.image, sheet.dpi, tuple(sheet.marks), "1")
    return Paper(
        "don_dang_ky", None, "1993", (face,), tuple(said), f"Don {title.lots[0].parcel_no}", title.commune.name
    )


def _commune(title: Title) -> str:
    return lower_first(title.commune.name)


def _applied(title: Title) -> date:
    """Return the day of the application: weeks before the certificate, of the newest in the year before theirs."""
    weeks = 28 if title.issued_on.year >= 2025 else 3
    return title.issued_on - timedelta(days=7 * (weeks + title.lots[0].index % 12))


def _old_row(sheet: Sheet, frame: Grid, y: float, lot: Lot, style: Filled) -> dict[str, Value]:
    cells = (
        (0, "sheet_no", lot.sheet_no),
        (1, "parcel_no", lot.parcel_no),
        (2, "area_m2", number(lot.area_m2, 0)),
        (3, "land_use", lot.code),
        (4, "term", term_in_words(lot.terms[0])),
    )
    for column, name, text in cells:
        run = Run(text, name, ink=style.ink, face=style.filler, lift_mm=style.lift_mm)
        put(sheet, frame, column, y, run, style.size_pt)
    return {
        "sheet_no": lot.sheet_no,
        "parcel_no": lot.parcel_no,
        "area_m2": lot.area_m2,
        "land_use": lot.uses,
        "term": lot.terms[0],
    }


def draw_new_don(rng: Generator, title: Title, style: Filled) -> Paper:
    """Draw the application of one parcel: certificate labels of 2003, or the numbered items of Mẫu 04a/ĐK."""
    numbered = title.issued_on.year >= 2025
    sheet, lot = _sheet(style), title.lots[0]
    sheet.entry = 0
    wide = 210 - style.left_mm - 18
    if numbered:
        sheet.text(192, 12, Run("Mẫu số 04a/ĐK", bold=True), size_pt=10, anchor="r")
        for i, text in enumerate(_NEW_TITLE):
            sheet.centred(42 + 6 * i, Run(text, "title" if i == 0 else None, bold=True), size_pt=11.5)
        office = f"Kính gửi: Chi nhánh Văn phòng đăng ký đất đai {title.commune.town}"
    else:
        sheet.centred(44, Run(_OLD_TITLE, "title", bold=True), size_pt=15)
        office = f"Kính gửi: Ủy ban nhân dân {lower_first(title.commune.district)}"
    sheet.centred(56, Run(office, italic=True))
    y = fill(sheet, 66, style, [Run("1. Người sử dụng đất:" if numbered else "I- Người sử dụng đất", bold=True)], wide)
    for n in range(len(title.holder.people)):
        lead: list[Run | str] = [f"1.{n + 1}. Tên: "] if numbered else []
        y = fill(sheet, y, style, [*lead, *_person(title, style, n)], wide, indent=4)
    y = fill(sheet, y, style, style.values("Địa chỉ thường trú: ", "owners", _home(title)), wide, indent=4)
    y = fill(sheet, y + 2, style, [Run(_what(numbered), bold=True)], wide)
    for line in _items(title, lot, style, numbered):
        y = fill(sheet, y, style, line, wide, indent=4)
    note, values = _bridge(rng, lot, style)
    if note:
        y = fill(sheet, y, style, note, wide, indent=4)
    y = fill(sheet, y + 2, style, ["Tôi cam đoan nội dung kê khai trên đơn là đúng sự thật."], wide)
    _dated(rng, sheet, y + 6, title, style)
    shared = title.shared_m2
    values |= {
        "owners": _owners(title),
        "parcel_no": lot.parcel_no,
        "sheet_no": lot.sheet_no,
        "address": f"{lot.hamlet}, {title.commune.inside()}",
        "unit_name": title.commune.name,
        "area_m2": lot.area_m2,
        "private_m2": title.own_m2,
        "shared_m2": shared,
        "land_use": lot.uses if len(lot.uses) > 1 else (LandUse(lot.uses[0].code, None),),
        "term": term_value(lot.uses, lot.terms),
        "issued_on": _applied(title).isoformat(),
    }
    if title.origins:
        values["origin"] = title.origins
    face = Face(sheet.image, sheet.dpi, tuple(sheet.marks), "1")
    said = Said(values, {"unit_code": title.commune.code}, parcel=lot.index, also=lot.also, slips=title.slips)
    era: Era = "2013" if numbered else "2003"
    return Paper("don_dang_ky", None, era, (face,), (said,), f"Don {lot.sheet_no}-{lot.parcel_no}", title.commune.name)


def _what(numbered: bool) -> str:
    return "3. Thửa đất đăng ký:" if numbered else "II- Thửa đất xin đăng ký quyền sử dụng"


def _items(title: Title, lot: Lot, style: Filled, numbered: bool) -> list[list[Run | str]]:
    value = style.value
    address = f"{lot.hamlet}, {title.commune.inside()}"
    before, _, after = address.partition(_commune(title))
    where: list[Run | str] = [
        *(value("address", before), value("address unit_name", _commune(title)), value("address", after)),
    ]
    own, shared = title.own_m2, title.shared_m2
    common = number(shared, 1) if shared else "0"
    uses = "; ".join(
        f"{PURPOSES[u.code]}: {number(u.area_m2 or 0, 1)} m2" if len(lot.uses) > 1 else PURPOSES[u.code]
        for u in lot.uses
    )
    origin = "; ".join(origin_in_words(code, short=False) for code in title.origins)
    area: list[Run | str] = ["Diện tích: ", value("area_m2", number(lot.area_m2, 1)), " m2; sử dụng chung: "]
    area += [value("shared_m2", common), " m2; sử dụng riêng: ", value("private_m2", number(own, 1)), " m2"]
    marks = [f"3.{i}. " if numbered else "" for i in range(1, 8)]
    numbers: list[Run | str] = [f"{marks[0]}Thửa đất số: ", value("parcel_no", lot.parcel_no)]
    numbers += [f"   {marks[1]}Tờ bản đồ số: ", value("sheet_no", lot.sheet_no)]
    out: list[list[Run | str]] = [
        numbers,
        [f"{marks[2]}Địa chỉ tại: ", *where],
        [marks[3], *area],
        [f"{marks[4]}Sử dụng vào mục đích: ", value("land_use", uses)],
        [f"{marks[5]}Thời hạn đề nghị được sử dụng đất: ", value("term", terms_in_words(lot.uses, lot.terms))],
    ]
    if origin:
        out.append([f"{marks[6]}Nguồn gốc sử dụng: ", value("origin", origin)])
    return out


def _bridge(rng: Generator, lot: Lot, style: Filled) -> tuple[list[Run | str], dict[str, Value]]:
    """Return a line that names the parcels that this one came of, or, sometimes, the parcel on the map before."""
    if lot.came_of:
        made = "Tách từ" if len(lot.came_of) == 1 else "Hợp"
        named = " và ".join(f"thửa số {number_}, tờ bản đồ số {lot.sheet_no}" for number_ in lot.came_of)
        refs = tuple(Ref("parcel", f"{lot.sheet_no}/{number_}") for number_ in lot.came_of)
        return ["Ghi chú: ", style.value("change_note refs", f"{made} {named}")], {
            "change_note": f"{made} {named}",
            "refs": refs,
        }
    if lot.old is None or not chance(rng, 0.4):
        return [], {}
    sheet_no, parcel_no = lot.old
    value = style.value
    line: list[Run | str] = ["Thửa đất cũ số: ", value("old_parcel_no", parcel_no)]
    return [*line, "   Tờ bản đồ cũ số: ", value("old_sheet_no", sheet_no)], {
        "old_sheet_no": sheet_no,
        "old_parcel_no": parcel_no,
    }


def _dated(rng: Generator, sheet: Sheet, y: float, title: Title, style: Filled) -> None:
    middle = between(rng, 136, 148)
    place = f"{title.commune.name.split(' ', 1)[1]}, "
    when = Run(day_in_words(_applied(title)), "issued_on", italic=True, ink=style.ink)
    x = middle - (sheet.width(Run(place, italic=True)) + sheet.width(when)) / 2
    sheet.text(sheet.text(x, y, Run(place, italic=True)), y, when)
    sheet.centred(y + 6, Run(pick(rng, ("NGƯỜI VIẾT ĐƠN", "Người viết đơn", "NGƯỜI LÀM ĐƠN")), bold=True), x=middle)
    signature(sheet, rng, middle, y + 16)
    sheet.centred(y + 28 + whole(rng, 0, 3), title.holder.people[0].name, x=middle)
