"""Which numbering of its sheet each paper follows: not always the one that its neighbours in time do.

A late certificate may still follow the older map, and the first papers of a new one may be older than all its books.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import exp, inf, log

from cadastre.numberings.agreement import Likeness
from cadastre.numberings.beginnings import Numbering
from cadastre.numberings.highest_numbers import above, ceilings
from cadastre.numberings.mentions import Mention
from cadastre.numberings.numbered_papers import ERAS, LISTS, span_of
from cadastre.units.territory import grown
from schemas.documents import Era
from schemas.tables import Tables

#: A paper goes with the others of its time unless its parcel says otherwise.
_AT_HOME, _OTHER_PARCEL, _ABOVE = 2.0, -1.5, 3.0
#: Papers follow a map up to three years after the next one came, and none a year before it; beyond, that is odd.
_LATE, _SOON, _OUT_OF_TIME = 3.0, 1.0, 2.5
_OUT_OF_BOOK = 6.0  # a row of a book goes with the book
#: The log odds with which a day is found from which papers follow a numbering that is known from later eras only.
_EARLY = 5.0


@dataclass(frozen=True, slots=True)
class Sign:
    """What a paper says of a numbering that is known from a later era (`start`): how much more it agrees with it than
    with its own."""

    start: Era
    paper: Mention
    odds: float


@dataclass(frozen=True, slots=True)
class Early:
    """A paper that agrees best with a numbering which is known from a later era: its own place, and that one's."""

    paper: Mention
    at: int
    best: int
    start: Era


@dataclass(frozen=True, slots=True)
class Followed:
    """The papers of each numbering of a sheet, those that may be of a later one, and what all say of later ones."""

    groups: list[list[Mention]]
    early: list[Early]
    signs: list[Sign]


def followed(numberings: Sequence[Numbering], tables: Tables, alike: Likeness) -> Followed:
    """Return the papers of a sheet by the numbering that each follows; what a grown commune took over numbers apart."""
    starts = [_start(numbering) for numbering in numberings]
    tops = [max(ceilings(numbering.papers), default=inf) for numbering in numberings]
    groups: list[list[Mention]] = [[] for _ in [*numberings, "taken over"]]
    early: list[Early] = []
    signs: list[Sign] = []
    for at, numbering in enumerate(numberings):
        for number, told in sorted(numbering.papers.items()):
            odd_ones = _of_another_parcel(told, alike)
            over = [_ABOVE * above(number, top) for top in tops]
            for paper in told:
                era = ERAS.index(paper.key.era)
                odds = [alike(paper, other.papers.get(number, ())) for other in numberings]
                odds[at] = alike(paper, [other for other in told if _another_witness(other, paper)])
                signs += [Sign(ERAS[s], paper, one - odds[at]) for s, one in zip(starts, odds, strict=True) if s > era]
                odds[at] = _OTHER_PARCEL if paper.entry_id in odd_ones else odds[at] + _AT_HOME
                odds = [
                    one - high - (0.0 if i == at else _unlikely(paper, numberings, i, tables))
                    for i, (one, high) in enumerate(zip(odds, over, strict=True))
                ]
                best = odds.index(max(odds))
                if odds[best] < 0.0 and grown(paper.key.unit, paper.key.era, paper.day, tables):
                    groups[-1].append(paper)
                elif starts[best] > era:
                    early.append(Early(paper, at, best, ERAS[starts[best]]))
                else:
                    groups[best].append(paper)
    return Followed(groups, early, signs)


def _start(numbering: Numbering) -> int:
    return min(ERAS.index(m.key.era) for told in numbering.papers.values() for m in told)


def _unlikely(paper: Mention, numberings: Sequence[Numbering], other: int, tables: Tables) -> float:
    """Return how far a paper's sort and time speak against another numbering than that of its time."""
    since = numberings[other].since
    until = min((one.since for one in numberings if one.since > since), default=None)
    dated = paper.day if paper.day and len(paper.day) == len(since) else None
    first, last = (dated, dated) if dated else span_of(paper.key.era, tables)
    odd = _years(last, since) > _SOON or (until is not None and _years(until, first) > _LATE)
    return (_OUT_OF_TIME if odd else 0.0) + (_OUT_OF_BOOK if paper.kind in LISTS else 0.0)


def _years(first: str, last: str) -> float:
    """Return the years from one ISO day to another, by their months."""
    return int(last[:4]) - int(first[:4]) + (int(last[5:7]) - int(first[5:7])) / 12


def _another_witness(one: Mention, other: Mention) -> bool:
    """Return whether a paper tells of its own of the other's parcel: one case leaves several papers that agree."""
    return one.key.era != other.key.era or one.kind in LISTS or other.kind in LISTS


def _of_another_parcel(told: Sequence[Mention], alike: Likeness) -> frozenset[str]:
    """Return the papers (entry ids) of a number that agree among themselves and not with the book that lists it."""
    groups: list[list[Mention]] = []
    for mention in told:
        joined = [group for group in groups if any(alike(mention, [other]) > 0 for other in group)]
        merged = [mention, *(other for group in joined for other in group)]
        groups = [group for group in groups if group not in joined] + [merged]
    listed = [group for group in groups if any(m.kind in LISTS for m in group)]
    if len(groups) < 2 or not listed:
        return frozenset()
    return frozenset(m.entry_id for group in groups if group not in listed for m in group)


def settled(sheets: Iterable[Followed]) -> list[list[Mention]]:
    """Return the papers of each numbering of the sheets of a commune.

    Papers are put with a numbering of a later era from the day on from which the commune's papers follow it: what its
    sheets show together must be more than chance agreements, of which there are some on every sheet.
    """
    sheets = list(sheets)
    since = _since(sign for sheet in sheets for sign in sheet.signs)
    out: list[list[Mention]] = []
    for sheet in sheets:
        groups = [list(group) for group in sheet.groups]
        for one in sheet.early:
            day = since.get((one.start, one.paper.key.era))
            follows = day is not None and (one.paper.day is None or one.paper.day >= day)
            groups[one.best if follows else one.at].append(one.paper)
        out += groups
    return out


def _since(signs: Iterable[Sign]) -> Mapping[tuple[Era, Era], str]:
    """Return the day from which papers follow a numbering, by its start and the era of the papers."""
    found: dict[tuple[Era, Era], dict[tuple[str, str], tuple[str, float]]] = defaultdict(dict)
    for sign in signs:
        if sign.paper.day:
            parcels = found[sign.start, sign.paper.key.era]
            parcel = sign.paper.key.sheet, sign.paper.key.parcel
            parcels[parcel] = max(parcels.get(parcel, ("", 0.0)), (sign.paper.day, sign.odds))
    days = {move: _followed_from(list(parcels.values())) for move, parcels in found.items()}
    return {move: day for move, day in days.items() if day is not None}


def _followed_from(signs: Sequence[tuple[str, float]]) -> str | None:
    """Return the day from which half the parcels' papers follow a numbering; None where chance explains them.

    Every day tried is a chance more; parcels that agree with the older map, or with neither, speak against it.
    """
    told = 0.0
    best, found = _EARLY + log(len(signs)), None
    for day, odds in sorted(signs, reverse=True):
        told += log((1.0 + exp(odds)) / 2.0)
        if odds > 0.0 and told >= best:
            best, found = told, day
    return found
