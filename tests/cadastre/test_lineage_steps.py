"""The same land on two maps: renumbered, divided, joined, taken into another commune."""

from __future__ import annotations

import random

import duckdb
from mentions_made_up import UNIT, told

from cadastre.linking.lineage import reconcile
from cadastre.numberings.mentions import Mention
from schemas.parcels import Link, ParcelKey, Said, SheetSaid
from schemas.tables import load_tables
from schemas.weights import load_weights

TABLES, WEIGHTS = load_tables(), load_weights()
FAMILIES = (
    "le van an", "tran thi binh", "pham cong cuc", "vo dinh dung", "ho thi em", "dang van giang", "bui thi hoa",
    "ngo quang khanh", "duong thi lan", "huinh van minh", "doan nam", "dinh thi oanh", "mai van phuc", "luu thi que",
    "trinh van son", "phan thi tam", "ta quoc uy", "cao thi van", "ly van xuan", "to thi yen",
)  # fmt: skip


def sheet_of_299() -> list[Mention]:
    """Twenty parcels of twenty families, 1 to 20 on sheet 3."""
    return [told(n, "299", f"3/{n}", area=300.0 + 37.0 * n, name=FAMILIES[n - 1]) for n in range(1, 21)]


def sheet_of_survey(*, first: int = 101) -> list[Mention]:
    """The same twenty measured again, a little off, on sheet 12."""
    return [
        told(100 + n, "2009", f"12/{first - 1 + n}", area=round((300.0 + 37.0 * n) * 1.004, 1), name=FAMILIES[n - 1])
        for n in range(1, 21)
    ]


def links_of(mentions: list[Mention], said: tuple[Said | SheetSaid, ...] = ()) -> dict[tuple[str, str], Link]:
    found = reconcile(mentions, TABLES, WEIGHTS, duckdb.connect(), said)
    short = {str(link.older).split("@")[1]: link for link in found.links}
    assert len(short) <= len(found.links)
    return {(str(link.older).split("@")[1], str(link.newer).split("@")[1]): link for link in found.links}


def test_parcels_that_were_surveyed_again_are_found_by_family_area_and_neighbours() -> None:
    found = links_of(sheet_of_299() + sheet_of_survey())
    assert set(found) == {(f"299/3/{n}", f"2009/12/{100 + n}") for n in range(1, 21)}
    assert {link.relation for link in found.values()} == {"same"}


def test_what_speaks_for_a_link_is_told_and_names_nobody() -> None:
    papers = sheet_of_survey()
    papers[6] = told(107, "2009", "12/107", area=561.2, name="ho van la", olds=("3/7",))
    link = links_of(sheet_of_299() + papers)["299/3/7", "2009/12/107"]
    assert link.evidence[0] == "printed:E107"
    assert any(part.startswith("bridge:printed:+") for part in link.evidence)
    assert not any(word in " ".join(link.evidence) for family in FAMILIES for word in (family, family.replace(" ", "")))


def test_a_parcel_divided_between_the_maps_is_found_by_the_sum_of_its_parts() -> None:
    papers = sheet_of_survey()
    papers[9:10] = [
        told(110, "2009", "12/110", area=270.0, name=FAMILIES[9]),
        told(210, "2009", "12/131", area=400.5, name="huinh van nghia"),
    ]
    found = links_of(sheet_of_299() + papers)
    parts = {newer: link.relation for (older, newer), link in found.items() if older == "299/3/10"}
    assert parts == {"2009/12/110": "split", "2009/12/131": "split"}


def test_new_numbers_at_the_end_of_a_sheet_that_a_note_explains_are_parts() -> None:
    papers = sheet_of_survey()
    papers += [
        told(301, "2013", "12/121", area=200.0, name=FAMILIES[4], olds=("12/105",), carved=True, kind="gcn"),
        told(302, "2013", "12/122", area=287.0, name="ho van tu", olds=("12/105",), carved=True, kind="gcn"),
    ]
    found = links_of(papers)
    assert {ends for ends, link in found.items() if link.relation == "split"} == {
        ("2009/12/105", "2009/12/121"),
        ("2009/12/105", "2009/12/122"),
    }


