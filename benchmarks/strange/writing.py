"""Entries in the contract's JSON Lines form, as `diachinh export entries` writes them."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.strange.communes import MERGER
from benchmarks.strange.papers import Line
from benchmarks.strange.reading import KEY_FIELDS, Grade, ReadField, read_field

_WAITING = ("review", "unreadable")
_AMBIGUOUS = "Không rõ đơn vị hành chính cũ nào; ghi unit_code và unit_date trong manifest.csv."


@dataclass(frozen=True, slots=True)
class Given:
    """An entry as it is handed over, with what is true of it."""

    entry_id: str
    line: Line
    read: dict[str, ReadField]

    @property
    def attests(self) -> bool:
        """Return whether commune, sheet and number are taken, and rightly: whether the entry attests its true key."""
        return self._taken and all(self.read[name].right for name in KEY_FIELDS)

    @property
    def _taken(self) -> bool:
        return all(name in self.read and self.read[name].status not in _WAITING for name in KEY_FIELDS)

    def told(self, name: str) -> Any:
        """Return a value where it is taken and right, else None."""
        field = self.read.get(name)
        return field.value if field and field.right and field.status not in _WAITING else None

    @property
    def status(self) -> str:
        """Return the entry's status by the contract's rule."""
        serial = ("serial",) if self.line.kind == "gcn" else ()
        names = ("unit_code", "unit_name", "sheet_no", "parcel_no", "area_m2", *serial)
        states = [self.read[name].status for name in names if name in self.read]
        if any(state in _WAITING for state in states) or not self.line.unit_told:
            return "review"
        return "confirmed" if "confirmed" in states else "accepted"


def hand_over(lines: Iterable[Line], grade: Grade, seed: int) -> list[Given]:
    """Return the entries of the papers that are at hand, read at a grade."""
    given, counts = [], dict[str, int]()
    for line in lines:
        counts[line.document] = counts.get(line.document, 0) + 1
        entry_id = f"{line.document}-{counts[line.document]}"
        if line.lost:
            continue
        chance = random.Random(f"{seed}/{grade}/{entry_id}")
        read = {name: read_field(name, value, grade, chance) for name, value in line.fields.items()}
        note = read.get("change_note")
        if "refs" in read and note is not None:  # what a note names is known as well as the note is read
            refs = line.fields["refs"] if note.right else None
            read["refs"] = ReadField(refs, note.p, note.status if refs else "unreadable", note.right)
        if not line.unit_told and chance.random() < 0.5:  # the code of 2025 stands in the manifest, or nothing does
            read["unit_code"] = ReadField(line.new_code, 0.4, "review", right=False)
        given.append(Given(entry_id, line, read))
    return given


def entry_line(given: Given, seed: int) -> str:
    """Return one line of entries.jsonl."""
    line = given.line
    file = f"{line.fields['unit_name']}/{line.kind}/{line.document}.pdf"
    ambiguous = {
        "code": "unit-ambiguous", "severity": "error", "fields": ["unit_code", "unit_name"], "message": _AMBIGUOUS,
    }  # fmt: skip
    told = {
        "entry_id": given.entry_id, "document_id": line.document, "file": file,
        "sha256": hashlib.sha256(f"{seed}/{line.document}".encode()).hexdigest(), "page": line.page, "row": line.row,
        "kind": line.kind, "form": line.form, "era": line.era, "status": given.status,
        "fields": {name: _field(name, at, read, line) for at, (name, read) in enumerate(given.read.items())},
        "findings": [] if line.unit_told else [ambiguous],
    }  # fmt: skip
    return json.dumps(told, ensure_ascii=False)


def _field(name: str, at: int, read: ReadField, line: Line) -> dict[str, Any]:
    source = _source(name, line)
    inferred = source != "paper"
    top = 300 + 48 * (line.row or 0) + (0 if line.row else 60 * at)
    box = [120 + 210 * (at % 10), top, 310 + 210 * (at % 10), top + 40]
    return {
        "value": read.value,
        "text": None if inferred or read.value is None else _text(name, read.value),
        "p": read.p,
        "status": read.status,
        "from": source,
        "page": None if inferred else line.page,
        "box": None if inferred else box,
    }


def _source(name: str, line: Line) -> str:
    """Return where a value is from: a commune's code is never printed, and after the merger books need the manifest."""
    if name != "unit_code":
        return "paper"
    return "manifest" if line.day >= MERGER and "address" not in line.fields else "inferred"


def _text(name: str, value: Any) -> str:
    """Return the value as a clerk writes it."""
    if isinstance(value, float):
        return f"{value:,.2f}".rstrip("0").rstrip(".").replace(",", "~").replace(".", ",").replace("~", ".")
    if name == "owners":
        return ", ".join(owner["name"] for owner in value)
    if name in ("land_use", "legal_land_use"):
        return "+".join(one["code"] for one in value)
    if name == "term":
        return "Lâu dài"
    if name == "refs":
        return ", ".join(one["value"] for one in value)
    if name == "corners":
        return "; ".join(f"{one['no']} {one['x']:.2f} {one['y']:.2f}" for one in value)
    return str(value)


def write_lines(lines: Sequence[str]) -> str:
    """Return the text of a JSON Lines file."""
    return "".join(f"{line}\n" for line in lines)
