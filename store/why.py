"""What stands behind a parcel's values: its claims, their papers, and what is open on them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from schemas.disputes import DisputeKind, DisputeVerdict, Side
from schemas.documents import Era, Form, Kind
from schemas.entries import FieldStatus, Source, Value, value_from_json
from schemas.errors import Message
from schemas.outcomes import Finding
from schemas.parcels import Claim, Grade, ParcelKey, ParcelStatus
from store import audit
from store.database import Connection, statement


@dataclass(frozen=True, slots=True)
class Known:
    """A published parcel as it is known now, without its values."""

    parcel_id: str
    key: ParcelKey
    version_id: int
    known_from: datetime
    valid_from: str | None
    valid_to: str | None
    status: ParcelStatus
    grade: Grade
    grade_reasons: tuple[str, ...]
    geometry_note: str | None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a field stands, how sure it is, and the file where it is not the entry's own."""

    status: FieldStatus
    p: float | None
    source: Source
    page: int | None
    box: tuple[int, ...] | None
    file: str | None


@dataclass(frozen=True, slots=True)
class PaperSeen:
    """The paper of an entry: what it is, where it lies, and where each of its fields stands.

    Of an entry that was imported without its scan, `file`, `page` and `row` are those of its source, which is not held
    here; `imported` and `imported_row` are the imported file and the row in it.
    """

    entry_id: str
    document_id: str
    kind: Kind
    form: Form | None
    era: Era | None
    file: str | None
    page: int
    row: int | None
    fields: Mapping[str, Place]
    findings: tuple[Finding, ...]
    imported: str | None = None
    imported_row: int | None = None


@dataclass(frozen=True, slots=True)
class RuledOn:
    """What a person ruled on papers of a parcel: the side that is right, where the verdict names one, who and when."""

    kind: DisputeKind
    attribute: str | None
    verdict: DisputeVerdict
    right: Side | None
    day: date
    who: str


@dataclass(frozen=True, slots=True)
class Behind:
    """The claims of a parcel, the papers that they rest on, by entry id, and what people ruled on these."""

    claims: tuple[Claim, ...]
    papers: Mapping[str, PaperSeen]
    rulings: tuple[RuledOn, ...] = ()


def parcels_numbered(conn: Connection, unit: str, sheet: str, parcel: str, era: Era | None = None) -> list[Known]:
    """Return the published parcels of this number, of one map series or all; those that still hold come first."""
    values = {"unit": unit, "sheet": sheet, "parcel": parcel, "era": era}
    return [
        Known(parcel_id, ParcelKey(*key), version_id, *times, status, grade, tuple(reasons), note)
        for parcel_id, *key, version_id, known, first, last, status, grade, reasons, note in conn.execute(
            statement("why", "parcels"), values
        )
        for times in ((known, first, last),)
    ]


def behind(conn: Connection, parcel: Known, *, identity: str | None) -> Behind:
    """Return what stands behind a parcel; with a reason for `identity` values that name people too, and that is logged.

    A login that may not read people sees nothing of them.
    """
    people = conn.execute(statement("layers", "may_read_people")).fetchone() == (True,)
    if identity is not None and people:
        audit.append(conn, "read-identity", str(parcel.key), {"reason": identity, "what": "why"})
    values = {"version_id": parcel.version_id, "identity": identity is not None}
    rows = conn.execute(statement("why", "claims"), values).fetchall()
    if people:
        rows += conn.execute(statement("why", "personal_claims"), values).fetchall()
    claims = [_claim(parcel.key, row) for row in rows]
    papers = _papers(conn, sorted({claim.entry_id for claim in claims}), people=people)
    return Behind(tuple(claims), papers, _rulings(conn, claims, papers) if people else ())


def _rulings(conn: Connection, claims: Iterable[Claim], papers: Mapping[str, PaperSeen]) -> tuple[RuledOn, ...]:
    values = {
        "ids": sorted(papers),
        "documents": sorted({one.document_id for one in papers.values()}),
        "serials": sorted({str(claim.value) for claim in claims if claim.attribute == "serial"}),
    }
    names = ("entry_ids", "document_ids", "serials")
    return tuple(
        RuledOn(kind, attribute, verdict, Side(*(tuple(side[one]) for one in names)) if side else None, day, who)
        for kind, attribute, verdict, side, day, who in conn.execute(statement("why", "rulings"), values)
    )


@dataclass(frozen=True, slots=True)
class Lies:
    """Where an entry's paper lies: file, page and row, at its source where it came in without its scan (`cited`)."""

    file: str | None
    page: int
    row: int | None
    cited: bool


def where(conn: Connection, entry_ids: Iterable[str]) -> dict[str, Lies]:
    """Return where the papers of these entries lie, by entry id."""
    found: dict[str, Lies] = {}
    for row in conn.execute(statement("why", "entries"), {"ids": sorted(entry_ids)}):
        entry_id, _, _, _, page, row_no, _, _, _, path, cited, cited_page, cited_row = row
        if cited:
            found[entry_id] = Lies(cited, cited_page or page, cited_row, cited=True)
        else:
            found[entry_id] = Lies(path, page, row_no, cited=False)
    return found


def _claim(key: ParcelKey, row: tuple[Any, ...]) -> Claim:
    attribute, value, entry_id, era, asserted_on, standing, rule, claimed = row
    typed: Value = None if value is None else value_from_json(attribute, value)
    on_paper = key if claimed is None else ParcelKey.parse(claimed)
    return Claim(on_paper, attribute, typed, entry_id, era, asserted_on, standing, rule)


def _papers(conn: Connection, entry_ids: list[str], *, people: bool) -> dict[str, PaperSeen]:
    entries = conn.execute(statement("why", "entries"), {"ids": entry_ids}).fetchall()
    values = {"batches": [row[1] for row in entries], "ids": [row[0] for row in entries]}
    fields: dict[str, dict[str, Place]] = {}
    for name in ("fields", "personal_fields") if people else ("fields",):
        for entry_id, field, status, p, source, page, box, file in conn.execute(statement("why", name), values):
            place = Place(status, p, source, page, tuple(box) if box is not None else None, file)
            fields.setdefault(entry_id, {})[field] = place
    findings: dict[str, list[Finding]] = {}
    for entry_id, code, severity, vi, en in conn.execute(statement("why", "findings"), values):
        findings.setdefault(entry_id, []).append(Finding(code, severity, (), Message(vi, en)))
    papers: dict[str, PaperSeen] = {}
    for row in entries:
        entry_id, _, document_id, _, page, row_no, kind, form, era, path, cited, cited_page, cited_row = row
        papers[entry_id] = PaperSeen(
            entry_id,
            document_id,
            kind,
            form,
            era,
            file=cited or path,
            page=cited_page or page,
            row=cited_row if cited else row_no,
            fields=fields.get(entry_id, {}),
            findings=tuple(findings.get(entry_id, ())),
            imported=path if cited else None,
            imported_row=row_no if cited else None,
        )
    return papers
