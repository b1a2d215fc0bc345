"""Older numbers of a parcel, and when each of them held."""

from __future__ import annotations

import pytest
from claims_made_up import KEY, OLD, entry, of_parcel, old, step

from cadastre.settling.chains import elders
from cadastre.settling.settled import settle
from schemas.parcels import Link, Parcel, ParcelKey
from schemas.tables import load_tables

TABLES = load_tables()
MIDDLE = ParcelKey("20794", "1993", "7", "81")


def by_key(parcels: list[Parcel]) -> dict[ParcelKey, Parcel]:
    return {one.key: one for one in parcels}


def test_elders_come_nearest_first() -> None:
    links = [Link(OLD, MIDDLE, "same", 0.9), Link(MIDDLE, KEY, "same", 0.97)]
    assert {key: [str(one.key) for one in line] for key, line in elders(links).items()} == {
        MIDDLE: [str(OLD)],
        KEY: [str(MIDDLE), str(OLD)],
    }
    assert [(one.steps, one.series_back, one.p) for one in elders(links)[KEY]] == [(1, 1, 0.97), (2, 2, 0.9)]


def test_a_change_of_commune_keeps_the_series_and_a_division_ends_the_chain() -> None:
    moved = ParcelKey("20797", "2013", "12", "125")
    links = [Link(OLD, KEY, "same", 1.0), Link(KEY, moved, "unit_change", 1.0)]
    assert [(str(one.key), one.series_back) for one in elders(links)[moved]] == [(str(KEY), 0), (str(OLD), 1)]
    assert elders([step(relation="split"), step(KEY, moved, "merge")]) == {}


def test_links_that_go_round_are_refused_with_their_keys() -> None:
    with pytest.raises(ValueError, match=r"circle: .*20794@299/3/48"):
        elders([step(), step(KEY, OLD)])


def test_the_older_number_ends_the_day_before_the_newer_is_known() -> None:
    found = by_key(settle([old("a", area_m2=480.0), entry("b", issued_on="2015-03-20")], TABLES, [step()]))
    assert (found[OLD].valid_to, found[KEY].valid_from, found[KEY].valid_to) == ("2015-03-19", "2015-03-20", None)


def test_undated_papers_begin_with_their_era() -> None:
    found = by_key(settle([old("a"), entry("b", "so_muc_ke")], TABLES, [step()]))
    # era 2013 begins on 1 July 2014 (domain.md 1.1)
    assert (found[OLD].valid_to, found[KEY].valid_from) == ("2014-06-30", "2014-07-01")
    assert (found[OLD].valid_from, settle([entry("b", "so_muc_ke")], TABLES)[0].valid_from) == (None, None)


@pytest.mark.parametrize(("day", "before"), [("2015", "2014-12-31"), ("2015-03", "2015-02-28")])
def test_a_month_or_year_begins_with_its_first_day(day: str, before: str) -> None:
    found = by_key(settle([old("a"), entry("b", issued_on=day)], TABLES, [step()]))
    assert found[OLD].valid_to == before


def test_a_parcel_never_ends_before_it_began() -> None:
    late = old("a", "gcn", issued_on="2016-01-01")
    found = by_key(settle([late, entry("b", issued_on="2015-03-20")], TABLES, [step()]))
    assert (found[OLD].valid_from, found[OLD].valid_to) == ("2016-01-01", "2016-01-01")


def test_a_division_ends_the_parent_and_the_paper_that_made_the_child_begins_it() -> None:
    parent, one, other = entry("p", area_m2=500.0), of_parcel(KEY, "301"), of_parcel(KEY, "302")
    first = entry("c1", "trich_do", parcel_no="301", area_m2=200.0, issued_on="2018-06-01")
    again = entry("c2", parcel_no="301", area_m2=200.0, issued_on="2017-01-01")
    second = entry("c3", "trich_do", parcel_no="302", area_m2=300.0, issued_on="2018-06-01")
    links = [step(KEY, one, "split", evidence=("printed:c1",)), step(KEY, other, "split", evidence=("printed:c3",))]
    found = by_key(settle([parent, first, again, second], TABLES, links))
    assert (found[one].valid_from, found[KEY].valid_to) == ("2018-06-01", "2018-05-31")
    assert found[one].legal_area_m2 == 200.0
    assert all(claim.key == one for claim in found[one].claims), "what held of the whole is not of a part"


def test_a_merged_commune_takes_over_on_its_day() -> None:
    # 20335 was Phường Tân Thạnh to 2025-06-30 and is Phường Bàn Thạch with Hòa Thuận (20341) since (domain.md, fact 1)
    before, after = ParcelKey("20341", "2013", "12", "125"), ParcelKey("20335", "2024", "12", "125")
    papers = [
        entry("a", unit_code="20341", area_m2=300.0, issued_on="2016-01-01"),
        entry("b", "trich_do", unit_code="20335", era="2024", area_m2=302.0, issued_on="2026-02-01"),
    ]
    found = by_key(settle(papers, TABLES, [Link(before, after, "unit_change", 1.0)]))
    assert (found[before].valid_to, found[after].valid_from) == ("2025-06-30", "2025-07-01")
    assert (found[after].legal_area_m2, found[after].area_m2) == (300.0, 302.0)


def test_a_later_survey_stands_above_an_earlier_one_of_a_heavier_kind() -> None:
    papers = [old("a", "trich_do", era="1993", area_m2=480.0), entry("b", "so_muc_ke", area_m2=560.0)]
    newer = by_key(settle(papers, TABLES, [step(ParcelKey("20794", "1993", "3", "48"))]))[KEY]
    assert newer.area_m2 == 560.0
    rules = {c.entry_id: (c.standing, c.rule) for c in newer.claims if c.attribute == "area_m2"}
    assert rules == {"b": ("current", "parcel-index:later-series"), "a": ("superseded", "parcel-index:later-series")}
    assert {c.value: c.standing for c in newer.claims if c.attribute == "sheet_no"} == {
        "12": "current",
        "3": "superseded",
    }


def test_papers_of_the_older_number_count_as_sources() -> None:
    found = by_key(settle([old("a"), entry("b")], TABLES, [step()]))
    assert (found[OLD].entry_ids, found[KEY].entry_ids) == (("a",), ("a", "b"))


def test_a_key_without_papers_in_a_link_changes_nothing() -> None:
    (found,) = settle([entry("b", area_m2=100.0)], TABLES, [step()])
    assert (found.key, found.legal_area_m2) == (KEY, 100.0)


def test_the_series_key_may_be_handed_in() -> None:
    (found,) = settle([entry("a", era="2024", area_m2=100.0)], TABLES, keys={"a": KEY})
    assert found.key == KEY
