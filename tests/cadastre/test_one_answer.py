"""The one answer out of what may have become of the lots: the set of steps that weighs most together."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as some

from cadastre.linking.assignment import choose
from cadastre.linking.hypothesis import Hypothesis


def one(older: int, newer: int, weight: float) -> Hypothesis:
    return Hypothesis((older,), (newer,), weight)


def over(older: int, between: int, newer: int, weight: float) -> Hypothesis:
    return Hypothesis((older,), (newer,), weight, via=(between,))


def chosen(found: list[Hypothesis]) -> set[Hypothesis]:
    return {each.hypothesis for each in choose(found)}


def test_two_good_steps_stand_before_the_best_single_one() -> None:
    best, left, right = one(1, 11, 10.0), one(1, 12, 9.0), one(2, 11, 9.0)
    assert chosen([best, left, right]) == {left, right}


def test_a_way_over_a_map_between_does_not_push_aside_two_steps_that_weigh_more() -> None:
    wrong, first, second = over(2, 11, 21, 31.8), one(1, 11, 15.0), one(11, 21, 23.7)
    assert chosen([wrong, first, second]) == {first, second}


def test_parts_outweigh_a_single_step_only_together() -> None:
    parts, step, other = Hypothesis((1,), (11, 12), 14.0), one(1, 11, 9.0), one(2, 12, 4.0)
    assert chosen([parts, step, other]) == {parts}
    assert chosen([parts, step, one(2, 12, 6.0)]) == {step, one(2, 12, 6.0)}


@given(
    some.lists(
        some.builds(
            one, some.integers(1, 4), some.integers(11, 14), some.integers(1, 40).map(lambda bits: bits / 4)
        ),
        max_size=9,
        unique_by=lambda h: (h.older, h.newer),
    )
)  # fmt: skip
def test_no_other_set_of_steps_weighs_more(found: list[Hypothesis]) -> None:
    def fits(steps: tuple[Hypothesis, ...]) -> bool:
        return len({h.older for h in steps}) == len({h.newer for h in steps}) == len(steps)

    sets = [steps for size in range(len(found) + 1) for steps in combinations(found, size) if fits(steps)]
    assert sum(h.weight for h in chosen(found)) == max(sum(h.weight for h in steps) for steps in sets)
