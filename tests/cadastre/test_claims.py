"""Entries become parcels: which paper's value stands, and what a parcel says of itself (domain.md 8.6)."""

from __future__ import annotations

from dataclasses import replace

from claims_made_up import entry, field
from hypothesis import given, settings
from hypothesis import strategies as st

from cadastre.settling.keys import key_of
from cadastre.settling.settled import settle
from schemas.entries import Corner, Entry, LandUse, Ref, Value
from schemas.errors import Message
from schemas.outcomes import Finding
from schemas.parcels import Parcel, ParcelKey
from schemas.tables import load_tables

TABLES = load_tables()


def parcel(*entries: Entry) -> Parcel:
    (found,) = settle(entries, TABLES)
    return found


def standings(found: Parcel, attribute: str) -> list[tuple[str, Value, str]]:
    return [(c.entry_id, c.value, c.standing) for c in found.claims if c.attribute == attribute]


def test_the_key_is_the_commune_of_that_time_the_papers_era_sheet_and_parcel() -> None:
    assert str(key_of(entry("a"))) == "20794@2013/12/125"
    assert key_of(entry("a")) == ParcelKey("20794", "2013", "12", "125")


def test_no_parcel_is_made_until_unit_sheet_and_parcel_number_are_taken() -> None:
    for name in ("unit_code", "sheet_no", "parcel_no"):
        assert settle([entry("a", waiting=(name,))], TABLES) == []
    assert settle([replace(entry("a"), era=None)], TABLES) == []
    assert settle([replace(entry("a"), status="rejected")], TABLES) == []


def test_a_persons_answer_counts_like_an_accepted_value() -> None:
    answered = entry("a")
    fields = {**answered.fields, "parcel_no": field("125", "confirmed")}
    assert len(settle([replace(answered, fields=fields)], TABLES)) == 1


def test_the_area_on_a_certificate_is_legal_and_that_of_an_extract_is_measured() -> None:
    found = parcel(entry("a", area_m2=120.0), entry("b", "trich_do", area_m2=118.5))
    assert (found.legal_area_m2, found.area_m2) == (120.0, 118.5)
    assert (found.status, found.grade) == ("consistent", 1)


def test_a_parcel_index_prints_both_areas() -> None:
    found = parcel(entry("a", "so_muc_ke", area_m2=118.5, legal_area_m2=120.0))
    assert (found.area_m2, found.legal_area_m2) == (118.5, 120.0)


def test_the_heavier_paper_stands_and_the_lighter_stays_visible() -> None:
    found = parcel(
        entry("book", "so_muc_ke", area_m2=118.0, legal_area_m2=119.0),
        entry("paper", "gcn", area_m2=120.0),
        entry("survey", "trich_do", area_m2=118.5),
    )
    assert (found.area_m2, found.legal_area_m2) == (118.5, 120.0)
    assert standings(found, "legal_area_m2") == [("paper", 120.0, "current"), ("book", 119.0, "superseded")]
    assert standings(found, "area_m2") == [("survey", 118.5, "current"), ("book", 118.0, "superseded")]
    assert {claim.rule for claim in found.claims if claim.attribute == "area_m2"} == {"survey-extract"}


def test_at_equal_rank_the_later_date_stands() -> None:
    found = parcel(
        entry("old", "trich_do", area_m2=118.0, issued_on="2015-01-01"),
        entry("new", "trich_do", area_m2=119.0, issued_on="2020-01-01"),
    )
    assert found.area_m2 == 119.0
    assert found.status == "consistent"
    assert found.valid_from == "2015-01-01"


def test_undated_or_same_day_and_different_is_disputed_and_nothing_stands() -> None:
    for days in ({}, {"issued_on": "2015-01-01"}):
        found = parcel(entry("a", "trich_do", area_m2=118.0, **days), entry("b", "trich_do", area_m2=181.0, **days))
        assert found.area_m2 is None
        assert {standing for _, _, standing in standings(found, "area_m2")} == {"disputed"}
        assert found.status == "conflict"


def test_papers_that_say_the_same_are_no_dispute() -> None:
    found = parcel(entry("a", "trich_do", area_m2=118.0), entry("b", "trich_do", area_m2=118.0))
    assert found.area_m2 == 118.0
    assert [standing for _, _, standing in standings(found, "area_m2")] == ["current", "current"]


