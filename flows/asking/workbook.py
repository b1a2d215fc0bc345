"""The workbook in which a person answers: one question a row, with the crop, the best value and a drop-down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from cadastre.asking.question_order import places_in_order
from cadastre.words.wording import FIELD_NAMES, KIND_NAMES, say
from flows.asking.cells import ANSWER_HEAD, ID_HEAD, LEAST_PT, TALLEST_PT, Formats, lines_of, put_picture, set_up
from flows.asking.dispute_questions import PendingDispute
from flows.asking.dispute_sheet import write_disputes
from flows.asking.help import (
    CORRECTED,
    DISPUTES,
    HOW_TO,
    IN_ENGLISH,
    LINKS,
    REJECT,
    RIGHT,
    UNREADABLE,
    hint,
    write_english,
    write_how_to,
)
from flows.asking.link_questions import PendingLink
from flows.asking.link_sheet import write_links
from flows.asking.waiting import Pending, is_imported, is_large, page_of
from flows.folder import shown
from ocr.crops import Crop
from schemas.entries import Entry
from schemas.tables import Tables

SHEET, LISTS = "Câu hỏi", "Danh mục"
PICTURE_HEAD, READ_HEAD, OTHERS_HEAD = "Ảnh trên giấy", "Máy đọc được", "Cách đọc khác"
VALUE_HEAD = "Giá trị đúng (nếu Sửa)"
HEADS: Mapping[str, float] = {
    "STT": 5,
    "Giấy tờ": 20,
    "Thửa đất": 11,
    "Cần trả lời": 16,
    PICTURE_HEAD: 76,
    READ_HEAD: 24,
    ANSWER_HEAD: 15,
    VALUE_HEAD: 28,
    OTHERS_HEAD: 18,
    "Vì sao hỏi": 28,
    ID_HEAD: 12,
}
"""Column heads and widths in characters; what is filled in stands right beside what was read."""

_PICTURE_PX = (524, 200)
_LARGE_PX = (524, 520)
_NO_PLACE = "máy không tìm thấy ô này trên giấy; ảnh, nếu có, là cả trang"
_NO_PAGE = "không có bản quét: mở tệp đã nhập"
_CHOOSE = (
    "Đúng: như «Máy đọc được». Sửa: rồi ghi giá trị đúng ở ô bên phải. Không đọc được: mờ, rách, hoặc giấy không ghi."
)


def write_workbook(
    out: Path,
    pending: Sequence[Pending],
    crops: Mapping[str, Crop],
    tables: Tables,
    links: Sequence[PendingLink] = (),
    link_crops: Mapping[str, tuple[Crop | None, Crop | None]] | None = None,
    disputes: Sequence[PendingDispute] = (),
    dispute_crops: Mapping[tuple[str, int], Crop] | None = None,
) -> None:
    """Write the workbook; crops by question id. Questions of links and of disputes stand on sheets of their own."""
    numbers, of_links, of_disputes = places_in_order(
        [one.question for one in pending], [one.question for one in links], [one.question for one in disputes]
    )
    with xlsxwriter.Workbook(out, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"title": "diachinh: câu hỏi chờ người trả lời"})
        how_to, sheet = (book.add_worksheet(name) for name in (HOW_TO, SHEET))
        of_papers = book.add_worksheet(DISPUTES) if disputes else None
        of_maps = book.add_worksheet(LINKS) if links else None
        lists, english = (book.add_worksheet(name) for name in (LISTS, IN_ENGLISH))
        write_how_to(book, how_to, len(pending), len(links), len(disputes))
        write_english(book, english, links=bool(links), disputes=bool(disputes))
        formats = Formats(book)
        ranges = _write_lists(lists, tables, formats.head)
        _write_questions(formats, sheet, list(zip(numbers, pending, strict=True)), crops, ranges)
        if of_papers:
            write_disputes(formats, of_papers, list(zip(of_disputes, disputes, strict=True)), dispute_crops or {})
        if of_maps:
            write_links(formats, of_maps, list(zip(of_links, links, strict=True)), link_crops or {})
        lists.protect()
        sheet.activate()


def _write_lists(sheet: Worksheet, tables: Tables, head: Any) -> dict[str, str]:
    """Write the closed lists, a column each, and return the range of each field that has one."""
    uses = [f"{one.code} – {one.names[0]}" for one in tables.land_uses.values() if one.group != "AGG" and one.names]
    origins = [f"{one.code} – {one.name}" for one in tables.origins.values() if not one.prefix]
    users = [f"{one.code} – {one.name}" for one in tables.user_types.values()]
    units = [
        " – ".join(filter(None, (one.code if one.coded else "", ", ".join(filter(None, (one.name, one.district))))))
        for one in tables.units
    ]
    columns = (("land_use", uses), ("origin", origins), ("user_type", users), ("unit_code", sorted(units)))
    sheet.set_column(0, len(columns) - 1, 46)
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    ranges: dict[str, str] = {}
    for column, (name, words) in enumerate(columns):
        sheet.write_string(0, column, FIELD_NAMES[name].vi, head)
        for row, word in enumerate(dict.fromkeys(words), start=1):
            sheet.write_string(row, column, word)
        letter = "ABCD"[column]
        ranges[name] = f"='{LISTS}'!${letter}$2:${letter}${len(dict.fromkeys(words)) + 1}"
    return {**ranges, "legal_land_use": ranges["land_use"]}


def _write_questions(
    formats: Formats,
    sheet: Worksheet,
    pending: Sequence[tuple[int, Pending]],
    crops: Mapping[str, Crop],
    ranges: Mapping[str, str],
) -> None:
    columns = list(HEADS)
    place = {name: column for column, name in enumerate(columns)}
    for column, (name, width) in enumerate(HEADS.items()):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, name, formats.head)
    sheet.set_row(0, 34)
    for row, (number, one) in enumerate(pending, start=1):
        crop = crops.get(one.question.question_id)
        told = _told(number, one, pictured=crop is not None)
        for name, text in told.items():
            sheet.write_string(row, place[name], text, formats.of(name))
        lines = (lines_of(text, HEADS[name]) for name, text in told.items() if name not in (OTHERS_HEAD, ID_HEAD))
        height = max(LEAST_PT, 15.0 * max(lines) + 4)
        if crop:
            most = _LARGE_PX if is_large(one.question) else _PICTURE_PX
            height = max(height, put_picture(sheet, row, place[PICTURE_HEAD], crop, most))
        _write_answer(sheet, row, one, place, formats.answer, ranges)
        sheet.set_row(row, min(height, TALLEST_PT))
    set_up(sheet, len(pending), columns.index(ID_HEAD) - 1)  # what the program goes by need not be printed


def _told(number: int, one: Pending, *, pictured: bool) -> dict[str, str]:
    """Return the texts of a question's row by column head."""
    question = one.question
    return {
        "STT": str(number),
        "Giấy tờ": _paper(one, question.entries[0]),
        "Thửa đất": _parcel(question.entries),
        "Cần trả lời": FIELD_NAMES[question.field].vi if question.field in FIELD_NAMES else question.field,
        PICTURE_HEAD: "" if pictured else _NO_PAGE if is_imported(question) else "hãy mở bản quét",
        READ_HEAD: shown_value(one),
        OTHERS_HEAD: "\n".join(question.others),
        "Vì sao hỏi": question.why.vi
        if question.place or is_imported(question)
        else f"{question.why.vi}\n({_NO_PLACE})",
        ID_HEAD: question.question_id,
    }


