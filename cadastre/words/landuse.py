"""Land use (loại đất, mục đích sử dụng): printed codes and words become codes; historical terms stay as printed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from cadastre.words.folding import aligned_fold, key, tidy
from cadastre.words.nearness import folded, nearest
from cadastre.words.numbers import read_area
from schemas.documents import Era
from schemas.entries import LandUse
from schemas.tables import Tables, UnitType

#: The law's table that was in force in an era (codes/README of the domain handbook).
LAW_OF_ERA: dict[Era, str] = {"2003": "2003", "2009": "2003", "2013": "2013", "2024": "2024"}
_AREA_AT_END = re.compile(r"^(?P<label>.*?)\s*[:\-–]?\s*(?P<area>\d[\d.,]*(?: \d{3}[\d.,]*)?\s*(?:m|rn|ha).{0,3})$")
_BARE_AREA_AT_END = re.compile(r"^(?P<label>.*?\D)\s*[:\-–]\s*(?P<area>\d[\d.,]*)\s*$")
_CODE = re.compile(r"[A-Z0-9]{3}")
_CODE_IN_BRACKETS = re.compile(r"\(\s*([A-Za-z0]{3})\s*\)")
_LETTERS = str.maketrans("0158", "OISB")  # a code has no digits
_OLD_ERAS: tuple[Era, ...] = ("299", "1988", "1993")
_OLD_CODE = re.compile(r"(?:\d?[^\W\d_]{1,2}){1,2}")
_HOME = "dato"  # bare `Đất ở`: ONT or ODT by the commune's type


@dataclass(frozen=True, slots=True)
class Named:
    """A code, whether the words or letters mean it beyond doubt, and whether the code itself is printed."""

    code: str
    sure: bool
    printed: bool = False


@dataclass(frozen=True, slots=True)
class LandUses:
    """The purposes of a parcel as one text prints them; `sure` where every code is beyond doubt."""

    uses: tuple[LandUse, ...]
    sure: bool
    codes: bool  # every purpose is a printed code, not words


@cache
def _names(tables: Tables) -> dict[str, str]:
    pairs = [(name, use.code) for use in tables.land_uses.values() if use.group != "AGG" for name in use.names]
    spelt = [(name.replace("hàng năm", "hằng năm"), code) for name, code in pairs]
    return folded((*pairs, *spelt, ("Đất ở nông thôn", "ONT"), ("Đất ở đô thị", "ODT"), ("Đất trồng lúa", "LUA")))


@cache
def _terms(tables: Tables) -> dict[tuple[str, Era], str]:
    eras: tuple[Era, ...] = ("299", "1988", "1993", "2003", "2009", "2013", "2024")
    return {
        (key(term.raw), era): term.raw
        for term in reversed(tables.land_use_terms)
        for era in eras
        if era in term.eras or "any" in term.eras
    }


@dataclass(frozen=True, slots=True)
class Namer:
    """Names purposes on papers of one era in a commune of one type; either may be unknown."""

    tables: Tables
    era: Era | None
    unit_type: UnitType | None

    @property
    def of_letters(self) -> bool:
        """Return whether papers of the era print letters of their own, `T`, `2L`, `ĐƠ`, that no table may know."""
        return self.era in _OLD_ERAS

    def _printed_code(self, text: str) -> Named | None:
        letters = key(text).upper()
        if _CODE.fullmatch(letters) is None:
            return None
        letters = letters.translate(_LETTERS)
        use = self.tables.land_uses.get(letters)
        if use is None:
            return None
        law = LAW_OF_ERA.get(self.era) if self.era else None
        known = law is None or use.valid[law] in ("yes", "sub", "uncertain") or letters in ("LUA", "OTC", "HNK")
        return Named(letters, known and (use.group != "AGG" or letters in ("LUA", "OTC")), printed=True)

    def _old_term(self, label: str) -> Named | None:
        """Return a term of the eras to 2003 as it is printed, also a letter code that no table has."""
        terms = _terms(self.tables)
        eras = (self.era, *_OLD_ERAS)
        raw = next((raw for era in eras if era and (raw := terms.get((key(label), era)))), None)
        if raw is not None:
            return Named(raw, key(raw) != _HOME and len(raw) > 2, printed=len(raw) <= 4)
        if self.era != "1993" and _OLD_CODE.fullmatch(label):
            return Named(label, False, printed=True)
        return None

    def code(self, text: str) -> Named | None:
        """Return the code that a printed code or name means; None where it is neither."""
        label = tidy(text).strip(" .,;:-+|()")
        if bracketed := _CODE_IN_BRACKETS.search(tidy(text)):
            return self._printed_code(bracketed[1])
        worded = self.era in _OLD_ERAS and not label.isupper()  # `Lúa` is a word, LUA is a code
        if not worded and (printed := self._printed_code(label)):
            return printed
        if key(label) == _HOME and self.era not in ("299", "1988"):
            if self.unit_type is None:
                return None
            return Named("ONT" if self.unit_type == "xa" else "ODT", True)
        if self.era in _OLD_ERAS and (old := self._old_term(label)):
            return old
        match = nearest(label, _names(self.tables))
        return Named(match.meaning, match.sure) if match else None


def _parts(text: str) -> list[str]:
    """Return the purposes: cut at `;`, `+`, line ends, and at commas before the next `đất`."""
    plain = aligned_fold(text)
    cuts = [m.span() for m in re.finditer(r"[;+\n]|,\s*(?=dat)|\s+va\s+(?=dat )|\s+[-–]\s+(?=dat)", plain)]
    starts = [0, *(end for _, end in cuts)]
    ends = [*(start for start, _ in cuts), len(text)]
    return [part for start, end in zip(starts, ends, strict=True) if key(part := text[start:end])]


def _without_leaders(text: str) -> str:
    """Return the text without the points that a dotted line leaves before a unit and behind a word."""
    text = re.sub(r"(?<=\d)(?:\s*[.,])+\s*(?=m)", " ", text)
    return re.sub(r"(?<=[^\W\d])\.+(?=\s+[^\W\d])", "", text)


def read_land_uses(text: str, namer: Namer) -> LandUses | None:
    """Return the purposes with their areas; None where one of them cannot be named or its area not be read."""
    uses: list[LandUse] = []
    sure = True
    codes = True
    for part in _parts(_without_leaders(tidy(text))):
        match = _AREA_AT_END.match(part.strip(" .,")) or _BARE_AREA_AT_END.match(part.strip(" .,"))
        label = match["label"] if match else part
        if re.search(r"\d[^+]*$|[.,]$", label) and not _is_code(label):
            return None  # digits or a mark before the area: its head was lost
        areas = read_area(match["area"]) if match else ()
        named = namer.code(label)
        if named is None or (match and len(areas) != 1):
            return None
        uses.append(LandUse(named.code, areas[0] if areas else None))
        sure = sure and named.sure
        codes = codes and named.printed
    return LandUses(tuple(uses), sure, codes) if uses else None


def _is_code(label: str) -> bool:
    """Return whether digits in the label may belong to a code or an old term (`2L1M`, `0NT`), not to an area."""
    return re.fullmatch(r"[\s.,(]*\w{1,4}[\s.,)]*", label) is not None


def total_m2(uses: tuple[LandUse, ...]) -> float | None:
    """Return the sum of the purposes' areas in m²; None where one of them is not printed."""
    areas = [use.area_m2 for use in uses]
    known = [area for area in areas if area is not None]
    return round(sum(known), 4) if known and len(known) == len(areas) else None
