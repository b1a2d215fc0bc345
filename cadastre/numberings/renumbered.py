"""Papers of a sheet that share no number with the older ones, and whose parcels stand there under other numbers.

Where few papers of a sheet are held, two maps of it may have no number in common. Then users tell: if the parcel that a
household holds is as large as one of its parcels under another number, over and over, the sheet was numbered anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import log

from cadastre.numberings.agreement import same_user
from cadastre.numberings.mentions import Mention
from cadastre.numberings.numbered_papers import Numbers

#: How near two areas are that may be of one parcel on two maps, and how often they are by chance.
_NEAR, _BY_CHANCE = 0.08, 0.1
#: How often a parcel of a user who stood on the older map is found so near there, if it was numbered anew.
_FOUND = 0.6
#: What it tells that a paper prints, as its old number, a number of the older papers, and speaks of no change.
_PRINTED = 3.0
#: What is to be outweighed: parts of a divided parcel too have its user, and may be as large as another of his.
_AGAINST = 4.0


def renumbered(older: Numbers, newer: Numbers) -> float:
    """Return the log odds that papers with other numbers follow another map; 0.0 where nothing speaks for it."""
    odds = sum(_odds(older, told) for told in newer.values())
    return max(0.0, odds - _AGAINST)


def _odds(older: Numbers, told: Sequence[Mention]) -> float:
    """Return what the papers of one number tell."""
    if any(_prints(mention, older) for mention in told):
        return _PRINTED
    users = [mention for mention in told if mention.names and not mention.body]
    theirs = [many for many in older.values() if any(same_user(one, other) for one in users for other in many)]
    sized = [many for many in theirs if any(other.areas for other in many)]
    areas = {area for mention in told for area in mention.areas}
    if not sized or not areas:
        return 0.0
    chance = 1.0 - (1.0 - _BY_CHANCE) ** len(sized)
    if any(_near(area, other) for many in sized for area in areas for one in many for other in one.areas):
        return max(0.0, log(_FOUND / chance))
    return min(0.0, log((1.0 - _FOUND) / (1.0 - chance)))


def _prints(mention: Mention, older: Numbers) -> bool:
    if mention.carved or mention.joined:
        return False
    return any(_on_sheet(old, mention.key.sheet) in older for old in mention.olds)


def _on_sheet(old: str, sheet: str) -> str | None:
    """Return the parcel of an old number `sheet/parcel` or `?/parcel` that is on this sheet."""
    its, parcel = old.split("/", 1)
    return parcel if its in ("?", sheet) else None


def _near(one: float, other: float) -> bool:
    return abs(one - other) <= max(1.0, _NEAR * max(one, other))
