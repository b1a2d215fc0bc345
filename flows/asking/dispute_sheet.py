"""The sheet on which a person says what holds where papers of one parcel do not agree: one question a row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xlsxwriter.worksheet import Worksheet

from cadastre.asking.dispute_cases import Cause
from cadastre.asking.dispute_wording import dated
from flows.asking.cells import ANSWER_HEAD, ID_HEAD, LEAST_PT, TALLEST_PT, Formats, lines_of, put_picture, set_up
from flows.asking.dispute_questions import MOST_SIDES, PendingDispute, SideShown
from flows.asking.help import ALL_RIGHT, ALL_RIGHT_OF_MANY, NONE_RIGHT, OTHER_VALUE, SIDES, UNKNOWN, hint
from flows.folder import shown
from ocr.crops import Crop
from schemas.disputes import IMPORTED, DisputeKind

OTHER_HEAD = "Giá trị đúng (nếu khác)"
_SAYS = ("Giấy thứ nhất ghi", "Giấy thứ hai ghi")
_PICTURES = ("Ảnh giấy thứ nhất", "Ảnh giấy thứ hai")
_FURTHER = "Các giấy còn lại ghi"
HEADS: Mapping[str, float] = {
    "STT": 5,
    "Câu hỏi": 32,
    _SAYS[0]: 30,
    _PICTURES[0]: 38,
    _SAYS[1]: 30,
    _PICTURES[1]: 38,
    _FURTHER: 26,
    ANSWER_HEAD: 16,
    OTHER_HEAD: 24,
    "Vì sao hỏi": 28,
    "Giải quyết": 10,
    ID_HEAD: 12,
}
"""Column heads and widths in characters."""
_EMPTY = 11.0
_PICTURE_PX = (262, 160)
_HINTS: Mapping[DisputeKind, str] = {
    "certificate": "Chọn giấy còn hiệu lực. Cả hai: đồng sử dụng, mỗi người một giấy. Không giấy nào: đều đã thu hồi, "
    "hủy. Áp dụng cho mọi thửa có các giấy này.",
    "papers": "Chọn giấy lập sau hoặc được dùng để quản lý: mọi thửa hai giấy ghi khác nhau sẽ lấy theo giấy đó. Không "
    "xác định được thì chọn Chưa rõ, máy sẽ hỏi từng thửa.",
    "value": "Chọn giấy ghi đúng. Giá trị khác: rồi ghi ở ô bên phải. Chưa rõ: không xác định được, lần sau không hỏi "
    "lại.",
    "area": "Cả hai: hai số đều đúng, ranh giới không đổi hoặc biến động đã rõ. Giấy thứ nhất: số đo đạc đúng. Giấy "
    "thứ hai: số trên giấy tờ đúng. Số ghi sai không còn được lấy.",
    "number": "Chọn giấy ghi đúng số. Cả hai: là hai giấy chứng nhận khác nhau. Giá trị khác: rồi ghi số đúng ở ô bên "
    "phải.",
}
#: Of a later paper that says otherwise than the one that stands.
_OF_LATER = (
    "Giấy thứ nhất: giữ giấy đang lấy. Giấy thứ hai: đã có biến động, lấy theo giấy sau. Cả hai: không mâu thuẫn, giữ "
    "giấy đang lấy. Giá trị khác: rồi ghi ở ô bên phải. Chưa rõ: lần sau không hỏi lại."
)
#: Of data of an earlier project: parcel by parcel, and of a whole file.
_OF_DATA = (
    "Giấy thứ nhất: lấy theo giấy tờ. Giấy thứ hai: dữ liệu đúng, đã xác minh. Cả hai: không mâu thuẫn, giữ theo giấy "
    "tờ. Giá trị khác: rồi ghi ở ô bên phải. Chưa rõ: lần sau không hỏi lại."
)
_OF_FILE = (
    "Giấy thứ nhất: lấy theo giấy tờ ở mọi thửa của tệp dữ liệu này. Chưa rõ: máy sẽ hỏi từng thửa, vì có thửa có thể "
    "đã có biến động."
)


def write_disputes(
    formats: Formats,
    sheet: Worksheet,
    pending: Sequence[tuple[int, PendingDispute]],
    crops: Mapping[tuple[str, int], Crop],
) -> None:
    """Write the questions, each with its number in the order of all; `crops` by question id and side."""
    place = {name: column for column, name in enumerate(HEADS)}
    widths = _widths(pending, crops)
    for name, width in widths.items():
        sheet.set_column(place[name], place[name], width)
        sheet.write_string(0, place[name], name, formats.head)
    sheet.set_row(0, 34)
    for row, (number, one) in enumerate(pending, start=1):
        pictures = [crops.get((one.question.asked.question_id, side)) for side in range(len(_PICTURES))]
        told = _told(number, one, pictures)
        for name, text in told.items():
            sheet.write_string(row, place[name], text, formats.of(name))
        height = max(
            LEAST_PT, 15.0 * max(lines_of(text, widths[name]) for name, text in told.items() if name != ID_HEAD)
        )
        for name, picture in zip(_PICTURES, pictures, strict=True):
            if picture is not None:
                height = max(height, put_picture(sheet, row, place[name], picture, _PICTURE_PX))
        _write_answer(formats, sheet, row, one, place)
        sheet.set_row(row, min(height + 4, TALLEST_PT))
    set_up(sheet, len(pending), place[ID_HEAD] - 1)
    sheet.freeze_panes(1, place["Câu hỏi"] + 1)  # the question stays in sight while its answer is chosen


def _widths(
    pending: Sequence[tuple[int, PendingDispute]], crops: Mapping[tuple[str, int], Crop]
) -> dict[str, float]:  # fmt: skip
    """Return the columns' widths: narrow where no row has a picture, or a third paper."""
    pictured = {side for _, side in crops}
    empty = [name for side, name in enumerate(_PICTURES) if side not in pictured]
    if all(len(one.sides) <= len(_SAYS) for _, one in pending):
        empty.append(_FURTHER)
    return {**HEADS, **dict.fromkeys(empty, _EMPTY)}


