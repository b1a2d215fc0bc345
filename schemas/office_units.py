"""Communes that an office adds to the lists or sets right: units.csv in the data folder, taken before our own."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from io import StringIO
from itertools import combinations
from pathlib import Path

from schemas.errors import Misconfigured
from schemas.tables import Tables, Unit, UnitType, load_tables

FILE = "units.csv"
COLUMNS = ("code", "name", "district", "province", "valid_from", "valid_to", "successor_2025", "aliases",
           "earlier_districts", "comes_from", "goes_to", "note")  # fmt: skip
_TYPES: Mapping[str, UnitType] = {"Xã": "xa", "Phường": "phuong", "Thị trấn": "thi_tran", "Đặc khu": "dac_khu"}
_NAME = re.compile(r"(Xã|Phường|Thị trấn|Đặc khu) (\S.*)")
_CODE = re.compile(r"\d{5}")
_KEY = re.compile(r"~[a-z0-9đ]+\.[a-z0-9đ]+")
_MERGER = date(2025, 7, 1)
_DAY = timedelta(days=1)


class _Fault(Exception):
    """What is wrong with one row, in both languages."""

    def __init__(self, vi: str, en: str) -> None:
        super().__init__(en)
        self.vi, self.en = vi, en


def load_office_tables(home: Path) -> Tables:
    """Return the package's tables with the rows that the office keeps in its data folder; raises Misconfigured."""
    tables = load_tables()
    return replace(tables, units=with_office_units(home / FILE, tables.units))


def with_office_units(own: Path, built_in: Sequence[Unit]) -> tuple[Unit, ...]:
    """Return the office's units before the built-in ones, which give way on the days of a row of the same unit.

    A blank cell keeps what the built-in row of that code says. Raises Misconfigured, naming line and remedy.
    """
    if not own.is_file():
        return tuple(built_in)
    read: list[tuple[int, Unit]] = []
    for line, row in _rows(own):
        try:
            read.append((line, _unit(row, line, built_in)))
        except _Fault as fault:
            raise _refused(own, line, fault.vi, fault.en) from None
    units = [unit for _, unit in read]
    _check(own, read, {unit.code for unit in (*units, *built_in)})
    kept = [part for unit in built_in for part in _outside(unit, units)]
    return (*units, *kept)


def _refused(own: Path, line: int, vi: str, en: str) -> Misconfigured:
    return Misconfigured(vi=f"{own} dòng {line}: {vi}", en=f"{own} line {line}: {en}")


