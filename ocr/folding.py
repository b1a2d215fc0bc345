"""Text without case, marks and signs, as labels are compared."""

from __future__ import annotations

import re
import unicodedata

_TONES = re.compile(r"[\u0300-\u036f]")


def bare(text: str) -> str:
    """Return the text in lower case without marks: "Thửa đất số:" becomes "thua dat so:"."""
    plain = _TONES.sub("", unicodedata.normalize("NFD", text.lower().replace("đ", "d").replace("ð", "d")))
    return unicodedata.normalize("NFC", plain)


def skeleton(text: str) -> str:
    """Return only the letters and digits of `bare`: "Thửa đất số:" becomes "thuadatso"."""
    return "".join(sign for sign in bare(text) if sign.isalnum())


def in_capitals(text: str) -> bool:
    """Return whether the text has letters to speak of and nearly all of them are capitals."""
    letters = [sign for sign in text if sign.isalpha()]
    return len(letters) > 3 and sum(sign.isupper() for sign in letters) > 0.75 * len(letters)
