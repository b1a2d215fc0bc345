"""Corner tables decoded: which readings of the cells close into one polygon with its edges and its area.

The rules are R4 (area by coordinates = printed area) and R5 (edge = distance between its corners, the ring
closes and does not cross itself) of domain.md section 4; the model and its limits are those of the measured
facts on corner tables: a proposal stands only where no other polygon explains the paper nearly as well.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from shapely import Polygon

from cadastre.area_only import walks_by_area
from cadastre.closed_walk import Walk, closed_walks
from cadastre.corner_cells import Table, tables
from schemas.entries import Corner
from schemas.errors import Message
from schemas.outcomes import Finding, Severity
from schemas.readings import CornerReading

Outcome = Literal["consistent", "corrected", "review"]

MARGIN_NATS = 4.6  # 1 : 100 against the next different polygon
COST_CAP = 15.0
COST_CAP_WITHOUT_EDGES = 9.0
ERASURE = 6.0
SAME_M = 0.03  # polygons whose corners differ by less count as one
_NO_MATTER_NATS = 3.0  # rounding alone makes such a difference
_ROUNDING_M = 0.0029  # standard deviation of a coordinate rounded to 0.01 m
_MOST_WALKS = 1500
_DEPTHS = (5.5, 10.5, 15.0, 20.0)


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


@dataclass(frozen=True, slots=True)
class _Proposal:
    cost: float
    misfit: float  # the part of the cost that the residuals of edges and area make
    walk: Walk
    north: tuple[float, ...]
    east: tuple[float, ...]
    area_m2: float
    area_met: bool

    def same_as(self, other: _Proposal) -> bool:
        here = np.array([self.north, self.east])
        return bool(np.all(np.hypot(*(here - np.array([other.north, other.east]))) <= SAME_M))


def _area_rounding_m2(
    north: Sequence[float], east: Sequence[float], printed_m2: float, coordinate_m: float
) -> tuple[float, float]:
    """Return what rounding does to the area: one sigma from the coordinates, and at most from the printed area."""
    n, e = np.asarray(north), np.asarray(east)
    chords = np.roll(n, -1) - np.roll(n, 1), np.roll(e, -1) - np.roll(e, 1)
    sigma = _ROUNDING_M * coordinate_m / 0.01 / 2 * float(np.sqrt(np.sum(chords[0] ** 2 + chords[1] ** 2)))
    rounded = 0.55 if float(printed_m2).is_integer() else 0.055
    return sigma, rounded


def area_tolerance_m2(north: Sequence[float], east: Sequence[float], printed_m2: float, coordinate_m: float) -> float:
    """Return how far the area may be off by rounding alone: of the coordinates (4 sigma) and of the printed area."""
    sigma, rounded = _area_rounding_m2(north, east, printed_m2, coordinate_m)
    return rounded + 4 * sigma


def _area_misfit(north: Sequence[float], east: Sequence[float], off_m2: float, printed_m2: float, step: float) -> float:
    """Return the cost in nats of an area off by so much."""
    sigma, rounded = _area_rounding_m2(north, east, printed_m2, step)
    return off_m2**2 / 2 / (sigma**2 + rounded**2 / 3)


def _edge_misfits(table: Table, walk: Walk, north: Sequence[float], east: Sequence[float]) -> list[float]:
    """Return the cost in nats of each edge's residual."""
    n = len(north)
    result = []
    for i, chosen in enumerate(walk.lengths):
        distance = math.hypot(north[(i + 1) % n] - north[i], east[(i + 1) % n] - east[i])
        off = distance - float(table.lengths[i].metres[chosen]) if chosen >= 0 else 0.0
        result.append((off / table.edge_sigma_m) ** 2 / 2)
    return result


