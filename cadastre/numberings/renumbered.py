"""Papers of a sheet that share no number with the older ones, and whose parcels stand there under other numbers.

Where few papers of a commune are held, two maps of a sheet may have no number in common. Then users tell: if the parcel
that a household holds is as large as one of its parcels under another number, over and over, the map was drawn anew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log

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
    numbers; 0.0 where nothing speaks for it."""
    return max(0.0, sum(_odds(older, told) for told in newer) - _AGAINST)


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
