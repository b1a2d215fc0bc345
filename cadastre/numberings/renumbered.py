"""Papers of a sheet that share no number with the older ones, and whose parcels stand there under other numbers.

Where few papers of a commune are held, two maps of a sheet may have no number in common. Then users tell: if the parcel
that a household holds is as large as one of its parcels under another number, over and over, the map was drawn anew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import JaroWinkler

from cadastre.numberings.agreement import NEAR_NAME
from cadastre.numberings.mentions import Mention

#: How near two areas are that may be of one parcel on two maps, and how often they are by chance.
_NEAR, _BY_CHANCE = 0.08, 0.1
#: How often a parcel of a user who stood on the older map is found so near there, if it was numbered anew.
_FOUND = 0.6
#: What it tells that a paper prints, as its old number, a number of the older map, and speaks of no change.
_PRINTED = 3.0
#: What is to be outweighed: parts of a divided parcel too have its user, and may be as large as another of his.
_AGAINST = 4.0
#: How often a parcel of a row is found so near in the row that it went to, and what share is near by chance at least.
_IN_ROW, _LEAST_CHANCE = 0.85, 0.05
_ROW, _MOST_TOLD = 4, 10.0  # parcels that make a row; what a row tells at most
_MOST_USERS = 4000  # among more, a name that is nearly another's tells little
Place = str
"""Sheet and parcel, `3/125`, as papers print old numbers."""


@dataclass(frozen=True, slots=True)
class OlderMap:
    """The parcels of one map of a commune: their areas in m², and which of them each user has."""

    areas: Mapping[Place, frozenset[float]]
    users: Mapping[str, frozenset[Place]]

    def of(self, told: Iterable[Mention]) -> frozenset[Place]:
        """Return the parcels of the users that some papers name; what a cooperative or committee has tells nothing."""
        names = {name for mention in told if not mention.body for name in _users(mention)}
        found = frozenset().union(*(self.users.get(name, frozenset()) for name in names))
        if found or len(self.users) > _MOST_USERS:
            return found
        near = {user for user in self.users for name in names if JaroWinkler.similarity(name, user) >= NEAR_NAME}
        return frozenset().union(*(self.users[user] for user in near))


def older_map(papers: Iterable[Mention]) -> OlderMap:
    """Return the map that papers of one map of a commune show."""
    areas: dict[Place, set[float]] = defaultdict(set)
    users: dict[str, set[Place]] = defaultdict(set)
    for mention in papers:
        place = f"{mention.key.sheet}/{mention.key.parcel}"
        areas[place].update(mention.areas)
        for name in _users(mention):
            users[name].add(place)
    return OlderMap(
        {place: frozenset(some) for place, some in areas.items()},
        {name: frozenset(some) for name, some in users.items()},
    )


def _users(mention: Mention) -> tuple[str, ...]:
    """Return a paper's users by full name, and by surname and given name."""
    return (*mention.names, *mention.kin)


def renumbered(older: OlderMap, newer: Iterable[Sequence[Mention]]) -> float:
    """Return the log odds that papers, by parcel, follow another map than the older one, which has none of their
    numbers; 0.0 where nothing speaks for it.

    Users tell, or rows: where names were not read, areas that go on in the order of the numbers do.
    """
    papers = list(newer)
    return max(0.0, sum(_odds(older, told) for told in papers) - _AGAINST, _in_rows(older, papers))


def _in_rows(older: OlderMap, newer: Iterable[Sequence[Mention]]) -> float:
    """Return the log odds that the parcels stand in a row of the older map, by their areas: each as far from its number
    there as the others, in the same sense or turned round."""
    parcels = _sized((told[0].key.parcel, told[0].areas) for told in newer if told)
    sheets: dict[str, list[tuple[str, Iterable[float]]]] = defaultdict(list)
    for place, areas in older.areas.items():
        sheet, parcel = place.split("/", 1)
        sheets[sheet].append((parcel, areas))
    found = (_row(_sized(some), parcels, turn) for some in sheets.values() for turn in (1, -1))
    return min(_MOST_TOLD, max(found, default=0.0))


def _sized(some: Iterable[tuple[str, Iterable[float]]]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return the plain numbers among some parcels that have an area, and the first of their areas."""
    known = {int(parcel): min(areas) for parcel, areas in some if parcel.isdecimal() and areas}
    return np.array(sorted(known), dtype=np.int64), np.array([known[n] for n in sorted(known)], dtype=np.float64)


def _row(
    older: tuple[NDArray[np.int64], NDArray[np.float64]],
    newer: tuple[NDArray[np.int64], NDArray[np.float64]],
    turn: int,
) -> float:
    """Return the log odds of the best of all rows on one older sheet; chance finds some among many."""
    if min(len(older[0]), len(newer[0])) < _ROW:
        return 0.0
    apart = np.abs(older[1][:, None] - newer[1][None, :])
    near = apart <= np.maximum(1.0, _NEAR * np.maximum(older[1][:, None], newer[1][None, :]))
    shifts, at = np.unique(older[0][:, None] - turn * newer[0][None, :], return_inverse=True)
    at = at.reshape(near.shape)
    hits = np.bincount(at.ravel(), weights=near.ravel())
    best = int(np.argmax(hits - 0.5 * np.bincount(at.ravel())))
    there, here = np.nonzero(at == best)
    if hits[best] < _ROW:
        return 0.0
    # of a row of house plots each is as large as the others, whichever it is
    alike = near[np.ix_(there, here)]
    among = (alike.sum() - hits[best]) / (alike.size - len(there))
    chance = max(_LEAST_CHANCE, float(near.mean()), float(among))
    if chance >= _IN_ROW:
        return 0.0
    misses = len(there) - hits[best]
    odds = hits[best] * log(_IN_ROW / chance) + misses * log((1.0 - _IN_ROW) / (1.0 - chance))
    return max(0.0, float(odds) - log(len(shifts)))


def _odds(older: OlderMap, told: Sequence[Mention]) -> float:
    """Return what the papers of one number tell."""
    areas = [area for mention in told for area in mention.areas]
    theirs = {place for place in older.of(told) if older.areas[place]}
    if any(_prints(mention, older, theirs) for mention in told):
        return _PRINTED
    if not theirs or not areas:
        return 0.0
    chance = 1.0 - (1.0 - _BY_CHANCE) ** len(theirs)
    if any(_near(areas, older.areas[place]) for place in theirs):
        return max(0.0, log(_FOUND / chance))
    return min(0.0, log((1.0 - _FOUND) / (1.0 - chance)))


def _prints(mention: Mention, older: OlderMap, theirs: Iterable[Place]) -> bool:
    """Return whether a paper prints a number of the older map that its user or its area bears out."""
    if mention.carved or mention.joined:
        return False
    olds = {old.replace("?/", f"{mention.key.sheet}/") for old in mention.olds}
    told = olds & older.areas.keys()
    return not told.isdisjoint(theirs) or any(
        not mention.areas or not older.areas[place] or _near(mention.areas, older.areas[place]) for place in told
    )


def _near(some: Iterable[float], others: Iterable[float]) -> bool:
    return any(abs(one - other) <= max(1.0, _NEAR * max(one, other)) for one in some for other in others)
