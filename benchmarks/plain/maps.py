"""Surveys: sheets are cut anew by each, parcels are numbered row by row and measured with errors."""

from __future__ import annotations

import bisect
import math
import random
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from benchmarks.plain.communes import is_digital
from benchmarks.plain.land import Country, Piece


class Survey(NamedTuple):
    """How a map is made: about how many parcels on a sheet, the usual error as a share, digits after the point."""

    per_sheet: int
    error: float
    digits: int


OF_1980 = Survey(170, 0.022, 0)
OF_1990S = Survey(95, 0.018, 0)
DIGITAL = Survey(110, 0.013, 1)
_GROSS = 0.025  # share of parcels whose boundary was taken otherwise than the map before: 8 to 30 % off


def make_map(country: Country, name: str, pieces: Sequence[Piece], survey: Survey) -> None:
    """Number and measure the pieces on a new map."""
    chance = country.chance
    for sheet, mine in enumerate(_sheets(pieces, survey, chance), 1):
        band = chance.uniform(22, 34)
        mine.sort(key=lambda piece: (-int(piece.cell.middle[1] / band), piece.cell.middle[0]))
        for number, piece in enumerate(mine, 1):
            piece.numbers[name] = (str(sheet), str(number))
        country.highest[name, str(sheet)] = len(mine)
    for piece in pieces:
        usual = chance.random() > _GROSS
        error = chance.gauss(0, survey.error) if usual else chance.choice((-1, 1)) * chance.uniform(0.08, 0.30)
        piece.measured_m2[name] = max(5.0, round(piece.true_m2 * (1 + error), survey.digits))


def _sheets(pieces: Sequence[Piece], survey: Survey, chance: random.Random) -> list[list[Piece]]:
    """Return the pieces by sheet, from the north-west: a grid whose lines lie where the pieces are."""
    count = max(2, round(len(pieces) / survey.per_sheet))
    columns = max(1, round(math.sqrt(count * chance.uniform(0.7, 1.5))))
    rows = max(1, math.ceil(count / columns))
    across = _lines(sorted(piece.cell.middle[0] for piece in pieces), columns, chance)
    along = _lines(sorted(piece.cell.middle[1] for piece in pieces), rows, chance)
    sheets: dict[int, list[Piece]] = defaultdict(list)
    for piece in pieces:
        x, y = piece.cell.middle
        sheets[(rows - 1 - bisect.bisect(along, y)) * columns + bisect.bisect(across, x)].append(piece)
    return [sheets[at] for at in sorted(sheets)]


def _lines(places: Sequence[float], parts: int, chance: random.Random) -> list[float]:
    """Return where to cut so that about as many places lie between any two lines."""
    count = len(places)
    return [places[min(count - 1, int(count * (at + chance.uniform(-0.15, 0.15)) / parts))] for at in range(1, parts)]


def number_on_map(country: Country, piece: Piece, t: float) -> None:
    """Register a split or union: the highest number of the first parent's sheet + 1, areas out of the parents'.

    Nothing is registered where a parent has no number on the map of the day.
    """
    name = piece.commune.map_on(t)
    if any(name not in parent.numbers for parent in piece.parents):
        return
    sheet = piece.parents[0].numbers[name][0]
    country.highest[name, sheet] += 1
    piece.numbers[name] = (sheet, str(country.highest[name, sheet]))
    told = sum(parent.measured_m2[name] for parent in piece.parents)
    scale = told / sum(parent.true_m2 for parent in piece.parents)
    area = piece.true_m2 * scale * (1 + country.chance.gauss(0, 0.004))
    piece.measured_m2[name] = round(area, 1 if is_digital(name) else 0)


def take_over(country: Country, older: str, newer: str, pieces: Sequence[Piece]) -> None:
    """Let a commune that was divided off go on with the whole one's map: same sheets and numbers, its own code."""
    for piece in pieces:
        if older in piece.numbers:
            piece.numbers[newer] = piece.numbers[older]
            piece.measured_m2[newer] = piece.measured_m2[older]
    for (name, sheet), number in list(country.highest.items()):
        if name == older:
            country.highest[newer, sheet] = number
