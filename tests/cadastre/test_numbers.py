"""Areas, dates and number words as Vietnamese land papers print them (domain.md 3.3)."""

from __future__ import annotations

import csv
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cadastre.words.dates import read_date
from cadastre.words.number_words import read_number_words
from cadastre.words.numbers import read_area

SHARED_WORDS = Path(__file__).parents[3] / "shared" / "data" / "reference" / "number_words_vi.csv"


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        # dot groups thousands, comma is the decimal mark
        ("11.700,0", (11700.0,)),
        ("5.100,5 m²", (5100.5,)),
        ("234,5", (234.5,)),
        ("120", (120.0,)),
        ("1.234.567", (1234567.0,)),
        # the unit comes back from reading in many shapes, also glued on
        ("1234,5m2", (1234.5,)),
        ("120,5 m?", (120.5,)),
        ("120,5 mỸ", (120.5,)),
        ("1,25 ha", (12500.0,)),
        # none is zero
        ("Không", (0.0,)),
        ("Không m²", (0.0,)),
        # marks read as each other
        ("1.234.5", (1234.5,)),
        ("1,234.5", (1234.5,)),
        ("1 234,5", (1234.5,)),
        ("1. 234,5", (1234.5,)),
        # two meanings, the likelier first
        ("2.500", (2500.0, 2.5)),
        ("2,500", (2500.0, 2.5)),
    ],
)
def test_an_area_means_what_the_notation_says(printed: str, meant: tuple[float, ...]) -> None:
    assert read_area(printed) == meant


@pytest.mark.parametrize("printed", ["12.34,5", "0120", "l20,5", "120,5 + 3", "", "m²", "1.2345.6", "12,34,56", "-/-"])
def test_an_area_that_follows_no_notation_is_not_guessed(printed: str) -> None:
    assert read_area(printed) == ()


def _printed(number: float) -> str:
    whole, tenths = divmod(round(number * 10), 10)
    return f"{whole:,}".replace(",", ".") + f",{tenths}"


@settings(deadline=None)
@given(st.integers(min_value=0, max_value=99_999_999))
def test_every_printed_area_is_read_back(tenths: int) -> None:
    assert read_area(_printed(tenths / 10) + " m²") == (tenths / 10,)


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("30/5/2012", "2012-05-30"),
        ("30-05-2012", "2012-05-30"),
        ("ngày 12 tháng 5 năm 2015", "2015-05-12"),
        ("Tam Kỳ, ngày 02 tháng 11 năm 2013", "2013-11-02"),
        ("ngay12thang5nam2015", "2015-05-12"),
        ("ngày..05...tháng...11...năm..2013", "2013-11-05"),
        # impossible, or not whole
        ("31/02/2012", None),
        ("ngày 12 tháng 13 năm 2015", None),
        ("tháng 5 năm 2015", None),
        ("12/5/83", None),
        # two days: it cannot be told which
        ("30/5/2012 và 31/5/2012", None),
    ],
)
def test_a_date_is_read_as_printed(printed: str, day: str | None) -> None:
    assert read_date(printed) == day


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("một nghìn hai trăm lẻ năm phẩy sáu mét vuông", 1205.6),
        ("Một ngàn hai trăm linh năm phẩy sáu", 1205.6),
        ("hai mươi mốt", 21.0),
        ("hai mươi tư", 24.0),
        ("hai mươi bốn", 24.0),
        ("bảy mươi nhăm", 75.0),
        ("bảy mươi lăm", 75.0),
        ("ba nghìn không trăm linh bảy", 3007.0),
        ("ba ngàn không trăm lẻ bảy", 3007.0),
        ("một tỷ", 1e9),
        ("hai triệu không trăm linh ba nghìn", 2_003_000.0),
        # decimals digit by digit and as a number
        ("ba trăm phẩy không năm", 300.05),
        ("ba trăm phẩy hai lăm", 300.25),
        ("ba trăm phẩy hai mươi lăm", 300.25),
        ("ba trăm phẩy sáu mươi", 300.6),
        # what reading does to words: marks lost, blanks lost, one letter wrong
        ("mot nghin hai tram le nam phay sau met vuong", 1205.6),
        ("mộtnghìnhaitrămlẻnămphẩysáu", 1205.6),
        ("một nghln hai trăm lẻ năm", 1205.0),
        ("sáu trăm phẩy một mét tuông", 600.1),
    ],
)
def test_number_words_are_read_in_all_spellings(words: str, number: float) -> None:
    assert read_number_words(words) == number


