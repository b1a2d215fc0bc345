"""What there truly is: pieces of land, the numbers they bore, and the certificates made for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from shapely.geometry import Polygon

from benchmarks.office.folk import Person

if TYPE_CHECKING:
    from benchmarks.office.papers import Paper


@dataclass(slots=True, eq=False)
class Node:
    """A number that a piece bore: commune, map, sheet and number, with the numbers that it came from."""

    piece: Piece
    unit: str
    survey: str
    sheet: str
    number: str
    day: date
    before: list[tuple[Node, str]]
    area: float
    #: The row of the parcel in the book of its map, once there is one.
    row: Paper | None = None
    papers: list[Paper] = field(default_factory=list)

    @property
    def said(self) -> str:
        """Return the number as notes name it."""
        return f"{self.number}, tờ bản đồ số {self.sheet}"


def said_together(nodes: Sequence[Node]) -> str:
    """Return several numbers as notes name them, sheet by sheet."""
    sheets: dict[str, list[str]] = {}
    for node in nodes:
        sheets.setdefault(node.sheet, []).append(node.number)
    return " và thửa ".join(f"{', '.join(numbers)}, tờ bản đồ số {sheet}" for sheet, numbers in sheets.items())


@dataclass(slots=True, eq=False)
class Title:
    """What a certificate gave of one piece; `noted` tells of changes written on it later."""

    serial: str
    register_no: str
    form: str
    day: date
    holders: tuple[Person, ...]
    area: float
    uses: list[dict[str, object]]
    node: Node
    paper: Paper | None = None
    register: Paper | None = None
    papers: list[Paper] = field(default_factory=list)
    #: The papers whose note names the holder of today, empty where the holder is still the first.
    noted: list[Paper] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Piece:
    """A piece of land as it lies: `node` is its number now, None where no map or office has numbered it yet."""

    zone: str
    polygon: Polygon
    use: str
    place: str
    hamlet: str
    holder: Person
    born: date
    ended: date | None = None
    node: Node | None = None
    #: Numbers that its land had, while it has none of its own, and how it came of them.
    roots: list[tuple[Node, str]] = field(default_factory=list)
    title: Title | None = None
    #: Land worked by the co-operative until it is allotted to households.
    common: str = ""
    #: United by an exchange of land, with a plan that lists the numbers or without.
    exchanged: str = ""
    measured: float | None = None

    def origins(self, relation: str) -> list[tuple[Node, str]]:
        """Return the numbers that a part or union of this piece came of."""
        if self.node is not None:
            return [(self.node, relation)]
        return [(node, relation if how == "same" else how) for node, how in self.roots]
