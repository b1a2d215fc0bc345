"""The pink drum-pattern ground, the frame, the seal, the signature and the bars: drawn, none of them real."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
from numpy.random import Generator
from PIL import Image, ImageDraw, ImageFilter

from samples.chance import between, pick, whole
from samples.fonts import Face
from samples.sheet import Ink, Run, Sheet

PINK: Ink = (253, 238, 240)
RED: Ink = (196, 40, 48)
SPECIMEN = "MẪU - KHÔNG CÓ GIÁ TRỊ PHÁP LÝ"


@lru_cache(maxsize=8)
def _drum(size: int, shade: int) -> Image.Image:
    """Draw one drum face: rings, a sixteen-ray figure without meaning, and dashes between the rings."""
    image = Image.new("RGB", (size, size), PINK)
    pen = ImageDraw.Draw(image)
    line = (246 - shade, 205 - shade, 214 - shade)
    middle = size / 2
    for part in (0.97, 0.91, 0.72, 0.66, 0.4, 0.34):
        r = middle * part
        pen.ellipse((middle - r, middle - r, middle + r, middle + r), outline=line, width=max(1, size // 300))
    for i in range(16):
        a = math.pi * i / 8
        pen.line(
            (middle, middle, middle + middle * 0.33 * math.cos(a), middle + middle * 0.33 * math.sin(a)),
            fill=line,
            width=max(1, size // 250),
        )
    for ring, count in ((0.69, 60), (0.94, 90), (0.53, 28)):
        for i in range(count):
            a, span = 2 * math.pi * i / count, 0.05 if ring < 0.6 else 0.012
            inner, outer = middle * (ring - span), middle * (ring + span)
            pen.line(
                (
                    *(middle + inner * math.cos(a), middle + inner * math.sin(a)),
                    *(middle + outer * math.cos(a + 0.03), middle + outer * math.sin(a + 0.03)),
                ),
                fill=line,
                width=max(1, size // 300),
            )
    return image


@lru_cache(maxsize=4)
def _wave(width: int, height: int, pitch: int) -> Image.Image:
    """Draw how deep the waves are at each point, 0 to 255."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    sway = 2 * np.pi / (pitch * 9)
    along, across = np.arange(width, dtype=np.float32) * sway, np.arange(height, dtype=np.float32) * sway
    wave = np.sin(2 * np.pi * (x + pitch * 0.8 * np.sin(across)[:, None]) / pitch)
    wave += np.sin(2 * np.pi * (y + pitch * 0.8 * np.sin(along)[None, :]) / pitch)
    return Image.fromarray((np.clip(wave - 1.1, 0, 1) * 255).astype(np.uint8))


def _weave(width: int, height: int, pitch: int, shade: int) -> Image.Image:
    """Draw fine waves over the whole page."""
    wave, deep = _wave(width, height, pitch), 1 + shade / 12
    levels = zip(PINK, (4, 22, 18), strict=True)
    return Image.merge("RGB", [wave.point([round(p - d * deep * v / 255) for v in range(256)]) for p, d in levels])


