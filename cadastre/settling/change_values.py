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
from cadastre.words.told_holders import OF_A_PART, SENTENCE, next_holders
from schemas.entries import LandUse, Term, Value
from schemas.tables import Tables

# All patterns run on the folded sentence, letter for letter beside the printed one.
_OF_SOME_GROUND = re.compile(r"\d\s?m2?\b")
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


def changes_of(note: str, tables: Tables) -> dict[str, Change]:
    """Return the last change of each attribute in a note, by attribute: the latest day, else the last sentence."""
    last: dict[str, Change] = {}
    for sentence in SENTENCE.split(note):
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
    if OF_A_PART.search(plain):
        return
    if owners := next_holders(printed):
        yield Change("owners", owners, day)
    match = _USE.search(plain)
    if match and printed[match.start("code") : match.end("code")].isupper() and not _OF_SOME_GROUND.search(match[0]):
        code = match["code"].upper()
        if code in tables.land_uses:
            yield Change("land_use", (LandUse(code, None),), day)
    if (match := _TERM.search(plain)) and (until := read_date(match["day"])):
        yield Change("term", Term("until", until), None if day == until else day)
