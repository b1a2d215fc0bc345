"""The commune of an entry that another installation told: by its name where it has no code, else a question."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from cadastre.settling.in_force import taken
from cadastre.units.places import Resolution, resolve
from cadastre.words.eras import ALWAYS, Period, period_of
from cadastre.words.folding import key
from schemas.entries import Entry, FieldValue
from schemas.errors import Message
from schemas.outcomes import Finding
from schemas.tables import Tables, Unit

_FIELDS = ("unit_code", "unit_name")


def with_unit(entry: Entry, tables: Tables) -> Entry:
    """Return the entry with the code of the commune that it names; one that tells no commune waits with a finding.

    Exports leave out the code of a commune that no source has one for (contract.md), so its name alone comes back.
    """
    asked = any(finding.code.startswith("unit-") for finding in entry.findings)
    if "unit_code" in entry.fields or "parcel_no" not in entry.fields or asked or entry.status == "rejected":
        return entry
    name = taken(entry, "unit_name")
    if name is None and "unit_name" in entry.fields:
        return entry  # the name itself waits
    text = str(name.value) if name is not None else ""
    found = resolve(text, _period(entry, tables), tables)
    if found.unit is not None and (found.sure or _is_called(found.unit, text)):
        code = FieldValue(found.unit.code, None, None, "accepted", "inferred", None, None)
        return replace(entry, fields={**entry.fields, "unit_code": code})
    return replace(entry, status="review", findings=(*entry.findings, _finding(found)))


def _period(entry: Entry, tables: Tables) -> Period:
    day = taken(entry, "asserted_on") or taken(entry, "issued_on")
    if day is not None:
        return Period.on(date.fromisoformat(str(day.value)))
    return (period_of(entry.era, tables) if entry.era else None) or ALWAYS


def _is_called(unit: Unit, text: str) -> bool:
    """Return whether the text is the unit's very name, though another commune's is one letter away."""
    return key(text.partition(",")[0]) == key(unit.name)


def _finding(found: Resolution) -> Finding:
    names = ", ".join(sorted({unit.name for unit in found.alternatives}))
    if names:
        vi, en = f"Không rõ xã, phường nào trong số: {names}", f"It is not clear which commune is meant of: {names}"
    else:
        vi, en = "Mục không cho biết xã, phường nào", "The entry does not tell its commune"
    return Finding(
        "unit-ambiguous" if names else "unit-unknown",
        "error",
        _FIELDS,
        Message(
            f"{vi}; ghi unit_code ở nơi đã xuất mục này rồi nhập lại.",
            f"{en}; give unit_code where the entry was exported and import it again.",
        ),
    )
