"""A parcel's outer ring from the corners that stand, or why there is none."""

from __future__ import annotations

from shapely import Polygon

from cadastre.ground.grid import place_corners, ring
from cadastre.words.eras import period_of
from schemas.entries import Corner, Value
from schemas.parcels import ParcelKey
from schemas.tables import Tables

Ring = tuple[tuple[float, float], ...]


def centroid_of(key: ParcelKey, tables: Tables) -> tuple[float, float] | None:
    """Return the middle of the key's commune as (north, east), EPSG:5899; None where none may be trusted."""
    period = period_of(key.era, tables)
    then = [u for u in tables.units if u.code == key.unit and u.in_force(period.first, period.last)]
    return next((unit.trusted_centroid for unit in then if unit.trusted_centroid), None)


def plot(value: Value, key: ParcelKey, tables: Tables) -> tuple[Ring | None, str | None]:
    """Return the closed ring of (east, north), EPSG:5899, and a Vietnamese note; no ring where it must be wrong."""
    corners = tuple(corner for corner in value if isinstance(corner, Corner)) if isinstance(value, tuple) else ()
    if len(corners) < 3:
        return None, "Chưa có giấy tờ nào cho tọa độ góc ranh được chấp nhận."
    centroid = centroid_of(key, tables)
    placed, findings = place_corners(corners, centroid)
    outer = ring(placed)
    if not Polygon(outer).is_valid:
        return None, "Ranh giới theo tọa độ tự cắt nhau."
    wrong = next((finding for finding in findings if finding.severity == "error"), None)
    if wrong is not None:
        return None, wrong.message.vi
    if centroid is None:
        return outer, "Chưa kiểm tra được vị trí: xã không có tọa độ trung tâm đáng tin cậy."
    return outer, None


def stands(value: Value) -> str | None:
    """Return the shape of a digital map as WKT of a MultiPolygon in EPSG:5899; it stands before any corners."""
    return value if isinstance(value, str) and value.startswith("MULTIPOLYGON") else None
