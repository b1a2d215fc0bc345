"""A server in the office: two workers of one pool take batches that were handed over, and nothing is doubled."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from databases import remove
from offices import Office, exported, faults

from benchmarks.office_server import OfficeServer, office_server, worked_side_by_side
from benchmarks.two_workers import deal
from store import runs
from store.cluster import Cluster
from store.database import connect
from store.runs import RunLine

OK = (0, 5)


@pytest.fixture(scope="module")
def server() -> Iterator[OfficeServer]:
    home = Path(tempfile.mkdtemp(prefix="dc-"))
    try:
        with office_server(home, workers=2, DIACHINH_WORKERS="1", DIACHINH_LEASE_SECONDS="8") as up:
            yield up
    finally:
        remove(Cluster(home))


def test_plain_and_on_workers_exclude_each_other(tmp_path: Path) -> None:
    told = Office(tmp_path / "nha").type("digitise", "--plain", "--on-workers", tmp_path)
    assert told.code == 2
    assert not (tmp_path / "nha").exists()


@pytest.mark.soak
def test_two_workers_share_the_batches_and_nothing_is_doubled(server: OfficeServer, tmp_path: Path) -> None:
    batches = deal(tmp_path, pages=8, batches=2)
    done = server.type("digitise", "--on-workers", "--lang", "en", *batches)
    assert done.returncode in OK, done.stderr
    done_runs = server.worked()
    assert len({run.batch_id for run in done_runs}) == len(done_runs) == 2
    assert worked_side_by_side(done_runs)
    desk = Office(server.home)
    assert faults(desk) == []
    lines = desk.lines("pages", tmp_path / "trang.jsonl")
    assert {line["state"] for line in lines} <= {"read", "blank"}
    assert sorted({line["file"].split(".")[0] for line in lines}) == [f"0{number}" for number in range(8)]
    there = exported(desk, tmp_path)
    assert desk.type("digitise", "--plain", *batches).code in OK
    assert exported(desk, tmp_path) == there


@pytest.mark.soak
def test_a_batch_typed_again_is_over_at_once(server: OfficeServer, tmp_path: Path) -> None:
    (batch,) = deal(tmp_path, pages=1, batches=1)
    for _ in range(2):
        assert server.type("digitise", "--on-workers", batch).returncode in OK
    assert server.worked()[-1].reading_s == 0


@pytest.mark.soak
def test_a_batch_whose_worker_was_killed_is_named_and_goes_on_when_typed_again(
    server: OfficeServer, tmp_path: Path
) -> None:
    batch = deal(tmp_path, pages=4, batches=2)[0]
    handed = subprocess.Popen(
        [sys.executable, "-m", "flows", "digitise", "--on-workers", "--lang", "en", str(batch)],
        env=server.environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    pause = threading.Event()
    while not any(run.state == "running" and run.what.startswith("digitise") for run in recent(server)):
        assert handed.poll() is None
        pause.wait(0.2)
    for worker in server.workers:
        for child in Path(f"/proc/{worker.pid}/task/{worker.pid}/children").read_text().split():
            os.kill(int(child), signal.SIGKILL)
    _, said = handed.communicate(timeout=300)
    assert handed.returncode == 4, said
    assert "a worker stopped in batch" in said
    assert server.type("digitise", "--on-workers", batch).returncode in OK
    assert faults(Office(server.home)) == []


def recent(server: OfficeServer) -> list[RunLine]:
    with connect(Cluster(server.home).admin_url()) as conn:
        return runs.recent(conn)
