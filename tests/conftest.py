"""One private PostGIS for the whole test run, a fresh database for each test that asks, an office to type in.

What draws by chance draws the same each time, but for the tests marked `soak`: these take a new seed, or `SOAK_SEED`.
"""

from __future__ import annotations

import os
import random
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg
import pytest
from databases import FreshDatabase, FreshDatabases, remove
from hypothesis import settings
from offices import made, office

from store.cluster import ADMIN, DATABASE, ENVIRONMENT, WORKER, Cluster
from store.database import Connection, connect, sql_file
from store.migrate import migrate

__all__ = ["made", "office"]

_numbers = count(1)
_GATE_SEED = 641938

settings.register_profile("gate", derandomize=True)
settings.register_profile("soak", print_blob=True)


def pytest_configure(config: pytest.Config) -> None:
    """Examples are the same in each run of the gate, and new ones in `make soak`."""
    settings.load_profile("soak" if config.getoption("-m") == "soak" else "gate")


@pytest.fixture
def seed(request: pytest.FixtureRequest) -> int:
    """Where a test's chance begins; told when the test fails."""
    drawn = _GATE_SEED
    if request.node.get_closest_marker("soak"):
        drawn = int(os.environ.get("SOAK_SEED", random.SystemRandom().randrange(10**6)))
    print(f"SOAK_SEED={drawn}")  # noqa: T201
    return drawn


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A private PostGIS in a temporary home, its own database migrated and left empty."""
    home = Path(tempfile.mkdtemp(prefix="dc-"))
    home.chmod(0o755)
    private = Cluster(home)
    try:
        private.start()
        with psycopg.connect(private.admin_url(), autocommit=True) as admin:
            # This server need not survive a power cut; killed clients and killed servers lose nothing by it.
            admin.execute("alter system set fsync = off")
            admin.execute("select pg_reload_conf()")
        migrate(private.admin_url())
        yield private
    finally:
        remove(private)


@pytest.fixture(scope="session")
def fresh_database(cluster: Cluster) -> FreshDatabases:
    """Gives, as a context manager, a copy of the migrated database that is dropped at its end."""

    @contextmanager
    def fresh() -> Iterator[FreshDatabase]:
        name = f"test_{next(_numbers)}"
        with psycopg.connect(cluster.admin_url("postgres"), autocommit=True) as admin:
            admin.execute(f"create database {name} template {DATABASE}".encode())
        try:
            with psycopg.connect(cluster.admin_url(name), autocommit=True) as admin:
                admin.execute(sql_file("roles.sql").encode())  # rights on the database itself are not copied
            yield FreshDatabase(*(cluster.url(role, name) for role in (ADMIN, WORKER, ENVIRONMENT)))
        finally:
            with psycopg.connect(cluster.admin_url("postgres"), autocommit=True) as admin:
                admin.execute(f"drop database {name} with (force)".encode())

    return fresh


@pytest.fixture
def database(fresh_database: FreshDatabases) -> Iterator[FreshDatabase]:
    """A fresh database for one test."""
    with fresh_database() as fresh:
        yield fresh


@pytest.fixture
def conn(database: FreshDatabase) -> Iterator[Connection]:
    """A connection of the worker to a fresh database."""
    with connect(database.worker) as opened:
        yield opened
