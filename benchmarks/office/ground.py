"""The ground: blocks of one use, truly divided into polygons in EPSG:5899 (east, north), cut, united and measured."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass

import shapely
from shapely.geometry import Polygon

#: Use, its usual size in m² at the beginning, and its share of the parcels.
_USES = (("home", 1150.0, 0.36), ("rice", 620.0, 0.34), ("crop", 850.0, 0.22), ("trees", 3200.0, 0.08))
_FIELDS = {
    "home": ("Xóm Giữa", "Xóm Bàu", "Xóm Chợ", "Xóm Đình", "Xóm Nam", "Xóm Trảng", "Gò Dinh", "Cồn Thu"),
    "rice": ("Đồng Miễu", "Đồng Bàu Sen", "Đồng Sanh", "Đồng Quan", "Đồng Lớn", "Bàu Tràm", "Ruộng Đình", "Mương Cả"),
    "crop": ("Biền Dưới", "Soi Trên", "Thổ Cây Duối", "Nà Ông Kỳ", "Trảng Cát", "Bãi Dâu", "Thổ Chùa", "Gò Nổi"),
    "trees": ("Rừng Dương", "Cồn Cát", "Gò Lăng", "Trảng Nhum"),
}  # fmt: skip
_HAMLETS = {
    "bac": ("2A", "2B", "Bình Ninh", "Phong Ngũ"),
    "dong": ("7A", "7B", "Cổ An", "Quảng Hậu"),
    "duong": ("Hà My Đông", "Hà My Trung", "Hà Bản", "Tân Khai"),
}
#: South-west corner of each zone: east, north.
_CORNERS = {"bac": (554_200.0, 1_760_900.0), "dong": (554_200.0, 1_758_900.0), "duong": (557_400.0, 1_759_600.0)}
_WIDTH, _ROAD, _COLUMN = 170.0, 6.0, 760.0


@dataclass(frozen=True, slots=True)
class Plot:
    """A polygon of the beginning, with its use, field name and hamlet."""

    polygon: Polygon
    use: str
    field: str
    hamlet: str


def lay_out(zone: str, count: int, chance: random.Random) -> list[Plot]:
    """Return about so many plots of a zone, block by block in columns from the south-west."""
    east, north = _CORNERS[zone]
    plots: list[Plot] = []
    x, y = east, north
    for use, field in _blocks(count, chance):
        size = next(size for name, size, _ in _USES if name == use)
        height = size * 30 / _WIDTH
        if y + height > north + _COLUMN and y > north:
            x, y = x + _WIDTH + _ROAD, north
        corners = ((x, y), (x + _WIDTH, y), (x + _WIDTH, y + height), (x, y + height))
        block = Polygon([(a + chance.uniform(-2.5, 2.5), b + chance.uniform(-2.5, 2.5)) for a, b in corners])
        hamlet = chance.choice(_HAMLETS[zone])
        plots += [Plot(part, use, field, hamlet) for part in _divided(block, size, chance)]
        y += height + _ROAD
    return plots


def _blocks(count: int, chance: random.Random) -> list[tuple[str, str]]:
    """Return use and field name of blocks of about thirty plots."""
    blocks = [
        (use, _FIELDS[use][at % len(_FIELDS[use])])
        for use, _, share in _USES
        for at in range(max(1, round(count * share / 30)))
    ]
    chance.shuffle(blocks)
    return blocks


def _divided(polygon: Polygon, size: float, chance: random.Random) -> list[Polygon]:
    if polygon.area < size * chance.uniform(1.15, 1.75):
        return [polygon]
    share = chance.uniform(0.36, 0.64)
    return [small for part in cut(polygon, (share, 1 - share), chance) for small in _divided(part, size, chance)]


def cut(polygon: Polygon, shares: Sequence[float], chance: random.Random) -> list[Polygon]:
    """Return the parts of a polygon cut across its length, by shares of its area."""
    box = shapely.oriented_envelope(polygon)
    ring = list(shapely.get_coordinates(box).tolist())
    sides = sorted(((ring[at], ring[at + 1]) for at in (0, 1)), key=lambda side: math.dist(*side))
    (ax, ay), (bx, by) = sides[-1]
    angle = math.atan2(by - ay, bx - ax) + math.radians(chance.gauss(0, 2.5))
    across = (math.cos(angle), math.sin(angle))
    parts, rest = [], polygon
    for share in shares[:-1]:
        low, high = 0.0, 1.0
        for _ in range(16):
            middle = (low + high) / 2
            if rest.intersection(_half(rest, across, middle)).area < share * polygon.area:
                low = middle
            else:
                high = middle
        half = _half(rest, across, high)
        parts.append(_largest(shapely.intersection(rest, half, grid_size=0.001)))
        rest = _largest(shapely.difference(rest, half, grid_size=0.001))
    return [*parts, rest]


def _half(polygon: Polygon, across: tuple[float, float], share: float) -> Polygon:
    """Return the half plane, as a large box, that holds the first share of a polygon's length in a direction."""
    dx, dy = across
    along = [x * dx + y * dy for x, y in polygon.exterior.coords]
    at = min(along) + share * (max(along) - min(along))
    cx, cy = polygon.centroid.x, polygon.centroid.y
    move = at - (cx * dx + cy * dy)
    px, py, far = cx + move * dx, cy + move * dy, 2_000.0
    side = ((px - far * dy, py + far * dx), (px + far * dy, py - far * dx))
    return Polygon([*side, *((x - far * dx, y - far * dy) for x, y in reversed(side))])


