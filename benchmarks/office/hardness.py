"""How hard a district is: shares of its true steps whose older number, certificate or holder the papers show."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.office.truth import Step

_RELATIONS = ("same", "split", "merge", "unit_change")


def hardness(steps: Sequence[Step]) -> dict[str, dict[str, float]]:
    """Return by relation the count of steps and the shares of what is shown of them."""
    found = {}
    for relation in (*_RELATIONS, "all"):
        some = [step for step in steps if relation in (step.relation, "all")]
        if some:
            found[relation] = _shares(some)
    return found


def _shares(steps: Sequence[Step]) -> dict[str, float]:
    count = len(steps)
    shares = {
        "number_told": sum(step.number_told for step in steps) / count,
        "number_or_serial": sum(step.number_told or step.serial_told for step in steps) / count,
        "same_owner": sum(step.same_owner for step in steps) / count,
        "nothing_told": sum(not (step.number_told or step.serial_told or step.same_owner) for step in steps) / count,
        "area_off_8_percent": sum(abs(step.ratio - 1) > 0.08 for step in steps) / count,
    }
    return {"count": count, **{name: round(share, 3) for name, share in shares.items()}}
