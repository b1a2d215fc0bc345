"""One order of all questions: what an answer settles for each minute that it takes a clerk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cadastre.asking.dispute_cases import DisputeQuestion
from cadastre.asking.link_question import LinkQuestion
from cadastre.checking.questions import Question
from schemas.answers import Worth

_FIELD_MINUTES = 0.5
#: What an answer settles of an entry: a parcel, an error, one more value.
_SETTLES: Mapping[Worth, float] = {"key": 1.0, "error": 0.5, "rest": 0.1}


def places_in_order(
    fields: Sequence[Question], links: Sequence[LinkQuestion], disputes: Sequence[DisputeQuestion] = ()
) -> tuple[list[int], list[int], list[int]]:
    """Return the place of each question among all, counted from 1; each of the lists keeps its own order."""
    worths = ([_of_field(one) for one in fields], *([_of_land(one) for one in some] for some in (links, disputes)))
    places: tuple[list[int], list[int], list[int]] = ([], [], [])
    for place in range(1, sum(map(len, worths)) + 1):
        left = [n for n in range(len(worths)) if len(places[n]) < len(worths[n])]
        places[max(left, key=lambda n: (worths[n][len(places[n])], -n))].append(place)
    return places


def _of_field(question: Question) -> float:
    return _SETTLES[question.worth] * len(question.entries) / _FIELD_MINUTES


def _of_land(question: LinkQuestion | DisputeQuestion) -> float:
    return len(question.settled) / question.minutes
