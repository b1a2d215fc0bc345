"""The table of corners: point, X (north), Y (east) and edge, in the layouts that offices use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from numpy.random import Generator

from samples.chance import between, chance, pick, weighted
from samples.fonts import FIGURES, Face
from samples.land import Plot, edges
from samples.sheet import Run, Sheet, say
from schemas.entries import Corner

_TITLES = (
    "BẢNG LIỆT KÊ TỌA ĐỘ GÓC RANH",
    "Bảng liệt kê tọa độ và chiều dài cạnh thửa",
    "BẢNG KÊ TỌA ĐỘ",
    "BẢNG LIỆT KÊ TỌA ĐỘ GÓC RANH THỬA ĐẤT",
)
_HEADS = (
    ("Số hiệu điểm", "X (m)", "Y (m)", "Cạnh"),
    ("Điểm", "X(m)", "Y(m)", "S(m)"),
    ("Tên điểm", "Tọa độ X (m)", "Tọa độ Y (m)", "Cạnh (m)"),
    ("STT", "X (m)", "Y (m)", "S (m)"),
)
_MERIDIANS = (
    "Hệ tọa độ VN-2000, kinh tuyến trục 107°45', múi chiếu 3°",
    "Hệ tọa độ VN2000, kinh tuyến trục 107°45' múi chiếu 3°",
    "(Hệ tọa độ VN-2000, KTT 107°45', múi 3°)",
)


@dataclass(frozen=True, slots=True)
class TableStyle:
    """How a table looks: `edges` half a row lower than the rows, or on them; `rules` all, columns or none."""

    title: str
    head: tuple[str, str, str, str]
    meridian: str
    edges: Literal["between", "on_row"]
    repeated: bool
    rules: Literal["all", "columns", "none"]
    row_mm: float
    widths_mm: tuple[float, float, float, float]
    decimal: Literal[".", ","]
    size_pt: float
    two_heads: bool
    figures: str | None  # a family for the numbers, None for that of the page


def table_style(rng: Generator, scale: float = 1.0) -> TableStyle:
    """Draw a style; `scale` below 1 gives the small table of a certificate."""
    size = between(rng, 8.6, 10.6) * scale
    return TableStyle(
        title=pick(rng, _TITLES),
        head=pick(rng, _HEADS),
        meridian=pick(rng, _MERIDIANS),
        edges=weighted(rng, (("between", 0.8), ("on_row", 0.2))),
        repeated=chance(rng, 0.75),
        rules=weighted(rng, (("all", 0.6), ("columns", 0.25), ("none", 0.15))),
        row_mm=size * 0.352 * between(rng, 1.45, 1.9),
        widths_mm=(size * between(rng, 1.3, 1.7), size * 2.7, size * 2.55, size * between(rng, 1.5, 1.9)),
        decimal=weighted(rng, ((".", 0.8), (",", 0.2))),
        size_pt=size,
        two_heads=chance(rng, 0.35),
        figures=pick(rng, FIGURES) if chance(rng, 0.35) else None,
    )


def corners_value(plot: Plot) -> tuple[Corner, ...]:
    """Return the corners as the table prints them: rounded to centimetres, edges from unrounded coordinates."""
    return tuple(
        Corner(i + 1, round(x, 2), round(y, 2), round(edge, 2))
        for i, ((x, y), edge) in enumerate(zip(plot.corners, edges(plot.corners), strict=True))
    )


def table_height(corner_count: int, style: TableStyle) -> float:
    """Return the height in mm of title, heads and rows."""
    rows = corner_count + style.repeated + (1 if style.edges == "between" and not style.repeated else 0)
    return style.row_mm * (rows + 2 + style.two_heads) + style.size_pt * 0.8 + 6


def draw_corner_table(sheet: Sheet, x: float, y: float, corners: Sequence[Corner], style: TableStyle) -> float:
    """Draw title and table with the top left at (x, y) in mm and return the y below it."""
    width, row = sum(style.widths_mm), style.row_mm
    size = style.size_pt
    y += size * 0.4
    sheet.centred(y, Run(style.title, bold=True), size_pt=size, x=x + width / 2)
    y += size * 0.45
    sheet.centred(y, say("meridian", style.meridian), size_pt=size * 0.85, x=x + width / 2)
    top = y + size * 0.2
    lefts = [x + sum(style.widths_mm[:i]) for i in range(5)]
    middles = [(a + b) / 2 for a, b in pairwise(lefts)]
    body = _heads(sheet, style, lefts, middles, top)
    rows = [*corners, corners[0]] if style.repeated else list(corners)
    kept = sheet.face
    sheet.face = Face(style.figures) if style.figures else kept
    drop = row / 2 + size * 0.125
    for i, corner in enumerate(rows):
        line = body + i * row + drop
        cells = (f"{corner.no}", _metres(corner.x, style), _metres(corner.y, style))
        for middle, name, text in zip(middles, ("no", "x", "y"), cells, strict=False):
            sheet.text(middle, line, say(f"corners.{name}.{i}", text), size_pt=size, anchor="m")
        if i < len(corners) and corner.edge_m is not None:
            at = line + (row / 2 if style.edges == "between" else 0)
            sheet.text(
                middles[3], at, say(f"corners.edge.{i}", _metres(corner.edge_m, style)), size_pt=size, anchor="m"
            )
    sheet.face = kept
    bottom = body + len(rows) * row
    hanging = row / 2 if style.edges == "between" and not style.repeated else 0.0
    _rules(sheet, style, lefts, top, body, bottom, hanging, len(rows))
    return bottom + hanging + 3


def _metres(value: float, style: TableStyle) -> str:
    return f"{value:.2f}".replace(".", style.decimal)


def _heads(sheet: Sheet, style: TableStyle, lefts: Sequence[float], middles: Sequence[float], top: float) -> float:
    size, row = style.size_pt * 0.92, style.row_mm
    if not style.two_heads:
        for middle, text, width in zip(middles, style.head, style.widths_mm, strict=True):
            _fitted(sheet, middle, top + row / 2 + size * 0.12, text, size, width)
        return top + row
    _fitted(sheet, (lefts[1] + lefts[3]) / 2, top + row / 2 + size * 0.12, "Tọa độ", size, 99)
    for i in (0, 3):
        _fitted(sheet, middles[i], top + row + size * 0.12, style.head[i], size, style.widths_mm[i])
    for i, text in ((1, "X (m)"), (2, "Y (m)")):
        _fitted(sheet, middles[i], top + row * 1.5 + size * 0.12, text, size, 99)
    if style.rules != "none":
        sheet.rule(lefts[1], top + row, lefts[3], top + row)
    return top + 2 * row


def _fitted(sheet: Sheet, x: float, y: float, text: str, size: float, width: float) -> None:
    run = Run(text, bold=True)
    while size > 5 and sheet.width(run, size) > width - 0.8:
        size -= 0.4
    sheet.text(x, y, run, size_pt=size, anchor="m")


def _rules(
    sheet: Sheet,
    style: TableStyle,
    lefts: Sequence[float],
    top: float,
    body: float,
    bottom: float,
    hanging: float,
    count: int,
) -> None:
    if style.rules == "none":
        sheet.rule(lefts[0], body, lefts[4], body)
        return
    end = bottom + hanging
    for i, left in enumerate(lefts):
        from_y = top + style.row_mm if style.two_heads and i == 2 else top
        sheet.rule(left, from_y, left, end if i >= 3 else bottom)
    for y in (top, body):
        sheet.rule(lefts[0], y, lefts[4], y)
    sheet.rule(lefts[0], bottom, lefts[3], bottom)
    sheet.rule(lefts[3], end, lefts[4], end)
    if style.rules == "columns":
        return
    shift = style.row_mm / 2 if style.edges == "between" else 0.0
    for i in range(1, count):
        sheet.rule(lefts[0], body + i * style.row_mm, lefts[3], body + i * style.row_mm)
    for i in range(count + 1 if shift else count):
        at = body + i * style.row_mm + shift
        if body < at < end:
            sheet.rule(lefts[3], at, lefts[4], at)
