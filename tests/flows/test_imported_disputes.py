"""Data of an earlier project that contradicts papers: asked in the workbook, answered, and taken back."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import openpyxl
import pytest
from databases import FreshDatabase
from desk_papers import Desk, Sheet
from imported_desk import DISPUTES, OWNER, answered, asked, exported, parcel, red_book, take

from flows.asking import questions
from flows.commands.why import why
from flows.imports.wanted import Wanted

OTHER = "Trần Văn Đông"
HEADS = ("Xã", "Số tờ", "Số thửa", "Chủ sử dụng", "Diện tích pháp lý", "Loại đất")


@pytest.fixture
def desk(database: FreshDatabase, tmp_path: Path) -> Desk:
    return Desk(tmp_path, database.worker)


def take_papers(desk: Desk, many: int) -> None:
    path = desk.folder / "giay.jsonl"
    lines = (json.dumps(red_book(n), ensure_ascii=False) for n in range(1, many + 1))
    path.write_text("\n".join(lines), encoding="utf-8")
    take(desk, path, Wanted())


def take_list(desk: Desk, *rows: tuple[int, str, float, str]) -> None:
    path = desk.folder / "vilis.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows((HEADS, *(("Xã Bình Dương", 12, *row) for row in rows)))
    take(desk, path, Wanted(asserted_on="2021-06-30", encoding="unicode", unit_code="20794"))


def choices(file: Path) -> list[str]:
    lists = openpyxl.load_workbook(file)[DISPUTES].data_validations.dataValidation
    return [rule.formula1.strip('"') for rule in lists if rule.formula1]


def test_a_user_of_imported_data_that_no_paper_names_is_asked_for_with_the_right_to_see_names(desk: Desk) -> None:
    take_papers(desk, 1)
    take_list(desk, (1, OTHER, 500.0, "LUC"))
    assert parcel(desk, 1)["status"] == "review"
    _, told, _ = desk.type(questions.export, desk.folder / "hoi.xlsx", None, identity=None)
    assert (told["disputes"], told["identity_left_out"]) == (0, 1)
    (row,) = asked(desk, "ten.xlsx", "giải quyết mâu thuẫn")
    assert row["Câu hỏi"].startswith("Thửa 1 tờ 12 (bản đồ 2013, Xã Bình Dương (20794)): người sử dụng đất")
    assert row["Giấy thứ nhất ghi"].startswith(f"ghi: {OWNER}")
    assert row["Giấy thứ hai ghi"].startswith(f"ghi: {OTHER}")
    assert "Dữ liệu của dự án trước, ngày 30/06/2021: vilis.csv, dòng 2" in row["Giấy thứ hai ghi"]


def test_an_answer_for_the_data_makes_it_stand_and_undo_gives_back_every_byte(desk: Desk) -> None:
    take_papers(desk, 1)
    take_list(desk, (1, OWNER, 650.0, "LUC"))
    before = exported(desk)
    assert parcel(desk, 1)["legal_area_m2"] == "500.0"
    file = desk.export("hoi.xlsx")
    answers = answered(file, "Giấy thứ hai")
    code, told, err = desk.bring_in(answers)
    assert (code, told["applied"], told["lands"]) == (0, 1, ["20794"]), err
    assert (parcel(desk, 1)["legal_area_m2"], parcel(desk, 1)["status"]) == ("650.0", "consistent")
    assert asked(desk, "nua.xlsx") == []
    assert desk.bring_in(answers, undo=True)[0] == 0
    assert exported(desk) == before
    assert len(asked(desk, "lai.xlsx")) == 1


@pytest.mark.parametrize("choice", ["Giấy thứ nhất", "Cả hai"])
def test_an_answer_for_the_paper_keeps_it_and_the_parcel_waits_no_more(desk: Desk, choice: str) -> None:
    take_papers(desk, 1)
    take_list(desk, (1, OWNER, 500.0, "ONT"))
    assert parcel(desk, 1)["status"] == "review"
    assert desk.bring_in(answered(desk.export("hoi.xlsx"), choice))[0] == 0
    assert (parcel(desk, 1)["land_use"], parcel(desk, 1)["status"]) == ("LUC", "consistent")


MANY = 12


def test_a_file_that_contradicts_many_papers_is_asked_for_once_and_one_answer_settles_it(desk: Desk) -> None:
    take_papers(desk, MANY)
    take_list(desk, *((n, OTHER, 500.0, "LUC") for n in range(1, MANY + 1)))
    before = exported(desk)
    file = desk.export("hoi.xlsx")
    (row,) = Sheet(file, DISPUTES).rows()
    assert row["Câu hỏi"] == (
        "Dữ liệu của dự án trước ghi khác giấy tờ ở 12 thửa (người sử dụng đất: 12). Lấy theo giấy tờ ở tất cả các "
        "thửa này?"
    )
    assert row["Giải quyết"] == "12 thửa"
    assert OTHER not in str(row)
    assert choices(file) == ["Giấy thứ nhất,Chưa rõ"]
    code, told, _ = desk.bring_in(answered(desk.export("hai.xlsx"), "Giấy thứ hai"))
    assert (code, told["applied"]) == (3, 0)
    assert "không thay giấy tờ hàng loạt" in told["refused"][0]["why"]
    answers = answered(file, "Giấy thứ nhất")
    assert desk.bring_in(answers)[0] == 0
    assert {parcel(desk, n)["status"] for n in range(1, MANY + 1)} == {"consistent"}
    assert asked(desk, "nua.xlsx", "giải quyết mâu thuẫn") == []
    code, told, err = desk.type(why, "20794@2013/12/1", None, as_of=None, identity=None)
    assert [one["attribute"] for one in told["rulings"]] == ["imported"], err
    assert desk.bring_in(answers, undo=True)[0] == 0
    assert exported(desk) == before


def test_a_file_that_nobody_can_judge_as_a_whole_is_asked_parcel_by_parcel(desk: Desk) -> None:
    take_papers(desk, MANY)
    take_list(desk, *((n, OWNER, 650.0, "LUC") for n in range(1, MANY + 1)))
    assert desk.bring_in(answered(desk.export("hoi.xlsx"), "Chưa rõ"))[0] == 0
    assert len(asked(desk, "nua.xlsx")) == MANY
