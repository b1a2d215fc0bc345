"""A whole district: its papers, its truth, and figures of how much is told."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.told.closing import close
from benchmarks.told.expert import expert
from benchmarks.told.founding import found
from benchmarks.told.land import Parcel
from benchmarks.told.misreading import misread
from benchmarks.told.people import People
from benchmarks.told.standing import ATTRIBUTES, contested, current
from benchmarks.told.telling import Told, told_of
from benchmarks.told.truth import Step, Truth, truth_of
from benchmarks.told.world import World, Written
from benchmarks.told.years import YEARS, pass_year

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class District:
    """A district's world, truth, what tells each link, what stands now, and how the papers were misread."""

    world: World
    truth: Truth
    told: Mapping[Pair, Told]
    current: Sequence[Mapping[str, Any]]
    reading: Mapping[str, int]

    def entries(self) -> list[dict[str, Any]]:
        """Return the entries in the contract's form, the papers in no order."""
        papers: dict[str, list[dict[str, Any]]] = {}
        for one in self.world.written:
            papers.setdefault(one.entry["document_id"], []).append(one.entry)
        order = list(papers)
        random.Random(self.world.seed).shuffle(order)
        return [entry for paper in order for entry in papers[paper]]

    def lineage(self) -> list[tuple[str, str, str, str]]:
        """Return the true steps: older key, younger key, relation, what tells it."""
        return [(*pair, step.relation, self.told[pair].words()) for pair, step in sorted(self.truth.steps.items())]

    def counts(self) -> dict[str, Any]:
        """Return how much there is, how much is told, and how much a crude expert finds."""
        entries, living = self.world.written, [one for one in self.world.parcels if not one.died]
        known = {name: sum(row["knowable"][name] for row in self.current) for name in ATTRIBUTES}
        return {
            "entries": len(entries),
            "statuses": Counter(one.entry["status"] for one in entries),
            "kinds": Counter(":".join(filter(None, (one.entry["kind"], one.entry["form"]))) for one in entries),
            "living": len(living),
            "living_attested": len(self.current),
            "keys": len(set(self.truth.keys.values())),
            "colliding_keys": len(self.truth.keys) - len(set(self.truth.keys.values())),
            "links": len(self.truth.steps),
            "by_relation": Counter(step.relation for step in self.truth.steps.values()),
            "told": _shares(self.told.values()),
            "area_change_of_same": self._area_change(),
            "known": known,
            "contested_certificates": sum(contested(one, self._entries_of(one)) for one in living if one.certificate),
            "events": self.world.events,
            "reading": self.reading,
            "expert": expert(self.truth, {pair: told.printed for pair, told in self.told.items()}),
        }

    def _entries_of(self, parcel: Parcel) -> list[Written]:
        return [one for name in parcel.series() for one in self.truth.attested.get((parcel.no, name), ())]

    def _area_change(self) -> dict[str, float]:
        """Return which shares of the links `same` differ in area by more than 5 and 10 %."""
        parcels = {one.no: one for one in self.world.parcels}
        changes = [_change(step, parcels) for step in self.truth.steps.values() if step.relation == "same"]
        count = max(1, len(changes))
        return {
            f"beyond_{some}_percent": round(sum(one > some / 100 for one in changes) / count, 3) for some in (5, 10)
        }


def _change(step: Step, parcels: Mapping[int, Parcel]) -> float:
    older, younger = (parcels[no].areas[series] for no, series in (step.start, step.end))
    return abs(younger / older - 1)


def _shares(all_told: Iterable[Told]) -> dict[str, float]:
    """Return the shares of links by what tells them."""
    links = list(all_told)
    sums = {
        "number": sum(one.number for one in links),
        "serial": sum(one.serial for one in links),
        "number_or_serial": sum(one.printed for one in links),
        "name": sum(one.name for one in links),
        "name_only": sum(one.name and not one.printed for one in links),
        "nothing": sum(not (one.printed or one.name) for one in links),
        "nothing_nor_surname": sum(not (one.printed or one.surname) for one in links),
    }
    return {name: round(count / max(1, len(links)), 4) for name, count in sums.items()}


def make_district(seed: int, parcels: int, errors: str = "none") -> District:
    """Return a district of about so many parcels at the end; `errors` is none or worn."""
    chance = random.Random(1000003 * seed + 17)
    world = World(seed, chance, People(chance))
    found(world, parcels)
    for year in YEARS:
        pass_year(world, year)
    close(world)
    reading = misread(world.written, random.Random(77 * seed + 5)) if errors == "worn" else {}
    truth = truth_of(world.parcels, world.written)
    numbered = {one.no: one for one in world.parcels}
    told = {pair: told_of(step, truth, numbered) for pair, step in truth.steps.items()}
    return District(world, truth, told, current(world.parcels, truth), reading)
