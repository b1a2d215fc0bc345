"""A land with its people and its office: what every step of its history works on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from numpy.random import Generator

from samples.chance import pick, whole
from samples.district.folk import House
from samples.district.habits import Habits
from samples.district.office import Office
from samples.district.pieces import Point
from samples.district.world import Lot, World


@dataclass(slots=True)
class Village:
    """The state of one land's history; `habits` and `hamlets` are by part, `due` are certificates of a later year."""

    rng: Generator
    world: World
    office: Office
    habits: Sequence[Habits]
    hamlets: list[tuple[str, ...]]
    centre: Point
    upland: bool
    houses: list[House] = field(default_factory=list)
    due: dict[int, list[tuple[Lot, str]]] = field(default_factory=dict)

    def lots_of(self, part: int) -> list[Lot]:
        """Return the living lots of a part."""
        return [lot for lot in self.world.lots.values() if lot.part == part]

    def some_day(self, year: int) -> date:
        """Return a working day on which something happens: after the commune was divided or merged in that year."""
        divided = self.world.land.divided
        if year == 2025 or (divided and year == divided.year):
            return day_of(self.rng, year, 8, 9)
        return day_of(self.rng, year, 3, 8)

    def rounds(self, year: int) -> list[date]:
        """Return the days of a year on which certificates are issued by the list."""
        return [day_of(self.rng, year, 10, 12) for _ in range(whole(self.rng, 3, 8))]

    def settler(self, houses: Sequence[House], year: int) -> House | None:
        """Return one of the households that may take land in that year, None where there is none."""
        able = [one for one in houses if not one.gone and 19 <= year - one.head.birth_year <= 75]
        return pick(self.rng, able) if able else None


def day_of(rng: Generator, year: int, first: int, last: int) -> date:
    """Return a working day of the year between two months, both included."""
    when = date(year, first, 4) + timedelta(days=whole(rng, 0, 30 * (last - first + 1) - 8))
    return when - timedelta(days=max(0, when.weekday() - 4))
