"""How near the areas of parts come to the area of their whole: the level that the table of weights knows.

Parts of a division and parcels that are joined make up the whole (domain.md 8.3). Sums that agree to the decimal say
more than sums of whole square metres, and any exact sum says more of a larger parcel, whose areas are rarer.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import product
from math import log2
from typing import Literal

from cadastre.linking.lots import Lot

Gap = Literal["to_the_decimal", "exact", "within_half", "within_1", "within_2", "within_5", "off"]
_GAPS: Sequence[tuple[float, Gap]] = (
    (0.005, "within_half"), (0.01, "within_1"), (0.02, "within_2"), (0.05, "within_5"),
)  # fmt: skip
#: A sum is exact within so much, in m² and as a share; one with decimals within `_DECIMAL` m².
_EXACT_M2, _EXACT, _DECIMAL = 0.6, 0.0005, 0.15
_MOST_AREAS = 3  # that papers tell of a part
_PLOT = 256.0  # m²


def gap_of(parts: Sequence[float], whole: float) -> Gap:
    """Return how near the areas of parts come to that of a whole, in m²."""
    gap = abs(sum(parts) - whole)
    if gap <= _DECIMAL and any(abs(area - round(area)) > 0.01 for area in (*parts, whole)):
        return "to_the_decimal"
    if gap <= max(_EXACT_M2, _EXACT * whole):
        return "exact"
    return next((name for bound, name in _GAPS if gap <= bound * whole), "off")


def nearest(whole: Lot, parts: Iterable[Lot]) -> tuple[Gap, float]:
    """Return how near the parts come to the whole by the areas that agree best, and the whole's area then, in m²."""
    told = [part.areas[:_MOST_AREAS] for part in parts]
    options = [(some, area) for area in whole.areas for some in product(*told)]
    some, area = min(options, key=_off) if len(options) > 1 else options[0]
    return gap_of(some, area), area


def _off(option: tuple[Sequence[float], float]) -> tuple[int, float, float]:
    """Return how far the areas of parts are off from that of a whole: first whether exact ones, then by share."""
    parts, whole = option
    exact = ("to_the_decimal", "exact")
    gap = gap_of(parts, whole)
    return exact.index(gap) if gap in exact else len(exact), abs(sum(parts) / whole - 1), whole


def doublings(area: float) -> float:
    """Return how often a house plot's area is doubled to be this one."""
    return log2(max(area, 1.0) / _PLOT)
