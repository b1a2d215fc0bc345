"""Deep red covers with gold or black print, as paper: white where the ground is, dark where anything stands on it."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

_MM_PER_INCH = 25.4
#: The ground is looked at on a grid of so many millimetres, as the median of nine by nine: no letter fills it.
_GRID_MM, _SQUARE = 2.0, 9
#: How much redder than green and blue a deep ground is, and between which greys it lies on a scan without colour.
_DEEP_RED = 70
_DEEP_GREY = (45, 125)
#: Of the page: a cover fills half of a spread at least; seals and stains are smaller.
_LEAST_SHARE = 0.2
#: Where the strongest one in two hundred of the differences from the ground end up: as dark as print.
_PRINT = 225.0


def paper_for_dark_ground(image: NDArray[np.uint8], dpi: float) -> NDArray[np.uint8]:
    """Return a grey or BGR image with every large deep red (or dark grey) ground as white, what stands on it as dark.

    An image without such a ground is returned as it is.
    """
    step = max(1, round(_GRID_MM / _MM_PER_INCH * dpi))
    height, width = image.shape[:2]
    size = (max(1, width // step), max(1, height // step))
    if min(size) < 3 * _SQUARE:
        return image
    small = cv2.resize(image, size, interpolation=cv2.INTER_AREA)
    ground = np.asarray(cv2.medianBlur(small, _SQUARE), dtype=np.uint8)
    deep = _deep(ground)
    if not deep.any():
        return image
    full = cv2.resize(ground, (width, height), interpolation=cv2.INTER_LINEAR)
    apart = cv2.absdiff(image, full)
    strength = apart if apart.ndim == 2 else apart.max(axis=2)
    mask = cv2.resize(deep, (width, height), interpolation=cv2.INTER_NEAREST) > 0
    most = max(1.0, float(np.percentile(strength[mask][::7], 99.5)))
    ink = 255 - np.clip(strength.astype(np.float32) * (_PRINT / most), 0, 255)
    result = image.copy()
    result[mask] = ink[mask][:, None] if image.ndim == 3 else ink[mask]
    return result


def _deep(ground: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return the cells of large dark grounds as 1."""
    if ground.ndim == 3:
        blue, green, red = (ground[:, :, i].astype(np.int16) for i in range(3))
        cells = (red - np.maximum(green, blue)) > _DEEP_RED
    else:
        cells = (ground > _DEEP_GREY[0]) & (ground < _DEEP_GREY[1])
    kernel = cv2.getStructuringElement(cv2.MORPH_RECT, (_SQUARE, _SQUARE))
    joined = cv2.morphologyEx(cells.astype(np.uint8), cv2.MORPH_CLOSE, kernel)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(joined)
    least = _LEAST_SHARE * ground.shape[0] * ground.shape[1]
    large = [k for k in range(1, count) if stats[k, cv2.CC_STAT_AREA] >= least]
    return np.isin(labels, large).astype(np.uint8)
