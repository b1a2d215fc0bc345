"""Epochs: the papers of one era before and after the day on which a new map came into force.

A survey seldom falls on the day of a new law, so papers of one era may follow two maps. Where a commune's papers of
one number agree before a day and after it, but not across, its parcels were numbered anew about that day.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from cadastre.agreement import agreement
from cadastre.mentions import Mention

Numbers = Mapping[str, Sequence[Mention]]
"""Papers of a sheet, by parcel number."""
Papers = dict[str, list[Mention]]
"""The same, to be filled."""
#: Papers that list the parcels of a map.
LISTS = ("so_muc_ke", "ban_do", "du_lieu")
#: A new map must explain so much more (natural logarithm) than a change at the era's ends: over a commune, on a sheet.
_COMMUNE, _SHEET = 6.0, 8.0


def parted(
    own: Mapping[str, Numbers], earlier: Mapping[str, Numbers], later: Mapping[str, Numbers]
) -> list[dict[str, Papers]]:
    """Return the papers of an era of one commune by sheet: those before a new map, and those after it, if it had one.

    `earlier` are the papers of the numbering that was in force on each sheet, `later` those of the era that follows.
    """
    days = sorted({m.day for told in own.values() for many in told.values() for m in many if m.day})
    bends = {s: _bends(told, earlier.get(s, {}), later.get(s, {}), days) for s, told in own.items()}
    common = _day(sum(bends.values(), np.zeros(len(days) + 1)), days, _COMMUNE)
    out: list[dict[str, Papers]] = [{}, {}]
    for sheet, told in own.items():
        day = _day(bends[sheet], days, _SHEET) or common
        for part, papers in zip(out, _halves(told, day, earlier.get(sheet, {}), later.get(sheet, {})), strict=True):
            if papers:
                part[sheet] = papers
    return [part for part in out if part]


def _bends(told: Numbers, earlier: Numbers, later: Numbers, days: Sequence[str]) -> NDArray[np.float64]:
    """Return for each day, and for the era's end, the log odds that the papers from it on number otherwise.

    The first day stands for a change at the era's beginning.
    """
    steps = np.zeros(len(days) + 2)
    for number, many in told.items():
        dated = sorted((m for m in many if m.day), key=lambda m: (m.day or "", m.entry_id))
        if not dated:
            continue
        bounds = sorted({m.day or "" for m in dated})
        for at in range(len(bounds) + 1):
            first = bounds[at] if at < len(bounds) else None
            before = [m for m in dated if first is None or (m.day or "") < first]
            after = dated[len(before) :]
            across = sum(agreement(m, [*earlier.get(number, ()), *before]) for m in after)
            across += sum(agreement(m, [*after, *later.get(number, ())]) for m in before)
            start = 0 if at == 0 else bisect_right(days, bounds[at - 1])
            end = bisect_left(days, bounds[at]) if at < len(bounds) else len(days)
            steps[start] -= across
            steps[end + 1] += across
    return np.cumsum(steps)[: len(days) + 1]


def _day(bends: NDArray[np.float64], days: Sequence[str], least: float) -> str | None:
    """Return the day from which papers number otherwise; None where a change at an end explains as much."""
    if len(days) < 2:
        return None
    best = int(np.argmax(bends[1:-1])) + 1
    return days[best] if bends[best] >= max(bends[0], bends[-1], 0.0) + least else None


def _halves(told: Numbers, day: str | None, earlier: Numbers, later: Numbers) -> tuple[Papers, Papers]:
    """Return the papers before and from the day; what is undated goes with what it agrees with."""
    halves: tuple[Papers, Papers] = ({}, {})
    undated: dict[str, list[Mention]] = defaultdict(list)
    for number, many in told.items():
        for mention in many:
            if day is None or mention.day:
                halves[bool(day and mention.day and mention.day >= day)].setdefault(number, []).append(mention)
            else:
                undated[mention.document_id if mention.kind in LISTS else mention.entry_id].append(mention)
    dated = [{number: list(many) for number, many in half.items()} for half in halves]
    most = sum(map(len, dated[1].values())) > sum(map(len, dated[0].values()))
    for _, book in sorted(undated.items()):
        odds = sum(
            agreement(m, [*dated[1].get(m.key.parcel, ()), *later.get(m.key.parcel, ())])
            - agreement(m, [*dated[0].get(m.key.parcel, ()), *earlier.get(m.key.parcel, ())])
            for m in book
        )
        for mention in book:
            halves[odds > 0 or (odds == 0 and most)].setdefault(mention.key.parcel, []).append(mention)
    return halves
