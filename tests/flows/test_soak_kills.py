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

KILLS = 20
KILLS_A_ROUND = 5


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
            seconds = chance.uniform(2, 6)
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
                seconds += chance.uniform(0, 4)
            assert desk.type("digitise", made / "scans", "--plain").code in (0, 5)
            assert faults(desk) == []
            assert exported(desk, tmp_path) == wanted
    shutil.rmtree(tmp_path)
