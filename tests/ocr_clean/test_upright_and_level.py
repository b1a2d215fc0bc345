"""However a page lay under the glass or the camera, it comes out upright, and boxes find their way back."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from pages_made_up import Scan, bitonal, paper, photographed, scanned, table

from ocr.clean import CleanPage, clean
from ocr.open import OpenedPage


def block_found(page: CleanPage) -> tuple[float, float, float, float]:
    """Left, top, right, bottom of the solid block in the clean frame."""
    solid = cv2.morphologyEx((page.grey < 128).astype(np.uint8), cv2.MORPH_OPEN, np.ones((40, 40), np.uint8))
    rows, columns = np.nonzero(solid)
    return float(columns.min()), float(rows.min()), float(columns.max() + 1), float(rows.max() + 1)


def assert_block_comes_back(scan: Scan, page: CleanPage, within: float) -> None:
    box = page.original_box(*block_found(page))
    assert np.abs(np.array(box.as_list()) - scan.block()).max() <= within


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_turned_page_is_set_upright_and_its_block_comes_back(turn: int) -> None:
    scan = scanned(paper(), turn_deg=turn)
    page = clean(scan.opened())
    assert page.turn_deg == (360 - turn) % 360
    assert page.skew_deg == 0.0
    assert page.grey.shape == (3508, 2480)
    assert_block_comes_back(scan, page, within=2)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_ruled_page_of_digits_in_two_tones_is_set_upright(turn: int) -> None:
    scan = scanned(table(), turn_deg=turn)
    pixels = bitonal(scan.pixels)
    page = clean(OpenedPage(pixels, pixels.shape[1], pixels.shape[0], 300.0, True, 300.0, bitonal=True))
    assert page.turn_deg == (360 - turn) % 360
    assert page.copy_kind == "photocopy"


@pytest.mark.parametrize(("turn", "fall"), [(0, -4.5), (0, 1.2), (90, 2.0), (180, -0.7), (270, 4.0)])
def test_a_skewed_page_is_made_level_and_its_block_comes_back(turn: int, fall: float) -> None:
    scan = scanned(paper(), turn_deg=turn, fall_deg=fall, scale=2 / 3)
    page = clean(scan.opened(200.0))
    assert page.skew_deg == pytest.approx(fall, abs=0.1)
    assert page.dpi == pytest.approx(300)
    # The block leans by `fall` in the scan, so the box around its level rectangle is a little larger than it.
    assert_block_comes_back(scan, page, within=4)


def test_a_level_page_is_left_as_it_is() -> None:
    first = clean(scanned(paper(), fall_deg=3.0).opened())
    height, width = first.grey.shape
    again = clean(OpenedPage(first.grey, width, height, 300.0, True, 300.0))
    assert (again.turn_deg, again.skew_deg) == (0, pytest.approx(0.0, abs=0.06))


@pytest.mark.parametrize("turn", [0, 90])
def test_a_photograph_is_cut_to_its_sheet_without_the_slant(turn: int) -> None:
    scan = photographed(paper(), turn_deg=turn)
    page = clean(scan.opened(None))
    assert page.capture == "photo"
    assert page.turn_deg == (360 - turn) % 360
    assert page.grey.shape[0] / page.grey.shape[1] == pytest.approx(2**0.5, abs=0.02)
    assert page.dpi == pytest.approx(300, abs=45)
    assert_block_comes_back(scan, page, within=6)
    assert np.median(page.grey) == 255


def test_a_mirrored_photo_is_mirrored_back_and_boxes_are_of_the_file_as_it_came() -> None:
    scan = scanned(paper())
    mirrored = np.ascontiguousarray(scan.pixels[:, ::-1])
    page = clean(OpenedPage(mirrored, 2480, 3508, 300.0, True, 300.0, exif_mirrored=True))
    left, top, right, bottom = scan.block()
    box = page.original_box(*block_found(page))
    assert np.abs(np.array(box.as_list()) - [2480 - right, top, 2480 - left, bottom]).max() <= 2


def test_a_reduced_image_gives_boxes_of_the_full_frame() -> None:
    scan = scanned(paper(), scale=0.5)
    page = clean(OpenedPage(scan.pixels, 2480, 3508, 300.0, True, 300.0, scale=0.5))
    assert page.dpi == pytest.approx(300)
    box = page.original_box(*block_found(page))
    assert np.abs(np.array(box.as_list()) - 2 * scan.block()).max() <= 4


def test_a_fax_with_half_the_rows_is_stretched_to_its_true_height() -> None:
    whole = scanned(paper())
    pixels = cv2.resize(whole.pixels, (2480, 1754), interpolation=cv2.INTER_AREA).astype(np.uint8)
    page = clean(OpenedPage(pixels, 2480, 1754, 300.0, True, 150.0))
    assert page.grey.shape[0] / page.grey.shape[1] == pytest.approx(2**0.5, abs=0.02)
    box = page.original_box(*block_found(page))
    assert np.abs(np.array(box.as_list()) - whole.block() * [1, 0.5, 1, 0.5]).max() <= 3


@pytest.mark.parametrize(
    ("size", "dpi"),
    # A4 and A3 (297, 420 mm) at usual resolutions, and a certificate's spread (380 mm)
    [((1654, 2339), 200), ((2480, 3508), 300), ((3307, 2339), 200), ((2992, 2087), 200)],
)
def test_a_resolution_that_is_not_recorded_is_found_from_the_papers_size(size: tuple[int, int], dpi: int) -> None:
    sheet = cv2.resize(paper(block=False), size, interpolation=cv2.INTER_AREA).astype(np.uint8)
    page = clean(OpenedPage(sheet, *size, 250.0, False, 250.0))
    grown = page.grey.shape[1] / size[0]
    assert page.dpi / grown == pytest.approx(dpi, rel=1e-3)


def test_a_box_at_the_edge_is_clipped_to_the_page() -> None:
    page = clean(scanned(paper(), fall_deg=2.0).opened())
    height, width = page.grey.shape
    box = page.original_box(-50, -50, width + 50, height + 50)
    assert box.as_list() == [0, 0, 2480, 3508]
    assert page.original_box(0, 0, 0, 0).right >= 1