def test_two_living_certificates_are_a_conflict_unless_one_names_the_other() -> None:
    first = entry("a", serial="BA 111111", issued_on="2012-01-01")
    second = entry("b", serial="CA 222222", issued_on="2018-01-01")
    assert parcel(first, second).status == "conflict"
    naming = replace(second, fields={**second.fields, "refs": field((Ref("serial", "BA 111111"),))})
    found = parcel(first, naming)
    assert found.status == "consistent"
    book = entry("c", "so_muc_ke", refs=(Ref("serial", "BA 111111"),))
    assert parcel(first, second, book).status == "conflict"
    assert found.attributes["serial"] == "CA 222222"


def test_a_value_that_waits_is_empty_and_makes_the_parcel_wait() -> None:
    found = parcel(entry("a", area_m2=120.0, waiting=("area_m2",)))
    assert (found.legal_area_m2, found.status, found.grade) == (None, "review", 3)


def test_names_that_wait_do_not_hold_the_parcel_back_and_are_not_in_it() -> None:
    found = parcel(entry("a", area_m2=120.0, owners=(), change_note="…", waiting=("owners",)))
    assert found.status == "consistent"
    assert "owners" not in found.attributes
    assert "change_note" not in found.attributes


def test_an_open_error_makes_the_parcel_wait() -> None:
    fault = Finding("R3", "error", ("private_m2",), Message("…", "…"))
    found = parcel(replace(entry("a", area_m2=120.0), findings=(fault,)))
    assert (found.status, found.grade) == ("review", 2)


# geometry: a rectangle of 20 m by 30 m in Bình Dương, x north and y east on paper

X, Y = 1_743_000.0, 566_000.0
CORNERS = (
    Corner(1, X, Y, 20.0),
    Corner(2, X + 20, Y, 30.0),
    Corner(3, X + 20, Y + 30, 20.0),
    Corner(4, X, Y + 30, 30.0),
)


def test_the_ring_is_east_and_north_and_closed() -> None:
    found = parcel(entry("a", "trich_do", area_m2=600.0, corners=CORNERS))
    assert found.ring == ((Y, X), (Y, X + 20), (Y + 30, X + 20), (Y + 30, X), (Y, X))
    assert found.geometry_note is None


def test_a_ring_that_crosses_itself_or_lies_elsewhere_is_not_drawn() -> None:
    crossed = (CORNERS[0], CORNERS[2], CORNERS[1], CORNERS[3])
    far = tuple(replace(corner, y=corner.y - 26_800) for corner in CORNERS)
    for corners in (crossed, far):
        found = parcel(entry("a", "trich_do", area_m2=600.0, corners=corners))
        assert found.ring is None
        assert found.geometry_note


def test_a_parcel_without_corners_says_so() -> None:
    assert parcel(entry("a")).geometry_note == "Chưa có giấy tờ nào cho tọa độ góc ranh được chấp nhận."


ENTRIES = [
    entry("a", area_m2=120.0, serial="BA 111111", issued_on="2015-01-01", land_use=(LandUse("ONT", 120.0),)),
    entry("b", area_m2=121.0, serial="CA 222222", issued_on="2018-01-01"),
    entry("c", "so_muc_ke", area_m2=118.0, legal_area_m2=120.0, user_type="GDC"),
    entry("d", "trich_do", area_m2=118.5, corners=CORNERS),
    entry("e", "trich_do", area_m2=119.0, issued_on="2019-01-01"),
    entry("f", "so_muc_ke", area_m2=50.0, parcel_no="126"),
    entry("g", "so_muc_ke", area_m2=51.0, parcel_no="126"),
    entry("h", area_m2=99.0, era="2009"),
]


@settings(deadline=None)
@given(st.permutations(ENTRIES), st.lists(st.sampled_from(ENTRIES)))
def test_the_order_of_the_entries_and_repeating_them_change_nothing(entries: list[Entry], again: list[Entry]) -> None:
    assert settle([*entries, *again], TABLES) == settle(ENTRIES, TABLES)
