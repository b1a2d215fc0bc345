"""Pages, volumes and rows of books that must exist and are not held."""

from dataclasses import replace

from holdings_made_up import cases, index_row, leaf, leaves, told, turning

from schemas.entries import Ref

REGISTER = "Sổ địa chính, Quyển số 6"
INDEX = [index_row(number) for number in range(401, 413)]


# Pages.


def test_pages_that_follow_each_other_lack_nothing() -> None:
    assert cases(pages=leaves(12, 13, 14, 15, 16)) == []


def test_a_page_number_that_is_skipped_is_a_missing_page() -> None:
    (case,) = cases(pages=leaves(12, 13, 15, 16))
    assert told([case]) == [("page", "sequence_gap", f"{REGISTER}, trang 14", "suspected")]
    assert "So dia chinh/Quyen 6.tif trang 2" in case.evidence
    assert "bộ sổ thứ hai" in case.likely_location.lower()


def test_a_page_whose_number_could_not_be_read_fills_the_gap() -> None:
    assert cases(pages=leaves(12, 13, None, 15, 16)) == []


def test_a_page_number_misread_by_one_digit_is_no_missing_page() -> None:
    found = cases(pages=leaves(12, 13, 14, 16, 16, 17))  # 15 read as 16
    assert told(found) == [("page", "sequence_gap", f"{REGISTER}, trang 15", "misread")]


def test_a_page_that_came_in_another_file_of_the_volume_is_held() -> None:
    late = leaf(14, 1, document_id="late", batch_id="b-late", file="Them/Quyen 6 trang 14.jpg")
    assert cases(pages=[*leaves(12, 13, 15, 16), late]) == []


def test_the_same_page_of_another_volume_fills_no_gap() -> None:
    other = [leaf(n, n, document_id="other", file="So dia chinh/Quyen 7.tif") for n in range(12, 18)]
    assert told(cases(pages=[*leaves(12, 13, 15, 16), *other])) == [
        ("page", "sequence_gap", f"{REGISTER}, trang 14", "suspected")
    ]


def test_a_page_that_another_sends_the_reader_to_is_missing() -> None:
    (case,) = cases([turning(2, 31)], leaves(12, 13, 14, 15))
    assert told([case]) == [("page", "dangling_reference", f"{REGISTER}, trang 31", "suspected")]
    assert "trang 2" in case.evidence


def test_a_page_of_a_transfer_far_behind_makes_no_gap() -> None:
    pages = leaves(*range(10, 30), 33)
    assert cases([turning(5, 33), turning(21, 14)], pages) == []


# Sums carried over.


def test_a_sum_carried_from_a_page_that_is_not_there_is_a_missing_page() -> None:
    pages = [leaf(None, 1, total="12.345"), leaf(None, 2, carried="18.720", total="20.000"), leaf(None, 3)]
    (case,) = cases(pages=pages)
    assert (case.kind, case.reason) == ("page", "sequence_gap")
    assert "18.720" in case.evidence
    assert "12.345" in case.evidence


def test_the_same_sum_carried_over_is_no_gap() -> None:
    assert cases(pages=[leaf(None, 1, total="12.345"), leaf(None, 2, carried="12.345")]) == []


def test_two_pages_that_follow_by_number_lack_none_between_whatever_is_carried() -> None:
    assert cases(pages=[leaf(3, 1, total="12.345"), leaf(4, 2, carried="12.346")]) == []


# Volumes.


def test_a_volume_between_two_others_is_missing() -> None:
    pages = [leaf(1, 1, document_id=f"v{n}", file=f"So dia chinh/Quyển số {n}.pdf") for n in (3, 5)]
    assert told(cases(pages=pages)) == [("volume", "sequence_gap", "Sổ địa chính, Quyển số 4", "suspected")]


def test_a_volume_is_known_by_its_cover_before_its_file() -> None:
    pages = [
        leaf(None, 1, document_id="a", file="scan1.pdf", volume="Quyển số: 03", cover=True),
        leaf(None, 1, document_id="b", file="scan2.pdf", volume="4", cover=True),
        leaf(None, 1, document_id="c", file="scan3.pdf", volume="Quyển số 5", cover=True),
    ]
    assert cases(pages=pages) == []


def test_volumes_far_apart_do_not_speak() -> None:
    pages = [leaf(1, 1, document_id=f"v{n}", file=f"Quyển {n}.pdf") for n in (2, 9)]
    assert cases(pages=pages) == []


# Rows of the index (R14).


def test_an_index_without_a_hole_lacks_nothing() -> None:
    assert cases(INDEX) == []


def test_a_parcel_that_the_index_skips_is_a_missing_row() -> None:
    (case,) = cases([row for row in INDEX if row.parcel_no != "406"])
    assert told([case]) == [("register_row", "sequence_gap", "28/406", "suspected")]
    assert "dòng 5" in case.evidence


def test_a_parcel_from_which_another_was_split_was_removed() -> None:
    rows = [row for row in INDEX if row.parcel_no != "406"]
    rows.append(index_row(413, refs=(Ref("parcel", "406"),)))
    assert cases(rows) == []
    rows[-1] = replace(rows[-1], refs=(Ref("parcel", "29/406"),))  # of another sheet
    assert len(cases(rows)) == 1


def test_a_remark_that_a_number_is_void_closes_the_gap() -> None:
    rows = [row for row in INDEX if row.parcel_no != "406"]
    assert cases([replace(row, note="thửa 406 bỏ trống") if row.parcel_no == "407" else row for row in rows]) == []


def test_a_row_misread_in_its_place_is_no_missing_row() -> None:
    rows = [replace(row, parcel_no="405") if row.parcel_no == "406" else row for row in INDEX]
    assert told(cases(rows)) == [("register_row", "sequence_gap", "28/406", "misread")]


def test_a_row_whose_number_could_not_be_read_is_there() -> None:
    assert cases([replace(row, parcel_no=None) if row.parcel_no == "406" else row for row in INDEX]) == []


def test_rows_that_stood_on_a_missing_page_are_not_told_again() -> None:
    pages = [
        leaf(n, order, document_id="index", kind="so_muc_ke", file="So muc ke/Quyen 1.pdf", era="2013")
        for order, n in enumerate((1, 2, 4, 5), start=2)
    ]
    # ten rows a page: 411 to 420 stood on page 3
    rows = [
        index_row(400 + n, order=page + (1 if page < 3 else 0), page=page, row=n)
        for page, first in ((1, 1), (2, 11), (4, 31), (5, 41))
        for n in range(first, first + 10)
    ]
    assert told(cases(rows, pages)) == [("page", "sequence_gap", "Sổ mục kê, Quyển số 1, trang 3", "suspected")]


def test_suffixed_numbers_fill_their_place() -> None:
    assert cases([replace(row, parcel_no="406a") if row.parcel_no == "406" else row for row in INDEX]) == []
