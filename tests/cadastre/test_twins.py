"""The same paper in other bytes, and papers that only look alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from papers_made_up import CERTIFICATE, certificate, draft, page

from cadastre.checking.carrying import Earlier, check_with_earlier
from cadastre.checking.rules import check
from cadastre.pages.twins import marks_of, rank_of, twin_pages
from schemas.answers import Answer
from schemas.documents import PageRef
from schemas.readings import PageReading
from schemas.tables import load_tables

A, B = "a" * 64, "b" * 64
#: Four pages: ink in the upper left, the lower left, the upper right, the lower right quarter.
QUARTERS = [(0, 0), (20, 0), (0, 20), (20, 20)]
TABLES = load_tables()


def look(top: int, left: int, *, off: int = 0, specks: int = 0) -> str:
    """Return the look of a page with lines of ink in one quarter, `off` cells away, with so many cells of dirt."""
    cells = [["0"] * 40 for _ in range(40)]
    for row in range(top + 2, top + 18, 2):
        for column in range(left + 2, left + 10 + row % 7):
            cells[row + off][column + off] = "c"
    for speck in range(specks):
        cells[(7 * speck + 3) % 40][(13 * speck + 5) % 40] = "4"
    return "".join(map("".join, cells))


def paper(sha: str, serial: str | None, *, off: int = 0, specks: int = 0, turned: int = 0) -> list[PageReading]:
    """Return a certificate's four pages, scanned so; `turned` takes the looks from so many pages further on."""
    named = {"serial": serial} if serial else {}
    return [
        replace(
            page(sha=sha, number=n, faces=(str(n),), title=n == 1, **(named if n == 1 else {})),  # type: ignore[arg-type]
            look=look(*QUARTERS[(n - 1 + turned) % 4], off=off, specks=specks),
        )
        for n in (1, 2, 3, 4)
    ]


LOOK = look(0, 0)


def numbers(pairs: Sequence[tuple[PageRef, PageRef]]) -> list[tuple[int, int]]:
    return [(a.page, b.page) for a, b in pairs]


def test_a_photocopy_with_the_same_serial_is_the_same_paper_page_by_page() -> None:
    pairs = twin_pages(paper(A, "BA 123456"), paper(B, "BA 123456", off=2, specks=20))
    assert numbers(pairs) == [(1, 1), (2, 2), (3, 3), (4, 4)]
    assert {b.sha256 for _, b in pairs} == {B}


def test_certificates_with_two_serials_are_two_however_alike_they_look() -> None:
    assert twin_pages(paper(A, "BA 123456"), paper(B, "BB 654321")) == ()


def test_without_a_serial_only_pictures_that_are_nearly_the_same_are_one_paper() -> None:
    assert numbers(twin_pages(paper(A, None), paper(B, None))) == [(1, 1), (2, 2), (3, 3), (4, 4)]
    assert twin_pages(paper(A, None), paper(B, None, specks=60)) == ()
    assert twin_pages(paper(A, "BA 123456"), paper(B, "BA 123456", specks=60))


def test_the_same_serial_on_pages_that_look_quite_different_is_another_page() -> None:
    assert twin_pages(paper(A, "BA 123456"), paper(B, "BA 123456", turned=1)) == ()


def test_two_extracts_of_one_parcel_with_two_areas_are_two_papers() -> None:
    def extract(sha: str, area: str) -> list[PageReading]:
        made = page("trich_do", sha=sha, faces=("1",), title=True, sheet_no="3", parcel_no="7", area_m2=area)
        return [replace(made, look=LOOK)]

    assert twin_pages(extract(A, "120,5 m²"), extract(B, "120,5 m2"))
    assert twin_pages(extract(A, "120,5 m²"), extract(B, "987,0 m²")) == ()


def test_pages_of_one_book_look_alike_and_are_told_apart_by_their_rows() -> None:
    def leaf(sha: str, *parcels: str) -> list[PageReading]:
        rows = [{"sheet_no": "3", "parcel_no": parcel} for parcel in parcels]
        return [replace(page("so_muc_ke", sha=sha, faces=("rows",), rows=rows), look=LOOK)]

    assert twin_pages(leaf(A, "1", "2", "3"), leaf(B, "1", "2", "3"))
    assert twin_pages(leaf(A, "1", "2", "3"), leaf(B, "4", "5", "6")) == ()


def test_a_copy_of_the_inner_pages_alone_is_part_of_the_whole_paper() -> None:
    whole, part = paper(A, "BA 123456"), [replace(p, fields={}) for p in paper(B, None)][1:3]
    assert numbers(twin_pages(part, whole)) == [(2, 2), (3, 3)]


def test_twins_are_looked_for_under_what_is_printed_and_under_looks_where_nothing_is() -> None:
    assert marks_of(paper(A, "BA 123456")) & marks_of(paper(B, "BA 123456", off=2, specks=20))
    assert not marks_of(paper(A, "BA 123456")) & marks_of(paper(B, "BB 654321"))
    one, signed = ([replace(page("khac", sha=sha), look=look(0, 0, specks=n))] for sha, n in ((A, 0), (B, 2)))
    assert marks_of(one) & marks_of(signed)
    other = [replace(page("khac", sha=B), look=look(20, 20))]
    assert twin_pages(one, other) == ()


def test_the_answered_paper_stands_then_the_original_then_the_cleaner_one() -> None:
    original, copy = paper(A, "BA 123456"), [replace(p, copy_kind="photocopy") for p in paper(B, "BA 123456")]
    worn = [replace(p, quality="worn") for p in paper(B, "BA 123456")]
    assert rank_of(original, answered=False) < rank_of(copy, answered=False)
    assert rank_of(original, answered=False) < rank_of(worn, answered=False)
    assert rank_of(copy, answered=True) < rank_of(original, answered=False)


# --- answers on a scan that is replaced ----------------------------------------------------------------


def test_an_answer_stays_where_the_new_scan_says_the_same_and_is_shown_where_not() -> None:
    new = replace(certificate(), entry_id="new")
    old = check(certificate(), TABLES)
    said = (
        Answer("entry", "parcel_no", "value", "125", None, None),
        Answer("entry", "sheet_no", "value", "9", None, None),
    )
    (entry,) = check_with_earlier([new], {}, [Earlier(new.ref.sha256, old, said)], TABLES)
    assert entry.fields["parcel_no"].status == "confirmed"
    assert (entry.fields["sheet_no"].value, entry.fields["sheet_no"].status) == ("12", "accepted")
    assert [f.fields for f in entry.findings if f.code == "earlier-answer"] == [("sheet_no",)]


def test_an_answer_fills_what_the_new_scan_does_not_show() -> None:
    blurred = {name: text for name, text in CERTIFICATE.items() if name != "register_no"}
    new = replace(draft(**blurred), entry_id="new")
    said = (Answer("entry", "register_no", "value", "CH 01234", None, None),)
    (entry,) = check_with_earlier([new], {}, [Earlier(new.ref.sha256, check(certificate(), TABLES), said)], TABLES)
    assert (entry.fields["register_no"].value, entry.fields["register_no"].status) == ("CH 01234", "confirmed")
