"""Whether one reading of a line is another one that lost letters with marks, as a general reader does: `Phưc M`."""

from __future__ import annotations

import unicodedata

from cadastre.words.folding import fold

_KEPT = 0.6  # of the letters: fewer tell nothing


def is_with_letters_lost(text: str, whole: str) -> bool:
    """Return whether all that `text` has stands in `whole` in this order, which has besides only letters with marks.

    Marks, case, blanks and signs do not count: `xã Phưc M, huyn Phưc Sơn` of `xã Phước Mỹ, huyện Phước Sơn`.
    """
    wanted = _letters(text)
    letters = [letter for letter in unicodedata.normalize("NFC", whole) if letter.isalnum()]
    at = 0
    for letter in letters:
        if at < len(wanted) and fold(letter) == wanted[at]:
            at += 1
        elif not _is_marked(letter):
            return False
    return at == len(wanted) and len(wanted) >= _KEPT * len(letters)


def _letters(text: str) -> list[str]:
    return [letter for letter in fold(text) if letter.isalnum()]


def _is_marked(letter: str) -> bool:
    return letter.lower() != fold(letter)
