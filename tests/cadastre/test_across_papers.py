"""R11 and R16: what the papers of one parcel say of each other (domain.md 4)."""

from __future__ import annotations

from itertools import permutations

import pytest
from claims_made_up import KEY, entry, of_parcel, old, step

from cadastre.settling.settled import settle
from schemas.entries import Entry, Ref
from schemas.outcomes import Finding
from schemas.parcels import Link, Parcel
from schemas.tables import load_tables

TABLES = load_tables()


def found(*entries: Entry, links: tuple[Link, ...] = ()) -> dict[str, list[Finding]]:
    told: dict[str, list[Finding]] = {}
    for parcel in settle(entries, TABLES, links):
        for entry_id, finding in parcel.across:
            told.setdefault(entry_id, []).append(finding)
    return told


def codes(*entries: Entry, links: tuple[Link, ...] = ()) -> dict[str, list[str]]:
    return {entry_id: [one.code for one in told] for entry_id, told in found(*entries, links=links).items()}


def parcel(*entries: Entry) -> Parcel:
    (one,) = settle(entries, TABLES)
    return one


CERTIFICATE = entry("gcn", serial="BA 123456", register_no="CH 01234", area_m2=100.0, issued_on="2012-01-01")
REGISTER = entry("dia", "so_dia_chinh", serial="BA 123456", register_no="01234", area_m2=100.0)
ISSUED = entry("cap", "so_cap_gcn", serial="BA 123456", register_no="CH 01234", area_m2=100.0)


def test_papers_that_agree_say_nothing_also_where_a_book_leaves_the_letters_out() -> None:
    assert codes(CERTIFICATE, REGISTER, ISSUED) == {}
    assert parcel(CERTIFICATE, REGISTER, ISSUED).status == "consistent"


def test_a_serial_that_one_of_three_papers_prints_differently_is_that_papers_fault() -> None:
    wrong = entry("dia", "so_dia_chinh", serial="BA 128456", register_no="01234", area_m2=100.0)
    told = found(CERTIFICATE, wrong, ISSUED)
    assert list(told) == ["dia"]
    ((finding),) = told["dia"]
    assert (finding.code, finding.severity, finding.fields) == ("R11", "error", ("serial",))
    assert "giấy này bị đọc sai" in finding.message.vi
    assert "BA 123456" in finding.message.vi


def test_a_book_row_of_the_blanks_of_2004_is_not_meant_for_a_certificate_of_a_later_form() -> None:
    # serials A? are of the form of 2003, B? C? D? of that of 2009 (domain.md 1.2): two certificates, none misread
    later = entry("gcn", serial="DC 226224", area_m2=100.0, issued_on="2020-04-06")
    row = entry("dia", "so_dia_chinh", era="2003", serial="AL 789281", register_no="H 02288", area_m2=100.0)
    assert codes(later, row) == {}


def test_the_parcel_is_in_conflict_until_it_is_mended() -> None:
    wrong = entry("dia", "so_dia_chinh", serial="BA 128456", register_no="01234", area_m2=100.0)
    one = parcel(CERTIFICATE, wrong, ISSUED)
    assert (one.status, one.grade, "numbers-disagree" in one.grade_reasons) == ("conflict", 2, True)
    assert one.attributes["serial"] == "BA 123456"


def test_of_two_papers_neither_is_known_to_be_the_wrong_one() -> None:
    wrong = entry("dia", "so_dia_chinh", serial="BA 128456", register_no="01234")
    told = found(CERTIFICATE, wrong)
    assert sorted(told) == ["dia", "gcn"]
    assert all("một trong hai giấy" in one[0].message.vi for one in told.values())


@pytest.mark.parametrize(
    ("serial", "register", "fields"),
    [
        ("BA 123456", "01235", ("register_no",)),  # the same certificate under another issue number
        ("BA 999999", "01234", ("serial",)),  # the same issue number, another serial
        ("BA 999999", "07777", ("register_no", "serial")),  # the only row of this parcel names no paper that is known
    ],
)
def test_numbers_that_differ_are_told_by_field(serial: str, register: str, fields: tuple[str, ...]) -> None:
    told = found(CERTIFICATE, entry("dia", "so_dia_chinh", serial=serial, register_no=register))
    assert tuple(sorted(name for one in told["dia"] for name in one.fields)) == fields


def test_a_row_of_a_certificate_before_is_no_fault() -> None:
    # another law's serial, or one that the newer certificate names
    earlier = entry("dia", "so_dia_chinh", serial="Q 012345", register_no="00077")
    assert codes(CERTIFICATE, earlier) == {}
    named = entry("gcn", serial="CA 222222", register_no="CH 09999", refs=(Ref("serial", "BA 111111"),))
    assert codes(named, entry("cap", "so_cap_gcn", serial="BA 111111", register_no="CH 00001")) == {}


def test_a_row_of_another_day_or_beside_the_certificates_own_row_is_of_another_certificate() -> None:
    before = entry("cap", "so_cap_gcn", serial="BA 999999", register_no="CH 00001", issued_on="2010-06-01")
    assert codes(CERTIFICATE, before) == {}
    undated = entry("dia2", "so_dia_chinh", serial="BA 999999", register_no="00001")
    assert codes(CERTIFICATE, REGISTER, undated) == {}


def test_two_books_are_held_against_each_other_without_the_certificate() -> None:
    other = entry("cap", "so_cap_gcn", serial="BA 123456", register_no="CH 01254")
    assert sorted(codes(REGISTER, other)) == ["cap", "dia"]


def test_what_waits_for_a_person_accuses_nobody() -> None:
    waits = entry("dia", "so_dia_chinh", serial="BA 128456", register_no="01234", waiting=("serial",))
    assert codes(CERTIFICATE, waits) == {}


