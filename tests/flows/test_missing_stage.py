"""The search for missing originals as a stage, alone and within the whole job."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from databases import FreshDatabase
from desk_papers import CERTIFICATE, Desk

from flows.commands import exporting, missing
from flows.steps import Job, flag_missing
from schemas.documents import PageRef
from schemas.errors import Message
from schemas.outcomes import Quarantine
from store import intake
from store.database import connect
from store.runs import running

NOTE = "Thay thế giấy chứng nhận số AG 421255"


@pytest.fixture
def desk(tmp_path: Path, database: FreshDatabase) -> Iterator[Desk]:
    return Desk(tmp_path, database.worker)


def cases(desk: Desk) -> list[dict[str, str]]:
    out = desk.folder / "thieu.csv"
    assert desk.type(exporting.export, "missing", out, None, identity=None)[0] == 0
    return list(csv.DictReader(out.read_text(encoding="utf-8-sig").splitlines()))


def test_the_stage_alone_finds_what_the_papers_name_and_nobody_holds(desk: Desk) -> None:
    desk.take_in({"a.png": ("gcn", {**CERTIFICATE, "change_note": NOTE}, [])})
    code, told, _ = desk.type(missing.search)
    assert (code, told["cases"]) == (0, 1)
    assert told["missing"] == [{"reason": "dangling_reference", "status": "suspected", "cases": 1}]
    (case,) = cases(desk)
    assert (case["kind"], case["what"], case["status"]) == ("certificate", "AG 421255", "suspected")
    assert case["p"] == ""
    assert desk.type(missing.search)[1]["cases"] == 1


def test_a_case_names_no_person(desk: Desk) -> None:
    desk.take_in({"a.png": ("gcn", {**CERTIFICATE, "change_note": NOTE}, [])})
    desk.type(missing.search)
    assert not [case for case in cases(desk) if "Chim" in str(case) or "205123456" in str(case)]


def test_a_page_that_is_there_and_cannot_be_read_is_illegible(desk: Desk) -> None:
    batch_id = desk.take_in({"a.png": ("gcn", CERTIFICATE, [])})
    job = Job(desk.settings, desk.url)
    with connect(desk.url) as conn, running(desk.url, "test") as run:
        (sha256,) = intake.paths_of(conn, batch_id)
        conn.execute("update intake.page set reader_version = 'older' where sha256 = %s", [sha256])
        why = Quarantine("too-dark", Message("trang quá tối", "the page is too dark"))
        intake.page_set_aside(conn, run, PageRef(sha256, 1), why, "newer")
        flag_missing(job, run, batch_id)
    (case,) = cases(desk)
    assert (case["kind"], case["reason"], case["what"]) == ("page", "illegible", "a.png trang 1")
    assert "trang quá tối" in case["evidence"]
