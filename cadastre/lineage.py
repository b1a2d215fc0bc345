"""The lineage of parcels: what each became on the next map, in the next commune, or when it was divided or joined.

A graph without cycles: a step goes from an older numbering to a newer one, or inside one numbering from a parcel to
those that were cut from it or to the one that it was joined to (domain.md 8.1 to 8.4).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import duckdb

from cadastre.alignment import in_row
from cadastre.assignment import Chosen, choose, heard, hypotheses
from cadastre.comparisons import LEVELS, level_of
from cadastre.divisions import within_sheets
from cadastre.hypothesis import Hypothesis
from cadastre.link_probability import Seen, probability
from cadastre.link_support import supports
from cadastre.linkage import Pairs, Search, weights_of
from cadastre.lot_table import Expected, group_ids, sheet_ids
from cadastre.lots import Lot, lots_of
from cadastre.mentions import Mention
from cadastre.series import numberings
from cadastre.shapes import on_same_ground, parted_ground
from schemas.documents import Era
from schemas.parcels import Link, ParcelKey, Relation, Said, SheetSaid
from schemas.tables import Tables
from schemas.weights import Weights

_ANCHOR = 0.9
_ROUNDS, _LIKELY = 3, 0.7  # the search is repeated with what is likely by then of the parcels around
_ON_ITS_GROUND = 20.0  # bits of parts that are drawn on the ground of their whole
_LEAST = -6.0  # bits, apart from the area, below which a pair is not looked at
_LEAST_IN_ROW = 1.0  # bits below which the parcels around would not make a pair likely either
_NEIGHBOURS = 4
_FARTHEST, _BENT = 16, 2  # numbers to the neighbours that tell a line, and by how many a line may be longer
_FEW_ANCHORS, _MOST, _SOME, _KEPT = 5, 0.3, 0.08, 0.25
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
    inside = within_sheets(lots)
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
        for older, newer in (*one.hypothesis.steps, *one.hypothesis.before)
    }


def expectations(lots: Sequence[Lot], chosen: Iterable[Chosen]) -> dict[int, Expected]:
    """Return where each lot should lie on later maps, by what became of its neighbours in number and of its sheet."""
    sheets = sheet_ids(lots)
    home = [sheets[lot.key.unit, lot.key.era, lot.key.sheet] for lot in lots]
    found: dict[int, list[int]] = defaultdict(list)
    for one in chosen:
        h = one.hypothesis
        if one.p >= _LIKELY and len(h.older) == len(h.newer) == 1 and not h.kept:
            for older, newer in combinations((*h.older, *h.via, *h.newer), 2):
                found[older].append(newer)
        if one.p >= _LIKELY:
            for older, newer in h.before:
                found[older].append(newer)
    kept = _kept(lots, found)
    of_sheet: dict[int, list[int]] = defaultdict(list)
    for number in range(len(lots)):
        of_sheet[home[number]].append(number)
    out: dict[int, Expected] = {}
    for row in of_sheet.values():
        row.sort(key=lambda number: (lots[number].number or 0, lots[number].suffix))
        went = Counter(home[new] for n in row for new in found.get(n, ()))
        for place, number in enumerate(row):
            around = [n for n in row[max(0, place - _NEIGHBOURS) : place + _NEIGHBOURS + 1] if n != number]
            next_to = [n for n in row[max(0, place - 1) : place + 2] if n != number]
            there = [new for n in around for new in found.get(n, ())]
            others = went - Counter(home[new] for new in found.get(number, ()))
            group = kept.get((lots[number].key.unit, lots[number].key.era), ((), ()))
            if there or others or any(group):
                out[number] = Expected(
                    tuple(sorted({home[new] for new in there})),
                    _places(lots, home, there),
                    _places(lots, home, [new for n in next_to for new in found.get(n, ())]),
                    *_in_line(lots, home, found, row, place),
                    *_shares(others),
                    *group,
                )
    return out


def _places(lots: Sequence[Lot], home: Sequence[int], some: Iterable[int]) -> tuple[int, ...]:
    return tuple(sorted(_place(lots, home, n) for n in some))


def _place(lots: Sequence[Lot], home: Sequence[int], number: int) -> int:
    return home[number] * 100_000 + (lots[number].number or 0)


def _in_line(
    lots: Sequence[Lot], home: Sequence[int], found: Mapping[int, Sequence[int]], row: Sequence[int], place: int
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the places between two neighbours that went on in one line, and those so far from one as in this row.

    Maps number along rows of parcels, so a row often keeps its order on the next map, or turns it round.
    """
    own = lots[row[place]].number or 0
    sides: list[dict[int, tuple[int, int]]] = []  # by later sheet: the nearest place on it, and the gap to it
    line: list[int] = []
    for step in (-1, 1):
        nearest: dict[int, tuple[int, int]] = {}
        at = place + step
        while 0 <= at < len(row) and 0 <= (gap := abs((lots[row[at]].number or 0) - own)) <= _FARTHEST:
            for new in found.get(row[at], ()):
                there = _place(lots, home, new)
                nearest.setdefault(home[new], (there, gap))
                line += {there - gap, there + gap}
            at += step
        sides.append(nearest)
    amid = set()
    for sheet, (before, gap) in sides[0].items():
        if sheet in sides[1]:
            after, rest = sides[1][sheet]
            if abs(abs(after - before) - gap - rest) <= _BENT:
                amid.add(before + (gap if after > before else -gap))
    return tuple(sorted(amid)), tuple(sorted(line))


