"""Data of an earlier project that contradicts papers: the papers stand, and a person is asked, few times."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from claims_made_up import AN, BINH, KEY, OLD, entry, old, step
from lots_made_up import TABLES

from cadastre.asking.dispute_cases import DisputeQuestion
from cadastre.asking.dispute_wording import reason, side_told, words
from cadastre.asking.disputes import ask_disputes
from cadastre.settling.settled import settle
from schemas.disputes import IMPORTED, Decided, DisputeVerdict, Ruling
from schemas.entries import Entry, LandUse, Owner, Value
from schemas.parcels import Link, Parcel

RED = entry("red", owners=AN, area_m2=500.0, land_use=(LandUse("LUC", None),), issued_on="2016-05-05")
LATER, EARLIER = "2021-06-30", "2015-12-31"


def data(day: str | None = LATER, **values: Value) -> Entry:
    """Return a row of a list of an earlier project."""
    return entry("row", "du_lieu", asserted_on=day, **values)


def parcel(papers: Sequence[Entry], *decided: Decided, links: Sequence[Link] = ()) -> Parcel:
    return next(one for one in settle(papers, TABLES, links, decided=decided) if one.key == KEY)


def asked(papers: Sequence[Entry], *decided: Decided, links: Sequence[Link] = ()) -> list[DisputeQuestion]:
    parcels = settle(papers, TABLES, links, decided=decided)
    return ask_disputes("land", parcels, {one.entry_id: one for one in papers}, TABLES, decided)


def ruled(question: DisputeQuestion, verdict: DisputeVerdict, side: int | None = None, value: Value = None) -> Decided:
    return Decided(question.asked, Ruling(question.asked.question_id, verdict, side, value), "2026-11-26")


def standing(found: Parcel, attribute: str) -> dict[str, tuple[str, str]]:
    return {c.entry_id: (c.standing, c.rule) for c in found.claims if c.attribute == attribute}


@pytest.mark.parametrize(
    ("attribute", "says"),
    [
        ("owners", {"owners": BINH}),
        ("legal_area_m2", {"legal_area_m2": 650.0}),  # 30 % more
        ("legal_area_m2", {"legal_area_m2": 5000.0}),  # the decimal mark moved
        ("land_use", {"land_use": (LandUse("ONT", None),)}),
    ],
)
def test_what_contradicts_a_paper_is_asked_and_the_paper_stands(attribute: str, says: dict[str, Value]) -> None:
    found = parcel([RED, data(**says)])
    assert standing(found, attribute)["red"] == ("current", "certificate")
    assert (found.status, found.grade_reasons.count("imported-differs")) == ("review", 1)
    (question,) = asked([RED, data(**says)])
    assert (question.asked.kind, question.asked.attribute, question.cause) == ("value", attribute, "imported")
    assert [side.entry_ids for side in question.asked.sides] == [("red",), ("row",)]


@pytest.mark.parametrize(
    "says",
    [
        {"owners": (Owner("Nguyen Van An"),)},  # no marks
        {"owners": (Owner("Nguyễn Vân An"), Owner("Lê Thị Hoa"))},  # the spouse beside
        {"owners": (Owner("Nguyễn Vam An"),)},  # a letter off
        {"legal_area_m2": 512.0},  # a new survey drifts a little (domain.md 5, class B)
        {"land_use": (LandUse("LUC", None), LandUse("ONT", None))},
        {"land_use": (LandUse("2L", None),)},  # the letter of the 299 books for LUC
        {"land_use": (LandUse("HNK?", None),)},
        {"address": "Thôn 2"},
    ],
)
def test_what_does_not_contradict_is_not_asked(says: dict[str, Value]) -> None:
    found = parcel([RED, data(**says)])
    assert "imported-differs" not in found.grade_reasons
    assert asked([RED, data(**says)]) == []


def test_data_that_is_older_than_the_paper_is_history() -> None:
    assert asked([RED, data(EARLIER, owners=BINH)]) == []
    undated = entry("index", "so_muc_ke", owners=AN, area_m2=500.0)
    assert asked([undated, data("2010-01-01", owners=BINH)]) == []  # the index was printed from 2014 on
    assert len(asked([undated, data(LATER, owners=BINH)])) == 1


def test_the_area_of_an_older_map_contradicts_nothing() -> None:
    papers = [entry("index", "so_muc_ke", area_m2=500.0), old("row", "du_lieu", era="299", area_m2=700.0)]
    assert asked(papers, links=[step()]) == []


def test_a_doubtful_link_is_asked_for_first() -> None:
    papers = [RED, data(owners=BINH), old("book", owners=BINH)]
    assert asked(papers, links=[step(p=0.5)]) == []


def test_a_person_may_say_that_the_paper_is_right() -> None:
    papers = [RED, data(owners=BINH)]
    (question,) = asked(papers)
    for answer in (ruled(question, "side", 0), ruled(question, "all")):
        found = parcel(papers, answer)
        assert standing(found, "owners")["red"][0] == "current"
        assert standing(found, "owners")["row"] == ("superseded", "certificate:person")
        assert "imported-differs" not in found.grade_reasons
        assert asked(papers, answer) == []


def test_a_person_may_say_that_the_data_is_right() -> None:
    papers = [RED, data(owners=BINH)]
    (question,) = asked(papers)
    found = parcel(papers, ruled(question, "side", 1))
    assert standing(found, "owners") == {
        "row": ("current", "imported-list:person"), "red": ("superseded", "imported-list:person"),
    }  # fmt: skip
    assert asked(papers, ruled(question, "side", 1)) == []
    assert parcel(papers).claims == parcel(papers, ruled(question, "unknown")).claims


FIRST, LAST = 1, 12


def district(many: int, day: str = LATER) -> list[Entry]:
    """Return so many parcels whose red books name An and one file that names Bình on all of them."""
    reds = [entry(f"red{n}", parcel_no=str(n), owners=AN, issued_on="2016-05-05") for n in range(FIRST, many + 1)]
    rows = [
        entry(f"row{n}", "du_lieu", document="file", parcel_no=str(n), owners=BINH, asserted_on=day)
        for n in range(FIRST, many + 1)
    ]
    return [*reds, *rows]


def test_a_file_that_contradicts_papers_on_many_parcels_is_asked_for_once() -> None:
    papers = district(LAST)
    (question,) = asked(papers)
    assert (question.asked.kind, question.asked.attribute, len(question.settled)) == ("papers", IMPORTED, LAST)
    by_papers = settle(papers, TABLES, decided=[ruled(question, "side", 0)])
    assert not any("imported-differs" in one.grade_reasons for one in by_papers)
    assert asked(papers, ruled(question, "side", 0)) == []
    one_by_one = asked(papers, ruled(question, "unknown"))
    assert {(one.asked.kind, one.asked.attribute) for one in one_by_one} == {("value", "owners")}
    assert len(one_by_one) == LAST
    assert len(asked(district(3))) == 3


def test_the_ruling_on_a_file_holds_for_its_parcels_that_come_later() -> None:
    (question,) = asked(district(LAST))
    assert asked(district(LAST + 5), ruled(question, "side", 0)) == []


def test_the_question_says_what_each_side_says_and_no_name_without_the_right() -> None:
    papers = [RED, data(owners=BINH)]
    by_id = {one.entry_id: one for one in papers}
    (question,) = asked(papers)
    assert question.personal
    assert "dữ liệu của dự án trước khác với giấy tờ" in words(question, by_id, TABLES).vi
    assert "không cũ hơn" in reason(question, by_id).vi
    assert side_told(question, 1, by_id, identity=True) == "ghi: Trần Thị Bình"
    file = district(LAST)
    (question,) = asked(file)
    by_id = {one.entry_id: one for one in file}
    assert not question.personal
    assert words(question, by_id, TABLES).vi.startswith("Dữ liệu của dự án trước ghi khác giấy tờ ở 12 thửa (")
    assert side_told(question, 0, by_id, identity=False) == "(tên người ở 12 ô không hiện)"
    assert "Thửa 1 tờ 12: Nguyễn Văn An" in side_told(question, 0, by_id, identity=True)


def test_an_older_number_of_the_parcel_makes_no_second_question() -> None:
    papers = [
        old("row", "du_lieu", asserted_on=LATER, owners=BINH),
        old("book", "so_dang_ky", owners=AN),
        entry("index", "so_muc_ke", owners=AN),
    ]
    (question,) = asked(papers, links=[step()])
    assert question.settled == {KEY}
    keys = {one.key: one for one in settle(papers, TABLES, [step()], decided=[ruled(question, "side", 1)])}
    assert standing(keys[KEY], "owners")["row"][0] == standing(keys[OLD], "owners")["row"][0] == "current"


def test_where_the_certificate_in_force_is_open_the_data_waits_for_that_answer() -> None:
    papers = [
        entry("c1", serial="BA 123456", issued_on="2012-05-12", owners=AN, area_m2=500.0),
        entry("c2", serial="BX 223456", issued_on="2013-06-03", owners=(Owner("Lê Thị Hoa"),), area_m2=500.0),
        data(owners=BINH, legal_area_m2=900.0),
    ]
    (question,) = asked(papers)
    assert question.asked.kind == "certificate"
    after = asked(papers, ruled(question, "side", 0))
    assert {one.asked.attribute for one in after} == {"owners", "legal_area_m2"}
    assert {one.asked.attribute for one in asked(papers, ruled(question, "unknown"))} >= {"legal_area_m2"}
