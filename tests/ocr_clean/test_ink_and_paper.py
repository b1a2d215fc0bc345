"""What stays on a cleaned page and what goes: light, seals, grounds, rules."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from pages_made_up import OpenedPage, letter, paper, scanned, table
from PIL import Image, ImageDraw

from ocr.clean import CleanPage, clean


def cleaned(pixels: np.ndarray) -> CleanPage:
    return clean(OpenedPage(pixels, pixels.shape[1], pixels.shape[0], 300.0, True, 300.0))


def test_paper_in_shadow_becomes_white_and_print_on_it_stays_dark() -> None:
    sheet = paper(block=False)
    shadow = np.linspace(0.5, 1.0, sheet.shape[1])[None, :, None]
    page = cleaned((sheet * shadow * [0.8, 0.92, 1.0]).astype(np.uint8))
    print_here = cv2.cvtColor(sheet, cv2.COLOR_BGR2GRAY) < 60
    bare = cv2.erode((sheet.min(axis=2) > 250).astype(np.uint8), np.ones((15, 15))) > 0
    assert np.percentile(page.grey[bare], 1) >= 250
    assert np.percentile(page.grey[print_here], 90) <= 100


def certificate() -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """A pink page with a weave, a red title, black print and a red seal over part of it, and where each lies."""
    y, x = np.mgrid[0:3130, 0:2244]
    weave = (np.sin((x + y) / 9) + np.sin((x - y) / 9) > 1.4)[..., None]
    sheet = Image.fromarray(np.where(weave, (243, 196, 206), (252, 234, 238)).astype(np.uint8))
    where = {}
    for name, at, words, fill, size in (
        ("title", (500, 500), "GIAY CHUNG NHAN", (190, 30, 40), 120),
        ("print", (300, 1200), "Thua dat so 12, to ban do so 3, dia chi thon Phu Quy", (30, 30, 30), 46),
        ("covered", (1200, 2400), "CHU TICH UY BAN NHAN DAN", (30, 30, 30), 50),
    ):
        ink = Image.new("L", sheet.size, 0)
        ImageDraw.Draw(ink).text(at, words, font=letter(size), fill=255)
        where[name] = np.asarray(ink) > 200
        sheet.paste(fill, mask=ink)
    pixels = np.asarray(sheet).astype(np.float32)
    seal = Image.new("L", sheet.size, 0)
    pen = ImageDraw.Draw(seal)
    for radius, thick in ((215, 9), (150, 5)):
        pen.ellipse((1350 - radius, 2430 - radius, 1350 + radius, 2430 + radius), outline=255, width=thick)
    pen.text((1230, 2480), "MAU", font=letter(90), fill=255)
    stamped = np.asarray(seal) > 128
    pixels[stamped] = np.minimum(pixels[stamped], 255) * np.array([0.86, 0.3, 0.36])
    where["seal"] = stamped & ~cv2.dilate(where["covered"].astype(np.uint8), np.ones((7, 7))).astype(bool)
    where["ground"] = (pixels.min(axis=2) > 190) & (y < 400)
    return np.ascontiguousarray(pixels.astype(np.uint8)[:, :, ::-1]), where


def test_seal_and_ground_go_while_print_under_the_seal_and_the_red_title_stay() -> None:
    pixels, where = certificate()
    page = cleaned(pixels)
    assert page.grey.shape == pixels.shape[:2]
    assert np.percentile(page.grey[where["ground"]], 2) >= 225
    assert np.percentile(page.grey[where["seal"]], 10) >= 215
    assert np.percentile(page.grey[where["print"]], 90) <= 90
    assert np.percentile(page.grey[where["covered"]], 80) <= 110
    assert np.percentile(page.grey[where["title"]], 90) <= 150
    assert page.copy_kind == "original"
    assert page.colour is not None


def test_rules_go_from_the_text_image_only_and_letters_stay_in_both() -> None:
    page = cleaned(table())
    rules = np.zeros(page.grey.shape, np.bool_)
    rules[299:303, 205:3295] = rules[305:1940, 799:803] = True
    assert np.median(page.grey[rules]) <= 60
    assert np.percentile(page.text[rules], 10) >= 200
    print_here = page.grey < 90
    for row in range(16):
        print_here[295 + 110 * row : 307 + 110 * row] = False
    for edge in (200, 500, 800, 1900, 2300, 2700, 3300):
        print_here[:, edge - 6 : edge + 7] = False
    assert print_here.sum() > 20_000
    assert np.percentile(page.text[print_here], 99) <= 110


def test_a_stroke_that_crosses_a_rule_is_left_whole() -> None:
    sheet = paper(lines=3, block=False)
    sheet[1500:1504, 200:2300] = 30
    sheet[1440:1560, 1000:1008] = 20  # a tall stroke through the rule
    page = cleaned(sheet)
    assert np.median(page.text[1501:1503, 1300:1700]) >= 230
    assert page.text[1445:1555, 1002:1006].max() <= 90


def test_dotted_leaders_are_no_rules() -> None:
    sheet = paper(lines=3, block=False)
    for x in range(300, 2200, 14):
        sheet[1500:1505, x : x + 5] = 30
    page = cleaned(sheet)
    assert (page.text[1500:1505, 300:2200] < 128).mean() == pytest.approx(5 / 14, abs=0.04)


def test_the_dark_lid_beside_a_page_is_whitened() -> None:
    sheet = np.full((3508, 2480, 3), 20, np.uint8)
    sheet[60:, :2400] = paper(block=False)[60:, :2400]
    page = cleaned(sheet)
    assert page.grey[:, -30:].min() >= 200
    assert page.grey[:20].min() >= 200


def noise(sheet: np.ndarray, sigma: float) -> np.ndarray:
    grain = np.random.default_rng(3).normal(0, sigma, sheet.shape[:2])[..., None]
    return np.clip(sheet + grain, 0, 255).astype(np.uint8)


def empty() -> np.ndarray:
    return np.full((3508, 2480, 3), 244, np.uint8)


def folded() -> np.ndarray:
    sheet = empty().astype(np.float32)
    for offset in range(-25, 26):
        sheet[1750 + offset] *= 1 - 0.35 * np.exp(-((offset / 9) ** 2))
    return sheet.astype(np.uint8)


def shining_through() -> np.ndarray:
    back = cv2.GaussianBlur(paper(block=False)[:, ::-1].astype(np.float32), (0, 0), 3)
    return (244 - 0.18 * (255 - back)).astype(np.uint8)


def speckled() -> np.ndarray:
    sheet = empty()
    rng = np.random.default_rng(4)
    for y, x in zip(rng.integers(0, 3500, 900), rng.integers(0, 2470, 900), strict=True):
        sheet[y : y + 3, x : x + 3] = 0
    return sheet


@pytest.mark.parametrize("sheet", [empty, folded, shining_through, speckled])
def test_a_page_that_nothing_was_written_on_is_blank(sheet: object) -> None:
    assert callable(sheet)
    assert cleaned(noise(sheet(), 3.0)).blank


def one_line() -> np.ndarray:
    return paper(lines=1, block=False)


def empty_form() -> np.ndarray:
    return table(rows=0)


def a_drawing() -> np.ndarray:
    sheet = empty()
    cv2.polylines(sheet, [np.array([[700, 800], [1700, 900], [1500, 2000], [600, 1800]])], True, (30, 30, 30), 4)
    return sheet


@pytest.mark.parametrize("sheet", [one_line, empty_form, a_drawing])
def test_a_page_with_little_on_it_is_not_blank(sheet: object) -> None:
    assert callable(sheet)
    assert not cleaned(noise(sheet(), 3.0)).blank


def test_a_crisp_page_is_clean_and_a_faded_noisy_one_is_bad() -> None:
    crisp = paper(block=False)
    faded = 235 - 0.35 * (255 - crisp.astype(np.float32))
    assert cleaned(noise(crisp, 2.0)).quality == "clean"
    assert cleaned(noise(faded, 11.0)).quality == "bad"


def test_the_same_page_gives_the_same_pixels() -> None:
    scan = scanned(paper(), fall_deg=1.0)
    one, other = clean(scan.opened()), clean(scan.opened())
    assert np.array_equal(one.grey, other.grey)
    assert np.array_equal(one.to_original, other.to_original)


def test_a_page_of_one_bit_and_a_palette_of_two_colours_is_read_like_black_and_white() -> None:
    black = cv2.cvtColor(paper(), cv2.COLOR_BGR2GRAY) if paper().ndim == 3 else paper()
    bits = np.where(black < 128, 0, 255).astype(np.uint8)
    blue = np.dstack([np.full_like(bits, 255), bits, bits])  # blue print on white
    plain = clean(scanned(bits).opened(bitonal=True))
    assert (clean(scanned(blue).opened(bitonal=True)).text < 128).sum() == (plain.text < 128).sum()
