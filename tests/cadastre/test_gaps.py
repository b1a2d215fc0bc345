"""Originals that must exist and did not come."""

from __future__ import annotations

from cadastre.missing.gaps import Unreadable, find_missing
from schemas.documents import Given


def test_a_file_that_the_manifest_names_and_the_folder_lacks_is_missing() -> None:
    (case,) = find_missing(
        [Given("a.pdf"), Given("b.pdf", unit_code="20794", custodian="Chi nhánh Thăng Bình")], {"a.pdf": 2}
    )
    assert (case.kind, case.reason, case.what, case.unit_code) == ("file", "manifest", "b.pdf", "20794")
    assert "Chi nhánh Thăng Bình" in case.likely_location
    assert "b.pdf" in case.evidence


def test_pages_that_the_archive_declares_and_nobody_scanned_are_missing() -> None:
    (case,) = find_missing([Given("so.pdf", declared_pages=200)], {"so.pdf": 196})
    assert (case.kind, case.reason) == ("page", "declared_pages")
    assert "200" in case.evidence
    assert "196" in case.evidence


def test_enough_pages_are_no_case() -> None:
    assert find_missing([Given("so.pdf", declared_pages=4)], {"so.pdf": 4}) == []
    assert find_missing([Given("so.pdf", declared_pages=4)], {"so.pdf": 5}) == []


def test_a_volume_scanned_page_by_page_is_counted_as_one() -> None:
    shelf = [Given(f"{n}.jpg", container="Kho 1/Quyển 3", declared_pages=3) for n in range(3)]
    assert find_missing(shelf, {f"{n}.jpg": 1 for n in range(3)}) == []
    (case,) = find_missing(shelf[:2], {"0.jpg": 1, "1.jpg": 1})
    assert case.what.startswith("Kho 1/Quyển 3")


def test_a_missing_file_is_not_missing_pages_as_well() -> None:
    cases = find_missing([Given("so.pdf", declared_pages=200)], {})
    assert [case.kind for case in cases] == ["file"]


def test_the_same_batch_gives_the_same_case_ids() -> None:
    rows = [Given("a.pdf"), Given("b.pdf", declared_pages=9)]
    once, again = find_missing(rows, {"b.pdf": 1}), find_missing(rows[::-1], {"b.pdf": 1})
    assert once == again
    assert len({case.case_id for case in once}) == 2


def test_a_page_that_cannot_be_read_is_a_case_of_its_own() -> None:
    given = Given("so.pdf", unit_code="20794", container="Kho 1/Quyển 3")
    (case,) = find_missing([given], {"so.pdf": 9}, [Unreadable(given, 7, "trang quá tối")])
    assert (case.kind, case.reason, case.what, case.unit_code) == ("page", "illegible", "so.pdf trang 7", "20794")
    assert "trang quá tối" in case.evidence
    assert "Kho 1/Quyển 3" in case.likely_location
