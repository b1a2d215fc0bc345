"""Each role is tried by being it: what it may do, and that nothing else works."""

import psycopg
import pytest
from store_papers import CANARY, KEY, one_certificate, parcel

from store import parcels
from store.database import connect
from store.runs import begin_run

SCHEMAS = ("intake", "reading", "cadastre", "people", "review", "recovery", "audit", "api")
OPEN_TO_ENVIRONMENT = {"api.parcel", "api.parcel_land_use"}


@pytest.fixture(scope="module")
def database(fresh_database):
    """One database for all tests here: nobody changes it."""
    with fresh_database() as fresh:
        yield fresh


@pytest.fixture(scope="module")
def published(database):
    """A database that holds one parcel, and its owner's name in every place where names may be."""
    with connect(database.worker) as conn:
        run = begin_run(conn, "digitise")
        batch_id = one_certificate(conn, run)
        parcels.publish(conn, run, [parcel()], batch_id=batch_id, keys=[KEY])
        assert conn.execute("select count(*) from people.claim").fetchone() == (1,)
    with connect(database.admin) as admin:
        admin.execute("analyze")
    return database


def relations(admin):
    rows = admin.execute(
        """
        select n.nspname || '.' || c.relname
        from pg_class as c
        join pg_namespace as n on n.oid = c.relnamespace
        where n.nspname = any(%s) and c.relkind in ('r', 'v', 'm', 'p')
        """,
        [list(SCHEMAS)],
    )
    return sorted(name for (name,) in rows)


def try_as(url, *statements):
    """Return what the last statement gave, as text, or the error's whole text."""
    with psycopg.connect(url, autocommit=True) as conn:
        notices = []
        conn.add_notice_handler(lambda notice: notices.append(notice.message_primary))
        try:
            for statement in statements:
                cursor = conn.execute(statement)
            found = cursor.fetchall() if cursor.description else cursor.statusmessage
            return f"{found} {notices}"
        except psycopg.Error as err:
            return f"{err} {err.diag.message_detail} {err.diag.context} {notices}"


def test_environment_reads_parcels_and_their_purposes(published):
    with psycopg.connect(published.environment) as environment:
        row = environment.execute(
            "select parcel_key, area_m2, source_count, st_srid(geom), st_area(geom) from api.parcel"
        ).fetchone()
        uses = environment.execute("select code, area_m2 from api.parcel_land_use order by ord").fetchall()
    assert row == ("20335@2013/12/125", 120.0, 1, 5899, 120.0)  # the square of the test is 10 m by 12 m
    assert uses == [("ONT", 100.0), ("CLN", 20.0)]


def test_environment_reads_nothing_else(published):
    with connect(published.admin) as admin:
        names = relations(admin)
    assert len(names) > 25
    for name in names:
        answer = try_as(published.environment, f"select * from {name}")
        assert ("permission denied" not in answer) == (name in OPEN_TO_ENVIRONMENT), (name, answer)


@pytest.mark.parametrize(
    "attack",
    [
        ["set role diachinh_worker"],
        ["set role diachinh_owner"],
        ["set session authorization diachinh_admin"],
        ["set row_security = off", "select * from people.entry_field"],
        ["select set_config('app.office', '1', false)", "select * from people.claim"],
        ["create temp table t (n int)"],
        ["create table public.t (n int)"],
        ["create function public.f() returns int language sql as 'select 1'"],
        ["create view api.v as select * from people.claim"],
        ["copy people.entry_field to stdout"],
        ["select audit.append('x', 'y', '{}')"],
        ["select nextval('intake.fence')"],
        ["insert into api.parcel (parcel_id) values ('x')"],
        ["update api.parcel set area_m2 = 1 returning *"],
        ["truncate cadastre.parcel"],
        ["explain analyze select * from people.claim"],
        ["select * from api.parcel where 1 / (area_m2 - 120)::int = 1"],
        ["select pg_read_file('/etc/passwd')"],
        ["copy api.parcel to program 'id'"],
        ["alter view api.parcel set (security_invoker = false)"],
        ["select query_to_xml('select * from people.claim', true, true, '')"],
        ["select table_to_xml('people.entry_field', true, true, '')"],
        ["select st_asgeojson(c.*) from people.claim as c"],
        ["do $$ begin raise notice '%', (select value from people.claim); end $$"],
        ["listen people"],
        ["select * from pg_stats where schemaname = 'people'"],
        ["select content_hash, attributes from cadastre.parcel_version"],
        ["select lo_import('/etc/passwd')"],
    ],
    ids=lambda attack: attack[-1][:50],
)
def test_no_way_round_shows_environment_a_name(published, attack):
    told = try_as(published.environment, *attack)
    assert CANARY not in told
    assert "Chim" not in told
    assert "205123456" not in told
    harmless = (
        "permission denied",
        "must be owner",
        "must be superuser",
        "cannot",
        "division by zero",
        "LISTEN",
        "[] []",
    )
    assert any(word in told for word in harmless), told


def test_all_that_environment_can_see_holds_no_name(published):
    for name in OPEN_TO_ENVIRONMENT:
        assert CANARY not in try_as(published.environment, f"select v::text from {name} as v")
    assert CANARY not in try_as(published.environment, "select s::text from pg_stats as s")


