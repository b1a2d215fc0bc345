"""A crude expert who is given what is told: how many of the links that no number tells can be found at all."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import linear_sum_assignment

from benchmarks.told.books import digits
from benchmarks.told.naming import unmarked
from benchmarks.told.truth import Truth
from benchmarks.told.world import Written

_FORMER_USER = re.compile(r"(?:Nhận \S+ \S+ của|Nhận thừa kế của) (?:ông |bà )?(.+?)(?:;|$)")
_USES = {
    "L": ("2L", "1L", "Lúa", "LUC", "LUK"), "T": ("T", "T+V", "Đất ở", "ĐƠ", "ONT"), "M": ("M", "Màu", "BHK", "HNK"),
    "V": ("V", "Vườn", "LNK", "CLN"), "R": ("R", "RSX"),
}  # fmt: skip
_GROUPS = {code: group for group, codes in _USES.items() for code in codes}
Pair = tuple[str, str]
Place = tuple[int, int, int]  # older number, younger sheet, younger number


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the papers of one key say, put together."""

    unit: str
    sheet: int
    parcel_no: str
    names: frozenset[str]
    areas: tuple[float, ...]
    use: str
    toponyms: frozenset[str]

    @property
    def number(self) -> int:
        return digits(self.parcel_no)


def expert(truth: Truth, told: Mapping[Pair, bool]) -> dict[str, Any]:
    """Return how many untold links `same` and `unit_change` the expert finds, and the recall over all links.

    `told` says of each true pair whether a number or serial is printed. The expert knows these, and weighs names,
    areas, uses, toponyms and the order of the neighbours whose numbers are told.
    """
    seen = {truth.keys[node]: _see(truth.keys[node], entries) for node, entries in truth.attested.items()}
    untold: dict[Pair, list[Pair]] = {}
    places: dict[tuple[str, str, int], list[Place]] = {}
    for (old, new), step in truth.steps.items():
        if told[old, new]:
            place = seen[old].number, seen[new].sheet, seen[new].number
            places.setdefault((_map(old), _map(new), seen[old].sheet), []).append(place)
        elif step.relation in ("same", "unit_change"):
            untold.setdefault((_map(old), _map(new)), []).append((old, new))
    found: set[Pair] = set()
    for (before, after), pairs in untold.items():
        olds, news = _open(seen, truth, told, before, after, {old for old, _ in pairs})
        near = {sheet: some for (one, two, sheet), some in places.items() if (one, two) == (before, after)}
        found |= _assigned(seen, olds, news, near)
    wanted = {pair for pairs in untold.values() for pair in pairs}
    missed = len(wanted - found)
    return {
        "untold": len(wanted),
        "found": len(wanted & found),
        "false": len(found - truth.steps.keys()),
        "attainable_recall": round(1 - missed / max(1, len(truth.steps)), 4),
    }


def _map(key: str) -> str:
    """Return the unit and era of a key."""
    return key.split("/")[0]


def _see(key: str, entries: Iterable[Written]) -> _Seen:
    names: set[str] = set()
    toponyms: set[str] = set()
    areas: list[float] = []
    uses: Counter[str] = Counter()
    for one in entries:
        names |= {_plain(owner["name"]) for owner in one.printed("owners") or ()}
        if former := _FORMER_USER.search(one.printed("change_note") or ""):
            names.add(_plain(former[1].strip()))
        if one.printed("area_m2"):
            areas.append(one.printed("area_m2"))
        if one.printed("land_use"):
            uses[_GROUPS.get(one.printed("land_use")[0]["code"], "A")] += 1
        if one.printed("toponym"):
            toponyms.add(_plain(one.printed("toponym")).replace("xu ", "").replace("dong ", ""))
    map_name, sheet, number = key.split("/")
    use = uses.most_common(1)[0][0] if uses else ""
    return _Seen(map_name[:5], int(sheet), number, frozenset(names), tuple(areas), use, frozenset(toponyms))


def _plain(text: str) -> str:
    return unmarked(text).lower()


def _open(
    seen: Mapping[str, _Seen], truth: Truth, told: Mapping[Pair, bool], before: str, after: str, wanted: set[str]
) -> tuple[list[str], list[str]]:
    """Return the keys of two maps that no number links, without those that go on to another map."""
    gone = {old for old, new in truth.steps if _map(new) != after or told[old, new]} - wanted
    reached = {new for _, new in (pair for pair, printed in told.items() if printed)}
    olds = sorted(key for key in seen if _map(key) == before and key not in gone)
    return olds, sorted(key for key in seen if _map(key) == after and key not in reached)


def _assigned(
    seen: Mapping[str, _Seen], olds: Sequence[str], news: Sequence[str], places: Mapping[int, Sequence[Place]]
) -> set[Pair]:
    """Return the pairs of the best assignment that weigh enough."""
    weights = np.zeros((len(olds), len(news)))
    for row, old in enumerate(olds):
        near = places.get(seen[old].sheet, ())
        for column, new in enumerate(news):
            weights[row, column] = _alike(seen[old], seen[new]) + _beside(seen[old], seen[new], near)
    rows, columns = linear_sum_assignment(-weights)
    pairs = zip(rows, columns, strict=True)
    return {(olds[row], news[column]) for row, column in pairs if weights[row, column] > 2}


def _alike(old: _Seen, new: _Seen) -> float:
    """Return how much owners, areas, use and toponyms speak for a pair."""
    weight = 1.2 if old.use == new.use else -2.0
    if old.names & new.names:
        weight += 4
    elif {name.split()[0] for name in old.names} & {name.split()[0] for name in new.names}:
        weight += 0.6
    if old.areas and new.areas:
        apart = min(abs(math.log(one / two)) for one in old.areas for two in new.areas)
        weight += 3 * math.exp(-((apart / 0.05) ** 2) / 2) - min(3, apart * 6)
        same = min(abs(one - two) for one in old.areas for two in new.areas) < 0.11
        if old.unit != new.unit and old.parcel_no == new.parcel_no and same:
            weight += 4
    if old.toponyms and new.toponyms:
        weight += 1.2 if old.toponyms & new.toponyms else -1
    return weight


def _beside(old: _Seen, new: _Seen, near: Sequence[Place]) -> float:
    """Return how well a pair fits among the neighbours whose younger numbers are told."""
    weight = 0.0
    if near:
        weight += 1.2 if sum(sheet == new.sheet for _, sheet, _ in near) >= 2 else -4
    closest = sorted((abs(one[0] - old.number), one) for one in near if one[1] == new.sheet)[:4]
    if closest and closest[0][0] <= 12:
        steps = ((apart, (one[2] - new.number) - (one[0] - old.number)) for apart, one in closest)
        return weight + max(2.2 * math.exp(-((off / (2.5 + 0.4 * apart)) ** 2) / 2) for apart, off in steps) - 0.8
    return weight - (0.8 if any(abs(one[0] - old.number) <= 4 for one in near) else 0.0)
