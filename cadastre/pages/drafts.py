"""One folder's pages into documents, and each document into drafts: what it says of one parcel."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from cadastre.pages.block_notes import notes_of
from cadastre.pages.cutting import Piece, cut
from cadastre.pages.joins import BOOK_KINDS as BOOKS
from cadastre.pages.parcel_rows import parcel_rows
from cadastre.pages.printed_form import form_of
from cadastre.words.shares import areas_of
from cadastre.words.toponyms import OLD_BOOKS, owner_and_place
from schemas.documents import Era, Form, Given, Kind, PageRef
from schemas.entries import Draft
from schemas.readings import CornerReading, PageReading, Reading

#: Kinds that make no entry: nothing recognised, or never read further (contract.md).
WITHOUT_ENTRY: frozenset[Kind] = frozenset({"khac", "giay_to_tuy_than", "ban_do"})
#: What a book prints on its cover or in a page head for all its rows.
_OF_THE_BOOK = ("unit_name", "district_name", "province_name", "issued_on")
#: Of a paper with several parcels the area outside the list is the total (contract.md).
_TOTALS = {"area_m2": "total_m2", "sum_m2": "total_m2", "area_words_m2": "total_words_m2"}

Fields = Mapping[str, tuple[Reading, ...]]


@dataclass(frozen=True, slots=True)
class Document:
    """One paper: its pages in the order of their content, and one draft for each parcel that it names."""

    document_id: str
    kind: Kind
    form: Form | None
    era: Era | None
    pages: tuple[PageRef, ...]
    drafts: tuple[Draft, ...]


def _id(*parts: object) -> str:
    return hashlib.sha256(":".join(map(str, parts)).encode()).hexdigest()[:32]


def _joined(fields: Iterable[Fields]) -> dict[str, tuple[Reading, ...]]:
    """Return every place of every field, the earlier pages' places first."""
    joined: dict[str, tuple[Reading, ...]] = {}
    for page in fields:
        for name, readings in page.items():
            joined[name] = (*joined.get(name, ()), *readings)
    return joined


def _given(piece: Piece) -> Given:
    """Return what the manifest says, from the first file that names a commune, else from the first file."""
    return next((given for given, _ in piece.pages if given.unit_code), piece.pages[0][0])


@dataclass(frozen=True, slots=True)
class _Paper:
    """A piece with what all its drafts share."""

    document_id: str
    piece: Piece
    form: Form | None
    era: Era | None

    def draft(self, ref: PageRef, row: int | None, fields: Fields, corners: tuple[CornerReading, ...] = ()) -> Draft:
        place = (ref.sha256, ref.page) if row is None else (ref.sha256, ref.page, row)
        return Draft(
            entry_id=_id("entry", self.document_id, *place),
            document_id=self.document_id,
            ref=ref,
            row=row,
            kind=self.piece.kind,
            form=self.form,
            era=self.era,
            given=_given(self.piece),
            fields=fields,
            corners=corners,
        )


def _rows(paper: _Paper, page: PageReading, shared: Fields, corners: tuple[CornerReading, ...] = ()) -> Iterable[Draft]:
    rows = parcel_rows(page)
    notes = notes_of(page, rows)
    for row in rows:
        own: dict[str, tuple[Reading, ...]] = {name: (reading,) for name, reading in row.fields.items()}
        if paper.piece.kind == "so_dia_chinh":
            own.update(areas_of(row.fields))
        if paper.era in OLD_BOOKS and "toponym" not in own and "owners" in row.fields:
            own.update(owner_and_place(row.fields["owners"]))
        if row.row in notes:
            own["change_note"] = (*own.get("change_note", ()), *notes[row.row])
        yield paper.draft(page.ref, row.row, {**shared, **own}, corners)


def _lone_row(paper: _Paper, page: PageReading, fields: Fields, corners: tuple[CornerReading, ...]) -> Iterable[Draft]:
    """Return the draft of a list with one row: what stands outside the list seconds what stands in it."""
    for row in parcel_rows(page):
        own = {name: (reading, *fields.get(name, ())) for name, reading in row.fields.items()}
        yield paper.draft(page.ref, row.row, {**fields, **own}, corners)


def _of_book(paper: _Paper) -> tuple[Draft, ...]:
    """Return a draft for each row; the page's own head goes before the cover."""
    pages = [page for _, page in paper.piece.pages]
    book = _joined({name: page.fields[name] for name in _OF_THE_BOOK if name in page.fields} for page in pages)
    cover = _joined(page.fields for page in pages if "cover" in page.faces)
    return tuple(draft for page in pages for draft in _rows(paper, page, {**cover, **page.fields, **book}))


def _corners(pages: Sequence[PageReading]) -> tuple[CornerReading, ...]:
    return max((page.corners for page in pages), key=len, default=())


def _of_parcel(paper: _Paper) -> tuple[Draft, ...]:
    """Return the draft of a certificate or extract, or one for each row of its list of parcels."""
    pages = [page for _, page in paper.piece.pages]
    fields = _joined(page.fields for page in pages)
    listed = [page for page in pages if parcel_rows(page)]
    rows = sum(len(parcel_rows(page)) for page in listed)
    if rows == 0:
        # where the parcel's number cannot be read, its page is that of the block that it stands in
        block = next((fields[name] for name in ("parcel_no", "sheet_no", "area_m2") if name in fields), None)
        home = pages[0].ref if fields else paper.piece.first.ref  # a paper that is not read lies where it begins
        return (paper.draft(block[0].ref if block else home, None, fields, _corners(pages)),)
    if rows == 1:  # the area outside the list is the parcel's, said once more
        return tuple(draft for page in listed for draft in _lone_row(paper, page, fields, _corners(pages)))
    totals = _TOTALS if paper.piece.kind == "gcn" else {}  # of another list a page's sum need not be of all
    of_all = _joined({totals.get(name, name): places} for name, places in fields.items())
    return tuple(draft for page in listed for draft in _rows(paper, page, of_all))


def _first(values: Iterable[str | None]) -> str | None:
    return next((value for value in values if value), None)


def _document(piece: Piece) -> Document:
    first = piece.first.ref
    pages = [page for _, page in piece.pages]
    form = form_of(pages) if piece.kind == "gcn" else None
    era: Era | None = next((page.era for page in pages if page.era), None)
    paper = _Paper(_id("document", first.sha256, first.page), piece, form, era)
    if piece.kind in WITHOUT_ENTRY:
        drafts: tuple[Draft, ...] = ()
    elif piece.kind in BOOKS:
        # a book of which no page is known by its print waits as a whole
        drafts = _of_book(paper) if piece.faces else (paper.draft(pages[0].ref, None, {}),)
    else:
        drafts = _of_parcel(paper)
    return Document(paper.document_id, piece.kind, form, era, tuple(page.ref for page in pages), drafts)


def assemble(pages: Sequence[tuple[Given, PageReading]]) -> list[Document]:
    """Return the documents of one folder's pages, which are given in the order of files and pages.

    Every page that is not blank is in exactly one document. A document's id comes from its first page in that order.
    """
    return [_document(piece) for piece in cut(pages)]
