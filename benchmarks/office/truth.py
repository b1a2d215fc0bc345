"""The true steps between numbers that entries attest, and what the papers show of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.office.pieces import Node
from benchmarks.office.reading import Given, plain

_ERAS = ("299", "1993", "2003", "2009", "2013", "2024")


@dataclass(frozen=True, slots=True)
class Step:
    """One true step, and whether a paper shows the other number, the certificate, or a holder of both."""

    older: Node
    newer: Node
    relation: str
    number_told: bool
    serial_told: bool
    same_owner: bool
    ratio: float


@dataclass(frozen=True, slots=True)
class Attested:
    """The numbers that entries attest, with their keys (contract.md, parcel keys)."""

    papers: Mapping[Node, Sequence[Given]]
    keys: Mapping[Node, str]
    #: Numbers left out because another of the same commune, era, sheet and number has their key.
    shared_keys: int


def attested(given: Iterable[Given]) -> Attested:
    """Return the attested numbers; a sheet's map is named by the era of the earliest paper by which it is known."""
    papers: dict[Node, list[Given]] = defaultdict(list)
    eras: dict[tuple[str, str, str], int] = {}
    for one in given:
        if one.attests:
            node = one.paper.node
            papers[node].append(one)
            era = _ERAS.index("299" if one.paper.era == "1988" else one.paper.era)
            sheet = (node.unit, node.survey, node.sheet)
            eras[sheet] = min(era, eras.get(sheet, era))
    keys = {
        node: f"{node.unit}@{_ERAS[eras[node.unit, node.survey, node.sheet]]}/{node.sheet}/{node.number}"
        for node in papers
    }
    clear = _clear(papers, keys)
    return Attested(
        {node: papers[node] for node in clear}, {node: keys[node] for node in clear}, len(keys) - len(clear)
    )


def _clear(papers: Mapping[Node, Sequence[Given]], keys: Mapping[Node, str]) -> list[Node]:
    """Return the numbers whose key says which is meant.

    Two maps of a commune that are known from papers of one era share keys; then that of more papers has it.
    """
    best: dict[str, Node] = {}
    for node, key in keys.items():
        if key not in best or len(papers[node]) > len(papers[best[key]]):
            best[key] = node
    return [node for node, key in keys.items() if best[key] is node]


def steps_of(held: Attested) -> list[Step]:
    """Return the steps from each attested number back to the nearest attested ones."""
    found = []
    for node in held.papers:
        olds: dict[Node, set[str]] = {}
        _nearest(node, frozenset(), held, olds)
        for older, how in olds.items():
            found.append(_step(older, node, _relation(how, len(olds)), held))
    return found


def _nearest(node: Node, how: frozenset[str], held: Attested, olds: dict[Node, set[str]]) -> None:
    for older, relation in node.before:
        way = how | {relation}
        if older in held.papers:
            olds.setdefault(older, set()).update(way)
        else:
            _nearest(older, way, held, olds)


def _relation(how: set[str], parents: int) -> str:
    """Return what a step over numbers without papers is: a union where the number came of several."""
    if parents > 1:
        return "merge"
    return next(one for one in ("split", "merge", "same", "unit_change") if one in how)


def _step(older: Node, newer: Node, relation: str, held: Attested) -> Step:
    here, there = held.papers[newer], held.papers[older]
    number = any(_shows(one, older) for one in here) or any(_shows(one, newer) for one in there)
    named = {title.serial for one in here if one.shows("refs") for title in one.paper.serials}
    serials = [
        {one.read["serial"].value for one in papers if one.shows("serial")} | more
        for papers, more in ((here, named), (there, set[str]()))
    ]
    names = [{plain(name).lower() for one in papers for name in _names(one)} for papers in (here, there)]
    serial, owner = bool(serials[0] & serials[1]), bool(names[0] & names[1])
    return Step(older, newer, relation, number, serial, owner, newer.area / older.area)


def _shows(one: Given, other: Node) -> bool:
    """Return whether an entry names another number; a number keeps its sheet where only the commune changed."""
    return any(
        one.shows(field) and (node.survey, node.sheet, node.number) == (other.survey, other.sheet, other.number)
        for field, node in one.paper.shows
    )


def _names(one: Given) -> list[str]:
    """Return the names that stand on an entry, waiting or not."""
    return [owner["name"] for owner in one.read["owners"].value] if one.shows("owners") else []
