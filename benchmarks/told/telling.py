"""How much the papers tell of each link: the older number, the older certificate, the same people."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from benchmarks.told.land import Parcel
from benchmarks.told.naming import unmarked
from benchmarks.told.truth import Node, Step, Truth
from benchmarks.told.world import Written


@dataclass(frozen=True, slots=True)
class Told:
    """What tells a link: its older number printed, a serial in common or named, a name or only a surname in common."""

    number: bool
    serial: bool
    name: bool
    surname: bool

    @property
    def printed(self) -> bool:
        """Return whether a paper names the older parcel or its certificate."""
        return self.number or self.serial

    def words(self) -> str:
        """Return the evidence joined by `+`, or none."""
        found = {
            "number": self.number,
            "serial": self.serial,
            "name": self.name,
            "surname": self.surname and not self.name,
        }
        return "+".join(word for word, told in found.items() if told) or "none"


def told_of(step: Step, truth: Truth, parcels: Mapping[int, Parcel]) -> Told:
    """Return what tells a link, by the entries that attest its two numbers."""
    older, younger = truth.attested[step.start], truth.attested[step.end]
    sheet, number = parcels[step.start[0]].numbers[step.start[1]]
    serials = {serial for one in older if "serial" in one.fields and (serial := one.printed("serial"))}
    number_told = any(_names_number(one, str(sheet), number) for one in younger)
    if step.start[1] == step.end[1]:
        number_told |= _parting_told(older, parcels, step.end)
    named = {ref["value"] for one in younger for ref in one.taken("refs") or () if ref["type"] == "serial"}
    borne = {one.printed("serial") for one in younger}
    people, later = _people(older), _people(younger)
    notes = [unmarked(one.printed("change_note") or "") for one in younger]
    if any(person in note for person in people for note in notes):
        return Told(number_told, bool(serials & (named | borne)), name=True, surname=True)
    surnames = {one.split()[0] for one in people} & {one.split()[0] for one in later}
    return Told(number_told, bool(serials & (named | borne)), bool(people & later), bool(surnames))


def _names_number(one: Written, sheet: str, number: str) -> bool:
    if one.taken("old_parcel_no") == number and one.taken("old_sheet_no") in (None, sheet):
        return True
    refs = [ref["value"] for ref in one.taken("refs") or () if ref["type"] == "parcel"]
    return f"{sheet}/{number}" in refs or number in refs


def _parting_told(older: Sequence[Written], parcels: Mapping[int, Parcel], end: Node) -> bool:
    """Return whether the parent's row names a child."""
    child = re.compile(rf"\b{parcels[end[0]].numbers[end[1]][1]}\b")
    notes = [one.printed("change_note") or "" for one in older]
    return any("Tách thành" in note and child.search(note) for note in notes)


def _people(entries: Sequence[Written]) -> set[str]:
    return {unmarked(owner["name"]) for one in entries for owner in one.printed("owners") or ()}
