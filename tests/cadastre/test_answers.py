"""What a person answered stands above what was read, and the rules run again with it."""

from __future__ import annotations

from dataclasses import replace

from papers_made_up import CERTIFICATE, REF, certificate, draft

from cadastre.checking.answers import check_answered
from cadastre.checking.rules import check
from cadastre.settling.keys import key_of
from schemas.answers import Answer
from schemas.documents import Box, PageRef
from schemas.entries import Draft, Entry, LandUse, Ref, Value
from schemas.tables import load_tables

TABLES = load_tables()


def said(name: str, value: Value, *, box: Box | None = None, ref: PageRef = REF) -> Answer:
    verdict = "unreadable" if value is None else "value"
    return Answer("entry", name, verdict, value, ref if box else None, box)


def answered(paper: Draft, *answers: Answer) -> Entry:
    (entry,) = check_answered([paper], {"entry": answers}, TABLES)
    return entry


def test_without_answers_nothing_changes() -> None:
    paper = certificate(parcel_no=("125", "126"))
    assert answered(paper) == check(paper, TABLES)


def test_a_confirmed_value_keeps_the_papers_text_and_place() -> None:
    paper = certificate(parcel_no=("125", "126"))
    before = check(paper, TABLES).fields["parcel_no"]
    assert before.status == "review"
    after = answered(paper, said("parcel_no", "126")).fields["parcel_no"]
    assert (after.value, after.status, after.p) == ("126", "confirmed", None)
    assert (after.text, after.ref, after.box, after.source) == (before.text, before.ref, before.box, "paper")


def test_a_key_that_a_person_confirmed_makes_the_entry_confirmed_and_gives_its_parcel_a_key() -> None:
    paper = certificate(parcel_no=("125", "126"))
    assert check(paper, TABLES).status == "review"
    entry = answered(paper, said("parcel_no", "126"))
    assert entry.status == "confirmed"
    assert str(key_of(entry)) == "20794@2013/12/126"  # Xã Bình Dương, Thăng Bình


def test_another_field_confirmed_leaves_the_entry_accepted() -> None:
    assert check(certificate(), TABLES).status == "accepted"
    assert answered(certificate(), said("address", "Thôn 1")).status == "accepted"


def test_rules_run_again_with_the_confirmed_value() -> None:
    """Both engines misread the digits: R1, R2 and R3 speak; the person's number agrees with words, shares, purposes."""
    paper = certificate(area_m2="1.295,6 m²")
    assert {finding.code for finding in check(paper, TABLES).findings} >= {"R1", "R2", "R3"}
    entry = answered(paper, said("area_m2", 1205.6))
    assert entry.findings == ()
    assert entry.fields["land_use"].status == "accepted"
    assert entry.status == "confirmed"


def test_an_error_stays_open_until_all_that_it_names_is_confirmed() -> None:
    """The paper itself says 1.205,6 in digits and another number in words: data, once a person says so of both."""
    paper = certificate(area_words_m2="Hai nghìn mét vuông")
    one = answered(paper, said("area_m2", 1205.6))
    assert [f.severity for f in one.findings if f.code == "R1"] == ["error"]
    assert one.status == "review"
    both = answered(paper, said("area_m2", 1205.6), said("area_words_m2", 2000.0))
    assert [f.severity for f in both.findings if f.code == "R1"] == ["warning"]
    assert both.status == "confirmed"


def test_unreadable_is_an_answer_and_the_machines_guess_is_dropped() -> None:
    entry = answered(certificate(area_words_m2="Hai nghìn mét vuông"), said("area_words_m2", None))
    assert (entry.fields["area_words_m2"].value, entry.fields["area_words_m2"].status) == (None, "unreadable")
    assert "R1" not in {finding.code for finding in entry.findings}


def test_an_unreadable_date_tells_no_era() -> None:
    entry = answered(certificate(), said("issued_on", None))
    assert entry.era is None
    assert key_of(entry) is None


def test_a_date_given_by_a_person_tells_the_era() -> None:
    paper = draft(**{name: text for name, text in CERTIFICATE.items() if name != "issued_on"})
    assert check(paper, TABLES).era is None
    entry = answered(paper, said("issued_on", "2011-03-04"))
    assert entry.era == "2009"  # 10/12/2009–30/6/2014 (domain.md 1.1)
    assert entry.fields["issued_on"].source == "inferred"


def test_a_commune_given_by_a_person_settles_code_and_name() -> None:
    paper = certificate(address="Thôn 1")
    before = check(paper, TABLES)
    assert "unit-unknown" in {finding.code for finding in before.findings}
    entry = answered(paper, said("unit_code", "20842"))
    assert [(entry.fields[n].value, entry.fields[n].status) for n in ("unit_code", "unit_name")] == [
        ("20842", "confirmed"),
        ("Xã Bình Quế", "confirmed"),
    ]
    assert entry.findings == ()
    assert key_of(entry) is not None


