"""Which values stand for the parcels of a generated district, against its truth, and what was linked wrongly unseen.

    python -m benchmarks.standing DIR

The papers are linked and settled as `digitise` does it, in memory. A value counts where some paper tells it
(`knowable`) and the parcel's key is one of ours: right, wrong, or not told because it waits; then the same for parcels
that are published as consistent. Owners are compared by the name of the first, land uses by the codes that follow them
in the law of 2024, areas to 0.05 m² (beside, how many wrong ones are within the tolerance of domain.md 5, as where the
truth takes the map before the last). `Wrongly linked and consistent`: consistent parcels valid now that rest on papers
of a number which their land never had; a step over a number that no paper shows is right.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb

from benchmarks.links import entries_of, truth_of
from benchmarks.true_lineage import TrueLineage
from cadastre.linking.lineage import reconcile
from cadastre.numberings.mentions import mention_of
from cadastre.settling.chains import elders
from cadastre.settling.drawn_anew import drawn_anew
from cadastre.settling.grading import SURE_LINK
from cadastre.settling.settled import settle
from cadastre.words.area_classes import tolerance_m2
from cadastre.words.people import name_key
from schemas.entries import LandUse, Owner
from schemas.parcels import Link, Parcel
from schemas.tables import Tables, load_tables
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


def is_right(name: str, told: Any, true: Any, tables: Tables) -> bool:
    """Return whether a value that stands is the true one; owners by the name of the first."""
    if name == "owners":
        wanted = true[0] if isinstance(true, list) else true
        return isinstance(told[0], Owner) and name_key(told[0].name) == name_key(str(wanted))
    if name == "land_use":
        return _now((use.code for use in told if isinstance(use, LandUse)), tables) == _now(true, tables)
    return bool(abs(told - true) < 0.05 if isinstance(true, float) else told == true)


def _now(codes: Iterable[str], tables: Tables) -> set[str]:
    """Return the codes that follow in the law of 2024; words and letters of older papers as they are."""
    uses = tables.land_uses
    return {(uses[code].successor or code) if code in uses else code for code in codes}


def _near(told: Any, true: Any, parcel: Parcel) -> bool:
    return isinstance(true, float) and abs(told - true) <= tolerance_m2(true, parcel.key.era)


def _score(truth: Mapping[str, Mapping[str, Any]], parcels: Mapping[str, Parcel], tables: Tables) -> None:
    """Print what is right, of all that is told and of what consistent parcels publish."""
    for name in ATTRIBUTES:
        score: Counter[str] = Counter()
        for key, values in truth.items():
            parcel, true = parcels.get(key), values.get(name)
            if true is None or parcel is None:
                continue
            told = _told(parcel, name)
            found = "waits" if not told else "right" if is_right(name, told, true, tables) else "wrong"
            score[found] += 1
            score[f"{found} {parcel.status}"] += 1
            score["near"] += found == "wrong" and _near(told, true, parcel)
        print(
            f"{name:14s} right {_of(score['right'], score['wrong'])} told, waits {score['waits']}"
            f"; consistent parcels right {_of(score['right consistent'], score['wrong consistent'])}"
            f"; wrong within the tolerance {score['near']}"
        )


def _of(right: int, wrong: int) -> str:
    return f"{right} of {right + wrong} ({right / max(right + wrong, 1):.2%})"


def rests_on(links: Iterable[Link]) -> dict[str, set[str]]:
    """Return by key the older numbers whose papers or land a parcel is said to rest on, over sure steps."""
    sure = [link for link in links if link.p >= SURE_LINK]
    found = {str(key): {str(elder.key) for elder in line} for key, line in elders(sure).items()}
    for link in sure:
        found.setdefault(str(link.newer), set()).add(str(link.older))
    return found


def main() -> None:
    """Score one district."""
    folder = Path(sys.argv[1])
    tables = load_tables()
    entries = list(entries_of(folder / "entries.jsonl"))
    mentions = [m for entry in entries if (m := mention_of(entry, tables)) is not None]
    with duckdb.connect() as memory:
        found = reconcile(mentions, tables, load_weights(), memory)
    keys = {m.entry_id: replace(m.key, era=found.series[m.entry_id]) for m in mentions}
    anew = drawn_anew(keys.values(), found.links)
    parcels = {str(one.key): one for one in settle(entries, tables, found.links, keys=keys, anew=anew)}
    truth = dict(true_values(folder))
    _score(truth, parcels, tables)
    print(f"true living keys that no parcel of ours has: {len(truth.keys() - parcels.keys())}")
    lineage = TrueLineage(truth_of(next(folder.rglob("lineage.csv"))), truth)
    rests = rests_on(found.links)
    now = {key: one for key, one in parcels.items() if one.valid_to is None}
    living = [key for key, one in now.items() if one.status == "consistent"]
    verdicts = [{lineage.verdict(older, key) for older in rests.get(key, ())} for key in living]
    wrong = sum("wrong" in one for one in verdicts)
    named = sum("named" in one and "wrong" not in one for one in verdicts)
    gone = sum(key not in truth for key in living)
    sure = Counter(lineage.verdict(str(link.older), str(link.newer)) for link in found.links if link.p >= SURE_LINK)
    print(
        f"links that count (p from {SURE_LINK}) {sure.total()}, of them wrong {sure['wrong']}"
        f", besides {sure['named']} under another era's name"
    )
    print(
        f"parcels valid now {len(now)}, consistent {len(living)} ({len(living) / max(len(now), 1):.1%})"
        f"; wrongly linked and consistent {wrong} ({wrong / max(len(living), 1):.2%})"
        f", besides {named} under another era's name; of those consistent {gone} are parcels no more"
    )


if __name__ == "__main__":
    main()
