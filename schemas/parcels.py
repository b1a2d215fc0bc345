"""Parcel keys, claims and the published parcel (contract.md, Parcel keys and Out)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, cast, get_args

from schemas.documents import Era
from schemas.entries import LandUse, Value
from schemas.outcomes import Finding

Standing = Literal["current", "superseded", "disputed"]
ParcelStatus = Literal["consistent", "conflict", "review"]
Grade = Literal[1, 2, 3]  # 1 good, 2 to be corrected or verified, 3 unusable
Relation = Literal["same", "split", "merge", "unit_change"]
#: The evidence of a step that a person affirmed.
SAID = "said"


@dataclass(frozen=True, slots=True, order=True)
class ParcelKey:
    """UNIT@ERA/SHEET/PARCEL: the commune's code at that time, the map series, sheet and parcel number."""

    unit: str
    era: Era
    sheet: str
    parcel: str

    def __str__(self) -> str:
        return f"{self.unit}@{self.era}/{self.sheet}/{self.parcel}"

    @classmethod
    def parse(cls, text: str) -> ParcelKey:
        """Return the key that a text as of `str` is of; ValueError for another."""
        unit, at, rest = text.partition("@")
        parts = rest.split("/")
        if not at or not unit or len(parts) != 3 or not all(parts) or parts[0] not in get_args(Era):
            raise ValueError(f"not UNIT@ERA/SHEET/PARCEL: {text}")
        return cls(unit, cast(Era, parts[0]), parts[1], parts[2])


@dataclass(frozen=True, slots=True, order=True)
class Link:
    """One step in the history of a piece of land: `newer` is, is part of, or holds what `older` was.

    `same`: renumbered or surveyed again. `split`, `merge`: one row for each child or parent. `unit_change`: the
    commune changed, the numbers did not. `p` is the probability that the step is right; `evidence` says what speaks
    for it, without personal data: entries that print the bridge (`printed:ENTRY_ID`), what agrees, `said` where a
    person affirmed it.
    """

    older: ParcelKey
    newer: ParcelKey
    relation: Relation
    p: float
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Said:
    """What a person said of two parcels of different maps: `newer` is (`yes`), or is not, what `older` became.

    `newer` None with `yes`: the older one went on as none of the parcels that are known.
    """

    older: ParcelKey
    newer: ParcelKey | None
    yes: bool


@dataclass(frozen=True, slots=True, order=True)
class SheetSaid:
    """What a person said of a sheet: its parcels lie on these sheets of a later map, and on no others of it.

    (unit, era of the map series, sheet) each.
    """

    older: tuple[str, Era, str]
    newer: tuple[tuple[str, Era, str], ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """A value that one entry asserts of one parcel, and whether it stands by the named precedence rule.

    `key` is the parcel's number on the entry's own paper: an older one where the paper speaks of an older map.
    """

    key: ParcelKey
    attribute: str
    value: Value
    entry_id: str
    era: Era | None
    asserted_on: str | None  # ISO date, None where the paper has none
    standing: Standing
    rule: str


@dataclass(frozen=True, slots=True)
class Parcel:
    """What stands of one parcel after its papers are put together; no personal data.

    `ring` holds the outer ring in EPSG:5899 as (east, north) pairs in metres, closed; None where no paper
    gives one. `shape` is the parcel of a digital map, WKT of a MultiPolygon in EPSG:5899 with its parts and holes, and
    stands before `ring`. `geometry_note` says why there is none, or what is doubtful about it.
    `attributes` holds the standing values by contract name: area_m2 (measured), legal_area_m2, address, …
    `valid_to` is the last day before a newer number or a division took its place. `grade_reasons` are names of
    schemas/codes/grade_reasons.csv. `across` is what this parcel's papers say differently from one another
    (R11, R16): entry id and finding. `unexplained` are pairs of certificates, by serial or `=` and an entry id: a book
    has the second for other people, and nothing says why.
    """

    key: ParcelKey
    area_m2: float | None
    legal_area_m2: float | None
    land_use: tuple[LandUse, ...]
    user_type: str | None
    grade: Grade
    status: ParcelStatus
    valid_from: str | None
    entry_ids: tuple[str, ...]
    ring: tuple[tuple[float, float], ...] | None
    geometry_note: str | None
    claims: tuple[Claim, ...]
    attributes: Mapping[str, Value]
    valid_to: str | None = None
    grade_reasons: tuple[str, ...] = ()
    across: tuple[tuple[str, Finding], ...] = ()
    shape: str | None = None
    unexplained: tuple[tuple[str, str], ...] = ()
