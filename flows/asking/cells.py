"""Cells of the sheets in which a person answers: how they look, pictures, protection and print."""

from __future__ import annotations

import io
from textwrap import wrap
from typing import Any

from xlsxwriter.worksheet import Worksheet

from ocr.crops import Crop

ANSWER_HEAD, ID_HEAD = "Trả lời", "Mã câu hỏi"
TALLEST_PT = 405.0  # a row of a workbook cannot be taller than 409 points
LEAST_PT = 32.0
_WIDE = 1.25  # a spreadsheet without the workbook's font takes a wider one


class Formats:
    """How the cells of the sheets of questions look."""

    def __init__(self, book: Any) -> None:
        cell = {"text_wrap": True, "valign": "vcenter", "border": 1}
        self.head = book.add_format({**cell, "bold": True, "align": "center", "bg_color": "#D9E1F2"})
        self.cell = book.add_format(cell)
        self.answer = book.add_format({**cell, "bg_color": "#FFF2CC", "locked": False, "num_format": "@"})
        best, small = (book.add_format({**cell, **how}) for how in ({"bold": True}, {"font_size": 9}))
        self._of_column = {
            **dict.fromkeys(("Máy đọc được", "Máy tìm được"), best),
            **dict.fromkeys(("Cách đọc khác", "Khả năng khác"), small),
            ID_HEAD: book.add_format({**cell, "font_size": 8, "font_color": "#808080"}),
        }

    def of(self, name: str) -> Any:
        """Return the format of a column that is not filled in."""
        return self._of_column.get(name, self.cell)


def lines_of(text: str, width: float) -> int:
    """Return how many lines the text takes in a cell of so many characters, in a wide font."""
    return sum(max(1, len(wrap(line, int(width / _WIDE)))) for line in text.split("\n"))


def put_picture(sheet: Worksheet, row: int, column: int, crop: Crop, most: tuple[int, int]) -> float:
    """Put the picture into its cell, of at most so many pixels, and return the height in points that it needs."""
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


def set_up(sheet: Worksheet, rows: int, last: int) -> None:
    """Freeze, protect and lay out a sheet for print, up to the column `last`."""
    sheet.freeze_panes(1, 0)
    sheet.protect("", {"format_columns": True, "format_rows": True, "objects": False, "autofilter": True})
    sheet.autofilter(0, 0, max(rows, 1), last)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(0.4, 0.4, 0.5, 0.5)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.print_area(0, 0, rows, last)
    sheet.set_footer("&LCâu hỏi chờ người trả lời&RTrang &P / &N")
