"""The numbers at the end of a sheet: new parcels take those after the highest (domain.md 8.2)."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

_END = 0.6  # the share of a sheet's numbers below which no new ones are looked for
_MISREAD, _FEW = 40, 3  # a gap in the numbers beyond which the last few are misread ones


def is_late(number: int | None, highest: int) -> bool:
    """Return whether a number stands at the end of a sheet with this highest one."""
    return _END * highest <= (number or 0) <= highest


def highest_of(numbers: Iterable[int]) -> int:
    """Return the highest number, a few far beyond the others left out: they are misread."""
    ordered = sorted(numbers)
    for place, (one, other) in enumerate(pairwise(ordered), 1):
        if other - one > _MISREAD and len(ordered) - place <= _FEW:
            return one
    return ordered[-1] if ordered else 0
