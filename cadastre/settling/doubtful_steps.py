"""What a parcel's papers say, held back where heavier papers of a number that it may have had would overrule it.

A step of lineage that is not sure makes a parcel wait, and its papers count for nothing. A value that they would
overrule waits too, for the person who is asked about the step; what would stand either way stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cadastre.words.area_classes import tolerance_m2
from cadastre.words.folding import key as folded_key
from cadastre.words.people import name_key
from schemas.documents import Era
from schemas.entries import LandUse, Owner, Value
from schemas.parcels import Claim
from schemas.precedence import Precedence

#: What decided that a value waits (schemas/codes/precedence.csv).
RULE = "doubtful-step"
_TOLD_ONLY = frozenset({"change_note", "toponym"})  # what each paper says in its own words rules out no other


def held_back(claims: Sequence[Claim], with_doubtful: Sequence[Claim], precedence: Precedence) -> tuple[Claim, ...]:
    """Return the claims with those `disputed` that heavier papers would overrule, were the doubtful steps right.

    `with_doubtful` are the claims as they would be then.
    """
    then: dict[str, list[Claim]] = {}
    for claim in with_doubtful:
        if claim.standing == "current":
            then.setdefault(claim.attribute, []).append(claim)
    overruled = {
        claim.attribute
        for claim in claims
        if claim.standing == "current"
        and claim.attribute not in _TOLD_ONLY
        and (others := then.get(claim.attribute))
        and _place(others[0], precedence) < _place(claim, precedence)
        and not any(alike(claim, other) for other in others)
    }
    return tuple(
        replace(claim, standing="disputed", rule=f"{_source(claim)}:{RULE}")
        if claim.attribute in overruled and claim.standing == "current"
        else claim
        for claim in claims
    )


def _source(claim: Claim) -> str:
    return claim.rule.partition(":")[0]


def _place(claim: Claim, precedence: Precedence) -> int:
    """Return the place among legal papers of the source by which a claim stands; 0 where it is none of them."""
    places = (one.place for one in precedence.sources if one.sort == "legal" and one.rule == _source(claim))
    return next(places, 0)


def waits(claims: Sequence[Claim]) -> bool:
    """Return whether a value was held back."""
    return any(is_held_back(claim) for claim in claims)


def is_held_back(claim: Claim) -> bool:
    """Return whether the claim waits for a step alone: who answers for the step settles it."""
    return claim.standing == "disputed" and claim.rule.endswith(f":{RULE}")


def alike(claim: Claim, other: Claim) -> bool:
    """Return whether another claim stands for the same: one of the people, an area within the tolerance, its uses."""
    one, two = claim.value, other.value
    if one == two:
        return True
    if isinstance(one, float) and isinstance(two, float):
        return abs(one - two) <= _tolerance(max(one, two), claim.key.era, other.key.era)
    if isinstance(one, str) and isinstance(two, str):
        return folded_key(one) == folded_key(two)
    return bool(people_of(one) & people_of(two)) or (bool(_codes(one)) and _codes(one) == _codes(two))


def _tolerance(area_m2: float, *eras: Era) -> float:
    return max(tolerance_m2(area_m2, era) for era in eras)


def people_of(value: Value) -> frozenset[str]:
    """Return the keys of the names of the people in a value."""
    parts = value if isinstance(value, tuple) else ()
    return frozenset(name_key(one.name) for one in parts if isinstance(one, Owner))


def _codes(value: Value) -> frozenset[str]:
    parts = value if isinstance(value, tuple) else ()
    return frozenset(one.code for one in parts if isinstance(one, LandUse))
