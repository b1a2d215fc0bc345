"""Who holds the land at first, and how land is divided, united and shifted on the ground whatever the papers say."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from benchmarks.office.days import ZONES
from benchmarks.office.folk import Folk, Person
from benchmarks.office.ground import cut, lay_out, moved, touch, united
from benchmarks.office.pieces import Node, Piece

_START = date(1982, 1, 1)
_COOPERATIVES = {"bac": "HTX nông nghiệp Điện Nam 1", "dong": "HTX nông nghiệp Điện Nam 2", "duong": "HTX Điện Dương"}
#: Share of the names of rice land that a co-operative holds in the books of 1980.
_COMMON = 0.4


@dataclass(slots=True)
class Land:
    """The pieces that lie now, all that ever lay, and the numbers whose land lost or won a strip."""

    chance: random.Random
    pieces: list[Piece] = field(default_factory=list)
    all: list[Piece] = field(default_factory=list)
    shifted: int = 0

    def of(self, zones: Sequence[str]) -> list[Piece]:
        """Return the pieces of some zones."""
        return [piece for piece in self.pieces if piece.zone in zones]

    def add(self, piece: Piece) -> Piece:
        """Put a new piece on the ground."""
        self.pieces.append(piece)
        self.all.append(piece)
        return piece

    def end(self, piece: Piece, day: date) -> None:
        """Take a piece off the ground."""
        piece.ended = day
        self.pieces.remove(piece)

    def divide(self, piece: Piece, shares: Sequence[float], day: date) -> list[Piece]:
        """Divide a piece; the parts have no number of their own yet."""
        parts = cut(piece.polygon, shares, self.chance)
        roots = piece.origins("split")
        self.end(piece, day)
        return [
            self.add(
                Piece(piece.zone, part, piece.use, piece.place, piece.hamlet, piece.holder, day, roots=list(roots))
            )
            for part in parts
        ]

    def unite(self, pieces: Sequence[Piece], day: date) -> Piece | None:
        """Unite neighbours; None where they do not lie together."""
        polygon = united([piece.polygon for piece in pieces])
        if polygon is None:
            return None
        roots: dict[Node, str] = {}
        for piece in pieces:
            for node, how in piece.origins("merge"):
                roots[node] = how
        first = pieces[0]
        for piece in pieces:
            self.end(piece, day)
        whole = Piece(first.zone, polygon, first.use, first.place, first.hamlet, first.holder, day)
        whole.roots = list(roots.items())
        return self.add(whole)

    def neighbours(self, piece: Piece, among: Sequence[Piece]) -> list[Piece]:
        """Return the pieces of the same use that share an edge."""
        return [one for one in among if one is not piece and one.use == piece.use and touch(piece.polygon, one.polygon)]

    def shift(self, piece: Piece) -> None:
        """Let a strip of the piece come to a neighbour, of which no paper ever speaks."""
        near = self.neighbours(piece, [one for one in self.pieces if one.place == piece.place])
        if near:
            other = self.chance.choice(near)
            after = moved(piece.polygon, other.polygon, self.chance)
            if after is not None:
                piece.polygon, other.polygon = after
                self.shifted += 1


def settle_first(parcels: int, folk: Folk, chance: random.Random) -> Land:
    """Return the land of 1982 with its households: each has a house or two and fields near and far."""
    land = Land(chance)
    for zone in ZONES:
        plots = lay_out(zone, round(parcels * 0.78 / len(ZONES)), chance)
        heads = [
            folk.couple(chance.randrange(1918, 1959), hamlet)
            for hamlet in [plot.hamlet for plot in plots if plot.use == "home"]
            if chance.random() < 0.82
        ]
        near: dict[str, list[Person]] = defaultdict(list)
        for head in heads:
            near[head.hamlet].append(head)
        common = {plot.field for plot in plots if plot.use == "rice" and chance.random() < _COMMON}
        queue: list[Person] = []
        for plot in plots:
            if not queue:
                queue = chance.sample(heads, len(heads))
            pool = near[plot.hamlet] if plot.use == "home" and near[plot.hamlet] else queue
            holder = pool.pop(0) if plot.use == "home" else queue.pop()
            if plot.use == "home":
                pool.append(holder)
            piece = Piece(zone, plot.polygon, plot.use, plot.field, plot.hamlet, holder, _START)
            if plot.field in common:
                piece.common = _COOPERATIVES[zone]
            land.add(piece)
    return land
