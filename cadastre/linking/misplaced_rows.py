"""Rows of a book whose sheet number was misread: under the same numbers, another sheet's papers tell of the same land.

A page of a book of parcels has its sheet number once, at its head. Where it is misread, all its rows stand under
numbers of another sheet, and no row alone shows it: what shows it is that, one after the other, they agree in area and
user with what other papers say of the parcels of equal number on one other sheet.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from cadastre.linking.lots import Lot
from cadastre.numberings.mentions import Mention

#: Rows that agree with another sheet, so many at least and so many times those that agree with their own.
_LEAST, _TIMES = 3, 3
#: Of the rows between the first and the last of them whose number the other sheet has in other papers.
_SHARE = 0.5
_SAME_M2 = 0.05

Place = tuple[str, str, str]
"""Commune, map series and sheet."""


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    lot: int
    mention: Mention


def misplaced(lots: Sequence[Lot]) -> frozenset[int]:
    """Return the lots that are known from such rows alone."""
    of_number: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    books: dict[tuple[Place, str], list[_Row]] = defaultdict(list)
    for n, lot in enumerate(lots):
        of_number[lot.key.unit, lot.key.era, lot.key.parcel].append(n)
        if lot.number is not None and not lot.suffix:
            for mention in lot.mentions:
                place = (lot.key.unit, lot.key.era, lot.key.sheet)
                books[place, mention.document_id].append(_Row(lot.number, n, mention))
    found: set[int] = set()
    for (_, document), rows in books.items():
        if len(rows) >= _LEAST:
            found.update(_misplaced(lots, sorted(rows, key=lambda row: row.number), document, of_number))
    return frozenset(found)


def _misplaced(
    lots: Sequence[Lot], rows: Sequence[_Row], document: str, of_number: Mapping[tuple[str, str, str], Sequence[int]]
) -> Iterable[int]:
    """Yield the lots that a document's rows of one sheet are known by, and that lie on another sheet."""
    held: dict[str, list[int]] = defaultdict(list)  # by sheet: the rows whose number other papers have there
    agreeing: dict[str, list[int]] = defaultdict(list)
    for place, row in enumerate(rows):
        key = lots[row.lot].key
        for n in of_number[key.unit, key.era, key.parcel]:
            others = [m for m in lots[n].mentions if m.document_id != document and m.areas and m.kin]
            if others and row.mention.areas and row.mention.kin:
                held[lots[n].key.sheet].append(place)
                if any(_alike(row.mention, one) for one in others):
                    agreeing[lots[n].key.sheet].append(place)
    own = lots[rows[0].lot].key.sheet
    for sheet, places in agreeing.items():
        first, last = places[0], places[-1]
        at_home = sum(first <= place <= last for place in agreeing.get(own, ()))
        there = sum(first <= place <= last for place in held[sheet])
        if sheet != own and len(places) >= max(_LEAST, _TIMES * at_home) and len(places) >= _SHARE * there:
            for row in rows[first : last + 1]:
                if all(one.document_id == document for one in lots[row.lot].mentions):
                    yield row.lot


def _alike(one: Mention, other: Mention) -> bool:
    """Return whether two papers tell of one area and one user."""
    same = any(abs(a - b) <= _SAME_M2 for a in one.areas for b in other.areas)
    return same and not set(one.kin).isdisjoint(other.kin)
