"""Holes in runs of numbers, and which of them say that something is lost."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

_SINGLY = 10  # numbers of one hole that are told one by one; a longer hole is one range


@dataclass(frozen=True, slots=True)
class Rule:
    """When a hole speaks: as many numbers as the hole lacks, and at least `reach`, are looked at on each side of it.

    Of these the part `share` must be held, and on either side the part `edge` of what the hole lacks. A hole longer
    than `longest` lies between two runs.
    """

    reach: int
    share: float
    edge: float
    longest: int


@dataclass(frozen=True, slots=True)
class Hole:
    """The numbers from `first` to `last`, none of which is held."""

    first: int
    last: int

    @property
    def size(self) -> int:
        """Return how many numbers are lacking."""
        return self.last - self.first + 1

    def parts(self) -> list[Hole]:
        """Return the cases of the hole: each number, or all of them as one range."""
        if self.size > _SINGLY:
            return [self]
        return [Hole(number, number) for number in range(self.first, self.last + 1)]

    def __contains__(self, number: int) -> bool:
        return self.first <= number <= self.last


def holes(numbers: Iterable[int], rule: Rule) -> list[Hole]:
    """Return the holes among the numbers that speak by the rule, in order."""
    held = sorted(set(numbers))

    def count(first: int, last: int) -> int:
        return bisect_right(held, last) - bisect_left(held, first)

    found = []
    for before, after in pairwise(held):
        size = after - before - 1
        if not 1 <= size <= rule.longest:
            continue
        reach = max(rule.reach, size)
        left, right = count(before - reach + 1, before), count(after, after + reach - 1)
        if min(left, right) >= math.ceil(size * rule.edge) and left + right >= rule.share * 2 * reach:
            found.append(Hole(before + 1, after - 1))
    return found


def without(hole: Hole, numbers: Iterable[int]) -> list[Hole]:
    """Return what is left of the hole without these numbers."""
    left, first = [], hole.first
    for number in sorted(n for n in set(numbers) if n in hole):
        if number > first:
            left.append(Hole(first, number - 1))
        first = number + 1
    if first <= hole.last:
        left.append(Hole(first, hole.last))
    return left
