"""A folder's pages into papers, and papers into drafts."""

from __future__ import annotations

from collections.abc import Sequence

from papers_made_up import page

from cadastre.pages.drafts import Document, assemble
from schemas.documents import Given, Kind
from schemas.readings import PageReading

A, B, C, D = ("a" * 64, "b" * 64, "c" * 64, "d" * 64)


def documents(*pages: PageReading, kind: Kind | None = None) -> list[Document]:
    return assemble([(Given(f"{p.ref.sha256[0]}.pdf", kind=kind), p) for p in pages])


def shape(found: Sequence[Document]) -> list[tuple[str, list[tuple[str, int]]]]:
    return [(doc.kind, [(ref.sha256[0], ref.page) for ref in doc.pages]) for doc in found]


def test_four_faces_in_one_file_are_one_certificate() -> None:
    found = documents(*(page(number=n, faces=(str(n),), title=n == 1) for n in (1, 2, 3, 4)))
    assert shape(found) == [("gcn", [("a", 1), ("a", 2), ("a", 3), ("a", 4)])]


def test_two_spreads_are_one_certificate_in_either_order() -> None:
    outer_first = documents(page(number=1, faces=("4", "1"), title=True), page(number=2, faces=("2", "3")))
    inner_first = documents(page(number=1, faces=("2", "3")), page(number=2, faces=("4", "1"), title=True))
    assert shape(outer_first) == [("gcn", [("a", 1), ("a", 2)])]
    assert shape(inner_first) == [("gcn", [("a", 2), ("a", 1)])]  # ordered by content


def test_certificates_one_behind_the_other_are_cut_apart() -> None:
    spreads = [(("4", "1"), True), (("2", "3"), False)] * 2
    found = documents(*(page(number=i, faces=f, title=t) for i, (f, t) in enumerate(spreads, start=1)))
    assert shape(found) == [("gcn", [("a", 1), ("a", 2)]), ("gcn", [("a", 3), ("a", 4)])]


def test_a_certificate_goes_on_in_the_next_file_of_its_folder() -> None:
    found = documents(page(sha=A, faces=("4", "1"), title=True), page(sha=B, faces=("2", "3")))
    assert shape(found) == [("gcn", [("a", 1), ("b", 1)])]


def test_faces_with_another_serial_are_another_certificate() -> None:
    found = documents(
        page(sha=A, faces=("1", "2"), title=True, serial="BA 123456"), page(sha=B, faces=("3", "4"), serial="BA 654321")
    )
    assert len(found) == 2


def test_a_file_that_is_whole_in_itself_takes_nothing_from_the_next() -> None:
    found = documents(
        page(sha=A, faces=("2", "3")),
        page(sha=B, number=1, faces=("4", "1"), title=True),
        page(sha=B, number=2, faces=("2", "3")),
    )
    assert shape(found) == [("gcn", [("a", 1)]), ("gcn", [("b", 1), ("b", 2)])]


def test_a_supplement_page_belongs_to_the_certificate_before_it() -> None:
    found = documents(page(number=1, faces=("1", "2", "3", "4"), title=True), page(number=2))
    assert shape(found) == [("gcn", [("a", 1), ("a", 2)])]


ROW = {"sheet_no": "3", "parcel_no": "7", "area_m2": "120,5"}


def test_a_book_is_the_run_of_its_pages_and_every_row_is_a_draft_that_knows_the_cover() -> None:
    (book,) = documents(
        page(
            "so_muc_ke", number=1, faces=("cover",), title=True, unit_name="XÃ BÌNH DƯƠNG", district_name="THĂNG BÌNH"
        ),
        page("so_muc_ke", number=2, faces=("rows",), rows=[ROW, ROW]),
        page("khac", number=3),
        page("so_muc_ke", number=4, faces=("rows",), rows=[ROW]),
    )[:1]
    # a page of the book's size that could not be recognised, inside the book, is a page of the book without rows
    assert shape([book]) == [("so_muc_ke", [("a", 1), ("a", 2), ("a", 3), ("a", 4)])]
    assert [(d.ref.page, d.row) for d in book.drafts] == [(2, 1), (2, 2), (4, 1)]
    assert all(d.fields["unit_name"][0].text == "XÃ BÌNH DƯƠNG" for d in book.drafts)
    assert all(d.document_id == book.document_id for d in book.drafts)
    assert len({d.entry_id for d in book.drafts}) == 3


def test_column_numbers_sums_and_specks_are_no_parcels_and_are_not_counted() -> None:
    numbers = {"sheet_no": "(1)", "parcel_no": "(2)", "owners": "(3)", "area_m2": "(5)", "land_use": "(6)"}
    rows = [numbers, {"sheet_no": "1"}, ROW, {"owners": "Cộng", "area_m2": "1.234,5"}, {**ROW, "parcel_no": "8"}]
    (book,) = documents(page("so_muc_ke", faces=("rows",), rows=rows))
    assert [(d.row, d.fields["parcel_no"][0].text) for d in book.drafts] == [(1, "7"), (2, "8")]