@pytest.mark.parametrize(
    "attempt",
    [
        "update cadastre.parcel_version set area_m2 = 1",
        "delete from cadastre.parcel_version",
        "delete from cadastre.claim",
        "update people.claim set value = '[]'",
        "delete from people.page_reading",
        "truncate cadastre.staged_parcel",
        "truncate reading.entry cascade",
        "insert into audit.log values (99, now(), 'me', 'x', 'y', '{}', '', '')",
        "update audit.log set actor = 'nobody'",
        "delete from audit.log",
        "delete from intake.page",
        "delete from intake.file",
        "create temp table t (n int)",
        "create table reading.t (n int)",
        "alter table people.claim disable row level security",
        "alter table cadastre.parcel_version disable trigger all",
        "drop table reading.entry",
        "set role diachinh_owner",
        "delete from audit.migration",
    ],
)
def test_the_worker_cannot_undo_what_is_published_or_logged(published, attempt):
    assert any(word in try_as(published.worker, attempt) for word in ("permission denied", "must be owner"))


@pytest.mark.parametrize("table", ["cadastre.parcel_version", "cadastre.parcel", "people.claim", "audit.log"])
@pytest.mark.parametrize("change", ["delete from {}", "truncate {} cascade"])
def test_not_even_the_superuser_changes_published_rows_by_mistake(published, table, change):
    assert "is insert only" in try_as(published.admin, change.format(table))


def test_nobody_logs_in_as_the_owner(cluster):
    with pytest.raises(psycopg.OperationalError, match="not permitted to log in"):
        psycopg.connect(cluster.url("diachinh_owner"))


# Lint of the catalogue.


def test_every_view_runs_with_the_rights_of_who_asks(database):
    with connect(database.admin) as admin:
        others = admin.execute(
            """
            select c.oid::regclass::text
            from pg_class as c
            where c.relnamespace::regnamespace::text = any(%s)
                and (c.relkind = 'm' or (c.relkind = 'v' and not 'security_invoker=true' = any(c.reloptions)))
            """,
            [list(SCHEMAS)],
        ).fetchall()
    assert others == []


def test_every_table_of_people_is_under_row_security_even_for_its_owner(database):
    with connect(database.admin) as admin:
        rows = admin.execute(
            """
            select relname, relrowsecurity, relforcerowsecurity
            from pg_class
            where relnamespace = 'people'::regnamespace and relkind = 'r'
            """
        ).fetchall()
    assert len(rows) >= 3
    assert all(enabled and forced for _, enabled, forced in rows)


def test_the_owner_owns_everything_and_has_no_rights_of_the_server(database):
    with connect(database.admin) as admin:
        strangers = admin.execute(
            """
            select c.oid::regclass::text
            from pg_class as c
            where c.relnamespace::regnamespace::text = any(%s) and c.relowner <> 'diachinh_owner'::regrole
            """,
            [list(SCHEMAS)],
        ).fetchall()
        mighty = admin.execute(
            """
            select rolname
            from pg_roles
            where rolname in ('diachinh_owner', 'diachinh_worker', 'diachinh_environment')
                and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication)
            """
        ).fetchall()
    assert strangers == []
    assert mighty == []


def test_public_has_no_rights_here(database):
    with connect(database.admin) as admin:
        open_to_all = admin.execute(
            """
            select p.oid::regprocedure::text
            from pg_proc as p
            where p.pronamespace::regnamespace::text = any(%(schemas)s)
                and has_function_privilege('public', p.oid, 'execute')
            union all
            select c.oid::regclass::text
            from pg_class as c
            where c.relnamespace::regnamespace::text = any(%(schemas)s) and c.relkind in ('r', 'v')
                and has_table_privilege('public', c.oid, 'select, insert, update, delete')
            """,
            {"schemas": list(SCHEMAS)},
        ).fetchall()
        temporary = admin.execute(
            "select has_database_privilege(r, current_database(), 'temporary') "
            "from unnest(array['public', 'diachinh_worker', 'diachinh_environment']) as r"
        ).fetchall()
    assert open_to_all == []
    assert temporary == [(False,)] * 3


def test_personal_data_cannot_be_put_outside_people(published):
    with connect(published.worker) as worker:
        for statement in (
            "insert into reading.entry_field (batch_id, entry_id, name, status, source) "
            "select batch_id, entry_id, 'owners', 'accepted', 'paper' from reading.entry",
            "insert into cadastre.claim (version_id, ord, attribute, entry_id, standing, rule) "
            "select version_id, 99, 'change_note', 'e', 'current', 'r' from cadastre.parcel_version",
            "insert into cadastre.parcel_version "
            "(parcel_id, publish_id, known_from, content_hash, grade, status, attributes) "
            "select parcel_id, publish_id, now(), 'h', 1, 'review', '{\"owners\": []}' from cadastre.parcel_version",
        ):
            with pytest.raises(psycopg.errors.CheckViolation):
                worker.execute(statement)


def test_every_table_and_view_says_what_it_is_for(database):
    with connect(database.admin) as admin:
        silent = admin.execute(
            """
            select c.oid::regclass::text
            from pg_class as c
            where c.relnamespace::regnamespace::text = any(%s) and c.relkind in ('r', 'v')
                and obj_description(c.oid, 'pg_class') is null
            """,
            [list(SCHEMAS)],
        ).fetchall()
    assert silent == []
