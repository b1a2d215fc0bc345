"""How worn papers are misread: one digit or letter for another, a mark lost, a value unreadable or not found at all."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from benchmarks.plain.papers import Paper
from benchmarks.plain.people import bare

Errors = Literal["none", "worn"]
KEY_FIELDS = ("unit_code", "sheet_no", "parcel_no")
#: Share of values misread by era; three in four of them wait for a person, the others are taken.
_RATES = {"299": 0.040, "1988": 0.04, "1993": 0.032, "2003": 0.022, "2009": 0.018, "2013": 0.018, "2024": 0.01}
_FACTORS = {"sheet_no": 0.35, "unit_name": 0.35, "address": 0.35, "owners": 1.6}
_WAITS, _UNREADABLE, _LOST = 0.76, 0.010, 0.006
_NEVER_LOST = ("sheet_no", "parcel_no", "owners", "unit_name", "area_m2")
_NOT_READ = ("unit_code", "corners")  # the code is inferred; of corners we say nothing
_DIGITS = {"1": "7", "7": "1", "3": "8", "8": "3", "5": "6", "6": "5", "0": "6", "9": "4", "4": "9", "2": "7"}
_LETTERS = (
    ("ấ", "ầ"), ("ũ", "ữ"), ("ị", "i"), ("ă", "â"), ("ọ", "o"), ("n", "u"), ("h", "n"), ("i", "l"), ("a", "o"),
)  # fmt: skip
_CODES = {"T": "L", "2L": "ZL", "M": "Mạ", "LUC": "LUK", "ONT": "ODT", "BHK": "NHK"}
_NUMBERS = ("sheet_no", "parcel_no", "old_sheet_no", "old_parcel_no", "serial", "register_no", "change_note")


@dataclass(frozen=True, slots=True)
class Read:
    """A value as it is read, with its probability and status; `right` says whether it is the paper's."""

    value: Any
    p: float
    status: str
    right: bool

    @property
    def told(self) -> bool:
        """Return whether the value is taken and right."""
        return self.right and self.status == "accepted"


def read(paper: Paper, errors: Errors, chance: random.Random) -> Mapping[str, Read]:
    """Return what is read of a paper; fields that were lost are left out."""
    rate = _RATES[paper.era] if errors == "worn" else 0.0
    found = {name: _read(name, value, rate, chance) for name, value in paper.fields.items()}
    return {name: one for name, one in found.items() if one is not None}


def _read(name: str, value: Any, rate: float, chance: random.Random) -> Read | None:
    p = round(chance.uniform(0.97, 0.999), 3)
    right = Read(value, p, "accepted", right=True)
    if name in _NOT_READ:
        return right
    if chance.random() < rate * _FACTORS.get(name, 1.0):
        wrong = misread(name, value, chance)
        if wrong is None or wrong == value:
            return right
        if chance.random() < _WAITS:
            return Read(wrong, round(chance.uniform(0.35, 0.85), 3), "review", right=False)
        return Read(wrong, round(chance.uniform(0.93, 0.99), 3), "accepted", right=False)
    if rate and chance.random() < _UNREADABLE:
        return Read(None, 0.1, "unreadable", right=False)
    if rate and name not in _NEVER_LOST and chance.random() < _LOST:
        return None
    if chance.random() < (0.018 if rate else 0.002):
        return Read(value, round(chance.uniform(0.5, 0.93), 3), "review", right=True)
    return right


def misread(name: str, value: Any, chance: random.Random) -> Any:
    """Return what a value can be taken for; None where nothing is like it."""
    if name in _NUMBERS:
        text = _digits(value, chance)
        if not (text or "").lstrip("0"):
            return None
        return (text or "").lstrip("0") if name.endswith("_no") and name != "register_no" else text
    if name in ("area_m2", "private_m2", "total_m2"):
        text = _digits(f"{value:.1f}" if value % 1 else f"{value:.0f}", chance)
        return float(text) if text and float(text) > 0 else None
    if name == "issued_on":
        year = _digits(value[:4], chance) or ""
        return year + value[4:] if len(year) == 4 and 1980 <= int(year) <= 2025 else None
    if name == "owners":
        return _first(value, "name", _name(value[0]["name"], chance))
    if name == "refs":
        return _first(value, "value", _digits(value[0]["value"], chance))
    if name == "land_use":
        code = value[0]["code"]
        return _first(value, "code", _CODES.get(code, f"{code}?"))
    return _name(value, chance) if name in ("toponym", "unit_name", "address") else None


def _first(items: list[dict[str, Any]], name: str, value: str | None) -> list[dict[str, Any]] | None:
    """Return the items with one thing of the first replaced."""
    return [items[0] | {name: value}, *items[1:]] if value else None


def _digits(text: str, chance: random.Random) -> str | None:
    """Return the text with a digit taken for another, left out or doubled."""
    places = [at for at, letter in enumerate(text) if letter in _DIGITS]
    if not places:
        return None
    at, how = chance.choice(places), chance.random()
    if how < 0.85 or len(text) < 2:
        return text[:at] + _DIGITS[text[at]] + text[at + 1 :]
    if how < 0.93 and sum(letter.isdigit() for letter in text) > 1:
        return text[:at] + text[at + 1 :]
    return text[:at] + text[at] + text[at:]


def _name(text: str, chance: random.Random) -> str | None:
    """Return the text with a word without marks, with a letter taken for another, or with its end lost."""
    words = text.split()
    at, how = chance.randrange(len(words)), chance.random()
    word = words[at]
    if how < 0.5 and bare(word) != word:
        words[at] = bare(word)
    elif how < 0.8:
        pair = next(((one, other) for one, other in _LETTERS if one in word), None)
        if pair:
            words[at] = word.replace(*pair, 1)
    elif len(word) > 2:
        words[at] = word[:-1]
    read_as = " ".join(words)
    return read_as if read_as != text else None
