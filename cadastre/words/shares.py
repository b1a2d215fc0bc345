"""The area of a row that prints it only as private and shared use (riêng, chung): their sum (domain.md 3.1)."""

from __future__ import annotations

from collections.abc import Mapping

from cadastre.words.numbers import read_area
from schemas.readings import Reading, Vote


def areas_of(row: Mapping[str, Reading]) -> dict[str, tuple[Reading, ...]]:
    """Return the area and the private area of a row that prints shares.

    A printed total is kept (R3 holds it against the shares). Beside a shared area alone, it is the private one.
    """
    private, shared, area = (row.get(name) for name in ("private_m2", "shared_m2", "area_m2"))
    if (private is None and shared is None) or (private is not None and area is not None):
        return {}
    if private is None and area is not None:
        private = area
    whole = whole_area(private, shared)
    found = {"private_m2": private, "area_m2": whole}
    return {name: (reading,) for name, reading in found.items() if reading is not None}


def whole_area(private: Reading | None, shared: Reading | None) -> Reading | None:
    """Return the place of the area, with each engine's sum of what it read; None where neither share has a number.

    A share without digits (`Không`, `-`) is nothing.
    """
    printed = [share for share in (private, shared) if share is not None and _says_something(share)]
    if len(printed) < 2:
        return printed[0] if printed else private or shared
    one, other = printed
    votes = tuple(
        Vote(vote.engine, text, min(vote.confidence, beside.confidence))
        for vote in one.votes
        for beside in other.votes
        if vote.engine == beside.engine and (text := _sum(vote.text, beside.text))
    )
    return Reading(one.ref, one.box.union(other.box), f"{one.text} + {other.text}", votes)


def _says_something(share: Reading) -> bool:
    return any(read_area(vote.text) not in ((), (0.0,)) or _has_digit(vote.text) for vote in share.votes)


def _has_digit(text: str) -> bool:
    return any(sign in "123456789" for sign in text)


def _sum(one: str, other: str) -> str | None:
    """Return the sum as papers print it; None where one of the two may mean two numbers, or none."""
    first, second = read_area(one), read_area(other)
    if len(first) != 1 or len(second) != 1:
        return None
    return f"{first[0] + second[0]:.2f}".rstrip("0").rstrip(".").replace(".", ",")
