"""What a person wrote as an answer: parsed as papers are, but strictly, and refused with a reason."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from cadastre.ground.nomenclature import read_nomenclature
from cadastre.units.places import resolve, units_of_code
from cadastre.words.certificates import (
    fits_serial,
    read_decision_no,
    read_parcel_no,
    read_register_no,
    read_serial,
    read_sheet_no,
)
from cadastre.words.dates import read_date
from cadastre.words.eras import Period
from cadastre.words.folding import fold, key, tidy
from cadastre.words.landuse import Namer
from cadastre.words.number_words import read_number_words
from cadastre.words.numbers import read_area
from cadastre.words.origins import read_origins
from cadastre.words.people import read_owners
from cadastre.words.terms import read_term
from cadastre.words.wording import REF_WORDS
from schemas.documents import Form
from schemas.entries import Corner, LandUse, Ref, Term, Value
from schemas.errors import Message
from schemas.tables import Tables

_AREAS = ("area_m2", "private_m2", "shared_m2", "legal_area_m2", "total_m2")
_IN_WORDS = ("area_words_m2", "total_words_m2")
_MAY_BE_NONE = ("private_m2", "shared_m2")
_LARGEST_M2 = 100_000_000.0  # 100 km²: more than a commune's forest plot
_FIRST_YEAR = 1900


@dataclass(frozen=True, slots=True)
class Listener:
    """What an answer is understood by: the tables, the days of the paper, its form, and how its purposes are named."""

    tables: Tables
    period: Period
    form: Form | None
    namer: Namer


Heard = Value | Message


def hear(name: str, text: str, listener: Listener) -> Heard:
    """Return the value that the person wrote for the field, or why it cannot be one; never None."""
    text = text.strip()
    if not key(text):
        return Message("chưa ghi giá trị đúng", "no value is given")
    if name in _AREAS:
        return _area(text, none=name in _MAY_BE_NONE)
    if name in _IN_WORDS:
        said = read_number_words(text)
        return said if said is not None else _area(text, none=False)
    parser = _PARSERS.get(name)
    return parser(text, listener) if parser else _text(text)


def _text(text: str) -> str:
    return "\n".join(line for part in text.splitlines() if (line := tidy(part)))


def _area(text: str, *, none: bool) -> Heard:
    """Return the area in m²: the dot groups thousands, the comma is the decimal mark (domain.md 3.3)."""
    options = read_area(text)
    grouped = re.match(r"\s*\d{1,3}(\.\d{3})+(?![\d,])", text) is not None
    if not options or (len(options) > 1 and not grouped):
        return Message(f"không hiểu diện tích «{text}»; ghi như 1.234,5", f"«{text}» is no area; write it as 1.234,5")
    value = options[0]
    if value > _LARGEST_M2 or value < 0 or (value == 0 and not none):
        return Message(f"diện tích «{text}» không thể có", f"an area of «{text}» is impossible")
    return value


def _code(parse: Callable[[str], str | None], example: str) -> Callable[[str, Listener], Heard]:
    def hear_code(text: str, _listener: Listener) -> Heard:
        return parse(text) or Message(
            f"không hiểu «{text}»; ghi như {example}", f"«{text}» has no such form: {example}"
        )

    return hear_code


def _serial(text: str, listener: Listener) -> Heard:
    value = read_serial(text)
    if value is None or not fits_serial(value, listener.form):
        return Message(
            f"số phát hành «{text}» không đúng dạng của mẫu giấy này", f"serial «{text}» does not fit this form"
        )
    return value


def _date(text: str, _listener: Listener) -> Heard:
    day = read_date(text)
    if day is None or int(day[:4]) < _FIRST_YEAR:
        return Message(f"không hiểu ngày «{text}»; ghi như 30/05/2012", f"«{text}» is no date; write it as 30/05/2012")
    return day


def _unit(text: str, listener: Listener) -> Heard:
    """Return the commune's code; a code or name must mean one commune on the days of the paper."""
    code = re.match(r"\s*(\d{5})\b", text)
    if code:
        meant = units_of_code(code[1], listener.period, listener.tables)
        named = re.sub(r"^\W+", "", text[code.end() :])
        hits = [unit for unit in meant.alternatives if key(named).startswith(key(unit.name))] if key(named) else []
        if meant.unit or (meant.why == "several" and hits):
            return code[1]
    else:
        meant = resolve(text, listener.period, listener.tables)
        if meant.unit:
            return meant.unit.code
    why = {
        "not-then": Message("xã này chưa có hoặc không còn vào thời điểm của giấy", "not in force at the paper's time"),
        "several": Message("mã này nhiều xã đã dùng, ghi kèm tên xã", "several communes bore the code; add the name")
        if code
        else Message("có nhiều xã như vậy, ghi kèm mã hoặc huyện", "several communes are meant; add the code"),
        "district-only": Message("mới nêu huyện, ghi thêm xã", "names a district only; add the commune"),
        "province-only": Message("mới nêu tỉnh, ghi thêm xã, huyện", "names a province only; add commune and district"),
        "merged": Message("là xã sau sáp nhập 2025, hãy ghi xã cũ", "a commune of the 2025 merger; name the old one"),
    }.get(meant.why, Message("không có trong danh mục", "not in the list"))
    return Message(f"«{text}»: {why.vi}", f"«{text}»: {why.en}")


