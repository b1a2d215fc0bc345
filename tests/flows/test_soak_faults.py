"""Connections cut, workers that stand still, a server killed: the end is that of a run nobody touched."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from offices import Office, exported, faults, new_office

from benchmarks.office_server import ROOT
from store.cluster import Cluster

CUTS = 60
TYPED_A_ROUND = 4
LEASE_S = 6
OK = (0, 5)
SCANS = ("Xã Đại Đồng/Trich luc/TL 36-139.tif", "Xã Đại Đồng/Trich luc/TL 36-140.pdf")


@pytest.fixture(scope="module")
def batch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two pages, each an extract of its own."""
    folder = tmp_path_factory.mktemp("lo")
    for scan in SCANS:
        shutil.copy(ROOT / "samples" / "scans" / scan, folder)
    return folder


@pytest.fixture(scope="module")
def wanted(batch: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What an undisturbed run exports."""
    with new_office() as untouched:
        assert untouched.type("digitise", batch, "--plain").code in OK
        assert untouched.type("digitise", batch, "--plain").code in OK
        return exported(untouched, tmp_path_factory.mktemp("muon"))


@pytest.fixture
def chance(seed: int) -> random.Random:
    return random.Random(seed)


@pytest.fixture
def desk() -> Iterator[Office]:
    with new_office() as made:
        made.type("db", "migrate")
        yield made


def started(desk: Office, batch: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "flows", "digitise", "--plain", str(batch)],
        env=desk.environment() | {"DIACHINH_LEASE_SECONDS": str(LEASE_S), "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def counted(desk: Office, query: str) -> int:
    with psycopg.connect(Cluster(desk.home).admin_url()) as conn:
        row = conn.execute(query.encode()).fetchone()
    assert row is not None
    return int(row[0])


def cut_while_it_works(desk: Office, job: subprocess.Popen[bytes], chance: random.Random) -> int:
    """Cut connections at random until the job ends: the heartbeat's now and then, those at work more often."""
    cuts, pause = 0, threading.Event()
    with psycopg.connect(Cluster(desk.home).admin_url(), autocommit=True) as admin:
        while job.poll() is None:
            open_now = admin.execute(
                "select pid from pg_stat_activity where application_name = 'diachinh' order by backend_start desc"
            ).fetchall()
            if open_now and chance.random() < (0.25 if len(open_now) > 1 else 0.01):
                cut = admin.execute("select pg_terminate_backend(%s)", open_now[0]).fetchone()
                cuts += cut == (True,)
            pause.wait(0.004)
    return cuts


@pytest.mark.soak
def test_sixty_cut_connections_lose_double_and_tear_nothing(
    batch: Path, wanted: dict[str, str], chance: random.Random, tmp_path: Path
) -> None:
    cuts, codes = 0, []
    while cuts < CUTS:
        with new_office() as desk:
            desk.type("db", "migrate")
            for _ in range(TYPED_A_ROUND):
                job = started(desk, batch)
                cuts += cut_while_it_works(desk, job, chance)
                _, said = job.communicate()
                codes.append(job.returncode)
                assert job.returncode in (*OK, 4), said.decode()
                assert faults(desk) == []
            assert desk.type("digitise", batch, "--plain").code in OK
            assert faults(desk) == []
            assert exported(desk, tmp_path) == wanted
            assert counted(desk, "select count(*) from people.page_reading") == len(SCANS)
    sys.stdout.write(f"{cuts} cuts, exit codes {codes}\n")
    assert any(code in OK for code in codes), "no run outlived its cuts"


@pytest.mark.soak
def test_a_worker_that_stood_still_beyond_its_lease_writes_nothing_late(
    batch: Path, wanted: dict[str, str], desk: Office, tmp_path: Path
) -> None:
    late = started(desk, batch)
    pause = threading.Event()
    while not counted(desk, "select count(*) from intake.page") and late.poll() is None:
        pause.wait(0.05)  # the files are open, the pages not read yet
    os.killpg(late.pid, signal.SIGSTOP)
    lapsed = f"select count(*) from intake.run where heartbeat_at < clock_timestamp() - interval '{LEASE_S} s'"
    while not counted(desk, lapsed + " and what like 'digitise %' and state = 'running'"):
        pause.wait(0.2)
    assert desk.type("digitise", batch, "--plain").code in OK
    before = exported(desk, tmp_path)
    kept = counted(desk, "select sum(seconds * 1000)::bigint from intake.run_stage")
    os.killpg(late.pid, signal.SIGCONT)
    _, said = late.communicate(timeout=300)
    assert late.returncode == 4, said.decode()
    assert "quá hạn" in said.decode()
    assert exported(desk, tmp_path) == before == wanted
    assert counted(desk, "select sum(seconds * 1000)::bigint from intake.run_stage") == kept
    assert counted(desk, "select count(*) from people.page_reading") == len(SCANS)
    assert counted(desk, "select count(*) from intake.run where state = 'interrupted'") == 1
    assert faults(desk) == []


@pytest.mark.soak
def test_a_server_killed_in_the_middle_and_started_again_loses_nothing(
    batch: Path, wanted: dict[str, str], chance: random.Random, desk: Office, tmp_path: Path
) -> None:
    kills = 0
    while kills < 3:
        job = started(desk, batch)
        try:
            job.wait(chance.uniform(1, 8))
        except subprocess.TimeoutExpired:
            pid = Cluster(desk.home).status().pid
            assert pid is not None
            os.kill(pid, signal.SIGKILL)
            kills += 1
            assert desk.type("db", "migrate").code == 0
        _, said = job.communicate(timeout=600)
        assert job.returncode in (*OK, 4), said.decode()
        sys.stdout.write(f"exit code {job.returncode}\n")
        assert faults(desk) == []
    assert desk.type("digitise", batch, "--plain").code in OK
    assert exported(desk, tmp_path) == wanted
    assert counted(desk, "select count(*) from people.page_reading") == len(SCANS)
    assert faults(desk) == []
