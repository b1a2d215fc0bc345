"""How `benchmarks.drawn_map` holds the summary of an imported map against the truth."""

from __future__ import annotations

from benchmarks.drawn_map import lines

ONE, TWO, THREE, FOUR, OLD = (("20335", "3", number) for number in ("1", "2", "3", "4", "77"))
TRUTH = {
    ONE: frozenset({ONE, OLD}),
    TWO: frozenset({OLD}),
    THREE: frozenset({OLD}),
    FOUR: frozenset[tuple[str, str, str]](),
}


def without(*numbers: str) -> dict[str, object]:
    return {"without_paper": [{"parcel_key": f"20335@2013/3/{one}", "cause": "no-row"} for one in numbers]}


def test_parcels_are_counted_by_whether_papers_bear_their_own_number_or_only_older_ones() -> None:
    own, older, every, none = lines(without("3", "4"), TRUTH)
    assert own.startswith("with a paper of their own number: joined 1 of 1 ")
    assert older.startswith("with papers of older numbers alone: joined 1 of 2 ")
    assert older.endswith("the others: {'no-row': 1}")
    assert every.startswith("all that have papers: joined 2 of 3 = 66.7 % ")
    assert none == "without papers: 1 told so, 0 joined"


def test_a_parcel_without_papers_that_is_joined_all_the_same_is_told() -> None:
    assert list(lines(without(), TRUTH))[-1] == "without papers: 0 told so, 1 joined"
