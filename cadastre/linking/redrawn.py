"""Parcels that were put together and divided anew between two maps: several became several.

Papers of each new parcel name all of the old ones (`Hợp từ các thửa 16, 17, 18`), for no line between them stayed. What
one parcel's papers tell of it may be a slip; of these, two and more parcels' papers name the same old ones, and the
areas of both sides come to one sum.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from cadastre.linking.comparisons import number_of
from cadastre.linking.hypothesis import Hypothesis, Step
from cadastre.linking.linkage import Pairs
from cadastre.linking.lots import Lot
from schemas.documents import Era

_PRINTED = number_of("bridge", "printed")
_MOST, _WIDEST = 6, 0.1  # parcels on a side, and the share by which the sums of both sides may differ
Map = tuple[str, Era]
"""A commune's code and the era of a map series."""


def redrawn(lots: Sequence[Lot], pairs: Pairs, bare: NDArray[np.float64]) -> Iterator[Hypothesis]:
    """Yield the sets of older lots that became several newer ones; `bare` are the bits of the pairs without areas."""
    for (_, older), newer in _groups(lots, pairs).items():
        if 1 < len(newer) <= _MOST and _make_up(lots, older, newer):
            at = [pairs.place(a, b) for a in older for b in newer]
            yield Hypothesis(older, tuple(newer), float(sum(bare[n] for n in at if n is not None)))


def affirmed_whole(h: Hypothesis, yes: Collection[Step]) -> bool:
    """Return whether a person affirmed a step of several parcels that became several: it stands for all of them."""
    return min(len(h.older), len(h.newer)) > 1 and any(step in yes for step in h.steps)


def _groups(lots: Sequence[Lot], pairs: Pairs) -> Mapping[tuple[Map, tuple[int, ...]], list[int]]:
    """Return the newer lots of a map by the two and more lots of one older map that papers of each of them name."""
    named: dict[tuple[int, Map], list[int]] = defaultdict(list)
    printed = pairs.levels["bridge"] == _PRINTED
    for a, b in zip(pairs.older[printed].tolist(), pairs.newer[printed].tolist(), strict=True):
        named[b, (lots[a].key.unit, lots[a].key.era)].append(a)
    out: dict[tuple[Map, tuple[int, ...]], list[int]] = defaultdict(list)
    for (b, _), older in named.items():
        if 1 < len(older) <= _MOST:
            out[(lots[b].key.unit, lots[b].key.era), tuple(sorted(older))].append(b)
    return out


def _make_up(lots: Sequence[Lot], older: Sequence[int], newer: Sequence[int]) -> bool:
    """Return whether the areas of both sides, in m², come to one sum."""
    before, after = ([lots[n].area for n in some] for some in (older, newer))
    sums = [sum(area for area in some if area) for some in (before, after)]
    return all(before) and all(after) and abs(sums[0] - sums[1]) <= _WIDEST * max(sums)
