"""What a parcel's papers say, held back where a later, heavier paper of it has a value that waits for a person.

A certificate whose area was not read for sure is there all the same: what the older register says does not stand, if
the reading that waits says otherwise. Of what cannot be read at all the lighter paper's value stands, but for the
numbers of certificates: an older one's are never the newer one's. A paper of the same time may tell of the same
certificate, and holds nothing back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from cadastre.settling.doubtful_steps import alike
from cadastre.settling.precedence import asserted_by
from cadastre.settling.weighing import BY_PERSON, Paper
from schemas.entries import FieldValue
from schemas.parcels import Claim

#: What decided that a value waits (schemas/codes/precedence.csv).
RULE = "waiting-value"
_OF_CERTIFICATE = frozenset({"serial", "register_no"})
_TOLD_ONLY = frozenset({"change_note", "toponym"})  # what each paper says in its own words rules out no other
Bounds = Mapping[str, str]
"""The last day, ISO, on which the papers whose value stands may have been made, by attribute."""


def in_question(claims: Iterable[Claim], papers: Sequence[Paper]) -> Bounds:
    """Return the attributes of which a value stands and a later paper's waits; what a person ruled is settled."""
    last = {paper.entry.entry_id: paper.last for paper in papers}
    bounds: dict[str, str] = {}
    for claim in claims:
        if claim.standing == "current" and claim.attribute not in _TOLD_ONLY:
            by_person = claim.rule.endswith(f":{BY_PERSON}")
            day = "9999-99-99" if by_person else last[claim.entry_id]
            bounds[claim.attribute] = max(bounds.get(claim.attribute, ""), day)
    wanted = {
        attribute
        for paper in papers
        for name, (attribute, _) in asserted_by(paper.entry.kind, paper.entry.fields).items()
        if attribute in bounds and is_waiting(attribute, paper.entry.fields.get(name), paper, bounds)
    }
    return {attribute: bounds[attribute] for attribute in wanted}


def is_waiting(attribute: str, field: FieldValue | None, paper: Paper, bounds: Bounds) -> bool:
    """Return whether what a paper has there may overrule what stands."""
    if field is None or field.status in ("accepted", "confirmed") or paper.first <= bounds[attribute]:
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
