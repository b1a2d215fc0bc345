"""A lone 1 behind a label, which comes out as another sign."""

from __future__ import annotations

import pytest

from ocr.engines import Word
from ocr.forms import FieldForm
from ocr.labels import tokens_of
from ocr.layout import Piece
from ocr.values import cut_fields, text_of

SHEET = FieldForm(name="sheet_no", labels=("tờ bản đồ số",), content="number")
PLACE = FieldForm(name="address", labels=("tờ bản đồ số",), content="words")


def values(last: str, field: FieldForm = SHEET) -> list[str]:
    """Return the values of the line `Tờ bản đồ số: …` that ends so."""
    words = [Word(text, 0.9, 60 * n, 0, 60 * n + 50, 30) for n, text in enumerate(("Tờ", "bản", "đồ", "số:", last))]
    tokens = tokens_of([[Piece(tuple(words), 0, 0, 290, 30)]])
    return [text_of(span.tokens) for span in cut_fields(tokens, (field,))]


@pytest.mark.parametrize("sign", ["¡", "!"])
def test_a_stroke_with_a_dot_is_a_value_of_a_number(sign: str) -> None:
    assert values(sign) == [sign]  # the engine for digits gets its crop, and tells whether it is a 1


@pytest.mark.parametrize("sign", ["|", "-", "…"])
def test_a_rule_or_a_leader_is_none(sign: str) -> None:
    assert values(sign) == []


def test_a_stroke_is_no_value_where_words_are_asked_for() -> None:
    assert values("¡", PLACE) == []
