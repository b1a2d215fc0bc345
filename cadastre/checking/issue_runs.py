"""The run of numbers in an issue book: its rows stand in the order of `Số vào sổ` (domain.md 2.4)."""

from __future__ import annotations

import re
from dataclasses import replace

from cadastre.checking.standing import with_fields
from schemas.entries import Entry


def _number(row: Entry) -> tuple[str, int] | None:
    """Return the letters and the digits of the row's number."""
    field = row.fields.get("register_no")
    match = re.fullmatch(r"(\D*)(\d+)", str(field.value)) if field and field.value else None
    return (match[1], int(match[2])) if match else None


def _taken(row: Entry) -> bool:
    field = row.fields.get("register_no")
    return field is not None and field.status in ("accepted", "confirmed")


def _next(row: Entry, other: Entry) -> bool:
    one, two = _number(row), _number(other)
    return one is not None and two is not None and one[0] == two[0] and two[1] == one[1] + 1


def confirm_by_run(rows: list[Entry]) -> None:
    """Accept a waiting issue number between two accepted ones of a run without a gap: no other has room there."""
    start = 0
    while start < len(rows):
        end = start + 1
        while end < len(rows) and _next(rows[end - 1], rows[end]):
            end += 1
        taken = [i for i in range(start, end) if _taken(rows[i])]
        for i in range(taken[0], taken[-1]) if taken else ():
            field = rows[i].fields["register_no"]
            doubted = any("register_no" in finding.fields for finding in rows[i].findings)
            if field.status == "review" and not doubted:
                rows[i] = with_fields(rows[i], {"register_no": replace(field, status="accepted")})
        start = end
