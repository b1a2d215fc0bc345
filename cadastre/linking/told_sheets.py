"""What it is worth to know on which later sheets a sheet lies: a parcel is looked for among fewer lots."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from math import log2

import numpy as np
from numpy.typing import NDArray

from cadastre.linking.linkage import Pairs
from cadastre.linking.lots import Lot
from schemas.documents import Era
from schemas.parcels import Said, SheetSaid

_LEAST_LOTS = 8
Sheet = tuple[str, Era, str]


def sheet_bits(lots: Sequence[Lot], pairs: Pairs, said: Iterable[Said | SheetSaid]) -> NDArray[np.float64]:
    """Return the bits that people's words about sheets add to each pair.

    A parcel of a sheet that lies on named sheets is looked for among their lots, not among those of the whole land;
    what the parcels around it tell of the sheet (`around`) is no news then and is taken off.
    """
    named: dict[Sheet, set[Sheet]] = {}
    for one in said:
        if isinstance(one, SheetSaid):
            named.setdefault(one.older, set()).update(one.newer)
    bits = np.zeros(len(pairs.older))
    if not named:
        return bits
    home: list[Sheet] = [(lot.key.unit, lot.key.era, lot.key.sheet) for lot in lots]
    of_sheet = Counter(home)
    of_land = Counter((lot.scope, lot.order) for lot in lots)
    around = pairs.part("around")
    for at, (a, b) in enumerate(zip(pairs.older.tolist(), pairs.newer.tolist(), strict=True)):
        there = named.get(home[a], set())
        if home[b] in there:
            few = sum(of_sheet[sheet] for sheet in there if sheet[:2] == home[b][:2])
            many = of_land[lots[b].scope, lots[b].order]
            news = log2(max(many, _LEAST_LOTS)) - log2(max(few, _LEAST_LOTS))
            bits[at] = max(0.0, news - max(0.0, float(around[at])))
    return bits
