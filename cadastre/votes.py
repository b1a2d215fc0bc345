"""What the engines' votes for one field mean, each vote parsed on its own and compared by value."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from schemas.readings import Reading, Vote

T = TypeVar("T")
#: A parser: what a text may mean, the likeliest first; empty where it follows no known pattern.
Parser = Callable[[str], tuple[T, ...]]

DIGITS = "rapidocr"  # reads digits best: 98 % right on degraded numbers (domain facts, reading)
WORDS = "tesseract"  # has all marked letters


@dataclass(frozen=True, slots=True)
class Seen(Generic[T]):
    """One field as it was seen at all its places.

    `value` is the best guess and `reading` its place; None where no vote could be parsed. `options` is all that any
    vote may mean, the best first. `agreed`: two engines read the same value, nothing else was read, and it means
    one thing only. `alone`: one engine read it and no other read anything else. `two_ways`: two engines read the
    same and it may mean two things, as `2.500` does.
    """

    reading: Reading
    value: T | None
    options: tuple[T, ...]
    agreed: bool
    alone: bool
    two_ways: bool


def _votes(reading: Reading) -> tuple[Vote, ...]:
    cast = tuple(vote for vote in reading.votes if vote.text.strip())
    if cast or not reading.text.strip():
        return cast
    return (Vote("", reading.text, 0.0),)


def _ranked(votes: Sequence[Vote], prefer: str) -> list[Vote]:
    return sorted(votes, key=lambda vote: (vote.engine != prefer, vote.engine))


def see(readings: Sequence[Reading], parse: Parser[T], prefer: str) -> Seen[T] | None:
    """Return what was seen of a field; None where it was seen nowhere.

    The first place counts most; another place can contradict it, and one engine there can second another here.
    """
    places = [
        (reading, [(vote, parse(vote.text)) for vote in _ranked(_votes(reading), prefer)]) for reading in readings
    ]
    places = [place for place in places if place[1]] or places
    if not places:
        return None
    options: list[T] = []
    at: Reading | None = None
    for reading, votes in places:
        for _, meanings in votes:
            options += [meaning for meaning in meanings if meaning not in options]
            at = at or (reading if meanings else None)
    if at is None:
        return Seen(places[0][0], None, (), agreed=False, alone=False, two_ways=False)
    votes_there = next(votes for reading, votes in places if reading is at)
    readable = all(meanings for _, meanings in votes_there)
    backers = {vote.engine for _, votes in places for vote, meanings in votes if meanings}
    certain = readable and len(options) == 1
    return Seen(
        at,
        options[0],
        tuple(options),
        agreed=certain and len(backers) > 1,
        alone=certain and len(backers) == 1,
        two_ways=len(backers) > 1
        and len(options) > 1
        and {meanings for _, meanings in votes_there} == {tuple(options)},
    )
