"""One district of a seed: land, forty years, its papers as they are read, and the truth."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass
from typing import Any

from benchmarks.plain.hardness import Step, ratios, seen_steps, shares
from benchmarks.plain.issuing import Offices
from benchmarks.plain.land import Country
from benchmarks.plain.papers import Archive
from benchmarks.plain.reading import Errors
from benchmarks.plain.settling import settle
from benchmarks.plain.standing import NAMES, current
from benchmarks.plain.truth import Keys
from benchmarks.plain.writing import Given, hand_over
from benchmarks.plain.years import Chronicle

#: Words before the seed of the two runs of chance: with others the same seed makes another district.
_LAND, _READING = "handb", "err"


@dataclass(frozen=True, slots=True)
class District:
    """A district with its land, the entries, and the truth about them."""

    country: Country
    given: list[Given]
    keys: Keys
    steps: list[Step]
    current: list[dict[str, Any]]

    def counts(self) -> dict[str, Any]:
        """Return what a reader of the results wants to know of the district's size and hardness."""
        communes = self.country.communes
        read = sum(len(one.paper.fields) for one in self.given)
        taken = sum(one.told(name) for one in self.given for name in one.paper.fields)
        kinds = Counter(f"{one.paper.kind} {one.paper.era}" for one in self.given)
        earlier = [one for one in self.given if one.attests and not self.keys.is_latest(one)]
        count = max(len(self.current), 1)
        return {
            "surveys": {one.letter: [one.second, one.digital] if one.second else [one.digital] for one in communes},
            "numbers_told": {one.letter: round(one.tells, 2) for one in communes},
            "changes_noted": {one.letter: round(one.notes, 2) for one in communes},
            "entries": len(self.given),
            "attesting": sum(one.attests for one in self.given),
            "by_an_earlier_map_of_their_era": len(earlier),
            "values_not_taken_right": round(1 - taken / max(read, 1), 4),
            "living_pieces": len(self.country.living()),
            "living_with_key": len(self.current),
            "keys": len(self.keys.attested),
            "links": len(self.steps),
            "relations": shares(self.steps),
            "ratio_same": ratios(self.steps),
            "knowable": {name: round(sum(row["knowable"][name] for row in self.current) / count, 3) for name in NAMES},
            "kinds": dict(sorted(kinds.items())),
        }


def make_district(seed: int, parcels: int = 2000, errors: Errors = "none") -> District:
    """Return the district of a seed: the same arguments give the same district, with and without errors one land."""
    country = Country(random.Random(f"{_LAND}{seed}"))
    hamlets = settle(country, parcels)
    archive = Archive(country)
    Chronicle(Offices(archive), hamlets).run()
    given = hand_over(archive.papers, errors, random.Random(f"{_READING}{seed}{errors}"))
    keys = Keys(given)
    return District(country, given, keys, seen_steps(given, keys), current(country.pieces, given, keys))
