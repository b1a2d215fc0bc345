"""The 61 columns of the national collection workbook, A to BI, with their heads (national_form.md)."""

from __future__ import annotations

from dataclasses import dataclass

Cell = str | float | int | None
Cells = dict[str, Cell]
"""Cells by column letter; a column that is not named is empty."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its letter, its item number if it has one, and the heads of rows 1 to 3."""

    letter: str
    item: int | None
    part: str
    group: str
    name: str


def _letter(index: int) -> str:
    """Return the letter of a column counted from 0."""
    high, low = divmod(index, 26)
    return (chr(64 + high) if high else "") + chr(65 + low)


_CERTIFICATE, _PERSON, _PARCEL, _ASSET, _FILES, _MORE = (
    "I. Giấy chứng nhận",
    "II. Người sử dụng đất, chủ sở hữu tài sản",
    "III. Thửa đất",
    "IV. Tài sản gắn liền với đất",
    "V. Tệp quét và phân loại",
    "VI. Thông tin thêm",
)
_USE_HEADS = ("Loại đất", "Diện tích (m²)", "Nguồn gốc sử dụng", "Hình thức sử dụng", "Thời hạn sử dụng")
_PAPER_HEADS = ("Số", "Loại", "Trạng thái xác thực")
_HEADS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (_CERTIFICATE, "", ("STT",)),
    (_CERTIFICATE, "", ("Mã xã", "Số phát hành (seri) hoặc mã hồ sơ", "Ngày cấp", "Số vào sổ cấp giấy chứng nhận")),
    (_PERSON, "Tổ chức", ("Tên tổ chức", "Số giấy tờ của tổ chức")),
    (
        _PERSON,
        "Cá nhân hoặc người đại diện",
        ("Họ và tên", "Số CCCD hoặc số định danh", "Ngày hoặc năm sinh", "Giới tính", "Địa chỉ thường trú"),
    ),
    (_PERSON, "Trên giấy chứng nhận", ("Chủ thể", "Vai trò")),
    (_PERSON, "Người đang sử dụng", ("Họ và tên", "Số CCCD", "Địa chỉ (hai cấp)", "Lý do")),
    (_PARCEL, "", ("Mã định danh thửa đất",)),
    (_PARCEL, "Theo giấy chứng nhận", ("Số tờ bản đồ", "Số thửa đất")),
    (_PARCEL, "Theo bản đồ địa chính", ("Số tờ bản đồ", "Số thửa đất")),
    (_PARCEL, "", ("Địa chỉ thửa đất", "Diện tích (m²)")),
    *((_PARCEL, f"Mục đích sử dụng {number}", _USE_HEADS) for number in (1, 2, 3)),
    (
        _ASSET,
        "",
        (
            "Loại tài sản",
            "Khu, tổ hợp",
            "Nhà chung cư",
            "Căn hộ",
            "Diện tích xây dựng (m²)",
            "Diện tích sàn (m²)",
            "Hình thức sở hữu",
            "Thời hạn sở hữu",
            "Cấp, hạng",
        ),
    ),
    (_FILES, "", ("Tên tệp quét", "Phân loại thửa đất")),
    *((_MORE, f"Giấy tờ tùy thân {number}", _PAPER_HEADS) for number in (1, 2)),
    (_MORE, "", ("Có bản quét", "Loại giấy chứng nhận", "Tọa độ (WGS 84)", "Guid")),
)
ITEMS = 50


def _columns() -> tuple[Column, ...]:
    heads = [(part, group, name) for part, group, names in _HEADS for name in names]
    return tuple(
        Column(_letter(index), index if 1 <= index <= ITEMS else None, *head) for index, head in enumerate(heads)
    )


COLUMNS: tuple[Column, ...] = _columns()
LETTERS: tuple[str, ...] = tuple(column.letter for column in COLUMNS)

USES: tuple[tuple[str, str, str, str, str], ...] = (
    ("Z", "AA", "AB", "AC", "AD"),
    ("AE", "AF", "AG", "AH", "AI"),
    ("AJ", "AK", "AL", "AM", "AN"),
)
"""Kind, area, origin, form of use and term of the land uses 1 to 3 (items 25 to 39)."""

MUST: tuple[str, ...] = ("B", "C", "T", "U", "Y", "Z", "AA", "AX")
"""A row without one of these, or without a name in F or H, is sent back."""
REQUIRED: tuple[str, ...] = ("H", "L", "M", "N", "AB", "AC", "AD", "AY")
"""What the import asks for beside them: items 7, 11 to 13, 27 to 29 and 50."""


def item_name(letter: str) -> str:
    """Return how a message calls a column: `Mục 24`, or the letter where it has no item number."""
    item = COLUMNS[LETTERS.index(letter)].item
    return f"Mục {item}" if item else f"Cột {letter}"
