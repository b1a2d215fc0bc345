"""The arrangement of docker-compose.yml as plain processes: a private PostGIS, a Prefect server, some workers."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from pathlib import Path

from store.cluster import Cluster
from store.database import connect

ROOT = Path(__file__).resolve().parents[1]
PATIENCE_S = 20.0


@dataclass(frozen=True, slots=True)
class Worked:
    """One run of a batch: when it began and ended, and the seconds it spent reading."""

    batch_id: str
    began: datetime
    ended: datetime
    reading_s: float


@dataclass(frozen=True, slots=True)
class OfficeServer:
    """A data folder whose services and workers run."""

    home: Path
    settings: Mapping[str, str]
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def environment(self) -> dict[str, str]:
        """Return the environment of a command that works on this server and on nothing else."""
        ours = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "DIACHINH_"))}
        return {**ours, **self.settings, "DIACHINH_HOME": str(self.home), "NO_COLOR": "1", "PYTHONPATH": str(ROOT)}

    def type(self, *words: str | Path) -> subprocess.CompletedProcess[str]:
        """Run one command of diachinh to its end."""
        return subprocess.run(
            [sys.executable, "-m", "flows", *map(str, words)],
            env=self.environment(),
            capture_output=True,
            text=True,
            check=False,
        )

    def worked(self) -> list[Worked]:
        """Return the runs that digitised batches to their end, in the order of their beginning."""
        with connect(Cluster(self.home).admin_url()) as conn:
            rows = conn.execute(
                "select substr(r.what, 10), r.started_at, r.ended_at, coalesce(sum(s.seconds), 0)"
                " from intake.run as r"
                " left join intake.run_stage as s on s.run_id = r.run_id and s.stage = 'read'"
                " where r.what like 'digitise %' and r.state = 'done'"
                " group by r.run_id order by r.run_id"
            )
            return [Worked(*row) for row in rows]


@contextmanager
def office_server(home: Path, *, workers: int, **settings: str) -> Iterator[OfficeServer]:
    """Start the services of a data folder and so many workers; stop by its number all that was started."""
    server = OfficeServer(home, settings)
    try:
        up = server.type("services", "start")
        if up.returncode != 0:
            raise RuntimeError(up.stderr)
        for number in range(1, workers + 1):
            with (home / f"worker-{number}.log").open("wb") as log:
                server.workers.append(
                    subprocess.Popen(
                        [sys.executable, "-m", "flows", "worker", "--name", f"worker-{number}"],
                        env=server.environment(),
                        stdin=subprocess.DEVNULL,
                        stdout=log,
                        stderr=log,
                        start_new_session=True,
                    )
                )
        yield server
    finally:
        for worker in server.workers:
            _end(worker)
        server.type("services", "stop")


def _end(worker: subprocess.Popen[bytes]) -> None:
    for sign in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(worker.pid, sign)
            worker.wait(PATIENCE_S)
        except ProcessLookupError:
            break
        except subprocess.TimeoutExpired:
            continue


def worked_side_by_side(runs: Sequence[Worked]) -> bool:
    """Say whether two runs were going on at one moment: a worker takes one at a time, so two workers worked."""
    in_order = sorted(runs, key=lambda run: run.began)
    return any(later.began < earlier.ended for earlier, later in pairwise(in_order))
