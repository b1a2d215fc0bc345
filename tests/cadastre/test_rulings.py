"""What a person ruled where papers do not agree, and what becomes of the claims."""

from __future__ import annotations

from dataclasses import replace

from claims_made_up import AN, BINH, KEY, OLD, entry, field, old, step
from lots_made_up import TABLES

from cadastre.asking.dispute_cases import DisputeQuestion
from cadastre.asking.disputes import ask_disputes
from cadastre.settling.settled import settle
from schemas.disputes import Decided, DisputeVerdict, Ruling
from schemas.entries import Entry, Ref, Value
from schemas.parcels import Link, Parcel

INDEX_1 = entry("e1", "so_muc_ke", legal_area_m2=400.0)
INDEX_2 = entry("e2", "so_muc_ke", legal_area_m2=450.0)
#: Two certificates for two people; no book has either.
CERTIFICATES = [
    entry("c1", serial="BA 123456", register_no="CH 00123", issued_on="2012-05-12", owners=AN),
    entry("c2", serial="BX 223456", register_no="CH 00456", issued_on="2013-06-03", owners=BINH),
]


def asked(
    entries: list[Entry], links: tuple[Link, ...] = (), decided: tuple[Decided, ...] = ()
) -> list[DisputeQuestion]:
    parcels = settle(entries, TABLES, links, decided=decided)
    return ask_disputes("land", parcels, {one.entry_id: one for one in entries}, TABLES, decided)


def ruled(question: DisputeQuestion, verdict: DisputeVerdict, side: int | None = None, value: Value = None) -> Decided:
    return Decided(question.asked, Ruling(question.asked.question_id, verdict, side, value), "2026-11-26")


def parcel(entries: list[Entry], *decided: Decided, links: tuple[Link, ...] = ()) -> Parcel:
    return next(one for one in settle(entries, TABLES, links, decided=decided) if one.key == KEY)


def told(one: Parcel, attribute: str) -> set[tuple[Value, str, str]]:
    return {(claim.value, claim.standing, claim.rule) for claim in one.claims if claim.attribute == attribute}


def test_the_value_that_a_person_picked_stands_and_the_other_stays_visible():
    (question,) = asked([INDEX_1, INDEX_2])
    assert (question.asked.kind, question.asked.attribute) == ("value", "legal_area_m2")
    found = parcel([INDEX_1, INDEX_2], ruled(question, "side", 1))
    assert told(found, "legal_area_m2") == {
        (450.0, "current", "parcel-index:person"),
        (400.0, "superseded", "parcel-index:person"),
    }
    assert "papers-disagree" not in found.grade_reasons


def test_a_written_value_is_a_claim_of_its_day_and_no_paper_s_value_is_lost():
    (question,) = asked([INDEX_1, INDEX_2])
    found = parcel([INDEX_1, INDEX_2], ruled(question, "value", value=432.1))
    assert found.legal_area_m2 == 432.1
    (claim,) = [one for one in found.claims if one.attribute == "legal_area_m2" and one.standing == "current"]
    assert (claim.asserted_on, claim.rule) == ("2026-11-26", "parcel-index:person")
    assert {value for value, state, _ in told(found, "legal_area_m2") if state == "superseded"} == {400.0, 450.0}


def test_both_may_be_right():
    notes = [entry(f"e{n}", "so_muc_ke", change_note=note) for n, note in enumerate(("Thửa cũ 5", "Đã ký ranh giới"))]
    (question,) = asked(notes)
    assert question.personal  # notes are about people
    assert {state for _, state, _ in told(parcel(notes, ruled(question, "all")), "change_note")} == {"current"}


def test_where_none_is_right_nothing_stands_not_even_a_lighter_paper():
    papers = [INDEX_1, INDEX_2, entry("a", "don_dang_ky", area_m2=400.0)]
    (question,) = asked(papers)
    found = parcel(papers, ruled(question, "none"))
    assert found.legal_area_m2 is None
    assert "no-paper-right" in found.grade_reasons
    assert found.status == "review"


def test_what_is_not_known_stays_open_and_is_not_asked_again():
    (question,) = asked([INDEX_1, INDEX_2])
    unknown = ruled(question, "unknown")
    assert parcel([INDEX_1, INDEX_2], unknown).status == "conflict"
    assert asked([INDEX_1, INDEX_2], decided=(unknown,)) == []