def test_what_a_person_found_on_the_paper_is_not_missing() -> None:
    paper = draft(**{name: text for name, text in CERTIFICATE.items() if name != "parcel_no"})
    assert "field-missing" in {finding.code for finding in check(paper, TABLES).findings}
    entry = answered(paper, said("parcel_no", "125"))
    assert entry.findings == ()
    assert entry.status == "confirmed"


def test_a_confirmed_note_settles_what_it_names() -> None:
    paper = certificate(change_note=("Tach tu thua 397", "Tách từ thửa 391"))
    entry = answered(paper, said("change_note", "Tách từ thửa 397"))
    assert entry.fields["refs"].value == (Ref("parcel", "397"),)
    assert entry.fields["refs"].status == "accepted"


def test_a_rejected_entry_stays_with_what_was_read_and_makes_no_parcel() -> None:
    entry = answered(certificate(), Answer("entry", None, "reject", None, None, None))
    assert entry.status == "rejected"
    assert entry.fields == check(certificate(), TABLES).fields
    assert key_of(entry) is None


def test_an_answer_does_not_move_to_another_place_of_the_page() -> None:
    """A new reader finds the field elsewhere: what the person said was about another place."""
    paper = certificate(parcel_no=("125", "126"))
    entry = answered(paper, said("parcel_no", "126", box=Box(500, 900, 600, 930)))
    assert entry.fields["parcel_no"].status == "review"
    assert "answer-displaced" in {finding.code for finding in entry.findings}
    near = answered(paper, said("parcel_no", "126", box=Box(12, 12, 190, 38)))  # overlaps the place that is read
    assert near.fields["parcel_no"].status == "confirmed"


def row(number: int, **texts: object) -> Draft:
    made = draft("so_muc_ke", None, "2013", row=number, **{"unit_name": "Xã Bình Quế", "sheet_no": "9", **texts})  # type: ignore[arg-type]
    return replace(made, entry_id=f"row-{number}")


def test_a_confirmed_row_helps_its_neighbours_and_is_not_overruled_by_them() -> None:
    """392, 393 (one engine: 398), 394 read by one engine only; once 394 is confirmed no other number fits between."""
    rows = [
        row(1, parcel_no="392", area_m2="183,7"),
        row(2, parcel_no=("393", None), area_m2="175,0"),
        row(3, parcel_no=("394", None), area_m2="145,6"),
    ]
    before = check_answered(rows, {}, TABLES)
    assert [entry.fields["parcel_no"].status for entry in before] == ["accepted", "review", "review"]
    answer = Answer("row-3", "parcel_no", "value", "394", None, None)
    after = check_answered(rows, {"row-3": [answer]}, TABLES)
    assert [entry.fields["parcel_no"].status for entry in after] == ["accepted", "accepted", "confirmed"]


def test_a_rejected_row_counts_for_nothing_among_its_neighbours() -> None:
    rows = [
        row(1, parcel_no="392", area_m2="183,7"),
        row(2, parcel_no="392", area_m2="1,7"),
        row(3, parcel_no="393", area_m2="145,6"),
    ]
    assert any("2 dòng" in f.message.vi for entry in check_answered(rows, {}, TABLES) for f in entry.findings)
    reject = Answer("row-2", None, "reject", None, None, None)
    after = check_answered(rows, {"row-2": [reject]}, TABLES)
    assert [entry.status for entry in after][1] == "rejected"
    assert not any("2 dòng" in f.message.vi for entry in (after[0], after[2]) for f in entry.findings)


def test_a_confirmed_sheet_is_not_taken_from_the_row_above() -> None:
    rows = [row(1, parcel_no="392", area_m2="183,7"), row(2, sheet_no='"', parcel_no="1", area_m2="175,0")]
    answer = Answer("row-2", "sheet_no", "value", "10", None, None)
    after = check_answered(rows, {"row-2": [answer]}, TABLES)
    assert (after[1].fields["sheet_no"].value, after[1].fields["sheet_no"].status) == ("10", "confirmed")


def test_land_use_given_by_a_person_is_weighed_against_the_area() -> None:
    paper = certificate(land_use=("Đất ở tại nông thôn: 200,0 m²; Đất trồng cây lâu năm: 1.005,8 m²",) * 2)
    assert "R2" in {finding.code for finding in check(paper, TABLES).findings}
    entry = answered(paper, said("land_use", (LandUse("ONT", 200.0), LandUse("CLN", 1005.6))))
    assert entry.findings == ()
    assert entry.fields["land_use"].status == "confirmed"
