"""Which way up a page stands."""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.deskew import LEVEL_DEG, fall
from ocr.traces import Mask, Segment, letters, neighbours, segments
from ocr.trial import legibility

#: How far the evidence for level against upright lines must lean, as a power of two, to be believed alone.
_SURE_OF_AXIS = 0.7
#: Share by which ink above the letters must outweigh ink below, or the other way, to be believed alone.
_SURE_OF_UP = 0.2
_ENOUGH_SEGMENTS = 4
#: Letters that must read well one way up, and how many times better than any other way.
_READ_ENOUGH, _READ_BETTER = 8.0, 1.25


@dataclass(frozen=True, slots=True)
class Standing:
    """Quarter turns clockwise that make the page upright, the fall of its lines then, and its runs of letters."""

    turn_deg: int
    fall_deg: float
    segments: tuple[Segment, ...]
    letters: int


@dataclass(frozen=True, slots=True)
class _Axis:
    turn_deg: int
    fall_deg: float
    marks: Mask  # turned and level
    runs: list[Segment]

    @property
    def ink(self) -> int:
        return sum(run.above + run.below for run in self.runs)

    @property
    def rise(self) -> float:
        """How much more ink lies above the letters than below, -1 to 1: marks and ascenders stand on upright text."""
        return sum(run.above - run.below for run in self.runs) / (self.ink + 1)


def standing(levelled: NDArray[np.uint8], ink: Mask, hint_deg: int) -> Standing:
    """Return how a page stands, from its small levelled image; where that is mute, as EXIF says (`hint_deg`)."""
    marks, detail, count = letters(ink)
    if count < 3:
        return Standing(hint_deg, 0.0, (), count)
    beside, below = neighbours(marks)
    fall_across, sharp_across = fall(marks)
    fall_along, sharp_along = fall(_quarter(marks, 1))
    lean = math.log2((beside + 5) / (below + 5)) + 0.5 * math.log2((sharp_across + 1) / (sharp_along + 1))
    across = _axis(marks, detail, 0, fall_across)
    along = _axis(marks, detail, 90, fall_along)
    candidates = [across] if lean > _SURE_OF_AXIS else [along] if lean < -_SURE_OF_AXIS else [across, along]
    best, upside_down = _which(candidates, levelled, hint_deg)
    turn = (best.turn_deg + (180 if upside_down else 0)) % 360
    runs = [_upside_down(run, best.marks.shape) for run in best.runs] if upside_down else best.runs
    return Standing(turn, best.fall_deg, tuple(runs), count)


def _axis(marks: Mask, detail: Mask, turn_deg: int, fall_deg: float) -> _Axis:
    turned, small = (levelled_by(_quarter(mask, turn_deg // 90), fall_deg, 0) for mask in (marks, detail))
    return _Axis(turn_deg, fall_deg, turned, segments(turned, small))


def _which(candidates: list[_Axis], levelled: NDArray[np.uint8], hint_deg: int) -> tuple[_Axis, bool]:
    """Choose among axes and their two directions: by the letters' own shape, else by reading a few lines each way."""
    if len(candidates) == 1:
        only = candidates[0]
        if len(only.runs) >= _ENOUGH_SEGMENTS and abs(only.rise) > _SURE_OF_UP:
            return only, only.rise < 0
    scored = []
    for candidate in candidates:
        image = levelled_by(_quarter(levelled, candidate.turn_deg // 90), candidate.fall_deg, 255)
        for upside_down, score in enumerate(legibility(image, candidate.runs)):
            scored.append((score, candidate, bool(upside_down)))
    scored.sort(key=lambda item: item[0], reverse=True)
    if scored and scored[0][0] > _READ_ENOUGH and scored[0][0] > _READ_BETTER * scored[1][0]:
        return scored[0][1], scored[0][2]
    for candidate in candidates:
        if candidate.turn_deg % 180 == hint_deg % 180:
            return candidate, (hint_deg - candidate.turn_deg) % 360 == 180
    return candidates[0], candidates[0].rise < -_SURE_OF_UP / 2


def _quarter(image: NDArray[np.uint8], turns: int) -> NDArray[np.uint8]:
    """Turn an image clockwise by quarter turns."""
    return np.ascontiguousarray(np.rot90(image, -turns)) if turns % 4 else image


def levelled_by(image: NDArray[np.uint8], fall_deg: float, paper: int) -> NDArray[np.uint8]:
    """Turn a small image back by the fall of its lines, in the same frame."""
    if abs(fall_deg) < LEVEL_DEG:
        return image
    height, width = image.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), fall_deg, 1.0)
    flag = cv2.INTER_NEAREST if paper == 0 else cv2.INTER_LINEAR
    turned = cv2.warpAffine(
        image, matrix, (width, height), flags=flag, borderMode=cv2.BORDER_CONSTANT, borderValue=paper
    )
    return turned.astype(np.uint8, copy=False)


def _upside_down(run: Segment, shape: tuple[int, ...]) -> Segment:
    height, width = shape[:2]
    left, top = width - run.left - run.width, height - run.top - run.height
    return Segment(left, top, run.width, run.height, run.band, run.below, run.above)
