"""The true keys and the true steps between those that entries attest.

A key is unit@era/sheet/parcel (contract.md); its era is that of the earliest paper that attests a number of its map and
sheet. Numbers that no entry attests are stepped over, the step then has the strongest relation on the way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from benchmarks.plain.communes import MAP_CODES
from benchmarks.plain.days import ERAS, map_era
from benchmarks.plain.land import Piece
from benchmarks.plain.writing import Given

Number = tuple[Piece, str]  # a piece under its number on a map
_STRENGTH = ("unit_change", "same", "split", "merge")


class Keys:
    """The keys that entries attest."""

    def __init__(self, given: Iterable[Given]) -> None:
        self._first: dict[tuple[str, str], int] = {}  # map, sheet -> era
        self.attested: dict[Number, str] = {}
        numbers: dict[Number, None] = {}
        for one in given:
            if one.attests:
                sheet, era = (one.paper.map_name, one.paper.sheet), ERAS.index(map_era(one.paper.era))
                self._first[sheet] = min(self._first.get(sheet, era), era)
                numbers[one.paper.piece, one.paper.map_name] = None
        bearers: dict[str, Number] = {}
        for number in numbers:
            key = self.attested[number] = self._key(*number)
            if bearers.setdefault(key, number) != number:
                raise ValueError(f"the key {key} means two pieces of land here: take another seed or more parcels")

    def _key(self, piece: Piece, map_name: str) -> str:
        sheet, number = piece.numbers[map_name]
        return f"{MAP_CODES[map_name]}@{ERAS[self._first[map_name, sheet]]}/{sheet}/{number}"

    def is_latest(self, one: Given) -> bool:
        """Return whether no later map of the commune has a sheet of that number by the paper's era."""
        code, sheet = MAP_CODES[one.paper.map_name], one.paper.sheet
        now = ERAS.index(map_era(one.paper.era))
        maps = [
            (era, name == one.paper.map_name, name)
            for (name, on), era in self._first.items()
            if on == sheet and MAP_CODES[name] == code and era <= now
        ]
        return max(maps)[2] == one.paper.map_name


def steps(keys: Keys) -> dict[tuple[Number, Number], str]:
    """Return the relation of each step from one attested number to the next."""
    found: dict[tuple[Number, Number], str] = {}
    for start in keys.attested:
        waiting, done = list(_next(start)), set[tuple[Number, str]]()
        while waiting:
            number, relation = waiting.pop()
            if (number, relation) in done:
                continue
            done.add((number, relation))
            if number in keys.attested:
                found[start, number] = _stronger(found.get((start, number), relation), relation)
            else:
                waiting += [(after, _stronger(relation, then)) for after, then in _next(number)]
    return found


def _stronger(one: str, other: str) -> str:
    return max(one, other, key=_STRENGTH.index)


def _next(number: Number) -> Iterator[tuple[Number, str]]:
    """Yield the numbers that follow: on the piece's next map, else those of what was made of it."""
    piece, map_name = number
    maps = list(piece.numbers)
    at = maps.index(map_name) + 1
    if at < len(maps):
        yield (piece, maps[at]), "unit_change" if maps[at] == "299A" else "same"
        return
    waiting = _children(piece)
    while waiting:
        child, relation = waiting.pop()
        if child.numbers:
            yield (child, next(iter(child.numbers))), relation
        else:  # a change that no office registered: the next one counts
            waiting += _children(child)


def _children(piece: Piece) -> list[tuple[Piece, str]]:
    return [(child, child.cause or "") for child in piece.children]


def living(pieces: Sequence[Piece], keys: Keys) -> Iterator[tuple[Piece, str]]:
    """Yield the pieces that are there at the end and have a key, with the map of their last attested number."""
    for piece in pieces:
        maps = [name for name in piece.numbers if (piece, name) in keys.attested]
        if maps and piece.died is None:
            yield piece, maps[-1]
