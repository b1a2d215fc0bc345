"""What people say of two parcels or of a sheet outweighs what the papers suggest."""

from __future__ import annotations

from lots_made_up import UNIT, lots, new, old

from cadastre.linking.assignment import choose, heard
from cadastre.linking.hypothesis import Hypothesis
from schemas.parcels import Said, SheetSaid

# 0: the old parcel, 1 and 2: its parts, 3: another parcel of another sheet
SOME = lots(
    (old(3, 125), 1000.0, None), (new(12, 48), 600.0, None), (new(12, 49), 400.0, None), (new(13, 7), 1000.0, None)
)
LIKELY = Hypothesis((0,), (3,), 9.0)


def went(
    *said: Said | SheetSaid, found: tuple[Hypothesis, ...] = (LIKELY,)
) -> list[tuple[tuple[int, ...], tuple[int, ...], bool]]:
    return [(h.older, h.newer, h.kept) for h in (one.hypothesis for one in choose(heard(SOME, found, said)))]


def test_without_a_word_the_papers_decide():
    assert went() == [((0,), (3,), False)]


def test_an_affirmed_pair_stands_before_a_likely_one():
    assert went(Said(old(3, 125), new(12, 48), yes=True)) == [((0,), (1,), False)]


def test_what_was_affirmed_is_as_good_as_certain_also_when_it_was_heard_before():
    said = [Said(old(3, 125), new(12, 48), yes=True)]
    (again,) = choose(heard(SOME, heard(SOME, [LIKELY], said), said))
    assert again.p > 0.999


def test_several_affirmed_parcels_of_one_map_are_a_division():
    said = [Said(old(3, 125), new(12, parcel), yes=True) for parcel in (48, 49)]
    assert went(*said) == [((0,), (1, 2), False)]


def test_an_affirmed_part_that_was_cut_off_leaves_the_rest_under_its_number():
    cut = Hypothesis((0,), (1,), 1.0, kept=True)
    assert went(Said(old(3, 125), new(12, 48), yes=True), found=(LIKELY, cut)) == [
        ((0,), (1,), True),
        ((0,), (3,), False),
    ]


def test_a_sheet_lies_on_the_sheets_that_were_named_and_no_others():
    assert went(SheetSaid((UNIT, "299", "3"), ((UNIT, "2009", "12"),))) == []


def test_what_was_said_of_a_sheet_and_two_maps_holds_for_both():
    said = [SheetSaid((UNIT, "299", "3"), ((UNIT, era, sheet),)) for era, sheet in (("2009", "12"), ("2013", "5"))]
    assert went(*said) == []
