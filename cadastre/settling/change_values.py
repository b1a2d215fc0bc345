"""The values that a change on a certificate or register gives a parcel, where a person confirmed the note.

Only what a sentence says of the whole parcel: a change of a part makes other parcels, which have their own papers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from cadastre.words.dates import read_date
from cadastre.words.folding import aligned_fold, tidy
from cadastre.words.numbers import read_area
from cadastre.words.people import read_owners
from schemas.entries import LandUse, Owner, Term, Value
from schemas.tables import Tables

# All patterns run on the folded sentence, letter for letter beside the printed one.
_SENTENCE = re.compile(r"[;\n]|\.(?=\s|$)")
_PARTIAL = re.compile(r"\bmot phan\b|\btach\b|\bhop thua\b|\d\s?m2\b.*\bcho\b")
_OF_A_PART = re.compile(r"\d\s?m2?\b")
_PASSED_TO = re.compile(
    r"\b(?:chuyen nhuong|tang(?= cho\b)|thua ke|chuyen quyen|chuyen doi|ban)\b.*?\bcho\s+"
    r"(?:(?:con|chau|em|vo|chong)\b(?:\s+(?:trai|gai|ruot|de|dau|re))?\s+la\s+)?(?P<who>(?:ho\s+)?(?:ong|ba)\b.*)"
)
_RECEIVED_FROM = re.compile(
    r"\bnhan (?:lai )?(?:chuyen nhuong|chuyen quyen|chuyen doi|tang cho|thua ke)\b"
    r"(?: (?:quyen su dung dat|qsdd|qsd dat))?(?: nam \d{4})? (?:cua|tu) "
    r"(?:(?:cha|me|bo|chong|vo|anh|chi|em|con)\b(?:\s+(?:trai|gai|ruot|de))?\s+(?:la\s+)?)?(?P<who>.+)"
)
_AFTER_NAME = re.compile(
    r"\s*(?P<word>\btheo\b|\btai\b|\bngay\b|\bke tu\b|\bbang\b|\bhop dong\b|\bqd\b|\(|,\s*(?=theo|ngay|so))"
)
_ALSO_NAMES = ("tai", "bang")
_PREPOSITIONS = ("tại", "tai", "bằng", "bang")  # among capitals nothing but the marks tells them from names
_AREA = re.compile(
    r"\bdien tich (?:con lai|sau \w+(?: \w+)?|thay doi thanh|moi|dinh chinh thanh|tu \d[\d.,]*\s?m(?:2|²)? thanh)"
    r"\W*(?:la)?\W*"
    r"(?P<area>\d[\d.,]*\s?m)"
)
_USE = re.compile(r"\bchuyen (?:toan bo )?(?:muc dich|loai dat)\b.*?\bsang\b.*?\b(?P<code>[a-z]{3})\b(?![^\W\d])")
_TERM = re.compile(r"\b(?:gia han|thoi han)\b.*?\bden (?:het )?(?:ngay)?\W*(?P<day>\d{1,2}\W\d{1,2}\W\d{4})")


class Change(NamedTuple):
    """One value that a change gives an attribute, with its ISO day where the sentence has one."""

    attribute: str
    value: Value
    day: str | None


def passed_to(note: str) -> tuple[Owner, ...]:
    """Return the people to whom a note says that the whole parcel passed."""
    if "cho" not in note:
        return ()
    return tuple(owner for sentence in _SENTENCE.split(note) for owner in _new_owners(tidy(sentence)))


def received_from(note: str) -> tuple[Owner, ...]:
    """Return the people from whom a note says that its paper's users have the land."""
    if "hận" not in note and "HẬN" not in note:
        return ()
    return tuple(owner for sentence in _SENTENCE.split(note) for owner in _givers(tidy(sentence)))


def _givers(printed: str) -> tuple[Owner, ...]:
    plain = aligned_fold(printed)
    match = _RECEIVED_FROM.search(plain)
    if match is None:
        return ()
    return read_owners(printed[slice(match.start("who"), _end_of_names(printed, plain, match.start("who")))])


def _new_owners(printed: str) -> tuple[Owner, ...]:
    plain = aligned_fold(printed)
    match = None if _PARTIAL.search(plain) else _PASSED_TO.search(plain)
    if match is None:
        return ()
    who = slice(match.start("who"), _end_of_names(printed, plain, match.start("who")))
    return read_owners(printed[who])


def _end_of_names(printed: str, plain: str, start: int) -> int:
    """Return where the names end: at `tại`, `bằng`, not at a man called Tài or Bằng."""
    for end in _AFTER_NAME.finditer(plain, start):
        word = printed[slice(*end.span("word"))]
        is_name = end["word"] in _ALSO_NAMES and word[0].isupper()
        if not is_name or (printed.isupper() and word.casefold() in _PREPOSITIONS):
            return end.start()
    return len(printed)


def changes_of(note: str, tables: Tables) -> dict[str, Change]:
    """Return the last change of each attribute in a note, by attribute: the latest day, else the last sentence."""
    last: dict[str, Change] = {}
    for sentence in _SENTENCE.split(note):
        for change in _changes(tidy(sentence), tables):
            before = last.get(change.attribute)
            if before is None or (change.day or before.day or "") >= (before.day or ""):
                last[change.attribute] = change
    return last


def _changes(printed: str, tables: Tables) -> Iterator[Change]:
    plain = aligned_fold(printed)
    day = read_date(printed)
    if (match := _AREA.search(plain)) and len(areas := read_area(match["area"])) == 1:
        yield Change("legal_area_m2", areas[0], day)
    if _PARTIAL.search(plain):
        return
    if owners := _new_owners(printed):
        yield Change("owners", owners, day)
    match = _USE.search(plain)
    if match and printed[match.start("code") : match.end("code")].isupper() and not _OF_A_PART.search(match[0]):
        code = match["code"].upper()
        if code in tables.land_uses:
            yield Change("land_use", (LandUse(code, None),), day)
    if (match := _TERM.search(plain)) and (until := read_date(match["day"])):
        yield Change("term", Term("until", until), None if day == until else day)
