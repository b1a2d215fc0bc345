"""What is asked of a person, and what the person answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from schemas.documents import Box, PageRef
from schemas.entries import Value

Verdict = Literal["value", "unreadable", "reject"]
Worth = Literal["key", "error", "rest"]


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
