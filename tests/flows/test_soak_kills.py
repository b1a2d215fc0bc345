"""The whole job killed at random moments and typed again: the end is that of a run nobody touched."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from offices import exported, faults, new_office

from samples.make import make_samples

KILLS = int(os.environ.get("SOAK_KILLS", "100"))
KILLS_A_BATCH = 5
PAGES = 40


@pytest.mark.soak
def test_a_hundred_kills_lose_double_and_tear_nothing(tmp_path: Path, seed: int) -> None:
    """Five kills, one after the other, in each batch of 40 pages and more; then the batch is brought to its end."""
    made = tmp_path / "made"
    assert make_samples(made, seed=seed, parcels=20, grade="clean").pages >= PAGES
    chance = random.Random(seed)
    with new_office() as untouched:
        assert untouched.type("digitise", made / "scans", "--plain").code in (0, 5)
        wanted = exported(untouched, tmp_path)
    killed = 0
    while killed < KILLS:
        with new_office() as desk:
            desk.type("services", "start")
            for _ in range(KILLS_A_BATCH):
                job = subprocess.Popen(
                    [sys.executable, "-m", "flows", "digitise", "--plain", str(made / "scans")],
                    env=desk.environment(),
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    start_new_session=True,
                )
                try:
                    job.wait(timeout=chance.uniform(2, 20))
                except subprocess.TimeoutExpired:
                    os.killpg(job.pid, signal.SIGKILL)
                    job.wait()
                    killed += 1
                assert faults(desk) == []
            assert desk.type("digitise", made / "scans", "--plain").code in (0, 5)
            assert faults(desk) == []
            assert exported(desk, tmp_path) == wanted
            sys.stdout.write(f"{killed} kills\n")
            sys.stdout.flush()
    shutil.rmtree(tmp_path)
