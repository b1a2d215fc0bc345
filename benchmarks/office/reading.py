"""How papers are read: without a fault, or worn, with the outcomes that our own reading of worn paper had.

`samples/district/worn.csv` counts by paper and field what became of printed values: accepted, waiting and right,
waiting and wrong, unreadable, not found. A field counted seldom leans on all papers together. Of what is accepted
0.4 % is wrong.
"""

from __future__ import annotations

import csv
import random
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from benchmarks.office.days import MERGER
from benchmarks.office.papers import Paper

Errors = Literal["none", "worn"]
KEY_FIELDS = ("unit_code", "sheet_no", "parcel_no")
_OUTCOMES = ("accepted", "review", "misread", "unreadable", "missing")
_WRONG_UNSEEN, _PRIOR = 0.004, 6.0
_BOOK_PAGE_LOST = 0.012
_HELD = {"don_dang_ky": 0.9, "trich_do": 0.88, "quyet_dinh": 0.94}
_BOOKS = ("so_muc_ke", "so_dang_ky", "so_dia_chinh", "so_cap_gcn")
#: Fields printed once for all rows of a certificate, an application or a decision.
_HEAD = ("owners", "serial", "register_no", "issued_on", "address", "total_m2")
_LIKE = {"0": "6", "1": "7", "2": "7", "3": "8", "4": "9", "5": "6", "6": "5", "7": "1", "8": "3", "9": "4"}
_NUMBERS = ("sheet_no", "parcel_no", "old_sheet_no", "old_parcel_no", "serial", "register_no", "change_note")
#: After the merger so many papers do not name the commune of before.
_SILENT = 0.25


@dataclass(frozen=True, slots=True)
class Read:
    """A value as it is read; `right` says whether it is the paper's."""

    value: Any
    p: float
    status: str
    right: bool
    source: str = "paper"

    @property
    def told(self) -> bool:
        """Return whether the value is taken and right."""
        return self.right and self.status == "accepted"


@dataclass(frozen=True, slots=True)
class Given:
    """An entry as it is handed over: its paper and what was read of it."""

    entry_id: str
    paper: Paper
    read: Mapping[str, Read]

    def told(self, name: str) -> bool:
        """Return whether a value is there, taken and right."""
        return name in self.read and self.read[name].told

    def shows(self, name: str) -> bool:
        """Return whether a value is there and right, taken or waiting."""
        return name in self.read and self.read[name].right

    @property
    def attests(self) -> bool:
        """Return whether commune, sheet and number are taken and right."""
        return all(self.told(name) for name in KEY_FIELDS)


def hand_over(papers: Iterable[Paper], errors: Errors, seed: int) -> list[Given]:
    """Return the entries of the papers that are held, as they are read; what is held does not depend on the reading."""
    held = [paper for paper in papers if paper.held and _is_held(paper, seed)]
    chance, counts, shared = random.Random(f"reading {seed}"), Counter[str](), dict[tuple[object, ...], Read | None]()
    given = []
    for paper in held:
        counts[paper.document] += 1
        read = {name: _read(paper, name, value, errors, chance, shared) for name, value in paper.fields.items()}
        found = {name: one for name, one in read.items() if one is not None}
        _unit(paper, found, random.Random(f"silent {seed} {paper.document}").random() < _SILENT)
        given.append(Given(f"{paper.document}-{counts[paper.document]}", paper, found))
    return given


def _is_held(paper: Paper, seed: int) -> bool:
    if paper.kind in _BOOKS:
        return random.Random(f"page {seed} {paper.document} {paper.page}").random() > _BOOK_PAGE_LOST
    return random.Random(f"held {seed} {paper.document}").random() < _HELD.get(paper.kind, 1.0)


def _unit(paper: Paper, found: dict[str, Read], silent: bool) -> None:
    """Let the code follow the name: it waits where the name waits, and is not known where the name is not."""
    name = found.get("unit_name")
    if name is None or not name.right or (paper.day >= MERGER and silent):
        found.pop("unit_code", None)
        if paper.day >= MERGER and silent:
            found["unit_name"] = Read("Phường Điện Bàn Đông", 0.99, "accepted", right=True)
        return
    source = "manifest" if paper.day >= MERGER else "inferred"
    found["unit_code"] = Read(paper.fields["unit_code"], name.p, name.status, name.right, source)