def test_a_second_cover_opens_a_second_book() -> None:
    cover, rows = ("cover",), ("rows",)
    found = documents(
        *(page("so_muc_ke", number=n, faces=f) for n, f in enumerate((cover, rows, cover, rows), start=1))
    )
    assert [len(doc.pages) for doc in found] == [2, 2]


def test_a_book_scanned_page_by_page_is_one_book() -> None:
    found = documents(
        page("so_muc_ke", sha=A, faces=("cover",), title=True),
        page("so_muc_ke", sha=B, faces=("rows",), rows=[ROW]),
        page("so_muc_ke", sha=C, faces=("rows",), rows=[ROW]),
    )
    assert shape(found) == [("so_muc_ke", [("a", 1), ("b", 1), ("c", 1)])]


def test_two_files_of_many_pages_are_two_books() -> None:
    found = documents(
        *(page("so_muc_ke", sha=sha, number=n, faces=("rows",), rows=[ROW]) for sha in (A, B) for n in (1, 2))
    )
    assert len(found) == 2


def test_a_corner_table_on_the_second_page_belongs_to_its_extract() -> None:
    found = documents(page("trich_do", number=1, faces=("1",), title=True, parcel_no="5"), page("trich_do", number=2))
    assert [len(doc.pages) for doc in found] == [2]
    assert [draft.row for draft in found[0].drafts] == [None]


def test_an_extract_scanned_page_by_page_is_one_extract() -> None:
    found = documents(
        page("trich_do", sha=A, faces=("1",), title=True, parcel_no="5"), page("trich_do", sha=B, faces=("1",))
    )
    assert shape(found) == [("trich_do", [("a", 1), ("b", 1)])]


def test_two_faces_taken_for_the_same_one_stay_in_their_certificate() -> None:
    faces = ("1", "2", "4", "4")
    found = documents(*(page(number=n, faces=(face,), title=n == 1) for n, face in enumerate(faces, start=1)))
    assert [len(doc.pages) for doc in found] == [4]


def test_inner_spreads_of_two_certificates_are_never_one() -> None:
    found = documents(page(number=1, faces=("2", "3"), parcel_no="5"), page(number=2, faces=("2", "3"), parcel_no="6"))
    assert len(found) == 2


def test_a_plan_without_a_title_belongs_to_the_certificate_that_lacks_its_inside() -> None:
    inside = page("trich_do", number=2, faces=("1",), parcel_no="5")
    assert len(documents(page(number=1, faces=("4", "1"), title=True), inside)) == 1
    whole = page(number=1, faces=("1", "2", "3", "4"), title=True)
    assert len(documents(whole, inside)) == 2


def test_a_list_of_parcels_makes_a_draft_for_each_row_with_the_owner_and_serial_in_each() -> None:
    (found,) = documents(
        page(
            number=1, faces=("1", "2", "3", "4"), title=True, rows=[ROW, {**ROW, "parcel_no": "8"}],
            serial="BA 123456", owners="Ông: LÊ VĂN TÁM", area_m2="241,0", area_words_m2="Hai trăm bốn mươi mốt",
        )
    )  # fmt: skip
    assert [d.fields["parcel_no"][0].text for d in found.drafts] == ["7", "8"]
    assert all(d.fields["serial"][0].text == "BA 123456" for d in found.drafts)
    # the area outside the list is the total
    assert all(d.fields["total_m2"][0].text == "241,0" for d in found.drafts)
    assert all("area_words_m2" not in d.fields for d in found.drafts)


def test_a_page_of_another_kind_is_a_paper_without_drafts() -> None:
    (found,) = documents(page("khac"))
    assert (found.kind, found.drafts) == ("khac", ())


def test_a_book_that_only_the_manifest_knows_makes_one_draft_without_fields() -> None:
    (found,) = documents(page("khac", parcel_no="5"), kind="so_dia_chinh")
    assert found.kind == "so_dia_chinh"
    assert [dict(draft.fields) for draft in found.drafts] == [{}]


def test_blank_pages_are_in_no_paper() -> None:
    assert shape(documents(page(number=1, faces=("1",), title=True), page("khac", number=2, blank=True))) == [
        ("gcn", [("a", 1)])
    ]


def test_ids_come_from_the_content_and_not_from_the_name_or_the_neighbours() -> None:
    alone = documents(page(sha=B, faces=("1", "2", "3", "4"), title=True))
    among = documents(
        page(sha=A, faces=("1", "2", "3", "4"), title=True), page(sha=B, faces=("1", "2", "3", "4"), title=True)
    )
    assert alone[0].document_id == among[1].document_id
    assert alone[0].drafts[0].entry_id == among[1].drafts[0].entry_id
    assert among[0].document_id != among[1].document_id


def test_every_written_page_is_in_exactly_one_paper() -> None:
    kinds: list[Kind] = ["gcn", "khac", "so_muc_ke", "gcn", "trich_do", "so_muc_ke", "khac"]
    pages = [page(kind, number=n, faces=("2",) if kind == "gcn" else ()) for n, kind in enumerate(kinds, start=1)]
    placed = [ref for doc in documents(*pages) for ref in doc.pages]
    assert sorted(placed) == [p.ref for p in pages]
