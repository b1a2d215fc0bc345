"""Which commune a text or a code means on a day (domain.md 7): dated, tolerant of poor reading, never a guess."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Literal

from rapidfuzz.distance import Levenshtein

from cadastre.eras import ALWAYS, Period
from cadastre.folding import aligned_fold, key, marked_key, tidy
from schemas.tables import Tables, Unit, UnitType

Why = Literal["named", "near", "several", "merged", "not-then", "unknown"]
_TYPE_KEYS: dict[str, UnitType] = {
    "xa": "xa", "x": "xa", "phuong": "phuong", "p": "phuong", "thi tran": "thi_tran", "thitran": "thi_tran",
    "tt": "thi_tran", "dac khu": "dac_khu",
}  # fmt: skip
_SEGMENT = re.compile(
    r"(?:^|(?<=[\s,;.\-–(]))(?P<type>thi ?tran|thi ?xa|thanh ?pho|dac khu|phuong|huyen|quan|tinh|xa|"
    r"tt|tx|tp|[xhp](?=\.))(?:[\s.:]+|$)"
)
# A full stop ends a part, but not behind an abbreviated type: TT. Núi Thành, P. An Mỹ
_PART_END = re.compile(r"[,;\n|]|\s[-–]\s|(?<!\bTT)(?<!\bTP)(?<!\bTX)(?<!\b[PXHpxh])\.\s+(?=[A-ZĐ])")
_MERGER = date(2025, 7, 1)


@dataclass(frozen=True, slots=True)
class Resolution:
    """The unit that a text or code means, or those that it may mean, and why.

    `named`: by its name beyond doubt. `near`: the only one near a poorly read name. `several`: more than one.
    `merged`: a unit of 2025 whose predecessor is not told (their sheet numbers collide). `not-then`: the name
    belongs to another time. `unknown`: none.
    """

    unit: Unit | None
    alternatives: tuple[Unit, ...]
    why: Why

    @property
    def sure(self) -> bool:
        """Return whether the unit may be taken unseen."""
        return self.unit is not None and self.why == "named"


@dataclass(frozen=True, slots=True)
class _Named:
    """What a text names: the commune with its printed type, and the district, as printed."""

    commune: str
    type: UnitType | None
    district: str | None


def bare_name(unit: Unit) -> str:
    """Return the unit's name without its type: `Tam Thanh`."""
    return re.sub(r"^(Xã|Phường|Thị trấn|Đặc khu) ", "", unit.name)


@cache
def _districts(tables: Tables) -> frozenset[str]:
    return frozenset(key(name) for unit in tables.units for name in (unit.district or "", *unit.earlier_districts))


def _opens_name(plain: str, end: int) -> bool:
    """Return whether a name follows the type word; the last word of `xã Điện Phương` is no ward."""
    return bool(key(plain[end:])) and _SEGMENT.match(plain, end) is None


def _segments(text: str) -> list[tuple[str, str]]:
    """Return (type word, name) for each part of an address; the type word is empty where none is printed."""
    found: list[tuple[str, str]] = []
    for part in _PART_END.split(text):
        plain = aligned_fold(part)
        heads = [head for head in _SEGMENT.finditer(plain) if _opens_name(plain, head.end())]
        if not heads:
            found.append(("", part))
            continue
        for head, following in zip(heads, [*heads[1:], None], strict=True):
            name = part[head.end() : following.start() if following else len(part)]
            found.append((head["type"].replace(" ", ""), re.sub(r"\(.*$", "", name)))
    return [(kind, name.strip(" .:-–")) for kind, name in found if key(name)]


def _glued(name: str) -> tuple[str, str]:
    """Return (type word, name) of a segment whose blanks were lost: `xãTamDân`."""
    letters = key(name)
    for word in ("thitran", "thixa", "thanhpho", "phuong", "huyen", "tinh", "xa"):
        if letters.startswith(word) and len(letters) > len(word) + 1:
            start = len(word)
            printed = re.sub(r"[\W_]+", "", name)
            return word, printed[start:]
    return "", name


def _named_parts(text: str) -> list[tuple[str, str]]:
    """Return (type word, name) for each part of an address, also where its blanks were lost."""
    return [(kind, name) if kind else _glued(name) for kind, name in _segments(text)]


def _district_among(parts: list[tuple[str, str]], tables: Tables) -> str | None:
    districts = [name for kind, name in parts if kind in ("huyen", "h", "quan", "thixa", "tx")]
    districts += [name for kind, name in parts if kind in ("thanhpho", "tp") and key(name) in _districts(tables)]
    districts += [name for kind, name in parts[1:] if not kind and key(name) in _districts(tables)]
    return districts[0] if districts else None


def _named(text: str, tables: Tables) -> list[_Named]:
    """Return the communes that the text names, the last one first, each with the text's district."""
    parts = _named_parts(text)
    district = _district_among(parts, tables)
    communes = [
        _Named(name, _TYPE_KEYS.get("thi tran" if kind == "thitran" else kind), district)
        for kind, name in parts
        if kind in ("xa", "x", "phuong", "p", "thitran", "tt", "dackhu")
    ]
    if not communes:
        communes = [_Named(name, None, district) for kind, name in parts if not kind and name != district]
    return communes[::-1]


