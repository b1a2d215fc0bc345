"""Worn bitonal pages: specks taken off the paper, broken strokes softened."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.light import ink

_SPECK_INCH = 0.024  # a full stop at 9 pt is no larger, but stands beside a letter
_BESIDE_INCH = 0.03  # pieces of one letter, and the letters of a word, stand closer
_STREWN = 8.0  # lone specks to the square inch
_SOFT_INCH = 0.0045


def without_specks(text: NDArray[np.uint8], dpi: float) -> tuple[NDArray[np.uint8], bool]:
    """Return the page with the specks that stand alone made white, and whether it was strewn with them.

    A page that is not strewn with specks is returned as it is.
    """
    marks = ink(text).astype(np.uint8)
    reach = max(3, round(_BESIDE_INCH * dpi) | 1)
    count, groups, stats, _ = cv2.connectedComponentsWithStats(
        cv2.dilate(marks, np.ones((reach, reach), np.uint8)), connectivity=4
    )
    largest = np.maximum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]) - reach + 1
    lone = largest < _SPECK_INCH * dpi
    if count < 2 or int(lone[1:].sum()) <= _STREWN * text.size / dpi**2:
        return text, False
    lone[0] = False
    return np.where(lone[groups], 255, text).astype(np.uint8), True


def softened(text: NDArray[np.uint8], dpi: float) -> NDArray[np.uint8]:
    """Return the page softened, which for an engine closes the small gaps that wear left in the strokes."""
    return np.asarray(cv2.GaussianBlur(text, (0, 0), _SOFT_INCH * dpi), dtype=np.uint8)
