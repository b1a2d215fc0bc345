"""What is asked of a person, and what the person answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from schemas.documents import Box, Era, PageRef
from schemas.entries import Value

Verdict = Literal["value", "unreadable", "reject"]
Worth = Literal["key", "error", "rest"]
LinkKind = Literal["sheet", "parcel"]
LinkVerdict = Literal["yes", "no", "other", "none"]
Side = Literal["newer", "older"]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person said of one field of one entry, or, to reject it, of the whole entry (`field` None).

    `ref` and `box` are the place that the person looked at; None where the question showed none.
    """

    entry_id: str
    field: str | None
    verdict: Verdict
    value: Value
    ref: PageRef | None
    box: Box | None

    def __post_init__(self) -> None:
        if (self.verdict == "reject") != (self.field is None):
            raise ValueError("an entry is rejected as a whole, anything else is said of a field")
        if (self.verdict == "value") != (self.value is not None):
            raise ValueError(f"a value and the verdict {self.verdict} do not go together")


@dataclass(frozen=True, slots=True)
class Asked:
    """One field of one entry as it was shown to a person.

    `question_id` is shared by the entries that one answer settles. `seen` is a hash of what the machine had read
    there: when it differs later, the question is stale. `shown` is the value that the person may call right.
    """

    question_id: str
    entry_id: str
    field: str
    seen: str
    shown: Value
    ref: PageRef | None
    box: Box | None


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A parcel of a map series, or a whole sheet (`parcel` None), as it was numbered when a person was asked.

    `entry_ids` are its papers then: by them the place is known again where the map series is named by another era.
    """

    unit: str
    era: Era
    sheet: str
    parcel: str | None
    entry_ids: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """Return UNIT@ERA/SHEET/PARCEL, or UNIT@ERA/SHEET."""
        return f"{self.unit}@{self.era}/{self.sheet}" + ("" if self.parcel is None else f"/{self.parcel}")


@dataclass(frozen=True, slots=True)
class LinkAsked:
    """What was asked of how two maps go together: is `subject` what is `offered` on the other map?

    `side` says whether the offered are newer or older than the subject; several are the parts of a division or of
    parcels put together. `scope` is the land that is reconciled as one, (`unit`, `era`) the other map.
    """

    question_id: str
    scope: str
    kind: LinkKind
    subject: Place
    side: Side
    unit: str
    era: Era
    offered: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class LinkAnswer:
    """What a person said of a question of links: `other` names the right ones, `none` says that there is none."""

    question_id: str
    verdict: LinkVerdict
    named: tuple[Place, ...] = ()

    def __post_init__(self) -> None:
        if (self.verdict == "other") != bool(self.named):
            raise ValueError(f"places named and the verdict {self.verdict} do not go together")
