"""Map series: which papers of a sheet share one numbering (contract.md, Parcel keys).

Papers of 299 and 1988 share a series. Later a sheet may have been numbered anew at any survey: papers of two eras are
of one numbering where the parcels of equal number agree in area and user, and of two where they do not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log

from cadastre.mentions import Mention
from cadastre.territory import grown
from schemas.documents import Era
from schemas.parcels import ParcelKey
from schemas.tables import Tables

ERAS: tuple[Era, ...] = ("299", "1988", "1993", "2003", "2009", "2013", "2024")
Sheet = tuple[str, str]  # unit, sheet
#: Natural logarithms of how much likelier an observation is within one numbering than between two.
_AREA_AGREES, _AREA_DIFFERS = log(0.85 / 0.06), log(0.15 / 0.94)
_NAME_AGREES, _NAME_DIFFERS = log(0.7 / 0.04), log(0.3 / 0.96)
_AREA_SHARE = 0.03
#: A survey numbers most sheets of a commune anew together: so much of the commune's evidence counts for each sheet.
_COMMUNE_SHARE, _COMMUNE_MOST = 0.15, 3.0
_PRIOR = 0.5  # slightly for one numbering: papers follow the map in force


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the papers of one era tell of one number of a sheet."""

    areas: tuple[float, ...]
    names: frozenset[str]


def _root(era: Era) -> Era:
    return "299" if era == "1988" else era


def _near(one: Sequence[float], other: Sequence[float]) -> bool:
    return any(abs(a - b) <= max(1.0, _AREA_SHARE * max(a, b)) for a in one for b in other)


def _evidence(one: Mapping[str, _Seen], other: Mapping[str, _Seen]) -> float:
    """Return the log odds that two eras number a sheet alike, from the numbers that both have."""
    total = 0.0
    for number in one.keys() & other.keys():
        a, b = one[number], other[number]
        told = 0.0
        if a.areas and b.areas:
            told += _AREA_AGREES if _near(a.areas, b.areas) else _AREA_DIFFERS
        if a.names and b.names:
            told += _NAME_AGREES if a.names & b.names else _NAME_DIFFERS
        total += told
    return total


def numberings(mentions: Iterable[Mention], tables: Tables) -> dict[tuple[str, str, Era], Era]:
    """Return for each (unit, sheet, era of papers) the era that names its map series.

    Papers of an era belong to the latest earlier numbering that they agree with, else they begin one. Papers of a
    commune that took over others under its old code number its sheets anew.
    """
    seen: dict[Sheet, dict[Era, dict[str, list[Mention]]]] = defaultdict(lambda: defaultdict(lambda: defaultdict(list)))
    for mention in mentions:
        place = mention.key
        if grown(place.unit, place.era, mention.day, tables):
            continue
        seen[place.unit, place.sheet][_root(place.era)][place.parcel].append(mention)
    told = {sheet: {era: _numbers(of_era) for era, of_era in eras.items()} for sheet, eras in seen.items()}
    around = _of_communes(told)
    out: dict[tuple[str, str, Era], Era] = {}
    for (unit, sheet), eras in sorted(told.items()):
        begun: dict[Era, dict[str, _Seen]] = {}
        for era in sorted(eras, key=ERAS.index):
            best = 0.0
            home = era
            for start in [] if era == "299" else [start for start in begun if start != "299"][::-1]:
                commune = around.get((unit, start, era), 0.0) - _evidence(told[unit, sheet][start], eras[era])
                capped = max(-_COMMUNE_MOST, min(_COMMUNE_MOST, _COMMUNE_SHARE * commune))
                odds = _PRIOR + _evidence(begun[start], eras[era]) + capped
                if odds > best:
                    best, home = odds, start
            out[unit, sheet, era] = home
            begun[home] = {**eras[era], **begun.get(home, {})}
    return out


def _numbers(of_era: Mapping[str, Sequence[Mention]]) -> dict[str, _Seen]:
    return {
        number: _Seen(
            tuple(area for mention in mentions for area in mention.areas),
            frozenset(name for mention in mentions for name in mention.names),
        )
        for number, mentions in of_era.items()
    }


def _of_communes(told: Mapping[Sheet, Mapping[Era, Mapping[str, _Seen]]]) -> dict[tuple[str, Era, Era], float]:
    """Return for each unit and two eras the evidence of all its sheets together."""
    out: dict[tuple[str, Era, Era], float] = defaultdict(float)
    for (unit, _), eras in told.items():
        ordered = sorted(eras, key=ERAS.index)
        for place, one in enumerate(ordered):
            for other in ordered[place + 1 :]:
                out[unit, one, other] += _evidence(eras[one], eras[other])
    return out


def placed(own: ParcelKey, day: str | None, series: Mapping[tuple[str, str, Era], Era], tables: Tables) -> ParcelKey:
    """Return the key of a paper's parcel with the era of its map series; `day` is the paper's ISO day."""
    if grown(own.unit, own.era, day, tables):
        return own
    return ParcelKey(own.unit, series.get((own.unit, own.sheet, _root(own.era)), own.era), own.sheet, own.parcel)
