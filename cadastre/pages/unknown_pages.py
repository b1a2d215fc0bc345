"""Pages that look like no paper, beside the pages of one: theirs if size, number or a lacking face say so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from cadastre.pages.joins import BOOK_KINDS, Open
from cadastre.pages.page_signs import Signs

#: Two scans of pages of one paper differ less in width and height than this share.
_SIZE = 0.03
#: A page that looks at least a little like a form is one that could not be read, rather than a letter.
_SURELY_UNKNOWN = 0.9
#: So many unrecognised pages in a row may be a paper's own.
_LONGEST_RUN = 3


def settle_unknown(papers: Sequence[Open]) -> list[Open]:
    """Return the papers with each unrecognised page put to the one that lies around it, or that lacks it."""
    found = {id(paper): paper for paper in papers}
    owner = {page.at: id(paper) for paper in papers for page in paper.pages if paper.kind != "khac"}
    for run in _unknown_runs(papers):
        before, after = owner.get(run[0].at - 1), owner.get(run[-1].at + 1)
        for page in run if len(run) <= _LONGEST_RUN else ():
            taker = _taker(page, found.get(before or 0), found.get(after or 0))
            if taker is None:
                continue
            key = before if taker is found.get(before or 0) else after
            assert key is not None
            found[key] = replace(taker, pages=tuple(sorted((*taker.pages, page), key=lambda own: own.at)))
            found = {i: paper for i, paper in found.items() if paper.kind != "khac" or page not in paper.pages}
    return list(found.values())


def _unknown_runs(papers: Sequence[Open]) -> Iterator[list[Signs]]:
    run: list[Signs] = []
    for page in sorted((page for paper in papers if paper.kind == "khac" for page in paper.pages), key=lambda p: p.at):
        if run and page.at > run[-1].at + 1:
            yield run
            run = []
        run.append(page)
    if run:
        yield run


def _taker(page: Signs, before: Open | None, after: Open | None) -> Open | None:
    if before is not None and before is after:
        return before if _inside(before, page) else None
    if before is not None and _lacks(before, page, behind=True):
        return before
    return after if after is not None and _lacks(after, page, behind=False) else None


def _inside(paper: Open, page: Signs) -> bool:
    """Return whether a page that lies between pages of the paper is one of them."""
    before = max((own for own in paper.pages if own.at < page.at), key=lambda own: own.at)
    after = min((own for own in paper.pages if own.at > page.at), key=lambda own: own.at)
    if paper.kind == "gcn":
        return bool(_still_lacking(paper)) and (_alike(page, before) or _alike(page, after))
    alike = _alike(page, before) and _alike(page, after)
    if paper.kind in BOOK_KINDS and before.number is not None and after.number is not None:
        step = after.number - before.number
        return step > 1 and (alike or (step == after.at - before.at and page.page.kind_p < _SURELY_UNKNOWN))
    if paper.kind in BOOK_KINDS:
        return page.page.kind_p < _SURELY_UNKNOWN or alike
    return page.page.kind_p < _SURELY_UNKNOWN and alike


def _lacks(paper: Open, page: Signs, *, behind: bool) -> bool:
    """Return whether a certificate lacks just what would stand on a page behind it, or in front of it."""
    lacking = _still_lacking(paper)
    if not any(_alike(page, own) for own in paper.pages):
        return False
    if paper.kind != "gcn":
        return _headless(paper, page, behind=behind)
    if not paper.faces or not lacking:
        return False
    if page.spread:
        return len(lacking) == 2
    if any(len(own.faces) > 1 for own in paper.pages):
        return False
    return min(lacking) > max(paper.faces) if behind else min(lacking) < min(paper.faces)


def _headless(paper: Open, page: Signs, *, behind: bool) -> bool:
    """Return whether the page may be the cover or first page that the paper lacks, or a decision's one list."""
    unsure, wide = page.page.kind_p < _SURELY_UNKNOWN, page.spread
    if paper.kind in BOOK_KINDS:
        return not behind and (unsure or wide) and not any(own.cover for own in paper.pages)
    if not unsure:
        return False
    if behind:
        return paper.kind == "quyet_dinh" and len(paper.pages) == 1 and not paper.last.page.rows
    first = min(paper.pages, key=lambda own: own.at).page
    return bool(first.faces) and not first.title_page and "1" not in first.faces


def _still_lacking(paper: Open) -> list[str]:
    """Return the faces that no page shows, less as many as unrecognised pages stand in for."""
    taken = sum(2 if page.spread else 1 for page in paper.pages if not page.faces and page.page.kind == "khac")
    return sorted(paper.lacking)[taken:]


def _alike(one: Signs, other: Signs) -> bool:
    """Return whether both scans have the size of one paper, upright or turned."""
    a, b = sorted((one.page.width, one.page.height)), sorted((other.page.width, other.page.height))
    return all(abs(x - y) <= _SIZE * y for x, y in zip(a, b, strict=True))
