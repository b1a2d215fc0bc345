"""Ways of turning a drawn page into an image: flatbed scan, bitonal photocopy, phone photograph."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from samples.chance import between, chance, pick
from samples.paper import Face
from samples.warp import Pixels, Warp, flat_warp, photo_warp, turned
from samples.wear import Grade, Wear, age, wear_of
from schemas.documents import Capture, CopyKind

#: Pixels after which the noise begins anew.
_TILE = 1024

Mode = Literal["scan", "grey", "copy", "photo"]


@dataclass(frozen=True, slots=True)
class Shot:
    """A captured page: RGB (H, W, 3), grey (H, W), or black and white (H, W of 0 and 255).

    `turn_deg` is the clockwise turn that makes it upright; `dpi` is None where a camera records none.
    """

    pixels: Pixels
    bitonal: bool
    warp: Warp
    dpi: int | None
    turn_deg: int
    capture: Capture
    copy_kind: CopyKind
    quality: int
    orientation: int = 1  # EXIF tag of the file: 6 asks the viewer to turn the pixels clockwise


def shoot(rng: Generator, face: Face, back: Face | None, mode: Mode, grade: Grade, sideways: bool) -> Shot:
    """Capture a page in that way, with the wear of that grade; `back` is what stands on its other side.

    `sideways` stores a photograph as a phone held upright stores it: turned, with a tag that says so.
    """
    wear = wear_of(rng, grade)
    page = np.asarray(face.image)
    other = None if back is None else np.asarray(back.image)
    aged = age(rng, page, other, wear, face.dpi)
    if mode == "photo":
        return _photo(rng, aged, face.dpi, wear, grade, sideways)
    return _scan(rng, aged, face.dpi, wear, grade, mode)


def _scan(rng: Generator, page: Pixels, dpi: int, wear: Wear, grade: Grade, mode: Mode) -> Shot:
    limit = {"clean": 0.5, "worn": 1.2, "bad": 1.5}[grade] + (0.5 if mode == "copy" else 0.0)
    turn = int(pick(rng, (90, 180, 270))) if mode == "copy" and chance(rng, 0.12 if grade == "clean" else 0.2) else 0
    size = (page.shape[1], page.shape[0])
    margin = round(between(rng, 0, 0.12) * dpi) if mode != "copy" else 0
    warp = flat_warp(size, skew_deg=between(rng, -limit, limit), scale=1.0, margin=margin, turn_deg=turn)
    lid = pick(rng, ((250, 250, 250), (238, 238, 236), (222, 222, 220)))
    moved = warp.pixels(page, (255, 255, 255) if mode == "copy" else lid)
    back_turn = (360 - turn) % 360
    if mode == "copy":
        pixels = _bitonal(rng, moved, dpi, wear)
        return Shot(pixels, True, warp, dpi, back_turn, "feeder", "photocopy", 0)
    lit = _sensor(rng, moved, dpi, wear, light=wear.light * 0.4)
    if mode == "grey":
        lit = cv2.cvtColor(lit, cv2.COLOR_RGB2GRAY).astype(np.uint8)
    return Shot(lit, False, warp, dpi, back_turn, "flatbed", "original", wear.quality)


def _sensor(rng: Generator, image: Pixels, dpi: int, wear: Wear, light: float) -> Pixels:
    """Blur, light unevenly and add noise to an RGB image."""
    sigma = wear.blur * dpi / 300
    out = cv2.GaussianBlur(image, (0, 0), sigma) if sigma > 0.25 else image
    height, width = image.shape[:2]
    if light > 0.01:
        out = cv2.multiply(out, cv2.merge([_lamp(rng, width, height, light)] * 3), scale=1 / 255)
    grain = np.rint(_grain(rng, width, height) * np.float32(wear.noise)).clip(-127, 127).astype(np.int8)
    return np.asarray(cv2.add(out, cv2.merge([grain] * 3), dtype=cv2.CV_8U), np.uint8)


def _grain(rng: Generator, width: int, height: int) -> NDArray[np.float32]:
    """Return noise of standard deviation about 1 whose neighbours are alike, as sensors and their software leave it."""
    tall, wide = min(height, _TILE), min(width, _TILE)
    white = rng.standard_normal((tall, wide), dtype=np.float32)
    tile = np.asarray(cv2.GaussianBlur(white, (0, 0), 0.8), np.float32) * np.float32(2.8)
    return np.tile(tile, (-(-height // tall), -(-width // wide)))[:height, :width]


def _lamp(rng: Generator, width: int, height: int, depth: float) -> Pixels:
    """Return a smooth field of brightness between 1 − depth and 1, as levels of 255."""
    coarse = rng.random((3, 3)).astype(np.float32)
    small = cv2.GaussianBlur(cv2.resize(coarse, (96, 96), interpolation=cv2.INTER_LINEAR), (0, 0), 16)
    field = (small - small.min()) / max(float(np.ptp(small)), 1e-6)
    levels = (255 * (1 - np.float32(depth) * field)).astype(np.float32)
    wide = np.asarray(cv2.resize(levels, (width, height), interpolation=cv2.INTER_LINEAR), np.float32)
    return np.rint(wide).astype(np.uint8)


def _bitonal(rng: Generator, image: Pixels, dpi: int, wear: Wear) -> Pixels:
    """Copy to black and white: blurred, noisy, cut at a level, then specks of toner and pinholes."""
    sharp = cv2.cvtColor(image, cv2.COLOR_RGB2GRAY)
    grey = np.asarray(cv2.GaussianBlur(sharp, (0, 0), max(0.3, wear.blur * dpi / 360)), np.float32)
    height, width = grey.shape
    grey = grey + _grain(rng, width, height) * np.float32(wear.noise * 0.8)
    black = 28 + 222 * wear.fade
    ink = grey < black + (250 - black) * between(rng, 0.52, 0.66)
    for share, value in ((wear.speckle, True), (wear.speckle * 0.6, False)):
        count = int(share * width * height)
        xs, ys = rng.integers(0, width - 3, size=count), rng.integers(0, height - 3, size=count)
        reach = rng.integers(1, 3, size=count)
        for x, y, r in zip(xs.tolist(), ys.tolist(), reach.tolist(), strict=True):
            ink[y : y + r, x : x + r] = value
    return np.where(ink, 0, 255).astype(np.uint8)


def _photo(rng: Generator, page: Pixels, dpi: int, wear: Wear, grade: Grade, sideways: bool) -> Shot:
    width, height = page.shape[1], page.shape[0]
    scale = between(rng, 0.85, 1.0) if dpi > 200 else 1.0
    w, h = width * scale, height * scale
    border = 0.05 * max(w, h)
    tilt = {"clean": 0.018, "worn": 0.032, "bad": 0.05}[grade]
    flat = np.array([[0, 0], [w, 0], [w, h], [0, h]]) + border
    angle = np.radians(between(rng, -1.5, 1.5) * (1.0 if grade == "clean" else 1.6))
    middle = flat.mean(axis=0)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    corners = (flat - middle) @ turn.T + middle + rng.uniform(-tilt, tilt, size=(4, 2)) * min(w, h)
    corners -= corners.min(axis=0) - border * 0.6
    size = (int(corners[:, 0].max() + border * 0.6), int(corners[:, 1].max() + border * 0.6))
    bend = between(rng, -0.006, 0.006) * height * (1.5 if grade == "bad" else 1.0)
    warp = photo_warp((width, height), corners, size, bend)
    warp = turned(warp, 270) if sideways else warp
    table = pick(rng, ((58, 44, 36), (40, 42, 46), (86, 66, 48), (30, 30, 34)))
    moved = warp.pixels(page, table)
    lit = _sensor(rng, moved, dpi, wear, light=0.2 + wear.light)
    warm = {"clean": 0.06, "worn": 0.12, "bad": 0.18}[grade]
    tint = np.array([1.0, 1 - between(rng, 0, warm / 3), 1 - between(rng, 0, warm)], np.float32)
    pixels = (lit * tint).clip(0, 255).astype(np.uint8)
    back_turn, tag = (90, 6) if sideways else (0, 1)
    return Shot(pixels, False, warp, None, back_turn, "photo", "original", max(50, wear.quality - 4), tag)
