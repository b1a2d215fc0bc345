"""Whether the area of an imported row can be meant: by what parcels are like, by its shape and by its land uses."""

from __future__ import annotations

from cadastre.imports.import_findings import area_differs, area_unusual, uses_differ
from schemas.entries import FieldStatus, LandUse
from schemas.outcomes import Finding

SMALLEST_M2, LARGEST_M2 = 5.0, 50_000.0  # domain.md 3.6; forest goes beyond
#: Beyond these no shape and no person has said so yet, and a slip of the keyboard is likelier than the land.
_LIKELY_M2, _LIKELY_FOREST_M2 = 1_000_000.0, 10_000_000.0
_FOREST = frozenset({"RSX", "RPH", "RDD", "RST", "RSN", "LNP"})
_SAME_AREA = 0.05  # a shape whose area differs by more is not that of the row (domain.md 5, class C)
_GROSS = 2.0  # so many times more or less is a digit, not a survey (domain.md 5, class D)
_SUM_M2 = 0.5  # parts are rounded


def weigh_area(name: str, area_m2: float, uses: str, drawn_m2: float | None) -> tuple[FieldStatus, tuple[Finding, ...]]:
    """Return whether an area is taken or waits, and what is said of it; `drawn_m2` is its shape's, where there is one.

    `uses` is the row's land use as it stands there.
    """
    forest = any(code in uses.upper() for code in _FOREST)
    findings: list[Finding] = []
    if area_m2 < SMALLEST_M2 or (area_m2 > LARGEST_M2 and not forest):
        findings.append(area_unusual(name, area_m2, plausible=True))
    if drawn_m2 is not None:
        off = abs(drawn_m2 - area_m2)
        if off <= max(1.0, _SAME_AREA * area_m2):
            return "accepted", tuple(findings)
        findings.append(area_differs(area_m2, drawn_m2))
        gross = max(area_m2, drawn_m2) > _GROSS * min(area_m2, drawn_m2)
        return "review" if gross else "accepted", tuple(findings)
    if area_m2 > (_LIKELY_FOREST_M2 if forest else _LIKELY_M2):
        return "review", (area_unusual(name, area_m2, plausible=True, likely=False),)
    return "accepted", tuple(findings)


def weigh_uses(uses: tuple[LandUse, ...], area_m2: float) -> Finding | None:
    """Return what is said where the areas of all uses do not make up the parcel's (R2, domain.md 4)."""
    parts = [use.area_m2 for use in uses]
    if len(parts) < 2 or None in parts:
        return None
    total = sum(part for part in parts if part is not None)
    return uses_differ(area_m2, total) if abs(total - area_m2) > max(_SUM_M2, 0.001 * area_m2) else None
