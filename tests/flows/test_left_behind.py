"""A sheet that was drawn anew: what is left of its parcels waits, also where no paper of their own came."""

from __future__ import annotations

from pathlib import Path

import pytest
from databases import FreshDatabase
from two_maps_made_up import Archive, certificates, new, old, old_register

LEFT = {old(6), old(11)}


@pytest.fixture
def archive(database: FreshDatabase, tmp_path: Path) -> Archive:
    return Archive(tmp_path, database)


def test_parcels_left_behind_wait_whatever_comes_first_and_as_long_as_the_newer_papers_are_held(
    archive: Archive, tmp_path: Path
) -> None:
    register, newer = old_register(tmp_path), certificates(tmp_path)
    archive.bring(register)
    before = archive.parcels()
    assert {status for status, *_ in before.values()} == {"consistent"}
    archive.bring(newer)
    both = archive.parcels()
    assert archive.waiting() == LEFT
    assert both[old(5)][:3] == ("consistent", before[old(5)][1], "2012-05-04")  # its certificate is of 5 May
    archive.take_back(register)
    archive.bring(register)  # after the newer papers
    assert archive.parcels() == both
    archive.take_back(newer)
    assert archive.parcels() == before


def test_the_paper_that_brings_the_half_of_the_sheet_to_the_newer_map_makes_the_rest_wait(
    archive: Archive, tmp_path: Path
) -> None:
    archive.bring(old_register(tmp_path))
    archive.bring(certificates(tmp_path, range(1, 6)))  # 5 of 12
    assert archive.waiting() == set()
    sixth = certificates(tmp_path, [8], "giay-thu-sau.jsonl")
    archive.bring(sixth)  # 6 of 12
    assert archive.waiting() == {old(n) for n in (6, 7, 9, 10, 11, 12)}
    archive.take_back(sixth)
    assert archive.waiting() == set()


def test_more_parcels_of_the_old_sheet_may_show_that_it_is_still_in_force(archive: Archive, tmp_path: Path) -> None:
    archive.bring(old_register(tmp_path, range(1, 7), "quyen-1.jsonl"))
    archive.bring(certificates(tmp_path, range(1, 4)))  # 3 of 6
    assert archive.waiting() == {old(4), old(5), old(6)}
    archive.bring(old_register(tmp_path, range(7, 13), "quyen-2.jsonl"))  # 3 of 12
    assert archive.waiting() == set()


def test_the_paper_of_its_newer_number_ends_the_waiting(archive: Archive, tmp_path: Path) -> None:
    archive.bring(old_register(tmp_path))
    archive.bring(certificates(tmp_path))
    archive.bring(certificates(tmp_path, [6], "giay-sau.jsonl"))
    assert archive.waiting() == {old(11)}
    assert archive.parcels()[old(6)][2] == "2012-05-05"
    assert new(6) in archive.parcels()
