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
    text = _without_crumbs(text, upright, level, page.dpi)
    found = tuple(signs(text, page.dpi, broken=strewn))
    readable = softened(text, page.dpi) if strewn else text
    return RuledSheet(replace(page, text=readable), upright, level, found, sign_height(found, page.dpi))


def _without_crumbs(
    text: NDArray[np.uint8], upright: Sequence[Rule], level: Sequence[Rule], dpi: float
) -> NDArray[np.uint8]:
    """Return the text without what is left of dashed and broken rules, which the cleaning takes for signs."""
    thick = 2 * max(2, round(_BESIDE_RULE_INCH * dpi)) + 1
    result = text.copy()
    marks = ink(text)
    for rules, turned in ((upright, False), (level, True)):
        for rule in rules:
            if _inked(marks.T if turned else marks, rule, thick // 2) < _CRUMBS:
                continue
            points = [(a, b) if turned else (b, a) for a, b in zip(rule.along, rule.across, strict=True)]
            cv2.polylines(result, [np.round(np.array(points)).astype(np.int32)], False, 255, thick)
    return result


def _inked(marks: NDArray[np.bool_], rule: Rule, reach: int) -> float:
    """Return the share of a rule's way that has ink on it."""
    along = np.arange(int(rule.start), int(rule.end))
    across = np.round(np.interp(along, rule.along, rule.across)).astype(np.int64)
    inked = np.zeros(len(along), np.bool_)
    for aside in range(-reach, reach + 1):
        inked |= marks[along, np.clip(across + aside, 0, marks.shape[1] - 1)]
    return float(inked.mean()) if len(along) else 0.0
