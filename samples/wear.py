"""What time and hands do to a sheet of paper before it is scanned."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from samples.chance import between, chance
from samples.warp import Pixels

Grade = Literal["clean", "worn", "bad"]


@dataclass(frozen=True, slots=True)
class Wear:
    """How worn a sheet is and how badly it is captured; all 0 is perfect."""

    fade: float  # 0 to 1: how much of the ink is lost
    yellow: float  # 0 to 1
    stains: int
    folds: int
    bleed: float  # 0 to 1: the other side shining through
    blur: float  # sigma in pixels at 300 dpi
    noise: float  # standard deviation in grey levels
    speckle: float  # share of pixels
    light: float  # 0 to 1: unevenness
    quality: int  # of JPEG


#: Lowest and highest of each figure of `Wear`, in its order.
_RANGES: dict[Grade, tuple[tuple[float, float], ...]] = {
    "clean": (
        (0, 0.1),
        (0, 0.15),
        (0, 0),
        (0, 0),
        (0, 0.02),
        (0.2, 0.6),
        (1.0, 3.0),
        (2e-5, 2e-5),
        (0, 0.12),
        (82, 92),
    ),
    "worn": (
        (0.15, 0.42),
        (0.2, 0.7),
        (0, 3),
        (0, 2),
        (0.02, 0.12),
        (0.6, 1.15),
        (3.5, 7),
        (2e-4, 2e-4),
        (0.1, 0.3),
        (62, 80),
    ),
    "bad": (
        (0.4, 0.65),
        (0.4, 1.0),
        (2, 6),
        (1, 3),
        (0.1, 0.22),
        (1.1, 1.8),
        (7, 13),
        (8e-4, 8e-4),
        (0.25, 0.5),
        (38, 60),
    ),
}


def wear_of(rng: Generator, grade: Grade) -> Wear:
    """Draw the wear of one sheet of that grade."""
    lowest, highest = zip(*_RANGES[grade], strict=True)
    fade, yellow, stains, folds, bleed, blur, noise, speckle, light, quality = (
        between(rng, low, high) for low, high in zip(lowest, highest, strict=True)
    )
    return Wear(fade, yellow, round(stains), round(folds), bleed, blur, noise, speckle, light, round(quality))


def age(rng: Generator, page: Pixels, back: Pixels | None, wear: Wear, dpi: int) -> Pixels:
    """Return the page (H, W, 3 RGB) faded, yellowed, stained and folded, its other side shining through."""
    paper = np.percentile(page[::16, ::16].reshape(-1, 3), 90, axis=0)
    tint = np.array([1.0, 1 - 0.045 * wear.yellow, 1 - 0.16 * wear.yellow])
    levels = np.arange(256.0)[:, None]
    aged = _by_level(page, (paper + (levels - paper) * (1 - wear.fade)) * tint)
    if wear.bleed > 0.005:
        other = np.ascontiguousarray((page if back is None or back.shape != page.shape else back)[:, ::-1])
        through = np.asarray(cv2.GaussianBlur(other, (0, 0), max(1.0, dpi / 130)), np.uint8)
        aged = np.asarray(cv2.subtract(aged, _by_level(through, (paper - levels) * tint * wear.bleed)), np.uint8)
    for _ in range(wear.stains):
        _stain(rng, aged, dpi)
    for _ in range(wear.folds):
        _fold(rng, aged, dpi)
    return aged


def _by_level(image: Pixels, table: NDArray[np.float64]) -> Pixels:
    """Return the image (H, W, 3) with each level of each channel changed as the table (256, 3) says."""
    return np.asarray(cv2.LUT(image, np.rint(table).clip(0, 255).astype(np.uint8)[None]), np.uint8)


def _stain(rng: Generator, page: Pixels, dpi: int) -> None:
    """Lay a brownish blotch with a darker rim over the page, in place."""
    height, width = page.shape[:2]
    r = between(rng, 0.25, 1.4) * dpi
    cx, cy = between(rng, 0, width), between(rng, 0, height)
    x0, x1 = max(0, int(cx - 1.5 * r)), min(width, int(cx + 1.5 * r))
    y0, y1 = max(0, int(cy - 1.5 * r)), min(height, int(cy + 1.5 * r))
    if x1 - x0 < 8 or y1 - y0 < 8:
        return
    y, x = np.mgrid[y0:y1, x0:x1].astype(np.float32)
    wave = 1 + 0.14 * np.sin(3 * np.arctan2(y - cy, x - cx) + cx) + 0.08 * np.sin(7 * np.arctan2(y - cy, x - cx))
    distance = np.hypot(x - cx, y - cy) / (r * wave)
    body = np.clip((1 - distance) * 6, 0, 1) * 0.6 + np.exp(-(((distance - 0.97) / 0.05) ** 2)) * 0.5
    strength = between(rng, 0.08, 0.22)
    tint = np.array([0.35, 0.6, 1.0], np.float32)
    part = page[y0:y1, x0:x1]
    part[:] = (part * (1 - strength * body[..., None].astype(np.float32) * tint)).clip(0, 255).astype(np.uint8)


def _fold(rng: Generator, page: Pixels, dpi: int) -> None:
    """Lay a crease across the page: a light line beside a dark one, worn through here and there, in place."""
    height, width = page.shape[:2]
    along_x = chance(rng, 0.6)
    length, across = (width, height) if along_x else (height, width)
    place = across * (0.5 if chance(rng, 0.5) else between(rng, 0.25, 0.75)) + between(rng, -0.01, 0.01) * across
    slope = between(rng, -0.012, 0.012)
    reach = max(4, round(dpi / 16))
    rows = np.arange(-reach, reach + 1, dtype=np.float32)
    shade = 1 - 0.16 * np.exp(-((rows / (dpi / 60)) ** 2)) + 0.08 * np.exp(-(((rows - dpi / 45) / (dpi / 90)) ** 2))
    at = np.rint(place + slope * (np.arange(length) - length / 2)).astype(int)
    ink_lost = np.where(rng.random(length) < 0.25, between(rng, 0.2, 0.6), 0.0).astype(np.float32)
    view = page if along_x else page.transpose(1, 0, 2)
    for offset, factor in zip(range(-reach, reach + 1), shade, strict=True):
        line = at + offset
        inside = (line >= 0) & (line < across)
        columns = np.nonzero(inside)[0]
        pixels = view[line[inside], columns].astype(np.float32) * factor
        if abs(offset) < dpi / 100:
            pixels += (225 - pixels) * ink_lost[inside][:, None]
        view[line[inside], columns] = pixels.clip(0, 255).astype(np.uint8)
