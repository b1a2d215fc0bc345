"""The cells of a corner table as candidate places and lengths, ready to be joined to a polygon."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median, median_low

import numpy as np

from cadastre.ground.closed_walk import Lengths, Places
from cadastre.ground.grid import EAST_M, NORTH_M
from cadastre.words.misreadings import Seen, Shape, candidates, see, value_of
from schemas.readings import CornerReading, Reading

SPAN_M = 2000.0  # no parcel of a corner table is wider
_ASTRAY_M = 300.0  # only cells this far from their column's median may take its leading digits
_LEADING_DIGITS = 6.0  # cost of that repair
_WORTH_TRYING = 17.0
_MOST_PLACES = 4000
EDGE_TOLERANCE_M = 0.02
_MOST_TOLERANCE_M = 0.15
_MEASURED_APART_M = 0.009  # median residual above which the edges were not computed from these coordinates


@dataclass(frozen=True, slots=True)
class Table:
    """A corner table of n corners, its repeated first row folded into the first.

    `places` and `lengths` are relative to `origin` (x north, y east) in metres; `places` is empty where a
    coordinate cannot be read at all. The printed values are those of the engine trusted most, unrepaired.
    """

    places: tuple[Places, ...]
    lengths: tuple[Lengths, ...]
    origin: tuple[float, float]
    numbers: tuple[int | None, ...]
    printed_x: tuple[float | None, ...]
    printed_y: tuple[float | None, ...]
    printed_edges: tuple[float | None, ...]
    edge_is_sure: tuple[bool, ...]
    edge_decimals: int
    step_m: float
    tolerance_m: float
    has_edges: bool
    shifted: bool

    @property
    def edge_sigma_m(self) -> float:
        """Return the standard deviation of an edge's residual: of rounding, or of a measurement apart."""
        apart = self.tolerance_m > max(EDGE_TOLERANCE_M, 1.5 * self.step_m)
        return self.tolerance_m / (2.5 if apart else 3.4)

    @property
    def least_cost(self) -> float:
        """Return the cost of taking the likeliest reading of every cell."""
        edges = sum(float(e.cost.min()) for e in self.lengths if e.printed) if self.has_edges else 0.0
        return sum(float(p.cost[0]) for p in self.places) + edges


@dataclass(frozen=True, slots=True)
class _Column:
    """One coordinate column: the shape of its numbers and its middle, in units of the last place."""

    shape: Shape
    middle: int
    decimals: int


def _texts(readings: Sequence[Reading | None]) -> list[str]:
    return [text for r in readings if r is not None for text in ([v.text for v in r.votes] or [r.text])]


def _decimals(readings: Sequence[Reading | None], most: int) -> int:
    """Return how many decimals most numbers of a column show; 2 where no mark is seen."""
    tails: Counter[int] = Counter()
    for text in _texts(readings):
        found = re.fullmatch(r"\D*[\d.,\s]*\d\s*[.,]\s*(\d{1,3})\s*m?\W*", text.strip())
        if found and len(found[1]) <= most:
            tails[len(found[1])] += 1
    return tails.most_common(1)[0][0] if tails else 2


def _in_province(value: int, decimals: int) -> bool:
    metres = value / float(10**decimals)
    return NORTH_M[0] <= metres <= NORTH_M[1] or EAST_M[0] <= metres <= EAST_M[1]


def _middle(values: Sequence[int], reach: int, decimals: int) -> tuple[int, int]:
    """Return the median of the largest group of values that lie within reach of one of them, and its size."""
    groups = [[v for v in values if abs(v - one) <= reach] for one in set(values)]
    group = max(groups, key=lambda g: (len(g), _in_province(median_low(g), decimals), -median_low(g)), default=[0])
    return median_low(group), len(group)


def _column(readings: Sequence[Reading | None], decimals: int) -> _Column | None:
    best: _Column | None = None
    most = 0
    for whole in (7, 6):
        open_shape = Shape(whole, decimals, 10 ** (whole + decimals - 1), 2 * 10 ** (6 + decimals))
        values = [v for text in _texts(readings) if (v := value_of(text, open_shape)) is not None]
        values = [v for v in values if open_shape.low <= v <= open_shape.high]
        reach = round(SPAN_M * 10**decimals)
        middle, near = _middle(values, reach, decimals)
        if near > most:
            most = near
            best = _Column(Shape(whole, decimals, middle - reach, middle + reach), middle, decimals)
    return _with_lost_million(best) if best and 3 * most >= len(_texts(readings)) else None


