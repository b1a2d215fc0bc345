"""Which certificate is in force, and when two living ones are a conflict (domain.md 8.7)."""

from __future__ import annotations

import pytest
from claims_made_up import AN, BINH, KEY, entry, old, step

from cadastre.settling.settled import settle
from schemas.entries import Entry, Owner, Ref, Value
from schemas.parcels import Parcel
from schemas.tables import load_tables

TABLES = load_tables()


def parcel(*entries: Entry) -> Parcel:
    (found,) = settle(entries, TABLES)
    return found


def serials(found: Parcel) -> dict[Value, str]:
    return {claim.value: claim.standing for claim in found.claims if claim.attribute == "serial"}


FIRST = entry("a", serial="BA 111111", issued_on="2012-01-01", owners=AN, area_m2=300.0)


@pytest.mark.parametrize(
    "note",
    [
        "Thu hồi giấy chứng nhận BA 111111 theo Quyết định 12/QĐ-UBND",
        "Cấp đổi từ giấy chứng nhận số BA 111111",
        "Cấp lại do GCN BA 111111 bị mất",
        "Hủy giấy chứng nhận BA 111111",
        "Giấy này thay thế giấy chứng nhận BA 111111",
    ],
)
def test_a_later_paper_that_revokes_exchanges_or_cancels_a_certificate_ends_it(note: str) -> None:
    found = parcel(FIRST, entry("b", serial="CA 222222", issued_on="2018-01-01", owners=BINH, change_note=note))
    assert serials(found) == {"CA 222222": "current", "BA 111111": "superseded"}
    assert found.status == "consistent"


def test_the_old_certificates_own_page_may_say_it() -> None:
    first = entry("a", serial="BA 111111", issued_on="2012-01-01", change_note="Đã cấp đổi sang GCN CA 222222")
    found = parcel(first, entry("b", serial="CA 222222", issued_on="2018-01-01"))
    assert serials(found) == {"CA 222222": "current", "BA 111111": "superseded"}


@pytest.mark.parametrize(
    "note", ["Nhà nước thu hồi 50 m2 đất để mở đường", "Thế chấp theo hợp đồng 12; đã xóa thế chấp", "Ông Huy đã mất"]
)
def test_land_taken_back_or_a_mortgage_ends_no_certificate(note: str) -> None:
    first = entry("a", serial="BA 111111", issued_on="2012-01-01", change_note=note)
    found = parcel(first, entry("b", "so_muc_ke", legal_area_m2=100.0))
    assert serials(found) == {"BA 111111": "current"}
    assert "certificate-withdrawn" not in found.grade_reasons


def test_of_certificates_that_name_each_other_the_older_is_ended() -> None:
    first = entry("a", serial="BA 111111", issued_on="2012-01-01", refs=(Ref("serial", "CA 222222"),))
    second = entry("b", serial="CA 222222", issued_on="2018-01-01", refs=(Ref("serial", "BA 111111"),))
    assert serials(parcel(first, second)) == {"CA 222222": "current", "BA 111111": "superseded"}


def test_an_ended_certificate_weighs_less_than_a_parcel_index_and_more_than_the_books_of_299() -> None:
    note = {"change_note": "Thu hồi giấy chứng nhận BA 111111"}
    gone = entry("a", serial="BA 111111", owners=AN)
    index = entry("b", "so_muc_ke", owners=BINH, **note)
    found = parcel(gone, index)
    assert [c.entry_id for c in found.claims if c.attribute == "owners" and c.standing == "current"] == ["b"]
    found = parcel(gone, entry("b", "don_dang_ky", owners=BINH, **note))
    assert [c.entry_id for c in found.claims if c.attribute == "owners" and c.standing == "current"] == ["a"]
    assert "certificate-withdrawn" in found.grade_reasons


def test_two_living_certificates_are_a_conflict_for_a_person() -> None:
    found = parcel(FIRST, entry("b", serial="CA 222222", issued_on="2018-01-01", owners=BINH))
    assert serials(found) == {"CA 222222": "disputed", "BA 111111": "disputed"}
    assert (found.status, found.grade) == ("conflict", 2)
    assert "two-certificates" in found.grade_reasons


def test_co_users_each_have_a_certificate_with_the_whole_area() -> None:
    shared = {"area_m2": 300.0, "private_m2": 0.0, "shared_m2": 300.0, "issued_on": "2012-01-01"}
    found = parcel(
        entry("a", serial="BA 111111", owners=AN, **shared), entry("b", serial="BA 111112", owners=BINH, **shared)
    )
    assert serials(found) == {"BA 111111": "current", "BA 111112": "current"}
    assert (found.status, found.legal_area_m2) == ("consistent", 300.0)
    assert {c.value for c in found.claims if c.attribute == "owners" and c.standing == "current"} == {AN, BINH}


def test_co_owners_of_one_day_each_hold_one() -> None:
    both = {"owners": (Owner("Nguyễn Văn An"), Owner("Trần Thị Bình")), "issued_on": "2012-01-01"}
    found = parcel(entry("a", serial="BA 111111", **both), entry("b", serial="BA 111112", **both))
    assert found.status == "consistent"


# a later certificate that names none


LATER = {"serial": "CA 222222", "issued_on": "2018-01-01", "area_m2": 300.0}


def test_a_later_certificate_of_the_same_people_took_the_older_ones_place() -> None:
    found = parcel(FIRST, entry("b", owners=AN, **LATER))
    assert serials(found) == {"CA 222222": "current", "BA 111111": "superseded"}
    assert found.status == "consistent"


