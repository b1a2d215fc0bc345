"""Forty years of one commune after the other: which surveys, divisions, sales and papers came when."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import date, timedelta

from benchmarks.strange.books import land_register, map_sheets, parcel_index
from benchmarks.strange.communes import MERGER, Commune
from benchmarks.strange.happenings import Formality
from benchmarks.strange.land import Country, Piece
from benchmarks.strange.papers import Archive
from benchmarks.strange.surveys import shift_sheets, survey, survey_again
from benchmarks.strange.works import Notes, Works

Action = Callable[[date], None]


class Chronicle:
    """Runs the years: every happening has a day, and the days are gone through in order."""

    def __init__(self, country: Country, archive: Archive, notes: Notes) -> None:
        self._country = country
        self._archive = archive
        self._notes = notes
        self._works = Works(country, archive, notes)
        self._plan: list[tuple[date, int, Action]] = []

    @property
    def _chance(self) -> random.Random:
        return self._country.chance

    def at(self, day: date, action: Action) -> None:
        """Plan an action; those of one day run in the order of planning."""
        self._plan.append((day, len(self._plan), action))

    def run(self) -> None:
        """Let the years pass."""
        while self._plan:
            self._plan.sort(key=lambda one: one[:2])
            day, _, action = self._plan.pop(0)
            action(day)

    def _day(self, first: int, last: int) -> date:
        return date(self._chance.randint(first, last), 1, 1) + timedelta(days=self._chance.randint(0, 364))

    def plan_old_years(self, communes: Sequence[Commune], parent: str, *, second_map: bool) -> None:
        """Plan the years to 2004 of a commune that may be divided later: one survey for all of it, or two."""
        first = self._day(1982, 1985)
        series = f"m{parent}/299"

        def survey_299(day: date) -> None:
            pieces = self._country.living(communes, day)
            survey(self._country, pieces, series, day, self._chance.randint(70, 110))
            parcel_index(self._archive, pieces, day, bridged=0.0, lost=0.08)
            map_sheets(self._archive, pieces, day, 0.3)
            land_register(self._archive, pieces, day, 0.45, 0.12)

        self.at(first, survey_299)
        lettered: Formality = "suffix" if second_map else "numbered"
        for year in range(1987, 2004, 2):
            day = self._day(year, year + 1)
            self.at(
                day, lambda day: self._works.changes(communes, day, 0.012, lettered if day.year < 1993 else "numbered")
            )
        self.at(self._day(1989, 1992), lambda day: self._works.share_fields(communes, day, numbered=not second_map))
        self.at(self._day(1990, 1992), lambda day: self._works.decide(communes, day, 0.06))
        if second_map:
            self.at(
                self._day(1995, 1998),
                lambda day: self._survey(communes, f"m{parent}/1993", day, self._chance.randint(50, 80)),
            )
        for year in range(1999, 2004):
            self.at(self._day(year, year), lambda day: self._works.red_books(communes, day, 0.13))
        self.at(self._day(1999, 2000), lambda day: self._works.decide(communes, day, 0.05))
        self.at(self._day(2001, 2003), lambda day: self._works.road(communes, day))
        self.at(self._day(2000, 2003), lambda day: self._works.exchanges(communes, day, 0.05))

    def plan_new_years(
        self, commune: Commune, *, first: int, again: int | None, after: int | None, shift: int | None
    ) -> None:
        """Plan the years from 2004 of a commune of 2025.

        `first` is the year of its VN-2000 map, `again` that of a second survey of some sheets under the same sheet
        numbers, `after` that of a whole new map; `shift` is what the merger adds to its sheet numbers, if anything.
        """
        one = (commune,)
        if commune.divided is not None and commune.code != commune.parent:
            self.at(commune.divided, lambda day: self._works.divide(commune, day))
        self.at(
            self._day(first, first),
            lambda day: self._survey(one, f"m{commune.code}/{first}", day, self._chance.randint(38, 60)),
        )
        if again is not None:
            self.at(self._day(again, again), lambda day: self._survey_again(commune, f"m{commune.code}/{again}", day))
        if after is not None:
            self.at(
                self._day(after, after),
                lambda day: self._survey(one, f"m{commune.code}/{after}", day, self._chance.randint(34, 70)),
            )
        for year in range(2005, 2025):
            self.at(self._day(year, year), lambda day: self._works.changes(one, day, 0.007, "numbered"))
            self.at(self._day(year, year), lambda day: self._works.certificates(one, day, 0.045))
            self.at(self._day(year, year), lambda day: self._works.measure_apart(commune, day, 0.0015))
        for year in range(2012, 2025, 3):
            self.at(self._day(year, year), lambda day: self._works.extracts(one, day))
        self.at(self._day(2012, 2014), lambda day: self._works.road(one, day))
        self.at(self._day(2014, 2016), lambda day: self._works.alluvium(one, day))
        self.at(self._day(2018, 2021), lambda day: self._works.book(one, day))
        if shift is not None:
            self.at(
                MERGER,
                lambda day: shift_sheets(self._country, self._country.living(one, day), commune.new_code, day, shift),
            )
        self.at(date(2025, 9, 15), lambda day: self._works.certificates(one, day, 0.06))
        self.at(date(2025, 10, 20), lambda day: self._works.book(one, day, share=0.25))

    def _survey(self, communes: Sequence[Commune], series: str, day: date, size: int) -> None:
        pieces = self._country.living(communes, day)
        survey(self._country, pieces, series, day, size)
        self.at(day + timedelta(days=self._chance.randint(30, 300)), lambda then: self._write_survey(pieces, then))

    def _survey_again(self, commune: Commune, series: str, day: date) -> None:
        pieces = self._country.living((commune,), day)
        survey_again(self._country, pieces, series, day, 0.3)
        renumbered = [piece for piece in pieces if piece.names and piece.names[-1].series == series]
        self.at(day + timedelta(days=60), lambda then: self._write_survey(renumbered, then))

    def _write_survey(self, pieces: Sequence[Piece], day: date) -> None:
        standing = [piece for piece in pieces if piece.lives(day)]
        silent = self._chance.random() < 0.25
        bridged = self._chance.uniform(*((0.02, 0.08) if silent else (0.25, 0.45)))
        if self._notes == "most":
            parcel_index(self._archive, standing, day, bridged=0.9, lost=0.04)
        elif self._chance.random() < 0.9:
            parcel_index(self._archive, standing, day, bridged=bridged, lost=0.08)
        if day.year > 2003:
            map_sheets(self._archive, standing, day, 0.35)
