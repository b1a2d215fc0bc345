"""Words of a name that are spelt like a printed label."""

from __future__ import annotations

import pytest

from ocr.engines import Word
from ocr.faces import spans_of
from ocr.forms import face_of
from ocr.layout import Piece
from ocr.values import text_of

LIST = face_of("gcn", "2", form="gcn_1993")


def line(*words: str, top: int = 0) -> Piece:
    """Return a line of print with these words."""
    places = [Word(text, 0.95, 90 * n, 0, 90 * n + 80, 30) for n, text in enumerate(words)]
    return Piece(tuple(places), 0, top, 90 * len(words), top + 30)


def values(*lines: Piece) -> dict[str, str]:
    return {span.name: text_of(span.tokens) for span in spans_of(LIST, lines, None)[1]}


@pytest.mark.parametrize("name", ["MAI CÔNG QUÝ", "Võ Công Tại", "LÊ TẠI CÔNG"])
def test_a_name_is_not_cut_at_a_word_that_is_spelt_like_a_label(name: str) -> None:
    assert values(line("Hộ", "ông", "(bà):", *name.split())) == {"owners": f"Hộ ông (bà): {name}"}


def test_the_label_of_the_total_begins_its_line() -> None:
    assert values(line("Cộng", "106582"))["area_m2"] == "106582"
