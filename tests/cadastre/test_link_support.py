"""A step is the surer the more of what lies around it went the same way."""

from __future__ import annotations

from dataclasses import replace

from lots_made_up import lots, new, old
from mentions_made_up import told as paper

from cadastre.linking.link_probability import Seen, probability
from cadastre.linking.link_support import Support, at_odds, supports
from cadastre.linking.lots import lots_of
from cadastre.numberings.mentions import Mention
from cadastre.settling.grading import SURE_LINK
from schemas.tables import load_tables


def _five(*fates: int | None) -> Support:
    """Return what bears out 299/1/3 -> 2009/7/13, where 299/1/1, 2, 4 and 5 became these parcels of 2009/7, or none.

    Sheet 7 has 40 parcels, so 33 is far from 13.
    """
    there = (11, 12, 13, 14, 15, 31, 32, 33, 34, 35)
    some = lots(*((old(1, n), 100.0, None) for n in range(1, 6)), *((new(7, n), 100.0, None) for n in there))
    place = {lot.key: n for n, lot in enumerate(some)}
    became = dict(zip((1, 2, 4, 5), fates, strict=True)) | {3: 13}
    steps = [(place[old(1, n)], place[new(7, to)]) for n, to in became.items() if to is not None]
    return supports(some, steps)[place[old(1, 3)], place[new(7, 13)]]


def test_neighbours_that_stay_near_bear_a_step_out() -> None:
    told = _five(11, 12, 14, 15)
    assert (told.beside, told.astray) == (4, 0)
    assert told.went == 1.0
    assert told.came == 0.5
    assert not told.rival


def test_neighbours_that_went_far_away_do_not() -> None:
    told = _five(31, 12, None, 35)
    assert (told.beside, told.astray) == (1, 2)
    assert told.went == 0.8
    assert told.came == 0.4


def test_two_steps_from_one_parcel_are_rivals() -> None:
    some = lots((old(1, 1), 100.0, None), (new(7, 1), 40.0, None), (new(7, 2), 60.0, None))
    told = supports(some, [(0, 1), (0, 2)])
    assert all(one.rival for one in told.values())


def _seen(support: Support, *, printed: int = 0) -> Seen:
    levels = {"holder": "name_of_few", "area": "within_1", "ground": "same", "around": "line_of_some"}
    return Seen("same", False, levels, 0.99995, printed, (3, 2), support)


def test_a_link_is_surer_where_its_neighbours_went_the_same_way() -> None:
    alone = _seen(Support(0, 0, 0.9, 0.9, False))
    among = _seen(Support(6, 0, 0.9, 0.9, False))
    against = _seen(Support(0, 4, 0.9, 0.9, False))
    assert probability(against) < probability(alone) < probability(among)


def test_one_number_on_two_maps_is_never_sure_unless_a_paper_says_so() -> None:
    levels = {"holder": "two_names", "area": "equal_rare", "ground": "same", "around": "line_of_many"}
    best = Seen("same", False, levels, 1.0, 0, (5, 5), Support(6, 0, 1.0, 1.0, False))
    assert probability(best) >= SURE_LINK
    assert probability(replace(best, one_number=True)) < SURE_LINK
    assert probability(replace(best, one_number=True, printed=1)) >= SURE_LINK


def test_a_link_is_surer_where_papers_print_the_older_number() -> None:
    around = Support(2, 1, 0.9, 0.9, False)
    assert probability(_seen(around)) < probability(_seen(around, printed=1))


def test_no_link_is_said_to_be_certain() -> None:
    levels = {"holder": "identity_number", "area": "equal_rare", "around": "line_of_many", "papers": "shared"}
    best = Seen("same", False, levels, 1.0, 3, (5, 5), Support(6, 0, 1.0, 1.0, False))
    assert probability(best) == 0.999


def _odd(*papers: Mention) -> bool:
    return at_odds(lots_of(papers, {one.entry_id: "1993" for one in papers}, load_tables())[0])


def test_papers_of_one_number_with_other_users_and_another_area_are_at_odds() -> None:
    first = paper(1, "1993", "7/37", area=1049.0, name="dang van son")
    assert _odd(first, paper(2, "1993", "7/37", area=570.0, name="do huu tam"))
    assert not _odd(first, paper(2, "1993", "7/37", area=1040.0, name="do huu tam"))  # it was sold
    assert not _odd(first, paper(2, "1993", "7/37", area=570.0, name="dang van son"))  # and lost ground


def test_a_step_of_a_parcel_whose_papers_are_at_odds_is_never_sure() -> None:
    sure = _seen(_five(11, 12, 14, 15), printed=2)
    assert probability(sure) >= SURE_LINK
    assert probability(replace(sure, at_odds=True)) < SURE_LINK


def test_a_step_by_an_area_that_many_parcels_have_is_sure_only_where_a_paper_prints_the_older_number() -> None:
    support = _five(11, 12, 14, 15)
    common, printed = (
        replace(one, levels={**one.levels, "area": "equal_common"})
        for one in (_seen(support), _seen(support, printed=2))
    )
    assert probability(common) < SURE_LINK <= probability(printed)


def test_a_step_between_papers_of_which_one_has_no_area_is_not_sure_unless_a_paper_or_the_ground_tells() -> None:
    levels = {"holder": "identity_number", "ground": "same", "around": "line_of_many", "papers": "shared"}
    bare = Seen("same", False, levels, 1.0, 0, (5, 5), Support(6, 0, 1.0, 1.0, False))
    assert probability(bare) < SURE_LINK
    assert probability(replace(bare, printed=1)) >= SURE_LINK
    assert probability(replace(bare, levels={**levels, "shape": "same"})) >= SURE_LINK
