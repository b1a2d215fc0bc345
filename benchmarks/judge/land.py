"""Plots of land, the numbers that each map series gave them, and how a sheet is numbered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from random import Random

from benchmarks.judge.people import Household
from benchmarks.judge.places import DIVIDED, END, MERGED, MERGED_SHEETS, Survey, survey_of, unit_of


@dataclass(eq=False, slots=True)
class Name:
    """What a plot is called from a day on: unit, map series, sheet and parcel."""

    unit: str
    series: str
    sheet: int
    parcel: str
    since: date
    plot: Plot

    @property
    def place(self) -> tuple[str, str, int]:
        """Return the numbering that the name belongs to."""
        return self.unit, self.series, self.sheet


@dataclass(eq=False, slots=True)
class Certificate:
    """A certificate for one plot or, before 2004, for several of a household."""

    serial: str
    register_no: str
    day: date
    holder: Household
    plots: list[Plot]
    areas: dict[int, float]
    old_serial: str | None = None
    notes: list[str] = field(default_factory=list)
    corrected: dict[int, float] = field(default_factory=dict)
    ended: date | None = None

    def area_of(self, plot: Plot) -> float:
        """Return a plot's area as the certificate has it after its corrections."""
        return self.corrected.get(plot.number, self.areas[plot.number])


@dataclass(eq=False, slots=True)
class Plot:
    """A piece of land that is one parcel from `born` to `died`."""

    number: int
    land: str
    x: float
    y: float
    hamlet: str
    toponym: str
    use: str
    area: float
    born: date
    how: str = "first"
    parents: list[Plot] = field(default_factory=list)
    children: list[Plot] = field(default_factory=list)
    died: date | None = None
    names: list[Name] = field(default_factory=list)
    holders: list[tuple[date, Household, str]] = field(default_factory=list)
    measured: dict[str, float] = field(default_factory=dict)
    certificates: list[Certificate] = field(default_factory=list)
    used_since: date = date(1980, 1, 1)

    def name_on(self, day: date) -> Name | None:
        """Return what the plot was called on a day."""
        return next((one for one in reversed(self.names) if one.since <= day), None)

    def holder_on(self, day: date) -> Household:
        """Return who held the plot on a day."""
        return next(one for since, one, _ in reversed(self.holders) if since <= day)

    def certificate_on(self, day: date) -> Certificate | None:
        """Return the certificate in force on a day."""
        return next((c for c in reversed(self.certificates) if c.day <= day and (c.ended or END) >= day), None)

    def lives_on(self, day: date) -> bool:
        """Return whether the plot is a parcel on a day."""
        return self.born <= day and (self.died is None or self.died > day)


@dataclass(eq=False, slots=True)
class World:
    """All land, all certificates, and the highest number of each sheet."""

    rng: Random
    plots: list[Plot] = field(default_factory=list)
    certificates: list[Certificate] = field(default_factory=list)
    highest: dict[tuple[str, int], int] = field(default_factory=lambda: defaultdict(int))

    def living(self, day: date) -> list[Plot]:
        """Return the parcels of a day."""
        return [one for one in self.plots if one.lives_on(day)]


def measure(world: World, plot: Plot, survey: Survey, share: bool = False) -> None:
    """Give a plot its area on a map; some are drawn far beyond what the map's scale explains."""
    rng = world.rng
    error = rng.gauss(0, survey.error)
    if not share and rng.random() < survey.beyond:
        error = rng.choice((-1, 1)) * rng.uniform(0.06, 0.22)
    plot.measured[survey.name] = round(plot.area * (1 + error), survey.decimals)


def number_all(world: World, survey: Survey) -> None:
    """Number every plot of a survey's lands anew, sheet by sheet, row by row from the top left."""
    sheets: dict[tuple[int, int], list[Plot]] = defaultdict(list)
    for plot in world.living(survey.day):
        if plot.land in survey.lands:
            sheets[int(plot.y // survey.side), int(plot.x // survey.side)].append(plot)
    for sheet, cell in enumerate(sorted(sheets), 1):
        for count, plot in enumerate(sorted(sheets[cell], key=lambda p: (int(p.y), p.x)), 1):
            measure(world, plot, survey)
            unit = unit_of(plot.land, survey.day)[0]
            plot.names.append(Name(unit, survey.name, sheet, str(count), survey.day, plot))
        world.highest[survey.name, sheet] = len(sheets[cell])


def number_children(world: World, children: Iterable[Plot], day: date, like: Name, suffix: bool) -> None:
    """Give new plots of a sheet the next free numbers, or the old number with letters."""
    for letter, child in zip("abcdefgh", children, strict=False):
        survey = survey_of(child.land, day)
        measure(world, child, survey, share=True)
        if suffix:
            parcel = like.parcel + letter
        else:
            world.highest[like.series, like.sheet % MERGED_SHEETS] += 1
            parcel = str(world.highest[like.series, like.sheet % MERGED_SHEETS])
        child.names.append(Name(like.unit, like.series, like.sheet, parcel, day, child))


def change_units(world: World, day: date) -> None:
    """Give the land that another commune takes over its new name; numbers stay, sheets of the absorbed one move."""
    land = {DIVIDED: "H", MERGED: "A"}[day]
    for plot in world.living(day):
        if plot.land == land:
            old = plot.names[-1]
            sheet = old.sheet + (MERGED_SHEETS if day == MERGED else 0)
            plot.names.append(Name(unit_of(land, day)[0], old.series, sheet, old.parcel, day, plot))
