"""What the papers assert of each parcel, which assertion stands and by which rule, and the parcel that results."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from cadastre.ground.plots import plot, stands
from cadastre.settling.across_papers import findings_across
from cadastre.settling.chains import Elder, elders
from cadastre.settling.change_values import changes_of
from cadastre.settling.doubtful_steps import held_back, waits
from cadastre.settling.drawn_anew import Sheet, left_behind
from cadastre.settling.grading import PUBLISHED, SURE_LINK, Evidence, graded
from cadastre.settling.in_force import OF_CERTIFICATES, Dated, ended, taken, unexplained
from cadastre.settling.known_uses import with_unknown_codes
from cadastre.settling.precedence import asserted_by, source_of
from cadastre.settling.rulings import (
    NOTHING_RULED,
    Rulings,
    areas_accepted,
    certificate_states,
    settled_across,
    weigh_ruled,
)
from cadastre.settling.validity import valid_from, valid_to
from cadastre.settling.waiting_values import Bounds, in_question, is_waiting, kept_waiting
from cadastre.settling.weighing import Assertion, Paper, assertion
from cadastre.words.eras import period_of
from schemas.disputes import Decided
from schemas.documents import Era, Kind
from schemas.entries import Entry, FieldValue, LandUse, Value
from schemas.outcomes import Finding
from schemas.parcels import Claim, Link, Parcel, ParcelKey
from schemas.precedence import When
from schemas.tables import Tables

__all__ = ["PUBLISHED", "key_of", "settle"]

_EVER = ("", "9999-99-99")


def key_of(entry: Entry) -> ParcelKey | None:
    """Return the parcel's key; None until unit, sheet and parcel number are accepted or confirmed."""
    if entry.status == "rejected" or entry.era is None:
        return None
    unit, sheet, parcel = (taken(entry, name) for name in ("unit_code", "sheet_no", "parcel_no"))
    if unit is None or sheet is None or parcel is None:
        return None
    era: Era = "299" if entry.era == "1988" else entry.era  # papers of 1988 went on with the maps of 1980
    return ParcelKey(str(unit.value), era, str(sheet.value), str(parcel.value))


@dataclass(frozen=True, slots=True)
class _Days:
    """The first and last day of each era, as texts that compare."""

    of_era: Mapping[Era | None, tuple[str, str]]

    @classmethod
    def of(cls, tables: Tables) -> _Days:
        spans: dict[Era | None, tuple[str, str]] = {None: _EVER}
        for span in tables.eras:
            period = period_of(span.era, tables)
            first = period.first.isoformat() if period.first else _EVER[0]
            spans[span.era] = (first, period.last.isoformat() if period.last else _EVER[1])
        return cls(spans)

    def around(self, entry: Entry) -> tuple[str, str, str | None]:
        """Return the first and last day on which the paper may have been made, and its day where it has one."""
        issued = taken(entry, "asserted_on") or taken(entry, "issued_on")
        if issued is None:
            return (*self.of_era[entry.era], None)
        day = str(issued.value)
        lacking = max(0, len(day) - 4)
        return day + "-00-00"[lacking:], day + "-99-99"[lacking:], day


class _Papers(NamedTuple):
    """The papers of a parcel, which of them are over and why, and unexplained successions."""

    papers: list[Paper]
    over: Mapping[str, str]
    succeeded: tuple[tuple[str, str], ...]


def _papers(
    of_key: Sequence[tuple[ParcelKey, int, Sequence[Entry]]], days: _Days, tables: Tables, rulings: Rulings
) -> _Papers:
    """Return the papers of a parcel and of its older numbers, each with its place in the order, and what is over."""
    dated = [
        (key, Dated(entry, first, last, day is not None, back), day)
        for key, back, entries in of_key
        for entry in entries
        for first, last, day in (days.around(entry),)
    ]
    every = [one for _, one, _ in dated]
    states = certificate_states([one.entry for one in every], rulings) if rulings.certificates else {}
    over = ended(every, states)
    papers: list[Paper] = []
    for key, one, day in dated:
        entry = one.entry
        holds = _holds(entry, over)
        serial = taken(entry, "serial") if entry.kind == "gcn" else None
        papers.append(
            Paper(
                entry, key, one.series_back, one.first, one.last, day,
                source_of(tables.precedence, "legal", entry.kind, entry.era, holds),
                source_of(tables.precedence, "measured", entry.kind, entry.era, holds),
                (entry.kind, str(serial.value) if serial is not None else entry.document_id),
                states.get(entry.entry_id),
            )
        )  # fmt: skip
    return _Papers(papers, over, unexplained(every, over))