@pytest.mark.parametrize(
    ("on_the_older", "on_the_newer"),
    [
        ({"change_note": "Để thừa kế cho bà Trần Thị Bình, sinh năm 1970, ngày 3/4/2016"}, {}),
        ({}, {"change_note": "Nhận chuyển nhượng năm 2017"}),
        ({}, {"origin": ("NTC-CNQ-CTT",)}),
    ],
)
def test_heirs_and_buyers_took_it_over(on_the_older: dict[str, Value], on_the_newer: dict[str, Value]) -> None:
    first = entry("a", serial="BA 111111", issued_on="2012-01-01", owners=AN, area_m2=300.0, **on_the_older)
    found = parcel(first, entry("b", owners=BINH, **LATER, **on_the_newer))
    assert serials(found) == {"CA 222222": "current", "BA 111111": "superseded"}
    assert found.status == "consistent"


def test_a_later_certificate_of_strangers_in_the_issue_book_stands_and_waits_for_a_person() -> None:
    row = entry("b", "so_cap_gcn", owners=BINH, **LATER)
    found = parcel(FIRST, row)
    assert serials(found) == {"CA 222222": "current", "BA 111111": "superseded"}
    assert (found.status, found.grade, "certificate-succeeded" in found.grade_reasons) == ("review", 2, True)


def test_a_later_decision_for_other_people_ends_the_certificate_and_asks_a_person() -> None:
    found = parcel(FIRST, entry("b", "quyet_dinh", owners=BINH, area_m2=296.9, issued_on="2018-09-11"))
    owners = {claim.entry_id: claim.standing for claim in found.claims if claim.attribute == "owners"}
    assert owners == {"a": "superseded", "b": "current"}
    assert found.legal_area_m2 == 296.9
    assert (found.status, "certificate-succeeded" in found.grade_reasons) == ("review", True)


@pytest.mark.parametrize(
    ("people", "day"),
    [
        (AN, "2018-09-11"),  # of the same people: it may take a part of the land back
        (BINH, "2011-12-20"),  # before the certificate
        (BINH, None),  # undated
    ],
)
def test_another_decision_leaves_the_certificate_in_force(people: tuple[Owner, ...], day: str | None) -> None:
    found = parcel(FIRST, entry("b", "quyet_dinh", owners=people, area_m2=120.0, issued_on=day))
    assert found.legal_area_m2 == 300.0
    assert "certificate-succeeded" not in found.grade_reasons


def test_a_misread_row_of_the_same_certificate_ends_nothing() -> None:
    row = entry("b", "so_cap_gcn", serial="BA 711111", owners=AN, issued_on="2018-01-01")
    found = parcel(FIRST, row)
    assert serials(found)["BA 111111"] == "current"
    assert "numbers-disagree" in found.grade_reasons


def test_a_register_row_of_an_ended_certificate_weighs_no_more_than_it() -> None:
    old_row = entry("dia", "so_dia_chinh", serial="BA 111111", owners=AN, era="2009")
    issued = entry("cap", "so_cap_gcn", owners=AN, **LATER)
    (found,) = settle([old_row, issued], TABLES, keys={"dia": KEY, "cap": KEY})
    assert serials(found) == {"CA 222222": "current", "BA 111111": "superseded"}


def test_the_parent_that_a_certificate_names_never_takes_its_place() -> None:
    # Blanks that begin with D came after those with C, and the register of 2013 to 2024 gives no day of its own.
    held = entry("red", serial="CQ 584897", issued_on="2023-12-07", owners=BINH, refs=(Ref("serial", "DS 111053"),))
    rows = (
        entry("parent", "so_dia_chinh", serial="DS 111053", owners=AN),
        entry("own", "so_dia_chinh", serial="CQ 584897", owners=BINH),
    )
    found = parcel(held, *rows, entry("index", "so_muc_ke", owners=AN))
    assert serials(found) == {"CQ 584897": "current", "DS 111053": "superseded"}
    assert {c.value: c.standing for c in found.claims if c.attribute == "owners"} == {BINH: "current", AN: "superseded"}
    assert "certificate-succeeded" not in found.grade_reasons


# across map series


def test_a_certificate_under_the_older_number_is_in_force_where_there_is_no_later_one() -> None:
    certificate = old("a", "gcn", serial="Q 012345", owners=AN, area_m2=480.0, issued_on="1996-05-01")
    index = entry("b", "so_muc_ke", area_m2=487.0, owners=BINH)
    newer, older = settle([certificate, index], TABLES, [step()])
    assert newer.attributes["serial"] == "Q 012345"
    assert (newer.legal_area_m2, newer.area_m2) == (480.0, 487.0)
    assert {c.entry_id: str(c.key) for c in newer.claims} == {"a": "20794@299/3/48", "b": "20794@2013/12/125"}
    assert older.valid_to is not None


def test_the_same_people_with_a_new_certificate_on_a_later_map_have_exchanged_theirs() -> None:
    before = old("a", "gcn", serial="Q 012345", owners=AN, issued_on="1996-05-01")
    after = entry("b", serial="BA 111111", owners=AN, issued_on="2016-01-01")
    newer, _ = settle([before, after], TABLES, [step()])
    assert serials(newer) == {"BA 111111": "current", "Q 012345": "superseded"}
    strangers = entry("b", serial="BA 111111", owners=BINH, issued_on="2016-01-01")
    found = {str(one.key): one.status for one in settle([before, strangers], TABLES, [step()])}
    assert found == {"20794@299/3/48": "consistent", "20794@2013/12/125": "conflict"}
