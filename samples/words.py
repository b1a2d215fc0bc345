"""Numbers and dates as Vietnamese land papers print them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")


@dataclass(frozen=True, slots=True)
class Speech:
    """A way of saying numbers: `nghìn` or `ngàn`, `linh` or `lẻ`, `tư` or `bốn` after tens."""

    thousand: str = "nghìn"
    odd: str = "linh"
    four: str = "tư"


def _below_thousand(n: int, speech: Speech, full: bool) -> list[str]:
    hundreds, rest = divmod(n, 100)
    tens, units = divmod(rest, 10)
    words: list[str] = []
    if hundreds or full:
        words += [_DIGITS[hundreds], "trăm"]
    if tens == 0:
        if units:
            words += [speech.odd, _DIGITS[units]] if words else [_DIGITS[units]]
        return words
    words += ["mười"] if tens == 1 else [_DIGITS[tens], "mươi"]
    if units == 1 and tens > 1:
        words.append("mốt")
    elif units == 4 and tens > 1:
        words.append(speech.four)
    elif units == 5:
        words.append("lăm")
    elif units:
        words.append(_DIGITS[units])
    return words


def whole_in_words(n: int, speech: Speech = Speech()) -> str:
    """Return a whole number from 0 to 999 999 999 in Vietnamese words."""
    if n == 0:
        return _DIGITS[0]
    groups = ((n // 1_000_000, "triệu"), (n // 1000 % 1000, speech.thousand), (n % 1000, ""))
    words: list[str] = []
    for value, name in groups:
        if value:
            words += _below_thousand(value, speech, full=bool(words))
            words += [name] if name else []
    return " ".join(words)


def area_in_words(area_m2: float, speech: Speech = Speech()) -> str:
    """Return an area of at most one decimal in words with its unit, first letter a capital."""
    tenths = round(area_m2 * 10)
    said = whole_in_words(tenths // 10, speech)
    if tenths % 10:
        said += f" phẩy {_DIGITS[tenths % 10]}"
    return f"{said[0].upper()}{said[1:]} mét vuông"


def number(value: float, places: int = 1, *, trim: bool = False, grouped: bool = True) -> str:
    """Return `1.234,5`: comma as decimal mark; `trim` drops a zero fraction, `grouped` dots the thousands."""
    text = f"{value:,.{places}f}" if grouped else f"{value:.{places}f}"
    if trim and places and text.endswith("." + "0" * places):
        text = text[: -places - 1]
    return text.translate(str.maketrans(",.", ".,"))


def day_in_words(day: date) -> str:
    """Return `ngày 05 tháng 03 năm 2016`, as signature blocks print it."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def day_in_figures(day: date) -> str:
    """Return `05/03/2016`."""
    return f"{day.day:02d}/{day.month:02d}/{day.year}"
