"""Vietnamese text reduced to what survives poor reading: letters without marks, digits, no case."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache


class _PlainLetters(dict[int, str]):
    """The letter without marks and case for each letter's number, found as it is first asked for."""

    def __missing__(self, number: int) -> str:
        base = unicodedata.normalize("NFD", chr(number))[0].casefold()
        self[number] = plain = "d" if base in "đðɖ" else base[0]
        return plain


_PLAIN = _PlainLetters()


#: Letters of other languages that look like Đ and đ, and are read and typed for them.
_BARRED = str.maketrans("ÐƉðɖ", "ĐĐđđ")


def tidy(text: str) -> str:
    """Return the text in NFC with single blanks and none at its ends, Đ as Đ whatever was typed for it."""
    return " ".join(unicodedata.normalize("NFC", text).translate(_BARRED).split())


def aligned_fold(text: str) -> str:
    """Return the NFC text without marks and case, one letter for each letter, so that places stay the same."""
    return text.translate(_PLAIN)


@lru_cache(maxsize=65536)  # names come back on paper after paper
def fold(text: str) -> str:
    """Return the words without marks and case, single blanks between them."""
    return aligned_fold(tidy(text))


def key(text: str) -> str:
    """Return the letters and digits without marks, case, blanks or signs: `Ch'ơm` and `CHOM` are `chom`."""
    return re.sub(r"[\W_]+", "", fold(text))


def marked_key(text: str) -> str:
    """Return the letters and digits with marks, without case, blanks or signs, the tone mark on the same vowel.

    Older and newer spelling differ in where the tone stands (hoà, hòa): it is moved behind the vowels.
    """
    letters = re.sub(r"[^\w]|_", "", unicodedata.normalize("NFC", text).casefold())
    return re.sub(r"(o)([àáảãạ])|(u)([ỳýỷỹỵ])|(o)([èéẻẽẹ])", _tone_first, letters)


def _tone_first(match: re.Match[str]) -> str:
    plain, toned = (part for part in match.groups() if part)
    parts = unicodedata.normalize("NFD", toned)
    return unicodedata.normalize("NFC", plain + parts[1:] + parts[0])
