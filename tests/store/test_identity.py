"""Who may see people: masked unasked, whole after asking with a reason that is logged first, marked by a verifier only.

Each role is tried by being it.
"""

import random
import unicodedata
from dataclasses import replace

import psycopg
import pytest
from role_logins import ROLES, login
from store_papers import CANARY, KEY, batch_file, document, entry, one_certificate, parcel, read_all, take_in

from store import audit, parcels
from store.backup import SCHEMAS
from store.database import connect
from store.entries import save_entries
from store.runs import begin_run

READERS = ("reviewer", "verifier", "contractor")
BLIND = ("scanner", "consultant", "environment", "administrator")
NUMBER = "205123456"
SECRETS = (CANARY, "Chim", NUMBER, "1960")


@pytest.fixture(scope="module")
def database(fresh_database):
    with fresh_database() as fresh:
        yield fresh


@pytest.fixture(scope="module")
def lots(database):
    """Two batches of one certificate each; the contractor's login is assigned the first."""
    with connect(database.worker) as conn:
        run = begin_run(conn, "digitise")
        first = one_certificate(conn, run, content="a", path="a.pdf")
        second = take_in(conn, run, [batch_file("b.pdf", "b")])
        read_all(conn, run, second, ["b"])
        made = entry("b", name="Trần Văn Khác")
        save_entries(conn, run, second, [document("b")], [made], {made.entry_id: replace(KEY, parcel="126")})
        parcels.publish(conn, run, [parcel()], batch_id=first, keys=[KEY])
    with connect(login(database, "administrator")) as administrator:
        administrator.execute(
            "insert into intake.assignment (batch_id, login) values (%s, 'diachinh_contractor')", [first]
        )
    with connect(database.admin) as admin:
        admin.execute("analyze")
    return first, second


def as_role(database, role):
    return psycopg.connect(login(database, role), autocommit=True)


def log(database):
    with connect(database.admin) as admin:
        return admin.execute(
            "select action, subject, actor, detail ->> 'reason' from audit.log order by seq"
        ).fetchall()


# Masked, unasked.


@pytest.mark.parametrize("role", READERS)
def test_unasked_there_are_initials_and_no_number_and_no_text(database, lots, role):
    before = log(database)
    with as_role(database, role) as conn:
        rows = conn.execute("select * from people.masked_field where batch_id = %s", [lots[0]]).fetchall()
    assert rows == [(lots[0], "e-a-1-None", "owners", "accepted", [{"name": "N• T• C• V•", "id_no": "•••"}])]
    assert log(database) == before


def test_a_name_that_came_in_pieces_is_masked_by_whole_letters(database, lots):
    with connect(database.admin) as admin:
        decomposed = unicodedata.normalize("NFD", "Âu Ơ Nguyễn")  # each mark a character of its own
        (masked,) = admin.execute("select people.masked_name(%s)", [decomposed]).fetchone()
    assert masked == "Â• Ơ• N•"


# Whole, after asking.


@pytest.mark.parametrize("role", READERS)
def test_after_asking_with_a_reason_the_people_of_that_batch_are_read_and_the_log_has_it(database, lots, role):
    with as_role(database, role) as conn:
        (permit,) = conn.execute("select people.ask_to_read(%s, ' hồ sơ 12 ')", [lots[0]]).fetchone()
        rows = conn.execute("select entry_id, name, value from people.identity_of(%s)", [permit]).fetchall()
    assert [(entry_id, name, value[0]["name"]) for entry_id, name, value in rows] == [("e-a-1-None", "owners", CANARY)]
    assert log(database)[-1] == ("read-identity", lots[0], f"diachinh_{role}", "hồ sơ 12")


@pytest.mark.parametrize("role", READERS)
def test_who_would_roll_back_the_log_reads_nothing(database, lots, role):
    before = log(database)
    with as_role(database, role) as conn:
        with conn.transaction(force_rollback=True):
            (permit,) = conn.execute("select people.ask_to_read(%s, 'lén')", [lots[0]]).fetchone()
            with pytest.raises(psycopg.errors.InsufficientPrivilege, match="and commit"), conn.transaction():
                conn.execute("select * from people.identity_of(%s)", [permit])
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            conn.execute("select * from people.identity_of(%s)", [permit])
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            conn.execute("select people.identity_of(people.ask_to_read(%s, 'một câu'))", [lots[0]])
    assert log(database) == before


