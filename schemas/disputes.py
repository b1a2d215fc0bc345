"""What people are asked, and say, where papers of one parcel do not agree."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from schemas.entries import Value

#: `certificate`: which certificate is in force. `papers`: which of two papers counts wherever they disagree.
#: `value`: which value of one parcel is right. `number`: which serial or issue-book number of one certificate is.
#: `area`: whether the measured area (the first side) and the legal one are right.
DisputeKind = Literal["certificate", "papers", "value", "number", "area"]
#: The attribute of a question of kind `papers` whose second side is a file of an earlier project and whose first side,
#: without entries, are all papers of its parcels.
IMPORTED = "imported"
#: `side` is right, `all` are, `none` is; `unknown`: it cannot be found out; `value`: another one is.
DisputeVerdict = Literal["side", "all", "none", "unknown", "value"]


@dataclass(frozen=True, slots=True, order=True)
class Side:
    """What does not agree with the other sides: the entries that say it, their documents, certificates by serial."""

    entry_ids: tuple[str, ...]
    document_ids: tuple[str, ...]
    serials: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dispute:
    """A question as it was asked: of one land (`scope`), on an attribute (None: on the papers), 2 sides or more."""

    question_id: str
    scope: str
    kind: DisputeKind
    attribute: str | None
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a person said of a dispute: `side` counts from 0, `value` is what was written instead."""

    question_id: str
    verdict: DisputeVerdict
    side: int | None = None
    value: Value = None

    def __post_init__(self) -> None:
        if (self.verdict == "side") != (self.side is not None) or (self.verdict == "value") != (self.value is not None):
            raise ValueError(f"verdict {self.verdict} does not go with side {self.side} and its value")


@dataclass(frozen=True, slots=True)
class Decided:
    """A dispute and the ruling on it that stands; `day` is the ISO date of the answer, in Vietnam."""

    asked: Dispute
    ruling: Ruling
    day: str
