"""A parcel's status and grade, with the named reasons (schemas/codes/grade_reasons.csv)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from cadastre.settling.contradictions import contradictions, says_legal_papers
from cadastre.settling.doubtful_steps import is_held_back
from cadastre.settling.drawn_anew import LEFT_BEHIND, NUMBER_OVER
from cadastre.settling.in_force import taken
from cadastre.settling.known_uses import is_unknown
from cadastre.settling.passed_on import is_passed_on
from cadastre.settling.precedence import asserted_by
from cadastre.settling.waiting_values import is_kept_waiting
from cadastre.settling.weighing import BY_PERSON
from cadastre.words.area_classes import class_of
from schemas.documents import Kind
from schemas.entries import Entry, Value
from schemas.outcomes import Finding
from schemas.parcels import Claim, Grade, ParcelStatus
from schemas.tables import Tables

#: What a parcel publishes; a value of these that waits is empty in it and makes its status `review`.
PUBLISHED = ("area_m2", "legal_area_m2", "land_use", "user_type", "corners")
#: Papers that give or record a right.
LEGAL: frozenset[Kind] = frozenset({"gcn", "so_dia_chinh", "so_cap_gcn", "quyet_dinh", "so_dang_ky"})
#: From this probability on what papers said of an older number counts for the newer one; below, a person is asked.
SURE_LINK = 0.995
_CONFLICT = frozenset({"papers-disagree", "two-certificates", "numbers-disagree"})
_REVIEW = frozenset(
    {
        "certificate-succeeded",
        "no-paper-right",
        "value-waits",
        "error-open",
        "area-material",
        "area-digit",
        "link-doubtful",
        LEFT_BEHIND,
        "later-paper-differs",
        "imported-differs",
        "legal-paper-not-held",
        "other-older-number",
        "older-paper-differs",
    }
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a parcel is graded by: its own papers, all papers with those of older numbers, and what came of them."""

    own: Sequence[Entry]
    papers: Sequence[Entry]
    claims: Sequence[Claim]
    standing: Mapping[str, Value]
    doubted: bool  # the link to an older number is not sure
    across: Sequence[tuple[str, Finding]]
    has_ring: bool
    ended: Mapping[str, str]
    left_behind: bool = False  # its sheet was drawn anew, and no newer number of it is found
    is_over: bool = False  # a person said that no parcel has its number since
    areas_accepted: bool = False  # a person said that both areas are right, though they differ
    affirmed: bool = False  # a person said that the steps to its older numbers are right


@dataclass(frozen=True, slots=True)
class Graded:
    """The status, the grade and the names of its reasons in the order of their table."""

    status: ParcelStatus
    grade: Grade
    reasons: tuple[str, ...]


def graded(evidence: Evidence, tables: Tables) -> Graded:
    """Return the status and grade; a reason of grade 1 is told and lowers nothing."""
    found = {*_disputes(evidence), *_waits(evidence), *_papers(evidence), *_areas(evidence), *_shape(evidence)}
    found.update(contradictions(evidence.own, evidence.papers, evidence.claims, tables, affirmed=evidence.affirmed))
    if evidence.doubted:
        found.add("link-doubtful")
    if evidence.left_behind:
        found.add(LEFT_BEHIND)
    if evidence.is_over:
        found.add(NUMBER_OVER)
    reasons = tuple(name for name in tables.grade_reasons if name in found)
    status: ParcelStatus = "conflict" if found & _CONFLICT else "review" if found & _REVIEW else "consistent"
    return Graded(status, max((tables.grade_reasons[name].grade for name in reasons), default=1), reasons)


def _disputes(evidence: Evidence) -> Iterable[str]:
    held = {claim.attribute for claim in evidence.claims if claim.standing != "superseded"}
    for claim in evidence.claims:
        if claim.rule.endswith(f":{BY_PERSON}") and claim.attribute not in held:
            yield "no-paper-right"
        if claim.standing == "disputed" and is_unknown(claim):
            if claim.attribute in PUBLISHED:
                yield "value-waits"
        elif claim.standing == "disputed" and not (
            is_held_back(claim) or is_kept_waiting(claim) or is_passed_on(claim)
        ):  # fmt: skip
            yield "two-certificates" if claim.rule.endswith(":two-living") else "papers-disagree"
    if "succeeded" in evidence.ended.values():
        yield "certificate-succeeded"
    if any(finding.severity == "error" for _, finding in evidence.across):
        yield "numbers-disagree"


def _waits(evidence: Evidence) -> Iterable[str]:
    """Yield whether a published value waits for a person, or an error is open on one of the papers.

    A paper under an older number counts where one of its values stands.
    """
    relied = {claim.entry_id for claim in evidence.claims if claim.standing == "current"}
    own = {entry.entry_id for entry in evidence.own}
    for entry in evidence.papers:
        mine = entry.entry_id in own
        if (mine or entry.entry_id in relied) and any(finding.severity == "error" for finding in entry.findings):
            yield "error-open"
        if not mine:
            continue
        for name, (attribute, _) in asserted_by(entry.kind, entry.fields).items():
            if attribute not in PUBLISHED or attribute in evidence.standing:
                continue
            field = entry.fields.get(name)
            if field is not None and field.status in ("review", "unreadable"):
                yield "value-waits"


def _papers(evidence: Evidence) -> Iterable[str]:
    kinds = {entry.kind for entry in evidence.papers}
    if kinds <= {"du_lieu"}:
        yield "only-imported"
    elif kinds <= {"du_lieu", "don_dang_ky"}:
        yield "only-application"
    elif not kinds & LEGAL:
        yield "no-legal-paper"
        if says_legal_papers(evidence.papers):
            yield "legal-paper-not-held"
    serial = evidence.standing.get("serial")
    if serial is None:
        return
    held = [entry for entry in evidence.papers if entry.kind == "gcn" and _is(entry, serial)]
    if not held:
        yield "certificate-not-held"
    if any(
        claim.attribute == "serial" and claim.standing == "current" and claim.rule.startswith("superseded-certificate")
        for claim in evidence.claims
    ):
        yield "certificate-withdrawn"


def _is(entry: Entry, serial: Value) -> bool:
    field = taken(entry, "serial")
    return field is not None and field.value == serial


def _areas(evidence: Evidence) -> Iterable[str]:
    measured, legal = evidence.standing.get("area_m2"), evidence.standing.get("legal_area_m2")
    if measured is None and legal is None:
        yield "no-area"
    if not isinstance(measured, float) or not isinstance(legal, float) or measured == legal:
        return
    eras = [
        claim.key.era
        for claim in evidence.claims
        if claim.attribute in ("area_m2", "legal_area_m2") and claim.standing == "current"
    ]
    found = class_of(measured, legal, min(eras, key=lambda era: (era != "299", era), default=None))
    if evidence.areas_accepted and found in ("C", "D"):
        found = "B"
    named = {"B": "area-drift", "C": "area-material", "D": "area-digit"}.get(found)
    if named:
        yield named


def _shape(evidence: Evidence) -> Iterable[str]:
    if not evidence.has_ring:
        yield "boundary-unusable" if evidence.standing.get("corners") else "no-geometry"
