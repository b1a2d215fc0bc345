"""Where one paper ends and the next begins among a folder's pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from cadastre.certificates import read_serial
from schemas.documents import Given, Kind
from schemas.readings import PageReading

GivenPage = tuple[Given, PageReading]
_ALL_FACES = frozenset("1234")
#: Books: a cover and row pages, one entry for each row.
BOOKS: frozenset[Kind] = frozenset({"so_muc_ke", "so_dang_ky", "so_dia_chinh", "so_cap_gcn"})


@dataclass(frozen=True, slots=True)
class Piece:
    """The pages of one paper in the order of their content, and the one that came first in the folder."""

    kind: Kind
    pages: tuple[GivenPage, ...]
    first: PageReading

    @property
    def faces(self) -> frozenset[str]:
        """Return the form's faces that the pages show."""
        return frozenset(face for _, page in self.pages for face in page.faces)

    @property
    def serials(self) -> frozenset[str]:
        """Return the certificate serials that stand on the pages."""
        texts = (vote.text for _, page in self.pages for seen in page.fields.get("serial", ()) for vote in seen.votes)
        return frozenset(serial for text in texts if (serial := read_serial(text)))

    @property
    def files(self) -> tuple[str, ...]:
        """Return the hashes of the files that the pages lie in."""
        return tuple(dict.fromkeys(page.ref.sha256 for _, page in self.pages))


def _kind(item: GivenPage) -> Kind:
    given, page = item
    return given.kind or page.kind


def _joined(piece: Piece, other: Piece) -> Piece:
    return replace(piece, pages=(*piece.pages, *other.pages))


def _completes(piece: Piece, other: Piece) -> bool:
    """Return whether a certificate still lacks the other's faces, and no serial says that they are two."""
    if not piece.faces or not other.faces or piece.faces & other.faces:
        return False
    return not _two_serials(piece, other)


def _two_serials(piece: Piece, other: Piece) -> bool:
    return bool(piece.serials and other.serials) and not piece.serials & other.serials


def _continues_certificate(piece: Piece, other: Piece) -> bool:
    """Return whether a page of the same file is a further page of the certificate before it."""
    _, page = other.pages[0]
    if _completes(piece, other):
        return True
    if page.title_page or "1" in page.faces or _two_serials(piece, other):
        return False
    if page.kind not in ("gcn", "khac") and "parcel_no" in page.fields:
        return False  # another paper of the parcel in a file that the manifest calls a certificate
    if not page.faces:  # a supplement page
        return True
    # two faces taken for the same one: while a face is lacking and the page names no parcel of its own, it is that
    return piece.faces < _ALL_FACES and "parcel_no" not in page.fields


def _inner_spread(piece: Piece, other: Piece) -> bool:
    """Return whether an untitled page with corners is the plan of the certificate that still lacks its inside."""
    _, page = other.pages[0]
    lacking = piece.kind == "gcn" and bool(piece.faces) and not piece.faces & {"2", "3"}
    return lacking and other.kind == "trich_do" and page.kind == "trich_do" and not page.title_page


def _without_title(piece: Piece) -> bool:
    """Return whether an extract's page goes on: it has no title and names no parcel."""
    _, page = piece.pages[0]
    return not page.title_page and "parcel_no" not in page.fields


def _goes_on(piece: Piece, other: Piece) -> bool:
    """Return whether the next page of the same file belongs to the paper before it."""
    if _inner_spread(piece, other):
        return True
    if piece.kind != other.kind:
        return False
    if piece.kind == "gcn":
        return _continues_certificate(piece, other)
    if piece.kind in BOOKS:
        return "cover" not in other.faces
    return piece.kind == "trich_do" and _without_title(other)


def _within_file(pages: Iterable[GivenPage]) -> list[Piece]:
    pieces: list[Piece] = []
    for item in pages:
        single = Piece(_kind(item), (item,), item[1])
        # a page that fits nothing does not end the book around it; a certificate may be scanned around another paper
        before = (i for i in range(len(pieces) - 1, -1, -1) if pieces[i].kind != "khac")
        if single.kind == "gcn":
            before = (i for i in before if pieces[i].kind == "gcn")
        at = next(before, None)
        if at is not None and _goes_on(pieces[at], single):
            pieces[at] = _joined(pieces[at], single)
        else:
            pieces.append(single)
    return pieces


def _across_files(pieces: Iterable[Piece], pages_of_file: Counter[str]) -> list[Piece]:
    """Join a certificate's faces, and the single-page files of a book or an extract, that lie in consecutive files."""
    joined: list[Piece] = []
    for piece in pieces:
        before = joined[-1] if joined else None
        if before is not None and before.kind == piece.kind and not set(before.files) & set(piece.files):
            single = all(pages_of_file[file] == 1 for file in (*before.files, *piece.files))
            book = piece.kind in BOOKS and single and "cover" not in piece.faces
            extract = piece.kind == "trich_do" and single and _without_title(piece)
            if book or extract or (piece.kind == "gcn" and _completes(before, piece)):
                joined[-1] = _joined(before, piece)
                continue
        joined.append(piece)
    return joined


def _in_order(piece: Piece) -> Piece:
    """Put a certificate's pages in the order of their faces; a spread counts by its first page (4|1 by 1)."""
    if piece.kind != "gcn":
        return piece
    pages = sorted(piece.pages, key=lambda item: min(item[1].faces, default="9"))
    return replace(piece, pages=tuple(pages))


def cut(pages: Sequence[GivenPage]) -> list[Piece]:
    """Return the papers of one folder, pages given in the order of files; blank pages belong to none."""
    pages_of_file = Counter(page.ref.sha256 for _, page in pages)
    written = [item for item in pages if not item[1].blank]
    pieces: list[Piece] = []
    for _, file in groupby(written, key=lambda item: (item[0].file, item[1].ref.sha256)):
        pieces += _within_file(file)
    return [_in_order(piece) for piece in _across_files(pieces, pages_of_file)]
