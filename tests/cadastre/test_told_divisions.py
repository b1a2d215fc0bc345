"""Divisions and joinings between two maps that notes tell of, or that stand beside a step over several maps."""

from __future__ import annotations

import duckdb
from mentions_made_up import told

from cadastre.linking.lineage import reconcile
from cadastre.numberings.mentions import Mention
from schemas.tables import load_tables
from schemas.weights import load_weights

TABLES, WEIGHTS = load_tables(), load_weights()
FAMILIES = (
    "le van an", "tran thi binh", "pham cong cuc", "vo dinh dung", "ho thi em", "dang van giang", "bui thi hoa",
    "ngo quang khanh", "duong thi lan", "huinh van minh", "doan nam", "dinh thi oanh", "mai van phuc", "luu thi que",
    "trinh van son", "phan thi tam", "ta quoc uy", "cao thi van", "ly van xuan", "to thi yen",
)  # fmt: skip


def area(n: int) -> float:
    return 300.0 + 37.0 * n


def sheet_of_299() -> list[Mention]:
    return [told(n, "299", f"3/{n}", area=area(n), name=FAMILIES[n - 1]) for n in range(1, 21)]


def survey(*, but: int) -> list[Mention]:
    """The other parcels measured again on sheet 12, with numbers that are one higher behind the one left out."""
    return [
        told(
            100 + n,
            "2009",
            f"12/{100 + n + (n > but)}",
            area=round(area(n) * 1.004, 1),
            name=FAMILIES[n - 1],
            olds=(f"3/{n}",),
        )
        for n in range(1, 21)
        if n != but
    ]


def steps_of(mentions: list[Mention]) -> dict[tuple[str, str], str]:
    found = reconcile(mentions, TABLES, WEIGHTS, duckdb.connect())
    short = {(str(one.older).split("@")[1], str(one.newer).split("@")[1]): one for one in found.links}
    return {ends: one.relation for ends, one in short.items()}


def test_two_parts_that_name_one_older_parcel_are_its_parts_though_the_old_area_was_measured_badly() -> None:
    # 3/10 had 670 m² on the map of 299; its parts hold 330 + 427 = 757 m², an eighth more
    parts = [
        told(201, "2009", "12/110", area=330.0, name=FAMILIES[9], olds=("3/10",), carved=True),
        told(202, "2009", "12/111", area=427.0, name="trieu van nghia", olds=("3/10",), carved=True),
    ]
    found = steps_of(sheet_of_299() + survey(but=10) + parts)
    assert {newer: relation for (older, newer), relation in found.items() if older == "299/3/10"} == {
        "2009/12/110": "split",
        "2009/12/111": "split",
    }


def test_a_parcel_that_names_two_older_ones_as_joined_holds_both_though_the_old_areas_were_measured_badly() -> None:
    # 3/10 and 3/11 had 670 + 707 = 1377 m² on the map of 299; what they were joined to holds 1180 m²
    joined = told(201, "2009", "12/110", area=1180.0, name="trieu van nghia", olds=("3/10", "3/11"), joined=True)
    others = [one for one in survey(but=10) if one.entry_id != "E111"]
    found = steps_of([*sheet_of_299(), *others, joined])
    assert {older: relation for (older, newer), relation in found.items() if newer == "2009/12/110"} == {
        "299/3/10": "merge",
        "299/3/11": "merge",
    }


def test_a_part_whose_holder_only_a_later_map_tells_does_not_hide_the_other_part() -> None:
    parts = [told(201, "2009", "12/110", area=270.0), told(202, "2009", "12/111", area=400.5, name="huinh van nghia")]
    later = [
        told(
            300 + n,
            "2013",
            f"30/{n + (n > 10)}",
            area=round(area(n) * 1.004, 1) + 0.3,
            name=FAMILIES[n - 1],
            olds=(f"12/{100 + n + (n > 10)}",),
        )
        for n in range(1, 21)
        if n != 10
    ]
    later += [
        told(401, "2013", "30/10", area=270.2, name=FAMILIES[9], olds=("12/110",)),
        told(402, "2013", "30/11", area=400.1, name="huinh van nghia", olds=("12/111",)),
    ]
    found = steps_of(sheet_of_299() + survey(but=10) + parts + later)
    assert {newer: relation for (older, newer), relation in found.items() if older == "299/3/10"} == {
        "2009/12/110": "split",
        "2009/12/111": "split",
    }
    assert found["2009/12/110", "2013/30/10"] == "same"


