"""Where the data of an earlier project says otherwise than the papers of a parcel.

Such data gives way to every paper (docs/precedence.md). Where it is not older than the paper that stands, it may tell
of a change whose paper is not held, or have been wrong; only a person can say which.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from cadastre.settling.doubtful_steps import people_of
from cadastre.settling.known_uses import RULE as UNKNOWN_CODE
from cadastre.settling.weighing import BY_PERSON
from cadastre.words.area_classes import class_of
from cadastre.words.eras import period_of
from schemas.documents import Era, Kind
from schemas.entries import LandUse, Value
from schemas.parcels import Claim
from schemas.tables import Tables

#: What is asked for, what people look at first; other fields of such data are told and settle nothing.
ASKED = ("owners", "legal_area_m2", "area_m2", "land_use")
#: An older map's area is another measurement, and what cannot be read contradicts nothing.
_OTHERWISE_LOST = (":later-series", f":{UNKNOWN_CODE}")
_LETTERS_PER_SLIP = 6  # of names: a letter off in so many is the same name


class Contradiction(NamedTuple):
    """What stands of one attribute by papers, and what speaks against it: imported data, or later papers."""

    attribute: str
    standing: tuple[Claim, ...]
    against: tuple[Claim, ...]


def imported_contradictions(
    claims: Sequence[Claim], kinds: Mapping[str, Kind], tables: Tables
) -> Iterator[Contradiction]:
    """Yield what imported data says otherwise than the papers of the parcel; `kinds` by entry id."""
    if "du_lieu" not in kinds.values():
        return
    for attribute in ASKED:
        own = [claim for claim in claims if claim.attribute == attribute]
        standing = tuple(c for c in own if c.standing == "current" and kinds.get(c.entry_id, "du_lieu") != "du_lieu")
        if not standing or any(_ruled(claim) for claim in standing):
            continue
        imported = tuple(
            claim
            for claim in own
            if kinds.get(claim.entry_id) == "du_lieu"
            and claim.standing == "superseded"
            and not _ruled(claim)
            and not claim.rule.endswith(_OTHERWISE_LOST)
            and not all(_is_older(claim, paper, tables) for paper in standing)
            and all(_contradict(attribute, claim, paper, tables) for paper in standing)
        )
        if imported:
            yield Contradiction(attribute, standing, imported)


def _ruled(claim: Claim) -> bool:
    return claim.rule.endswith(f":{BY_PERSON}")


def _is_older(claim: Claim, paper: Claim, tables: Tables) -> bool:
    """Return whether the claim was made before the paper for certain."""
    return _days(claim.asserted_on, claim.era, tables)[1] < _days(paper.asserted_on, paper.era, tables)[0]


@lru_cache(maxsize=4096)
def _days(day: str | None, era: Era | None, tables: Tables) -> tuple[str, str]:
    """Return the first and last day on which it may have been said."""
    if day is not None:
        lacking = max(0, len(day) - 4)
        return day + "-00-00"[lacking:], day + "-99-99"[lacking:]
    period = period_of(era, tables)
    return (
        period.first.isoformat() if period.first else "",
        period.last.isoformat() if period.last else "9999-99-99",
    )


def _contradict(attribute: str, claim: Claim, paper: Claim, tables: Tables) -> bool:
    one, other = claim.value, paper.value
    if isinstance(one, float) and isinstance(other, float):
        return class_of(one, other, min(claim.key.era, paper.key.era, key=lambda era: era != "299")) in ("C", "D")
    if attribute == "land_use":
        uses = _uses(one, tables), _uses(other, tables)
        return bool(uses[0] and uses[1]) and not uses[0] & uses[1]
    people = people_of(one), people_of(other)
    return bool(people[0] and people[1]) and not any(_is_one_name(a, b) for a, b in product(*people))


def _is_one_name(one: str, other: str) -> bool:
    """Return whether two folded names are one, but for a letter or so that was misread or mistyped."""
    slips = max(len(one), len(other)) // _LETTERS_PER_SLIP
    return Levenshtein.distance(one, other, score_cutoff=slips) <= slips


def _uses(value: Value, tables: Tables) -> frozenset[str]:
    """Return the codes of today that the purposes are or, as words of older papers, may mean."""
    parts = value if isinstance(value, tuple) else ()
    codes = {use.code for use in parts if isinstance(use, LandUse)}
    codes |= {code for term in tables.land_use_terms if term.raw in codes for code in term.candidates}
    known = tables.land_uses
    return frozenset((known[code].successor or code) if code in known else code for code in codes)
