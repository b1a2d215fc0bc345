"""Which parcel of one map series is which of the next, as far as the papers of a batch name both."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

LINEAGE = ("from_key", "to_key", "relation", "printed")
_SERIES = ("299", "1993", "now")


def lineage_rows(parcels: Sequence[Mapping[str, Any]], entries: Iterable[Mapping[str, Any]]) -> list[dict[str, str]]:
    """Return a row for each pair of keys of one parcel that follow each other in time.

    `printed` is `yes` where a paper of the later numbering prints the earlier one's, else `no`.
    """
    keys: dict[tuple[int, str], str] = {}
    bridged: set[tuple[int, str, str, str]] = set()
    for entry in entries:
        values = {name: field["value"] for name, field in entry["fields"].items()}
        if not {"unit_code", "sheet_no", "parcel_no"} <= values.keys():
            continue
        index, series = entry["parcel"], entry["series"]
        own = f"{values['unit_code']}@{series}/{values['sheet_no']}/{values['parcel_no']}"
        keys[index, series] = parcels[index]["parcel_key"] if series == "now" else own
        if "old_parcel_no" in values:
            bridged.add((index, series, values["old_sheet_no"], values["old_parcel_no"]))
    rows = []
    for index in range(len(parcels)):
        told = [(series, keys[index, series]) for series in _SERIES if (index, series) in keys]
        for (_, before), (series, after) in pairwise(told):
            _, sheet_no, parcel_no = before.split("/")
            printed = "yes" if (index, series, sheet_no, parcel_no) in bridged else "no"
            rows.append(dict(zip(LINEAGE, (before, after, "same", printed), strict=True)))
    return rows
