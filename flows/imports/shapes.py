"""Shapes of an imported map: where they lie, and each as a MULTIPOLYGON in EPSG:5899 or a fault."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import shapely
from shapely import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from cadastre.ground.grid import FAR_M
from cadastre.ground.positions import Placed, Point, System, known_crs, place, transformer
from cadastre.imports.import_findings import shape_far, shape_unusable
from cadastre.imports.imported_rows import Outline
from flows.imports.outcome import Outcome
from schemas.errors import BadInput, Message, Misconfigured


def shapes_of(wkb: Sequence[bytes | None]) -> list[BaseGeometry | None]:
    """Return the shapes; None where a row has none or one that cannot be decoded."""
    return [None if shape is None else shape for shape in shapely.from_wkb(np.array(wkb, dtype=object), "ignore")]


def points_of(shapes: Sequence[BaseGeometry | None]) -> list[Point]:
    """Return the middle of each shape's bounds, as (x, y) of the file."""
    kept = [shape for shape in shapes if shape is not None and not shape.is_empty]
    bounds = shapely.bounds(np.array(kept, dtype=object)) if kept else np.empty((0, 4))
    return [((a + c) / 2, (b + d) / 2) for a, b, c, d in bounds.tolist() if math.isfinite(a + b + c + d)]


def system_of(
    name: str, points: Sequence[Point], own: str | None, wanted: str | None, centroid: Point | None, outcome: Outcome
) -> System | None:
    """Return the coordinate system, with a note on how it was found; None where no shape can be placed.

    `own` is the file's, `wanted` the user's `--crs`: a system, or `auto` to take the only one that fits. BadInput
    where it is a sure mistake, or nobody knows.
    """
    declared = _declared(own, wanted)
    if not points:
        return None
    placed = place(points, declared, centroid)
    if placed is None:
        raise BadInput(
            vi=f"{name}: tệp không ghi hệ tọa độ, vị trí cũng chưa đủ để biết; ghi --crs, ví dụ --crs 5899",
            en=f"{name}: the file names no coordinate system and its place does not tell; give --crs, e.g. --crs 5899",
        )
    if placed.doubt:
        if wanted != "auto" or len(placed.doubt) != 1:
            raise _mistake(name, placed)
        placed = Placed(placed.doubt[0], inside=True, checked=True)
    outcome.details["crs"] = placed.system.name().say("en")
    if not placed.inside:
        outcome.notes.append(
            Message(
                f"{name}: hình nằm ngoài tỉnh Quảng Nam cũ hoặc xa xã đã ghi; không dùng hình, chỉ nhận các ô dữ liệu",
                f"{name}: the shapes lie outside old Quảng Nam or far from the commune; only the cells are taken",
            )
        )
        return None
    _note(name, placed, declared, wanted, outcome)
    return placed.system


def _declared(own: str | None, wanted: str | None) -> str | None:
    if wanted in (None, "auto"):
        return known_crs(own) if own else None
    assert wanted is not None
    known = known_crs(wanted)
    if known is None:
        raise Misconfigured(
            vi=f"--crs {wanted}: không phải mã EPSG; ví dụ --crs 5899",
            en=f"--crs {wanted}: no EPSG code; e.g. --crs 5899",
        )
    return known


def _mistake(name: str, placed: Placed) -> BadInput:
    doubt = placed.doubt or ()
    vi = " hoặc ".join(system.name().vi for system in doubt)
    en = " or ".join(system.name().en for system in doubt)
    return BadInput(
        vi=f"{name}: tọa độ không thể thuộc {placed.system.name().vi}; vị trí hợp với {vi}. "
        "Ghi --crs cho đúng, hoặc --crs auto để dùng hệ ấy",
        en=f"{name}: the coordinates cannot be in {placed.system.name().en}; they fit {en}. "
        "Give the right --crs, or --crs auto to take that one",
    )


def _note(name: str, placed: Placed, declared: str | None, wanted: str | None, outcome: Outcome) -> None:
    told = placed.system.name()
    if declared is None or wanted == "auto":
        outcome.notes.append(
            Message(
                f"{name}: hệ tọa độ {told.vi}, nhận ra theo vị trí so với xã",
                f"{name}: coordinate system {told.en}, made out by the place of the commune",
            )
        )
    elif placed.system.crs != "EPSG:5899":
        outcome.notes.append(
            Message(f"{name}: chuyển từ {told.vi} sang EPSG:5899", f"{name}: taken from {told.en} to EPSG:5899")
        )
    if not placed.checked:
        outcome.notes.append(
            Message(
                f"{name}: chưa kiểm tra được kinh tuyến trục vì xã không có tọa độ trung tâm đáng tin",
                f"{name}: the meridian could not be checked, the commune has no trusted centre",
            )
        )


def outline(shape: BaseGeometry | None, system: System, centroid: Point | None) -> Outline | None:
    """Return a shape as it is stored: parts and holes kept, rounded to millimetres; None where it is no polygon."""
    if shape is None or shape.is_empty or shape.geom_type not in ("Polygon", "MultiPolygon"):
        return None
    moved = shapely.transform(shape, lambda xy: _moved(xy, system))
    if not np.isfinite(shapely.get_coordinates(moved)).all():
        return Outline(None, 0.0, shape_unusable("tọa độ không phải số / no numbers"))
    if not moved.is_valid:
        return Outline(None, 0.0, shape_unusable(shapely.is_valid_reason(moved)))
    middle = moved.centroid
    if centroid is not None and (away := math.hypot(middle.y - centroid[0], middle.x - centroid[1])) > FAR_M:
        return Outline(None, 0.0, shape_far(away / 1000))
    parts = _parted(moved)
    rounded = shapely.transform(parts, lambda xy: np.round(xy, 3))
    if not rounded.is_valid:  # a spike thinner than a millimetre
        rounded = _parted(shapely.set_precision(parts, 0.001))
    return Outline(shapely.to_wkt(rounded, rounding_precision=3), float(rounded.area))


def _parted(shape: BaseGeometry) -> MultiPolygon:
    return MultiPolygon([part for part in shapely.get_parts(shape) if isinstance(part, Polygon)])


def _moved(xy: np.ndarray, system: System) -> np.ndarray:
    x, y = (xy[:, 1], xy[:, 0]) if system.swapped else (xy[:, 0], xy[:, 1])
    if system.crs == "EPSG:5899":
        return np.column_stack((x, y))
    return np.column_stack(transformer(system.crs).transform(x, y))
