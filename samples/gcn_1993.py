"""The red certificate of 1993: a cover with the serial, the owner and a table of up to ten parcels inside."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from numpy.random import Generator

from samples.blank_form import Filled, fill
from samples.chance import between, chance, pick, weighted
from samples.gazetteer import lower_first
from samples.ground import seal, signature
from samples.ground_old import WIDTH_MM, Cover, cover_sheet, inner_sheet
from samples.paper import Face, Paper, Said
from samples.past import Lot, Title
from samples.phrases import term_in_words
from samples.sheet import Run, Sheet, say
from samples.words import area_in_words, day_in_words, number
from schemas.entries import Owner, Ref, Value

_HEADS = (
    ("Số tờ bản đồ", "Số thửa", "Diện tích (m2)", "Mục đích sử dụng", "Thời hạn sử dụng", "Phần ghi thêm"),
    ("Số tờ bản đồ", "Số thửa", "Diện tích (m²)", "Mục đích sử dụng", "Thời hạn sử dụng", "Phần ghi thêm"),
    ("Tờ bản đồ số", "Thửa số", "Diện tích (m2)", "Mục đích sử dụng đất", "Thời hạn sử dụng", "Phần ghi thêm"),
)


@dataclass(frozen=True, slots=True)
class RedStyle:
    """How one office lays out the red certificate beside how it fills it in."""

    filled: Filled
    cover: Cover
    widths_mm: tuple[float, ...]
    row_mm: float
    rows: int  # ruled, whether filled or not
    all_rules: bool
    ditto: str  # printed instead of a value like the one above, "" for none
    two_pages: bool  # table and total on the left inner page, signature on the right one
    slashed: bool


def red_style(rng: Generator, form: Filled, cover: Cover) -> RedStyle:
    """Draw an office's layout."""
    shares = [share * between(rng, 0.9, 1.12) for share in (15, 15, 22, 36, 36, 30)]
    return RedStyle(
        filled=form,
        cover=cover,
        widths_mm=tuple(share / sum(shares) * 156 for share in shares),
        row_mm=between(rng, 6.4, 7.6),
        rows=10,
        all_rules=chance(rng, 0.7),
        ditto=weighted(rng, (("", 0.7), ("nt", 0.15), ('-"-', 0.15))),
        two_pages=chance(rng, 0.55),
        slashed=chance(rng, 0.6),
    )


def draw_gcn_1993(rng: Generator, title: Title, style: RedStyle) -> Paper:
    """Draw cover, two inner faces and back; one entry for each row of the table."""
    form = style.filled
    front = _cover(rng, title, form, style.cover)
    left, right = inner_sheet(rng, form), inner_sheet(rng, form)
    said = _inside(rng, left, title, style)
    values: dict[str, Value] = {
        "owners": _owners(title, style),
        "unit_name": title.commune.name,
        "address": _place(title),
        "serial": title.serial,
        "register_no": title.register_no,
        "issued_on": title.issued_on.isoformat(),
        "issuer": title.issuer.office,
        "refs": (Ref("decision", title.decision),),
    }
    total = sum(lot.area_m2 for lot in title.lots)
    spoken = total + title.words_off_m2
    if len(title.lots) > 1:
        values |= {"total_m2": total + title.total_off_m2, "total_words_m2": spoken}
    else:
        values["area_words_m2"] = spoken
    _signed(rng, right if style.two_pages else left, title, style)
    _sketch(right, form)
    back = _back(form, inner_sheet(rng, form))
    faces = tuple(
        Face(s.image, s.dpi, tuple(s.marks), name) for s, name in ((front, "1"), (left, "2"), (right, "3"), (back, "4"))
    )
    shared = {"unit_code": title.commune.code}
    entries = tuple(
        Said(
            values | own,
            shared | copied,
            row=i + 1,
            parcel=lot.index,
            series="1993",
            also=lot.also,
            slips=title.slips if i == 0 else (),
        )
        for i, (lot, (own, copied)) in enumerate(zip(title.lots, said, strict=True))
    )
    return Paper("gcn", "gcn_1993", "1993", faces, entries, title.serial, title.commune.name)


def _place(title: Title) -> str:
    return title.commune.inside()


