"""What is asked of people where the papers leave open how two maps go together."""

from __future__ import annotations

import pytest
from lots_made_up import TABLES, UNIT, lots, new, old, step

from cadastre.asking.lineage_questions import ask_links
from cadastre.asking.lineage_wording import WORDS, told
from cadastre.asking.link_question import LinkQuestion
from cadastre.asking.question_order import places_in_order
from cadastre.checking.questions import Question
from cadastre.linking.comparisons import LEVELS
from schemas.parcels import Said, SheetSaid

AN, BINH, CUC = "Nguyễn Văn An", "Trần Thị Bình", "Lê Văn Cúc"
ONE_PAIR = lots((old(3, 125), 1205.0, AN), (new(12, 48), 1210.0, AN))
DOUBTED = step(old(3, 125), new(12, 48), 0.8, "holder:name_of_few:+6.0", "area:within_1:+3.0", "hamlet:other:-1.5")


def asked(some, links, **more) -> list[LinkQuestion]:
    return ask_links("land", some, links, TABLES, **more)


def numbers(question: LinkQuestion) -> tuple[str, ...]:
    return tuple(f"{place.sheet}/{place.parcel}" for place in question.asked.offered)


def test_what_is_sure_is_not_asked():
    assert asked(ONE_PAIR, [step(old(3, 125), new(12, 48), 0.995)]) == []


def test_a_sure_step_that_papers_speak_against_is_asked_with_the_reason_until_it_is_affirmed():
    sure = [step(old(3, 125), new(12, 48), 0.999, "holder:name_of_few:+6.0")]
    against = {new(12, 48): ("other-older-number",)}
    (question,) = asked(ONE_PAIR, sure, against=against)
    assert question.words.vi.endswith("có phải là thửa 48 tờ 12 (bản đồ 2009, Xã Bình Quế (20842)) không?")
    assert question.why.vi.split("\n")[0] == "có giấy tờ ghi số thửa cũ khác với các số cũ đã nối"
    assert new(12, 48) in question.settled
    assert asked(ONE_PAIR, sure, against=against, said=[Said(old(3, 125), new(12, 48), True)]) == []


def test_a_doubtful_step_is_asked_in_the_words_of_a_land_office():
    (question,) = asked(ONE_PAIR, [DOUBTED])
    assert question.words.vi == (
        "Thửa 125 tờ 3 (bản đồ 299, Xã Bình Quế (20842)) có phải là thửa 48 tờ 12 "
        "(bản đồ 2009, Xã Bình Quế (20842)) không?"
    )
    assert question.best == "thửa 48 tờ 12 (1.210 m²)"
    assert question.why.vi.split("\n") == [
        "máy tin 80 %",
        "khớp: cùng tên người sử dụng đất; diện tích lệch không quá 1 %",
        "chưa khớp: khác thôn, tổ",
        "diện tích: cũ 1.205 m², mới 1.210 m²",
    ]
    assert question.asked.subject.entry_ids == (f"e:{old(3, 125)}",)


def test_no_name_is_told():
    (question,) = asked(ONE_PAIR, [DOUBTED])
    assert "Nguyễn" not in f"{question.words} {question.best} {question.why}"


def test_rivals_are_offered_the_likest_first():
    some = lots(
        (old(3, 125), 1205.0, AN),
        (new(12, 48), 1210.0, AN),
        (new(12, 51), 900.0, AN),  # his other parcel
        (new(13, 7), 1206.0, AN, "3/125"),  # its paper prints the old number
        (new(13, 9), 500.0, BINH),
    )
    (question,) = asked(some, [DOUBTED])
    assert question.others == ("thửa 7 tờ 13 (1.206 m²)",)
    assert question.settled == {old(3, 125), new(12, 48)}  # of the rival nothing was in doubt


def test_a_parcel_that_a_sure_step_has_taken_is_no_rival():
    some = lots(
        (old(3, 125), 1205.0, AN), (old(3, 7), 1208.0, AN), (new(12, 48), 1210.0, AN), (new(12, 51), 1208.0, AN)
    )
    (question,) = asked(some, [DOUBTED, step(old(3, 7), new(12, 51), 0.995)])
    assert question.others == ()


def test_two_parcels_that_compete_for_two_are_one_question():
    """Whose parcel is which: when one is known the other follows."""
    some = lots((old(3, 1), 500.0, AN), (old(3, 2), 501.0, AN), (new(12, 1), 500.0, AN), (new(12, 2), 501.0, AN))
    links = [step(old(3, 1), new(12, 1), 0.6), step(old(3, 2), new(12, 2), 0.6)]
    (question,) = asked(some, links)
    assert question.settled == {old(3, 1), old(3, 2), new(12, 1), new(12, 2)}


def test_a_division_is_one_question():
    some = lots((old(3, 125), 1000.0, AN), (new(12, 48), 600.0, AN), (new(12, 49), 400.0, BINH))
    links = [step(old(3, 125), new(12, parcel), 0.7, relation="split") for parcel in (48, 49)]
    (question,) = asked(some, links)
    assert "có phải được tách ra thành thửa 48 tờ 12 và thửa 49 tờ 12" in question.words.vi
    assert numbers(question) == ("12/48", "12/49")
    assert "diện tích: cũ 1.000 m², mới 600 + 400 m²" in question.why.vi


