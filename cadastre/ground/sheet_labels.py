"""Parcels of a drawn sheet: line work becomes polygons, and the texts inside each say its number, use and area."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import shapely
from shapely import Polygon, STRtree
from shapely.geometry.base import BaseGeometry

from cadastre.words.folding import tidy

SLIVER_M2 = 1.0  # polygons below come from lines drawn twice
_SNAP = 0.001  # metres: ends of lines that should meet
_NUMBER = re.compile(r"0*([1-9]\d{0,3}[A-Za-z]?)")
_AREA = re.compile(r"\d{1,6}[.,]\d{1,2}")
_USE = re.compile(r"[A-ZĐ]{1,3}(?:\s?\+\s?[A-ZĐ]{1,3})*|\d?L")
_WHOLE = re.compile(r"0*([1-9]\d{0,3}[a-z]?)\s*/\s*([A-Za-zĐ+]{1,11})\s*/\s*(\d{1,6}(?:[.,]\d{1,2})?)")


@dataclass(frozen=True, slots=True)
class Text:
    """A text of the drawing and where it stands."""

    text: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Drawn:
    """A polygon with what its texts say; `number` is None where none or several may be it."""

    polygon: Polygon
    number: str | None
    land_use: str | None
    area: str | None
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The parcels of a sheet, the polygons that no text names, and the numbers that stand in no polygon."""

    parcels: tuple[Drawn, ...]
    unlabelled: tuple[Drawn, ...]
    stray: tuple[Text, ...]


def read_sheet(shapes: Sequence[BaseGeometry], texts: Sequence[Text]) -> Sheet:
    """Return what lines and texts of one drawing make; a parcel that lies inside another is a hole in it."""
    polygons = _polygons(shapes)
    tree = STRtree(polygons)
    inside: dict[int, list[Text]] = defaultdict(list)
    stray: list[Text] = []
    for text in texts:
        found = tree.query(shapely.Point(text.x, text.y), predicate="within")
        if len(found):
            inside[int(found[0])].append(text)
        elif _NUMBER.fullmatch(tidy(text.text)) or _WHOLE.fullmatch(tidy(text.text)):
            stray.append(text)
    drawn = [_drawn(polygon, inside.get(place, [])) for place, polygon in enumerate(polygons)]
    drawn.sort(key=lambda one: (-one.polygon.centroid.y, one.polygon.centroid.x))
    return Sheet(
        tuple(one for one in drawn if one.number is not None),
        tuple(one for one in drawn if one.number is None),
        tuple(stray),
    )


def _polygons(shapes: Sequence[BaseGeometry]) -> list[Polygon]:
    lines: list[BaseGeometry] = []
    for shape in shapes:
        parts = shapely.get_parts(shape)
        lines += [part.boundary if part.geom_type == "Polygon" else part for part in parts]
    kept = [line for line in lines if line.geom_type in ("LineString", "LinearRing", "MultiLineString")]
    if not kept:
        return []
    noded = shapely.union_all(shapely.set_precision(kept, _SNAP))
    made = shapely.get_parts(shapely.polygonize([noded]))
    return [one for one in made if isinstance(one, Polygon) and one.area >= SLIVER_M2]


def _drawn(polygon: Polygon, texts: Sequence[Text]) -> Drawn:
    said = [tidy(text.text) for text in texts]
    for one in said:
        if whole := _WHOLE.fullmatch(one):
            return Drawn(polygon, whole[1], whole[2], whole[3], tuple(said))
    parts = [part for one in said for part in re.split(r"[\s/]+", one) if part]
    areas = [part for part in parts if _AREA.fullmatch(part)]
    numbers = [match[1] for part in parts if (match := _NUMBER.fullmatch(part))]
    if len(numbers) > 1 and not areas:  # one of them may be the area in whole metres
        sizes = [part for part in numbers if part.isdigit() and abs(float(part) - polygon.area) <= 0.05 * polygon.area]
        if len(sizes) == 1:
            areas = sizes
            numbers.remove(sizes[0])
    uses = [part for part in parts if _USE.fullmatch(part) and not _NUMBER.fullmatch(part)]
    return Drawn(
        polygon,
        numbers[0] if len(set(numbers)) == 1 else None,
        uses[0] if len(set(uses)) == 1 else None,
        areas[0] if len(set(areas)) == 1 else None,
        tuple(said),
    )
