"""The truth of the links: which attested key is which, as far as the ground goes, and what prints it.

A key is attested when an entry that is given has its unit, sheet and parcel number accepted, and right. A step over
numbers that no entry attests goes straight to the next attested one. Two keys are linked when the ground that passed
from one to the other is a tenth or more of the smaller of them, each as large as it was at first. Where a parcel has
several successors, or several predecessors, every row says `split` or `merge`; where both, the row says `split` if
the shared ground is a greater share of the newer parcel than of the older one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from cadastre.words.folding import key as folded
from samples.district.events import SHARED
from samples.district.said import Said, keyed, true_value
from samples.district.world import Node, Step, World
from schemas.parcels import Relation

COLUMNS = ("from_key", "to_key", "relation", "p", "evidence", "printed", "kind")
_ORDER = ("299", "1988", "1993", "2003", "2009", "2013", "2024")
Numbering = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Edge:
    """Ground that went from one attested number to a later one, over steps that may have no paper."""

    older: Node
    newer: Node
    relation: Relation
    ground: frozenset[int]
    whys: frozenset[str]
    inner: bool  # both on one map, next to each other in time


def attested(papers: Iterable[Said]) -> dict[Node, list[Said]]:
    """Return the papers by the number that they attest."""
    out: dict[Node, list[Said]] = defaultdict(list)
    for said in papers:
        if attests(said):
            out[said.node].append(said)
    return out


def attests(said: Said) -> bool:
    """Return whether the entry as made has its key accepted, and right."""
    values, node = said.values, said.node
    return keyed(said) and (
        (values.get("unit_code"), values.get("sheet_no"), values.get("parcel_no"))
        == (node.unit, node.sheet, node.number)
    )


def keys_of(held: Mapping[Node, Sequence[Said]]) -> dict[Node, str]:
    """Return the contract's key of each attested number: its ERA is that of the sheet's earliest paper."""
    eras = _series_eras(held)
    return {node: f"{node.unit}@{eras[node.unit, node.series, node.sheet]}/{node.sheet}/{node.number}" for node in held}


def _series_eras(held: Mapping[Node, Sequence[Said]]) -> dict[Numbering, str]:
    first: dict[Numbering, int] = {}
    for node, papers in held.items():
        numbering = (node.unit, node.series, node.sheet)
        first[numbering] = min([first.get(numbering, 99), *(_ORDER.index(said.era) for said in papers)])
    return {numbering: "299" if era < 2 else _ORDER[era] for numbering, era in first.items()}


def without_twins(papers: list[Said]) -> list[Said]:
    """Return the papers less those of a sheet whose keys another map's sheet would share: those papers are lost.

    It happens where the sheets of two maps of a commune bear one number and are first known from papers of one era.
    """
    while True:
        held = attested(papers)
        shared: dict[tuple[str, str, str], list[Numbering]] = defaultdict(list)
        for numbering, era in _series_eras(held).items():
            shared[numbering[0], era, numbering[2]].append(numbering)
        twins = [numberings for numberings in shared.values() if len(numberings) > 1]
        if not twins:
            return papers
        count: dict[Numbering, int] = defaultdict(int)
        for node, said in held.items():
            count[node.unit, node.series, node.sheet] += len(said)
        lost = {min(numberings, key=lambda one: (count[one], one)) for numberings in twins}
        papers = [said for said in papers if (said.node.unit, said.node.series, said.node.sheet) not in lost]


def edges_of(world: World, known: Mapping[Node, str]) -> list[Edge]:
    """Return the steps between attested numbers, those over unknown ones made straight."""
    after: dict[Node, list[Step]] = defaultdict(list)
    for step in world.steps:
        after[step.older].append(step)
    found: dict[tuple[Node, Node], Edge] = {}
    for node in known:
        whole = world.ground.leaves(node.pieces)
        waiting: list[tuple[Node, frozenset[int], tuple[Relation, ...], frozenset[str]]] = [
            (node, whole, (), frozenset())
        ]
        while waiting:
            at, ground, relations, whys = waiting.pop()
            for step in after[at]:
                left = ground & world.ground.leaves(step.pieces)
                if not left:
                    continue
                path, told = (*relations, step.relation), whys | {step.why}
                if step.newer not in known:
                    waiting.append((step.newer, left, path, told))
                    continue
                pair = (node, step.newer)
                before = found.get(pair)
                if before is not None:
                    left, told = left | before.ground, told | before.whys
                inner = len(path) == 1 and step.newer.series == node.series and step.newer.unit == node.unit
                found[pair] = Edge(node, step.newer, _along(world, node, step.newer, path, left), left, told, inner)
    kept = [edge for edge in found.values() if _enough(world, edge)]
    return _several(world, kept)


def _enough(world: World, edge: Edge) -> bool:
    smaller = min(world.ground.area(edge.older.pieces), world.ground.area(edge.newer.pieces))
    return world.ground.area(edge.ground) >= SHARED * smaller


def _along(world: World, older: Node, newer: Node, path: Sequence[Relation], ground: frozenset[int]) -> Relation:
    kinds = set(path)
    if {"split", "merge"} <= kinds:
        return _by_area(world, older, newer, ground)
    if "split" in kinds:
        return "split"
    if "merge" in kinds:
        return "merge"
    return "unit_change" if kinds == {"unit_change"} else "same"


def _by_area(world: World, older: Node, newer: Node, ground: frozenset[int]) -> Relation:
    inside = world.ground.area(older.pieces) > world.ground.area(newer.pieces)
    return "split" if inside and ground else "merge"


def _several(world: World, edges: Sequence[Edge]) -> list[Edge]:
    """Say split or merge wherever a number has several successors or predecessors apart from those on its own map."""
    onward: dict[Node, int] = defaultdict(int)
    into: dict[Node, int] = defaultdict(int)
    for edge in edges:
        if not edge.inner or edge.whys & {"boundary"}:
            onward[edge.older] += 1
        into[edge.newer] += 1
    out = []
    for edge in edges:
        many, of_many = onward[edge.older] > 1, into[edge.newer] > 1
        relation = edge.relation
        if many and of_many:
            relation = _by_area(world, edge.older, edge.newer, edge.ground)
        elif relation in ("same", "unit_change") and (many or of_many):
            relation = "split" if many else "merge"
        out.append(Edge(edge.older, edge.newer, relation, edge.ground, edge.whys, edge.inner))
    return out


def rows(edges: Iterable[Edge], known: Mapping[Node, str], held: Mapping[Node, Sequence[Said]]) -> list[dict[str, str]]:
    """Return the rows of lineage.csv, sorted; `printed` is yes where an entry of the newer key prints the older one."""
    out = []
    for edge in edges:
        entry = _bridge(edge, held[edge.newer])
        values = (known[edge.older], known[edge.newer], edge.relation, "1", entry, "yes" if entry else "no")
        out.append(dict(zip(COLUMNS, (*values, _kind(edge, held, entry)), strict=True)))
    return sorted(out, key=lambda row: (row["from_key"], row["to_key"]))


def _bridge(edge: Edge, papers: Sequence[Said]) -> str:
    sheet, number = edge.older.place
    for said in papers:
        values = said.values
        if (values.get("old_sheet_no"), values.get("old_parcel_no")) == (sheet, number):
            return said.entry_id
        for ref in values.get("refs") or ():
            near = ref["value"] == number and edge.newer.sheet == sheet
            if ref["type"] == "parcel" and (near or ref["value"] == f"{sheet}/{number}"):
                return said.entry_id
    return ""


def _kind(edge: Edge, held: Mapping[Node, Sequence[Said]], entry: str) -> str:
    """Return what makes the link hard, joined by `;`: `plain` where nothing does, `bridged` where a paper prints it."""
    papers = held[edge.older], held[edge.newer]
    same_family = bool({said.who for said in papers[0]} & {said.who for said in papers[1]})
    marks = [
        ("bridged", bool(entry)),
        ("owner_changed", not same_family),
        ("name_varies", same_family and not _names(papers[0]) & _names(papers[1])),
        ("area_beyond", edge.older.beyond or edge.newer.beyond),
        ("unit", edge.older.unit != edge.newer.unit),
        *(
            (why.replace(" ", "_"), why in edge.whys)
            for why in ("exchange", "boundary", "collective", "second survey", "merger")
        ),
    ]
    return ";".join(name for name, holds in marks if holds) or "plain"


def _names(papers: Sequence[Said]) -> set[str]:
    return {folded(owner["name"]) for said in papers for owner in true_value(said, "owners") or ()}
