"""Parcels divided or joined after their commune's sheets went to another, and parcels of an extract of its own."""

from __future__ import annotations

import duckdb
from mentions_made_up import told

from cadastre.linking.carried_numbers import carried
from cadastre.linking.lineage import reconcile
from cadastre.linking.lots import lots_of
from cadastre.numberings.mentions import Mention
from schemas.tables import load_tables
from schemas.weights import load_weights

TABLES, WEIGHTS = load_tables(), load_weights()
FAMILIES = (
    "le van an", "tran thi binh", "pham cong cuc", "vo dinh dung", "ho thi em", "dang van giang", "bui thi hoa",
    "ngo quang khanh", "duong thi lan", "huinh van minh", "doan nam", "dinh thi oanh", "mai van phuc", "luu thi que",
)  # fmt: skip
# Phường Hòa Hương (20344) became a part of Phường Hương Trà (20350) on 1 July 2025
BEFORE, AFTER = "20344", "20350"


def area(n: int) -> float:
    return 100.5 + 41.3 * n


def sheet(unit: str, *, but: tuple[int, ...] = ()) -> list[Mention]:
    """Sheet 7 of a commune, which is the same in both: fourteen families with their parcels."""
    if unit == BEFORE:
        return [told(n, "2009", f"7/{n}", area=area(n), name=FAMILIES[n - 1], unit=unit) for n in range(1, 15)]
    return [
        told(
            100 + n, "2024", f"7/{n}", area=area(n), name=FAMILIES[n - 1], unit=unit, day="2025-09-01", kind="gcn"
        )
        for n in range(1, 15)
        if n not in but
    ]  # fmt: skip


def steps_of(mentions: list[Mention]) -> dict[tuple[str, str], str]:
    found = reconcile(mentions, TABLES, WEIGHTS, duckdb.connect())
    return {(str(one.older), str(one.newer)): one.relation for one in found.links}


def carried_over(mentions: list[Mention]) -> dict[str, set[str]]:
    """Return the older parcels that go over with their numbers, by the newer sheet."""
    lots = lots_of(mentions, {one.entry_id: one.key.era for one in mentions}, TABLES)
    sheets: dict[tuple[str, str, str], list[int]] = {}
    for n, lot in enumerate(lots):
        sheets.setdefault((lot.key.unit, lot.key.era, lot.key.sheet), []).append(n)
    return {"@".join(at[:2]): {str(lots[n].key) for n in some} for at, some in carried(lots, sheets).items()}


def test_what_the_newer_commune_has_no_paper_of_goes_over_with_its_sheet() -> None:
    assert carried_over(sheet(BEFORE) + sheet(AFTER, but=(5, 9))) == {
        f"{AFTER}@2024": {f"{BEFORE}@2009/7/5", f"{BEFORE}@2009/7/9"}
    }


def test_a_sheet_of_equal_number_with_other_parcels_goes_over_to_nobody() -> None:
    others = [told(100 + n, "2024", f"7/{n}", area=2000.0 + 77 * n, name=FAMILIES[-n], unit=AFTER) for n in range(1, 7)]
    assert carried_over(sheet(BEFORE) + others) == {}


def late(number: int, place: str, **more: object) -> Mention:
    return told(number, "2024", place, unit=AFTER, day="2025-11-03", kind="gcn", **more)  # type: ignore[arg-type]


def test_a_parcel_that_was_divided_after_its_commune_was_taken_into_another_is_found_by_the_note() -> None:
    # 7/9 (472.2 m²) of the old commune has no paper of the new one; its parts took the numbers after the highest
    parts = [
        late(201, "7/15", area=272.2, name=FAMILIES[8], olds=("7/9",), carved=True),
        late(202, "7/16", area=200.0, name="trieu van nghia", olds=("7/9",), carved=True),
    ]
    found = steps_of(sheet(BEFORE) + sheet(AFTER, but=(9,)) + parts)
    assert {newer: how for (older, newer), how in found.items() if older == f"{BEFORE}@2009/7/9"} == {
        f"{AFTER}@2024/7/15": "split",
        f"{AFTER}@2024/7/16": "split",
    }


def test_one_part_of_such_a_parcel_is_found_by_its_note_where_no_paper_of_the_other_is_held() -> None:
    part = late(201, "7/15", area=272.2, name="trieu van nghia", olds=("7/9",), carved=True)
    found = steps_of([*sheet(BEFORE), *sheet(AFTER, but=(9,)), part])
    assert found[f"{BEFORE}@2009/7/9", f"{AFTER}@2024/7/15"] == "split"


def test_parcels_that_were_joined_after_their_commune_was_taken_into_another_are_found_by_the_note() -> None:
    # 7/5 and 7/6 held 307 + 348.3 = 655.3 m²
    joined = late(201, "7/15", area=655.3, name=FAMILIES[4], olds=("7/5", "7/6"), joined=True)
    found = steps_of([*sheet(BEFORE), *sheet(AFTER, but=(5, 6)), joined])
    assert {older: how for (older, newer), how in found.items() if newer == f"{AFTER}@2024/7/15"} == {
        f"{BEFORE}@2009/7/5": "merge",
        f"{BEFORE}@2009/7/6": "merge",
    }


def test_parcels_that_one_of_their_holders_joined_without_a_note_are_found_by_their_sum() -> None:
    # 7/5 and 7/7 held 307 + 389.6 = 696.6 m²
    joined = late(201, "7/15", area=696.6, name=FAMILIES[4])
    found = steps_of([*sheet(BEFORE), *sheet(AFTER, but=(5, 7)), joined])
    assert {older: how for (older, newer), how in found.items() if newer == f"{AFTER}@2024/7/15"} == {
        f"{BEFORE}@2009/7/5": "merge",
        f"{BEFORE}@2009/7/7": "merge",
    }


def test_strangers_land_of_the_commune_before_is_not_divided_for_its_area_alone() -> None:
    # 7/9 had 472.2 m²; two new parcels of other people make that up and name nothing
    parts = [
        late(201, "7/15", area=272.2, name="trieu van nghia"),
        late(202, "7/16", area=200.0, name="kieu thi phuong"),
    ]
    found = steps_of(sheet(BEFORE) + sheet(AFTER, but=(9,)) + parts)
    assert not {newer for (older, newer) in found if older == f"{BEFORE}@2009/7/9"}


def test_a_parcel_measured_alone_on_an_extract_is_the_parcel_of_the_map_that_its_paper_names() -> None:
    extract = told(
        301, "2009", "MTĐĐC 03-2012/1", area=area(3) + 2.1, name="pham cong cuc", unit=BEFORE, olds=("7/3",), kind="gcn"
    )
    found = steps_of([*sheet(BEFORE), extract])
    assert found == {(f"{BEFORE}@2009/7/3", f"{BEFORE}@2009/MTĐĐC 03-2012/1"): "same"}


def test_a_parcel_of_a_map_that_names_an_extract_was_measured_there_before() -> None:
    extract = told(301, "2009", "MTĐĐC 01-2010/1", area=area(3), name="pham cong cuc", unit=BEFORE, kind="gcn")
    book = told(302, "2009", "7/15", area=area(3), name="pham cong cuc", unit=BEFORE, olds=("MTĐĐC 01-2010/1",))
    found = steps_of([*sheet(BEFORE), extract, book])
    assert found == {(f"{BEFORE}@2009/MTĐĐC 01-2010/1", f"{BEFORE}@2009/7/15"): "same"}
