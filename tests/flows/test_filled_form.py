"""The benchmark of how full the national workbook gets: its clerk answers as a person would, its counts are honest."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
from databases import FreshDatabase
from desk_papers import CERTIFICATE, Desk
from handing_in_papers import AN, certificate, land, ledger, put, terminal

from benchmarks.clerk import answer
from benchmarks.filled_form import filled
from flows.national.handing_in import export_form
from store.database import Connection


def truth(file: str, page: int, row: int | None, **values: Any) -> dict[str, Any]:
    fields = {name: {"value": value, "page": page} for name, value in values.items()}
    return {"file": file, "page": page, "row": row, "fields": fields}


def test_the_clerk_confirms_what_is_right_corrects_what_is_wrong_and_drops_what_is_no_parcel(
    database: FreshDatabase, tmp_path: Path
) -> None:
    desk = Desk(tmp_path, database.worker)
    rows = [{"sheet_no": "9", "parcel_no": "391", "area_m2": ("183,7", "188,7")}, {"parcel_no": ("7", "1")}]
    desk.take_in({"gcn.png": ("gcn", CERTIFICATE, []), "so.png": ("so_muc_ke", {"title": "SỔ MỤC KÊ"}, rows)})
    known = [
        truth("gcn.png", 1, None, parcel_no="128", address=CERTIFICATE["address"]),
        truth("so.png", 1, 1, unit_code="20794", sheet_no="9", parcel_no="391", area_m2=183.7),
    ]
    answered = tmp_path / "tra-loi.xlsx"
    answer(desk.export("hoi.xlsx"), answered, known)
    _, *rows_of_sheet = openpyxl.load_workbook(answered)["Câu hỏi"].values
    said = {(str(row[1]).split("\n")[1], str(row[1])[-6:], row[3]): row[6:8] for row in rows_of_sheet}
    assert said["gcn.png", "rang 1", "Số thửa đất"] == ("Sửa", "128")
    assert said["gcn.png", "rang 1", "Địa chỉ thửa đất"] == ("Đúng", None)
    assert {value for (_, row, _), value in said.items() if row == "dòng 2"} == {("Bỏ mục này", None)}
    code, told, _ = desk.bring_in(answered)
    assert (code, told["refused"], told["stale"]) == (0, [], [])


def test_a_cell_that_no_paper_says_is_counted_apart(conn: Connection, tmp_path: Path) -> None:
    """No paper says the origin and the form of use of the parcel in the ledger; its term is said and not filled in."""
    bare = {**land("20344", "12", "7"), "owners": (AN,)}
    put(conn, [certificate("BA 123456", land("20344", "12", "125")), ledger(bare)])
    known = [
        truth(
            "gcn.pdf", 1, None, unit_code="20344", sheet_no="12", parcel_no="125", area_m2=100.0,
            land_use=[{"code": "ONT", "area_m2": None}], origin=["CNQ-CTT"], private_m2=100.0, term={"kind": "long"},
            owners=[{"name": "Nguyễn Văn An", "address": "thôn Một"}],
        ),
        truth(
            "so.pdf", 1, 1, unit_code="20344", sheet_no="12", parcel_no="7", area_m2=100.0,
            land_use=[{"code": "ONT", "area_m2": None}], owners=[{"name": "Nguyễn Văn An"}], term={"kind": "long"},
        ),
    ]  # fmt: skip
    out = tmp_path / "bieu.xlsx"
    with terminal(tmp_path) as at:
        export_form(conn, at, out, None, "đối chiếu")
    told = list(filled(out, known))
    # filled are 17 cells of the certificate's row and 14 of the other; 1 is said and empty, 2 no paper says
    assert told[0] == "2 rows; of the required cells that some paper says 31 of 32 filled = 96.9 %"
    assert told[1] == "of all required cells: 91.2 %"
    assert "  item 27 empty 1: no paper of the parcel says it" in told
    assert "  item 29 empty 1: ô cần có còn trống" in told
