"""The parcels that the papers held make, each with the values that stand, its days, grade and state."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from cadastre.ground.plots import plot, stands
from cadastre.settling.across_papers import findings_across
from cadastre.settling.chains import Elder, elders
from cadastre.settling.claims import claims_of
from cadastre.settling.contradictions import later_contradictions
from cadastre.settling.dated_papers import Days, papers_of
from cadastre.settling.doubtful_steps import held_back, waits
from cadastre.settling.drawn_anew import Sheet, left_behind
from cadastre.settling.grading import SURE_LINK, Evidence, graded
from cadastre.settling.keys import key_of
from cadastre.settling.passed_on import held_where_passed_on
from cadastre.settling.rulings import NOTHING_RULED, Rulings, areas_accepted, settled_across
from cadastre.settling.validity import valid_from, valid_to
from cadastre.settling.waiting_values import in_question, kept_waiting
from schemas.disputes import Decided
from schemas.entries import Entry, LandUse, Value
from schemas.outcomes import Finding
from schemas.parcels import SAID, Link, Parcel, ParcelKey
from schemas.tables import Tables


@dataclass(frozen=True, slots=True)
class _Scope:
    """All that a settling was handed, looked up by key."""

    entries: Mapping[ParcelKey, Sequence[Entry]]
    elders: Mapping[ParcelKey, tuple[Elder, ...]]
    perhaps: Mapping[ParcelKey, tuple[Elder, ...]]  # over steps that are not sure too
    doubted: frozenset[ParcelKey]
    affirmed: frozenset[ParcelKey]  # a person said that all steps to its older numbers are right
    first: Mapping[ParcelKey, str | None]
    last: Mapping[ParcelKey, str]
    across: Mapping[str, Sequence[Finding]]
    left_behind: Collection[ParcelKey]
    over: Collection[ParcelKey]
    days: Days
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
    papers, over, succeeded = papers_of(sources, scope.days, scope.tables, scope.rulings)
    claims = claims_of(papers, scope.tables, scope.rulings)
    if waiting := in_question(claims, papers):
        claims = kept_waiting(claims, claims_of(papers, scope.tables, scope.rulings, waiting=waiting))
    if len(perhaps := _sources(key, scope.perhaps, scope)) > len(sources):
        then = claims_of(papers_of(perhaps, scope.days, scope.tables, scope.rulings)[0], scope.tables, scope.rulings)
        claims = held_back(claims, then, scope.tables.precedence)
    by_id = {paper.entry.entry_id: paper.entry for paper in papers}
    kinds = {name: entry.kind for name, entry in by_id.items()}
    claims = held_where_passed_on(claims, later_contradictions(claims, kinds, scope.tables), by_id)
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
            key in scope.affirmed,
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
    affirmed = frozenset(link.newer for link in steps) - {link.newer for link in steps if SAID not in link.evidence}
    over = over or {}
    left = left_behind(papers, steps, anew) - over.keys()
    first = valid_from(papers, steps, tables)
    scope = _Scope(
        papers, elders(sure), elders(steps), doubted, affirmed, first, valid_to(first, steps, tables, over),
        findings_across(papers, sure), left, over, Days.of(tables),
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


def _number(value: Value) -> float | None:
    return value if isinstance(value, float) else None


def _uses(value: Value) -> tuple[LandUse, ...]:
    parts = value if isinstance(value, tuple) else ()
    return tuple(use for use in parts if isinstance(use, LandUse))
