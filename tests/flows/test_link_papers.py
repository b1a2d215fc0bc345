"""Where to look is told by the paper, also where its scan lies at another installation."""

from __future__ import annotations

from pathlib import Path

from databases import FreshDatabase
from desk_papers import Sheet
from two_maps_made_up import Archive, certificates, old_register


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
