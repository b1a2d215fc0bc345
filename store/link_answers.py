"""What people were asked and said of how maps go together; answers find their parcels again by the papers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from schemas.answers import LinkAnswer, LinkAsked, Place
from schemas.documents import Era
from schemas.parcels import ParcelKey, ParcelStatus, Said, SheetSaid
from store.database import Connection, as_jsonb, dump_json, statement
from store.runs import Run, hold


@dataclass(frozen=True, slots=True)
class Told:
    """What people's standing answers say of one land, and the places of answers that no paper has any more."""

    said: tuple[Said | SheetSaid, ...]
    lost: tuple[Place, ...]


def save_questions(conn: Connection, run: Run, questions: Sequence[LinkAsked]) -> None:
    """Keep what a person is asked, so that the answer finds its parcels; asking again adds nothing."""
    with conn.transaction(), conn.cursor() as cursor:
        hold(conn, run)
        cursor.executemany(
            statement("link_answers", "save_question"),
            [
                {
                    "question_id": one.question_id,
                    "scope": one.scope,
                    "kind": one.kind,
                    "subject": as_jsonb(_json(one.subject)),
                    "side": one.side,
                    "unit": one.unit,
                    "era": one.era,
                    "offered": as_jsonb([_json(place) for place in one.offered]),
                }
                for one in sorted(questions, key=lambda one: one.question_id)
            ],
        )


def asked(conn: Connection, question_ids: Iterable[str]) -> dict[str, LinkAsked]:
    """Return the questions with these ids that were ever asked."""
    rows = conn.execute(statement("link_answers", "asked"), {"ids": list(question_ids)})
    return {row[0]: _asked(row) for row in rows}


def new_answers(conn: Connection, answers: Sequence[LinkAnswer]) -> list[LinkAnswer]:
    """Return those of the answers that do not stand already."""
    rows = conn.execute(statement("link_answers", "standing"), {"ids": [one.question_id for one in answers]})
    standing = {question_id: (verdict, _numbers(_places(named))) for question_id, verdict, named in rows}
    return [one for one in answers if standing.get(one.question_id) != (one.verdict, _numbers(one.named))]


def add(conn: Connection, import_id: int, answers: Sequence[LinkAnswer]) -> None:
    """Keep answers of an import, in the transaction of the caller."""
    with conn.cursor() as cursor:
        cursor.executemany(
            statement("link_answers", "add_answer"),
            [
                {
                    "import_id": import_id,
                    "question_id": one.question_id,
                    "verdict": one.verdict,
                    "named": as_jsonb([_json(place) for place in one.named]),
                }
                for one in answers
            ],
        )


Given = tuple[LinkAsked, LinkAnswer]
"""A question and the answer that stands."""


def given_of(conn: Connection, scope: str) -> list[Given]:
    """Return the answers of one land that stand, the later ones last."""
    rows = conn.execute(statement("link_answers", "answers_of_scope"), {"scope": scope})
    return [(_asked(row), LinkAnswer(row[0], row[8], _places(row[9]))) for row in rows]


def said_among(given: Sequence[Given], keys: Callable[[], Mapping[str, ParcelKey]]) -> list[Said | SheetSaid]:
    """Return what answers of a land say by the keys that its papers are about to get.

    `keys` gives them by entry id, and is asked only where there are answers.
    """
    return list(_told(given, find_among(keys(), _named(given))).said) if given else []


def told_of(conn: Connection, scope: str) -> Told:
    """Return what people said of one land in today's keys, and which places of it no paper has any more.

    What was said later of the same two parcels, of where one parcel went, or of a sheet and one map, stands.
    """
    given = given_of(conn, scope)
    return _told(given, find_again(conn, _named(given)))


def _named(given: Iterable[Given]) -> list[Place]:
    return [place for one, answer in given for place in (one.subject, *one.offered, *answer.named)]


def _told(given: Iterable[Given], today: Mapping[Place, Place | None]) -> Told:
    lost: dict[Place, None] = {}
    sheets: dict[tuple[object, ...], SheetSaid] = {}
    pairs: dict[tuple[ParcelKey | None, ParcelKey | None], Said] = {}
    affirmed: dict[tuple[object, ...], list[Said]] = {}
    for one, answer in given:
        gone = [place for place in (one.subject, *one.offered) if today[place] is None]
        lost.update(dict.fromkeys(gone))
        if gone:
            continue
        subject = today[one.subject] or one.subject
        offered = [today[place] or place for place in one.offered]
        named = [today[place] or place for place in answer.named]
        other = (one.unit, next((place.era for place in (*offered, *named)), one.era))
        if one.kind == "sheet":
            right = named or offered
            sheets[_sheet(subject), other] = SheetSaid(_sheet(subject), tuple(sorted(map(_sheet, right))))
            continue
        said = _said(subject, offered, named, one, answer)
        if answer.verdict != "no":
            of = (one.side, _key(subject), other)
            for before in affirmed.get(of, ()):
                if pairs.get((before.older, before.newer)) == before:
                    del pairs[before.older, before.newer]
            affirmed[of] = [pair for pair in said if pair.yes]
        pairs.update({(pair.older, pair.newer): pair for pair in said})
    return Told((*sheets.values(), *pairs.values()), tuple(lost))


