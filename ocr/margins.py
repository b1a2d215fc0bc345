"""Whiten the dark slivers along a page's edge: the lid, the table, the shadow of a book's fold."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

#: How deep into the page, as a part of its side, a sliver may reach; and how thick it must be to be no rule.
_DEEP = 0.04
_THICK_MM = 1.0
_MM_PER_INCH = 25.4
_DARK = 130
_STEP = 4


def without_dark_margins(grey: NDArray[np.uint8], dpi: float) -> NDArray[np.uint8]:
    """Return the page with what is dark, thick and comes in from the edge painted white within the margin."""
    height, width = grey.shape
    size = (max(1, width // _STEP), max(1, height // _STEP))
    dark = (cv2.resize(grey, size, interpolation=cv2.INTER_AREA) < _DARK).astype(np.uint8)
    deep_x, deep_y = max(2, round(size[0] * _DEEP)), max(2, round(size[1] * _DEEP))
    dark[deep_y : size[1] - deep_y, deep_x : size[0] - deep_x] = 0
    thick = max(2, round(_THICK_MM / _MM_PER_INCH * dpi / _STEP))
    framed = cv2.copyMakeBorder(dark, thick, thick, thick, thick, cv2.BORDER_CONSTANT, value=1)
    core = cv2.morphologyEx(framed, cv2.MORPH_OPEN, np.ones((thick, thick), np.uint8))
    # The frame added around stands for the edge: what hangs together with it came in from there.
    edge = cv2.connectedComponents(core, connectivity=4)[1]
    sliver = cv2.dilate((edge == edge[0, 0]).astype(np.uint8), np.ones((5, 5), np.uint8))
    sliver = cv2.bitwise_and(sliver[thick:-thick, thick:-thick], cv2.dilate(dark, np.ones((3, 3), np.uint8)))
    if not sliver.any():
        return grey
    result = grey.copy()
    result[cv2.resize(sliver, (width, height), interpolation=cv2.INTER_NEAREST) > 0] = 255
    return result
