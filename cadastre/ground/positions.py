"""In which coordinate system a map's numbers are, by where they fall (domain.md 6.2, 6.3)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import median

from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError

from cadastre.ground.grid import EAST_M, FAR_M, NORTH_M
from schemas.errors import Message

TARGET = "EPSG:5899"
#: Systems that maps of old Quảng Nam come in, and the two ways round of the axes.
_SYSTEMS = ("EPSG:5899", "EPSG:5898", "EPSG:3406", "EPSG:3405", "EPSG:4326")
_NAMES = {
    "EPSG:5899": Message("VN-2000, kinh tuyến trục 107°45'", "VN-2000, meridian 107°45'"),
    "EPSG:5898": Message("VN-2000, kinh tuyến trục 108°00'", "VN-2000, meridian 108°00'"),
    "EPSG:3406": Message("VN-2000, UTM múi 49", "VN-2000, UTM zone 49N"),
    "EPSG:3405": Message("VN-2000, UTM múi 48", "VN-2000, UTM zone 48N"),
    "EPSG:4326": Message("WGS 84, độ", "WGS 84, degrees"),
}
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class System:
    """A coordinate system, and whether the file has its axes the other way round."""

    crs: str
    swapped: bool = False

    def name(self) -> Message:
        """Return its name for people."""
        known = _NAMES.get(self.crs, Message(self.crs, self.crs))
        if not self.swapped:
            return Message(f"{self.crs} ({known.vi})", f"{self.crs} ({known.en})")
        return Message(
            f"{self.crs} ({known.vi}), hai cột tọa độ đổi chỗ", f"{self.crs} ({known.en}), the two axes swapped"
        )


@dataclass(frozen=True, slots=True)
class Placed:
    """How a map's coordinates are taken: the system, and whether they fall into the province.

    `doubt` is set where they cannot be in that system: what they most likely are, None where nothing fits.
    """

    system: System
    inside: bool
    checked: bool
    doubt: tuple[System, ...] | None = None


def known_crs(text: str) -> str | None:
    """Return the authority's name of a system (`EPSG:5899`), else its definition; None where it is none."""
    try:
        crs = CRS.from_user_input(int(text) if text.isdigit() else text)
    except (CRSError, ValueError):
        return None
    authority = crs.to_authority(min_confidence=70)
    return ":".join(authority) if authority else crs.to_wkt()


@lru_cache(maxsize=32)
def transformer(crs: str) -> Transformer:
    """Return the transformation of (east, north) or (longitude, latitude) into EPSG:5899."""
    return Transformer.from_crs(crs, TARGET, always_xy=True)


def place(points: Sequence[Point], declared: str | None, centroid: Point | None) -> Placed | None:
    """Return in which system the points (x, y as the file has them) are; None where several may be meant.

    `declared` is the file's own or the user's; `centroid` is the commune's, (north, east) in EPSG:5899, None where
    none may be trusted.
    """
    middle = (median(x for x, _ in points), median(y for _, y in points))
    fitting = [system for system in _candidates() if _falls(middle, system, centroid)]
    if declared is None:
        if len(fitting) == 1 and centroid is not None:
            return Placed(fitting[0], inside=True, checked=True)
        return None
    own = System(declared)
    if _falls(middle, own, centroid):
        return Placed(own, inside=True, checked=centroid is not None)
    others = tuple(system for system in fitting if system != own)
    if others:
        return Placed(own, inside=False, checked=True, doubt=others)
    return Placed(own, inside=_falls(middle, own, None), checked=True)


def _candidates() -> list[System]:
    return [System(crs, swapped) for crs in _SYSTEMS for swapped in (False, True)]


def _falls(point: Point, system: System, centroid: Point | None) -> bool:
    """Return whether the point lies in the old province, and near its commune where that is known."""
    x, y = (point[1], point[0]) if system.swapped else point
    east, north = transformer(system.crs).transform(x, y)
    if not (math.isfinite(east) and EAST_M[0] <= east <= EAST_M[1] and NORTH_M[0] <= north <= NORTH_M[1]):
        return False
    return centroid is None or math.hypot(north - centroid[0], east - centroid[1]) <= FAR_M
