"""Persons go out to the authorised verifier as a list and come back with results; nothing else is told of them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from databases import FreshDatabase
from handing_in_papers import AN, BINH, certificate, land, ledger, put
from offices import new_office
from rich.console import Console

from flows.identity import doubts, verifying
from flows.imports import importing
from flows.imports.wanted import Wanted
from flows.national.handing_in import export_form
from flows.terminal import Terminal
from schemas.entries import Owner
from schemas.errors import DiachinhError
from schemas.national_form import FILE, load_form_codes
from schemas.settings import Settings
from schemas.tables import load_tables
from store.cluster import WORKER, Cluster
from store.database import Refused, connect
from store.migrate import migrate
from store.runs import begin_run

UNIT = "20344"
TODAY = datetime.now(UTC).date().isoformat()
SECRETS = ("Nguyễn Văn An", "Trần Thị Bình", "205123456", "049162001234", "thôn Một")
Rows = list[dict[str, str]]


@dataclass(frozen=True)
class Counter:
    """A counter where lists are handed out: the commands, done with the login of a role."""

    folder: Path
    database: FreshDatabase

    def type(self, command: Callable[..., int], *words: Any, role: str = "verifier", **options: Any) -> Any:
        """Return (exit code, JSON of the result, what was said)."""
        url = self.database.worker.replace("diachinh_worker", f"diachinh_{role}", 1)
        out, err = io.StringIO(), io.StringIO()
        settings = Settings(home=self.folder / "home", database_url=url, lang="vi")  # type: ignore[arg-type]
        at = Terminal(settings, Console(file=out), Console(file=err, soft_wrap=True))
        try:
            code = command(at, *words, as_json=True, **options)
        except DiachinhError as refused:
            return refused.exit_code, None, err.getvalue() + refused.message.vi
        return code, json.loads(out.getvalue()), err.getvalue()

    def gather(self) -> None:
        with connect(self.database.worker) as conn:
            verifying.gather(conn, begin_run(conn, "persons"), load_tables())

    def export(self, name: str = "ds.csv", **options: Any) -> Path:
        told = {"unit": None, "limit": 200, "by": None, "again": None, "reason": "kế hoạch 515", **options}
        code, _, err = self.type(verifying.export, self.folder / name, **told)
        assert code == 0, err
        return self.folder / name

    def bring_in(self, file: Path, by: str = "Lê Minh", *, undo: bool = False) -> Any:
        return self.type(verifying.bring_in, file, by=by, undo=undo)

    def standing(self) -> list[tuple[Any, ...]]:
        with connect(self.database.admin) as admin:
            return admin.execute(
                "select p.name, s.result, s.corrections, s.checked_by from people.standing_verification as s "
                "join people.person as p on p.version_id = s.version_id order by p.name"
            ).fetchall()


def rows_of(file: Path) -> Rows:
    return list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig"))))


def fill(file: Path, rows: Rows, *, mark: str = ",", encoding: str = "utf-8-sig") -> Path:
    with file.open("w", encoding=encoding, newline="") as out:
        writer = csv.DictWriter(out, rows[0].keys(), delimiter=mark)
        writer.writeheader()
        writer.writerows(rows)
    return file


def answered(file: Path, **cells: str) -> Rows:
    """All rows with these cells filled in."""
    return [{**row, "result": "Khớp", "checked_on": TODAY, **cells} for row in rows_of(file)]


@pytest.fixture
def counter(database: FreshDatabase, tmp_path: Path) -> Counter:
    """Two persons of one certificate, gathered."""
    with connect(database.worker) as conn:
        put(conn, [certificate("BA 123456", land(UNIT, "12", "125"), owners=(AN, BINH))])
    made = Counter(tmp_path, database)
    made.gather()
    return made


# The list.


def test_a_list_holds_persons_and_neither_parcel_nor_paper(counter: Counter) -> None:
    file = counter.export()
    an, binh = sorted(rows_of(file), key=lambda row: row["name"])
    assert list(an) == [
        "batch_id", "row_id", "name", "birth_year", "sex", "cmnd", "cccd", "address", "result", "right_name",
        "right_birth_year", "right_sex", "right_cmnd", "right_cccd", "checked_on", "checked_by",
    ]  # fmt: skip
    assert (an["name"], an["birth_year"], an["sex"], an["cmnd"], an["cccd"]) == (
        "Nguyễn Văn An", "1960", "Nam", "205123456", "",
    )  # fmt: skip
    assert (binh["cmnd"], binh["cccd"], binh["address"]) == ("", "049162001234", "thôn Một")
    text = file.read_text(encoding="utf-8-sig")
    assert not any(secret in text for secret in ("BA 123456", UNIT, "125"))


def test_a_workbook_keeps_the_zero_in_front_and_opens_only_what_is_to_be_filled_in(counter: Counter) -> None:
    sheet = openpyxl.load_workbook(counter.export("ds.xlsx")).worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    cells = {row[2].value: dict(zip(heads, row, strict=True)) for row in sheet.iter_rows(min_row=2)}
    number = cells["Trần Thị Bình"]["Số CCCD"]
    assert (number.value, number.data_type, number.number_format) == ("049162001234", "s", "@")
    opened = {head for head, cell in cells["Trần Thị Bình"].items() if not cell.protection.locked}
    assert opened == {
        "Kết quả", "Họ tên đúng", "Năm sinh đúng", "Giới tính đúng", "Số CMND đúng", "Số CCCD đúng", "Ngày kiểm tra",
        "Người kiểm tra",
    }  # fmt: skip
    lists = {str(rule.sqref): rule.formula1 for rule in sheet.data_validations.dataValidation}
    assert lists["I2:I3"] == '"Khớp,Khác,Không tìm thấy"'


def test_what_a_paper_says_is_shown_and_never_computed(database: FreshDatabase, tmp_path: Path) -> None:
    with connect(database.worker) as conn:
        put(conn, [certificate("BA 1", land(UNIT, "1", "1"), owners=(replace(AN, address="=1+1"),))])
    counter = Counter(tmp_path, database)
    counter.gather()
    file = counter.export()
    assert rows_of(file)[0]["address"] == "'=1+1"
    cell = openpyxl.load_workbook(counter.export("ds.xlsx", again=rows_of(file)[0]["batch_id"])).worksheets[0]["H2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_only_who_can_be_verified_of_the_commune_that_was_asked_for_and_as_many_as_fit(
    database: FreshDatabase, tmp_path: Path
) -> None:
    office, nameless = Owner("UBND xã Mẫu"), Owner("Lê Văn Chín")
    with connect(database.worker) as conn:
        put(
            conn,
            [
                ledger(
                    {**land(UNIT, "1", "1"), "owners": (AN,)}, {**land(UNIT, "1", "2"), "owners": (office, nameless)}
                ),
                ledger({**land("20341", "1", "1"), "owners": (BINH,)}, name="muc ke khac"),
            ],
        )
    counter = Counter(tmp_path, database)
    counter.gather()
    assert [row["name"] for row in rows_of(counter.export("mot.csv", unit=UNIT))] == [AN.name]
    # 20341 An Mỹ is in 20341 Tam Kỳ since 2025-07-01
    assert [row["name"] for row in rows_of(counter.export("hai.csv", unit="20341", limit=1))] == [BINH.name]
    code, _, told = counter.type(
        verifying.export, tmp_path / "ba.csv", unit=None, limit=5, by=None, again=None, reason="x"
    )
    assert (code, "identity lists" in told, (tmp_path / "ba.csv").exists()) == (3, True, False)


def test_the_reading_of_a_list_is_logged_with_its_reason(counter: Counter) -> None:
    counter.export(reason="kế hoạch 515, đợt 2")
    with connect(counter.database.admin) as admin:
        rows = admin.execute("select action, actor, detail ->> 'reason' from audit.log order by seq desc limit 2")
        assert rows.fetchall() == [
            ("read-identity", "diachinh_verifier", "kế hoạch 515, đợt 2"),
            ("list-identity", "diachinh_verifier", "kế hoạch 515, đợt 2"),
        ]


def test_a_list_that_was_lost_on_the_way_is_written_again_or_taken_back(counter: Counter) -> None:
    file = counter.export()
    batch_id = rows_of(file)[0]["batch_id"]
    assert counter.export("lại.csv", again=batch_id).read_bytes() == file.read_bytes()
    assert counter.type(verifying.withdraw, batch_id, reason="thất lạc")[0] == 0
    assert counter.type(verifying.withdraw, "v000000000000", reason="x")[0] == 3
    assert {row["batch_id"] for row in rows_of(counter.export("mới.csv"))} != {batch_id}
    _, lists, _ = counter.type(verifying.lists)
    assert [(one["persons"], one["answered"], one["withdrawn"]) for one in lists] == [(2, 0, True), (2, 0, False)]
    code, _, told = counter.bring_in(fill(file, answered(file)))
    assert (code, "đã rút lại" in told) == (3, True)


@pytest.mark.parametrize("name", ["ds.ods", "không có/ds.csv"])
def test_where_the_file_cannot_be_written_nobody_is_put_on_a_list(counter: Counter, name: str) -> None:
    options: dict[str, Any] = {"unit": None, "limit": 5, "by": None, "again": None, "reason": "x"}
    assert counter.type(verifying.export, counter.folder / name, **options)[0] == 3
    assert counter.type(verifying.lists)[1] == []


def test_doubtful_numbers_are_named_by_their_papers_and_not_by_name_or_number(
    database: FreshDatabase, tmp_path: Path
) -> None:
    """205123456 and 205128456 differ by 3 and 8; the second number stands under Bình's name too."""
    misread, shared = replace(AN, id_no="205128456"), Owner("Trần Thị Bình", "nu", id_kind="cmnd", id_no="205128456")
    with connect(database.worker) as conn:
        rows = [{**land(UNIT, "12", "125"), "owners": (owner,)} for owner in (AN, misread)]
        put(conn, [ledger(*rows), ledger({**land(UNIT, "1", "1"), "owners": (shared,)}, name="muc ke khac")])
    counter = Counter(tmp_path, database)
    out = tmp_path / "nghi.csv"
    assert counter.type(doubts.doubts, out, role="worker")[1]["doubts"] == 2
    told = [(row["kind"], row["file"], row["row"], row["other_file"], row["other_row"]) for row in rows_of(out)]
    assert told[0] == ("number-misread", "muc ke 2013.pdf", told[0][2], "muc ke 2013.pdf", told[0][4])
    assert {told[0][2], told[0][4]} == {"1", "2"}
    assert sorted((told[1][1], told[1][3])) == ["muc ke 2013.pdf", "muc ke khac 2013.pdf"]
    text = out.read_text(encoding="utf-8-sig")
    assert not any(secret in text for secret in (*SECRETS, "205128456"))
    with pytest.raises(Refused):
        counter.type(doubts.doubts, out, role="scanner")


