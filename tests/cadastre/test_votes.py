"""What two engines' votes mean together."""

from __future__ import annotations

from dataclasses import replace

from papers_made_up import said

from cadastre.checking.votes import DIGITS, see
from cadastre.words.numbers import read_area


def test_two_engines_that_write_one_value_differently_agree() -> None:
    seen = see([said(("1.234,5 m²", "1234,5m2"))], read_area, DIGITS)
    assert seen is not None
    assert seen.value == 1234.5
    assert seen.agreed


def test_two_engines_that_differ_do_not_agree_and_the_digit_reader_is_preferred() -> None:
    seen = see([said(("1.234,5", "1.284,5"))], read_area, DIGITS)
    assert seen is not None
    assert seen.value == 1284.5
    assert seen.options == (1284.5, 1234.5)
    assert not seen.agreed


def test_a_vote_that_follows_no_notation_speaks_against() -> None:
    seen = see([said(("l.234,5", "1.234,5"))], read_area, DIGITS)
    assert seen is not None
    assert seen.value == 1234.5
    assert not seen.agreed


def test_an_engine_that_read_nothing_does_not_vote() -> None:
    seen = see([said((None, "120,5"))], read_area, DIGITS)
    assert seen is not None
    assert seen.value == 120.5
    assert not seen.agreed


def test_another_place_with_another_value_contradicts() -> None:
    seen = see([said("120,5"), said("130,5", top=500)], read_area, DIGITS)
    assert seen is not None
    assert seen.value == 120.5
    assert not seen.agreed


def test_what_may_mean_two_things_is_not_agreed_though_both_engines_read_it() -> None:
    seen = see([said("2.500")], read_area, DIGITS)
    assert seen is not None
    assert seen.two_ways
    assert not seen.agreed


def test_a_third_engine_has_a_voice() -> None:
    reading = said(("120,5", "120,5"))
    third = replace(reading, votes=(*reading.votes, replace(reading.votes[0], engine="third", text="126,5")))
    seen = see([third], read_area, DIGITS)
    assert seen is not None
    assert not seen.agreed


def test_a_field_that_stands_nowhere_was_not_seen() -> None:
    assert see([], read_area, DIGITS) is None
