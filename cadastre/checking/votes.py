"""What the engines' votes for one field mean, each vote parsed on its own and compared by value."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from cadastre.words.numbers import read_numbers
from schemas.readings import Reading, Vote

T = TypeVar("T")
#: A parser: what a text may mean, the likeliest first; empty where it follows no known pattern.
Parser = Callable[[str], tuple[T, ...]]

DIGITS = "rapidocr"  # reads digits best: 98 % right on degraded numbers (domain facts, reading)
WORDS = "tesseract"  # has all marked letters
CODE = "zxing"  # reads QR codes and barcodes, which check themselves
_SQUARE = re.compile(r"(?:m|rn)\s?[2²?]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Seen(Generic[T]):
    """One field as it was seen at all its places.

    `value` is the best guess and `reading` its place; None where no vote could be parsed. `options` is all that any
    vote may mean, the best first. `agreed`: two engines read the same value, nothing else was read, and it means
    one thing only. `two_ways`: two engines read the
    same and it may mean two things, as `2.500` does. `numbers_agreed`: two engines read the same numbers at that place,
    whatever the words between them. `marks_differ`: the same digits, and some engine lost the marks between them.
    """

    reading: Reading
    value: T | None
    options: tuple[T, ...]
    agreed: bool
    two_ways: bool
    numbers_agreed: bool
    marks_differ: bool
    backing: tuple[frozenset[str], ...]  # of each option: the engines that read it, at any place

    def backers(self, value: T) -> frozenset[str]:
        """Return the engines that read the value."""
        return next((self.backing[i] for i, option in enumerate(self.options) if option == value), frozenset())


def _numbers(text: str) -> tuple[float | str, ...]:
    """Return the numbers in a text by value, without the 2 of m2; one in no known notation as it stands."""
    found = re.findall(r"\d(?:[\d.,]*\d)?", _SQUARE.sub("m", text))
    return tuple((read_numbers(number) or (number,))[0] for number in found)


def _digits(text: str) -> str:
    return re.sub(r"\D", "", _SQUARE.sub("m", text))


def _votes(reading: Reading) -> tuple[Vote, ...]:
    cast = tuple(vote for vote in reading.votes if vote.text.strip())
    if cast or not reading.text.strip():
        return cast
    return (Vote("", reading.text, 0.0),)


def same_numbers(reading: Reading) -> bool:
    """Return whether two engines or more read the same numbers at a place."""
    votes = _votes(reading)
    return len({vote.engine for vote in votes}) > 1 and len({_numbers(vote.text) for vote in votes}) == 1


def _ranked(votes: Sequence[Vote], prefer: str) -> list[Vote]:
    """Return the preferred engine's vote first; of the same digits the text that kept most marks (`872,6`, `8726`)."""
    same_digits = len({_digits(vote.text) for vote in votes}) == 1

    def order(vote: Vote) -> tuple[int, bool, str]:
        marks = len(re.findall(r"[.,](?=\d)", vote.text)) if same_digits else 0
        return -marks, vote.engine != prefer, vote.engine

    return sorted(votes, key=order)


def text_that_means(reading: Reading, parse: Parser[T], value: T | None) -> str:
    """Return the text of a vote that means the value, the text kept as evidence before others."""
    texts = (reading.text, *(vote.text for vote in reading.votes))
    return next((text for text in texts if value is not None and value in parse(text)), reading.text)


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
        return Seen(places[0][0], None, (), False, False, False, False, ())
    votes_there = next(votes for reading, votes in places if reading is at)
    readable = all(meanings for _, meanings in votes_there)
    heard = [(vote.engine, meanings) for _, votes in places for vote, meanings in votes if meanings]
    backers = {engine for engine, _ in heard}
    certain = readable and len(options) == 1
    texts = [vote.text for vote, _ in votes_there]
    numbers_agreed = same_numbers(at)
    return Seen(
        at,
        options[0],
        tuple(options),
        agreed=certain and len(backers) > 1,
        two_ways=len(backers) > 1
        and len(options) > 1
        and {meanings for _, meanings in votes_there} == {tuple(options)},
        numbers_agreed=numbers_agreed,
        marks_differ=len(texts) > 1 and not numbers_agreed and len(set(map(_digits, texts))) == 1,
        backing=tuple(frozenset(engine for engine, meanings in heard if option in meanings) for option in options),
    )