@pytest.mark.parametrize("role", ["worker", "scanner", "reviewer", "contractor", "consultant", "administrator"])
def test_no_other_login_makes_a_list(counter: Counter, role: str) -> None:
    options: dict[str, Any] = {"unit": None, "limit": 5, "by": None, "again": None, "reason": "x"}
    with pytest.raises(Refused):
        counter.type(verifying.export, counter.folder / "x.csv", role=role, **options)
    with pytest.raises(Refused):
        counter.type(verifying.lists, role=role)
    assert not (counter.folder / "x.csv").exists()


# The results.


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_results_come_in_once_and_are_taken_back(counter: Counter, mark: str) -> None:
    file = counter.export()
    fill(file, answered(file), mark=mark)
    assert counter.bring_in(file)[1] | {"file": "", "list": ""} == {
        "file": "", "list": "", "applied": 2, "standing": 0,
    }  # fmt: skip
    assert counter.bring_in(file)[1]["standing"] == 2
    assert counter.standing() == [(name, "matches", {}, "Lê Minh") for name in (AN.name, BINH.name)]
    assert counter.bring_in(file, undo=True)[1]["undone"] == 2
    assert counter.standing() == []
    assert counter.bring_in(file, undo=True)[0] == 3


def test_a_workbook_comes_back_in_parts_and_a_row_left_empty_stays_open(counter: Counter) -> None:
    file = counter.export("ds.xlsx")
    book = openpyxl.load_workbook(file)
    sheet = book.worksheets[0]
    sheet["I2"], sheet["O2"], sheet["P2"] = "Không tìm thấy", datetime.now(UTC).replace(tzinfo=None), "Phạm Hoa"
    book.save(file)
    assert counter.bring_in(file)[1]["applied"] == 1
    (result,) = counter.standing()
    assert result[1:] == ("not_found", {}, "Phạm Hoa")
    sheet["I3"], sheet["O3"] = "Khớp", TODAY
    book.save(file)
    assert counter.bring_in(file)[1] | {"file": "", "list": ""} == {
        "file": "", "list": "", "applied": 1, "standing": 1,
    }  # fmt: skip


