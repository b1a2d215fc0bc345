"""How papers write people, places and numbers."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Sequence
from datetime import date
from typing import Any

from benchmarks.told.land import Parcel
from benchmarks.told.people import Holder, Person
from benchmarks.told.zones import DISTRICTS, FORMERLY, MERGED, commune, province

_BIRTH_YEARS = date(2004, 7, 1)  # since when certificates print birth year and identity number
_SPOUSES = date(2001, 6, 1)  # since when they name husband and wife
_HOUSEHOLDS = ("gcn", "don_dang_ky", "so_dia_chinh", "trich_do", "trich_luc")
_TITLES = {"nam": "ông ", "nu": "bà "}
Owners = list[dict[str, Any]]


def unmarked(text: str) -> str:
    """Return a text without Vietnamese marks."""
    plain = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def metres(value: float, chance: random.Random) -> str:
    """Return an area as a clerk writes it, mostly without a zero after the comma."""
    text = f"{value:,.1f}".replace(",", "_").replace(".", ",").replace("_", ".")
    return text[:-2] if text.endswith(",0") and chance.random() < 0.8 else text


def titled(person: Person) -> str:
    """Return a name after Mr (ông) or Mrs (bà)."""
    return f"{'ông' if person.sex == 'nam' else 'bà'} {person.name}"


def owners_text(owners: Owners) -> str:
    """Return owners as printed, households after the word Hộ."""
    return ", ".join(
        f"{'Hộ ' if one.get('household') else ''}{_TITLES.get(one.get('sex', ''), '')}{one['name']}" for one in owners
    )


def owners_of(holder: Holder, day: date, kind: str, chance: random.Random) -> Owners:
    """Return a holder as a kind of paper names it on a day: nickname, household, head and spouse, or name alone."""
    head, spouse = holder.head, holder.spouse
    if holder.organisation:
        return [{"name": head.name}]
    if day.year < 1993 and kind in ("so_muc_ke", "so_dang_ky") and head.nickname:
        return [{"name": head.nickname}]
    first: dict[str, Any] = {"name": head.name}
    if kind in _HOUSEHOLDS and 1993 <= day.year < 2025 and chance.random() < 0.55:
        first["household"] = True
    if kind in ("gcn", "don_dang_ky", "so_dia_chinh") and day.year >= 1993:
        return _certified(holder, first, day, kind, chance)
    if kind == "so_muc_ke" and day >= _BIRTH_YEARS and spouse and chance.random() < 0.35:
        return [first, {"name": spouse.name}]
    return [first]


def _certified(holder: Holder, first: dict[str, Any], day: date, kind: str, chance: random.Random) -> Owners:
    """Return head and spouse with what certificates tell of them."""
    owners, spouse, late = [first], holder.spouse, day >= _BIRTH_YEARS
    first["sex"] = holder.head.sex
    if late and day.year < 2025 and chance.random() < 0.85:
        first["birth_year"] = holder.head.born
    if late and chance.random() < 0.8:
        first.update(_identity(holder.head, day, chance))
    if spouse and day >= _SPOUSES and chance.random() < (0.6 if first.get("household") else 0.75):
        second: dict[str, Any] = {"name": spouse.name, "sex": spouse.sex}
        if late and day.year < 2025:
            second["birth_year"] = spouse.born
        if late:
            second.update(_identity(spouse, day, chance))
        owners.append(second)
    if kind != "so_dia_chinh" and day.year < 2025 and chance.random() < 0.6:
        first["address"] = holder.hamlet
    return owners


def _identity(person: Person, day: date, chance: random.Random) -> dict[str, str]:
    """Return kind and number of the identity card of the time: 9 digits, 12 digits, the card of 2024."""
    if day.year >= 2016 and (person.renewed or day.year >= 2022):
        newest = day >= date(2024, 7, 1) and chance.random() < 0.5
        return {"id_kind": "cc" if newest else "cccd", "id_no": person.cccd}
    return {"id_kind": "cmnd", "id_no": person.cmnd}


def toponym(parcel: Parcel, chance: random.Random) -> str:
    """Return the field's name as one clerk or another writes it."""
    name = parcel.block.toponym
    longer = name if name.startswith(("Đồng", "Gò", "Hố", "Bàu")) else f"Đồng {name}"
    return chance.choice((name, name, name, longer, f"Xứ {name}"))


def address(parcel: Parcel, day: date, chance: random.Random) -> str:
    """Return a parcel's address; after the merger it tells the former commune."""
    name, block = commune(parcel.zone, day)[1].replace("Xã", "xã"), parcel.block
    formerly = FORMERLY[parcel.zone] if day >= MERGED else ""
    short = parcel.use == "T" or chance.random() > 0.5
    place = block.hamlet if short else f"{block.hamlet} (xứ đồng {block.toponym})"
    return f"{place}, {name}{formerly}, huyện {DISTRICTS[parcel.zone]}, tỉnh {province(day)}"


def parcel_refs(values: Sequence[str]) -> list[dict[str, str]]:
    """Return references to parcels, as `number` or `sheet/number`."""
    return [{"type": "parcel", "value": value} for value in values]
