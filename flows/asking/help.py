"""What the workbook of questions tells the person who answers: two pages of help, and a hint at each cell."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from xlsxwriter.worksheet import Worksheet

from cadastre.words.wording import FIELD_NAMES, KIND_NAMES

HOW_TO, IN_ENGLISH = "Hướng dẫn", "English"
RIGHT, CORRECTED, UNREADABLE, REJECT = "Đúng", "Sửa", "Không đọc được", "Bỏ mục này"
#: Answers to questions of how two maps go together.
WRONG, OTHER_PARCEL, OTHER_SHEET, NO_PARCEL = "Không", "Thửa khác", "Tờ khác", "Không có thửa nào"
LINKS = "Nối các thời kỳ"
#: Answers to questions about papers that do not agree.
SIDES = ("Giấy thứ nhất", "Giấy thứ hai", "Giấy thứ ba", "Giấy thứ tư")
ALL_RIGHT, ALL_RIGHT_OF_MANY, NONE_RIGHT = "Cả hai", "Tất cả", "Không giấy nào"
OTHER_VALUE, UNKNOWN = "Giá trị khác", "Chưa rõ"
DISPUTES = "Giấy tờ mâu thuẫn"

_STEPS = (
    "1. Mở trang tính «Câu hỏi». Mỗi dòng hỏi về một ô trên giấy mà máy chưa dám tự nhận; câu đáng giá nhất đứng trên.",
    "2. Nhìn ảnh cắt từ bản quét, so với cột «Máy đọc được». Xem to: giữ Ctrl và lăn chuột. Còn ngờ: mở bản quét "
    "ghi ở cột «Giấy tờ».",
    "3. Chọn ở cột «Trả lời» (bấm vào ô, rồi bấm mũi tên bên phải ô):",
    f"      {RIGHT}: trên giấy ghi đúng như cột «Máy đọc được».",
    f"      {CORRECTED}: ghi điều đọc được trên giấy vào cột «Giá trị đúng». Chỉ ghi điều có trên giấy, không ghi điều "
    "mình biết.",
    "            Chỉ sai vài chữ: chép ô «Máy đọc được» sang rồi sửa chỗ sai.",
    f"      {UNREADABLE}: giấy mờ, rách, không ai đọc được; hoặc trên giấy không ghi gì ở ô này.",
    f"      {REJECT}: dòng này không phải một thửa đất (vết bẩn, dòng cộng…). Mục bị bỏ không tạo thửa.",
    "4. Nhiều dòng liền nhau cùng câu trả lời: chép ô «Trả lời» (Ctrl+C) rồi dán vào các ô dưới (Ctrl+V).",
    "5. Để trống câu chưa trả lời; lần xuất sau sẽ hỏi lại.",
    "Chỉ hai cột màu vàng ghi được. Bấm vào một ô vàng, cách ghi hiện ra bên cạnh.",
)
_LINK_STEPS = (
    f"Trang tính «{LINKS}» hỏi thửa, tờ của bản đồ này là thửa, tờ nào của bản đồ kia. «STT» đánh chung cho mọi "
    "trang tính: số nhỏ trả lời trước.",
    f"      {RIGHT}: như cột «Máy tìm được»; nhiều dòng là tất cả các thửa, các tờ đó.",
    f"      {WRONG}: không phải thửa nào ghi ở «Máy tìm được»; máy sẽ tìm thửa khác.",
    f"      {OTHER_PARCEL}: ghi ở ô bên phải, như: thửa 48 tờ 12. Được chia thành nhiều thửa: mỗi thửa một dòng. Thửa "
    "ấy ở bản đồ khác với bản đồ được hỏi: ghi thêm, như: thửa 48 tờ 12 bản đồ 2003.",
    f"      {OTHER_SHEET}: ghi tất cả các tờ ở ô bên phải, như: 12, 13.",
    f"      {NO_PARCEL}: thửa này không còn trên bản đồ kia (làm đường, sông lở…).",
    "      Máy chưa tìm được thửa nào: các thửa cùng tờ đã có số mới mà thửa này chưa thấy; ghi thửa mới ở ô bên phải, "
    f"hoặc chọn «{NO_PARCEL}».",
    "Ở trang này được dùng điều mình biết chắc, và bản đồ, hồ sơ đang giữ.",
)
_DISPUTE_STEPS = (
    f"Trang tính «{DISPUTES}» hỏi khi giấy tờ của một thửa ghi khác nhau mà không giấy nào nặng hơn. Mỗi tờ giấy hỏi "
    "một lần: câu trả lời áp dụng cho mọi thửa và mọi ô mà các giấy đó ghi khác nhau.",
    f"      {SIDES[0]}, {SIDES[1]}…: giấy còn hiệu lực, hoặc giấy ghi đúng.",
    f"      {ALL_RIGHT}: cả hai giấy chứng nhận còn hiệu lực (đồng sử dụng), hoặc cả hai giấy ghi đúng.",
    f"      {NONE_RIGHT}: các giấy đều đã thu hồi, hủy; hoặc không giấy nào ghi đúng và chưa biết giá trị đúng.",
    f"      {OTHER_VALUE}: ghi giá trị đúng ở ô bên phải.",
    f"      Dữ liệu của dự án trước khác giấy tờ: giấy tờ vẫn đứng cho đến khi chọn «{SIDES[1]}». Khác ở nhiều thửa "
    f"thì hỏi cả tệp một lần: «{SIDES[0]}» là lấy theo giấy tờ ở mọi thửa, «{UNKNOWN}» là để máy hỏi từng thửa.",
    f"      {UNKNOWN}: đã tìm mà không xác định được; thửa giữ nguyên tình trạng, lần sau không hỏi lại.",
    "Ở trang này được dùng hồ sơ lưu và điều mình biết chắc. Về sau có giấy mới hơn hoặc nặng hơn thì giấy ấy đứng "
    "trên câu trả lời.",
)
_SHAPES = (
    ("Diện tích", "1.234,5"),
    ("Ngày", "30/05/2012"),
    ("Thời hạn", "Lâu dài   hoặc   50 năm   hoặc   Đến ngày 17/12/2065"),
    ("Mục đích sử dụng, mỗi mục đích một dòng (Alt+Enter)", "ONT: 120,0\nCLN: 1.005,6"),
    ("Người sử dụng đất, mỗi người một dòng", "Ông Nguyễn Văn An, sinh năm 1960, CMND số 205123456, địa chỉ: …"),
    ("Tọa độ, mỗi góc một dòng: số; X; Y; cạnh", "1; 1720818,12; 577996,40; 12,31"),
)
_RETURN = (
    "Xong thì lưu tệp, giữ dạng .xlsx, và đưa lại cho người phụ trách máy. Người đó gõ:",
    "      diachinh questions import TỆP.xlsx --by TÊN",
    "Nhập nhầm thì lấy lại bằng:",
    "      diachinh questions import TỆP.xlsx --by TÊN --undo",
)
_ENGLISH = (
    "Each row of the sheet «Câu hỏi» asks about one place on a paper. Look at the picture, compare it with "
    "«Máy đọc được», choose in «Trả lời», and write in «Giá trị đúng» only after «Sửa». Write what stands on the paper "
    "in Vietnamese, in the shapes of the sheet «Hướng dẫn». Leave a row empty to be asked again. "
    "Then: diachinh questions import FILE.xlsx --by NAME (with --undo to take it back).",
)
_ENGLISH_WORDS = (
    ("Giấy tờ", "Paper: its kind, the file, page (trang) and row (dòng)"),
    ("Thửa đất", "Parcel: map sheet (tờ) and number (thửa); «chung cho 3 mục» = one answer for 3 entries"),
    ("Cần trả lời", "What is asked (list below)"),
    ("Ảnh trên giấy", "Picture of the place on the scan"),
    ("Máy đọc được", "What the machine read"),
    ("Trả lời", "Your answer (drop-down)"),
    ("Giá trị đúng (nếu Sửa)", "The right value, after «Sửa»"),
    ("Cách đọc khác", "Other readings"),
    ("Vì sao hỏi", "Why it is asked"),
    (RIGHT, "Right: the paper says what «Máy đọc được» says"),
    (CORRECTED, "Corrected: the right value is written beside it"),
    (UNREADABLE, "Nobody can read it, or nothing is written there"),
    (REJECT, "Not a parcel (a stain, a sum); the entry is dropped"),
)
_LINK_ENGLISH = (
    (LINKS, "Sheet of questions about what a parcel or a map sheet of one time is on the map of another"),
    ("STT", "Order of all questions of both sheets, the most valuable first"),
    ("Câu hỏi", "The question"),
    ("Ảnh giấy thứ nhất", "Picture of a paper of the parcel that is asked for"),
    ("Ảnh giấy thứ hai", "Picture of a paper of the best answer"),
    ("Máy tìm được", "The best answer (several lines: all of them together); «chưa tìm được»: none was found"),
    ("Thửa, tờ đúng (nếu khác)", f"The right parcels or sheets, after «{OTHER_PARCEL}» or «{OTHER_SHEET}»"),
    ("Khả năng khác", "Other possible answers"),
    ("Giải quyết", "How many parcels the answer settles"),
    (WRONG, "Not so; the machine looks for another"),
    (
        OTHER_PARCEL,
        "Another parcel, or several, written beside it: thửa 48 tờ 12; on another map than was asked about: thửa 48 "
        "tờ 12 bản đồ 2003",
    ),
    (OTHER_SHEET, "Other sheets, all of them written beside it: 12, 13"),
    (NO_PARCEL, "The parcel went on as none of that map"),
)
_DISPUTE_ENGLISH = (
    (
        DISPUTES,
        "Sheet of questions about papers of one parcel that do not agree, about a paper once for all its parcels",
    ),
    ("Giấy thứ nhất ghi", "What the first paper says, and where it lies"),
    ("Giấy thứ hai ghi", "What the second paper says, and where it lies"),
    ("Ảnh giấy thứ nhất", "Picture of the first paper"),
    ("Ảnh giấy thứ hai", "Picture of the second paper"),
    ("Các giấy còn lại ghi", "What the third and fourth papers say"),
    ("Giá trị đúng (nếu khác)", f"The right value, after «{OTHER_VALUE}»"),
    ("Câu hỏi", "The question"),
    ("Giải quyết", "How many parcels the answer settles"),
    ("STT", "Order of all questions of all sheets, the most valuable first"),
    *(
        (word, f"The {ordinal} paper is in force, or right")
        for word, ordinal in zip(SIDES, ("first", "second", "third", "fourth"), strict=True)
    ),
    (ALL_RIGHT, "Both are in force (co-users), or right"),
    (ALL_RIGHT_OF_MANY, "All are in force (co-users), or right"),
    (NONE_RIGHT, "All were revoked, or none is right and the right value is not known"),
    (OTHER_VALUE, "Another value, written beside it"),
    (UNKNOWN, "Nobody can tell; it is not asked again"),
)
_HINTS: Mapping[str, str] = {
    **dict.fromkeys(
        ("area_m2", "private_m2", "shared_m2", "legal_area_m2", "total_m2", "area_words_m2", "total_words_m2"),
        "Số m², ghi như: 1.234,5",
    ),
    "unit_code": "Chọn trong danh sách, hoặc ghi mã xã 5 chữ số của thời làm giấy.",
    "sheet_no": "Ghi như: 12",
    "old_sheet_no": "Ghi như: 12",
    "parcel_no": "Ghi như: 125 hoặc 125a",
    "old_parcel_no": "Ghi như: 125 hoặc 125a",
    "serial": "Ghi như: BA 123456",
    "register_no": "Ghi như: CH 01234",
    "issued_on": "Ghi như: 30/05/2012",
    "land_use": "Mỗi mục đích một dòng (Alt+Enter), ghi như: ONT: 120,0 rồi CLN: 1.005,6. "
    "Một mục đích: chọn trong danh sách.",
    "legal_land_use": "Mỗi mục đích một dòng (Alt+Enter), ghi như: ONT hoặc ONT: 120,0",
    "term": "Ghi như: Lâu dài; 50 năm; Đến ngày 17/12/2065. Nhiều mục đích: mỗi dòng một mục đích, ONT: Lâu dài",
    "origin": "Chọn trong danh sách, hoặc ghi nguyên lời trên giấy.",
    "user_type": "Chọn trong danh sách.",
    "owners": "Mỗi người một dòng (Alt+Enter), ghi như: Ông Nguyễn Văn An, sinh năm 1960, CMND số 205123456, "
    "địa chỉ: thôn 1",
    "corners": "Mỗi góc một dòng (Alt+Enter): số; X; Y; cạnh. Ghi như: 1; 1720818,12; 577996,40; 12,31",
    "refs": "Mỗi giấy tờ một dòng (Alt+Enter), ghi như: Số phát hành BA 123456 hoặc Thửa 125",
}


def hint(field: str) -> str:
    """Return how a value of the field is written, at most 255 characters."""
    return _HINTS.get(field, "Ghi nguyên lời trên giấy.")


def write_how_to(book: Any, sheet: Worksheet, count: int, links: int = 0, disputes: int = 0) -> None:
    """Write the page that explains how to answer so many questions of each sheet."""
    head, text, cell = _formats(book)
    sheet.set_column(0, 0, 48)
    sheet.set_column(1, 1, 76)
    sheet.merge_range(0, 0, 0, 1, f"Cách trả lời {count + links + disputes} câu hỏi", head)
    row = 2
    for line in (*_STEPS, *(_LINK_STEPS if links else ()), *(_DISPUTE_STEPS if disputes else ())):
        row = _line(sheet, row, line, text)
    sheet.merge_range(row + 1, 0, row + 1, 1, "Cách ghi ở cột «Giá trị đúng»", head)
    row = _table(sheet, row + 2, _SHAPES, cell)
    for line in _RETURN:
        row = _line(sheet, row + (line == _RETURN[0]), line, text)
    _finish(sheet)


def write_english(book: Any, sheet: Worksheet, *, links: bool = False, disputes: bool = False) -> None:
    """Write the page that says the same in English, with all words of the sheet of questions."""
    head, text, cell = _formats(book)
    sheet.set_column(0, 0, 40)
    sheet.set_column(1, 1, 80)
    sheet.merge_range(0, 0, 0, 1, "How to answer", head)
    for line in _ENGLISH:
        sheet.merge_range(2, 0, 2, 1, line, text)
        sheet.set_row(2, 96)
    words = dict((*_ENGLISH_WORDS, *(_LINK_ENGLISH if links else ()), *(_DISPUTE_ENGLISH if disputes else ())))
    row = _table(sheet, 4, tuple(words.items()), cell)
    asked = {message.vi: message.en for message in (*FIELD_NAMES.values(), *KIND_NAMES.values())}
    _table(sheet, row + 1, tuple(asked.items()), cell)
    _finish(sheet)


def _formats(book: Any) -> tuple[Any, Any, Any]:
    return (
        book.add_format({"bold": True, "font_size": 14, "text_wrap": True}),
        book.add_format({"font_size": 12, "text_wrap": True, "valign": "top"}),
        book.add_format({"font_size": 12, "text_wrap": True, "valign": "top", "border": 1}),
    )


def _line(sheet: Worksheet, row: int, line: str, text: Any) -> int:
    """Write a line over both columns, high enough for its words, and return the next row."""
    sheet.merge_range(row, 0, row, 1, line, text)
    sheet.set_row(row, 36 if len(line) > 110 else 18)
    return row + 1


def _table(sheet: Worksheet, row: int, lines: tuple[tuple[str, str], ...], cell: Any) -> int:
    """Write pairs of cells, one a row, and return the next row."""
    for place, (left, right) in enumerate(lines, start=row):
        sheet.write_string(place, 0, left, cell)
        sheet.write_string(place, 1, right, cell)
        sheet.set_row(place, 18 * max(1 + right.count("\n"), 1 + len(left) // 46))
    return row + len(lines)


def _finish(sheet: Worksheet) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.protect()
