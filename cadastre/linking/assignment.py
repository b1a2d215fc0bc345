"""One consistent answer out of scored pairs: each lot goes on once and comes from one place, whole or in parts.

A hypothesis says that an older lot is a newer one, was divided into several, or was joined with others. Those are
chosen that together have most weight, by mixed integer programming (HiGHS) over the lots that compete.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from heapq import nlargest
from math import log2

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components

from cadastre.linking.hypothesis import End, Hypothesis
from cadastre.linking.linkage import Pairs
from cadastre.linking.lots import Lot
from cadastre.linking.parts import Parts
from cadastre.linking.redrawn import affirmed_whole, redrawn
from cadastre.linking.told_sheets import sheet_bits
from cadastre.linking.ways import chains, over_divisions, parted_ways
from schemas.parcels import Said, SheetSaid

_AFFIRMED = 90.0  # bits of a person's word
_FEW_SETS = 1000  # so many sets of hypotheses are weighed faster one by one than by a program
_GAP = 1e-6  # as a share of the weight: so near the best is as good
_CLEARLY = 1e-4  # so much better is found by any search


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
    kept = [replace(h, weight=h.weight + _AFFIRMED) if affirmed_whole(h, yes) else h for h in kept]
    yes -= {step for h in kept if affirmed_whole(h, yes) for step in h.steps}
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
    for a, b in (*h.steps, *h.further):
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
    along = list(chains(lots, pairs, weight, against))
    sets = [Hypothesis((a,), some, w) for a, some, w in Parts(lots, pairs, bare, prior, come, newer=True).sums()]
    sets += [Hypothesis(some, (b,), w) for b, some, w in Parts(lots, pairs, bare, prior, gone, newer=False).sums()]
    out += [*along, *sets, *parted_ways(pairs, weight, along, sets), *redrawn(lots, pairs, bare)]
    out += over_divisions(pairs, weight, out, [h for h in inside if gone.isdisjoint(h.older)])
    return [one.hypothesis for one in sure] + out


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
    few = _of_few(group, place)
    if few is not None:
        return few
    rows = [place[end] for h in group for end in h.ends]
    columns = [n for n, h in enumerate(group) for _ in h.ends]
    once = csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(ends), len(group)))
    answer = milp(
        c=-np.array([h.weight for h in group]),
        integrality=np.ones(len(group)),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(once, -np.inf, 1),
        options={"mip_rel_gap": _GAP, "node_limit": 500},
    )
    if answer.x is None:
        return _greedy(group)
    return [h for h, share in zip(group, answer.x, strict=True) if share > 0.5]


def _of_few(group: Sequence[Hypothesis], place: Mapping[End, int]) -> list[Hypothesis] | None:
    """Return the heaviest set where few sets can stand and one clearly outweighs the others; None where it must be
    searched for.
    """
    standing = [(0.0, 0, 0)]  # bits, the ends that are taken, the hypotheses
    for n, h in enumerate(group):
        needs = sum(1 << place[end] for end in set(h.ends))
        standing += [
            (bits + h.weight, taken | needs, some | 1 << n) for bits, taken, some in standing if not taken & needs
        ]
        if len(standing) > _FEW_SETS:
            return None
    (best, _, some), (second, _, _) = nlargest(2, standing)
    if best - second <= _CLEARLY * max(best, 1.0):
        return None
    return [h for n, h in enumerate(group) if some >> n & 1]


def _greedy(group: Sequence[Hypothesis]) -> list[Hypothesis]:
    taken: set[End] = set()
    picked = []
    for h in sorted(group, key=lambda h: (-h.weight, h.older, h.newer)):
        if taken.isdisjoint(h.ends):
            picked.append(h)
            taken.update(h.ends)
    return picked
