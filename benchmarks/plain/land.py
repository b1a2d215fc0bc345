"""Pieces of land with their history, and the country that they lie in."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from benchmarks.plain.communes import Commune, draw_communes
from benchmarks.plain.ground import Cell, area_of
from benchmarks.plain.people import Folk, Household

#: What land is: house and garden (T, thổ cư), paddy (L, lúa), dry crops (M, màu), garden (V, vườn), road, graves.
Use = Literal["T", "L", "M", "V", "DGT", "NTD"]
Cause = Literal["split", "merge"]


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate in force: its serial, its day, the map whose number it prints, and who got it."""

    serial: str
    day: float
    map_name: str
    holder: Household


@dataclass(slots=True, eq=False)
class Piece:
    """A piece of land from its birth to its division, union or the end."""

    cell: Cell
    commune: Commune
    use: Use
    toponym: str
    owner: Household
    hamlet: int
    born: float
    noted: bool  # whether papers tell what it was made from
    garden: float  # share of house land where there is a garden
    parents: Sequence[Piece] = ()
    cause: Cause | None = None
    died: float | None = None
    children: Sequence[Piece] = ()
    certificate: Certificate | None = None
    numbers: dict[str, tuple[str, str]] = field(default_factory=dict)  # map -> sheet, parcel; in order of time
    measured_m2: dict[str, float] = field(default_factory=dict)  # map -> area
    told: dict[str, bool] = field(default_factory=dict)  # map -> whether papers tell the number before

    @property
    def true_m2(self) -> float:
        """Return the area on the ground."""
        return area_of(self.cell.corners())

    def map_on(self, t: float) -> str | None:
        """Return the map by whose number papers name the piece on a day; None where it has none."""
        map_name = self.commune.map_on(t)
        return map_name if map_name in self.numbers else None


class Country:
    """The communes, their people and all pieces that ever were."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.folk = Folk(chance)
        self.communes = draw_communes(chance)
        self.pieces: list[Piece] = []
        self.highest: dict[tuple[str, str], int] = {}  # map, sheet -> highest parcel number

    def commune(self, letter: str) -> Commune:
        """Return the commune of a letter."""
        return next(one for one in self.communes if one.letter == letter)

    def living(self, letters: str = "ABC") -> list[Piece]:
        """Return the pieces that are there now."""
        return [piece for piece in self.pieces if piece.died is None and piece.commune.letter in letters]

    def add(
        self, cell: Cell, commune: Commune, use: Use, toponym: str, owner: Household, hamlet: int, born: float
    ) -> Piece:
        """Put a piece on a cell."""
        noted = self.chance.random() < commune.notes
        garden = self.chance.uniform(0.3, 0.8)
        piece = Piece(cell, commune, use, toponym, owner, hamlet, born, noted, garden)
        cell.piece = piece
        self.pieces.append(piece)
        return piece

    def add_from(self, parents: Sequence[Piece], cell: Cell, cause: Cause, born: float) -> Piece:
        """Put a piece on a cell of its parents' land; it is as the first of them was."""
        like = parents[0]
        piece = self.add(cell, like.commune, like.use, like.toponym, like.owner, like.hamlet, born)
        piece.parents, piece.cause, piece.garden = parents, cause, like.garden
        return piece