def _with_lost_million(column: _Column) -> _Column:
    """Return the column as one of x where its numbers can only be x without their leading 1 (domain.md 6.3)."""
    unit = 10**column.decimals
    whole = column.middle + 1_000_000 * unit
    if column.shape.whole != 6 or EAST_M[0] <= column.middle / unit <= EAST_M[1]:
        return column
    if not NORTH_M[0] <= whole / unit <= NORTH_M[1]:
        return column
    reach = round(SPAN_M * unit)
    return _Column(Shape(7, column.decimals, whole - reach, whole + reach), whole, column.decimals)


def _astray(readings: Sequence[Reading], column: _Column) -> list[tuple[int, float]]:
    """Return the values that cells far from the column's middle take with its leading digits."""
    thousand = 1000 * 10**column.decimals
    result = []
    for text in _texts(readings):
        value = value_of(text, column.shape)
        if value is None or abs(value - column.middle) <= _ASTRAY_M * 10**column.decimals:
            continue
        lower = column.middle + (value - column.middle) % thousand - thousand
        result += [(v, _LEADING_DIGITS) for v in (lower, lower + thousand)]
    return result


def _coordinate(readings: Sequence[Reading], column: _Column) -> list[tuple[int, float]]:
    """Return the candidate values of a cell relative to the column's middle, cheapest first."""
    found = dict(candidates(readings, column.shape))
    for value, cost in _astray(readings, column):
        found[value] = min(cost, found.get(value, cost))
    return sorted(((v - column.middle, c) for v, c in found.items()), key=lambda pair: (pair[1], pair[0]))


def _places(x: Sequence[tuple[int, float]], y: Sequence[tuple[int, float]], step: float) -> Places:
    cost = np.add.outer([c for _, c in x], [c for _, c in y]).ravel()
    order = np.argsort(cost, kind="stable")
    order = order[cost[order] <= cost[order[0]] + _WORTH_TRYING][:_MOST_PLACES]
    north = np.repeat([float(v) for v, _ in x], len(y))[order]
    east = np.tile([float(v) for v, _ in y], len(x))[order]
    return Places(north * step, east * step, cost[order])


def _lengths(reading: Reading | None, decimals: int) -> Lengths:
    shape = Shape(None, decimals, 1, round(SPAN_M * 10**decimals))
    found = sorted(candidates([reading], shape)) if reading is not None else []
    if not found:
        return Lengths(np.zeros(0), np.zeros(0), printed=False)
    return Lengths(np.array([v / 10**decimals for v, _ in found]), np.array([c for _, c in found]), printed=True)


def _plain(reading: Reading | None, shape: Shape) -> float | None:
    value = value_of(reading.text, shape) if reading is not None else None
    return None if value is None else value / 10**shape.decimals


def _sure(reading: Reading | None, shape: Shape) -> bool:
    """Return whether all engines read the same length."""
    if reading is None or len(reading.votes) < 2:
        return False
    return len({value_of(vote.text, shape) for vote in reading.votes} - {None}) == 1


def _number(reading: Reading | None) -> int | None:
    digits = re.sub(r"\D", "", reading.text) if reading is not None else ""
    return int(digits) if 0 < len(digits) <= 4 else None


def _seen(reading: Reading | None) -> str:
    seen: Seen | None = see(reading.text, None, 2) if reading is not None else None
    return seen.digits if seen else ""


def _differences(a: str, b: str) -> int:
    return sum(p != q for p, q in zip(a, b, strict=False)) + abs(len(a) - len(b))


def _repeats(first: CornerReading, last: CornerReading, rows: int) -> bool | None:
    """Return whether the last row is the first printed again; None where it cannot be told."""
    if rows < 4:
        return False
    x, y = (_differences(_seen(a), _seen(b)) for a, b in ((first.x, last.x), (first.y, last.y)))
    one, other = _number(first.no), _number(last.no)
    if one is not None and other is not None:
        return one == other or (x + y == 0)
    return True if x + y == 0 else (None if x + y <= 3 else False)


