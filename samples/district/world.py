"""The land of a commune as it stands on a day, and what can happen to it: parcels, numbers, and steps between them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from numpy.random import Generator

from samples.chance import between, chance
from samples.district.folk import House
from samples.district.pieces import Ground, Point
from samples.district.scenes import Land
from samples.land import Grain
from schemas.parcels import Relation

Series = Literal["299", "1996", "digital", "second"]
#: How far a map's areas stray from the truth: share of the area that two standard deviations reach, for 500 m².
_STRAY = {"299": 0.036, "1996": 0.018, "digital": 0.004, "second": 0.003}


@dataclass(eq=False, slots=True)
class Node:
    """One number of one map: a parcel under a unit, a series, a sheet and a number, while it lasted."""

    unit: str
    series: str
    sheet: str
    number: str
    area_m2: float  # as that map has it, now or at its end
    born: date
    pieces: tuple[int, ...]  # its ground at birth
    ended: date | None = None
    why: str = ""  # what made it
    beyond: bool = False  # its area strays beyond tolerance

    @property
    def place(self) -> tuple[str, str]:
        """Return sheet and number."""
        return self.sheet, self.number


@dataclass(frozen=True, slots=True)
class Step:
    """Ground that went from one number to another on a day."""

    older: Node
    newer: Node
    relation: Relation
    pieces: tuple[int, ...]
    why: str


@dataclass(eq=False, slots=True)
class Title:
    """A certificate: its numbers, its day, and the area that it makes legal."""

    serial: str
    register_no: str
    issued_on: date
    area_m2: float


@dataclass(eq=False, slots=True)
class Lot:
    """A living parcel: its ground, its number now, who holds it, and what it is used for."""

    pieces: list[int]
    grain: Grain
    cover: tuple[str, ...]  # O for dwelling, else codes of 2003
    block: int
    row: int
    part: int
    hamlet: str
    toponym: str
    node: Node
    holder: House | str
    home_m2: float = 0.0
    title: Title | None = None
    beside: set[int] = field(default_factory=set)
    number: int = 0  # its place in `World.lots`
    story: list[str] = field(default_factory=list)  # what a later paper may say of how it came about
    since: date = date(1982, 1, 1)  # since when the holder holds it
    how: str = ""  # how the holder came to it
    nodes: list[Node] = field(default_factory=list)  # every number it bore, in order of time


class World:
    """All lots of one land, living and ended, with every number they ever had and the steps between."""

    def __init__(self, rng: Generator, land: Land) -> None:
        self.rng = rng
        self.land = land
        self.ground = Ground()
        self.lots: dict[int, Lot] = {}
        self.nodes: list[Node] = []
        self.steps: list[Step] = []
        self._highest: dict[tuple[str, str, str], int] = {}
        self._into: dict[Node, list[Node]] = {}
        self._made = 0

    def settle(self, lot: Lot) -> Lot:
        """Take a new lot in."""
        lot.number = self._made
        self._made += 1
        self.lots[lot.number] = lot
        return lot

    def true_area(self, lot: Lot) -> float:
        """Return the ground's area in m²."""
        return self.ground.area(lot.pieces)

    def surveyed(self, series: str, true_m2: float) -> tuple[float, bool]:
        """Return the area that a survey of that series finds, and whether it strays beyond tolerance.

        Paper maps are coarser for small parcels: the tolerance goes with the root of the area (domain.md 5). In 92 of
        100 it stays within, six drift up to three times as far, two are wrong altogether.
        """
        share = _STRAY[series.removesuffix("+")] * (500 / max(true_m2, 30.0)) ** 0.5
        drawn = float(self.rng.random())
        paper = series in ("299", "1996")
        if drawn < 0.92 or (not paper and drawn < 0.985):
            found = true_m2 * (1 + float(min(1.0, max(-1.0, self.rng.normal(0, 0.5)))) * share)
        elif drawn < 0.98 or not paper:
            found = true_m2 * (1 + between(self.rng, 1.1, 3.0) * share * (1 if chance(self.rng, 0.5) else -1))
        else:
            found = true_m2 * (between(self.rng, 1.12, 1.35) if chance(self.rng, 0.5) else between(self.rng, 0.7, 0.88))
        places = 0 if paper else 1
        return max(12.0, round(found, places)), abs(found / true_m2 - 1) > share

    def numbered(
        self,
        lot: Lot,
        series: str,
        sheet: str,
        number: str,
        when: date,
        why: str,
        *,
        unit: str,
        area_m2: float | None = None,
    ) -> Node:
        """Give the lot a number on a map; the area is the map's own, unless it is handed in."""
        beyond = False
        if area_m2 is None:
            area_m2, beyond = self.surveyed(series, self.true_area(lot))
        node = Node(unit, series, sheet, number, area_m2, when, tuple(lot.pieces), why=why, beyond=beyond)
        self.nodes.append(node)
        key = (unit, series, sheet)
        self._highest[key] = max(self._highest.get(key, 0), int(number.rstrip("abcd")))
        lot.node = node
        lot.nodes.append(node)
        return node

    def next_number(self, node: Node) -> str:
        """Return the highest number of the sheet and one."""
        key = (node.unit, node.series, node.sheet)
        self._highest[key] += 1
        return str(self._highest[key])

    def step(self, older: Node, newer: Node, relation: Relation, pieces: list[int] | tuple[int, ...], why: str) -> None:
        """Remember that ground went from one number to another."""
        self.steps.append(Step(older, newer, relation, tuple(pieces), why))
        self._into.setdefault(newer, []).append(older)

    def came_of(self, node: Node) -> list[Node]:
        """Return the numbers whose ground went into this one, at the last step."""
        return self._into.get(node, [])

    def end(self, lot: Lot, when: date) -> None:
        """End a lot and its number."""
        lot.node.ended = when
        del self.lots[lot.number]
        for other in lot.beside:
            if other in self.lots:
                self.lots[other].beside.discard(lot.number)

    def neighbours(self, lot: Lot) -> list[Lot]:
        """Return the living lots that share an edge with it; `beside` holds those that may."""
        near = (self.lots[n] for n in sorted(lot.beside) if n in self.lots)
        return [other for other in near if self.ground.touch(lot.pieces, other.pieces)]

    def join_beside(self, new: list[Lot], old: list[Lot]) -> None:
        """Make lots that came of others neighbours of each other and of who lay beside the old ones."""
        gone = {lot.number for lot in old}
        around = {n for lot in old for n in lot.beside if n in self.lots and n not in gone}
        for lot in new:
            lot.beside = (around | {other.number for other in new}) - {lot.number}
        for n in around:
            self.lots[n].beside |= {lot.number for lot in new}

    def middle(self, lot: Lot) -> Point:
        """Return about the centre of a lot."""
        return self.ground.middle(lot.pieces)
