"""A real commune on two maps: the cadastre of about 1820 and today's parcels of Bâgé-le-Châtel, joined by their ground.

    python -m benchmarks.two_eras ../shared/data/parcels/fr_bage_two_eras

No paper of this commune is held: neither map has users or printed areas but the modern register's, so boundaries,
areas and neighbours are all that speaks. The old sheets lie where their control points put them. The overlay of the
two maps is what is compared with: pairs of parcels that are the better half of each other.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import duckdb
import geopandas as gpd
import pandas as pd
from shapely import Polygon, make_valid
from shapely.geometry.base import BaseGeometry

from cadastre.linking.lineage import reconcile
from cadastre.numberings.mentions import Mention
from schemas.documents import Era
from schemas.entries import Corner
from schemas.parcels import ParcelKey
from schemas.tables import load_tables
from schemas.weights import load_weights


def _largest(shape: BaseGeometry) -> Polygon:
    parts = [part for part in getattr(make_valid(shape), "geoms", [make_valid(shape)]) if isinstance(part, Polygon)]
    return max(parts, key=lambda part: part.area)


def _mention(era: Era, sheet: str, number: str, shape: Polygon, area_m2: float) -> Mention:
    corners = tuple(Corner(n, y, x) for n, (x, y) in enumerate(list(shape.exterior.coords)[:-1], start=1))
    return Mention(
        entry_id=f"{era}-{sheet}-{number}", document_id=f"{era}-{sheet}", kind="ban_do",
        key=ParcelKey("01026", era, sheet, number), day=None, areas=(round(area_m2, 1),), names=(), kin=(), surnames=(),
        body=False, numbers=(), hamlet=None, toponym=None, groups=frozenset(), serial=None,
        named_serials=(), olds=(), carved=False, joined=False, corners=corners,
    )  # fmt: skip


def main() -> None:
    """Join the two maps and say what agreed and what did not."""
    folder = Path(sys.argv[1])
    drawn = [folder / "vecteurs" / "out" / f"epsg_2154_A{n}_parcelles.gpkg" for n in (1, 2)]
    old = pd.concat([gpd.read_file(one).assign(sheet=f"A{n}") for n, one in enumerate(drawn, start=1)])
    new = gpd.read_file(folder / "vecteurs" / "cadastre-01026-parcelles.geojson").to_crs(2154)
    unnumbered = int(old.parcelle_nb.isna().sum())
    old = old[old.parcelle_nb.notna()]
    mentions: dict[str, tuple[Mention, Polygon]] = {}
    twice = 0
    for row in old.itertuples():
        shape = _largest(row.geometry)
        mention = _mention("299", row.sheet, str(row.parcelle_nb).removesuffix(".0"), shape, shape.area)
        twice += str(mention.key) in mentions
        mentions.setdefault(str(mention.key), (mention, shape))
    ground = make_valid(old.geometry.union_all()).buffer(20)
    for row in new[new.geometry.intersects(ground)].itertuples():
        shape = _largest(row.geometry)
        mention = _mention("2013", row.section, str(row.numero), shape, float(row.contenance or shape.area))
        mentions.setdefault(str(mention.key), (mention, shape))
    with duckdb.connect() as memory:
        found = reconcile([m for m, _ in mentions.values()], load_tables(), load_weights(), memory)
    shapes = {key: shape for key, (_, shape) in mentions.items()}
    best = _better_halves(shapes)
    linked = {(str(link.older), str(link.newer)): link for link in found.links}
    eras = Counter("old" if "@299" in key else "new" for key in shapes)
    print(f"old parcels {eras['old']}, besides {unnumbered} without a number and {twice} whose number stands twice")
    print(f"new parcels on their ground {eras['new']}")
    print("links:", dict(Counter(link.relation for link in found.links)))
    print(f"better halves of each other {len(best)}, of them linked {len(best & linked.keys())}")
    shares = [_share(shapes[a], shapes[b]) for a, b in linked]
    for least in (0.8, 0.5, 0.2):
        sharing = sum(share >= least for share in shares)
        print(f"links that share {least:.0%} of the smaller parcel or more: {sharing} of {len(shares)}")
    lone = [k for k in shapes if "@299" in k and not any(k == a for a, _ in linked)]
    why = Counter("overlaps none by half" if not _overlapping(shapes, k) else "no agreement" for k in lone)
    print(f"old parcels without a link {len(lone)}: {dict(why)}")


def _share(one: Polygon, other: Polygon) -> float:
    return float(one.intersection(other).area / min(one.area, other.area))


def _overlapping(shapes: dict[str, Polygon], key: str) -> bool:
    mine = shapes[key]
    return any(
        mine.intersects(shape) and mine.intersection(shape).area >= 0.5 * max(mine.area, shape.area)
        for other, shape in shapes.items()
        if "@2013" in other
    )


def _better_halves(shapes: dict[str, Polygon]) -> set[tuple[str, str]]:
    old = {k: s for k, s in shapes.items() if "@299" in k}
    new = {k: s for k, s in shapes.items() if "@2013" in k}
    pairs = set()
    for a, one in old.items():
        for b, other in new.items():
            if one.intersects(other) and one.intersection(other).area > 0.5 * max(one.area, other.area):
                pairs.add((a, b))
    return pairs


if __name__ == "__main__":
    main()
