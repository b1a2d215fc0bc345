"""How an office prints certificates of the 2009 form, and the empty page they begin with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from numpy.random import Generator

from samples.chance import between, chance, pick, weighted
from samples.fonts import Face
from samples.ground import certificate_frame, pink_ground, specimen_line
from samples.phrases import PersonShape
from samples.sheet import Sheet, blank_sheet
from samples.words import Speech

WIDTH_MM, HEIGHT_MM = 190.0, 265.0


@dataclass(frozen=True, slots=True)
class Printing:
    """How one office prints: the blank's and the filler's letters, sizes, wording and where things stand."""

    dpi: int
    blank: Face
    filler: Face
    size_pt: float
    leading: float
    left_mm: float
    people: PersonShape
    capitals: bool
    bold_values: bool
    speech: Speech
    places: int
    nothing: str
    register_label: str
    register_style: Literal["plain", "tight", "dotted"]
    short_origin: bool
    square: Literal["m²", "m2"]
    gap: str  # between parcel and sheet number
    listed: bool  # several purposes on lines of their own
    serial_size_pt: float
    paper_order: Literal["date_first", "register_first"]


def printing(rng: Generator, dpi: int) -> Printing:
    """Draw an office's way of printing."""
    blank = Face(weighted(rng, (("FreeSerif", 0.7), ("NotoSerif", 0.15), ("FreeSans", 0.15))))
    filler = Face(weighted(rng, (("FreeSerif", 0.6), ("FreeSans", 0.15), ("NotoSerif", 0.15), ("DejaVuSerif", 0.1))))
    wide = filler.family in ("NotoSerif", "DejaVuSerif")
    return Printing(
        dpi=dpi,
        blank=blank,
        filler=filler,
        size_pt=between(rng, 10.6, 11.6) if wide else between(rng, 11.5, 13.0),
        leading=between(rng, 1.22, 1.42),
        left_mm=between(rng, 19, 24),
        people=weighted(rng, (("lines", 0.4), ("sentence", 0.4), ("short", 0.2))),
        capitals=chance(rng, 0.7),
        bold_values=chance(rng, 0.3),
        speech=Speech(pick(rng, ("nghìn", "nghìn", "ngàn")), pick(rng, ("linh", "lẻ")), pick(rng, ("tư", "bốn"))),
        places=1,
        nothing=pick(rng, ("Không", "Không", "không", "0")),
        register_label=pick(rng, ("Số vào sổ cấp GCN: ", "Số vào sổ cấp GCN: ", "Số vào sổ cấp Giấy chứng nhận: ")),
        register_style=weighted(rng, (("plain", 0.6), ("tight", 0.25), ("dotted", 0.15))),
        short_origin=chance(rng, 0.4),
        square=weighted(rng, (("m²", 0.75), ("m2", 0.25))),
        gap=weighted(rng, ((", ", 0.5), ("; ", 0.25), ("        ", 0.25))),
        listed=chance(rng, 0.25),
        serial_size_pt=between(rng, 14, 18),
        paper_order=weighted(rng, (("date_first", 0.7), ("register_first", 0.3))),
    )


def certificate_page(rng: Generator, style: Printing) -> Sheet:
    """Return an empty page with the pink ground, the frame and the specimen line."""
    sheet = blank_sheet(WIDTH_MM, HEIGHT_MM, style.dpi, style.blank)
    sheet.size_pt, sheet.entry = style.size_pt, 0
    pink_ground(sheet, rng)
    certificate_frame(sheet, rng)
    specimen_line(sheet, HEIGHT_MM - 4.2, (140, 50, 66))
    return sheet
