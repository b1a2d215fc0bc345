"""A list of persons as a workbook or CSV for the authorised verifier, and how it is read when it comes back.

Numbers are written as text, so that a spreadsheet keeps the zero in front. Nothing stands in it that verification
does not need: no parcel, no paper, no serial.
"""

from __future__ import annotations

import csv
import hashlib
import io
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import openpyxl
import xlsxwriter
from openpyxl.utils.exceptions import InvalidFileException

from cadastre.identity.listed_cells import listed_cells
from cadastre.identity.verification import Filled
from cadastre.words.folding import key
from flows.exports.writing import literal, whole_or_nothing
from schemas.errors import BadInput
from schemas.verification import Listed

SHEET = "Danh sách xác minh"
#: Column by its code, with its head in the workbook; what is to be filled in begins at `result`.
COLUMNS: dict[str, str] = {
    "batch_id": "Mã danh sách",
    "row_id": "Mã dòng",
    "name": "Họ và tên",
    "birth_year": "Năm sinh",
    "sex": "Giới tính",
    "cmnd": "Số CMND",
    "cccd": "Số CCCD",
    "address": "Địa chỉ",
    "result": "Kết quả",
    "right_name": "Họ tên đúng",
    "right_birth_year": "Năm sinh đúng",
    "right_sex": "Giới tính đúng",
    "right_cmnd": "Số CMND đúng",
    "right_cccd": "Số CCCD đúng",
    "checked_on": "Ngày kiểm tra",
    "checked_by": "Người kiểm tra",
}
_FIRST_OPEN = list(COLUMNS).index("result")
_LISTED = list(COLUMNS)[2:_FIRST_OPEN]
_NEEDED = ("batch_id", "row_id", "result", "checked_on")
_WIDTHS = (16, 12, 26, 10, 10, 14, 16, 44, 16, 26, 14, 14, 14, 16, 14, 24)
_WORDS = ("Khớp", "Khác", "Không tìm thấy")
_HELP = (
    "Cột xám là dữ liệu trên giấy tờ, không sửa. Người được giao xác minh điền các cột trắng.",
    "Kết quả: Khớp · Khác (kèm giá trị đúng ở ít nhất một cột «… đúng») · Không tìm thấy.",
    "Ngày kiểm tra: ghi như 12/5/2026. Người kiểm tra: để trống thì lấy tên của người nhập danh sách.",
    "Dòng chưa kiểm tra thì để trống; nhập lại tệp này sau cũng được.",
    "Danh sách có dữ liệu cá nhân: chỉ gửi cho người được giao, xóa khi xong việc.",
    "Grey columns are from the papers; the authorised verifier fills in the white ones.",
    "Result: matches · differs (with at least one right value) · not found. Day: 12/5/2026 or 2026-05-12.",
    "Leave a row empty that was not checked. Personal data: delete the file when the work is done.",
)
_LARGEST_BYTES = 100_000_000


@dataclass(frozen=True, slots=True)
class FilledSheet:
    """The answered rows of a file, the hash of the file and a hash of what it answers."""

    rows: tuple[Filled, ...]
    file_sha256: str
    content_hash: str


@contextmanager
def list_file(out: Path) -> Iterator[Path]:
    """Yield a temporary name that takes the place of a list, .xlsx or .csv by its ending; refuse any other first."""
    if out.suffix.lower() not in (".xlsx", ".csv"):
        raise BadInput(
            vi=f"{out}: danh sách được xuất ra .xlsx hoặc .csv; đổi đuôi tệp",
            en=f"{out}: a list is written as .xlsx or .csv; change the ending",
        )
    with whole_or_nothing(out) as partial:
        yield partial


def write_list(partial: Path, batch_id: str, persons: Sequence[Listed]) -> None:
    """Write a list as .xlsx or .csv by the file's ending."""
    rows = [_cells(batch_id, one) for one in persons]
    if partial.suffix.lower() == ".csv":
        with partial.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(COLUMNS)
            writer.writerows([literal(cell) for cell in row] for row in rows)
    else:
        _write_workbook(partial, rows)


def _cells(batch_id: str, person: Listed) -> list[str]:
    known = [batch_id, person.row_id, *listed_cells(person).values()]
    return known + [""] * (len(COLUMNS) - len(known))


def _write_workbook(partial: Path, rows: Sequence[Sequence[str]]) -> None:
    # in memory: personal data must not lie in a temporary folder
    book = xlsxwriter.Workbook(str(partial), {"in_memory": True})
    sheet = book.add_worksheet(SHEET)
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "border": 1})
    fixed = book.add_format({"bg_color": "#EEEEEE", "num_format": "@", "valign": "top", "text_wrap": True})
    open_cell = book.add_format({"num_format": "@", "locked": False, "valign": "top"})
    for column, (name, width) in enumerate(zip(COLUMNS.values(), _WIDTHS, strict=True)):
        sheet.write_string(0, column, name, head)
        sheet.set_column(column, column, width)
    for number, row in enumerate(rows, start=1):
        for column, cell in enumerate(row):
            sheet.write_string(number, column, cell, fixed if column < _FIRST_OPEN else open_cell)
    last = max(len(rows), 1)
    places = list(COLUMNS)
    for name, words in (("result", _WORDS), ("right_sex", ("Nam", "Nữ"))):
        at = places.index(name)
        sheet.data_validation(1, at, last, at, {"validate": "list", "source": list(words)})
    sheet.freeze_panes(1, 3)
    sheet.protect("", {"format_columns": True, "format_rows": True, "autofilter": True})
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    words = book.add_worksheet("Hướng dẫn")
    words.set_column(0, 0, 110)
    for line, text in enumerate(_HELP):
        words.write_string(line, 0, text)
    book.close()


