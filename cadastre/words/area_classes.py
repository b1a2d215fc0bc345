"""What a difference between a measured and a legal area means: its class by domain.md 5.

The scales and percentages are project policy, not law.
"""

from __future__ import annotations

import math
from typing import Literal

from schemas.documents import Era

AreaClass = Literal["A", "B", "C", "D"]
#: The usual scale of a map series (1:2000 in the older eras), for the textbook tolerance of paper maps.
SCALE_OF_ERA: dict[Era, int] = {"299": 2000, "1988": 2000, "1993": 2000}
_SCALE = 1000
_ROUNDING_M2 = 0.5  # older papers print whole square metres
_DRIFT_SHARE = 0.05
_DRIFT_TIMES = 3.0
_SLIPS = (10.0, 100.0, 1000.0)


def tolerance_m2(area_m2: float, era: Era | None) -> float:
    """Return by how much two measurements of an area from maps of an era may differ: 0.0004 · scale · √area."""
    scale = SCALE_OF_ERA.get(era, _SCALE) if era else _SCALE
    return max(_ROUNDING_M2, 0.0004 * scale * math.sqrt(max(area_m2, 0.0)))


def class_of(measured_m2: float, legal_m2: float, era: Era | None) -> AreaClass:
    """Return A within the tolerance, B drift of a re-survey, C material, D as if a digit had been misread."""
    apart = abs(measured_m2 - legal_m2)
    tolerance = tolerance_m2(max(measured_m2, legal_m2), era)
    if apart <= tolerance + 1e-9:
        return "A"
    if _is_slip(measured_m2, legal_m2):
        return "D"
    return "B" if apart <= max(_DRIFT_TIMES * tolerance, _DRIFT_SHARE * max(measured_m2, legal_m2)) else "C"


def _is_slip(one: float, other: float) -> bool:
    """Return whether the decimal mark moved."""
    low, high = sorted((one, other))
    return low > 0 and any(abs(high / low / slip - 1) < 0.002 for slip in _SLIPS)
