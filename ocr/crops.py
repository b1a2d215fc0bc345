"""A piece of an original page, upright and of a handy size, for a person to look at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import cv2
import numpy as np

from ocr.engines import Image
from ocr.open import OpenedPage
from schemas.documents import Box

_MARGIN = 0.5  # of the box's height, so that a label or a neighbour helps without drowning the value
_LEAST_MARGIN_INCHES = 0.04
_MOST_MARGIN_INCHES = 0.1  # several lines stand for themselves
_SIDE_INCHES = 0.15  # before and after the text, where a box may begin a letter late
_COVER_INCHES = 0.02  # around personal data, whose boxes are tight
_GREY = 200
_JPEG_QUALITY = 80


@dataclass(frozen=True, slots=True)
class Crop:
    """A JPEG of `width` × `height` pixels."""

    jpeg: bytes
    width: int
    height: int


def crop(
    page: OpenedPage, box: Box, *, turn_deg: int, hidden: Iterable[Box] = (), most: tuple[int, int] = (900, 240)
) -> Crop:
    """Return the box with a margin, turned upright by so many quarter turns clockwise, at most `most` pixels.

    `box` and `hidden` are in the page's frame; what lies in `hidden` is covered with grey.
    """
    inch = page.dpi * page.scale
    share = _MARGIN * min(box.bottom - box.top, box.right - box.left) * page.scale
    margin = float(np.clip(share, _LEAST_MARGIN_INCHES * inch, _MOST_MARGIN_INCHES * inch))
    beside = max(margin, _SIDE_INCHES * inch)
    lies = turn_deg % 180 != 0  # the text runs up or down the page
    left, top, right, bottom = _grown(page, box, margin if lies else beside, beside if lies else margin)
    image = np.ascontiguousarray(page.image[top:bottom, left:right]).copy()
    for other in hidden:
        a, b, c, d = _grown(page, other, _COVER_INCHES * inch, _COVER_INCHES * inch)
        cover = image[max(b - top, 0) : max(d - top, 0), max(a - left, 0) : max(c - left, 0)]
        cover[:] = _GREY
    upright: Image = np.ascontiguousarray(np.rot90(image, -turn_deg // 90))
    height, width = upright.shape[:2]
    shrink = min(most[0] / width, most[1] / height, 1.0)
    if shrink < 1.0:
        size = (max(1, round(width * shrink)), max(1, round(height * shrink)))
        upright = np.asarray(cv2.resize(upright, size, interpolation=cv2.INTER_AREA), np.uint8)
    done, coded = cv2.imencode(".jpg", upright, [cv2.IMWRITE_JPEG_QUALITY, _JPEG_QUALITY])
    if not done:
        raise ValueError(f"no JPEG of {width} × {height} pixels can be made")
    return Crop(coded.tobytes(), upright.shape[1], upright.shape[0])


def _grown(page: OpenedPage, box: Box, across: float, along: float) -> tuple[int, int, int, int]:
    """Return the box in pixels of the image, larger by the margins in x and in y, inside the image."""
    height, width = page.image.shape[:2]
    left = int(np.clip(box.left * page.scale - across, 0, width - 1))
    top = int(np.clip(box.top * page.scale - along, 0, height - 1))
    right = int(np.clip(box.right * page.scale + across, left + 1, width))
    bottom = int(np.clip(box.bottom * page.scale + along, top + 1, height))
    return left, top, right, bottom
