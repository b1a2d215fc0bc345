"""The questions about papers that do not agree in the lands of some batches, with a paper of each side to look at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from cadastre.asking.dispute_cases import DisputeQuestion, in_order
from cadastre.asking.dispute_wording import papers_of, place_of, reason, side_told, words
from cadastre.asking.disputes import ask_disputes
from cadastre.settling.settled import settle
from cadastre.units.territory import scope_of, units_of_scope
from flows.asking.link_questions import Shown
from ocr.crops import Crop, crop
from ocr.open import Opener
from schemas.documents import Box, PageRef
from schemas.entries import Entry
from schemas.errors import Message
from schemas.outcomes import Quarantine
from schemas.parcels import Link, ParcelKey
from schemas.tables import Tables
from store import dispute_answers, intake, lineage, link_answers, originals, parcels, review
from store.database import Connection
from store.why import Lies, where

#: Grade reasons of parcels whose papers do not agree.
REASONS = (
    "two-certificates", "certificate-succeeded", "papers-disagree", "numbers-disagree", "area-material", "area-digit",
    "later-paper-differs", "imported-differs",
)  # fmt: skip
MOST_SIDES = 4  # that can be answered by a word
_MOST_PIXELS = (1100, 330)
_MOST_PICTURED = 500
_AT_ONCE = 2000


@dataclass(frozen=True, slots=True)
class SideShown:
    """What one side says in words, the paper to look at and where it lies; `scan` is None where none is held."""

    text: str
    paper: Entry | None
    lies: Lies | None
    scan: Shown | None


@dataclass(frozen=True, slots=True)
class PendingDispute:
    """A question about papers that do not agree, in words, with its first sides."""

    question: DisputeQuestion
    words: Message
    why: Message
    sides: tuple[SideShown, ...]


def pending_disputes(
    conn: Connection, batch_ids: Sequence[str], tables: Tables, *, identity: bool
) -> tuple[list[PendingDispute], int]:
    """Return the questions of the lands that these batches touch, and how many were left out for their names."""
    scopes = {scope_of(unit, tables) for unit in link_answers.units_of(conn, batch_ids)}
    found: list[PendingDispute] = []
    left_out = 0
    for scope in sorted(scopes):
        questions, entries = _of_land(conn, scope, tables)
        asked = [one for one in questions if identity or not one.personal]
        left_out += len(questions) - len(asked)
        found += _with_papers(conn, asked, entries, tables, identity=identity)
    found.sort(key=lambda one: in_order(one.question))
    return found, left_out


def _of_land(conn: Connection, scope: str, tables: Tables) -> tuple[list[DisputeQuestion], dict[str, Entry]]:
    """Return the questions of one land: its open parcels settled again from what is stored."""
    units = units_of_scope(scope, tables)
    open_ = dispute_answers.open_parcels(conn, units, REASONS)
    if not open_:
        return [], {}
    steps = lineage.steps_of(conn, scope)
    wanted = _chains(open_, steps)
    keys = {one.entry_id: one.key for one in lineage.told_of(conn, units, ()) if one.key in wanted}
    entries: dict[str, Entry] = {}
    every = sorted(wanted)
    for at in range(0, len(every), _AT_ONCE):
        some = every[at : at + _AT_ONCE]
        entries |= {entry.entry_id: entry for entry in parcels.entries_of_keys(conn, some)}
    decided = dispute_answers.decided_of(conn, scope)
    links = [link for link in steps if link.older in wanted]
    settled = settle(list(entries.values()), tables, links, keys=keys, decided=decided)
    return ask_disputes(scope, settled, entries, tables, decided), entries


def _chains(keys: Iterable[ParcelKey], steps: Iterable[Link]) -> set[ParcelKey]:
    """Return the keys with all that are linked to them."""
    beside: dict[ParcelKey, set[ParcelKey]] = {}
    for link in steps:
        beside.setdefault(link.older, set()).add(link.newer)
        beside.setdefault(link.newer, set()).add(link.older)
    seen: set[ParcelKey] = set()
    waiting = list(keys)
    while waiting:
        key = waiting.pop()
        if key not in seen:
            seen.add(key)
            waiting += beside.get(key, ())
    return seen


def _with_papers(
    conn: Connection,
    questions: Sequence[DisputeQuestion],
    entries: Mapping[str, Entry],
    tables: Tables,
    *,
    identity: bool,
) -> list[PendingDispute]:
    shown = {
        (one.asked.question_id, number): papers_of(one, number, entries)
        for one in questions
        for number in range(min(len(one.asked.sides), MOST_SIDES))
    }
    ids = {entry.entry_id for some in shown.values() for entry in some}
    lies = where(conn, ids)
    paths: dict[str, str] = {}
    for batch_id in review.batches_of(conn, ids):
        paths |= intake.paths_of(conn, batch_id)
    files = {entry.ref.sha256 for some in shown.values() for entry in some}
    personal = review.personal_boxes(conn, files) if not identity else {}

    def side(one: DisputeQuestion, number: int) -> SideShown:
        text = side_told(one, number, entries, identity=identity)
        papers = shown[one.asked.question_id, number]
        boxed = [entry for entry in papers if entry.ref.sha256 in paths and _box(one, number, entry, identity=identity)]
        entry = next(iter((*boxed, *papers)), None)
        if entry is None:
            return SideShown(text, None, None, None)
        at = lies.get(entry.entry_id)
        held = at is not None and not at.cited and entry.kind != "du_lieu" and entry.ref.sha256 in paths
        if not held:
            return SideShown(text, entry, at, None)
        hidden = tuple(personal.get(entry.ref, ()))
        box = _box(one, number, entry, identity=identity)
        return SideShown(text, entry, at, Shown(entry, paths[entry.ref.sha256], box, hidden))

    return [
        PendingDispute(
            one,
            words(one, entries, tables),
            reason(one, entries),
            tuple(side(one, number) for number in range(min(len(one.asked.sides), MOST_SIDES))),
        )
        for one in questions
    ]


def _box(question: DisputeQuestion, number: int, entry: Entry, *, identity: bool) -> Box | None:
    """Return where to look on the entry's page; None where the value was not read there."""
    for name in (place_of(question, number, entry, identity=identity), "parcel_no"):
        field = entry.fields.get(name)
        if field is not None and field.ref == entry.ref and field.box is not None:
            return field.box
    return None


