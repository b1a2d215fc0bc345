"""What is true of each living parcel at the end, where the papers at hand tell it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from benchmarks.told.land import Parcel
from benchmarks.told.naming import unmarked
from benchmarks.told.rights import Certificate
from benchmarks.told.truth import Truth
from benchmarks.told.uses import uses_of
from benchmarks.told.world import Written
from benchmarks.told.zones import DIGITAL

ATTRIBUTES = ("legal_area_m2", "area_m2", "land_use", "owner", "serial")
_CERTIFIED = ("gcn", "so_cap_gcn", "so_dia_chinh")
Values = dict[str, Any]


def current(parcels: Sequence[Parcel], truth: Truth) -> list[dict[str, Any]]:
    """Return a row for each living parcel with a key: its values (None where no paper tells them), what is knowable."""
    rows = []
    for parcel in parcels:
        series = [name for name in parcel.series() if (parcel.no, name) in truth.keys]
        if parcel.died or not series:
            continue
        entries = {name: truth.attested[parcel.no, name] for name in series}
        together = [one for some in entries.values() for one in some]
        values: Values = {"area_m2": _measured(parcel, entries)}
        values |= _certified(parcel, together) if parcel.certificate else _indexed(parcel, together)
        told = {name: values.get(name) for name in ATTRIBUTES}
        known = {name: value is not None for name, value in told.items()}
        rows.append({"key": truth.keys[parcel.no, series[-1]], **told, "knowable": known})
    return sorted(rows, key=lambda row: str(row["key"]))


def _measured(parcel: Parcel, entries: dict[str, Sequence[Written]]) -> float | None:
    """Return the area of the newest digital survey; a child's, which papers round in several ways, if all agree."""
    digital = [name for name in entries if name in DIGITAL]
    if not digital:
        return None
    series, area = digital[-1], parcel.areas[digital[-1]]
    told = {one.taken("area_m2") for one in entries[series]} - {None}
    child = bool(parcel.parents) and series in parcel.parents[0].numbers
    if child and len(told) > 1 and not any(one.entry["kind"] == "trich_do" for one in entries[series]):
        return None
    return area if area in told else None


def contested(parcel: Parcel, entries: Sequence[Written]) -> bool:
    """Return whether books tell the newest certificate while only an older one is at hand: a person's question."""
    older = any(one.entry["kind"] == "gcn" for one in entries)
    return older and not any(one.entry["kind"] == "gcn" for one in _copies(parcel.certificate, entries))


def _copies(certificate: Certificate | None, entries: Sequence[Written]) -> list[Written]:
    if certificate is None:
        return []
    return [one for one in entries if one.entry["kind"] in _CERTIFIED and one.taken("serial") == certificate.serial]


def _certified(parcel: Parcel, entries: Sequence[Written]) -> Values:
    """Return what the newest certificate says, by itself or the books that copy it."""
    certificate, copies = parcel.certificate, _copies(parcel.certificate, entries)
    if certificate is None or not copies or contested(parcel, entries):
        return {}
    area, uses = certificate.areas[parcel.no], certificate.uses[parcel.no]
    values: Values = {"serial": certificate.serial, "owner": _owner(certificate, copies)}
    if any(one.taken("area_m2") == area for one in copies):
        values["legal_area_m2"] = area
    if any([use["code"] for use in one.taken("land_use") or ()] == uses for one in copies):
        values["land_use"] = uses
    return values


def _owner(certificate: Certificate, copies: Sequence[Written]) -> str | None:
    """Return the buyer whom a note tells, else the holder as the certificate writes the name, else as the books do."""
    if certificate.buyer:
        noted = any(certificate.buyer in (one.taken("change_note") or "") for one in copies)
        return certificate.buyer if noted else None
    for kind in ("gcn", "so_dia_chinh", "so_cap_gcn"):
        some = [one for one in copies if one.entry["kind"] == kind]
        if some:
            return _same_name([one for one in some if one.taken("owners")][:1], certificate.holder.head.name)
    return None


def _same_name(entries: Sequence[Written], name: str) -> str | None:
    """Return the first owner as an entry writes the name, if it is that name but for marks."""
    for one in entries:
        written = str((one.taken("owners") or [{"name": ""}])[0]["name"])
        if unmarked(written) == unmarked(name):
            return written
    return None


def _indexed(parcel: Parcel, entries: Sequence[Written]) -> Values:
    """Return user and use by the newest digital parcel index, where no certificate stands."""
    index = [one for one in entries if one.entry["kind"] == "so_muc_ke" and one.series in DIGITAL]
    if not index:
        return {}
    newest = max(index, key=lambda one: one.day)
    codes = [use["code"] for use in newest.taken("land_use") or ()]
    true = [use["code"] for use in uses_of(parcel, newest.day)]
    owner = _same_name([newest], parcel.user.head.name)
    return {"owner": owner, "land_use": true if codes == true else None}