def test_the_order_of_arrival_changes_no_finding() -> None:
    wrong = entry("dia", "so_dia_chinh", serial="BA 128456", register_no="01284")
    told = [found(*order) for order in permutations((CERTIFICATE, wrong, ISSUED))]
    assert all(one == told[0] for one in told)


def test_papers_under_an_older_number_are_held_against_it_too() -> None:
    book = old("cap", "so_cap_gcn", era="2013", serial="BA 123456", register_no="CH 01284")
    older = of_parcel(KEY, "48")
    assert codes(CERTIFICATE, book) == {}
    links = (step(type(older)(older.unit, "2013", "3", "48")),)
    assert sorted(codes(CERTIFICATE, book, links=links)) == ["cap", "gcn"]


# R16

PARENT = entry("old", serial="BA 111111", issued_on="2012-05-12")


def child(note: str, *serials: str) -> Entry:
    refs = tuple(Ref("serial", serial) for serial in serials)
    return entry("new", serial="CA 222222", issued_on="2018-05-12", change_note=note, refs=refs)


def test_a_child_that_names_its_parent_with_its_date_fits() -> None:
    assert codes(PARENT, child("Cấp đổi từ GCN số BA 111111 cấp ngày 12/5/2012", "BA 111111")) == {}


def test_a_child_that_gives_the_parent_another_date_is_told() -> None:
    told = found(PARENT, child("Cấp đổi từ GCN số BA 111111 cấp ngày 12/8/2012", "BA 111111"))
    assert [(one.code, one.severity) for one in told["new"]] == [("R16", "warning")]
    assert "12/08/2012" in told["new"][0].message.vi


def test_the_day_of_the_next_note_is_not_that_of_the_parent() -> None:
    note = "Cấp đổi từ GCN số BA 111111; 15/04/2019: Chuyển nhượng"
    assert codes(PARENT, child(note, "BA 111111")) == {}


def test_a_child_that_names_a_serial_one_confusion_off_the_parents_is_told_so() -> None:
    told = found(PARENT, child("Cấp đổi từ GCN số BA 171111", "BA 171111"))
    assert [one.code for one in told["new"]] == ["R16"]
    assert "dễ đọc nhầm" in told["new"][0].message.vi


def test_a_parent_whose_changes_name_another_certificate_than_the_child_is_told() -> None:
    note = "Đã cấp đổi GCN số CA 555555"
    parent = entry(
        "old", serial="BA 111111", issued_on="2012-05-12", change_note=note, refs=(Ref("serial", "CA 555555"),)
    )
    assert codes(parent, child("Cấp đổi từ GCN số BA 111111", "BA 111111")) == {"old": ["R16"]}
    silent = entry("old", serial="BA 111111", issued_on="2012-05-12", change_note="Thế chấp ngày 1/1/2015")
    assert codes(silent, child("Cấp đổi từ GCN số BA 111111", "BA 111111")) == {}


def test_a_division_that_the_parents_changes_do_not_name_is_told() -> None:
    named = (Ref("parcel", "301"), Ref("parcel", "302"))
    parent = entry("p", change_note="Tách thành thửa 301, thửa 302", refs=named)
    papers = [parent, *(entry(f"c{number}", "trich_do", parcel_no=number) for number in ("301", "303"))]
    fits = (step(KEY, of_parcel(KEY, "301"), "split"),)
    assert codes(*papers, links=fits) == {}
    assert codes(*papers, links=(*fits, step(KEY, of_parcel(KEY, "303"), "split"))) == {"p": ["R16"]}


def part(note: str, *serials: str, number: str = "301") -> Entry:
    refs = (Ref("parcel", "125"), *(Ref("serial", serial) for serial in serials))
    return entry(
        "part", serial="CA 222222", issued_on="2018-05-12", parcel_no=number, change_note=note, refs=refs
    )  # fmt: skip


WHOLE = entry(
    "whole", serial="BA 111111", issued_on="2012-05-12", change_note="Tách thửa thành thửa 301, 302",
    refs=(Ref("parcel", "301"), Ref("parcel", "302")),
)  # fmt: skip
DIVIDED = (step(KEY, of_parcel(KEY, "301"), "split"),)


def test_a_part_that_names_the_certificate_of_the_whole_fits() -> None:
    fits = part("Tách từ thửa 125, GCN số BA 111111 cấp ngày 12/5/2012", "BA 111111")
    assert codes(WHOLE, fits, links=DIVIDED) == {}


def test_a_part_that_names_another_certificate_than_that_of_the_whole_is_told() -> None:
    told = found(WHOLE, part("Tách từ thửa 125, GCN số BA 555555", "BA 555555"), links=DIVIDED)
    assert [(one.code, one.severity) for one in told["part"]] == [("R16", "warning")]
    assert "BA 555555" in told["part"][0].message.vi
    assert "BA 111111" in told["part"][0].message.vi


def test_a_part_that_gives_the_certificate_of_the_whole_another_day_is_told() -> None:
    told = found(WHOLE, part("Tách từ thửa 125, GCN số BA 111111 cấp ngày 12/8/2012", "BA 111111"), links=DIVIDED)
    assert "12/08/2012" in told["part"][0].message.vi


def test_a_part_may_name_a_certificate_that_is_not_held_where_the_older_one_tells_nothing_of_the_division() -> None:
    silent = entry("whole", serial="BA 111111", issued_on="2012-05-12", change_note="Thế chấp ngày 1/1/2015")
    named = part("Tách từ thửa 125, GCN số BA 555555", "BA 555555")
    assert codes(silent, named, links=DIVIDED) == {}
    slip = part("Tách từ thửa 125, GCN số BA 171111", "BA 171111")
    assert codes(silent, slip, links=DIVIDED) == {"part": ["R16"]}
