"""Households: persons whom a paper names together as a household (hộ), or as husband and wife."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from schemas.persons import Household, Mention, Person


def households_of(mentions: Iterable[Mention], persons: Sequence[Person]) -> tuple[Household, ...]:
    """Return the households, those that share a person taken as one.

    Two owners make a couple where they are a man and a woman, by the paper or by what is known of the person; a
    household of one is told where the paper calls it a household. Co-owners of another sort make none.
    """
    of_mention = {mention_id: person for person in persons for mention_id in person.mention_ids}
    entries: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        if not of_mention[mention.mention_id].organisation:
            entries[mention.entry_id].append(mention)
    leader: dict[str, str] = {}
    heads: dict[str, set[str]] = defaultdict(set)
    for beside in entries.values():
        if not _live_together(beside, of_mention):
            continue
        ids = [of_mention[one.mention_id].person_id for one in beside]
        for person_id in ids:
            first, second = sorted((_find(leader, ids[0]), _find(leader, person_id)))
            leader[second] = first
        heads[ids[0]] |= {of_mention[one.mention_id].person_id for one in beside if one.owner.household}
    members: dict[str, list[str]] = defaultdict(list)
    for person_id in leader:
        members[_find(leader, person_id)].append(person_id)
    said: dict[str, set[str]] = defaultdict(set)
    for person_id, named in heads.items():
        said[_find(leader, person_id)] |= named
    first_mention = {person.person_id: person.mention_ids[0] for person in persons}
    found = (
        Household(_household_id(first_mention[one] for one in ids), tuple(sorted(ids)), _only(said[root]))
        for root, ids in members.items()
    )
    return tuple(sorted(found, key=lambda one: one.household_id))


def _live_together(beside: Sequence[Mention], of_mention: Mapping[str, Person]) -> bool:
    if any(one.owner.household for one in beside):
        return True
    sexes = {one.owner.sex or of_mention[one.mention_id].sex for one in beside}
    return len(beside) == 2 and sexes == {"nam", "nu"}


def _find(leader: dict[str, str], one: str) -> str:
    leader.setdefault(one, one)
    while leader[one] != one:
        leader[one] = leader[leader[one]]
        one = leader[one]
    return one


def _household_id(mention_ids: Iterable[str]) -> str:
    return hashlib.sha256(f"household:{min(mention_ids)}".encode()).hexdigest()[:16]


def _only(heads: set[str]) -> str | None:
    return next(iter(heads)) if len(heads) == 1 else None
