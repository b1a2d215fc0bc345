"""Which mentions on papers are one person, and who makes one household: a pure function of the set of mentions.

Pairs that share a telling key are compared (person_evidence.py), the best joined first. A join is refused where the
group would hold two numbers of one kind, two sexes, birth years more than one apart, or two owners of one entry.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Literal, TypeVar

from cadastre.identity.households import households_of
from cadastre.identity.person_evidence import (
    ENOUGH,
    Number,
    Told,
    agreements,
    number_of,
    numbers_differ,
    one_confusion,
    score,
    told_by,
)
from schemas.persons import Doubt, DoubtKind, IdNumber, Join, Mention, People, Person

T = TypeVar("T", int, Literal["nam", "nu"])
_MOST_OF_BLOCK = 200
"""A key that more mentions share tells little; each is compared with so many neighbours only."""


def people_of(mentions: Iterable[Mention], chains: Mapping[str, str] | None = None) -> People:
    """Return the persons, households and doubts of these mentions; their order does not matter.

    `chains` gives, by mention id, the piece of land through its renumberings; without it the parcel key stands for it.
    """
    chains = chains or {}
    told = [told_by(one, chains.get(one.mention_id)) for one in sorted(mentions, key=lambda one: one.mention_id)]
    groups = _Groups(told)
    for one, other in _of_one_block(told):
        groups.join(one, other, ("organisation" if told[one].organisation else "one-user",))
    whole = {members[0]: told[members[0]].with_block(told[at] for at in members[1:]) for members, _ in groups.all()}
    edges: list[tuple[float, int, int, tuple[str, ...]]] = []
    doubts: set[Doubt] = set()
    for one, other in _pairs(whole):
        levels = agreements(whole[one], whole[other])
        total = score(levels)
        if whole[one].number and whole[one].number == whole[other].number:
            if levels:
                edges.append((-max(total, ENOUGH), one, other, levels))
            else:
                doubts.add(_doubt("number-shared", whole[one], whole[other]))
        elif total >= ENOUGH and not numbers_differ(whole[one], whole[other]):
            edges.append((-total, one, other, levels))
        elif total >= ENOUGH and one_confusion(whole[one], whole[other]):
            doubts.add(_doubt("number-misread", whole[one], whole[other]))
    for _, one, other, levels in sorted(edges):
        groups.join(one, other, levels)
    persons = tuple(sorted((_person(told, *group) for group in groups.all()), key=lambda one: one.person_id))
    return People(
        persons,
        households_of([one.mention for one in told], persons),
        tuple(sorted(doubts, key=lambda one: (one.kind, one.one, one.other))),
    )


class _Groups:
    """Mentions joined step by step, with what each group holds that another must not contradict."""

    def __init__(self, told: Sequence[Told]) -> None:
        self._told = told
        self._leader = list(range(len(told)))
        self._members = {place: [place] for place in self._leader}
        self._joins: dict[int, list[Join]] = {}
        self._numbers: dict[int, dict[str, str]] = {
            place: {one.number[0]: one.number[1]} if one.number else {} for place, one in enumerate(told)
        }
        self._years = {place: {one.birth_year} - {None} for place, one in enumerate(told)}
        self._sexes = {place: {one.sex} - {None} for place, one in enumerate(told)}
        self._entries = {place: {one.mention.entry_id} for place, one in enumerate(told)}

    def all(self) -> list[tuple[list[int], list[Join]]]:
        """Return each group's mentions, in order, and joins."""
        return [(sorted(members), self._joins.get(leader, [])) for leader, members in sorted(self._members.items())]

    def join(self, one: int, other: int, levels: tuple[str, ...]) -> None:
        """Make one group of two unless something forbids it."""
        first, second = sorted((self._find(one), self._find(other)))
        if first == second or self._forbidden(first, second, by_number="number" in levels):
            return
        self._leader[second] = first
        self._members[first] += self._members.pop(second)
        ids = sorted((self._told[one].mention.mention_id, self._told[other].mention.mention_id))
        reason = Join(ids[0], ids[1], score(levels), levels)
        self._joins[first] = [*self._joins.get(first, []), *self._joins.pop(second, []), reason]
        self._numbers[first] |= self._numbers[second]
        self._years[first] |= self._years[second]
        self._sexes[first] |= self._sexes[second]
        self._entries[first] |= self._entries[second]

    def _find(self, place: int) -> int:
        while self._leader[place] != place:
            self._leader[place] = self._leader[self._leader[place]]
            place = self._leader[place]
        return place

    def _forbidden(self, first: int, second: int, *, by_number: bool) -> bool:
        numbers, others = self._numbers[first], self._numbers[second]
        if any(others.get(family, no) != no for family, no in numbers.items()):
            return True
        if not self._entries[first].isdisjoint(self._entries[second]):
            return True
        if by_number:  # one number is one person; a year or sex beside it was misread
            return False
        years, other_years = self._years[first], self._years[second]
        if years and other_years and all(abs(a - b) > 1 for a in years for b in other_years if a and b):
            return True
        sexes, other_sexes = self._sexes[first], self._sexes[second]
        return bool(sexes and other_sexes and sexes.isdisjoint(other_sexes))


