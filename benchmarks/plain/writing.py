"""Entries in the contract's JSON Lines form, as `diachinh export entries` writes them."""

from __future__ import annotations

import hashlib
import json
import random
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.plain.papers import Paper
from benchmarks.plain.reading import KEY_FIELDS, Errors, Read, read

_AMBIGUOUS = {
    "code": "unit-ambiguous",
    "severity": "error",
    "fields": ["unit_code", "unit_name"],
    "message": "Không rõ đơn vị hành chính cũ nào; ghi unit_code và unit_date trong manifest.csv.",
}


@dataclass(frozen=True, slots=True)
class Given:
    """An entry as it is handed over: its paper and what was read of it."""

    entry_id: str
    paper: Paper
    read: Mapping[str, Read]

    @property
    def attests(self) -> bool:
        """Return whether the entry attests its true key: commune, sheet and number are taken and right."""
        return all(self.told(name) for name in KEY_FIELDS)

    def told(self, name: str) -> bool:
        """Return whether a value is there, taken and right."""
        return name in self.read and self.read[name].told

    @property
    def status(self) -> str:
        """Return the entry's status by the contract's rule."""
        serial = ("serial",) if self.paper.kind == "gcn" else ()
        needed = ("sheet_no", "parcel_no", "area_m2", *serial)
        waits = any(self.read[name].status != "accepted" for name in needed if name in self.read)
        unit_waits = "unit_code" not in self.read or self.read["unit_name"].status == "review"
        return "review" if waits or unit_waits else "accepted"


def hand_over(papers: Iterable[Paper], errors: Errors, chance: random.Random) -> list[Given]:
    """Return the entries of all papers, read with or without errors."""
    given, counts = [], Counter[str]()
    for paper in papers:
        document = paper.where.document
        counts[document] += 1
        given.append(Given(f"{document}-{counts[document]}", paper, read(paper, errors, chance)))
    return given


def entry_line(given: Given, seed: int) -> str:
    """Return one line of entries.jsonl."""
    paper, where = given.paper, given.paper.where
    file = f"{paper.fields['unit_name']}/{paper.kind}/{where.document}.pdf"
    places = {name: at for at, name in enumerate(paper.fields)}
    told = {
        "entry_id": given.entry_id, "document_id": where.document, "file": file,
        "sha256": hashlib.sha256(f"{seed}{file}".encode()).hexdigest(), "page": where.page, "row": where.row,
        "kind": paper.kind, "form": paper.form, "era": paper.era, "status": given.status,
        "fields": {name: _field(name, places[name], one, given) for name, one in given.read.items()},
        "findings": [] if "unit_code" in given.read else [_AMBIGUOUS],
    }  # fmt: skip
    return json.dumps(told, ensure_ascii=False)


def _field(name: str, at: int, one: Read, given: Given) -> dict[str, Any]:
    """Return a field of the contract; the code of a commune is never printed but inferred from its name."""
    inferred, where = name == "unit_code", given.paper.where
    left, top = 120 + 210 * (at % 9), 300 + 48 * (where.row or at)
    return {
        "value": one.value,
        "text": None if inferred or one.value is None else _text(name, one.value),
        "p": one.p,
        "status": one.status,
        "from": "inferred" if inferred else "paper",
        "page": None if inferred else where.page,
        "box": None if inferred else [left, top, left + 190, top + 40],
    }


def _owners(owners: Sequence[Mapping[str, Any]]) -> str:
    heads = ("Hộ bà " if one.get("sex") == "nu" else "Hộ ông " for one in owners)
    return ", ".join(
        f"{head if one.get('household') else ''}{one['name']}" for head, one in zip(heads, owners, strict=True)
    )


def _term(term: Mapping[str, str]) -> str:
    if term["kind"] == "long":
        return "Lâu dài"
    year, month, day = term["date"].split("-")
    return f"Đến ngày {day}/{month}/{year}"


_WRITTEN: Mapping[str, Callable[[Any], str]] = {
    "owners": _owners,
    "land_use": lambda uses: "+".join(one["code"] for one in uses),
    "refs": lambda refs: ", ".join(one["value"] for one in refs),
    "corners": lambda corners: "; ".join(f"{one['no']} {one['x']:.2f} {one['y']:.2f}" for one in corners),
    "term": _term,
}


def _text(name: str, value: Any) -> str:
    """Return the value as a clerk writes it."""
    if isinstance(value, float):
        return (f"{value:.1f}" if value % 1 else f"{value:.0f}").replace(".", ",")
    return _WRITTEN.get(name, str)(value)
