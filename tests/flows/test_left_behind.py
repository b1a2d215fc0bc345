"""A sheet that was drawn anew: what is left of its parcels waits, also where no paper of their own came."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from databases import FreshDatabase
from desk_papers import Sheet
from two_maps_made_up import FOUND, SCOPE, Archive, certificates, new, old, old_register

from store import lineage
from store.database import connect

LEFT = {old(6), old(11)}
LINKS, WRITTEN = "Nối các thời kỳ", "Thửa, tờ đúng (nếu khác)"
OVER = "number-over"


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


@pytest.fixture
def left(archive: Archive, tmp_path: Path) -> Archive:
    """An office that holds the register and the certificates of all but two of its parcels."""
    archive.bring(old_register(tmp_path))
    archive.bring(certificates(tmp_path))
    return archive


def test_it_is_asked_which_parcel_it_is_now_and_nothing_is_offered(left: Archive) -> None:
    out = left.desk.export("hoi.xlsx")
    six, eleven = Sheet(out, LINKS).rows()
    assert six["Câu hỏi"].startswith("Thửa 6 tờ 3 (bản đồ 299, Xã Bình Dương (20794)) nay là thửa nào của bản đồ 2009")
    assert eleven["Câu hỏi"].startswith("Thửa 11 tờ 3")
    assert (six["Máy tìm được"], six["Ảnh giấy thứ hai"]) == ("chưa tìm được", "hãy tìm trên bản đồ mới")
    assert six["Vì sao hỏi"].split("\n") == [
        "10 trong 12 thửa của tờ này đã có số mới, còn 2 thửa chưa tìm được",
        "các thửa đã có số mới nằm ở tờ 12 (10 thửa)",
        "thửa 5 nay là thửa 45 tờ 12",
        "thửa 7 nay là thửa 47 tờ 12",
        "diện tích cũ 622 m²",
    ]
    lists = {rule.formula1 for rule in openpyxl.load_workbook(out)[LINKS].data_validations.dataValidation}
    assert '"Thửa khác,Không có thửa nào"' in lists


def test_the_answers_are_heard_once_end_the_waiting_and_undo_gives_it_back(left: Archive, tmp_path: Path) -> None:
    before = left.parcels()
    answers = Sheet(left.desk.export("hoi.xlsx"), LINKS).fill_in(
        {"Trả lời": "Thửa khác", WRITTEN: "thửa 46 tờ 12"},  # of which no paper is held
        {"Trả lời": "Không có thửa nào"},
    )
    code, told, err = left.desk.bring_in(answers)
    assert (code, told["applied"], told["lands"]) == (0, 2, [SCOPE]), err
    after = left.parcels()
    assert left.waiting() == set()
    for key in LEFT:  # the first certificate of the newer map is of 1 May 2012
        status, why, last, _ = after[key]
        assert (status, OVER in why, last) == ("consistent", True, "2012-04-30")
    assert Sheet(left.desk.export("nua.xlsx"), LINKS).rows() == []
    code, told, _ = left.desk.bring_in(answers)
    assert (code, told["applied"], told["standing"]) == (0, 0, 2)
    assert left.parcels() == after
    left.desk.bring_in(answers, undo=True)
    assert left.parcels() == before
    assert len(Sheet(left.desk.export("lai.xlsx"), LINKS).rows()) == 2


def test_what_was_answered_holds_when_papers_come_later(left: Archive, tmp_path: Path) -> None:
    answers = Sheet(left.desk.export("hoi.xlsx"), LINKS).fill_in(
        {"Trả lời": "Thửa khác", WRITTEN: "thửa 46 tờ 12"}, {"Trả lời": "Không có thửa nào"}
    )
    left.desk.bring_in(answers)
    more = certificates(tmp_path, (6, 11), "giay-sau.jsonl", year=2011)
    left.bring(more)
    six, eleven = left.parcels()[old(6)], left.parcels()[old(11)]
    assert (OVER in six[1], six[2]) == (False, "2011-05-05")  # the day before the certificate of parcel 46
    assert (OVER in eleven[1], eleven[2]) == (True, "2011-05-05")  # now the first of the newer map
    left.take_back(more)
    assert [left.parcels()[key][1:3] for key in (old(6), old(11))] == [
        ({OVER, *six[1]}, "2012-04-30"), (eleven[1], "2012-04-30"),
    ]  # fmt: skip


def test_an_answer_about_a_map_that_is_named_by_another_era_since_is_not_heard(left: Archive) -> None:
    answers = Sheet(left.desk.export("hoi.xlsx"), LINKS).fill_in({"Trả lời": "Không có thửa nào"})
    with connect(left.desk.url) as conn:
        lineage.place(conn, {f"moi-{n}": replace(new(n), era="2003") for n in FOUND})
    code, told, _ = left.desk.bring_in(answers)
    assert (code, told["applied"]) == (3, 0)
    assert "bản đồ nay gọi theo thời kỳ khác" in told["stale"][0]["why"]
