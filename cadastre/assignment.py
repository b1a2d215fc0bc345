"""One consistent answer out of scored pairs: each lot goes on once and comes from one place, whole or in parts.

A hypothesis says that an older lot is a newer one, was divided into several, or was joined with others. Those are
chosen that together have most weight, by mixed integer programming (HiGHS) over the lots that compete.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import combinations, pairwise, product
from math import log2

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components

from cadastre.linkage import Pairs
from cadastre.lots import Lot
from cadastre.parts import Parts
from cadastre.told_sheets import sheet_bits
from schemas.parcels import Said, SheetSaid

_AFFIRMED = 90.0  # bits of a person's word
_LEAST_STEP = -3.0  # bits that must speak for each step over a lot between
_GAIN, _MOST_WAYS = 1.0, 4  # bits that a way must add to its steps, and so many ways between two lots are weighed

Way = tuple[int, ...]
"""Lots on maps that follow each other, each of which became the next."""
End = tuple[str, int]
"""A way "in" to a lot, or "out" of it, or ground "cut" from it; of one answer only one hypothesis has it."""


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """Older lots that became newer ones, by their numbers, with the bits that speak for it; one side has one lot.

    `kept`: the older lot lost ground to the newer ones and goes on under its number. `via` are the lots between the
    two, on maps between; `before` are steps from lots of older maps to the older ones. `ends` are those of all lots.
    """

    older: tuple[int, ...]
    newer: tuple[int, ...]
    weight: float
    kept: bool = False
    via: tuple[int, ...] = ()
    before: tuple[tuple[int, int], ...] = ()
    ends: tuple[End, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        between = [(end, lot) for lot in self.via for end in ("in", "out")]
        onward = "cut" if self.kept else "out"
        earlier = [end for older, newer in self.before for end in (("out", older), ("in", newer))]
        ends = (*((onward, lot) for lot in self.older), *(("in", lot) for lot in self.newer), *between, *earlier)
        object.__setattr__(self, "ends", ends)

    @property
    def steps(self) -> tuple[tuple[int, int], ...]:
        """Return the steps from lot to lot, those before left out."""
        if self.via:
            return tuple(pairwise((self.older[0], *self.via, self.newer[0])))
        return tuple(product(self.older, self.newer))


@dataclass(frozen=True, slots=True)
class Chosen:
    """A hypothesis of the answer, and the probability that it is right beside those that it excludes."""

    hypothesis: Hypothesis
    p: float


def priors(lots: Sequence[Lot], settled: Collection[int] = ()) -> dict[tuple[str, int], float]:
    """Return for each scope and series the bits against any one of its lots being the one looked for.

    `settled` are lots of which it is known where they come from: they are not among those looked for.
    """
    counts: dict[tuple[str, int], int] = defaultdict(int)
    for number, lot in enumerate(lots):
        if number not in settled:
            counts[lot.scope, lot.order] += 1
    return {place: -log2(max(count, 8)) for place, count in counts.items()}


def heard(lots: Sequence[Lot], found: Iterable[Hypothesis], said: Iterable[Said | SheetSaid]) -> list[Hypothesis]:
    """Return the hypotheses as people's words leave them: what they denied is gone, what they affirmed weighs most."""
    number = {lot.key: n for n, lot in enumerate(lots)}
    yes: set[tuple[int, int]] = set()
    no: set[tuple[int, int]] = set()
    ended: set[int] = set()
    only: dict[tuple[str, str, str], set[tuple[str, str, str]]] = {}
    for one in said:
        if isinstance(one, SheetSaid):
            only.setdefault(one.older, set()).update(one.newer)
        elif one.older in number and one.newer is None and one.yes:
            ended.add(number[one.older])
        elif one.older in number and one.newer in number:
            (yes if one.yes else no).add((number[one.older], number[one.newer]))
    kept = [h for h in found if not _denied(lots, h, no, ended, only)]
    affirmed = _affirmed(lots, yes, {(h.older, h.newer) for h in kept if h.kept})
    ends = {(h.older, h.newer) for h in affirmed}
    # one that stands beside itself would be its own rival
    return [h for h in kept if h.via or (h.older, h.newer) not in ends] + affirmed


