"""The nomenclature of a map sheet, `722575-6-(4)`, among the words of a page (domain.md 6.4)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ocr.labels import Token
from ocr.values import Span

_FULL = re.compile(r"(10-)?\d{6}-[1-9](-([a-d]|\(\d{1,2}\)|\d{1,3}))?|10-\d{6}")
_BARE = re.compile(r"\d{6}")
_LABELS = ("phienhieu", "danhphap", "manh", "manhbando", "sohieumanh", "manhso")


def find_nomenclature(tokens: Sequence[Token]) -> list[Span]:
    """Return the word that names a sheet by its place in the grid; six bare digits only behind a label that says so."""
    for i, token in enumerate(tokens):
        text = token.word.text.strip(".,;:")
        if _FULL.fullmatch(text) or _FULL.fullmatch(text.strip("()")):
            return [Span("nomenclature", "code", (token,))]
        before = "".join(t.letters for t in tokens[max(0, i - 6) : i] if t.row == token.row)
        if _BARE.fullmatch(text) and any(label in before for label in _LABELS):
            return [Span("nomenclature", "code", (token,))]
    return []