def dispute_crops(
    home: Path, turns: Mapping[PageRef, int], pending: Sequence[PendingDispute]
) -> dict[tuple[str, int], Crop]:
    """Return the pictures of the sides of the first questions by question id and side; each page opens once."""
    wanted: dict[PageRef, list[tuple[str, int, Shown]]] = {}
    for one in pending[:_MOST_PICTURED]:
        for number, side in enumerate(one.sides):
            if side.scan is not None and side.scan.box is not None:
                row = (one.question.asked.question_id, number, side.scan)
                wanted.setdefault(side.scan.entry.ref, []).append(row)
    made: dict[tuple[str, int], Crop] = {}
    with Opener() as opener:
        for ref in sorted(wanted):
            page = opener.open_page(originals.path_of(home, ref.sha256), ref.page)
            if isinstance(page, Quarantine):
                continue
            for question_id, number, paper in wanted[ref]:
                assert paper.box is not None
                turn = turns.get(ref, 0)
                made[question_id, number] = crop(
                    page, paper.box, turn_deg=turn, hidden=paper.hidden, most=_MOST_PIXELS
                )  # fmt: skip
    return made


def pages_of(pending: Iterable[PendingDispute]) -> set[str]:
    """Return the files (hashes) of the papers that are shown."""
    return {side.scan.entry.ref.sha256 for one in pending for side in one.sides if side.scan is not None}
