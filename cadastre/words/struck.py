"""Numbers that a book itself calls empty: «hủy», «bỏ trống», «không sử dụng»."""

from __future__ import annotations

import re

from cadastre.words.folding import fold, tidy

# hủy with its marks, since without them it is a man's name; without marks in fixed phrases only
_EMPTY = re.compile(r"\b(?:hủy|huỷ)\b")
_EMPTY_PLAIN = re.compile(
    r"\b(?:huy bo|da huy|bi huy|bo trong|de trong|so trong|khong su dung|khong cap|viet hong|ghi hong|in hong)\b"
)
_ONE = r"(?:so |thua |trang )?(?:[a-z]{1,2} ?)?0*(\d{1,5})"
_RANGE = re.compile(rf"(?<![-/.\d])\b(?:tu )?{_ONE} ?(?:den|-|–) ?{_ONE}\b(?![-/.]\d)")
_NUMBER = re.compile(r"(?<![\d/.,])0*(\d{1,5})(?![\d/.,]*\d)")
_LONGEST = 200


def is_struck(note: str) -> bool:
    """Return whether the note says that something is void."""
    return _EMPTY.search(tidy(note).lower()) is not None or _EMPTY_PLAIN.search(fold(note)) is not None


def struck_numbers(note: str) -> frozenset[int]:
    """Return the numbers that the note calls empty, sentence by sentence: `Số 01255 hủy`, `từ 12 đến 15: bỏ trống`."""
    struck: set[int] = set()
    for clause in re.split(r"[;\n]|\.(?!\d)", note):
        if not is_struck(clause):
            continue
        plain = fold(clause)
        for match in _RANGE.finditer(plain):
            first, last = int(match[1]), int(match[2])
            if first <= last <= first + _LONGEST:
                struck.update(range(first, last + 1))
        struck.update(int(match[1]) for match in _NUMBER.finditer(plain))
    return frozenset(struck)
