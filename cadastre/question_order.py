"""One order of all questions: what an answer settles for each minute that it takes a clerk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cadastre.lineage_questions import LinkQuestion
from cadastre.questions import Question
from schemas.answers import Worth

_FIELD_MINUTES = 0.5
#: What an answer settles of an entry: a parcel, an error, one more value.
_SETTLES: Mapping[Worth, float] = {"key": 1.0, "error": 0.5, "rest": 0.1}


def places_in_order(fields: Sequence[Question], links: Sequence[LinkQuestion]) -> tuple[list[int], list[int]]:
    """Return the place of each question among all, counted from 1; each of the two lists keeps its own order."""
    places: tuple[list[int], list[int]] = ([], [])
    at, beside = 0, 0
    for place in range(1, len(fields) + len(links) + 1):
        field_next = at < len(fields) and (beside == len(links) or _of_field(fields[at]) >= _of_link(links[beside]))
        places[0 if field_next else 1].append(place)
        at, beside = (at + 1, beside) if field_next else (at, beside + 1)
    return places


def _of_field(question: Question) -> float:
    return _SETTLES[question.worth] * len(question.entries) / _FIELD_MINUTES


def _of_link(question: LinkQuestion) -> float:
    return len(question.settled) / question.minutes