def _affirmed(
    lots: Sequence[Lot], yes: Iterable[tuple[int, int]], partly: Collection[tuple[tuple[int, ...], tuple[int, ...]]]
) -> list[Hypothesis]:
    """Return the affirmed pairs as hypotheses: several parcels of one map are a division or are joined.

    `partly` are those of which the older lot goes on under its number.
    """
    onward: dict[tuple[int, int], set[int]] = defaultdict(set)
    back: dict[tuple[int, int], set[int]] = defaultdict(set)
    for a, b in yes:
        onward[a, lots[b].order].add(b)
        back[b, lots[a].order].add(a)
    found: set[tuple[tuple[int, ...], tuple[int, ...]]] = {
        ((a,), tuple(sorted(some))) for (a, _), some in onward.items() if len(some) > 1
    }
    found |= {(tuple(sorted(some)), (b,)) for (b, _), some in back.items() if len(some) > 1}
    apart = {(a, b) for older, newer in found for a in older for b in newer}
    found |= {((a,), (b,)) for a, b in yes if (a, b) not in apart}
    return [Hypothesis(*ends, _AFFIRMED, kept=ends in partly) for ends in sorted(found)]


def _denied(
    lots: Sequence[Lot],
    h: Hypothesis,
    no: set[tuple[int, int]],
    ended: set[int],
    only: Mapping[tuple[str, str, str], set[tuple[str, str, str]]],
) -> bool:
    for a, b in (*h.steps, *h.before):
        if (a, b) in no or a in ended:
            return True
        one, other = lots[a].key, lots[b].key
        there = only.get((one.unit, one.era, one.sheet))
        same_map = there is not None and any((unit, era) == (other.unit, other.era) for unit, era, _ in there)
        if there is not None and same_map and (other.unit, other.era, other.sheet) not in there:
            return True
    return False


def hypotheses(
    lots: Sequence[Lot],
    pairs: Pairs,
    sure: Sequence[Chosen] = (),
    said: Iterable[Said | SheetSaid] = (),
    inside: Sequence[Hypothesis] = (),
) -> list[Hypothesis]:
    """Return what may have become of the lots, by the scored pairs; what is `sure` stands, and frees the rest of it.

    What people `said` of sheets narrows the search; what it excludes is left out by `heard`.
    """
    gone = {lot for one in sure for end, lot in one.hypothesis.ends if end == "out"}
    come = {lot for one in sure for end, lot in one.hypothesis.ends if end == "in"}
    free = ~(np.isin(pairs.older, list(gone)) | np.isin(pairs.newer, list(come)))
    pairs = pairs.only(free)
    prior = priors(lots, come)
    against = np.array([prior.get((lot.scope, lot.order), 0.0) for lot in lots])[pairs.newer]
    weight = pairs.weight + against + sheet_bits(lots, pairs, said)
    bare = weight - pairs.part("area")
    likely = np.flatnonzero(weight > 0)
    ends = zip(pairs.older[likely].tolist(), pairs.newer[likely].tolist(), weight[likely].tolist(), strict=True)
    out = [Hypothesis((a,), (b,), w) for a, b, w in ends]
    out += _chains(lots, pairs, weight, against)
    out += [Hypothesis((a,), some, w) for a, some, w in Parts(lots, pairs, bare, prior, come, newer=True).sums()]
    out += [Hypothesis(some, (b,), w) for b, some, w in Parts(lots, pairs, bare, prior, gone, newer=False).sums()]
    out += _over_divisions(pairs, weight, out, [h for h in inside if gone.isdisjoint(h.older)])
    return [one.hypothesis for one in sure] + out


