"""How long land may be used (thời hạn sử dụng): `Lâu dài`, `Đến ngày 17/12/2065`, `50 năm`, one per purpose."""

from __future__ import annotations

import re

from cadastre.words.dates import read_date
from cadastre.words.folding import aligned_fold, fold, key, tidy
from cadastre.words.landuse import Namer
from schemas.entries import Term

_LONG = frozenset({"laudai", "ondinhlaudai", "laudaiondinh", "sudunglaudai", "dangsudunglaudai"})
_UNTIL = re.compile(r"^\W*d\w{0,3}(?=\W+(?:het\W*)?(?:ngay|thang|nam)\b)")  # Đến, with its marks misread
_YEARS = re.compile(r"(?:thoi han)?\W*(\d{1,2})\s*nam\b(?:\W*\(?\s*(?:ke )?tu\b.*)?\W*")
_MONTH = re.compile(r"(?:den\W*)?(?:het\W*)?(?:thang\W*)?(\d{1,2})\s*[/.\-]\s*(\d{4})\W*")
_MONTH_WORDS = re.compile(r"(?:den\W*)?(?:het\W*)?thang\W*(\d{1,2})\W*nam\W*(\d{4})\W*")
_YEAR = re.compile(r"(?:den|toi)\W*(?:het\W*)?(?:nam)?\W*(\d{4})\W*")


def _one(text: str) -> Term | None:
    plain = _UNTIL.sub("den", fold(text))
    if key(text) in _LONG:
        return Term("long")
    if years := _YEARS.fullmatch(plain):
        return Term("years", years=int(years[1])) if int(years[1]) > 0 else None
    for pattern in (_MONTH_WORDS, _MONTH):
        if month := pattern.fullmatch(plain):
            return Term("until", f"{month[2]}-{int(month[1]):02d}") if 1 <= int(month[1]) <= 12 else None
    if year := _YEAR.fullmatch(plain):
        return Term("until", year[1])
    if re.match(r"\W*(den|toi|ngay|\d)", plain) is None:
        return None
    day = read_date(text)
    return Term("until", day) if day else None


def _parts(text: str) -> list[str]:
    """Return the purposes' terms: cut at `;`, line ends, and at any mark before the next `đất`."""
    plain = aligned_fold(text)
    cuts = [match.span() for match in re.finditer(r"[;\n]|(?<=\w)\s*[:,.\-–]\s*(?=dat\b)", plain)]
    starts = [0, *(end for _, end in cuts)]
    ends = [*(start for start, _ in cuts), len(text)]
    return [part for start, end in zip(starts, ends, strict=True) if key(part := text[start:end])]


def _with_labels(parts: list[str], namer: Namer) -> list[str]:
    """Return the parts with a purpose and its term joined where the colon between them came out as a semicolon."""
    joined: list[str] = []
    for part in parts:
        before = joined[-1] if joined else ""
        if before and ":" not in before and _one(part) and _one(before) is None and namer.code(before):
            joined[-1] = f"{before}: {part}"
        else:
            joined.append(part)
    return joined


def read_term(text: str, namer: Namer) -> Term | tuple[Term, ...] | None:
    """Return the term, or one per purpose with its code where the paper prints them so; None where unreadable."""
    parts = _parts(tidy(text))
    if not parts:
        return None
    if len(parts) == 1 and (alone := _one(parts[0])):
        return alone
    terms: list[Term] = []
    for part in _with_labels(parts, namer):
        label, colon, rest = part.partition(":")
        named = namer.code(re.sub(r"\d[\d.,]*\s*m\S?", "", label)) if colon else None
        term = _one(rest) if colon else None
        if named is None or term is None:
            return None
        terms.append(Term(term.kind, term.date, term.years, named.code))
    return tuple(terms)
