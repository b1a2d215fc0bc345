"""Find the sheet that lies on a darker table or lid, and the way from the picture to the flat sheet."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]

_LOOK_PIXELS = 640
#: A sheet takes at least this share of the picture; above the other share there is no table to speak of.
_SMALLEST, _LARGEST = 0.2, 0.985
#: By how many grey levels the sheet must outshine what lies around it.
_CONTRAST = 45.0
#: How much brighter the sheet is just inside its edge, how far inside that is, and along what share of its outline.
_BRIGHTER, _STEP, _SUPPORTED = 1.25, 5.0, 0.8
#: How much of the sheet's outline must be the four-sided figure found.
_FOUR_SIDED = 0.93
#: Sheets of the A series, and within this tolerance those of the certificates, 190 × 265 mm.
_A_SERIES, _A_TOLERANCE = 2**0.5, 0.12
#: A side that leans or differs by more than this against its opposite is seen in perspective, not scanned.
_SCANNED_LEAN = 0.008


@dataclass(frozen=True, slots=True)
class SheetFound:
    """The sheet's corners in the picture, clockwise from the top left, and its flat size in the picture's pixels."""

    corners: Points
    width: float
    height: float
    perspective: bool

    def to_picture(self, width: int, height: int) -> NDArray[np.float64]:
        """Return the homography from the flat sheet, drawn width × height pixels large, to the picture."""
        flat = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32)
        return cv2.getPerspectiveTransform(flat, self.corners.astype(np.float32)).astype(np.float64)


def find_sheet(image: NDArray[np.uint8]) -> SheetFound | None:
    """Return the sheet if the picture shows one on a clearly darker ground, else None.

    Light falls unevenly on a table, so no one split of bright from dark will do: several are tried, and the
    outline stands that is brighter within than without along most of its way.
    """
    scale = min(1.0, _LOOK_PIXELS / max(image.shape[:2]))
    small = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    light = small if small.ndim == 2 else small.max(axis=2)
    closed = cv2.morphologyEx(light, cv2.MORPH_CLOSE, np.ones((7, 7), np.uint8))
    smooth = cv2.medianBlur(closed, 5).astype(np.uint8, copy=False)
    ring = np.concatenate([smooth[:4].ravel(), smooth[-4:].ravel(), smooth[:, :4].ravel(), smooth[:, -4:].ravel()])
    table, paper = float(np.percentile(ring, 20)), float(np.percentile(smooth, 90))
    if paper - table < _CONTRAST:
        return None
    best: Points | None = None
    best_support = _SUPPORTED
    for part in (0.15, 0.22, 0.3, 0.4, 0.5, 0.6):
        corners = _outline_corners(smooth > table + part * (paper - table))
        if corners is None:
            continue
        support = _support(smooth, corners)
        if support > best_support + 0.01:
            best, best_support = corners, support
    if best is None:
        return None
    corners = (best + 0.5) / scale
    width, height, lean = _flat_size(corners)
    return SheetFound(corners, width, height, lean > _SCANNED_LEAN)


def _outline_corners(bright: NDArray[np.bool_]) -> Points | None:
    opened = cv2.morphologyEx(bright.astype(np.uint8), cv2.MORPH_OPEN, np.ones((9, 9), np.uint8))
    outlines, _ = cv2.findContours(opened, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    if not outlines:
        return None
    outline = max(outlines, key=cv2.contourArea)
    if not _SMALLEST <= cv2.contourArea(outline) / bright.size <= _LARGEST:
        return None
    return _corners(outline.reshape(-1, 2).astype(np.float64))


def _support(smooth: NDArray[np.uint8], corners: Points) -> float:
    """Return along what share of a figure's sides it is clearly brighter a little inside than a little outside.

    Sides that run along the picture's own edge have no outside; they count as half supported.
    """
    height, width = smooth.shape
    middle = corners.mean(axis=0)
    gained: list[float] = []
    for start, end in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        along = np.linspace(0.03, 0.97, 60)[:, None]
        points = start + along * (end - start)
        normal = np.array([end[1] - start[1], start[0] - end[0]])
        normal = normal / max(float(np.hypot(*normal)), 1e-9)
        if (middle - start) @ normal > 0:
            normal = -normal
        outer, inner = points + _STEP * normal, points - _STEP * normal
        seen = (outer >= 0).all(axis=1) & (outer[:, 0] < width) & (outer[:, 1] < height)
        inside = smooth[_index(inner[:, 1], height), _index(inner[:, 0], width)].astype(np.float64)
        outside = smooth[_index(outer[:, 1], height), _index(outer[:, 0], width)].astype(np.float64)
        gained += np.where(seen, inside > _BRIGHTER * outside + 4, 0.5).tolist()
    return float(np.mean(gained))


def _index(values: Points, size: int) -> NDArray[np.intp]:
    return np.clip(np.rint(values), 0, size - 1).astype(np.intp)


def _corners(outline: Points) -> Points | None:
    """Return the crossings of the four straight sides fitted to an outline, clockwise from the top left."""
    hull = cv2.convexHull(outline.astype(np.float32))
    rough = None
    for part in (0.01, 0.02, 0.03, 0.05, 0.08):
        candidate = cv2.approxPolyDP(hull, part * cv2.arcLength(hull, True), True)
        if len(candidate) == 4:
            rough = candidate.reshape(4, 2).astype(np.float64)
            break
    if rough is None:
        return None
    covered = cv2.contourArea(outline.astype(np.float32)) / cv2.contourArea(rough.astype(np.float32))
    if not _FOUR_SIDED <= covered <= 1 / _FOUR_SIDED:
        return None
    rough = _clockwise(rough)
    lines = [_side(outline, rough[i], rough[(i + 1) % 4]) for i in range(4)]
    crossings = [_crossing(lines[i - 1], lines[i]) for i in range(4)]
    if any(crossing is None for crossing in crossings):
        return None
    return np.array(crossings, dtype=np.float64)


def _clockwise(points: Points) -> Points:
    middle = points.mean(axis=0)
    ordered = points[np.argsort(np.arctan2(points[:, 1] - middle[1], points[:, 0] - middle[0]))]
    first = int(np.argmin(ordered.sum(axis=1)))
    return np.roll(ordered, -first, axis=0)


def _side(outline: Points, start: Points, end: Points) -> Points:
    """Return the line a·x + b·y = c through the outline's points beside the middle of a rough side."""
    along = end - start
    length = float(np.hypot(*along))
    unit = along / length
    offset = outline - start
    place = offset @ unit / length
    distance = np.abs(offset @ np.array([-unit[1], unit[0]]))
    near = outline[(place > 0.08) & (place < 0.92) & (distance < max(4.0, 0.02 * length))]
    if len(near) >= 20:
        vx, vy, x, y = cv2.fitLine(near.astype(np.float32), cv2.DIST_HUBER, 0, 0.01, 0.01).ravel().astype(np.float64)
    else:
        (vx, vy), (x, y) = unit, start
    return np.array([-vy, vx, -vy * x + vx * y])


def _crossing(one: Points, other: Points) -> Points | None:
    matrix = np.array([one[:2], other[:2]])
    if abs(np.linalg.det(matrix)) < 0.1:
        return None
    return np.linalg.solve(matrix, np.array([one[2], other[2]]))


def _flat_size(corners: Points) -> tuple[float, float, float]:
    """Return the flat sheet's width and height, and by how much the picture departs from a rectangle."""
    sides = np.roll(corners, -1, axis=0) - corners
    top, right, bottom, left = (float(np.hypot(*side)) for side in sides)
    width, height = max(top, bottom), max(left, right)
    lean = max(abs(top - bottom) / width, abs(left - right) / height)
    if lean > _SCANNED_LEAN:
        ratio = max(width, height) / min(width, height)
        if abs(ratio / _A_SERIES - 1) < _A_TOLERANCE:
            longer = (width * height * _A_SERIES) ** 0.5
            width, height = (longer, longer / _A_SERIES) if width > height else (longer / _A_SERIES, longer)
    return width, height, lean
