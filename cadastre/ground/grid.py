"""Coordinates on paper and on the earth: VN-2000, meridian 107°45′ (EPSG:5899), x north and y east in metres."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from statistics import median

from pyproj import Transformer

from schemas.entries import Corner
from schemas.errors import Message
from schemas.outcomes import Finding

#: The old province with margin (domain.md 6.3): x north, y east.
NORTH_M = (1_651_000.0, 1_781_000.0)
EAST_M = (440_000.0, 608_000.0)
FAR_M = 15_000.0  # commune centroids are good to kilometres; no commune reaches farther
#: How far east values fall short when they were computed on 108°00′ instead of 107°45′ (domain.md 6.3).
_OTHER_MERIDIAN_M = 26_800.0


def shoelace_m2(corners: Sequence[Corner]) -> float:
    """Return the area inside the corners in m²; 0.0 for fewer than three."""
    if len(corners) < 3:
        return 0.0
    x0, y0 = corners[0].x, corners[0].y
    points = [(c.x - x0, c.y - y0) for c in corners]
    following = points[1:] + points[:1]
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(points, following, strict=True))) / 2


def ring(corners: Sequence[Corner]) -> tuple[tuple[float, float], ...]:
    """Return the outer ring as (east, north) pairs in metres, closed; this is where paper's x becomes north."""
    pairs = tuple((c.y, c.x) for c in corners)
    return (*pairs, pairs[0]) if pairs else ()


@cache
def _transformer() -> Transformer:
    # always_xy: (east, north) in, (longitude, latitude) out; PROJ flips the published rotation signs itself
    return Transformer.from_crs("EPSG:5899", "EPSG:4326", always_xy=True)


def to_wgs84(x: float, y: float) -> tuple[float, float]:
    """Return (latitude, longitude) in degrees, WGS 84, of x north and y east in EPSG:5899; accuracy 1 m."""
    longitude, latitude = _transformer().transform(y, x)
    return float(latitude), float(longitude)


def _inside(value: float, bounds: tuple[float, float]) -> bool:
    return bounds[0] <= value <= bounds[1]


def _swapped(corners: Sequence[Corner]) -> bool:
    """Return whether x and y stand in each other's column: x is always above 1.6 million, y below 0.61 million."""
    xs, ys = median(c.x for c in corners), median(c.y for c in corners)
    return ys > 1_600_000 > 610_000 > xs


def _misplaced(x: float, y: float, centroid: tuple[float, float] | None) -> Finding | None:
    if centroid is not None:
        north, east = x - centroid[0], y - centroid[1]
        short = abs(east + _OTHER_MERIDIAN_M) <= FAR_M / 2 and abs(north) <= FAR_M
        if short and math.hypot(north, east) > FAR_M:
            return Finding(
                "wrong-meridian",
                "error",
                ("corners",),
                Message(
                    f"Tọa độ lệch {-east / 1000:.1f} km về phía tây so với xã, như khi tính theo kinh tuyến trục "
                    "108°00' thay vì 107°45'; kiểm tra hệ tọa độ của bản trích đo.",
                    f"The coordinates lie {-east / 1000:.1f} km west of the commune, as if computed on the meridian "
                    "108°00' instead of 107°45'; check the coordinate system of the extract.",
                ),
            )
    if not (_inside(x, NORTH_M) and _inside(y, EAST_M)):
        return Finding(
            "corner-far",
            "error",
            ("corners",),
            Message(
                f"Tọa độ (X {x:.2f}, Y {y:.2f}) nằm ngoài tỉnh Quảng Nam cũ theo hệ VN-2000 kinh tuyến trục 107°45'.",
                f"The coordinates (X {x:.2f}, Y {y:.2f}) lie outside old Quảng Nam in VN-2000, meridian 107°45'.",
            ),
        )
    if centroid is None:
        return None
    away = math.hypot(x - centroid[0], y - centroid[1])
    if away <= FAR_M:
        return None
    return Finding(
        "corner-far",
        "error",
        ("corners",),
        Message(
            f"Thửa đất nằm cách trung tâm xã {away / 1000:.1f} km; kiểm tra tọa độ hoặc tên xã.",
            f"The parcel lies {away / 1000:.1f} km from the middle of the commune; check coordinates and commune.",
        ),
    )


def place_corners(
    corners: Sequence[Corner], centroid: tuple[float, float] | None
) -> tuple[tuple[Corner, ...], tuple[Finding, ...]]:
    """Return the corners with x and y in their columns, and what is wrong with where they lie.

    `centroid` is the commune's, in EPSG:5899 as (x north, y east) in metres; None where unknown. Swapped columns
    are put right; a place that does not fit the commune is reported and never moved.
    """
    if not corners:
        return (), ()
    findings: list[Finding] = []
    placed = tuple(corners)
    if _swapped(placed):
        placed = tuple(replace(c, x=c.y, y=c.x) for c in placed)
        findings.append(
            Finding(
                "xy-swapped",
                "warning",
                ("corners",),
                Message(
                    "Cột X và Y bị đổi chỗ cho nhau (X phải lớn hơn 1.600.000); đã xếp lại.",
                    "Columns X and Y stand in each other's place (X must be above 1,600,000); they were put right.",
                ),
            )
        )
    far = _misplaced(median(c.x for c in placed), median(c.y for c in placed), centroid)
    if far is not None:
        findings.append(far)
    return placed, tuple(findings)
