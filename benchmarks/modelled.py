"""True entries of pictures as the error model of districts (samples/district/worn.py) would have them read."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any, cast

import numpy as np

from benchmarks.score import FIELDS, Entry
from samples.district.said import Said, line
from samples.district.world import Lot, Node
from samples.district.worn import read_worn


def modelled(truth: Iterable[Entry], placed: Collection[str], seed: int) -> list[dict[str, Any]]:
    """Return the entries as the model reads them; `placed` are the files whose commune the manifest tells."""
    papers = [_said(entry, entry["file"] in placed) for entry in truth]
    for said in (read := read_worn(np.random.default_rng(seed), papers)):
        if said.manifest:
            said.values["unit_code"] = said.printed.get("unit_code", said.values.get("unit_code"))
            said.statuses.pop("unit_code", None)
    return [line(said) for said in read]


def _said(entry: Entry, placed: bool) -> Said:
    values = {name: field["value"] for name, field in entry["fields"].items() if name in FIELDS}
    return Said(
        *(entry["kind"], entry["form"], entry["era"], entry["document_id"], entry["file"], entry["page"], entry["row"]),
        values,
        node=cast(Node, None),  # where the land lies is nothing to a reader
        lot=cast(Lot, None),
        day=date.min,
        who="",
        told=entry["status"] != "review",
        manifest=placed,
        entry_id=entry["entry_id"],
    )
