"""Which lots of one map may together be a lot of another: parts that lie beside each other and make up its area.

New maps number along the ground, so the parts of a parcel bear numbers near each other (domain.md 8.1): where one part
lies is dear to know, where the next lies is cheap then.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import nlargest
from itertools import combinations, groupby, islice
from math import inf
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray

from cadastre.linking.change_notes import OFF, WIDEST_TOLD, ChangeNotes, widest
from cadastre.linking.linkage import Pairs, weights_of
from cadastre.linking.lots import Lot
from cadastre.linking.sums import gap_of

#: Bits that a sum of areas gives, by the gap between the sum and the whole.
_SUM_GAPS = ((0.004, 6.0), (0.01, 5.0), (0.02, 4.0), (0.04, 2.0), (0.08, -1.0))
_SUM_OFF = -8.0
_WIDEST = 0.08
_PARTED = -6.0  # divisions and joinings are rarer than parcels that stay
_MOST_PARTS = 4
_MOST_SETS = 12  # that are weighed against each other for one whole
_ANCHORS = 5  # lots that are tried as the part that is found first
_LEAST_PART = -4.0  # bits, without area, that must speak for that part
#: Bits that it costs to find a further part so many numbers from the first.
_BESIDE = {-3: 3.0, -2: 2.5, -1: 1.5, 1: 1.5, 2: 2.5, 3: 3.0}
_SEEN = np.inf  # both are drawn: where they lie is known without their neighbours
_LEAST_SHARE = 0.03  # a part is no smaller
_ROUNDING = 1e-9

Sums = Iterator[tuple[int, tuple[int, ...], float]]
"""A whole, its parts by their numbers, and the bits that speak for it."""


def sum_bits(total: float, whole: float) -> float:
    """Return the bits that areas give which should make up a whole, in m²."""
    gap = abs(total - whole) / whole
    return next((bits for bound, bits in _SUM_GAPS if gap <= bound), _SUM_OFF)


def sum_told(lots: Sequence[Lot], older: Sequence[int], newer: Sequence[int]) -> tuple[str, ...]:
    """Return how the areas of both sides agree, as evidence (`sum:level:bits`); empty where a lot has none."""
    few, many = ([lots[n].area for n in some] for some in sorted((older, newer), key=len))
    if not all(few) or not all(many):
        return ()
    whole, areas = sum(area for area in few if area), [area for area in many if area]
    return (f"sum:{gap_of(areas, whole)}:{sum_bits(sum(areas), whole):+.1f}",)


class Parts:
    """The lots by their places, and what speaks for each pair of a whole and a part apart from their areas."""

    def __init__(
        self,
        lots: Sequence[Lot],
        pairs: Pairs,
        weight: NDArray[np.float64],
        prior: Mapping[tuple[str, int], float],
        taken: Iterable[int],
        *,
        newer: bool,
    ) -> None:
        """Take scored pairs; the parts are the `newer` lots of the pairs or the older ones, but for those `taken`."""
        self._lots, self._prior, self._newer = lots, prior, newer
        self._pairs, self._weight = pairs, weight
        self._near = np.where(pairs.levels["shape"] < 0, np.maximum(pairs.part("around"), 0.0), _SEEN)
        self._area = np.array([lot.area or 0.0 for lot in lots])
        self._notes = ChangeNotes(lots, pairs, newer=newer)
        lowest = (float(weights_of(name, pairs.weights)[1]) for name in ("holder", "ground", "shape"))
        self._stranger, self._other_ground, self._apart = lowest
        self._place: dict[tuple[str, str, str, int], list[int]] = defaultdict(list)
        gone = set(taken)
        for number, lot in enumerate(lots):
            if lot.number is not None and lot.area and number not in gone:
                self._place[lot.key.unit, lot.key.era, lot.key.sheet, lot.number].append(number)

    def sums(self) -> Sums:
        """Yield the sets of parts of one map whose areas make up a whole."""
        for whole, anchors in self._anchors():
            best: dict[tuple[int, ...], float] = {}
            for anchor in anchors:
                for some, bits in self._around(whole, anchor, anchors):
                    if bits > best.get(some, 0.0):
                        best[some] = bits
            for some, bits in sorted(best.items(), key=lambda one: (-one[1], one[0]))[:_MOST_SETS]:
                yield whole, some, bits

    def _anchors(self) -> Iterator[tuple[int, dict[int, float]]]:
        """Yield each whole with the parts that may be found first and their bits, the likeliest before the others."""
        wholes, parts = (
            (self._pairs.older, self._pairs.newer) if self._newer else (self._pairs.newer, self._pairs.older)
        )
        size = self._area[parts]
        at = np.flatnonzero((self._weight > _LEAST_PART) & (size > 0) & (size < self._area[wholes]))
        at = at[np.lexsort((-parts[at], -self._weight[at], wholes[at]))]
        pairs = zip(wholes[at].tolist(), parts[at].tolist(), self._weight[at].tolist(), strict=True)
        for whole, some in groupby(pairs, key=itemgetter(0)):
            yield whole, {part: bits for _, part, bits in islice(some, _ANCHORS)}

    def _around(self, whole: int, anchor: int, anchors: Mapping[int, float]) -> Iterator[tuple[tuple[int, ...], float]]:
        """Yield the sets of a part that was found first and further ones."""
        lots, key, number = self._lots, self._lots[anchor].key, self._lots[anchor].number
        beside = {
            other: cost
            for step, cost in _BESIDE.items()
            if number is not None
            for other in self._place.get((key.unit, key.era, key.sheet, number + step), ())
        }
        found = {
            one: bits for one, bits in anchors.items() if (lots[one].key.unit, lots[one].key.era) == (key.unit, key.era)
        }
        area = lots[whole].area or 0.0
        left = area - (lots[anchor].area or 0.0)
        sizes = {
            other: size
            for other in dict.fromkeys((*found, *beside))
            if other not in (anchor, whole) and _LEAST_SHARE * area <= (size := lots[other].area or 0.0) < area
        }
        told = {other for other in (anchor, *sizes) if self._notes.tells(whole, other)}
        off = area * (WIDEST_TOLD if told else _WIDEST) * (1 + _ROUNDING)
        if not sizes or min(sizes.values()) - left > off or left - sum(nlargest(_MOST_PARTS - 1, sizes.values())) > off:
            return  # none of the sets below can make it up
        fitting = [
            (some, total)
            for many in range(1, _MOST_PARTS)
            for some, total in zip(combinations(sizes, many), map(sum, combinations(sizes.values(), many)), strict=True)
            if (off := abs(total - left)) <= _WIDEST * area
            or (told and off <= area * widest(len(told.intersection((anchor, *some))), many + 1))
        ]
        bits = {
            other: max(
                found.get(other, -inf),
                self._beside(whole, other, beside[other]) if other in beside else -inf,
            )
            for other in {one for some, _ in fitting for one in some}
        }
        for some, total in fitting:
            many = len(told.intersection((anchor, *some)))
            sums = max(sum_bits(total + area - left, area), OFF if many else _SUM_OFF)
            weight = anchors[anchor] + sum(bits[other] for other in some) + sums + self._notes.bits(many) + _PARTED
            if weight > 0:
                yield tuple(sorted((anchor, *some))), weight

    def _beside(self, whole: int, part: int, cost: float) -> float:
        """Return the bits for a part that lies beside one that is found: its place costs less than to look for it."""
        newer = self._lots[part if self._newer else whole]
        prior = self._prior[newer.scope, newer.order]
        at = self._pairs.place(whole, part) if self._newer else self._pairs.place(part, whole)
        if at is not None:
            bits, near = float(self._weight[at]), float(self._near[at])
            return bits if near == _SEEN else bits - near + max(near, -prior - cost)
        one, other = self._lots[whole], self._lots[part]
        strange = self._stranger if one.names and other.names else 0.0
        if all(any(len(m.corners) > 2 for m in lot.mentions) for lot in (one, other)):
            strange += self._apart  # both are drawn, and do not overlap: else they were a pair
        ground, theirs = (frozenset().union(*(m.groups for m in lot.mentions)) for lot in (one, other))
        return strange + (self._other_ground if ground and theirs and not ground & theirs else 0.0) - cost