def test_one_row_at_fault_keeps_all_out_and_is_told_with_its_remedy_and_no_value(counter: Counter) -> None:
    file = counter.export()
    rows = answered(file)
    rows[1] |= {"result": "Khác", "right_cccd": "49162001239"}
    fill(file, rows)
    code, _, told = counter.bring_in(file)
    assert code == 3
    assert "Dòng 3" in told
    assert "Văn bản" in told
    assert not any(secret in told for secret in (*SECRETS, "49162001239"))
    assert counter.standing() == []


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda rows: [{**rows[0], "row_id": "0000000000"}], "không có trong danh sách"),
        (lambda rows: [rows[0], rows[0]], "đã có ở dòng trên"),
        (lambda rows: [rows[0], {**rows[1], "batch_id": "v111111111111"}], "một danh sách"),
        (lambda rows: [{**rows[0], "batch_id": "v111111111111"}], "không có danh sách mang mã này"),
        (lambda rows: [{**rows[0], "result": ""}], "chưa dòng nào có kết quả"),
        (lambda rows: [{"a": "1"}], "không phải danh sách xác minh"),
    ],
)
def test_a_file_that_is_not_the_list_is_refused(counter: Counter, spoil: Callable[[Rows], Rows], told: str) -> None:
    file = counter.export()
    code, _, said = counter.bring_in(fill(file, spoil(answered(file))))
    assert (code, told in said) == (3, True), said
    assert counter.standing() == []


