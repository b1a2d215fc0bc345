"""What one entry tells that helps to find its parcel again on another map: a mention, without what is only shown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from cadastre.settling.keys import key_of
from cadastre.words.folding import fold, key
from cadastre.words.notes import read_refs
from cadastre.words.people import is_organisation, name_key
from cadastre.words.told_holders import passed_to, taken_from
from cadastre.words.told_numbers import ToldNumbers, told_numbers
from schemas.documents import Era, Kind
from schemas.entries import Corner, Entry, LandUse, Owner, Ref, Value
from schemas.parcels import ParcelKey
from schemas.tables import Tables

#: A hamlet, cluster or team in an address: `thôn Phú Đông`, `khối phố 3`, `đội 5`.
_HAMLET = re.compile(r"\b(?:thon|khoi(?: pho)?|to(?: dan pho)?|ap|lang|cum|doi(?: san xuat)?|tap doan)\s+(?:so\s+)?")

_OUT_OF_ERA = 5
"""Years by which the day of a paper may be out of the time of its form, at most."""


@dataclass(frozen=True, slots=True)
class Mention:
    """An entry as the search for its parcel in other eras needs it.

    `names` are the keys of the owners' names, the first the holder's; `givers` of those from whom its note says that
    the land came, `receivers` of those to whom it passed. `olds` are the numbers of earlier maps that the paper prints,
    `sheet/parcel` or `?/parcel`; `carved` and `joined` say that its note speaks of a division or of parcels put
    together; `became` are the numbers that were made of the parcel later, on its own sheet where it is not said.
    `named_serials` are certificates that it names. `groups` are the sorts of ground that the land use may mean.
    Areas are in m².
    """

    entry_id: str
    document_id: str
    kind: Kind
    key: ParcelKey
    day: str | None
    areas: tuple[float, ...]
    names: tuple[str, ...]
    kin: tuple[str, ...]  # surname and given name of each, the middle name left out
    surnames: tuple[str, ...]
    body: bool  # a cooperative, a team, a committee: no household
    numbers: tuple[str, ...]  # identity numbers
    hamlet: str | None
    toponym: str | None
    groups: frozenset[str]
    serial: str | None
    named_serials: tuple[str, ...]
    olds: tuple[str, ...]
    carved: bool
    joined: bool
    corners: tuple[Corner, ...]
    became: tuple[str, ...] = ()
    givers: tuple[str, ...] = ()
    receivers: tuple[str, ...] = ()


#: Sorts of ground by the first letters of codes and terms (codes/land_use_codes.csv, domain.md 8.5).
_GROUPS: dict[str, frozenset[str]] = {
    **dict.fromkeys(("ONT", "ODT", "OTC"), frozenset({"home"})),
    **dict.fromkeys(("CLN", "LNC", "LNQ", "LNK"), frozenset({"garden"})),
    **dict.fromkeys(("LUA", "LUC", "LUK", "LUN"), frozenset({"paddy"})),
    **dict.fromkeys(("BHK", "NHK", "HNK"), frozenset({"dry"})),
    **dict.fromkeys(("RSX", "RPH", "RDD", "RST", "RSM"), frozenset({"forest"})),
    **dict.fromkeys(("NTS", "TSN", "TSL"), frozenset({"pond"})),
}


@lru_cache(maxsize=4096)
def ground_of(code: str, tables: Tables) -> frozenset[str]:
    """Return the sorts of ground that a printed code or old term may mean; empty where it is not known."""
    if code in _GROUPS:
        return _GROUPS[code]
    wanted = key(code)
    for term in tables.land_use_terms:
        if term.raw == code or key(term.raw) == wanted:
            return frozenset().union(*(_GROUPS.get(one, frozenset({"other"})) for one in term.candidates))
    return frozenset({"other"}) if code in tables.land_uses else frozenset()


#: The fields of an entry that a mention is made of.
FIELDS = (
    "area_m2", "legal_area_m2", "land_use", "legal_land_use", "owners", "address", "toponym", "serial",
    "issued_on", "old_sheet_no", "old_parcel_no", "refs", "change_note", "corners",
)  # fmt: skip


def mention_of(entry: Entry, tables: Tables) -> Mention | None:
    """Return what the entry tells of its parcel; None where it has no parcel key."""
    place = key_of(entry)
    if place is None:
        return None
    values = {name: field.value for name in FIELDS if (field := entry.fields.get(name)) is not None}
    return mention(entry.entry_id, entry.document_id, entry.kind, place, values, tables)


def mention(
    entry_id: str, document_id: str, kind: Kind, place: ParcelKey, told: Mapping[str, Value], tables: Tables
) -> Mention:
    """Return what the values of an entry (FIELDS) tell of the parcel with this key."""
    value = {name: one for name, one in told.items() if one is not None}
    owners = tuple(owner for owner in _tuple(value.get("owners")) if isinstance(owner, Owner))
    names = _keys(owners)
    persons = [fold(owner.name).replace("y", "i").split() for owner in owners if not is_organisation(owner.name)]
    uses = [use for name in ("land_use", "legal_land_use") for use in _tuple(value.get(name))]
    note = str(value.get("change_note") or "")
    told_by_note = told_numbers(note)
    unread = "refs" in told and told["refs"] is None  # what the note names could not be read: its words are no better
    became = () if unread else tuple(_on_sheet(number, place) for number in told_by_note.became)
    return Mention(
        entry_id=entry_id,
        document_id=document_id,
        kind=kind,
        key=place,
        day=_day(_text(value.get("issued_on")), place.era, tables),
        areas=tuple(
            dict.fromkeys(
                area for name in ("area_m2", "legal_area_m2") if isinstance(area := value.get(name), float) and area > 0
            )
        ),
        names=names,
        kin=tuple(dict.fromkeys(f"{words[0]} {words[-1]}" for words in persons if len(words) > 1)),
        surnames=tuple(dict.fromkeys(words[0] for words in persons if len(words) > 1)),
        body=bool(owners) and all(is_organisation(owner.name) for owner in owners),
        numbers=tuple(owner.id_no for owner in owners if owner.id_no),
        hamlet=_hamlet([_text(value.get("address")), *(owner.address for owner in owners)]),
        toponym=key(_text(value.get("toponym")) or "") or None,
        groups=frozenset().union(*(ground_of(use.code, tables) for use in uses if isinstance(use, LandUse))),
        serial=_text(value.get("serial")),
        named_serials=_serials(value.get("refs")) or (() if unread else _serials(read_refs(note))),
        olds=tuple(
            old for old in _olds(value, place, told_by_note, unread=unread) if _on_sheet(old, place) not in became
        ),
        carved=told_by_note.carved,
        joined=told_by_note.joined,
        corners=tuple(corner for corner in _tuple(value.get("corners")) if isinstance(corner, Corner)),
        became=became,
        givers=() if unread else _keys(taken_from(note)),
        receivers=() if unread else _keys(passed_to(note)),
    )


def _keys(owners: Iterable[Owner]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for owner in owners if len(name := name_key(owner.name)) > 2))


def _tuple(value: Value) -> tuple[object, ...]:
    return value if isinstance(value, tuple) else ()


def _serials(refs: Value) -> tuple[str, ...]:
    return tuple(ref.value for ref in _tuple(refs) if isinstance(ref, Ref) and ref.type == "serial")


def _text(value: Value) -> str | None:
    return value if isinstance(value, str) and value else None


def _day(told: str | None, era: Era, tables: Tables) -> str | None:
    """Return a paper's ISO day; None where it is far from its era: a misread day would part papers of one map."""
    span = next(one for one in tables.eras if one.era == era)
    last = span.last.year if span.last else date.max.year
    near = told is not None and span.first.year - _OUT_OF_ERA <= int(told[:4]) <= last + _OUT_OF_ERA
    return told if near else None