def _rows(own: Path) -> Iterable[tuple[int, dict[str, str]]]:
    try:
        text = unicodedata.normalize("NFC", own.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as err:
        raise Misconfigured(
            vi=f"{own}: không đọc được; lưu lại dạng CSV UTF-8", en=f"{own}: cannot be read; save it as CSV in UTF-8"
        ) from err
    head = text.partition("\n")[0]
    reader = csv.DictReader(StringIO(text), delimiter="\t" if "\t" in head else ";" if "," not in head else ",")
    columns = [(name or "").strip() for name in reader.fieldnames or ()]
    wrong = [name for name in columns if name not in COLUMNS]
    if wrong or not {"name", "district"} <= set(columns):
        known = ", ".join(COLUMNS)
        raise _refused(
            own,
            1,
            f"cột «{', '.join(wrong)}» không có; các cột là {known}; bắt buộc có name và district",
            f"no such column «{', '.join(wrong)}»; the columns are {known}; name and district must be there",
        )
    for row in reader:
        line = reader.line_num
        if None in row or None in row.values():
            raise _refused(
                own,
                line,
                f"có {len(row)} ô, cần {len(columns)}; để ô có dấu phẩy trong ngoặc kép",
                f"{len(row)} cells, not {len(columns)}; put a cell that has a comma in quotes",
            )
        cells = {name.strip(): cell.strip() for name, cell in row.items()}
        if any(cells.values()):
            yield line, cells


def _day(row: Mapping[str, str], name: str) -> date | None:
    text = row.get(name, "")
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise _Fault(
            f"{name} «{text}» không phải ngày; ghi như 2005-01-20", f"{name} «{text}» is no day; write it as 2005-01-20"
        ) from None


def _codes(row: Mapping[str, str], name: str, kept: tuple[str, ...]) -> tuple[str, ...]:
    codes = tuple(part.strip() for part in row.get(name, "").split(";") if part.strip())
    for code in codes:
        if not (_CODE.fullmatch(code) or _KEY.fullmatch(code)):
            raise _Fault(
                f"{name} «{code}» không phải mã xã; ghi 5 chữ số, nhiều mã cách nhau bằng dấu ;",
                f"{name} «{code}» is no commune code; write 5 digits, a ; between several",
            )
    return codes or kept


def _plain(name: str) -> str:
    """Return the letters and digits without marks, as the unit part of a parcel key has them."""
    letters = unicodedata.normalize("NFD", name.casefold().replace("đ", "d"))
    return re.sub(r"[\W_]+", "", "".join(letter for letter in letters if not unicodedata.combining(letter)))


def _unit(row: Mapping[str, str], line: int, built_in: Sequence[Unit]) -> Unit:
    name = re.sub(r"\s+", " ", row["name"])
    typed = _NAME.fullmatch(name)
    if typed is None:
        raise _Fault(
            f"tên «{name}» phải bắt đầu bằng Xã, Phường, Thị trấn hoặc Đặc khu",
            f"the name «{name}» must begin with Xã, Phường, Thị trấn or Đặc khu",
        )
    code = row.get("code", "")
    if code and not _CODE.fullmatch(code):
        raise _Fault(
            f"mã «{code}» phải có 5 chữ số, hoặc để trống khi không biết",
            f"the code «{code}» must have 5 digits, or stay empty where it is not known",
        )
    first, last = _day(row, "valid_from"), _day(row, "valid_to")
    if first and last and first > last:
        raise _Fault(
            f"valid_from {first} sau valid_to {last}; sửa lại",
            f"valid_from {first} is after valid_to {last}; mend it",
        )
    district = row["district"] or None
    if district is None and (first is None or first < _MERGER):
        raise _Fault(
            "thiếu district; chỉ đơn vị từ 2025-07-01 không thuộc huyện",
            "district is missing; only units since 2025-07-01 lie in none",
        )
    code = code or f"~{_plain(typed[2])}.{_plain(district or '')}"
    if first is None and last is None:  # a spelling or a successor for a row that is there: its days stay
        stands = (u for u in built_in if (u.code, u.name, u.district) == (code, name, district))
        first, last = next(((u.valid_from, u.valid_to) for u in stands), (None, None))
    base = _base(code, first, last, built_in)
    many = {field: _many(row, field, base) for field in ("aliases", "earlier_districts")}
    return Unit(
        code=code,
        name=name,
        type=_TYPES[typed[1]],
        district_code=next((u.district_code for u in built_in if district and u.district == district), None),
        district=district,
        province=row.get("province") or (base.province if base else "Quảng Nam" if district else "Đà Nẵng"),
        valid_from=first,
        valid_to=last,
        successor=next(iter(_codes(row, "successor_2025", ())), base.successor if base else None),
        centroid=base.centroid if base else None,
        centroid_state=base.centroid_state if base else "none",
        aliases=many["aliases"],
        earlier_districts=many["earlier_districts"],
        comes_from=_codes(row, "comes_from", base.comes_from if base else ()),
        goes_to=_codes(row, "goes_to", base.goes_to if base else ()),
        certainty="S",
        source=f"{FILE}:{line}",
        note=row.get("note", ""),
    )


def _base(code: str, first: date | None, last: date | None, built_in: Sequence[Unit]) -> Unit | None:
    """Return the latest built-in row of that code in the row's days."""
    rows = [unit for unit in built_in if unit.code == code and unit.in_force(first, last)]
    return max(rows, key=lambda unit: unit.valid_from or date.min, default=None)


def _many(row: Mapping[str, str], name: str, base: Unit | None) -> tuple[str, ...]:
    given = tuple(part.strip() for part in row.get(name, "").split(";") if part.strip())
    kept: tuple[str, ...] = getattr(base, name) if base else ()
    return tuple(dict.fromkeys((*given, *kept)))


def _same(one: Unit, other: Unit) -> bool:
    """Return whether two rows are of one unit: one code, or one name in one district."""
    return one.code == other.code or (_plain(one.name), one.district) == (_plain(other.name), other.district)


def _check(own: Path, read: Sequence[tuple[int, Unit]], known: set[str]) -> None:
    for (line, unit), (later, other) in combinations(read, 2):
        if _same(unit, other) and unit.in_force(other.valid_from, other.valid_to):
            raise _refused(
                own,
                later,
                f"{other.name} trùng với dòng {line} trong cùng thời gian; sửa valid_from, valid_to hoặc xóa một dòng",
                f"{other.name} stands on line {line} for the same days; change valid_from, valid_to or drop one",
            )
    for line, unit in read:
        named = (*unit.comes_from, *unit.goes_to, *((unit.successor,) if unit.successor else ()))
        if unknown := next((code for code in named if code not in known), None):
            raise _refused(
                own,
                line,
                f"không có đơn vị nào mang mã {unknown}; sửa mã, hoặc thêm đơn vị đó vào tệp này",
                f"no unit has the code {unknown}; mend it, or add that unit to this file",
            )


def _outside(unit: Unit, own: Sequence[Unit]) -> list[Unit]:
    """Return what is left of a built-in row on the days for which the office has no row of that unit.

    The days of a commune that no source has a code for are not known to us: it gives way whole.
    """
    if not unit.coded and any(_same(unit, other) for other in own):
        return []
    parts = [unit]
    for other in own:
        if _same(unit, other):
            parts = [rest for part in parts for rest in _cut(part, other)]
    return parts


def _cut(unit: Unit, other: Unit) -> list[Unit]:
    if not unit.in_force(other.valid_from, other.valid_to):
        return [unit]
    rest: list[Unit] = []
    if other.valid_from and (unit.valid_from is None or unit.valid_from < other.valid_from):
        rest.append(replace(unit, valid_to=other.valid_from - _DAY, goes_to=()))
    if other.valid_to and (unit.valid_to is None or unit.valid_to > other.valid_to):
        rest.append(replace(unit, valid_from=other.valid_to + _DAY, comes_from=()))
    return rest
