"""From a decoded image to grey or BGR pixels of a size that can be handed over."""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from ocr.decode.faults import Refused
from ocr.decode.wire import PageFacts

Pixels = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Decoded:
    """A page's pixels in the orientation of its frame, perhaps reduced, and the facts of that frame."""

    page: PageFacts
    image: Pixels
    bitonal: bool


def reduction(width: int, height: int, hand_over_pixels: int) -> int:
    """Return the whole number by which both sides are divided so that the image may be handed over."""
    return max(1, math.ceil(math.sqrt(width * height / hand_over_pixels)))


def check_frame(width: int, height: int, max_pixels: int) -> None:
    """Refuse a page that is larger than any sheet of paper at a scanner's resolution."""
    if width < 1 or height < 1:
        raise Refused("damaged")
    if width * height > max_pixels:
        raise Refused("page-too-large")


def believable_dpi(dpi: float | None, pixels: int) -> float | None:
    """Return a recorded resolution, or None where it cannot be one: cameras and screens write 72 or 96."""
    if dpi is None or not math.isfinite(dpi) or not 50 <= dpi <= 4800:
        return None
    return None if round(dpi) in (72, 96) and pixels > 1200 else float(dpi)


def from_pillow(image: Image.Image, hand_over_pixels: int) -> tuple[Pixels, bool]:
    """Return grey or BGR pixels and whether the image holds two tones only; the image is loaded by then."""
    bitonal = image.mode == "1"
    if image.mode in ("I;16", "I;16B", "I;16L", "I;16N"):
        image = Image.fromarray((np.asarray(image) >> 8).astype(np.uint8))
    elif image.mode in ("P", "PA", "RGBA", "RGBa", "LA", "La"):
        image = _flatten(image)
    elif image.mode in ("1", "CMYK", "YCbCr"):
        image = image.convert("L" if bitonal else "RGB")
    elif image.mode not in ("L", "RGB"):
        raise Refused("pixel-format")
    factor = reduction(image.width, image.height, hand_over_pixels)
    if factor > 1:
        image = image.reduce(factor)
    pixels = np.asarray(image)
    return (pixels if pixels.ndim == 2 else cv2.cvtColor(pixels, cv2.COLOR_RGB2BGR).astype(np.uint8)), bitonal


def _flatten(image: Image.Image) -> Image.Image:
    """Put a palette or transparent image on white paper."""
    if image.mode == "P" and "transparency" not in image.info:
        return image.convert("RGB")
    image = image.convert("RGBA")
    paper = Image.new("RGBA", image.size, "white")
    paper.alpha_composite(image)
    return paper.convert("RGB")


def without_empty_colour(image: Pixels) -> Pixels:
    """Return a colour image whose channels are all alike as grey, any other as it is."""
    if image.ndim == 2 or not _alike(image[::16, ::16]) or not _alike(image):
        return image
    return np.ascontiguousarray(image[:, :, 1])


def _alike(image: Pixels) -> bool:
    return np.array_equal(image[:, :, 0], image[:, :, 1]) and np.array_equal(image[:, :, 1], image[:, :, 2])


def write_pixels(image: Pixels, descriptor: int) -> None:
    """Write the pixels row by row into the memory that the parent gave."""
    with open(descriptor, "wb", closefd=False) as memory:
        memory.write(np.ascontiguousarray(image).data)
