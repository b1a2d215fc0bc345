"""What a parcel publishes while nobody knows whether an older number was its own."""

from __future__ import annotations

from claims_made_up import AN, BINH, KEY, OLD, entry, old, step

from cadastre.asking.disputes import ask_disputes
from cadastre.settling.settled import settle
from schemas.entries import Entry, LandUse, Owner
from schemas.parcels import Link, Parcel, ParcelKey
from schemas.tables import load_tables

TABLES = load_tables()
DOUBTFUL = step(p=0.9)


def parcel(*entries: Entry, links: tuple[Link, ...] = (DOUBTFUL,)) -> Parcel:
    keys = {one.entry_id: OLD for one in entries if one.fields["sheet_no"].value == "3"}  # of the map of 1980
    return {one.key: one for one in settle(entries, TABLES, links, keys=keys)}[KEY]


def told(found: Parcel, attribute: str) -> list[tuple[str, str, str]]:
    return [(c.entry_id, c.standing, c.rule) for c in found.claims if c.attribute == attribute]


def test_a_user_in_a_book_waits_where_a_doubtful_number_has_a_certificate_for_another() -> None:
    index = entry("index", "so_muc_ke", owners=AN, area_m2=500.0)
    found = parcel(index, old("red", "gcn", era="1993", owners=BINH))
    assert told(found, "owners") == [("index", "disputed", "parcel-index:doubtful-step")]
    assert (found.status, found.grade) == ("review", 2)
    assert "link-doubtful" in found.grade_reasons
    assert "papers-disagree" not in found.grade_reasons


def test_nothing_of_the_doubtful_number_is_told_of_the_parcel() -> None:
    found = parcel(entry("index", "so_muc_ke", owners=AN), old("red", "gcn", era="1993", owners=BINH))
    assert {claim.entry_id for claim in found.claims} == {"index"}
    assert found.entry_ids == ("index",)


def test_what_would_stand_either_way_stands() -> None:
    wife = (Owner("Nguyễn Văn An"), Owner("Lê Thị Hoa"))
    found = parcel(
        entry("index", "so_muc_ke", owners=AN, legal_area_m2=500.0, legal_land_use=(LandUse("LUC", None),)),
        old("red", "gcn", era="2003", owners=wife, area_m2=505.0, land_use=(LandUse("LUC", 505.0),)),
    )
    # the same man, with his wife; 5 m² where 0.4 · √505 = 9 m² is allowed; the same code
    assert told(found, "owners") == [("index", "current", "parcel-index")]
    assert found.legal_area_m2 == 500.0
    assert found.land_use == (LandUse("LUC", None),)


def test_an_area_beyond_the_tolerance_waits() -> None:
    found = parcel(
        entry("index", "so_muc_ke", legal_area_m2=500.0), old("red", "gcn", era="2003", area_m2=550.0)
    )  # 50 m², where 0.4 · √550 = 9.4 m² is allowed
    assert found.legal_area_m2 is None


def test_the_parcels_own_certificate_does_not_wait_for_an_older_one_that_may_be_of_other_land() -> None:
    found = parcel(
        entry("own", "gcn", owners=AN, serial="BA 123456", issued_on="2016-05-03"),
        old("other", "gcn", era="1993", owners=BINH, serial="D 654321", issued_on="1999-05-03"),
    )
    assert told(found, "owners") == [("own", "current", "certificate")]
    assert found.status == "review"


def test_a_lighter_paper_of_a_doubtful_number_holds_nothing_back() -> None:
    found = parcel(entry("index", "so_muc_ke", owners=AN), old("register", "so_dang_ky", owners=BINH))
    assert told(found, "owners") == [("index", "current", "parcel-index")]


def test_a_doubt_further_back_counts_too() -> None:
    between = ParcelKey("20794", "2003", "5", "7")
    middle = entry("middle", "so_muc_ke", era="2003", sheet_no="5", parcel_no="7", owners=AN)
    links = (step(newer=between, p=0.9), step(older=between, p=0.995))
    index = entry("index", "so_muc_ke", owners=AN)
    assert parcel(index, middle, old("red", "gcn", era="1993", owners=AN), links=links).status == "consistent"
    found = parcel(index, middle, old("red", "gcn", era="1993", owners=BINH), links=links)
    assert found.status == "review"
    assert {c.standing for c in found.claims if c.attribute == "owners"} == {"disputed"}


def test_a_persons_yes_ends_the_waiting() -> None:
    papers = (entry("index", "so_muc_ke", owners=AN), old("red", "gcn", era="1993", owners=BINH))
    found = parcel(*papers, links=(step(p=1.0, evidence=("said",)),))
    assert [c.value for c in found.claims if c.attribute == "owners" and c.standing == "current"] == [BINH]


def test_what_waits_for_a_step_is_asked_about_the_step_and_not_value_by_value() -> None:
    papers = [entry("index", "so_muc_ke", owners=AN, area_m2=500.0), old("red", "gcn", era="1993", owners=BINH)]
    found = parcel(*papers)
    assert told(found, "owners") == [("index", "disputed", "parcel-index:doubtful-step")]
    assert ask_disputes("land", [found], {one.entry_id: one for one in papers}, TABLES) == []
