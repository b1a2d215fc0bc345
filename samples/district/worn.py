"""The pattern of our own reading at worn grade, put on true entries.

`worn.csv` counts what became of each printed field, by paper: worn batches of seeds 94003 and 93002 of
`benchmarks.accuracy` (705 entries), exported entries against their truth: accepted, waiting and right, waiting and
wrong, unreadable, not found. What was wrong among accepted comes from the reader as it stands (seed 94003: 0.39 % of
2,843), as the mistakes that were seen there and before: a digit taken for its like, a suffix lost, a row's number or
area taken from the row above, rows of a page one off.
"""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any, Literal

from numpy.random import Generator

from samples.chance import chance, pick, weighted, whole
from samples.district.said import Said

Outcome = Literal["accepted", "review", "misread", "unreadable", "missing"]
OUTCOMES: tuple[Outcome, ...] = ("accepted", "review", "misread", "unreadable", "missing")
#: Wrong among accepted; only of numbers: no name is ever accepted unseen.
_WRONG = 0.004
_WRONG_IN_KEY = 0.002  # of 321 accepted sheet and 346 accepted parcel numbers of seed 94003 none was wrong
_KEYS = ("sheet_no", "parcel_no")
_NUMBERS = (*_KEYS, "area_m2", "legal_area_m2", "serial", "register_no", "old_parcel_no")
_ENTRY_LOST = 0.005
_PAGE_SHIFTED = 0.008
#: How heavily a field's rate over all papers weighs beside that of its own paper, in counted fields.
_PRIOR = 6.0
#: Fields that stand in every row of a paper of several parcels, and those that a book has in the head of each page.
_IN_ROWS = frozenset(
    (
        *("parcel_no", "area_m2", "land_use", "term", "legal_area_m2", "legal_land_use", "toponym", "user_type"),
        *("change_note", "refs", "old_sheet_no", "old_parcel_no", "private_m2", "shared_m2", "origin"),
    )
)
_IN_BOOK_ROWS = _IN_ROWS | {"sheet_no", "owners", "serial", "register_no", "issued_on"}
_CONFUSED = {
    "0": "68",
    "1": "74",
    "2": "7",
    "3": "85",
    "4": "19",
    "5": "63",
    "6": "058",
    "7": "12",
    "8": "360",
    "9": "40",
}
_BOOKS = ("so_muc_ke", "so_dang_ky", "so_dia_chinh", "so_cap_gcn")


def read_worn(rng: Generator, papers: Sequence[Said]) -> list[Said]:
    """Return the papers as they are read, some lost; what stood in a misread field stays in `printed`."""
    kept = [said for said in papers if not chance(rng, _ENTRY_LOST)]
    shared: dict[tuple[str, int, str], tuple[Outcome, Any]] = {}
    for said in kept:
        for name in [name for name in said.values if name != "unit_name"]:
            _read_field(rng, said, name, shared)
        if (state := said.statuses.get("unit_code")) is not None:
            said.statuses["unit_name"] = state
    for before, said in pairwise(kept):
        if _below(before, said) and chance(rng, 0.0015):
            _take_over(said, before, pick(rng, ("parcel_no", "area_m2")))
    _shift_rows(rng, kept)
    return kept


def _read_field(rng: Generator, said: Said, name: str, shared: dict[tuple[str, int, str], tuple[Outcome, Any]]) -> None:
    rows = _IN_BOOK_ROWS if said.kind in _BOOKS else _IN_ROWS | {"sheet_no"}
    if said.kind == "so_muc_ke":
        rows = rows - {"sheet_no"}
    alone = said.row is None or name in rows
    place = (said.document, said.page if said.kind in _BOOKS else 0, name)
    true = said.values[name]
    if not alone and place in shared and (name not in ("owners", "sheet_no") or said.printed.get(name, true) == true):
        outcome, value = shared[place]
        value = value if outcome == "misread" else true
    else:
        outcome, value = _drawn(rng, said, name, true)
        shared[place] = (outcome, value)
    _put(said, name, outcome, value)


def _put(said: Said, name: str, outcome: Outcome, value: Any) -> None:
    true = said.values[name]
    if value != true or outcome in ("unreadable", "missing"):
        said.printed[name] = true
    if outcome == "missing":
        del said.values[name]
        if name == "unit_code":
            said.statuses[name] = "review"
        return
    said.values[name] = None if outcome == "unreadable" else value
    if outcome != "accepted":
        said.statuses[name] = "unreadable" if outcome == "unreadable" else "review"


def _drawn(rng: Generator, said: Said, name: str, true: Any) -> tuple[Outcome, Any]:
    outcome = weighted(rng, tuple(zip(OUTCOMES, rates(paper_name(said.kind, said.form, said.era), name), strict=True)))
    sure = name == "area_m2" and "area_words_m2" in said.values
    if (
        outcome == "accepted"
        and name in _NUMBERS
        and not sure
        and chance(rng, _WRONG_IN_KEY if name in _KEYS else _WRONG)
    ):
        return outcome, confused(rng, true)
    return outcome, misread(rng, name, true) if outcome == "misread" else true


def paper_name(kind: str, form: str | None, era: str | None) -> str:
    """Return what worn.csv calls a paper."""
    if form:
        return form
    if kind == "so_muc_ke" and era in ("299", "1988"):
        return "so_muc_ke_299"
    return f"{kind}_1993" if kind in ("quyet_dinh", "don_dang_ky") and era == "1993" else kind


