"""Rows of earlier projects that wait for a person are asked for in the workbook, answered, and answered for good."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from databases import FreshDatabase
from desk_papers import Desk, Sheet
from rich.console import Console

from flows.commands import exporting, keeping
from flows.commands.why import why
from flows.imports import importing
from flows.imports.wanted import Wanted
from flows.terminal import Terminal

HEADS = ("Xã", "Số tờ", "Số thửa", "Diện tích", "Loại đất")


@pytest.fixture
def desk(database: FreshDatabase, tmp_path: Path) -> Desk:
    return Desk(tmp_path, database.worker)


def take_list(desk: Desk, *rows: Sequence[Any]) -> dict[str, Any]:
    path = desk.folder / "danh-sach.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows((HEADS, *rows))
    wanted = Wanted(asserted_on="2012-06-30", encoding="unicode")
    code, told, err = desk.type(importing.import_files, [path], wanted, dry_run=False)
    assert code == 0, err
    return told["files"][0]  # type: ignore[no-any-return]


def exported(desk: Desk) -> list[str]:
    out = []
    for what, name in (("parcels", "p.csv"), ("claims", "c.jsonl"), ("entries", "e.jsonl")):
        assert desk.type(exporting.export, what, desk.folder / name, None, identity=None)[0] == 0
        out.append((desk.folder / name).read_text(encoding="utf-8"))
    return out


def statuses(desk: Desk) -> list[str]:
    return [entry["status"] for entry in desk.entries()]


def answered(file: Path, *said: tuple[str, str | None]) -> Path:
    """Answer the first questions in their order, save under another name, return it."""
    return Sheet(file).fill_in(*({"Trả lời": choice, "Giá trị đúng (nếu Sửa)": value} for choice, value in said))


UNKNOWN_COMMUNE = [("Xã Không Tên", 12, n, 100 + n, "LUC") for n in (1, 2, 3)]


def test_a_commune_that_stands_in_every_row_is_asked_for_once(desk: Desk) -> None:
    take_list(desk, *UNKNOWN_COMMUNE)
    (row,) = Sheet(desk.export("hoi.xlsx")).rows()
    assert (row["Cần trả lời"], row["Thửa đất"]) == ("Xã, phường, thị trấn", "chung cho 3 mục")
    assert row["Giấy tờ"] == "Dữ liệu của dự án trước\ndanh-sach.csv"
    assert row["Ảnh trên giấy"] == "không có bản quét: mở tệp đã nhập"
    assert row["Cách đọc khác"] == "Xã Không Tên"


def test_one_answer_makes_the_parcels_of_all_rows_and_undo_gives_back_every_byte(desk: Desk) -> None:
    take_list(desk, *UNKNOWN_COMMUNE)
    before = exported(desk)
    answers = answered(desk.export("hoi.xlsx"), ("Sửa", "20335"))
    code, told, err = desk.bring_in(answers)
    assert (code, told["applied"]) == (0, 3), err
    assert statuses(desk) == ["confirmed"] * 3
    assert desk.parcels().count("20335@2009/12/") == 3
    assert Sheet(desk.export("nua.xlsx")).rows() == []
    assert desk.bring_in(answers, undo=True)[0] == 0
    assert exported(desk) == before


def test_an_answer_stands_when_the_file_is_imported_again(desk: Desk) -> None:
    take_list(desk, *UNKNOWN_COMMUNE)
    desk.bring_in(answered(desk.export("hoi.xlsx"), ("Sửa", "20335")))
    after = exported(desk)
    assert take_list(desk, *UNKNOWN_COMMUNE)["changed"] == 0
    assert exported(desk) == after


def test_of_two_rows_with_one_number_the_clerk_says_which_is_the_parcel(desk: Desk) -> None:
    take_list(desk, ("Phường Tân Thạnh, thành phố Tam Kỳ", 12, 1, 120, "LUC"),
              ("Phường Tân Thạnh, thành phố Tam Kỳ", 12, 1, 450, "LUC"))  # fmt: skip
    out = desk.export("hoi.xlsx")
    rows = Sheet(out).rows()
    assert [row["Cách đọc khác"] for row in rows] == ["dòng 3: 450 m²", "dòng 2: 120 m²"]
    assert desk.bring_in(answered(out, ("Đúng", None), ("Bỏ mục này", None)))[0] == 0
    assert sorted(statuses(desk)) == ["confirmed", "rejected"]
    assert ",120.0," in desk.parcels()


def test_an_area_that_is_no_number_is_written_by_the_clerk(desk: Desk) -> None:
    take_list(desk, ("Phường Tân Thạnh, thành phố Tam Kỳ", 12, 1, "12a", "LUC"))
    out = desk.export("hoi.xlsx")
    (row,) = Sheet(out).rows()
    assert (row["Cần trả lời"], row["Cách đọc khác"]) == ("Diện tích (m²)", "12a")
    assert desk.bring_in(answered(out, ("Sửa", "1.234,5")))[0] == 0
    (entry,) = desk.entries()
    assert (entry["status"], entry["fields"]["area_m2"]["value"]) == ("confirmed", 1234.5)
    assert entry["fields"]["area_m2"]["text"] == "12a"  # what the file says stays


def test_an_area_that_no_parcel_has_does_not_stand_until_a_person_says_so(desk: Desk) -> None:
    take_list(desk, ("20362", "5", "12", "1.234.567,0", "ONT"))
    (entry,) = desk.entries()
    assert (entry["status"], entry["fields"]["area_m2"]["status"]) == ("review", "review")
    assert "1234567" not in desk.parcels()
    code, told, _ = desk.type(why, "20362/5/12", None, as_of=None, identity=None)
    assert [one["code"] for one in told["open"] if "code" in one] == ["area-unusual"]
    assert "1.234.567 m²" in str(told["open"])
    assert desk.bring_in(answered(desk.export("hoi.xlsx"), ("Sửa", "1.234,5")))[0] == 0
    assert "1234.5" in desk.parcels()
    code, told, _ = desk.type(why, "20362/5/12", None, as_of=None, identity=None)
    assert (code, told["open"]) == (0, [])  # what was answered is open no more


def test_who_takes_an_imported_batch_back_is_told_to_import_it_again(desk: Desk) -> None:
    batch_id = take_list(desk, ("20362", "5", "12", "400", "ONT"))["batch_id"]
    out = io.StringIO()
    at = Terminal(desk.settings, Console(file=io.StringIO()), Console(file=out, soft_wrap=True))
    assert keeping.withdraw(at, batch_id, as_json=False) == 0
    assert "import tệp đó" in out.getvalue()


@pytest.mark.parametrize(("what", "ending"), [("lineage", ".csv"), ("missing", ".csv"), ("claims", ".jsonl")])
def test_text_is_not_written_under_the_ending_of_another_program(desk: Desk, what: str, ending: str) -> None:
    out = desk.folder / "ket qua.xlsx"
    code, _, told = desk.type(exporting.export, what, out, None, identity=None)
    assert (code, ending in told, out.exists()) == (3, True, False)