@pytest.mark.parametrize("reason", ["", "  ", None, "x" * 501])
def test_without_a_reason_nothing_is_opened(database, lots, reason):
    with as_role(database, "reviewer") as conn, pytest.raises(psycopg.errors.InvalidParameterValue):
        conn.execute("select people.ask_to_read(%s, %s)", [lots[0], reason])


def test_a_permit_is_of_use_to_its_login_only_and_for_a_quarter_of_an_hour(database, lots):
    with as_role(database, "reviewer") as reviewer, as_role(database, "verifier") as verifier:
        (permit,) = reviewer.execute("select people.ask_to_read(%s, 'hồ sơ 12')", [lots[0]]).fetchone()
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            verifier.execute("select * from people.identity_of(%s)", [permit])
        with connect(database.admin) as admin:
            admin.execute("update people.read_permit set opened_at = opened_at - interval '16 minutes'")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            reviewer.execute("select * from people.identity_of(%s)", [permit])


def test_where_the_log_cannot_be_written_nothing_is_read(fresh_database):
    with fresh_database() as database:
        with connect(database.worker) as conn:
            batch_id = one_certificate(conn, begin_run(conn, "digitise"))
        with connect(database.admin) as admin:
            admin.execute("alter table audit.log add constraint full_disk check (false) not valid")
        with as_role(database, "reviewer") as conn:
            with pytest.raises(psycopg.errors.CheckViolation):
                conn.execute("select people.ask_to_read(%s, 'hồ sơ 12')", [batch_id])
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                conn.execute("select * from people.identity_of(1)")


# A contractor and its lots.


def test_a_contractor_sees_the_lots_assigned_to_its_login_and_no_others(database, lots):
    with as_role(database, "contractor") as conn:
        for table in ("intake.batch", "intake.batch_file", "reading.document", "reading.entry", "reading.finding"):
            assert {batch for (batch,) in conn.execute(f"select batch_id from {table}")} == {lots[0]}, table
        assert conn.execute("select count(*) from intake.page").fetchone() == (1,)
        assert {batch for (batch,) in conn.execute("select batch_id from people.masked_field")} == {lots[0]}
        missing = "0123456789abcdef"
        told = []
        for batch_id in (lots[1], missing):
            with pytest.raises(psycopg.errors.NoDataFound) as refusal:
                conn.execute("select people.ask_to_read(%s, 'tò mò')", [batch_id])
            told.append(str(refusal.value))
        assert told[0] == told[1]  # another's lot answers as one that is not there


def test_a_contractor_assigns_itself_nothing_and_an_assignment_that_ended_shows_nothing(fresh_database):
    with fresh_database() as database:
        with connect(database.worker) as conn:
            batch_id = one_certificate(conn, begin_run(conn, "digitise"))
        with as_role(database, "contractor") as contractor, as_role(database, "administrator") as administrator:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                contractor.execute(
                    "insert into intake.assignment (batch_id, login) values (%s, 'diachinh_contractor')", [batch_id]
                )
            administrator.execute(
                "insert into intake.assignment (batch_id, login) values (%s, 'diachinh_contractor')", [batch_id]
            )
            (permit,) = contractor.execute("select people.ask_to_read(%s, 'nhập liệu')", [batch_id]).fetchone()
            administrator.execute("update intake.assignment set ends_at = clock_timestamp()")
            assert contractor.execute("select * from reading.entry").fetchall() == []
            assert contractor.execute("select * from people.masked_field").fetchall() == []
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                contractor.execute("select * from people.identity_of(%s)", [permit])


# Marks.


