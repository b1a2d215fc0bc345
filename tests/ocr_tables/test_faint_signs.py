"""Signs printed so faintly that they stand between ink and print that shines through."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.blobs import signs

DPI = 300.0
HEADS = [(100 + 40 * n, 100, 0) for n in range(12)]  # printed black
TYPED = [(100, 300, 90), (130, 300, 90)]  # paler than the heads, well within what counts


def page(*marks: tuple[int, int, int]) -> NDArray[np.uint8]:
    """Return a white page with upright strokes of 10 × 30 pixels, soft at their edges: left, top and grey of each."""
    picture = np.full((600, 800), 255, np.uint8)
    for left, top, grey in marks:
        picture[top : top + 30, left : left + 10] = grey
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), 1.5), dtype=np.uint8)


def lefts(picture: NDArray[np.uint8], top: int) -> list[int]:
    return sorted(round(sign.left, -1) for sign in signs(picture, DPI) if abs(sign.top - top) <= 2)


def test_a_faint_last_digit_beside_a_darker_one_is_a_sign() -> None:
    # of `317` the 7 came out paler than 115 levels above the heads
    assert lefts(page(*HEADS, *TYPED, (160, 300, 130)), 300) == [100, 130, 160]


def test_what_shines_through_alone_is_none() -> None:
    assert lefts(page(*HEADS, *TYPED, (400, 300, 130)), 300) == [100, 130]


def test_what_is_paler_still_is_none_also_beside_a_digit() -> None:
    assert lefts(page(*HEADS, *TYPED, (160, 300, 160)), 300) == [100, 130]


def test_a_faint_sign_over_a_digit_is_none_of_its_number() -> None:
    assert lefts(page(*HEADS, *TYPED, (130, 345, 130)), 345) == []
