"""What is asked of a person, in which order, and what is not asked twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from papers_made_up import certificate, draft

from cadastre.checking.answers import check_answered
from cadastre.checking.questions import Question, ask, by_worth
from schemas.answers import Answer
from schemas.documents import Box
from schemas.entries import Draft
from schemas.tables import load_tables

TABLES = load_tables()


def asked(drafts: Sequence[Draft], *answers: Answer) -> list[Question]:
    of_entry: dict[str, list[Answer]] = {}
    for answer in answers:
        of_entry.setdefault(answer.entry_id, []).append(answer)
    read = check_answered(drafts, {}, TABLES)
    return by_worth(ask(check_answered(drafts, of_entry, TABLES), read, drafts, of_entry))


def book(**texts: object) -> list[Draft]:
    """Three rows of a parcel index; what differs is given for all of them."""
    rows: list[Draft] = []
    for number in (1, 2, 3):
        said = {"sheet_no": "9", "parcel_no": str(391 + number), "area_m2": "183,7", **texts}
        made = draft("so_muc_ke", None, "2013", row=number, **said)  # type: ignore[arg-type]
        moved = {
            name: tuple(replace(one, box=_down(one.box, number)) for one in places)
            for name, places in made.fields.items()
        }
        rows.append(replace(made, entry_id=f"row-{number}", fields=moved))
    return rows


def _down(box: Box, rows: int) -> Box:
    return Box(box.left, box.top + 100 * rows, box.right, box.bottom + 100 * rows)


def test_keys_come_first_then_errors_then_the_rest() -> None:
    """The parcel number blocks the parcel; R3 is an error about the shares; the address merely waits."""
    paper = certificate(parcel_no=("125", "126"), private_m2="1.005,6 m²")
    names = [question.field for question in asked([paper])]
    assert names[0] == "parcel_no"
    assert set(names[1:3]) == {"private_m2", "shared_m2"}
    assert {"address", "owners"} <= set(names[3:])


def test_the_commune_of_a_book_is_asked_once_for_all_its_rows() -> None:
    questions = [question for question in asked(book()) if question.field == "unit_code"]
    assert len(questions) == 1
    assert [entry.entry_id for entry in questions[0].entries] == ["row-1", "row-2", "row-3"]
    assert asked(book())[0].field == "unit_code"  # it settles most


def test_each_row_has_its_own_question_for_its_own_cell() -> None:
    questions = [question for question in asked(book(parcel_no=("392", None))) if question.field == "parcel_no"]
    assert [len(question.entries) for question in questions] == [1, 1, 1]
    assert len({question.question_id for question in questions}) == 3


def test_the_other_engines_vote_and_the_reason_stand_beside_the_best_value() -> None:
    question = asked([certificate(parcel_no=("125", "126"))])[0]
    assert {str(question.shown), *question.others} == {"125", "126"}
    assert question.why.vi == "hai máy đọc khác nhau"


def test_a_reason_speaks_of_fields_as_offices_do() -> None:
    paper = draft(kind="trich_do", form=None, era="2013", unit_name="Xã Bình Quế", sheet_no="9", parcel_no="1")
    question = next(one for one in asked([paper]) if one.field == "area_m2")
    assert "area_m2" not in question.why.vi
    assert "Diện tích (m²)" in question.why.vi


def test_names_are_personal_and_what_stands_in_a_note_is_settled_by_the_note() -> None:
    paper = certificate(change_note="Tách từ thửa 397")
    apart = tuple(replace(one, box=_down(one.box, 5)) for one in paper.fields["address"])
    questions = {q.field: q for q in asked([replace(paper, fields={**paper.fields, "address": apart})])}
    assert questions["owners"].personal
    assert questions["change_note"].personal
    assert "refs" not in questions
    assert not questions["address"].personal


def test_boxes_of_names_near_a_crop_are_to_be_covered() -> None:
    paper = certificate(parcel_no=("125", "126"))
    question = asked([paper])[0]
    assert paper.fields["owners"][0].box in question.hidden


def test_what_was_answered_is_not_asked_again() -> None:
    paper = certificate(parcel_no=("125", "126"))
    answers = [
        Answer("entry", "parcel_no", "unreadable", None, None, None),
        Answer("entry", "address", "value", "Thôn 1", None, None),
    ]
    assert {"parcel_no", "address"}.isdisjoint(question.field for question in asked([paper], *answers))


def test_a_rejected_entry_asks_nothing() -> None:
    paper = certificate(parcel_no=("125", "126"))
    assert asked([paper], Answer("entry", None, "reject", None, None, None)) == []


def test_a_paper_of_unknown_era_asks_for_its_day() -> None:
    paper = certificate()
    undated = replace(paper, fields={n: places for n, places in paper.fields.items() if n != "issued_on"})
    assert asked([undated])[0].field == "issued_on"


def test_a_question_is_the_same_until_the_reading_changes() -> None:
    one = asked([certificate(parcel_no=("125", "126"))])[0]
    again = asked([certificate(parcel_no=("125", "126"))])[0]
    other = asked([certificate(parcel_no=("125", "127"))])[0]
    assert one.question_id == again.question_id
    assert one.seen == again.seen
    assert other.question_id == one.question_id or other.shown != one.shown
    changed = asked([certificate(parcel_no=("128", "127"))])[0]
    assert changed.question_id != one.question_id