@pytest.mark.parametrize(
    ("name", "content"), [("x.xlsx", b"PK\x03\x04rubbish"), ("x.csv", b"\xff\xfe\x00"), ("x.txt", b""), ("y.csv", None)]
)
def test_what_cannot_be_read_is_named(counter: Counter, name: str, content: bytes | None) -> None:
    if content is not None:
        (counter.folder / name).write_bytes(content)
    code, _, told = counter.bring_in(counter.folder / name)
    assert (code, name in told) == (3, True)


@pytest.mark.parametrize("by", ["", " / ", "diachinh_worker/Lê Minh", "123"])
def test_a_result_needs_a_name_and_the_login_in_use(counter: Counter, by: str) -> None:
    file = counter.export()
    assert counter.bring_in(fill(file, answered(file)), by=by)[0] == 2
    assert counter.bring_in(file, by="diachinh_verifier/Lê Minh")[0] == 0


def test_who_scanned_is_told_which_rows_are_for_somebody_else(database: FreshDatabase, tmp_path: Path) -> None:
    with connect(database.worker) as conn:
        batch_id = put(conn, [certificate("BA 1", land(UNIT, "1", "1"), owners=(AN,))])
        conn.execute("insert into intake.registration (batch_id, person) values (%s, 'Cô Lan')", [batch_id])
    counter = Counter(tmp_path, database)
    counter.gather()
    file = counter.export()
    code, _, told = counter.bring_in(fill(file, answered(file)), by="Trần Thị Lan")
    assert (code, "Dòng 2" in told, "giao cho người khác" in told) == (3, True, True)
    assert counter.standing() == []


