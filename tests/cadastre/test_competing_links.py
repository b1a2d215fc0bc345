"""Of what may have become of some lots, those are chosen that weigh most together; no lot goes on twice."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import combinations

import pytest

from cadastre.linking.assignment import choose
from cadastre.linking.hypothesis import Hypothesis

MANY = 14  # hypotheses over six lots of each map: more sets than are weighed one by one, now and then


def rivals(rng: random.Random, count: int) -> list[Hypothesis]:
    """Return hypotheses that want the same lots: of one lot, of parts, of joined ones."""
    found = {}
    while len(found) < count:
        older, newer = rng.sample(range(6), rng.choice((1, 1, 2))), rng.sample(range(10, 16), rng.choice((1, 1, 2)))
        if len(older) == 1 or len(newer) == 1:
            ends = tuple(sorted(older)), tuple(sorted(newer))
            found[ends] = Hypothesis(*ends, round(rng.uniform(0.5, 40.0), 3))
    return list(found.values())


def stand_together(some: Sequence[Hypothesis]) -> bool:
    ends = [end for one in some for end in one.ends]
    return len(ends) == len(set(ends))


@pytest.mark.parametrize("count", [2, 5, MANY])
def test_nothing_that_stands_together_weighs_more_than_what_is_chosen(count: int, seed: int) -> None:
    rng = random.Random(seed)
    for _ in range(20):
        found = rivals(rng, count)
        chosen = [one.hypothesis for one in choose(found)]
        sets = (some for many in range(7) for some in combinations(found, min(many, count)) if stand_together(some))
        assert stand_together(chosen)
        assert sum(h.weight for h in chosen) == pytest.approx(max(sum(h.weight for h in some) for some in sets))


def test_of_two_that_weigh_the_same_one_is_chosen() -> None:
    (chosen,) = choose([Hypothesis((0,), (10,), 8.0), Hypothesis((0,), (11,), 8.0)])
    assert chosen.p == pytest.approx(0.5, abs=0.01)
