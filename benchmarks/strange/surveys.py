"""Map series: how a survey cuts the land into sheets and numbers the pieces on each, never twice in the same manner."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import date

from benchmarks.strange.land import Country, Designation, Piece

MANNERS = ("rows", "serpentine", "columns", "blocks", "hamlets", "random")
_WEIGHTS = (4, 3, 2, 2, 2, 1)


def cut_into_sheets(pieces: Sequence[Piece], size: int, chance: random.Random) -> list[list[Piece]]:
    """Return the sheets: halves of halves by place until none has more than `size` pieces."""
    if len(pieces) <= size:
        return [list(pieces)]
    east, north = ([piece.middle[axis] for piece in pieces] for axis in (0, 1))
    axis = 0 if max(east) - min(east) > max(north) - min(north) else 1
    ordered = sorted(pieces, key=lambda piece: (piece.middle[axis], piece.no))
    at = int(len(ordered) * chance.uniform(0.4, 0.6))
    return [*cut_into_sheets(ordered[:at], size, chance), *cut_into_sheets(ordered[at:], size, chance)]


def _by_rows(pieces: Sequence[Piece], rows: int, turning: bool, across: int = 0) -> list[Piece]:
    """Return the pieces row by row from the north (or column by column from the west), turning at each end or not."""
    down = 1 - across
    sign = -1 if down == 1 else 1
    least = min(sign * piece.middle[down] for piece in pieces)
    step = max(1.0, (max(sign * piece.middle[down] for piece in pieces) - least) / rows)

    def place(piece: Piece) -> tuple[int, float, int]:
        row = int((sign * piece.middle[down] - least) / step)
        along = piece.middle[across] * (-1 if turning and row % 2 else 1) * (1 if across == 0 else -1)
        return row, along, piece.no

    return sorted(pieces, key=place)


def in_order(pieces: Sequence[Piece], manner: str, chance: random.Random) -> list[Piece]:
    """Return the pieces of a sheet in the order in which they are numbered."""
    rows = max(2, round(len(pieces) ** 0.5))
    if manner == "random":
        return chance.sample(list(pieces), len(pieces))
    ordered = _by_rows(pieces, rows, turning=manner == "serpentine", across=1 if manner == "columns" else 0)
    grouping: dict[str, Callable[[Piece], int]] = {"blocks": lambda p: p.block, "hamlets": lambda p: p.hamlet}
    return sorted(ordered, key=grouping[manner]) if manner in grouping else ordered


def number_sheet(
    country: Country, pieces: Sequence[Piece], series: str, sheet: str, day: date, manner: str | None = None
) -> None:
    """Give each piece of a sheet its number; some numbers stay empty."""
    chance = country.chance
    for piece in in_order(pieces, manner or chance.choices(MANNERS, _WEIGHTS)[0], chance):
        if chance.random() < 0.025:
            country.next_number(series, sheet)
        number = country.next_number(series, sheet)
        piece.rename(Designation(day, piece.commune.code_on(day), series, sheet, number))


def survey(country: Country, pieces: Sequence[Piece], series: str, day: date, size: int) -> None:
    """Survey pieces anew: sheets from 1 on, by place or hamlet by hamlet."""
    chance = country.chance
    sheets = cut_into_sheets(pieces, size, chance)
    middles = {id(s): (sum(p.middle[0] for p in s) / len(s), sum(p.middle[1] for p in s) / len(s)) for s in sheets}
    by_hamlet = chance.random() < 0.3
    sheets.sort(key=lambda s: (s[0].hamlet if by_hamlet else 0, -round(middles[id(s)][1], -2), middles[id(s)][0]))
    for no, sheet in enumerate(sheets, 1):
        number_sheet(country, sheet, series, str(no), day)


def survey_again(country: Country, pieces: Sequence[Piece], series: str, day: date, share: float) -> None:
    """Survey some sheets a second time under the same sheet numbers, with other parcel numbers."""
    sheets: dict[str, list[Piece]] = {}
    for piece in pieces:
        name = piece.name(day)
        if name is not None and not name.sheet.isdigit():
            continue  # an extract of its own
        if name is not None:
            sheets.setdefault(name.sheet, []).append(piece)
        # a piece that no map shows yet comes onto the sheet of its neighbours
        elif piece.parents:
            parent = country.pieces[piece.parents[0]].names
            if parent and parent[-1].sheet.isdigit():
                sheets.setdefault(parent[-1].sheet, []).append(piece)
    chosen = country.chance.sample(sorted(sheets), max(1, round(share * len(sheets))))
    for sheet in sorted(chosen):
        number_sheet(country, sheets[sheet], series, sheet, day)


def shift_sheets(country: Country, pieces: Sequence[Piece], unit: str, day: date, by: int) -> None:
    """Number the sheets on behind those of another commune, as a merger's table does; parcel numbers stand."""
    for piece in pieces:
        old = piece.name(day)
        if old is None or not old.sheet.isdigit():
            continue
        sheet = str(int(old.sheet) + by)
        country.highest[old.series, sheet] = country.highest[old.series, old.sheet]
        piece.rename(Designation(day, unit, old.series, sheet, old.number))
