"""How much papers show of each true step: the older number, the older certificate, a holder of the same name."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.plain.people import bare
from benchmarks.plain.truth import Keys, Number, steps
from benchmarks.plain.writing import Given

_NOTED = ("change_note", "old_parcel_no", "old_sheet_no")
_FAR = 0.08  # share by which areas differ beyond the usual errors of a survey


@dataclass(frozen=True, slots=True)
class Step:
    """A true step between two keys, with what papers of the newer show of it."""

    older: str
    newer: str
    relation: str
    number_told: bool
    serial_told: bool
    same_owner: bool
    ratio: float  # newer area to older
    corners: bool  # whether a paper of the newer prints them

    @property
    def unseen(self) -> bool:
        """Return whether no paper shows the older number, certificate or holder."""
        return not (self.number_told or self.serial_told or self.same_owner)


def seen_steps(given: Sequence[Given], keys: Keys) -> list[Step]:
    """Return the true steps in the order of their keys."""
    papers: dict[Number, list[Given]] = defaultdict(list)
    for one in given:
        papers[one.paper.piece, one.paper.map_name].append(one)
    found = [_step(older, newer, relation, papers, keys) for (older, newer), relation in steps(keys).items()]
    return sorted(found, key=lambda step: (step.older, step.newer))


def _step(older: Number, newer: Number, relation: str, papers: Mapping[Number, Sequence[Given]], keys: Keys) -> Step:
    old_papers, new_papers = papers[older], papers[newer]
    number = older[0].numbers[older[1]][1]
    serials = {one.paper.fields["serial"] for one in old_papers if "serial" in one.paper.fields}
    old_holders = {name for one in old_papers for name in _holders(one)}
    return Step(
        keys.attested[older],
        keys.attested[newer],
        relation,
        number_told=any(number in one.paper.says and _notes_read(one) for one in new_papers),
        serial_told=any(serial in serials for one in new_papers for serial in _serials_told(one)),
        same_owner=any(name in old_holders for one in new_papers for name in _holders(one)),
        ratio=round(newer[0].measured_m2[newer[1]] / older[0].measured_m2[older[1]], 3),
        corners=any("corners" in one.paper.fields for one in new_papers),
    )


def _notes_read(one: Given) -> bool:
    return all(one.told(name) for name in _NOTED if name in one.paper.fields)


def _serials_told(one: Given) -> list[str]:
    """Return what a paper's references and note can name an older certificate by."""
    note: str = one.paper.fields.get("change_note", "")
    return [*(ref["value"] for ref in one.paper.fields.get("refs", ())), *note.split("số ")[1:]]


def _holders(one: Given) -> set[str]:
    return {bare(owner["name"]).lower() for owner in one.paper.fields["owners"]}


def shares(found: Sequence[Step]) -> dict[str, dict[str, Any]]:
    """Return by relation how many steps there are, and the shares that papers show or that are far off in area."""
    told: dict[str, dict[str, Any]] = {}
    for relation, count in sorted(Counter(step.relation for step in found).items()):
        mine = [step for step in found if step.relation == relation]
        sums = {
            "number_told": sum(step.number_told for step in mine),
            "serial_told": sum(step.serial_told for step in mine),
            "same_owner": sum(step.same_owner for step in mine),
            "unseen": sum(step.unseen for step in mine),
            "area_far_off": sum(abs(step.ratio - 1) > _FAR for step in mine),
            "corners": sum(step.corners for step in mine),
        }
        told[relation] = {"count": count, **{name: round(one / count, 3) for name, one in sums.items()}}
    return told


def ratios(found: Sequence[Step]) -> dict[str, float]:
    """Return how the areas of one parcel on two maps differ: quantiles of newer to older."""
    same = sorted(step.ratio for step in found if step.relation == "same") or [1.0]
    return {str(at): same[int(at * (len(same) - 1))] for at in (0, 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99, 1)}
