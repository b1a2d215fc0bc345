"""Which holes in a run of numbers say that something is lost."""

from hypothesis import given
from hypothesis import strategies as st

from cadastre.missing.sequences import Hole, Rule, holes, without

RULE = Rule(reach=4, share=0.6, edge=0.6, longest=60)


def test_one_number_lacking_in_a_close_run_is_a_hole() -> None:
    assert holes([1252, 1253, 1254, 1256, 1257, 1258], RULE) == [Hole(1255, 1255)]


def test_numbers_far_apart_are_no_run() -> None:
    assert holes([128, 1306, 4652, 6063, 7423], RULE) == []


def test_every_other_number_is_no_run() -> None:
    assert holes(range(10, 60, 2), RULE) == []


def test_a_hole_of_hundreds_lies_between_two_runs() -> None:
    assert holes([*range(1, 100), *range(500, 600)], RULE) == []


def test_the_few_numbers_beyond_a_long_hole_do_not_make_it_speak() -> None:
    # one page of a transfer, far behind: 46 to 50 were never written
    assert holes([*range(38, 46), 51], Rule(reach=3, share=0.5, edge=0.5, longest=30)) == []


def test_a_long_hole_speaks_where_both_sides_are_as_long() -> None:
    assert holes([*range(1, 31), *range(46, 76)], RULE) == [Hole(31, 45)]


def test_a_hole_near_the_end_of_a_run_speaks_where_the_rule_asks_for_little_there() -> None:
    book = [641, 642, *range(647, 655)]
    assert holes(book, RULE) == []
    assert holes(book, Rule(reach=4, share=0.6, edge=0.25, longest=60)) == [Hole(643, 646)]


def test_a_short_hole_is_told_number_by_number_and_a_long_one_as_a_range() -> None:
    assert Hole(5, 7).parts() == [Hole(5, 5), Hole(6, 6), Hole(7, 7)]
    assert Hole(31, 45).parts() == [Hole(31, 45)]


def test_numbers_that_are_explained_cut_a_hole_in_two() -> None:
    assert without(Hole(5, 9), {7}) == [Hole(5, 6), Hole(8, 9)]
    assert without(Hole(5, 9), {5, 9, 100}) == [Hole(6, 8)]
    assert without(Hole(5, 5), {5}) == []


@given(st.sets(st.integers(1, 400)))
def test_no_held_number_lies_in_a_hole_and_each_hole_is_bounded_by_held_ones(numbers: set[int]) -> None:
    for hole in holes(numbers, RULE):
        assert not numbers & set(range(hole.first, hole.last + 1))
        assert {hole.first - 1, hole.last + 1} <= numbers
