"""A stack from a feeder into papers: which page belongs to which."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from papers_made_up import page

from cadastre.pages.drafts import assemble
from schemas.documents import Given, PageRef
from schemas.readings import PageReading, separator_sheet

SHA = "a" * 64
ROW = {"sheet_no": "3", "parcel_no": "7", "area_m2": "120,5"}


def cut(*pages: PageReading) -> list[list[int]]:
    """Return the page numbers of each paper of one file, pages numbered as they are given."""
    numbered = [replace(p, ref=PageRef(SHA, n)) for n, p in enumerate(pages, start=1)]
    return [[ref.page for ref in paper.pages] for paper in assemble([(Given("stack.pdf"), p) for p in numbered])]


def certificate(serial: str, parcel: str, faces: str = "1234") -> list[PageReading]:
    """Return the pages of a certificate: the serial stands on the first, the parcel on the second."""
    made = {
        "1": page(faces=("1",), title=True, serial=serial),
        "2": page(faces=("2",), parcel_no=parcel, sheet_no="3"),
        "3": page(faces=("3",)),
        "4": page(faces=("4",)),
    }
    return [made[face] for face in faces]


def rows(number: int | None, *, unit: str = "", kind: str = "so_muc_ke") -> PageReading:
    made = page(kind, faces=("rows",), rows=[ROW], **({"unit_name": unit} if unit else {}))  # type: ignore[arg-type]
    return replace(made, printed_no=None if number is None else str(number))


def sized(reading: PageReading, width: int, height: int, kind_p: float = 1.0) -> PageReading:
    return replace(reading, width=width, height=height, kind_p=kind_p)


# --- certificates -----------------------------------------------------------------------------------


def test_certificates_of_two_forms_one_behind_the_other_are_two() -> None:
    old = [replace(p, form="gcn_2003") for p in certificate("AN 123456", "7")]
    assert cut(*certificate("BA 123456", "5"), *old) == [[1, 2, 3, 4], [5, 6, 7, 8]]


def test_a_last_page_that_changed_places_with_the_next_first_page_goes_to_the_certificate_that_lacks_it() -> None:
    a, b = certificate("BA 123456", "5"), certificate("BB 654321", "6")
    assert cut(*a[:3], b[0], a[3], *b[1:]) == [[1, 2, 3, 5], [4, 6, 7, 8]]


def test_pages_swapped_between_two_certificates_find_home_by_the_serial() -> None:
    a = [page(faces=(f,), title=f == "1", serial="BA 123456") for f in "1234"]
    b = [page(faces=(f,), title=f == "1", serial="BB 654321") for f in "1234"]
    assert cut(a[0], b[1], a[2], a[3], b[0], a[1], b[2], b[3]) == [[1, 6, 3, 4], [5, 2, 7, 8]]


def test_a_certificate_scanned_from_its_last_page_is_read_from_its_first() -> None:
    assert cut(*reversed(certificate("BA 123456", "5"))) == [[4, 3, 2, 1]]


def test_a_first_page_with_its_second_behind_it_does_not_complete_the_rest_of_another() -> None:
    two_faces = [replace(p, form="gcn_2024") for p in certificate("AA 01234567", "5", "12")]
    lost_first = two_faces[1]
    assert cut(lost_first, *two_faces) == [[1], [2, 3]]


def test_blank_versos_between_the_pages_do_not_matter() -> None:
    blank = page("khac", blank=True)
    a = certificate("BA 123456", "5")
    assert cut(a[0], blank, a[1], blank, a[2], a[3]) == [[1, 3, 5, 6]]


def test_an_unrecognised_page_inside_a_certificate_stands_in_for_the_face_that_is_lacking() -> None:
    a = certificate("BA 123456", "5", "124")
    assert cut(*a[:2], page("khac"), a[2]) == [[1, 2, 3, 4]]


def test_a_whole_certificate_takes_no_unrecognised_page() -> None:
    assert cut(*certificate("BA 123456", "5"), page("khac"), *certificate("BB 654321", "6")) == [
        [1, 2, 3, 4],
        [5],
        [6, 7, 8, 9],
    ]


# --- books ------------------------------------------------------------------------------------------


def test_a_book_ends_where_the_page_numbers_begin_anew() -> None:
    assert cut(*(rows(n) for n in (7, 8, 9, 1, 2, 3))) == [[1, 2, 3], [4, 5, 6]]


def test_one_misread_page_number_does_not_end_a_book() -> None:
    assert cut(*(rows(n) for n in (17, 18, 1, 20, 21))) == [[1, 2, 3, 4, 5]]


def test_a_book_ends_where_another_commune_begins() -> None:
    assert cut(rows(None, unit="XÃ BÌNH DƯƠNG"), rows(None), rows(None, unit="THỊ TRẤN KHÂM ĐỨC")) == [[1, 2], [3]]


def test_a_book_ends_where_another_era_begins() -> None:
    assert cut(rows(None), replace(rows(None), era="299"), replace(rows(None), era="299")) == [[1], [2, 3]]


def test_swapped_pages_of_a_book_are_put_in_the_order_of_their_numbers() -> None:
    assert cut(*(rows(n) for n in (1, 3, 2, 4))) == [[1, 3, 2, 4]]


def test_a_stack_scanned_from_its_back_is_one_book_in_the_order_of_its_numbers() -> None:
    assert cut(*(rows(n) for n in (4, 3, 2, 1)), page("so_muc_ke", faces=("cover",), title=True)) == [[5, 4, 3, 2, 1]]


def test_a_page_of_the_books_size_that_fills_a_gap_in_its_numbers_is_its_own_and_a_letter_is_not() -> None:
    wide = [sized(rows(n), 3300, 2340) for n in (1, 3)]
    assert cut(wide[0], sized(page("khac"), 3310, 2345), wide[1]) == [[1, 2, 3]]
    assert cut(wide[0], sized(page("khac"), 1654, 2339), wide[1]) == [[1, 3], [2]]


# --- papers of a few leaves --------------------------------------------------------------------------


def test_a_decision_goes_on_with_its_list_and_ends_at_the_next_decision() -> None:
    title, listed = page("quyet_dinh", faces=("1",), title=True), page("quyet_dinh", faces=("list",), rows=[ROW])
    assert cut(title, listed, listed, title, listed) == [[1, 2, 3], [4, 5]]


def test_the_second_page_of_an_application_is_its_own_and_the_next_application_another() -> None:
    first, second = page("don_dang_ky", faces=("1",), title=True, parcel_no="5"), page("don_dang_ky", faces=("2",))
    assert cut(first, second, first, second) == [[1, 2], [3, 4]]


def test_an_extract_whose_table_stands_on_its_second_page_is_one_paper() -> None:
    assert cut(page("trich_luc", faces=("1",), title=True, parcel_no="5"), page("trich_do", faces=("1",))) == [[1, 2]]


# --- separator sheets ---------------------------------------------------------------------------------


def test_a_separator_sheet_ends_every_paper_before_it_and_is_in_none() -> None:
    sheet = separator_sheet(PageRef(SHA, 1), 1654, 2339, "dossier")
    pages: Sequence[PageReading] = certificate("BA 123456", "5")
    assert cut(*pages[:2], sheet, *pages[2:]) == [[1, 2], [4, 5]]
    assert cut(rows(1), rows(2), sheet, rows(3)) == [[1, 2], [4]]
    assert cut(sheet, sheet) == []


def test_a_separator_sheet_at_the_end_of_a_file_parts_it_from_the_next() -> None:
    def refs(end: list[PageReading]) -> int:
        one = [page(sha=SHA, number=n, faces=(f,), title=f == "1") for n, f in enumerate("12", start=1)]
        two = [page(sha="b" * 64, number=n, faces=(f,)) for n, f in enumerate("34", start=1)]
        return len(assemble([*((Given("a.pdf"), p) for p in (*one, *end)), *((Given("b.pdf"), p) for p in two)]))

    assert refs([]) == 1
    assert refs([separator_sheet(PageRef(SHA, 3), 1654, 2339, "document")]) == 2
