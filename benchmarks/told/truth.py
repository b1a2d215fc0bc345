"""Which keys the entries attest, and which came of which: the lineage, over numbers that no entry attests."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from benchmarks.told.land import Parcel
from benchmarks.told.world import Written
from benchmarks.told.zones import ERAS, RENUMBERED, commune, numbering_commune

Node = tuple[int, str]  # parcel and series; no series ("") for a parcel that no map shows
_WEIGHT = {"same": 0, "unit_change": 1, "merge": 2, "split": 3}


@dataclass(frozen=True, slots=True)
class Step:
    """A step of lineage between two attested numbers."""

    relation: str
    start: Node
    end: Node


@dataclass(frozen=True, slots=True)
class Truth:
    """What is true: entries and key of each attested number, steps by pair of keys."""

    attested: Mapping[Node, Sequence[Written]]
    keys: Mapping[Node, str]
    steps: Mapping[tuple[str, str], Step]


def truth_of(parcels: Sequence[Parcel], written: Iterable[Written]) -> Truth:
    """Return what is true of a district."""
    attested = _attested(written)
    keys = _keys({parcel.no: parcel for parcel in parcels}, attested)
    return Truth(attested, keys, _steps(_edges(parcels), keys))


def attests(one: Written) -> bool:
    """Return whether commune, sheet and number of an entry are taken and right."""
    sheet, number = one.parcel.numbers[one.series]
    right = {"unit_code": commune(one.parcel.zone, one.day)[0], "sheet_no": str(sheet), "parcel_no": number}
    return all(one.taken(name) == value for name, value in right.items())


def _attested(written: Iterable[Written]) -> dict[Node, list[Written]]:
    found: dict[Node, list[Written]] = {}
    for one in written:
        if attests(one):
            found.setdefault((one.parcel.no, one.series), []).append(one)
    return found


def _keys(parcels: Mapping[int, Parcel], attested: Mapping[Node, Sequence[Written]]) -> dict[Node, str]:
    """Return the contract's key of each attested number, under the oldest era that its sheet's entries tell."""
    eras: dict[tuple[str, str, int], str] = {}
    for (no, series), entries in attested.items():
        sheet = numbering_commune(parcels[no].zone, series), series, parcels[no].numbers[series][0]
        told = [*(one.entry["era"] for one in entries), eras.get(sheet, ERAS[-1])]
        eras[sheet] = min(told, key=ERAS.index)
    keys = {}
    for no, series in attested:
        unit, (sheet_no, number) = numbering_commune(parcels[no].zone, series), parcels[no].numbers[series]
        era = eras[unit, series, sheet_no]
        keys[no, series] = f"{unit}@{'299' if era == '1988' else era}/{sheet_no}/{number}"
    return keys


def _edges(parcels: Sequence[Parcel]) -> dict[Node, list[tuple[Node, str]]]:
    """Return the steps between all numbers, the parents' last to the children's first too."""
    edges: dict[Node, list[tuple[Node, str]]] = {}
    for parcel in parcels:
        series = parcel.series()
        edges.setdefault((parcel.no, series[0] if series else ""), [])
        for before, after in pairwise(series):
            relation = "unit_change" if after in RENUMBERED else "same"
            edges.setdefault((parcel.no, before), []).append(((parcel.no, after), relation))
            edges.setdefault((parcel.no, after), [])
    for parcel in parcels:
        first = (parcel.series() or [""])[0]
        for parent in parcel.parents:
            last = (parent.series() or [""])[-1]
            edges[parent.no, last].append(((parcel.no, first), parcel.how))
    return edges


def _steps(edges: Mapping[Node, Sequence[tuple[Node, str]]], keys: Mapping[Node, str]) -> dict[tuple[str, str], Step]:
    steps = {}
    for start in edges:
        if start in keys:
            for end, relation in _next_attested(start, "", edges, keys):
                if keys[start] != keys[end]:
                    steps[keys[start], keys[end]] = Step(relation, start, end)
    return steps


def _next_attested(
    node: Node, relation: str, edges: Mapping[Node, Sequence[tuple[Node, str]]], keys: Mapping[Node, str]
) -> Iterator[tuple[Node, str]]:
    """Yield the next attested numbers and what leads to them: the weightiest of the steps between."""
    for after, step in edges.get(node, ()):
        weightiest = max(relation or step, step, key=_WEIGHT.__getitem__)
        if after in keys:
            yield after, weightiest
        else:
            yield from _next_attested(after, weightiest, edges, keys)