@pytest.mark.parametrize(
    "words",
    ["một trăm năm", "một nghìn hai", "năm nhăm trăm", "trăm hai", "xyz", "", "hai hai trăm", "phẩy năm", "hai trăm 5"],
)
def test_number_words_that_say_no_one_number_are_not_guessed(words: str) -> None:
    assert read_number_words(words) is None


@pytest.mark.shared
@pytest.mark.skipif(not SHARED_WORDS.exists(), reason="../shared is not beside the checkout")
def test_the_published_number_words_are_read() -> None:
    rows = list(csv.DictReader(SHARED_WORDS.read_text(encoding="utf-8").splitlines()))
    assert len(rows) == 39
    assert [row for row in rows if read_number_words(row["words"]) != float(row["number"])] == []


DIGITS = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]


class Speaker:
    """Says numbers in one regional manner; an own formatter, so that the reader is not tested against itself."""

    def __init__(self, linh: str, nghin: str, tu: str, lam: str) -> None:
        self.linh, self.nghin, self.tu, self.lam = linh, nghin, tu, lam

    def group(self, n: int, full: bool) -> str:
        hundreds, rest = divmod(n, 100)
        tens, unit = divmod(rest, 10)
        words = [DIGITS[hundreds], "trăm"] if hundreds or full else []
        if tens == 0:
            words += [self.linh, DIGITS[unit]] if unit and words else [DIGITS[unit]] if unit else []
        else:
            words += ["mười"] if tens == 1 else [DIGITS[tens], "mươi"]
            named = {
                1: "mốt" if tens > 1 else "một",
                4: self.tu if tens > 1 else "bốn",
                5: self.lam if tens > 1 else "lăm",
            }
            words += [named.get(unit, DIGITS[unit])] if unit else []
        return " ".join(words)

    def say(self, n: int) -> str:
        if n == 0:
            return "không"
        parts: list[str] = []
        for scale, word in ((10**9, "tỷ"), (10**6, "triệu"), (10**3, self.nghin), (1, "")):
            group = n // scale % 1000
            if group:
                parts.append(f"{self.group(group, full=bool(parts))} {word}".strip())
        return " ".join(parts)


speakers = st.builds(
    Speaker, st.sampled_from(["linh", "lẻ"]), st.sampled_from(["nghìn", "ngàn"]), st.sampled_from(["tư", "bốn"]),
    st.sampled_from(["lăm", "nhăm"]),
)  # fmt: skip


def _without_marks(text: str) -> str:
    apart = unicodedata.normalize("NFD", text.replace("đ", "d"))
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


@settings(deadline=None)
@given(speakers, st.integers(min_value=0, max_value=10**12 - 1))
def test_every_number_said_in_any_region_is_read_back(speaker: Speaker, n: int) -> None:
    said = speaker.say(n)
    assert read_number_words(said) == n
    assert read_number_words(_without_marks(said)) == n
    assert read_number_words(said.replace(" ", "").upper()) == n


@settings(deadline=None)
@given(speakers, st.integers(min_value=1, max_value=99_999), st.integers(min_value=1, max_value=9))
def test_every_area_with_a_tenth_is_read_back(speaker: Speaker, whole: int, tenth: int) -> None:
    assert read_number_words(f"{speaker.say(whole)} phẩy {DIGITS[tenth]} mét vuông") == float(f"{whole}.{tenth}")
