"""Invisible text on a page of a PDF, so that a search finds what was read where it stands.

Its font has no shapes: a Type 3 font of empty glyphs, each half as wide as the text is high, with a map to Unicode.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name

_ADVANCE = 500
_CODES = 256
"""A simple font has one byte a letter."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text and its rectangle on the page, in points from the lower left corner."""

    text: str
    left: float
    bottom: float
    width: float
    height: float


class Glyphless:
    """The fonts of one PDF: letters get codes as they come, 256 to a font."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self._pdf = pdf
        self._codes: dict[str, int] = {}

    def content(self, lines: Iterable[Line]) -> bytes:
        """Return the drawing operators of the lines; nothing of them is seen."""
        parts = [b"BT 3 Tr"]
        for line in lines:
            letters = [(letter, self._codes.setdefault(letter, len(self._codes))) for letter in line.text]
            if not letters or line.width <= 0 or line.height <= 0:
                continue
            stretch = line.width / (len(letters) * _ADVANCE / 1000)
            parts.append(f"{stretch:.4f} 0 0 {line.height:.3f} {line.left:.3f} {line.bottom:.3f} Tm".encode())
            for font, run in _runs([code for _, code in letters]):
                parts.append(f"/F{font} 1 Tf <{bytes(run).hex()}> Tj".encode())
        return b"\n".join([*parts, b"ET"])

    def resources(self) -> Dictionary:
        """Return the fonts by name, once all lines are drawn; the same for every page."""
        letters = list(self._codes)
        fonts = {
            f"/F{start // _CODES}": self._font(letters[start : start + _CODES])
            for start in range(0, len(letters), _CODES)
        }
        return Dictionary(fonts)

    def _font(self, letters: Sequence[str]) -> pikepdf.Object:
        # d1 gives the glyph a box to be marked in, and no shape
        glyph = self._pdf.make_stream(f"{_ADVANCE} 0 0 0 {_ADVANCE} 1000 d1".encode())
        return self._pdf.make_indirect(
            Dictionary(
                Type=Name.Font,
                Subtype=Name.Type3,
                FontBBox=Array([0, 0, _ADVANCE, 1000]),
                FontMatrix=Array([0.001, 0, 0, 0.001, 0, 0]),
                CharProcs=Dictionary({"/g": glyph}),
                Encoding=Dictionary(Type=Name.Encoding, Differences=Array([0, *[Name("/g")] * len(letters)])),
                FirstChar=0,
                LastChar=len(letters) - 1,
                Widths=Array([_ADVANCE] * len(letters)),
                Resources=Dictionary(),
                ToUnicode=self._pdf.make_stream(_to_unicode(letters)),
            )
        )


def _runs(codes: Sequence[int]) -> list[tuple[int, list[int]]]:
    """Return (font, its bytes) for stretches of letters of one font."""
    runs: list[tuple[int, list[int]]] = []
    for code in codes:
        font, byte = divmod(code, _CODES)
        if not runs or runs[-1][0] != font:
            runs.append((font, []))
        runs[-1][1].append(byte)
    return runs


def _to_unicode(letters: Sequence[str]) -> bytes:
    """Return the map from codes to UTF-16, at most 100 letters a block as the format asks."""
    lines = [
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
        "1 begincodespacerange <00> <FF> endcodespacerange",
    ]
    for start in range(0, len(letters), 100):
        block = letters[start : start + 100]
        lines.append(f"{len(block)} beginbfchar")
        lines += [
            f"<{code:02X}> <{letter.encode('utf-16-be').hex().upper()}>" for code, letter in enumerate(block, start)
        ]
        lines.append("endbfchar")
    lines.append("endcmap CMapName currentdict /CMap defineresource pop end end")
    return "\n".join(lines).encode("ascii")
