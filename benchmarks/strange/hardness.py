"""Which true links no paper gives away: the share of a district that an honest linker must infer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from benchmarks.strange.land import Piece
from benchmarks.strange.notes import Place
from benchmarks.strange.truth import Step
from benchmarks.strange.writing import Given
from cadastre.words.folding import key

_NEAR, _APART = 0.02, 0.05


@dataclass(slots=True)
class Shown:
    """What the entries of one name show of it."""

    owners: set[str] = field(default_factory=set)
    areas: list[float] = field(default_factory=list)
    serials: set[str] = field(default_factory=set)
    names_serials: set[str] = field(default_factory=set)
    true_of: set[Place] = field(default_factory=set)
    misleads: bool = False


def shown(given: Iterable[Given]) -> dict[Place, Shown]:
    """Return what is shown of each attested name."""
    found: dict[Place, Shown] = defaultdict(Shown)
    for one in given:
        if not one.attests:
            continue
        what = found[one.line.name.place]
        what.owners |= {key(owner["name"]) for owner in one.told("owners") or ()}
        area, serial = one.told("area_m2"), one.told("serial")
        what.areas += [area] if area else []
        what.serials |= {serial} if serial else set()
        refs = one.told("refs") or ()
        what.names_serials |= {ref["value"] for ref in refs if ref["type"] == "serial"}
        tells_number = any(ref["type"] == "parcel" for ref in refs) or one.told("old_parcel_no")
        if tells_number and one.line.true_of and (one.told("change_note") or one.told("old_parcel_no")):
            what.true_of |= one.line.true_of
        what.misleads |= bool(tells_number) and not one.line.true_of
    return found


def hard_steps(steps: Sequence[Step], pieces: Sequence[Piece], given: Sequence[Given]) -> set[Step]:
    """Return the links that no true and full bridge prints and whose owner and area do not single them out.

    Hard: nothing printed names the older number in full or the older serial, and the owners' names differ, or the
    areas differ by more than 5 %, or another parcel of that older map and commune has the same owner's name and an
    area within 2 %, or a printed number points elsewhere. A division or union without a bridge is always hard; a mere
    change of commune never is.
    """
    facts = shown(given)
    rivals: dict[tuple[str, str, str], list[tuple[Place, float]]] = defaultdict(list)
    for place, what in facts.items():
        for owner in what.owners:
            rivals[place[0], place[1], owner] += [(place, area) for area in what.areas]
    return {step for step in steps if _hard(step, pieces, facts, rivals)}


def _hard(
    step: Step,
    pieces: Sequence[Piece],
    facts: dict[Place, Shown],
    rivals: dict[tuple[str, str, str], list[tuple[Place, float]]],
) -> bool:
    older, newer = (pieces[no].names[at].place for no, at in (step.older, step.newer))
    one, other = facts[older], facts[newer]
    if step.relation == "unit_change" or older in other.true_of or one.serials & (other.names_serials | other.serials):
        return False
    if step.relation != "same" or other.misleads:
        return True
    if one.owners and other.owners and not one.owners & other.owners:
        return True
    if not one.areas or not other.areas:
        return True
    if min(abs(a - b) / max(a, b) for a in one.areas for b in other.areas) > _APART:
        return True
    return any(
        place != older and abs(area - mine) <= _NEAR * mine
        for owner in other.owners
        for place, area in rivals[older[0], older[1], owner]
        for mine in other.areas
    )
