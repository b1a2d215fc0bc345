"""The rights in the database are those of schemas/sql/roles_matrix.csv, object by object; the catalogue is sound."""

import csv
import io

import psycopg
import pytest
from role_logins import MATRIX_COLUMNS, ROLES, login, rights

from store.backup import SCHEMAS
from store.database import connect, sql_file


@pytest.fixture(scope="module")
def database(fresh_database):
    with fresh_database() as fresh:
        yield fresh


@pytest.fixture(scope="module")
def granted(database):
    with connect(database.admin) as admin:
        return rights(admin)


@pytest.fixture(scope="module")
def wanted():
    return {line["object"]: line for line in csv.DictReader(io.StringIO(sql_file("roles_matrix.csv")))}


def as_csv(line):
    out = io.StringIO()
    csv.DictWriter(out, MATRIX_COLUMNS, lineterminator="").writerow(line)
    return out.getvalue()


def test_every_object_has_its_row_in_the_matrix_and_no_row_is_left_over(granted, wanted):
    without = [as_csv(line) for name, line in granted.items() if name not in wanted]
    assert not without, "rows to judge and to add to schemas/sql/roles_matrix.csv:\n" + "\n".join(without)
    assert sorted(wanted.keys() - granted.keys()) == []


def test_each_role_has_the_rights_of_the_matrix_and_no_others(granted, wanted):
    differ = [
        f"{name}, {role}: has «{line[role]}», the matrix says «{wanted[name][role]}»"
        for name, line in granted.items()
        for role in (*ROLES, "public")
        if name in wanted and line[role] != wanted[name][role]
    ]
    assert not differ, "\n".join(differ)


def test_the_matrix_itself_gives_nobody_what_nobody_may_have(wanted):
    for name, line in wanted.items():
        assert line["public"] == "", name
        for role in ROLES:
            assert not {"truncate", "references", "trigger", "create"} & set(line[role].split()), (name, role)
            if name.startswith("people.") and line["kind"] == "table" and role != "worker":
                assert (name, role, line[role]) in {
                    ("people.identity_mark", "verifier", "select"),
                    (name, role, ""),
                }
    assert [role for role in ROLES if wanted["people.mark_identity"][role]] == ["verifier"]
    may_ask = [role for role in ROLES if wanted["people.ask_to_read"][role]]
    assert may_ask == ["reviewer", "verifier", "contractor"]
    for role in ("scanner", "consultant", "environment", "administrator"):
        assert not wanted["people"][role], "cannot even name what is in people"


# Lint of the catalogue.


def ask(database, question):
    with connect(database.admin) as admin:
        return admin.execute(question, {"schemas": list(SCHEMAS), "roles": [f"diachinh_{role}" for role in ROLES]})


def test_no_role_owns_anything_or_has_rights_of_the_server(database):
    owners = ask(
        database,
        """
        select c.oid::regclass::text from pg_class as c
        where c.relowner::regrole::text = any(%(roles)s)
        union all
        select p.oid::regprocedure::text from pg_proc as p
        where p.proowner::regrole::text = any(%(roles)s)
            or (p.pronamespace::regnamespace::text = any(%(schemas)s) and p.proowner <> 'diachinh_owner'::regrole)
        """,
    ).fetchall()
    mighty = ask(
        database,
        """
        select rolname from pg_roles
        where rolname = any(%(roles)s)
            and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication or not rolcanlogin)
        """,
    ).fetchall()
    assert owners == []
    assert mighty == []


def test_no_role_is_a_member_of_another(database):
    members = ask(
        database,
        """
        select member::regrole::text, roleid::regrole::text from pg_auth_members
        where member::regrole::text = any(%(roles)s)
        """,
    ).fetchall()
    assert members == []


def test_nobody_makes_temporary_tables_or_tables_in_public(database):
    rows = ask(
        database,
        """
        select r from unnest(array_append(%(roles)s, 'public')) as r
        where has_database_privilege(r, current_database(), 'temporary')
            or has_database_privilege(r, current_database(), 'create')
            or has_schema_privilege(r, 'public', 'create')
        """,
    ).fetchall()
    assert rows == []


def test_every_table_under_row_security_is_so_even_for_its_owner_and_all_of_people_is(database):
    rows = ask(
        database,
        """
        select c.oid::regclass::text, relrowsecurity, relforcerowsecurity, n.nspname from pg_class as c
        join pg_namespace as n on n.oid = c.relnamespace
        where n.nspname = any(%(schemas)s) and relkind = 'r'
        """,
    ).fetchall()
    assert [name for name, enabled, forced, _ in rows if enabled != forced] == []
    assert [name for name, enabled, _, schema in rows if schema == "people" and not enabled] == []


def test_no_materialised_view_no_foreign_table_and_all_views_run_with_the_rights_of_who_asks(database):
    rows = ask(
        database,
        """
        select c.oid::regclass::text from pg_class as c
        where c.relnamespace::regnamespace::text = any(%(schemas)s)
            and (c.relkind in ('m', 'f') or (c.relkind = 'v' and not 'security_invoker=true' = any(c.reloptions)))
        """,
    ).fetchall()
    assert rows == []


def test_functions_that_run_with_their_owners_rights_are_known_and_fix_their_search_path(database):
    rows = ask(
        database,
        """
        select p.pronamespace::regnamespace::text || '.' || p.proname, p.proconfig from pg_proc as p
        where p.pronamespace::regnamespace::text = any(%(schemas)s) and p.prosecdef
        order by 1
        """,
    ).fetchall()
    assert [name for name, _ in rows] == [
        "audit.append",
        "intake.note_registration",
        "intake.note_withdrawal",
        "people.ask_to_read",
        "people.ask_to_verify",
        "people.end_verification",
        "people.handlers",
        "people.identity_of",
        "people.mark_identity",
        "people.masked_fields",
        "people.may_see",
        "people.open_verification",
        "people.own_part",
        "people.own_rows",
        "people.take_back_results",
        "people.take_results",
        "people.verification_lists",
        "people.verification_rows",
        "people.waiting_persons",
        "reading.take_stock",
    ]
    assert all("search_path=pg_catalog, pg_temp" in config for _, config in rows)


def test_the_server_has_the_mends_that_row_security_needs(database):
    (version,) = ask(database, "select current_setting('server_version_num')::int").fetchone()
    assert version >= 150014  # CVE-2025-8713: planner statistics showed rows that a policy hides


@pytest.mark.parametrize("role", ROLES)
def test_each_role_logs_in_with_its_own_login_and_becomes_no_other(database, role):
    with psycopg.connect(login(database, role), autocommit=True) as conn:
        assert conn.execute("select session_user").fetchone() == (f"diachinh_{role}",)
        for other in ("diachinh_owner", *(f"diachinh_{one}" for one in ROLES if one != role)):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                conn.execute(f"set role {other}")
