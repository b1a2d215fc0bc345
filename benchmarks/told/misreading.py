"""How the papers are misread: which fields, how they are wrong, and what the reader thinks of it."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

from benchmarks.told.naming import unmarked
from benchmarks.told.world import Fields, Written

_RATES = {
    "sheet_no": 0.015, "parcel_no": 0.028, "area_m2": 0.03, "owners": 0.045, "serial": 0.035, "register_no": 0.03,
    "toponym": 0.05, "old_sheet_no": 0.035, "old_parcel_no": 0.035, "land_use": 0.02, "legal_area_m2": 0.03,
    "issued_on": 0.02, "address": 0.03, "change_note": 0.04, "total_m2": 0.03,
}  # fmt: skip
_BY_ERA = {"299": 1.35, "1988": 1.35, "2013": 0.7, "2024": 0.7}
_LIKE = str.maketrans("0123456789", "6778965134")
_USES = {"T": "I", "2L": "1L", "1L": "2L", "M": "Mạ", "LUC": "LUK", "LUK": "LUC"}
_NEEDED = ("unit_name", "sheet_no", "parcel_no", "area_m2")


def misread(written: Iterable[Written], chance: random.Random) -> Counter[str]:
    """Misread some fields in place, most of them under a question; return how many of each sort."""
    counts: Counter[str] = Counter()
    for one in written:
        entry = one.entry
        factor = _BY_ERA.get(entry["era"], 1.0)
        for name, field in entry["fields"].items():
            if name in _RATES and chance.random() <= _RATES[name] * factor:
                counts[_misread(name, field, chance)] += 1
            elif field["from"] == "paper" and chance.random() < 0.012:
                field |= {"status": "review", "p": round(chance.uniform(0.6, 0.93), 3)}
                counts["right, in question"] += 1
        needed = (*_NEEDED, "serial") if entry["kind"] == "gcn" else _NEEDED
        if any(one.fields.get(name, {}).get("status") in ("review", "unreadable") for name in needed):
            entry["status"] = "review"
    del counts[""]
    return counts


def _misread(name: str, field: Fields, chance: random.Random) -> str:
    """Misread one field; return what became of it, or nothing where it happened to be read right."""
    if chance.random() < 0.14:
        field |= {"value": None, "status": "unreadable", "p": None}
        return "unreadable"
    value, text = _wrong(name, field["value"], field["text"], chance)
    if value == field["value"]:
        return ""
    field |= {"value": value, "text": text}
    if chance.random() < 0.8:
        field |= {"status": "review", "p": round(chance.uniform(0.4, 0.9), 3)}
        return "wrong, in question"
    field["p"] = round(chance.uniform(0.9, 0.98), 3)
    return "wrong, taken"


def _wrong(name: str, value: Any, text: str, chance: random.Random) -> tuple[Any, str]:
    """Return a wrong value and its text."""
    if name in ("area_m2", "legal_area_m2", "total_m2"):
        wrong = _other_digit(text, chance)
        return float(wrong.replace(".", "").replace(",", ".")), wrong
    if name == "owners":
        owners = [{**one, "name": _other_letters(one["name"], chance)} for one in value]
        return owners, ", ".join(one["name"] for one in owners)
    if name == "land_use":
        if len(value) > 1:
            return value, text
        return [{**value[0], "code": _USES.get(value[0]["code"], value[0]["code"])}], text
    if name in ("toponym", "address"):
        wrong = _other_letters(value, chance)
        return wrong, wrong
    wrong = _other_digit(value, chance)
    if name == "issued_on" and not _is_day(wrong):
        return value, text
    return wrong, wrong


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _other_digit(text: str, chance: random.Random) -> str:
    """Return a text with one digit taken for a like one."""
    places = [at for at, letter in enumerate(text) if letter.isdigit()]
    if not places:
        return text
    at = chance.choice(places)
    return text[:at] + text[at].translate(_LIKE) + text[at + 1 :]


def _other_letters(text: str, chance: random.Random) -> str:
    """Return a text with one word's marks or letters taken for others."""
    words = text.split()
    at = chance.randrange(len(words))
    word, plain = words[at], unmarked(words[at])
    if plain != word and chance.random() < 0.6:
        words[at] = plain
    elif "ă" in word:
        words[at] = word.replace("ă", "â", 1)
    elif "n" in word:
        words[at] = word.replace("n", "u", 1)
    else:
        words[at] = f"{word}h" if chance.random() < 0.3 else plain
    return " ".join(words)
