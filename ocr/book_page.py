"""A page of a book: its tables, and the labelled values that stand around them for the page or for one table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ocr.clean import CleanPage
from ocr.engines.pair import Engines
from ocr.forms import FaceForm
from ocr.households import Household, over_table, parts_of
from ocr.layout import Piece
from ocr.ledger import Table, read_tables
from ocr.votes import Value
from schemas.documents import PageRef
from schemas.readings import Reading, RowReading, Vote

#: Reads the labelled values among some pieces of the page.
Labelled = Callable[[Sequence[Piece]], list[Value]]


@dataclass(frozen=True, slots=True)
class BookPage:
    """What stands on the page: values for all of it, its parcel rows, its notes of changes, and its sums."""

    values: tuple[Value, ...]
    rows: tuple[RowReading, ...]
    notes: tuple[RowReading, ...]


def read_book_page(
    page: CleanPage, engines: Engines, ref: PageRef, face: FaceForm, pieces: Sequence[Piece], labelled: Labelled
) -> BookPage:
    """Return the tables of the face and the values outside of them.

    With the layout `blocks` each row belongs to the household whose line stands over it.
    """
    tables = read_tables(page, engines, ref, face)
    outside = [piece for piece in pieces if not any(_inside(piece, table) for table in tables)]
    parcels = [table for table in tables if not table.notes]
    notes = [row for table in tables if table.notes for row in table.rows]
    sums = [Value(name, reading) for table in parcels for name, found in table.sums.items() for reading in found]
    if "blocks" in face.layout and parcels:
        values, rows = _blocks(parcels, pieces, face, labelled)
    else:
        values, rows = labelled(outside), [row for table in parcels for row in table.rows]
    return BookPage((*values, *sums), _numbered(rows), _numbered(notes))


def _blocks(
    tables: Sequence[Table], pieces: Sequence[Piece], face: FaceForm, labelled: Labelled
) -> tuple[list[Value], list[Mapping[str, Reading]]]:
    """Return the values of the page, and the rows with those of their household.

    A row of which nobody can tell the household has none of its values.
    """
    own = {field.name for field in face.fields if field.name}
    inside = [[piece for piece in pieces if _inside(piece, table)] for table in tables]
    outside = [piece for piece in pieces if not any(_inside(piece, table) for table in tables)]
    ends = [0, *(table.area[3] for table in tables)]
    values: list[Value] = []
    rows: list[Mapping[str, Reading]] = []

    def household(part: Sequence[Piece]) -> Household:
        found = labelled(part) if part else []
        values.extend(value for value in found if value.name not in own)
        places = {name: _one([value.reading for value in found if value.name == name]) for name in own}
        return {name: reading for name, reading in places.items() if reading is not None}

    for (above, below), table, within in zip(pairwise(ends), tables, inside, strict=True):
        band = [piece for piece in outside if above <= (piece.top + piece.bottom) / 2 < below]
        rest, head = over_table(band, table, face)
        household(rest)
        for part in parts_of(table, within, face, household(head), household):
            rows += [{**part.household, **table.rows[n]} for n in part.rows]
    return values, rows


def _one(readings: Sequence[Reading]) -> Reading | None:
    """Return the places of one field as one; None where there is none."""
    if len(readings) < 2:
        return readings[0] if readings else None
    first, box = readings[0], readings[0].box
    for reading in readings[1:]:
        box = box.union(reading.box)
    engines = dict.fromkeys(vote.engine for reading in readings for vote in reading.votes)
    votes = []
    for engine in engines:
        said = [vote for reading in readings for vote in reading.votes if vote.engine == engine]
        votes.append(Vote(engine, "; ".join(vote.text for vote in said), min(vote.confidence for vote in said)))
    return Reading(first.ref, box, "; ".join(reading.text for reading in readings), tuple(votes))


def _inside(piece: Piece, table: Table) -> bool:
    left, top, right, bottom = table.area
    x, y = (piece.left + piece.right) / 2, (piece.top + piece.bottom) / 2
    return left <= x <= right and top <= y <= bottom


def _numbered(rows: Sequence[Mapping[str, Reading]]) -> tuple[RowReading, ...]:
    return tuple(RowReading(number, row) for number, row in enumerate(rows, start=1))
