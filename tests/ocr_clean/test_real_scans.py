"""Real scans from ../shared/data come out upright and level."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from ocr.clean import CleanPage, clean
from ocr.open import OpenedPage, Opener

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not DATA.is_dir(), reason="needs ../shared/data beside the checkout"),
]


def cleaned(name: str, page: int = 1) -> CleanPage:
    with Opener() as opener:
        opened = opener.open_page(DATA / name, page)
    assert isinstance(opened, OpenedPage)
    return clean(opened)


def test_printed_vietnamese_stands_upright() -> None:
    with (DATA / "printed" / "facts.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    turns = {(row["file"], row["page"]): int(row["clockwise_turn_of_the_page"]) for row in rows}
    assert {key: (360 - cleaned("printed/" + key[0], int(key[1])).turn_deg) % 360 for key in turns} == turns


def test_the_four_quarter_turns_of_a_page_are_found() -> None:
    # cardinal.pdf shows one page in its four turns; upright, then a quarter turn anticlockwise at a time.
    turns = [cleaned("hostile/ocrmypdf/cardinal.pdf", page).turn_deg for page in (1, 2, 3, 4)]
    assert sorted(turns) == [0, 90, 180, 270]
    assert turns[0] == 0
    assert turns[2] == 180


@pytest.mark.parametrize(
    ("name", "turn"),
    [
        ("phototest.tif", 0),
        ("phototest-rotated-180.png", 180),
        ("phototest-rotated-L.png", 90),
        ("phototest-rotated-R.png", 270),
    ],
)
def test_a_turned_page_of_the_tesseract_tests_is_set_upright(name: str, turn: int) -> None:
    assert cleaned("hostile/tesseract_test/" + name).turn_deg == turn


@pytest.mark.parametrize(
    ("name", "turn"),
    # EXIF says how to hold the photo; there is no print on it to tell otherwise
    [("Portrait_1.jpg", 0), ("Portrait_3.jpg", 180), ("Portrait_6.jpg", 90), ("Portrait_8.jpg", 270)],
)
def test_a_photo_without_print_is_held_as_exif_says(name: str, turn: int) -> None:
    assert cleaned("hostile/exif_orientation/" + name).turn_deg == turn


@pytest.mark.parametrize("name", ["1-g4.tif", "3.png", "4.png", "5.png", "6.png", "F1550.jpg", "tiff-jpeg.tif"])
def test_a_page_once_made_level_is_found_level(name: str) -> None:
    first = cleaned("preprocessing/galfar_deskew/" + name)
    assert abs(first.skew_deg) > 0.5
    height, width = first.grey.shape
    again = clean(OpenedPage(first.grey, width, height, first.dpi, True, first.dpi))
    assert abs(again.skew_deg) <= 0.1