def test_a_note_that_a_newer_map_repeats_does_not_divide_the_parcel_again_between_the_maps() -> None:
    # 3/20 (1040 m²) was divided on its own map into 3/21 and 3/22; the books of the next map copy the notes
    inside = [
        told(501, "299", "3/21", area=540.0, name=FAMILIES[19], olds=("3/20",), carved=True),
        told(502, "299", "3/22", area=500.0, name="trieu van nghia", olds=("3/20",), carved=True),
    ]
    copied = [
        told(503, "2009", "12/120", area=541.0, name=FAMILIES[19], olds=("3/20",), carved=True),
        told(504, "2009", "12/121", area=501.2, name="trieu van nghia", olds=("3/20",), carved=True),
    ]
    found = steps_of(sheet_of_299() + inside + survey(but=20) + copied)
    assert {newer for (older, newer) in found if older == "299/3/20"} == {"299/3/21", "299/3/22"}
    assert found["299/3/21", "2009/12/120"] == "same"
    assert found["299/3/22", "2009/12/121"] == "same"


def test_of_parts_their_sum_is_told_and_not_that_each_is_smaller() -> None:
    # 270 + 400.5 = 670.5 m², and 3/10 had 670
    parts = [
        told(201, "2009", "12/110", area=270.0, name=FAMILIES[9]),
        told(202, "2009", "12/111", area=400.5, name="huinh van nghia"),
    ]
    found = reconcile(sheet_of_299() + survey(but=10) + parts, TABLES, WEIGHTS, duckdb.connect())
    evidence = [one.evidence for one in found.links if str(one.older).endswith("299/3/10")]
    assert len(evidence) == 2
    assert all(any(part.startswith("sum:exact:+") for part in told) for told in evidence)
    assert not any(part.startswith("area:") for told in evidence for part in told)


def test_a_letter_is_told_as_what_speaks_for_a_part() -> None:
    lettered = [told(201, "1993", "3/8a", area=290.0, kind="gcn"), told(202, "1993", "3/8b", area=306.0, kind="gcn")]
    found = reconcile(sheet_of_299() + lettered, TABLES, WEIGHTS, duckdb.connect())
    assert [one.evidence for one in found.links] == [("letter:part:+9.0",)] * 2


def test_land_of_one_user_all_over_a_sheet_is_not_put_together_by_its_areas() -> None:
    # of 120 parcels of a cooperative with 100, 101, … 219 m², any two of the first make up many of the last
    land = [told(n, "2013", f"5/{n}", area=99.0 + n, name="hop tac xa binh que", body=True) for n in range(1, 121)]
    assert reconcile(land, TABLES, WEIGHTS, duckdb.connect()).links == ()


def test_two_parcels_of_one_map_that_name_one_older_parcel_are_its_parts_without_a_word_of_a_division() -> None:
    parts = [
        told(201, "2009", "12/110", area=330.0, name=FAMILIES[9], olds=("3/10",)),
        told(202, "2009", "12/111", area=427.0, name="trieu van nghia", olds=("3/10",)),
    ]
    found = steps_of(sheet_of_299() + survey(but=10) + parts)
    assert {newer for older, newer in found if older == "299/3/10"} == {"2009/12/110", "2009/12/111"}


def test_a_parcel_was_cut_from_its_own_sheet_where_another_map_has_a_parcel_of_that_number_too() -> None:
    # sheet 3 of the survey has numbers of its own; its 10 belongs to a family that is not on sheet 3 of 299
    renumbered = [
        told(100 + n, "2009", f"3/{21 - n}", area=round(area(n) * 1.004, 1), name=FAMILIES[n - 1], olds=(f"3/{n}",))
        for n in range(1, 21)
    ]
    whole = FAMILIES[10]  # 3/11 of 299 became 3/10, of 709.8 m²
    parts = [
        told(201, "2009", "3/21", area=330.0, name=whole, olds=("3/10",), carved=True, kind="gcn", day="2012-05-04"),
        told(
            202,
            "2009",
            "3/22",
            area=379.8,
            name="trieu van a",
            olds=("3/10",),
            carved=True,
            kind="gcn",
            day="2012-05-04",
        ),
    ]
    found = steps_of([*sheet_of_299(), *renumbered, *parts])
    assert {older for older, newer in found if newer in ("2009/3/21", "2009/3/22")} == {"2009/3/10"}
    assert found["299/3/10", "2009/3/11"] == "same"


def test_four_parcels_that_papers_of_two_newer_ones_name_were_put_together_and_divided_anew() -> None:
    # 3/7 to 3/10 had 559 + 596 + 633 + 670 = 2458 m²; the two that were drawn on their ground hold 2461
    olds = tuple(f"3/{n}" for n in (7, 8, 9, 10))
    anew = [
        told(201, "2009", "12/110", area=960.0, name=FAMILIES[8], olds=olds, joined=True),
        told(202, "2009", "12/111", area=1501.0, name="trieu van nghia", olds=olds, joined=True),
    ]
    others = [one for one in survey(but=10) if one.entry_id not in ("E107", "E108", "E109")]
    found = steps_of(sheet_of_299() + others + anew)
    assert {ends: relation for ends, relation in found.items() if ends[1] in ("2009/12/110", "2009/12/111")} == {
        (f"299/{old}", f"2009/12/{new}"): "merge" for old in olds for new in (110, 111)
    }
