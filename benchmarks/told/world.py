"""Everything that a district holds while its years pass."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from benchmarks.told.land import Block, Number, Parcel, Rectangle
from benchmarks.told.people import Holder, People
from benchmarks.told.zones import SERIES, SHARES

if TYPE_CHECKING:
    from benchmarks.told.rights import Certificate

Fields = dict[str, Any]  # the contract's field -> its value


@dataclass(slots=True)
class Written:
    """A row or page of a paper: the contract's entry, the parcel it is about and the series whose number it prints."""

    parcel: Parcel
    series: str
    day: date
    entry: Fields

    @property
    def fields(self) -> Fields:
        """Return the entry's fields."""
        fields: Fields = self.entry["fields"]
        return fields

    def taken(self, name: str) -> Any:
        """Return a field's value if it was taken without a question, else None."""
        told = self.fields.get(name)
        return told["value"] if told and told["status"] in ("accepted", "confirmed") else None

    def printed(self, name: str) -> Any:
        """Return a field's value whatever its status."""
        return self.fields.get(name, {}).get("value")


@dataclass(frozen=True, slots=True)
class Issued:
    """A certificate on some parcels, to be copied into a book."""

    day: date
    certificate: Certificate
    parcels: tuple[Parcel, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A row about a child, to be written into the open parcel index."""

    parcel: Parcel
    series: str
    day: date
    fields: Fields


@dataclass(slots=True)
class World:
    """The land, its people, the numbers given out, the papers written and those to be written."""

    seed: int
    chance: random.Random
    people: People
    parcels: list[Parcel] = field(default_factory=list)
    blocks: dict[str, list[Block]] = field(default_factory=lambda: {zone: [] for zone in SHARES})
    households: dict[str, list[Holder]] = field(default_factory=dict)
    last_number: dict[tuple[str, str, int], int] = field(default_factory=dict)
    habits: dict[tuple[str, str, int], str] = field(default_factory=dict)
    last_sheet: dict[str, int] = field(default_factory=dict)
    last_sheet_of: dict[tuple[str, str], int] = field(default_factory=dict)
    written: list[Written] = field(default_factory=list)
    documents: int = 0
    serials: set[str] = field(default_factory=set)
    register_numbers: Counter[tuple[str, str]] = field(default_factory=Counter)
    issued: dict[tuple[str, str, int, bool], list[Issued]] = field(default_factory=dict)
    registered: dict[tuple[str, int, bool], list[Issued]] = field(default_factory=dict)
    decided: list[Issued] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    parted: list[tuple[Parcel, str, str]] = field(default_factory=list)
    events: Counter[str] = field(default_factory=Counter)

    def add_parcel(self, block: Block, sides: Rectangle, use: str, born: date) -> Parcel:
        """Add a parcel to the land."""
        parcel = Parcel(len(self.parcels) + 1, block.zone, block, sides, use, born)
        self.parcels.append(parcel)
        return parcel

    def living(self, zone: str, series: str | None = None) -> Iterator[Parcel]:
        """Yield a zone's living parcels, of one series if it is named."""
        for parcel in self.parcels:
            if parcel.zone == zone and not parcel.died and (series is None or series in parcel.numbers):
                yield parcel

    def by_block(self) -> dict[Block, list[Parcel]]:
        """Return the living parcels of each block."""
        found: dict[Block, list[Parcel]] = {}
        for parcel in self.parcels:
            if not parcel.died:
                found.setdefault(parcel.block, []).append(parcel)
        return found

    def next_number(self, zone: str, series: str, sheet: int) -> Number:
        """Return the next free number of a sheet."""
        self.last_number[zone, series, sheet] += 1
        return sheet, str(self.last_number[zone, series, sheet])

    def day_in(self, year: int, zone: str | None = None) -> date:
        """Return a day of a year, after the zone's new map if one was made that year."""
        day = date(year, 1, 1) + timedelta(days=self.chance.randint(5, 360 if year < 2025 else 165))
        for made in SERIES.get(zone or "", {}).values():
            if made.year == year and day <= made:
                day = made + timedelta(days=self.chance.randint(15, 90))
        return day
