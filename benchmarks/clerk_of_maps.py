"""A clerk who knows how the maps of a made batch go together answers the workbook's sheet of links, by its cells."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from benchmarks.links import Pair
from flows.asking.cells import ANSWER_HEAD
from flows.asking.help import NO_PARCEL, OTHER_PARCEL, OTHER_SHEET, RIGHT, WRONG
from flows.asking.link_sheet import NAMED_HEAD

ASKED_HEAD, FOUND_HEAD = "Câu hỏi", "Máy tìm được"
_MAP = r"bản đồ (?P<{0}era>\w+), [^()]*(?:\((?P<{0}unit>\d{{5}})\))?"
_SUBJECT = re.compile(rf"^(?:Thửa (?P<parcel>\S+) t|T)ờ (?P<sheet>\S+) \({_MAP.format('')}\)")
_OTHER = re.compile(_MAP.format("other_"))
_ERA = re.compile(r"@\w+/")
_NUMBER = re.compile(r"thửa (\S+) tờ (\S+)")
Words = tuple[str, str]
"""What is chosen, and what is written beside it."""


def named_in(question: str) -> tuple[str, str]:
    """Return the key of the parcel, or of the sheet, that a question is about, and the words after it."""
    told = _SUBJECT.match(question)
    if told is None:
        raise ValueError(f"nothing is named in {question!r}")
    parcel = "" if told["parcel"] is None else f"/{told['parcel']}"
    rest = question[told.end() :].lstrip(": ")
    return f"{told['unit'] or ''}@{told['era']}/{told['sheet']}{parcel}", rest


def answer(question: str, found: str, lineage: Iterable[Pair]) -> Words | None:
    """Return what one answers who knows the true steps; None where the question is about no number of the truth."""
    me, rest = named_in(question)
    other = _OTHER.search(rest)
    if other is None:
        raise ValueError(f"no other map is named in {question!r}")
    unit = other["other_unit"] or me.split("@")[0]
    there = f"{unit}@{other['other_era']}/"
    steps = list(lineage)
    if me.count("/") == 1:
        return _sheets(me, there, found, steps)
    joined = "hợp lại" in rest
    known = _Known({key for pair in steps for key in pair})
    me = known.as_true(me)
    mine = {(b if not joined else a) for a, b in steps if me == (a if not joined else b)}
    right = sorted(key for key in mine if key.startswith(there))
    offered = sorted(known.as_true(f"{there}{sheet}/{parcel}") for parcel, sheet in _NUMBER.findall(found))
    if not any(me in pair for pair in steps):
        return (WRONG, "") if offered else None  # a number that was read wrongly: it is no parcel of the other map
    if mine and sorted(mine) == offered:
        return RIGHT, ""
    if right and right == offered:
        return RIGHT, ""
    if right:
        return OTHER_PARCEL, "\n".join(_named(key) for key in right)
    maps = {key.split("/")[0] for key in mine}
    if len(maps) == 1 and (other_map := maps.pop()).startswith(f"{unit}@") and not joined:
        return OTHER_PARCEL, "\n".join(f"{_named(key)} bản đồ {other_map.split('@')[1]}" for key in sorted(mine))
    return (WRONG, "") if offered else None if mine else (NO_PARCEL, "")


class _Known:
    """The numbers that the truth has; one whose map series goes by another era is known by its commune and number."""

    def __init__(self, keys: Collection[str]) -> None:
        self._keys = frozenset(keys)
        self._bare: dict[str, list[str]] = {}
        for key in keys:
            self._bare.setdefault(_ERA.sub("/", key), []).append(key)

    def as_true(self, key: str) -> str:
        """Return the key as the truth names it; itself where it does not know it, or several of that number."""
        alike = self._bare.get(_ERA.sub("/", key), ())
        return alike[0] if key not in self._keys and len(alike) == 1 else key


def _sheets(here: str, there: str, found: str, steps: Iterable[Pair]) -> Words | None:
    right = {b.split("/")[1] for a, b in steps if a.rsplit("/", 1)[0] == here and b.startswith(there)}
    offered = set(re.findall(r"^tờ (\S+)", found, re.MULTILINE))
    if not right:
        return None
    return (RIGHT, "") if right == offered else (OTHER_SHEET, ", ".join(sorted(right)))


def _named(key: str) -> str:
    _, sheet, parcel = key.split("/")
    return f"thửa {parcel} tờ {sheet}"


def fill(sheet: Any, column: Mapping[str, int], lineage: Iterable[Pair], most: int | None = None) -> Counter[str]:
    """Write the answers into a sheet of links, of the first `most` questions, and return how often each was given."""
    steps, given = list(lineage), Counter[str]()
    for row in list(sheet.iter_rows(min_row=2))[:most]:
        words = answer(str(row[column[ASKED_HEAD]].value), str(row[column[FOUND_HEAD]].value), steps)
        if words is None:
            given["left"] += 1
            continue
        row[column[ANSWER_HEAD]].value, row[column[NAMED_HEAD]].value = words[0], words[1] or None
        given[words[0]] += 1
    return given
