"""Entries of another installation come in without scans: ids, states and boxes as told, and the imported row beside."""

from __future__ import annotations

import json
from itertools import count
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from databases import FreshDatabase
from desk_papers import Desk

from flows.asking import questions
from flows.commands import exporting, keeping, showing
from flows.commands.why import why
from flows.imports import importing
from flows.imports.wanted import Wanted
from store import imports
from store.database import Connection

SCAN = "ab" * 32


def field(value: Any, text: str | None = None, **more: Any) -> dict[str, Any]:
    told = {"value": value, "text": text, "p": 0.98, "status": "accepted", "from": "paper", "page": 3,
            "box": [10, 20, 300, 60]}  # fmt: skip
    return told | more


def told_entry(entry_id: str = "e-1", *, row: int = 4, parcel: str = "125", **more: Any) -> dict[str, Any]:
    """A row of a parcel index of 2005, on page 3 of a scan that is not here."""
    fields = {
        "unit_code": {"value": "20335", "text": None, "p": None, "status": "accepted", "from": "manifest",
                      "page": None, "box": None},
        "sheet_no": field("12", "12"),
        "parcel_no": field(parcel, parcel),
        "area_m2": field(480.0, "480"),
        "owners": field([{"name": "Nguyễn Thị Chim Vàng", "id_no": "205123456"}], "Nguyễn Thị Chim Vàng",
                        status="review"),
    }  # fmt: skip
    line = {"entry_id": entry_id, "document_id": "d-1", "file": "Muc ke/Quyen 4.pdf", "sha256": SCAN, "page": 3,
            "row": row, "kind": "so_muc_ke", "form": None, "era": "2003", "status": "accepted", "fields": fields,
            "findings": [{"code": "R14", "severity": "warning", "fields": ["row"], "message": "lặp"}]}  # fmt: skip
    return line | more


@pytest.fixture
def desk(database: FreshDatabase, tmp_path: Path) -> Desk:
    return Desk(tmp_path, database.worker)


def written(folder: Path, *lines: Any, name: str = "huyen.jsonl") -> Path:
    path = folder / name
    texts = (line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines)
    path.write_text("\n".join(texts) + "\n", encoding="utf-8")
    return path


def bring_in(desk: Desk, *files: Path, dry_run: bool = False, **wanted: Any) -> tuple[int, Any, str]:
    return desk.type(importing.import_files, list(files), Wanted(**wanted), dry_run=dry_run)


def test_what_another_office_exported_is_exported_again_as_it_was(desk: Desk) -> None:
    lines = [told_entry("e-1"), told_entry("e-2", row=5, parcel="126")]
    code, told, err = bring_in(desk, written(desk.folder, *lines))
    assert (code, told["files"][0]["entries"]) == (0, {"accepted": 2}), err
    out = desk.entries()
    for line, before in zip(out, lines, strict=True):
        del before["fields"]["owners"]["value"][0]["id_no"]  # identity numbers leave with a reason only
        imported = line.pop("imported")
        assert line == before
        assert (imported["file"], imported["row"]) == ("huyen.jsonl", before["row"] - 3)


def test_imported_entries_make_parcels_like_any_paper(desk: Desk) -> None:
    bring_in(desk, written(desk.folder, told_entry()))
    assert "20335@2003/12/125" in desk.parcels()


def test_importing_again_changes_nothing_and_another_order_of_rows_is_another_file(desk: Desk) -> None:
    file = written(desk.folder, told_entry())
    first = bring_in(desk, file)[1]["files"][0]
    before = desk.entries()
    again = bring_in(desk, file)[1]["files"][0]
    assert (first["added"], again["added"], again["changed"], again["unchanged"]) == (1, 0, 0, 1)
    assert desk.entries() == before


