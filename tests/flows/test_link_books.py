"""How maps of two times go together: a question goes out in the workbook, is answered, and comes back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import openpyxl
import pytest
from databases import FreshDatabase
from desk_papers import CERTIFICATE, OWNER, Desk, Sheet
from desk_papers import Said as Written

from cadastre.asking.lineage_wording import place_name
from cadastre.units.territory import scope_of
from flows.asking import questions
from flows.reconcile import settle_land
from schemas.documents import Kind
from schemas.parcels import ParcelKey, Said
from schemas.tables import load_tables
from store import lineage, link_answers
from store.database import Connection, connect
from store.runs import running

UNIT = "20794"  # Xã Bình Dương
SCOPE = scope_of(UNIT, load_tables())
OLD = ParcelKey(UNIT, "2009", "3", "125")
BEST, RIVAL = ParcelKey(UNIT, "2013", "12", "48"), ParcelKey(UNIT, "2013", "13", "7")
LINKS = "Nối các thời kỳ"
EVIDENCE = ["holder:name_of_few:+6.0", "area:equal:+5.0"]


def certificate(
    key: ParcelKey, day: str, serial: str, **more: str
) -> tuple[Kind, Mapping[str, Written], list[Mapping[str, Written]]]:
    """A certificate as it is read; `more` fields make its page look otherwise."""
    said = {"sheet_no": key.sheet, "parcel_no": key.parcel, "issued_on": day, "serial": serial}
    return "gcn", {**CERTIFICATE, **said, **more}, []


@pytest.fixture
def desk(database: FreshDatabase, tmp_path: Path) -> Desk:
    """A desk with one certificate of an older map and two of a newer one, and one doubtful step between them."""
    desk = Desk(tmp_path, database.worker)
    desk.take_in({"cu.png": certificate(OLD, "ngày 12 tháng 5 năm 2012", "BA 123456")})
    desk.take_in({"moi-1.png": certificate(BEST, "ngày 12 tháng 5 năm 2015", "BX 223456", register_no="CH 00123")})
    more = {"register_no": "CH 00124", "origin": "Nhà nước giao đất có thu tiền"}
    desk.take_in({"moi-2.png": certificate(RIVAL, "ngày 13 tháng 5 năm 2015", "BX 323456", **more)})
    with connect(database.admin) as admin:
        admin.execute(
            "insert into cadastre.lineage_step (scope, from_key, to_key, relation, p, evidence) "
            "values (%s, %s, %s, 'same', 0.6, %s)",
            (SCOPE, str(OLD), str(BEST), EVIDENCE),
        )
    return desk


@pytest.fixture
def admin(desk: Desk, database: FreshDatabase) -> Iterator[Connection]:
    with connect(database.admin) as opened:
        yield opened


def links_of(file: Path) -> list[dict[str, str]]:
    return Sheet(file, LINKS).rows()


def answered(file: Path, choice: str, text: str = "") -> Path:
    return Sheet(file, LINKS).fill_in({"Trả lời": choice, "Thửa, tờ đúng (nếu khác)": text})


def said(desk: Desk) -> list[object]:
    with connect(desk.url) as conn:
        return list(link_answers.told_of(conn, SCOPE).said)


def test_the_question_stands_on_a_sheet_of_its_own_with_both_papers(desk: Desk) -> None:
    out = desk.folder / "hoi.xlsx"
    code, told, _ = desk.type(questions.export, out, None, identity=None)
    assert (code, told["links"], told["parcels"]) == (0, 1, 2)
    (row,) = links_of(out)
    assert row["Câu hỏi"].startswith("Thửa 125 tờ 3 (bản đồ 2009, Xã Bình Dương (20794)) có phải là thửa 48 tờ 12")
    assert row["Máy tìm được"] == "thửa 48 tờ 12 (1.205,6 m²)"
    assert row["Khả năng khác"] == "thửa 7 tờ 13 (1.205,6 m²)"
    assert row["Giải quyết"] == "2 thửa"
    assert row["Vì sao hỏi"].split("\n")[:2] == [
        "máy tin 60 %",
        "khớp: cùng tên người sử dụng đất; diện tích bằng nhau",
    ]
    assert [line for line in row["Giấy tờ"].split("\n") if line.endswith(".png")] == ["cu.png", "moi-1.png"]
    sheet = openpyxl.load_workbook(out)[LINKS]
    heads = [cell.value for cell in sheet[1]]
    assert [heads[one.anchor._from.col] for one in sheet._images] == ["Ảnh giấy thứ nhất", "Ảnh giấy thứ hai"]
    assert OWNER not in str(links_of(out))


def test_only_the_answer_can_be_written_and_has_its_list(desk: Desk) -> None:
    sheet = openpyxl.load_workbook(desk.export("hoi.xlsx"))[LINKS]
    heads = [cell.value for cell in sheet[1]]
    open_cells = {heads[cell.column - 1] for cell in sheet[2] if not cell.protection.locked}
    assert open_cells == {"Trả lời", "Thửa, tờ đúng (nếu khác)"}
    assert sheet.protection.sheet
    lists = [rule.formula1 for rule in sheet.data_validations.dataValidation if rule.formula1]
    assert lists == ['"Đúng,Không,Thửa khác,Không có thửa nào"']
    assert all(len(rule.prompt) <= 255 for rule in sheet.data_validations.dataValidation)  # the most that Excel takes


def test_both_sheets_are_numbered_as_one_list(desk: Desk) -> None:
    book = openpyxl.load_workbook(desk.export("hoi.xlsx"))
    numbers = [int(row[0]) for name in ("Câu hỏi", LINKS) for row in list(book[name].values)[1:]]
    assert sorted(numbers) == list(range(1, len(numbers) + 1))


def test_the_help_says_in_english_what_every_word_of_the_sheet_means(desk: Desk) -> None:
    book = openpyxl.load_workbook(desk.export("hoi.xlsx"))
    english = {row[0] for row in book["English"].iter_rows(values_only=True) if row[1]}
    heads = {str(cell.value) for cell in book[LINKS][1]} - {"Mã câu hỏi"}
    assert (heads | {"Đúng", "Không", "Thửa khác", "Không có thửa nào"}) - english == set()


@pytest.mark.parametrize(
    ("choice", "text", "wanted"),
    [
        ("Đúng", "", [Said(OLD, BEST, yes=True)]),
        ("Không", "", [Said(OLD, BEST, yes=False)]),
        ("Thửa khác", "thửa 7 tờ 13", [Said(OLD, BEST, yes=False), Said(OLD, RIVAL, yes=True)]),
        ("Không có thửa nào", "", [Said(OLD, None, yes=True)]),
    ],
)
def test_an_answer_is_heard_once_and_undo_takes_it_back(desk: Desk, choice: str, text: str, wanted: list[Said]) -> None:
    answers = answered(desk.export("hoi.xlsx"), choice, text)
    code, told, err = desk.bring_in(answers)
    assert (code, told["applied"], told["lands"]) == (0, 1, [SCOPE]), err
    assert said(desk) == wanted
    code, told, _ = desk.bring_in(answers)
    assert (code, told["applied"], told["standing"], told["lands"]) == (0, 0, 1, [])
    assert said(desk) == wanted
    code, told, _ = desk.bring_in(answers, undo=True)
    assert (code, told["undone"], told["lands"]) == (0, 1, [SCOPE])
    assert said(desk) == []


def steps(desk: Desk) -> dict[tuple[ParcelKey, ParcelKey], float]:
    with connect(desk.url) as conn:
        return {(link.older, link.newer): link.p for link in lineage.steps_of(conn, SCOPE)}


def test_the_lineage_follows_the_answer_and_the_undoing(desk: Desk) -> None:
    with connect(desk.url) as conn, running(desk.url, "again") as run:
        settle_land(conn, run, SCOPE, load_tables())
    before = steps(desk)
    out = desk.export("hoi.xlsx")
    (row,) = links_of(out)
    offered = BEST if "48" in row["Máy tìm được"] else RIVAL
    other, text = (RIVAL, "thửa 7 tờ 13") if offered == BEST else (BEST, "thửa 48 tờ 12")
    answers = answered(out, "Thửa khác", text)
    assert desk.bring_in(answers)[0] == 0
    after = steps(desk)
    assert after[OLD, other] > 0.999
    assert (OLD, offered) not in after
    desk.bring_in(answers, undo=True)
    assert steps(desk) == before


def test_what_was_answered_is_not_asked_again_until_it_is_undone(desk: Desk) -> None:
    answers = answered(desk.export("hoi.xlsx"), "Đúng")
    desk.bring_in(answers)
    assert LINKS not in openpyxl.load_workbook(desk.export("nua.xlsx")).sheetnames
    desk.bring_in(answers, undo=True)
    assert len(links_of(desk.export("lai.xlsx"))) == 1


def test_a_later_answer_about_the_same_parcel_stands(desk: Desk) -> None:
    out = desk.export("hoi.xlsx")
    desk.bring_in(answered(out, "Đúng"))
    desk.bring_in(answered(out, "Không có thửa nào"))
    assert said(desk) == [Said(OLD, None, yes=True)]


def test_the_import_is_in_the_log(desk: Desk, admin: Connection) -> None:
    desk.bring_in(answered(desk.export("hoi.xlsx"), "Đúng"))
    rows = admin.execute("select detail ->> 'by', detail ->> 'answers' from audit.log where action = 'import-answers'")
    assert rows.fetchall() == [("Cô Lan", "1")]


def test_an_answer_follows_its_papers_to_another_map_series(desk: Desk, admin: Connection) -> None:
    desk.bring_in(answered(desk.export("hoi.xlsx"), "Đúng"))
    entry_ids = [
        row[0] for row in admin.execute("select entry_id from reading.entry where parcel_key = %s", (str(BEST),))
    ]
    now = ParcelKey(UNIT, "2003", BEST.sheet, BEST.parcel)
    lineage.place(admin, dict.fromkeys(entry_ids, now))
    assert said(desk) == [Said(OLD, now, yes=True)]


def test_an_answer_whose_parcel_has_another_number_now_is_named_and_not_heard(desk: Desk, admin: Connection) -> None:
    answers = answered(desk.export("hoi.xlsx"), "Đúng")
    desk.bring_in(answers)
    admin.execute(
        "update reading.entry set key_parcel = '49', parcel_key = %s where parcel_key = %s",
        (str(ParcelKey(UNIT, "2013", "12", "49")), str(BEST)),
    )
    assert said(desk) == []
    with connect(desk.url) as conn:
        (lost,) = link_answers.told_of(conn, SCOPE).lost
    assert place_name(lost).vi == "thửa 48 tờ 12"
    code, told, _ = desk.bring_in(answers)
    assert (code, told["applied"], len(told["stale"])) == (3, 0, 1)
    assert "đã cũ" in told["stale"][0]["why"]


def test_a_row_that_cannot_be_an_answer_is_named_with_its_sheet_and_row(desk: Desk) -> None:
    code, told, _ = desk.bring_in(answered(desk.export("hoi.xlsx"), "Thửa khác", "thửa 7 tờ 99"))
    assert (code, told["applied"]) == (3, 0)
    (refused,) = told["refused"]
    assert refused["row"] == 2
    assert "trang tính «Nối các thời kỳ»: bản đồ kia không có tờ 99" in refused["why"]
    assert said(desk) == []
