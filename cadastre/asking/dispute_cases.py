"""Questions about papers that do not agree: what one is about, what it settles, and in which order they are asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import takewhile
from typing import Literal

from cadastre.checking.questions import MAY_NAME_PEOPLE
from schemas.disputes import Dispute, DisputeKind, Side
from schemas.entries import Value
from schemas.parcels import ParcelKey

#: Minutes that a clerk takes who looks at both papers, by what is asked.
MINUTES: Mapping[DisputeKind, float] = {"certificate": 4.0, "papers": 6.0, "value": 2.0, "number": 2.0, "area": 3.0}
#: Papers of equal rank; one certificate printed in two ways; two certificates in force; one that others succeeded;
#: areas measured and legal that differ materially, or as if a digit was misread; a later paper, or data of an earlier
#: project, that says otherwise than the papers that stand.
Cause = Literal["equal", "misprint", "rivals", "succeeded", "material", "digit", "later", "imported"]


@dataclass(frozen=True, slots=True)
class Case:
    """One thing that papers of one parcel tell differently: the value of each side, and the entries that say it."""

    key: ParcelKey
    attribute: str
    values: tuple[Value, ...]
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class DisputeQuestion:
    """One dispute to ask a person about; `cases` are what it is about, `settled` the parcels that it settles."""

    asked: Dispute
    cause: Cause
    cases: tuple[Case, ...]
    settled: frozenset[ParcelKey]

    @property
    def minutes(self) -> float:
        """Return what it takes a clerk."""
        return MINUTES[self.asked.kind]

    @property
    def personal(self) -> bool:
        """Return whether the question cannot be put without names."""
        return self.asked.attribute in MAY_NAME_PEOPLE


def in_order(question: DisputeQuestion) -> tuple[object, ...]:
    """Return what questions are sorted by: what settles most for each minute, then by unit, sheet and parcel."""
    key = min(question.settled)
    worth = len(question.settled) / question.minutes
    return -worth, key.unit, key.era, _natural(key.sheet), _natural(key.parcel), question.asked.question_id


def _natural(number: str) -> tuple[int, str]:
    """Return a sheet or parcel number as it is counted: 9 before 10, `125a` after 125."""
    digits = "".join(takewhile(str.isdigit, number))
    return int(digits) if digits else 0, number
