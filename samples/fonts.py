"""The system's fonts, and which letters each of them really has; a letter that a font lacks is never printed."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PIL import ImageFont

from schemas.errors import Unavailable

_ROOTS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))
_DASHED = ("-Regular", "-Bold", "-Italic", "-BoldItalic")
_STYLES = {
    "FreeSerif": ("", "Bold", "Italic", "BoldItalic"),
    "FreeSans": ("", "Bold", "Oblique", "BoldOblique"),
    "FreeMono": ("", "Bold", "Oblique", "BoldOblique"),
    "NotoSerif": _DASHED,
    "NotoSans": _DASHED,
    "DejaVuSerif": ("", "-Bold", "", "-Bold"),
    "DejaVuSans": ("", "-Bold", "", "-Bold"),
    "LiberationSerif": _DASHED,
    "LiberationSans": _DASHED,
    "LiberationMono": _DASHED,
}
#: Families of `_PACKAGES` that have every Vietnamese letter; FreeSerif is like Times, FreeSans like Arial.
SERIFS = ("FreeSerif", "NotoSerif", "DejaVuSerif")
SANS = ("FreeSans", "NotoSans", "DejaVuSans")
#: Families for figures alone: the Liberation of some systems has few Vietnamese letters.
FIGURES = ("LiberationSerif", "LiberationSans", "LiberationMono")
_PACKAGES = "fonts-freefont-ttf fonts-noto-core fonts-dejavu-core fonts-liberation"


@cache
def _installed() -> dict[str, Path]:
    return {path.name: path for root in _ROOTS if root.is_dir() for path in sorted(root.rglob("*.ttf"))}


def family_file(family: str, bold: bool, italic: bool) -> Path:
    """Return the font file of a family and style."""
    name = family + _STYLES[family][bold + 2 * italic] + ".ttf"
    path = _installed().get(name)
    if path is None:
        raise Unavailable(
            f"thiếu phông chữ {name}: apt-get install {_PACKAGES}",
            f"font {name} not found: apt-get install {_PACKAGES}",
        )
    return path


@cache
def letters_of(path: Path) -> frozenset[int]:
    """Return the code points that a TrueType file maps to a glyph, from its cmap tables 4 and 12."""
    data = path.read_bytes()
    (count,) = struct.unpack(">H", data[4:6])
    at = next(
        struct.unpack(">I", data[12 + 16 * i + 8 : 12 + 16 * i + 12])[0]
        for i in range(count)
        if data[12 + 16 * i : 12 + 16 * i + 4] == b"cmap"
    )
    found: set[int] = set()
    (tables,) = struct.unpack(">H", data[at + 2 : at + 4])
    for i in range(tables):
        (offset,) = struct.unpack(">I", data[at + 8 + 8 * i : at + 12 + 8 * i])
        (kind,) = struct.unpack(">H", data[at + offset : at + offset + 2])
        if kind == 4:
            found |= _segments(data, at + offset)
        elif kind == 12:
            (groups,) = struct.unpack(">I", data[at + offset + 12 : at + offset + 16])
            for g in range(groups):
                first, last, glyph = struct.unpack(">III", data[at + offset + 16 + 12 * g : at + offset + 28 + 12 * g])
                found.update(range(first + (glyph == 0), last + 1))
    return frozenset(found)


def _segments(data: bytes, at: int) -> set[int]:
    (double,) = struct.unpack(">H", data[at + 6 : at + 8])
    count = double // 2

    def column(start: int) -> tuple[int, ...]:
        return struct.unpack(f">{count}H", data[start : start + double])

    ends, starts = column(at + 14), column(at + 16 + double)
    deltas, ranges_at = column(at + 16 + 2 * double), at + 16 + 3 * double
    ranges = column(ranges_at)
    found: set[int] = set()
    for i, (first, last, delta, shift) in enumerate(zip(starts, ends, deltas, ranges, strict=True)):
        for code in range(first, last + 1):
            glyph = code
            if shift:
                place = ranges_at + 2 * i + shift + 2 * (code - first)
                (glyph,) = struct.unpack(">H", data[place : place + 2]) if place + 2 <= len(data) else (0,)
                if glyph == 0:
                    continue
            if (glyph + delta) & 0xFFFF:
                found.add(code)
    return found - {0xFFFF}


@dataclass(frozen=True, slots=True)
class Face:
    """A family in one style."""

    family: str
    bold: bool = False
    italic: bool = False

    def at(self, size_px: int, text: str) -> ImageFont.FreeTypeFont:
        """Return the font at that size, or the like one of another family where this one lacks a letter of the text."""
        needed = {ord(letter) for letter in text}
        for family in (self.family, "FreeSerif", "DejaVuSans"):
            path = family_file(family, self.bold, self.italic)
            if needed <= letters_of(path):
                return _sized(path, size_px)
        lacking = sorted(hex(code) for code in needed - letters_of(path))
        raise ValueError(f"no font has {lacking}")

    def with_bold(self) -> Face:
        """Return the bold of the same family."""
        return Face(self.family, True, self.italic)

    def with_italic(self) -> Face:
        """Return the slanted style of the same family."""
        return Face(self.family, self.bold, True)


@cache
def _sized(path: Path, size_px: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(path), size_px, layout_engine=ImageFont.Layout.BASIC)
