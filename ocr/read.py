"""From a clean page to what stands on it: which form it is, and each field with the votes of two engines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Self

import cv2
import numpy as np

from ocr.book_page import BookPage, read_book_page
from ocr.clean import CleanPage
from ocr.engines import Image
from ocr.engines.pair import Engines, default_engines
from ocr.engines.rapid import Rect
from ocr.faces import spans_of, without_notices
from ocr.forms import Looks, Match, PaperForm, load_forms, match_columns, match_faces
from ocr.layout import Piece, cut_at, find_lines, gutter, read_lines
from ocr.likeness import look_of
from ocr.machine_codes import read_codes
from ocr.serials import read_serial
from ocr.tables import read_corners
from ocr.votes import Value, vote_on
from schemas.documents import PageRef
from schemas.readings import CornerReading, PageReading, Reading, RowReading

#: Part of the key under which a reading is kept; a change in what is read changes it.
READER_VERSION = "2026.7"

_SPREAD = 1.15  # width / height from which two pages may stand beside each other

_GREYS = 2.0  # pixels between black and white for each dark one; a scan in greys has more


@dataclass(frozen=True, slots=True)
class _Face:
    """A face that was recognised, its pieces and its rectangle on the clean page."""

    match: Match
    pieces: list[Piece]
    area: Rect


class PageReader:
    """Reads clean pages with the engines and forms that it was given."""

    def __init__(self, engines: Engines, forms: Sequence[PaperForm]) -> None:
        self._engines = engines
        self._forms = tuple(forms)

    @classmethod
    def default(cls) -> Self:
        """Return a reader with the real engines and the forms that come with the package."""
        return cls(default_engines(), load_forms())

    def read(self, page: CleanPage, ref: PageRef, width: int, height: int) -> PageReading:
        """Return what stands on the page; `width` and `height` are those of the original in pixels."""
        if page.blank:
            return _reading(page, ref, width, height)
        faces, strength = self._recognise(page)
        if not faces and is_bitonal(page.text):
            # The engines know grey letters: the ragged edges of a photocopy are smoothed for a second look.
            page = replace(page, text=np.asarray(cv2.GaussianBlur(page.text, (0, 0), 1.0), dtype=np.uint8))
            faces, strength = self._recognise(page)
        if not faces:
            return _reading(page, ref, width, height, p=1 - strength / 2)
        fields: dict[str, tuple[Reading, ...]] = {}
        rows: tuple[RowReading, ...] = ()
        notes: tuple[RowReading, ...] = ()
        corners: tuple[CornerReading, ...] = ()
        for face in faces if faces[0].match.paper.reads else ():
            if "ledger" in face.match.face.layout:
                book = self._book(page, face, ref)
                rows, notes = (*rows, *book.rows), (*notes, *book.notes)
                values: Sequence[Value] = book.values
            else:
                values = self._values(page, face, ref)
            for value in values:
                fields[value.name] = (*fields.get(value.name, ()), value.reading)
            if "corners" in face.match.face.layout:
                near = face.area if len(faces) > 1 else None
                corners = (*corners, *read_corners(page, self._engines, ref, near))
        return _reading(page, ref, width, height, faces, fields, rows, corners, notes)

    def _recognise(self, page: CleanPage) -> tuple[list[_Face], float]:
        """Return the faces on the page, left to right, and how strong the best match is (1: just enough).

        There are none where the page looks like no form that is known.
        """
        pieces = read_lines(page.text, find_lines(page.text, self._engines.detect), self._engines.words)
        height, width = page.text.shape[:2]
        faces: list[_Face] = []
        best = 0.0
        looks, useful_by = Looks(), dict[tuple[str, ...], list[Piece]]()
        for paper in sorted(self._forms, key=lambda form: form.yields):
            if paper.ignore not in useful_by:
                useful_by[paper.ignore] = without_notices(pieces, paper.ignore)
            useful = useful_by[paper.ignore]
            if paper.spread and width > _SPREAD * height:
                found = _spread(useful, paper, width, height, looks)
            else:
                matches = match_faces(useful, paper, looks=looks)[:1]
                found = [_Face(match, useful, (0, 0, width, height)) for match in matches]
            strength = max((face.match.strength for face in found), default=0.0)
            if strength > best and not (paper.yields and best >= 1):
                faces, best = found, strength
        if best < 1 and (match := match_columns(pieces, self._forms, looks)):
            return [_Face(match, pieces, (0, 0, width, height))], 1.0
        return (faces, best) if best >= 1 else ([], best)

    def _book(self, page: CleanPage, face: _Face, ref: PageRef) -> BookPage:
        def labelled(pieces: Sequence[Piece]) -> list[Value]:
            return self._values(page, replace(face, pieces=list(pieces)), ref)

        return read_book_page(_alone(page, face.area), self._engines, ref, face.match.face, face.pieces, labelled)

    def _values(self, page: CleanPage, face: _Face, ref: PageRef) -> list[Value]:
        serial = (
            read_serial(page, (face.pieces, face.area), face.match.paper.serial, self._engines, ref)
            if "serial" in face.match.face.layout
            else None
        )
        tokens, spans = spans_of(face.match.face, face.pieces, serial.piece if serial else None)
        values = vote_on(page, tokens, spans, self._engines, ref)
        codes = read_codes(page, face.match.face, face.area, face.match.paper.serial, ref)
        return [*values, Value("serial", serial.reading), *codes] if serial else [*values, *codes]


def _alone(page: CleanPage, area: Rect) -> CleanPage:
    """Return the page in its frame with white around the area: the rules of the other half are no table's here."""
    left, top, right, bottom = area
    if (right - left, bottom - top) == (page.text.shape[1], page.text.shape[0]):
        return page

    def kept(image: Image) -> Image:
        white = np.full_like(image, 255)
        white[top:bottom, left:right] = image[top:bottom, left:right]
        return white

    return replace(page, grey=kept(page.grey), text=kept(page.text), colour=None)


