"""Numbers, words and dates of invented papers, against values worked out by hand and the published word list."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cadastre.words.number_words import read_number_words
from samples.estate import era_of
from samples.fonts import SANS, SERIFS, Face, letters_of
from samples.words import Speech, area_in_words, day_in_words, number, whole_in_words

LETTERS = "aáàảãạăắằẳẵặâấầẩẫậđeéèẻẽẹêếềểễệiíìỉĩịoóòỏõọôốồổỗộơớờởỡợuúùủũụưứừửữựyýỳỷỹỵ"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        # Humanizer's Vietnamese number tests (MIT), as in ../shared/data/reference/number_words_vi.csv
        (0, "không"),
        (10, "mười"),
        (15, "mười lăm"),
        (21, "hai mươi mốt"),
        (24, "hai mươi tư"),
        (105, "một trăm linh năm"),
        (555, "năm trăm năm mươi lăm"),
        (10115, "mười nghìn một trăm mười lăm"),
        # by hand: a missing hundred inside a number is said
        (1025, "một nghìn không trăm hai mươi lăm"),
    ],
)
def test_whole_numbers_are_said_as_vietnamese_says_them(value: int, words: str) -> None:
    assert whole_in_words(value) == words


def test_an_area_in_words_follows_the_speech_of_quang_nam() -> None:
    speech = Speech(thousand="ngàn", odd="lẻ", four="bốn")
    assert area_in_words(1205.6, speech) == "Một ngàn hai trăm lẻ năm phẩy sáu mét vuông"


@given(st.integers(1, 9_999_999))
def test_what_is_said_is_read_back(tenths: int) -> None:
    for speech in (Speech(), Speech("ngàn", "lẻ", "bốn")):
        assert read_number_words(area_in_words(tenths / 10, speech)) == pytest.approx(tenths / 10)


def test_numbers_group_by_dots_and_break_by_comma() -> None:
    assert number(11700.0) == "11.700,0"
    assert number(5100.5) == "5.100,5"
    assert number(300.0, trim=True) == "300"
    assert number(12.5, 2) == "12,50"


def test_small_days_and_months_have_a_leading_zero() -> None:
    assert day_in_words(date(2016, 2, 5)) == "ngày 05 tháng 02 năm 2016"
    assert day_in_words(date(2016, 11, 25)) == "ngày 25 tháng 11 năm 2016"


def test_the_era_of_a_paper_turns_on_the_first_of_july_2014() -> None:
    assert era_of(date(2014, 6, 30)) == "2009"
    assert era_of(date(2014, 7, 1)) == "2013"


@pytest.mark.parametrize("family", SERIFS + SANS)
@pytest.mark.parametrize("bold", [False, True])
def test_every_family_for_text_has_every_vietnamese_letter(family: str, bold: bool) -> None:
    text = LETTERS + LETTERS.upper() + "²°'–·"
    assert Face(family, bold).at(20, text).path == Face(family, bold).at(20, "a").path


def test_a_letter_that_the_font_lacks_comes_from_a_font_that_has_it() -> None:
    chosen = Face("FreeSerif").at(20, "ằ")
    assert ord("ằ") in letters_of(Path(str(chosen.path)))


def test_a_letter_that_no_font_has_is_refused() -> None:
    with pytest.raises(ValueError, match="no font has"):
        Face("FreeSerif").at(20, "\U000e0041")


def test_the_letter_table_agrees_with_what_is_drawn() -> None:
    font = Face("FreeSans").at(40, "a")
    lacking = bytes(font.getmask("\U000e0041"))
    for letter in LETTERS:
        assert bytes(font.getmask(letter)) != lacking, letter
