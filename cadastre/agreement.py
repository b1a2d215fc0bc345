"""Whether two papers that bear one number speak of one parcel: by area and user, as log odds."""

from __future__ import annotations

from collections.abc import Iterable
from math import log

from rapidfuzz.distance import JaroWinkler

from cadastre.mentions import Mention

#: Natural logarithms of how much likelier an observation is within one numbering than between two.
_AREA_AGREES, _AREA_DIFFERS = log(0.85 / 0.06), log(0.15 / 0.94)
_NAME_AGREES, _NAME_DIFFERS = log(0.65 / 0.04), log(0.35 / 0.96)
_AREA_SHARE, _NEAR_NAME = 0.03, 0.93


def agreement(one: Mention, others: Iterable[Mention]) -> float:
    """Return the log odds that a paper and others of its number speak of one parcel, by their best agreement."""
    others = [other for other in others if other is not one]
    areas = [_near(one, other) for other in others if one.areas and other.areas]
    names = [_same_user(one, other) for other in others if one.names and other.names]
    told = 0.0
    if areas:
        told += _AREA_AGREES if any(areas) else _AREA_DIFFERS
    if names:
        told += _NAME_AGREES if any(names) else _NAME_DIFFERS
    return told


def _near(one: Mention, other: Mention) -> bool:
    return any(abs(a - b) <= max(1.0, _AREA_SHARE * max(a, b)) for a in one.areas for b in other.areas)


def _same_user(one: Mention, other: Mention) -> bool:
    if set(one.names) & set(other.names) or set(one.kin) & set(other.kin):
        return True
    return any(JaroWinkler.similarity(a, b) >= _NEAR_NAME for a in one.names for b in other.names)