def test_the_national_workbook_tells_the_state_of_each_number_and_the_right_one_beside_it(counter: Counter) -> None:
    file = counter.export()
    rows = answered(file)
    binh = next(row for row in rows if row["name"] == BINH.name)
    binh |= {"result": "Khác", "right_cccd": "049162001235"}
    assert counter.bring_in(fill(file, rows))[0] == 0
    out = counter.folder / "bieu.xlsx"
    at = Terminal(Settings(home=counter.folder / "home"), Console(file=io.StringIO()), Console(file=io.StringIO()))
    with connect(counter.database.worker) as conn:
        export_form(conn, at, out, None, "nộp biểu")
        shown = {row[7].value: row for row in openpyxl.load_workbook(out)["Sheet1"].iter_rows(min_row=5)}
        an, other = (
            [cell.value for cell in shown[name] if cell.column_letter in ("AZ", "BA", "BB", "BC", "BD", "BE")]
            for name in (AN.name, BINH.name)
        )
        assert an == ["205123456", "CMND", "Đã xác thực", None, None, None]
        assert other == ["049162001234", "CCCD", "Thông tin sai lệch", "049162001235", "CCCD", "Đã xác thực"]
        export_form(conn, at, out, None, None)
    assert "049162001235" not in str(list(openpyxl.load_workbook(out)["Sheet1"].iter_rows(values_only=True)))


def test_an_offices_older_words_for_the_workbook_still_serve(tmp_path: Path) -> None:
    shipped = (files("schemas") / "codes" / FILE).read_text("utf-8")
    older = [line for line in shipped.splitlines() if not line.startswith(("matches =", "differs =", "not_found ="))]
    (tmp_path / FILE).write_text("\n".join(older).replace("Chưa xác thực", "Chưa"), encoding="utf-8")
    words = load_form_codes(tmp_path).identity_state
    assert (words["unverified"], words["matches"]) == ("Chưa", "Đã xác thực")


def test_the_commands_work_on_the_private_database_with_its_own_logins(tmp_path: Path) -> None:
    with new_office() as office:
        cluster = Cluster(office.home)
        cluster.start()
        migrate(cluster.admin_url())
        with connect(cluster.url(WORKER)) as conn:
            put(conn, [certificate("BA 123456", land(UNIT, "12", "125"), owners=(AN, BINH))])
        file = tmp_path / "ds.csv"
        told = office.type("identity", "export", file, "--reason", "kế hoạch 515")
        assert told.code == 0, told.err
        fill(file, answered(file))
        assert office.type("identity", "import", file, "--by", "Lê Minh", "--json").json()["applied"] == 2
        listed = office.type("identity", "lists", "--json").json()
        assert [(one["made_by"], one["answered"]) for one in listed] == [("diachinh_verifier", 2)]
        parcels = tmp_path / "thua.csv"
        assert office.type("export", "parcels", parcels).code == 0
        log = "".join(path.read_text(encoding="utf-8") for path in (office.home / "logs").iterdir())
        seen = told.out + told.err + parcels.read_text(encoding="utf-8") + log
        assert not any(secret in seen for secret in (*SECRETS, rows_of(file)[0]["row_id"]))


def test_results_beside_swapped_ids_are_not_kept(counter: Counter) -> None:
    file = counter.export()
    first, second = answered(file)
    swapped = [{**first, "row_id": second["row_id"]}, {**second, "row_id": first["row_id"]}]
    code, _, err = counter.bring_in(fill(file, swapped))
    assert code == 3
    assert "Dòng 2" in err
    assert "Dòng 3" in err
    assert "họ tên của dòng này không còn như danh sách" in err
    assert not any(secret in err for secret in SECRETS)
    assert counter.standing() == []


def test_who_imported_the_papers_of_a_person_does_not_verify_them(database: FreshDatabase, tmp_path: Path) -> None:
    office = Counter(tmp_path, database)
    file = tmp_path / "muc ke.csv"
    file.write_text(
        'So to,So thua,Dien tich,Ten chu\n5,12,100,"Nguyễn Văn An, sinh năm 1960, CMND 205123456"\n', encoding="utf-8"
    )
    wanted = Wanted(asserted_on="2012-06-30", unit_code="20344", encoding="unicode", by="Cô Lan")
    assert office.type(importing.import_files, [file], wanted, dry_run=False, role="worker")[0] == 0
    office.gather()
    rows = answered(office.export())
    code, _, err = office.bring_in(fill(tmp_path / "ds.csv", rows), by="Trần Thị Lan")
    assert (code, "đã đưa lô quét có giấy tờ của người này vào" in err) == (3, True)
    assert office.bring_in(tmp_path / "ds.csv", by="Lê Minh")[0] == 0
