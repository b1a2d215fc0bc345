"""In which order pages lie, and are to be read: reversed stacks, books that begin anew, faces and numbers."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from cadastre.pages.joins import BOOK_KINDS, Open
from cadastre.pages.page_signs import Signs

#: So many neighbours whose numbers fall by one make out that a stack was scanned from its back.
_FALLS = 3


def lie_reversed(pages: Sequence[Signs]) -> bool:
    """Return whether a run was scanned from its last page to its first: page numbers and faces fall by one."""
    rises = falls = 0
    for page, following in itertools.pairwise(pages):
        step = _step(page, following)
        rises += step == 1
        falls += step == -1
    return falls >= _FALLS and falls > 2 * rises


def restarts(pages: Sequence[Signs]) -> frozenset[int]:
    """Return the places of book pages whose number begins anew: it falls back, and the next page goes on from there.

    A number that falls back alone is a misreading.
    """
    found = set()
    books = [page for page in pages if page.kind in BOOK_KINDS]
    for i, page in enumerate(books[1:], start=1):
        before = next((b for b in reversed(books[:i]) if b.cover or b.number is not None), None)
        if page.number is None or before is None or before.kind != page.kind or before.number is None:
            continue
        if page.number > before.number or (before.number - page.number <= 2 and page.number > 1):
            continue
        after = next((b for b in books[i + 1 : i + 3] if b.kind == page.kind and b.number is not None), None)
        if (after is None and page.number == 1) or (after and after.number and 0 < after.number - page.number <= 2):
            found.add(page.at)
    return frozenset(found)


def _step(page: Signs, following: Signs) -> int:
    if page.kind != following.kind:
        return 0
    if page.number is not None and following.number is not None:
        return following.number - page.number
    if page.form != "gcn_2024" and len(page.faces) == len(following.faces) == 1:  # of two faces 1 2 1 2 tells nothing
        return int(min(following.faces)) - int(min(page.faces))
    return 0


def in_order(paper: Open) -> tuple[Signs, ...]:
    """Return the pages by their faces or printed numbers where these tell it, else as they lie, a titled page first."""
    pages = paper.pages
    if paper.kind == "gcn":  # a spread counts by its first page (4|1 by 1); a supplement comes last
        return tuple(sorted(pages, key=lambda page: min(page.faces, default=_unfaced(paper, page))))
    covers = [page for page in pages if page.cover or (paper.kind not in BOOK_KINDS and page.page.title_page)][:1]
    rest = [page for page in pages if page not in covers]
    numbers = [page.number for page in rest if page.number is not None]
    if len(numbers) == len(rest) and len(set(numbers)) == len(rest) and numbers:
        span = max(numbers) - min(numbers) + 1
        if span <= len(rest) + max(2, len(rest) // 5):
            rest.sort(key=lambda page: page.number or 0)
    elif paper.kind not in BOOK_KINDS and all(page.faces for page in rest):
        rest.sort(key=lambda page: min(page.faces))
    return (*covers, *rest)


def _unfaced(paper: Open, page: Signs) -> str:
    """Return the face that an unrecognised page stands in for: the one lacking, if just one is; else the last."""
    unknown = [other for other in paper.pages if not other.faces and other.page.kind != "gcn"]
    lacking = sorted(paper.lacking)
    return lacking[unknown.index(page)] if page in unknown and len(lacking) >= len(unknown) else "9"