def _holds(entry: Entry, over: Mapping[str, str]) -> frozenset[When]:
    """Return which conditions of the order are so of the paper."""
    if entry.kind in OF_CERTIFICATES:
        return _SUPERSEDED if entry.entry_id in over else _IN_FORCE
    drawn = any(taken(entry, name) is not None for name in ("shape", "corners"))
    return _BOUNDARY if drawn else _NOTHING


_NOTHING: frozenset[When] = frozenset()
_NOTED: frozenset[When] = frozenset({"note"})
_IN_FORCE: frozenset[When] = frozenset({"in_force"})
_SUPERSEDED: frozenset[When] = frozenset({"superseded"})
_BOUNDARY: frozenset[When] = frozenset({"boundary"})


def _claims(
    papers: Sequence[Paper],
    tables: Tables,
    rulings: Rulings,
    *,
    waiting: Bounds | None = None,
) -> tuple[Claim, ...]:
    """Return the claims of all that is taken; with `waiting`, of these attributes alone, what waits counted too."""
    by_attribute: dict[str, list[Assertion]] = {}
    for paper in papers:
        fields = paper.entry.fields
        for name, (attribute, sort) in asserted_by(paper.entry.kind, fields).items():
            field = fields.get(name)
            if field is None or (waiting and attribute not in waiting):
                continue
            read = field.value is not None and field.status in ("accepted", "confirmed")
            if not read and not (waiting and is_waiting(attribute, field, paper, waiting)):
                continue
            made = assertion(attribute, field.value, paper, field, measured=sort == "measured")
            by_attribute.setdefault(attribute, []).append(made)
        note = fields.get("change_note")
        if note is not None and note.status in ("accepted", "confirmed") and paper.entry.kind in _REGISTERS_CHANGES:
            for attribute, changed in _changed(paper, note, papers, tables):
                if waiting and attribute not in waiting:
                    continue
                by_attribute.setdefault(attribute, []).append(changed)

    def weighed(name: str, some: Sequence[Assertion]) -> list[Claim]:
        return weigh_ruled(name, some, _order, rulings)

    return tuple(
        claim
        for name in sorted(by_attribute)
        for claim in with_unknown_codes(name, by_attribute[name], weighed, tables)
    )


#: Papers on which a change is registered.
_REGISTERS_CHANGES: tuple[Kind, ...] = ("gcn", "so_dia_chinh")


def _changed(
    paper: Paper, note: FieldValue, papers: Sequence[Paper], tables: Tables
) -> Iterator[tuple[str, Assertion]]:
    """Yield what a note changed, as far as no certificate in force was signed after it."""
    if not isinstance(note.value, str) or paper.legal.when == "superseded":
        return
    signed = max((one.first for one in papers if one.legal.when == "in_force" and one.day), default="")
    source = source_of(tables.precedence, "legal", paper.entry.kind, paper.entry.era, _NOTED)
    for change in changes_of(note.value, tables).values():
        own = not signed or (paper.entry.kind == "gcn" and paper.first == signed)
        if change.day >= signed if change.day else own:
            dated = paper._replace(first=change.day, last=change.day, day=change.day) if change.day else paper
            name = change.attribute
            yield name, assertion(name, change.value, dated, note, measured=False, source=source)


def _order(a: Assertion) -> tuple[str, ParcelKey]:
    return a.paper.entry.entry_id, a.paper.key


def _number(value: Value) -> float | None:
    return value if isinstance(value, float) else None


def _uses(value: Value) -> tuple[LandUse, ...]:
    parts = value if isinstance(value, tuple) else ()
    return tuple(use for use in parts if isinstance(use, LandUse))


@dataclass(frozen=True, slots=True)
class _Scope:
    """All that a settling was handed, looked up by key."""

    entries: Mapping[ParcelKey, Sequence[Entry]]
    elders: Mapping[ParcelKey, tuple[Elder, ...]]
    perhaps: Mapping[ParcelKey, tuple[Elder, ...]]  # over steps that are not sure too
    doubted: frozenset[ParcelKey]
    first: Mapping[ParcelKey, str | None]
    last: Mapping[ParcelKey, str]
    across: Mapping[str, Sequence[Finding]]
    left_behind: Collection[ParcelKey]
    over: Collection[ParcelKey]
    days: _Days
    rulings: Rulings
    tables: Tables


_Sources = Sequence[tuple[ParcelKey, int, Sequence[Entry]]]


def _sources(key: ParcelKey, lines: Mapping[ParcelKey, tuple[Elder, ...]], scope: _Scope) -> _Sources:
    """Return the papers of a parcel and of its older numbers, by number and map series back."""
    line = [elder for elder in lines.get(key, ()) if elder.key in scope.entries]
    own = (key, 0, scope.entries[key])
    return [own, *((elder.key, elder.series_back, scope.entries[elder.key]) for elder in line)]