def choices(one: PendingDispute) -> list[str]:
    """Return what can be answered."""
    asked = one.question.asked
    sides = list(SIDES[: min(len(asked.sides), MOST_SIDES)])
    if asked.attribute == IMPORTED:
        return [SIDES[0], UNKNOWN]
    if asked.kind == "papers":
        return [*sides, UNKNOWN]
    written = [OTHER_VALUE] if asked.attribute not in (None, "shape") else []
    return [*sides, ALL_RIGHT if len(sides) == 2 else ALL_RIGHT_OF_MANY, NONE_RIGHT, *written, UNKNOWN]


def _told(number: int, one: PendingDispute, pictures: Sequence[Crop | None]) -> dict[str, str]:
    """Return the texts of a question's row by column head."""
    many = len(one.question.settled)
    further = [f"{SIDES[n]}: {_side(side)}" for n, side in enumerate(one.sides) if n >= len(_SAYS)]
    return {
        "STT": str(number),
        "Câu hỏi": one.words.vi,
        **{name: _side(side) for name, side in zip(_SAYS, one.sides, strict=False)},
        **{
            name: "" if picture is not None else "hãy mở bản quét" if side.scan is not None else "không có bản quét"
            for name, side, picture in zip(_PICTURES, one.sides, pictures, strict=False)
        },
        _FURTHER: "\n\n".join(further),
        "Vì sao hỏi": one.why.vi,
        "Giải quyết": f"{many} thửa",
        ID_HEAD: one.question.asked.question_id,
    }


def _side(side: SideShown) -> str:
    """Return what a side says, and on which paper."""
    if side.paper is None or side.lies is None:
        return side.text
    page = "" if side.paper.kind == "du_lieu" else f", trang {side.lies.page}"
    line = f", dòng {side.lies.row}" if side.lies.row is not None else ""
    return f"{side.text}\n{dated(side.paper)}: {shown(side.lies.file or '')}{page}{line}"


def _write_answer(
    formats: Formats, sheet: Worksheet, row: int, one: PendingDispute, place: Mapping[str, int]
) -> None:  # fmt: skip
    asked = one.question.asked
    choice, written = place[ANSWER_HEAD], place[OTHER_HEAD]
    sheet.write_blank(row, choice, None, formats.answer)
    offered = choices(one)
    of_cause: Mapping[Cause, str] = {"later": _OF_LATER, "imported": _OF_DATA}
    told = _OF_FILE if asked.attribute == IMPORTED else of_cause.get(one.question.cause, _HINTS[asked.kind])
    ask = {"validate": "list", "source": offered, "input_title": "Chọn câu trả lời", "input_message": told}
    sheet.data_validation(row, choice, row, choice, ask)
    if OTHER_VALUE not in offered:
        sheet.write_blank(row, written, None, formats.cell)
        return
    sheet.write_blank(row, written, None, formats.answer)
    write = {
        "validate": "any",
        "input_title": "Chỉ ghi khi chọn «Giá trị khác»",
        "input_message": hint(asked.attribute or ""),
    }
    sheet.data_validation(row, written, row, written, write)
