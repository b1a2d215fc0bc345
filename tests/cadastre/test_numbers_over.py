"""A number that a person said ended has a last day: the one before the map began to which its sheet went."""

from __future__ import annotations

import pytest
from lots_made_up import TABLES, UNIT, new, old, step

from cadastre.settling.numbers_over import numbers_over
from schemas.parcels import Link, ParcelKey, Said

ENDED = Said(old(3, 5), None, yes=True)
KEYS = [*(old(3, n) for n in range(1, 6)), *(new(12, n) for n in range(41, 45)), old(4, 9), new(20, 1, "2013")]
WENT = [step(old(3, n), new(12, n + 40), 0.99) for n in range(1, 5)]
DAYS = {new(12, 41): "2012-05-12", new(12, 42): "2011-03-01", new(20, 1, "2013"): "2016-01-01"}


def over(said: Said = ENDED, links: list[Link] = WENT, **days: str) -> dict[ParcelKey, str | None]:
    return numbers_over([said], KEYS, links, DAYS, TABLES)


def test_it_ends_the_day_before_the_first_paper_of_the_map_to_which_its_sheet_went():
    """Of parcels 43 and 44 no day is known: the era of 2009 began on 10 December 2009, and nothing says more."""
    assert over(links=WENT[:2]) == {old(3, 5): "2011-02-28"}


def test_a_parcel_of_that_map_without_a_day_may_be_as_old_as_its_era():
    assert over() == {old(3, 5): "2009-12-09"}


def test_where_most_of_the_sheet_went_decides():
    elsewhere = step(old(3, 3), new(20, 1, "2013"), 0.99)
    assert over(links=[*WENT[:2], elsewhere]) == {old(3, 5): "2011-02-28"}


def test_a_sheet_of_which_nothing_is_known_ends_with_its_map():
    assert over(Said(old(4, 9), None, yes=True), WENT[:2]) == {old(4, 9): "2011-02-28"}


def test_a_newer_number_that_no_paper_tells_of_ends_the_older_one_too():
    assert over(Said(old(3, 5), new(12, 99), yes=True), WENT[:2]) == {old(3, 5): "2011-02-28"}
    assert over(Said(old(3, 5), new(20, 99, "2013"), yes=True), []) == {old(3, 5): "2014-06-30"}  # the Land Law of 2013


def test_without_any_newer_map_no_day_is_known():
    assert over(links=[]) == {old(3, 5): None}


@pytest.mark.parametrize("said", [Said(old(3, 5), new(12, 41), yes=False), Said(old(3, 1), new(12, 41), yes=True)])
def test_what_was_denied_and_what_went_on_did_not_end(said: Said):
    assert over(said) == {}


def test_a_day_before_the_era_of_the_map_was_misread():
    found = numbers_over([ENDED], KEYS, WENT[:1], {new(12, 41): "1912-05-12"}, TABLES)
    assert found == {ParcelKey(UNIT, "299", "3", "5"): "2009-12-09"}