def _of_one_block(told: Sequence[Told]) -> Iterator[tuple[int, int]]:
    first: dict[tuple[str, ...], int] = {}
    for place, one in enumerate(told):
        if one.block is not None:
            start = first.setdefault(one.block, place)
            if start != place:
                yield start, place


def _pairs(whole: Mapping[int, Told]) -> list[tuple[int, int]]:
    """Return the pairs that share a key which one person's mentions can be expected to share."""
    blocks: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for place, one in sorted(whole.items()):
        for name in _keys(one):
            blocks[name].append(place)
    found: set[tuple[int, int]] = set()
    for members in blocks.values():
        if len(members) <= _MOST_OF_BLOCK:
            found.update(combinations(members, 2))
        else:
            found.update((one, other) for at, one in enumerate(members) for other in members[at + 1 : at + 21])
    return sorted(found)


def _keys(one: Told) -> Iterator[tuple[str, ...]]:
    """Yield what may bring a mention together with others of its person; organisations are together already."""
    if one.organisation:
        return
    if one.number:
        yield "number", *one.number
    for chain in one.chains:
        yield "parcel", chain, one.name.given
        yield "parcel-rest", chain, one.name.rest
    places = {one.mention.unit, one.home.commune, str(one.birth_year or "")} - {None, ""}
    for name in one.beside:
        for place in places:
            yield "beside", name, one.name.given, str(place)
            yield "beside-rest", name, one.name.rest, str(place)
    if one.birth_year and one.home.hamlet:
        yield "year", str(one.birth_year), one.home.hamlet, one.name.given
        yield "year-rest", str(one.birth_year), one.home.hamlet, one.name.rest


def _doubt(kind: DoubtKind, one: Told, other: Told) -> Doubt:
    first, second = sorted((one.mention.mention_id, other.mention.mention_id))
    return Doubt(kind, first, second)


def _person(told: Sequence[Told], members: Sequence[int], joins: Sequence[Join]) -> Person:
    group = [told[place] for place in members]
    ids = tuple(sorted(one.mention.mention_id for one in group))
    papers = sorted(group, key=lambda one: (one.mention.day or "", one.mention.mention_id), reverse=True)
    names = Counter(one.mention.owner.name for one in group if not one.name.nick)
    names = names or Counter(one.mention.owner.name for one in group)
    # A name that lost its marks is not preferred because typewriters wrote it often.
    name = min(names, key=lambda text: (-sum(not sign.isascii() for sign in text), -names[text], text))
    return Person(
        person_id=hashlib.sha256(f"person:{ids[0]}".encode()).hexdigest()[:16],
        organisation=group[0].organisation,
        mention_ids=ids,
        name=name,
        sex=_most(one.sex for one in group),
        birth_year=_most(one.birth_year for one in group),
        numbers=_numbers(group),
        address=next((one.mention.owner.address for one in papers if one.mention.owner.address), None),
        joins=tuple(sorted(joins, key=lambda one: (one.one, one.other))),
    )


def _numbers(group: Iterable[Told]) -> tuple[IdNumber, ...]:
    """Return each number once, with the kind that its paper prints."""
    kinds: dict[Number, IdNumber] = {}
    for one in group:
        number = number_of(one.mention.owner)
        if number is not None:
            printed = one.mention.owner.id_kind
            kind = printed if number[0] == "cccd" and printed == "cc" else number[0]
            kinds[number] = max(kinds.get(number, IdNumber(kind, number[1])), IdNumber(kind, number[1]))
    return tuple(sorted(kinds.values()))


def _most(values: Iterable[T | None]) -> T | None:
    """Return the most frequent value, the smaller of equally frequent ones."""
    counts = Counter(value for value in values if value is not None)
    return min(counts.items(), key=lambda item: (-item[1], str(item[0])))[0] if counts else None