def is_bitonal(text: Image) -> bool:
    """Return whether a page is in bare black and white, but for edges that were turned or scaled."""
    between = np.mean((text > 24) & (text < 231))
    return bool(between < _GREYS * np.mean(text < 128))


def _spread(pieces: Sequence[Piece], paper: PaperForm, width: int, height: int, looks: Looks) -> list[_Face]:
    """Return the two faces of the spread whose pair fits best; one half may be too empty to show what it is."""
    at = gutter(pieces, width)
    halves = cut_at(pieces, at)
    found = [{m.face.name: m for m in match_faces(half, paper, pieces, looks)} for half in halves]
    pairs = [pair for left, right in paper.spread for pair in ((left, right), (right, left))]

    def points(pair: tuple[str, str]) -> float:
        return sum(found[i][name].strength for i, name in enumerate(pair) if name in found[i])

    best = max(pairs, key=points)
    areas: tuple[Rect, Rect] = ((0, 0, at, height), (at, 0, width, height))
    by_name = {face.name: face for face in paper.faces}
    faces = []
    for i, name in enumerate(best):
        match = found[i].get(name) or Match(paper, by_name[name], 0.0, False)
        faces.append(_Face(match, halves[i], areas[i]))
    return faces


def _reading(
    page: CleanPage,
    ref: PageRef,
    width: int,
    height: int,
    faces: Sequence[_Face] = (),
    fields: Mapping[str, tuple[Reading, ...]] | None = None,
    rows: tuple[RowReading, ...] = (),
    corners: tuple[CornerReading, ...] = (),
    notes: tuple[RowReading, ...] = (),
    *,
    p: float = 1.0,
) -> PageReading:
    best = max((face.match for face in faces), key=lambda match: match.strength, default=None)
    known = dict(fields or {})
    numbers = known.pop("printed_no", ())
    return PageReading(
        ref=ref,
        width=width,
        height=height,
        blank=page.blank,
        look=None if page.blank else look_of(page.grey),
        kind=best.paper.kind if best else "khac",
        kind_p=round(best.p if best else max(0.5, p), 3),
        form=best.paper.form if best else None,
        era=best.paper.era if best else None,
        quality=page.quality,
        capture=page.capture,
        copy_kind=page.copy_kind,
        turn_deg=page.turn_deg,
        printed_no=numbers[0].text if numbers else None,
        title_page=any(face.match.title for face in faces),
        faces=tuple(face.match.face.name for face in faces),
        fields=known,
        rows=rows,
        corners=corners,
        notes=notes,
    )
