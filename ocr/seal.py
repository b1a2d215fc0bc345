"""Tell red from black: seals and coloured grounds go, text under them and red print stay."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.light import PAPER

_MM_PER_INCH = 25.4
#: How much redder than green a levelled pixel must be to be tinged, and to count as red ink: over a pink
#: ground a strong seal stands out at the higher splits only, a faint one at the lower.
_TINGE = 6
_MOST_SHADE = 1.2
_RED = (25, 35, 50)
#: A seal is this large; printed red titles are lower, frames are larger.
_SEAL_MM = (16.0, 60.0)
_SEAL_LONGER_BY = 1.35
#: Green below the first is ink, above the second coloured ground; between them the two are mixed.
_INK_GREEN, _GROUND_GREEN = 120.0, 170.0


def grey_without_red(levelled: NDArray[np.uint8], dpi: float) -> NDArray[np.uint8]:
    """Return a levelled BGR page as grey in which seals and pink or yellow grounds are paper.

    Red ink is as light as paper in the red channel and black ink is not. So seals are seen through the red
    channel alone; elsewhere it counts where a pixel is light (a printed ground), not where it is dark (print).
    """
    green, red = np.ascontiguousarray(levelled[:, :, 1]), np.ascontiguousarray(levelled[:, :, 2])
    grey = cv2.cvtColor(levelled, cv2.COLOR_BGR2GRAY)
    redness = cv2.subtract(red, green).astype(np.uint8, copy=False)
    seal = seal_area(levelled, dpi)
    curve = (np.arange(256) - _INK_GREEN) * (255.0 / (_GROUND_GREEN - _INK_GREEN))
    share = cv2.LUT(green, np.clip(curve, 0, 255).astype(np.uint8))
    share[seal] = 255
    share[redness <= _TINGE] = 0
    cleared = cv2.addWeighted(red, 1.0, redness, _shade(red, redness, seal), 0.0)
    lighter = cv2.multiply(share, cv2.subtract(np.minimum(cleared, np.uint8(PAPER)), grey), scale=1 / 255)
    return cv2.add(grey, lighter).astype(np.uint8, copy=False)


def _shade(red: NDArray[np.uint8], redness: NDArray[np.uint8], seal: NDArray[np.bool_]) -> float:
    """Return by how much red ink darkens the red channel for each grey level of redness: its ink is never pure."""
    inked = seal & (redness > _RED[0])
    if np.count_nonzero(inked) < 200:
        inked = (redness > _TINGE)[::4, ::4]
        red, redness = red[::4, ::4], redness[::4, ::4]
        if not inked.any():
            return 0.0
    shades = (PAPER - red[inked].astype(np.float32)) / redness[inked]
    return float(np.clip(np.percentile(shades, 70), 0.0, _MOST_SHADE))


def seal_area(levelled: NDArray[np.uint8], dpi: float) -> NDArray[np.bool_]:
    """Return where a red seal or stamp lies, as whole rectangles."""
    height, width = levelled.shape[:2]
    factor = max(1, round(dpi / 75))
    small = cv2.resize(levelled, (max(1, width // factor), max(1, height // factor)), interpolation=cv2.INTER_AREA)
    per_mm = dpi / factor / _MM_PER_INCH
    redness = cv2.subtract(small[:, :, 2], small[:, :, 1])
    reach = max(3, round(2.0 * per_mm) | 1)
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (reach, reach))
    area = np.zeros((height, width), np.bool_)
    margin = round(1.5 * per_mm)
    for split in _RED:
        joined = cv2.morphologyEx((redness > split).astype(np.uint8), cv2.MORPH_CLOSE, kernel)
        for left, top, wide, high, _count in cv2.connectedComponentsWithStats(joined)[2][1:].tolist():
            shorter, longer = min(wide, high) / per_mm, max(wide, high) / per_mm
            if _SEAL_MM[0] <= shorter and longer <= _SEAL_MM[1] and longer <= _SEAL_LONGER_BY * shorter:
                rows = slice(max(0, top - margin) * factor, (top + high + margin) * factor)
                columns = slice(max(0, left - margin) * factor, (left + wide + margin) * factor)
                area[rows, columns] = True
    return area