def _user_type(text: str, listener: Listener) -> Heard:
    code = re.split(r"[\s–-]", text.strip(), maxsplit=1)[0].upper()
    known = code in listener.tables.user_types
    return code if known else Message(f"không có mã đối tượng «{text}»", f"no kind of user «{text}»")


def _parts(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"[;+\n]", text) if key(part)]


def _land_use(text: str, listener: Listener) -> Heard:
    uses: list[LandUse] = []
    for part in _parts(text):
        label, area = part, None
        bare = re.match(r"(\w{2,3}) – ", part)  # as the drop-down writes it: ONT – Đất ở tại nông thôn
        if bare:
            label = bare[1]
        elif match := re.match(r"(.*?)\s*[:\s–-]\s*(\d[\d.,]*\s*(?:m2|m²)?)\s*$", part):
            label, area = match[1], _area(match[2], none=False)
            if isinstance(area, Message):
                return area
        named = listener.namer.code(label)
        if named is None or not (named.sure or (named.printed and listener.namer.of_letters)):
            return Message(f"không có loại đất «{label}» vào thời của giấy này", f"no land use «{label}» at that time")
        uses.append(LandUse(named.code, area if isinstance(area, float) else None))
    return tuple(uses)


def _term(text: str, listener: Listener) -> Heard:
    example = "Lâu dài; 50 năm; Đến ngày 17/12/2065"
    value = read_term("; ".join(text.splitlines()), listener.namer)
    terms = value if isinstance(value, tuple) else (value,)
    for term in terms:
        if term is None or (isinstance(term, Term) and term.date and not _is_month(term.date)):
            return Message(
                f"không hiểu thời hạn «{text}»; ghi như: {example}", f"«{text}» is no term; write: {example}"
            )
    return value


def _is_month(iso: str) -> bool:
    year, month, day = (int(part) for part in f"{iso}-01-01".split("-")[:3])
    try:
        date(year, month, day)
    except ValueError:
        return False
    return year >= _FIRST_YEAR


def _origin(text: str, listener: Listener) -> Heard:
    listed = "; ".join(re.sub(r" – .*", "", part) for part in re.split(r"[;\n]", text))
    if codes := read_origins(listed, listener.tables):
        return codes
    if re.fullmatch(r"[\w;–\- ]{1,14}", text) and text.upper() == text:
        return Message(f"không có mã nguồn gốc «{text}»", f"no origin code «{text}»")
    return _text(text)


def _owners(text: str, _listener: Listener) -> Heard:
    owners = tuple(owner for line in re.split(r"[;\n]", text) if key(line) for owner in read_owners(line, typed=True))
    example = "Ông Nguyễn Văn An, sinh năm 1960, CCCD số …, địa chỉ: …"
    return owners or Message(f"không thấy tên người; ghi như: {example}", f"no name is found; write: {example}")


def _corners(text: str, _listener: Listener) -> Heard:
    corners: list[Corner] = []
    for line in text.splitlines():
        if not key(line):
            continue
        cells = [cell.strip().replace(" ", "") for cell in line.split(";")]
        numbers = [re.fullmatch(r"\d+(?:[,.]\d{1,3})?", cell) for cell in cells]
        if len(cells) not in (3, 4) or not all(numbers) or not cells[0].isdigit():
            return Message(
                f"không hiểu dòng tọa độ «{line.strip()}»; ghi như 1; 1720818,12; 577996,40; 12,31",
                f"«{line.strip()}» is no corner; write it as 1; 1720818,12; 577996,40; 12,31",
            )
        x, y, *edge = (float(cell.replace(",", ".")) for cell in cells[1:])
        corners.append(Corner(int(cells[0]), x, y, edge[0] if edge else None))
    if len(corners) < 3:
        return Message("cần ít nhất ba góc ranh", "at least three corners are needed")
    return tuple(corners)


def _refs(text: str, _listener: Listener) -> Heard:
    refs: list[Ref] = []
    for line in _parts(text):
        found = next((kind for kind, word in REF_WORDS.items() if fold(line).startswith(fold(word) + " ")), None)
        if found is None:
            words = ", ".join(REF_WORDS.values())
            return Message(
                f"«{line}» phải bắt đầu bằng một trong: {words}", f"«{line}» must begin with one of: {words}"
            )
        refs.append(Ref(found, line[len(REF_WORDS[found]) :].strip()))  # type: ignore[arg-type]
    return tuple(refs)


_PARSERS: Mapping[str, Callable[[str, Listener], Heard]] = {
    "unit_code": _unit,
    "sheet_no": _code(read_sheet_no, "12"),
    "old_sheet_no": _code(read_sheet_no, "12"),
    "parcel_no": _code(read_parcel_no, "125 / 125a"),
    "old_parcel_no": _code(read_parcel_no, "125 / 125a"),
    "register_no": _code(read_register_no, "CH 01234"),
    "decision_no": _code(read_decision_no, "456/QĐ-UB"),
    "nomenclature": _code(read_nomenclature, "722575-6-(4)"),
    "serial": _serial,
    "issued_on": _date,
    "user_type": _user_type,
    "land_use": _land_use,
    "legal_land_use": _land_use,
    "term": _term,
    "origin": _origin,
    "owners": _owners,
    "corners": _corners,
    "refs": _refs,
}
