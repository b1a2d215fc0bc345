"""What the books of parcels tell of a sheet's numbers: which of them were there on one day, and which not yet.

A book of parcels (sổ mục kê) lists what is there when it is written: a parcel that was divided or joined is left out,
and its number stands no more between those beside it. So no book has a parcel beside what it became, but where the
newer one was written in later, with a note of what it was made of; and a book that has a parcel is from before the
numbers that it became, which come after all of its own (domain.md 2.1, 8.3).
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import inf
from typing import Literal

from cadastre.linking.lots import Lot

_LEAST_ROWS = 8  # of a sheet that a book lists
#: A book goes over a number where it lists so many around it, of so many numbers.
_AROUND, _SPAN = 3, 14

_FEW = 3  # highest numbers of a book that may be misread

Listed = Literal["both", "both_kept", "both_noted", "given", "gone", "left_out", "beyond"]
"""What books tell of an older lot and what it may have become.

`both`: one lists both; `both_noted`: with a note at the newer one; `both_kept`: without it, in a book that was kept up,
and before the numbers that were surely written in later;
`given`: one that lists the older goes beyond the newer one's number; `left_out`: one that lists the newer leaves the
older out; `beyond`: the newer one's number is after all of a book that lists the older; `gone`: these two.
"""


@dataclass(frozen=True, slots=True)
class Book:
    """The lots of a sheet that a book lists, with their numbers in order; `noted` are those with a note beside them.

    `kept_up`: it lists a parcel beside what that became, with a note of it, so changes were written into it later.
    `written_in` is the lowest of the numbers that a note shows to have been written in so; all after it were too.
    """

    document_id: str
    lots: frozenset[int]
    numbers: tuple[int, ...]
    noted: frozenset[int]
    kept_up: bool = False
    written_in: float = inf

    def is_noted(self, lot: int, number: int | None) -> bool:
        """Return whether a note stands beside a lot that the book lists, or it was written in after one with a note."""
        return lot in self.noted or (number or 0) > self.written_in

    def goes_over(self, number: int) -> bool:
        """Return whether the book lists enough numbers on both sides for this one to be missed in it."""
        place = bisect_left(self.numbers, number)
        around = self.numbers[max(0, place - _AROUND) : place + _AROUND]
        beyond = place < len(self.numbers)
        return beyond and len(around) > _AROUND and around[-1] - around[0] <= _SPAN


def books_of(lots: Sequence[Lot], row: Sequence[int]) -> list[Book]:
    """Return the books that list some of a sheet's lots."""
    listed: dict[str, dict[int, bool]] = defaultdict(dict)
    changed: dict[str, set[str]] = defaultdict(set)  # the numbers of the sheet of which a note says what they became
    written_in: dict[str, dict[int, set[str]]] = defaultdict(dict)  # what notes say that its later numbers were made of
    for n in row:
        for m in lots[n].mentions:
            if m.kind == "so_muc_ke":
                noted = bool(m.olds) or m.carved or m.joined
                listed[m.document_id][n] = noted and listed[m.document_id].get(n, True)
                made_of = lots[n].inside.intersection(m.olds)
                changed[m.document_id].update(made_of)
                written_in[m.document_id][lots[n].number or 0] = set(made_of)
                if m.became:
                    changed[m.document_id].add(f"{m.key.sheet}/{m.key.parcel}")
    return [
        Book(
            book,
            frozenset(told),
            numbers,
            frozenset(n for n, noted in told.items() if noted),
            _kept_up(lots, told, changed[book]),
            min((number for number, olds in written_in[book].items() if _kept_up(lots, told, olds)), default=inf),
        )
        for book, told in sorted(listed.items())
        if len(numbers := tuple(sorted(lots[n].number or 0 for n in told if not lots[n].suffix))) >= _LEAST_ROWS
    ]


def _kept_up(lots: Sequence[Lot], listed: Collection[int], changed: Collection[str]) -> bool:
    return any(f"{lots[n].key.sheet}/{lots[n].key.parcel}" in changed for n in listed)


class Listings:
    """In which books the lots of a sheet are listed.

    `kept_up` are the documents in which changes were noted later: what they list may be younger than they are.
    """

    def __init__(self, lots: Sequence[Lot], row: Sequence[int]) -> None:
        self._lots = lots
        self._books = books_of(lots, row)
        self.kept_up = frozenset(book.document_id for book in self._books if book.kept_up)
        holders: dict[int, set[int]] = defaultdict(set)
        for place, book in enumerate(self._books):
            for n in book.lots:
                holders[n].add(place)
        self._of: Mapping[int, set[int]] = holders

    def of(self, older: int, newer: Collection[int]) -> Listed | None:
        """Return what books tell of an older lot and those that it may have become; None where they tell nothing."""
        with_newer = [(place, n) for n in newer for place in self._of.get(n, ())]
        mine = self._of.get(older, set())
        both = [(place, n) for place, n in with_newer if place in mine]
        if both:
            noted = all(self._books[place].is_noted(n, self._lots[n].number) for place, n in both)
            if all(self._books[place].kept_up for place, _ in both):
                return None if noted else "both_kept"
            return "both_noted" if noted else "both"
        numbers = [self._lots[n].number or 0 for n in newer if not self._lots[n].suffix]
        closed = [self._books[place] for place in mine if not self._books[place].kept_up]
        if any(number <= book.numbers[-_FEW] for book in closed for number in numbers):
            return "given"
        left_out = any(self._books[place].goes_over(self._lots[older].number or 0) for place, _ in with_newer)
        beyond = any(min(numbers, default=0) > self._books[place].numbers[-1] for place in mine)
        return "gone" if left_out and beyond else "left_out" if left_out else "beyond" if beyond else None