def test_a_letter_behind_a_number_is_a_part() -> None:
    papers = sheet_of_299()
    papers.append(told(401, "1993", "3/8a", area=290.0, name=FAMILIES[7], kind="gcn"))
    papers.append(told(402, "1993", "3/8b", area=306.0, name="ngo van tai", kind="gcn"))
    found = links_of(papers)
    assert {newer for (older, newer) in found if older == "299/3/8"} == {"299/3/8a", "299/3/8b"}


def test_a_commune_taken_into_another_keeps_its_numbers_and_that_is_no_renumbering() -> None:
    # Phường Hòa Hương (20344) became a part of Phường Hương Trà (20350) on 1 July 2025
    after = next(u.successor for u in TABLES.units if u.code == "20344" and u.successor)
    assert after == "20350"
    before = [
        told(n, "2009", f"7/{n}", area=100.5 + 41.3 * n, name=FAMILIES[n - 1], unit="20344") for n in range(1, 21)
    ]
    later = [
        told(
            500 + n,
            "2024",
            f"7/{n}",
            area=100.5 + 41.3 * n,
            name=FAMILIES[n - 1],
            unit=after,
            day="2025-09-01",
            kind="gcn",
        )
        for n in range(1, 21)
    ]
    found = links_of(before + later)
    assert {link.relation for link in found.values()} == {"unit_change"}
    assert len(found) == 20


def test_neighbouring_communes_that_both_live_on_are_never_one_land() -> None:
    one = [told(n, "2003", f"7/{n}", area=100.5 + 41.3 * n, name=FAMILIES[n - 1], unit="20344") for n in range(1, 21)]
    other = [
        told(50 + n, "2009", f"7/{n}", area=100.5 + 41.3 * n, name=FAMILIES[n - 1], unit="20341") for n in range(1, 21)
    ]
    assert links_of(one + other) == {}


def test_a_persons_word_stands_above_what_papers_suggest() -> None:
    papers = sheet_of_299() + sheet_of_survey()
    older = ParcelKey(UNIT, "299", "3", "5")
    wrong, right = (ParcelKey(UNIT, "2009", "12", number) for number in ("105", "106"))
    found = links_of(papers, (Said(older, wrong, yes=False), Said(older, right, yes=True)))
    assert {newer for (one, newer) in found if one == "299/3/5"} == {"2009/12/106"}
    elsewhere = SheetSaid((UNIT, "299", "3"), ((UNIT, "2009", "13"),))
    assert links_of(papers, (elsewhere,)) == {}


def test_the_order_of_the_papers_changes_nothing_and_there_is_no_circle() -> None:
    papers = sheet_of_299() + sheet_of_survey()
    papers += [told(301, "2013", "12/121", area=200.0, name=FAMILIES[4], olds=("12/105",), carved=True, kind="gcn")]
    known = reconcile(papers, TABLES, WEIGHTS, duckdb.connect())
    for seed in range(3):
        shuffled = random.Random(seed).sample(papers, len(papers))
        again = reconcile(shuffled, TABLES, WEIGHTS, duckdb.connect())
        assert (again.links, again.series) == (known.links, known.series)


def test_parts_that_only_newer_papers_name_by_letter_are_parts_of_the_plain_number() -> None:
    book = sheet_of_299()
    parts = [
        told(201, "2009", "12/40", area=250.0, name="ngo van la", olds=("3/7a",)),
        told(202, "2009", "12/41", area=309.0, name="ha thi xa", olds=("3/7b",)),
    ]
    found = links_of(book + parts)
    assert set(found) == {("299/3/7", "2009/12/40"), ("299/3/7", "2009/12/41")}
    assert {link.relation for link in found.values()} == {"split"}
    assert found["299/3/7", "2009/12/40"].evidence[0] == "printed:E201"


