"""Of the values that papers assert of one attribute: which stands, which lost or are disputed, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from cadastre.settling.in_force import State, are_shared
from cadastre.words.area_classes import tolerance_m2
from cadastre.words.folding import key as folded_key
from cadastre.words.people import name_key
from schemas.documents import Era
from schemas.entries import Entry, FieldValue, LandUse, Owner, Value
from schemas.parcels import Claim, ParcelKey, Standing
from schemas.precedence import Source

#: Certificates are told apart by these: two in force that differ are two living certificates, whatever their dates.
_OF_CERTIFICATE = frozenset({"serial", "register_no"})
#: What each co-user's certificate may say in its own way.
_OF_USER = frozenset({"serial", "register_no", "owners", "address", "term", "user_type", "origin"})
#: The rule where a person decided.
BY_PERSON = "person"
_SURER = 0.05  # probability by which one reading of the same paper must be surer to count


class Paper(NamedTuple):
    """An entry as it is weighed: its key, map series back, the days it may be of, and its sources in the order."""

    entry: Entry
    key: ParcelKey
    series_back: int
    first: str
    last: str
    day: str | None
    legal: Source
    measured: Source
    same_paper: tuple[str, str]
    state: State | None = None  # what a person said of the certificate


class Assertion(NamedTuple):
    """One value of one paper."""

    value: Value
    paper: Paper
    field: FieldValue
    source: Source
    weight: tuple[int, int]


class _Lost(NamedTuple):
    """What an assertion lost by; `disputed` where it is as good as another."""

    tie: str
    disputed: bool = False


#: Words and letters of these regimes are claims about their time; the law of 2003 brought the table of codes.
_BEFORE_CODES: frozenset[Era | None] = frozenset({"299", "1988", "1993"})


def assertion(
    attribute: str, value: Value, paper: Paper, field: FieldValue, *, measured: bool, source: Source | None = None
) -> Assertion:
    """Return the assertion with its weight: map series first where it was measured, then the source's place.

    A land use of the regimes before the law of 2003 gives way to one of its table of codes (domain.md 8.5).
    """
    source = source or (paper.measured if measured else paper.legal)
    first = paper.series_back if measured else int(attribute == "land_use" and paper.entry.era in _BEFORE_CODES)
    return Assertion(value, paper, field, source, (first, source.place))


def weigh(attribute: str, assertions: Iterable[Assertion], order: Callable[[Assertion], object]) -> list[Claim]:
    """Return the claims of one attribute: the heavier paper stands; what decides at equal weight is in the table.

    A lighter paper that says the same as the one that stands is current with it. `order` breaks ties of no meaning,
    so that the order of arrival changes nothing.
    """
    ordered = sorted(assertions, key=lambda a: (a.weight, order(a)))
    top = ordered[0]
    if attribute == "area_m2" and top.weight[0] > 0:  # what an older map measured is not the area on today's
        return [claim_of(attribute, a, "superseded", f"{a.source.rule}:later-series") for a in ordered]
    if len(ordered) == 1:
        return [claim_of(attribute, top, "current", top.source.rule)]
    best = [a for a in ordered if a.weight == top.weight]
    lost = _lost(attribute, best)
    standing = {a.value for a in best if id(a) not in lost}
    tie = _deciding(lost.values())
    if not tie and _came_before_rank(top, ordered[len(best) :]):
        tie = _before_rank(attribute)
    head = top.source.rule
    rule = f"{head}:{tie}" if tie else head
    claims: list[Claim] = []
    for a in ordered:
        mine = lost.get(id(a))
        if a.value in standing:
            claims.append(claim_of(attribute, a, "current", rule))
        elif mine is not None:
            state: Standing = "disputed" if mine.disputed else "superseded"
            claims.append(claim_of(attribute, a, state, f"{head}:{mine.tie}"))
        else:
            claims.append(claim_of(attribute, a, "superseded", head + _lighter(attribute, a, top)))
    return claims


def _before_rank(attribute: str) -> str:
    """Return the rule that comes before the order of kinds."""
    return "later-law" if attribute == "land_use" else "later-series"


def _lighter(attribute: str, a: Assertion, top: Assertion) -> str:
    """Return what beside the order of kinds makes an assertion lighter than the heaviest."""
    if a.weight[0] > top.weight[0]:
        return f":{_before_rank(attribute)}"
    if a.source.when != "superseded" or top.source.when != "in_force":
        return ""
    return f":{BY_PERSON}" if a.paper.state == "ended" else ":superseded"


def claim_of(attribute: str, a: Assertion, standing: Standing, rule: str) -> Claim:
    """Return the assertion as a claim that stands so, by the rule."""
    entry = a.paper.entry
    return Claim(a.paper.key, attribute, a.value, entry.entry_id, entry.era, a.paper.day, standing, rule)


def _deciding(lost: Iterable[_Lost]) -> str:
    """Return the tie-breaker that a standing value owes its place to; a dispute has no standing value."""
    return next((one.tie for one in lost), "")


def _came_before_rank(top: Assertion, lighter: Sequence[Assertion]) -> bool:
    """Return whether a paper of an older map or law lost to this one though its kind is as heavy or heavier."""
    return any(a.weight[0] > top.weight[0] and a.weight[1] <= top.weight[1] and a.value != top.value for a in lighter)


def _lost(attribute: str, best: Sequence[Assertion]) -> dict[int, _Lost]:
    """Return which of the heaviest assertions do not stand, by identity, and why."""
    if all(a.value == best[0].value for a in best):
        return {}
    lost = _same_paper(best)
    left = [a for a in best if id(a) not in lost]
    values = {a.value for a in left}
    if len(values) == 1:
        return lost
    certificates = left[0].source.rule == "certificate"
    if certificates and attribute in _OF_USER and _hold_together(left):
        return lost
    if certificates and attribute in _OF_CERTIFICATE and _are_others(attribute, left):
        return lost | {id(a): _Lost("two-living", disputed=True) for a in left}
    return lost | _by_day(attribute, left)


def _hold_together(left: Sequence[Assertion]) -> bool:
    return all(a.paper.state == "beside" for a in left) or are_shared(a.paper.entry for a in left)


def _are_others(attribute: str, left: Sequence[Assertion]) -> bool:
    """Return whether the differing values are of different certificates, not two readings of one."""
    if attribute == "serial":
        return True
    return len({a.paper.same_paper for a in left}) > 1


def _same_paper(best: Sequence[Assertion]) -> dict[int, _Lost]:
    """Return which readings of one paper lose to another reading of it: to a person's, to a surer one."""
    lost: dict[int, _Lost] = {}
    papers: dict[tuple[str, str], list[Assertion]] = {}
    for a in best:
        papers.setdefault(a.paper.same_paper, []).append(a)
    for readings in papers.values():
        if len({a.value for a in readings}) < 2:
            continue
        confirmed = [a for a in readings if a.field.status == "confirmed"]
        if confirmed and len(confirmed) < len(readings):
            lost |= {id(a): _Lost("confirmed") for a in readings if a.field.status != "confirmed"}
            continue
        surest = max((a.field.p or 0.0) for a in readings)
        if all(a.field.p is not None for a in readings):
            lost |= {id(a): _Lost("surer-reading") for a in readings if surest - (a.field.p or 0.0) >= _SURER}
    said = {a.value for a in best if id(a) not in lost}
    return {one: why for one, why in lost.items() if next(a for a in best if id(a) == one).value not in said}


