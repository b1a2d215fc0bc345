"""Where one paper ends and the next begins among a folder's pages.

The pages of a file, and the single-page files that lie one behind the other, are runs; each page of a run goes to the
paper that most speaks for (`joins`), or begins one. A separator sheet ends every paper before it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, zip_longest

from cadastre.pages.joins import BOOK_KINDS, Open, score
from cadastre.pages.page_order import in_order, lie_reversed, restarts
from cadastre.pages.page_signs import GivenPage, Signs, signs_of
from cadastre.pages.unknown_pages import settle_unknown
from schemas.documents import Kind, PageRef
from schemas.readings import PageReading

#: So many papers back a page may still belong to, in pages that a feeder shuffled.
_REACH = 6


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


def cut(pages: Sequence[GivenPage]) -> list[Piece]:
    """Return the papers of one folder, pages given in the order of files; blank pages belong to none."""
    place = {page.ref: i for i, (_, page) in enumerate(pages)}
    papers: list[Open] = []
    parted = True
    for _, group in groupby(pages, key=_runs(pages)):
        run = list(group)
        found = _cut_run(run)
        sheets = [page.separator is not None for _, page in run if page.separator or not page.blank] or [False]
        if found and not parted and not sheets[0] and (joined := _over_files(papers[-1], found[0])):
            papers[-1:] = [joined]
            found = found[1:]
        papers += found
        parted = sheets[-1] or not papers
    pieces = [_piece(paper, place) for paper in papers]
    return sorted(pieces, key=lambda piece: place[piece.first.ref])


def _runs(pages: Sequence[GivenPage]) -> _RunOf:
    counts = Counter((given.file, page.ref.sha256) for given, page in pages)
    return _RunOf(counts)


@dataclass(slots=True)
class _RunOf:
    """Tells pages of one run from those of another: a file of several pages is a run, so are single ones in a row."""

    counts: Counter[tuple[str, str]]

    def __call__(self, item: GivenPage) -> tuple[str, str] | None:
        """Return the file, or None for a file of one page."""
        given, page = item
        where = (given.file, page.ref.sha256)
        return where if self.counts[where] > 1 else None


def _cut_run(pages: Sequence[GivenPage]) -> list[Open]:
    found: list[Open] = []
    for stretch in _between_separators(pages):
        signs = [signs_of(at, item) for at, item in enumerate(stretch)]
        if lie_reversed(signs):
            signs = [replace(page, at=at) for at, page in enumerate(reversed(signs))]
        found += settle_unknown(_gather(signs))
    return found


def _between_separators(pages: Iterable[GivenPage]) -> Iterator[list[GivenPage]]:
    """Yield the written pages between one separator sheet and the next."""
    stretch: list[GivenPage] = []
    for item in pages:
        if item[1].separator:
            yield stretch
            stretch = []
        elif not item[1].blank:
            stretch.append(item)
    yield stretch


def _gather(pages: Sequence[Signs]) -> list[Open]:
    papers: list[Open] = []
    begins = restarts(pages)
    for page, following in zip_longest(pages, pages[1:]):
        best, points = None, 0.0
        if page.at not in begins:
            for i in _within_reach(papers, page):
                found = score(papers[i], page, following)
                if found is not None and found > points:
                    best, points = i, found
        if best is None:
            papers.append(Open(page.kind, (page,)))
        else:
            papers[best] = replace(papers[best], pages=(*papers[best].pages, page))
    return papers


def _within_reach(papers: Sequence[Open], page: Signs) -> Iterator[int]:
    """Yield the places of the papers that may take the page, the latest first; of books the last of the kind alone."""
    near = sorted(range(len(papers)), key=lambda i: -papers[i].last.at)
    if page.kind in BOOK_KINDS:
        yield from [i for i in near if papers[i].kind == page.kind][:1]
        return
    yield from [i for i in near if papers[i].kind != "khac"][:_REACH]


def _over_files(before: Open, after: Open) -> Open | None:
    """Join a certificate whose faces lie in two files one behind the other."""
    if before.kind != "gcn" or after.kind != "gcn" or not before.faces or not after.faces or before.faces & after.faces:
        return None
    last = before.last.at
    moved = tuple(replace(page, at=last + 1 + i) for i, page in enumerate(after.pages))
    found = score(before, moved[0])
    return replace(before, pages=(*before.pages, *moved)) if found is not None and found > 0 else None


def _piece(paper: Open, place: dict[PageRef, int]) -> Piece:
    first = min((page.page for page in paper.pages), key=lambda page: place[page.ref])
    return Piece(paper.kind, tuple(page.item for page in in_order(paper)), first)