def test_a_later_ruling_on_the_same_values_stands():
    (question,) = asked([INDEX_1, INDEX_2])
    third = entry("e3", "so_muc_ke", legal_area_m2=450.0)
    (again,) = asked([INDEX_1, INDEX_2, third])
    both = (ruled(question, "side", 1), ruled(again, "side", 0))
    assert parcel([INDEX_1, INDEX_2, third], *both).legal_area_m2 == 400.0
    assert parcel([INDEX_1, INDEX_2, third], *reversed(both)).legal_area_m2 == 450.0


def test_a_heavier_paper_stands_above_a_ruling_on_lighter_ones():
    (question,) = asked([INDEX_1, INDEX_2])
    decision = entry("d", "quyet_dinh", area_m2=470.0, issued_on="2016-03-01")
    found = parcel([INDEX_1, INDEX_2, decision], ruled(question, "side", 1))
    assert found.legal_area_m2 == 470.0


def test_a_ruling_whose_papers_do_not_meet_on_a_parcel_says_nothing_of_it():
    (question,) = asked([INDEX_1, INDEX_2])
    assert parcel([INDEX_1], ruled(question, "side", 1)).legal_area_m2 == 400.0


def test_two_papers_that_differ_on_several_parcels_are_asked_for_once():
    first = [entry(f"a{n}", "so_muc_ke", document="quyen-1", parcel_no=str(n), legal_area_m2=400.0) for n in (1, 2, 3)]
    second = [entry(f"b{n}", "so_muc_ke", document="quyen-2", parcel_no=str(n), legal_area_m2=450.0) for n in (1, 2, 3)]
    (question,) = asked([*first, *second])
    assert (question.asked.kind, len(question.settled)) == ("papers", 3)
    settled = settle([*first, *second], TABLES, decided=[ruled(question, "side", 1)])
    assert {one.legal_area_m2 for one in settled} == {450.0}
    (unknown, *more) = asked([*first, *second], decided=(ruled(question, "unknown"),))
    assert (unknown.asked.kind, len(more)) == ("value", 2)


def test_of_two_living_certificates_a_person_says_which_is_in_force():
    (question,) = asked(CERTIFICATES)
    assert (question.asked.kind, question.cause) == ("certificate", "rivals")
    found = parcel(CERTIFICATES, ruled(question, "side", 0))
    assert found.attributes["serial"] == "BA 123456"
    assert told(found, "owners") == {
        (AN, "current", "certificate"),
        (BINH, "superseded", "certificate:person"),
    }


def test_co_users_may_each_have_a_certificate_though_the_papers_do_not_say_so():
    (question,) = asked(CERTIFICATES)
    found = parcel(CERTIFICATES, ruled(question, "all"))
    assert {value for value, state, _ in told(found, "owners") if state == "current"} == {AN, BINH}
    assert found.status == "consistent"


def test_one_ruling_counts_for_all_parcels_on_the_two_certificates():
    papers = [
        entry(f"{serial}-{n}", document=serial, serial=serial, parcel_no=str(n), issued_on=day, owners=owner)
        for serial, day, owner in (("BA 123456", "2012-05-12", AN), ("BX 223456", "2013-06-03", BINH))
        for n in (1, 2)
    ]
    (question,) = asked(papers)
    assert len(question.settled) == 2
    settled = settle(papers, TABLES, decided=[ruled(question, "side", 1)])
    assert {one.attributes["serial"] for one in settled} == {"BX 223456"}


def test_a_certificate_that_a_book_says_was_succeeded_for_others_is_asked_for():
    book = entry("b", "so_cap_gcn", serial="BX 223456", register_no="CH 00456", issued_on="2013-06-03", owners=BINH)
    papers = [CERTIFICATES[0], book]
    (question,) = asked(papers)
    assert (question.asked.kind, question.cause) == ("certificate", "succeeded")
    assert "certificate-succeeded" in parcel(papers).grade_reasons
    kept = parcel(papers, ruled(question, "side", 0))
    assert kept.attributes["serial"] == "BA 123456"
    gone = parcel(papers, ruled(question, "side", 1))
    assert gone.attributes["serial"] == "BX 223456"
    assert {one.status for one in (kept, gone)} == {"consistent"}