def test_a_line_that_is_no_entry_is_named_and_the_others_come_in(desk: Desk) -> None:
    strange = told_entry("e-3", era="1754")
    endless = told_entry("e-4")
    endless["fields"]["area_m2"]["value"] = 1e308
    no_day = told_entry("e-5")
    no_day["fields"]["issued_on"] = field("2015-02-31", "31/02/2015")
    file = written(
        desk.folder, told_entry(), "{", strange, told_entry(), "", '{"entry_id": NaN}',
        json.dumps(endless).replace("1e+308", "1e999"), no_day,
    )  # fmt: skip
    code, told, _ = bring_in(desk, file)
    (outcome,) = told["files"]
    assert (code, outcome["entries"]) == (5, {"accepted": 1})
    assert [(one["row"], one["code"]) for one in outcome["not_taken_rows"]] == [
        (2, "not-an-entry"),
        (3, "not-an-entry"),
        (4, "entry-repeated"),
        (6, "not-an-entry"),
        (7, "not-an-entry"),
        (8, "not-an-entry"),
    ]
    assert "era" in outcome["not_taken_rows"][1]["why"]
    assert "Chim" not in json.dumps(outcome, ensure_ascii=False)


def test_looking_stores_nothing(desk: Desk) -> None:
    code, told, _ = bring_in(desk, written(desk.folder, told_entry()), dry_run=True)
    assert (code, told["files"][0]["entries"]) == (0, {"accepted": 1})
    assert desk.type(showing.status)[1] == []
    assert not (desk.folder / "home" / "originals").exists()


def test_the_batch_is_kept_verified_and_can_be_taken_back(desk: Desk) -> None:
    file = written(desk.folder, told_entry())
    batch_id = bring_in(desk, file)[1]["files"][0]["batch_id"]
    (batch,) = desk.type(showing.status)[1]
    assert (batch["batch_id"], batch["pages"]) == (batch_id, {"read": 1})
    assert desk.type(keeping.verify_originals)[1]["whole"] == 1
    assert desk.type(keeping.withdraw, batch_id)[1]["parcels"]["withdrawn"] == 1
    assert desk.entries() == []
    bring_in(desk, file)
    assert len(desk.entries()) == 1


def test_fields_of_another_scan_keep_its_name_though_nobody_told_its_hash(desk: Desk) -> None:
    line = told_entry()
    line["fields"]["change_note"] = field("Tách thửa", "Tách thửa", file="Bien dong.pdf", page=9)
    bring_in(desk, written(desk.folder, line))
    note = desk.entries()[0]["fields"]["change_note"]
    assert (note["file"], note["page"], note["box"]) == ("Bien dong.pdf", 9, [10, 20, 300, 60])


def test_holes_in_an_imported_book_are_told_by_the_page_of_the_scan(desk: Desk) -> None:
    """Parcels 1 to 12 of a sheet without 7: the row stood between page 3 row 6 and row 7 of the scan."""
    numbers = [n for n in range(1, 13) if n != 7]
    lines = [told_entry(f"e-{n}", row=row, parcel=str(n)) for row, n in enumerate(numbers, start=1)]
    bring_in(desk, written(desk.folder, *lines))
    text = missing_papers(desk)
    assert "12/7" in text
    assert "Muc ke/Quyen 4.pdf trang 3, dòng 6" in text


def missing_papers(desk: Desk) -> str:
    out = desk.folder / "thieu.csv"
    assert desk.type(exporting.export, "missing", out, None, identity=None)[0] == 0
    return out.read_text(encoding="utf-8")


@pytest.mark.parametrize("dies", ["settle_parcels", "flag_missing"])
def test_where_settling_or_the_search_beside_it_dies_the_other_is_done_and_the_same_command_does_both(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, dies: str
) -> None:
    numbers = [n for n in range(1, 13) if n != 7]
    file = written(desk.folder, *(told_entry(f"e-{n}", row=n, parcel=str(n)) for n in numbers))

    def died(*_: Any) -> None:
        raise RuntimeError("killed")

    with monkeypatch.context() as cut:
        cut.setattr(importing, dies, died)
        with pytest.raises(RuntimeError, match="killed"):
            bring_in(desk, file)
    assert ("20335@2003/12/12" in desk.parcels()) == (dies != "settle_parcels")
    assert ("12/7" in missing_papers(desk)) == (dies != "flag_missing")
    bring_in(desk, file)
    assert "20335@2003/12/12" in desk.parcels()
    assert "12/7" in missing_papers(desk)


