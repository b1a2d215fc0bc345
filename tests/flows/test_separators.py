"""Separator sheets: printed, scanned, and known again however they lie."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from flows.pool import PageJob, ReaderPool
from ocr.open import Opener
from ocr.separators import find_separator
from samples.separator_sheet import draw_sheet
from schemas.documents import PageRef
from schemas.readings import PageReading


def test_the_command_writes_sheets_of_both_sorts_that_the_reader_knows(office, tmp_path: Path) -> None:
    out = tmp_path / "to ngan.pdf"
    told = office.type("separators", out, "--count", "2", "--json")
    assert told.json()["sheets"] == {"document": 2, "dossier": 2}
    with Opener() as opener:
        pages = [opener.open_page(out, number) for number in (1, 2, 3, 4)]
    assert [find_separator(page.image) for page in pages] == ["document", "document", "dossier", "dossier"]


@pytest.mark.parametrize("turn", [0, 1, 2, 3])
def test_a_sheet_is_known_turned_slanted_and_copied_in_black_and_white(turn: int) -> None:
    page = np.rot90(np.asarray(draw_sheet("dossier").convert("L")), turn)
    height, width = page.shape
    slant = cv2.getRotationMatrix2D((width / 2, height / 2), 4.0, 0.95)
    grey = cv2.warpAffine(page.copy(), slant, (width, height), borderValue=255)
    noise = np.random.default_rng(1).random(grey.shape)
    copy = np.where(noise < 0.01, 0, np.where(cv2.GaussianBlur(grey, (0, 0), 2.0) < 128, 0, 255)).astype(np.uint8)
    assert find_separator(copy) == "dossier"


def test_a_page_without_the_code_is_no_separator() -> None:
    page = np.full((1400, 1000), 255, np.uint8)
    cv2.putText(page, "QUYET DINH", (200, 300), cv2.FONT_HERSHEY_SIMPLEX, 3, 0, 5)
    assert find_separator(page) is None


def test_the_reader_gives_a_separator_as_a_blank_page(tmp_path: Path) -> None:
    scan = tmp_path / "scan.png"
    draw_sheet("document").save(scan)
    with ReaderPool(1) as pool:
        ((_, read),) = pool.read([PageJob(PageRef("a" * 64, 1), scan, "scan.png")])
    assert isinstance(read, PageReading)
    assert (read.blank, read.separator, read.look) == (True, "document", None)