def _read(
    paper: Paper, name: str, value: Any, errors: Errors, chance: random.Random,
    shared: dict[tuple[object, ...], Read | None],
) -> Read | None:  # fmt: skip
    if errors == "none" or name == "unit_code":
        return Read(value, 0.99, "accepted", right=True)
    book = paper.kind in _BOOKS
    heads = () if book else _HEAD
    if name not in ("unit_name", *heads) and (paper.kind, name) != ("so_muc_ke", "sheet_no"):
        return _outcome(paper, name, value, chance)
    place = (paper.document, paper.page, name, str(value))
    if place not in shared:
        shared[place] = _outcome(paper, name, value, chance)
    return shared[place]


def _outcome(paper: Paper, name: str, value: Any, chance: random.Random) -> Read | None:
    what = chance.choices(_OUTCOMES, _weights(_sort_of(paper), name))[0]
    if what == "missing":
        return None
    if what == "unreadable":
        return Read(None, 0.1, "unreadable", right=False)
    if what == "misread" or (what == "accepted" and chance.random() < _WRONG_UNSEEN):
        wrong = misread(name, value, chance)
        if wrong is not None and wrong != value:
            status = "review" if what == "misread" else "accepted"
            return Read(wrong, round(chance.uniform(0.3, 0.8) if what == "misread" else 0.97, 3), status, right=False)
    if what == "accepted":
        return Read(value, round(chance.uniform(0.95, 0.999), 3), "accepted", right=True)
    return Read(value, round(chance.uniform(0.5, 0.93), 3), "review", right=True)


def _sort_of(paper: Paper) -> str:
    if paper.kind == "gcn":
        return paper.form or ""
    if paper.kind == "so_muc_ke" and paper.era in ("299", "1988"):
        return "so_muc_ke_299"
    early = paper.era == "1993" and paper.kind in ("don_dang_ky", "quyet_dinh")
    return f"{paper.kind}_1993" if early else paper.kind


@cache
def _counted() -> Mapping[tuple[str, str], Sequence[int]]:
    with (files("samples.district") / "worn.csv").open(encoding="utf-8") as file:
        return {(row["paper"], row["field"]): [int(row[one]) for one in _OUTCOMES] for row in csv.DictReader(file)}


@cache
def _weights(sort: str, name: str) -> Sequence[float]:
    """Return how often each outcome befalls a field of a paper, leaning on the field's other papers."""
    table = _counted()
    rows = [counts for (_, field), counts in table.items() if field == name] or [[95, 4, 1, 0, 0]]
    whole = [sum(row[at] for row in rows) for at in range(len(_OUTCOMES))]
    own = table.get((sort, name), [0] * len(_OUTCOMES))
    return [count + _PRIOR * every / sum(whole) for count, every in zip(own, whole, strict=True)]


def misread(name: str, value: Any, chance: random.Random) -> Any:
    """Return what a value can be taken for; None where nothing is like it."""
    if name in _NUMBERS:
        return _digits(value, chance)
    if isinstance(value, float):
        text = _digits(f"{value:.1f}" if value % 1 else f"{value:.0f}", chance)
        return float(text) if text and float(text) > 0 else None
    made: Callable[[Any, random.Random], Any] | None = {
        "owners": lambda all_, by: [all_[0] | {"name": _letters(all_[0]["name"], by)}, *all_[1:]],
        "refs": lambda all_, by: [all_[0] | {"value": _digits(all_[0]["value"], by)}, *all_[1:]],
        "land_use": lambda all_, _: [all_[0] | {"code": {"T": "L", "2L": "ZL", "M": "H"}.get(all_[0]["code"], "CLN")}],
        "issued_on": lambda day, by: f"{day[:8]}{by.randrange(1, 29):02d}",
    }.get(name)
    if made is not None:
        return made(value, chance)
    return _letters(value, chance) if isinstance(value, str) else None


def _digits(text: str, chance: random.Random) -> str | None:
    places = [at for at, letter in enumerate(text) if letter in _LIKE]
    if not places:
        return None
    at = chance.choice(places)
    wrong = text[:at] + _LIKE[text[at]] + text[at + 1 :]
    return wrong if not wrong.startswith("0") or text.startswith("0") or len(text) > 4 else None


def _letters(text: str, chance: random.Random) -> str:
    """Return the text with one word's marks lost, a letter taken for another, or its end cut."""
    words = text.split()
    at, how = chance.randrange(len(words)), chance.random()
    if how < 0.55:
        words[at] = plain(words[at])
    elif how < 0.8:
        old, new = chance.choice((("n", "u"), ("h", "b"), ("a", "o"), ("i", "l"), ("c", "e")))
        words[at] = words[at].replace(old, new, 1)
    elif len(words[at]) > 2:
        words[at] = words[at][:-1]
    return " ".join(words)


def plain(text: str) -> str:
    """Return the text without marks."""
    parts = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(letter for letter in parts if not unicodedata.combining(letter))