def _largest(shape: shapely.Geometry) -> Polygon:
    """Return the largest polygon of a shape."""
    polygons = [one for one in shapely.get_parts(shape) if isinstance(one, Polygon)]
    return max(polygons, key=lambda one: one.area)


def united(polygons: Sequence[Polygon]) -> Polygon | None:
    """Return the polygon of several neighbours; None where they do not lie together."""
    whole = shapely.union_all(polygons, grid_size=0.02)
    if not isinstance(whole, Polygon):
        whole = shapely.union_all([one.buffer(0.05, join_style="mitre") for one in polygons], grid_size=0.02)
    if not isinstance(whole, Polygon) or whole.is_empty:
        return None
    outline = shapely.simplify(Polygon(whole.exterior), 0.02)
    return outline if isinstance(outline, Polygon) and not outline.is_empty else None


def touch(one: Polygon, other: Polygon) -> bool:
    """Return whether two polygons share an edge of some metres."""
    if one.distance(other) > 0.2:
        return False
    return bool(one.buffer(0.3).intersection(other).area > 0.3 * 3.0)


def moved(giver: Polygon, taker: Polygon, chance: random.Random) -> tuple[Polygon, Polygon] | None:
    """Return two neighbours after a strip of the first came to the second; None where the form would break."""
    strip = giver.intersection(taker.buffer(chance.uniform(0.8, 2.6), join_style="mitre"))
    whole = united((taker, strip)) if isinstance(strip, Polygon) and not strip.is_empty else None
    rest = giver.difference(strip.buffer(0.01))
    if whole is None or not isinstance(rest, Polygon) or not 0.7 < rest.area / giver.area < 0.99:
        return None
    return rest, whole


def measured(polygon: Polygon, survey: str, error_m: float) -> Polygon:
    """Return the polygon as a survey sees it; a corner shared by neighbours errs alike in both."""
    seen = []
    for x, y in polygon.exterior.coords[:-1]:
        noise = random.Random(f"{survey} {x:.1f} {y:.1f}")
        seen.append((round(x + noise.gauss(0, error_m), 2), round(y + noise.gauss(0, error_m), 2)))
    return Polygon(seen)


def corner_table(seen: Polygon) -> list[dict[str, float]]:
    """Return the corners of the contract: x north, y east, the edge to the next corner."""
    ring = list(seen.exterior.coords)
    return [
        {"no": at + 1, "x": round(y, 2), "y": round(x, 2), "edge_m": round(math.dist((x, y), ring[at + 1]), 2)}
        for at, (x, y) in enumerate(ring[:-1])
    ]
