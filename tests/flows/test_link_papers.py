"""Where to look is told by the paper, also where its scan lies at another installation."""

from __future__ import annotations

from pathlib import Path

from databases import FreshDatabase
from desk_papers import Sheet
from two_maps_made_up import PARCELS, Archive, certificates, later_index, new, old_register


def test_a_question_of_two_maps_names_the_scans_of_papers_that_were_read_elsewhere(
    database: FreshDatabase, tmp_path: Path
) -> None:
    archive = Archive(tmp_path, database)
    archive.bring(old_register(tmp_path))
    archive.bring(certificates(tmp_path))
    rows = Sheet(archive.desk.export("hoi.xlsx"), "Nối các thời kỳ").rows()
    assert rows  # of two parcels the newer number is not found
    for row in rows:
        assert "so-1982.pdf\ntrang 1, dòng " in row["Giấy tờ"]
        assert ".jsonl" not in row["Giấy tờ"]
        assert row["Ảnh giấy thứ nhất"] == "bản quét không có ở đây"


def test_a_sure_step_that_a_paper_speaks_against_is_asked_and_ends_with_the_answer(
    database: FreshDatabase, tmp_path: Path
) -> None:
    """An index of 2015 says that parcel 45 of sheet 12 was parcel 64 of sheet 2, which no paper knows."""
    archive = Archive(tmp_path, database)
    archive.bring(old_register(tmp_path))
    archive.bring(certificates(tmp_path, PARCELS))
    archive.bring(later_index(tmp_path, 5, old_sheet_no="2", old_parcel_no="64"))
    status, why, *_ = archive.parcels()[new(5)]
    assert (status, why & {"other-older-number", "link-doubtful"}) == ("review", {"other-older-number"})
    file = archive.desk.export("hoi.xlsx")
    (row,) = Sheet(file, "Nối các thời kỳ").rows()
    assert row["Câu hỏi"].startswith("Thửa 5 tờ 3 (bản đồ 299, Xã Bình Dương (20794)) có phải là thửa 45 tờ 12")
    assert "có giấy tờ ghi số thửa cũ khác với các số cũ đã nối" in row["Vì sao hỏi"]
    answers = Sheet(file, "Nối các thời kỳ").fill_in({"Trả lời": "Đúng"})
    assert archive.desk.bring_in(answers)[0] == 0
    assert archive.parcels()[new(5)][0] == "consistent"
    assert Sheet(archive.desk.export("nua.xlsx"), "Nối các thời kỳ").rows() == []
    assert archive.desk.bring_in(answers, undo=True)[0] == 0
    assert archive.parcels()[new(5)][0] == "review"
