"""How often links with each sign were right, as a logistic regression over the links of districts whose truth is known.

A sign's bits are drawn towards none as by a normal prior, so that what few links show tells little.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit, log_expit

_LEAST_SHOWN = 10  # links below which a sign is left out


def fitted(
    links: Sequence[Mapping[str, float]], right: Sequence[bool], drawn: float = 1.0
) -> Iterator[tuple[str, float, int, int]]:
    """Yield each sign with its bits, how many links show it, and how many of those were wrong.

    `drawn` is how strongly a sign's weight (natural logarithm) is drawn towards none: half of it times the weight's
    square is its cost.
    """
    names = sorted({name for one in links for name in one})
    place = {name: n for n, name in enumerate(names)}
    shown = np.zeros((len(links), len(names)))
    for row, one in enumerate(links):
        for name, value in one.items():
            shown[row, place[name]] = value
    so = np.asarray(right, dtype=float)
    many = (shown != 0).sum(axis=0)
    used = np.flatnonzero(many >= _LEAST_SHOWN)
    scale = np.maximum(np.abs(shown[:, used]).max(axis=0), 1.0)
    values = shown[:, used] / scale

    def cost(weights: np.ndarray) -> tuple[float, np.ndarray]:
        told = values @ weights
        loss = -(so * log_expit(told) + (1 - so) * log_expit(-told)).sum() + drawn / 2 * (weights**2).sum()
        return float(loss), values.T @ (expit(told) - so) + drawn * weights

    found = minimize(cost, np.zeros(len(used)), jac=True, method="L-BFGS-B", options={"maxiter": 2000})
    wrong = ((shown != 0) * (1 - so)[:, None]).sum(axis=0)
    for n, weight in zip(used.tolist(), found.x / scale / np.log(2), strict=True):
        yield names[n], round(float(weight), 3), int(many[n]), int(wrong[n])
