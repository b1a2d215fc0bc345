"""A map against the index of its sheet: what only one of the two knows is looked for."""

from __future__ import annotations

from dataclasses import replace

from holdings_made_up import UNIT, index_row

from cadastre.missing.gaps import gaps_of
from cadastre.missing.holdings import Holdings, Line


def drawn(number: int, **other: object) -> Line:
    line = replace(
        index_row(number), batch_id="b-map", document_id="map", file="to28.gpkg", page=1, kind="du_lieu", drawn=True
    )
    return replace(line, **other)  # type: ignore[arg-type]


def cases(*lines: Line) -> list[tuple[str, str, str]]:
    found = gaps_of(Holdings(UNIT, UNIT, lines, ()))
    return [(one.case.kind, one.case.reason, one.case.what) for one in found]


BOOK = [index_row(number) for number in range(401, 411)]
MAP = [drawn(number) for number in range(401, 411)]


def test_map_and_book_that_agree_lack_nothing() -> None:
    assert cases(*BOOK, *MAP) == []


def test_a_parcel_on_the_map_without_a_row_is_a_lost_row_told_once() -> None:
    """Number 405 is a hole in the book too: the map is the better witness."""
    book = [row for row in BOOK if row.parcel_no != "405"]
    assert cases(*book, *MAP) == [("register_row", "map_without_row", "28/405")]


def test_a_row_without_a_parcel_on_the_map_is_asked_for() -> None:
    assert cases(*BOOK, *(one for one in MAP if one.parcel_no != "403")) == [("map_sheet", "row_without_map", "28/403")]


def test_a_parcel_that_was_divided_is_on_the_map_no_more() -> None:
    divided = [replace(row, note="Tách từ thửa 403") if row.parcel_no == "410" else row for row in BOOK]
    from schemas.entries import Ref

    divided = [replace(row, refs=(Ref("parcel", "28/403"),)) if row.note else row for row in divided]
    assert cases(*divided, *(one for one in MAP if one.parcel_no != "403")) == []


def test_a_sheet_of_the_book_that_has_no_map_is_asked_for_whole() -> None:
    other = [replace(row, sheet_no="29") for row in BOOK]
    assert cases(*BOOK, *MAP, *other) == [("map_sheet", "row_without_map", "29")]


def test_another_series_with_the_same_sheet_number_says_nothing() -> None:
    """Parcels 1 to 10 on the map, 401 to 410 in the book: the sheet was surveyed anew and numbered from 1."""
    assert cases(*BOOK, *(drawn(number) for number in range(1, 11))) == []
