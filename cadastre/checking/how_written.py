"""Findings that ask how an area is written, `2.500` for 2500 or 2.5, and entries once something has told it."""

from __future__ import annotations

from dataclasses import replace

from schemas.entries import Entry
from schemas.outcomes import Finding

HOW_WRITTEN = frozenset({"area-two-ways", "marks-differ"})


def without_question(entry: Entry, name: str) -> Entry:
    """Return the entry without the findings that ask how this area is written."""
    rest: list[Finding] = []
    for finding in entry.findings:
        if finding.code in HOW_WRITTEN and name in finding.fields:
            others = tuple(field for field in finding.fields if field != name)
            rest += [replace(finding, fields=others)] if others else []
        else:
            rest.append(finding)
    return replace(entry, findings=tuple(rest))
