"""Take long thin printed lines out of a page, and leave every letter that crosses them."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.light import ink

_MM_PER_INCH = 25.4
#: The shortest rule, as a part of the page's width (level) and height (upright); measured in facts/reading.md.
_LEVEL_PART, _UPRIGHT_PART = 9, 22
_THICKEST_MM = 1.0
#: Share of a rule's way that may have ink right above it, or right below.
_CROWDED = 0.4


def without_ruled_lines(grey: NDArray[np.uint8], dpi: float) -> NDArray[np.uint8]:
    """Return a level, levelled page without its rules; dotted leaders and short strokes stay.

    A rule's pixels are filled from across it, so a stroke that goes on beyond the rule is left whole.
    """
    height, width = grey.shape
    marks = ink(grey).astype(np.uint8)
    thickest = max(3, round(_THICKEST_MM / _MM_PER_INCH * dpi))
    level = _rules(marks, max(40, width // _LEVEL_PART), thickest, level=True)
    upright = _rules(marks, max(40, height // _UPRIGHT_PART), thickest, level=False)
    result = grey.copy()
    for rules, is_level in ((level, True), (upright, False)):
        span = _thickness(rules, is_level) + 5
        filled = cv2.morphologyEx(result, cv2.MORPH_CLOSE, np.ones((span, 1) if is_level else (1, span), np.uint8))
        reach = np.ones((5, 3) if is_level else (3, 5), np.uint8)
        np.copyto(result, filled.astype(np.uint8, copy=False), where=cv2.dilate(rules, reach) > 0)
    return result


def _rules(marks: NDArray[np.uint8], shortest: int, thickest: int, *, level: bool) -> NDArray[np.uint8]:
    """Return 1 on rules; bars are too thick to be one, and the feet of letters in a row do not stand alone."""
    if not level:
        return _transposed(_rules(_transposed(marks), shortest, thickest, level=True))
    bridged = cv2.morphologyEx(marks, cv2.MORPH_CLOSE, np.ones((1, 5), np.uint8))
    # A rule that falls by a pixel on its way is still one run once it is a pixel thicker on each side.
    stout = cv2.dilate(bridged, np.ones((3, 1), np.uint8))
    core = cv2.bitwise_and(cv2.morphologyEx(stout, cv2.MORPH_OPEN, np.ones((1, shortest), np.uint8)), bridged)
    thick = cv2.morphologyEx(core, cv2.MORPH_OPEN, np.ones((thickest, 1), np.uint8))
    thin = cv2.subtract(core, thick).astype(np.uint8, copy=False)
    return _standing_alone(thin, marks, _thickness(thin, level=True) + 3)


def _standing_alone(core: NDArray[np.uint8], marks: NDArray[np.uint8], beside: int) -> NDArray[np.uint8]:
    """Keep those pieces that have paper above and below them along most of their way."""
    count, labels = cv2.connectedComponents(core, connectivity=8)
    ys, xs = np.nonzero(core)
    piece = labels[ys, xs]
    area = np.maximum(np.bincount(piece, minlength=count), 1)
    crowded = np.zeros(count, np.bool_)
    kept = core.copy()
    for offset in (-beside, beside):
        there = np.clip(ys + offset, 0, core.shape[0] - 1)
        crowded |= np.bincount(piece, weights=marks[there, xs], minlength=count) / area > _CROWDED
    dropped = crowded[piece]
    kept[ys[dropped], xs[dropped]] = 0
    return kept


def _transposed(marks: NDArray[np.uint8]) -> NDArray[np.uint8]:
    return cv2.transpose(marks).astype(np.uint8, copy=False)


def _thickness(rules: NDArray[np.uint8], level: bool) -> int:
    """Return the mean thickness of the rules in pixels, rounded up; 0 without rules."""
    before, after = (rules[:-1], rules[1:]) if level else (rules[:, :-1], rules[:, 1:])
    edges = cv2.countNonZero(cv2.subtract(after, before))
    return -(-cv2.countNonZero(rules) // edges) if edges else 0
