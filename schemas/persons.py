"""Mentions of people on papers, and the persons and households that they are taken for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from schemas.documents import Era, Kind
from schemas.entries import IdKind, Owner

#: Numbers of one family are comparable: a 12-digit number is one number on whatever card it stands.
IdFamily = Literal["cmnd", "cccd", "cmqd", "ho_chieu", "khai_sinh", "dkkd", "khac"]
DoubtKind = Literal["number-misread", "number-shared"]


@dataclass(frozen=True, slots=True)
class Mention:
    """One owner on one entry, with what stands beside it.

    `mention_id` is `ENTRY_ID#n`, the n-th owner from 1. `page` is where the entry stands, `beside` the other owners of
    the entry, `parcel` its parcel key or None, `day` the paper's ISO date as far as known.
    """

    mention_id: str
    entry_id: str
    document_id: str
    page: str
    kind: Kind
    era: Era | None
    day: str | None
    unit: str | None
    parcel: str | None
    owner: Owner
    beside: tuple[Owner, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class IdNumber:
    """An identity number with the kind of paper that bears it."""

    kind: IdKind
    no: str


@dataclass(frozen=True, slots=True)
class Join:
    """Why two mentions are one person: what agreed (codes of `cadastre.persons.LEVELS`) and the sum of its weights."""

    one: str
    other: str
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """A person or organisation with all its mentions, and what its papers say of it together.

    The id comes from the smallest mention id. `address` is that of the latest paper which has one.
    """

    person_id: str
    organisation: bool
    mention_ids: tuple[str, ...]
    name: str
    sex: Literal["nam", "nu"] | None
    birth_year: int | None
    numbers: tuple[IdNumber, ...]
    address: str | None
    joins: tuple[Join, ...]


@dataclass(frozen=True, slots=True)
class Household:
    """Persons whom a paper names together as one household (hộ) or as a couple; `head` where a paper says it."""

    household_id: str
    person_ids: tuple[str, ...]
    head: str | None


@dataclass(frozen=True, slots=True)
class Doubt:
    """Two mentions that stay two persons until somebody looks.

    `number-misread`: all agrees, and two numbers of one kind differ by one confusion of digits.
    `number-shared`: one number under two names, years or sexes that do not go together.
    """

    kind: DoubtKind
    one: str
    other: str


@dataclass(frozen=True, slots=True)
class People:
    """The persons and households of a set of mentions, and what is doubtful; each in the order of its ids."""

    persons: tuple[Person, ...]
    households: tuple[Household, ...]
    doubts: tuple[Doubt, ...]
