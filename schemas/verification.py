"""Lists of persons for the authorised verifier, and the results that come back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from schemas.entries import IdKind

Result = Literal["matches", "differs", "not_found"]
Correction = Literal["name", "sex", "birth_year", "cmnd", "cccd"]


@dataclass(frozen=True, slots=True)
class Listed:
    """A person on a list, with no more than verification needs; `numbers` as (kind, number)."""

    row_id: str
    name: str
    sex: Literal["nam", "nu"] | None
    birth_year: int | None
    numbers: tuple[tuple[IdKind, str], ...]
    address: str | None


@dataclass(frozen=True, slots=True)
class Verified:
    """What a verifier found of one listed person; `corrections` are what is right instead, as text."""

    row_id: str
    result: Result
    corrections: Mapping[Correction, str]
    checked_on: date
    checked_by: str


@dataclass(frozen=True, slots=True)
class NumberState:
    """What verifiers found of an identity number, and the number of that length which is right instead."""

    result: Result
    right_number: str | None
