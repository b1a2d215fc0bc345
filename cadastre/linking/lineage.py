"""The lineage of parcels: what each became on the next map, in the next commune, or when it was divided or joined.

A graph without cycles: a step goes from an older numbering to a newer one, or inside one numbering from a parcel to
those that were cut from it or to the one that it was joined to (domain.md 8.1 to 8.4).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import duckdb

from cadastre.linking.alignment import in_row
from cadastre.linking.assignment import Chosen, choose, heard, hypotheses
from cadastre.linking.comparisons import LEVELS, level_of
from cadastre.linking.divisions import within_sheets
from cadastre.linking.expectations import expectations
from cadastre.linking.extracts import of_extracts
from cadastre.linking.hypothesis import Hypothesis
from cadastre.linking.link_probability import Seen, probability
from cadastre.linking.link_support import at_odds, supports
from cadastre.linking.linkage import Pairs, Search, weights_of
from cadastre.linking.lots import Lot, lots_of
from cadastre.linking.misplaced_rows import misplaced
from cadastre.linking.parts import sum_told
from cadastre.linking.shapes import on_same_ground, parted_ground
from cadastre.numberings.mentions import Mention
from cadastre.numberings.series import numberings
from schemas.documents import Era
from schemas.parcels import SAID, Link, ParcelKey, Relation, Said, SheetSaid
from schemas.tables import Tables
from schemas.weights import Weights

_ANCHOR = 0.9
_ROUNDS = 3  # the search is repeated with what is likely by then of the parcels around
_ON_ITS_GROUND = 20.0  # bits of parts that are drawn on the ground of their whole
_LEAST = -6.0  # bits, apart from the area, below which a pair is not looked at
_LEAST_IN_ROW = 1.0  # bits below which the parcels around would not make a pair likely either
#: A parcel that holds so little, or so much, of the older one's area is a part of it, or more than it.
_PART, _MORE = 0.8, 1.25


@dataclass(frozen=True, slots=True)
class Reconciled:
    """The map series of each paper (entry id), the lots, the steps between them, and what is seen of each step."""

    series: Mapping[str, Era]
    lots: Sequence[Lot]
    links: tuple[Link, ...]
    seen: Mapping[tuple[ParcelKey, ParcelKey], Seen]


def reconcile(
    mentions: Sequence[Mention],
    tables: Tables,
    weights: Weights,
    conn: duckdb.DuckDBPyConnection,
    said: Sequence[Said | SheetSaid] = (),
) -> Reconciled:
    """Return which lots the mentions are of and how they follow each other; their order changes nothing.

    `said` is what people answered; it stands above what the papers suggest.
    """
    series = numberings(mentions, tables)
    lots = sorted(lots_of(mentions, series, tables), key=lambda lot: (lot.order, lot.since, lot.key))
    found = search(lots, weights, tables, conn, said)
    pairs, inside, chosen = found.pairs, found.inside, found.chosen
    sure = [one for one in chosen if one.p >= _ANCHOR]
    chosen = choose(heard(lots, _among(hypotheses(lots, pairs, sure, said, inside), inside, sure), said))
    affirmed = {(one.older, one.newer) for one in said if isinstance(one, Said) and one.yes}
    steps = _acyclic(step for one in chosen for step in _steps(lots, one))
    ends = [(lots[step.older].key, lots[step.newer].key) for step in steps]
    seen = dict(zip(ends, _seen(lots, steps, pairs), strict=True))
    links = [_link(lots, step, seen[of], pairs, said=of in affirmed) for step, of in zip(steps, ends, strict=True)]
    return Reconciled(series, lots, tuple(sorted(links)), seen)


@dataclass(frozen=True, slots=True)
class Round:
    """The last round of a search: the pairs as they are weighed by what was found of their neighbours, and the answer.

    `likely` are the pairs whose rows were looked at, `inside` what may have been divided or joined in each sheet.
    """

    likely: Pairs
    pairs: Pairs
    inside: Sequence[Hypothesis]
    chosen: Sequence[Chosen]


def search(
    lots: Sequence[Lot],
    weights: Weights,
    tables: Tables,
    conn: duckdb.DuckDBPyConnection,
    said: Sequence[Said | SheetSaid] = (),
) -> Round:
    """Return the last round of the search among lots: each starts from what is likely by then of the neighbours."""
    shapes = on_same_ground(lots)
    inside = within_sheets(lots) + of_extracts(lots)
    inside += [Hypothesis(older, newer, _ON_ITS_GROUND) for older, newer in parted_ground(lots, shapes)]
    looking = Search(lots, weights, tables, conn, shapes)
    pairs = looking.pairs()
    for _ in range(_ROUNDS):
        chosen = choose(heard(lots, hypotheses(lots, pairs, said=said, inside=inside) + inside, said))
        likely = pairs.only(pairs.weight >= _LEAST_IN_ROW)
        rows = in_row(lots, likely.older, likely.newer, _settled(lots, chosen))
        pairs = looking.pairs(expectations(lots, chosen), rows, least=_LEAST)
    chosen = choose(heard(lots, hypotheses(lots, pairs, said=said, inside=inside) + inside, said))
    return Round(likely, pairs, inside, chosen)


def _among(found: list[Hypothesis], inside: Iterable[Hypothesis], sure: Iterable[Chosen]) -> list[Hypothesis]:
    """Return the hypotheses with those inside a sheet that nothing sure excludes."""
    taken = {one.hypothesis for one in sure}
    return found + [h for h in inside if h not in taken]


def _settled(lots: Sequence[Lot], chosen: Iterable[Chosen]) -> set[tuple[int, int]]:
    """Return the lots that surely went on, with the order of the series in which they did."""
    return {
        (older, lots[newer].order)
        for one in chosen
        if one.p >= _ANCHOR
        for older, newer in (*one.hypothesis.steps, *one.hypothesis.further)
    }


@dataclass(frozen=True, slots=True)
class _Step:
    """A step of the answer, with the linker's own odds that it is right, and what is `told` of it inside a sheet.

    `together` is what the areas of all parts of a division or joining tell, which single ones do not.
    """

    older: int
    newer: int
    relation: Relation
    odds: float
    told: tuple[str, ...]
    together: tuple[str, ...]


def _steps(lots: Sequence[Lot], one: Chosen) -> Iterable[_Step]:
    """Yield the steps of a hypothesis."""
    h = one.hypothesis
    together = sum_told(lots, h.older, h.newer) if len(h.older) + len(h.newer) > 2 and not h.told else ()
    for a, b in (*h.steps, *h.further):
        apart = (a, b) in h.further
        joined = not apart and len(h.older) > 1  # what was put together and divided anew was joined first
        parted = not apart and not joined and (len(h.newer) > 1 or h.kept)
        relation = _relation(lots[a], lots[b], parted=parted, joined=joined)
        yield _Step(a, b, relation, one.p, h.told.get((a, b), ()), together if (a, b) in h.steps else ())


def _seen(lots: Sequence[Lot], steps: Sequence[_Step], pairs: Pairs) -> list[Seen]:
    """Return what is seen of each step: what speaks for it, and how the others bear it out."""
    support = supports(lots, [(step.older, step.newer) for step in steps])
    odd = {n: at_odds(lots[n]) for n in {end for step in steps for end in (step.older, step.newer)}}
    odd |= dict.fromkeys(misplaced(lots), True)
    out = []
    for step in steps:
        older, newer = lots[step.older], lots[step.newer]
        printed, bits = evidence(lots, step.older, step.newer, pairs)
        out.append(
            Seen(
                step.relation,
                (older.key.unit, older.key.era, older.key.sheet) == (newer.key.unit, newer.key.era, newer.key.sheet),
                {name: level for name, (level, _) in bits.items()} | dict(one.split(":")[:2] for one in step.told),
                step.odds,
                len(printed),
                (len(older.mentions), len(newer.mentions)),
                support[step.older, step.newer],
                (older.key.unit, older.key.sheet, older.key.parcel)
                == (newer.key.unit, newer.key.sheet, newer.key.parcel),
                odd[step.older] or odd[step.newer],
            )
        )
    return out


def _link(lots: Sequence[Lot], step: _Step, seen: Seen, pairs: Pairs, *, said: bool) -> Link:
    """Return the step with what speaks for it; what a person affirmed is not weighed by what was counted of others."""
    printed, bits = evidence(lots, step.older, step.newer, pairs)
    if "holder" in bits and _is_by_note(lots[step.older], lots[step.newer], bits["holder"][0]):
        bits["note"] = ("passed_on", bits.pop("holder")[1])
    alone = ((name, level, weight) for name, (level, weight) in bits.items() if name != "area" or not step.together)
    told = (*step.together, *(f"{name}:{level}:{weight:+.1f}" for name, level, weight in alone))
    p, word = (round(step.odds, 4), (SAID,)) if said else (probability(seen), ())
    return Link(lots[step.older].key, lots[step.newer].key, step.relation, p, (*printed, *word, *told, *step.told))


def _is_by_note(older: Lot, newer: Lot, level: str) -> bool:
    """Return whether names agree by a note alone, which tells from whom the land came or to whom it passed."""
    return level.startswith("name_of_") and older.names.isdisjoint(newer.names)


def _relation(older: Lot, newer: Lot, *, parted: bool, joined: bool) -> Relation:
    if parted or joined:
        return "split" if parted else "merge"
    if newer.suffix and not older.suffix and (older.key.era, older.number) == (newer.key.era, newer.number):
        return "split"
    if older.key.unit != newer.key.unit and (older.key.sheet, older.key.parcel) == (newer.key.sheet, newer.key.parcel):
        return "unit_change"
    before, after = older.area, newer.area
    ratio = after / before if before and after else 1.0
    if ratio < _PART and any(m.carved for m in newer.mentions):
        return "split"
    if ratio > _MORE and any(m.joined for m in newer.mentions):
        return "merge"
    return "same"


def evidence(
    lots: Sequence[Lot], older: int, newer: int, pairs: Pairs
) -> tuple[tuple[str, ...], dict[str, tuple[str, float]]]:
    """Return what speaks for and against a pair: papers that print the bridge, and each comparison's level and bits."""
    a, b = lots[older], lots[newer]
    place = f"{a.key.sheet}/{a.key.parcel}"
    apart = (a.key.unit, a.key.era, a.key.sheet) != (b.key.unit, b.key.era, b.key.sheet)
    told = [old for old in (place, f"?/{a.key.parcel}") if old in b.olds and not (apart and old in b.inside)]
    printed = [entry for old in told for entry in b.olds[old]]
    if not a.suffix and a.key.era != b.key.era:  # a paper names a part of it that nobody shows: `2/109a` of 2/109
        letters = [old for old in b.olds if old[:-1] == place and old[-1].isalpha()]
        printed += [entry for old in letters for entry in b.olds[old]]
    bits: dict[str, tuple[str, float]] = {}
    at = pairs.place(older, newer)
    for name in LEVELS if at is not None else ():
        gamma = int(pairs.levels[name][at])
        if gamma >= 0:
            bits[name] = level_of(name, gamma), float(weights_of(name, pairs.weights)[gamma + 1])
    return tuple(f"printed:{entry}" for entry in dict.fromkeys(printed)), bits


def _acyclic(steps: Iterable[_Step]) -> list[_Step]:
    """Return the steps, each pair of lots once, without the least likely one of any cycle."""
    kept: dict[tuple[int, int], _Step] = {}
    onward: dict[int, set[int]] = defaultdict(set)
    for step in sorted(steps, key=lambda one: (-one.odds, one.older, one.newer, one.relation)):
        ends = (step.older, step.newer)
        if ends not in kept and not _leads(step.newer, step.older, onward):
            kept[ends] = step
            onward[step.older].add(step.newer)
    return [kept[ends] for ends in sorted(kept)]


def _leads(start: int, goal: int, onward: Mapping[int, set[int]]) -> bool:
    waiting, seen = [start], {start}
    while waiting:
        for following in onward.get(waiting.pop(), ()):
            if following == goal:
                return True
            if following not in seen:
                seen.add(following)
                waiting.append(following)
    return False