def _over_divisions(
    pairs: Pairs, weight: NDArray[np.float64], found: Iterable[Hypothesis], inside: Iterable[Hypothesis]
) -> Iterator[Hypothesis]:
    """Yield the ways from a lot of an older map to one that was divided or joined inside its sheet.

    What speaks for the older lot and the parts speaks for this way too, by half of what it says more than the step.
    """
    into: dict[int, dict[int, float]] = defaultdict(dict)
    likely = np.flatnonzero(weight > _LEAST_STEP)
    for n in likely.tolist():
        into[int(pairs.newer[n])][int(pairs.older[n])] = float(weight[n])
    straight: dict[tuple[int, tuple[int, ...]], float] = defaultdict(float)
    for h in found:
        if not h.via and len(h.older) == 1:
            straight[h.older[0], h.newer] = max(h.weight, straight[h.older[0], h.newer])
    for h in inside:
        for between in h.older:
            for a, step in into[between].items() if between in into else ():
                ends = (h.newer, *((part,) for part in h.newer))
                over = max(straight.get((a, some), 0.0) for some in ends)
                if over > step:
                    yield replace(h, weight=h.weight + (step + over) / 2, before=((a, between),))


def _chains(
    lots: Sequence[Lot], pairs: Pairs, weight: NDArray[np.float64], against: NDArray[np.float64]
) -> Iterator[Hypothesis]:
    """Yield the ways from an older lot over one or two between to a newer one.

    Of all pairs of a way each comparison speaks by those that join its lots and say most: where a lot between says
    less, the ends speak for the way.
    """
    steps = np.flatnonzero(weight > _LEAST_STEP)
    at = dict(
        zip(zip(pairs.older[steps].tolist(), pairs.newer[steps].tolist(), strict=True), steps.tolist(), strict=True)
    )
    onward: dict[int, set[int]] = defaultdict(set)
    back: dict[int, set[int]] = defaultdict(set)
    for a, b in at:
        onward[a].add(b)
        back[b].add(a)
    over_one: list[Way] = []
    over_two: list[Way] = []
    for (a, d), n in at.items():
        apart = lots[d].order - lots[a].order
        if weight[n] <= 0 or apart < 1:
            continue
        over_one += [(a, b, d) for b in onward[a] & back[d]]
        if apart > 1:
            good = [b for b in onward[a] if weight[at[a, b]] > 0]
            ends = [c for c in back[d] if weight[at[c, d]] > 0]
            over_two += [(a, b, c, d) for b in good for c in ends if (b, c) in at and weight[at[b, c]] > 0]
    alone: dict[Way, float] = {ends: max(float(weight[n]), 0.0) for ends, n in at.items()}
    told = _told_of(over_one, at, pairs, against)
    one = {way: bits for way, bits in told.items() if bits > alone[way[:2]] + alone[way[1:]] + _GAIN}
    two = {
        way: bits
        for way, bits in _told_of(over_two, at, pairs, against).items()
        if bits
        > _GAIN
        + max(
            alone[way[:2]] + alone[way[1:3]] + alone[way[2:]],
            one.get(way[:3], 0.0) + alone[way[2:]],
            alone[way[:2]] + one.get(way[1:], 0.0),
        )
    }
    of_ends: dict[tuple[int, int], list[tuple[float, Way]]] = defaultdict(list)
    for way, bits in (*one.items(), *two.items()):
        if any(alone[step] > 0 for step in pairwise(way)):
            of_ends[way[0], way[-1]].append((bits, way))
    for some in of_ends.values():
        for bits, way in sorted(some, reverse=True)[:_MOST_WAYS]:
            yield Hypothesis((way[0],), (way[-1],), bits, via=way[1:-1])


def _told_of(
    ways: Sequence[Way], at: Mapping[tuple[int, int], int], pairs: Pairs, against: NDArray[np.float64]
) -> dict[Way, float]:
    """Return the bits of ways that are as long, each comparison weighed by the tree of pairs that says most."""
    if not ways:
        return {}
    many = len(ways[0])
    place = {(i, j): np.array([at.get((way[i], way[j]), -1) for way in ways]) for i, j in combinations(range(many), 2)}
    told = np.sum([against[place[i, i + 1]] for i in range(many - 1)], axis=0)
    for name in pairs.levels:
        part = pairs.part(name)
        bits = {ends: np.where(found >= 0, part[found], -np.inf) for ends, found in place.items()}
        told = told + np.max([np.sum([bits[ends] for ends in tree], axis=0) for tree in _trees(many)], axis=0)
    return dict(zip(ways, told.tolist(), strict=True))


@cache
def _trees(many: int) -> tuple[tuple[tuple[int, int], ...], ...]:
    """Return the sets of pairs of so many lots that join all of them without a ring."""
    joins = combinations(range(many), 2)
    return tuple(tree for tree in combinations(joins, many - 1) if _joins_all(tree, many))


