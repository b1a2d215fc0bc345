"""What each kind of paper asserts of a parcel, and its place in the published order (docs/precedence.md)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache

from schemas.documents import Era, Kind
from schemas.errors import Message
from schemas.precedence import Precedence, Sort, Source, When

__all__ = ["COMMON", "NUMBERS", "Sort", "asserted", "asserted_by", "explain", "legal_place", "source_of"]

_OTHER = Message("giấy tờ khác", "other paper")
_LEGAL_AREA: dict[str, tuple[str, Sort]] = {
    "area_m2": ("legal_area_m2", "legal"),
    "land_use": ("land_use", "legal"),
}
_MEASURED_AREA: dict[str, tuple[str, Sort]] = {
    "area_m2": ("area_m2", "measured"),
    "land_use": ("land_use", "legal"),
}
#: Which attribute of the parcel a paper's field asserts. The area on a certificate, register, decision or application
#: is the legal one, that of an extract or map is measured, and a parcel index prints both.
ASSERTS: dict[Kind, dict[str, tuple[str, Sort]]] = {
    "gcn": {**_LEGAL_AREA, "corners": ("corners", "measured")},
    "so_dia_chinh": _LEGAL_AREA,
    "so_cap_gcn": _LEGAL_AREA,
    "quyet_dinh": _LEGAL_AREA,
    "so_dang_ky": _LEGAL_AREA,
    "don_dang_ky": _LEGAL_AREA,
    "so_muc_ke": {
        **_MEASURED_AREA,
        "legal_area_m2": ("legal_area_m2", "legal"),
        "legal_land_use": ("land_use", "legal"),
    },
    "trich_do": {**_MEASURED_AREA, "corners": ("corners", "measured")},
    "trich_luc": _MEASURED_AREA,
    "ban_do": {**_MEASURED_AREA, "corners": ("corners", "measured")},
    "du_lieu": {
        **_MEASURED_AREA,
        "legal_area_m2": ("legal_area_m2", "legal"),
        "legal_land_use": ("land_use", "legal"),
        "corners": ("corners", "measured"),
        "shape": ("shape", "measured"),
    },
}
#: Sheet and parcel number go with the map series that they were given in.
NUMBERS: dict[str, tuple[str, Sort]] = {name: (name, "measured") for name in ("sheet_no", "parcel_no")}
#: Fields that every kind asserts under their own name.
COMMON = ("owners", "term", "origin", "user_type", "address", "serial", "register_no", "assets", "restrictions",
          "change_note", "private_m2", "shared_m2", "toponym")  # fmt: skip


#: What the column of present use (Hiện trạng: Loại đất) asserts where the one of the legal papers is printed beside it
#: (domain.md 2.2): how the ground was found to be used.
PRESENT_USE: tuple[str, Sort] = ("present_land_use", "measured")


@cache
def asserted(kind: Kind) -> Mapping[str, tuple[str, Sort]]:
    """Return field name -> (attribute of the parcel, sort) for a kind of paper."""
    return {**NUMBERS, **{name: (name, "legal") for name in COMMON}, **ASSERTS.get(kind, {})}


@cache
def _beside_the_legal_use(kind: Kind) -> Mapping[str, tuple[str, Sort]]:
    return {**asserted(kind), "land_use": PRESENT_USE}


def asserted_by(kind: Kind, fields: Mapping[str, object]) -> Mapping[str, tuple[str, Sort]]:
    """Return what a paper asserts by its field names; the present use is not the legal one where it prints both."""
    return _beside_the_legal_use(kind) if "legal_land_use" in fields else asserted(kind)


@lru_cache(maxsize=2048)
def source_of(precedence: Precedence, sort: Sort, kind: Kind, era: Era | None, holds: frozenset[When]) -> Source:
    """Return the paper's source in the order; `holds` are the conditions that are so of it. Last where none fits."""
    for one in precedence.sources:
        fits = one.sort == sort and kind in one.kinds and (not one.eras or era in one.eras)
        if fits and (not one.when or one.when in holds):
            return one
    last = 1 + max(one.place for one in precedence.sources)
    return Source(sort, last, "other-paper", (kind,), (), "", _OTHER, "project policy")


def legal_place(precedence: Precedence, kind: Kind) -> int:
    """Return the place of a kind of paper among legal ones, 1 the heaviest, as if it were in force."""
    return source_of(precedence, "legal", kind, None, frozenset({"in_force", "boundary"})).place


def explain(rule: str, precedence: Precedence) -> tuple[Message, str]:
    """Return the words and the ground of a claim's rule: `SOURCE` or `SOURCE:TIE`."""
    source, _, tie = rule.partition(":")
    parts: list[tuple[Message, str]] = [(one.about, one.ground) for one in precedence.sources if one.rule == source][:1]
    parts += [(one.about, one.ground) for one in precedence.ties if one.rule == tie]
    if not parts:
        return _OTHER, "project policy"
    said = Message("; ".join(part.vi for part, _ in parts), "; ".join(part.en for part, _ in parts))
    return said, "; ".join(dict.fromkeys(ground for _, ground in parts))
