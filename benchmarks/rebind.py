"""Bind the papers of a digitised batch anew into mixed files, as a feeder gives them, and score how they are cut."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256

from numpy.random import Generator

from cadastre.pages.drafts import assemble
from schemas.documents import Given, PageRef
from schemas.readings import PageReading, Reading, RowReading

#: Shares of paper borders and pages at which a feeder's operator slips.
SWAPPED, BLANK_VERSO = 0.02, 0.1
#: A paper that names more parcels than this (a book, a decision) is a dossier of its own.
_OF_ONE_CASE = 2


Bound = tuple[PageReading, str, str]
"""A page in a mixed file, the paper and the dossier that it is of; both "" for a blank verso."""


@dataclass(frozen=True, slots=True)
class TruePaper:
    """The pages of one paper as they were read, in file order, and the dossier that it belongs to."""

    paper: str
    dossier: str
    pages: tuple[PageReading, ...]


@dataclass(slots=True)
class Cuts:
    """Counts over all files: borders between neighbouring pages, papers as sets of pages, dossiers."""

    right: int = 0
    told: int = 0
    true: int = 0
    papers: int = 0
    whole: int = 0
    told_papers: int = 0
    dossiers: int = 0
    mixed: int = 0
    misses: list[str] = field(default_factory=list)

    @property
    def f1(self) -> float:
        """Return F1 of the cuts between neighbouring pages."""
        return 2 * self.right / max(1, self.told + self.true)

    @property
    def papers_f1(self) -> float:
        """Return F1 of papers that are exactly right."""
        return 2 * self.whole / max(1, self.papers + self.told_papers)


def true_papers(
    pages: Sequence[Mapping[str, object]],
    parcels: Sequence[Mapping[str, object]],
    readings: Mapping[PageRef, PageReading],
) -> list[TruePaper]:
    """Put readings to the papers of the truth (`pages.jsonl`, `parcels.jsonl`); blank pages are left out."""
    cases: dict[str, set[str]] = defaultdict(set)
    for parcel in parcels:
        entries = parcel["entries"]
        assert isinstance(entries, list)
        for entry in entries:
            cases[str(entry).rpartition("-")[0]].add(str(parcel["parcel_key"]))
    found: dict[str, list[PageReading]] = {}
    for line in pages:
        ref = PageRef(str(line["sha256"]), int(str(line["page"])))
        if line["state"] != "blank" and ref in readings:
            found.setdefault(str(line["document_id"] or f"{ref.sha256}:{ref.page}"), []).append(readings[ref])
    return [
        TruePaper(name, min(cases[name]) if 0 < len(cases[name]) <= _OF_ONE_CASE else name, tuple(own))
        for name, own in found.items()
    ]


def bind(rng: Generator, papers: Sequence[TruePaper], length: int) -> list[Bound]:
    """Return the pages of one mixed file with the paper and the dossier of each; blank versos have "" for both."""
    dossiers: dict[str, list[TruePaper]] = defaultdict(list)
    for paper in papers:
        dossiers[paper.dossier].append(paper)
    names = list(dossiers)
    bound: list[Bound] = []
    for i in rng.permutation(len(names)):
        own = dossiers[names[int(i)]]
        for j in rng.permutation(len(own)):
            paper = own[int(j)]
            if len(bound) + len(paper.pages) > length:
                continue
            bound += [(page, paper.paper, paper.dossier) for page in paper.pages]
    for i in range(len(bound) - 1):
        if rng.random() < SWAPPED:
            bound[i], bound[i + 1] = bound[i + 1], bound[i]
    with_versos: list[Bound] = []
    for page, paper_id, dossier in bound:
        with_versos.append((page, paper_id, dossier))
        if rng.random() < BLANK_VERSO:
            with_versos.append(
                (replace(page, blank=True, kind="khac", fields={}, rows=(), corners=(), faces=()), "", "")
            )
    sha = sha256(rng.bytes(16)).hexdigest()
    return [
        (_at(page, PageRef(sha, n)), paper_id, dossier)
        for n, (page, paper_id, dossier) in enumerate(with_versos, start=1)
    ]


def _at(page: PageReading, ref: PageRef) -> PageReading:
    """Return the reading as that of another page: every place in it moves along."""

    def moved(reading: Reading) -> Reading:
        return replace(reading, ref=ref)

    return replace(
        page,
        ref=ref,
        fields={name: tuple(map(moved, places)) for name, places in page.fields.items()},
        rows=tuple(RowReading(r.row, {name: moved(cell) for name, cell in r.fields.items()}) for r in page.rows),
    )


def score(files: Iterable[Sequence[Bound]]) -> Cuts:
    """Cut each file and count against the truth."""
    cuts = Cuts()
    for number, bound in enumerate(files):
        document_of: dict[PageRef, str] = {}
        told: dict[str, set[PageRef]] = {}
        for document in assemble([(Given(f"{number}.pdf"), page) for page, *_ in bound]):
            told[document.document_id] = set(document.pages)
            document_of |= dict.fromkeys(document.pages, document.document_id)
        written = [(page, paper, dossier) for page, paper, dossier in bound if paper]
        _count_cuts(cuts, written, document_of, number)
        _count_papers(cuts, written, told)
    return cuts


def _count_cuts(cuts: Cuts, written: Sequence[Bound], document_of: Mapping[PageRef, str], number: int) -> None:
    for (page, paper, _), (after, next_paper, _) in itertools.pairwise(written):
        true, told = paper != next_paper, document_of[page.ref] != document_of[after.ref]
        cuts.true += true
        cuts.told += told
        cuts.right += true and told
        if true != told:
            what = "not cut" if true else "cut"
            cuts.misses.append(f"{what} {number}:{page.ref.page} {_look(page)} {paper} | {_look(after)} {next_paper}")


def _count_papers(cuts: Cuts, written: Sequence[Bound], told: Mapping[str, set[PageRef]]) -> None:
    true: dict[str, set[PageRef]] = defaultdict(set)
    dossier_of: dict[PageRef, str] = {}
    joined: set[str] = set()
    for page, paper, dossier in written:
        true[paper].add(page.ref)
        dossier_of[page.ref] = dossier
    cuts.papers += len(true)
    cuts.told_papers += len(told)
    cuts.whole += sum(pages in told.values() for pages in true.values())
    cuts.dossiers += len(set(dossier_of.values()))
    for pages in told.values():
        own = {dossier_of[page] for page in pages}
        if len(own) > 1:
            joined |= own
            cuts.misses.append(f"joined {sorted((ref.page, dossier_of[ref]) for ref in pages)}")
    cuts.mixed += len(joined)


def _look(page: PageReading) -> str:
    title = "T" if page.title_page else ""
    return f"{page.form or page.kind}[{'|'.join(page.faces)}{title}{page.printed_no or ''}]"
