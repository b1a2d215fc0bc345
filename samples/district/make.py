"""A district written to a folder: entries.jsonl as given, and truth/ with what is so."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np

from samples.district.current import current_lines
from samples.district.folk import hamlets_of
from samples.district.habits import habits_of
from samples.district.life import run
from samples.district.lineage import COLUMNS, attested, edges_of, keys_of, rows, without_twins
from samples.district.office import Numbers, Office
from samples.district.said import Said, line
from samples.district.scenes import Gazette, Land, is_upland, lands_of
from samples.district.village import Village
from samples.district.world import Node, World
from samples.district.worn import read_worn
from schemas.errors import Misconfigured
from schemas.tables import Tables, load_tables

Errors = Literal["none", "worn"]


@dataclass(frozen=True, slots=True)
class District:
    """One land of a district when its history is over: its ground, its papers, and the keys they attest."""

    land: Land
    world: World
    papers: list[Said]
    held: dict[Node, list[Said]]
    known: dict[Node, str]


def lands(
    seed: int, *, parcels: int, communes: int, notes: float, errors: Errors, tables: Tables
) -> Iterator[District]:
    """Make a district land by land, the same for the same seed; papers are those of one office, in order of time."""
    plan = np.random.default_rng([seed, 0])
    gazette, numbers = Gazette(tables), Numbers()
    found = lands_of(plan, tables, communes)
    parts = sum(len(land.codes) for land in found)
    for place, land in enumerate(found):
        rng, worn = (np.random.default_rng([seed, 1 + place, part]) for part in (1, 2))
        years = survey_years(land)
        habits = [habits_of(rng, notes, silent=place == 1, years=years) for _ in land.codes]
        world = World(rng, land)
        office = Office(world, gazette, habits, numbers)
        north, east = gazette.centre(land.codes[0])
        hamlets = [hamlets_of(rng) for _ in habits]
        upland = is_upland(tables, land.codes[0])
        run(
            Village(rng, world, office, habits, hamlets, (east, north), upland),
            max(12, parcels * len(land.codes) // parts),
        )
        papers = without_twins(read_worn(worn, office.papers) if errors == "worn" else office.papers)
        held = attested(papers)
        yield District(land, world, papers, held, keys_of(held))


def survey_years(land: Land) -> tuple[int, int]:
    """Return in which years a land gets its digital map: soon before a merger of 2020, late after a division.

    Else the sheets of two maps might first be known from papers of one era, and share their keys.
    """
    if any(joining.day.year == 2020 for joinings in land.joined.values() for joining in joinings):
        return 2008, 2009
    return (2010, 2014) if land.divided else (2008, 2014)


def make_district(
    out: Path,
    *,
    seed: int,
    parcels: int = 2000,
    communes: int = 4,
    notes: float = 0.5,
    errors: Errors = "none",
    on_land: Callable[[int, int], None] | None = None,
) -> dict[str, Any]:
    """Write `entries.jsonl` and `truth/` of a district and return what was written, in numbers.

    Raises Misconfigured if the folder holds a district already, or a number makes no sense.
    """
    if communes < 4 or parcels < 12 * communes or not 0 <= notes <= 1:
        raise Misconfigured(
            "cần ít nhất 4 xã, 12 thửa mỗi xã, và --notes từ 0 đến 1",
            "at least 4 communes, 12 parcels in each, and --notes from 0 to 1 are needed",
        )
    if (out / "entries.jsonl").exists():
        raise Misconfigured(f"{out} đã có dữ liệu, hãy chọn thư mục khác", f"{out} is in use, name another folder")
    (out / "truth").mkdir(parents=True)
    counts: Counter[str] = Counter()
    with (
        (out / "entries.jsonl").open("w", encoding="utf-8") as entries,
        (out / "truth" / "keys.csv").open("w", encoding="utf-8", newline="") as keys,
        (out / "truth" / "lineage.csv").open("w", encoding="utf-8", newline="") as lineage,
        (out / "truth" / "current.jsonl").open("w", encoding="utf-8") as current,
    ):
        told = csv.writer(keys, lineterminator="\n")
        told.writerow(("entry_id", "true_key"))
        links = csv.DictWriter(lineage, COLUMNS, lineterminator="\n")
        links.writeheader()
        made = lands(seed, parcels=parcels, communes=communes, notes=notes, errors=errors, tables=load_tables())
        for place, one in enumerate(made):
            _write_lines(entries, (line(said) for said in one.papers))
            told.writerows((said.entry_id, one.known.get(said.node, "")) for said in one.papers)
            steps = rows(edges_of(one.world, one.known), one.known, one.held)
            links.writerows(steps)
            alive = current_lines(one.world, one.known, one.papers)
            _write_lines(current, alive)
            counts.update(f"relation_{row['relation']}" for row in steps)
            counts.update(f"kind_{said.form or said.kind}" for said in one.papers)
            counts.update(
                entries=len(one.papers),
                keys=len(one.known),
                links=len(steps),
                current=len(alive),
                living=len(one.world.lots),
                numbers=len(one.world.nodes),
            )
            if on_land:
                on_land(place + 1, counts["entries"])
    summary = {
        "seed": seed,
        "parcels": parcels,
        "communes": communes,
        "notes": notes,
        "errors": errors,
        **sorted_counts(counts),
    }
    (out / "truth" / "summary.json").write_text(json.dumps(summary, indent=1) + "\n", encoding="utf-8")
    return summary


def sorted_counts(counts: Mapping[str, int]) -> dict[str, int]:
    """Return the counts by name."""
    return dict(sorted(counts.items()))


def _write_lines(file: Any, lines: Iterable[Mapping[str, Any]]) -> None:
    for one in lines:
        file.write(json.dumps(one, ensure_ascii=False, separators=(",", ":")) + "\n")
