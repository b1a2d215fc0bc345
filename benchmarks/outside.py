"""What came out of a batch of pictures, by the contract's exports alone, against what is true of its land."""

from __future__ import annotations

import csv
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.links import Pair, f1, truth_of
from benchmarks.score import Entry, Where, interval, load
from benchmarks.standing import ATTRIBUTES, is_right, rests_on, true_values
from benchmarks.true_lineage import TrueLineage
from schemas.entries import value_from_json
from schemas.parcels import Link, ParcelKey
from schemas.tables import Tables

_KEY = ("unit_code", "sheet_no", "parcel_no")
_DONE = ("accepted", "confirmed")


@dataclass(frozen=True, slots=True)
class Truth:
    """What is true of a batch: its papers, the steps between numbers, what stands, whose land each paper is of, and
    what is printed wrongly on purpose."""

    entries: Mapping[Where, Entry]
    lineage: Mapping[Pair, str]
    current: Mapping[str, Mapping[str, Any]]
    lands: Mapping[Where, frozenset[int]]
    misprinted: frozenset[str]


@dataclass(frozen=True, slots=True)
class Told:
    """What was exported: entries, links by their ends, rows of parcels by key, and claims."""

    entries: Mapping[Where, Entry]
    links: Mapping[Pair, Link]
    parcels: Mapping[str, Mapping[str, str]]
    claims: tuple[Mapping[str, Any], ...]


def truth(folder: Path) -> Truth:
    """Return the truth of a made batch (its folder `truth`)."""
    entries = load(folder / "entries.jsonl")
    lands: dict[str, set[int]] = defaultdict(set)
    for index, parcel in enumerate(_lines(folder / "parcels.jsonl")):
        for entry_id in parcel["entries"]:
            lands[entry_id].add(index)
    whose = {where: frozenset(lands[entry["entry_id"]]) for where, entry in entries.items()}
    faults = folder / "faults.csv"
    wrong = frozenset(row["printed"] for row in _rows(faults)) if faults.exists() else frozenset()
    return Truth(entries, truth_of(folder / "lineage.csv"), dict(true_values(folder)), whose, wrong)


def told(folder: Path) -> Told:
    """Return what stands in the exports entries.jsonl, lineage.csv, parcels.csv and claims.jsonl of a folder."""
    rows = _rows(folder / "lineage.csv")
    links = [
        Link(ParcelKey.parse(r["from_key"]), ParcelKey.parse(r["to_key"]), r["relation"], float(r["p"]), ())  # type: ignore[arg-type]
        for r in rows
    ]
    return Told(
        load(folder / "entries.jsonl"),
        {(str(link.older), str(link.newer)): link for link in links},
        {row["parcel_key"]: row for row in _rows(folder / "parcels.csv")},
        tuple(_lines(folder / "claims.jsonl")),
    )


def _lines(path: Path) -> Iterator[Any]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _rows(path: Path) -> list[dict[str, str]]:
    csv.field_size_limit(10_000_000)  # outlines
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def why_keys_wait(true: Truth, told: Told) -> Counter[str]:
    """Return how many entries have a key, have another one than is printed, or wait for what."""
    out: Counter[str] = Counter()
    for where, entry in true.entries.items():
        other = told.entries.get(where)
        if other is None:
            out["not found"] += 1
            continue
        fields = other["fields"]
        waits = [name for name in _KEY if fields.get(name, {}).get("status") not in _DONE]
        wrong = [
            name for name in _KEY if fields.get(name, {}).get("value") != entry["fields"].get(name, {}).get("value")
        ]
        out["keyed" + (", wrong" if wrong else "") if not waits else "waits: " + " ".join(waits)] += 1
    out["not in the papers"] = len(told.entries.keys() - true.entries.keys())
    return out


def _value(entry: Entry, name: str) -> Any:
    return entry["fields"].get(name, {}).get("value")


