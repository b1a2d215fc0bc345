"""Entries in the contract's form, and the words that papers have for land use and earlier numbers."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import Any

from benchmarks.judge.land import Name, Plot
from benchmarks.judge.people import Household, written
from benchmarks.judge.places import unit_of

Fields = dict[str, Any]
KINDS_299 = {"home": "T", "paddy": "2L", "crops": "M", "garden": "V", "pond": "A", "forest": "R"}
KINDS_93 = {"home": "T", "paddy": "Lúa", "crops": "Màu", "garden": "Vườn", "pond": "Ao", "forest": "R"}
CODES_2003 = {"paddy": "LUC", "crops": "BHK", "garden": "LNK", "pond": "TSN", "forest": "RSX"}
CODES_2013 = {"paddy": "LUC", "crops": "BHK", "garden": "CLN", "pond": "NTS", "forest": "RSX"}
CODES_2024 = CODES_2013 | {"crops": "HNK"}


@dataclass(slots=True)
class Told:
    """One row of one paper, and what it says of which plot."""

    document: str
    file: str
    page: int
    row: int | None
    kind: str
    form: str | None
    day: date
    era: str
    name: Name
    fields: Fields
    status: dict[str, str] = field(default_factory=dict)


def use_of(plot: Plot, era: str, area: float) -> list[dict[str, Any]]:
    """Return the land use as a paper of an era has it; house and garden are one word before 2003."""
    if era in ("299", "1988", "1993"):
        return [{"code": (KINDS_299 if era != "1993" else KINDS_93)[plot.use], "area_m2": None}]
    codes = {"2003": CODES_2003, "2009": CODES_2003, "2013": CODES_2013, "2024": CODES_2024}[era]
    if plot.use != "home":
        return [{"code": codes[plot.use], "area_m2": area}]
    if area <= 300:
        return [{"code": "ONT", "area_m2": area}]
    return [{"code": "ONT", "area_m2": 300.0}, {"code": codes["garden"], "area_m2": round(area - 300, 1)}]


def owners_of(rng: Random, holder: Household, day: date, full: bool) -> list[dict[str, Any]]:
    """Return the owners as a clerk wrote them; books name the head alone, certificates the spouse as well."""
    head: dict[str, Any] = {"name": written(rng, holder.name, day.year) if not holder.body else holder.name}
    if holder.body:
        return [head]
    if full:
        head |= {"sex": holder.sex, "address": f"thôn {holder.hamlet}"}
        if day.year >= 2004:
            head["birth_year"] = holder.born
        else:
            head["household"] = True
    spouse = {"name": written(rng, holder.spouse, day.year)} if holder.spouse and full and rng.random() < 0.8 else None
    return [head, spouse] if spouse else [head]


def fields_of(name: Name, day: date, area: float) -> Fields:
    """Return the fields that every paper has."""
    code, words = unit_of(name.plot.land, day)
    return {
        "unit_code": code, "unit_name": words, "sheet_no": str(name.sheet), "parcel_no": name.parcel, "area_m2": area,
    }  # fmt: skip


def tell_origin(rng: Random, fields: Fields, name: Name, kept: float) -> None:
    """Say in some papers which number or parcels the land had before; the others' notes say nothing."""
    plot = name.plot
    before = plot.names[: plot.names.index(name)]
    olds = before[-1:] or [parent.names[-1] for parent in plot.parents if parent.names]
    if not olds or rng.random() > kept:
        return
    if before:
        _tell_same(rng, fields, olds[0])
        return
    with_sheet = olds[0].series != name.series or rng.random() < 0.6
    _note(fields, _origin_words(rng, plot, olds, with_sheet))
    named = [f"{one.sheet}/{one.parcel}" if with_sheet else one.parcel for one in olds]
    fields.setdefault("refs", []).extend({"type": "parcel", "value": value} for value in named)


def _tell_same(rng: Random, fields: Fields, old: Name) -> None:
    if rng.random() < 0.6:
        fields["old_sheet_no"], fields["old_parcel_no"] = str(old.sheet), old.parcel
        return
    words = (f"Thửa cũ {old.parcel} tờ {old.sheet}", f"Số thửa cũ: {old.parcel}, tờ bản đồ cũ: {old.sheet}",
             f"Trước đây là thửa số {old.parcel}, tờ bản đồ số {old.sheet}")  # fmt: skip
    _note(fields, rng.choice(words))
    fields.setdefault("refs", []).append({"type": "parcel", "value": f"{old.sheet}/{old.parcel}"})


def _origin_words(rng: Random, plot: Plot, olds: Sequence[Name], with_sheet: bool) -> str:
    sheet = f" tờ bản đồ số {olds[0].sheet}" if with_sheet else ""
    numbers = ", ".join(one.parcel for one in olds)
    if plot.how == "split":
        return rng.choice(("Tách từ thửa {}{}", "Tách thửa từ thửa số {}{}")).format(numbers, sheet)
    if plot.holders[0][2] == "consolidated":
        return f"Dồn điền đổi thửa từ các thửa {numbers}{sheet}"
    return rng.choice(("Hợp thửa {}{}", "Hợp từ các thửa {}{}")).format(numbers, sheet)


def tell_transfer(rng: Random, fields: Fields, plot: Plot, day: date) -> None:
    """Say in some papers whom the land came from."""
    past = [one for one in plot.holders if one[0] <= day]
    if len(past) < 2 or rng.random() > 0.4:
        return
    _, giver, _ = past[-2]
    how = past[-1][2]
    words = {"sold": "Nhận chuyển nhượng của", "inherited": "Nhận thừa kế của"}.get(how)
    if words and not giver.body:
        _note(fields, f"{words} {'ông' if giver.sex == 'nam' else 'bà'} {giver.name}")


def _note(fields: Fields, words: str) -> None:
    fields["change_note"] = f"{fields['change_note']}; {words}" if "change_note" in fields else words


def entry_json(number: int, told: Told) -> dict[str, Any]:
    """Return an entry as `export entries` writes it."""
    key = ("sheet_no", "parcel_no", "area_m2", *(("serial",) if told.kind == "gcn" else ()))
    status = "review" if any(told.status.get(one) in ("review", "unreadable") for one in key) else "accepted"
    fields = {
        name: {
            "value": value, "text": None if name == "unit_code" or value is None else str(value), "p": None,
            "status": told.status.get(name, "accepted"), "from": "inferred" if name == "unit_code" else "paper",
            "file": told.file, "page": told.page, "box": None,
        }
        for name, value in told.fields.items()
    }  # fmt: skip
    return {
        "entry_id": f"e{number:06d}", "document_id": told.document, "file": told.file,
        "sha256": hashlib.sha256(told.file.encode()).hexdigest(), "page": told.page, "row": told.row, "kind": told.kind,
        "form": told.form, "era": told.era, "status": status, "fields": fields, "findings": [],
    }  # fmt: skip
