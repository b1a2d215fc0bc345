"""Entries linked and settled in memory, as `digitise` does it, in the form of what is exported."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import duckdb

from benchmarks.links import entries_of
from benchmarks.outside import Told
from benchmarks.score import Entry, load
from cadastre.linking.lineage import reconcile
from cadastre.numberings.mentions import mention_of
from cadastre.settling.drawn_anew import drawn_anew
from cadastre.settling.settled import settle
from schemas.entries import value_to_json
from schemas.tables import Tables
from schemas.weights import load_weights


def put_together(lines: Iterable[Entry], folder: Path, tables: Tables) -> Told:
    """Return the parcels, links and claims of some lines of entries; the lines are left in the folder."""
    path = folder / "entries.jsonl"
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    entries = list(entries_of(path))
    mentions = [mention for entry in entries if (mention := mention_of(entry, tables)) is not None]
    with duckdb.connect() as memory:
        found = reconcile(mentions, tables, load_weights(), memory)
    keys = {m.entry_id: replace(m.key, era=found.series[m.entry_id]) for m in mentions}
    parcels = settle(entries, tables, found.links, keys=keys, anew=drawn_anew(keys.values(), found.links))
    return Told(
        load(path),
        {(str(link.older), str(link.newer)): link for link in found.links},
        {str(one.key): {"status": one.status, "valid_to": str(one.valid_to or "")} for one in parcels},
        tuple(
            {
                "parcel_key": str(one.key),
                "attribute": claim.attribute,
                "value": value_to_json(claim.attribute, claim.value),
                "standing": claim.standing,
                "entry_id": claim.entry_id,
            }
            for one in parcels
            for claim in one.claims
        ),
    )
