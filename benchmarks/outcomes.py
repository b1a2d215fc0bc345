"""What became of each printed field when pictures were read, beside what the error model of districts expects of it.

`samples.district --errors worn` puts the pattern of worn.csv on true entries, and the figures of links from worn
entries hang on it; here the same is counted on pictures.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from math import sqrt
from typing import Any

from benchmarks.score import Entry, Where, same
from samples.district.worn import OUTCOMES, Outcome, paper_name, rates

#: Fields that the search for a parcel on other maps, and the values that stand, go by.
FIELDS = (
    "unit_code", "sheet_no", "parcel_no", "old_sheet_no", "old_parcel_no", "area_m2", "legal_area_m2", "owners",
    "land_use", "legal_land_use", "toponym", "address", "serial", "register_no", "issued_on", "refs", "change_note",
)  # fmt: skip
Counts = Mapping[str, Mapping[Outcome, float]]


def outcome_of(name: str, true: Any, field: Mapping[str, Any] | None) -> tuple[Outcome, bool]:
    """Return what became of a printed field, and whether what was read of it is wrong."""
    if field is None:
        return "missing", True
    if field["status"] == "unreadable" or field["value"] is None:
        return "unreadable", True
    wrong = not same(name, true, field["value"])
    if field["status"] in ("accepted", "confirmed"):
        return "accepted", wrong
    return ("misread" if wrong else "review"), wrong


def counted(truth: Mapping[Where, Entry], told: Mapping[Where, Entry]) -> tuple[Counts, Counts, Counter[str], int]:
    """Return by field what became of it, what the model expects (summed over the same papers), how many accepted ones
    are wrong, and how many entries were not found."""
    real: dict[str, Counter[Outcome]] = defaultdict(Counter)
    model: dict[str, dict[Outcome, float]] = defaultdict(lambda: dict.fromkeys(OUTCOMES, 0.0))
    wrong: Counter[str] = Counter()
    lost = 0
    for where, entry in truth.items():
        other = told.get(where)
        if other is None:
            lost += 1
            continue
        paper = paper_name(entry["kind"], entry["form"], entry["era"])
        for name in FIELDS:
            true, field = entry["fields"].get(name), other["fields"].get(name)
            if true is None or (field is not None and field["from"] == "manifest"):
                continue
            outcome, is_wrong = outcome_of(name, true["value"], field)
            real[name][outcome] += 1
            wrong[name] += is_wrong and outcome == "accepted"
            for expected, share in zip(OUTCOMES, rates(paper, name), strict=True):
                model[name][expected] += share
    return real, model, wrong, lost


def table(real: Counts, model: Counts, wrong: Mapping[str, int]) -> Iterator[str]:
    """Yield a line for each field: how many are accepted, right though they wait, wrong, unreadable or not found, each
    as counted and as the model expects; `*` where more than three standard deviations lie between."""
    yield "| field | printed | accepted | waits, right | waits, wrong | unreadable | not found | wrong, accepted |"
    yield "|---|---|---|---|---|---|---|---|"
    for name in FIELDS:
        if name not in real:
            continue
        many = sum(real[name].values())
        cells = []
        for outcome in OUTCOMES:
            got, expected = real[name].get(outcome, 0), model[name][outcome]
            share = expected / many
            far = abs(got - expected) > 3 * sqrt(many * max(share * (1 - share), 0.5 / many))
            cells.append(f"{got} ({expected:.1f}){'*' if far else ''}")
        yield f"| {name} | {many} | {' | '.join(cells)} | {wrong.get(name, 0)} |"
