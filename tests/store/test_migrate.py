"""Migrations are applied once, whoever asks and however often; the rest is applied whole."""

from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from pydantic import SecretStr
from store_papers import CANARY, KEY, one_certificate, parcel

from schemas.errors import Misconfigured, Unavailable
from schemas.settings import Settings
from store import layers, parcels
from store.database import connect, sql_files
from store.migrate import migrate, prepare
from store.runs import begin_run

NAMES = [name for name, _ in sql_files("migrations")]


@pytest.fixture
def empty(cluster):
    """The address of a database without anything in it."""
    with psycopg.connect(cluster.admin_url("postgres"), autocommit=True) as admin:
        admin.execute("create database empty")
    yield cluster.admin_url("empty")
    with psycopg.connect(cluster.admin_url("postgres"), autocommit=True) as admin:
        admin.execute("drop database empty with (force)")


def test_the_numbers_of_the_migrations_run_without_a_gap():
    assert [int(name[:4]) for name in NAMES] == list(range(1, len(NAMES) + 1))


def test_a_second_migration_finds_nothing_to_do(empty):
    assert migrate(empty) == NAMES
    assert migrate(empty) == []


def test_several_may_migrate_at_once_and_each_step_is_applied_by_one(empty):
    with ThreadPoolExecutor(3) as pool:
        applied = list(pool.map(migrate, [empty] * 3))
    assert sorted(name for names in applied for name in names) == NAMES


def test_a_migration_that_was_changed_after_it_landed_is_refused(database):
    with connect(database.admin) as admin:
        admin.execute("update audit.migration set checksum = 'x' where name = %s", [NAMES[0]])
    with pytest.raises(Misconfigured, match=NAMES[0]):
        migrate(database.admin)


def test_a_database_of_a_newer_program_is_left_alone(database):
    with connect(database.admin) as admin:
        admin.execute("insert into audit.migration (name, checksum) values ('9999_later.sql', 'x')")
    with pytest.raises(Misconfigured, match="use a newer diachinh"):
        migrate(database.admin)


def test_a_view_that_someone_dropped_or_changed_comes_back_with_the_next_version(database):
    with connect(database.admin) as admin:
        admin.execute("drop view api.parcel_land_use")
        admin.execute("update audit.migration set checksum = 'older' where name not like '0%'")
        assert migrate(database.admin) == []
    with connect(database.environment) as environment:
        assert environment.execute("select * from api.parcel_land_use").fetchall() == []


def test_a_migration_that_fails_leaves_nothing_of_itself(empty, monkeypatch):
    broken = [*sql_files("migrations"), ("0999_broken.sql", "create table api.half (n int); select 1 / 0;")]
    monkeypatch.setattr(
        "store.migrate.sql_files", lambda folder: broken if folder == "migrations" else sql_files(folder)
    )
    with pytest.raises(psycopg.errors.DivisionByZero):
        migrate(empty)
    with connect(empty) as admin:
        assert admin.execute("select to_regclass('api.half')").fetchone() == (None,)
        assert admin.execute("select to_regclass('audit.log')").fetchone() == ("audit.log",)


@pytest.fixture
def office(cluster):
    """The address of a database that a login without superuser rights owns, PostGIS installed."""
    with psycopg.connect(cluster.admin_url("postgres"), autocommit=True) as admin:
        admin.execute("create role office login createrole")
        admin.execute("create database office owner office")
    with psycopg.connect(cluster.admin_url("office"), autocommit=True) as admin:
        admin.execute("create extension postgis")
    yield cluster.url("office", "office")
    with psycopg.connect(cluster.admin_url("postgres"), autocommit=True) as admin:
        admin.execute("drop database office with (force)")
        admin.execute("drop role office")


def test_a_login_of_ones_own_migrates_and_does_all_the_work(office):
    url = prepare(Settings(database_url=SecretStr(office)))
    assert url == office
    with connect(url) as conn:
        run = begin_run(conn, "digitise")
        batch_id = one_certificate(conn, run)
        assert parcels.keys_touched(conn, batch_id) == [KEY]
        parcels.publish(conn, run, [parcel()], batch_id=batch_id, keys=[KEY])
        (line,) = layers.entries(conn, reason="test")
        assert line.entry.fields["owners"].value[0].name == CANARY
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="insert only"):
            conn.execute("delete from cadastre.parcel_version")


def test_a_login_that_may_not_migrate_is_told_what_it_lacks(empty, cluster):
    with psycopg.connect(cluster.admin_url("postgres"), autocommit=True) as admin:
        admin.execute("create role clerk login")
    try:
        with pytest.raises(Misconfigured, match="clerk may not migrate"):
            migrate(cluster.url("clerk", "empty"))
    finally:
        with psycopg.connect(cluster.admin_url("postgres"), autocommit=True) as admin:
            admin.execute("drop role clerk")


def test_a_home_alone_gives_a_database_that_is_ready(cluster):
    url = prepare(Settings(home=cluster.home, database_url=None))
    with connect(url) as conn:
        assert conn.execute("select current_user").fetchone() == ("diachinh_worker",)
        assert layers.batches(conn) == []


def test_a_server_that_is_down_is_named_without_the_password():
    with pytest.raises(Unavailable) as down:
        connect("postgresql://clerk:secret@localhost:1/land", patience_s=0.2)
    assert "localhost/land" in str(down.value)
    assert "secret" not in str(down.value) + down.value.message.vi


def test_an_address_that_is_none_is_a_wrong_setting():
    with pytest.raises(Misconfigured, match="DIACHINH_DATABASE_URL"):
        connect("mysql:/land")
