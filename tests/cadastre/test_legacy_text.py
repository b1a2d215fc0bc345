"""TCVN3 and VNI against whole words of Vietnamese; where words are few, nothing is guessed."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cadastre.words.legacy_text import _TCVN3, decode, detect, makes_sense
from cadastre.words.letter_case import proper_place
from cadastre.words.syllables import is_syllable
from schemas.tables import load_tables

UNITS = sorted({unit.name for unit in load_tables().units})
BACK = {letter: byte for byte, letter in _TCVN3.items()}


@pytest.mark.parametrize(
    ("stored", "encoding", "text"),
    [
        # domain.md, section 10
        ("GiÊy chøng nhËn quyÒn sö dông ®Êt", "tcvn3", "Giấy chứng nhận quyền sử dụng đất"),
        ("ÑOÀ ÑÒA CHÍNH", "vni", "ĐỒ ĐỊA CHÍNH"),
        # a font of capitals: the small letter's byte stands for the capital
        ("NGUYÔN V¡N AN", "tcvn3", "NGUYỄN VĂN AN"),
        ("LÔ THÞ X¸", "tcvn3", "LỄ THỊ XÁ"),
        ("Th«n Ngä X¸", "tcvn3", "Thôn Ngọ Xá"),
        ("N§", "tcvn3", "NĐ"),
        # VNI: a letter and its mark
        ("Nguyeãn Vaên An, tröôøng hoïc, öôùc", "vni", "Nguyễn Văn An, trường học, ước"),
        ("Quaûng Nam, ñaát ôû, xaõ Tam Kyø", "vni", "Quảng Nam, đất ở, xã Tam Kỳ"),
        # NFD becomes NFC
        ("Hòa", "unicode", "Hòa"),
    ],
)
def test_old_text_becomes_unicode(stored: str, encoding: str, text: str) -> None:
    assert decode(stored, encoding) == text  # type: ignore[arg-type]


def test_every_letter_of_the_table_comes_back() -> None:
    for byte, letter in _TCVN3.items():
        assert decode(byte, "tcvn3") == letter


@pytest.mark.parametrize(
    ("values", "verdict"),
    [
        (["Th«n Thanh Êm", "Th«n Ngä X¸"], "tcvn3"),
        (["Nguyeãn Vaên An", "Traàn Thò Höông"], "vni"),
        (["Thôn Một, xã Bình Dương", "Nguyễn Văn An"], "unicode"),
        (["NguyÔn V¨n An"], "tcvn3"),
        (["Lê Văn Tám", "Bà Hà", "Phan Lê"], "unicode"),
        (["ODT", "LUC", "2L"], "plain"),
        (["N§"], "unclear"),
        (["HTX sè 1"], "unclear"),
        (["Bâgé-le-Châtel"], "unclear"),
    ],
)
def test_a_column_is_judged_by_its_words(values: list[str], verdict: str) -> None:
    assert detect(values).verdict == verdict


@given(st.integers(0, 10_000), st.sampled_from([5, 10, 40]))
def test_names_of_communes_are_never_taken_for_another_encoding(seed: int, count: int) -> None:
    names = random.Random(seed).sample(UNITS, count)
    stored = ["".join(BACK.get(letter, letter) for letter in name) for name in names]
    assert detect(names).verdict in ("unicode", "unclear")
    assert detect(stored).verdict in ("tcvn3", "unclear")


def test_a_thin_column_may_follow_the_others_only_where_its_words_do_not_object() -> None:
    assert makes_sense(["N§", "MN/hg"], "tcvn3")
    assert not makes_sense(["N§"], "unicode")
    assert not makes_sense(["Một"], "tcvn3")


@pytest.mark.parametrize(
    ("word", "fits"),
    [("nghiêng", True), ("quyền", True), ("giếng", True), ("gì", True), ("Êm", True), ("khuya", True),
     ("chọc", True), ("chòc", False), ("Nguyeãn", False), ("Thunn", False), ("ễễ", False)],
)  # fmt: skip
def test_syllables(word: str, fits: bool) -> None:
    assert is_syllable(word) is fits


@pytest.mark.parametrize(
    ("decoded", "proper"),
    [
        ("Thôn Thanh ấm", "Thôn Thanh Ấm"),
        ("UBND thị trấn", "UBND thị trấn"),
        ("THÔN THANH ẤM", "Thôn Thanh Ấm"),
        ("thôn thanh ấm", "thôn Thanh Ấm"),
        ("Khu ở mới", "Khu ở mới"),
    ],
)
def test_capitals_of_places_come_back(decoded: str, proper: str) -> None:
    assert proper_place(decoded) == proper