def of_links(true: Truth, told: Told) -> Iterator[str]:
    """Yield F1 of the links: of all true ones, of divisions and joinings, and of those whose two numbers we have."""
    relations = {pair: link.relation for pair, link in told.links.items()}
    parts, true_parts = (
        {pair for pair, kind in some.items() if kind in ("split", "merge")} for some in (relations, true.lineage)
    )
    reach = {pair for pair in true.lineage if told.parcels.keys() >= set(pair)}
    for name, found, wanted in (
        ("all", set(told.links), set(true.lineage)),
        ("split, merge", parts, true_parts),
        ("both numbers read", set(told.links), reach),
        ("sure (p 0.995)", {pair for pair, link in told.links.items() if link.p >= 0.995}, set(true.lineage)),
    ):
        score = "F1 {:.3f}  precision {:.3f}  recall {:.3f}".format(*f1(found, wanted))
        yield f"links, {name}: {score}  ({len(found)} found, {len(wanted)} true)"


def of_parcels(true: Truth, told: Told) -> Iterator[str]:
    """Yield how many parcels there are, how they stand, and how many consistent ones are put together wrongly."""
    known = {key for pair in true.lineage for key in pair} | true.current.keys()
    made, strange = known & told.parcels.keys(), told.parcels.keys() - known
    yield f"true numbers {len(known)}, parcels of them {_share(len(made), len(known))}, other parcels {len(strange)}"
    now = {key for key, row in told.parcels.items() if not row["valid_to"]}
    living = true.current.keys() & now
    consistent = {key for key in now if told.parcels[key]["status"] == "consistent"}
    yield f"parcels valid now {len(now)}, consistent {_share(len(consistent), len(now))}"
    standing = Counter(told.parcels[key]["status"] for key in living)
    none = len(true.current) - len(living)
    yield f"true living parcels {len(true.current)}: {dict(sorted(standing.items()))}, none {none}"
    lineage = TrueLineage(true.lineage, true.current)
    rests = rests_on(told.links.values())
    wrong = [key for key in consistent if any(lineage.verdict(one, key) == "wrong" for one in rests.get(key, ()))]
    mixed = [key for key, lands in _lands(true, told).items() if key in consistent and not lands]
    yield f"wrongly linked and consistent {len(wrong)} of {len(consistent)}; with papers of two lands {len(mixed)}"


def _lands(true: Truth, told: Told) -> dict[str, frozenset[int]]:
    """Return by parcel the lands that all its papers are of, as far as the truth knows the papers."""
    places = {entry["entry_id"]: where for where, entry in told.entries.items()}
    out: dict[str, frozenset[int]] = {}
    for claim in told.claims:
        own = true.lands.get(places.get(claim["entry_id"], ("", 0, None)))
        if own:
            out[claim["parcel_key"]] = out.get(claim["parcel_key"], own) & own
    return out


def of_values(true: Truth, told: Told, tables: Tables) -> Iterator[str]:
    """Yield for each attribute how many values that some paper tells are right, wrong or wait."""
    stands = {
        (claim["parcel_key"], claim["attribute"]): value_from_json(claim["attribute"], claim["value"])
        for claim in told.claims
        if claim["standing"] == "current" and claim["attribute"] in ATTRIBUTES
    }
    for name in ATTRIBUTES:
        score: Counter[str] = Counter()
        for key, values in true.current.items():
            if values.get(name) is None:
                continue
            value = stands.get((key, name))
            found = "waits" if value is None else "right" if is_right(name, value, values[name], tables) else "wrong"
            score[found] += 1
            score[f"{found} {told.parcels.get(key, {}).get('status')}"] += 1
        right, wrong = score["right"], score["wrong"]
        sure = score["right consistent"]
        of_sure = _share(sure, sure + score["wrong consistent"])
        yield f"{name}: right {_share(right, right + wrong)}, waits {score['waits']}; of consistent parcels {of_sure}"


def _share(part: int, of: int) -> str:
    low, high = interval(part, of)
    return f"{part} of {of} ({100 * part / max(of, 1):.1f} % [{low:.1f}–{high:.1f}])"


def judged(true: Truth, told: Told, tables: Tables) -> Iterator[str]:
    """Yield all that is told of one state of the exports."""
    yield f"entries: {dict(why_keys_wait(true, told).most_common())}"
    yield from of_parcels(true, told)
    yield from of_links(true, told)
    yield from of_values(true, told, tables)
