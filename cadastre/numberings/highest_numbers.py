"""Numbers only grow: above the highest number of a book that lists nearly all parcels of a sheet, it has none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from math import inf

from cadastre.numberings.mentions import Mention
from cadastre.numberings.numbered_papers import LISTS, Numbers
from schemas.documents import Era

#: A book lists nearly all where it has so many numbers, and such a share of those up to its highest; and the room left.
_FULL_BOOK, _DENSE, _ROOM = 5, 0.75, 1.15


def ceiling(told: Iterable[Mention]) -> float:
    """Return the number above which a sheet has no parcels, by a book that lists nearly all; infinite without one."""
    numbers = {int(m.key.parcel) for m in told if m.kind in LISTS and m.key.parcel.isdecimal()}
    full = len(numbers) >= _FULL_BOOK and len(numbers) >= _DENSE * max(numbers)
    return _ROOM * max(numbers) + 3 if full else inf


def above(number: str, top: float) -> bool:
    """Return whether a parcel number, its letter left out, lies above the ceiling."""
    digits = number.rstrip("abcdefghiklmnopqrstuvxyđ")
    return digits.isdecimal() and int(digits) > top


def ceilings(numbers: Numbers) -> Iterator[float]:
    """Yield the ceiling of each full book of a numbering."""
    books: dict[Era, list[Mention]] = defaultdict(list)
    for told in numbers.values():
        for mention in told:
            books[mention.key.era].append(mention)
    for told in books.values():
        if (top := ceiling(told)) < inf:
            yield top
