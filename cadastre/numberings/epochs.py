"""Epochs: the papers of one era before and after the day on which a new map came into force.

A survey seldom falls on the day of a new law, so papers of one era may follow two maps. Where a commune's papers of
one number agree before a day and after it, but not across, its parcels were numbered anew about that day.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import inf

import numpy as np
from numpy.typing import NDArray

from cadastre.numberings.agreement import Likeness
from cadastre.numberings.highest_numbers import above, ceiling
from cadastre.numberings.mentions import Mention
from cadastre.numberings.numbered_papers import END, LISTS, Numbers, Papers

#: A new map must explain so much more (natural logarithm) than a change at the era's ends: over a commune, on a sheet.
_COMMUNE, _SHEET = 6.0, 8.0
#: And an undated book must agree so much more with the papers after the day than with those before it.
_BOOK = 8.0
#: So much must speak for the new map in a paper from before the day.
_BEFORE = 4.0


@dataclass(frozen=True, slots=True)
class Cut:
    """A new map in an era: the day from which papers follow it, the undated books of it, and whether there are dated
    papers before and after."""

    day: str
    books: frozenset[str]  # document ids
    inside: bool


def parted(
    own: Mapping[str, Numbers], earlier: Mapping[str, Numbers], later: Mapping[str, Numbers], alike: Likeness
) -> list[dict[str, Papers]]:
    """Return the papers of an era of one commune by sheet: those before a new map, and those after it, if it had one.

    `earlier` are the papers of the numbering that was in force on each sheet, `later` those of the era that follows.
    """
    days = sorted({m.day for told in own.values() for many in told.values() for m in many if m.day})
    bends = {s: _bends(told, earlier.get(s, {}), later.get(s, {}), days, alike) for s, told in own.items()}
    common = _place(sum((one.odds for one in bends.values()), np.zeros(len(days) + 1)), _COMMUNE)
    places = {sheet: _place(one.odds, _SHEET, common) for sheet, one in bends.items()}
    # a map that the next era's papers contradict tells nothing of theirs, nor they of it
    same = {s: {} if (at := places[s]) is not None and bends[s].anew[at] >= _SHEET else later.get(s, {}) for s in own}
    ends = [*days, END]
    books = _books_after(own, earlier, same, END if common is None else ends[common], alike)
    out: list[dict[str, Papers]] = [{}, {}]
    for sheet, told in own.items():
        place = places[sheet]
        cut = None if place is None else Cut(ends[place], books, 0 < place < len(days))
        for part, papers in zip(out, _halves(told, cut, earlier.get(sheet, {}), same[sheet], alike), strict=True):
            if papers:
                part[sheet] = papers
    return [part for part in out if part]


@dataclass(frozen=True, slots=True)
class _Bends:
    """For each day of an era, and for its end: the log odds (`odds`) that a sheet's papers from it on number otherwise,
    and those (`anew`) that the next era's papers number otherwise than these; 0 at the ends."""

    odds: NDArray[np.float64]
    anew: NDArray[np.float64]


def _bends(told: Numbers, earlier: Numbers, later: Numbers, days: Sequence[str], alike: Likeness) -> _Bends:
    """Return for each day, and for the era's end, how likely the papers from it on number otherwise.

    The first day stands for a change at the era's beginning. A map that came into force on a day may be as short-lived
    as the era's other one: where its papers contradict those of the era that follows, or the papers before the day
    those of the era that went before, the parcels were numbered anew there too, and that explains as much on each day.
    """
    across, unlike_earlier, unlike_later = (np.zeros(len(days) + 2) for _ in range(3))
    for number, many in told.items():
        dated = sorted((m for m in many if m.day), key=lambda m: (m.day or "", m.entry_id))
        if not dated:
            continue
        bounds = sorted({m.day or "" for m in dated})
        of_earlier, of_later = earlier.get(number, ()), later.get(number, ())
        for at in range(len(bounds) + 1):
            first = bounds[at] if at < len(bounds) else None
            before = [m for m in dated if first is None or (m.day or "") < first]
            after = dated[len(before) :]
            start = 0 if at == 0 else bisect_right(days, bounds[at - 1])
            end = bisect_left(days, bounds[at]) if at < len(bounds) else len(days)
            for steps, odds in (
                (across, _mean(alike(m, [*of_earlier, *before]) for m in after)),
                (across, _mean(alike(m, [*after, *of_later]) for m in before)),
                (unlike_earlier, _mean(alike(m, of_earlier) for m in before)),
                (unlike_later, _mean(alike(m, of_later) for m in after)),
            ):
                steps[start] -= odds
                steps[end + 1] += odds
    bends, at_start, at_end = (np.cumsum(steps)[: len(days) + 1] for steps in (across, unlike_earlier, unlike_later))
    both = np.maximum(at_start, 0.0) + np.maximum(at_end, 0.0) - min(max(bends[0], 0.0), max(bends[-1], 0.0))
    both[[0, -1]] = at_end[[0, -1]] = 0.0
    return _Bends(bends + both, at_end)


