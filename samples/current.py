"""What stands for each parcel today, as far as a paper of the batch tells it, beside the links of its numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from cadastre.words.folding import key as folded

#: Papers that tell of a certificate which is not held.
_BOOKS = ("so_dia_chinh", "so_cap_gcn")


def current_lines(parcels: Sequence[Mapping[str, Any]], entries: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return a line for each parcel: legal and measured area, land use, owners and serial, each with its `value` and
    whether it is `knowable` (a paper under today's number prints it, and no error was printed on purpose there).

    The certificate in force is the one signed last, or the one that the books of 2004 to 2009 name.
    """
    papers: dict[int, list[Mapping[str, Any]]] = {}
    for entry in entries:
        if entry["series"] == "now":
            for index in (entry["parcel"], *entry["also"]):
                papers.setdefault(index, []).append(entry)
    return [_line(parcel, [e for e in papers.get(n, ()) if _named(e, parcel)]) for n, parcel in enumerate(parcels)]


def _named(entry: Mapping[str, Any], parcel: Mapping[str, Any]) -> bool:
    """Return whether an entry prints today's sheet and number."""
    return all(_value(entry, name) == parcel[name] for name in ("sheet_no", "parcel_no"))


def _line(parcel: Mapping[str, Any], told: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    known = [entry for entry in told if _value(entry, "unit_code") == parcel["unit_code"]]
    signed = sorted((e for e in told if e["kind"] == "gcn"), key=lambda e: str(_value(e, "issued_on") or ""))
    right = signed[-1:] or [entry for entry in known if entry["kind"] in _BOOKS]
    codes = [use["code"] for use in parcel["land_use"]]
    return {
        "parcel_key": parcel["parcel_key"],
        "legal_area_m2": _of_paper(right, "area_m2", parcel),
        "area_m2": _cell(parcel["area_m2"], [_value(entry, "area_m2") for entry in known]),
        "land_use": _cell(codes, [[use["code"] for use in _value(entry, "land_use") or ()] for entry in known]),
        "owners": _cell(
            [parcel["owner"]],
            [[owners[0]["name"]] for entry in known if (owners := _value(entry, "owners"))],
        ),
        "serial": _of_paper(right, "serial", parcel),
    }


def _of_paper(papers: Sequence[Mapping[str, Any]], name: str, parcel: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the papers of one certificate print; not knowable where the commune or the value is not sure."""
    printed = [entry for entry in papers if _value(entry, name) and all(slip.name != name for slip in entry["slips"])]
    sure = [entry for entry in printed if _value(entry, "unit_code") == parcel["unit_code"]]
    value = _value((sure or printed)[0], name) if printed else None
    return {"value": value, "knowable": bool(sure)}


def _cell(value: Any, printed: Iterable[Any]) -> dict[str, Any]:
    return {"value": value, "knowable": any(_plain(one) == _plain(value) for one in printed)}


def _plain(value: Any) -> Any:
    """Return codes as of 2024 and names without marks, so that papers of several years are compared."""
    if isinstance(value, list):
        return sorted("HNK" if one == "BHK" else folded(one) for one in value)
    return value


def _value(entry: Mapping[str, Any], name: str) -> Any:
    return entry["fields"].get(name, {}).get("value")
