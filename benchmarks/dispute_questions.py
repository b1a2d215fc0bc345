"""How many questions papers that do not agree make on a generated district, and what true answers settle.

    python -m benchmarks.dispute_questions DIR

DIR holds entries.jsonl, lineage.csv and current.jsonl. A clerk who knows the truth of the parcels that are valid now
answers every question, and says that it is not known where the truth does not tell; then all is settled again.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb

from benchmarks.links import entries_of
from benchmarks.standing import ATTRIBUTES, is_right, true_values
from cadastre.asking.dispute_cases import DisputeQuestion, in_order
from cadastre.asking.disputes import ask_disputes
from cadastre.linking.lineage import reconcile
from cadastre.numberings.mentions import mention_of
from cadastre.settling.rulings import AREAS
from cadastre.settling.settled import settle
from cadastre.units.territory import scope_of
from schemas.disputes import Decided, Ruling
from schemas.entries import Entry
from schemas.parcels import Parcel
from schemas.tables import Tables, load_tables
from schemas.weights import load_weights

_REASONS = ("two-certificates", "certificate-succeeded", "papers-disagree", "numbers-disagree", "no-paper-right",
            "area-material", "area-digit", "later-paper-differs")  # fmt: skip
_ROUNDS = 3
TABLES = load_tables()
_DAY = "2026-11-26"
Truth = Mapping[str, Mapping[str, Any]]


def answer(question: DisputeQuestion, true: Truth) -> Ruling:
    """Return what one says who knows the truth: the side it tells most often, else an area in writing, else nothing."""
    asked = question.asked
    if asked.kind == "area":
        return _of_areas(question, true)
    votes: Counter[int] = Counter()
    written: Any = None
    for case in question.cases:
        told = true.get(str(case.key), {}).get(case.attribute)
        if told is None:
            continue
        written = told if isinstance(told, float) else written
        if asked.kind == "certificate":
            votes.update(n for n, side in enumerate(asked.sides) if told in side.serials)
            continue
        right = [n for n, value in enumerate(case.values) if is_right(case.attribute, value, told, TABLES)]
        if asked.kind == "papers":
            documents = {name for n in right for name in case.sides[n].document_ids}
            right = [n for n, side in enumerate(asked.sides) if documents & set(side.document_ids)]
        votes.update(right)
    if votes:
        return Ruling(asked.question_id, "side", votes.most_common(1)[0][0])
    if asked.kind == "value" and written is not None:
        return Ruling(asked.question_id, "value", None, written)
    return Ruling(asked.question_id, "unknown")


def _of_areas(question: DisputeQuestion, true: Truth) -> Ruling:
    for case in question.cases:
        told = true.get(str(case.key), {})
        if told.get("area_m2") is None or told.get("legal_area_m2") is None:
            continue
        right = [is_right(name, value, told[name], TABLES) for name, value in zip(AREAS, case.values, strict=True)]
        if sum(right) == 1:
            return Ruling(question.asked.question_id, "side", right.index(True))
        return Ruling(question.asked.question_id, "all" if all(right) else "none")
    return Ruling(question.asked.question_id, "unknown")


def asked_of(
    parcels: Sequence[Parcel], entries: Mapping[str, Entry], tables: Tables, decided: Sequence[Decided]
) -> list[DisputeQuestion]:
    """Return the questions of all lands, what settles most for each minute first."""
    lands: dict[str, list[Parcel]] = {}
    for parcel in parcels:
        lands.setdefault(scope_of(parcel.key.unit, tables), []).append(parcel)
    found = [one for land, some in sorted(lands.items()) for one in ask_disputes(land, some, entries, tables, decided)]
    return sorted(found, key=in_order)


def tell(name: str, parcels: Iterable[Parcel], true: Truth) -> None:
    """Print how the parcels stand, what keeps them open, and how the values told of the living ones are."""
    parcels = list(parcels)
    reasons = Counter(reason for one in parcels for reason in one.grade_reasons if reason in _REASONS)
    print(f"{name}: {dict(sorted(Counter(one.status for one in parcels).items()))}; {dict(sorted(reasons.items()))}")
    score: Counter[str] = Counter()
    for one in parcels:
        for attribute, told in true.get(str(one.key), {}).items():
            claims = [c.value for c in one.claims if c.attribute == attribute and c.standing == "current"]
            if told is not None:
                score[
                    "waits" if not claims else "right" if is_right(attribute, claims[0], told, TABLES) else "wrong"
                ] += 1
    print(f"   values of living parcels ({', '.join(ATTRIBUTES)}): {dict(sorted(score.items()))}")


def main() -> None:
    """Ask, answer and settle again, until nothing more is asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    args = parser.parse_args()
    tables = TABLES
    entries = {entry.entry_id: entry for entry in entries_of(args.folder / "entries.jsonl")}
    mentions = [m for entry in entries.values() if (m := mention_of(entry, tables)) is not None]
    with duckdb.connect() as memory:
        found = reconcile(mentions, tables, load_weights(), memory)
    keys = {m.entry_id: replace(m.key, era=found.series[m.entry_id]) for m in mentions}
    true = dict(true_values(args.folder))
    decided: list[Decided] = []
    every = list(entries.values())
    parcels = settle(every, tables, found.links, keys=keys)
    tell("before", parcels, true)
    for number in range(1, _ROUNDS + 1):
        questions = asked_of(parcels, entries, tables, decided)
        if not questions:
            break
        kinds = Counter(f"{one.asked.kind} ({one.cause})" for one in questions)
        settled = len({key for one in questions for key in one.settled})
        per = {name: round(1000 * many / len(parcels), 1) for name, many in sorted(kinds.items())}
        print(f"round {number}: {len(questions)} questions about {settled} of {len(parcels)} parcels,", end=" ")
        print(f"{sum(one.minutes for one in questions):.0f} minutes of a clerk; per 1,000 parcels {per}")
        said = [Decided(one.asked, answer(one, true), _DAY) for one in questions]
        print("   answered", dict(sorted(Counter(one.ruling.verdict for one in said).items())))
        first = [one for one in questions if len(one.settled) > 1]
        print(f"   {len(first)} of them settle more than one parcel: {len({k for one in first for k in one.settled})}")
        decided += said
        parcels = settle(every, tables, found.links, keys=keys, decided=decided)
        tell("after", parcels, true)


if __name__ == "__main__":
    main()
