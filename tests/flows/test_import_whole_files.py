"""A file of an earlier project comes in whole or not at all, and what of it was not read is said."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import shapely
from databases import FreshDatabase
from desk_papers import CERTIFICATE, Desk
from drawings_made_up import write_dgn
from geopandas import GeoDataFrame
from rich.console import Console

from flows.commands import keeping, showing
from flows.imports import importing
from flows.imports.formulas import without_result
from flows.imports.wanted import Wanted
from flows.terminal import Terminal

EAST, NORTH = 577_000.0, 1_720_600.0  # Phường Tân Thạnh, EPSG:5899
HEADS = ["soTo", "soThua", "dienTich", "mucDichSuDung", "tenChu"]


@pytest.fixture
def desk(database: FreshDatabase, tmp_path: Path) -> Desk:
    return Desk(tmp_path, database.worker)


def bring_in(desk: Desk, file: Path, **wanted: Any) -> tuple[int, Any, str]:
    wanted = {"asserted_on": "2012-06-30", "unit_code": "20335", "encoding": "unicode", **wanted}
    code, told, err = desk.type(importing.import_files, [file], Wanted(**wanted), dry_run=False)
    return code, told and told["files"], err


def cut(file: Path, ending: str, share: float = 0.5) -> None:
    part = file.with_suffix(ending)
    data = part.read_bytes()
    part.write_bytes(data[: int(len(data) * share)])


def shapefile(folder: Path) -> Path:
    shapes = [shapely.box(EAST + 30 * n, NORTH, EAST + 30 * n + 20, NORTH + 20) for n in range(20)]
    told = GeoDataFrame(
        {"soTo": [12] * 20, "soThua": range(1, 21), "DIENTICH": [400.0] * 20, "mucDichSuD": ["LUC"] * 20},
        geometry=shapes, crs="EPSG:5899",
    )  # fmt: skip
    told.to_file(folder / "to12.shp")
    return folder / "to12.shp"


def workbook(file: Path, sheets: dict[str, int]) -> Path:
    """A sheet of so many parcels for each number of a map sheet."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for number, parcels in sheets.items():
        sheet = book.create_sheet(f"Tờ {number}")
        sheet.append(HEADS)
        for n in range(parcels):
            sheet.append([number, n + 1, 100 + n, "CLN", "Trần Thị B"])
    book.save(file)
    return file


def numbers(desk: Desk) -> list[str]:
    return sorted(f"{one['fields']['sheet_no']['value']}/{one['row']}" for one in desk.entries())


@pytest.mark.parametrize("ending", [".shp", ".shx", ".dbf"])
def test_a_shapefile_that_was_copied_in_part_is_refused_by_name(desk: Desk, ending: str) -> None:
    file = shapefile(desk.folder)
    cut(file, ending)
    code, told, err = bring_in(desk, file)
    assert (code, told) == (3, [])
    assert f"to12{ending}: tệp bị cắt cụt" in err
    assert desk.entries() == []


def test_a_drawing_that_breaks_off_is_refused_and_a_whole_one_taken(desk: Desk) -> None:
    ring = ((EAST, NORTH), (EAST + 20, NORTH), (EAST + 20, NORTH + 20), (EAST, NORTH + 20), (EAST, NORTH))
    file = write_dgn(desk.folder / "To 12.dgn", [ring], [("7", EAST + 10, NORTH + 10)])
    whole = file.read_bytes()
    file.write_bytes(whole[:-30])
    code, _, err = bring_in(desk, file, crs="5899")
    assert (code, "To 12.dgn: tệp bị cắt cụt" in err) == (3, True)
    file.write_bytes(whole)
    assert bring_in(desk, file, crs="5899")[0] == 0


def test_a_file_without_any_parcel_is_an_error_and_says_why(desk: Desk) -> None:
    file = write_dgn(desk.folder / "To 12.dgn", [((EAST, NORTH), (EAST + 20, NORTH))], [("7", EAST, NORTH + 5)])
    code, _, err = bring_in(desk, file, crs="5899")
    assert (code, "không có thửa nào" in err, "không nằm trong hình khép kín nào: 7" in err) == (3, True, True)
    code, _, err = bring_in(desk, workbook(desk.folder / "trong.xlsx", {"5": 0}))
    assert (code, "trong.xlsx: không có thửa nào" in err) == (3, True)