def test_a_verifier_marks_a_person_with_the_proof_that_was_seen_and_the_log_has_it(database, lots):
    with as_role(database, "verifier") as conn:
        conn.execute("select people.mark_identity('e-a-1-None', 1, 'verified', 'bản gốc căn cước, hồ sơ 12')")
        rows = conn.execute("select entry_id, owner_no, state, marked_by from people.identity_mark").fetchall()
        assert rows == [("e-a-1-None", 1, "verified", "diachinh_verifier")]
        with pytest.raises(psycopg.errors.NoDataFound):
            conn.execute("select people.mark_identity('e-a-1-None', 2, 'verified', 'không có người thứ hai')")
        with pytest.raises(psycopg.errors.CheckViolation):
            conn.execute("select people.mark_identity('e-a-1-None', 1, 'verified', '')")
    assert log(database)[-1][:3] == ("mark-identity", "e-a-1-None", "diachinh_verifier")


@pytest.mark.parametrize("role", [role for role in ROLES if role != "verifier"])
@pytest.mark.parametrize(
    "attempt",
    [
        "select people.mark_identity('e-a-1-None', 1, 'verified', 'tôi nói vậy')",
        "insert into people.identity_mark (entry_id, owner_no, state, ground, marked_by, log_seq) "
        "values ('e-a-1-None', 1, 'verified', 'x', 'diachinh_verifier', 1)",
        "update people.identity_mark set state = 'verified'",
    ],
    ids=["by the function", "by hand", "by changing a mark"],
)
def test_nobody_else_marks_identity(database, lots, role, attempt):
    with as_role(database, role) as conn, pytest.raises(psycopg.errors.InsufficientPrivilege):
        conn.execute(attempt)


@pytest.fixture
def promoted(cluster, database, lots):
    """The address of a login that holds the scanner's and the verifier's role, and the owner's rights, by mistake."""
    with connect(database.admin) as admin:
        admin.execute("create role clerk login in role diachinh_scanner, diachinh_verifier, diachinh_owner")
    yield login(database, "scanner").replace("diachinh_scanner", "clerk", 1)
    with connect(database.admin) as admin:
        admin.execute("drop role clerk")


def test_a_scanner_who_was_given_too_much_still_cannot_mark(database, promoted):
    with psycopg.connect(promoted, autocommit=True) as conn:
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="neither scans nor reviews"):
            conn.execute("select people.mark_identity('e-a-1-None', 1, 'verified', 'tôi nói vậy')")
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="row-level security"):
            conn.execute(
                "insert into people.identity_mark (entry_id, owner_no, state, ground, marked_by, log_seq) "
                "values ('e-a-1-None', 1, 'verified', 'x', session_user, 1)"
            )


@pytest.mark.parametrize("steps", [500, pytest.param(10_000, marks=pytest.mark.soak)])
def test_no_random_series_of_a_scanners_acts_sets_a_mark(database, lots, steps, seed):
    chance = random.Random(seed)
    acts = [
        "select people.mark_identity('e-a-1-None', {n}, '{state}', 'x')",
        "insert into people.identity_mark (entry_id, owner_no, state, ground, marked_by, log_seq) "
        "values ('e-a-1-None', {n}, '{state}', 'x', 'diachinh_verifier', {n})",
        "select people.ask_to_read('{lot}', 'x')",
        "select * from people.identity_of({n})",
        "select set_config('session_authorization', 'diachinh_verifier', false)",
        "select set_config('role', 'diachinh_verifier', false)",
        "set session authorization diachinh_verifier",
        "set role diachinh_verifier",
        "grant diachinh_verifier to diachinh_scanner",
        "reset all",
        "update intake.batch set folder = '{state}'",
        "insert into intake.run (what, lease_s) values ('x', {n})",
        "set search_path = people, public",
        "select audit.append('mark-identity', 'e-a-1-None', '{{}}')",
    ]
    with connect(database.admin) as admin:
        before = admin.execute("select count(*) from people.identity_mark").fetchone()
    with as_role(database, "scanner") as conn:
        for _ in range(steps):
            act = chance.choice(acts).format(
                n=chance.randint(1, 3), state=chance.choice(["verified", "doubtful"]), lot=chance.choice(lots)
            )
            try:
                told = str(conn.execute(act).statusmessage)
            except psycopg.Error as err:
                told = str(err)
            assert not any(secret in told for secret in SECRETS), f"seed {seed}: {act}"
    with connect(database.admin) as admin:
        assert admin.execute("select count(*) from people.identity_mark").fetchone() == before, f"seed {seed}"


# No way round.

