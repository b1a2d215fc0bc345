"""How alike two pages look, by their small maps of ink, wherever on the glass they lay and however large."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from schemas.readings import LOOK_SIDE

Map = NDArray[np.float64]
#: Cells by which one page may lie off the other, and how much larger or smaller it may be.
_OFF = 3
_SCALES = (0.95, 1.0, 1.05)
_PARTS = 5


def likeness(one: str, other: str) -> float:
    """Return the best correlation of two looks over small shifts and scales, also upside down; 1 is the same."""
    windows = np.lib.stride_tricks.sliding_window_view(_map(one), (LOOK_SIDE - 2 * _OFF,) * 2)
    flat = windows.reshape(-1, windows.shape[2] * windows.shape[3])
    flat = flat - flat.mean(axis=1, keepdims=True)
    lengths = np.linalg.norm(flat, axis=1)
    best = 0.0
    for turned in _variants(_map(other)):
        inner = turned[_OFF:-_OFF, _OFF:-_OFF].ravel()
        inner = inner - inner.mean()
        length = float(np.linalg.norm(inner))
        if length > 0:
            best = max(best, float(np.max(flat @ inner / np.maximum(lengths * length, 1e-9))))
    return best


def coarse_parts(look: str) -> tuple[str, ...]:
    """Return five parts of a still smaller map: of two captures that are nearly the same, most are equal."""
    half = LOOK_SIDE // 2
    small = _cells(look).reshape(half, 2, half, 2).mean(axis=(1, 3)).ravel()
    bits = np.packbits(small > np.median(small))
    return tuple(part.tobytes().hex() for part in np.split(bits, _PARTS))


def _variants(page: Map) -> Iterator[Map]:
    for scale in _SCALES:
        middle = (LOOK_SIDE - 1) / 2
        at = np.clip(np.rint((np.arange(LOOK_SIDE) - middle) / scale + middle), 0, LOOK_SIDE - 1).astype(int)
        scaled = page[np.ix_(at, at)]
        yield scaled
        yield scaled[::-1, ::-1]


def _cells(look: str) -> Map:
    return np.array([int(cell, 16) for cell in look], float).reshape(LOOK_SIDE, LOOK_SIDE)


def _map(look: str) -> Map:
    """Return the look with each cell a little mixed with its neighbours, so that a small shift matters little."""
    cells = np.pad(_cells(look), 1, mode="edge")
    rows = 0.25 * cells[:-2] + 0.5 * cells[1:-1] + 0.25 * cells[2:]
    mixed: Map = 0.25 * rows[:, :-2] + 0.5 * rows[:, 1:-1] + 0.25 * rows[:, 2:]
    return mixed
