"""Sheet names of the VN-2000 cadastral grid, from a place to its sheets and back (domain.md 6.4; TT 25/2014)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import ceil, floor

from cadastre.words.folding import tidy

_MAIN_M, _WIDE_M = 3_000, 6_000  # sides of the sheets at 1:5000 and 1:10000
_MIDDLE_M = 500_000  # easting of the meridian, from which the squares are counted
_NORTH_M = 1_000_000  # what the three printed digits of X leave out
_SHAPE = re.compile(r"(?:(10)-)?(\d{3})(\d{3})(?:-([1-9])(?:-(?:([a-d])|\((\d{1,2})\)|(\d{1,3})))?)?")


@dataclass(frozen=True, slots=True)
class SheetFrame:
    """The square that a sheet shows: its north-west corner (x north, y east) and its side, in metres."""

    x: float
    y: float
    side_m: float

    def holds(self, x: float, y: float) -> bool:
        """Return whether a place lies in the square or on its edge."""
        return self.x - self.side_m <= x <= self.x and self.y <= y <= self.y + self.side_m

    def _part(self, number: int, across: int) -> SheetFrame:
        """Return the part with this number of across × across, counted row by row from the top left."""
        down, right = divmod(number - 1, across)
        side = self.side_m / across
        return SheetFrame(self.x - down * side, self.y + right * side, side)


def sheet_names(x: float, y: float) -> tuple[str, ...]:
    """Return the names of the sheets at 1:5000, 1:2000, 1:1000, 1:500, 1:200 that hold the place (x north, y east)."""
    top = ceil(x / _MAIN_M) * _MAIN_M
    left = _MIDDLE_M + floor((y - _MIDDLE_M) / _MAIN_M) * _MAIN_M
    main = f"{top // 1000 % 1000:03d}{left // 1000:03d}"

    def cell(size_m: int, across: int, span_m: int) -> int:
        south, east = (top - x) % span_m, (y - left) % span_m
        return int(south // size_m) * across + int(east // size_m) + 1

    kilometre = f"{main}-{cell(1000, 3, 3000)}"
    return (
        main,
        kilometre,
        f"{kilometre}-{'abcd'[cell(500, 2, 1000) - 1]}",
        f"{kilometre}-({cell(250, 4, 1000)})",
        f"{kilometre}-{cell(100, 10, 1000)}",
    )


def read_nomenclature(text: str) -> str | None:
    """Return a sheet's name as printed, without blanks; None where it is none or its square is none of the grid."""
    name = re.sub(r"\s", "", tidy(text)).strip(".,;:").lower()
    return name if frame_of(name) else None


def frame_of(name: str) -> SheetFrame | None:
    """Return the square of a sheet's name, `722575-6-(4)`; None where the grid has no such sheet."""
    match = _SHAPE.fullmatch(name)
    if match is None:
        return None
    wide, north, east, kilometre, letter, quarter, hundredth = match.groups()
    side = _WIDE_M if wide else _MAIN_M
    x, y = _NORTH_M + int(north) * 1000, int(east) * 1000
    if x % side or (y - _MIDDLE_M) % _MAIN_M or (wide and kilometre):
        return None
    frame = SheetFrame(x, y, side)
    if kilometre is None:
        return frame
    frame = frame._part(int(kilometre), 3)
    for number, across in (
        ("abcd".index(letter) + 1 if letter else None, 2),
        (int(quarter) if quarter else None, 4),
        (int(hundredth) if hundredth else None, 10),
    ):
        if number is not None:
            return frame._part(number, across) if 1 <= number <= across * across else None
    return frame
