"""How far a page's lines fall to the right."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ocr.traces import Mask

#: Beyond this a page is not skewed but lies on a table, and its sheet is found by its edges.
_MOST_DEG = 10.0
_COARSE_DEG, _FINE_DEG, _NEAR_DEG = 0.25, 0.02, 0.3
_MOST_POINTS = 60_000
_SPIKE = 95
#: A fall below this moves no end of a line by more than two pixels at 300 dpi.
LEVEL_DEG = 0.05


def fall(marks: Mask) -> tuple[float, float]:
    """Return by how many degrees the lines fall to the right, and how sharply lines stand out at that angle.

    Roughly it is the angle at which the rows gather most ink, near that the one at which ink begins and ends
    most abruptly; 0.0 where there is too little ink.
    """
    ys, xs = np.nonzero(marks)
    if len(ys) < 50:
        return 0.0, 0.0
    if len(ys) > _MOST_POINTS:
        chosen = np.random.default_rng(0).choice(len(ys), _MOST_POINTS, replace=False)
        ys, xs = ys[chosen], xs[chosen]
    x, y = xs - marks.shape[1] / 2, ys.astype(np.float64)
    angles = np.arange(-_MOST_DEG, _MOST_DEG + 1e-9, _COARSE_DEG)
    profiles = [_profile(x, y, angle) for angle in angles]
    coarse = float(angles[int(np.argmax([_gathered(profile) for profile in profiles]))])
    sharpness = max(_edges(_without_spikes(profile)) for profile in profiles)
    if abs(coarse) > _MOST_DEG - 2 * _COARSE_DEG:
        return 0.0, sharpness  # the end of the range is no summit
    close = coarse + np.arange(-_NEAR_DEG, _NEAR_DEG + 1e-9, _FINE_DEG)
    return float(close[int(np.argmax([_edges(_profile(x, y, angle)) for angle in close]))]), sharpness


def _profile(x: NDArray[np.float64], y: NDArray[np.float64], angle: float) -> NDArray[np.float64]:
    """Return the ink of each row of the page sheared by an angle in degrees."""
    rows = y - x * np.tan(np.radians(angle))
    return np.bincount((rows - rows.min()).astype(np.int64)).astype(np.float64)


def _gathered(profile: NDArray[np.float64]) -> float:
    """Return how much ink shares its rows: a broad summit, also for lines that bend with the paper."""
    return float(np.square(profile).sum())


def _edges(profile: NDArray[np.float64]) -> float:
    """Return how abruptly ink begins and ends from row to row: a sharp summit where lines are straight."""
    return float(np.square(np.diff(profile)).sum())


def _without_spikes(profile: NDArray[np.float64]) -> NDArray[np.float64]:
    """Cut off what stands out of the inked rows: the edge of a page or a stain is no line."""
    return np.minimum(profile, np.percentile(profile[profile > 0], _SPIKE))
