"""Land use as each time writes it, and how long a right lasts."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

from benchmarks.told.land import Parcel

_LAW_1993 = date(1993, 10, 15)
_LAW_2003 = date(2004, 7, 1)
_WORDS_1993 = {
    "T": ("T", "Đất ở", "ĐƠ"), "2L": ("Lúa", "2L"), "1L": ("Lúa", "1L"), "M": ("Màu", "M"), "V": ("Vườn",),
    "A": ("Ao",), "R": ("RSX",),
}  # fmt: skip


def uses_of(parcel: Parcel, day: date) -> list[dict[str, Any]]:
    """Return the uses of a parcel without areas: letters, then words, then codes; a home has its garden beside it."""
    return [{"code": code, "area_m2": None} for code in _codes(parcel, day)]


def _codes(parcel: Parcel, day: date) -> list[str]:
    use, year = parcel.use, day.year
    if day < _LAW_1993:
        return ["T" if parcel.no % 3 else "T+V"] if use == "T" else [use]
    if day < _LAW_2003:
        words = _WORDS_1993[use]
        return [words[parcel.no % len(words)]]
    if use == "T":
        return ["ONT", "LNK" if year < 2010 else "CLN"]
    crops, trees = "BHK" if year < 2025 else "HNK", "LNK" if year < 2015 else "CLN"
    return [{"2L": "LUC", "1L": "LUK", "M": crops, "V": trees, "A": "NTS", "R": "RSX"}[use]]


def certified_uses(parcel: Parcel, day: date, area_m2: float, chance: random.Random) -> list[dict[str, Any]]:
    """Return the uses as a certificate prints them: a home's two with their areas, others sometimes."""
    if day < _LAW_2003:
        return uses_of(parcel, day)
    codes = _codes(parcel, day)
    if len(codes) == 1:
        return [{"code": codes[0], "area_m2": area_m2 if chance.random() < 0.3 else None}]
    house = min(float(parcel.house_m2 or 200), area_m2)
    if area_m2 - house < 1:
        return [{"code": "ONT", "area_m2": area_m2}]
    return [{"code": "ONT", "area_m2": house}, {"code": codes[1], "area_m2": round(area_m2 - house, 1)}]


def term(parcel: Parcel, day: date) -> dict[str, str]:
    """Return the term of a right: homes for long, fields for twenty years, then fifty."""
    if parcel.use == "T" or (parcel.use == "V" and day.year < 2004):
        return {"kind": "long"}
    if parcel.use in ("2L", "1L", "M", "A"):
        return {"kind": "until", "date": "2013-10-15" if day.year < 2014 else "2063-10-15"}
    return {"kind": "until", "date": "2043-10-15"}
