"""How well the parcels around two lots go on in one row: the order of numbers on two maps of the same ground.

Maps are numbered along the rows of parcels, so where a parcel went, its neighbours in number mostly went beside it, in
the same or in the turned order. Areas and names of neighbours tell this together where none of them tells it alone.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import log2

import numpy as np
from numpy.typing import NDArray

from cadastre.linking.lots import Lot

_AROUND = 6  # neighbours in number on each side
_DRIFT = (0, 1, -1)  # a number more or less between two neighbours
_LIKE = 0.015  # share by which areas of one parcel differ, at most
_EACH = 2  # areas and names of a lot that are looked at
_MISSED = 0.25  # bits against, for each neighbour that is not found again
_AGREES, _CHANCE = 0.5, 0.003  # how often neighbours agree, and how often by chance whatever they are
_ORDERS = 16  # more than there are series
_HIGHEST = 5000  # numbers above are misread

Numbers = NDArray[np.int64]
Bits = NDArray[np.float64]


#: The bands of bits in which the linker tells how well two rows go together, from the highest.
BANDS = (21.0, 15.0, 11.0, 7.0, 3.0)
InRow = Mapping[int, tuple[tuple[int, ...], ...]]
"""For each older lot the newer ones whose neighbours agree with its own, by band."""


@dataclass(frozen=True, slots=True)
class _Rows:
    """The lots on a line, sheet after sheet, each sheet's numbers with room between sheets."""

    place: Numbers  # of each lot; 0 where it has none
    lot: Numbers  # at each place; -1 where there is none


def row_bits(lots: Sequence[Lot], older: Numbers, newer: Numbers, settled: Collection[tuple[int, int]] = ()) -> Bits:
    """Return for each pair of lots the bits that their neighbours in number give, in the better of two directions.

    `settled` are lots of which it is known what they became, with the order of the series: they are not looked at.
    """
    order = np.array([lot.order for lot in lots], dtype=np.int64)[newer]
    gone = np.zeros((len(lots), _ORDERS), dtype=np.bool_)
    for lot, series in settled:
        gone[lot, series] = True
    rows, areas, names, weights = _rows(lots), _areas(lots), _names(lots), _weights(lots)
    best = np.zeros(len(older))
    a, q = rows.place[older], rows.place[newer]
    for turn in (1, -1):
        told = np.zeros(len(older))
        for step in (*range(-_AROUND, 0), *range(1, _AROUND + 1)):
            one = rows.lot[np.clip(a + step, 0, len(rows.lot) - 1)]
            one = np.where(gone[one, order], -1, one)
            found = np.zeros(len(older))
            for drift in _DRIFT:
                other = rows.lot[np.clip(q + turn * step + drift, 0, len(rows.lot) - 1)]
                known = (one >= 0) & (other >= 0) & (one != other) & (other != newer)
                found = np.maximum(found, np.where(known, _alike(one, other, areas, names, weights), 0.0))
            told += np.where(one >= 0, found - _MISSED, 0.0)
        best = np.maximum(best, told)
    return np.where((a > 0) & (q > 0), best, 0.0)


def in_row(lots: Sequence[Lot], older: Numbers, newer: Numbers, settled: Collection[tuple[int, int]] = ()) -> InRow:
    """Return for each older lot of the pairs the newer ones whose neighbours agree with its own (`row_bits`)."""
    bands = np.searchsorted(-np.array(BANDS), -row_bits(lots, older, newer, settled))
    out: dict[int, tuple[list[int], ...]] = {}
    told = bands < len(BANDS)
    for a, q, band in zip(older[told].tolist(), newer[told].tolist(), bands[told].tolist(), strict=True):
        out.setdefault(a, tuple([] for _ in BANDS))[band].append(q)
    return {a: tuple(map(tuple, some)) for a, some in out.items()}


def _alike(one: Numbers, other: Numbers, areas: Bits, names: Numbers, weights: tuple[Bits, Bits]) -> Bits:
    """Return how rare it is that two lots agree as they do in area or name; none where they do not."""
    bits = np.zeros(len(one))
    own, theirs = [told[one] for told in areas], [told[other] for told in areas]
    like = np.logical_or.reduce([np.abs(x - y) <= _LIKE for x, y in product(own, theirs)])
    bits[like] = weights[0][one[like]]
    own_names, their_names = [told[one] for told in names], [told[other] for told in names]
    for x, own_name in enumerate(own_names):
        same = np.logical_or.reduce([own_name == name for name in their_names]) & (own_name >= 0)
        bits[same] = np.maximum(bits[same], weights[1][x][one[same]])
    return bits


def _rows(lots: Sequence[Lot]) -> _Rows:
    sheets: dict[tuple[str, str, str], list[tuple[int, int]]] = defaultdict(list)
    for number, lot in enumerate(lots):
        if lot.number is not None and not lot.suffix and lot.number <= _HIGHEST:
            sheets[lot.key.unit, lot.key.era, lot.key.sheet].append((lot.number, number))
    place, start = np.zeros(len(lots), dtype=np.int64), 2 * _AROUND
    for told in sheets.values():
        for parcel, number in told:
            place[number] = start + parcel
        start += max(parcel for parcel, _ in told) + 2 * _AROUND
    at = np.full(start + 1, -1, dtype=np.int64)
    held = place > 0
    at[place[held]] = np.flatnonzero(held)
    return _Rows(place, at)


def _areas(lots: Sequence[Lot]) -> Bits:
    """Return the logarithms of the first areas of each lot, in rows that equal nothing where there is none."""
    out = np.full((_EACH, len(lots)), np.nan)
    for number, lot in enumerate(lots):
        for n, area in enumerate(lot.areas[:_EACH]):
            out[n, number] = np.log(area)
    return out


def _names(lots: Sequence[Lot]) -> Numbers:
    known = {name: number for number, name in enumerate(sorted({name for lot in lots for name in lot.names}))}
    out = np.full((_EACH, len(lots)), -1, dtype=np.int64)
    for number, lot in enumerate(lots):
        for n, name in enumerate(sorted(lot.names)[:_EACH]):
            out[n, number] = known[name]
    return out


def _weights(lots: Sequence[Lot]) -> tuple[Bits, Bits]:
    """Return the bits of an equal area of each lot, and of each of its first names: what is common tells little."""
    by_scope: dict[str, list[float]] = defaultdict(list)
    told: Counter[tuple[str, str]] = Counter()
    size: Counter[str] = Counter()
    for lot in lots:
        size[lot.scope] += 1
        told.update((lot.scope, name) for name in lot.names)
        if lot.area:
            by_scope[lot.scope].append(lot.area)
    for some in by_scope.values():
        some.sort()
    areas, names = np.zeros(len(lots)), np.zeros((_EACH, len(lots)))
    for number, lot in enumerate(lots):
        some = by_scope[lot.scope]
        like = [bisect_right(some, a * (1 + _LIKE)) - bisect_left(some, a * (1 - _LIKE)) for a in lot.areas[:_EACH]]
        areas[number] = _rare(max(like, default=len(some)) / max(len(some), 1))
        for n, name in enumerate(sorted(lot.names)[:_EACH]):
            names[n, number] = _rare(told[lot.scope, name] / size[lot.scope])
    return areas, names


def _rare(share: float) -> float:
    return log2(_AGREES / min(_AGREES, len(_DRIFT) * share + _CHANCE))