def test_a_certificate_that_a_later_one_names_as_its_parent_is_not_asked_for():
    later = entry("c2", serial="BX 223456", issued_on="2013-06-03", owners=BINH, refs=(Ref("serial", "BA 123456"),))
    assert asked([CERTIFICATES[0], later]) == []


def test_a_number_that_two_papers_of_one_certificate_print_differently_is_asked_for_once():
    book = entry("b", "so_cap_gcn", serial="BA 128456", register_no="CH 00123", issued_on="2012-05-12", owners=AN)
    papers = [CERTIFICATES[0], book]
    (question,) = asked(papers)
    assert (question.asked.kind, question.asked.attribute) == ("number", "serial")
    right = next(n for n, value in enumerate(question.cases[0].values) if value == "BA 123456")
    found = parcel(papers, ruled(question, "side", right))
    assert found.attributes["serial"] == "BA 123456"
    assert (found.status, {finding.severity for _, finding in found.across}) == ("consistent", {"warning"})
    assert all(finding.message.vi.endswith("Đã có người xem và trả lời.") for _, finding in found.across)


def test_a_dispute_that_an_older_number_had_is_one_question_for_both_numbers():
    papers = [
        old("o1", legal_area_m2=400.0), old("o2", legal_area_m2=450.0), entry("n", "so_muc_ke", area_m2=430.0)
    ]  # fmt: skip
    (question,) = asked(papers, (step(),))
    assert question.settled == {OLD, KEY}
    found = parcel(papers, ruled(question, "side", 0), links=(step(),))
    assert found.legal_area_m2 == question.cases[0].values[0]


def test_rulings_change_nothing_where_nothing_was_ruled():
    papers = [INDEX_1, INDEX_2, *CERTIFICATES]
    assert settle(papers, TABLES) == settle(papers, TABLES, decided=[])


#: A survey of 512 m² of a parcel whose certificate has 450: beyond the tolerance, not like a misread digit.
AREAS = [entry("m", "trich_do", area_m2=512.0, issued_on="2016-01-05"),
         entry("g", area_m2=450.0, issued_on="2012-05-12", serial="BA 123456", owners=AN)]  # fmt: skip


def test_two_areas_that_differ_too_much_are_asked_for_and_both_may_be_right():
    (question,) = asked(AREAS)
    assert (question.asked.kind, question.cause) == ("area", "material")
    found = parcel(AREAS, ruled(question, "all"))
    assert (found.area_m2, found.legal_area_m2, found.status) == (512.0, 450.0, "consistent")
    assert "area-drift" in found.grade_reasons


def test_an_area_that_a_person_calls_wrong_does_not_stand():
    (question,) = asked(AREAS)
    found = parcel(AREAS, ruled(question, "side", 0))
    assert (found.area_m2, found.legal_area_m2) == (512.0, None)
    assert (450.0, "superseded", "certificate:person") in told(found, "legal_area_m2")
    assert asked(AREAS, decided=(ruled(question, "side", 0),)) == []


def test_two_certificates_that_are_rivals_on_one_parcel_and_succeed_on_another_are_asked_for_once():
    # The issue book's row makes c2 the later one on parcel 125; on 126 no book tells of either.
    on_125 = [*CERTIFICATES, entry("row", "so_cap_gcn", serial="BX 223456", owners=BINH, issued_on="2013-06-03")]
    on_126 = [replace(one, entry_id=f"{one.entry_id}-126", fields=one.fields | {"parcel_no": field("126")})
              for one in CERTIFICATES]  # fmt: skip
    (question,) = asked([*on_125, *on_126])
    assert (question.asked.kind, len(question.settled)) == ("certificate", 2)
    right = [side.serials for side in question.asked.sides].index(("BA 123456",))
    for one in settle([*on_125, *on_126], TABLES, decided=[ruled(question, "side", right)]):
        assert one.attributes["serial"] == "BA 123456"


def test_questions_of_one_worth_stand_in_the_order_of_the_numbers():
    places = [("2", "9"), ("2", "10"), ("10", "1")]
    papers = [
        entry(f"{name}-{sheet}-{parcel}", "so_muc_ke", sheet_no=sheet, parcel_no=parcel, legal_area_m2=area)
        for sheet, parcel in reversed(places)
        for name, area in (("a", 400.0), ("b", 450.0))
    ]
    keys = [next(iter(one.settled)) for one in asked(papers)]
    assert [(key.sheet, key.parcel) for key in keys] == places
