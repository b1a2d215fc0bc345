"""Whose rows are whose on a page of a register by user: a household's line over its table, or between its rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from ocr.folding import skeleton
from ocr.forms import FaceForm
from ocr.labels import Label, find_labels, likeness, tokens_of
from ocr.layout import Piece, Row, rows_of
from ocr.ledger import Table
from schemas.readings import Reading

Household = Mapping[str, Reading]
"""The fields of a household by contract name, as its line prints them."""

_HEAD_LIKE = 0.86
_HEADS = 2  # columns whose heads side by side make a table's head
_OVER = 2.5  # of a line's height: the heads of a table may stand so far over what was found of its rules
_MOST_LINES = 5  # from a household's line to its table, itself counted
_BESIDE = 0.7  # of a line's height: a line and a row so near are one

_Sort = Literal["name", "head", "line"]


@dataclass(frozen=True, slots=True)
class Part:
    """Rows of a table, by their places in it, and the fields of their household; none where nobody can tell it."""

    household: Household
    rows: tuple[int, ...]


def over_table(pieces: Sequence[Piece], table: Table, face: FaceForm) -> tuple[list[Piece], list[Piece]]:
    """Return what stands between two tables as what is not the lower table's, and what is its household's.

    A household's line is not this table's where another's stands under it, or another table's head, or many lines:
    the table between was not found.
    """
    rows = rows_of(pieces)
    names = [n for n, row in enumerate(rows) if _names_household(row, face)]
    if not names:
        return [], list(pieces)
    last = names[-1]
    under = [row for row in rows[last:] if row[0].bottom < table.area[1] - _OVER * row[0].height]
    if len(under) > _MOST_LINES or any(_is_head(row, face) for row in under):
        return list(pieces), []
    first = last if len(names) > 1 else 0
    return _flat(rows[:first]), _flat(rows[first:])


def parts_of(
    table: Table, pieces: Sequence[Piece], face: FaceForm, over: Household, read: Callable[[Sequence[Piece]], Household]
) -> list[Part]:
    """Return a table's rows by household: that over it, until another's line stands between the rows.

    A line across the columns that is not read, and a table's head that stands there anew, begin a household that
    nobody can tell. A row that is a household's line itself is none.
    """
    lines = list(_lines(table, pieces, face))
    named = [y for y, sort, row in lines if sort == "name"]
    near = _BESIDE * max((row[0].height for _, _, row in lines), default=0)
    rows = [n for n, top in enumerate(table.tops) if not any(abs(top - y) < near for y in named)]
    marks: list[tuple[float, _Sort | None, int]] = [(table.tops[n], None, n) for n in rows]
    marks += [(y, sort, n) for n, (y, sort, _) in enumerate(lines)]
    parts = [Part(over, ())]
    fresh = True  # no row yet under the last household's line
    for _, sort, n in sorted(marks, key=lambda mark: mark[0]):
        if sort is None:
            parts[-1] = replace(parts[-1], rows=(*parts[-1].rows, n))
            fresh = False
        elif sort == "name":
            parts.append(Part(read(lines[n][2]), ()))
            fresh = True
        elif not fresh:
            parts.append(Part({}, ()))
            fresh = True
    return [part for part in parts if part.rows]


def _lines(table: Table, pieces: Sequence[Piece], face: FaceForm) -> Iterator[tuple[float, _Sort, Row]]:
    """Return the lines in a table that are no row of it, each with its height at the left."""
    for row in rows_of(pieces):
        y = (row[0].top + row[0].bottom) / 2
        if _names_household(row, face):
            yield y, "name", row
        elif _is_head(row, face):
            yield y, "head", row
        elif _crosses(row, table) and all(abs(top - y) > _BESIDE * row[0].height for top in table.tops):
            yield y, "line", row


def _names_household(row: Row, face: FaceForm) -> bool:
    labels = (Label(field.name, field.labels) for field in face.fields if field.name)
    return bool(find_labels(tokens_of([row]), labels))


def _is_head(row: Row, face: FaceForm) -> bool:
    """Return whether heads of several columns stand side by side."""
    seen = {
        number
        for number, column in enumerate(face.columns)
        for piece in row
        if any(likeness(skeleton(head), skeleton(piece.text)) >= _HEAD_LIKE for head in column.heads)
    }
    return len(seen) >= _HEADS


def _crosses(row: Row, table: Table) -> bool:
    """Return whether text runs well over the rule between two columns, as no cell's does."""
    return any(
        piece.left + piece.height < edge < piece.right - piece.height for piece in row for edge in table.edges[1:-1]
    )


def _flat(rows: Sequence[Row]) -> list[Piece]:
    return [piece for row in rows for piece in row]