def _by_day(attribute: str, left: Sequence[Assertion]) -> dict[int, _Lost]:
    """Return what loses to a later paper; where no day decides, what is alike, and what stays disputed."""
    start = max(a.paper.first for a in left)
    latest = [a for a in left if a.paper.last >= start]
    values = {a.value for a in latest}
    if len(values) == 1:
        dated = all(a.paper.day is not None for a in left)
        tie = "later-date" if dated else "later-era"
        return {id(a): _Lost(tie) for a in left if a.value not in values}
    alike = _alike(attribute, latest)
    if alike:
        stands = _preferred(latest).value
        return {id(a): _Lost(alike if a.value in values else "later-date") for a in left if a.value != stands}
    tie = "same-date" if all(a.paper.day is not None for a in latest) else "undated"
    return {id(a): _Lost(tie, disputed=True) if a.value in values else _Lost("later-date") for a in left}


def _preferred(latest: Sequence[Assertion]) -> Assertion:
    """Return which of alike values stands: a person's, the later, the most told, the surest."""
    count = {a.value: sum(b.value == a.value for b in latest) for a in latest}
    return max(
        latest,
        key=lambda a: (
            a.field.status == "confirmed", a.paper.first, count[a.value], a.field.p or 0.0, a.paper.entry.entry_id,
        ),
    )  # fmt: skip


def _alike(attribute: str, latest: Sequence[Assertion]) -> str:
    """Return the rule by which these differing values are no dispute, or nothing."""
    values = [a.value for a in latest]
    if all(isinstance(value, float) for value in values):
        numbers = [value for value in values if isinstance(value, float)]
        within = max(numbers) - min(numbers) <= max(tolerance_m2(max(numbers), a.paper.key.era) for a in latest)
        return "within-tolerance" if within else ""
    if attribute in _OF_CERTIFICATE or attribute in ("sheet_no", "parcel_no", "change_note"):
        return ""
    if all(isinstance(value, str) for value in values):
        return "same-spelling" if len({folded_key(str(value)) for value in values}) == 1 else ""
    if attribute == "owners":
        people = {
            frozenset(name_key(one.name) for one in value if isinstance(one, Owner))
            for value in values
            if isinstance(value, tuple)
        }
        return "same-spelling" if len(people) == 1 else ""
    return "within-tolerance" if _uses_alike(latest) else ""


def _uses_alike(latest: Sequence[Assertion]) -> bool:
    """Return whether the land uses name the same codes, with areas apart by no more than the tolerance."""
    uses = [
        {one.code: one.area_m2 for one in a.value if isinstance(one, LandUse)}
        for a in latest
        if isinstance(a.value, tuple) and a.value and all(isinstance(one, LandUse) for one in a.value)
    ]
    if len(uses) < len(latest) or len({frozenset(one) for one in uses}) > 1:
        return False
    for code in uses[0]:
        areas = [area for one in uses if (area := one[code]) is not None]
        if areas and max(areas) - min(areas) > tolerance_m2(max(areas), latest[0].paper.key.era):
            return False
    return True