def _kept(
    lots: Sequence[Lot], found: Mapping[int, Sequence[int]]
) -> dict[tuple[str, str], tuple[tuple[int, ...], tuple[int, ...]]]:
    """Return for each numbering those of other communes that keep its numbers, and those that keep its parcels'."""
    groups = group_ids(lots)
    told: dict[tuple[str, str], dict[int, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for older, newer in ((a, b) for a, many in found.items() for b in many):
        one, other = lots[older].key, lots[newer].key
        if one.unit != other.unit:
            how = "other" if one.parcel != other.parcel else "kept" if one.sheet == other.sheet else "parcel_kept"
            told[one.unit, one.era][groups[other.unit, other.era]][how] += 1
    return {
        group: tuple(  # type: ignore[misc]
            tuple(sorted(other for other, count in others.items() if count[how] >= max(3, _KEPT * count.total())))
            for how in ("kept", "parcel_kept")
        )
        for group, others in told.items()
    }


def _shares(went: Counter[int]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the sheets that took in many, and some, of the parcels of a sheet."""
    if went.total() < _FEW_ANCHORS:
        return (), ()
    most = {sheet for sheet, count in went.items() if count >= _MOST * went.total()}
    some = {sheet for sheet, count in went.items() if count >= _SOME * went.total()}
    return tuple(sorted(most)), tuple(sorted(some))


@dataclass(frozen=True, slots=True)
class _Step:
    """A step of the answer, with the linker's own odds that it is right."""

    older: int
    newer: int
    relation: Relation
    odds: float


def _steps(lots: Sequence[Lot], one: Chosen) -> Iterable[_Step]:
    """Yield the steps of a hypothesis."""
    h = one.hypothesis
    for a, b in (*h.steps, *h.before):
        apart = (a, b) in h.before
        parted, joined = not apart and (len(h.newer) > 1 or h.kept), not apart and len(h.older) > 1
        yield _Step(a, b, _relation(lots[a], lots[b], parted=parted, joined=joined), one.p)


def _seen(lots: Sequence[Lot], steps: Sequence[_Step], pairs: Pairs) -> list[Seen]:
    """Return what is seen of each step: what speaks for it, and how the others bear it out."""
    support = supports(lots, [(step.older, step.newer) for step in steps])
    out = []
    for step in steps:
        older, newer = lots[step.older], lots[step.newer]
        printed, bits = evidence(lots, step.older, step.newer, pairs)
        out.append(
            Seen(
                step.relation,
                (older.key.unit, older.key.era, older.key.sheet) == (newer.key.unit, newer.key.era, newer.key.sheet),
                {name: level for name, (level, _) in bits.items()},
                step.odds,
                len(printed),
                (len(older.mentions), len(newer.mentions)),
                support[step.older, step.newer],
            )
        )
    return out


def _link(lots: Sequence[Lot], step: _Step, seen: Seen, pairs: Pairs, *, said: bool) -> Link:
    """Return the step with what speaks for it; what a person affirmed is not weighed by what was counted of others."""
    printed, bits = evidence(lots, step.older, step.newer, pairs)
    told = tuple(f"{name}:{level}:{weight:+.1f}" for name, (level, weight) in bits.items())
    p, word = (round(step.odds, 4), ("said",)) if said else (probability(seen), ())
    return Link(lots[step.older].key, lots[step.newer].key, step.relation, p, (*printed, *word, *told))


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
    printed = [entry for old in (place, f"?/{a.key.parcel}") for entry in b.olds.get(old, ())]
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