def _proposal(table: Table, walk: Walk, area_m2: float | None) -> _Proposal | None:
    """Return the walk's polygon, at the price of an erased cell where it misses the area; None where it is none."""
    north = tuple(float(p.north[k]) for p, k in zip(table.places, walk.places, strict=True))
    east = tuple(float(p.east[k]) for p, k in zip(table.places, walk.places, strict=True))
    shape = Polygon(zip(north, east, strict=True))
    tolerance = 0.0 if area_m2 is None else area_tolerance_m2(north, east, area_m2, table.step_m)
    met = area_m2 is None or abs(shape.area - area_m2) <= tolerance
    if not met and (walk.erased or not table.has_edges):
        return None
    if not shape.is_valid or shape.area <= 0:
        return None
    misfit = 0.0
    if area_m2 is not None and met:
        misfit = _area_misfit(north, east, shape.area - area_m2, area_m2, table.step_m)
    misfit += sum(_edge_misfits(table, walk, north, east))
    cost = walk.cost + (0.0 if met else ERASURE) + misfit
    return _Proposal(cost, misfit, walk, north, east, shape.area, met)


def _search(table: Table, area_m2: float | None, limit: float) -> Iterable[Walk | None]:
    if table.has_edges:
        most = 1 if area_m2 is not None else 0
        return closed_walks(
            table.places, table.lengths, tolerance_m=table.tolerance_m, limit=limit, erasure=ERASURE, most_erased=most
        )
    if area_m2 is None:
        return [None]
    north = [float(p.north[0]) for p in table.places]
    east = [float(p.east[0]) for p in table.places]
    return walks_by_area(table.places, area_m2, area_tolerance_m2(north, east, area_m2, table.step_m), limit)


def _within(table: Table, area_m2: float | None, limit: float) -> tuple[list[_Proposal], float]:
    """Return the polygons up to the margin behind the best, cheapest first, and the cost up to which all were seen."""
    found: list[_Proposal] = []
    best = math.inf
    seen_to = limit
    last = 0.0
    for count, walk in enumerate(_search(table, area_m2, limit)):
        if walk is None or count >= _MOST_WALKS:
            seen_to = last
            break
        last = walk.cost
        if walk.cost > best + MARGIN_NATS:
            break
        proposal = _proposal(table, walk, area_m2)
        if proposal is not None:
            found.append(proposal)
            best = min(best, proposal.cost)
    return sorted(found, key=lambda p: p.cost), seen_to


def _as_read(table: Table, found: Sequence[_Proposal]) -> _Proposal:
    """Return the cheapest polygon, or of those that count as the same and cost little more the one as read."""

    def changed(proposal: _Proposal) -> int:
        read = (*table.printed_x, *table.printed_y)
        placed = (
            *(n + table.origin[0] for n in proposal.north),
            *(e + table.origin[1] for e in proposal.east),
        )
        return sum(r is None or abs(r - p) > table.step_m / 2 for r, p in zip(read, placed, strict=True))

    near = [p for p in found if p.cost <= found[0].cost + _NO_MATTER_NATS and p.same_as(found[0])]
    return min(near, key=changed)


def _decide(table: Table, area_m2: float | None) -> tuple[_Proposal | None, float]:
    """Return the best polygon and its margin over the next different one, at most how far the search saw."""
    if not table.places:
        return None, 0.0
    for depth in _DEPTHS:
        limit = table.least_cost + depth
        found, seen_to = _within(table, area_m2, limit)
        if not found:
            if seen_to < limit:
                break
            continue
        needed = found[0].cost - found[0].misfit / 2 + MARGIN_NATS + 1e-6
        if needed > limit and seen_to >= limit:
            again, farther = _within(table, area_m2, needed)
            found, seen_to = (again, farther) if again else (found, seen_to)
        best = _as_read(table, found)
        rivals = (p.cost for p in found[1:] if not p.same_as(best))
        unseen = max(seen_to + best.misfit / 2, best.cost)
        return best, min(next(rivals, math.inf), unseen) - best.cost
    return None, 0.0


def _finding(code: str, severity: Severity, fields: tuple[str, ...], vi: str, en: str) -> Finding:
    return Finding(code, severity, fields, Message(vi, en))


def _vi(value: float, places: int = 2) -> str:
    return f"{value:.{places}f}".replace(".", ",")


def _area_findings(area: float, printed: float | None, met: bool) -> list[Finding]:
    if printed is None or met:
        return []
    vi = f"Diện tích tính theo tọa độ là {_vi(area, 1)} m², diện tích in là {_vi(printed, 1)} m²."
    en = f"The area by coordinates is {area:.1f} m², the printed area is {printed:.1f} m²."
    return [_finding("R4", "error", ("area_m2", "corners"), vi, en)]


