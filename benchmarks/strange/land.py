"""The land itself: pieces with their owners, uses and outlines through time, and the numbers that maps gave them."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from benchmarks.strange.communes import Commune
from benchmarks.strange.outline import Outline, Point, area_of, middle_of
from benchmarks.strange.people import Holder
from schemas.tables import Tables

Cause = Literal["first", "split", "merge", "new"]


@dataclass(frozen=True, slots=True)
class Designation:
    """The name of a piece of land from a day on: the commune's code, map series, sheet and number."""

    day: date
    unit: str
    series: str
    sheet: str
    number: str

    @property
    def place(self) -> tuple[str, str, str, str]:
        """Return what makes it another name than the one before; the day does not."""
        return self.unit, self.series, self.sheet, self.number


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate (GCN) issued for a piece, whether or not its paper is at hand."""

    day: date
    serial: str
    register_no: str
    legal_area_m2: float
    holder: Holder
    uses: tuple[tuple[str, float | None], ...]


@dataclass(slots=True)
class Piece:
    """A piece of land from its making to its end; everything that changes is kept with the day of the change."""

    no: int
    commune: Commune
    hamlet: int
    block: int
    toponym: str
    born: date
    outline: Outline
    area_m2: float  # true area; a merged piece's is the sum of its parts
    parents: tuple[int, ...] = ()
    cause: Cause = "first"
    died: date | None = None
    allotted_m2: float | None = None  # paddy shared out in equal strips prints this, whatever the tape says
    tenures: list[tuple[date, Holder]] = field(default_factory=list)
    kinds: list[tuple[date, str]] = field(default_factory=list)
    areas: list[tuple[date, float]] = field(default_factory=list)
    names: list[Designation] = field(default_factory=list)
    certificates: list[Certificate] = field(default_factory=list)

    @property
    def middle(self) -> Point:
        """Return a point inside the piece."""
        return middle_of(self.outline)

    def lives(self, day: date) -> bool:
        """Return whether the piece is there on the day."""
        return self.born <= day and (self.died is None or day < self.died)

    def holder(self, day: date) -> Holder:
        """Return who holds the piece on the day."""
        return [one for start, one in self.tenures if start <= day][-1]

    def kind(self, day: date) -> str:
        """Return what the land is used as on the day."""
        return [one for start, one in self.kinds if start <= day][-1]

    def area(self, day: date) -> float:
        """Return the true area in m² on the day; a road may have taken some."""
        return [self.area_m2, *(area for start, area in self.areas if start <= day)][-1]

    def name(self, day: date) -> Designation | None:
        """Return what the piece is called on the day; None before any map shows it."""
        found = [one for one in self.names if one.day <= day]
        return found[-1] if found else None

    def rename(self, name: Designation) -> None:
        """Give the piece a name, unless it is the one it bears."""
        if not self.names or self.names[-1].place != name.place:
            self.names.append(name)


@dataclass(slots=True)
class Country:
    """The district while its forty years run: land, holders, the highest number on each sheet, and chance."""

    chance: random.Random
    tables: Tables
    pieces: list[Piece] = field(default_factory=list)
    holders: list[Holder] = field(default_factory=list)
    highest: dict[tuple[str, str], int] = field(default_factory=lambda: defaultdict(int))  # (series, sheet)
    hamlets: list[tuple[str, str, date]] = field(default_factory=list)  # name, later name, day of the renaming

    def living(self, communes: Iterable[Commune], day: date) -> list[Piece]:
        """Return the pieces of some communes that are there on the day."""
        codes = {one.code for one in communes}
        return [piece for piece in self.pieces if piece.commune.code in codes and piece.lives(day)]

    def hamlet_name(self, hamlet: int, day: date) -> str:
        """Return a hamlet's name on the day."""
        name, later, renamed = self.hamlets[hamlet]
        return name if day < renamed else later

    def make(
        self,
        outline: Outline,
        parents: Sequence[Piece],
        cause: Cause,
        day: date,
        holder: Holder,
        area_m2: float | None = None,
    ) -> Piece:
        """Return a new piece that comes of others and ends them."""
        first = parents[0]
        piece = Piece(
            len(self.pieces), first.commune, first.hamlet, first.block, first.toponym, day, outline,
            area_of(outline) if area_m2 is None else area_m2, tuple(p.no for p in parents), cause,
        )  # fmt: skip
        piece.tenures.append((day, holder))
        piece.kinds.append((day, first.kind(day)))
        for parent in parents:
            parent.died = day
        self.pieces.append(piece)
        return piece

    def next_number(self, series: str, sheet: str) -> str:
        """Return the number after the highest ever used on the sheet; none is used twice."""
        self.highest[series, sheet] += 1
        return str(self.highest[series, sheet])
