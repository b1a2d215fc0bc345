"""The parts of a printed address: which word names a commune, which its district, which the province."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from cadastre.words.folding import aligned_fold, key
from schemas.tables import Tables, Unit, UnitType

_TYPE_KEYS: dict[str, UnitType] = {
    "xa": "xa", "x": "xa", "phuong": "phuong", "p": "phuong", "thitran": "thi_tran", "tt": "thi_tran",
    "dackhu": "dac_khu",
}  # fmt: skip
_SEGMENT = re.compile(
    r"(?:^|(?<=[\s,;.\-–(]))(?P<type>thi ?tran|thi ?xa|thanh ?pho|dac khu|phuong|huyen|quan|tinh|xa|"
    r"tt|tx|tp|[xhp](?=\.))(?:[\s.:]+|$)"
)
# A full stop ends a part, but not behind an abbreviated type: TT. Núi Thành, P. An Mỹ
_PART_END = re.compile(r"[,;\n|]|\s[-–]\s|(?<!\bTT)(?<!\bTP)(?<!\bTX)(?<!\b[PXHpxh])\.\s+(?=[A-ZĐ])")
_TYPE = re.compile(r"^(?:Xã|Phường|Thị trấn|Đặc khu) ")
_OF_DISTRICTS = ("huyen", "h", "quan", "thixa", "tx")
_OF_CITIES = ("thanhpho", "tp")
#: The provinces of this land since 1976, as they are written (domain.md 7).
PROVINCES = {"quangnam": "Quảng Nam", "danang": "Đà Nẵng", "quangnamdanang": "Quảng Nam - Đà Nẵng",
             "qndn": "Quảng Nam - Đà Nẵng"}  # fmt: skip
#: Words for the parts of a commune; one of them alone before a name says that the name is a hamlet's.
_HAMLETS = frozenset({"thon", "to", "khoi", "khoipho", "kp", "ap", "xom", "khu", "lang", "ban", "nong"})
_LONGEST_NAME = 5  # words: Quảng Nam - Đà Nẵng

Part = tuple[str, str]
"""(type word, name); the type word is empty where none is printed."""


@dataclass(frozen=True, slots=True)
class Named:
    """What a text names: the commune with its printed type, and the district, as printed.

    `loose` tells that the name was cut out of a line without signs, and so is never beyond doubt.
    """

    commune: str
    type: UnitType | None
    district: str | None
    loose: bool = False


@dataclass(frozen=True, slots=True)
class Address:
    """The communes that a text names, the last one first, the district and the province, where it names them.

    `elsewhere` tells that the text names a province of which our land never was a part.
    """

    communes: tuple[Named, ...]
    district: str | None
    province: str | None
    elsewhere: bool = False


def bare_name(unit: Unit) -> str:
    """Return the unit's name without its type: `Tam Thanh`."""
    return _TYPE.sub("", unit.name)


@cache
def unit_names(unit: Unit) -> tuple[str, ...]:
    """Return the unit's name and its other spellings, without their types."""
    return tuple(_TYPE.sub("", name) for name in (unit.name, *unit.aliases))


@cache
def district_keys(tables: Tables) -> frozenset[str]:
    """Return the folded names of all districts that the lists know, of any time."""
    names = {district.name for district in tables.districts}
    names |= {name for unit in tables.units for name in (unit.district or "", *unit.earlier_districts)}
    return frozenset(key(name) for name in names) - PROVINCES.keys()


@cache
def _other_provinces(tables: Tables) -> frozenset[str]:
    names = tables.identity_prefixes.values()
    return frozenset(key(re.sub(r"^(?:Tỉnh|Thành phố|TP\.?) ", "", name)) for name in names) - PROVINCES.keys()


@cache
def _commune_keys(tables: Tables) -> frozenset[str]:
    return frozenset(key(name) for unit in tables.units for name in unit_names(unit))


def _opens_name(plain: str, end: int) -> bool:
    """Return whether a name follows the type word; the last word of `xã Điện Phương` is no ward."""
    return bool(key(plain[end:])) and _SEGMENT.match(plain, end) is None


def _segments(text: str) -> list[Part]:
    found: list[Part] = []
    for part in _PART_END.split(text):
        plain = aligned_fold(part)
        heads = [head for head in _SEGMENT.finditer(plain) if _opens_name(plain, head.end())]
        if not heads:
            found.append(("", part))
            continue
        if heads[0]["type"].replace(" ", "") in (*_OF_DISTRICTS, *_OF_CITIES):  # Duy Nghĩa huyện Duy Xuyên
            found.append(("", part[: heads[0].start()]))
        for head, following in zip(heads, [*heads[1:], None], strict=True):
            name = part[head.end() : following.start() if following else len(part)]
            found.append((head["type"].replace(" ", ""), re.sub(r"\(.*$", "", name)))
    return [(kind, name.strip(" .:-–")) for kind, name in found if key(name)]