def pink_ground(sheet: Sheet, rng: Generator) -> None:
    """Cover the page with the pattern, the great drum in its middle, in a strength that differs by printing."""
    width, height = sheet.image.size
    shade = whole(rng, 0, 9)
    sheet.image.paste(_weave(width, height, max(6, round(sheet.px(1.9))), shade), (0, 0))
    size = round(width * 0.62)
    drum = _drum(size, shade)
    mask = Image.new("L", (size, size), 0)
    ImageDraw.Draw(mask).ellipse((2, 2, size - 3, size - 3), fill=200)
    sheet.image.paste(drum, ((width - size) // 2, round(height * 0.5 - size / 2)), mask)
    small = round(sheet.px(13))
    corner = _drum(small, shade)
    for x, y in ((0.05, 0.04), (0.95, 0.04), (0.05, 0.96), (0.95, 0.96)):
        sheet.image.paste(corner, (round(width * x - small / 2), round(height * y - small / 2)))


def certificate_frame(sheet: Sheet, rng: Generator) -> None:
    """Draw the printed border of a certificate page."""
    ink, edge = (206, 120, 130), between(rng, 7.5, 9.5)
    w, h = sheet.width_mm, sheet.height_mm
    sheet.frame(edge, edge, w - edge, h - edge, 0.5, ink)
    sheet.frame(edge + 1.2, edge + 1.2, w - edge - 1.2, h - edge - 1.2, 0.18, ink)


def specimen_line(sheet: Sheet, y: float, ink: Ink = (84, 84, 92)) -> None:
    """Print the line that every invented paper bears, small, near an edge."""
    sheet.text(sheet.width_mm / 2, y, Run(SPECIMEN, "specimen", ink=ink), size_pt=7.0, anchor="m")


def seal(sheet: Sheet, rng: Generator, x: float, y: float, words: str) -> None:
    """Stamp a round red seal around (x, y) in mm: two rings and words along them, unevenly inked, no emblem."""
    r = sheet.px(17.5)
    size = round(2 * r + 8)
    stamp = Image.new("L", (size, size), 0)
    pen = ImageDraw.Draw(stamp)
    middle = size / 2
    for part, weight in ((1.0, 0.55), (0.93, 0.2), (0.6, 0.2)):
        q = r * part
        pen.ellipse(
            (middle - q, middle - q, middle + q, middle + q), outline=255, width=max(1, round(sheet.px(weight)))
        )
    face = Face("FreeSans", bold=True)
    _arc(stamp, face, words.upper(), middle, r * 0.765, max(8, round(r * 0.19)))
    font = face.at(max(9, round(r * 0.3)), "MẪU")
    pen.text((middle, middle - r * 0.06), "MẪU", font=font, fill=255, anchor="mm")
    font = face.at(max(6, round(r * 0.105)), "KHÔNG CÓ GIÁ TRỊ")
    pen.text((middle, middle + r * 0.22), "KHÔNG CÓ GIÁ TRỊ", font=font, fill=255, anchor="mm")
    stamp = stamp.rotate(between(rng, -25, 25), resample=Image.Resampling.BICUBIC)
    blotch = Image.fromarray(rng.integers(90, 256, size=(max(4, size // 14), max(4, size // 14)), dtype=np.uint8))
    uneven = np.asarray(blotch.resize(stamp.size, Image.Resampling.BICUBIC), np.float32) / 255
    strength = np.asarray(stamp, np.float32) * uneven * between(rng, 0.62, 0.9)
    mask = Image.fromarray(strength.astype(np.uint8)).filter(ImageFilter.GaussianBlur(sheet.dpi / 500))
    ink = pick(rng, ((200, 30, 45), (186, 22, 52), (214, 48, 40)))
    sheet.image.paste(ink, (round(sheet.px(x) - size / 2), round(sheet.px(y) - size / 2)), mask)


def _arc(stamp: Image.Image, face: Face, words: str, middle: float, radius: float, size_px: int) -> None:
    font = face.at(size_px, words)
    letters = f"{words} · "
    while font.getlength(letters) < 2 * math.pi * radius * 0.55:
        letters += f"{words} · "
    span = font.getlength(letters) / radius
    squeeze = min(1.0, 1.96 * math.pi / span)
    angle = -span * squeeze / 2
    for letter in letters:
        wide = font.getlength(letter) / radius * squeeze
        tile = Image.new("L", (size_px * 2, size_px * 2), 0)
        ImageDraw.Draw(tile).text((size_px, size_px), letter, font=font, fill=255, anchor="mm")
        at = angle + wide / 2
        turned = tile.rotate(-math.degrees(at), resample=Image.Resampling.BICUBIC)
        place = (round(middle + radius * math.sin(at) - size_px), round(middle - radius * math.cos(at) - size_px))
        stamp.paste(255, place, turned)
        angle += wide


def signature(sheet: Sheet, rng: Generator, x: float, y: float) -> None:
    """Scribble a signature around (x, y) in blue or black ink."""
    ink = pick(rng, ((32, 40, 140), (20, 24, 60), (48, 60, 160)))
    count = whole(rng, 5, 8)
    xs = np.cumsum(rng.uniform(-2.0, 6.5, size=count)) - 9
    ys = rng.uniform(-6, 6, size=count)
    t = np.linspace(0, count - 1, 160)
    wave = np.sin(t * between(rng, 2.5, 4.5)) * between(rng, 1.0, 2.8)
    points = [
        (sheet.px(x + float(a)), sheet.px(y + float(b)))
        for a, b in zip(np.interp(t, np.arange(count), xs), np.interp(t, np.arange(count), ys) + wave, strict=True)
    ]
    sheet.draw.line(points, fill=ink, width=max(1, round(sheet.px(0.4))), joint="curve")


def bars(sheet: Sheet, rng: Generator, x: float, y: float, width: float, height: float, code: str) -> None:
    """Draw upright bars derived from the digits; a picture of a barcode, not a symbology that scanners know."""
    widths = [1 + (int(d) + i * 3) % 3 for i, d in enumerate(code * 4)]
    unit = width / sum(widths)
    at = x
    for i, w in enumerate(widths):
        if i % 2 == 0:
            pen_box = (sheet.px(at), sheet.px(y), sheet.px(at + w * unit), sheet.px(y + height * between(rng, 0.98, 1)))
            sheet.draw.rectangle(pen_box, fill=sheet.ink)
        at += w * unit
