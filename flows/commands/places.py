"""The command `places`: which commune a text or code means on a day, what became of it, who keeps its papers."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Any

from cadastre.units.custodians import offices_of
from cadastre.units.membership import districts_of
from cadastre.units.places import Resolution, Why, suggest, units_of_code
from cadastre.units.successions import group_of, land_of, unit_now
from cadastre.words.eras import Period
from flows.exit_codes import DONE
from flows.terminal import Terminal
from schemas.errors import Message, Misconfigured
from schemas.office_units import FILE, load_office_tables
from schemas.registry_offices import RegistryOffice, load_registry_offices
from schemas.tables import Certainty, Tables, Unit

_FIRST_LIST = date(2004, 8, 31)
"""Day of the oldest list of the communes of Quảng Nam; of old Đà Nẵng there is only that of June 2025."""

WHY: dict[Why, Message] = {
    "named": Message("Đúng tên, không lẫn với nơi khác.", "Its name, and no other place's."),
    "near": Message("Gần đúng tên, hoặc có xã khác tên chỉ lệch một chữ: nên kiểm tra.",
                    "Near its name, or another commune's name is one letter away: have a look."),
    "several": Message("Có nhiều đơn vị như vậy; ghi thêm huyện hoặc ngày.",
                       "More than one; add the district or the day."),
    "merged": Message("Đơn vị mới từ 1/7/2025, gồm nhiều xã cũ mà số tờ trùng nhau; phải biết xã cũ nào.",
                      "A unit since 1 July 2025 made of several whose sheet numbers collide; tell which of them."),
    "not-then": Message("Vào ngày đó chưa có hoặc không còn đơn vị này ở đó; xem các đơn vị gợi ý.",
                        "On that day there was no such unit there yet, or no longer; see the units named."),
    "other-district": Message("Huyện, quận đã nêu không có xã, phường tên này; tên này có ở nơi khác:",
                              "The district named has no commune of this name; others bear it elsewhere:"),
    "district-only": Message("Chỉ nêu huyện, quận; chưa xác định được xã, phường.",
                             "Names a district only, no commune."),
    "province-only": Message("Chỉ nêu tỉnh; chưa xác định được xã, phường.", "Names a province only, no commune."),
    "unknown": Message("Không có trong danh mục; văn phòng có thể thêm vào units.csv (docs/places.md).",
                       "Not in the lists; an office can add it to units.csv (docs/places.md)."),
}  # fmt: skip
#: The province of these lists began in 1976 (domain.md 7); of what was before no list tells.
_FIRST_KNOWN = date(1976, 1, 1)
_BEYOND = Message(
    "Các danh mục không cho biết về ngày này; đơn vị cùng tên ở ngày khác:",
    "The lists tell nothing of this day; units of that name on other days:",
)
_CERTAINTY: dict[Certainty, Message | None] = {
    "S": None,
    "K": Message("theo hiểu biết trong nghề, chưa có văn bản", "from practice, no source"),
    "?": Message("chưa chắc, cần kiểm tra", "uncertain, to be checked"),
}


def places(at: Terminal, text: str, on: str | None, *, as_json: bool) -> int:
    """Tell what a text or a code means on a day; without a day, at any time."""
    day = _day(on)
    tables, offices = load_office_tables(at.settings.home), load_registry_offices(at.settings.home)
    code = re.fullmatch(r"\s*(\d{5}|~[^\s@/]+\.[^\s@/]+)\s*", text)
    found = units_of_code(code[1], day, tables) if code else suggest(text, day, tables)
    if beyond := day is not None and _is_beyond(day, found):
        found = Resolution(None, (found.unit,) if found.unit else found.alternatives, "unknown")
    if as_json:
        at.result(_told(text, day, found, tables, offices))
        return DONE
    at.out.print((_BEYOND if beyond else WHY[found.why]).say(at.lang), markup=False, highlight=False)
    for unit in (found.unit,) if found.unit else found.alternatives:
        for line in _lines(at, unit, day, tables, offices):
            at.out.print(line, markup=False, highlight=False)
    return DONE


def _is_beyond(day: date, found: Resolution) -> bool:
    """Return whether no list tells of the day: it has not come, or is before them all and no office added a row."""
    if not (found.unit or found.alternatives):
        return False
    since = found.unit.valid_from if found.unit else None
    told = since is not None and since <= day
    return day > datetime.now(UTC).date() or (day < _FIRST_KNOWN and not told)


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Misconfigured(
            vi=f"--on «{text}» không phải ngày; ghi như 1995-03-01", en=f"--on «{text}» is no day; write 1995-03-01"
        ) from None


def _life(unit: Unit) -> Period:
    return Period(unit.valid_from, unit.valid_to)


def _asked(unit: Unit, day: date | None) -> Period:
    """Return the day asked about where the unit was in force on it, else the days of the unit."""
    return Period.on(day) if day and unit.in_force(day, day) else _life(unit)


def _since(unit: Unit) -> Message:
    if unit.valid_from:
        return Message(f"từ {unit.valid_from}", f"since {unit.valid_from}")
    if not unit.coded:
        return Message("chưa rõ từ ngày nào", "first day not known")
    listed = _FIRST_LIST if unit.province == "Quảng Nam" else date(2025, 6, 30)
    return Message(
        f"chưa rõ từ ngày nào, đã có trong danh mục {listed}", f"first day not known, so in the list of {listed}"
    )


def _lines(
    at: Terminal, unit: Unit, day: date | None, tables: Tables, offices: tuple[RegistryOffice, ...]
) -> list[str]:
    """Return what there is to say of one unit, a line each."""
    said = []
    districts = "/".join(districts_of(unit, _asked(unit, day), tables))
    ended = f" – {unit.valid_to}" if unit.valid_to else ""
    said.append(f"{unit.code if unit.coded else '(?????)'}  {', '.join(filter(None, (unit.name, districts)))}")
    said.append(f"    {_since(unit).say(at.lang)}{ended}")
    doubt = _CERTAINTY[unit.certainty]
    own = unit.source.startswith(FILE)  # the package's notes are in English
    remarks = [doubt.say(at.lang)] if doubt else []
    if unit.note and (own or at.lang == "en"):
        remarks.append(unit.note)
    if remarks:
        said.append(f"    {'; '.join(remarks)}")
    now = unit_now(unit.code, _life(unit), tables)
    if now is None:
        said.append(Message("    nay thuộc nhiều đơn vị", "    its land lies in several units now").say(at.lang))
    elif now != unit:
        said.append(Message(f"    nay là {now.code} {now.name}", f"    now {now.code} {now.name}").say(at.lang))
    told = {_short(unit), _short(now or unit)}
    if around := sorted({_short(one) for one in land_of(unit.code, _life(unit), tables)} - told):
        head = Message("đất còn ghi ở", "its land is also written under").say(at.lang)
        said.append(f"    {head}: {'; '.join(around)}")
    for office in offices_of(unit, day or unit.valid_to or date.max, offices, tables):
        doubt = _CERTAINTY[office.certainty]
        mark = f" ({doubt.say(at.lang)})" if doubt else ""
        said.append(Message(f"    nơi lưu: {office.name}{mark}", f"    kept by: {office.name}{mark}").say(at.lang))
    return said


def _short(unit: Unit) -> str:
    return f"{unit.code} {unit.name}" if unit.coded else unit.name


def _unit(unit: Unit, day: date | None, tables: Tables) -> dict[str, Any]:
    return {
        "code": unit.code if unit.coded else None,
        "key": unit.code,
        "name": unit.name,
        "districts": list(districts_of(unit, _asked(unit, day), tables)),
        "valid_from": unit.valid_from.isoformat() if unit.valid_from else None,
        "valid_to": unit.valid_to.isoformat() if unit.valid_to else None,
        "certainty": unit.certainty,
        "note": unit.note or None,
    }


def _told(
    text: str, day: date | None, found: Resolution, tables: Tables, offices: tuple[RegistryOffice, ...]
) -> dict[str, Any]:
    unit = found.unit
    told: dict[str, Any] = {
        "text": text,
        "on": day.isoformat() if day else None,
        "why": found.why,
        "unit": _unit(unit, day, tables) if unit else None,
        "alternatives": [_unit(one, day, tables) for one in found.alternatives],
        "now": None,
        "group": None,
        "land": [],
        "offices": [],
    }
    if unit:
        now = unit_now(unit.code, _life(unit), tables)
        kept = offices_of(unit, day or unit.valid_to or date.max, offices, tables)
        land = sorted(land_of(unit.code, _life(unit), tables), key=lambda one: (one.valid_from or date.min, one.code))
        told |= {
            "now": {"code": now.code, "name": now.name} if now else None,
            "group": group_of(unit.code, _life(unit), tables),
            "land": [_unit(one, None, tables) for one in land],
            "offices": [{"id": one.office_id, "name": one.name, "certainty": one.certainty} for one in kept],
        }
    return told
