"""The red cover and the pale inner ground of the certificates of 1993 and 2003, without any emblem."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

import numpy as np
from numpy.random import Generator
from PIL import Image

from samples.blank_form import Filled
from samples.chance import between, pick
from samples.ground import specimen_line
from samples.sheet import Ink, Sheet, blank_sheet

GOLD: Ink = (250, 214, 110)
Cover = Literal["deep", "pale"]
WIDTH_MM, HEIGHT_MM = 190.0, 265.0


def cover_sheet(rng: Generator, style: Filled, cover: Cover) -> tuple[Sheet, Ink, Ink]:
    """Return an empty cover, the ink of its title and that of its serial: deep red with gold, or pale with red."""
    paper = pick(rng, ((186, 34, 44), (172, 28, 40), (200, 46, 50))) if cover == "deep" else (248, 224, 222)
    sheet = blank_sheet(WIDTH_MM, HEIGHT_MM, style.dpi, style.blank, paper)
    title = GOLD if cover == "deep" else (180, 30, 40)
    serial = GOLD if cover == "deep" and rng.random() < 0.5 else (26, 22, 24)
    edge = between(rng, 8, 12)
    for gap, weight in ((0.0, 1.2), (2.2, 0.4)):
        sheet.frame(edge + gap, edge + gap, WIDTH_MM - edge - gap, HEIGHT_MM - edge - gap, weight, title)
    specimen_line(sheet, HEIGHT_MM - 4.2, title)
    return sheet, title, serial


def inner_sheet(rng: Generator, style: Filled) -> Sheet:
    """Return an empty inner page: a fine weave in pale yellow, rose or green, and a thin frame."""
    tint = pick(rng, ((252, 246, 226), (252, 240, 236), (244, 248, 236), (252, 250, 244)))
    sheet = blank_sheet(WIDTH_MM, HEIGHT_MM, style.dpi, style.blank, tint)
    sheet.image.paste(_weave(sheet.image.size, tint, max(5, round(sheet.px(between(rng, 1.4, 2.6))))), (0, 0))
    sheet.size_pt = style.size_pt
    edge = between(rng, 7.5, 10)
    ink = pick(rng, ((206, 96, 100), (190, 120, 90), (150, 150, 120)))
    sheet.frame(edge, edge, WIDTH_MM - edge, HEIGHT_MM - edge, 0.4, ink)
    specimen_line(sheet, HEIGHT_MM - 4.2)
    return sheet


@lru_cache(maxsize=4)
def _wave(size: tuple[int, int], pitch: int) -> Image.Image:
    """Draw how deep the weave is at each point, 0 to 255."""
    width, height = size
    x, y = np.arange(width, dtype=np.float32)[None, :], np.arange(height, dtype=np.float32)[:, None]
    one, other = np.float32(2 * np.pi / pitch), np.float32(2 * np.pi / (pitch * 1.7))
    # sin(a + b) sin(c - d) by the sines and cosines of the rows and columns alone
    first = np.sin(one * x) * np.cos(one * y) + np.cos(one * x) * np.sin(one * y)
    second = np.sin(other * x) * np.cos(other * y) - np.cos(other * x) * np.sin(other * y)
    return Image.fromarray((np.clip(first * second, 0, 1) * 255).astype(np.uint8))


def _weave(size: tuple[int, int], tint: Ink, pitch: int) -> Image.Image:
    wave = _wave(size, pitch)
    levels = zip(tint, (5, 12, 16), strict=True)
    return Image.merge("RGB", [wave.point([round(t - d * v / 255) for v in range(256)]) for t, d in levels])
