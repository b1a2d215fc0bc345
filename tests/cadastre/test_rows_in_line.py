"""Where a parcel should lie by its neighbours in number: in which sense their row went on, and between which two."""

from __future__ import annotations

from lots_made_up import lots, new, old

from cadastre.linking.assignment import Chosen
from cadastre.linking.expectations import expectations
from cadastre.linking.hypothesis import Hypothesis
from cadastre.linking.lot_table import Expected

#: Parcels 1 to 9 of sheet 3 of 1982, and 1 to 30 of sheet 7 of 2009.
LOTS = lots(
    *((old(3, n), None, None) for n in range(1, 10)),
    *((new(7, n), None, None) for n in range(1, 31)),
)
AT = {lot.key: number for number, lot in enumerate(LOTS)}


def of_parcel(parcel: int, went: dict[int, int]) -> Expected:
    """Return what is expected of a parcel of 1982 where these others of its sheet went to those of 2009."""
    chosen = [Chosen(Hypothesis((AT[old(3, a)],), (AT[new(7, b)],), 20.0), 0.99) for a, b in went.items()]
    return expectations(LOTS, chosen)[AT[old(3, parcel)]]


def numbers(places: tuple[int, ...]) -> list[int]:
    return [place % 100_000 for place in places]


def test_one_neighbour_alone_does_not_tell_in_which_sense_the_row_goes_on() -> None:
    assert numbers(of_parcel(5, {3: 13}).line) == [11, 15]


def test_neighbours_that_keep_their_sense_tell_one_place() -> None:
    # 1, 2, 3 became 11, 12, 13, so 5 is to be sought at 15, and not at 9, 10, 11
    assert numbers(of_parcel(5, {1: 11, 2: 12, 3: 13}).line) == [15, 15, 15]


def test_a_row_that_is_numbered_back_tells_one_place_too() -> None:
    # 1, 2, 3 became 19, 18, 17
    assert numbers(of_parcel(5, {1: 19, 2: 18, 3: 17}).line) == [15, 15, 15]


def test_two_neighbours_that_changed_places_do_not_turn_their_row() -> None:
    # 1, 2, 3 kept their sense, 8 and 9 did not: the two are told apart wrongly more often than a row turns
    assert set(numbers(of_parcel(5, {1: 11, 2: 12, 3: 13, 8: 19, 9: 18}).line)) == {15, 16, 14}


def test_between_two_neighbours_as_far_from_each_other_as_before_there_is_one_place() -> None:
    assert numbers(of_parcel(5, {4: 14, 6: 16}).amid) == [15]


def test_where_a_number_was_added_between_two_neighbours_there_are_two_places() -> None:
    assert numbers(of_parcel(5, {4: 14, 6: 17}).amid) == [15, 16]