def _said(
    subject: Place, offered: Sequence[Place], named: Sequence[Place], one: LinkAsked, answer: LinkAnswer
) -> list[Said]:
    """Return what an answer says of each two parcels: what was offered and is not right is denied."""
    mine = _key(subject)
    if answer.verdict == "none" and one.side == "newer":
        return [Said(mine, None, yes=True)]
    right = {_key(place) for place in (offered if answer.verdict == "yes" else named)}
    others = dict.fromkeys((*map(_key, offered), *sorted(right)))
    pairs = [(mine, other) if one.side == "newer" else (other, mine) for other in others]
    return [Said(older, newer, yes=other in right) for (older, newer), other in zip(pairs, others, strict=True)]


def find_again(conn: Connection, places: Sequence[Place]) -> dict[Place, Place | None]:
    """Return each place as it is keyed today; None where papers stood behind it and none has its numbers now.

    The numbers stay and the era of the map series may change: that counts under which most of its papers stand. A
    place that no paper told of is taken as it was asked until a paper comes.
    """
    every = sorted(set(places), key=lambda one: (one.unit, one.era, one.sheet, one.parcel or "", one.entry_ids))
    rows = [{"place": number, **_json(place)} for number, place in enumerate(every)]
    values = {"places": dump_json(rows), "units": sorted({place.unit for place in every})}
    found: dict[int, list[tuple[Era, int, int]]] = {}
    for number, era, its_own, papers in conn.execute(statement("link_answers", "found_again"), values):
        found.setdefault(number, []).append((era, its_own, papers))
    return {place: _today(place, found.get(number, [])) for number, place in enumerate(every)}


def find_among(keys: Mapping[str, ParcelKey], places: Sequence[Place]) -> dict[Place, Place | None]:
    """Return each place as `find_again` does, by these keys of the papers (by entry id) in place of the stored ones."""
    papers: dict[tuple[str, str, str | None], list[tuple[str, Era]]] = {}
    for entry_id, key in keys.items():
        for parcel in (key.parcel, None):
            papers.setdefault((key.unit, key.sheet, parcel), []).append((entry_id, key.era))
    found: dict[Place, Place | None] = {}
    for place in places:
        there = papers.get((place.unit, place.sheet, place.parcel), [])
        every, own = Counter(era for _, era in there), set(place.entry_ids)
        its_own = Counter(era for entry_id, era in there if entry_id in own)
        found[place] = _today(place, [(era, its_own[era], count) for era, count in every.items()])
    return found


def _today(place: Place, found: Sequence[tuple[Era, int, int]]) -> Place | None:
    eras = [era for era, its_own, _ in found if its_own or not place.entry_ids]
    if place.era in [era for era, _, _ in found] and not eras:
        return place  # other papers of the same number stand there now
    if not eras:
        return None if place.entry_ids else place
    weight = {era: (its_own, era == place.era, papers) for era, its_own, papers in found}
    era = max(sorted(eras), key=lambda one: weight[one])
    return Place(place.unit, era, place.sheet, place.parcel, place.entry_ids)


def papers_of_map(conn: Connection, unit: str, era: Era) -> dict[tuple[str, str], tuple[str, ...]]:
    """Return the entries of each parcel (sheet, number) of a map series as it is keyed today."""
    rows = conn.execute(statement("link_answers", "papers_of_map"), {"unit": unit, "era": era})
    return {(sheet, parcel): tuple(ids) for sheet, parcel, ids in rows}


def lands_of_answers(conn: Connection, import_id: int) -> list[str]:
    """Return the lands (scopes) that the answers of an import, or of the one that it takes back, speak of."""
    return [row[0] for row in conn.execute(statement("link_answers", "lands_of_import"), {"import_id": import_id})]


def statuses(conn: Connection, units: Sequence[str]) -> dict[ParcelKey, ParcelStatus]:
    """Return how the published parcels of these communes stand."""
    rows = conn.execute(statement("link_answers", "statuses"), {"units": list(units)})
    return {ParcelKey.parse(key): status for key, status in rows}


def units_of(conn: Connection, batch_ids: Sequence[str]) -> list[str]:
    """Return the communes of the parcels that these batches tell of."""
    return [row[0] for row in conn.execute(statement("link_answers", "units"), {"batch_ids": list(batch_ids)})]


def lands_in_doubt(conn: Connection, sure: float) -> list[str]:
    """Return the lands that have steps less likely than `sure`."""
    return [row[0] for row in conn.execute(statement("link_answers", "lands_with_steps"), {"sure": sure})]


def _key(place: Place) -> ParcelKey:
    assert place.parcel is not None
    return ParcelKey(place.unit, place.era, place.sheet, place.parcel)


def _sheet(place: Place) -> tuple[str, Era, str]:
    return place.unit, place.era, place.sheet


def _numbers(places: Iterable[Place]) -> list[tuple[str, str, str, str | None]]:
    return sorted((one.unit, one.era, one.sheet, one.parcel) for one in places)


def _json(place: Place) -> dict[str, Any]:
    return {
        "unit": place.unit,
        "era": place.era,
        "sheet": place.sheet,
        "parcel": place.parcel,
        "entry_ids": list(place.entry_ids),
    }


def _places(rows: Iterable[Mapping[str, Any]]) -> tuple[Place, ...]:
    return tuple(Place(**{**row, "entry_ids": tuple(row["entry_ids"])}) for row in rows)


def _asked(row: Sequence[Any]) -> LinkAsked:
    question_id, scope, kind, subject, side, unit, era, offered = row[:8]
    return LinkAsked(question_id, scope, kind, _places([subject])[0], side, unit, era, _places(offered))
