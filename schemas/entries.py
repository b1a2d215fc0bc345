"""Draft and Entry, and the values that stand in an entry's fields (contract.md, Entries)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal

from pydantic import TypeAdapter

from schemas.documents import Box, Era, Form, Given, Kind, PageRef
from schemas.outcomes import Finding
from schemas.readings import CornerReading, Reading

FieldStatus = Literal["accepted", "review", "confirmed", "unreadable"]
EntryStatus = Literal["accepted", "review", "confirmed", "rejected"]
Source = Literal["paper", "manifest", "inferred", "import"]
IdKind = Literal["cmnd", "cccd", "cc", "cmqd", "ho_chieu", "khai_sinh", "dkkd", "khac"]

#: Field names whose values are personal data; they live in the people schema and nowhere else.
IDENTITY_FIELDS = frozenset({"owners", "change_note"})


@dataclass(frozen=True, slots=True)
class LandUse:
    """One purpose with its code as printed (or as the printed words mean) and its area in m² if printed."""

    code: str
    area_m2: float | None


@dataclass(frozen=True, slots=True)
class Term:
    """How long the land may be used; `date` is YYYY, YYYY-MM or YYYY-MM-DD; `code` where printed per purpose."""

    kind: Literal["long", "until", "years"]
    date: str | None = None
    years: int | None = None
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Owner:
    """A person, household or organisation as the paper names it, without Ông, Bà, Hộ."""

    name: str
    sex: Literal["nam", "nu"] | None = None
    birth_year: int | None = None
    id_kind: IdKind | None = None
    id_no: str | None = None
    address: str | None = None
    household: bool | None = None


@dataclass(frozen=True, slots=True)
class Corner:
    """A boundary corner: x north and y east in metres, `edge_m` to the next corner (closing edge on the last)."""

    no: int
    x: float
    y: float
    edge_m: float | None = None


@dataclass(frozen=True, slots=True)
class Ref:
    """Another paper, parcel or page that a paper names."""

    type: Literal["serial", "register_no", "parcel", "decision", "page"]
    value: str


Value = (
    str
    | float
    | Term
    | tuple[LandUse, ...]
    | tuple[Term, ...]
    | tuple[Owner, ...]
    | tuple[Corner, ...]
    | tuple[Ref, ...]
    | tuple[str, ...]
    | None
)

_NUMBERS = (
    "area_m2",
    "area_words_m2",
    "private_m2",
    "shared_m2",
    "total_m2",
    "total_words_m2",
    "legal_area_m2",
)
_TYPES: Mapping[str, Any] = {
    **dict.fromkeys(_NUMBERS, float | None),
    "land_use": tuple[LandUse, ...] | None,
    "legal_land_use": tuple[LandUse, ...] | None,
    "present_land_use": tuple[LandUse, ...] | None,
    "term": Term | tuple[Term, ...] | None,
    "origin": tuple[str, ...] | str | None,
    "owners": tuple[Owner, ...] | None,
    "corners": tuple[Corner, ...] | None,
    "refs": tuple[Ref, ...] | None,
}


#: Purposes say `area_m2: null` where none is printed.
_OF_LAND_USE = ("land_use", "legal_land_use", "present_land_use")


@cache
def _adapter(name: str) -> TypeAdapter[Any]:
    return TypeAdapter(_TYPES.get(name, str | None))


def value_to_json(name: str, value: Value) -> Any:
    """Return a field's value in the contract's JSON form; keys that do not apply are left out."""
    return _adapter(name).dump_python(value, mode="json", exclude_none=name not in _OF_LAND_USE)


def value_from_json(name: str, value: Any) -> Value:
    """Return the typed value of a field from its JSON form."""
    typed: Value = _adapter(name).validate_python(value)
    return typed


@dataclass(frozen=True, slots=True)
class Draft:
    """What one document says of one parcel, as read, unchecked.

    `ref` is the page on which the parcel number stands (or the document's first page); `row` as in the
    contract. `fields` holds for each contract name every place where it was read, best first; `corners`
    as printed. `era` is the template's where it tells, else None: then the date decides.
    """

    entry_id: str
    document_id: str
    ref: PageRef
    row: int | None
    kind: Kind
    form: Form | None
    era: Era | None
    given: Given
    fields: Mapping[str, tuple[Reading, ...]] = field(default_factory=dict)
    corners: tuple[CornerReading, ...] = ()


@dataclass(frozen=True, slots=True)
class FieldValue:
    """One checked field: the normalised value beside the text on the paper.

    `p` is null until calibration exists. `ref` and `box` are None unless `source` is "paper"; `text` then is what the
    paper prints, of an "import" the cell of the imported row.
    """

    value: Value
    text: str | None
    p: float | None
    status: FieldStatus
    source: Source
    ref: PageRef | None
    box: Box | None


@dataclass(frozen=True, slots=True)
class Cited:
    """Where an imported entry stood at its source: a scan that is not held here, its page and row.

    Where the source told no hash (`hash_given` False), `sha256` is made from the file's name alone.
    """

    file: str
    sha256: str
    hash_given: bool
    page: int
    row: int | None


@dataclass(frozen=True, slots=True)
class Entry:
    """A checked draft: what one document says of one parcel, with the findings of the rules."""

    entry_id: str
    document_id: str
    ref: PageRef
    row: int | None
    kind: Kind
    form: Form | None
    era: Era | None
    status: EntryStatus
    fields: Mapping[str, FieldValue]
    findings: tuple[Finding, ...]
