"""Files as a feeder makes them: every paper is in one of them, and the truth says where."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from samples.develop import develop
from samples.filing import Filing, Job
from samples.gazetteer import steady_communes
from samples.mixed import bound_together
from samples.other import blank_page
from samples.paper import Face, Paper
from samples.record import Record
from samples.separator_sheet import separator_page
from schemas.tables import load_tables

COMMUNES = steady_communes(load_tables())


def paper(pages: int) -> Paper:
    image = blank_page(50).faces[0].image
    faces = tuple(Face(image, 50, (), str(number)) for number in range(1, pages + 1))
    return Paper("trich_do", None, None, faces, (), "Trich do", "")


def filing(number: int, pages: int, commune: int = 0) -> Filing:
    return Filing(f"a/{number}", "pdf", "scan", (Job(lambda: paper(pages), pages),), COMMUNES[commune], "trich_do")


@pytest.mark.parametrize("seed", range(5))
def test_every_paper_is_bound_once_with_those_of_its_commune(seed: int) -> None:
    planned = [filing(number, 2, commune) for commune in (0, 1) for number in range(30)]
    bound = bound_together(np.random.default_rng(seed), planned, 20)
    jobs = [job for one in planned for job in one.jobs]
    assert sum(any(job is own for own in one.jobs) for job in jobs for one in bound) == len(jobs)
    assert {one.commune.code for one in bound} == {COMMUNES[0].code, COMMUNES[1].code}
    assert len({one.stem for one in bound}) == len(bound) == 6


def test_swapped_pages_and_separator_sheets_are_told_in_the_truth(tmp_path: Path) -> None:
    jobs = (Job(lambda: paper(2), 2), Job(lambda: separator_page("dossier"), 1), Job(lambda: paper(2), 2))
    stack = Filing("Tap 01", "pdf", "grey", jobs, COMMUNES[0], "khac", swapped=(0,))
    record = Record()
    record.add(develop(tmp_path, stack, "clean", np.random.default_rng(1)), "clean")
    told = sorted((line["page"], line["document_id"], line["order"], line["reason"]) for line in record.pages)
    assert told == [
        (1, "D00001", 2, None),
        (2, "D00001", 1, None),
        (3, None, 1, "separator"),
        (4, "D00002", 1, None),
        (5, "D00002", 2, None),
    ]
