"""What notes alone tell of parcels divided on their own sheet, where no sum of areas singles them out."""

from __future__ import annotations

from dataclasses import replace

from mentions_made_up import told

from cadastre.linking.divisions import within_sheets
from cadastre.linking.lots import lots_of
from cadastre.numberings.mentions import Mention
from schemas.tables import load_tables

TABLES = load_tables()


def sheet(*parts: tuple[str, float]) -> list[Mention]:
    """Thirty parcels of sheet 9, of which 9/15 has 772 m², and parts that name it."""
    names = [f"le van {a}{b}" for a in ("a", "b", "c") for b in "bcdghklmnp"]
    rows = [
        told(n, "2003", f"9/{n}", area=400.0 + 24.8 * n, name=names[n - 1], kind="so_dia_chinh") for n in range(1, 31)
    ]
    return rows + [
        told(100 + n, "2009", place, area=area, name=names[14], olds=("9/15",), carved=True)
        for n, (place, area) in enumerate(parts)
    ]  # fmt: skip


def what_becomes_of_15(mentions: list[Mention]) -> set[tuple[frozenset[str], bool]]:
    """Return the sets of new numbers that 9/15 may have been divided into, and whether it goes on in each."""
    lots = lots_of(mentions, {one.entry_id: "2003" for one in mentions}, TABLES)
    found = [h for h in within_sheets(lots) if [lots[n].key.parcel for n in h.older] == ["15"]]
    return {(frozenset(lots[n].key.parcel for n in h.newer), h.kept) for h in found}


def test_noted_parts_that_make_up_a_parcel_end_it() -> None:
    found = what_becomes_of_15(sheet(("9/31", 214.0), ("9/33", 314.0), ("9/35", 247.0)))
    assert found == {(frozenset({"31", "33", "35"}), False)}


def test_a_parcel_of_which_noted_parts_leave_some_may_go_on() -> None:
    found = what_becomes_of_15(sheet(("9/31", 214.0), ("9/33", 247.0)))
    assert found == {
        (frozenset({"31", "33"}), True),
        (frozenset({"31"}), True),
        (frozenset({"33"}), True),
    }


def test_a_letter_is_the_more_certain_where_papers_name_the_whole() -> None:
    def bits(olds: tuple[str, ...]) -> float:
        rows = sheet()
        letters = [told(300 + n, "2009", f"9/15{a}", area=380.0, olds=olds, kind="gcn") for n, a in enumerate("ab")]
        lots = lots_of([*rows, *letters], {one.entry_id: "2003" for one in [*rows, *letters]}, TABLES)
        return max(h.weight for h in within_sheets(lots) if len(h.newer) == 2)

    assert bits(("9/15",)) > bits(())


def test_parts_that_are_all_noted_end_a_parcel_though_its_area_was_measured_badly() -> None:
    found = what_becomes_of_15(sheet(("9/31", 514.0), ("9/33", 427.0)))  # 941 m² of 772
    assert (frozenset({"31", "33"}), False) in found


def test_what_a_book_says_that_a_parcel_became_are_its_parts() -> None:
    rows = [replace(m, became=("9/31", "9/33")) if m.key.parcel == "15" else m for m in sheet()]
    parts = [told(200 + n, "2009", f"9/{n}", area=area, kind="gcn") for n, area in ((31, 398.0), (33, 374.0))]
    assert (frozenset({"31", "33"}), False) in what_becomes_of_15([*rows, *parts])


def test_what_stands_beside_a_noted_part_and_makes_up_the_whole_is_a_part_without_a_note() -> None:
    papers = sheet(("9/31", 301.0))
    others = (("9/32", 250.0, "le quoc uy"), ("9/33", 226.0, "ta van em"))  # 301 + 250 + 226 = 777 of 772 m²
    papers += [told(200 + n, "2009", at, area=area, name=name, kind="gcn") for n, (at, area, name) in enumerate(others)]
    lots = lots_of(papers, {one.entry_id: "2003" for one in papers}, TABLES)
    found = [h for h in within_sheets(lots) if [lots[n].key.parcel for n in h.older] == ["15"]]
    likeliest = max(found, key=lambda h: h.weight)
    assert {lots[n].key.parcel for n in likeliest.newer} == {"31", "32", "33"}
