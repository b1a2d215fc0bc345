"""Maps: when each was made, how it cuts the land into sheets and numbers it, and how well it measures."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from benchmarks.office.days import DIVISION, some_day, unit_of
from benchmarks.office.ground import measured
from benchmarks.office.pieces import Node, Piece


@dataclass(frozen=True, slots=True)
class Survey:
    """One map of some zones: its sheets are cells of a grid, its corners err by so much."""

    name: str
    zones: tuple[str, ...]
    day: date
    cell_m: float
    error_m: float
    #: How its book tells the numbers of the map before: in columns, in a note, or not.
    tells: str
    places: int


@dataclass(slots=True)
class Numbering:
    """The numbers given on each sheet; none is given twice."""

    highest: dict[tuple[str, str], int] = field(default_factory=lambda: defaultdict(int))
    suffixes: dict[Node, int] = field(default_factory=lambda: defaultdict(int))

    def next_on(self, survey: str, sheet: str) -> str:
        """Return the number after the highest of a sheet."""
        self.highest[survey, sheet] += 1
        return str(self.highest[survey, sheet])

    def suffixed(self, parent: Node) -> str:
        """Return the parent's number with the next letter, as where an office divided by hand."""
        self.suffixes[parent] += 1
        return f"{parent.number}{'abcdefgh'[self.suffixes[parent] - 1]}"


def surveys_of(chance: random.Random) -> list[Survey]:
    """Return the maps of the three zones, by habits that a seed draws."""
    nam, duong = ("bac", "dong"), ("duong",)
    found = [
        Survey("nam299", nam, some_day(chance, date(1982, 3, 1), date(1983, 11, 1)), 560.0, 0.75, "none", 0),
        Survey("duong299", duong, some_day(chance, date(1983, 6, 1), date(1985, 6, 1)), 520.0, 0.85, "none", 0),
    ]
    second = chance.choice((nam, duong))
    day = some_day(chance, date(1996, 2, 1), date(1999, 6, 1))
    found.append(Survey("nineties", second, day, 430.0, 0.35, chance.choice(("note", "columns")), 0))
    spans = [(date(2006, 9, 1), date(2009, 3, 1)), (date(2010, 3, 1), date(2012, 11, 1))]
    spans.append((date(2014, 9, 1), date(2016, 9, 1)))
    # The two numberings of a new commune would share keys if both were known by papers of one era.
    zones = [*chance.sample(("bac", "duong"), 2)]
    zones.insert(chance.choice((1, 2)), "dong")
    habits = chance.sample(("columns", "note", "none"), 3)
    for zone, (first, last), tells in zip(zones, spans, habits, strict=True):
        found.append(Survey(f"{zone}digital", (zone,), some_day(chance, first, last), 330.0, 0.05, tells, 1))
    return sorted(found, key=lambda one: one.day)


def seen_area(piece: Piece, survey: Survey, chance: random.Random) -> float:
    """Return the area that a survey writes for a piece; the books of 299 also took what households declared."""
    area = measured(piece.polygon, survey.name, survey.error_m).area
    if survey.name.endswith("299"):
        area *= chance.uniform(0.66, 0.92) if chance.random() < 0.09 else chance.gauss(1, 0.018)
        area = round(area / 5) * 5 if chance.random() < 0.3 else area
    elif survey.name == "nineties":
        area *= chance.uniform(0.85, 1.16) if chance.random() < 0.03 else chance.gauss(1, 0.008)
    return max(float(round(area, survey.places)), 1.0)


def draw(survey: Survey, pieces: Sequence[Piece], numbering: Numbering, chance: random.Random) -> list[Node]:
    """Number all pieces of a map, sheet by sheet, row by row from the top left; return the new numbers."""
    west = min(piece.polygon.bounds[0] for piece in pieces)
    top = max(piece.polygon.bounds[3] for piece in pieces)
    cells: dict[tuple[int, int], list[tuple[int, float, Piece]]] = defaultdict(list)
    for piece in pieces:
        point = piece.polygon.representative_point()
        down, right = top - point.y, point.x - west
        cell = (int(down // survey.cell_m), int(right // survey.cell_m))
        cells[cell].append((int(down % survey.cell_m // 45), point.x, piece))
    made = []
    for at, cell in enumerate(sorted(cells), 1):
        for _, _, piece in sorted(cells[cell], key=lambda one: one[:2]):
            before = [(piece.node, "same")] if piece.node is not None else piece.roots
            area = seen_area(piece, survey, chance)
            unit = unit_of(piece.zone, survey.day)[0]
            number = numbering.next_on(survey.name, str(at))
            piece.node = Node(piece, unit, survey.name, str(at), number, survey.day, before, area)
            piece.roots, piece.measured = [], area
            made.append(piece.node)
    return made


def rename(pieces: Sequence[Piece]) -> list[Node]:
    """Give the pieces of the commune that got a new code their numbers under it."""
    made = []
    for piece in pieces:
        if piece.node is not None:
            old = piece.node
            unit = unit_of(piece.zone, DIVISION)[0]
            before = [(old, "unit_change")]
            piece.node = Node(piece, unit, old.survey, old.sheet, old.number, DIVISION, before, old.area)
            made.append(piece.node)
    return made
