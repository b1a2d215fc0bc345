"""What true answers to the questions about links are worth on a generated district.

    python -m benchmarks.link_questions DIR [--answers N] [--only sheet|parcel|left]

DIR holds entries.jsonl and lineage.csv. A clerk who knows the truth answers the first N questions as they are asked;
then the land is put together again. Tells questions, what they settle, links before and after.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

import duckdb

from benchmarks.links import Pair, entries_of, f1, truth_of
from cadastre.asking.lineage_questions import ask_links
from cadastre.asking.link_question import LinkQuestion, by_worth
from cadastre.asking.rival_lots import SURE
from cadastre.linking.lineage import Reconciled, reconcile
from cadastre.numberings.mentions import mention_of
from schemas.answers import Place
from schemas.parcels import ParcelKey, Said, SheetSaid
from schemas.tables import load_tables
from schemas.weights import load_weights


def key_of(place: Place) -> ParcelKey:
    assert place.parcel is not None
    return ParcelKey(place.unit, place.era, place.sheet, place.parcel)


def answer(question: LinkQuestion, true: Mapping[Pair, str]) -> list[Said | SheetSaid]:
    """Return what one says who knows the truth; a sheet lies where its parcels went."""
    asked = question.asked
    subject = asked.subject
    steps = [(ParcelKey.parse(a), ParcelKey.parse(b)) for a, b in true]
    if asked.kind == "sheet":
        mine = (subject.unit, subject.era, subject.sheet)
        there = {
            (b.unit, b.era, b.sheet)
            for a, b in steps
            if (a.unit, a.era, a.sheet) == mine and (b.unit, b.era) == (asked.unit, asked.era)
        }
        return [SheetSaid(mine, tuple(sorted(there)))] if there else []
    me, offered = key_of(subject), [key_of(place) for place in asked.offered]
    if asked.side == "newer":
        right = [b for a, b in steps if a == me and (b.unit, b.era) == (asked.unit, asked.era)]
        if not offered and not right and not any(a == me for a, _ in steps):
            return [Said(me, None, yes=True)]
        return [Said(me, one, yes=one in right) for one in dict.fromkeys((*offered, *right))]
    right = [a for a, b in steps if b == me and (a.unit, a.era) == (asked.unit, asked.era)]
    return [Said(one, me, yes=one in right) for one in dict.fromkeys((*offered, *right))]


def _sort(question: LinkQuestion) -> str:
    return question.asked.kind if question.asked.offered else "left"


def tell(name: str, found: Reconciled, true: Iterable[Pair]) -> None:
    links = {(str(link.older), str(link.newer)): link.p for link in found.links}
    doubtful = sum(p < SURE for p in links.values())
    told = "F1 {:.4f}  precision {:.4f}  recall {:.4f}".format(*f1(links, true))
    print(f"{name}: {len(links)} links, {doubtful} doubtful, {told}")


def main() -> None:
    """Ask, answer and put together again."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--answers", type=int, default=100)
    parser.add_argument("--only", choices=("sheet", "parcel", "left"))
    args = parser.parse_args()
    tables, weights = load_tables(), load_weights()
    entries = entries_of(args.folder / "entries.jsonl")
    mentions = [m for entry in entries if (m := mention_of(entry, tables)) is not None]
    true = truth_of(next(args.folder.rglob("lineage.csv")))
    found = reconcile(mentions, tables, weights, duckdb.connect())
    tell("before", found, true)
    questions = [
        question
        for scope in sorted({lot.scope for lot in found.lots})
        for question in ask_links(scope, [lot for lot in found.lots if lot.scope == scope], found.links, tables)
    ]
    questions.sort(key=by_worth)
    kinds = Counter(_sort(one) for one in questions)
    settled = {key for one in questions for key in one.settled}
    many = f"{kinds['sheet']} of sheets, {kinds['parcel']} of parcels, {kinds['left']} with nothing to offer"
    print(f"questions: {many}; about {len(settled)} parcels")
    some = [one for one in questions if args.only in (None, _sort(one))][: args.answers]
    said = [one for question in some for one in answer(question, true)]
    minutes, promised = sum(one.minutes for one in some), sum(len(one.settled) for one in some)
    print(f"answered: {len(some)}, {minutes:.0f} minutes of a clerk, promised to settle {promised} parcels")
    tell("after", reconcile(mentions, tables, weights, duckdb.connect(), said), true)


if __name__ == "__main__":
    main()
