"""The questions of how maps go together that wait in the lands of some batches, and where to look on the papers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from cadastre.asking.lineage_questions import ask_links
from cadastre.asking.link_question import LinkQuestion, by_worth
from cadastre.asking.rival_lots import SURE
from cadastre.linking.lots import Lot, lots_of
from cadastre.numberings.mentions import FIELDS, mention
from cadastre.settling.contradictions import OF_STEPS
from cadastre.settling.drawn_anew import LEFT_BEHIND
from cadastre.units.territory import scope_of, units_of_scope
from ocr.crops import Crop, crop
from ocr.open import Opener
from schemas.answers import Place
from schemas.documents import Box, PageRef
from schemas.entries import IDENTITY_FIELDS, Entry
from schemas.outcomes import Quarantine
from schemas.parcels import ParcelKey
from schemas.tables import Tables
from store import dispute_answers, intake, lineage, link_answers, originals, parcels, review
from store.database import Connection
from store.why import Lies, where

_MOST_PIXELS = (1100, 330)
_MOST_PICTURED = 500  # questions; the workbook stays small enough to be sent
_NUMBERS = ("parcel_no", "sheet_no", "area_m2", "old_sheet_no", "old_parcel_no", "land_use", "owners")


@dataclass(frozen=True, slots=True)
class Shown:
    """A paper of a parcel that is asked for: the entry, its file, and the box to look at with what is to be covered.

    `source` is where the paper lies that was imported without its scan: there is nothing to look at here.
    """

    entry: Entry
    path: str
    box: Box | None
    hidden: tuple[Box, ...]
    source: Lies | None = None


@dataclass(frozen=True, slots=True)
class PendingLink:
    """A question of links with a paper of the parcel asked for and one of the best answer; None for whole sheets."""

    question: LinkQuestion
    papers: tuple[Shown | None, Shown | None]


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits in some lands, and the places of earlier answers that no paper has any more."""

    links: tuple[PendingLink, ...]
    lost: tuple[Place, ...]


def pending_links(conn: Connection, batch_ids: Sequence[str], tables: Tables, *, identity: bool) -> Waiting:
    """Return the questions of the lands that these batches touch; pictures show names with `identity` alone."""
    scopes = {scope_of(unit, tables) for unit in link_answers.units_of(conn, batch_ids)}
    questions: list[LinkQuestion] = []
    lost: list[Place] = []
    doubtful = set(link_answers.lands_in_doubt(conn, SURE))
    for scope in sorted(scopes):
        told = link_answers.told_of(conn, scope)
        lost += told.lost
        units = units_of_scope(scope, tables)
        open_ = dispute_answers.open_parcels(conn, units, (LEFT_BEHIND, *OF_STEPS))
        if scope not in doubtful and not open_:
            continue
        against = {key: [name for name in found if name in OF_STEPS] for key, found in open_.items()}
        questions += ask_links(
            scope,
            _lots(conn, units, tables),
            lineage.steps_of(conn, scope),
            tables,
            statuses=link_answers.statuses(conn, units),
            said=told.said,
            against={key: some for key, some in against.items() if some},
        )
    questions.sort(key=by_worth)
    return Waiting(tuple(_with_papers(conn, questions, identity=identity)), tuple(lost))


def _lots(conn: Connection, units: Sequence[str], tables: Tables) -> list[Lot]:
    told = lineage.told_of(conn, units, FIELDS)
    mentions = [mention(one.entry_id, one.document_id, one.kind, one.own, one.values, tables) for one in told]
    return lots_of(mentions, {one.entry_id: one.key.era for one in told}, tables)


def _with_papers(conn: Connection, questions: Sequence[LinkQuestion], *, identity: bool) -> list[PendingLink]:
    pairs = {
        one.asked.question_id: (one.asked.subject, *(one.asked.offered[:1] or (None,)))
        for one in questions
        if one.asked.kind == "parcel"
    }
    keys = {
        ParcelKey(place.unit, place.era, place.sheet, place.parcel)
        for pair in pairs.values()
        for place in pair
        if place is not None and place.parcel is not None
    }
    entries = {entry.entry_id: entry for entry in parcels.entries_of_keys(conn, keys)} if keys else {}
    paths: dict[str, str] = {}
    for batch_id in review.batches_of(conn, entries):
        paths |= intake.paths_of(conn, batch_id)
    lies = where(conn, entries)
    personal = review.personal_boxes(conn, {entry.ref.sha256 for entry in entries.values()})

    def paper(place: Place) -> Shown | None:
        known = [entries[one] for one in place.entry_ids if one in entries and entries[one].ref.sha256 in paths]
        boxed = [entry for entry in known if _box(entry, identity=identity)]
        if not known:
            return None
        entry = max(boxed or known, key=lambda one: (_day(one), one.entry_id))
        at = lies.get(entry.entry_id)
        if at is not None and at.cited:
            return Shown(entry, paths[entry.ref.sha256], None, (), at)
        return Shown(
            entry,
            paths[entry.ref.sha256],
            _box(entry, identity=identity),
            () if identity else tuple(personal.get(entry.ref, ())),
        )

    out: list[PendingLink] = []
    for one in questions:
        subject, best = pairs.get(one.asked.question_id, (None, None))
        out.append(PendingLink(one, (paper(subject) if subject else None, paper(best) if best else None)))
    return out


def _day(entry: Entry) -> str:
    field = entry.fields.get("issued_on")
    return field.value if field and isinstance(field.value, str) else ""


def _box(entry: Entry, *, identity: bool) -> Box | None:
    """Return where the parcel stands on its page: its number alone, or, for who may see names, the whole line.

    Between the number and the area of a book's row stands the name, and not every name is found and covered.
    """
    number = entry.fields.get("parcel_no")
    if number is None or number.ref != entry.ref or number.box is None:
        return None
    box = number.box
    if identity:
        for name in _NUMBERS:
            field = entry.fields.get(name)
            if (
                field
                and field.ref == entry.ref
                and field.box
                and (entry.row is not None or name not in IDENTITY_FIELDS)
            ):
                box = box.union(field.box)
    return box


def link_crops(
    home: Path, turns: Mapping[PageRef, int], pending: Sequence[PendingLink]
) -> dict[str, tuple[Crop | None, Crop | None]]:
    """Return the pictures of the two papers of the first questions by their ids; each page opens once."""
    wanted: dict[PageRef, list[tuple[str, int, Shown]]] = {}
    for one in pending[:_MOST_PICTURED]:
        for side, paper in enumerate(one.papers):
            if paper is not None and paper.box is not None:
                wanted.setdefault(paper.entry.ref, []).append((one.question.asked.question_id, side, paper))
    made: dict[str, list[Crop | None]] = {}
    with Opener() as opener:
        for ref in sorted(wanted):
            page = opener.open_page(originals.path_of(home, ref.sha256), ref.page)
            if isinstance(page, Quarantine):
                continue
            for question_id, side, paper in wanted[ref]:
                assert paper.box is not None
                picture = crop(
                    page, paper.box, turn_deg=turns.get(ref, 0), hidden=paper.hidden, most=_MOST_PIXELS
                )  # fmt: skip
                made.setdefault(question_id, [None, None])[side] = picture
    return {question_id: (pair[0], pair[1]) for question_id, pair in made.items()}


def pages_of(pending: Iterable[PendingLink]) -> set[str]:
    """Return the files (hashes) of the papers that are shown."""
    return {paper.entry.ref.sha256 for one in pending for paper in one.papers if paper is not None}
