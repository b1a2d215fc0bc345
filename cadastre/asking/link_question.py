"""One question of how two maps go together, and what all of them are made of."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass

from cadastre.asking.rival_lots import Land, Map
from cadastre.linking.lots import Lot
from cadastre.words.wording import say_number
from schemas.answers import LinkAsked, LinkKind, Place, Side
from schemas.errors import Message
from schemas.parcels import ParcelKey

#: Further answers that a question shows.
MOST_OTHERS = 3


@dataclass(frozen=True, slots=True)
class LinkQuestion:
    """One thing to ask of how two maps go together.

    `best` is the likeliest answer in words, empty where nothing is offered; `others` are further ones, `p` the
    probability of the best where it is known. `settled` are the parcels whose history the answer settles, `minutes`
    what it takes to find it.
    """

    asked: LinkAsked
    words: Message
    best: str
    others: tuple[str, ...]
    why: Message
    p: float | None
    settled: frozenset[ParcelKey]
    minutes: float


def by_worth(question: LinkQuestion) -> tuple[object, ...]:
    """Return where a question stands among all: what settles most a minute first, then what lies beside each other."""
    place = question.asked.subject
    beside = (place.unit, place.era, place.sheet.zfill(4), (place.parcel or "").zfill(6))
    return (-len(question.settled) / question.minutes, *beside, question.asked.question_id)


def parcel_told(lot: Lot) -> str:
    """Return how an answer names a parcel: its number, sheet and area."""
    size = f" ({say_number(lot.area)} m²)" if lot.area is not None else ""
    return f"thửa {lot.key.parcel} tờ {lot.key.sheet}{size}"


def place_of(land: Land, key: ParcelKey) -> Place:
    """Return a parcel with the papers that tell of it now."""
    ids = tuple(sorted({mention.entry_id for mention in land.lots[key].mentions}))
    return Place(key.unit, key.era, key.sheet, key.parcel, ids)


def link_asked(
    scope: str, kind: LinkKind, subject: Place, side: Side, other: Map, offered: tuple[Place, ...]
) -> LinkAsked:
    """Return what is asked, named by a hash of all that it says."""
    says = json.dumps([scope, kind, asdict(subject), side, other, [asdict(one) for one in offered]], sort_keys=True)
    digest = hashlib.sha256(says.encode()).hexdigest()[:20]
    return LinkAsked(digest, scope, kind, subject, side, *other, offered)