def _joins_all(tree: Sequence[tuple[int, int]], many: int) -> bool:
    reached = {0}
    for _ in tree:
        reached |= {one for ends in tree if reached & set(ends) for one in ends}
    return len(reached) == many


def choose(found: Sequence[Hypothesis]) -> list[Chosen]:
    """Return the hypotheses that stand together with most weight, each with its probability."""
    ordered = sorted(found, key=lambda h: (h.older, h.newer))
    picked = _pick(ordered)
    holder: dict[End, float] = {}
    for h in picked:
        holder.update(dict.fromkeys(h.ends, h.weight))
    rivals: dict[End, list[Hypothesis]] = defaultdict(list)
    for h in ordered:
        for end in h.ends:
            rivals[end].append(h)
    return [Chosen(h, _probability(h, rivals, holder)) for h in picked]


def _probability(h: Hypothesis, rivals: Mapping[End, Sequence[Hypothesis]], holder: Mapping[End, float]) -> float:
    """Return the odds of the hypothesis against its rivals, each less what it would have to push aside."""
    own = set(h.ends)
    others = dict.fromkeys(other for end in h.ends for other in rivals[end] if other is not h)
    against = 1.0
    for other in others:
        aside = max((holder.get(end, 0.0) for end in other.ends if end not in own), default=0.0)
        against += 2.0 ** (min(other.weight - aside, h.weight + 40))
    share = 2.0**h.weight
    return float(share / (share + against))


def _pick(found: Sequence[Hypothesis]) -> list[Hypothesis]:
    """Return the heaviest set of hypotheses of which no two need one end of a lot."""
    rivals: dict[End, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for h in found:
        for end in h.ends:
            rivals[end] = sorted((*rivals[end], h.weight))[1:]
    taken: set[End] = set()
    picked: list[Hypothesis] = []
    for h in found:  # what outweighs all that it could push aside needs no weighing
        aside = sum(low if high == h.weight else high for low, high in (rivals[end] for end in h.ends))
        if h.weight >= aside and taken.isdisjoint(h.ends):
            picked.append(h)
            taken.update(h.ends)
    left = [h for h in found if taken.isdisjoint(h.ends)]
    for group in _competing(left):
        picked += _heaviest(group)
    return sorted(picked, key=lambda h: (h.older, h.newer))


def _competing(found: Sequence[Hypothesis]) -> list[list[Hypothesis]]:
    ends = sorted({end for h in found for end in h.ends})
    place = {end: n for n, end in enumerate(ends)}
    if not found:
        return []
    rows = [place[end] for h in found for end in h.ends]
    columns = [len(ends) + n for n, h in enumerate(found) for _ in h.ends]
    size = len(ends) + len(found)
    links = csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(size, size))
    count, labels = connected_components(links, directed=False)
    labels = labels[len(ends) :]
    groups: list[list[Hypothesis]] = [[] for _ in range(count)]
    for h, label in zip(found, labels, strict=True):
        groups[label].append(h)
    return groups


def _heaviest(group: Sequence[Hypothesis]) -> list[Hypothesis]:
    if len(group) == 1:
        return list(group)
    ends = sorted({end for h in group for end in h.ends})
    place = {end: n for n, end in enumerate(ends)}
    rows = [place[end] for h in group for end in h.ends]
    columns = [n for n, h in enumerate(group) for _ in h.ends]
    once = csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(ends), len(group)))
    answer = milp(
        c=-np.array([h.weight for h in group]),
        integrality=np.ones(len(group)),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(once, -np.inf, 1),
        options={"mip_rel_gap": 1e-6, "node_limit": 500},
    )
    if answer.x is None:
        return _greedy(group)
    return [h for h, share in zip(group, answer.x, strict=True) if share > 0.5]


def _greedy(group: Sequence[Hypothesis]) -> list[Hypothesis]:
    taken: set[End] = set()
    picked = []
    for h in sorted(group, key=lambda h: (-h.weight, h.older, h.newer)):
        if taken.isdisjoint(h.ends):
            picked.append(h)
            taken.update(h.ends)
    return picked
