"""Forty years of a district in order: surveys, events, certificates."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from benchmarks.judge.certificates import issue_of_year
from benchmarks.judge.events import allot, consolidate, divide_unseen, join_some, year_of_land
from benchmarks.judge.land import World, change_units, number_all
from benchmarks.judge.places import DIVIDED, MERGED, SURVEYS
from benchmarks.judge.settling_land import settle


def live(seed: int, parcels: int) -> World:
    """Return a district's world from 1982 to 2025."""
    world = settle(Random(seed), parcels)
    for year in range(1983, 2026):
        # Surveys and changes of units stand at their own days; events of their year come first where they were earlier.
        for survey in SURVEYS:
            if survey.day.year == year:
                if survey.name == "04 Cường":
                    consolidate(world, survey.lands, survey.day - timedelta(days=1), 0.3, numbered=False)
                if survey.name[:3] != "299":
                    divide_unseen(world, survey)
                number_all(world, survey)
        if year == 1994:
            allot(world)
        if year in (DIVIDED.year, MERGED.year):
            change_units(world, DIVIDED if year == DIVIDED.year else MERGED)
        if year == 2012:
            consolidate(world, "B", date(2012, 1, 3), 0.25, numbered=True)
        if year < 2025:
            year_of_land(world, year)
            if year > 1990:
                join_some(world, year)
        issue_of_year(world, year)
    return world
