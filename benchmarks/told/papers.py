"""Papers and their rows as entries of the contract's form, read without a fault."""

from __future__ import annotations

import hashlib
import random
from datetime import date
from typing import Any

from benchmarks.told.land import Parcel
from benchmarks.told.naming import metres, owners_text, unmarked
from benchmarks.told.world import Fields, World, Written
from benchmarks.told.zones import MERGED, commune, era_of

_SINGLE = ("gcn", "trich_do", "trich_luc", "don_dang_ky", "ban_do")
_ROWS_A_PAGE = 24
_AMBIGUOUS = {
    "code": "unit-ambiguous", "severity": "error", "fields": ["unit_code", "unit_name"],
    "message": "Xã sáp nhập năm 2025, không ghi đơn vị cũ.",
}  # fmt: skip


class Paper:
    """A paper of a kind (the contract's word) about one zone, to which rows are added.

    `marks` tells whether names are written with Vietnamese marks.
    """

    def __init__(
        self,
        world: World,
        kind: str,
        zone: str,
        day: date,
        *,
        form: str | None = None,
        era: str | None = None,
        marks: bool = True,
    ) -> None:
        world.documents += 1
        self._world, self._kind, self._day, self._form, self._marks = world, kind, day, form, marks
        self._era = era or era_of(day)
        self._no, self._rows = f"A{world.documents:05d}", 0
        self._code, self._name = commune(zone, day)
        self._single = kind in _SINGLE and form != "gcn_1993"

    def add(self, parcel: Parcel, series: str, fields: Fields, *, code: bool = True) -> Written:
        """Write a row about a parcel under its number of a series; `code`: whether the commune of old is known."""
        at, chance = self._rows, self._world.chance
        self._rows += 1
        row = None if self._single else at % _ROWS_A_PAGE + 1
        page = 1 if self._single else at // _ROWS_A_PAGE + 1
        sheet, number = parcel.numbers[series]
        told: Fields = {"unit_name": self._name, **({"unit_code": self._code} if code else {})}
        told |= {"sheet_no": str(sheet), "parcel_no": number}
        told |= {name: value for name, value in fields.items() if value is not None and value != []}
        texts = {name: _text(name, value, chance) for name, value in told.items()}
        if not self._marks and "owners" in told:
            told["owners"] = [{**one, "name": unmarked(one["name"])} for one in told["owners"]]
            texts["owners"] = unmarked(texts["owners"])
        ambiguous = self._day >= MERGED and not code
        entry: Fields = {
            "entry_id": f"{self._no}-{self._rows}",
            "document_id": self._no,
            "file": f"{self._name}/{self._kind}/{self._no}.pdf",
            "sha256": hashlib.sha256(f"{self._world.seed}:{self._no}".encode()).hexdigest(),
            "page": page,
            "row": row,
            "kind": self._kind,
            "form": self._form,
            "era": self._era,
            "status": "review" if ambiguous else "accepted",
            "fields": {},
            "findings": [_AMBIGUOUS] if ambiguous else [],
        }
        for column, (name, value) in enumerate(told.items()):
            p, top = round(chance.uniform(0.985, 0.999), 3), 300 + (row or 0) * 48
            box = [120 + 190 * column, top, 300 + 190 * column, top + 40]
            field = printed(value, texts[name], p, page, box)
            if name == "unit_code":
                field |= {"text": None, "from": "inferred", "page": None, "box": None}
            entry["fields"][name] = field
        written = Written(parcel, series, self._day, entry)
        self._world.written.append(written)
        return written


def printed(value: Any, text: str, p: float, page: int, box: list[int]) -> Fields:
    """Return a field that stands on the paper and was taken."""
    return {"value": value, "text": text, "p": p, "status": "accepted", "from": "paper", "page": page, "box": box}


def add_note(written: Written, text: str, p: float, page: int, box: list[int]) -> None:
    """Write a note of changes beside a row, after those that stand there."""
    note = written.fields.get("change_note")
    if note is None:
        written.fields["change_note"] = printed(text, text, p, page, box)
    else:
        note["value"] = note["text"] = f"{note['value']}; {text}"


def _text(name: str, value: Any, chance: random.Random) -> str:
    if name == "owners":
        return owners_text(value)
    if name in ("land_use", "legal_land_use"):
        return "+".join(one["code"] for one in value)
    if isinstance(value, float):
        return metres(value, chance)
    if name == "refs":
        return refs_text(value)
    if name == "term":
        return "Lâu dài" if value["kind"] == "long" else str(value["date"])
    if name == "corners":
        return " ; ".join(f"{one['no']} {one['x']:.2f} {one['y']:.2f}" for one in value)
    return str(value)


def refs_text(refs: list[dict[str, str]]) -> str:
    """Return references as printed."""
    return "; ".join(one["value"] for one in refs)
