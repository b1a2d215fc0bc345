"""Files as a feeder makes them: the papers of a commune's dossiers in one stack, with the slips of whoever fed it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import groupby

from numpy.random import Generator

from samples.capture import Mode
from samples.chance import chance, weighted
from samples.filing import Filing, Job
from samples.other import blank_page
from samples.separator_sheet import separator_page

_BLANK_VERSO, _SWAPPED, _WITH_SEPARATORS = 0.12, 0.03, 0.2


def bound_together(rng: Generator, filings: Sequence[Filing], pages: int) -> list[Filing]:
    """Return the papers of all filings in mixed files of about so many pages, commune by commune."""
    out: list[Filing] = []
    for _, group in groupby(filings, key=lambda filing: filing.commune.code):
        own = list(group)
        order = [own[int(i)] for i in rng.permutation(len(own))]
        for stack in _stacks(order, pages):
            out.append(_mixed(rng, stack, len(out) + 1))
    return out


def _stacks(filings: Sequence[Filing], pages: int) -> Iterator[list[Filing]]:
    stack: list[Filing] = []
    for filing in filings:
        if stack and sum(one.images for one in stack) + filing.images > pages:
            yield stack
            stack = []
        stack.append(filing)
    if stack:
        yield stack


def _mixed(rng: Generator, stack: Sequence[Filing], number: int) -> Filing:
    separated = chance(rng, _WITH_SEPARATORS)
    jobs: list[Job] = []
    for filing in stack:
        if separated and jobs:
            jobs.append(Job(partial(separator_page, "dossier"), 1))
        for job in filing.jobs:
            jobs.append(job)
            if chance(rng, _BLANK_VERSO):
                jobs.append(Job(partial(blank_page, 200), 1))
    images = sum(job.images for job in jobs)
    swapped = () if separated else tuple(i for i in range(images - 1) if chance(rng, _SWAPPED))
    first = stack[0]
    mode: Mode = weighted(rng, (("scan", 0.5), ("grey", 0.25), ("copy", 0.25)))
    return Filing(
        f"{first.commune.name}/Ho so/Tap {number:02d}", "pdf", mode, tuple(jobs), first.commune, "khac", swapped=swapped
    )
