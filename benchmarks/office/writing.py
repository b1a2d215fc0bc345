"""Entries in the contract's JSON Lines form."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from benchmarks.office.reading import Given, Read

_AMBIGUOUS = {
    "code": "unit-ambiguous",
    "severity": "error",
    "fields": ["unit_code", "unit_name"],
    "message": "Chưa rõ xã, phường trước ngày 1/7/2025: ghi unit_code và unit_date vào manifest.csv.",
}


def entry_of(given: Given, seed: int) -> dict[str, Any]:
    """Return an entry as `diachinh export entries` would write it."""
    paper = given.paper
    file = f"{paper.fields['unit_name']}/{paper.kind} {paper.era}/{paper.document}.pdf"
    needed = ("sheet_no", "parcel_no", "area_m2", *(("serial",) if paper.kind == "gcn" else ()))
    waits = any(given.read[name].status != "accepted" for name in needed if name in given.read)
    unit = given.read.get("unit_code")
    findings = [] if unit is not None or given.read.get("unit_name") is None else [_AMBIGUOUS]
    return {
        "entry_id": given.entry_id, "document_id": paper.document, "file": file,
        "sha256": hashlib.sha256(f"{seed} {file}".encode()).hexdigest(), "page": paper.page, "row": paper.row,
        "kind": paper.kind, "form": paper.form, "era": paper.era,
        "status": "review" if waits or unit is None or unit.status != "accepted" else "accepted",
        "fields": {name: _field(at, name, one, given) for at, (name, one) in enumerate(given.read.items())},
        "findings": findings,
    }  # fmt: skip


def entry_line(given: Given, seed: int) -> str:
    """Return one line of entries.jsonl."""
    return json.dumps(entry_of(given, seed), ensure_ascii=False)


def _field(at: int, name: str, one: Read, given: Given) -> Mapping[str, Any]:
    inferred = name == "unit_code"
    top, left = 260 + 52 * (given.paper.row or at), 90 + 200 * (at % 10)
    return {
        "value": one.value,
        "text": None if inferred or one.value is None else _text(one.value),
        "p": one.p,
        "status": one.status,
        "from": one.source if inferred else "paper",
        "page": None if inferred else given.paper.page,
        "box": None if inferred else [left, top, left + 180, top + 44],
    }


def _text(value: Any) -> str:
    """Return a value as it stands on paper."""
    if isinstance(value, float):
        return (f"{value:.1f}" if value % 1 else f"{value:.0f}").replace(".", ",")
    if isinstance(value, dict):
        return str(value.get("name") or value.get("code") or value.get("value") or value.get("date") or "Lâu dài")
    if isinstance(value, list):
        return "; ".join(_text(one) for one in value)
    return str(value)
