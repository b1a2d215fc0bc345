"""Owners of whom a later paper says that the land passed from them: who holds it now waits for a person.

A parcel index is no ground for a right (docs/precedence.md), so the holder of the certificate gives way to nobody whom
it names. Where its note says that the land came from that very holder («Nhận thừa kế của ông …»), the change is told
and its paper is not held: neither is taken for the owner of today.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from cadastre.settling.doubtful_steps import people_of
from cadastre.settling.imported_contradictions import Contradiction
from cadastre.settling.in_force import taken
from cadastre.words.told_holders import taken_from
from schemas.entries import Entry
from schemas.parcels import Claim

#: What decided that the owners wait (schemas/codes/precedence.csv).
RULE = "passed-on"


def held_where_passed_on(
    claims: Sequence[Claim], later: Iterable[Contradiction], papers: Mapping[str, Entry]
) -> tuple[Claim, ...]:
    """Return the claims, the owners who stand `disputed` where a later paper says that it has the land from them.

    `later` is what later papers say otherwise (`contradictions.later_contradictions`), `papers` are by entry id.
    """
    gone = {
        id(claim)
        for found in later
        if found.attribute == "owners"
        for claim in found.standing
        if any(people_of(claim.value) & _givers(papers.get(one.entry_id)) for one in found.against)
    }
    return tuple(
        replace(claim, standing="disputed", rule=f"{claim.rule.partition(':')[0]}:{RULE}")
        if id(claim) in gone
        else claim
        for claim in claims
    )


def is_passed_on(claim: Claim) -> bool:
    """Return whether the claim waits for that alone: who answers for the later paper settles it."""
    return claim.standing == "disputed" and claim.rule.endswith(f":{RULE}")


def _givers(paper: Entry | None) -> frozenset[str]:
    """Return the keys of the names of those from whom a paper's note says that its holder has the land."""
    note = taken(paper, "change_note") if paper is not None else None
    return people_of(taken_from(note.value)) if note is not None and isinstance(note.value, str) else frozenset()
