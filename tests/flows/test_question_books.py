"""Answers without a desk: a workbook goes out, is answered, and comes back."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import numpy as np
import openpyxl
import pytest
from databases import FreshDatabase
from desk_papers import CERTIFICATE, OWNER, Desk, Sheet, page_reading
from offices import Office
from PIL import Image

from cadastre.words.wording import FIELD_NAMES
from flows.asking import questions
from flows.asking.help import hint
from flows.steps import Job, derive_entries
from store import readings
from store.database import connect
from store.runs import running

BOOK = [{"sheet_no": "9", "parcel_no": str(391 + row), "area_m2": "183,7"} for row in (1, 2, 3)]


@pytest.fixture
def desk(database: FreshDatabase, tmp_path: Path) -> Desk:
    return Desk(tmp_path, database.worker)


@pytest.fixture
def certificate(desk: Desk) -> Desk:
    """A desk with one certificate whose parcel number the engines read differently."""
    desk.take_in({"gcn.png": ("gcn", CERTIFICATE, [])})
    return desk


@pytest.fixture
def book(desk: Desk) -> Desk:
    """A desk with a parcel index of three rows that names no commune."""
    desk.take_in({"so.png": ("so_muc_ke", {"title": "SỔ MỤC KÊ"}, BOOK)})
    return desk


def test_a_row_shows_all_that_is_needed_to_answer(certificate: Desk) -> None:
    row = Sheet(certificate.export("hoi.xlsx")).rows()[0]
    assert row["Cần trả lời"] == "Số thửa đất"
    assert row["Giấy tờ"].split("\n") == ["Giấy chứng nhận", "gcn.png", "trang 1"]
    assert {row["Máy đọc được"], row["Cách đọc khác"]} == {"125", "126"}
    assert row["Vì sao hỏi"] == "hai máy đọc khác nhau"
    assert row["Trả lời"] == ""


def test_the_workbook_is_ready_to_fill_in_and_to_print(certificate: Desk) -> None:
    book = openpyxl.load_workbook(certificate.export("hoi.xlsx"))
    sheet = book["Câu hỏi"]
    assert book.active.title == "Câu hỏi"
    assert {"Hướng dẫn", "English", "Danh mục"} <= set(book.sheetnames)
    assert not any(one.sheet_state == "hidden" or any(c.hidden for c in one.column_dimensions.values()) for one in book)
    assert sheet.freeze_panes == "A2"
    assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)  # 9 is A4
    assert sheet.protection.sheet
    assert sheet.protection.password is None
    heads = [cell.value for cell in sheet[1]]
    open_cells = {heads[cell.column - 1] for cell in sheet[2] if not cell.protection.locked}
    assert open_cells == {"Trả lời", "Giá trị đúng (nếu Sửa)"}
    lists = {str(rule.sqref): rule.formula1 for rule in sheet.data_validations.dataValidation}
    assert lists["G2"] == '"Đúng,Sửa,Không đọc được,Bỏ mục này"'


def test_what_is_filled_in_stands_right_beside_what_was_read(certificate: Desk) -> None:
    heads = [cell.value for cell in openpyxl.load_workbook(certificate.export("hoi.xlsx"))["Câu hỏi"][1]]
    place = heads.index("Máy đọc được")
    assert heads[place - 1 : place + 3] == ["Ảnh trên giấy", "Máy đọc được", "Trả lời", "Giá trị đúng (nếu Sửa)"]


def test_a_cell_to_fill_in_says_how_its_value_is_written(certificate: Desk) -> None:
    sheet = openpyxl.load_workbook(certificate.export("hoi.xlsx", identity="đối chiếu"))["Câu hỏi"]
    asked = {str(row[3].value): f"H{row[0].row}" for row in sheet.iter_rows(min_row=2)}
    hints = {place: rule.prompt for rule in sheet.data_validations.dataValidation for place in str(rule.sqref).split()}
    assert hints[asked["Số thửa đất"]] == "Ghi như: 125 hoặc 125a"
    assert "sinh năm 1960" in hints[asked["Người sử dụng đất"]]
    assert hints[asked["Địa chỉ thửa đất"]] == "Ghi nguyên lời trên giấy."


@pytest.mark.parametrize("field", [*FIELD_NAMES, "something-else"])
def test_no_hint_is_longer_than_a_spreadsheet_shows(field: str) -> None:
    assert 0 < len(hint(field)) <= 255  # the most that Excel takes


def test_the_help_says_in_english_what_every_word_of_the_sheet_means(certificate: Desk) -> None:
    book = openpyxl.load_workbook(certificate.export("hoi.xlsx", identity="đối chiếu"))
    english = {row[0]: row[1] for row in book["English"].iter_rows(values_only=True) if row[1]}
    sheet = book["Câu hỏi"]
    heads = {str(cell.value) for cell in sheet[1]} - {"STT", "Mã câu hỏi"}
    answers = {"Đúng", "Sửa", "Không đọc được", "Bỏ mục này"}
    asked = {str(row[3]) for row in sheet.iter_rows(min_row=2, values_only=True)}
    assert (heads | answers | asked) - set(english) == set()


def test_where_no_place_was_found_the_whole_page_is_shown_to_those_who_may_see_names(desk: Desk) -> None:
    """The page of 1000 × 1400 pixels stands on its side; upright it is 1400 wide, and 1000 wide in the workbook."""
    desk.take_in({"td.png": ("trich_do", {"sheet_no": "12", "parcel_no": "125", "area_m2": "183,7 m²"}, [])})
    out = desk.folder / "hoi.xlsx"
    for identity, shown in ((None, []), ("đối chiếu", [(1000, 714)])):
        assert desk.type(questions.export, out, None, identity=identity)[0] == 0
        sheet = openpyxl.load_workbook(out)["Câu hỏi"]
        row = next(row for row in sheet.iter_rows(min_row=2) if row[3].value == "Ngày ký")
        pictures = [one for one in sheet._images if one.anchor._from.row == row[0].row - 1]
        assert [Image.open(io.BytesIO(one._data())).size for one in pictures] == shown


def test_closed_lists_have_a_drop_down(desk: Desk) -> None:
    desk.take_in({"gcn.png": ("gcn", {**CERTIFICATE, "origin": "Đất do ông bà để lại"}, [])})
    sheet = openpyxl.load_workbook(desk.export("hoi.xlsx"))
    rows = {row["Cần trả lời"]: number for number, row in enumerate(Sheet(desk.folder / "hoi.xlsx").rows(), start=2)}
    rules = {str(rule.sqref): rule.formula1 for rule in sheet["Câu hỏi"].data_validations.dataValidation}
    assert "Danh mục" in rules[f"H{rows['Nguồn gốc sử dụng']}"]
    assert any(str(cell.value).startswith("CNQ-CTT – ") for cell in sheet["Danh mục"]["B"])


def test_the_crop_is_of_the_place_turned_upright(certificate: Desk) -> None:
    """The page stands on its side (90° clockwise makes it upright), so the black bar of a line stands upright in it."""
    sheet = openpyxl.load_workbook(certificate.export("hoi.xlsx"))["Câu hỏi"]
    pictures = {picture.anchor._from.row: picture for picture in sheet._images}
    image = np.asarray(Image.open(io.BytesIO(pictures[1]._data())).convert("L"))
    assert image.shape[0] > image.shape[1]
    assert image.min() < 60


def test_names_stay_out_without_a_reason(certificate: Desk) -> None:
    out = certificate.folder / "hoi.xlsx"
    _, told, _ = certificate.type(questions.export, out, None, identity=None)
    assert told["identity_left_out"] == 1
    cells = str(Sheet(out).rows())
    assert OWNER not in cells
    assert "205123456" not in cells
    _, told, _ = certificate.type(questions.export, out, None, identity="đối chiếu sổ gốc")
    assert told["identity_left_out"] == 0
    row = next(row for row in Sheet(out).rows() if row["Cần trả lời"] == "Người sử dụng đất")
    assert row["Máy đọc được"] == f"Bà {OWNER}, sinh năm 1960, CMND số 205123456"
    with connect(certificate.url) as conn:
        reasons = conn.execute("select detail ->> 'reason' from audit.log where action = 'read-identity'").fetchall()
    assert reasons == [("đối chiếu sổ gốc",)]
    assert certificate.type(questions.export, out, None, identity=" ")[0] == 2


def test_a_confirmed_number_makes_the_parcel_and_undo_takes_it_back(certificate: Desk) -> None:
    before, parcels_before = certificate.entries(), certificate.parcels()
    answers = Sheet(certificate.export("hoi.xlsx")).answer(
        {"Số thửa đất": ("Sửa", "126"), "Địa chỉ thửa đất": ("Đúng", None)}
    )
    code, told, _ = certificate.bring_in(answers)
    assert (code, told["applied"], told["refused"], told["stale"]) == (0, 2, [], [])
    (entry,) = certificate.entries()
    field = entry["fields"]["parcel_no"]
    assert (field["value"], field["text"], field["status"]) == ("126", "125", "confirmed")
    assert field["box"] == before[0]["fields"]["parcel_no"]["box"]
    assert entry["status"] == "confirmed"
    assert "20794@2013/12/126" in certificate.parcels()
    assert "20794@2013/12/12" not in parcels_before
    code, told, _ = certificate.bring_in(answers, undo=True)
    assert (code, told["undone"]) == (0, 2)
    assert certificate.entries() == before
    assert certificate.parcels() == parcels_before
    assert certificate.bring_in(answers, undo=True)[0] == 3


def test_twice_is_once(certificate: Desk) -> None:
    answers = Sheet(certificate.export("hoi.xlsx")).answer({"Số thửa đất": ("Sửa", "126")})
    certificate.bring_in(answers)
    first, parcels = certificate.entries(), certificate.parcels()
    code, told, _ = certificate.bring_in(answers)
    assert (code, told["applied"], told["standing"]) == (0, 0, 1)
    again = Sheet(answers).answer({})  # saved anew: other bytes, the same answers
    assert again.read_bytes() != answers.read_bytes()
    assert certificate.bring_in(again)[1]["applied"] == 0
    assert (certificate.entries(), certificate.parcels()) == (first, parcels)
    assert certificate.bring_in(again, undo=True)[1]["undone"] == 1


def test_an_answer_that_differs_from_an_earlier_one_is_told_as_such_and_undo_gives_the_earlier_back(
    certificate: Desk,
) -> None:
    asked = certificate.export("hoi.xlsx")
    first, second = asked.with_name("lan.xlsx"), asked.with_name("hoa.xlsx")
    for copy in (first, second):
        copy.write_bytes(asked.read_bytes())
    lan = Sheet(first).answer({"Số thửa đất": ("Sửa", "126")})
    hoa = Sheet(second).answer({"Số thửa đất": ("Sửa", "125"), "Địa chỉ thửa đất": ("Đúng", None)})
    assert certificate.bring_in(lan, who="Cô Lan")[1]["replaced"] == 0
    code, told, _ = certificate.bring_in(hoa, who="Cô Hoa")
    assert (code, told["applied"], told["replaced"]) == (0, 2, 1)
    assert certificate.entries()[0]["fields"]["parcel_no"]["value"] == "125"
    assert certificate.bring_in(hoa, who="Cô Hoa", undo=True)[0] == 0
    assert certificate.entries()[0]["fields"]["parcel_no"]["value"] == "126"


def test_what_is_confirmed_stands_in_every_rerun(certificate: Desk) -> None:
    answers = Sheet(certificate.export("hoi.xlsx")).answer({"Số thửa đất": ("Sửa", "126")})
    batch_id = certificate.bring_in(answers)[1]["batches"][0]
    before = certificate.entries()
    with running(certificate.url, "again") as run:
        derive_entries(Job(certificate.settings, certificate.url), run, batch_id)
    assert certificate.entries() == before
    asked = {row["Cần trả lời"] for row in Sheet(certificate.export("nua.xlsx")).rows()}
    assert "Số thửa đất" not in asked
    assert "Địa chỉ thửa đất" in asked


def test_one_answer_settles_the_commune_of_a_whole_book(book: Desk) -> None:
    sheet = Sheet(book.export("hoi.xlsx"))
    (row,) = [row for row in sheet.rows() if row["Cần trả lời"] == "Xã, phường, thị trấn"]
    assert row["Thửa đất"] == "chung cho 3 mục"
    code, told, _ = book.bring_in(sheet.answer({"Xã, phường, thị trấn": ("Sửa", "20842 – Xã Bình Quế, Thăng Bình")}))
    assert (code, told["applied"]) == (0, 3)
    assert [f"20842@2013/9/{number}" in book.parcels() for number in (392, 393, 394)] == [True] * 3


def test_a_question_about_several_rows_names_the_rows_that_its_answer_settles(desk: Desk) -> None:
    rows = [{"sheet_no": "9", "parcel_no": str(391 + n), "area_m2": "183,7"} for n in range(4)]
    rows[1]["owners"] = "Lê Thị Thử"  # her line stands over this row alone, his over the others
    desk.take_in({"so.png": ("so_dang_ky", {"unit_name": "xã Bình Quế", "owners": "Trần Văn Mẫu"}, rows)})
    told = Sheet(desk.export("hoi.xlsx", identity="kiểm tra")).rows()
    asked = [row for row in told if row["Cần trả lời"] == "Người sử dụng đất"]
    assert {row["Thửa đất"]: row["Giấy tờ"].split("\n")[-1] for row in asked} == {
        "chung cho 3 mục": "trang 1, dòng 1, 3–4",
        "tờ 9\nthửa 392": "trang 1, dòng 2",
    }


def test_an_impossible_answer_is_named_with_its_row_and_the_others_are_taken(certificate: Desk) -> None:
    sheet = Sheet(certificate.export("hoi.xlsx"))
    rows = {row["Cần trả lời"]: number for number, row in enumerate(sheet.rows(), start=2)}
    code, told, _ = certificate.bring_in(
        sheet.answer({"Số thửa đất": ("Sửa", "không rõ"), "Địa chỉ thửa đất": ("Đúng", None)})
    )
    assert (code, told["applied"]) == (3, 1)
    assert [one["row"] for one in told["refused"]] == [rows["Số thửa đất"]]
    assert "không rõ" in told["refused"][0]["why"]
    assert certificate.entries()[0]["fields"]["parcel_no"]["status"] == "review"


@pytest.mark.parametrize(
    "answer",
    [("Sửa", None), ("Đúng", "127"), ("Có lẽ", None), ("Không đọc được", "127"), ("Bỏ mục này", "127")],
)
def test_an_answer_that_contradicts_itself_is_refused(certificate: Desk, answer: tuple[str, str | None]) -> None:
    code, told, _ = certificate.bring_in(Sheet(certificate.export("hoi.xlsx")).answer({"Số thửa đất": answer}))
    assert (code, told["applied"], len(told["refused"])) == (3, 0, 1)


def test_a_value_without_a_word_is_a_correction_and_a_number_cell_is_a_number(certificate: Desk) -> None:
    code, _, _ = certificate.bring_in(Sheet(certificate.export("hoi.xlsx")).answer({"Số thửa đất": (None, 126)}))
    assert code == 0
    assert certificate.entries()[0]["fields"]["parcel_no"]["value"] == "126"


def test_unreadable_and_reject_are_answers(certificate: Desk) -> None:
    sheet = Sheet(certificate.export("hoi.xlsx"))
    unreadable = sheet.answer({"Số thửa đất": ("Không đọc được", None)})
    certificate.bring_in(unreadable)
    assert certificate.entries()[0]["fields"]["parcel_no"] | {"box": 0, "text": 0} == {
        "value": None, "text": 0, "p": None, "status": "unreadable", "from": "paper", "page": 1, "box": 0,
    }  # fmt: skip
    certificate.bring_in(unreadable, undo=True)
    certificate.bring_in(sheet.answer({"Số thửa đất": ("Bỏ mục này", None)}))
    assert certificate.entries()[0]["status"] == "rejected"
    assert Sheet(certificate.export("nua.xlsx")).rows() == []


def test_a_question_is_stale_once_the_page_is_read_differently(certificate: Desk) -> None:
    answers = Sheet(certificate.export("hoi.xlsx")).answer({"Số thửa đất": ("Đúng", None)})
    with connect(certificate.url) as conn, running(certificate.url, "newer") as run:
        (batch_id,) = conn.execute("select batch_id from intake.batch").fetchone() or ("",)
        (folder,) = readings.folders(conn, batch_id)
        ref = folder.files[0].pages[0].ref
        newer = page_reading(ref, "gcn", {**CERTIFICATE, "parcel_no": ("725", "126")}, [])
        readings.save_reading(conn, run, newer, "reader-newer")
    code, told, _ = certificate.bring_in(answers)
    assert (code, told["applied"], len(told["stale"])) == (3, 0, 1)
    assert "đã cũ" in told["stale"][0]["why"]


def test_a_file_that_is_no_such_workbook_is_refused(certificate: Desk, tmp_path: Path) -> None:
    other = tmp_path / "khac.xlsx"
    openpyxl.Workbook().save(other)
    words = tmp_path / "chu.xlsx"
    words.write_text("đây không phải bảng tính", encoding="utf-8")
    for file in (other, words, tmp_path / "khong-co.xlsx"):
        code, _, err = certificate.bring_in(file)
        assert (code, file.name in err) == (3, True)
    assert certificate.bring_in(certificate.export("hoi.xlsx"), who=" ")[0] == 2


@pytest.mark.parametrize("name", ["tra-loi.ods", "tra-loi.XLS"])
def test_a_workbook_saved_in_another_form_is_refused_with_what_to_do(
    certificate: Desk, tmp_path: Path, name: str
) -> None:
    (tmp_path / name).write_bytes(b"PK\x03\x04 no workbook of Excel")
    code, _, err = certificate.bring_in(tmp_path / name)
    assert code == 3
    assert ".xlsx rồi nhập lại" in err


def test_owners_that_were_answered_stand_in_the_entries(certificate: Desk) -> None:
    sheet = Sheet(certificate.export("hoi.xlsx", identity="đối chiếu"))
    said = "Bà Nguyễn Thị Chim Vàng, sinh năm 1961, CMND số 205123457"
    assert certificate.bring_in(sheet.answer({"Người sử dụng đất": ("Sửa", said)}))[0] == 0
    owners = certificate.entries()[0]["fields"]["owners"]
    assert owners["status"] == "confirmed"
    assert owners["value"] == [{"name": OWNER, "sex": "nu", "birth_year": 1961, "id_kind": "cmnd"}]


def test_the_words_that_are_typed(office: Office, tmp_path: Path) -> None:
    batch = tmp_path / "lo"
    batch.mkdir()
    (batch / "manifest.csv").write_text("file\nmat.pdf\n", encoding="utf-8")
    Image.new("L", (400, 500), 255).save(batch / "trang.png")
    office.type("digitise", batch, "--plain")
    told = office.type("questions", "export", tmp_path / "hoi.xlsx", "--json")
    assert told.code == 0, told.err
    assert json.loads(told.out)["file"].endswith("hoi.xlsx")
    assert office.type("questions", "import", tmp_path / "hoi.xlsx").code == 2  # --by is missing
    assert office.type("questions", "import", tmp_path / "hoi.xlsx", "--by", "Cô Lan").code == 0
    assert office.type("export", "missing", tmp_path / "thieu.csv").code == 0
    table = csv.DictReader((tmp_path / "thieu.csv").read_text(encoding="utf-8-sig").splitlines())
    (case,) = [row for row in table if row["what"] == "mat.pdf"]
    assert office.type("missing", "set", case["case_id"], "abandoned", "--by", "Cô Lan").code == 0
