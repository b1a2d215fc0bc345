"""The national collection workbook as a file: the first sheet is imported, the second is for the office.

Whatever was read from paper is written as text, never as a formula, a link or a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from flows.exports.writing import whole_or_nothing
from flows.national.columns import COLUMNS, MUST, REQUIRED, Cell, Cells
from flows.national.form import CELL_MOST, Laid
from flows.national.remarks import REASONS, Remark
from schemas.errors import BadInput, Lang

SHEET, FIRST_ROW = "Sheet1", 5
_MOST_ROWS = 1_048_576
_SECOND: dict[Lang, tuple[str, tuple[str, ...]]] = {
    "vi": (
        "Chưa khớp",
        (
            "Đã ghi",
            "Dòng ở Sheet1",
            "Mã xã",
            "Seri hoặc mã hồ sơ",
            "Số tờ",
            "Số thửa",
            "Về",
            "Lý do",
            "Giá trị",
            "Tệp quét",
        ),
    ),
    "en": (
        "Not fitted",
        (
            "Written",
            "Row in Sheet1",
            "Commune",
            "Serial or dossier",
            "Sheet",
            "Parcel",
            "About",
            "Why",
            "Value",
            "Scans",
        ),
    ),
}
_YES_NO: dict[Lang, tuple[str, str]] = {"vi": ("Có", "Không"), "en": ("Yes", "No")}
_WIDTHS = {
    "A": 6, "B": 8, "C": 24, "F": 24, "H": 24, "L": 36, "M": 18, "N": 22, "X": 36, "AO": 24, "AX": 34, "BG": 26,
    "BH": 30,
}  # fmt: skip
"""Widths in characters of what is not as wide as a code or a number."""
_REMARK_WIDTHS = (8, 14, 9, 27, 8, 8, 40, 60, 28, 40)
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Written:
    """How many rows the first sheet has, how many parcels are in it, and how many are not."""

    rows: int
    parcels: int
    left_out: int


def write_workbook(out: Path, parcels: Iterable[Laid], lang: Lang) -> Written:
    """Write the workbook, whole or not at all; the same parcels make the same bytes."""
    if out.suffix.lower() != ".xlsx":
        raise BadInput(vi=f"{out}: biểu được xuất ra .xlsx; đổi đuôi tệp", en=f"{out}: the form is written as .xlsx")
    with whole_or_nothing(out) as partial:
        # in memory: the rows hold personal data, which must not lie in a temporary folder
        options = {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        book = xlsxwriter.Workbook(str(partial), options)
        # the day of writing would make two exports of the same parcels differ
        book.set_properties({"created": datetime(2000, 1, 1, tzinfo=UTC)})
        first = book.add_worksheet(SHEET)
        name, heads = _SECOND[lang]
        second = book.add_worksheet(name)
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "border": 1})
        _write_heads(first, bold)
        second.write_row(0, 0, heads, bold)
        second.freeze_panes(1, 0)
        for index, width in enumerate(_REMARK_WIDTHS):
            second.set_column(index, index, width)
        second.set_landscape()
        second.set_paper(9)
        second.fit_to_pages(1, 0)
        second.repeat_rows(0)
        row, line, count, left_out = FIRST_ROW, 2, 0, 0
        for laid in parcels:
            if row + len(laid.rows) > _MOST_ROWS or line + len(laid.remarks) > _MOST_ROWS:
                raise BadInput(
                    vi="nhiều dòng hơn một trang tính chứa được; xuất từng lô với --batch",
                    en="more rows than a sheet holds; export batch by batch with --batch",
                )
            for number, cells in enumerate(laid.rows, start=row):
                _write_row(first, number, {"A": number - FIRST_ROW + 1, **cells})
            for remark in laid.remarks:
                _write_remark(second, line, laid, remark, row, lang)
                line += 1
            row += len(laid.rows)
            count += bool(laid.rows)
            left_out += not laid.rows
        book.close()
    return Written(row - FIRST_ROW, count, left_out)


def _write_heads(sheet: Worksheet, bold: Format) -> None:
    starred = {*MUST, *REQUIRED, "A"}
    for index, column in enumerate(COLUMNS):
        sheet.write_string(2, index, column.name + (" (*)" if column.letter in starred else ""), bold)
        sheet.write_string(3, index, f"Mục {column.item}" if column.item else "", bold)
        sheet.set_column(index, index, _WIDTHS.get(column.letter, 14))
    for line, head in ((0, lambda i: (COLUMNS[i].part,)), (1, lambda i: (COLUMNS[i].part, COLUMNS[i].group))):
        for texts, members in groupby(range(len(COLUMNS)), key=head):
            span = list(members)
            if len(span) > 1:
                sheet.merge_range(line, span[0], line, span[-1], texts[-1], bold)
            else:
                sheet.write_string(line, span[0], texts[-1], bold)
    sheet.set_row(1, 32)
    sheet.set_row(2, 48)
    sheet.freeze_panes(FIRST_ROW - 1, 3)  # the number, commune and serial stay in sight
    sheet.set_landscape()
    sheet.set_paper(8)
    sheet.repeat_rows(0, FIRST_ROW - 2)
    sheet.repeat_columns(0, 2)


def _write_row(sheet: Worksheet, number: int, cells: Cells) -> None:
    for index, column in enumerate(COLUMNS):
        _write_cell(sheet, number, index, cells.get(column.letter))


def _write_cell(sheet: Worksheet, number: int, index: int, cell: Cell) -> None:
    """Write one cell of the row counted from 1."""
    if isinstance(cell, str):
        sheet.write_string(number - 1, index, _ILLEGAL.sub("\ufffd", cell)[:CELL_MOST])
    elif cell is not None:
        sheet.write_number(number - 1, index, cell)


def _write_remark(sheet: Worksheet, line: int, laid: Laid, remark: Remark, first_row: int, lang: Lang) -> None:
    last = first_row + len(laid.rows) - 1
    where = str(first_row) if last == first_row else f"{first_row}–{last}"
    if remark.person is not None:
        where = str(first_row + remark.person)
    cells: tuple[Cell, ...] = (
        _YES_NO[lang][0 if laid.rows else 1],
        where if laid.rows else None,
        *(laid.cells.get(letter) for letter in ("B", "C", "T", "U")),
        remark.about,
        REASONS[remark.why].say(lang),
        remark.value,
        laid.cells.get("AX"),
    )
    for index, cell in enumerate(cells):
        _write_cell(sheet, line, index, cell)
