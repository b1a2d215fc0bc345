"""What became of an imported file, for the user: rows, entries by status, and what was not taken and why."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from schemas.entries import Entry
from schemas.errors import Lang, Message

_KEPT = 1000


@dataclass(slots=True)
class Outcome:
    """Counts that grow while a file is read; of what was not taken the first thousand rows are named.

    `told` are the ids of the entries; `notes` say what was made out about the file and how. `document_id` is that of
    a map or list: the layer or sheet that was read; None for entries, which bring documents of their own.
    """

    file: str
    batch_id: str | None = None
    document_id: str | None = None
    rows: int = 0
    told: set[str] = field(default_factory=set)
    statuses: Counter[str] = field(default_factory=Counter)
    findings: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    first_refused: list[tuple[int, str, Message]] = field(default_factory=list)
    saved: Counter[str] = field(default_factory=Counter)
    notes: list[Message] = field(default_factory=list)
    details: dict[str, Any] = field(default_factory=dict)

    def take(self, entry: Entry) -> None:
        """Count an entry."""
        self.told.add(entry.entry_id)
        self.statuses[entry.status] += 1
        self.findings.update(finding.code for finding in entry.findings)

    def not_taken(self, row: int, code: str, why: Message) -> None:
        """Count a row that makes no entry."""
        self.refused[code] += 1
        if len(self.first_refused) < _KEPT:
            self.first_refused.append((row, code, why))

    def as_json(self, lang: Lang) -> dict[str, Any]:
        """Return the outcome as plain values, messages in the language."""
        return {
            "file": self.file,
            "batch_id": self.batch_id,
            "rows": self.rows,
            "entries": dict(sorted(self.statuses.items())),
            "findings": dict(sorted(self.findings.items())),
            "added": self.saved["added"],
            "changed": self.saved["changed"],
            "removed": self.saved["removed"],
            "unchanged": self.saved["unchanged"],
            "not_taken": dict(sorted(self.refused.items())),
            "not_taken_rows": [
                {"row": row, "code": code, "why": why.say(lang)} for row, code, why in self.first_refused
            ],
            "notes": [note.say(lang) for note in self.notes],
            **self.details,
        }
