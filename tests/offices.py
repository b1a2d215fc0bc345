"""A data folder of its own with private services, a small batch of made papers, and the command as users type it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from databases import remove

from samples.make import make_samples
from store.cluster import Cluster

FAULTS = ("lost_page", "unread_page", "torn_parcel", "broken_link", "unfounded_value", "changed_claim")


@dataclass(frozen=True, slots=True)
class Told:
    """What a command said: its exit code, its results and its messages."""

    code: int
    out: str
    err: str

    def json(self) -> Any:
        return json.loads(self.out)


@dataclass(frozen=True, slots=True)
class Office:
    """A data folder and the command `diachinh` that works on it."""

    home: Path

    def environment(self) -> dict[str, str]:
        ours = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "DIACHINH_"))}
        return {**ours, "DIACHINH_HOME": str(self.home), "NO_COLOR": "1"}

    def type(self, *words: str | Path, **environment: str) -> Told:
        done = subprocess.run(
            [sys.executable, "-m", "flows", *map(str, words)],
            env=self.environment() | environment,
            capture_output=True,
            text=True,
            check=False,
        )
        return Told(done.returncode, done.stdout, done.stderr)

    def lines(self, what: str, out: Path, *more: str) -> list[dict[str, Any]]:
        told = self.type("export", what, out, *more)
        assert told.code == 0, told.err
        return [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="session")
def office() -> Iterator[Office]:
    """An office with its own home; its services are stopped at the end."""
    with new_office() as desk:
        yield desk


@contextmanager
def new_office() -> Iterator[Office]:
    """An office of one test, removed at its end."""
    home = Path(tempfile.mkdtemp(prefix="dc-"))
    desk = Office(home)
    try:
        yield desk
    finally:
        desk.type("services", "stop")
        remove(Cluster(home))


def exported(desk: Office, folder: Path) -> dict[str, str]:
    """Return all that the office exports, to be compared with another's."""
    told = {}
    for what, ending in (("entries", "jsonl"), ("pages", "jsonl"), ("parcels", "csv"), ("missing", "csv")):
        out = folder / f"{what}.{ending}"
        assert desk.type("export", what, out).code == 0
        told[what] = out.read_text(encoding="utf-8")
    return told


def faults(desk: Office) -> list[str]:
    """Return the views of faults that are not empty."""
    with psycopg.connect(Cluster(desk.home).admin_url()) as conn:
        return [
            name for name in FAULTS if conn.execute(f"select from audit.{name} limit 1".encode()).fetchone() is not None
        ]


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clean batch of two parcels with its truth."""
    out = tmp_path_factory.mktemp("made") / "lo"
    make_samples(out, seed=20260, parcels=2, grade="clean")
    return out
