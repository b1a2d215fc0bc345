"""The sheet that is laid between papers before a stack goes through a feeder: a code, and how to use it."""

from __future__ import annotations

import numpy as np
import zxingcpp
from PIL import Image, ImageDraw, ImageFont

from samples.fonts import family_file
from samples.paper import Face, Paper
from schemas.documents import Separator
from schemas.separators import CODES

DPI = 200
_WIDE_MM, _HIGH_MM = 210, 297
_CODE_MM = 110
_HEADS: dict[Separator, str] = {"document": "TỜ NGĂN GIẤY TỜ", "dossier": "TỜ NGĂN HỒ SƠ"}
_WORDS: dict[Separator, str] = {
    "document": (
        "Đặt tờ này trước trang đầu của mỗi giấy tờ, rồi cho cả xấp vào máy quét.\n"
        "Máy cắt tệp quét tại đây: trang sau tờ này bắt đầu một giấy tờ mới."
    ),
    "dossier": (
        "Đặt tờ này trước trang đầu của mỗi hồ sơ, rồi cho cả xấp vào máy quét.\n"
        "Máy cắt tệp quét tại đây: trang sau tờ này bắt đầu một hồ sơ mới."
    ),
}
_ADVICE = (
    "Quét thuận, ngược hay nằm ngang đều được.\n"
    "Tờ này không phải là giấy tờ: nó không được nhập vào dữ liệu.\n"
    "Dùng lại được nhiều lần; có thể nhân thêm bằng máy photocopy,\n"
    "miễn là ô vuông còn rõ, không gạch, không gấp."
)


def draw_sheet(sort: Separator) -> Image.Image:
    """Return the sheet in black and white: head, code, and what to do with it."""
    page = Image.new("L", (_px(_WIDE_MM), _px(_HIGH_MM)), 255)
    pen = ImageDraw.Draw(page)
    _centred(pen, 28, _HEADS[sort], 15, bold=True)
    cells = np.asarray(zxingcpp.create_barcode(CODES[sort], zxingcpp.BarcodeFormat.QRCode, ec_level="H").to_image())
    code = Image.fromarray(cells).resize((_px(_CODE_MM), _px(_CODE_MM)), Image.Resampling.NEAREST)
    page.paste(code, (_px((_WIDE_MM - _CODE_MM) / 2), _px(62)))
    _centred(pen, 190, _WORDS[sort], 4.4)
    _centred(pen, 222, _ADVICE, 4.0)
    return page.convert("1", dither=Image.Dither.NONE)


def separator_page(sort: Separator) -> Paper:
    """Return the sheet as a page among the papers of a mixed file."""
    face = Face(draw_sheet(sort).convert("RGB"), DPI, (), "separator")
    return Paper("khac", None, None, (face,), (), "To ngan", "")


def _centred(pen: ImageDraw.ImageDraw, top_mm: float, text: str, size_mm: float, *, bold: bool = False) -> None:
    font = ImageFont.truetype(str(family_file("DejaVuSans", bold, False)), _px(size_mm))
    pen.multiline_text((_px(_WIDE_MM / 2), _px(top_mm)), text, 0, font, anchor="ma", align="center", spacing=_px(2))


def _px(mm: float) -> int:
    return round(mm / 25.4 * DPI)
