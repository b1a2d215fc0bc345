"""Papers of one parcel that do not agree: a question goes out in the workbook, is answered, and comes back."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from databases import FreshDatabase
from desk_papers import CERTIFICATE, OWNER, Desk, Sheet
from desk_papers import Said as Written

from flows.asking import questions
from flows.commands import exporting, keeping
from flows.commands.why import why
from flows.imports import importing
from flows.imports.wanted import Wanted
from flows.reconcile import settle_land
from schemas.documents import Kind
from schemas.tables import load_tables
from store.database import Connection, connect
from store.runs import running

DISPUTES = "Giấy tờ mâu thuẫn"
OTHER = "Trần Văn Đông"
#: One line more, so that the page is not taken for a copy of the other one.
LOOKS_OTHERWISE = {"origin": "Nhà nước giao đất có thu tiền"}


def certificate(
    serial: str, day: str, owner: str, register_no: str, **more: str
) -> tuple[Kind, Mapping[str, Written], list[Mapping[str, Written]]]:
    said = {
        "serial": serial,
        "issued_on": day,
        "owners": f"Bà: {owner}, sinh năm 1960, CMND số: 205123456",
        "register_no": register_no,
        "sheet_no": "12",
        "parcel_no": "125",
    }
    return "gcn", {**CERTIFICATE, **said, **more}, []


@pytest.fixture
def bare(database: FreshDatabase, tmp_path: Path) -> Desk:
    return Desk(tmp_path, database.worker)


@pytest.fixture
def desk(bare: Desk) -> Desk:
    """A desk with two certificates of one parcel for two people; no paper says that one of them is over."""
    bare.take_in({"giay-1.png": certificate("BA 123456", "ngày 12 tháng 5 năm 2012", OWNER, "CH 00123")})
    second = certificate("BX 223456", "ngày 3 tháng 6 năm 2013", OTHER, "CH 00456", **LOOKS_OTHERWISE)
    bare.take_in({"giay-2.png": second})
    return bare


@pytest.fixture
def admin(desk: Desk, database: FreshDatabase) -> Iterator[Connection]:
    with connect(database.admin) as opened:
        yield opened


def rows_of(file: Path) -> list[dict[str, str]]:
    return Sheet(file, DISPUTES).rows()


def answered(file: Path, choice: str, text: str = "") -> Path:
    return Sheet(file, DISPUTES).fill_in({"Trả lời": choice, "Giá trị đúng (nếu khác)": text})


def exported(desk: Desk) -> list[str]:
    """What leaves the house, byte for byte."""
    out = []
    for what, name in (("parcels", "p.csv"), ("lineage", "l.csv"), ("claims", "c.jsonl"), ("entries", "e.jsonl")):
        assert desk.type(exporting.export, what, desk.folder / name, None, identity=None)[0] == 0
        out.append((desk.folder / name).read_text(encoding="utf-8"))
    return out


def parcels(desk: Desk) -> dict[str, dict[str, str]]:
    head, *lines = [line.split(",") for line in desk.parcels().splitlines()]
    return {row["parcel_key"]: row for row in (dict(zip(head, line, strict=True)) for line in lines)}


def claims(desk: Desk, attribute: str) -> dict[tuple[Any, str], str]:
    """Standing and rule by value, of one attribute."""
    assert desk.type(exporting.export, "claims", desk.folder / "c.jsonl", None, identity=None)[0] == 0
    told = (json.loads(line) for line in (desk.folder / "c.jsonl").read_text(encoding="utf-8").splitlines())
    return {(one["value"], one["standing"]): one["rule"] for one in told if one["attribute"] == attribute}


KEY = "20794@2009/12/125"


def test_two_certificates_are_asked_for_with_both_papers_and_no_name(desk: Desk) -> None:
    out = desk.folder / "hoi.xlsx"
    code, told, _ = desk.type(questions.export, out, None, identity=None)
    assert (code, told["disputes"], told["disputed_parcels"]) == (0, 1, 1)
    (row,) = rows_of(out)
    assert row["Câu hỏi"] == (
        "Thửa 125 tờ 12 (bản đồ 2009, Xã Bình Dương (20794)) có hai giấy chứng nhận. Giấy nào đang còn hiệu lực?"
    )
    first = row["Giấy thứ nhất ghi"].split("\n")
    assert first[0] == "Số phát hành BA 123456"
    assert first[-1] == "Giấy chứng nhận, ký ngày 12/05/2012: giay-1.png, trang 1"
    assert row["Giải quyết"] == "1 thửa"
    assert OWNER not in str(rows_of(out))
    sheet = openpyxl.load_workbook(out)[DISPUTES]
    heads = [cell.value for cell in sheet[1]]
    assert [heads[one.anchor._from.col] for one in sheet._images] == ["Ảnh giấy thứ nhất", "Ảnh giấy thứ hai"]


def test_names_are_shown_with_a_reason_only(desk: Desk) -> None:
    (row,) = rows_of(desk.export("hoi.xlsx", identity="giải quyết mâu thuẫn"))
    assert OWNER not in row["Giấy thứ nhất ghi"]  # nobody has confirmed the name yet


def test_only_the_answer_can_be_written_and_has_its_list(desk: Desk) -> None:
    sheet = openpyxl.load_workbook(desk.export("hoi.xlsx"))[DISPUTES]
    heads = [cell.value for cell in sheet[1]]
    assert {heads[cell.column - 1] for cell in sheet[2] if not cell.protection.locked} == {"Trả lời"}
    lists = [rule.formula1 for rule in sheet.data_validations.dataValidation if rule.formula1]
    assert lists == ['"Giấy thứ nhất,Giấy thứ hai,Cả hai,Không giấy nào,Chưa rõ"']
    assert all(len(rule.prompt) <= 255 for rule in sheet.data_validations.dataValidation)  # the most that Excel takes


def test_all_sheets_are_numbered_as_one_list(desk: Desk) -> None:
    book = openpyxl.load_workbook(desk.export("hoi.xlsx"))
    numbers = [int(str(row[0])) for name in ("Câu hỏi", DISPUTES) for row in list(book[name].values)[1:]]
    assert sorted(numbers) == list(range(1, len(numbers) + 1))


def test_the_help_says_in_english_what_every_word_of_the_sheet_means(desk: Desk) -> None:
    book = openpyxl.load_workbook(desk.export("hoi.xlsx"))
    english = {row[0] for row in book["English"].iter_rows(values_only=True) if row[1]}
    heads = {str(cell.value) for cell in book[DISPUTES][1]} - {"Mã câu hỏi"}
    answers = {"Giấy thứ nhất", "Giấy thứ hai", "Cả hai", "Tất cả", "Không giấy nào", "Giá trị khác", "Chưa rõ"}
    assert (heads | answers) - english == set()


@pytest.mark.parametrize(
    ("choice", "status", "standing", "rules"),
    [
        ("Giấy thứ nhất", "consistent", {"BA 123456"}, {"certificate", "certificate:person"}),
        ("Cả hai", "consistent", {"BA 123456", "BX 223456"}, {"certificate"}),
        ("Không giấy nào", "consistent", {"BX 223456"}, {"superseded-certificate:later-date"}),
        ("Chưa rõ", "conflict", set(), {"certificate:two-living"}),
    ],
)
def test_an_answer_says_which_certificate_is_in_force(
    desk: Desk, choice: str, status: str, standing: set[str], rules: set[str]
) -> None:
    assert desk.bring_in(answered(desk.export("hoi.xlsx"), choice))[0] == 0
    assert parcels(desk)[KEY]["status"] == status
    serials = claims(desk, "serial")
    assert {value for value, state in serials if state == "current"} == standing
    assert set(serials.values()) == rules


def test_an_answer_is_heard_once_and_undo_gives_back_every_byte(desk: Desk) -> None:
    before = exported(desk)
    answers = answered(desk.export("hoi.xlsx"), "Giấy thứ hai")
    code, told, err = desk.bring_in(answers)
    assert (code, told["applied"], told["lands"]) == (0, 1, ["20794"]), err
    assert parcels(desk)[KEY]["status"] == "consistent"
    assert rows_of(desk.export("nua.xlsx")) == []
    code, told, _ = desk.bring_in(answers)
    assert (code, told["applied"], told["standing"]) == (0, 0, 1)
    code, told, _ = desk.bring_in(answers, undo=True)
    assert (code, told["undone"], told["lands"]) == (0, 1, ["20794"])
    assert exported(desk) == before
    assert len(rows_of(desk.export("lai.xlsx"))) == 1


def test_an_answer_stands_when_the_land_is_settled_again_and_when_other_papers_come(desk: Desk) -> None:
    desk.bring_in(answered(desk.export("hoi.xlsx"), "Giấy thứ hai"))
    with connect(desk.url) as conn, running(desk.url, "again") as run:
        settle_land(conn, run, "20794", load_tables())
    other = certificate("BD 777777", "ngày 1 tháng 2 năm 2011", OTHER, "CH 00099", parcel_no="126", address="Thôn 2")
    desk.take_in({"giay-3.png": other})
    assert parcels(desk)[KEY]["status"] == "consistent"
    assert claims(desk, "serial")["BX 223456", "current"] == "certificate"


def test_the_import_is_in_the_log_with_who_and_when(desk: Desk, admin: Connection) -> None:
    desk.bring_in(answered(desk.export("hoi.xlsx"), "Giấy thứ hai"))
    rows = admin.execute(
        "select detail ->> 'by', detail ->> 'answers', at is not null from audit.log where action = 'import-answers'"
    )
    assert rows.fetchall() == [("Cô Lan", "1", True)]


def test_why_tells_who_ruled_what_and_when(desk: Desk) -> None:
    desk.bring_in(answered(desk.export("hoi.xlsx"), "Giấy thứ hai"))
    code, told, err = desk.type(why, KEY, None, as_of=None, identity=None)
    assert code == 0, err
    (ruling,) = told["rulings"]
    assert (ruling["by"], ruling["verdict"], ruling["right"]) == ("Cô Lan", "side", ["BX 223456"])


@pytest.mark.parametrize(
    ("choice", "text", "says"),
    [
        ("Giấy thứ ba", "", "chỉ có 2 giấy"),
        ("Giấy thứ nhất", "BA 123456", "chỉ giữ một trong hai"),
        ("", "BA 123456", "chọn một trong các câu có sẵn"),
        ("Có lẽ", "", "không hiểu câu trả lời «Có lẽ»; chọn một trong: «Giấy thứ nhất»"),
    ],
)
def test_a_row_that_cannot_be_an_answer_is_named_with_its_sheet(desk: Desk, choice: str, text: str, says: str) -> None:
    code, told, _ = desk.bring_in(answered(desk.export("hoi.xlsx"), choice, text))
    assert (code, told["applied"]) == (3, 0)
    (refused,) = told["refused"]
    assert refused["why"].startswith(f"trang tính «{DISPUTES}»:")
    assert says in refused["why"]


# Two parcel indexes of one map, neither with a date, from another installation.


def index_row(book: str, row: int, parcel: str, **values: Any) -> dict[str, Any]:
    def field(value: Any) -> dict[str, Any]:
        return {"value": value, "text": None, "p": 0.99, "status": "accepted", "from": "paper", "page": 3, "box": None}

    told = {"unit_code": "20794", "sheet_no": "12", "parcel_no": parcel, "area_m2": 480.0, **values}
    return {
        "entry_id": f"{book}-{row}", "document_id": book, "file": f"{book}.pdf", "sha256": "ab" * 32, "page": 3,
        "row": row, "kind": "so_muc_ke", "form": None, "era": "2013", "status": "accepted",
        "fields": {name: field(value) for name, value in told.items()}, "findings": [],
    }  # fmt: skip


def take_lines(desk: Desk, *lines: Mapping[str, Any], name: str = "so.jsonl") -> None:
    path = desk.folder / name
    path.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), encoding="utf-8")
    code, _, err = desk.type(importing.import_files, [path], Wanted(), dry_run=False)
    assert code == 0, err


@pytest.fixture
def books(bare: Desk) -> Desk:
    """Three parcels whose legal area and users the two books tell differently."""
    for place, (book, owner) in enumerate((("quyen-1", OWNER), ("quyen-2", OTHER))):
        rows = [
            index_row(
                book, n, str(n), area_m2=400.0 + 50 * n, legal_area_m2=400.0 + 50 * place * n, owners=[{"name": owner}]
            )
            for n in (1, 2, 3)
        ]
        take_lines(bare, *rows, name=f"{book}.jsonl")
    return bare


def test_two_books_are_asked_for_once_for_all_that_they_tell_differently(books: Desk) -> None:
    (row,) = rows_of(books.export("hoi.xlsx"))
    assert row["Câu hỏi"].startswith("Hai sổ mục kê ghi khác nhau ở 3 thửa (")
    assert row["Giải quyết"] == "3 thửa"
    assert "Thửa 1 tờ 12: 450" in row["Giấy thứ hai ghi"]
    assert "Sổ mục kê, không ghi ngày: quyen-2.pdf, trang 3, dòng 1" in row["Giấy thứ hai ghi"]
    assert row["Ảnh giấy thứ hai"] == "không có bản quét"
    assert OTHER not in str(row)


def test_one_answer_about_a_book_settles_all_its_parcels_and_values(books: Desk) -> None:
    before = exported(books)
    answers = answered(books.export("hoi.xlsx"), "Giấy thứ hai")
    assert books.bring_in(answers)[0] == 0
    areas = {key[-1]: (row["legal_area_m2"], "papers-disagree" in row["grade_reasons"])
             for key, row in parcels(books).items()}  # fmt: skip
    assert areas == {"1": ("450.0", False), "2": ("500.0", False), "3": ("550.0", False)}
    assert claims(books, "legal_area_m2")[450.0, "current"] == "parcel-index:person"
    assert claims(books, "legal_area_m2")[400.0, "superseded"] == "parcel-index:person"
    assert rows_of(books.export("nua.xlsx")) == []
    books.bring_in(answers, undo=True)
    assert exported(books) == before


def test_books_that_nobody_can_put_in_order_are_asked_for_value_by_value(books: Desk) -> None:
    books.bring_in(answered(books.export("hoi.xlsx"), "Chưa rõ"))
    out = books.folder / "nua.xlsx"
    _, told, _ = books.type(questions.export, out, None, identity=None)
    assert len(rows_of(out)) == 3  # the three areas
    assert told["identity_left_out"] == 3  # the three users: names are asked for with a reason
    assert len(rows_of(books.export("ten.xlsx", identity="giải quyết mâu thuẫn"))) == 6


def test_a_value_that_no_paper_says_can_be_written(books: Desk) -> None:
    books.bring_in(answered(books.export("hoi.xlsx"), "Chưa rõ"))
    before = exported(books)
    out = books.export("nua.xlsx")
    asked = rows_of(out)[0]
    parcel = asked["Câu hỏi"].split()[1]
    answers = answered(out, "Giá trị khác", "432,1")
    assert books.bring_in(answers)[0] == 0
    told = parcels(books)[f"20794@2013/12/{parcel}"]
    assert told["legal_area_m2"] == "432.1"
    assert claims(books, "legal_area_m2")[432.1, "current"] == "parcel-index:person"
    books.bring_in(answers, undo=True)
    assert exported(books) == before


def test_where_no_paper_is_right_nothing_stands_and_the_parcel_waits(books: Desk) -> None:
    books.bring_in(answered(books.export("hoi.xlsx"), "Chưa rõ"))
    out = books.export("nua.xlsx")
    parcel = rows_of(out)[0]["Câu hỏi"].split()[1]
    books.bring_in(answered(out, "Không giấy nào"))
    told = parcels(books)[f"20794@2013/12/{parcel}"]
    assert told["legal_area_m2"] == ""
    assert "no-paper-right" in told["grade_reasons"]


def test_a_heavier_paper_that_comes_later_stands_above_the_answer(books: Desk) -> None:
    books.bring_in(answered(books.export("hoi.xlsx"), "Giấy thứ hai"))
    decision = {**index_row("quyet-dinh", 1, "1", issued_on="2016-03-01"), "kind": "quyet_dinh"}
    decision["fields"]["area_m2"]["value"] = 470.0
    take_lines(books, decision, name="quyet-dinh.jsonl")
    assert claims(books, "legal_area_m2")[470.0, "current"] == "decision-list"


def test_a_question_whose_papers_were_withdrawn_is_stale(books: Desk) -> None:
    books.bring_in(answered(books.export("hoi.xlsx"), "Chưa rõ"))
    answers = answered(books.export("nua.xlsx"), "Giấy thứ nhất")
    with connect(books.url) as conn:
        (batch_id,) = conn.execute(
            "select distinct batch_id from reading.entry where document_id = 'quyen-2'"
        ).fetchone() or ("",)
    assert books.type(keeping.withdraw, batch_id)[0] == 0
    code, told, _ = books.bring_in(answers)
    assert (code, told["applied"], len(told["stale"])) == (3, 0, 1)


def test_who_ruled_on_a_paper_has_reviewed_it(books: Desk, database: FreshDatabase) -> None:
    books.bring_in(answered(books.export("hoi.xlsx"), "Giấy thứ hai"))
    with connect(database.admin) as admin:
        rows = admin.execute("select person from people.handlers(array['quyen-1-1']) where part = 'reviewer'")
        assert rows.fetchall() == [("Cô Lan",)]