def test_the_page_of_an_imported_file_is_no_scan_to_read(desk: Desk) -> None:
    file = written(desk.folder, told_entry())
    bring_in(desk, file)
    out = desk.folder / "trang.jsonl"
    assert desk.type(exporting.export, "pages", out, None, identity=None)[0] == 0
    (line,) = [json.loads(text) for text in out.read_text(encoding="utf-8").splitlines()]
    assert (line["file"], line["page"], line["state"], line["kind"]) == ("huyen.jsonl", 1, "read", "so_muc_ke")


def form_of(desk: Desk) -> tuple[list[dict[str, Any]], list[str]]:
    """The data rows by column letter, and the second sheet's lines as text."""
    book = desk.folder / "bieu.xlsx"
    assert desk.type(exporting.export, "form", book, None, identity=None)[0] == 0
    first, second = openpyxl.load_workbook(book).worksheets
    rows = [{cell.column_letter: cell.value for cell in row} for row in first.iter_rows(min_row=5)]
    lines = [" ".join(map(str, row)) for row in second.iter_rows(min_row=2, values_only=True)]
    return [row for row in rows if row.get("B")], lines


def test_a_paper_read_elsewhere_has_its_row_and_its_grade_in_the_form_and_says_where_the_scan_is(desk: Desk) -> None:
    line = told_entry()
    line["fields"]["land_use"] = field([{"code": "LUC", "area_m2": None}], "LUC")
    bring_in(desk, written(desk.folder, line))
    (row,), lines = form_of(desk)
    grade = next(text.split(",")[14] for text in desk.parcels().splitlines() if "20335@2003/12/125" in text)
    assert (row["U"], row["AX"], row["AY"], row["BF"]) == ("125", "d-1.pdf", grade, "Không")
    assert any("Mục 49" in text and "bản quét ở nơi đã đọc giấy này" in text for text in lines)
    code, told, _ = desk.type(exporting.export, "scans", desk.folder / "quet", None, identity=None)
    assert (code, told["count"]) == (0, 0)


def test_what_lacks_a_cell_that_must_be_filled_still_has_no_row_in_the_form(desk: Desk) -> None:
    bring_in(desk, written(desk.folder, told_entry()))
    assert form_of(desk)[0] == []