def _glued(name: str) -> Part:
    """Return the part of a segment whose blanks were lost: `xãTamDân`."""
    letters = key(name)
    for word in ("thitran", "thixa", "thanhpho", "phuong", "huyen", "tinh", "xa"):
        if letters.startswith(word) and len(letters) > len(word) + 1:
            printed = re.sub(r"[\W_]+", "", name)
            return word, printed[len(word) :]
    return "", name


def _cut_tail(name: str, known: frozenset[str]) -> tuple[str, str]:
    """Return the name without the known name that ends it, and that; an empty second where none does."""
    words = name.split()
    for count in range(min(_LONGEST_NAME, len(words) - 1), 0, -1):
        tail = " ".join(words[-count:])
        if key(tail) in known and key(" ".join(words[:-count])):
            return " ".join(words[:-count]).strip(" .:-–"), tail
    return name, ""


def _without_provinces(parts: list[Part], tables: Tables) -> tuple[list[Part], list[str]]:
    """Return the parts with provinces taken off, also where no sign stands before: `huyện Thăng Bình Quảng Nam`."""
    others = _other_provinces(tables) - district_keys(tables)
    left: list[Part] = []
    provinces: list[str] = []
    for kind, name in parts:
        city = kind in _OF_CITIES and key(name) in others
        if kind == "tinh" or city or (kind in ("", *_OF_CITIES) and key(name) in PROVINCES):
            provinces.append(key(name))
            continue
        rest, tail = _cut_tail(name, frozenset(PROVINCES))
        left.append((kind, rest))
        provinces += [key(tail)] if tail else []
    return left, provinces


def _district_among(parts: list[Part], known: frozenset[str]) -> str | None:
    names = [name for kind, name in parts if kind in _OF_DISTRICTS]
    names += [name for kind, name in parts if kind in _OF_CITIES and key(name) in known]
    names += [name for kind, name in parts[1:] if not kind and key(name) in known]
    return names[0] if names else None


def _with_district(parts: list[Part], tables: Tables) -> tuple[list[Part], str | None]:
    """Return the parts and the district; where no sign stands before it, it is cut off: `xã Duy Nghĩa Duy Xuyên`."""
    known = district_keys(tables)
    district = _district_among(parts, known)
    if district is not None:
        return parts, district
    for at in range(len(parts) - 1, -1, -1):
        kind, name = parts[at]
        if kind not in _TYPE_KEYS and (kind or at < len(parts) - 1):
            continue
        if key(name) not in _commune_keys(tables) and key(name) not in known:
            rest, tail = _cut_tail(name, known)
            if tail:
                return [*parts[:at], (kind, rest), *parts[at + 1 :]], tail
    return parts, None


def _province(names: list[str]) -> str | None:
    found = {PROVINCES[name] for name in names if name in PROVINCES}
    if {"Quảng Nam", "Đà Nẵng"} <= found:
        return PROVINCES["qndn"]
    return next(iter(sorted(found, key=len, reverse=True)), None)


def _ending(name: str, tables: Tables) -> str | None:
    """Return the commune that a line without signs ends with: Duy Nghĩa of `Thôn Lệ Sơn Duy Nghĩa`."""
    rest, tail = _cut_tail(name, _commune_keys(tables))
    return None if not tail or key(rest) in _HAMLETS else tail


def read_address(text: str, tables: Tables) -> Address:
    """Return what a text names, typed or not, with or without signs and blanks between the names."""
    parts = [(kind, name) if kind else _glued(name) for kind, name in _segments(text)]
    parts, provinces = _without_provinces(parts, tables)
    elsewhere = not PROVINCES.keys() & set(provinces) and any(name in _other_provinces(tables) for name in provinces)
    parts, district = _with_district(parts, tables)
    province = _province(provinces)
    typed = [Named(name, _TYPE_KEYS[kind], district) for kind, name in parts if kind in _TYPE_KEYS]
    if typed:
        return Address(tuple(typed[::-1]), district, province, elsewhere)
    plain = [name for kind, name in parts if not kind and name != district]
    communes = [Named(name, None, district) for name in plain[::-1]]
    if district is not None and plain and (ending := _ending(plain[-1], tables)):
        communes.append(Named(ending, None, district, loose=True))
    return Address(tuple(communes), district, province, elsewhere)
