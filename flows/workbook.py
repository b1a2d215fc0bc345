"""The workbook in which a person answers: one question a row, with the crop, the best value and a drop-down."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from cadastre.wording import FIELD_NAMES, KIND_NAMES, say
from flows.folder import shown
from flows.waiting import Pending
from ocr.crops import Crop
from schemas.entries import Entry
from schemas.tables import Tables

SHEET, LISTS, HOW_TO = "Câu hỏi", "Danh mục", "Hướng dẫn"
RIGHT, CORRECTED, UNREADABLE, REJECT = "Đúng", "Sửa", "Không đọc được", "Bỏ mục này"
ANSWER_HEAD, VALUE_HEAD, ID_HEAD = "Trả lời", "Giá trị đúng (nếu Sửa)", "Mã câu hỏi"
HEADS: Mapping[str, float] = {
    "STT": 5,
    "Giấy tờ": 24,
    "Thửa đất": 13,
    "Cần trả lời": 18,
    "Ảnh trên giấy": 60,
    "Máy đọc được": 22,
    "Cách đọc khác": 20,
    "Vì sao hỏi": 30,
    ANSWER_HEAD: 15,
    VALUE_HEAD: 26,
    ID_HEAD: 5,
}
"""Column heads and widths in characters."""

_PICTURE_PX = (410, 160)
_TABLE_PX = (410, 500)
_TALLEST_PT = 405.0  # a row of a workbook cannot be taller than 409 points
_LEAST_PT = 32.0
_STEPS = (
    "Mỗi dòng của trang «Câu hỏi» là một ô trên giấy mà máy chưa dám tự nhận. Câu đáng giá nhất đứng trên.",
    "Nhìn ảnh cắt từ bản quét, so với cột «Máy đọc được», rồi chọn ở cột «Trả lời»:",
    "   Đúng: trên giấy ghi đúng như cột «Máy đọc được».",
    "   Sửa: ghi điều đọc được trên giấy vào cột «Giá trị đúng». Chỉ ghi điều in trên giấy, không ghi điều mình biết.",
    "   Không đọc được: giấy mờ, rách, không ai đọc được.",
    "   Bỏ mục này: dòng này không phải một thửa đất (vết bẩn, dòng cộng…). Mục bị bỏ không tạo thửa.",
    "Để trống câu chưa trả lời; lần xuất sau sẽ hỏi lại.",
    "Cách ghi: diện tích 1.234,5 · ngày 30/05/2012 · thời hạn «Lâu dài», «50 năm», «Đến ngày 17/12/2065».",
    "Nhiều mục đích sử dụng: mỗi mục đích một dòng (Alt+Enter), ví dụ  ONT: 120,0  rồi  CLN: 1.005,6.",
    "Tọa độ: mỗi góc một dòng  số; X; Y; cạnh  ví dụ  1; 1720818,12; 577996,40; 12,31.",
    "Người sử dụng đất: mỗi người một dòng, ví dụ  Ông Nguyễn Văn An, sinh năm 1960, CMND số 205123456, địa chỉ: …",
    "Chỉ hai cột màu vàng ghi được. Lưu tệp dạng .xlsx rồi gõ:  diachinh questions import TỆP.xlsx --by TÊN",
    "Nhập nhầm thì lấy lại bằng:  diachinh questions import TỆP.xlsx --by TÊN --undo",
)


def write_workbook(out: Path, pending: Sequence[Pending], crops: Mapping[str, Crop], tables: Tables) -> None:
    """Write the workbook; `crops` by question id."""
    with xlsxwriter.Workbook(out, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"title": "diachinh: câu hỏi chờ người trả lời"})
        how_to, sheet, lists = (book.add_worksheet(name) for name in (HOW_TO, SHEET, LISTS))
        _write_how_to(book, how_to, len(pending))
        ranges = _write_lists(lists, tables)
        _write_questions(book, sheet, pending, crops, ranges)
        lists.protect()
        lists.hide()
        sheet.activate()


def _write_how_to(book: Any, sheet: Worksheet, count: int) -> None:
    head = book.add_format({"bold": True, "font_size": 14, "text_wrap": True})
    text = book.add_format({"font_size": 12, "text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 110)
    sheet.write_string(0, 0, f"Cách trả lời {count} câu hỏi", head)
    for row, line in enumerate(_STEPS, start=2):
        sheet.write_string(row, 0, line, text)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.protect()


def _write_lists(sheet: Worksheet, tables: Tables) -> dict[str, str]:
    """Write the closed lists, a column each, and return the range of each field that has one."""
    uses = [f"{one.code} – {one.names[0]}" for one in tables.land_uses.values() if one.group != "AGG" and one.names]
    origins = [f"{one.code} – {one.name}" for one in tables.origins.values() if not one.prefix]
    users = [f"{one.code} – {one.name}" for one in tables.user_types.values()]
    units = [f"{one.code} – {', '.join(filter(None, (one.name, one.district)))}" for one in tables.units]
    columns = (("land_use", uses), ("origin", origins), ("user_type", users), ("unit_code", sorted(units)))
    ranges: dict[str, str] = {}
    for column, (name, words) in enumerate(columns):
        sheet.write_string(0, column, FIELD_NAMES[name].vi)
        for row, word in enumerate(dict.fromkeys(words), start=1):
            sheet.write_string(row, column, word)
        letter = "ABCD"[column]
        ranges[name] = f"='{LISTS}'!${letter}$2:${letter}${len(dict.fromkeys(words)) + 1}"
    return {**ranges, "legal_land_use": ranges["land_use"]}


def _write_questions(
    book: Any, sheet: Worksheet, pending: Sequence[Pending], crops: Mapping[str, Crop], ranges: Mapping[str, str]
) -> None:
    head = book.add_format(
        {"bold": True, "text_wrap": True, "valign": "vcenter", "align": "center", "bg_color": "#D9E1F2", "border": 1}
    )
    cell = book.add_format({"text_wrap": True, "valign": "vcenter", "border": 1})
    value = book.add_format({"text_wrap": True, "valign": "vcenter", "border": 1, "bold": True})
    answer = book.add_format(
        {"text_wrap": True, "valign": "vcenter", "border": 1, "bg_color": "#FFF2CC", "locked": False, "num_format": "@"}
    )
    columns = list(HEADS)
    for column, (name, width) in enumerate(HEADS.items()):
        sheet.set_column(column, column, width, None, {"hidden": name == ID_HEAD})
        sheet.write_string(0, column, name, head)
    sheet.set_row(0, 34)
    picture, choice, written = (columns.index(name) for name in ("Ảnh trên giấy", ANSWER_HEAD, VALUE_HEAD))
    for row, one in enumerate(pending, start=1):
        question = one.question
        entry = question.entries[0]
        told = (
            str(row),
            _paper(one, entry),
            _parcel(question.entries),
            FIELD_NAMES[question.field].vi if question.field in FIELD_NAMES else question.field,
            "",
            shown_value(one),
            "\n".join(question.others),
            question.why.vi,
        )
        for column, text in enumerate(told):
            sheet.write_string(row, column, text, value if columns[column] == "Máy đọc được" else cell)
        sheet.write_blank(row, choice, None, answer)
        sheet.write_blank(row, written, None, answer)
        sheet.write_string(row, columns.index(ID_HEAD), question.question_id, cell)
        sheet.data_validation(row, choice, row, choice, {"validate": "list", "source": choices(one)})
        if question.field in ranges:
            strict = question.field == "user_type"
            rule = {"validate": "list", "source": ranges[question.field], "show_error": strict}
            sheet.data_validation(row, written, row, written, rule)
        lines = max(text.count("\n") + 1 + len(text) // 30 for text in told)
        height = max(_LEAST_PT, 15.0 * lines)
        if crop := crops.get(question.question_id):
            height = max(height, _insert(sheet, row, picture, crop, table=question.field == "corners"))
        elif question.place is None:
            sheet.write_string(row, picture, "Máy không tìm thấy ô này trên giấy; hãy mở bản quét.", cell)
        sheet.set_row(row, min(height, _TALLEST_PT))
    _set_up(sheet, len(pending), len(columns) - 1)


def _insert(sheet: Worksheet, row: int, column: int, crop: Crop, *, table: bool) -> float:
    """Put the picture into its cell and return the height in points that it needs."""
    most = _TABLE_PX if table else _PICTURE_PX
    scale = min(most[0] / crop.width, most[1] / crop.height, 1.0)
    sheet.insert_image(
        row,
        column,
        "anh.jpg",
        {
            "image_data": io.BytesIO(crop.jpeg),
            "x_scale": scale,
            "y_scale": scale,
            "x_offset": 4,
            "y_offset": 4,
            "object_position": 1,
            "description": "Ảnh cắt từ bản quét",
        },
    )
    return crop.height * scale * 0.75 + 8


def _set_up(sheet: Worksheet, rows: int, columns: int) -> None:
    sheet.freeze_panes(1, 0)
    sheet.protect("", {"format_columns": True, "format_rows": True, "objects": False, "autofilter": True})
    sheet.autofilter(0, 0, max(rows, 1), columns - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(0.4, 0.4, 0.5, 0.5)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.print_area(0, 0, rows, columns - 1)
    sheet.set_footer("&LCâu hỏi chờ người trả lời&RTrang &P / &N")


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
        return f"{text} – {name.value}" if name and name.value else text
    return text


def _paper(one: Pending, entry: Entry) -> str:
    ref = one.question.place[0] if one.question.place else entry.ref
    where = f"{shown(one.path)}\ntrang {ref.page}"
    single = len(one.question.entries) == 1 and entry.row is not None
    return f"{KIND_NAMES[entry.kind].vi}\n{where}" + (f", dòng {entry.row}" if single else "")


def _parcel(entries: Sequence[Entry]) -> str:
    if len(entries) > 1:
        return f"chung cho {len(entries)} mục"
    sheet, parcel = (entries[0].fields.get(name) for name in ("sheet_no", "parcel_no"))
    return (
        f"tờ {sheet.value if sheet and sheet.value else '?'}\nthửa {parcel.value if parcel and parcel.value else '?'}"
    )
