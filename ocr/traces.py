"""The marks on a page, small: what looks like letters, what are rules, and the lines that letters form."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.uint8]
"""1 where there is ink."""

#: Resolution at which a page is looked at as a whole, in dpi.
LOOK_DPI = 150.0
#: A letter's longer side in pixels at LOOK_DPI: 1 mm to 12 mm.
_LETTER = (6, 70)
_RULE = 60
_SMALLEST_MARK = 3
_PIECE = 120


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of letters on one line: its rectangle, the height of its x-band, and the ink above and below that band."""

    left: int
    top: int
    width: int
    height: int
    band: int
    above: int
    below: int


def without_rules(ink: Mask) -> Mask:
    """Return the ink without straight strokes longer than a centimetre, level or upright."""
    level = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, _RULE), np.uint8))
    upright = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((_RULE, 1), np.uint8))
    rules = cv2.dilate(cv2.bitwise_or(level, upright), np.ones((3, 3), np.uint8))
    return np.where(rules > 0, 0, ink).astype(np.uint8)


def letters(ink: Mask) -> tuple[Mask, Mask, int]:
    """Return the marks that have a letter's size, the same with the small marks about them, and how many letters."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(without_rules(ink), connectivity=8)
    longer = stats[:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]].max(axis=1)
    shorter = stats[:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]].min(axis=1)
    area = stats[:, cv2.CC_STAT_AREA]
    keep = (longer >= _LETTER[0]) & (longer <= _LETTER[1]) & (shorter >= 2) & (area >= 8)
    small = (longer < _LETTER[0]) & (area >= _SMALLEST_MARK)
    keep[0] = small[0] = False
    return keep.astype(np.uint8)[labels], (keep | small).astype(np.uint8)[labels], int(keep[:count].sum())


def neighbours(marks: Mask) -> tuple[int, int]:
    """Return how many letters have one close beside them, and close above or below them."""
    gap = 7
    padded = cv2.copyMakeBorder(marks, gap, gap, gap, gap, cv2.BORDER_CONSTANT, value=0)
    alone = cv2.connectedComponents(padded)[0]
    beside = cv2.connectedComponents(cv2.morphologyEx(padded, cv2.MORPH_CLOSE, np.ones((1, gap), np.uint8)))[0]
    below = cv2.connectedComponents(cv2.morphologyEx(padded, cv2.MORPH_CLOSE, np.ones((gap, 1), np.uint8)))[0]
    return alone - beside, alone - below


def segments(marks: Mask, detail: Mask) -> list[Segment]:
    """Return the runs of letters of a level page; `detail` holds the small marks about the letters too."""
    joined = cv2.morphologyEx(marks, cv2.MORPH_CLOSE, np.ones((5, 1), np.uint8))
    joined = cv2.morphologyEx(joined, cv2.MORPH_CLOSE, np.ones((1, 15), np.uint8))
    found = []
    for left, top, width, height, _area in cv2.connectedComponentsWithStats(joined)[2][1:].tolist():
        if not 9 <= height <= _LETTER[1] or width < 2.5 * height:
            continue
        # A long line may bend with the paper: it is measured in pieces.
        pieces = max(1, round(width / _PIECE))
        edges = [left + width * part // pieces for part in range(pieces + 1)]
        measured = [
            _measured(marks[top : top + height, start:end], detail[:, start:end], top) for start, end in pairwise(edges)
        ]
        known = [piece for piece in measured if piece is not None]
        if known:
            band = sorted(piece[0] for piece in known)[len(known) // 2]
            above, below = sum(piece[1] for piece in known), sum(piece[2] for piece in known)
            found.append(Segment(left, top, width, height, band, above, below))
    return found


def _measured(piece: Mask, column: Mask, top: int) -> tuple[int, int, int] | None:
    """Return a piece's x-band height and the ink above and below it, in reach of the band's own height."""
    rows = piece.sum(axis=1, dtype=np.int64)
    if rows.sum() < 30:
        return None
    full = np.flatnonzero(rows > 0.5 * np.percentile(rows, 85))
    first, last = top + int(full[0]), top + int(full[-1]) + 1
    reach = max(4, round(0.7 * (last - first)))
    above = int(column[max(0, first - reach) : first].sum(dtype=np.int64))
    below = int(column[last : last + reach].sum(dtype=np.int64))
    return last - first, above, below
