"""The map extract without coordinates (trích lục bản đồ địa chính): numbered items, plan, lengths of the sides."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from numpy.random import Generator

from samples.chance import between, chance, day, pick, whole
from samples.estate import Estate, Extract
from samples.land import edges
from samples.paper import Face, Paper, Said
from samples.plan import Window
from samples.sheet import Run, Sheet
from samples.trich_do import Drafting, head, items, page, plan_in, signed
from samples.words import number


def lengths_wanted(estate: Estate) -> bool:
    """Return whether a map extract is made of this parcel: it has no survey extract and is not public land."""
    return estate.extract is None and bool(estate.holder.people)


def draw_trich_luc(rng: Generator, estate: Estate, index: int, style: Drafting) -> Paper:
    """Draw an extract of one page; `index` is the estate's, for the truth."""
    signed_on = day(rng, date(2010, 2, 1), date(2024, 11, 29))
    extract = Extract(signed_on, f"{whole(rng, 1, 90):02d}-{signed_on.year}", None, pick(rng, ("Không", "-/-", "")))
    drafted = replace(style, title="copy")
    sheet = page(drafted)
    y = head(rng, sheet, estate, extract, drafted)
    y, values = items(sheet, y, estate, extract, drafted)
    listed = chance(rng, 0.6)
    sides = edges(estate.plot.corners)
    if listed and chance(rng, 0.7):
        sheet.text(30, y, "6.1. Sơ đồ thửa đất", size_pt=drafted.size_pt * 0.95)
    wide = 104.0 if listed else 150.0
    plan_in(rng, sheet, estate, Window(26, y + 4, wide, 222 - y))
    if listed:
        _lengths(sheet, 138, y, sides, drafted, between(rng, 5.2, 6.4))
    signed(rng, sheet, 240, estate, extract)
    values["issued_on"] = signed_on.isoformat()
    face = Face(sheet.image, sheet.dpi, tuple(sheet.marks), "1")
    said = Said(values, {"unit_code": estate.commune.code}, parcel=index)
    stem = f"Trich luc {estate.plot.sheet_no}-{estate.plot.parcel_no}"
    return Paper("trich_luc", None, extract.era, (face,), (said,), stem, estate.commune.name)


def _lengths(sheet: Sheet, x: float, y: float, sides: tuple[float, ...], style: Drafting, row: float) -> None:
    """Draw the table of the sides' lengths, which has no coordinates."""
    size = min(10.5, style.size_pt)
    sheet.text(x, y, Run("6.2. Chiều dài cạnh thửa"), size_pt=size)
    top, middle, right = y + 3, x + 24, x + 50
    for i, (side, length) in enumerate((("Cạnh", "Chiều dài (m)"), *_named(sides))):
        base = top + (i + 0.7) * row
        sheet.text((x + middle) / 2, base, Run(side, bold=i == 0), size_pt=size * 0.92, anchor="m")
        sheet.text((middle + right) / 2, base, Run(length, bold=i == 0), size_pt=size * 0.92, anchor="m")
        sheet.rule(x, top + i * row, right, top + i * row, 0.15)
    bottom = top + (len(sides) + 1) * row
    sheet.rule(x, bottom, right, bottom, 0.15)
    for at in (x, middle, right):
        sheet.rule(at, top, at, bottom, 0.15)


def _named(sides: tuple[float, ...]) -> list[tuple[str, str]]:
    count = len(sides)
    return [(f"{i + 1}-{(i + 1) % count + 1}", number(side, 2)) for i, side in enumerate(sides)]
