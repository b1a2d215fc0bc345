"""What papers print for an area and a use: measured again and again, rounded, copied, and in the words of the era."""

from __future__ import annotations

import math
import random
from datetime import date
from typing import Any

from benchmarks.strange.land import Piece
from benchmarks.strange.outline import area_of
from schemas.tables import Tables

Uses = tuple[tuple[str, float | None], ...]
_THUOC_M2 = 499.95 / 15  # Trung Bộ: 1 sào = 15 thước = 499.95 m²
#: use of the land -> how 299 and 1988, 1993, 2003 and 2009, 2013, 2024 papers write it
_WORDS: dict[str, tuple[str, str, str, str, str]] = {
    "paddy": ("2L", "Lúa", "LUC", "LUC", "LUC"),
    "collective": ("2L", "Lúa", "LUC", "LUC", "LUC"),
    "upland": ("M", "Màu", "BHK", "BHK", "HNK"),
    "garden": ("V", "Vườn", "CLN", "CLN", "CLN"),
    "forest": ("R", "R", "RSX", "RSX", "RSX"),
    "pond": ("A", "Ao", "NTS", "NTS", "NTS"),
    "alluvium": ("S", "HB", "BCS", "BCS", "BCS"),
}
_COLUMN = {"299": 0, "1988": 0, "1993": 1, "2003": 2, "2009": 2, "2013": 3, "2024": 4}


def era_of(day: date, tables: Tables) -> str:
    """Return the era of a paper made on the day."""
    return next(span.era for span in tables.eras if span.first <= day and (span.last is None or day <= span.last))


class Tape:
    """Measures each piece once in each map series; one piece in ten comes out far off, as boundaries have crept."""

    def __init__(self, seed: int) -> None:
        self._seed = seed

    def measured(self, piece: Piece, series: str, day: date) -> float:
        """Return the area in m² as the series' books print it; a road's taking counts from its day on."""
        chance = random.Random(f"{self._seed}/{piece.no}/{series}")
        old = series.endswith(("/299", "/1993"))
        drift = chance.gauss(0, 0.014 if old else 0.007)
        if chance.random() < 0.10:
            drift = chance.choice((-1, 1)) * chance.uniform(0.05, 0.15)
        if piece.allotted_m2 is not None and not piece.areas and (old or chance.random() < 0.35):
            return piece.allotted_m2
        area = piece.area(day) * (1 + drift)
        if series.endswith("/299"):
            in_sao = random.Random(f"{self._seed}/{series}/{piece.hamlet}").random() < 0.3
            if in_sao and piece.kind(day) in ("paddy", "collective"):
                return round(max(1, round(area / _THUOC_M2)) * _THUOC_M2, 2)
            return float(round(area))
        return float(round(area)) if old else round(area, 1)


def uses_on(piece: Piece, day: date, era: str, ward: bool, area_m2: float) -> Uses:
    """Return the codes that a paper prints; a house plot of a 299 book is one T, later house land and garden."""
    kind = piece.kind(day)
    column = _COLUMN[era]
    if kind != "house":
        return ((_WORDS[kind][column], None),)
    if column == 0:
        return (("T" if piece.no % 3 else "T+V", None),)
    if column == 1:
        return (("T" if piece.no % 4 else "Đất ở", None),)
    home = "ODT" if ward else "ONT"
    quota = 200.0 if piece.no % 2 else 300.0
    if area_m2 <= quota * 1.15:
        return ((home, None),)
    return (home, quota), ("CLN", round(area_m2 - quota, 1))


def corners_of(piece: Piece, area_m2: float) -> list[dict[str, Any]]:
    """Return a corner table whose shoelace area is the printed one: x north, y east, edges to the next corner."""
    scale = math.sqrt(area_m2 / area_of(piece.outline))
    east, north = piece.middle
    ring = [(round(north + scale * (y - north), 2), round(east + scale * (x - east), 2)) for x, y in piece.outline]
    return [
        {"no": no, "x": x, "y": y, "edge_m": round(math.dist((x, y), following), 2)}
        for no, ((x, y), following) in enumerate(zip(ring, [*ring[1:], ring[0]], strict=True), 1)
    ]


def as_toponym(name: str, chance: random.Random) -> str:
    """Return a field name (xứ đồng) as a clerk spells it this time."""
    drawn = chance.random()
    if drawn < 0.10:
        return name.replace("Đồng ", "Đ. ")
    if drawn < 0.18:
        return name.removeprefix("Đồng ").removeprefix("Gò ").removeprefix("Bàu ")
    if drawn < 0.24:
        return name.upper()
    if drawn < 0.30:
        return name.replace("ồ", "ô").replace("ò", "o").replace("ầ", "â").replace("ạ", "a")
    return name
