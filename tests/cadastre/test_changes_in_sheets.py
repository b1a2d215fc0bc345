"""What was divided or joined inside a sheet, by signs that a clerk would use: books, days, users, exact sums."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import duckdb
import pytest
from mentions_made_up import told

from cadastre.asking.lineage_wording import WORDS
from cadastre.asking.lineage_wording import told as worded
from cadastre.linking.lineage import reconcile
from cadastre.numberings.mentions import Mention
from schemas.entries import Corner
from schemas.parcels import Link
from schemas.tables import load_tables
from schemas.weights import load_division_signs, load_weights

TABLES, WEIGHTS = load_tables(), load_weights()
OWNER = "le van an"
NAMES = ("pham cong cuc", "vo dinh dung", "ho thi em", "dang van giang", "bui thi hoa", "ngo quang khanh")
#: Twelve parcels; 5 and 9 have one area and one owner, who later sold a half of one of them.
AREAS = {n: 485.0 if n in (5, 9) else 300.0 + 37.0 * n for n in range(1, 13)}


def sheet(name: str, numbers: Iterable[int], era: str = "2009", **more: object) -> list[Mention]:
    """Return the rows of a book of parcels for these numbers of sheet 12."""
    rows = []
    for n in numbers:
        area = AREAS.get(n) or PART_AREAS[n]
        owner = OWNER if n in (5, 9, 13) else f"{NAMES[n % 6]} {n}x"
        row = told(n, era, f"12/{n}", area=area, name=owner, **more)  # type: ignore[arg-type]
        rows.append(replace(row, entry_id=f"{name}-{n}", document_id=name))
    return rows


PART_AREAS = {13: 200.0, 14: 285.0}
FIRST = sheet("first", range(1, 13))


def links(papers: list[Mention]) -> dict[tuple[str, str], Link]:
    found = reconcile(papers, TABLES, WEIGHTS, duckdb.connect())
    return {(link.older.parcel, link.newer.parcel): link for link in found.links}


def red(n: int, *, day: str = "2014-05-06", **more: object) -> Mention:
    """Return a certificate of a part: 13 is the old owner's, 14 a stranger's."""
    name = OWNER if n == 13 else "ta quoc uy"
    return told(500 + n, "2013", f"12/{n}", area=PART_AREAS[n], name=name, kind="gcn", day=day, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(("whole", "other"), [("5", "9"), ("9", "5")])
def test_of_two_parcels_of_one_area_the_one_that_the_later_book_lists_no_more_was_divided(whole, other):
    later = sheet("later", [n for n in range(1, 15) if n != int(whole)], "2013")
    found = links([*FIRST, *later])
    assert set(found) == {(whole, "13"), (whole, "14")}
    assert {link.relation for link in found.values()} == {"split"}
    assert not any(other in ends for ends in found)


@pytest.mark.parametrize(("whole", "other"), [("5", "9"), ("9", "5")])
def test_of_two_parcels_of_one_area_the_one_without_later_papers_was_divided(whole, other):
    sold = told(700, "2013", f"12/{other}", area=485.0, name=OWNER, kind="gcn", day="2018-03-02")
    found = links([*FIRST, red(13), red(14), sold])
    assert set(found) == {(whole, "13"), (whole, "14")}


def test_a_field_name_tells_which_parcel_was_divided():
    fields = {5: "bautron", 9: "gocao"}
    first = [replace(m, toponym=fields.get(int(m.key.parcel))) for m in FIRST]
    found = links([*first, red(13, toponym="gocao"), red(14, toponym="gocao")])
    assert set(found) == {("9", "13"), ("9", "14")}


def test_what_speaks_for_a_division_is_told_step_by_step_and_in_words():
    later = sheet("later", [n for n in range(1, 15) if n != 5], "2013")
    found = links([*FIRST, *later])
    mine, theirs = found["5", "13"].evidence, found["5", "14"].evidence
    assert any(one.startswith("users:name:+") for one in mine)
    assert any(one.startswith("users:strangers:-") for one in theirs)
    speaks, _ = worded(mine)
    assert {"cùng tên người sử dụng đất", "tổng diện tích khớp đúng"} < {one.vi for one in speaks}
    assert any(one.en.startswith("the earlier book of parcels lists the older one only") for one in speaks)
    _, against = worded(theirs)
    assert "the land users' names differ" in {one.en for one in against}
    assert not any(
        name in " ".join(mine + theirs) for owner in (OWNER, *NAMES) for name in (owner, owner.replace(" ", ""))
    )


def test_every_level_of_the_published_table_has_its_words():
    levels = {name.split(":", 1)[1] for name in load_division_signs() if "=" in name}
    for about, level in (one.split("=") for one in levels if not one.startswith("size=")):
        assert level == "unknown" or level in WORDS[about], (about, level)


def test_a_note_at_one_of_the_joined_parcels_does_not_speak_against_the_other():
    first = [replace(row, became=("12/13",)) if row.key.parcel == "5" else row for row in FIRST]
    joined = told(500, "2013", "12/13", area=1007.0, name=OWNER, kind="gcn", day="2014-05-06")  # 485 + 522
    found = links([*first, joined])
    assert {ends: link.relation for ends, link in found.items()} == {("5", "13"): "merge", ("6", "13"): "merge"}
    assert not any(one.startswith("bridge:other_printed") for one in found["6", "13"].evidence)


def drawn_map(*, beside: bool) -> list[Mention]:
    """Return a map of 32 parcels 20 m deep without users; 31 and 32 are as large as 12, and lie beside it or in it."""
    areas = {n: 300.0 + 37.3 * n for n in range(1, 31)} | {31: 200.1, 32: 547.5}  # 12 has 747.6 m²
    rows, east = [], 0.0
    starts: dict[int, float] = {}
    for n, area in areas.items():
        starts[n] = east if beside or n < 31 else starts[12] if n == 31 else starts[12] + 200.1 / 20
        left, right = starts[n], starts[n] + area / 20
        ring = ((0.0, left), (0.0, right), (20.0, right), (20.0, left))
        corners = tuple(Corner(no, 1720000.0 + y, 577000.0 + x, None) for no, (y, x) in enumerate(ring, start=1))
        row = told(n, "2013", f"12/{n}", area=round(area, 1), kind="du_lieu", corners=corners)
        rows.append(replace(row, document_id="map"))
        east += area / 20 + 1
    return rows


def test_parcels_that_a_map_draws_beside_each_other_are_no_parts_of_one_another_whatever_their_areas_sum_to():
    assert links(drawn_map(beside=True)) == {}
    assert set(links(drawn_map(beside=False))) == {("12", "31"), ("12", "32")}