def _cover(rng: Generator, title: Title, form: Filled, cover: Cover) -> Sheet:
    sheet, ink, black = cover_sheet(rng, form, cover)
    sheet.centred(30, Run("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold=True, ink=ink), size_pt=13)
    sheet.centred(37, Run("Độc lập - Tự do - Hạnh phúc", bold=True, ink=ink), size_pt=12.5)
    top = between(rng, 104, 136)
    sheet.centred(top, Run("GIẤY CHỨNG NHẬN", bold=True, ink=ink), size_pt=26)
    sheet.centred(top + 13, Run("QUYỀN SỬ DỤNG ĐẤT", bold=True, ink=ink), size_pt=23)
    x, y = between(rng, 66, 118), between(rng, 230, 246)
    x = sheet.text(x, y, Run(pick(rng, ("Số ", "Số: ", "Số")), bold=True, ink=black), size_pt=15)
    printed = title.serial if chance(rng, 0.8) else title.serial.replace(" ", "")
    sheet.text(x + 1, y, Run(printed, "serial", bold=True, ink=black), size_pt=between(rng, 15, 18))
    return sheet


def _owners(title: Title, style: RedStyle) -> tuple[Owner, ...]:
    household = True if not style.slashed and title.holder.household else None
    out = []
    for person in title.holder.people:
        sex = None if style.slashed else person.sex
        out.append(Owner(person.name, sex, address=_home(title), household=True if style.slashed else household))
    return tuple(out)


def _home(title: Title) -> str:
    return f"{lower_first(title.lots[0].hamlet)}, {lower_first(title.commune.name)}"


def _inside(
    rng: Generator, sheet: Sheet, title: Title, style: RedStyle
) -> list[tuple[dict[str, Value], dict[str, Value]]]:
    """Print the left inner page and return what each row says: on the paper, and by ditto marks."""
    form, commune = style.filled, title.commune
    wide = WIDTH_MM - 2 * form.left_mm
    sheet.centred(20, Run(title.issuer.office, bold=True), size_pt=12)
    sheet.centred(29, Run("CHỨNG NHẬN", bold=True), size_pt=16)
    names: list[Run | str] = []
    for n, person in enumerate(title.holder.people):
        name = person.name.upper() if form.capitals else person.name
        own = "ông" if person.sex == "nam" else "bà"
        if n == 0:
            lead = (
                "Hộ ông (bà): "
                if style.slashed
                else f"Hộ {own}: "
                if title.holder.household
                else f"{own.capitalize()}: "
            )
        else:
            lead = " và " if style.slashed else f" và {own} "
        names += [lead, form.value("owners", name)]
    y = fill(sheet, 38, form, names, wide)
    y = fill(sheet, y, form, form.values("Địa chỉ: ", "owners", _home(title)), wide)
    total = sum(lot.area_m2 for lot in title.lots)
    y = fill(sheet, y, form, ["Được quyền sử dụng: ", form.value(None, number(total, 0)), " m2 đất"], wide)
    value = form.value
    y = fill(
        *(sheet, y, form),
        [
            *("Tại: ", value("address unit_name", lower_first(commune.name)), value("address", ", ")),
            *(value("address", lower_first(commune.district)), value("address", ", ")),
            value("address", commune.province),
        ],
        wide,
    )
    y = fill(sheet, y, form, ["Theo bảng liệt kê dưới đây:"], wide)
    return _table(rng, sheet, y - 3, title, style, total)


def _table(
    rng: Generator, sheet: Sheet, top: float, title: Title, style: RedStyle, total: float
) -> list[tuple[dict[str, Value], dict[str, Value]]]:
    form = style.filled
    lefts = [17 + sum(style.widths_mm[:i]) for i in range(7)]
    body, bottom = top + 13, top + 13 + style.row_mm * style.rows
    for (x0, x1), text in zip(pairwise(lefts), _HEADS[form.wording], strict=True):
        _boxed(sheet, x0, top, x1, body, text)
    for x in lefts:
        sheet.rule(x, top, x, bottom + style.row_mm, 0.25)
    for y in (top, body, bottom, bottom + style.row_mm):
        sheet.rule(lefts[0], y, lefts[6], y, 0.25)
    for i in range(1, style.rows):
        if style.all_rules:
            sheet.rule(lefts[0], body + i * style.row_mm, lefts[6], body + i * style.row_mm, 0.15)
        else:
            sheet.dots(lefts[0] + 1, lefts[6] - 1, body + i * style.row_mm - 1)
    said = []
    above: tuple[str, ...] = ("",) * 6
    for i, lot in enumerate(title.lots):
        sheet.entry = i
        y = body + (i + 0.68) * style.row_mm
        own, copied, above = _row(rng, sheet, y, lefts, lot, above, style)
        said.append((own, copied))
    sheet.entry = None
    line = bottom + style.row_mm * 0.68
    several = len(title.lots) > 1
    sheet.text(lefts[0] + 2, line, Run(pick(rng, ("Tổng cộng", "Cộng")), bold=True), size_pt=10.5)
    shown = number(total + title.total_off_m2, 0, grouped=chance(rng, 0.8))
    total_run = form.value("total_m2" if several else None, shown)
    sheet.text((lefts[2] + lefts[3]) / 2, line, _plain(total_run), anchor="m")
    words = form.value(
        "total_words_m2" if several else "area_words_m2", area_in_words(total + title.words_off_m2, form.speech)
    )
    label = pick(rng, ("Tổng diện tích bằng chữ: ", "Bằng chữ: ", "Tổng số (bằng chữ): "))
    sheet.entry = None if several else 0
    sheet.paragraph(17, bottom + style.row_mm + 7, 156, [label, words], leading=form.leading)
    sheet.entry = None
    return said


def _plain(run: Run) -> Run:
    """Return the run without dots under it, as it stands in a table."""
    return Run(run.text, run.name, run.bold, run.italic, run.ink, run.face, run.lift_mm)


def _row(
    rng: Generator,
    sheet: Sheet,
    y: float,
    lefts: list[float],
    lot: Lot,
    above: tuple[str, ...],
    style: RedStyle,
) -> tuple[dict[str, Value], dict[str, Value], tuple[str, ...]]:
    form = style.filled
    note, refs = _note(rng, lot)
    area = number(lot.area_m2, 0, grouped=chance(rng, 0.8))
    texts = (lot.sheet_no, lot.parcel_no, area, lot.code, term_in_words(lot.terms[0]), note)
    names = ("sheet_no", "parcel_no", "area_m2", "land_use", "term", "change_note")
    values: tuple[Value, ...] = (lot.sheet_no, lot.parcel_no, lot.area_m2, lot.uses, lot.terms[0], note)
    own: dict[str, Value] = {}
    copied: dict[str, Value] = {}
    for column, (name, text, value) in enumerate(zip(names, texts, values, strict=True)):
        if not text:
            continue
        repeated = style.ditto and column in (0, 3, 4) and text == above[column]
        run = Run(style.ditto) if repeated else say(name, text)
        run = Run(run.text, run.name, ink=form.ink, face=form.filler, lift_mm=form.lift_mm)
        x0, x1 = lefts[column], lefts[column + 1]
        size = form.size_pt
        while size > 6.5 and sheet.width(run, size) > x1 - x0 - 1.6:
            size -= 0.3
        sheet.text((x0 + x1) / 2, y + between(rng, -0.3, 0.3), run, size_pt=size, anchor="m")
        (copied if repeated else own)[name] = value
    if refs:
        own |= refs
    return own, copied, texts


def _note(rng: Generator, lot: Lot) -> tuple[str, dict[str, Value]]:
    if lot.old and chance(rng, 0.1):
        return f"Thửa cũ {lot.old[1]}, tờ cũ {lot.old[0]}", {"old_sheet_no": lot.old[0], "old_parcel_no": lot.old[1]}
    return (pick(rng, ("Vườn liền nhà", "Đất 5%", "Giao 64/CP")), {}) if chance(rng, 0.08) else ("", {})


def _boxed(sheet: Sheet, x0: float, y0: float, x1: float, y1: float, text: str) -> None:
    """Set a head in bold on one or two centred lines."""
    words, size = text.split(" "), 10.0
    cut = max(1, (len(words) + 1) // 2) if len(words) > 1 else 1
    lines = [" ".join(words[:cut]), " ".join(words[cut:])] if len(words) > 1 else [text]
    while size > 6 and max(sheet.width(Run(line, bold=True), size) for line in lines) > x1 - x0 - 1.2:
        size -= 0.4
    y = (y0 + y1) / 2 - size * 0.2 * (len(lines) - 1) + size * 0.12
    for i, line in enumerate(lines):
        sheet.text((x0 + x1) / 2, y + i * size * 0.42, Run(line, bold=True), size_pt=size, anchor="m")


def _signed(rng: Generator, sheet: Sheet, title: Title, style: RedStyle) -> None:
    form = style.filled
    middle = between(rng, 126, 138)
    y = between(rng, 176, 184) if style.two_pages else 213.0
    when = form.value("issued_on", day_in_words(title.issued_on).removeprefix("ngày "))
    runs = [Run("Ngày ", italic=True), _plain(when)]
    x = middle - sum(sheet.width(run) for run in runs) / 2
    for run in runs:
        x = sheet.text(x, y, run)
    size = 11.0
    first = f"TM. {title.issuer.office}"
    while sheet.width(Run(first, bold=True), size) > 84:
        size -= 0.4
    x = middle - sheet.width(Run(first, bold=True), size) / 2
    x = sheet.text(x, y + 6, Run("TM. ", bold=True), size_pt=size)
    sheet.text(x, y + 6, Run(title.issuer.office, "issuer", bold=True), size_pt=size)
    for i, line in enumerate(title.issuer.lines[1:]):
        sheet.centred(y + 11.5 + 5 * i, Run(line, bold=True), size_pt=10.5, x=middle)
    foot = y + 11.5 + 5 * (len(title.issuer.lines) - 2)
    signature(sheet, rng, middle + between(rng, -4, 8), foot + 9)
    seal(sheet, rng, middle - between(rng, 10, 20), foot + between(rng, 3, 9), title.issuer.office)
    sheet.centred(min(foot + between(rng, 20, 26), 251), Run(title.issuer.signatory, bold=True), size_pt=11, x=middle)
    _register(rng, sheet, y + between(rng, 2, 6), title, form)


def _register(rng: Generator, sheet: Sheet, y: float, title: Title, form: Filled) -> None:
    left = 16.0
    sheet.text(left, y, Run("Vào sổ cấp giấy chứng nhận"), size_pt=10)
    sheet.text(left, y + 5, Run("quyền sử dụng đất"), size_pt=10)
    x = sheet.text(left, y + 10.5, Run("Số "), size_pt=10)
    before, decision, after = title.register_no.partition(title.decision)
    size = 10.0
    while sheet.width(form.value(None, title.register_no), size) > 58:
        size -= 0.4
    for text, name in ((before, "register_no"), (decision, "register_no refs"), (after, "register_no")):
        x = sheet.text(x, y + 10.5, _plain(form.value(name, text)), size_pt=size)
    if chance(rng, 0.5):
        sheet.dots(left + 6, left + 66, y + 10.5)


def _sketch(sheet: Sheet, form: Filled) -> None:
    """Print the empty frame for the plan on the right inner page."""
    sheet.centred(20, Run("SƠ ĐỒ THỬA ĐẤT", bold=True), size_pt=12)
    sheet.frame(20, 26, 170, 165, 0.2)
    sheet.text(26, 34, Run("Theo bản đồ địa chính", italic=True), size_pt=form.size_pt * 0.9)


def _back(form: Filled, sheet: Sheet) -> Sheet:
    sheet.centred(20, Run("NHỮNG THAY ĐỔI SAU KHI CẤP GIẤY CHỨNG NHẬN", bold=True), size_pt=11.5)
    sheet.centred(25.5, Run("QUYỀN SỬ DỤNG ĐẤT", bold=True), size_pt=11.5)
    lines = (17.0, 48.0, 120.0, 173.0)
    for x in lines:
        sheet.rule(x, 31, x, 225, 0.25)
    for y in (31, 42, 225):
        sheet.rule(17, y, 173, y, 0.25)
    heads = ("Ngày, tháng, năm", "Nội dung thay đổi", "Xác nhận của cơ quan")
    for (x0, x1), text in zip(pairwise(lines), heads, strict=True):
        sheet.centred(38, Run(text, bold=True), size_pt=9.5, x=(x0 + x1) / 2)
    notice = "Người được cấp giấy phải giữ gìn cẩn thận, không tẩy xóa, sửa chữa."
    sheet.paragraph(17, 234, 156, [Run(notice, italic=True)], size_pt=form.size_pt * 0.9)
    return sheet
