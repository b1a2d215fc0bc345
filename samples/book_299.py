"""The books of 1982: sổ mục kê by sheet and parcel, sổ đăng ký ruộng đất by user; ditto marks, sums, sào."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from numpy.random import Generator

from samples.chance import between, chance, pick, weighted, whole
from samples.fonts import Face as TypeFace
from samples.gazetteer import Commune, bare
from samples.ground import specimen_line
from samples.paper import Face
from samples.past import Lot
from samples.ruled import Grid, grid
from samples.sheet import BLACK, Ink, Run, Sheet, blank_sheet
from samples.words import number

_SAO_M2, _THUOC_M2 = 499.95, 33.33  # Trung Bộ


@dataclass(frozen=True, slots=True)
class OldBook:
    """How one book of 1982 is ruled and written."""

    dpi: int
    size: tuple[float, float]
    head: TypeFace
    hand: TypeFace
    ink: Ink
    rule_ink: Ink
    paper: Ink
    size_pt: float
    frame: Grid
    row_mm: float
    ditto: str
    unit: Literal["m2", "sao"]
    sheet_once: Literal["rows", "once", "head"]
    place: Literal["bracket", "column", "none"]
    sums: bool
    wording: int
    all_rules: bool
    year: int
    layout: int  # which order of the columns
    off: bool = False  # one sum leaves out a row


def old_book(rng: Generator, dpi: int, shares: Sequence[float], *, small: float) -> OldBook:
    """Draw a book's looks; `small` is the chance of A4 instead of A3, both lying."""
    a4 = chance(rng, small)
    width, height = (297.0, 210.0) if a4 else (420.0, 297.0)
    family = weighted(rng, (("FreeSerif", 0.4), ("NotoSerif", 0.15), ("FreeMono", 0.35), ("DejaVuSerif", 0.1)))
    hand = TypeFace(family, italic=family != "FreeMono" or chance(rng, 0.3))
    size = 9.6 if family == "FreeSerif" else 8.8
    varied = [share * between(rng, 0.9, 1.12) for share in shares]
    return OldBook(
        dpi=dpi,
        size=(width, height),
        head=TypeFace(pick(rng, ("FreeSerif", "FreeMono", "FreeSans", "NotoSerif"))),
        hand=hand,
        ink=pick(rng, ((36, 40, 130), (70, 40, 120), (40, 36, 60), BLACK)),
        rule_ink=pick(rng, (BLACK, (90, 90, 120), (120, 70, 70))),
        paper=pick(rng, ((246, 238, 214), (240, 230, 208), (250, 246, 232))),
        size_pt=between(rng, size, size + 1) + (0 if a4 else 2.2),
        frame=grid(between(rng, 12, 20), width - between(rng, 10, 15), varied, between(rng, 0.15, 0.4)),
        row_mm=between(rng, 6.2, 7.6) + (0 if a4 else 1.2),
        ditto=weighted(rng, (("", 0.25), ("nt", 0.25), ('-"-', 0.3), ('"', 0.2))),
        unit=weighted(rng, (("m2", 0.85), ("sao", 0.15))),
        sheet_once=weighted(rng, (("rows", 0.45), ("once", 0.35), ("head", 0.2))),
        place=weighted(rng, (("bracket", 0.5), ("column", 0.2), ("none", 0.3))),
        sums=chance(rng, 0.75),
        wording=whole(rng, 0, 2),
        all_rules=chance(rng, 0.8),
        year=whole(rng, 1982, 1987),
        layout=weighted(rng.spawn(1)[0], ((0, 0.4), (1, 0.2), (2, 0.2), (3, 0.2))),
    )


def area_of(lot: Lot, style: OldBook) -> tuple[str, float]:
    """Return a lot's area as the book prints it, and its value in m²: whole m², or sào and thước."""
    if style.unit == "m2":
        return number(lot.area_m2, 0, grouped=style.wording != 1), lot.area_m2
    sao, rest = divmod(lot.area_m2, _SAO_M2)
    thuoc = round(rest / _THUOC_M2)
    if thuoc == 15:
        sao, thuoc = sao + 1, 0
    value = round(sao * _SAO_M2 + thuoc * _THUOC_M2, 2)
    parts = [f"{int(sao)} sào"] * bool(sao) + [f"{thuoc} thước"] * bool(thuoc)
    return " ".join(parts) or "1 thước", value or _THUOC_M2


def page_sheet(style: OldBook) -> Sheet:
    """Return an empty page of the book."""
    sheet = blank_sheet(*style.size, style.dpi, style.head, style.paper)
    sheet.size_pt, sheet.ink = style.size_pt, style.rule_ink
    specimen_line(sheet, style.size[1] - 4)
    return sheet


def write(style: OldBook, name: str | None, text: str) -> Run:
    """Return a run in the book's hand."""
    return Run(text, name, ink=style.ink, face=style.hand)


def cover(commune: Commune, title: str, volume: int, style: OldBook) -> Face:
    """Draw the cover: province, district and commune of 1982, title, volume and day."""
    width, height = style.size
    unit = height / 297
    sheet = blank_sheet(width, height, style.dpi, style.head, style.paper)
    sheet.frame(16, 14, width - 16, height - 14, 0.6)
    y = 40 * unit
    for text, field in ((commune.province, None), (commune.district, None), (commune.name, "unit_name")):
        x = sheet.text(40, y, Run(_kind(text).upper() + " ", bold=True), size_pt=17 * unit)
        sheet.text(x, y, replace(write(style, field, _bare(text).upper()), bold=True), size_pt=17 * unit)
        y += 12 * unit
    sheet.centred(130 * unit, Run(title, "title", bold=True), size_pt=38 * unit)
    sheet.centred(160 * unit, f"Quyển số: {volume:02d}", size_pt=18 * unit)
    day = f"Lập ngày {10 + volume} tháng {3 + volume % 9} năm {style.year}"
    sheet.centred(240 * unit, Run(day, italic=True), size_pt=15 * unit)
    specimen_line(sheet, height - 6)
    return Face(sheet.image, sheet.dpi, tuple(sheet.marks), "cover")


def _kind(name: str) -> str:
    return "tỉnh" if name.startswith("tỉnh ") else name.removesuffix(bare(name)).strip()


def _bare(name: str) -> str:
    return name.removeprefix("tỉnh ") if name.startswith("tỉnh ") else bare(name)
