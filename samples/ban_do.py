"""A map sheet (bản đồ giải thửa of 1982, bản đồ địa chính): many labelled parcels in a frame, with sheet and scale."""

from __future__ import annotations

from collections.abc import Sequence

from numpy.random import Generator

from samples.chance import pick, whole
from samples.fonts import Face as TypeFace
from samples.gazetteer import Commune
from samples.ground import signature, specimen_line
from samples.land import Point
from samples.paper import Face, Paper
from samples.past import Lot
from samples.sheet import Run, Sheet, blank_sheet
from samples.words import number
from schemas.documents import Era

_SCALES = (200, 500, 1000, 2000, 5000, 10000)
_LEFT, _TOP, _RIGHT, _BOTTOM = 20.0, 46.0, 277.0, 362.0


def draw_ban_do(rng: Generator, commune: Commune, lots: Sequence[Lot], era: Era, dpi: int) -> Paper:
    """Draw the lots of one sheet on an upright A3; era `299` inks by hand, `2003` prints."""
    old = era == "299"
    face = TypeFace("FreeSerif", italic=True) if old else TypeFace(pick(rng, ("FreeSans", "NotoSans", "FreeSerif")))
    sheet = blank_sheet(297, 420, dpi, face, (246, 238, 216) if old else (253, 253, 251))
    if old:
        sheet.ink = pick(rng, ((40, 36, 70), (60, 40, 110), (28, 26, 30)))
    title = pick(rng, ("BẢN ĐỒ GIẢI THỬA", "BẢN ĐỒ GIẢI THỬA 299/TTg")) if old else "BẢN ĐỒ ĐỊA CHÍNH"
    sheet.centred(18, Run(title, "title", bold=True), size_pt=20)
    sheet.centred(26, f"{commune.name.upper()} - {commune.district.upper()} - {commune.province.upper()}", size_pt=11)
    rings = [lot.plot.corners for lot in lots]
    scale = _scale(rings)
    sheet.text(_LEFT, 36, Run(f"Tờ số: {lots[0].sheet_no}", bold=True), size_pt=14)
    sheet.text(_RIGHT, 36, Run(f"Tỷ lệ 1:{scale}", bold=True), size_pt=14, anchor="r")
    for gap, weight in ((0.0, 0.25), (3.0, 0.8)):
        sheet.frame(_LEFT - gap, _TOP - gap, _RIGHT + gap, _BOTTOM + gap, weight)
    _parcels(sheet, lots, rings, scale)
    for x, words in ((70.0, "Người đo vẽ" if old else "Đơn vị đo đạc"), (220.0, "Đã kiểm tra")):
        sheet.centred(376, Run(words, bold=True), size_pt=11, x=x)
        signature(sheet, rng, x, 388)
        sheet.centred(402, pick(rng, ("Nguyễn Văn Mẫu", "Lê Thị Mẫu")), size_pt=11, x=x)
    if old:
        sheet.centred(368, f"Đo vẽ năm 198{whole(rng, 1, 7)}", size_pt=10)
    specimen_line(sheet, 414)
    drawn = Face(sheet.image, sheet.dpi, tuple(sheet.marks), "map")
    return Paper("ban_do", None, era, (drawn,), (), f"Ban do to {lots[0].sheet_no}", commune.name)


def _scale(rings: Sequence[Sequence[Point]]) -> int:
    north = [x for ring in rings for x, _ in ring]
    east = [y for ring in rings for _, y in ring]
    for scale in _SCALES:
        tall, wide = (max(north) - min(north)) * 1000 / scale, (max(east) - min(east)) * 1000 / scale
        if tall <= (_BOTTOM - _TOP) * 0.94 and wide <= (_RIGHT - _LEFT) * 0.94:
            return scale
    return _SCALES[-1]


def _parcels(sheet: Sheet, lots: Sequence[Lot], rings: Sequence[Sequence[Point]], scale: int) -> None:
    north = [x for ring in rings for x, _ in ring]
    east = [y for ring in rings for _, y in ring]
    cx, cy = (max(north) + min(north)) / 2, (max(east) + min(east)) / 2
    ox, oy = (_LEFT + _RIGHT) / 2, (_TOP + _BOTTOM) / 2
    for lot, ring in zip(lots, rings, strict=True):
        page = [(ox + (y - cy) * 1000 / scale, oy - (x - cx) * 1000 / scale) for x, y in ring]
        for a, b in zip(page, [*page[1:], page[0]], strict=True):
            sheet.rule(*a, *b, 0.25)
        x = sum(px for px, _ in page) / len(page)
        y = sum(py for _, py in page) / len(page)
        wide = max(px for px, _ in page) - min(px for px, _ in page)
        _label(sheet, x, y, lot, min(9.0, max(4.5, wide * 0.55)))


def _label(sheet: Sheet, x: float, y: float, lot: Lot, size: float) -> None:
    """Print number, code and area: `125/T/480` on the old map, the number over the area on the new one."""
    if lot.series == "299":
        sheet.centred(y + 1, f"{lot.parcel_no}/{lot.code}/{number(lot.area_m2, 0, grouped=False)}", size_pt=size, x=x)
        return
    half = sheet.width(number(lot.area_m2, 1), size) / 2
    sheet.centred(y - 0.6, f"{lot.code} {lot.parcel_no}", size_pt=size, x=x)
    sheet.rule(x - half, y, x + half, y, 0.12)
    sheet.centred(y + size * 0.34, number(lot.area_m2, 1), size_pt=size, x=x)
