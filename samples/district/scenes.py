"""Which communes a district has: some divided since 1982, some merged in 2020, some of one merger of 2025."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from numpy.random import Generator

from samples.chance import chance
from samples.dated import commune_on
from samples.district.pieces import Point
from samples.gazetteer import Commune
from schemas.tables import Tables, Unit

MERGED_2025 = date(2025, 7, 1)
_UPLAND = ("504", "505", "510", "511", "515", "516")


@dataclass(frozen=True, slots=True)
class Joining:
    """A merger after which the office numbers the sheets anew: the unit, the day, and what is added to a sheet."""

    code: str
    day: date
    added: int


@dataclass(frozen=True, slots=True)
class Land:
    """Ground that was one commune in 1982; `codes` are those of its parts since it was divided on `divided`."""

    codes: tuple[str, ...]
    whole: str
    divided: date | None = None
    joined: Mapping[str, tuple[Joining, ...]] = field(default_factory=dict)  # by the part's code

    def code_on(self, part: int, when: date) -> str:
        """Return the code of a part's commune on that day, mergers apart."""
        return self.whole if self.divided is None or when < self.divided else self.codes[part]


def _one(code: str) -> Land:
    return Land((code,), code)


#: Each scene belongs to one unit of 2025 (the last to two), the divided commune first.
_SCENES: tuple[tuple[Land, ...], ...] = (
    (Land(("20821", "20822"), "20821", date(2007, 3, 23)), _one("20818"), _one("20815")),
    (Land(("20983", "20984"), "20983", date(2005, 7, 22)), _one("20986")),
    (Land(("21005", "21004"), "21004", date(2005, 7, 22)), _one("21007")),
    (Land(("20560", "20561", "20562"), "20560", date(2005, 7, 22)), _one("20575")),
)
#: Two communes that became Quế Mỹ in 2020, and their neighbours of the merger of 2025.
_QUE_MY = (_one("20653"), _one("20665"), _one("20662"), _one("20659"))
_HILLS = (("20467", "20470", "20488", "20491"), ("20443", "20446", "20437"), ("20704", "20705"), ("20920", "20917"))


def lands_of(rng: Generator, tables: Tables, communes: int) -> list[Land]:
    """Return the lands of a district of that many communes (at least 4), never one commune twice."""
    order = [_SCENES[int(i)] for i in rng.permutation(len(_SCENES))]
    hills = [_HILLS[int(i)] for i in rng.permutation(len(_HILLS))]
    wanted: list[Land] = list(order[0])
    wanted += [_one(hills[0][0])] if _count(wanted) < communes else []
    wanted += _QUE_MY if communes - _count(wanted) >= 4 else []
    for scene in order[1:]:
        wanted += scene if communes - _count(wanted) >= sum(len(land.codes) for land in scene) else ()
    known = {code for land in wanted for code in land.codes} | {land.whole for land in wanted}
    spare = [code for group in hills for code in group]
    spare += sorted({u.code for u in tables.units if u.province == "Quảng Nam" and u.trusted_centroid})
    for code in spare:
        if _count(wanted) >= communes:
            break
        if code not in known:
            known.add(code)
            wanted.append(_one(code))
    return _with_mergers(rng, tables, wanted)


def _count(lands: list[Land]) -> int:
    return sum(len(land.codes) for land in lands)


def _with_mergers(rng: Generator, tables: Tables, lands: list[Land]) -> list[Land]:
    """Say which sheets are numbered anew: those of Quế Cường in 2020, and in two of five units those of 2025."""
    groups: dict[str, list[str]] = {}
    for land in lands:
        for code in land.codes:
            groups.setdefault(successor_of(tables, code) or code, []).append(code)
    joined: dict[str, list[Joining]] = {}
    if {"20653", "20665"} <= {code for land in lands for code in land.codes}:
        joined["20653"] = [Joining("20665", date(2020, 2, 1), 30)]
    for unit, codes in groups.items():
        others = [code for code in codes if code != unit]
        if len(codes) > 1 and chance(rng, 0.4):
            for place, code in enumerate(others, 1):
                joined.setdefault(code, []).append(Joining(unit, MERGED_2025, 60 * place))
    return [
        Land(land.codes, land.whole, land.divided, {c: tuple(joined[c]) for c in land.codes if c in joined})
        for land in lands
    ]


def successor_of(tables: Tables, code: str) -> str | None:
    """Return the unit of 2025 that holds the commune's land."""
    return next((u.successor for u in tables.units if u.code == code and u.successor), None)


def is_upland(tables: Tables, code: str) -> bool:
    """Return whether the commune lies in a mountain district."""
    return any(u.code == code and u.district_code in _UPLAND for u in tables.units)


class Gazette:
    """The names of units by code and day, as papers of the day print them."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._units: dict[str, list[Unit]] = {}
        for unit in tables.units:
            self._units.setdefault(unit.code, []).append(unit)
        self._known: dict[tuple[str, date], Commune] = {}

    def commune(self, code: str, when: date) -> Commune:
        """Return the commune of that code under the names of that day."""
        found = self._known.get((code, when))
        if found is None:
            found = self._known[code, when] = self._commune(code, when)
        return found

    def _commune(self, code: str, when: date) -> Commune:
        units = self._units[code]
        unit = next((u for u in units if u.in_force(when, when)), units[0])
        if when >= MERGED_2025:
            return Commune(code, unit.name, "", "", (0.0, 0.0), "thành phố Đà Nẵng")
        district = f"Huyện {unit.district or ''}"
        plain = Commune(code, unit.name, district, unit.district_code or "", self.centre(code))
        named = commune_on(self._tables, plain, when)
        if named.district == "Huyện Điện Bàn" and when >= date(2015, 3, 12):
            return Commune(code, named.name, "Thị xã Điện Bàn", "507", named.centre, named.province)
        return named

    def centre(self, code: str) -> Point:
        """Return a point (north, east) to lay the land round: the unit's, else a neighbour's of the merger."""
        for unit in self._units[code]:
            if unit.trusted_centroid:
                return unit.trusted_centroid
        successor = successor_of(self._tables, code)
        near = next(
            (u.trusted_centroid for u in self._tables.units if u.successor == successor and u.trusted_centroid), None
        )
        north, east = near or (1_728_000.0, 556_000.0)
        return north + 2100.0, east - 1900.0

    def merged(self, code: str, when: date) -> str | None:
        """Return the unit that held the commune's land on that day, where it is another code or name by then."""
        if when >= MERGED_2025:
            return successor_of(self._tables, code)
        units = self._units[code]
        if any(u.in_force(when, when) for u in units):
            return None
        return _MERGED_JANUARY.get(code)


#: Communes that ended on 31 December 2024 and the unit that took them in for six months (NQ 1241).
_MERGED_JANUARY = {"20822": "20821", "20602": "20608", "20383": "20364"}