ATTACKS = [
    "select * from people.entry_field",
    "select * from people.page_reading",
    "select * from people.claim",
    "select * from people.whole_entry",
    "select told from people.told_entry",
    "select * from people.read_permit",
    "select * from reading.any_field",
    "copy people.entry_field to stdout",
    "table people.claim",
    "explain (analyze, verbose) select * from people.entry_field",
    "select query_to_xml('select * from people.entry_field', true, true, '')",
    "select table_to_xml('people.claim', true, true, '')",
    "select row_to_json(f) from people.entry_field as f",
    "select * from pg_stats where schemaname = 'people'",
    "select * from pg_stats_ext",
    "do $$ begin raise notice '%', (select value from people.entry_field limit 1); end $$",
    "create temp table t as select * from people.entry_field",
    "create function pg_temp.f(text) returns boolean language sql as 'select true'",
    "prepare p as select * from people.claim",
    "declare c cursor for select * from people.claim",
    "set row_security = off",
    "select people.may_see('x')",
    "select lo_export(1, '/tmp/x')",
    "select pg_read_file('postgresql.auto.conf')",
    "select * from pg_largeobject",
    "insert into people.entry_field (batch_id, entry_id, name, status, source) values ('x', 'e', 'owners', 'review', "
    "'paper') on conflict do nothing returning value",
    "delete from people.entry_field returning *",
    "update people.claim set rule = 'x' returning value",
    "truncate people.claim",
    "lock table people.entry_field",
    "alter table people.entry_field no force row level security",
    "create policy mine on people.entry_field using (true)",
    "create table reading.copy (like people.entry_field)",
]


@pytest.mark.parametrize("role", [*BLIND, *READERS])
def test_no_way_round_shows_a_name_or_a_number(database, lots, role):
    for attack in ATTACKS:
        with as_role(database, role) as conn:
            notices = []
            conn.add_notice_handler(lambda notice, heard=notices: heard.append(notice.message_primary))
            try:
                with conn.transaction():
                    cursor = conn.execute(attack)
                    told = str(cursor.fetchall() if cursor.description else cursor.statusmessage)
            except psycopg.Error as err:
                told = f"{err} {err.diag.message_detail} {err.diag.context}"
        assert not any(secret in told + str(notices) for secret in SECRETS), (role, attack)


@pytest.mark.parametrize("role", BLIND)
def test_all_that_a_role_without_the_right_can_see_holds_no_name_and_no_path(database, lots, role):
    with connect(database.admin) as admin:
        names = admin.execute(
            """
            select n.nspname || '.' || c.relname from pg_class as c join pg_namespace as n on n.oid = c.relnamespace
            where n.nspname = any(%s) and c.relkind in ('r', 'v')
            """,
            [list(SCHEMAS)],
        ).fetchall()
    seen = ""
    with as_role(database, role) as conn:
        for (name,) in names:
            try:
                seen += str(conn.execute(f"select v::text from {name} as v").fetchall())
            except psycopg.errors.InsufficientPrivilege:
                continue
    assert not any(secret in seen for secret in SECRETS)
    assert "a.pdf" not in seen or role == "scanner"


def test_a_consultant_sees_runs_and_figures_of_lots(database, lots):
    with as_role(database, "consultant") as conn:
        figures = conn.execute(
            "select section, name, number from api.lot_figure where batch_id = %s order by 1, 2", [lots[0]]
        ).fetchall()
        runs = conn.execute("select state from api.run").fetchall()
        files = conn.execute("select batch_id, files from api.lot order by batch_id").fetchall()
    # the paper of store_papers: 8 fields without personal data, one of them unreadable; one finding
    assert figures == [
        ("documents", "gcn", 1),
        ("entries", "review", 1),
        ("fields", "accepted", 7),
        ("fields", "unreadable", 1),
        ("findings", "R1", 1),
        ("pages", "read", 1),
    ]
    assert ("running",) in runs
    assert files == sorted((lot, 1) for lot in lots)


def test_an_administrator_reads_the_log_and_the_scanner_hands_in(database, lots):
    with as_role(database, "administrator") as conn:
        assert conn.execute("select count(*) from audit.log").fetchone()[0] > 0
        assert audit.first_broken(conn) is None
        assert conn.execute("select * from audit.lost_page").fetchall() == []
