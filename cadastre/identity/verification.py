"""Checks what came back from the authorised verifier, row by row, before anything is kept (domain.md 3.5, 12)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from cadastre.identity.listed_cells import altered_cell
from cadastre.words.folding import key
from cadastre.words.people import identity_faults, person_name
from schemas.entries import Owner
from schemas.errors import Message
from schemas.tables import Tables
from schemas.verification import Correction, Listed, Result, Verified

_RESULTS: dict[str, Result] = {
    "khop": "matches", "dung": "matches", "matches": "matches", "match": "matches",
    "khac": "differs", "sai": "differs", "sailech": "differs", "differs": "differs",
    "khongtimthay": "not_found", "khongco": "not_found", "notfound": "not_found",
}  # fmt: skip
_SEXES: dict[str, Literal["nam", "nu"]] = {"nam": "nam", "male": "nam", "nu": "nu", "female": "nu"}
_DAY = re.compile(r"(?:(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4}))")
_YEAR = re.compile(r"(?:\d{1,2}[/.\-]\d{1,2}[/.\-])?(\d{4})(?:-\d{1,2}-\d{1,2})?")
_EARLIEST_YEAR = 1850
_LISTED_WORDS = {
    "name": ("họ tên", "the name"),
    "birth_year": ("năm sinh", "the birth year"),
    "sex": ("giới tính", "the sex"),
    "cmnd": ("số CMND", "the CMND number"),
    "cccd": ("số CCCD", "the CCCD number"),
    "address": ("địa chỉ", "the address"),
}


@dataclass(frozen=True, slots=True)
class Filled:
    """One row as it came back: its number in the file and the texts of its cells."""

    row: int
    batch_id: str
    row_id: str
    result: str
    name: str
    birth_year: str
    sex: str
    cmnd: str
    cccd: str
    checked_on: str
    checked_by: str
    #: The columns that the list came with, by their codes, as they came back.
    listed: Mapping[str, str] = field(default_factory=dict)

    @property
    def answered(self) -> bool:
        """Whether anything was filled in but the day and the name of who checked."""
        return any((self.result, self.name, self.birth_year, self.sex, self.cmnd, self.cccd))


@dataclass(frozen=True, slots=True)
class Asking:
    """What a row is checked against: the code tables, today, the day the list went out, who answers for it."""

    tables: Tables
    today: date
    made_on: date
    by: str


class _Wrong(Exception):
    """A cell that cannot be taken, with the remedy."""

    def __init__(self, vi: str, en: str) -> None:
        super().__init__(en)
        self.message = Message(vi, en)


def hear_result(filled: Filled, listed: Listed, asking: Asking) -> Verified | Message:
    """Return what a row says, or what is wrong with it and how to mend it; no message quotes a value."""
    try:
        _as_listed(filled, listed)
        result = _result(filled)
        corrections = _corrections(filled, listed, asking)
        if result == "differs" and not corrections:
            raise _Wrong(
                "kết quả «Khác» phải kèm ít nhất một ô đúng khác với danh sách",
                "«differs» needs at least one right value that is not the listed one",
            )
        if result != "differs" and corrections:
            raise _Wrong(
                "ô đúng chỉ điền khi kết quả là «Khác»; sửa kết quả hoặc xóa ô đúng",
                "right values go with «differs» only; change the result or clear them",
            )
        if result != "not_found":
            _agree(listed, corrections, asking.tables)
        return Verified(
            filled.row_id, result, corrections, _checked_on(filled.checked_on, asking), _checked_by(filled, asking.by)
        )
    except _Wrong as wrong:
        return wrong.message


def _as_listed(filled: Filled, listed: Listed) -> None:
    """Refuse a row that names another person than its id does: the result would stand for somebody else."""
    if (column := altered_cell(filled.listed, listed)) is not None:
        vi, en = _LISTED_WORDS[column]
        raise _Wrong(
            f"{vi} của dòng này không còn như danh sách đã xuất; chép lại mã dòng và các cột xám từ tệp đã xuất, "
            "giá trị đúng thì ghi ở cột «… đúng»",
            f"{en} in this row is not what the list went out with; copy the row's id and grey columns from the "
            "exported file, and write what is right into the columns «right …»",
        )


def _result(filled: Filled) -> Result:
    if not filled.result:
        raise _Wrong("có ô đúng mà chưa ghi kết quả; ghi «Khác»", "right values without a result; write «differs»")
    result = _RESULTS.get(key(filled.result))
    if result is None:
        raise _Wrong(
            "kết quả phải là «Khớp», «Khác» hoặc «Không tìm thấy»",
            "the result must be «matches», «differs» or «not found»",
        )
    return result


def _corrections(filled: Filled, listed: Listed, asking: Asking) -> dict[Correction, str]:
    """Return the right values that differ from the listed ones."""
    held: dict[Correction, str | None] = {
        "name": listed.name,
        "birth_year": str(listed.birth_year) if listed.birth_year else None,
        "sex": listed.sex,
        "cmnd": _listed_number(listed, 9),
        "cccd": _listed_number(listed, 12),
    }
    readers: dict[Correction, tuple[str, Callable[[str], str]]] = {
        "name": (filled.name, _name),
        "birth_year": (filled.birth_year, lambda text: _birth_year(text, asking.today)),
        "sex": (filled.sex, _sex),
        "cmnd": (filled.cmnd, lambda text: _number(text, 9, "CMND")),
        "cccd": (filled.cccd, lambda text: _cccd(text, asking.tables)),
    }
    said = {name: read(text) for name, (text, read) in readers.items() if text}
    return {name: value for name, value in said.items() if value != held[name]}


def _listed_number(listed: Listed, digits: int) -> str | None:
    return next((no for _, no in listed.numbers if no.isdigit() and len(no) == digits), None)


def _name(text: str) -> str:
    if len(key(text)) < 2 or any(sign.isdigit() for sign in text):
        raise _Wrong("họ tên đúng không phải là tên người", "the right name is no person's name")
    return person_name(text, typed=True)


def _sex(text: str) -> str:
    sex = _SEXES.get(key(text))
    if sex is None:
        raise _Wrong("giới tính đúng phải là «Nam» hoặc «Nữ»", "the right sex must be «nam» or «nữ»")
    return sex


def _birth_year(text: str, today: date) -> str:
    found = _YEAR.fullmatch(text.strip())
    if found is None or not _EARLIEST_YEAR <= int(found[1]) <= today.year:
        raise _Wrong(
            "năm sinh đúng phải ghi như 1960 hoặc 12/5/1960", "the right birth year is written 1960 or 12/5/1960"
        )
    return found[1]


def _number(text: str, digits: int, what: str) -> str:
    number = re.sub(r"[\s.\-]", "", text)
    if number.isdigit() and len(number) == digits:
        return number
    cut = number.isdigit() and len(number) == digits - 1
    if cut or re.fullmatch(r"\d+(?:[.,]\d+)?[eE]\+?\d+", text.strip()):
        raise _Wrong(
            f"số {what} đúng thiếu chữ số: bảng tính đã bỏ số 0 ở đầu; định dạng ô là Văn bản (Text) rồi ghi lại",
            f"the right {what} number lacks digits: the spreadsheet dropped a zero; format the cell as text",
        )
    raise _Wrong(f"số {what} đúng phải có {digits} chữ số", f"the right {what} number must have {digits} digits")


def _cccd(text: str, tables: Tables) -> str:
    number = _number(text, 12, "CCCD")
    if number[:3] not in tables.identity_prefixes:
        raise _Wrong(
            "ba số đầu của số CCCD đúng không phải mã tỉnh nào; xem lại số",
            "the first three digits of the right CCCD number are no province's; look at the number again",
        )
    return number


def _agree(listed: Listed, corrections: dict[Correction, str], tables: Tables) -> None:
    """Refuse a 12-digit number that contradicts the year or the sex beside it, as they would stand."""
    sex = corrections.get("sex") or listed.sex
    year = corrections.get("birth_year") or listed.birth_year
    owner = Owner(
        listed.name,
        sex="nam" if sex == "nam" else "nu" if sex == "nu" else None,
        birth_year=int(year) if year else None,
        id_no=corrections.get("cccd") or _listed_number(listed, 12),
    )
    faults = identity_faults(owner, tables)
    if "birth_year" in faults:
        raise _Wrong(
            "số CCCD và năm sinh không khớp nhau; ghi «Khác» kèm số hoặc năm sinh đúng",
            "the CCCD number and the birth year contradict each other; write «differs» with the right one",
        )
    if "sex" in faults:
        raise _Wrong(
            "số CCCD và giới tính không khớp nhau; ghi «Khác» kèm số hoặc giới tính đúng",
            "the CCCD number and the sex contradict each other; write «differs» with the right one",
        )
    if "prefix" in faults:
        raise _Wrong(
            "ba số đầu của số CCCD trên danh sách không phải mã tỉnh nào; ghi «Khác» kèm số đúng, "
            "hoặc «Không tìm thấy»",
            "the first three digits of the listed CCCD number are no province's; write «differs» with the right one, "
            "or «not found»",
        )


def _checked_on(text: str, asking: Asking) -> date:
    found = _DAY.fullmatch(text.strip())
    try:
        if found is None:
            raise ValueError
        parts = (found[1], found[2], found[3]) if found[1] else (found[6], found[5], found[4])
        day = date(*(int(part) for part in parts))
    except ValueError:
        raise _Wrong(
            "thiếu ngày kiểm tra, hoặc ngày không có thật; ghi như 12/5/2026",
            "the day of checking is missing or does not exist; write 12/5/2026 or 2026-05-12",
        ) from None
    # Clocks of the office and of the database may lie in different days.
    if not asking.made_on - timedelta(days=1) <= day <= asking.today + timedelta(days=1):
        raise _Wrong(
            "ngày kiểm tra phải từ ngày xuất danh sách đến hôm nay",
            "the day of checking must lie between the day of the list and today",
        )
    return day


def _checked_by(filled: Filled, by: str) -> str:
    text = " ".join(filled.checked_by.split()) or by
    if not key(text) or len(text) > 200:
        raise _Wrong("ghi tên người kiểm tra, không quá 200 chữ", "name who checked, in at most 200 letters")
    return text
