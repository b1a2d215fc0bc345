"""How worn papers are read: single fields, values that are missing, and now and then a page under a wrong sheet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from random import Random
from typing import Any

from benchmarks.judge.entries import Told
from benchmarks.judge.people import without_marks

MISREAD = {"owners": 0.07, "area_m2": 0.025, "parcel_no": 0.012, "sheet_no": 0.006, "land_use": 0.02, "serial": 0.02,
           "old_parcel_no": 0.03, "old_sheet_no": 0.02, "change_note": 0.05, "toponym": 0.08, "legal_area_m2": 0.02,
           "register_no": 0.02, "issued_on": 0.01, "address": 0.04}  # fmt: skip
LOST = {"owners": 0.015, "area_m2": 0.01, "land_use": 0.015, "parcel_no": 0.004, "change_note": 0.03, "toponym": 0.06,
        "serial": 0.01, "old_parcel_no": 0.02, "old_sheet_no": 0.02}  # fmt: skip
CAUGHT, DOUBTED = 0.6, 0.03
CONFUSED = {"0": "68", "1": "74", "2": "7", "3": "85", "4": "19", "5": "63", "6": "50", "7": "12", "8": "30", "9": "47"}


def wear(rng: Random, rows: Sequence[Told]) -> None:
    """Misread rows in place."""
    pages: dict[tuple[str, int], list[Told]] = defaultdict(list)
    for told in rows:
        for name in list(told.fields):
            _field(rng, told, name)
        if told.row is not None:
            pages[told.file, told.page].append(told)
    for page in pages.values():
        if page[0].kind == "so_muc_ke" and rng.random() < 0.012:
            wrong = _digits(rng, str(page[0].fields["sheet_no"] or "1"))
            for told in page:
                told.fields["sheet_no"] = wrong


def _field(rng: Random, told: Told, name: str) -> None:
    draw = rng.random()
    if draw < LOST.get(name, 0.0):
        told.fields[name], told.status[name] = None, "unreadable"
    elif draw < LOST.get(name, 0.0) + MISREAD.get(name, 0.0):
        told.fields[name] = _misread(rng, told.fields[name])
        if name == "issued_on" and not _is_day(told.fields[name]):
            told.fields[name], told.status[name] = None, "unreadable"
        if rng.random() < CAUGHT:
            told.status.setdefault(name, "review")
    elif name in MISREAD and rng.random() < DOUBTED:
        told.status[name] = "review"


def _misread(rng: Random, value: Any) -> Any:
    if isinstance(value, float | int):
        return float(_digits(rng, str(value)))
    if isinstance(value, str):
        return _digits(rng, value) if any(c.isdigit() for c in value) else _letters(rng, value)
    if isinstance(value, list) and value and "name" in value[0]:
        return [{**value[0], "name": _letters(rng, value[0]["name"])}, *value[1:]]
    if isinstance(value, list) and value and "code" in value[0]:
        return [{**value[0], "code": rng.choice(("CLN", "LUC", "BHK", "T", "M"))}, *value[1:]]
    return value


def _is_day(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False


def _digits(rng: Random, text: str) -> str:
    places = [n for n, c in enumerate(text) if c in CONFUSED]
    at = rng.choice(places) if places else 0
    new = text[:at] + rng.choice(CONFUSED.get(text[at], "7")) + text[at + 1 :]
    return new.lstrip("0") or "1" if new.isdigit() else new


def _letters(rng: Random, text: str) -> str:
    if rng.random() < 0.3:
        return without_marks(text)
    at = rng.randrange(len(text))
    if text[at] == " ":
        return text
    return text[:at] + rng.choice("aăâeêioôơuưnmhct") + text[at + 1 :]
