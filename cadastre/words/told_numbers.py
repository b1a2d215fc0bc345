"""What a note tells of a parcel's numbers: which it had or was made of before, and which were made of it.

Offices write it in many ways (domain.md 8.1): `Thửa cũ 12, tờ cũ 3`, `TBĐ cũ 3, thửa cũ 12`, `Trước đây là thửa 12, tờ
bản đồ số 3`, `Thửa cũ số 12, tờ 3 bản đồ 299`, `Tách từ thửa 12`, `Hợp thửa 12, 13 (tờ 3)`; a book that is kept up
writes at the older parcel `Tách thành thửa 104, 105`, `Hợp vào thửa 120`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cadastre.words.folding import aligned_fold, tidy

_NUMBER = r"0*[1-9]\d{0,3}[a-z]?\b(?!\d|[./,]\d| ?m2)"
_LOT = r"(?:so )?(?:thua|td)(?: dat)?(?: (?:cu|moi))?(?: so)?(?: (?:cu|moi))?[: ]*"
_PARCELS = re.compile(rf"\b{_LOT}(?P<parcels>{_NUMBER}(?:(?: ?[,+&;] ?| va )(?:{_LOT})?{_NUMBER})*)")
_SHEET = re.compile(
    r"\b(?:so )?(?:to|tbd)(?: ban do)?(?: cu)?(?: so)?(?: cu)?[: ]*(?P<sheet>mtd\w* ?\d+-\d{4}|\d{1,3})\b(?!/)"
)
_ONE = re.compile(_NUMBER)
_CLAUSE = re.compile(r";(?! ?(?:so )?(?:to|tbd)\b)|\.(?!\d)")
_BECAME = re.compile(
    r"\b(?:tach|chia|cat)(?: thua)?(?: ra)?(?: lam| thanh| cac)|\b(?:hop|nhap|gop)(?: thua)?(?: nhat)?(?: vao| thanh)"
    r"|\b(?:vao|thanh)(?: cac)? thua|\bthua(?: dat)? moi\b"
)
_WAS = re.compile(
    r"\bcu\b|\btruoc day\b|\bnguyen la\b|\b299\b|\btu(?: cac)? thua\b|\b(?:hop|nhap|gop)(?: nhat)? (?:cac|thua)\b"
)
_PARTED = re.compile(r"\b(?:tach|chia|cat)\b")
_JOINED = re.compile(r"\b(?:hop|nhap|gop)(?: nhat)? (?:cac|thua|tu)\b")


@dataclass(frozen=True, slots=True)
class ToldNumbers:
    """What a note tells: numbers as `sheet/parcel`, or `?/parcel` where it names no sheet.

    `was` are those of the parcel before, or of what it was made of; `became` those that were made of it. `carved`: it
    is called a part of them; `joined`: it was put together out of them.
    """

    was: tuple[str, ...] = ()
    became: tuple[str, ...] = ()
    carved: bool = False
    joined: bool = False


def told_numbers(note: str) -> ToldNumbers:
    """Return what a note tells of numbers, clause by clause."""
    was: list[str] = []
    became: list[str] = []
    carved = joined = False
    for clause, plain in _clauses(tidy(note)):
        onward = _BECAME.search(plain)
        if onward is not None:
            became += _places(clause, plain, onward.start())
            continue
        carved = carved or bool(_PARTED.search(plain))
        joined = joined or bool(_JOINED.search(plain))
        if _WAS.search(plain):
            was += _places(clause, plain, 0)
    return ToldNumbers(tuple(dict.fromkeys(was)), tuple(dict.fromkeys(became)), carved, joined)


def _clauses(printed: str) -> Iterator[tuple[str, str]]:
    """Yield each clause as it is printed and folded; a sheet stands in the clause of its parcel."""
    plain, start = aligned_fold(printed), 0
    for end in (*(match.start() for match in _CLAUSE.finditer(plain)), len(plain)):
        yield printed[start:end], plain[start:end]
        start = end + 1


def _places(clause: str, plain: str, start: int) -> Iterator[str]:
    """Yield the places of the parcels that a clause names, each with the sheet that stands beside it."""
    sheets = [(one.start(), _sheet(clause, one)) for one in _SHEET.finditer(plain)]
    lists = [one for one in _PARCELS.finditer(plain) if one.start() >= start or one.end() > start]
    before = bool(sheets and lists) and sheets[0][0] < lists[0].start()
    for place, some in enumerate(lists):
        end = lists[place + 1].start() if place + 1 < len(lists) else len(plain)
        mine = [sheet for at, sheet in sheets if (at < some.start() if before else some.start() < at < end)]
        last = sheets[-1][1] if sheets else "?"
        sheet = (mine[-1] if before else mine[0]) if mine else last
        for number in _ONE.finditer(some["parcels"]):
            yield f"{sheet}/{number[0].lstrip('0')}"


def _sheet(clause: str, match: re.Match[str]) -> str:
    told = clause[match.start("sheet") : match.end("sheet")]
    return told.lstrip("0") or "?" if told.isdigit() else told
