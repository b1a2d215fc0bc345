"""What people ruled where papers do not agree, looked up by the papers: it stands above the papers that were asked for.

A ruling counts for each parcel on which at least two sides of the dispute meet. A paper that was not asked for and is
heavier, or later at equal rank, still stands above it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from cadastre.settling.in_force import State, serial_of
from cadastre.settling.weighing import BY_PERSON, Assertion, weigh
from schemas.disputes import IMPORTED, Decided, Side
from schemas.entries import Entry, FieldValue
from schemas.errors import Message
from schemas.outcomes import Finding
from schemas.parcels import Claim

#: A paper that is right about one number of a certificate is right about both.
_NUMBERS = ("serial", "register_no")
#: What the two sides of a dispute about areas are of.
AREAS = ("area_m2", "legal_area_m2")
_UNSETTLED = ("undated", "same-date")
_ANSWERED = Message("Đã có người xem và trả lời.", "A person has looked at it and answered.")


@dataclass(frozen=True, slots=True)
class Rulings:
    """The standing rulings of a land, later ones last: of values and areas by entry, of papers by document.

    Those of certificates stand by serial, or by document where a certificate has none.
    """

    values: Mapping[tuple[str, str], tuple[Decided, ...]]
    papers: Mapping[str, tuple[Decided, ...]]
    certificates: Mapping[str, tuple[Decided, ...]]
    areas: Mapping[str, tuple[Decided, ...]]
    turn: Mapping[str, int]  # question id -> the how-manyth ruling it is

    @classmethod
    def of(cls, decided: Iterable[Decided]) -> Rulings:
        """Return the rulings, in the order in which they were given."""
        values: dict[tuple[str, str], list[Decided]] = defaultdict(list)
        papers: dict[str, list[Decided]] = defaultdict(list)
        certificates: dict[str, list[Decided]] = defaultdict(list)
        areas: dict[str, list[Decided]] = defaultdict(list)
        turn: dict[str, int] = {}
        for one in decided:
            asked = one.asked
            turn[asked.question_id] = len(turn)
            if one.ruling.verdict == "unknown":
                continue
            if asked.kind == "certificate":
                for name in {name for side in asked.sides for name in (*side.serials, *side.document_ids)}:
                    certificates[name].append(one)
            elif asked.kind == "area":
                for entry_id in {name for side in asked.sides for name in side.entry_ids}:
                    areas[entry_id].append(one)
            elif asked.kind == "papers":
                for document_id in {name for side in asked.sides for name in side.document_ids}:
                    papers[document_id].append(one)
            elif asked.attribute is not None:
                attributes = {asked.attribute, *(_NUMBERS if asked.kind == "number" else ())}
                for attribute in sorted(attributes):
                    for entry_id in {name for side in asked.sides for name in side.entry_ids}:
                        values[attribute, entry_id].append(one)
        return cls(
            {key: tuple(some) for key, some in values.items()},
            {key: tuple(some) for key, some in papers.items()},
            {key: tuple(some) for key, some in certificates.items()},
            {key: tuple(some) for key, some in areas.items()},
            turn,
        )

    def among(self, some: Mapping[str, tuple[Decided, ...]], names: Iterable[str]) -> list[Decided]:
        """Return those of some rulings that stand under these names, each once, the last one last."""
        found = {one.asked.question_id: one for name in names for one in some.get(name, ())}
        return sorted(found.values(), key=lambda one: self.turn[one.asked.question_id])

    def settles(self, attribute: str, entry_id: str) -> bool:
        """Return whether a person said which value of the attribute is right, and the entry was asked for."""
        return any(one.ruling.verdict != "none" for one in self.values.get((attribute, entry_id), ()))


NOTHING_RULED = Rulings({}, {}, {}, {}, {})


def certificate_states(entries: Sequence[Entry], rulings: Rulings) -> dict[str, State]:
    """Return by entry id what people said of the certificates that these papers of one parcel speak of."""
    found: dict[str, State] = {}
    names = {name for entry in entries for name in (serial_of(entry), entry.document_id) if name}
    for one in rulings.among(rulings.certificates, names):
        sides = [[entry.entry_id for entry in entries if _is_of(entry, serial_of(entry), side)]
                 for side in one.asked.sides]  # fmt: skip
        if sum(map(bool, sides)) < 2:
            continue
        ruling = one.ruling
        for number, ids in enumerate(sides):
            state: State = "ended"
            if ruling.verdict == "all":
                state = "beside"
            elif ruling.verdict == "side" and number == ruling.side:
                state = "holds"
            found |= dict.fromkeys(ids, state)
    return found


def settled_across(entry: Entry, finding: Finding, rulings: Rulings) -> Finding:
    """Return what two papers say differently as a warning where a person said which is right, or which holds."""
    if finding.severity != "error" or not (rulings.values or rulings.certificates):
        return finding
    serial = serial_of(entry)
    found = rulings.among(rulings.certificates, {serial or "", entry.document_id})
    said = any(_is_of(entry, serial, side) for one in found for side in one.asked.sides) or any(
        rulings.settles(name, entry.entry_id) for name in finding.fields
    )
    if not said:
        return finding
    told = Message(f"{finding.message.vi} {_ANSWERED.vi}", f"{finding.message.en} {_ANSWERED.en}")
    return replace(finding, severity="warning", message=told)


def _is_of(entry: Entry, serial: str | None, side: Side) -> bool:
    if serial is not None and side.serials:
        return serial in side.serials
    return entry.kind == "gcn" and entry.document_id in side.document_ids


def weigh_ruled(
    attribute: str, assertions: Sequence[Assertion], order: Callable[[Assertion], object], rulings: Rulings
) -> list[Claim]:
    """Return the claims of one attribute as `weigh` does, with what people ruled above the papers asked for."""
    found = _rulings_on(attribute, assertions, rulings)
    if found:
        return _ruled(attribute, assertions, order, found[-1])
    if rulings.areas and attribute in AREAS:
        wrong = _wrong_areas(attribute, assertions, rulings)
        if wrong:
            return _without(attribute, [a for a in assertions if id(a) not in wrong], wrong.values(), order)
    claims = weigh(attribute, assertions, order)
    if rulings.papers and any(claim.standing == "disputed" for claim in claims):
        lost = _behind(claims, assertions, rulings)
        if lost:
            return _without(attribute, [a for a in assertions if id(a) not in lost], lost.values(), order)
    return _behind_all_papers(claims, assertions, rulings) if rulings.papers else claims


def _behind_all_papers(
    claims: list[Claim], assertions: Iterable[Assertion], rulings: Rulings
) -> list[Claim]:  # fmt: skip
    """Return the claims, those marked as decided by a person that a file imported which gives way to all papers."""
    behind = {
        a.paper.entry.entry_id
        for a in assertions
        for one in rulings.papers.get(a.paper.entry.document_id, ())
        if one.asked.attribute == IMPORTED and one.ruling.side == 0
    }
    return [_as_ruled(claim) if claim.entry_id in behind and claim.standing == "superseded" else claim
            for claim in claims]  # fmt: skip


def _as_ruled(claim: Claim) -> Claim:
    return replace(claim, rule=f"{_head(claim.rule)}:{BY_PERSON}")


def _rulings_on(attribute: str, assertions: Iterable[Assertion], rulings: Rulings) -> list[Decided]:
    """Return the rulings on this value, the last one last, two sides of which these assertions are."""
    if not rulings.values:
        return []
    ids = {a.paper.entry.entry_id for a in assertions}
    found = {
        one.asked.question_id: one for entry_id in sorted(ids) for one in rulings.values.get((attribute, entry_id), ())
    }
    met = [one for one in found.values() if sum(bool(ids & set(side.entry_ids)) for side in one.asked.sides) > 1]
    return sorted(met, key=lambda one: rulings.turn[one.asked.question_id])


def _ruled(
    attribute: str, assertions: Sequence[Assertion], order: Callable[[Assertion], object], one: Decided
) -> list[Claim]:
    ruling, sides = one.ruling, one.asked.sides
    asked = {entry_id for side in sides for entry_id in side.entry_ids}
    right = set(sides[ruling.side].entry_ids) if ruling.side is not None else set()
    mine = [a for a in assertions if a.paper.entry.entry_id in asked]
    if ruling.verdict == "all" or (ruling.verdict == "value" and one.asked.attribute != attribute):
        ids = {a.paper.entry.entry_id for a in mine}
        looked_at = {
            a.paper.entry.entry_id for a in mine if ruling.verdict == "all" or a.paper.entry.kind == "du_lieu"
        }  # fmt: skip
        return [
            replace(_as_ruled(claim), standing="current")
            if claim.entry_id in ids and claim.standing == "disputed"
            else _as_ruled(claim)
            if claim.entry_id in looked_at and claim.standing == "superseded"
            else claim
            for claim in weigh(attribute, assertions, order)
        ]
    heaviest = min(mine, key=lambda a: (a.weight, order(a)))
    lost = [a for a in mine if a.paper.entry.entry_id not in right]
    out = {id(a) for a in lost}
    kept = [
        a._replace(weight=min(a.weight, heaviest.weight)) if a.paper.entry.entry_id in right else a
        for a in assertions
        if id(a) not in out
    ]
    if ruling.verdict == "value":
        paper = heaviest.paper._replace(first=one.day, last=one.day, day=one.day)
        said = FieldValue(ruling.value, None, None, "confirmed", "inferred", None, None)
        kept.append(Assertion(ruling.value, paper, said, heaviest.source, heaviest.weight))
    elif ruling.verdict == "none":
        lost += [a for a in kept if a.weight >= heaviest.weight]
        kept = [a for a in kept if a.weight < heaviest.weight]
    return _without(attribute, kept, lost, order)


def _wrong_areas(attribute: str, assertions: Sequence[Assertion], rulings: Rulings) -> dict[int, Assertion]:
    """Return the areas, by identity, of which a person said that they are wrong."""
    number = AREAS.index(attribute)
    wrong: set[str] = set()
    for one in rulings.among(rulings.areas, {a.paper.entry.entry_id for a in assertions}):
        ids = set(one.asked.sides[number].entry_ids)
        right = one.ruling.verdict == "all" or one.ruling.side == number
        wrong = wrong - ids if right else wrong | ids
    return {id(a): a for a in assertions if a.paper.entry.entry_id in wrong}


def areas_accepted(claims: Sequence[Claim], rulings: Rulings) -> bool:
    """Return whether a person said that the measured and the legal area that stand are right, though they differ."""
    stands = [
        {claim.entry_id for claim in claims if claim.attribute == name and claim.standing == "current"}
        for name in AREAS
    ]
    last = [
        one.ruling.verdict == "all"
        for one in rulings.among(rulings.areas, stands[0])
        if all(ids & set(side.entry_ids) for ids, side in zip(stands, one.asked.sides, strict=True))
    ]
    return bool(last) and last[-1]


def _behind(
    claims: Sequence[Claim], assertions: Iterable[Assertion], rulings: Rulings
) -> dict[int, Assertion]:  # fmt: skip
    """Return the disputed assertions, by identity, of papers that a person put behind another one in the dispute."""
    open_ids = {
        claim.entry_id
        for claim in claims
        if claim.standing == "disputed" and claim.rule.partition(":")[2] in _UNSETTLED
    }
    disputed = [a for a in assertions if a.paper.entry.entry_id in open_ids]
    documents = {a.paper.entry.document_id for a in disputed}
    lost: dict[int, Assertion] = {}
    for one in rulings.among(rulings.papers, documents):
        ruling, sides = one.ruling, one.asked.sides
        if ruling.side is None or not documents & set(sides[ruling.side].document_ids):
            continue
        others = {name for side in sides for name in side.document_ids} - set(sides[ruling.side].document_ids)
        lost |= {id(a): a for a in disputed if a.paper.entry.document_id in others}
    return lost if len(lost) < len(disputed) else {}


def _without(
    attribute: str, kept: Sequence[Assertion], lost: Iterable[Assertion], order: Callable[[Assertion], object]
) -> list[Claim]:
    """Return the claims of those kept, and those lost behind them; one that says what stands is current with it."""
    claims = weigh(attribute, kept, order) if kept else []
    standing = {claim.value: claim.rule for claim in claims if claim.standing == "current"}
    decided = [
        replace(claim, rule=f"{claim.rule}:{BY_PERSON}")
        if claim.standing == "current" and ":" not in claim.rule
        else claim
        for claim in claims
    ]
    for a in sorted(lost, key=lambda a: (a.weight, order(a))):
        head = _head(next(iter(standing.values()), a.source.rule))
        entry = a.paper.entry
        state: Literal["current", "superseded"] = "current" if a.value in standing else "superseded"
        decided.append(
            Claim(a.paper.key, attribute, a.value, entry.entry_id, entry.era, a.paper.day, state,
                  f"{head}:{BY_PERSON}")
        )  # fmt: skip
    return decided


def _head(rule: str) -> str:
    return rule.partition(":")[0]
