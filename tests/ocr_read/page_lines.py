"""Pages given as lines of text, as the engines hand them on; a tab parts what stands side by side."""

from __future__ import annotations

from collections.abc import Sequence

from ocr.engines import Word
from ocr.layout import Piece

_HEIGHT, _LETTER, _LEADING = 26, 13, 55


def page_of(lines: Sequence[str]) -> list[Piece]:
    """Return the pieces of a page with these lines, the first at the top."""
    pieces: list[Piece] = []
    for row, line in enumerate(lines):
        x = 140
        for part in line.split("\t"):
            pieces.append(_piece(part, x, 60 + _LEADING * row))
            x = pieces[-1].right + 200
    return pieces


def _piece(text: str, x: int, y: int) -> Piece:
    words, at = [], x
    for word in text.split(" "):
        words.append(Word(word, 0.95, at, y, at + len(word) * _LETTER, y + _HEIGHT))
        at += (len(word) + 1) * _LETTER
    return Piece(tuple(words), x, y, words[-1].right, y + _HEIGHT)
