"""Ruled papers drawn for the tests: any columns, with whole, dashed or missing rules, upright or a little askew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from ocr.clean import CleanPage
from ocr.ruled_lines import without_ruled_lines

DPI = 300
_FONTS = Path("/usr/share/fonts/truetype")
SERIF, SANS = "freefont/FreeSerif.ttf", "dejavu/DejaVuSans.ttf"


def font(name: str, points: float) -> ImageFont.FreeTypeFont:
    """Return a font at so many points at 300 dpi."""
    return ImageFont.truetype(str(_FONTS / name), round(points * DPI / 72))


def clean_page(picture: Image.Image, *, turned_deg: float = 0.0) -> CleanPage:
    """Return the picture as a page that was cleaned: the frame is the original's, less a small turn that was left."""
    grey = np.asarray(picture.convert("L"), dtype=np.uint8)
    height, width = grey.shape
    if turned_deg:
        turn = cv2.getRotationMatrix2D((width / 2, height / 2), turned_deg, 1.0)
        grey = np.asarray(cv2.warpAffine(grey, turn, (width, height), borderValue=255), dtype=np.uint8)
    return CleanPage(
        grey=grey,
        text=without_ruled_lines(grey, DPI),
        colour=None,
        to_original=np.eye(3),
        width=width,
        height=height,
        turn_deg=0,
        skew_deg=0.0,
        dpi=float(DPI),
        quality="clean",
        capture="flatbed",
        copy_kind="original",
        blank=False,
    )


@dataclass(frozen=True)
class Paper:
    """A white sheet with a pen for rules and text; places are in pixels."""

    picture: Image.Image
    draw: ImageDraw.ImageDraw

    @classmethod
    def blank(cls, width: int, height: int) -> Paper:
        picture = Image.new("L", (width, height), 255)
        return cls(picture, ImageDraw.Draw(picture))

    def rule(self, a: tuple[int, int], b: tuple[int, int], *, dash: tuple[int, int] | None = None) -> None:
        """Draw a level or upright rule of 3 px, whole or in dashes of (ink, gap) pixels."""
        if dash is None:
            self.draw.line([a, b], fill=30, width=3)
            return
        (x0, y0), (x1, y1) = a, b
        length = max(x1 - x0, y1 - y0)
        for at in range(0, length, sum(dash)):
            end = min(at + dash[0], length)
            points = [(x0, y0 + at), (x0, y0 + end)] if x0 == x1 else [(x0 + at, y0), (x0 + end, y0)]
            self.draw.line(points, fill=30, width=3)

    def text(self, x: float, y: float, text: str, face: ImageFont.FreeTypeFont, anchor: str = "mm") -> None:
        """Write a line; x, y is its middle, or its left end with the anchor lm."""
        self.draw.text((x, y), text, fill=20, font=face, anchor=anchor)


def table_edges(left: int, widths: Sequence[int]) -> list[int]:
    """Return the x of every upright rule of columns with these widths."""
    return [left + sum(widths[:k]) for k in range(len(widths) + 1)]