def test_an_import_that_was_cut_off_is_finished_by_the_same_command(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first entry is kept when the run dies at the second; its parcel is not there yet."""
    file = written(desk.folder, told_entry("e-1"), told_entry("e-2", row=5, parcel="126"))
    kept = imports.save_rows
    calls = count()

    def dies_at_the_second(conn: Connection, **given: Any) -> Any:
        if next(calls):
            raise RuntimeError("killed")
        return kept(conn, **given)

    with monkeypatch.context() as cut:
        cut.setattr(importing, "_AT_ONCE", 1)
        cut.setattr(imports, "save_rows", dies_at_the_second)
        with pytest.raises(RuntimeError, match="killed"):
            bring_in(desk, file)
    assert [entry["entry_id"] for entry in desk.entries()] == ["e-1"]
    (outcome,) = bring_in(desk, file)[1]["files"]
    assert (outcome["added"], outcome["unchanged"]) == (1, 1)
    assert desk.parcels().count("20335@2003/12/") == 2


def test_why_names_the_scan_that_the_source_cites_and_the_imported_row(desk: Desk) -> None:
    bring_in(desk, written(desk.folder, told_entry()))
    _, told, _ = desk.type(why, "20335@2003/12/125", "area_m2", as_of=None, identity=None)
    (area,) = [one for one in told["attributes"] if one["attribute"] == "area_m2"]
    paper = area["claims"][0]["paper"]
    assert (paper["file"], paper["page"], paper["row"], paper["box"]) == (
        "Muc ke/Quyen 4.pdf", 3, 4, [10, 20, 300, 60],
    )  # fmt: skip
    assert paper["imported"] == {"file": "huyen.jsonl", "row": 1}


def waiting_entry() -> dict[str, Any]:
    return {**told_entry(), "status": "review"}


def test_entries_that_wait_at_another_place_are_told_and_not_asked(desk: Desk) -> None:
    batch_id = bring_in(desk, written(desk.folder, waiting_entry()))[1]["files"][0]["batch_id"]
    (batch,) = desk.type(showing.status)[1]
    assert (batch["batch_id"], batch["waiting_elsewhere"]) == (batch_id, 1)
    _, told, _ = desk.type(questions.export, desk.folder / "hoi.xlsx", None, identity=None)
    assert (told["questions"], told["waiting_elsewhere"]) == (0, 1)
    _, told, _ = desk.type(questions.export, desk.folder / "hoi.xlsx", batch_id, identity=None)
    assert told["waiting_elsewhere"] == 1


def test_what_was_answered_there_comes_back_in_place_of_the_old_batch(desk: Desk) -> None:
    first = bring_in(desk, written(desk.folder, waiting_entry()))[1]["files"][0]["batch_id"]
    assert desk.type(keeping.withdraw, first)[0] == 0
    bring_in(desk, written(desk.folder, told_entry(status="confirmed"), name="huyen-moi.jsonl"))
    assert [one["waiting_elsewhere"] for one in desk.type(showing.status)[1]] == [0, 0]
    assert [one["status"] for one in desk.entries()] == ["confirmed"]


def named(entry_id: str, name: str | None, *, era: str, parcel: str) -> dict[str, Any]:
    """An entry that tells its commune by name alone, as exports do where no source has a code."""
    entry = told_entry(entry_id, parcel=parcel, era=era, findings=[])
    del entry["fields"]["unit_code"]
    if name is not None:
        entry["fields"]["unit_name"] = field(name, name)
    return entry


def test_an_entry_that_names_its_commune_without_a_code_makes_a_parcel_of_that_commune(desk: Desk) -> None:
    nui_thanh = named("e-1", "Xã Tam Xuân, huyện Núi Thành", era="299", parcel="1")  # divided before codes began
    tam_ky = named("e-2", "Xã Tam Thăng", era="2013", parcel="2")

    assert bring_in(desk, written(desk.folder, nui_thanh, tam_ky))[1]["files"][0]["entries"] == {"accepted": 2}
    assert "~tamxuan.nuithanh@299/12/1" in desk.parcels()
    assert "20362@2013/12/2" in desk.parcels()


def test_an_entry_whose_commune_nobody_can_tell_makes_no_parcel_and_says_so(desk: Desk) -> None:
    nobodys = named("e-1", None, era="2013", parcel="1")
    elsewhere = named("e-2", "Xã Không Có", era="2013", parcel="2")
    merged = named("e-3", "Phường Bàn Thạch", era="2024", parcel="3")  # of three communes, each with a sheet 12
    merged["fields"]["issued_on"] = field("2025-09-01", "1/9/2025")

    _, told, _ = bring_in(desk, written(desk.folder, nobodys, elsewhere, merged))

    assert told["files"][0]["entries"] == {"review": 3}
    assert told["files"][0]["findings"] == {"unit-unknown": 2, "unit-ambiguous": 1}
    assert desk.parcels().count("\n") == 1  # the heads alone


def test_a_file_without_one_entry_is_refused_and_nothing_is_recorded(desk: Desk) -> None:
    code, told, err = bring_in(desk, written(desk.folder, {"unit": "20335", "truth": True}))

    assert (code, told["files"]) == (3, [])
    assert "huyen.jsonl" in err
    assert "dòng 1" in err
    assert desk.type(showing.status)[1] == []