@cache
def rates(paper: str, name: str) -> tuple[float, ...]:
    """Return how likely each outcome is for a field of that paper, leaning on all papers where it was seen rarely."""
    counts = _counts()
    whole_field = [sum(c[i] for (_, field), c in counts.items() if field == name) for i in range(5)]
    total = sum(whole_field)
    if not total:
        return (1.0, 0.0, 0.0, 0.0, 0.0)
    own = counts.get((paper, name), (0,) * 5)
    return tuple((n + _PRIOR * all_n / total) / (sum(own) + _PRIOR) for n, all_n in zip(own, whole_field, strict=True))


@cache
def _counts() -> Mapping[tuple[str, str], tuple[int, ...]]:
    text = (files("samples.district") / "worn.csv").read_text(encoding="utf-8")
    return {
        (row["paper"], row["field"]): tuple(int(row[name]) for name in OUTCOMES)
        for row in csv.DictReader(text.splitlines())
    }


def confused(rng: Generator, value: Any) -> Any:
    """Return a number with one digit taken for its like, or without its suffix; it is never the same."""
    if isinstance(value, float):
        places = 1 if round(value, 1) != round(value) else 0
        text = f"{value:.{places}f}"
        return float(_one_digit(rng, text))
    text = str(value)
    if text[-1:].isalpha() and text[:1].isdigit() and chance(rng, 0.5):
        return text[:-1]
    if text.isdigit() and len(text) > 1 and chance(rng, 0.15):
        return text[:-1]
    return _one_digit(rng, text)


def _one_digit(rng: Generator, text: str) -> str:
    places = [i for i, sign in enumerate(text) if sign.isdigit()]
    at = pick(rng, places)
    digit = pick(rng, _CONFUSED[text[at]])
    out = text[:at] + digit + text[at + 1 :]
    return out.lstrip("0") or "1" if text[0] != "0" and " " not in text and "." not in text else out


def misread(rng: Generator, name: str, value: Any) -> Any:
    """Return what a value that waits for a person is misread as."""
    if isinstance(value, float) or name in _NUMBERS or name == "old_sheet_no":
        return confused(rng, value)
    if name == "owners":
        return [_misread_owner(rng, owner) for owner in value]
    if name in ("land_use", "legal_land_use"):
        return [
            use | {"code": pick(rng, ("E", "IL", "LUA", "M", "T"))} if i == 0 else use for i, use in enumerate(value)
        ]
    if isinstance(value, str) and name not in ("unit_code", "issued_on", "user_type"):
        return noisy(rng, value)
    return value


def _misread_owner(rng: Generator, owner: Mapping[str, Any]) -> dict[str, Any]:
    out = dict(owner)
    if "address" in out and chance(rng, 0.6):
        out["address"] = noisy(rng, out["address"])
        if chance(rng, 0.6):
            return out
    words = out["name"].split(" ")
    drawn = float(rng.random())
    if drawn < 0.2 and len(words) > 1:
        out["name"] = " ".join(words[: whole(rng, 1, len(words) - 1)])
    elif drawn < 0.27:
        out["name"] = f"{'Bà' if out.get('sex') == 'nu' else 'Ông'} {out['name']}"
    else:
        out["name"] = noisy(rng, out["name"])
    return out


def noisy(rng: Generator, text: str) -> str:
    """Return a text with a mark changed or lost, a letter taken for another, or a sign put in: Nguyên for Nguyễn."""
    places = [i for i, sign in enumerate(text) if sign.isalpha()]
    if not places:
        return text
    out = list(text)
    for _ in range(weighted(rng, ((1, 0.7), (2, 0.2), (3, 0.1)))):
        at = pick(rng, places)
        drawn = float(rng.random())
        if drawn < 0.65:
            out[at] = _other_mark(rng, out[at])
        elif drawn < 0.85:
            out[at] = {"n": "u", "u": "n", "h": "b", "i": "l", "l": "i", "t": "f", "c": "e", "o": "c"}.get(
                out[at], out[at]
            )
        else:
            out[at] = out[at] + pick(rng, ("'", ".", " ", "i"))
    return "".join(out)


def _other_mark(rng: Generator, letter: str) -> str:
    parts = unicodedata.normalize("NFD", letter)
    base, rest = parts[0], [mark for mark in parts[1:] if mark not in _TONES]
    if base.lower() not in "aeiouy":
        return letter
    tone = pick(rng, ("", *_TONES))
    return unicodedata.normalize("NFC", base + "".join(rest) + tone)


_TONES = ("\u0300", "\u0301", "\u0303", "\u0309", "\u0323")


def _below(before: Said, said: Said) -> bool:
    """Return whether a row stands right below another of the same page."""
    same = (before.document, before.page) == (said.document, said.page)
    return same and before.row is not None and said.row == before.row + 1


def _take_over(said: Said, before: Said, name: str) -> None:
    value = before.printed.get(name, before.values.get(name))
    if value is not None and said.values.get(name) is not None and value != said.values[name]:
        said.printed.setdefault(name, said.values[name])
        said.values[name] = value


def _shift_rows(rng: Generator, papers: Iterable[Said]) -> None:
    """On few pages of the old books let the numbers, or the areas, of some rows slip down by one."""
    pages: dict[tuple[str, int], list[Said]] = {}
    for said in papers:
        if said.kind in ("so_muc_ke", "so_dang_ky") and said.era in ("299", "1988"):
            pages.setdefault((said.document, said.page), []).append(said)
    for rows in pages.values():
        if len(rows) < 6 or not chance(rng, _PAGE_SHIFTED):
            continue
        first = whole(rng, 1, len(rows) - 3)
        name = pick(rng, ("parcel_no", "area_m2"))
        for at in range(min(len(rows) - 1, first + whole(rng, 3, 10)), first - 1, -1):
            _take_over(rows[at], rows[at - 1], name)