def _write_answer(
    sheet: Worksheet, row: int, one: Pending, place: Mapping[str, int], form: Any, ranges: Mapping[str, str]
) -> None:
    """Write the two cells to fill in, each with its list and with a hint that shows when it is chosen."""
    field, offered = one.question.field, choices(one)
    choice, written = place[ANSWER_HEAD], place[VALUE_HEAD]
    sheet.write_blank(row, choice, None, form)
    sheet.write_blank(row, written, None, form)
    ask = {"validate": "list", "source": offered, "input_title": "Chọn câu trả lời", "input_message": _CHOOSE}
    sheet.data_validation(row, choice, row, choice, ask)
    rule: dict[str, Any] = {"validate": "any"}
    if field in ranges:
        rule = {"validate": "list", "source": ranges[field], "show_error": field == "user_type"}
    told = {"input_title": "Chỉ ghi khi chọn «Sửa»", "input_message": hint(field)}
    sheet.data_validation(row, written, row, written, {**rule, **told})


def choices(pending: Pending) -> list[str]:
    """Return what can be answered: nothing read cannot be right, and a common question rejects no single entry."""
    question = pending.question
    right = [RIGHT] if question.shown is not None else []
    return [*right, CORRECTED, UNREADABLE, *([REJECT] if len(question.entries) == 1 else [])]


def shown_value(pending: Pending) -> str:
    """Return the best value as a land office writes it."""
    question = pending.question
    text = say(question.field, question.shown)
    if question.field == "unit_code" and text:
        name = question.entries[0].fields.get("unit_name")
        code = "" if text.startswith("~") else text  # a commune that no source has a code for
        return " – ".join(filter(None, (code, str(name.value) if name and name.value else ""))) or text
    return text


def _paper(one: Pending, entry: Entry) -> str:
    page = "" if is_imported(one.question) else f"\ntrang {page_of(one.question).page}"
    where = f"{shown(one.path)}{page}"
    return f"{KIND_NAMES[entry.kind].vi}\n{where}{_rows(one)}"


def _rows(one: Pending) -> str:
    """Return which rows of the page are asked about; nothing where the question is about more than this page."""
    entries = one.question.entries
    if len(entries) > 1 and is_imported(one.question):
        return ""
    numbers = sorted(entry.row for entry in entries if entry.row is not None)
    elsewhere = any(entry.ref != entries[0].ref for entry in entries) or entries[0].ref != page_of(one.question)
    if len(numbers) < len(entries) or (len(entries) > 1 and elsewhere):
        return ""
    breaks = [n for n in range(1, len(numbers)) if numbers[n] > numbers[n - 1] + 1]
    runs = [numbers[start:end] for start, end in pairwise([0, *breaks, len(numbers)])]
    return ", dòng " + ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


def _parcel(entries: Sequence[Entry]) -> str:
    if len(entries) > 1:
        return f"chung cho {len(entries)} mục"
    sheet, parcel = (entries[0].fields.get(name) for name in ("sheet_no", "parcel_no"))
    return (
        f"tờ {sheet.value if sheet and sheet.value else '?'}\nthửa {parcel.value if parcel and parcel.value else '?'}"
    )
