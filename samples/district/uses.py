"""Land use, term and origin of a parcel as papers of each law print them."""

from __future__ import annotations

from datetime import date
from typing import Any

from numpy.random import Generator

from samples.chance import chance, pick, weighted
from samples.land import Grain

_OLD = {
    "LUC": ("2L", "2L", "2L", "L"),
    "LUK": ("1L", "1L", "LM"),
    "BHK": ("M", "M", "Màu"),
    "CLN": ("V",),
    "NTS": ("Ao",),
    "RSX": ("R",),
}
_RED = {
    "LUC": ("LUA", "LUA", "2L", "Lúa"),
    "LUK": ("LUA", "1L"),
    "BHK": ("Màu",),
    "CLN": ("Vườn",),
    "NTS": ("TS",),
    "RSX": ("R",),
}


def cover_of(rng: Generator, grain: Grain) -> tuple[str, ...]:
    """Draw what a parcel is used for; O is dwelling."""
    if grain == "house":
        return weighted(rng, ((("O",), 0.55), (("O", "CLN"), 0.45)))
    if grain == "garden":
        return weighted(rng, ((("O", "CLN"), 0.62), (("O", "BHK"), 0.12), (("O",), 0.08), (("CLN",), 0.18)))
    if grain == "field":
        return weighted(rng, ((("LUC",), 0.62), (("LUK",), 0.12), (("BHK",), 0.2), (("NTS",), 0.06)))
    return ("RSX",)


def home_of(rng: Generator, cover: tuple[str, ...], area_m2: float) -> float:
    """Draw how many m² of a parcel are recognised as house land."""
    if "O" not in cover:
        return 0.0
    return area_m2 if len(cover) == 1 else min(float(pick(rng, (100, 120, 150, 200, 200, 300))), round(area_m2 / 2))


def letter_299(rng: Generator, cover: tuple[str, ...]) -> list[dict[str, Any]]:
    """Return the letter of the books of 1982: T is house, garden and pond together."""
    if "O" in cover:
        return [{"code": "T+V" if "CLN" in cover and chance(rng, 0.1) else "T", "area_m2": None}]
    return [{"code": pick(rng, _OLD[cover[0]]), "area_m2": None}]


def word_1993(rng: Generator, cover: tuple[str, ...], *, urban: bool) -> list[dict[str, Any]]:
    """Return the purpose of a certificate of 1993: LUA, Màu, Vườn, Thổ cư, or house land by the commune's type."""
    home = "Thổ cư" if chance(rng, 0.35) else "ODT" if urban else "ONT"
    return [{"code": home if "O" in cover else pick(rng, _RED[cover[0]]), "area_m2": None}]


def codes(cover: tuple[str, ...], when: date, *, urban: bool) -> list[str]:
    """Return the codes of the law of that day; BHK became HNK with the table of 2024."""
    home = "ODT" if urban else "ONT"
    names = [home if code == "O" else code for code in cover]
    return ["HNK" if name == "BHK" and when.year >= 2025 else name for name in names]


def purposes(
    cover: tuple[str, ...], home_m2: float, area_m2: float, when: date, *, urban: bool, areas: bool
) -> list[dict[str, Any]]:
    """Return the purposes with their areas where the paper prints them and there are several."""
    names = codes(cover, when, urban=urban)
    if len(names) == 1 or not areas:
        return [{"code": name, "area_m2": None} for name in names]
    first = min(home_m2, round(area_m2 * 0.8, 1)) if "O" in cover else round(area_m2 / 2, 1)
    return [{"code": names[0], "area_m2": first}, {"code": names[1], "area_m2": round(area_m2 - first, 1)}]


def term(cover: tuple[str, ...], when: date, *, urban: bool) -> Any:
    """Return the term: long for dwellings, 20 years from 15 October 1993 for annual crops, then 50."""
    if when.year < 2004:
        cover = cover[:1]
    terms: list[dict[str, Any]] = []
    for code, name in zip(cover, codes(cover, when, urban=urban), strict=True):
        if code == "O":
            one: dict[str, Any] = {"kind": "long"}
        elif code in ("CLN", "RSX"):
            one = {"kind": "until", "date": "2043-10-15"}
        else:
            one = {"kind": "until", "date": "2063-10-15" if when >= date(2013, 10, 15) else "2013-10-15"}
        terms.append(one | ({"code": name} if len(cover) > 1 else {}))
    return terms if len(terms) > 1 else terms[0]


def origin(rng: Generator, how: str) -> list[str]:
    """Return the origin of use by how the holder came to it."""
    base = pick(rng, ("CNQ-CTT", "CNQ-KTT", "CNQ-KTT", "DG-KTT"))
    prefix = {"transfer": "NCN-", "inheritance": "NTK-", "gift": "NTC-"}.get(how, "")
    return [prefix + base]