def _hamlet(addresses: list[str | None]) -> str | None:
    for address in addresses:
        plain = fold(address or "")
        if found := _HAMLET.search(plain):
            name = key(re.split(r"[,;.(]", plain[found.end() :])[0])
            return name or None
    return None


def _on_sheet(number: str, place: ParcelKey) -> str:
    """Return a number that a paper prints without a sheet as one of its own sheet."""
    return f"{place.sheet}{number[1:]}" if number.startswith("?/") else number


def _olds(value: Mapping[str, Value], place: ParcelKey, note: ToldNumbers, *, unread: bool) -> tuple[str, ...]:
    """Return the earlier numbers that a paper prints; a bare parcel of a division stood on the paper's own sheet.

    Where none stands in a field of its own, they are those of the note's words.
    """
    sheet, parcel = _text(value.get("old_sheet_no")), _text(value.get("old_parcel_no"))
    olds = [f"{sheet or '?'}/{parcel}"] if parcel else []
    refs = [ref.value for ref in _tuple(value.get("refs")) if isinstance(ref, Ref) and ref.type == "parcel"]
    named = [value if "/" in value else f"?/{value}" for value in refs] or ([] if olds or unread else note.was)
    olds += [_on_sheet(old, place) if note.carved else old for old in named]
    own = f"{place.sheet}/{place.parcel}"
    return tuple(dict.fromkeys(old for old in olds if old != own))
