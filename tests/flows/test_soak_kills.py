"""The whole job killed at random moments and typed again: the end is that of a run nobody touched."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from databases import remove
from offices import Office

from store.cluster import Cluster

KILLS = 20
KILLS_A_ROUND = 5
FAULTS = ("lost_page", "unread_page", "torn_parcel", "broken_link")


@contextmanager
def new_office() -> Iterator[Office]:
    home = Path(tempfile.mkdtemp(prefix="dc-"))
    desk = Office(home)
    try:
        yield desk
    finally:
        desk.type("services", "stop")
        remove(Cluster(home))


def exported(desk: Office, folder: Path) -> dict[str, str]:
    told = {}
    for what, ending in (("entries", "jsonl"), ("pages", "jsonl"), ("parcels", "csv"), ("missing", "csv")):
        out = folder / f"{what}.{ending}"
        assert desk.type("export", what, out).code == 0
        told[what] = out.read_text(encoding="utf-8")
    return told


def faults(desk: Office) -> list[str]:
    with psycopg.connect(Cluster(desk.home).admin_url()) as conn:
        return [
            name for name in FAULTS if conn.execute(f"select from audit.{name} limit 1".encode()).fetchone() is not None
        ]


@pytest.mark.soak
def test_twenty_kills_lose_double_and_tear_nothing(made: Path, tmp_path: Path) -> None:
    seed = int(os.environ.get("SOAK_SEED", random.SystemRandom().randrange(10**6)))
    sys.stdout.write(f"SOAK_SEED={seed}\n")
    chance = random.Random(seed)
    with new_office() as untouched:
        assert untouched.type("digitise", made / "scans", "--plain").code in (0, 5)
        wanted = exported(untouched, tmp_path)
    killed = 0
    while killed < KILLS:
        with new_office() as desk:
            desk.type("services", "start")
            seconds = chance.uniform(1, 10)
            for _ in range(KILLS_A_ROUND):
                job = subprocess.Popen(
                    [sys.executable, "-m", "flows", "digitise", "--plain", str(made / "scans")],
                    env=desk.environment(),
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    start_new_session=True,
                )
                try:
                    job.wait(timeout=seconds)
                except subprocess.TimeoutExpired:
                    os.killpg(job.pid, signal.SIGKILL)
                    job.wait()
                    killed += 1
                assert faults(desk) == []
                seconds += chance.uniform(0, 12)
            assert desk.type("digitise", made / "scans", "--plain").code in (0, 5)
            assert faults(desk) == []
            assert exported(desk, tmp_path) == wanted
    shutil.rmtree(tmp_path)
