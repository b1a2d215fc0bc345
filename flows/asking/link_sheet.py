"""The sheet on which a person says how two maps go together: one question a row, with a paper of each side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xlsxwriter.worksheet import Worksheet

from cadastre.words.wording import KIND_NAMES
from flows.asking.cells import ANSWER_HEAD, ID_HEAD, LEAST_PT, TALLEST_PT, Formats, lines_of, put_picture, set_up
from flows.asking.help import NO_PARCEL, OTHER_PARCEL, OTHER_SHEET, RIGHT, WRONG
from flows.asking.link_questions import PendingLink, Shown
from flows.folder import shown
from ocr.crops import Crop

NAMED_HEAD = "Thửa, tờ đúng (nếu khác)"
_FIRST_HEAD, _SECOND_HEAD = "Ảnh giấy thứ nhất", "Ảnh giấy thứ hai"
HEADS: Mapping[str, float] = {
    "STT": 5,
    "Câu hỏi": 34,
    _FIRST_HEAD: 42,
    _SECOND_HEAD: 42,
    "Máy tìm được": 24,
    ANSWER_HEAD: 15,
    NAMED_HEAD: 24,
    "Khả năng khác": 24,
    "Vì sao hỏi": 40,
    "Giải quyết": 10,
    "Giấy tờ": 24,
    ID_HEAD: 12,
}
"""Column heads and widths in characters."""
_PICTURE_PX = (290, 160)
_WRITE = (
    "Ghi như: thửa 48 tờ 12. Ở bản đồ khác: ghi thêm, như: thửa 48 tờ 12 bản đồ 2003. Nhiều thửa: mỗi thửa một dòng "
    "(Alt+Enter)."
)
_HINTS = {
    "left": (
        "Thửa khác: ghi thửa mới ở ô bên phải. Không có thửa nào: thửa này không còn trên bản đồ mới nào (làm đường, "
        "sông lở…). Chưa biết: để trống.",
        _WRITE,
    ),
    "parcel": (
        "Đúng: như «Máy tìm được». Không: không phải. Thửa khác: rồi ghi thửa đúng ở ô bên phải. Không có thửa nào: "
        "thửa này không còn trên bản đồ kia.",
        _WRITE,
    ),
    "sheet": (
        "Đúng: như «Máy tìm được», tất cả các tờ đó. Tờ khác: rồi ghi tất cả các tờ đúng ở ô bên phải.",
        "Ghi tất cả các tờ, như: 12, 13",
    ),
}


def write_links(
    formats: Formats,
    sheet: Worksheet,
    pending: Sequence[tuple[int, PendingLink]],
    crops: Mapping[str, tuple[Crop | None, Crop | None]],
) -> None:
    """Write the questions, each with its number in the order of all; `crops` by question id."""
    place = {name: column for column, name in enumerate(HEADS)}
    for name, width in HEADS.items():
        sheet.set_column(place[name], place[name], width)
        sheet.write_string(0, place[name], name, formats.head)
    sheet.set_row(0, 34)
    for row, (number, one) in enumerate(pending, start=1):
        pictures = crops.get(one.question.asked.question_id, (None, None))
        told = _told(number, one, pictures)
        for name, text in told.items():
            sheet.write_string(row, place[name], text, formats.of(name))
        height = max(
            LEAST_PT, 15.0 * max(lines_of(text, HEADS[name]) for name, text in told.items() if name != ID_HEAD)
        )
        for name, picture in zip((_FIRST_HEAD, _SECOND_HEAD), pictures, strict=True):
            if picture is not None:
                height = max(height, put_picture(sheet, row, place[name], picture, _PICTURE_PX))
        _write_answer(formats, sheet, row, one, place)
        sheet.set_row(row, min(height + 4, TALLEST_PT))
    set_up(sheet, len(pending), place[ID_HEAD] - 1)


def _told(number: int, one: PendingLink, pictures: Sequence[Crop | None]) -> dict[str, str]:
    """Return the texts of a question's row by column head."""
    question = one.question
    first, second = (
        "" if picture is not None else _without_picture(paper) if paper is not None else elsewhere
        for elsewhere, paper, picture in zip(_elsewhere(one), one.papers, pictures, strict=True)
    )
    return {
        "STT": str(number),
        "Câu hỏi": question.words.vi,
        _FIRST_HEAD: first,
        _SECOND_HEAD: second,
        "Máy tìm được": question.best or "chưa tìm được",
        "Khả năng khác": "\n".join(question.others),
        "Vì sao hỏi": question.why.vi,
        "Giải quyết": f"{len(question.settled)} thửa",
        "Giấy tờ": "\n".join(_paper(paper) for paper in one.papers if paper is not None),
        ID_HEAD: question.asked.question_id,
    }


def _without_picture(paper: Shown) -> str:
    return "hãy mở bản quét" if paper.source is None else "bản quét không có ở đây"


def _elsewhere(one: PendingLink) -> tuple[str, str]:
    """Return where to look for the parcel asked for, and for the answer, where no paper of it is shown."""
    of_sheet = "hãy xem bản đồ của tờ này"
    return of_sheet, of_sheet if one.question.asked.offered else "hãy tìm trên bản đồ mới"


def choices(one: PendingLink) -> list[str]:
    """Return what can be answered."""
    asked = one.question.asked
    if asked.kind == "sheet":
        return [RIGHT, OTHER_SHEET]
    if not asked.offered:
        return [OTHER_PARCEL, NO_PARCEL]
    return [RIGHT, WRONG, OTHER_PARCEL, *([NO_PARCEL] if asked.side == "newer" else [])]


def _write_answer(formats: Formats, sheet: Worksheet, row: int, one: PendingLink, place: Mapping[str, int]) -> None:
    choice, written = place[ANSWER_HEAD], place[NAMED_HEAD]
    choose, write = _HINTS[one.question.asked.kind if one.question.asked.offered else "left"]
    sheet.write_blank(row, choice, None, formats.answer)
    sheet.write_blank(row, written, None, formats.answer)
    ask = {"validate": "list", "source": choices(one), "input_title": "Chọn câu trả lời", "input_message": choose}
    sheet.data_validation(row, choice, row, choice, ask)
    told = {"validate": "any", "input_title": "Chỉ ghi khi chọn «… khác»", "input_message": write}
    sheet.data_validation(row, written, row, written, told)


def _paper(paper: Shown) -> str:
    lies = paper.source
    file, page, row = (
        (lies.file or paper.path, lies.page, lies.row)
        if lies is not None
        else (paper.path, paper.entry.ref.page, paper.entry.row)
    )
    line = f", dòng {row}" if row is not None else ""
    return f"{KIND_NAMES[paper.entry.kind].vi}\n{shown(file)}\ntrang {page}{line}"
