"""What is true of each living parcel at the end, by the published precedence of papers (domain.md 8.6)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from benchmarks.strange.land import Piece
from benchmarks.strange.papers import Line
from benchmarks.strange.truth import Keys
from benchmarks.strange.writing import Given
from cadastre.words.folding import key

END = date(2025, 11, 26)
_LEGAL = ("gcn", "so_dia_chinh", "so_cap_gcn", "quyet_dinh", "so_muc_ke", "so_dang_ky", "don_dang_ky")
_FIRST_VN2000 = date(2004, 7, 1)
Tell = Callable[[Line, str], Any]
Values = Mapping[str, tuple[Any, date | None]]  # attribute -> its value and the day of the deciding paper


def current(pieces: Sequence[Piece], lines: Sequence[Line], given: Sequence[Given], keys: Keys) -> list[dict[str, Any]]:
    """Return a row for each living piece with a key: its values and, by attribute, whether they can be known.

    A value is what the heaviest paper ever made says, the later of two of one weight. It is `knowable` where the
    papers at hand, with the values that were taken and read right, lead to the same one, and where nothing happened
    to the land since that no such paper tells (a road's taking).
    """
    written: dict[int, list[Line]] = {}
    for line in sorted(lines, key=lambda one: one.day):
        written.setdefault(line.piece, []).append(line)
    attesting = {id(one.line): one for one in given if one.attests}
    rows = []
    for piece in pieces:
        found = [keys.of(name.place) for name in piece.names]
        alive = [one for one in found if one]
        if not piece.lives(END) or not alive:
            continue
        mine = written.get(piece.no, [])
        real = _values(mine, lambda line, name: line.fields.get(name))
        held = _values(
            [line for line in mine if id(line) in attesting], lambda line, name: attesting[id(line)].told(name)
        )
        values = {name: value for name, (value, _) in real.items()}
        rows.append({"key": alive[-1], **values, "knowable": _knowable(piece, real, held)})
    return rows


def _values(lines: Sequence[Line], tell: Tell) -> Values:
    """Return what the heaviest of some papers say."""
    uses = _best(lines, _LEGAL, lambda line: tell(line, "legal_land_use") or tell(line, "land_use"))
    owner = _best(lines, _LEGAL, lambda line: (tell(line, "owners") or [{}])[0].get("name"))
    certificates = [line for line in lines if line.kind == "gcn"]
    noted = [buyer for line in certificates if (buyer := _buyer(tell(line, "change_note")))]
    if noted:
        name, day = max(noted, key=lambda one: one[1])
        if day > max(line.day for line in certificates):
            owner = (name, day)
    return {
        "legal_area_m2": _best(lines, _LEGAL, lambda line: tell(line, _area_field(line))),
        "area_m2": _measured(lines, tell),
        "land_use": ([one["code"] for one in uses[0]] if uses[0] else None, uses[1]),
        "owner": owner,
        "serial": _best(lines, ("gcn", "so_dia_chinh", "so_cap_gcn"), lambda line: tell(line, "serial")),
    }


def _area_field(line: Line) -> str:
    return "legal_area_m2" if line.kind == "so_muc_ke" else "area_m2"


def _best(lines: Iterable[Line], order: Sequence[str], value: Callable[[Line], Any]) -> tuple[Any, date | None]:
    """Return the latest value of the heaviest kind that has one."""
    for kind in order:
        found = [(told, line.day) for line in lines if line.kind == kind and (told := value(line)) is not None]
        if found:
            return found[-1]
    return None, None


def _measured(lines: Sequence[Line], tell: Tell) -> tuple[Any, date | None]:
    """Return the measured area: newest map, extract, parcel index, 299 map."""
    new = [line for line in lines if line.day >= _FIRST_VN2000]
    for some, kinds in ((new, ("ban_do", "trich_do", "trich_luc")), (lines, ("so_muc_ke", "ban_do"))):
        value, day = _best(some, kinds, lambda line: tell(line, "area_m2"))
        if value is not None:
            return value, day
    return None, None


def _buyer(note: str | None) -> tuple[str, date] | None:
    """Return the buyer and day of the last sale that a note tells."""
    if not note or " chuyển nhượng cho " not in note:
        return None
    before, words = note.rsplit(" chuyển nhượng cho ", 1)
    day, month, year = before.rsplit("Ngày ", 1)[1].split("/")
    return words.split(" ", 1)[1].split(" theo hồ sơ")[0], date(int(year), int(month), int(day))


def _knowable(piece: Piece, real: Values, held: Values) -> dict[str, bool]:
    taken = [day for day, _ in piece.areas]
    known = {}
    for name, (value, _) in real.items():
        told, day = held[name]
        equal = key(told) == key(value) if name == "owner" and told and value else told == value
        known[name] = (value is not None and equal) and (
            name not in ("area_m2", "legal_area_m2") or not taken or (day is not None and day >= taken[-1])
        )
    return known
