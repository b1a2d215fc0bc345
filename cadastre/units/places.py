"""Which commune a text or a code means on a day (domain.md 7): dated, tolerant of poor reading, never a guess."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Literal

from rapidfuzz.distance import Levenshtein

from cadastre.units.membership import lies_in, lies_in_then, was_in_then
from cadastre.units.place_words import Address, Named, bare_name, district_keys, read_address, unit_names
from cadastre.words.eras import ALWAYS, Period
from cadastre.words.folding import key, marked_key, tidy
from schemas.tables import Tables, Unit

__all__ = ["Resolution", "Why", "bare_name", "lies_in", "named_district", "resolve", "suggest", "units_of_code"]

Why = Literal[
    "named", "near", "several", "merged", "not-then", "other-district", "district-only", "province-only", "unknown"
]
MERGER = date(2025, 7, 1)
"""First day of the units of 2025; there are no districts since."""
_EVE = date(2025, 6, 30)


@dataclass(frozen=True, slots=True)
class Resolution:
    """The unit that a text or code means, or those that it may mean, and why.

    `named`: by its name beyond doubt. `near`: the only one near a poorly read name. `several`: more than one.
    `merged`: a unit of 2025 whose predecessor is not told (their sheet numbers collide). `not-then`: the name
    belongs to another time. `other-district`: no commune of the district, others bear the name (only `suggest` says
    so). `district-only`, `province-only`: the text tells no more than that, so no commune.
    `unknown`: none.
    """

    unit: Unit | None
    alternatives: tuple[Unit, ...]
    why: Why

    @property
    def sure(self) -> bool:
        """Return whether the unit may be taken unseen."""
        return self.unit is not None and self.why == "named"


@cache
def _keys(unit: Unit) -> tuple[frozenset[str], frozenset[str]]:
    """Return the unit's names and aliases, folded and with marks, without their types."""
    names = unit_names(unit)
    return frozenset(map(key, names)), frozenset(map(marked_key, names))


@lru_cache(maxsize=256)
def _in_force(period: Period, tables: Tables) -> tuple[Unit, ...]:
    return tuple(unit for unit in tables.units if unit.in_force(period.first, period.last))


@cache
def _named_so(tables: Tables) -> Mapping[str, tuple[Unit, ...]]:
    """Return the units of all times by each of their folded names."""
    found: dict[str, list[Unit]] = {}
    for unit in tables.units:
        for name in _keys(unit)[0]:
            found.setdefault(name, []).append(unit)
    return {name: tuple(units) for name, units in found.items()}


def named_district(text: str, tables: Tables) -> str | None:
    """Return the district that an address names, where the lists know it; None where it names none of them."""
    district = read_address(tidy(text), tables).district
    return district if district and key(district) in district_keys(tables) else None


def _same_places(units: list[Unit]) -> list[Unit]:
    """Return one unit for each code, the latest; a unit raised to a ward keeps its code and its land."""
    latest: dict[str, Unit] = {}
    for unit in sorted(units, key=lambda u: (u.valid_from or date.min, u.name)):
        latest[unit.code] = unit
    return sorted(latest.values(), key=lambda u: u.code)


def _by_marks(named: Named, units: list[Unit]) -> list[Unit]:
    """Return the units that the marks single out; names one mark apart (Trà Don, Trà Dơn) stay together."""
    if len(_same_places(units)) < 2:
        return units
    wanted = marked_key(named.commune)
    hits = [unit for unit in units if wanted in _keys(unit)[1]]
    others = [unit for unit in units if unit not in hits and unit.code not in {hit.code for hit in hits}]
    apart = min((Levenshtein.distance(wanted, name) for unit in others for name in _keys(unit)[1]), default=9)
    return hits if hits and apart >= 2 else units


def _stands_apart(named: Named, meant: list[Unit], units: list[Unit]) -> bool:
    """Return whether no other commune around is one letter away, with marks where the text has the name's own."""
    codes = {unit.code for unit in meant}
    marked = marked_key(named.commune)
    exact = any(marked in _keys(unit)[1] for unit in meant)
    wanted, spelling = (marked, 1) if exact else (key(named.commune), 0)
    others = (name for unit in units if unit.code not in codes for name in _keys(unit)[spelling])
    return all(Levenshtein.distance(wanted, name, score_cutoff=2) > 1 for name in others)


def _choose(named: Named, units: list[Unit]) -> tuple[list[Unit], Why]:
    """Return the units that the name means among those of its time and district."""
    wanted = key(named.commune)
    typed = [unit for unit in units if named.type in (None, unit.type)]
    pools: tuple[tuple[list[Unit], Why], ...] = ((typed, "named"), (units, "near"))
    for pool, why in pools:
        exact = [unit for unit in pool if wanted in _keys(unit)[0]]
        if exact:
            meant = _by_marks(named, exact)
            return meant, why if not named.loose and _stands_apart(named, meant, units) else "near"
    if len(wanted) < 5 or named.district is None or named.loose:
        return [], "unknown"
    slips = [(min(Levenshtein.distance(wanted, name) for name in _keys(unit)[0]), unit) for unit in typed]
    if not any(count <= 1 for count, _ in slips):
        return [], "unknown"
    return [unit for count, unit in slips if count <= 2], "near"


