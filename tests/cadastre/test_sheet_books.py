"""What the books of parcels tell of which numbers of a sheet were there together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from mentions_made_up import told

from cadastre.linking.lots import lots_of
from cadastre.linking.sheet_books import Listings
from cadastre.numberings.mentions import Mention
from schemas.tables import load_tables

TABLES = load_tables()


def book(name: str, numbers: Iterable[int], *, noted: Iterable[int] = ()) -> list[Mention]:
    """Return the rows of a book of parcels that lists these numbers of sheet 3, some with `Tách từ thửa 5`."""
    rows = (told(1000 * len(name) + n, "2009", f"3/{n}", area=400.0 + n) for n in numbers)
    notes = {f"3/{n}" for n in noted}
    return [
        replace(row, entry_id=f"{name}{row.entry_id}", document_id=name)
        if f"3/{row.key.parcel}" not in notes
        else replace(row, entry_id=f"{name}{row.entry_id}", document_id=name, olds=("3/5",), carved=True)
        for row in rows
    ]


def listed(papers: list[Mention], older: int, newer: tuple[int, ...]) -> str | None:
    found = lots_of(papers, {m.entry_id: m.key.era for m in papers}, TABLES)
    place = {lot.number: n for n, lot in enumerate(found)}
    return Listings(found, list(range(len(found)))).of(place[older], [place[n] for n in newer])


FIRST = book("A", range(1, 13))
PARTS = [told(n, "2013", f"3/{n}", area=200.0, kind="gcn") for n in (13, 14)]


def test_a_book_that_lists_the_parts_leaves_their_whole_out():
    later = book("B", [n for n in range(1, 15) if n != 5])
    assert listed([*FIRST, *later], 5, (13, 14)) == "gone"
    assert listed([*later, told(5, "2009", "3/5", area=405.0)], 5, (13, 14)) == "left_out"


def test_what_a_book_lists_beside_the_parts_was_not_divided_into_them():
    later = book("B", [n for n in range(1, 15) if n != 5])
    assert listed([*FIRST, *later], 6, (13, 14)) == "both"


def test_a_book_that_was_kept_up_does_not_tell_which_parcels_are_over():
    kept = book("A", range(1, 15), noted=(13, 14))
    assert listed(kept, 5, (13, 14)) is None  # both parts have their note
    first_without = book("A", range(1, 15), noted=(14,))
    assert listed(first_without, 5, (13, 14)) == "both_kept"
    further = book("A", [*range(1, 15), *range(16, 21)], noted=(13, 14))
    assert listed([*further, told(15, "2013", "3/15", area=200.0)], 5, (15,)) is None  # others came after it


def test_rows_after_one_that_was_written_in_later_were_written_in_later_too():
    half = book("A", range(1, 15), noted=(13,))
    assert listed(half, 5, (13, 14)) is None  # 14 has no note, and comes after 13
    assert listed(half, 5, (12, 13)) == "both_kept"


def test_a_book_with_numbers_of_an_earlier_map_is_no_book_that_was_kept_up():
    rows = [replace(row, olds=("8/40",)) for row in book("A", range(1, 15))]
    assert listed(rows, 5, (13, 14)) == "both_noted"


def test_numbers_after_all_of_a_book_were_given_after_it_was_written():
    assert listed([*FIRST, *PARTS], 5, (13, 14)) == "beyond"


def test_a_parcel_of_a_book_was_not_made_into_numbers_that_the_book_goes_beyond():
    later = book("B", [*range(1, 13), *range(15, 20)])
    assert listed([*later, *PARTS], 5, (13, 14)) == "given"


def test_of_a_parcel_and_parts_that_no_book_lists_books_tell_nothing():
    assert listed([*FIRST, *PARTS, told(30, "2013", "3/40", area=405.0)], 40, (13, 14)) is None


def test_a_book_that_does_not_go_over_a_number_does_not_leave_it_out():
    torn = book("B", [1, 2, 3, 4, *range(30, 40)])  # the pages of 5 to 29 are lost
    assert listed([*torn, told(7, "2009", "3/12", area=412.0)], 12, (38, 39)) is None


def test_a_few_rows_are_no_book():
    assert listed(book("B", (4, 6, 7, 13, 14)), 6, (13, 14)) is None