def test_numbers_behind_the_last_that_only_newer_papers_name_are_parts_by_their_areas() -> None:
    book = sheet_of_299()  # 3/20 is the last and largest: 1040 m²
    held = told(200, "1993", "3/22", area=420.0, name="to thi nga", kind="gcn")
    parts = [
        told(201, "2009", "12/40", area=300.0, name="to van la", olds=("3/21",)),
        told(202, "2009", "12/41", area=320.0, name="to thi xa", olds=("3/23",)),
    ]
    found = links_of([*book, held, *parts])
    assert {("299/3/20", "299/3/22"), ("299/3/20", "2009/12/40"), ("299/3/20", "2009/12/41")} <= set(found)


def test_a_part_with_a_letter_is_divided_off_though_the_others_are_not_known() -> None:
    red = told(300, "1993", "3/7b", area=280.0, name="bui thi hoa", kind="gcn")
    link = links_of([*sheet_of_299(), red])["299/3/7", "299/3/7b"]
    assert link.relation == "split"


def test_a_row_of_parcels_in_its_order_is_found_where_every_owner_is_new() -> None:
    sold = [
        told(100 + n, "2009", f"12/{141 - n}", area=round((300.0 + 37.0 * n) * 1.003, 1), name=f"ha van {n}la")
        for n in range(1, 21)
    ]
    found = links_of(sheet_of_299() + sold)
    true = {(f"299/3/{n}", f"2009/12/{141 - n}") for n in range(1, 21)}
    assert len(true & set(found)) >= 18
    assert not set(found) - true


def test_two_parcels_that_a_note_says_were_joined_are_found_though_only_their_numbers_are_told() -> None:
    joined = told(300, "2003", "3/21", area=1007.0, name="ho van la", kind="gcn", olds=("?/5", "?/6"), joined=True)
    found = links_of([*sheet_of_299(), joined])  # 3/5 has 485 m² and 3/6 has 522 m²
    assert set(found) == {("299/3/5", "299/3/21"), ("299/3/6", "299/3/21")}
    assert {link.relation for link in found.values()} == {"merge"}


def test_a_parcel_bought_from_the_neighbour_and_joined_is_found_by_its_owner_and_the_exact_sum() -> None:
    joined = told(300, "2003", "3/21", area=1007.0, name=FAMILIES[4], kind="gcn")
    assert set(links_of([*sheet_of_299(), joined])) == {("299/3/5", "299/3/21"), ("299/3/6", "299/3/21")}


def test_of_an_exact_sum_of_strangers_land_nothing_is_said() -> None:
    stranger = told(300, "2003", "3/21", area=1007.0, name="ngo van la", kind="gcn")
    assert links_of([*sheet_of_299(), stranger]) == {}


def test_all_parts_that_notes_tell_of_are_found_though_one_is_not_held() -> None:
    parts = [
        told(300 + n, "2003", f"3/{20 + n}", area=area, name=name, kind="gcn", olds=("3/20",), carved=True)
        for n, area, name in ((1, 300.0, "to van la"), (3, 250.0, "ngo thi xa"))
    ]  # 3/20 has 1040 m²: 3/22, whose papers are lost, holds the rest
    found = links_of([*sheet_of_299(), *parts])
    assert set(found) == {("299/3/20", "299/3/21"), ("299/3/20", "299/3/23")}


def test_a_parcel_divided_after_the_new_map_comes_from_the_old_map_by_way_of_its_whole() -> None:
    survey = sheet_of_survey()  # 12/107 is 3/7: 559 m², 561.2 m² by the survey
    parts = [
        told(301, "2013", "12/121", area=300.0, name=FAMILIES[6], kind="gcn", serial="AB 111111"),
        told(302, "2013", "12/122", area=261.2, name="ngo van la", kind="gcn"),
    ]
    red = told(300, "1993", "3/7", area=559.0, name=FAMILIES[6], kind="gcn", serial="AB 111111")
    found = links_of([*sheet_of_299(), *survey, *parts, red])
    about = {ends for ends in found if "2009/12/107" in ends or "2009/12/121" in ends or "299/3/7" in ends}
    assert about == {
        ("299/3/7", "2009/12/107"), ("2009/12/107", "2009/12/121"), ("2009/12/107", "2009/12/122")
    }  # fmt: skip
