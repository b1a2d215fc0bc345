"""The run of numbers in an issue book: its rows stand in the order of `Số vào sổ` (domain.md 2.4)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from cadastre.standing import with_fields
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
    """Accept a waiting issue number for which the accepted ones above and below leave one place only."""
    sure: Sequence[bool] = [_taken(row) for row in rows]
    for i in range(1, len(rows) - 1):
        field = rows[i].fields.get("register_no")
        if field is None or field.status != "review" or not (sure[i - 1] and sure[i + 1]):
            continue
        doubted = any("register_no" in finding.fields for finding in rows[i].findings)
        if _next(rows[i - 1], rows[i]) and _next(rows[i], rows[i + 1]) and not doubted:
            rows[i] = with_fields(rows[i], {"register_no": replace(field, status="accepted")})