def _edge_findings(
    table: Table, corners: Sequence[Corner], north: Sequence[float], east: Sequence[float]
) -> list[Finding]:
    result = []
    n = len(corners)
    for i, printed in enumerate(table.printed_edges):
        distance = float(np.hypot(north[(i + 1) % n] - north[i], east[(i + 1) % n] - east[i]))
        if printed is None or abs(printed - distance) <= table.tolerance_m + 1e-6:
            continue
        a, b = corners[i].no, corners[(i + 1) % n].no
        vi = f"Cạnh {a}–{b}: số đọc được là {_vi(printed)} m, khoảng cách theo tọa độ là {_vi(distance)} m."
        en = f"Edge {a}–{b} reads {printed:.2f} m, the distance by coordinates is {distance:.2f} m."
        result.append(_finding("R5", "warning", ("corners",), vi, en))
    return result


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


def _corners(table: Table, proposal: _Proposal) -> tuple[Corner, ...]:
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


def _changed(table: Table, proposal: _Proposal, corners: Sequence[Corner]) -> tuple[int, list[int]]:
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


def _acceptable(table: Table, proposal: _Proposal, margin: float, cells: int, area_known: bool) -> bool:
    cap = COST_CAP if table.has_edges else COST_CAP_WITHOUT_EDGES
    unread = sum(not edge.printed for edge in table.lengths) if table.has_edges else 0
    missing = unread + (not area_known)
    expected = 0.5 * (len(proposal.north) + 1)
    repaired = proposal.cost - table.least_cost - min(proposal.misfit, expected)
    if repaired > cap or margin < MARGIN_NATS - 1e-9:
        return False
    return missing <= 1 or (cells - unread == 0 and table.has_edges and area_known)


def _decode(table: Table, area_m2: float | None) -> SurveyResult:
    best, margin = _decide(table, area_m2)
    if best is None:
        return _undecided(table, area_m2)
    corners = _corners(table, best)
    cells, moved = _changed(table, best, corners)
    accepted = _acceptable(table, best, margin, cells, area_m2 is not None)
    findings = _area_findings(best.area_m2, area_m2, best.area_met)
    findings += _edge_findings(table, corners, best.north, best.east)
    if table.shifted:
        findings.append(
            _finding(
                "R5",
                "warning",
                ("corners",),
                "Cột chiều dài cạnh lệch một dòng so với cột điểm; đã gán lại theo tọa độ.",
                "The edge column stands one row off the corners; the edges were set by the coordinates.",
            )
        )
    findings.extend(
        _finding(
            "R5",
            "warning",
            ("corners",),
            f"Điểm {corners[i].no}: số đọc được không khớp với cạnh hoặc diện tích; "
            f"đề nghị X = {_vi(corners[i].x)}, Y = {_vi(corners[i].y)}.",
            f"Corner {corners[i].no}: the reading does not fit its edges or the area; "
            f"proposed X = {corners[i].x:.2f}, Y = {corners[i].y:.2f}.",
        )
        for i in moved
    )
    if not accepted:
        findings.append(
            _finding(
                "R5",
                "error",
                ("corners",),
                "Bảng tọa độ có nhiều cách đọc gần như nhau; cần người kiểm tra.",
                "The corner table can be read in several ways that are nearly as likely; a person must look.",
            )
        )
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
        findings = _area_findings(area, area_m2, met) + _edge_findings(table, rows, north, east)
    findings.append(
        _finding(
            "R5",
            "error",
            ("corners",),
            "Bảng tọa độ không khép thành thửa khớp với cạnh và diện tích in; cần người kiểm tra.",
            "The corner table does not close into a parcel that fits its edges and area; a person must look.",
        )
    )
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
    finding = _finding(
        "R5",
        "error",
        ("corners",),
        "Bảng tọa độ không đủ ba điểm đọc được; cần người kiểm tra.",
        "The corner table has fewer than three corners that can be read; a person must look.",
    )
    return SurveyResult("review", (), (finding,))
