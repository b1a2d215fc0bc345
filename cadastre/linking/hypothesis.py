"""What may have become of a lot: one hypothesis, and the ends of lots of which it needs each alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise, product

Step = tuple[int, int]
Way = tuple[int, ...]
"""Lots on maps that follow each other, each of which became the next."""
End = tuple[str, int]
"""A way "in" to a lot, or "out" of it, or ground "cut" from it; of one answer only one hypothesis has it."""


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """Older lots that became newer ones, by their numbers, with the bits that speak for it.

    `kept`: the older lot lost ground to the newer ones and goes on under its number. `via` are the lots between the
    two, on maps between; `further` are other steps of a way, to the older lots or on from a newer one. `told` is what
    speaks for and against each step inside a sheet (`name:level:bits`). `ends` are those of all lots.
    """

    older: tuple[int, ...]
    newer: tuple[int, ...]
    weight: float
    kept: bool = False
    via: tuple[int, ...] = ()
    further: tuple[Step, ...] = ()
    told: Mapping[Step, tuple[str, ...]] = field(default_factory=dict, repr=False, compare=False)
    ends: tuple[End, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        between = [(end, lot) for lot in self.via for end in ("in", "out")]
        onward = "cut" if self.kept else "out"
        others = [end for older, newer in self.further for end in (("out", older), ("in", newer))]
        ends = (*((onward, lot) for lot in self.older), *(("in", lot) for lot in self.newer), *between, *others)
        object.__setattr__(self, "ends", ends)

    @property
    def steps(self) -> tuple[Step, ...]:
        """Return the steps from lot to lot, the further ones left out."""
        if self.via:
            return tuple(pairwise((self.older[0], *self.via, self.newer[0])))
        return tuple(product(self.older, self.newer))
