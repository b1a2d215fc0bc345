"""Capital letters of names and places that an encoding or a font of capitals has lost."""

from __future__ import annotations

import re

from cadastre.words.people import is_organisation, person_name

_SORTS = frozenset(
    {"thôn", "xóm", "tổ", "khu", "khối", "phố", "xã", "phường", "thị", "trấn", "huyện", "quận", "tỉnh", "thành", "ấp"}
    | {"đội", "số", "đường", "của", "và", "nhà"}
)
_SMALL = frozenset({"ở"})
_TONED = re.compile(r"[àáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]")


def proper_name(text: str) -> str:
    """Return a typed name of a person with its first letters large; that of an office or a body as it stands."""
    return text if is_organisation(text) else person_name(text, typed=True)


def proper_place(text: str) -> str:
    """Return an address or a field name with the capitals of its names.

    All in capitals or all small: every word gets its capital but those that say what sort of place it is. Else only a
    word that begins with a toned vowel, whose capital TCVN3 cannot write, and that goes on a name.
    """
    if text.isupper():
        return " ".join(word.capitalize() for word in text.split(" "))
    if text.islower():
        return " ".join(word if word in _SORTS else word[:1].upper() + word[1:] for word in text.split(" "))
    words = text.split(" ")
    for i in range(1, len(words)):
        goes_on = words[i - 1][:1].isupper() and not words[i - 1].endswith((",", ";", "."))
        if goes_on and words[i] not in _SMALL and _TONED.match(words[i]):
            words[i] = words[i][:1].upper() + words[i][1:]
    return " ".join(words)
