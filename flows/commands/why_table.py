"""What papers say of a parcel as `diachinh why` prints it: side by side, or one below the other where room is short."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table
from rich.text import Text

_WIDE = 120  # signs; in fewer the columns part words and file names


@dataclass(frozen=True, slots=True)
class Row:
    """One claim: the attribute (empty below its first claim), the value, the paper, the rule, and how it is shown."""

    name: str
    value: str
    paper: str
    because: str
    style: str


def print_rows(out: Console, rows: Sequence[Row]) -> None:
    """Print the claims."""
    if out.width < _WIDE:
        for row in rows:
            if row.name:
                out.print(Text(row.name, style="bold"))
            parts = (row.value, row.paper, *row.because.splitlines())
            out.print(Text("  " + " · ".join(filter(None, parts)), style=row.style))
        return
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_header=False)
    table.add_column(style="bold", no_wrap=True)
    for _ in range(3):
        table.add_column(overflow="fold")
    for row in rows:
        table.add_row(*map(Text, (row.name, row.value, row.paper, row.because)), style=row.style)
    out.print(table)
