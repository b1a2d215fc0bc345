"""The published tables by which values are weighed and parcels graded (codes/precedence.csv, grade_reasons.csv)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, cast

from schemas.documents import Era, Kind
from schemas.errors import Message
from schemas.parcels import Grade

Sort = Literal["legal", "measured"]
When = Literal["", "note", "in_force", "superseded", "boundary"]


@dataclass(frozen=True, slots=True)
class Source:
    """A sort of paper and its place among those that assert the same, 1 the heaviest; equal places are equal rank.

    `kinds` and `eras` say which papers it is (no era: all); `when` asks more of one: a change that is registered on
    it, a certificate in force or superseded, an import with a boundary. `ground` is what the place rests on.
    """

    sort: Sort
    place: int
    rule: str
    kinds: tuple[Kind, ...]
    eras: tuple[Era, ...]
    when: When
    about: Message
    ground: str


@dataclass(frozen=True, slots=True)
class Tie:
    """What decides between papers of one rank, or leaves them disputed."""

    place: int
    rule: str
    about: Message
    ground: str


@dataclass(frozen=True, slots=True, eq=False)
class Precedence:
    """The whole table: sources of legal and of measured values, and what decides at equal rank.

    An instance is its own key for caches.
    """

    sources: tuple[Source, ...]
    ties: tuple[Tie, ...]


@dataclass(frozen=True, slots=True)
class GradeReason:
    """A named reason why a parcel is of a grade; one of grade 1 is told and lowers nothing."""

    reason: str
    grade: Grade
    about: Message
    ground: str


def precedence_of(rows: Iterable[Mapping[str, str]]) -> Precedence:
    """Return the table that the rows of precedence.csv make, in the order of place."""
    sources: list[Source] = []
    ties: list[Tie] = []
    for row in rows:
        about = Message(row["vi"], row["en"])
        if row["sort"] == "tie":
            ties.append(Tie(int(row["place"]), row["rule"], about, row["ground"]))
            continue
        sources.append(
            Source(
                sort=cast(Sort, row["sort"]),
                place=int(row["place"]),
                rule=row["rule"],
                kinds=cast("tuple[Kind, ...]", tuple(row["kinds"].split(";"))),
                eras=cast("tuple[Era, ...]", tuple(filter(None, row["eras"].split(";")))),
                when=cast(When, row["when"]),
                about=about,
                ground=row["ground"],
            )
        )
    return Precedence(
        tuple(sorted(sources, key=lambda one: (one.sort, one.place))), tuple(sorted(ties, key=lambda one: one.place))
    )


def grade_reasons_of(rows: Iterable[Mapping[str, str]]) -> dict[str, GradeReason]:
    """Return the reasons that the rows of grade_reasons.csv make, by name, in their order."""
    return {
        row["reason"]: GradeReason(
            row["reason"], cast(Grade, int(row["grade"])), Message(row["vi"], row["en"]), row["ground"]
        )
        for row in rows
    }
