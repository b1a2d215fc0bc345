"""A page of a book of parcels whose sheet number was misread is known by the papers of the sheet that it is of."""

from __future__ import annotations

from dataclasses import replace

from mentions_made_up import told

from cadastre.linking.lots import lots_of
from cadastre.linking.misplaced_rows import misplaced
from cadastre.numberings.mentions import Mention
from schemas.tables import load_tables

#: Parcels 85 to 89 of sheet 4: area and holder.
LAND = {85: (1159.2, "le thi tam"), 86: (640.0, "vo van dung"), 87: (712.2, "vo van phuc"), 88: (512.4, "tran thi ba"),
        89: (1453.2, "le van long")}  # fmt: skip


def certificates(*numbers: int, sheet: int = 4) -> list[Mention]:
    """Return a certificate of its own for each of these parcels."""
    return [
        told(n, "2013", f"{sheet}/{n}", area=LAND[n][0], name=LAND[n][1], kind="gcn")
        for n in numbers
    ]  # fmt: skip


def book(sheet: int) -> list[Mention]:
    """Return the rows of a book of parcels for the five, under a sheet's number."""
    rows = (told(100 + n, "2013", f"{sheet}/{n}", area=area, name=name) for n, (area, name) in LAND.items())
    return [replace(row, document_id="book") for row in rows]


def found(papers: list[Mention]) -> set[str]:
    lots = lots_of(papers, {one.entry_id: "2013" for one in papers}, load_tables())
    return {f"{lots[n].key.sheet}/{lots[n].key.parcel}" for n in misplaced(lots)}


def test_rows_that_agree_with_the_papers_of_another_sheet_are_doubted_with_those_between_them() -> None:
    assert found([*book(9), *certificates(85, 87, 89)]) == {"9/85", "9/86", "9/87", "9/88", "9/89"}


def test_rows_beyond_the_first_and_the_last_that_agree_are_not() -> None:
    assert found([*book(9), *certificates(86, 87, 88)]) == {"9/86", "9/87", "9/88"}


def test_two_equal_parcels_are_chance() -> None:
    assert found([*book(9), *certificates(85, 89)]) == set()


def test_rows_under_the_right_sheet_are_not_doubted() -> None:
    assert found([*book(4), *certificates(85, 87, 89)]) == set()


def test_equal_areas_of_other_users_tell_nothing() -> None:
    others = [replace(one, kin=("do tam",), names=("dohuutam",)) for one in certificates(85, 87, 89)]
    assert found([*book(9), *others]) == set()


def test_a_parcel_of_which_another_paper_too_tells_under_that_sheet_is_left_as_it_is() -> None:
    also = [replace(told(7, "2013", "9/86", area=640.0, name="vo van dung", kind="gcn"), document_id="other")]
    assert "9/86" not in found([*book(9), *certificates(85, 87, 88, 89), *also])
