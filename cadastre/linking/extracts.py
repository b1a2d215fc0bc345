"""Parcels that were measured alone, on an extract with a number of its own (mảnh trích đo địa chính `MTĐĐC 06-2017`).

Such a parcel is one of the commune's map of those years, measured again, or became one when the map was made; papers
say which by the older number that they print (domain.md 2.1, 3).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from cadastre.linking.hypothesis import Hypothesis
from cadastre.linking.lots import Lot

_EXTRACT = re.compile(r"MTĐ\S*\s*\d+-\d{4}", re.IGNORECASE)
_TOLD = 12.0  # bits of a paper that names the other sheet and parcel
_OFF, _WIDEST = -6.0, 0.1  # bits where the areas differ by more than such a share


def of_extracts(lots: Sequence[Lot]) -> list[Hypothesis]:
    """Return the steps between an extract's parcel and one of a map of the same years, as papers tell them."""
    place = {lot.key: number for number, lot in enumerate(lots)}
    out = []
    for number, lot in enumerate(lots):
        for sheet, parcel in (old.rsplit("/", 1) for old in lot.olds):
            if bool(_EXTRACT.fullmatch(sheet)) == bool(_EXTRACT.fullmatch(lot.key.sheet)):
                continue
            older = place.get(replace(lot.key, sheet=sheet, parcel=parcel))
            if older is not None:
                out.append(Hypothesis((older,), (number,), _TOLD + (0.0 if _alike(lots[older], lot) else _OFF)))
    return out


def _alike(one: Lot, other: Lot) -> bool:
    return any(abs(a - b) <= _WIDEST * max(a, b) for a in one.areas for b in other.areas)
