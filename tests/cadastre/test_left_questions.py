"""What is asked of parcels of a sheet that was drawn anew of which no newer number is found."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from lots_made_up import TABLES, UNIT, lots, new, old, step

from cadastre.asking.lineage_questions import ask_links
from cadastre.asking.link_question import LinkQuestion
from cadastre.linking.lots import Lot
from schemas.parcels import Link, ParcelKey, Said, SheetSaid

AN, BINH = "Nguyễn Văn An", "Trần Thị Bình"


def a_sheet(went: Sequence[int] = (1, 2, 3, 5, 6), left: Sequence[int] = (4,)) -> tuple[list[Lot], list[Link]]:
    """Sheet 3: those parcels surely went to sheet 12 of 2009, each under its number and 40; the others nowhere."""
    olds = [(old(3, n), 500.0 + 40 * n, None) for n in went] + [(old(3, n), 500.0 + 40 * n, AN) for n in left]
    news = [(new(12, n + 40), 500.0 + 40 * n, None) for n in went]
    return lots(*olds, *news), [step(old(3, n), new(12, n + 40), 0.995) for n in went]


def asked(some: Sequence[Lot], links: Sequence[Link], *said: Said | SheetSaid) -> list[LinkQuestion]:
    return ask_links("land", some, links, TABLES, said=said)


def subjects(questions: Sequence[LinkQuestion]) -> list[str | None]:
    return [one.asked.subject.parcel for one in questions]


def test_it_is_asked_what_the_parcel_is_on_the_map_to_which_most_of_its_sheet_went() -> None:
    (question,) = asked(*a_sheet())
    assert question.words.vi == (
        "Thửa 4 tờ 3 (bản đồ 299, Xã Bình Quế (20842)) nay là thửa nào của bản đồ 2009, Xã Bình Quế (20842)?"
    )
    assert (question.asked.offered, question.best) == ((), "")
    assert (question.asked.unit, question.asked.era, question.asked.side) == (UNIT, "2009", "newer")
    assert question.settled == {old(3, 4)}


def test_the_reason_tells_how_many_are_left_and_what_became_of_the_parcels_beside_it() -> None:
    (question,) = asked(*a_sheet())
    assert question.why.vi.split("\n") == [
        "5 trong 6 thửa của tờ này đã có số mới, còn 1 thửa chưa tìm được",
        "các thửa đã có số mới nằm ở tờ 12 (5 thửa)",
        "thửa 3 nay là thửa 43 tờ 12",
        "thửa 5 nay là thửa 45 tờ 12",
        "diện tích cũ 660 m²",
    ]


def test_parcels_far_from_it_in_number_tell_nothing_of_its_place() -> None:
    (question,) = asked(*a_sheet(left=(40,)))
    assert "nay là" not in question.why.vi


def test_free_parcels_that_are_like_it_are_shown_and_taken_ones_are_not() -> None:
    some, links = a_sheet()
    (question,) = asked([*some, *lots((new(12, 60), 661.0, AN), (new(12, 61), 4000.0, BINH))], links)
    assert question.others == ("thửa 60 tờ 12 (661 m²)",)
    assert "Nguyễn" not in str(question)


def test_what_a_person_denied_is_not_shown_again() -> None:
    some, links = a_sheet()
    more = [*some, *lots((new(12, 60), 661.0, AN))]
    (question,) = asked(more, links, Said(old(3, 4), new(12, 60), yes=False))
    assert question.others == ()


@pytest.mark.parametrize("newer", [None, new(12, 60), new(12, 99)])
def test_one_that_ended_or_was_named_is_not_asked_for_again(newer: ParcelKey | None) -> None:
    assert asked(*a_sheet(), Said(old(3, 4), newer, yes=True)) == []


def test_a_sheet_that_is_still_in_force_is_not_asked_about() -> None:
    assert asked(*a_sheet(went=(1, 2), left=(3, 4, 5, 6))) == []


def test_a_few_of_a_sheet_are_asked_for_at_a_time_the_likest_to_free_parcels_first() -> None:
    some, links = a_sheet(went=range(1, 21), left=range(21, 29))
    like = lots((new(12, 90), 500.0 + 40 * 27, BINH), (new(12, 91), 500.0 + 40 * 25, None))
    questions = asked([*some, *like], links)
    assert subjects(questions) == ["21", "22", "23", "25", "27"]
    first = questions[0].why.vi.split("\n")[0]
    assert first == "20 trong 28 thửa của tờ này đã có số mới, còn 8 thửa chưa tìm được (lần này hỏi 5 thửa)"
    answered = [Said(old(3, n), None, yes=True) for n in (27, 25, 21, 22, 23)]
    assert subjects(asked([*some, *like], links, *answered)) == ["24", "26", "28"]


def test_they_come_after_the_doubtful_steps() -> None:
    some, links = a_sheet()
    doubted = [step(old(3, 7), new(12, 47), 0.7)]
    more = lots((old(3, 7), 333.0, BINH), (new(12, 47), 333.0, BINH))
    assert subjects(asked([*some, *more], [*links, *doubted])) == ["7", "4"]


def test_one_that_the_question_of_its_sheet_settles_is_not_asked_for_beside_it() -> None:
    """Eight parcels lie on sheet 12 or, as likely, on sheet 20: their sheet is asked for, and none of them alone."""
    some, links = a_sheet(left=())
    for parcel in range(10, 18):
        area = 2000.0 + 50 * parcel
        some += lots((old(3, parcel), area, None), (new(12, parcel), area, None), (new(20, parcel), area, None))
    links += [step(old(3, parcel), new(12, parcel), 0.6) for parcel in range(10, 15)]
    questions = asked(some, links)
    assert [one.asked.kind for one in questions] == ["sheet"]
    told = [Said(old(3, 15), None, yes=True)]
    (sheet,) = [one for one in asked(some, links, *told) if one.asked.kind == "sheet"]
    assert old(3, 15) in questions[0].settled - sheet.settled


def test_the_order_of_lots_and_links_changes_nothing() -> None:
    some, links = a_sheet(went=range(1, 11), left=range(11, 19))
    assert asked(some[::-1], links[::-1]) == asked(some, links)
