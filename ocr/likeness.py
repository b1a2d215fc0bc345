"""A page's look: a small map of where its ink lies, by which the same page in other bytes is found."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from schemas.readings import LOOK_SIDE

_SIDE = 480
_FAINT, _DARK = 0.12, 0.5  # ink as a share of the paper's light: fainter is a stain, darker counts no more
_BORDER = 6  # pixels at the edge, where scans show the glass


def look_of(grey: NDArray[np.uint8]) -> str:
    """Return the look of an upright page (H, W): a square of cells row by row, in each 0 to f for its ink."""
    resized = cv2.resize(grey, (_SIDE, _SIDE), interpolation=cv2.INTER_AREA).astype(np.float32)
    small = np.asarray(cv2.GaussianBlur(resized, (0, 0), 1.0), np.float32)
    coarse = cv2.morphologyEx(cv2.resize(small, (120, 120)), cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8))
    paper = np.maximum(np.asarray(cv2.resize(coarse, (_SIDE, _SIDE)), np.float32), 1.0)
    ink = np.clip((paper - small) / paper, 0.0, _DARK)
    ink[ink < _FAINT] = 0
    inner = np.zeros_like(ink)
    inner[_BORDER:-_BORDER, _BORDER:-_BORDER] = ink[_BORDER:-_BORDER, _BORDER:-_BORDER]
    cells = np.sqrt(cv2.resize(inner, (LOOK_SIDE, LOOK_SIDE), interpolation=cv2.INTER_AREA))
    levels = np.rint(cells / max(float(cells.max()), 1e-6) * 15).astype(int)
    return "".join(f"{level:x}" for level in levels.ravel())