def _parcel(key: ParcelKey, scope: _Scope) -> Parcel:
    own = scope.entries[key]
    sources = _sources(key, scope.elders, scope)
    papers, over, succeeded = _papers(sources, scope.days, scope.tables, scope.rulings)
    claims = _claims(papers, scope.tables, scope.rulings)
    if waiting := in_question(claims, papers):
        claims = kept_waiting(claims, _claims(papers, scope.tables, scope.rulings, waiting=waiting))
    if len(perhaps := _sources(key, scope.perhaps, scope)) > len(sources):
        then = _claims(_papers(perhaps, scope.days, scope.tables, scope.rulings)[0], scope.tables, scope.rulings)
        claims = held_back(claims, then, scope.tables.precedence)
    standing: dict[str, Value] = {}
    for claim in claims:
        if claim.standing == "current":
            standing.setdefault(claim.attribute, claim.value)
    ring, note = plot(standing.get("corners"), key, scope.tables)
    shape = stands(standing.get("shape"))
    entries = [entry for _, _, of_key in sources for entry in of_key]
    across = [
        (entry.entry_id, settled_across(entry, finding, scope.rulings))
        for entry in entries
        for finding in scope.across.get(entry.entry_id, ())
    ]
    drawn = ring is not None or shape is not None
    graded_as = graded(
        Evidence(
            own,
            entries,
            claims,
            standing,
            key in scope.doubted or waits(claims),
            across,
            drawn,
            over,
            key in scope.left_behind,
            key in scope.over,
            areas_accepted(claims, scope.rulings),
        ),
        scope.tables,
    )
    mine = {entry.entry_id for entry in own}
    user_type = standing.get("user_type")
    return Parcel(
        key=key,
        area_m2=_number(standing.get("area_m2")),
        legal_area_m2=_number(standing.get("legal_area_m2")),
        land_use=_uses(standing.get("land_use")),
        user_type=user_type if isinstance(user_type, str) else None,
        grade=graded_as.grade,
        status=graded_as.status,
        valid_from=scope.first[key],
        entry_ids=tuple(sorted({entry.entry_id for entry in entries})),
        ring=None if shape else ring,
        geometry_note=None if shape else note,
        claims=claims,
        attributes={n: value for n, value in standing.items() if n not in ("owners", "change_note", "shape")},
        shape=shape,
        valid_to=scope.last.get(key),
        grade_reasons=graded_as.reasons,
        across=tuple(one for one in across if one[0] in mine),
        unexplained=succeeded,
    )


def settle(
    entries: Sequence[Entry],
    tables: Tables,
    links: Sequence[Link] = (),
    *,
    keys: Mapping[str, ParcelKey] | None = None,
    anew: Collection[Sheet] = (),
    over: Mapping[ParcelKey, str | None] | None = None,
    decided: Sequence[Decided] = (),
) -> list[Parcel]:
    """Return the parcels that the entries are about, by key; the order of entries and links changes nothing.

    `links` are steps of lineage: over those that are sure (`grading.SURE_LINK`) a parcel has what papers said of its
    older numbers, the others make it wait. The entries of all their keys belong to `entries`, those
    of keys without entries are passed over. `keys` gives the parcel's key by entry id where it is not the paper's own
    (`key_of`), as where a later paper speaks in an earlier map series' numbers.
    `anew` are sheets that were drawn anew (`drawn_anew`): what is left of their parcels waits, but for those that are
    `over` (`numbers_over`): these have a last day.
    `decided` is what people ruled where papers do not agree, the later rulings last.
    """
    of_key: dict[ParcelKey, dict[str, Entry]] = defaultdict(dict)
    for entry in entries:
        own = key_of(entry)
        if own is not None:
            of_key[(keys or {}).get(entry.entry_id, own)][entry.entry_id] = entry
    papers = {key: [found[entry_id] for entry_id in sorted(found)] for key, found in of_key.items()}
    steps = _distinct(links)
    sure = [link for link in steps if link.p >= SURE_LINK]
    doubted = frozenset(link.newer for link in steps if link.p < SURE_LINK)
    over = over or {}
    left = left_behind(papers, steps, anew) - over.keys()
    first = valid_from(papers, steps, tables)
    scope = _Scope(
        papers, elders(sure), elders(steps), doubted, first, valid_to(first, steps, tables, over),
        findings_across(papers, sure), left, over, _Days.of(tables),
        Rulings.of(decided) if decided else NOTHING_RULED, tables,
    )  # fmt: skip
    return [_parcel(key, scope) for key in sorted(papers)]


def _distinct(links: Iterable[Link]) -> list[Link]:
    """Return the links in one order, each once; of two that say the same step the surer one."""
    best: dict[tuple[ParcelKey, ParcelKey, str], Link] = {}
    for link in sorted(links):
        step = (link.older, link.newer, link.relation)
        if step not in best or best[step].p <= link.p:
            best[step] = link
    return list(best.values())
