"""Whether two papers that bear one number speak of one parcel: by area and user, as log odds.

What areas agree by chance depends on the sheet: where each household got 500 m², that one paper says so and another
too tells nothing.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log

from rapidfuzz.distance import JaroWinkler

from cadastre.numberings.mentions import Mention

#: How often an area, and a user, agrees on two papers of one parcel; and at least on papers of two parcels.
_AREA, _AREA_BY_CHANCE = 0.85, 0.06
_NAME, _NAME_BY_CHANCE = 0.65, 0.04
#: A sheet's own areas count against as many of the usual variety; no chance is taken for more than that.
_USUAL, _MOST = 30.0, 0.8
_AREA_SHARE, NEAR_NAME = 0.03, 0.93


@dataclass(frozen=True, slots=True)
class Likeness:
    """How likely papers of one number speak of one parcel; `chances` is, by paper (entry id), how often another parcel
    of its sheet has its area."""

    chances: Mapping[str, float]

    def __call__(self, one: Mention, others: Iterable[Mention]) -> float:
        """Return the log odds that a paper and others of its number speak of one parcel, by their best agreement."""
        others = [other for other in others if other is not one]
        told = 0.0
        if one.areas and (sized := [other for other in others if other.areas]):
            tried = len({round(other.areas[0]) for other in sized})
            told += _odds(any(_near(one, other) for other in sized), _AREA, self.chances[one.entry_id], tried)
        if one.names and (named := [other for other in others if other.names]):
            tried = len({other.names[0] for other in named})
            told += _odds(any(_same_user(one, other) for other in named), _NAME, _NAME_BY_CHANCE, tried)
        return told


@lru_cache(maxsize=4096)
def _odds(agrees: bool, same: float, chance: float, tried: int) -> float:
    """Return the log odds of an agreement, or of none, with the best of several that differ."""
    by_chance = min(_MOST, 1.0 - (1.0 - chance) ** tried)
    return log(same / by_chance) if agrees else log((1.0 - same) / (1.0 - by_chance))


def likeness(mentions: Iterable[Mention]) -> Likeness:
    """Return how papers are compared, given what areas are common on the sheets of all of them."""
    sheets: dict[tuple[str, str], list[Mention]] = defaultdict(list)
    for mention in mentions:
        sheets[mention.key.unit, mention.key.sheet].append(mention)
    chances: dict[str, float] = {}
    for told in sheets.values():
        sizes = sorted(size for _, size in {(m.key.parcel, round(area)) for m in told for area in m.areas})
        for mention in told:
            near = max((_about(area, sizes) for area in mention.areas), default=0)
            share = (near + _USUAL * _AREA_BY_CHANCE) / (len(sizes) + _USUAL)
            chances[mention.entry_id] = max(_AREA_BY_CHANCE, share)
    return Likeness(chances)


def _about(area: float, sizes: Sequence[int]) -> int:
    """Return with how many of the sizes an area agrees, its own left out."""
    slack = max(1.0, _AREA_SHARE * area)
    return max(0, bisect_right(sizes, area + slack) - bisect_left(sizes, area - slack) - 1)


def _near(one: Mention, other: Mention) -> bool:
    for a in one.areas:
        for b in other.areas:
            if abs(a - b) <= max(1.0, _AREA_SHARE * max(a, b)):
                return True
    return False


def _same_user(one: Mention, other: Mention) -> bool:
    if any(name in other.names for name in one.names) or any(kin in other.kin for kin in one.kin):
        return True
    return any(JaroWinkler.similarity(a, b) >= NEAR_NAME for a in one.names for b in other.names)