def _residuals(xs: Sequence[float | None], ys: Sequence[float | None], edges: Sequence[float | None]) -> list[float]:
    n = len(xs)
    result = []
    for i, edge in enumerate(edges):
        x0, y0, x1, y1 = xs[i], ys[i], xs[(i + 1) % n], ys[(i + 1) % n]
        if edge is not None and x0 is not None and y0 is not None and x1 is not None and y1 is not None:
            result.append(abs(float(np.hypot(x1 - x0, y1 - y0)) - edge))
    return result


def _edge_cells(
    rows: Sequence[CornerReading], n: int, xs: Sequence[float | None], ys: Sequence[float | None], shape: Shape
) -> tuple[list[Reading | None], bool]:
    """Return the edge cells by corner, moved by one row where only then they meet the coordinates."""
    cells = [row.edge for row in rows] + [None] * (n + 1 - len(rows))
    upper = [*cells[1:n], cells[n] if cells[n] is not None else cells[0]]
    options = [cells[:n], upper, [cells[n] if cells[n] is not None else cells[n - 1], *cells[: n - 1]]]
    met = []
    for option in options:
        off = _residuals(xs, ys, [_plain(cell, shape) for cell in option])
        met.append(sum(r <= _MOST_TOLERANCE_M for r in off))
    best = max(range(3), key=lambda k: (met[k], -k))
    shifted = best > 0 and met[best] >= 0.6 * n and met[0] <= 0.3 * n
    return options[best if shifted else 0], shifted


def _tolerance(residuals: Sequence[float], step: float) -> float:
    """Return the edge tolerance in metres that the table itself asks for: edges may be measured apart."""
    least = max(EDGE_TOLERANCE_M, 1.5 * step)
    near = [r for r in residuals if r <= _MOST_TOLERANCE_M]
    if 2 * len(near) <= len(residuals) or median(residuals) < _MEASURED_APART_M:
        return least
    return max(least, min(_MOST_TOLERANCE_M, max(*near, 4.0 * median(residuals))))


def _table(rows: Sequence[CornerReading], n: int) -> Table | None:
    """Return the table of n corners; rows past n are the first corner printed again."""
    decimals = _decimals([r for row in rows for r in (row.x, row.y)], 3)
    columns = _column([row.x for row in rows], decimals), _column([row.y for row in rows], decimals)
    if columns[0] is None or columns[1] is None:
        return None
    cx, cy = columns[0], columns[1]
    step = 10.0**-decimals
    xs = tuple(_plain(row.x, cx.shape) for row in rows[:n])
    ys = tuple(_plain(row.y, cy.shape) for row in rows[:n])
    edge_decimals = _decimals([row.edge for row in rows], 3)
    shape = Shape(None, edge_decimals, 1, round(SPAN_M * 10**edge_decimals))
    cells, shifted = _edge_cells(rows, n, xs, ys, shape)
    printed = tuple(_plain(cell, shape) for cell in cells)
    lengths = tuple(_lengths(cell, edge_decimals) for cell in cells)
    places = []
    for i in range(n):
        same = [rows[i], *(rows[n:] if i == 0 else ())]
        x = _coordinate([row.x for row in same if row.x is not None], cx)
        y = _coordinate([row.y for row in same if row.y is not None], cy)
        if x and y:
            places.append(_places(x, y, step))
    return Table(
        places=tuple(places) if len(places) == n else (),
        lengths=lengths,
        origin=(cx.middle * step, cy.middle * step),
        numbers=tuple(_number(row.no) for row in rows[:n]),
        printed_x=xs,
        printed_y=ys,
        printed_edges=printed,
        edge_is_sure=tuple(_sure(cell, shape) for cell in cells),
        edge_decimals=edge_decimals,
        step_m=step,
        tolerance_m=_tolerance(_residuals(xs, ys, printed), step),
        has_edges=sum(edge.printed for edge in lengths) >= max(2, n / 2),
        shifted=shifted,
    )


def tables(rows: Sequence[CornerReading]) -> Iterator[Table]:
    """Yield the ways to take the rows, likeliest first: the last row as the first again, or as a corner of its own."""
    kept = [row for row in rows if row.x is not None or row.y is not None]
    if len(kept) < 3:
        return
    repeats = _repeats(kept[0], kept[-1], len(kept))
    counts = [len(kept) - 1] if repeats else [len(kept)] if repeats is False else [len(kept) - 1, len(kept)]
    for n in counts:
        table = _table(kept, n) if n >= 3 else None
        if table is not None:
            yield table
