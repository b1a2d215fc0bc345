"""Draws from a generator that is handed in; nothing here is global or depends on a clock."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TypeVar

from numpy.random import Generator

T = TypeVar("T")


def pick(rng: Generator, items: Sequence[T]) -> T:
    """Return one of the items, each as likely as the others."""
    return items[int(rng.integers(len(items)))]


def weighted(rng: Generator, items: Sequence[tuple[T, float]]) -> T:
    """Return one of the items by its weight."""
    total = sum(weight for _, weight in items)
    left = float(rng.random()) * total
    for item, weight in items:
        left -= weight
        if left < 0:
            return item
    return items[-1][0]


def chance(rng: Generator, p: float) -> bool:
    """Return True with probability p."""
    return bool(rng.random() < p)


def between(rng: Generator, low: float, high: float) -> float:
    """Return a number between low and high."""
    return float(rng.uniform(low, high))


def whole(rng: Generator, low: int, high: int) -> int:
    """Return a whole number from low to high, both included."""
    return int(rng.integers(low, high + 1))


def digits(rng: Generator, count: int) -> str:
    """Return a string of that many digits."""
    return "".join(str(int(d)) for d in rng.integers(0, 10, size=count))


def day(rng: Generator, first: date, last: date) -> date:
    """Return a working day (Monday to Friday) from first to last."""
    drawn = first + timedelta(days=whole(rng, 0, (last - first).days))
    while drawn.weekday() > 4:
        drawn += timedelta(days=1 if drawn < last else -1)
    return drawn