def _mean(told: Iterable[float]) -> float:
    """Return the mean, zero of nothing: papers of one number tell one thing, however many there are."""
    values = list(told)
    return sum(values) / len(values) if values else 0.0


def _place(bends: NDArray[np.float64], least: float, common: int | None = None) -> int | None:
    """Return the place of the day from which papers number otherwise; the commune's unless the sheet's is far better.

    The first place is the era's beginning, the last its end: a day must explain more than these. None where nothing
    speaks for a change.
    """
    best = int(np.argmax(bends))
    if common is not None:
        return best if bends[best] >= bends[common] + least else common
    if 0 < best < len(bends) - 1 and bends[best] < max(bends[0], bends[-1], 0.0) + least:
        best = 0 if bends[0] >= bends[-1] else len(bends) - 1
    return best if bends[best] >= least else None


def _books_after(
    own: Mapping[str, Numbers], earlier: Mapping[str, Numbers], later: Mapping[str, Numbers], day: str, alike: Likeness
) -> frozenset[str]:
    """Return the undated books (document ids) that number as papers from the day on do, not as those before it.

    After an era papers may still follow its map; a book is of the next one only where it contradicts that map.
    """
    agreeing: dict[str, float] = defaultdict(float)
    opposing: dict[str, float] = defaultdict(float)
    for sheet, told in own.items():
        for number, many in told.items():
            before = [*earlier.get(sheet, {}).get(number, ()), *(m for m in many if m.day and m.day < day)]
            after = [*later.get(sheet, {}).get(number, ()), *(m for m in many if m.day and m.day >= day)]
            for mention in many:
                if mention.kind in LISTS and not mention.day:
                    agreeing[mention.document_id] += alike(mention, after)
                    opposing[mention.document_id] -= alike(mention, before)
    return frozenset(
        book for book, odds in agreeing.items() if odds + opposing[book] > _BOOK and (day < END or opposing[book] > 0.0)
    )


def _halves(told: Numbers, cut: Cut | None, earlier: Numbers, later: Numbers, alike: Likeness) -> tuple[Papers, Papers]:
    """Return the papers before and from the day; what is undated goes with what it agrees with."""
    halves: tuple[Papers, Papers] = ({}, {})
    undated: list[Mention] = []
    top = _top_after(told, cut, later)
    for many in told.values():
        for mention in many:
            late = _is_late(mention, cut, earlier, later, top, alike)
            if late is None:
                undated.append(mention)
            else:
                halves[late].setdefault(mention.key.parcel, []).append(mention)
    if not undated:
        return halves
    dated = [{number: list(many) for number, many in half.items()} for half in halves]
    most = sum(map(len, dated[1].values())) > sum(map(len, dated[0].values()))
    for mention in undated:
        number = mention.key.parcel
        odds = alike(mention, [*dated[1].get(number, ()), *later.get(number, ())])
        odds -= alike(mention, [*dated[0].get(number, ()), *earlier.get(number, ())])
        halves[odds > 0 or (odds == 0 and most)].setdefault(number, []).append(mention)
    return halves


def _top_after(told: Numbers, cut: Cut | None, later: Numbers) -> float:
    """Return the number above which the map after the day has no parcels: by its own book, else by the era after it.

    The sheet may have been drawn anew once more by then.
    """
    books = cut.books if cut else frozenset()
    top = ceiling(m for many in told.values() for m in many if m.document_id in books)
    return top if top < inf else ceiling(m for many in later.values() for m in many)


def _is_late(
    mention: Mention, cut: Cut | None, earlier: Numbers, later: Numbers, top: float, alike: Likeness
) -> bool | None:
    """Return whether a paper is of the new map by its day, unless its parcel tells otherwise, or by its book.

    None where the parcel alone must tell.
    """
    if cut is None:
        return False
    if mention.day:
        number = mention.key.parcel
        if not cut.inside:
            return mention.day >= cut.day
        if above(number, top):
            return False
        odds = alike(mention, later.get(number, ())) - alike(mention, earlier.get(number, ()))
        return mention.day >= cut.day or odds > _BEFORE
    if mention.kind in LISTS:
        return mention.document_id in cut.books
    return None if cut.inside else cut.day < END