def originals_held(desk: Desk) -> tuple[int, int]:
    """How many originals are whole, and how many files lie among them that no batch knows."""
    _, told, _ = desk.type(keeping.verify_originals)
    return told["whole"], len(told["untracked"])


def test_a_refused_file_leaves_nothing_among_the_originals(desk: Desk) -> None:
    assert bring_in(desk, workbook(desk.folder / "trong.xlsx", {"5": 0}))[0] == 3
    part = shapefile(desk.folder)
    cut(part, ".dbf")
    assert bring_in(desk, part)[0] == 3
    heads = desk.folder / "cot la.csv"
    heads.write_text("a,b\n1,2\n", encoding="utf-8")
    assert bring_in(desk, heads)[0] == 3
    assert originals_held(desk) == (0, 0)
    assert bring_in(desk, shapefile(desk.folder))[0] == 0
    assert originals_held(desk) == (5, 0)  # .shp .shx .dbf .prj .cpg


def test_an_import_that_breaks_off_before_its_batch_is_recorded_leaves_nothing_among_the_originals(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_off(*_: object, **__: object) -> str:
        raise KeyboardInterrupt

    file = workbook(desk.folder / "ds.xlsx", {"5": 2})
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(importing.imports, "register", break_off)
        bring_in(desk, file)
    assert originals_held(desk) == (0, 0)
    assert bring_in(desk, file)[0] == 0
    assert originals_held(desk) == (1, 0)


def test_the_sheets_of_a_workbook_that_were_not_read_are_named_and_each_can_be(desk: Desk) -> None:
    file = workbook(desk.folder / "hai to.xlsx", {"5": 2, "6": 3})
    code, (outcome,), _ = bring_in(desk, file)
    assert (code, outcome["rows"]) == (0, 3)
    assert any("«Tờ 5»" in note and "--layer" in note for note in outcome["notes"])
    assert bring_in(desk, file, layer="Tờ 5")[1][0]["added"] == 2
    assert numbers(desk) == ["5/2", "5/3", "6/2", "6/3", "6/4"]  # the first sheet stays when the second comes
    assert bring_in(desk, file, layer="Tờ 6")[1][0]["unchanged"] == 3


def test_a_map_says_how_many_of_its_rows_have_no_shape(desk: Desk) -> None:
    told = GeoDataFrame(
        {"soTo": [12] * 3, "soThua": [1, 2, 3], "DIENTICH": [400.0] * 3},
        geometry=[shapely.box(EAST, NORTH, EAST + 20, NORTH + 20), None, None], crs="EPSG:5899",
    )  # fmt: skip
    told.to_file(desk.folder / "to12.gpkg")
    (outcome,) = bring_in(desk, desk.folder / "to12.gpkg")[1]
    assert "to12.gpkg: 2 dòng của bản đồ không có hình" in outcome["notes"]


def test_a_list_saved_as_unicode_text_is_read(desk: Desk) -> None:
    file = desk.folder / "ds.txt"
    file.write_text("\t".join(HEADS) + "\n5\t12\t100\tCLN\tTrần Thị Hường\n", encoding="utf-16")
    code, (outcome,), err = bring_in(desk, file)
    assert (code, outcome["entries"]) == (0, {"accepted": 1}), err
    (entry,) = desk.entries()
    assert [owner["name"] for owner in entry["fields"]["owners"]["value"]] == ["Trần Thị Hường"]


def test_formulas_that_nobody_computed_are_named_by_cell_and_make_the_row_wait(desk: Desk) -> None:
    """A program that writes formulas without computing them leaves cells that hold nothing."""
    file = workbook(desk.folder / "ds.xlsx", {"5": 3})
    book = openpyxl.load_workbook(file)
    sheet = book["Tờ 5"]
    sheet["C3"] = "=100+1"
    sheet["B4"] = "=B3+1"
    sheet["G2"] = "=C2*2"  # a column that is no field
    for place in "ABCDE":
        sheet[f"{place}5"] = f"={place}3"
    book.save(file)
    code, (outcome,), _ = bring_in(desk, file)
    assert (code, outcome["rows"], outcome["entries"]) == (5, 4, {"accepted": 1, "review": 1})
    assert [row["row"] for row in outcome["not_taken_rows"]] == [4, 5]
    assert ["B4 («soThua»)" in row["why"] for row in outcome["not_taken_rows"]] == [True, False]
    (note,) = (one for one in outcome["notes"] if "công thức" in one)
    assert "ds.xlsx: 7 ô" in note
    (waits,) = (one for one in desk.entries() if one["status"] == "review")
    assert (waits["row"], waits["fields"]["area_m2"]["value"]) == (3, None)
    (finding,) = waits["findings"]
    assert (finding["code"], finding["fields"]) == ("formula-without-result", ["area_m2"])
    assert "Ô C3 («dienTich»)" in finding["message"]
    assert "lưu rồi nhập lại" in finding["message"]


@pytest.mark.parametrize(
    ("cell", "bare"),
    [
        ("<c r='AB12'><f>A1*2</f><v></v></c>", [(11, 27)]),
        ("<c r='AB12'><f>A1*2</f></c>", [(11, 27)]),
        ("<c r='AB12' t='e'><f>A1/0</f><v>#DIV/0!</v></c>", [(11, 27)]),
        ("<c r='AB12'><f>A1*2</f><v>0</v></c>", []),
        ("<c r='AB12' t='str'><f>IF(A1,1,&quot;&quot;)</f><v></v></c>", []),
        ("<c r='AB12'><v></v></c>", []),
    ],
)
def test_a_formula_without_a_result_is_told_from_one_whose_result_is_empty(
    tmp_path: Path, cell: str, bare: list[tuple[int, int]]
) -> None:
    with zipfile.ZipFile(tmp_path / "ds.xlsx", "w") as book:
        book.writestr("xl/workbook.xml", "<w xmlns:r='r'><sheets><sheet name='Tờ 5' r:id='x'/></sheets></w>")
        book.writestr("xl/_rels/workbook.xml.rels", "<R><L Id='x' Target='worksheets/một.xml'/></R>")
        book.writestr("xl/worksheets/một.xml", f"<w><sheetData><row r='12'>{cell}</row></sheetData></w>")
    assert without_result(tmp_path / "ds.xlsx", "Tờ 5") == bare
    assert without_result(tmp_path / "ds.xlsx", "Tờ 6") == []


def test_the_status_tells_which_file_an_imported_batch_is(desk: Desk) -> None:
    desk.take_in({"gcn.png": ("gcn", CERTIFICATE, [])})
    bring_in(desk, workbook(desk.folder / "danh sách.xlsx", {"5": 2}))
    bring_in(desk, shapefile(desk.folder))
    _, told, _ = desk.type(showing.status)
    assert [(one["folder"], one["file"], one["files"]) for one in told] == [
        (str(desk.folder), None, 1),
        (str(desk.folder), "danh sách.xlsx", 1),
        (str(desk.folder), "to12.shp", 5),
    ]
    out = io.StringIO()
    at = Terminal(desk.settings, Console(file=out, width=300), Console(file=io.StringIO()))
    assert showing.status(at, as_json=False) == 0
    assert f"{desk.folder}/danh sách.xlsx " in out.getvalue()
    assert f"{desk.folder}/to12.shp " in out.getvalue()


def test_another_version_of_a_file_says_which_batch_it_stands_beside(desk: Desk) -> None:
    file = workbook(desk.folder / "ds.xlsx", {"5": 2})
    (first,) = bring_in(desk, file)[1]
    assert bring_in(desk, file)[1][0].get("earlier") is None  # the same again is no other version
    workbook(file, {"5": 3})
    (second,) = bring_in(desk, file)[1]
    assert second["earlier"] == [first["batch_id"]]
    assert any(f"diachinh batch withdraw {first['batch_id']}" in note for note in second["notes"])
    assert desk.type(keeping.withdraw, first["batch_id"])[0] == 0
    assert bring_in(desk, file)[1][0].get("earlier") is None
