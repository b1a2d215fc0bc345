"""How many parcels of an imported map are joined to their papers, against a truth that is made with them.

    python -m benchmarks.drawn_map --seed 7 --parcels 700 --errors worn [--owners]

A district of `samples.district` is made. Its papers are imported as entries, then, as a survey firm delivers it, the
map of all parcels that live in the end: commune, sheet, parcel number, area, outline, and with --owners who holds it.
What the summary of `diachinh import` says of each parcel (`joined` in --json) is held against the truth: a parcel has
papers where one shows its number, or a number that its ground bore before.

Printed: of the map's parcels that have papers of their own number, and of those that have papers of older numbers
alone, how many are joined, with 95 % intervals, and the causes that the summary names for the others.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import geopandas
from shapely import Polygon

from benchmarks.command import call
from benchmarks.private_home import private_home
from benchmarks.score import interval
from samples.district.make import District, lands
from samples.district.said import line
from samples.district.world import Node
from schemas.parcels import ParcelKey
from schemas.tables import load_tables

_DAY = "2024-12-15"  # the numbers of the last papers stand under the codes of that day
_CRS = "EPSG:5899"
Numbers = tuple[str, str, str]
"""Commune's code, sheet and parcel number."""


def main() -> None:
    """Make papers and map, import both, and print what was joined."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, required=True, help="the same seed makes the same district")
    parser.add_argument("--parcels", type=int, default=700, help="parcels in 1982")
    parser.add_argument("--errors", choices=("none", "worn"), default="worn", help="how the papers were read")
    parser.add_argument("--notes", type=float, default=0.5, help="share of papers that say where a parcel came from")
    parser.add_argument("--owners", action="store_true", help="the map names who holds each parcel")
    args = parser.parse_args()
    made = list(
        lands(args.seed, parcels=args.parcels, communes=4, notes=args.notes, errors=args.errors, tables=load_tables())
    )
    with private_home() as folder:
        papers, plan = folder / "papers.jsonl", folder / "map.gpkg"
        with papers.open("w", encoding="utf-8") as out:
            out.writelines(json.dumps(line(said), ensure_ascii=False) + "\n" for land in made for said in land.papers)
        draw(made, plan, owners=args.owners)
        call("services", "start")
        call("import", str(papers))
        (told,) = json.loads(call("import", str(plan), "--asserted-on", _DAY, "--json", good=(0, 5)))["files"]
    if told["joined"]["parcels"] < told["rows"]:
        raise SystemExit(
            f"{told['rows'] - told['joined']['parcels']} rows of the map wait without a key: {told['findings']}"
        )
    print("\n".join(lines(told["joined"], truth_of(made))))


def draw(made: Iterable[District], out: Path, *, owners: bool) -> None:
    """Write the map of the living parcels as a GeoPackage in the columns of VILIS."""
    rows = [
        {
            "MAXA": lot.node.unit,
            "SHBANDO": lot.node.sheet,
            "SHTHUA": lot.node.number,
            "DIENTICH": lot.node.area_m2,
            **({"TENCHU": lot.holder if isinstance(lot.holder, str) else lot.holder.head.name} if owners else {}),
            "geometry": Polygon(land.world.ground.outline(lot.pieces)),
        }
        for land in made
        for lot in land.world.lots.values()
    ]
    geopandas.GeoDataFrame(rows, crs=_CRS).to_file(out, driver="GPKG")


def truth_of(made: Iterable[District]) -> dict[Numbers, frozenset[Numbers]]:
    """Return for each living parcel the numbers, its own and older ones, that a keyed paper shows."""
    out: dict[Numbers, frozenset[Numbers]] = {}
    for land in made:
        for lot in land.world.lots.values():
            borne = {lot.node, *_before(land, lot.node)}
            out[_numbers(lot.node)] = frozenset(_numbers(node) for node in borne if node in land.held)
    return out


def lines(joined: Mapping[str, Any], truth: Mapping[Numbers, frozenset[Numbers]]) -> Iterator[str]:
    """Yield what the summary of an imported map comes to, held against the truth."""
    apart = {_of_key(one["parcel_key"]): one["cause"] for one in joined["without_paper"]}
    own = {numbers for numbers, shown in truth.items() if numbers in shown}
    older = {numbers for numbers, shown in truth.items() if shown} - own
    for name, having in (("with a paper of their own number", own), ("with papers of older numbers alone", older)):
        met = len(having - apart.keys())
        low, high = interval(met, len(having))
        causes = dict(Counter(apart[one] for one in having & apart.keys()))
        yield f"{name}: joined {met} of {len(having)} ({low:.1f}-{high:.1f} %); the others: {causes}"
    both = own | older
    met = len(both - apart.keys())
    low, high = interval(met, len(both))
    yield f"all that have papers: joined {met} of {len(both)} = {100 * met / len(both):.1f} % ({low:.1f}-{high:.1f})"
    none = truth.keys() - both
    yield f"without papers: {len(none & apart.keys())} told so, {len(none - apart.keys())} joined"


def _before(land: District, node: Node) -> set[Node]:
    seen: set[Node] = set()
    waiting = [node]
    while waiting:
        older = [one for one in land.world.came_of(waiting.pop()) if one not in seen]
        seen.update(older)
        waiting += older
    return seen


def _numbers(node: Node) -> Numbers:
    return node.unit, *node.place


def _of_key(key: str) -> Numbers:
    parsed = ParcelKey.parse(key)
    return parsed.unit, parsed.sheet, parsed.parcel


if __name__ == "__main__":
    main()
