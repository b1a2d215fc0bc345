"""The truth of a district: the keys that entries attest and how they follow each other on the ground.

Relations. `same`: one piece of land under two names. `unit_change`: one piece under two commune codes, sheet and
number as they were; where those changed too it is `same`, since a change of commune never mixes with renumbering.
`split`, `merge`: a part, a union. Where a piece was both divided and joined between two attested names (many to many),
the older and the newer are linked if they overlap by a quarter of the smaller one or more: `merge` where the newer is
the larger, else `split`. Names that no entry attests are passed over; a link that others make up between them is left
out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from shapely.geometry import Polygon

from benchmarks.strange.land import Piece
from benchmarks.strange.notes import Place
from benchmarks.strange.writing import Given

_OVERLAP = 0.25
Node = tuple[int, int]  # piece, position of the name among its names; -1 for a piece that never got one


@dataclass(frozen=True, slots=True)
class Step:
    """A true link between two attested nodes."""

    older: Node
    newer: Node
    relation: str


class Keys:
    """The key of each name that is attested, by the contract's rule of eras."""

    def __init__(self, given: Iterable[Given]) -> None:
        attesting = sorted((one for one in given if one.attests), key=lambda one: (one.line.day, one.entry_id))
        self._era: dict[tuple[str, str, str], str] = {}  # unit, series, sheet -> era
        self._places: set[Place] = set()
        for one in attesting:
            unit, series, sheet, _ = one.line.name.place
            self._era.setdefault((unit, series, sheet), "299" if one.line.era == "1988" else one.line.era)
            self._places.add(one.line.name.place)

    def of(self, place: Place) -> str | None:
        """Return the key of a name; None where no entry attests it."""
        unit, series, sheet, number = place
        return f"{unit}@{self._era[unit, series, sheet]}/{sheet}/{number}" if place in self._places else None

    def clashing(self) -> set[tuple[str, str, str]]:
        """Return the numberings (unit, series, sheet) that a later one of the same unit, sheet and era hides."""
        bearers: dict[tuple[str, str, str], list[str]] = defaultdict(list)
        for (unit, series, sheet), era in self._era.items():
            bearers[unit, era, sheet].append(series)
        return {
            (unit, series, sheet)
            for (unit, _, sheet), found in bearers.items()
            for series in sorted(found, key=lambda one: (one.rsplit("/", 1)[1] != "299", one.rsplit("/", 1)[1]))[:-1]
        }


def steps(pieces: Sequence[Piece], keys: Keys) -> list[Step]:
    """Return the links between attested names, over those that are not attested."""
    after: dict[Node, list[Node]] = defaultdict(list)
    for piece in pieces:
        nodes = _nodes(piece)
        for one, other in pairwise(nodes):
            after[one].append(other)
        for no in piece.parents:
            after[_nodes(pieces[no])[-1]].append(nodes[0])
    attested = {node for piece in pieces for node in _nodes(piece) if _key(pieces, node, keys)}
    found: dict[Node, dict[Node, frozenset[str]]] = {}
    for node in sorted(attested):
        found[node] = _next(node, after, attested, pieces)
    made = []
    for older, reached in found.items():
        for newer, causes in reached.items():
            if any(newer in found[between] for between in reached if between != newer):
                continue
            relation = _relation(pieces, older, newer, causes)
            if relation is not None:
                made.append(Step(older, newer, relation))
    return made


def _nodes(piece: Piece) -> list[Node]:
    return [(piece.no, at) for at in range(len(piece.names))] or [(piece.no, -1)]


def _key(pieces: Sequence[Piece], node: Node, keys: Keys) -> str | None:
    no, at = node
    return keys.of(pieces[no].names[at].place) if at >= 0 else None


def _next(
    start: Node, after: dict[Node, list[Node]], attested: set[Node], pieces: Sequence[Piece]
) -> dict[Node, frozenset[str]]:
    """Return the first attested nodes behind `start`, with the causes of the pieces on the way."""
    reached: dict[Node, frozenset[str]] = {}
    waiting: list[tuple[Node, frozenset[str]]] = [(start, frozenset())]
    while waiting:
        node, causes = waiting.pop()
        for other in after[node]:
            on = causes | {pieces[other[0]].cause} if other[0] != node[0] else causes
            if other in attested:
                reached[other] = reached.get(other, frozenset()) | on
            else:
                waiting.append((other, on))
    return reached


def _relation(pieces: Sequence[Piece], older: Node, newer: Node, causes: frozenset[str]) -> str | None:
    if older[0] == newer[0]:
        one, other = pieces[older[0]].names[older[1]], pieces[newer[0]].names[newer[1]]
        moved = one.unit != other.unit and (one.sheet, one.number) == (other.sheet, other.number)
        return "unit_change" if moved else "same"
    if len(causes) == 1:
        (cause,) = causes
        return cause
    first, second = Polygon(pieces[older[0]].outline), Polygon(pieces[newer[0]].outline)
    smaller = min(first.area, second.area)
    if first.intersection(second).area < _OVERLAP * smaller:
        return None
    return "merge" if second.area >= first.area else "split"
