"""Which values stand for the parcels of a generated district, against its truth, and what was linked wrongly unseen.

    python -m benchmarks.standing DIR

The papers are linked and settled as `digitise` does it, in memory. A value counts where some paper tells it
(`knowable`) and the parcel's key is one of ours: right, wrong, or not told because it waits. Owners are compared by the
name of the first. `Wrongly linked and consistent`: steps that are not true, on which a consistent parcel rests, of all
consistent parcels that are valid now; a series named by another era is counted apart.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb

from benchmarks.links import entries_of, truth_of
from cadastre.claims import settle
from cadastre.grading import SURE_LINK
from cadastre.lineage import reconcile
from cadastre.mentions import mention_of
from cadastre.people import name_key
from schemas.entries import LandUse, Owner
from schemas.parcels import Parcel
from schemas.tables import load_tables
from schemas.weights import load_weights

ATTRIBUTES = ("legal_area_m2", "area_m2", "land_use", "owners", "serial")


def true_values(folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each key with what is true of it, as far as some paper tells it."""
    with next(folder.rglob("current.jsonl")).open(encoding="utf-8") as lines:
        for line in lines:
            told = json.loads(line)
            key = told.get("parcel_key") or told["key"]
            if "parcel_key" in told:
                cells = {name: told[name] for name in ATTRIBUTES if isinstance(told.get(name), Mapping)}
                yield key, {name: cell["value"] for name, cell in cells.items() if cell.get("knowable")}
            else:
                names = {"owners": "owner"}
                known = told["knowable"]
                yield key, {n: told[names.get(n, n)] for n in ATTRIBUTES if known.get(names.get(n, n))}


def _told(parcel: Parcel, name: str) -> Any:
    current = [claim.value for claim in parcel.claims if claim.attribute == name and claim.standing == "current"]
    return current[0] if current else None


def is_right(name: str, told: Any, true: Any) -> bool:
    """Return whether a value that stands is the true one; owners by the name of the first."""
    if name == "owners":
        wanted = true[0] if isinstance(true, list) else true
        return isinstance(told[0], Owner) and name_key(told[0].name) == name_key(str(wanted))
    if name == "land_use":
        return {use.code for use in told if isinstance(use, LandUse)} == set(true)
    return bool(abs(told - true) < 0.05 if isinstance(true, float) else told == true)


def main() -> None:
    """Score one district."""
    folder = Path(sys.argv[1])
    tables = load_tables()
    entries = list(entries_of(folder / "entries.jsonl"))
    mentions = [m for entry in entries if (m := mention_of(entry, tables)) is not None]
    with duckdb.connect() as memory:
        found = reconcile(mentions, tables, load_weights(), memory)
    keys = {m.entry_id: replace(m.key, era=found.series[m.entry_id]) for m in mentions}
    parcels = {str(one.key): one for one in settle(entries, tables, found.links, keys=keys)}
    score: dict[str, Counter[str]] = {name: Counter() for name in ATTRIBUTES}
    missing = 0
    for key, values in true_values(folder):
        parcel = parcels.get(key)
        missing += parcel is None
        for name, true in values.items():
            if true is None or parcel is None:
                continue
            told = _told(parcel, name)
            score[name]["waits" if not told else "right" if is_right(name, told, true) else "wrong"] += 1
    for name, counts in score.items():
        sure = counts["right"] + counts["wrong"]
        share = counts["right"] / max(sure, 1)
        print(f"{name:14s} right {counts['right']} of {sure} told ({share:.2%}), waits {counts['waits']}")
    print(f"true living keys that no parcel of ours has: {missing}")
    true_links = truth_of(next(folder.rglob("lineage.csv")))
    plain = {(_bare(a), _bare(b)) for a, b in true_links}
    living = [one for one in parcels.values() if one.status == "consistent" and one.valid_to is None]
    wrong: set[str] = set()
    other_era: set[str] = set()
    for link in found.links:
        ends = str(link.older), str(link.newer)
        newer = parcels.get(ends[1])
        if link.p >= SURE_LINK and ends not in true_links and newer is not None and newer.status == "consistent":
            (other_era if (_bare(ends[0]), _bare(ends[1])) in plain else wrong).add(ends[1])
    print(f"consistent parcels valid now {len(living)}; wrongly linked and consistent {len(wrong)}"
          f" ({len(wrong) / max(len(living), 1):.2%}), besides {len(other_era)} under another era's name")  # fmt: skip


def _bare(key: str) -> tuple[str, str]:
    unit, rest = key.split("@", 1)
    return unit, rest.split("/", 1)[1]


if __name__ == "__main__":
    main()
