"""What an office did and kept in one commune: maps, books, how much of each, and how much its notes say."""

from __future__ import annotations

from dataclasses import dataclass

from numpy.random import Generator

from samples.chance import between, chance, whole


@dataclass(frozen=True, slots=True)
class Habits:
    """The ways of one commune; shares are of what could be there."""

    notes: float  # of the papers with a place for it, how many say where a parcel came from
    index_299: float  # rows of the parcel index of 1982
    register_299: float  # households in the register of users
    second_book: bool  # another index in 1990
    map_1996: int | None  # year of the HN-72 map, where there is one
    red_books: float  # lots with a certificate of 1993
    survey: int  # year of the digital survey
    resurveyed: int | None  # year in which part of the sheets was surveyed again
    pink_books: float  # lots whose certificate was exchanged after the survey
    index_2013: float  # sheets in the parcel index of 2015
    index_2003: bool  # a parcel index right after a survey before 2010
    cadastral_register: float  # certificates entered in the sổ địa chính
    issue_book: float
    decisions: float
    applications: float
    kept: float  # certificates of which a copy is held
    extracts: float  # lots with a survey extract
    collectives: float  # fields that stood under a collective in 1982
    exchange: int | None  # year in which paddies were exchanged


def habits_of(rng: Generator, notes: float, *, silent: bool, years: tuple[int, int]) -> Habits:
    """Draw the ways of a commune whose digital survey is in those years; of a `silent` one the notes say nothing."""
    survey = whole(rng, *years)
    said = 0.0 if silent else min(1.0, notes * between(rng, 0.6, 1.4))
    return Habits(
        notes=1.0 if notes >= 1.0 else said,
        index_299=between(rng, 0.86, 0.99),
        register_299=between(rng, 0.3, 0.9),
        second_book=chance(rng, 0.25),
        map_1996=whole(rng, 1995, 1998) if chance(rng, 0.5) else None,
        red_books=between(rng, 0.35, 0.75),
        survey=survey,
        resurveyed=whole(rng, 2016, 2019) if chance(rng, 0.4) else None,
        pink_books=between(rng, 0.25, 0.6),
        index_2013=between(rng, 0.75, 1.0),
        index_2003=survey <= 2009 and chance(rng, 0.6),
        cadastral_register=between(rng, 0.4, 0.9),
        issue_book=between(rng, 0.4, 0.95),
        decisions=between(rng, 0.15, 0.5),
        applications=between(rng, 0.1, 0.4),
        kept=between(rng, 0.6, 0.9),
        extracts=between(rng, 0.04, 0.15),
        collectives=between(rng, 0.2, 0.8),
        exchange=whole(rng, 2003, 2014) if chance(rng, 0.35) else None,
    )