def test_a_joining_is_asked_of_the_parcel_that_came_of_it():
    some = lots((old(3, 1), 600.0, AN), (old(3, 2), 400.0, AN), (new(12, 48), 1000.0, AN))
    links = [step(old(3, parcel), new(12, 48), 0.7, relation="merge") for parcel in (1, 2)]
    (question,) = asked(some, links)
    assert question.words.vi.startswith("Thửa 48 tờ 12 (bản đồ 2009")
    assert "có phải do thửa 1 tờ 3 và thửa 2 tờ 3 (bản đồ 299" in question.words.vi
    assert (question.asked.side, numbers(question)) == ("older", ("3/1", "3/2"))


@pytest.mark.parametrize(
    "said",
    [
        Said(old(3, 125), new(12, 48), yes=True),
        Said(old(3, 125), new(12, 48), yes=False),
        Said(old(3, 125), None, yes=True),
    ],
)
def test_what_was_said_is_not_asked_again(said):
    assert asked(ONE_PAIR, [DOUBTED], said=[said]) == []


def test_the_chain_of_a_parcel_counts_where_it_is_not_consistent_already():
    some = [*ONE_PAIR, *lots((new(20, 1, "2013"), 1210.0, AN))]
    links = [DOUBTED, step(new(12, 48), new(20, 1, "2013"), 0.995)]
    (open_,) = asked(some, links)
    (closed,) = asked(some, links, statuses={new(20, 1, "2013"): "consistent"})
    assert (len(open_.settled), len(closed.settled)) == (3, 2)


def a_sheet(doubtful: int):
    """Four sure parcels of sheet 3 on sheets 12 and 13; so many others may lie there or, as likely, on sheet 20."""
    some, links = [], []
    for parcel in range(1, 5):
        some += [(old(3, parcel), 100.0 + parcel, None), (new(12 + parcel % 2, parcel), 100.0 + parcel, None)]
        links.append(step(old(3, parcel), new(12 + parcel % 2, parcel), 0.995))
    for parcel in range(10, 10 + doubtful):
        area = 1000.0 + 50 * parcel
        some += [(old(3, parcel), area, None), (new(12, parcel), area, None), (new(20, parcel), area, None)]
        links.append(step(old(3, parcel), new(12, parcel), 0.6))
    return lots(*some), links


def test_one_question_of_a_sheet_stands_for_those_of_its_parcels():
    (question,) = asked(*a_sheet(doubtful=8))
    assert question.words.vi == (
        "Tờ 3 (bản đồ 299, Xã Bình Quế (20842)) nằm trên những tờ nào của bản đồ 2009, Xã Bình Quế (20842)?"
    )
    assert question.best.split("\n") == ["tờ 12 (2 thửa chắc)", "tờ 13 (2 thửa chắc)"]
    assert question.others == ("tờ 20 (8 thửa có thể)",)
    assert question.settled == {old(3, parcel) for parcel in range(10, 18)}


def test_a_few_parcels_make_no_question_of_their_sheet():
    assert {one.asked.kind for one in asked(*a_sheet(doubtful=4))} == {"parcel"}


def test_once_the_sheet_is_answered_its_parcels_are_asked_for():
    some, links = a_sheet(doubtful=8)
    said = SheetSaid((UNIT, "299", "3"), ((UNIT, "2009", "12"), (UNIT, "2009", "13")))
    assert [one.asked.kind for one in asked(some, links, said=[said])] == ["parcel"] * 8


def test_parcels_without_a_successor_count_in_the_question_of_their_sheet():
    some, links = a_sheet(doubtful=8)
    (question,) = asked(some, links[:-3])
    assert len(question.settled) == 8


def test_the_order_of_lots_and_links_changes_nothing():
    some, links = a_sheet(doubtful=8)
    assert asked(some[::-1], links[::-1]) == asked(some, links)


def test_every_level_of_every_comparison_has_its_words():
    for name, levels in LEVELS.items():
        assert set(WORDS[name]) == {level for level, _ in levels} - {"unknown"}, name


def test_a_printed_number_comes_first_and_is_told_once():
    speaks, against = told(["printed:e1", "printed:e2", "bridge:printed:+11.0", "area:other:-4.0", "ground:same:+0.1"])
    assert [one.vi for one in speaks] == ["giấy của thửa mới ghi số thửa cũ này"]
    assert [one.vi for one in against] == ["diện tích khác hẳn nhau"]


def field_question(entries: int) -> Question:
    """A question about a key field of so many entries; of these only the number counts."""
    return Question("q", "unit_code", (None,) * entries, {}, None, None, (), DOUBTED, "key", False, ())  # type: ignore[arg-type]


def test_all_questions_stand_in_one_order_by_what_a_minute_settles():
    """A sheet: 8 parcels in 8 minutes. Fields, half a minute each: 6 entries, then 1 entry. A pair: 2 in 2 minutes."""
    sheets, pairs = asked(*a_sheet(doubtful=8)), asked(ONE_PAIR, [DOUBTED])
    fields = [field_question(6), field_question(1)]
    assert places_in_order(fields, [*sheets, *pairs]) == ([1, 2], [3, 4], [])
    assert places_in_order([], pairs) == ([], [1], [])
    big = asked(*a_sheet(doubtful=24))
    assert places_in_order(fields, big) == ([1, 3], [2], [])
