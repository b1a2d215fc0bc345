"""The status of an entry, from its key fields and its open errors (contract.md, Status of an entry)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from schemas.documents import Kind
from schemas.entries import Entry, EntryStatus, FieldValue
from schemas.outcomes import Finding

_KEYS = ("unit_code", "unit_name", "sheet_no", "parcel_no", "area_m2")


def entry_status(kind: Kind, fields: Mapping[str, FieldValue], findings: Iterable[Finding]) -> EntryStatus:
    """Return `review` where a key field waits or an error is open, else `confirmed` or `accepted`."""
    keys = (*_KEYS, "serial") if kind == "gcn" else _KEYS
    states = [fields[name].status for name in keys if name in fields]
    if any(state in ("review", "unreadable") for state in states):
        return "review"
    if any(finding.severity == "error" for finding in findings):
        return "review"
    return "confirmed" if "confirmed" in states else "accepted"


def with_fields(entry: Entry, fields: Mapping[str, FieldValue], *findings: Finding) -> Entry:
    """Return the entry with some fields changed, findings added and its status made out anew."""
    changed = {**entry.fields, **fields}
    found = (*entry.findings, *findings)
    return replace(entry, fields=changed, findings=found, status=entry_status(entry.kind, changed, found))