def _of_province(units: list[Unit], province: str | None) -> list[Unit]:
    """Return the units of the province where it tells same-named communes apart, else all."""
    own = [unit for unit in units if unit.province == province]
    return own or units


def _settled(units: list[Unit], why: Why) -> Resolution:
    places = _same_places(units)
    if len(places) > 1:
        return Resolution(None, tuple(places), "several")
    return Resolution(places[0], (), why)


def _unless_merged(resolution: Resolution, tables: Tables) -> Resolution:
    """Turn a unit of 2025 that grew out of several into a question: each of them numbered its sheets from 1."""
    unit = resolution.unit
    if unit is None or unit.valid_from is None or unit.valid_from < MERGER:
        return resolution
    parts = (old for old in tables.units if unit.code == old.successor or unit.code in old.goes_to)
    before = _same_places([old for old in parts if old.in_force(_EVE, _EVE)])
    return Resolution(None, tuple(before), "merged") if len(before) > 1 else resolution


def resolve(text: str, day: date | Period | None, tables: Tables) -> Resolution:
    """Return the commune that an address or a name with its district means on a day, in a period, or at any time."""
    period = day if isinstance(day, Period) else Period.on(day) if day else ALWAYS
    return _resolve(tidy(text), period, tables)


@lru_cache(maxsize=1024)
def _resolve(text: str, period: Period, tables: Tables) -> Resolution:
    address = read_address(text, tables)
    found = _meant(address, period, tables)
    if not address.elsewhere or found.unit is None:
        return found
    # `huyện Đại Lộc, tỉnh Quảng Ngãi`: the district is ours, so the province is a slip of somebody's
    if address.district and key(address.district) in district_keys(tables):
        return Resolution(found.unit, (), "near")
    return Resolution(None, (), "unknown")


def suggest(text: str, day: date | None, tables: Tables) -> Resolution:
    """Return what `resolve` does; where it knows no commune, those of that name in other districts, to look at.

    A paper is never read so: a name with another district may as well be a slip in the name.
    """
    found = resolve(text, day, tables)
    address = read_address(tidy(text), tables)
    if found.why not in ("unknown", "district-only") or key(address.district or "") not in district_keys(tables):
        return found
    names = (key(named.commune) for named in address.communes if named.district and not named.loose)
    bearers = [unit for name in names for unit in _named_so(tables).get(name, ()) if unit.district]
    then = [unit for unit in bearers if day is None or unit.in_force(day, day)]
    others = tuple(_same_places(then or bearers))
    return Resolution(None, others, "other-district") if others else found


def _meant(address: Address, period: Period, tables: Tables) -> Resolution:
    """Return the commune that the names of an address mean, whatever province is told with them."""
    then = _in_force(period, tables)
    for named in address.communes:
        if _is_a_district(named, address, period, tables):
            continue
        bearers = _named_so(tables).get(key(named.commune), ())
        other = [unit for unit in bearers if named.district is None or lies_in(unit, named.district, tables)]
        for lies in (lies_in_then, was_in_then):
            around = [unit for unit in then if named.district is None or lies(unit, named.district, period, tables)]
            units, why = _choose(named, around)
            # the very name of another time is no slip of a name of this: Bình Định of 2006 is not Bình Minh
            if units and (not other or any(unit in bearers for unit in units)):
                return _unless_merged(_settled(_of_province(units, address.province), why), tables)
        if other and not named.loose:
            return Resolution(None, tuple(_same_places(other)), "not-then")
    return Resolution(None, (), _no_commune(address, tables))


def _is_a_district(named: Named, address: Address, period: Period, tables: Tables) -> bool:
    """Return whether a bare name is that of a district of the time: `Núi Thành, Quảng Nam` is no township."""
    alone = named.type is None and address.district is None
    return alone and key(named.commune) in district_keys(tables) and period.last is not None and period.last < MERGER


def _no_commune(address: Address, tables: Tables) -> Why:
    """Return what a text without a known commune tells; a commune that is named and not known is `unknown`."""
    known = district_keys(tables)
    if any(named.type for named in address.communes):
        return "unknown"
    if (address.district and key(address.district) in known) or any(key(c.commune) in known for c in address.communes):
        return "district-only"
    return "province-only" if address.province or (address.elsewhere and not address.communes) else "unknown"


def units_of_code(code: str, day: date | Period | None, tables: Tables) -> Resolution:
    """Return the unit that bore the code on a day or in a period; a code reused in it is a question."""
    period = day if isinstance(day, Period) else Period.on(day) if day else ALWAYS
    bearers = [unit for unit in tables.units if unit.code == code]
    then = sorted((u for u in bearers if u.in_force(period.first, period.last)), key=lambda u: u.valid_from or date.min)
    if not then:
        return Resolution(None, tuple(bearers), "not-then" if bearers else "unknown")
    if len({key(bare_name(unit)) for unit in then}) > 1:
        return Resolution(None, tuple(then), "several")
    return _unless_merged(Resolution(then[-1], (), "named"), tables)
