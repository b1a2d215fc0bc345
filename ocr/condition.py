"""What state a page is in: blank, worn, photographed, copied."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.light import PAPER, paper_light
from ocr.traces import LOOK_DPI, Mask
from ocr.turn import Standing
from schemas.documents import Capture, CopyKind, Quality

_MM_PER_INCH = 25.4
_PER_CM2 = (LOOK_DPI / 2.54) ** 2
#: A page whose light falls off by more than this share, with no resolution recorded, was photographed.
_UNEVEN = 0.25
#: Share of middle tones that blurred compression adds to two tones at most.
_BETWEEN = 0.01
#: Share of a page that a seal, a pen's blue or a printed ground takes at least.
_COLOURED = 0.0006


@dataclass(frozen=True, slots=True)
class Wear:
    """Measures of a levelled page: ink against paper in grey levels, grain in grey levels, specks per square cm."""

    contrast: float
    grain: float
    specks: float


def is_blank(ink: Mask, stands: Standing) -> bool:
    """Return whether nothing was written or printed here: no run of letters, no drawing, no rule.

    Looked at small (LOOK_DPI). Specks, shadows of folds that run off the page and faint show-through do not count.
    """
    if stands.segments or stands.letters > 40:
        return False
    height, width = ink.shape
    edge = round(4 / _MM_PER_INCH * LOOK_DPI)
    for left, top, wide, high, _area in cv2.connectedComponentsWithStats(ink, connectivity=8)[2][1:].tolist():
        inside = left > edge and top > edge and left + wide < width - edge and top + high < height - edge
        if inside and max(wide, high) > 10 / _MM_PER_INCH * LOOK_DPI:
            return False
    return True


def wear(levelled: NDArray[np.uint8], ink: Mask) -> Wear:
    """Measure a small levelled page."""
    core = cv2.erode(ink, np.ones((2, 2), np.uint8)) > 0
    dark = levelled[core] if core.sum() > 50 else levelled[ink > 0]
    contrast = PAPER - float(np.median(dark)) if dark.size else 0.0
    paper = cv2.erode((ink == 0).astype(np.uint8), np.ones((9, 9), np.uint8)) > 0
    rough = cv2.absdiff(levelled, cv2.GaussianBlur(levelled, (0, 0), 2.0))
    grain = float(np.sqrt(np.mean(np.square(rough[paper].astype(np.float32))))) if paper.any() else 0.0
    areas = cv2.connectedComponentsWithStats(ink, connectivity=8)[2][1:, cv2.CC_STAT_AREA]
    specks = float((areas <= 3).sum()) / ink.size * _PER_CM2
    return Wear(contrast, grain, specks)


def quality(measured: Wear, *, bitonal: bool, blank: bool) -> Quality:
    """Return the grade of a page; on a page without grey only specks tell, on a blank one no ink can be faint."""
    if bitonal:
        return "clean" if measured.specks < 0.65 else "worn" if measured.specks < 2.5 else "bad"
    faults = [(measured.grain - 2.6) / 1.75, (measured.specks - 1.2) / 5.0]
    if not blank:
        faults.append((145.0 - measured.contrast) / 47.0)
    worst = max(faults)
    return "clean" if worst < 0.0 else "worn" if worst < 1.0 else "bad"


def capture(*, perspective: bool, bitonal: bool, dpi_known: bool, small: NDArray[np.uint8]) -> Capture | None:
    """Return how the page was taken, from what can be seen of it; `small` is the page before levelling."""
    if perspective:
        return "photo"
    if bitonal:
        return "feeder"
    field = paper_light(small if small.ndim == 2 else small[:, :, 1], LOOK_DPI)
    falls = 1.0 - float(np.percentile(field, 3)) / max(float(np.percentile(field, 97)), 1.0)
    if not dpi_known and falls > _UNEVEN:
        return "photo"
    return "flatbed" if dpi_known else None


def is_bitonal(grey: NDArray[np.uint8]) -> bool:
    """Return whether a grey image holds two tones, with next to nothing between, as a stored photocopy does."""
    shares = np.bincount(grey[::3, ::3].ravel(), minlength=256) / grey[::3, ::3].size
    return bool(shares[32:224].sum() < _BETWEEN and shares[224:].sum() > 0.5)


def copy_kind(colour: NDArray[np.uint8] | None, bitonal: bool) -> CopyKind | None:
    """Return "photocopy" for a page of two tones, "original" where ink or ground is coloured, else None."""
    if bitonal:
        return "photocopy"
    if colour is None:
        return None
    sample = colour[::4, ::4]
    spread = sample.max(axis=2).astype(np.int16) - sample.min(axis=2)
    return "original" if float((spread > 40).mean()) > _COLOURED else None
