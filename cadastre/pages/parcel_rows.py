"""Which rows of a ledger page are parcels: not column numbers, not sums, not specks read as a cell."""

from __future__ import annotations

from cadastre.words.folding import key
from schemas.readings import PageReading, RowReading

_TELLING = ("parcel_no", "area_m2", "private_m2", "owners")
_SUMS = ("cong", "mangsang", "tongcong", "congtrang", "chuyentrang")
#: The row under the heads of a sổ mục kê numbers its columns (1) to (9).
_COLUMN_NUMBERS = {"sheet_no": "1", "parcel_no": "2", "user_type": "4", "area_m2": "5", "land_use": "6"}


def _text(row: RowReading, name: str) -> str:
    return key(row.fields[name].text) if name in row.fields else ""


def _is_parcel(row: RowReading) -> bool:
    if not any(_text(row, name) for name in _TELLING):
        return False
    if any(_text(row, name) in _SUMS for name in row.fields):
        return False
    first = _text(row, "sheet_no") + _text(row, "parcel_no")  # `Tổng cộng` runs over two columns
    if first.startswith(("tongc", "cong")) and not any(sign.isdigit() for sign in first):
        return False
    numbers = [_text(row, name) == number for name, number in _COLUMN_NUMBERS.items() if name in row.fields]
    return not (len(numbers) > 1 and sum(numbers) * 2 > len(numbers))


def parcel_rows(page: PageReading) -> tuple[RowReading, ...]:
    """Return the page's parcel rows, numbered from 1 as the contract counts them."""
    kept = [row for row in page.rows if _is_parcel(row)]
    return tuple(RowReading(number, row.fields) for number, row in enumerate(kept, start=1))
