"""A worker that is killed at any moment loses, doubles and tears nothing; the next run ends where it stopped."""

import contextlib
import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from store_papers import sha

from store import audit, layers, originals
from store.database import connect

CONTENTS = ["aaa", "bbb", "ccc"]
WORKER = Path(__file__).with_name("worker_to_kill.py")


@pytest.fixture
def folder(tmp_path):
    scans = tmp_path / "scans"
    scans.mkdir()
    for content in CONTENTS:
        (scans / f"{content}.pdf").write_text(content)
    return scans


def start_worker(database, home, folder, fatal=0, keeper="safe", loader="safe"):
    root = WORKER.parents[2]
    return subprocess.Popen(
        [sys.executable, str(WORKER), database.worker, home, folder, str(fatal), keeper, loader],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
    )


def run_worker(database, home, folder, fatal=0, keeper="safe", loader="safe"):
    """Run the worker to its fatal step or its end; returns how many steps it took, None where it died."""
    with start_worker(database, home, folder, fatal, keeper, loader) as worker:
        said, errors = worker.communicate()
    assert worker.returncode in (0, -signal.SIGKILL), errors
    return int(said.removeprefix(">")) if worker.returncode == 0 else None


def faults(conn, home):
    """Return all that is not as one undisturbed run would have left it."""
    found = []
    pages = [(line.file, line.page, line.state) for line in layers.pages(conn)]
    if pages != [(f"{content}.pdf", 1, "read") for content in CONTENTS]:
        found.append(f"pages {pages}")
    entries = sorted(line.entry.entry_id for line in layers.entries(conn, reason="test"))
    if entries != [f"e-{content}-1-None" for content in CONTENTS]:
        found.append(f"entries {entries}")
    parcels = sorted(str(line.key) for line in layers.parcels(conn))
    if parcels != [f"20335@2013/12/{number}" for number in (1, 2, 3)]:
        found.append(f"parcels {parcels}")
    for table, wanted in (
        ("people.page_reading", 3),
        ("reading.document", 3),
        ("people.entry_field", 3),
        ("cadastre.parcel_version", 3),
        ("cadastre.parcel_land_use", 6),
        ("cadastre.parcel_source", 3),
        ("people.claim", 3),
        ("cadastre.staged_parcel", 0),
        ("audit.lost_page", 0),
        ("audit.unread_page", 0),
        ("audit.torn_parcel", 0),
    ):
        count = conn.execute(f"select count(*) from {table}").fetchone()[0]
        if count != wanted:
            found.append(f"{table} {count}")
    logged = "select sum((detail ->> 'added')::int), sum((detail ->> 'changed')::int) from audit.log where action = %s"
    if conn.execute(logged, ["publish"]).fetchone() != (3, 0) or audit.first_broken(conn) is not None:
        found.append("log")
    found += [f"original {content}" for content in CONTENTS if not originals.verify(home, sha(content))]
    return found


def half_published(conn):
    """Return how many of the batch's parcels may be seen: all or none, at every moment."""
    return conn.execute("select count(*) from api.parcel").fetchone()[0] not in (0, 3)


def kill_and_finish(database, home, folder, fatal_steps):
    """Run the worker to each fatal step, then to its end; returns the faults and how often it was killed."""
    killed = 0
    with connect(database.worker) as conn:
        for fatal in fatal_steps:
            killed += run_worker(database, home, folder, fatal) is None
            assert not half_published(conn)
            lapse_all(database)
        run_worker(database, home, folder)
        return faults(conn, home), killed


def lapse_all(database):
    """Let time pass: the runs that were killed are beyond their lease."""
    with connect(database.admin) as admin:
        admin.execute("update intake.run set heartbeat_at = heartbeat_at - interval '1 hour' where state = 'running'")


def test_an_undisturbed_run_has_no_faults_and_a_second_one_changes_nothing(database, tmp_path, folder):
    steps = run_worker(database, tmp_path / "home", folder)
    assert steps > 60
    assert run_worker(database, tmp_path / "home", folder) < steps
    with connect(database.worker) as conn:
        assert faults(conn, tmp_path / "home") == []


def test_a_worker_killed_three_times_at_random_steps_leaves_no_fault(database, tmp_path, folder, seed):
    fatal_steps = sorted(random.Random(seed).sample(range(1, 60), 3), reverse=True)
    found, killed = kill_and_finish(database, tmp_path / "home", folder, fatal_steps)
    assert (found, killed > 0) == ([], True), f"seed {seed}"


@pytest.mark.parametrize(
    ("keeper", "loader", "share"),
    [("hasty", "safe", 0.07), ("safe", "hasty", 0.9)],
    ids=["original written under its name", "batch loaded paper by paper"],
)
def test_the_same_check_finds_what_a_hasty_worker_loses(fresh_database, tmp_path, folder, keeper, loader, share):
    with fresh_database() as calm:
        steps = run_worker(calm, tmp_path / "calm", folder, 0, keeper, loader)
        with connect(calm.worker) as conn:
            assert faults(conn, tmp_path / "calm") == []
    with fresh_database() as rough:
        assert run_worker(rough, tmp_path / "rough", folder, int(steps * share), keeper, loader) is None
        run_worker(rough, tmp_path / "rough", folder, 0, keeper, loader)
        with connect(rough.worker) as conn:
            assert faults(conn, tmp_path / "rough") != []


@pytest.mark.soak
def test_twenty_kills_and_more_leave_no_fault(fresh_database, tmp_path, folder, seed):
    chance = random.Random(seed)
    killed = 0
    while killed < 20:
        with fresh_database() as database:
            fatal_steps = sorted(chance.sample(range(1, 75), 3), reverse=True)
            found, times = kill_and_finish(database, tmp_path / f"home {killed}", folder, fatal_steps)
        assert found == [], f"seed {seed}, steps {fatal_steps}"
        killed += times


@pytest.mark.soak
def test_kills_from_outside_at_any_moment_leave_no_fault(database, tmp_path, folder, seed):
    chance = random.Random(seed)
    home = tmp_path / "home"
    for _ in range(12):
        with start_worker(database, home, folder) as worker:
            worker.stdout.read(1)  # it is about to begin
            with contextlib.suppress(subprocess.TimeoutExpired):
                worker.wait(chance.uniform(0, 0.15))
            worker.kill()
        lapse_all(database)
    run_worker(database, home, folder)
    with connect(database.worker) as conn:
        assert faults(conn, home) == [], f"seed {seed}"
