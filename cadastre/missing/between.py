"""What stands between two lines of a document, where numbers are lacking."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from cadastre.missing.holdings import Line

#: By document the places (order of the page before and after) between which pages are lacking.
Skipped = Mapping[str, Sequence[tuple[int, int]]]


def edges(before: Sequence[Line], after: Sequence[Line]) -> tuple[Line, Line]:
    """Return the line that bears the number before a hole and the one after it, of one document where there is one.

    Of lines with the same number those farthest apart: one between them may be the misread one.
    """
    for first in before:
        for last in reversed(after):
            if first.document_id == last.document_id and first.place < last.place:
                return first, last
    return before[0], after[-1]


def lines_between(lines: Iterable[Line], before: Line, after: Line) -> list[Line]:
    """Return the lines that stand between the two; none where they are of two documents."""
    if before.document_id != after.document_id:
        return []
    return [
        line for line in lines if line.document_id == before.document_id and before.place < line.place < after.place
    ]


def on_lost_page(before: Line, after: Line, skipped: Skipped) -> bool:
    """Return whether a page is lacking between the two."""
    if before.document_id != after.document_id:
        return False
    return any(before.order <= first and last <= after.order for first, last in skipped.get(before.document_id, ()))
