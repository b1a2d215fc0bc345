"""Names of communes, districts and provinces among the words of a page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from ocr.labels import Token

Level = Literal["unit_name", "district_name", "province_name"]

_ONE: dict[str, Level] = {
    "xa": "unit_name",
    "phuong": "unit_name",
    "huyen": "district_name",
    "quan": "district_name",
    "tinh": "province_name",
}
_TWO: dict[tuple[str, str], Level] = {
    ("thi", "tran"): "unit_name",
    ("thi", "xa"): "district_name",
    ("thanh", "pho"): "district_name",
}
_SMALL = frozenset({"thon", "to", "khoi", "khu", "xom", "ap", "ban", "lang", "duong", "tai", "thuoc", "dia", "so"})
_LONGEST = 5  # words in a name: "Quảng Nam - Đà Nẵng" with its dash, "Hành chính" forms are shorter


def starts_place(tokens: Sequence[Token], i: int) -> bool:
    """Return whether the i-th word opens an address: a kind of unit, or a hamlet, group or street."""
    return _level(tokens, i) is not None or (
        tokens[i].letters in _SMALL and not tokens[i].word.text.isupper() and not tokens[i].word.text[0].isdigit()
    )


def find_places(tokens: Sequence[Token]) -> list[tuple[Level, int, int]]:
    """Return each named unit with its first token and the one behind its last; the kind of unit is part of it."""
    found: list[tuple[Level, int, int]] = []
    i = 0
    while i < len(tokens):
        level = _level(tokens, i)
        if level is None:
            i += 1
            continue
        start_name = i + level[1]
        end = _name_end(tokens, start_name)
        if end > start_name:
            found.append((level[0], i, end))
        i = max(end, i + 1)
    return found


def _level(tokens: Sequence[Token], i: int) -> tuple[Level, int] | None:
    """Return the level that the i-th word opens and how many words its kind takes."""
    letters = tokens[i].letters
    after = tokens[i + 1].letters if i + 1 < len(tokens) else ""
    if (letters, after) in _TWO:
        return _TWO[letters, after], 2
    if letters in _ONE and not (letters == "xa" and after in ("hoi", "huong")):
        return _ONE[letters], 1
    return None


def _name_end(tokens: Sequence[Token], start: int) -> int:
    end = start
    while end < len(tokens) and end - start < _LONGEST:
        token = tokens[end]
        if end > start and (_level(tokens, end) is not None or token.row != tokens[end - 1].row):
            break
        if token.piece is not tokens[start - 1].piece and end > start:
            break
        first = token.word.text.lstrip("'’(.:")[:1]
        dash = token.word.text in "-–—" and end > start and _goes_on(tokens, end)
        if not dash and not (first.isalpha() and first.isupper()):
            if end == start and not token.letters:
                end += 1
                start += 1
                continue
            break
        end += 1
        if token.word.text[-1] in ",;.)":
            break
    return end


def _goes_on(tokens: Sequence[Token], dash: int) -> bool:
    """Return whether the name goes on behind a dash, as in Quảng Nam - Đà Nẵng."""
    after = tuple(token.letters for token in tokens[dash + 1 : dash + 3])
    return after == ("da", "nang") and _level(tokens, dash + 1) is None
