"""What a corner table's findings say: R4 (area by coordinates) and R5 (edges, closing) of domain.md section 4."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from cadastre.ground.corner_cells import Table
from schemas.entries import Corner
from schemas.errors import Message
from schemas.outcomes import Finding, Severity


def _finding(code: str, severity: Severity, fields: tuple[str, ...], vi: str, en: str) -> Finding:
    return Finding(code, severity, fields, Message(vi, en))


def _r5(severity: Severity, vi: str, en: str) -> Finding:
    return _finding("R5", severity, ("corners",), vi, en)


def _vi(value: float, places: int = 2) -> str:
    return f"{value:.{places}f}".replace(".", ",")


def area_findings(area: float, printed: float | None, met: bool) -> list[Finding]:
    """Return R4 where the printed area is known and not met."""
    if printed is None or met:
        return []
    vi = f"Diện tích tính theo tọa độ là {_vi(area, 1)} m², diện tích in là {_vi(printed, 1)} m²."
    en = f"The area by coordinates is {area:.1f} m², the printed area is {printed:.1f} m²."
    return [_finding("R4", "error", ("area_m2", "corners"), vi, en)]


def edge_findings(
    table: Table, corners: Sequence[Corner], north: Sequence[float], east: Sequence[float]
) -> list[Finding]:
    """Return R5 for each edge that was read otherwise than the corners lie."""
    result = []
    n = len(corners)
    for i, printed in enumerate(table.printed_edges):
        distance = float(np.hypot(north[(i + 1) % n] - north[i], east[(i + 1) % n] - east[i]))
        if printed is None or abs(printed - distance) <= table.tolerance_m + 1e-6:
            continue
        a, b = corners[i].no, corners[(i + 1) % n].no
        vi = f"Cạnh {a}–{b}: số đọc được là {_vi(printed)} m, khoảng cách theo tọa độ là {_vi(distance)} m."
        en = f"Edge {a}–{b} reads {printed:.2f} m, the distance by coordinates is {distance:.2f} m."
        result.append(_r5("warning", vi, en))
    return result


def corner_finding(corner: Corner) -> Finding:
    """Return R5 for a corner whose coordinates were put right."""
    return _r5(
        "warning",
        f"Điểm {corner.no}: số đọc được không khớp với cạnh hoặc diện tích; "
        f"đề nghị X = {_vi(corner.x)}, Y = {_vi(corner.y)}.",
        f"Corner {corner.no}: the reading does not fit its edges or the area; "
        f"proposed X = {corner.x:.2f}, Y = {corner.y:.2f}.",
    )


SHIFTED = _r5(
    "warning",
    "Cột chiều dài cạnh lệch một dòng so với cột điểm; đã gán lại theo tọa độ.",
    "The edge column stands one row off the corners; the edges were set by the coordinates.",
)
AMBIGUOUS = _r5(
    "error",
    "Bảng tọa độ có nhiều cách đọc gần như nhau; cần người kiểm tra.",
    "The corner table can be read in several ways that are nearly as likely; a person must look.",
)
OPEN = _r5(
    "error",
    "Bảng tọa độ không khép thành thửa khớp với cạnh và diện tích in; cần người kiểm tra.",
    "The corner table does not close into a parcel that fits its edges and area; a person must look.",
)
TOO_FEW = _r5(
    "error",
    "Bảng tọa độ không đủ ba điểm đọc được; cần người kiểm tra.",
    "The corner table has fewer than three corners that can be read; a person must look.",
)
