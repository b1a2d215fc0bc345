"""What one paper says of one parcel, before it is written as an entry, and the line that it becomes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from samples.district.world import Lot, Node
from schemas.documents import Era, Form, Kind

_ERAS: tuple[tuple[date, Era], ...] = (
    *(
        (date(1980, 11, 10), "299"),
        (date(1989, 7, 14), "1988"),
        (date(1993, 10, 15), "1993"),
        (date(2004, 7, 1), "2003"),
    ),
    *((date(2009, 12, 10), "2009"), (date(2014, 7, 1), "2013"), (date(2025, 1, 1), "2024")),
)
#: Fields whose value is worked out of others, so that no place on a page shows it.
_WORKED_OUT = frozenset({"unit_code"})
_NOWHERE: Mapping[str, Any] = {"text": None, "page": None, "box": None}


def era_of(when: date) -> Era:
    """Return the era of a day."""
    return [era for first, era in _ERAS if when >= first][-1]


@dataclass(eq=False, slots=True)
class Said:
    """One paper's word on one parcel: values in the contract's JSON form, by field."""

    kind: Kind
    form: Form | None
    era: Era
    document: str
    file: str
    page: int
    row: int | None
    values: dict[str, Any]
    node: Node  # the number that the paper means
    lot: Lot
    day: date
    who: int | str  # the household's number, or a collective's name
    told: bool = True  # the unit is known: by name and date, or by the manifest
    manifest: bool = False
    entry_id: str = ""
    printed: dict[str, Any] = field(default_factory=dict)  # what stood there where it was misread
    statuses: dict[str, str] = field(default_factory=dict)  # other than accepted
    passed: list[tuple[date, str]] = field(default_factory=list)  # to whom the land went, by notes on the paper


def true_value(said: Said, name: str) -> Any:
    """Return what the paper says in a field, however it was read; None where it is not printed."""
    return said.printed[name] if name in said.printed else said.values.get(name)


def keyed(said: Said) -> bool:
    """Return whether the entry makes a parcel key: unit, sheet and parcel number are accepted."""
    return said.told and all(
        said.statuses.get(name, "accepted") == "accepted" and said.values.get(name) is not None
        for name in ("unit_code", "sheet_no", "parcel_no")
    )


@lru_cache(maxsize=4096)
def digest(file: str) -> str:
    """Return a hash in the place of a file's content: the file was never drawn."""
    return hashlib.sha256(file.encode()).hexdigest()


def status_of(said: Said) -> str:
    """Return the entry's status by the contract: review if the unit, the numbers, the area or the serial wait."""
    weighty = ["unit_code", "sheet_no", "parcel_no", "area_m2", *(["serial"] if said.kind == "gcn" else [])]
    waits = any(said.statuses.get(name, "accepted") != "accepted" for name in weighty)
    return "review" if waits or not said.told or said.values.get("area_m2") is None else "accepted"


def line(said: Said) -> dict[str, Any]:
    """Return the contract's line of the entry."""
    fields: dict[str, Any] = {}
    for place, (name, value) in enumerate(said.values.items()):
        status = said.statuses.get(name, "accepted")
        if name == "unit_code" and not said.told:
            status = "review"
        spot: Mapping[str, Any] = _NOWHERE
        source = "manifest" if name == "unit_code" and said.manifest else "inferred"
        if name not in _WORKED_OUT:
            top = 300 + 60 * (said.row or place)
            left = 120 + 210 * (place if said.row else 0)
            spot = {"text": _text(value), "page": said.page, "box": [left, top, left + 190, top + 48]}
            source = "paper"
        fields[name] = {"value": value, "p": _sure(status), "status": status, "from": source, **spot}
    findings = [] if said.told else [_AMBIGUOUS]
    return {
        "entry_id": said.entry_id,
        "document_id": said.document,
        "file": said.file,
        "sha256": digest(said.file),
        "page": said.page,
        "row": said.row,
        "kind": said.kind,
        "form": said.form,
        "era": said.era,
        "status": status_of(said),
        "fields": fields,
        "findings": findings,
    }


_AMBIGUOUS: Mapping[str, Any] = {
    "code": "unit-ambiguous",
    "severity": "error",
    "fields": ["unit_code", "unit_name"],
    "message": "Không rõ xã nào trước khi sáp nhập; ghi unit_code và unit_date trong manifest.csv.",
}


def _sure(status: str) -> float | None:
    return {"accepted": 0.999, "review": 0.82}.get(status)


def _text(value: Any) -> str | None:
    if value is None:
        return None
    if isinstance(value, float):
        whole, _, rest = f"{value:.1f}".partition(".")
        return f"{int(whole):,}".replace(",", ".") + (f",{rest}" if rest != "0" else "")
    if isinstance(value, str):
        return value
    if isinstance(value, list) and value and isinstance(value[0], dict):
        first = "name" if "name" in value[0] else "code" if "code" in value[0] else ""
        return "; ".join(str(part[first]) for part in value) if first else json.dumps(value, ensure_ascii=False)
    return json.dumps(value, ensure_ascii=False)
