"""What a person writes beside a question about links, and what is made of it."""

from __future__ import annotations

import pytest

from flows.asking.answer_sheet import SheetAnswer
from flows.asking.link_answers import hear_link
from schemas.answers import LinkAnswer, LinkAsked, Place
from schemas.errors import Message

MAP = ("20842", "2009")
PAPERS = {("12", "48"): ("e1",), ("12", "49a"): ("e2", "e3"), ("13", "5"): ("e4",)}
SUBJECT = Place("20842", "299", "3", "125", ("e0",))
PARCEL = LinkAsked("q1", "land", "parcel", SUBJECT, "newer", *MAP, (Place(*MAP, "12", "48", ("e1",)),))
LEFT = LinkAsked("q3", "land", "parcel", SUBJECT, "newer", *MAP, ())
SHEET = LinkAsked("q2", "land", "sheet", Place("20842", "299", "3", None, ("e0",)), "newer", *MAP, ())


def heard(asked: LinkAsked, choice: str, text: str = "") -> LinkAnswer | Message:
    return hear_link(SheetAnswer(2, asked.question_id, choice, text), asked, MAP, PAPERS)


def named(asked: LinkAsked, text: str) -> list[tuple[str, str | None, tuple[str, ...]]]:
    answer = heard(asked, "", text)
    assert isinstance(answer, LinkAnswer), answer
    return [(place.sheet, place.parcel, place.entry_ids) for place in answer.named]


@pytest.mark.parametrize(
    ("choice", "verdict"), [("Đúng", "yes"), ("đúng ", "yes"), ("Không", "no"), ("Không có thửa nào", "none")]
)
def test_a_word_is_an_answer(choice, verdict):
    assert heard(PARCEL, choice) == LinkAnswer("q1", verdict)


def test_where_nothing_was_found_a_parcel_is_written_or_ended():
    assert named(LEFT, "thửa 48 tờ 12\nthửa 49a tờ 12") == [("12", "48", ("e1",)), ("12", "49a", ("e2", "e3"))]
    assert heard(LEFT, "Không có thửa nào") == LinkAnswer("q3", "none")


@pytest.mark.parametrize(
    "text",
    ["thửa 48 tờ 12", "Thửa số 48, tờ số 12", "tờ 12 thửa 48", "12/48", "thửa 48 tờ 12 (1.210 m²)", " 12 / 48 ."],
)
def test_a_parcel_may_be_written_as_offices_write_it(text):
    assert named(PARCEL, text) == [("12", "48", ("e1",))]


@pytest.mark.parametrize("text", ["12/48\n12/49A", "thửa 48 tờ 12; thửa 49a tờ 12", "12/48 và 12/49a", "12/48, 12/49a"])
def test_several_parcels_are_the_parts_of_a_division(text):
    assert named(PARCEL, text) == [("12", "48", ("e1",)), ("12", "49a", ("e2", "e3"))]


def test_a_parcel_may_be_named_on_another_map_of_the_commune():
    later = {("6", "352"): ("e9",)}
    row = SheetAnswer(2, "q3", "Thửa khác", "thửa 352 tờ 6, bản đồ 2013")
    answer = hear_link(row, LEFT, MAP, PAPERS, {"2013": later}.get)
    assert answer == LinkAnswer("q3", "other", (Place("20842", "2013", "6", "352", ("e9",)),))


@pytest.mark.parametrize("name", ["2003", "2010"])  # no paper of it is held; no map is called so
def test_a_map_that_no_paper_is_of_cannot_be_named(name):
    answer = hear_link(SheetAnswer(2, "q3", "", f"thửa 352 tờ 6 bản đồ {name}"), LEFT, MAP, PAPERS)
    assert isinstance(answer, Message)
    assert f"bản đồ {name}" in answer.vi


def test_a_parcel_that_no_paper_tells_of_yet_may_be_named():
    assert named(PARCEL, "thửa 99 tờ 13") == [("13", "99", ())]


@pytest.mark.parametrize("text", ["12, 13", "tờ 12 và tờ 13", "12 (2 thửa chắc)\n13"])
def test_sheets_are_written_one_after_the_other(text):
    assert named(SHEET, text) == [("12", None, ("e1", "e2")), ("13", None, ("e4",))]


@pytest.mark.parametrize(
    ("asked", "choice", "text", "says"),
    [
        (PARCEL, "Thửa khác", "", "thửa 48 tờ 12"),
        (PARCEL, "Thửa khác", "48", "không hiểu «48»"),
        (PARCEL, "Thửa khác", "12/10/2026", "không hiểu"),  # a spreadsheet made a day of 12/10
        (PARCEL, "Thửa khác", "thửa 48 tờ 77", "không có tờ 77"),
        (PARCEL, "Đúng", "12/48", "chỉ giữ một trong hai"),
        (LEFT, "Đúng", "", "chưa tìm được thửa nào"),
        (LEFT, "Không", "", "để trống"),
        (LEFT, "Không có thửa nào", "12/48", "chỉ giữ một trong hai"),
        (PARCEL, "Có lẽ", "", "không hiểu câu trả lời «Có lẽ»; chọn một trong: «Đúng»"),
        (SHEET, "Không", "", "để trống"),
        (SHEET, "Tờ khác", "", "chưa ghi tờ nào"),
        (SHEET, "Tờ khác", "12 77", "có: 12, 13"),
        (SHEET, "Tờ khác", "mười hai", "12, 13"),
    ],
)
def test_what_cannot_be_an_answer_is_refused_with_what_to_do(asked, choice, text, says):
    answer = heard(asked, choice, text)
    assert isinstance(answer, Message)
    assert says in answer.vi


def test_a_parcel_is_not_its_own_successor():
    own = LinkAsked("q1", "land", "parcel", Place(*MAP, "12", "48", ("e1",)), "newer", *MAP, ())
    assert isinstance(heard(own, "", "12/48"), Message)


def test_a_joining_has_no_answer_that_a_parcel_ended():
    joined = LinkAsked("q1", "land", "parcel", Place("20842", "2013", "3", "1", ()), "older", *MAP, ())
    assert isinstance(heard(joined, "Không có thửa nào"), Message)
