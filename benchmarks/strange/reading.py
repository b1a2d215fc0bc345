"""How a reader of scans gets a paper's values: mostly right, some waiting, a few wrong and accepted all the same.

The rates are this judge's own, per field: accepted wrong 0.3 to 0.6 %, waiting as in `_WORN`. A key field (commune,
sheet, parcel) waits in about one entry in 23; such an entry attests no key. Names are read with noise and mostly wait.
"""

from __future__ import annotations

import random
import unicodedata
from dataclasses import dataclass
from typing import Any, Literal

Grade = Literal["none", "worn"]
KEY_FIELDS = ("unit_code", "sheet_no", "parcel_no")
#: field -> (accepted wrong, waits, unreadable)
_WORN: dict[str, tuple[float, float, float]] = {
    "unit_code": (0.0015, 0.010, 0.0),
    "unit_name": (0.003, 0.010, 0.002),
    "sheet_no": (0.003, 0.011, 0.002),
    "parcel_no": (0.004, 0.016, 0.003),
    "old_sheet_no": (0.006, 0.08, 0.02),
    "old_parcel_no": (0.006, 0.09, 0.02),
    "area_m2": (0.0045, 0.040, 0.006),
    "legal_area_m2": (0.0045, 0.050, 0.006),
    "private_m2": (0.005, 0.050, 0.010),
    "serial": (0.003, 0.055, 0.010),
    "register_no": (0.005, 0.080, 0.015),
    "issued_on": (0.003, 0.040, 0.010),
    "land_use": (0.005, 0.060, 0.010),
    "legal_land_use": (0.005, 0.060, 0.010),
    "owners": (0.005, 0.580, 0.025),
    "toponym": (0.006, 0.300, 0.040),
    "address": (0.006, 0.250, 0.020),
    "change_note": (0.006, 0.250, 0.030),
    "user_type": (0.003, 0.030, 0.005),
}
_OTHER = (0.004, 0.05, 0.01)
_DIGITS = {"0": "6", "1": "7", "7": "1", "3": "8", "8": "3", "5": "6", "6": "5", "9": "4", "4": "9", "2": "7"}
_LETTERS = {"n": "u", "u": "n", "c": "e", "e": "c", "h": "b", "t": "l", "l": "t", "i": "l", "a": "o", "o": "a"}


@dataclass(frozen=True, slots=True)
class ReadField:
    """A field as the reader gives it; `right` says whether the value is the paper's."""

    value: Any
    p: float
    status: str
    right: bool


def read_field(name: str, value: Any, grade: Grade, chance: random.Random) -> ReadField:
    """Return what the reader makes of a printed value."""
    if grade == "none":
        return ReadField(value, 0.995, "accepted", right=True)
    wrong, waits, unreadable = _WORN.get(name, _OTHER)
    drawn = chance.random()
    if drawn < unreadable:
        return ReadField(None, 0.0, "unreadable", right=False)
    if drawn < unreadable + waits:
        noisy = 0.45 if name in ("owners", "change_note", "address", "toponym") else 0.3
        if chance.random() < noisy:
            return ReadField(misread(name, value, chance), round(chance.uniform(0.2, 0.8), 3), "review", right=False)
        answered = chance.random() < 0.04
        status = "confirmed" if answered else "review"
        return ReadField(value, 1.0 if answered else round(chance.uniform(0.5, 0.97), 3), status, right=True)
    if drawn < unreadable + waits + wrong:
        return ReadField(misread(name, value, chance), round(chance.uniform(0.975, 0.999), 3), "accepted", right=False)
    return ReadField(value, round(chance.uniform(0.98, 0.9995), 4), "accepted", right=True)


def misread(name: str, value: Any, chance: random.Random) -> Any:
    """Return a value that the printed one can be taken for, never the printed one itself."""
    if isinstance(value, float | int):
        return float(_digit(f"{value:.1f}", chance)) if value % 1 else float(_digit(f"{value:.0f}", chance))
    if name in ("owners",):
        return [{**owner, "name": _noisy(owner["name"], chance)} for owner in value]
    if name in ("land_use", "legal_land_use"):
        swapped = {"LUC": "LUK", "ONT": "ODT", "ODT": "ONT", "CLN": "CLM", "T": "I", "2L": "2I", "V": "Y"}
        return [{**one, "code": swapped.get(one["code"], one["code"] + "H")} for one in value]
    if name == "issued_on":
        return f"{value[:8]}{(int(value[8:]) % 28) + 1:02d}"
    if isinstance(value, str):
        return _digit(value, chance) if any(c.isdigit() for c in value) else _noisy(value, chance)
    if name == "corners":
        return [{**value[0], "x": round(value[0]["x"] + 10, 2)}, *value[1:]]
    return None


def _digit(text: str, chance: random.Random) -> str:
    """Return the text with one digit taken for another."""
    places = [at for at, letter in enumerate(text) if letter.isdigit()]
    at = chance.choice(places)
    return f"{text[:at]}{_DIGITS[text[at]]}{text[at + 1 :]}"


def _noisy(text: str, chance: random.Random) -> str:
    """Return the text with a mark lost or a letter taken for another."""
    places = [at for at, letter in enumerate(text) if letter.isalpha()]
    for _ in range(12):
        at = chance.choice(places)
        plain = unicodedata.normalize("NFD", text[at])[0]
        other = plain if plain != text[at] else _LETTERS.get(plain, plain)
        if other != text[at]:
            return f"{text[:at]}{other}{text[at + 1 :]}"
    return f"{text[:-1]}"
