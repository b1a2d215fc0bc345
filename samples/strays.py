"""Drawing the papers that are kept and not read, from their words."""

from __future__ import annotations

from datetime import date

from numpy.random import Generator

from samples.chance import between, chance, day, digits, pick, whole
from samples.fonts import SERIFS
from samples.fonts import Face as TypeFace
from samples.gazetteer import Commune
from samples.ground import signature, specimen_line
from samples.paper import Face, Paper
from samples.people import hamlet, person
from samples.ruled import draw_grid, draw_heads, grid, put
from samples.sheet import Run, Sheet, blank_sheet
from samples.stray_texts import STRAYS, Stray
from samples.words import day_in_figures, number

_CHANGES = ("Chuyển nhượng", "Tặng cho", "Thừa kế", "Tách thửa", "Thế chấp", "Xóa thế chấp", "Cấp đổi GCN")
_USES = ("Đất ở", "Đất trồng cây lâu năm", "Đất ở và đất vườn", "Đất chuyên trồng lúa nước")


def draw_stray(rng: Generator, commune: Commune, which: int, dpi: int) -> Paper:
    """Draw that paper of `STRAYS`, filled with invented values."""
    stray = STRAYS[which % len(STRAYS)]
    wide, high = (297.0, 210.0) if stray.lying else (210.0, 297.0)
    face = TypeFace("FreeMono") if stray.typed else TypeFace(pick(rng, SERIFS[:2]))
    sheet = blank_sheet(wide, high, dpi, face, (240, 230, 208) if stray.typed else (252, 251, 247))
    sheet.size_pt = between(rng, 11, 12) if face.family != "FreeSerif" else between(rng, 12, 13)
    y = 18.0
    for line in stray.over:
        sheet.centred(y, Run(line, bold=True), size_pt=12)
        y += 6
    y += 8
    for i, line in enumerate(stray.title):
        sheet.centred(y, Run(line, bold=True), size_pt=14.5 if i == 0 else 12.5)
        y += 7
    y += 3
    for line in stray.lines:
        bold = line.startswith("*")
        text = _filled(rng, commune, line.removeprefix("*"))
        y = sheet.paragraph(24, y, wide - 44, [Run(text, bold=bold)], leading=1.35)
    if stray.heads:
        y = _table(rng, sheet, commune, y, wide, stray)
    _signed(rng, sheet, min(y + 10, high - 40), wide, stray)
    specimen_line(sheet, high - 5)
    title = stray.title[0].capitalize()
    return Paper("khac", None, None, (Face(sheet.image, dpi, tuple(sheet.marks), "1"),), (), title, commune.name)


def _filled(rng: Generator, commune: Commune, text: str) -> str:
    who, other = person(rng, "nam", commune), person(rng, "nu", commune)
    return text.format(
        who=who.name,
        other=other.name,
        born=who.birth_year,
        home=f"{hamlet(rng, commune).lower()}, {commune.inside()}",
        parcel=whole(rng, 1, 900),
        sheet=whole(rng, 1, 60),
        area=number(round(between(rng, 60, 2500), 1)),
        use=pick(rng, _USES),
        serial=f"A{pick(rng, 'BDEGHK')} {digits(rng, 6)}",
        day=day_in_figures(day(rng, date(2005, 3, 1), date(2023, 11, 30))),
        n=whole(rng, 2, 90),
    )


def _table(rng: Generator, sheet: Sheet, commune: Commune, y: float, wide: float, stray: Stray) -> float:
    """Draw the table under the lines and return the y of its foot."""
    shares = [max(8, min(60, len(head))) for head in stray.heads]
    frame, row, head = grid(22, wide - 18, shares), between(rng, 8, 9.5), y + 12
    draw_heads(sheet, frame, y, head, stray.heads)
    draw_grid(sheet, frame, (y, *(head + i * row for i in range(stray.rows))), head + stray.rows * row)
    for i in range(stray.rows):
        if i and chance(rng, 0.2):
            continue
        for column, name in enumerate(stray.heads):
            text = _cell(rng, commune, name, i)
            put(sheet, frame, column, head + (i + 0.5) * row, Run(text), 10.5, "m", row)
    return head + stray.rows * row


def _cell(rng: Generator, commune: Commune, head: str, row: int) -> str:
    if head in ("STT", "Số TT"):
        return str(row + 1)
    if head.startswith(("Tên", "Họ")):
        name = person(rng, "nam" if chance(rng, 0.5) else "nu", commune).name
        return f"{name}, {hamlet(rng, commune).lower()}" if "địa chỉ" in head else name
    if head.startswith("Thời điểm"):
        return day_in_figures(day(rng, date(2005, 3, 1), date(2013, 11, 30)))
    if head.startswith("Nội dung"):
        return pick(rng, _CHANGES)
    if head.startswith("Thửa"):
        return str(whole(rng, 1, 900))
    if head.startswith("Tờ"):
        return str(whole(rng, 1, 40))
    if head == "Năm sinh":
        return str(whole(rng, 1925, 1970))
    return hamlet(rng, commune) if head == "Nơi ở" else ""


def _signed(rng: Generator, sheet: Sheet, y: float, wide: float, stray: Stray) -> None:
    for i, who in enumerate(stray.signers):
        x = wide * (0.28 + 0.44 * i)
        sheet.centred(y, Run(who, bold=True), x=x)
        signature(sheet, rng, x, y + 13)
