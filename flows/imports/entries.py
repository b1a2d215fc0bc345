"""Entries that another installation exported, or that were made against the contract: JSON Lines, read as a stream."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from cadastre.imports.told_units import with_unit
from cadastre.settling.keys import key_of
from flows.imports.outcome import Outcome
from schemas.documents import PageRef
from schemas.entry_lines import entry_of_line
from schemas.errors import BadInput, Message
from schemas.tables import Tables
from store.imports import Row

LONGEST_LINE = 4 << 20
_READ_AT_ONCE = 1 << 20  # bytes
_REPEATED = Message("mã mục (entry_id) đã có ở dòng trước", "its entry_id stands on an earlier line")
_TOO_LONG = Message("dòng dài quá 4 MB", "the line is longer than 4 MB")


def rows_of_entries(path: Path, sha256: str, tables: Tables, outcome: Outcome) -> Iterator[Row]:
    """Yield the entries of the file in its order; lines that are none go to the outcome with the reason.

    BadInput where no line is an entry: it is another file.
    """
    at = PageRef(sha256, 1)
    for number, text in _lines(path):
        if text is None:
            outcome.not_taken(number, "line-too-long", _TOO_LONG)
            continue
        if not text.strip():
            continue
        outcome.rows += 1
        told = entry_of_line(text, at, number)
        if isinstance(told, Message):
            outcome.not_taken(number, "not-an-entry", told)
        elif told.entry.entry_id in outcome.told:
            outcome.not_taken(number, "entry-repeated", _REPEATED)
        else:
            entry = with_unit(told.entry, tables)
            outcome.take(entry)
            yield Row(entry, key_of(entry), told.cited, told.files)
    if not outcome.told:
        empty = (1, "empty", Message("tệp trống", "the file is empty"))
        row, _, why = next(iter(outcome.first_refused), empty)
        raise BadInput(
            vi=f"{outcome.file}: không dòng nào là một mục; dòng {row}: {why.vi}",
            en=f"{outcome.file}: no line is an entry; row {row}: {why.en}",
        )


def _lines(path: Path) -> Iterator[tuple[int, bytes | None]]:
    """Yield each line with its number from 1; None for one that is too long to be an entry."""
    number = 0
    # Each read from the disk lets the thread that saves go first: large portions, so that the reader rarely waits.
    with path.open("rb", buffering=_READ_AT_ONCE) as file:
        while text := file.readline(LONGEST_LINE):
            number += 1
            if number == 1:
                text = text.removeprefix(b"\xef\xbb\xbf")
            if text.endswith(b"\n") or len(text) < LONGEST_LINE:
                yield number, text
                continue
            while (rest := file.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
                pass
            yield number, None
