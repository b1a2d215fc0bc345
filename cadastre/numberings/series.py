"""Map series: which papers of a sheet share one numbering (contract.md, Parcel keys).

A sheet may have been numbered anew at any survey, and papers follow the old map for some years. Papers are of one
numbering where the parcels of equal number agree in area and user, and of two where they do not; a numbering is named
by the era of its earliest paper.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from cadastre.numberings.agreement import likeness
from cadastre.numberings.beginnings import numberings_of
from cadastre.numberings.divided_communes import before_division, taken_from
from cadastre.numberings.followers import followed, settled
from cadastre.numberings.mentions import Mention
from cadastre.numberings.numbered_papers import ERAS, Papers
from schemas.documents import Era
from schemas.tables import Tables

__all__ = ["ERAS", "numberings"]


Sheets = Mapping[str, Mapping[Era, Papers]]
"""Papers of a commune by sheet, era and parcel number."""


def numberings(mentions: Iterable[Mention], tables: Tables) -> dict[str, Era]:
    """Return for each paper (entry id) the era that names its map series; the order of the papers changes nothing."""
    known = sorted(mentions, key=lambda m: m.entry_id)
    alike = likeness(known)
    communes: dict[str, dict[str, dict[Era, Papers]]] = defaultdict(
        lambda: defaultdict(lambda: defaultdict(lambda: defaultdict(list)))
    )
    for mention in known:
        place = mention.key
        communes[place.unit][place.sheet][place.era][place.parcel].append(mention)
    out: dict[str, Era] = {}
    for unit in sorted(communes):
        begun = numberings_of(_with_older_books(unit, communes, tables), tables, alike)
        for group in settled(followed(begun[sheet], tables, alike) for sheet in sorted(begun)):
            out |= _named([mention for mention in group if mention.key.unit == unit])
    return out


def _with_older_books(unit: str, communes: Mapping[str, Sheets], tables: Tables) -> Sheets:
    """Return the papers of a commune, with those of its sheets from when it was a part of another commune."""
    whole = communes.get(taken_from(unit, tables) or "", {})
    out: dict[str, dict[Era, Papers]] = {}
    for sheet, eras in communes[unit].items():
        out[sheet] = {era: {number: list(told) for number, told in numbers.items()} for era, numbers in eras.items()}
        for era, numbers in whole.get(sheet, {}).items():
            for number, told in numbers.items():
                if older := [mention for mention in told if before_division(mention, unit, tables)]:
                    out[sheet].setdefault(era, {}).setdefault(number, []).extend(older)
    return out


def _named(group: Sequence[Mention]) -> dict[str, Era]:
    """Return the name of a numbering, the era of its earliest paper, for each of its papers."""
    first: Era = min((m.key.era for m in group), key=ERAS.index, default="299")
    return {m.entry_id: first for m in group}
