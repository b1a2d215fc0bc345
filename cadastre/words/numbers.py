"""Areas in Vietnamese notation: `1.234,5` m²; the dot groups thousands and the comma is the decimal mark."""

from __future__ import annotations

import re
from typing import Literal

from cadastre.words.folding import fold, tidy

_HECTARE_M2 = 10_000
_SAO_M2, _THUOC_M2 = 499.95, 33.33  # of Trung Bộ: 1 mẫu = 10 sào, 1 sào = 15 thước (domain.md 2.1)
_OLD_UNITS = re.compile(
    r"\W*(?:(\d{1,2})\W*m[a-z]u\W*)?"
    r"(?:(\d{1,2})\W*s(?:[a-z]o|a|o)\W*)?(?:(\d{1,2})\W*th[a-z]{0,4}\W*)?"
)
_NUMBER = r"\d(?:[\d.,' ]*\d)?"
# What m² comes back as: m2, m², m?, mỸ, m°, rn2 (facts: engines lack the sign ²)
_SQUARE_METRE = r"(?:m|rn)\s*(?:2|²|\?|Ỹ|ỹ|°|\*|'|\"|z|Z)?"
_AREA = re.compile(
    rf"^[\s:.=(]*(?P<number>{_NUMBER})\s*(?P<unit>{_SQUARE_METRE}|m[eéè]t vu[oô]ng|ha|héc ?ta)?[\s.,;:|)]*$",
    re.IGNORECASE,
)
_NONE = re.compile(r"^[\s:.]*kh[oô]ng(?:\s*(?:m|rn).{0,2})?[\s.,;:]*$", re.IGNORECASE)

# `.249,6` was 1.249,6: a mark right before the digits says that digits are lost
_BEHEADED = re.compile(r"[\s:=(]*[.,]\d")

# Shape of the number -> how it may be meant, most likely first.
_SHAPES: tuple[tuple[re.Pattern[str], tuple[Literal["whole", "decimal", "english"], ...]], ...] = (
    (re.compile(r"0|[1-9]\d*"), ("whole",)),
    (re.compile(r"[1-9]\d{0,2}([. ]\d{3})+,\d{1,2}"), ("decimal",)),
    (re.compile(r"(0|[1-9]\d*),\d{1,2}"), ("decimal",)),
    (re.compile(r"[1-9]\d{0,2}(,\d{3})+\.\d{1,2}"), ("english",)),
    (re.compile(r"(0|[1-9]\d*)\.\d{1,2}"), ("english",)),
    (re.compile(r"[1-9]\d{0,2}(\.\d{3})+\.\d{1,2}|[1-9]\d{0,2}(,\d{3})+,\d{1,2}"), ("english",)),
    (re.compile(r"[1-9]\d{0,2}((\.\d{3}){2,}|(,\d{3}){2,}|( \d{3})+)"), ("whole",)),
    (re.compile(r"[1-9]\d{0,2}\.\d{3}|[1-9]\d{0,2},\d{3}"), ("whole", "english")),
    (re.compile(r"(0|[1-9]\d{3,})[.,]\d{3}"), ("english",)),
)


def _meant(number: str, how: str) -> float:
    if how == "whole":
        return float(re.sub(r"\D", "", number))
    # the last mark is the decimal mark, whichever of the two was seen
    whole, _, part = re.sub(r"[., ](?=.*[.,])", "", number).replace(",", ".").partition(".")
    return float(f"{whole}.{part}")


def read_numbers(text: str) -> tuple[float, ...]:
    """Return what a printed number may mean, most likely first; empty where it follows no known notation.

    `2.500` is 2500 or 2.5: only other evidence can tell (domain.md 3.3).
    """
    number = re.sub(r"\s*([.,])\s*", r"\1", text.strip().replace("'", ""))
    for shape, meanings in _SHAPES:
        if shape.fullmatch(number):
            return tuple(_meant(number, how) for how in meanings)
    return ()


def read_area(text: str) -> tuple[float, ...]:
    """Return what a printed area may mean in m², most likely first; `Không` is 0.0, empty is unreadable."""
    text = tidy(text)
    if _NONE.match(text):
        return (0.0,)
    if _BEHEADED.match(text):
        return ()
    if old := _OLD_UNITS.fullmatch(fold(text)):
        mau, sao, thuoc = (int(part or 0) for part in old.groups())
        return (round((10 * mau + sao) * _SAO_M2 + thuoc * _THUOC_M2, 2),) if any(old.groups()) else ()
    match = _AREA.match(text)
    if match is None:
        return ()
    if not (match["unit"] or "").casefold().startswith("h"):
        return read_numbers(match["number"])
    number = re.sub(r"\s*([.,])\s*", r"\1", match["number"])
    if re.fullmatch(r"\d+([.,]\d{1,4})?", number) is None:
        return ()
    return (round(float(number.replace(",", ".")) * _HECTARE_M2, 4),)


def is_grouped_by_dots(text: str) -> bool:
    """Return whether the text shows beyond doubt that its dots group thousands: `1.234,5`."""
    return re.search(r"\d\.\d{3}(,\d{1,2}\b|\.\d{3}\b)", text) is not None


def has_decimals(text: str) -> bool:
    """Return whether the printed number ends in one or two decimals: `1234,5`."""
    return re.search(r"\d[.,] ?\d{1,2}(?!\d)", text) is not None