@cache
def _keys(unit: Unit) -> tuple[frozenset[str], frozenset[str]]:
    """Return the unit's names and aliases, folded and with marks, without their types."""
    names = [re.sub(r"^(Xã|Phường|Thị trấn|Đặc khu) ", "", name) for name in (unit.name, *unit.aliases)]
    return frozenset(map(key, names)), frozenset(map(marked_key, names))


def named_district(text: str, tables: Tables) -> str | None:
    """Return the district that an address names, where the lists know it; None where it names none of them."""
    district = _district_among(_named_parts(tidy(text)), tables)
    return district if district and key(district) in _districts(tables) else None


def lies_in(unit: Unit, district: str) -> bool:
    """Return whether the unit lies in the district, or lay there before a division; units of 2025 lie in none."""
    return _in_district(unit, district) or _in_district(unit, district, earlier=True)


def _in_district(unit: Unit, district: str | None, *, earlier: bool = False) -> bool:
    """Return whether the unit lies in the district, or lay there before a division that the lists do not date."""
    if district is None:
        return True
    if unit.district is None:  # units of 2025 lie in no district
        return False
    wanted = key(district)
    names = [key(name) for name in (unit.earlier_districts if earlier else (unit.district,))]
    return any(wanted == name or (len(name) > 5 and Levenshtein.distance(wanted, name) <= 1) for name in names)


def _same_places(units: list[Unit]) -> list[Unit]:
    """Return one unit for each code, the latest; a unit raised to a ward keeps its code and its land."""
    latest: dict[str, Unit] = {}
    for unit in sorted(units, key=lambda u: (u.valid_from or date.min, u.name)):
        latest[unit.code] = unit
    return sorted(latest.values(), key=lambda u: u.code)


def _by_marks(named: _Named, units: list[Unit]) -> list[Unit]:
    """Return the units that the marks single out; names one mark apart (Trà Don, Trà Dơn) stay together."""
    if len(_same_places(units)) < 2:
        return units
    wanted = marked_key(named.commune)
    hits = [unit for unit in units if wanted in _keys(unit)[1]]
    others = [unit for unit in units if unit not in hits and unit.code not in {hit.code for hit in hits}]
    apart = min((Levenshtein.distance(wanted, name) for unit in others for name in _keys(unit)[1]), default=9)
    return hits if hits and apart >= 2 else units


def _stands_apart(named: _Named, meant: list[Unit], units: list[Unit]) -> bool:
    """Return whether no other commune around is one letter away, with marks where the text has the name's own."""
    codes = {unit.code for unit in meant}
    marked = marked_key(named.commune)
    exact = any(marked in _keys(unit)[1] for unit in meant)
    wanted, spelling = (marked, 1) if exact else (key(named.commune), 0)
    others = (name for unit in units if unit.code not in codes for name in _keys(unit)[spelling])
    return all(Levenshtein.distance(wanted, name, score_cutoff=2) > 1 for name in others)


def _choose(named: _Named, units: list[Unit]) -> tuple[list[Unit], Why]:
    """Return the units that the name means among those of its time and district."""
    wanted = key(named.commune)
    typed = [unit for unit in units if named.type in (None, unit.type)]
    pools: tuple[tuple[list[Unit], Why], ...] = ((typed, "named"), (units, "near"))
    for pool, why in pools:
        exact = [unit for unit in pool if wanted in _keys(unit)[0]]
        if exact:
            meant = _by_marks(named, exact)
            return meant, why if _stands_apart(named, meant, units) else "near"
    if len(wanted) < 5 or named.district is None:
        return [], "unknown"
    slips = [(min(Levenshtein.distance(wanted, name) for name in _keys(unit)[0]), unit) for unit in typed]
    if not any(count <= 1 for count, _ in slips):
        return [], "unknown"
    return [unit for count, unit in slips if count <= 2], "near"


def _settled(units: list[Unit], why: Why) -> Resolution:
    places = _same_places(units)
    if not places:
        return Resolution(None, (), "unknown")
    if len(places) > 1:
        return Resolution(None, tuple(places), "several")
    return Resolution(places[0], (), why)


def _unless_merged(resolution: Resolution, tables: Tables) -> Resolution:
    """Turn a unit of 2025 that grew out of several into a question: each of them numbered its sheets from 1."""
    unit = resolution.unit
    if unit is None or unit.valid_from is None or unit.valid_from < _MERGER:
        return resolution
    eve = date(2025, 6, 30)
    before = _same_places([old for old in tables.units if old.successor == unit.code and old.in_force(eve, eve)])
    return Resolution(None, tuple(before), "merged") if len(before) > 1 else resolution


def resolve(text: str, day: date | Period | None, tables: Tables) -> Resolution:
    """Return the commune that an address or a name with its district means on a day, in a period, or at any time."""
    period = day if isinstance(day, Period) else Period.on(day) if day else ALWAYS
    return _resolve(tidy(text), period, tables)


@lru_cache(maxsize=1024)
def _resolve(text: str, period: Period, tables: Tables) -> Resolution:
    then = [unit for unit in tables.units if unit.in_force(period.first, period.last)]
    for named in _named(text, tables):
        for earlier in (False, True):
            around = [unit for unit in then if _in_district(unit, named.district, earlier=earlier)]
            units, why = _choose(named, around)
            if units:
                return _unless_merged(_settled(units, why), tables)
        name = key(named.commune)
        other = [unit for unit in tables.units if name in _keys(unit)[0] and _in_district(unit, named.district)]
        if other:
            return Resolution(None, tuple(_same_places(other)), "not-then")
    return Resolution(None, (), "unknown")


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
