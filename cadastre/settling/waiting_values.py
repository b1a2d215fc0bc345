"""What a parcel's papers say, held back where a heavier or later paper of it has a value that waits for a person.

A certificate whose area was not read for sure is there all the same: what the older register says does not stand, if
the reading that waits says otherwise. Of what cannot be read at all the lighter paper's value stands, but for the
numbers of certificates: an older one's are never the newer one's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from cadastre.settling.doubtful_steps import alike
from cadastre.settling.precedence import asserted_by
from cadastre.settling.weighing import BY_PERSON
from schemas.entries import Entry, FieldValue
from schemas.parcels import Claim

#: What decided that a value waits (schemas/codes/precedence.csv).
RULE = "waiting-value"
_OF_CERTIFICATE = frozenset({"serial", "register_no"})
_TOLD_ONLY = frozenset({"change_note", "toponym"})  # what each paper says in its own words rules out no other


def in_question(claims: Iterable[Claim], entries: Iterable[Entry]) -> frozenset[str]:
    """Return the attributes of which a value stands and another paper's value waits; what a person ruled is settled."""
    standing = {
        claim.attribute
        for claim in claims
        if claim.standing == "current"
        and not claim.rule.endswith(f":{BY_PERSON}")
        and claim.attribute not in _TOLD_ONLY
    }
    return frozenset(
        attribute
        for entry in entries
        for name, (attribute, _) in asserted_by(entry.kind, entry.fields).items()
        if attribute in standing and is_waiting(attribute, entry.fields.get(name))
    )


def is_waiting(attribute: str, field: FieldValue | None) -> bool:
    """Return whether what a paper has there may overrule what stands."""
    if field is None or field.status in ("accepted", "confirmed"):
        return False
    return attribute in _OF_CERTIFICATE or (field.status == "review" and field.value is not None)


def kept_waiting(claims: Sequence[Claim], with_waiting: Sequence[Claim]) -> tuple[Claim, ...]:
    """Return the claims with those `disputed` that would not stand, were the values that wait as they were read.

    `with_waiting` are the claims as they would be then, those of the attributes in question alone.
    """
    then: dict[str, list[Claim]] = {}
    for claim in with_waiting:
        if claim.standing == "current":
            then.setdefault(claim.attribute, []).append(claim)
    return tuple(
        replace(claim, standing="disputed", rule=f"{claim.rule.partition(':')[0]}:{RULE}")
        if claim.standing == "current" and _overruled(claim, then)
        else claim
        for claim in claims
    )


def _overruled(claim: Claim, then: Mapping[str, Sequence[Claim]]) -> bool:
    others = then.get(claim.attribute, ())
    return bool(others) and not any(alike(claim, other) for other in others)


def is_kept_waiting(claim: Claim) -> bool:
    """Return whether the claim waits for the reading of another paper."""
    return claim.standing == "disputed" and claim.rule.endswith(f":{RULE}")
