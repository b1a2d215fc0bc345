"""Which lots of one map may together be a lot of another: parts that lie beside each other and make up its area.

New maps number along the ground, so the parts of a parcel bear numbers near each other (domain.md 8.1): where one part
lies is dear to know, where the next lies is cheap then.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from cadastre.linkage import Pairs, weights_of
from cadastre.lots import Lot

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

Sums = Iterator[tuple[int, tuple[int, ...], float]]
"""A whole, its parts by their numbers, and the bits that speak for it."""


def sum_bits(total: float, whole: float) -> float:
    """Return the bits that areas give which should make up a whole, in m²."""
    gap = abs(total - whole) / whole
    return next((bits for bound, bits in _SUM_GAPS if gap <= bound), _SUM_OFF)


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
        wholes, parts = (pairs.older, pairs.newer) if newer else (pairs.newer, pairs.older)
        around = np.where(pairs.levels["shape"] < 0, np.maximum(pairs.part("around"), 0.0), _SEEN)
        self._told: dict[int, dict[int, tuple[float, float]]] = defaultdict(dict)
        for whole, part, w, near in zip(wholes.tolist(), parts.tolist(), weight.tolist(), around.tolist(), strict=True):
            self._told[whole][part] = w, near
        lowest = (float(weights_of(name, pairs.weights)[1]) for name in ("holder", "ground", "shape"))
        self._stranger, self._other_ground, self._apart = lowest
        self._place: dict[tuple[str, str, str, int], list[int]] = defaultdict(list)
        gone = set(taken)
        for number, lot in enumerate(lots):
            if lot.number is not None and lot.area and number not in gone:
                self._place[lot.key.unit, lot.key.era, lot.key.sheet, lot.number].append(number)

    def sums(self) -> Sums:
        """Yield the sets of parts of one map whose areas make up a whole."""
        for whole, told in self._told.items():
            area = self._lots[whole].area
            if area is None:
                continue
            best: dict[tuple[int, ...], float] = {}
            likely = sorted(((w, part) for part, (w, _) in told.items() if w > _LEAST_PART), reverse=True)
            anchors = [one for one in likely if (size := self._lots[one[1]].area) and size < area][:_ANCHORS]
            for w, anchor in anchors:
                for some, bits in self._around(whole, area, anchor, w, [part for _, part in anchors]):
                    if bits > best.get(some, 0.0):
                        best[some] = bits
            for some, bits in sorted(best.items(), key=lambda one: (-one[1], one[0]))[:_MOST_SETS]:
                yield whole, some, bits

    def _around(
        self, whole: int, area: float, anchor: int, found: float, others: Iterable[int]
    ) -> Iterator[tuple[tuple[int, ...], float]]:
        """Yield the sets of a part that was found first and further ones."""
        lot = self._lots[anchor]
        unit, era, sheet, number = lot.key.unit, lot.key.era, lot.key.sheet, lot.number
        bits: dict[int, float] = {}
        for other in others:
            if (self._lots[other].key.unit, self._lots[other].key.era) == (unit, era):
                bits[other] = self._told[whole][other][0]
        for step, cost in _BESIDE.items():
            beside = () if number is None else self._place.get((unit, era, sheet, number + step), ())
            for other in beside:
                bits[other] = max(bits.get(other, -99.0), self._beside(whole, other, cost))
        bits.pop(anchor, None)
        bits.pop(whole, None)
        sizes = {other: self._lots[other].area or 0.0 for other in bits}
        near = [other for other in bits if _LEAST_SHARE * area <= sizes[other] < area]
        left = area - (lot.area or 0.0)
        for many in range(1, _MOST_PARTS):
            for some in combinations(near, many):
                total = sum(sizes[other] for other in some)
                if abs(total - left) <= _WIDEST * area:
                    weight = found + sum(bits[other] for other in some) + sum_bits(total + area - left, area) + _PARTED
                    if weight > 0:
                        yield tuple(sorted((anchor, *some))), weight

    def _beside(self, whole: int, part: int, cost: float) -> float:
        """Return the bits for a part that lies beside one that is found: its place costs less than to look for it."""
        newer = self._lots[part if self._newer else whole]
        prior = self._prior[newer.scope, newer.order]
        told = self._told[whole].get(part)
        if told is not None:
            return told[0] if told[1] == _SEEN else told[0] - told[1] + max(told[1], -prior - cost)
        one, other = self._lots[whole], self._lots[part]
        strange = self._stranger if one.names and other.names else 0.0
        if all(any(len(m.corners) > 2 for m in lot.mentions) for lot in (one, other)):
            strange += self._apart  # both are drawn, and do not overlap: else they were a pair
        ground, theirs = (frozenset().union(*(m.groups for m in lot.mentions)) for lot in (one, other))
        return strange + (self._other_ground if ground and theirs and not ground & theirs else 0.0) - cost
