"""Both engines on lines drawn here."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytesseract
import pytest
from numpy.typing import NDArray

from ocr.engines import Word
from ocr.engines import tesseract as tesseract_module
from ocr.engines.pair import Engines
from ocr.engines.tesseract import Tesseract, parse_table
from schemas.errors import Unavailable
from tests.ocr_read.drawing import Paper


def line(text: str, width: int = 900) -> NDArray[np.uint8]:
    paper = Paper(width, 60)
    paper.write(20, 12, text)
    return paper.clean().text


def test_tesseract_reads_vietnamese_marks(engines: Engines) -> None:
    (read,) = engines.words.read([line("Nguồn gốc sử dụng: Công nhận quyền sử dụng đất")])
    assert read.text == "Nguồn gốc sử dụng: Công nhận quyền sử dụng đất"
    assert read.confidence > 0.8


def test_word_boxes_lie_in_the_crop_in_reading_order(engines: Engines) -> None:
    (read,) = engines.words.read([line("tờ bản đồ số: 12")])
    lefts = [word.left for word in read.words]
    assert lefts == sorted(lefts)
    assert all(0 <= w.left < w.right <= 900 and 0 <= w.top < w.bottom <= 60 for w in read.words)
    assert 15 <= read.words[0].left <= 25


def test_the_digit_reader_reads_lone_numbers_and_codes(engines: Engines) -> None:
    texts = ["7", "1.205,6", "CH 01234", "1720818.12", "2034415001234"]
    assert [read.text for read in engines.digits.read([line(text, 500) for text in texts])] == texts


def test_a_blank_crop_gives_an_empty_line_and_the_others_keep_their_places(engines: Engines) -> None:
    crops = [line("Lâu dài"), np.full((60, 300), 255, np.uint8), line("Không")]
    for engine in (engines.words, engines.digits):
        first, blank, last = engine.read(crops)
        assert (blank.text, blank.confidence) == ("", 0.0)
        assert first.text.startswith("L")
        assert last.text == "Không"


def test_reading_twice_gives_the_same(engines: Engines) -> None:
    crops = [line("thôn Phú Đông, xã Tam Phú"), line("Đến ngày 15/10/2043")]
    for engine in (engines.words, engines.digits):
        assert engine.read(crops) == engine.read(crops)


def test_a_crop_that_ends_the_list_is_left_empty_and_the_rest_is_read(
    engines: Engines, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = tesseract_module.cv2.imwrite

    def half_written(path: str, picture: NDArray[np.uint8]) -> bool:
        if Path(path).name == "1.pgm":
            Path(path).write_bytes(b"P5\n")  # a truncated file, at which the program gives up
            return True
        return bool(whole(path, picture))

    monkeypatch.setattr(tesseract_module.cv2, "imwrite", half_written)
    first, broken, last = engines.words.read([line("Lâu dài"), line("bị hỏng"), line("Không")])
    assert (first.text, broken.text, last.text) == ("Lâu dài", "", "Không")


def test_without_the_program_the_message_names_the_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pytesseract.pytesseract, "tesseract_cmd", "/nowhere/tesseract")
    with pytest.raises(Unavailable, match="apt-get install tesseract-ocr tesseract-ocr-vie"):
        Tesseract()


def test_without_the_language_the_message_names_the_packages() -> None:
    with pytest.raises(Unavailable, match="apt-get install tesseract-ocr tesseract-ocr-vie"):
        Tesseract("xxx")


def test_the_table_gives_words_by_picture() -> None:
    head = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"
    table = "\n".join(
        (
            head,
            "1\t1\t0\t0\t0\t0\t0\t0\t90\t48\t-1\t",
            "5\t1\t1\t1\t1\t1\t10\t5\t30\t20\t91.5\tđất",
            "1\t2\t0\t0\t0\t0\t0\t0\t90\t48\t-1\t",
        )
    )
    assert parse_table(table) == [[Word("đất", 0.915, 10, 5, 40, 25)], []]


def test_the_detector_finds_each_line_once(engines: Engines) -> None:
    paper = Paper(1200, 800)
    for n in range(5):
        paper.write(100, 100 + 120 * n, "Mục đích sử dụng: Đất trồng cây lâu năm")
    boxes = engines.detect.detect(paper.clean().text)
    assert len(boxes) == 5
    for n, (left, top, right, bottom) in enumerate(boxes):
        assert left <= 105
        assert top <= 110 + 120 * n < bottom
        assert right > 600
