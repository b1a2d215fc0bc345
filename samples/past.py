"""What was true before today: parcels under their earlier numbers, families, and certificates of each law."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from numpy.random import Generator

from samples.estate import Estate, Issuer
from samples.gazetteer import Commune
from samples.land import Plot
from samples.paper import Slip
from samples.people import Holder, person
from schemas.entries import LandUse, Term

Series = Literal["299", "1993", "now"]
Place = tuple[int, str, str, str]
"""An estate's index, a map series, and a sheet and parcel of it."""


@dataclass(frozen=True, slots=True)
class Lot:
    """A parcel as the papers of one map series name it; `index` is its estate's, `code` its purpose as printed."""

    index: int
    series: Series
    plot: Plot
    sheet_no: str
    parcel_no: str
    area_m2: float
    uses: tuple[LandUse, ...]
    terms: tuple[Term, ...]
    code: str
    hamlet: str
    toponym: str
    old: tuple[str, str] | None = None  # sheet and parcel on the map before
    also: tuple[int, ...] = ()  # further estates on the same ground today
    came_of: tuple[str, ...] = ()  # numbers on the same sheet that this parcel was divided or joined from
    became: tuple[str, ...] = ()  # numbers that it was divided or joined into


@dataclass(frozen=True, slots=True)
class Title:
    """A certificate of the form of 1993, 2003 or 2024: whose, of which lots, and its numbers."""

    serial: str
    register_no: str
    issued_on: date
    decision: str
    issuer: Issuer
    holder: Holder
    commune: Commune
    lots: tuple[Lot, ...]
    origins: tuple[str, ...]
    shared_m2: float = 0.0
    parent: str | None = None  # serial of the certificate that this one was exchanged for
    buyer: Holder | None = None  # to whom the parcel went afterwards
    own_off_m2: float = 0.0  # printed own use less the true one
    words_off_m2: float = 0.0
    total_off_m2: float = 0.0
    slips: tuple[Slip, ...] = ()
    merged: Commune | None = None  # printed instead of `commune` where the paper is later than the merger of 2025
    told: bool = False  # the manifest says which commune it was

    @property
    def printed_commune(self) -> Commune:
        """Return the commune that the paper names: of its day."""
        return self.merged or self.commune

    @property
    def unit_code(self) -> str:
        """Return the code that the paper's commune has: the former one's where only that is known for sure."""
        return self.merged.code if self.merged and not self.told else self.commune.code

    @property
    def own_m2(self) -> float:
        """Return the first lot's area in own use as it is printed."""
        return round(self.lots[0].area_m2 - self.shared_m2 + self.own_off_m2, 1)


@dataclass(frozen=True, slots=True)
class Family:
    """A household with its lots on the map of 1982 and on that of 1996, the same parcels in the same order."""

    holder: Holder
    team: str
    old_lots: tuple[Lot, ...]
    lots: tuple[Lot, ...]


@dataclass(frozen=True, slots=True)
class Past:
    """What was true in a commune before today."""

    commune: Commune
    commune_299: Commune  # under the names of the books of 1982
    families: tuple[Family, ...]
    red: tuple[Title, ...]
    second: tuple[Title, ...]  # form gcn_2003
    newest: tuple[Title, ...]  # form gcn_2024
    held: tuple[Estate, ...]
    first_index: int
    misprinted: Mapping[tuple[str, str], Title] = field(default_factory=dict)  # by paper and true serial
    sum_off: bool = False  # a `Cộng` of the parcel index of 1982 leaves out a row
    lost: frozenset[str] = frozenset()  # serials of certificates that the archive has no more

    def parts(self) -> dict[Place, int]:
        """Return which of the pieces that an estate was joined from a place on an earlier map was."""
        out: dict[Place, int] = {}
        for family in self.families:
            for lot in (*family.old_lots, *family.lots):
                pieces = self.held[lot.index - self.first_index].came_of
                if len(pieces) > 1:
                    out[lot.index, lot.series, lot.sheet_no, lot.parcel_no] = pieces.index(lot.plot)
        return out

    def shown(self, paper: str, titles: Sequence[Title]) -> tuple[Title, ...]:
        """Return the titles as that kind of paper prints them."""
        return tuple(self.misprinted.get((paper, title.serial), title) for title in titles)


def elder(rng: Generator, commune: Commune, holder: Holder, year: int) -> Holder:
    """Return who stood on the papers of that year: the holder if old enough, else a parent of the surname."""
    if not holder.people or holder.people[0].birth_year + 19 <= year:
        people = tuple(p for p in holder.people if p.birth_year + 16 <= year)
        return replace(holder, people=people) if people or not holder.people else holder
    child = holder.people[0]
    parent = person(rng, "nam", commune, child.birth_year - 28)
    surname = " ".join(child.name.split(" ")[:1])
    name = " ".join((surname, *parent.name.split(" ")[1:]))
    return Holder((replace(parent, name=name),), "household", name, holder.address)
