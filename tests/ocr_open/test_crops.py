"""Crops that a person looks at: the right place, the right way up, and no name beside it."""

from __future__ import annotations

import io

import numpy as np
from PIL import Image

from ocr.crops import Crop, crop
from ocr.open import OpenedPage
from schemas.documents import Box


def page(image: np.ndarray, scale: float = 1.0) -> OpenedPage:
    height, width = image.shape[:2]
    return OpenedPage(image, round(width / scale), round(height / scale), 200.0, True, 200.0, scale)


def pixels(made: Crop) -> np.ndarray:
    image = np.asarray(Image.open(io.BytesIO(made.jpeg)).convert("L")).astype(int)
    assert image.shape == (made.height, made.width)
    return image


def dark_centre(image: np.ndarray) -> tuple[float, float]:
    """Return where the dark lies, 0 to 1 from the left and from the top."""
    rows, columns = np.nonzero(image < 100)
    return float(columns.mean() / image.shape[1]), float(rows.mean() / image.shape[0])


def white(height: int = 1000, width: int = 800) -> np.ndarray:
    return np.full((height, width), 255, np.uint8)


def test_the_value_stands_in_the_middle_with_a_margin() -> None:
    image = white()
    image[500:540, 300:500] = 0
    made = pixels(crop(page(image), Box(300, 500, 500, 540), turn_deg=0))
    assert made.shape == (80, 260)  # half the box's height above and below, 0,15 inches at 200 to an inch beside it
    assert np.allclose(dark_centre(made), 0.5, atol=0.02)


def test_several_lines_are_shown_without_their_neighbours() -> None:
    made = crop(page(white()), Box(100, 300, 700, 600), turn_deg=0, most=(900, 900))
    assert (made.width, made.height) == (600 + 2 * 30, 300 + 2 * 20)  # a tenth of an inch above and below


def test_a_page_on_its_side_is_turned_as_the_reader_turned_it() -> None:
    """A mark at the left end of a line lies at the bottom of a page that must be turned 90° clockwise."""
    image = white()
    image[640:700, 100:140] = 0
    box = Box(100, 300, 140, 700)
    left, top = dark_centre(pixels(crop(page(image), box, turn_deg=90)))
    assert left < 0.3
    assert abs(top - 0.5) < 0.1
    left, _ = dark_centre(pixels(crop(page(image), box, turn_deg=270)))
    assert left > 0.7
    _, top = dark_centre(pixels(crop(page(image), box, turn_deg=180)))
    assert top < 0.3


def test_beside_a_text_is_more_room_than_above_it_whichever_way_the_page_lies() -> None:
    box = Box(300, 300, 340, 700)  # a line that runs up the page
    made = crop(page(white()), box, turn_deg=90)
    assert (made.width, made.height) == (400 + 2 * 30, 40 + 2 * 20)


def test_names_beside_the_value_are_covered() -> None:
    image = white()
    image[500:540, 300:400] = 0
    image[500:540, 405:700] = 0  # the name in the next cell, a hair away
    made = pixels(crop(page(image), Box(300, 500, 400, 540), turn_deg=0, hidden=[Box(405, 500, 700, 540)]))
    assert made[:, :100].min() < 60
    assert made[:, -12:].min() > 150
    assert image[520, 500] == 0  # the page itself is untouched


def test_boxes_are_of_the_original_frame_whatever_the_scale() -> None:
    image = white()
    image[500:540, 300:500] = 0
    made = pixels(crop(page(image, scale=0.5), Box(600, 1000, 1000, 1080), turn_deg=0))
    assert np.allclose(dark_centre(made), 0.5, atol=0.02)


def test_a_crop_is_never_larger_than_asked_and_never_outside_the_page() -> None:
    image = np.full((1000, 800, 3), 255, np.uint8)
    made = crop(page(image), Box(0, 0, 800, 1000), turn_deg=0, most=(400, 100))
    assert made.width <= 400
    assert made.height <= 100
    beyond = crop(page(image), Box(790, 990, 900, 1200), turn_deg=0)
    assert beyond.width > 0
