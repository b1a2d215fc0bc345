"""A register's block of changes: which parcel of its page each note is of (domain.md 2.3, block III)."""

from __future__ import annotations

from collections.abc import Sequence

from cadastre.words.certificates import read_parcel_no
from schemas.readings import PageReading, Reading, RowReading


def _numbers(row: RowReading) -> frozenset[str]:
    """Return the parcel numbers that some engine read in the row."""
    reading = row.fields.get("parcel_no")
    texts = [vote.text for vote in reading.votes] if reading else []
    return frozenset(number for text in texts if (number := read_parcel_no(text)))


def notes_of(page: PageReading, rows: Sequence[RowReading]) -> dict[int, tuple[Reading, ...]]:
    """Return the notes of each parcel row, by the row's number.

    A note without a number goes on with the parcel of the note above; the only parcel of a page has all its notes.
    """
    found: dict[int, tuple[Reading, ...]] = {}
    last: RowReading | None = rows[0] if len(rows) == 1 else None
    for note in page.notes:
        named = _numbers(note)
        row = next((row for row in rows if named & _numbers(row)), None)
        if row is None and (not named or len(rows) == 1):
            row = last
        if row is not None and "change_note" in note.fields:
            found[row.row] = (*found.get(row.row, ()), note.fields["change_note"])
            last = row
    return found
