"""A clean page as tables are read from it: its rules, its signs, and its text made as readable as it can be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.blobs import Ink, sign_height, signs
from ocr.clean import CleanPage
from ocr.grid_lines import Rule, find_rules
from ocr.light import ink
from ocr.speckle import softened, without_specks

_BESIDE_RULE_INCH = 0.012
_CRUMB_INCH = 0.03
_DIGIT_INCH = 0.06
_CLOSE_INCH, _LOOSE_INCH = 0.025, 0.04  # between dashes as long as a digit is tall, and between shorter ones
_SHORT_RULE_INCH = 0.25
_THICK_INCH = 0.022
_LONG_INCH = 1.2
_CRUMBS = 0.3  # share of a rule's way still inked in the text


@dataclass(frozen=True, slots=True)
class RuledSheet:
    """A page, its traced rules left to right and top to bottom, its signs and their usual height in pixels.

    The page's `text` is without specks, and softened, where it was strewn with them.
    """

    page: CleanPage
    upright: tuple[Rule, ...]
    level: tuple[Rule, ...]
    signs: tuple[Ink, ...]
    height: float


def look(page: CleanPage) -> RuledSheet:
    """Return the page with its rules traced and its signs found."""
    marks = ink(page.grey).astype(np.uint8)
    upright = tuple(find_rules(marks, page.dpi, upright=True))
    level = tuple(rule for rule in find_rules(marks, page.dpi, upright=False) if rule.share >= 0.7)
    text, strewn = without_specks(page.text, page.dpi)
    text = _without_short_rules(_without_crumbs(text, upright, level, page.dpi), page.dpi)
    found = tuple(signs(text, page.dpi, broken=strewn))
    readable = softened(text, page.dpi) if strewn else text
    return RuledSheet(replace(page, text=readable), upright, level, found, sign_height(found, page.dpi))


def _without_short_rules(text: NDArray[np.uint8], dpi: float) -> NDArray[np.uint8]:
    """Return the text without the level rules that are as short as one cell, filled from above and below."""
    marks = ink(text).astype(np.uint8)
    runs = cv2.morphologyEx(marks, cv2.MORPH_OPEN, np.ones((1, round(_SHORT_RULE_INCH * dpi)), np.uint8))
    thickest = max(4, round(_THICK_INCH * dpi))
    runs = cv2.subtract(runs, cv2.morphologyEx(runs, cv2.MORPH_OPEN, np.ones((thickest, 1), np.uint8)))
    if not runs.any():
        return text
    filled = cv2.morphologyEx(text, cv2.MORPH_CLOSE, np.ones((thickest + 4, 1), np.uint8))
    result = text.copy()
    np.copyto(result, filled.astype(np.uint8, copy=False), where=cv2.dilate(runs, np.ones((5, 3), np.uint8)) > 0)
    return result


def _without_crumbs(
    text: NDArray[np.uint8], upright: Sequence[Rule], level: Sequence[Rule], dpi: float
) -> NDArray[np.uint8]:
    """Return the text without what is left of dashed and broken rules, which the cleaning takes for signs."""
    marks = ink(text)
    left = [(r, False) for r in upright if _left_over(marks, r, dpi)]
    left += [(r, True) for r in level if _left_over(marks.T, r, dpi)]
    if not left:
        return text
    thin, near = round(_CRUMB_INCH * dpi), round(_BESIDE_RULE_INCH * dpi)
    _, _, stats, middles = cv2.connectedComponentsWithStats(marks.astype(np.uint8), connectivity=8)
    result = text.copy()
    for rule, turned in left:
        across, along = (middles[:, 1], middles[:, 0]) if turned else (middles[:, 0], middles[:, 1])
        width = stats[:, cv2.CC_STAT_HEIGHT if turned else cv2.CC_STAT_WIDTH]
        off = np.abs(np.interp(along, rule.along, rule.across) - across)
        length = stats[:, cv2.CC_STAT_WIDTH if turned else cv2.CC_STAT_HEIGHT]
        on = np.flatnonzero((off <= near) & (width <= thin) & (along >= rule.start) & (along <= rule.end))
        if not _dashes(np.asarray(along[on], np.float64), np.asarray(length[on], np.int32), dpi):
            continue
        for k in on:
            x, y, w, h = (int(v) for v in stats[k, :4])
            result[max(0, y - 1) : y + h + 1, max(0, x - 1) : x + w + 1] = 255
    return result


def _dashes(middles: NDArray[np.float64], lengths: NDArray[np.int32], dpi: float) -> bool:
    """Return whether pieces in a row are the dashes of a rule; the ones of a column of numbers stand farther apart."""
    if len(middles) < 3:
        return False
    order = np.argsort(middles)
    at, long = middles[order], lengths[order]
    gap = float(np.median(np.diff(at) - (long[1:] + long[:-1]) / 2))
    as_tall_as_digits = float(np.median(long)) >= _DIGIT_INCH * dpi
    return gap <= (_CLOSE_INCH if as_tall_as_digits else _LOOSE_INCH) * dpi


def _left_over(marks: NDArray[np.bool_], rule: Rule, dpi: float) -> bool:
    """Return whether a good part of a long rule still stands in the text."""
    return rule.length >= _LONG_INCH * dpi and _inked(marks, rule, round(_BESIDE_RULE_INCH * dpi)) >= _CRUMBS


def _inked(marks: NDArray[np.bool_], rule: Rule, reach: int) -> float:
    """Return the share of a rule's way that has ink on it."""
    along = np.arange(int(rule.start), int(rule.end))
    across = np.round(np.interp(along, rule.along, rule.across)).astype(np.int64)
    inked = np.zeros(len(along), np.bool_)
    for aside in range(-reach, reach + 1):
        inked |= marks[along, np.clip(across + aside, 0, marks.shape[1] - 1)]
    return float(inked.mean()) if len(along) else 0.0