def read_list(path: Path) -> FilledSheet:
    """Return the rows of a list that were filled in; BadInput where it is none of ours."""
    try:
        if path.stat().st_size > _LARGEST_BYTES:
            raise _refused(path)
        content = path.read_bytes()
    except FileNotFoundError:
        raise BadInput(vi=f"{path}: không có tệp này", en=f"{path}: no such file") from None
    except OSError as err:
        raise _refused(path) from err
    lines = _csv_lines(path, content) if path.suffix.lower() == ".csv" else _book_lines(path, content)
    heads = [_code(head) for head in lines[0]] if lines else []
    if not set(_NEEDED) <= set(heads):
        raise _refused(path)
    rows = [filled for number, line in enumerate(lines[1:], start=2) if (filled := _filled(number, heads, line))]
    told = "\n".join(sorted(repr(_without_row(one)) for one in rows))
    return FilledSheet(
        tuple(rows), hashlib.sha256(content).hexdigest(), hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()
    )


def _filled(number: int, heads: Sequence[str], line: Sequence[str]) -> Filled | None:
    cell = {head: text.strip() for head, text in zip(heads, line, strict=False) if head}
    filled = Filled(
        row=number,
        batch_id=cell.get("batch_id", ""),
        row_id=cell.get("row_id", ""),
        result=cell.get("result", ""),
        name=cell.get("right_name", ""),
        birth_year=cell.get("right_birth_year", ""),
        sex=cell.get("right_sex", ""),
        cmnd=cell.get("right_cmnd", ""),
        cccd=cell.get("right_cccd", ""),
        checked_on=cell.get("checked_on", ""),
        checked_by=cell.get("checked_by", ""),
        listed={name: cell[name] for name in _LISTED if name in cell},
    )
    return filled if filled.answered else None


def _without_row(filled: Filled) -> tuple[str, ...]:
    return (
        filled.batch_id, filled.row_id, key(filled.result), filled.name, filled.birth_year, key(filled.sex),
        filled.cmnd, filled.cccd, filled.checked_on, filled.checked_by,
    )  # fmt: skip


def _code(head: str) -> str:
    """Return the code of a head, in either of its two forms; empty for a column that is not ours."""
    codes = {key(text): code for code, name in COLUMNS.items() for text in (code, name)}
    return codes.get(key(head), "")


def _csv_lines(path: Path, content: bytes) -> list[list[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadInput(
            vi=f"{path}: không phải UTF-8; trong bảng tính, lưu thành «CSV UTF-8» rồi nhập lại",
            en=f"{path}: is not UTF-8; save it as «CSV UTF-8» and import that",
        ) from None
    first = text.partition("\n")[0]
    mark = max(",;\t", key=first.count)  # spreadsheets with Vietnamese settings write semicolons
    try:
        return [[_unquoted(cell) for cell in row] for row in csv.reader(io.StringIO(text), delimiter=mark)]
    except csv.Error as err:
        raise _refused(path) from err


def _unquoted(cell: str) -> str:
    return cell[1:] if cell[:1] == "'" else cell


def _book_lines(path: Path, content: bytes) -> list[list[str]]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of what other programs add; only cells are read
            book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        try:
            sheet = book[SHEET] if SHEET in book.sheetnames else book.worksheets[0]
            return [[_text(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
        finally:
            book.close()
    except (OSError, InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, SyntaxError, IndexError) as err:
        raise _refused(path) from err


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime | date):
        return f"{cell.day:02d}/{cell.month:02d}/{cell.year}"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _refused(path: Path) -> BadInput:
    return BadInput(
        vi=f"{path}: không phải danh sách xác minh do diachinh xuất ra (.xlsx hoặc .csv); "
        "dùng: diachinh identity export TỆP.xlsx --reason LÝ_DO",
        en=f"{path}: not a list for verification (.xlsx or .csv); make one with: "
        "diachinh identity export OUT.xlsx --reason REASON",
    )


def batch_of(path: Path, rows: Iterable[Filled]) -> str:
    """Return the one list that the rows belong to; BadInput where it is none or several."""
    ids = {one.batch_id for one in rows}
    if len(ids) == 1 and (batch_id := ids.pop()):
        return batch_id
    raise BadInput(
        vi=f"{path}: các dòng phải thuộc một danh sách; không ghép hai danh sách vào một tệp, không xóa cột mã",
        en=f"{path}: its rows must belong to one list; never join two lists, never clear the column of ids",
    )
