"""Corner tables decoded: which readings of the cells close into one polygon with its edges and its area.

The rules are R4 (area by coordinates = printed area) and R5 (edge = distance between its corners, the ring
closes and does not cross itself) of domain.md section 4; the model and its limits are those of the measured
facts on corner tables: a proposal stands only where no other polygon explains the paper nearly as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from shapely import Polygon

from cadastre.ground.corner_cells import Table, tables
from cadastre.ground.polygons import MARGIN_NATS, Proposal, area_tolerance_m2, best_polygon
from cadastre.ground.survey_findings import (
    AMBIGUOUS,
    OPEN,
    SHIFTED,
    TOO_FEW,
    area_findings,
    corner_finding,
    edge_findings,
)
from schemas.entries import Corner
from schemas.outcomes import Finding
from schemas.readings import CornerReading

Outcome = Literal["consistent", "corrected", "review"]

COST_CAP = 15.0
COST_CAP_WITHOUT_EDGES = 9.0


@dataclass(frozen=True, slots=True)
class SurveyResult:
    """What a corner table says.

    `corners` is the best reading without the repeated first row. Residuals are the largest edge's in metres
    and computed minus printed area in m², None where there is nothing to compare. `cost_nats` and
    `margin_nats` (to the next different polygon, or as far as was searched) tell how sure the reading is.
    """

    outcome: Outcome
    corners: tuple[Corner, ...]
    findings: tuple[Finding, ...]
    edge_residual_m: float | None = None
    area_residual_m2: float | None = None
    cells_changed: int = 0
    cost_nats: float | None = None
    margin_nats: float | None = None


def _numbers(table: Table) -> tuple[int, ...]:
    printed = table.numbers
    offsets = [no - i for i, no in enumerate(printed) if no is not None]
    for offset in sorted(set(offsets), key=lambda o: (-offsets.count(o), abs(o - 1))):
        if 2 * offsets.count(offset) >= len(printed) and offset >= 0:
            return tuple(i + offset for i in range(len(printed)))
    known = [no for no in printed if no is not None]
    if len(known) == len(printed) == len(set(known)):
        return tuple(known)
    return tuple(range(1, len(printed) + 1))


def _corners(table: Table, proposal: Proposal) -> tuple[Corner, ...]:
    n = len(proposal.north)
    result = []
    for i, no in enumerate(_numbers(table)):
        chosen = proposal.walk.lengths[i] if table.has_edges else -2
        edge = table.printed_edges[i]
        if chosen >= 0:
            edge = float(table.lengths[i].metres[chosen])
        elif table.has_edges and (edge is None or not table.edge_is_sure[i]):
            j = (i + 1) % n
            edge = float(np.hypot(proposal.north[j] - proposal.north[i], proposal.east[j] - proposal.east[i]))
        result.append(
            Corner(
                no,
                round(proposal.north[i] + table.origin[0], 3),
                round(proposal.east[i] + table.origin[1], 3),
                None if edge is None else round(edge, table.edge_decimals),
            )
        )
    return tuple(result)


def _changed(table: Table, proposal: Proposal, corners: Sequence[Corner]) -> tuple[int, list[int]]:
    """Return how many cells differ from what was read, and at which corners a coordinate does."""
    moved = []
    cells = 0
    for i, corner in enumerate(corners):
        off = sum(
            read is None or abs(read - value) > 1e-6
            for read, value in ((table.printed_x[i], corner.x), (table.printed_y[i], corner.y))
        )
        cells += off
        if off:
            moved.append(i)
    for i, chosen in enumerate(proposal.walk.lengths):
        read = table.printed_edges[i]
        kept = read is not None and chosen >= 0 and abs(read - float(table.lengths[i].metres[chosen])) < 1e-6
        cells += table.has_edges and not kept
    return cells, moved


def _acceptable(table: Table, proposal: Proposal, margin: float, cells: int, area_known: bool) -> bool:
    cap = COST_CAP if table.has_edges else COST_CAP_WITHOUT_EDGES
    unread = sum(not edge.printed for edge in table.lengths) if table.has_edges else 0
    missing = unread + (not area_known)
    expected = 0.5 * (len(proposal.north) + 1)
    repaired = proposal.cost - table.least_cost - min(proposal.misfit, expected)
    if repaired > cap or margin < MARGIN_NATS - 1e-9:
        return False
    return missing <= 1 or (cells - unread == 0 and table.has_edges and area_known)


def _contradicted(table: Table, proposal: Proposal) -> bool:
    """Return whether an edge that both engines read alike had to be given up: the paper or both of them are wrong."""
    return table.has_edges and any(
        chosen == -1 and table.edge_is_sure[i] and table.printed_edges[i] is not None
        for i, chosen in enumerate(proposal.walk.lengths)
    )


def _decode(table: Table, area_m2: float | None) -> SurveyResult:
    best, margin = best_polygon(table, area_m2)
    if best is None:
        return _undecided(table, area_m2)
    corners = _corners(table, best)
    cells, moved = _changed(table, best, corners)
    accepted = _acceptable(table, best, margin, cells, area_m2 is not None) and not _contradicted(table, best)
    findings = area_findings(best.area_m2, area_m2, best.area_met)
    findings += edge_findings(table, corners, best.north, best.east)
    findings += [SHIFTED] if table.shifted else []
    findings += [corner_finding(corners[i]) for i in moved]
    findings += [] if accepted else [AMBIGUOUS]
    changed = cells > 0 or not best.area_met or table.shifted
    return SurveyResult(
        "review" if not accepted else ("corrected" if changed else "consistent"),
        corners,
        tuple(findings),
        _edge_residual(table, corners),
        None if area_m2 is None else best.area_m2 - area_m2,
        cells,
        best.cost,
        margin,
    )


def _edge_residual(table: Table, corners: Sequence[Corner]) -> float | None:
    if not table.has_edges:
        return None
    following = (*corners[1:], corners[0])
    found = [
        abs(a.edge_m - float(np.hypot(b.x - a.x, b.y - a.y)))
        for a, b in zip(corners, following, strict=True)
        if a.edge_m is not None
    ]
    return max(found, default=None)


def _undecided(table: Table, area_m2: float | None) -> SurveyResult:
    """Return the table as it was read, for a person, with what does not fit."""
    rows = [
        Corner(no, x, y, edge)
        for no, x, y, edge in zip(_numbers(table), table.printed_x, table.printed_y, table.printed_edges, strict=True)
        if x is not None and y is not None
    ]
    findings: list[Finding] = []
    if len(rows) == len(table.printed_x) >= 3:
        north = [c.x - table.origin[0] for c in rows]
        east = [c.y - table.origin[1] for c in rows]
        area = Polygon(zip(north, east, strict=True)).area
        met = area_m2 is None or abs(area - area_m2) <= area_tolerance_m2(north, east, area_m2, table.step_m)
        findings = area_findings(area, area_m2, met) + edge_findings(table, rows, north, east)
    findings.append(OPEN)
    return SurveyResult("review", tuple(rows), tuple(findings))


def decode(rows: Sequence[CornerReading], area_m2: float | None) -> SurveyResult:
    """Return the most likely corners of a table as read, and whether they may stand without a person.

    `area_m2` is the printed area, None where it is not known. Never raises on what was read.
    """
    results = [_decode(table, area_m2) for table in tables(rows)]
    for result in results:
        if result.outcome != "review":
            return result
    if results:
        return results[0]
    return SurveyResult("review", (), (TOO_FEW,))
