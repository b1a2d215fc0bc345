"""What stands while a heavier or later paper of the same parcel has a value that nobody has read for sure."""

from __future__ import annotations

from dataclasses import replace

from claims_made_up import AN, entry, field

from cadastre.asking.disputes import ask_disputes
from cadastre.settling.settled import settle
from schemas.entries import Entry, FieldStatus, Value
from schemas.parcels import Parcel
from schemas.tables import load_tables

TABLES = load_tables()


def waiting(told: Entry, name: str, value: Value, status: FieldStatus = "review") -> Entry:
    return replace(told, fields={**told.fields, name: field(value, status)})


def parcel(*entries: Entry) -> Parcel:
    (found,) = settle(entries, TABLES)
    return found


def stands(found: Parcel, attribute: str) -> list[tuple[str, str]]:
    return [(c.standing, c.rule) for c in found.claims if c.attribute == attribute]


REGISTER = entry("register", "so_dia_chinh", serial="AN 495689", area_m2=500.0, issued_on="2008-05-03")
NEWER = entry("newer", "gcn", area_m2=520.0, issued_on="2019-10-08")


def test_an_older_serial_does_not_stand_while_the_newer_certificates_is_not_read() -> None:
    read = parcel(REGISTER, replace(NEWER, fields={**NEWER.fields, "serial": field("CY 820673")}))
    assert read.attributes["serial"] == "CY 820673"
    for status in ("review", "unreadable"):
        found = parcel(REGISTER, waiting(NEWER, "serial", "CV 820673" if status == "review" else None, status))
        assert "serial" not in found.attributes
        assert stands(found, "serial") == [("disputed", "cadastral-register:waiting-value")]


def test_an_older_area_waits_with_the_parcel_where_the_newer_paper_may_say_another() -> None:
    found = parcel(REGISTER, waiting(NEWER, "area_m2", 620.0))
    assert found.legal_area_m2 is None
    assert (found.status, "value-waits" in found.grade_reasons) == ("review", True)
    assert "papers-disagree" not in found.grade_reasons


def test_what_would_stand_either_way_stands() -> None:
    assert parcel(REGISTER, waiting(NEWER, "area_m2", 502.0)).legal_area_m2 == 500.0  # 0.4 · √502 = 9 m² is allowed


def test_of_what_cannot_be_read_the_lighter_papers_value_stands() -> None:
    assert parcel(REGISTER, waiting(NEWER, "area_m2", None, "unreadable")).legal_area_m2 == 500.0


def test_a_lighter_paper_that_waits_holds_nothing_back() -> None:
    index = entry("index", "so_muc_ke", owners=AN)
    found = parcel(NEWER, waiting(index, "legal_area_m2", 999.0))
    assert found.legal_area_m2 == 520.0


def test_who_answers_for_the_reading_settles_it_and_is_not_asked_twice() -> None:
    papers = (REGISTER, waiting(NEWER, "area_m2", 620.0))
    assert not ask_disputes("Q", [parcel(*papers)], {one.entry_id: one for one in papers}, TABLES)
    answered = parcel(REGISTER, waiting(NEWER, "area_m2", 520.0, "confirmed"))
    assert answered.legal_area_m2 == 520.0
    assert stands(answered, "legal_area_m2")[0] == ("current", "certificate")
