"""A copy of the database is whole or not at all, and what is restored from it is what was there."""

import hashlib
import json
import os
import shutil
import stat

import psycopg
import pytest
from role_logins import login, rights
from store_papers import CANARY, KEY, TORN, batch_file, document, entry, parcel, reading, sha
from test_recovery_audit import LOST

from schemas.errors import BadInput, Misconfigured, Unavailable
from store import audit, dumping, intake, layers, parcels, readings, recovery
from store.backup import backup, restore
from store.database import connect
from store.entries import save_entries
from store.intake import RefusedFile
from store.migrate import migrate
from store.originals import examine, keep, listed
from store.runs import begin_run
from store.withdrawal import withdraw

FAULTS = ("lost_page", "unread_page", "torn_parcel", "broken_link")


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("office") / "home"


@pytest.fixture(scope="module")
def filled(fresh_database, home):
    """What a digitised office holds: originals, pages read and set aside, entries, parcels in versions, a case."""
    for content in ("a", "b", "torn"):
        scan = home.parent / f"{content}.pdf"
        scan.write_text(content)
        keep(home, scan)
    with fresh_database() as database:
        fill(database)
        yield database


@pytest.fixture(scope="module")
def taken(filled, home):
    """A copy that was taken of it."""
    backup(home, filled.admin, home.parent / "copy")
    return home.parent / "copy"


@pytest.fixture
def copy(taken, tmp_path):
    """The copy, for one test to do with as it likes."""
    return shutil.copytree(taken, tmp_path / "copy")


def fill(database):
    with connect(database.worker) as conn:
        run = begin_run(conn, "digitise")
        refused = RefusedFile(batch_file("nén.zip", "z").given, TORN)
        files = [batch_file("a.pdf", "a"), batch_file("torn.pdf", "torn")]
        batch_id = intake.register(conn, run, "/scans/one", files, refused=[refused])
        intake.file_opened(conn, run, sha("a"), 2, "reader-1")
        intake.file_set_aside(conn, run, sha("torn"), TORN, "reader-1")
        for page in (1, 2):
            readings.save_reading(conn, run, reading("a", page), "reader-1")
        made = entry("a")
        save_entries(conn, run, batch_id, [document("a", 2)], [made], {made.entry_id: KEY})
        parcels.publish(conn, run, [parcel()], batch_id=batch_id, keys=[KEY])
        parcels.publish(conn, run, [parcel(area_m2=121.0)], batch_id=batch_id, keys=[KEY])
        recovery.save_missing(conn, run, batch_id, [LOST])
        gone = intake.register(conn, run, "/scans/two", [batch_file("b.pdf", "b")])
        withdraw(conn, run, gone)
    with connect(login(database, "verifier")) as verifier:
        verifier.execute("select people.mark_identity('e-a-1-None', 1, 'verified', 'bản gốc căn cước')")


@pytest.fixture
def empty(cluster):
    """The address of a database without anything in it."""
    with psycopg.connect(cluster.admin_url("postgres"), autocommit=True) as admin:
        admin.execute("create database empty")
    yield cluster.admin_url("empty")
    with psycopg.connect(cluster.admin_url("postgres"), autocommit=True) as admin:
        admin.execute("drop database empty with (force)")


def exported(url):
    """Return all that leaves the house, and the history behind it."""
    with connect(url) as conn:
        return [
            list(layers.pages(conn)),
            list(layers.parcels(conn)),
            list(layers.missing(conn)),
            layers.batches(conn),
            layers.figures(conn),
            conn.execute("select * from cadastre.parcel_history order by version_id").fetchall(),
            conn.execute("select * from people.claim order by version_id, ord").fetchall(),
            conn.execute("select * from people.identity_mark").fetchall(),
            [line.entry for line in layers.entries(conn, reason="test")],
        ]


def worker_of(admin_url):
    return admin_url.replace("diachinh_admin", "diachinh_worker", 1)


def test_the_drill_backup_wipe_restore_and_everything_is_as_before(filled, home, empty, tmp_path):
    before = exported(filled.worker)
    with connect(filled.admin) as admin:
        granted = rights(admin)
        head = audit.head(admin)
    copied = backup(home, filled.admin, tmp_path / "copy")
    assert (copied.originals, copied.absent) == (3, ())
    shutil.move(home / "originals", tmp_path / "kept elsewhere")
    lost = restore(home, empty, tmp_path / "copy")
    assert lost.rows == copied.rows
    assert sorted(lost.absent) == sorted([sha("a"), sha("b"), sha("torn")])
    shutil.move(tmp_path / "kept elsewhere", home / "originals")
    assert exported(worker_of(empty)) == before
    with connect(empty) as admin:
        assert rights(admin) == granted
        for fault in FAULTS:
            assert admin.execute(f"select * from audit.{fault}").fetchall() == [], fault
        actions = admin.execute("select action from audit.log where seq > %s order by seq", [head.seq]).fetchall()
        assert actions == [("backup",), ("restore",), ("read-identity",)]
        assert examine(home, intake.kept_files(admin), listed(home)).good
    assert migrate(empty) == []


def test_work_goes_on_after_a_restore(filled, home, empty, copy):
    restore(home, empty, copy)
    with connect(worker_of(empty)) as conn:
        run = begin_run(conn, "digitise")
        (batch_id, *_) = [line.batch_id for line in layers.batches(conn)]
        parcels.publish(conn, run, [parcel(area_m2=122.0)], batch_id=batch_id, keys=[KEY])
        areas = conn.execute("select area_m2 from cadastre.parcel_version order by version_id").fetchall()
        assert areas == [(120.0,), (121.0,), (122.0,)]
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            conn.execute("delete from cadastre.parcel_version")


def test_each_role_has_its_rights_after_a_restore_and_no_more(filled, home, empty, copy):
    restore(home, empty, copy)
    environment = empty.replace("diachinh_admin", "diachinh_environment", 1)
    with psycopg.connect(environment, autocommit=True) as conn:
        assert conn.execute("select parcel_key from api.parcel").fetchall() == [(str(KEY),)]
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            conn.execute("select * from people.claim")


def test_only_its_owner_can_look_into_a_copy_and_the_log_says_that_one_was_taken(filled, home, tmp_path):
    out = tmp_path / "copy"
    backup(home, filled.admin, out)
    assert stat.S_IMODE(out.stat().st_mode) == 0o700
    assert sorted(path.name for path in out.iterdir()) == [
        "SHA256SUMS",
        "backup.json",
        "database.dump",
        "originals.csv",
    ]
    assert CANARY not in (out / "backup.json").read_text() + (out / "originals.csv").read_text()
    with connect(filled.admin) as admin:
        last = admin.execute("select action, actor from audit.log order by seq desc limit 1").fetchone()
    assert last == ("backup", "diachinh_admin")


def test_a_copy_into_a_folder_that_holds_something_is_refused(filled, home, tmp_path):
    (tmp_path / "copy").mkdir()
    (tmp_path / "copy" / "old").touch()
    with pytest.raises(BadInput, match="holds something"):
        backup(home, filled.admin, tmp_path / "copy")
    with pytest.raises(BadInput, match="cannot write"):
        backup(home, filled.admin, tmp_path / "nowhere" / "copy")


def test_a_copy_that_fails_half_way_leaves_nothing(filled, home, tmp_path, monkeypatch):
    def half(url, out, **_):
        out.write_bytes(b"half")
        raise Unavailable("hỏng", "broken")

    monkeypatch.setattr(dumping, "dump", half)
    with pytest.raises(Unavailable, match="broken"):
        backup(home, filled.admin, tmp_path / "copy")
    assert [path.name for path in tmp_path.iterdir() if "copy" in path.name] == []


def test_a_restore_never_overwrites_what_is_there(filled, home, copy):
    before = exported(filled.worker)
    with pytest.raises(BadInput, match="holds data"):
        restore(home, filled.admin, copy)
    assert exported(filled.worker) == before


def test_a_database_that_was_migrated_and_holds_nothing_takes_a_restore(filled, home, fresh_database, copy):
    before = exported(filled.worker)
    with fresh_database() as other:
        restore(home, other.admin, copy)
        assert exported(other.worker) == before


def test_a_strangers_schema_of_the_same_name_is_never_dropped(filled, home, empty, copy):
    with connect(empty) as admin:
        admin.execute("create schema review")
        admin.execute("create table review.theirs (n int)")
    with pytest.raises(BadInput, match="schema review"):
        restore(home, empty, copy)
    with connect(empty) as admin:
        assert admin.execute("select count(*) from review.theirs").fetchone() == (0,)


@pytest.mark.parametrize("part", ["database.dump", "originals.csv", "backup.json", "SHA256SUMS"])
def test_a_copy_that_was_damaged_is_refused_before_anything_is_written(home, empty, copy, part):
    whole = (copy / part).read_bytes()
    at = len(whole) // 2
    for damaged in (whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :], whole[:-3], None):
        (copy / part).unlink()
        if damaged is not None:
            (copy / part).write_bytes(damaged)
        with pytest.raises(BadInput):
            restore(home, empty, copy)
        (copy / part).write_bytes(whole)
    with connect(empty) as admin:
        assert admin.execute("select to_regclass('intake.batch')").fetchone() == (None,)


def test_a_restore_that_fails_half_way_leaves_nothing_and_may_be_tried_again(filled, home, empty, copy, tmp_path):
    """The dump is cut, and its sum fits: only pg_restore can tell."""
    shutil.copytree(copy, tmp_path / "torn")
    dumped = tmp_path / "torn" / "database.dump"
    os.truncate(dumped, dumped.stat().st_size * 2 // 3)
    seal(tmp_path / "torn")
    with pytest.raises(Unavailable, match="pg_restore failed"):
        restore(home, empty, tmp_path / "torn")
    with connect(empty) as admin:
        assert admin.execute("select to_regclass('intake.batch')").fetchone() == (None,)
    restore(home, empty, copy)
    assert exported(worker_of(empty))[:3] == exported(filled.worker)[:3]


def test_a_copy_of_a_newer_program_is_refused(filled, home, empty, copy):
    note = copy / "backup.json"
    said = json.loads(note.read_text())
    said["migrations"].append("9999_later.sql")
    note.write_text(json.dumps(said))
    seal(copy)
    with pytest.raises(Misconfigured, match="use a newer diachinh"):
        restore(home, empty, copy)


def test_a_login_that_row_security_shows_less_cannot_take_a_copy(filled, home, tmp_path):
    with pytest.raises(Misconfigured, match="does not see all rows"):
        backup(home, login(filled, "reviewer"), tmp_path / "copy")


@pytest.fixture
def office(cluster):
    """The addresses of two databases that a login without superuser rights owns, PostGIS installed."""
    with psycopg.connect(cluster.admin_url("postgres"), autocommit=True) as admin:
        admin.execute("create role huyen login createrole")
        admin.execute("create database huyen1 owner huyen")
        admin.execute("create database huyen2 owner huyen")
    for name in ("huyen1", "huyen2"):
        with psycopg.connect(cluster.admin_url(name), autocommit=True) as admin:
            admin.execute("create extension postgis")
    yield cluster.url("huyen", "huyen1"), cluster.url("huyen", "huyen2")
    with psycopg.connect(cluster.admin_url("postgres"), autocommit=True) as admin:
        admin.execute("drop database huyen1 with (force)")
        admin.execute("drop database huyen2 with (force)")
        admin.execute("drop role huyen")


def test_a_server_of_ones_own_without_a_superuser_is_copied_and_restored_too(filled, home, office, tmp_path):
    first, second = office
    backup(home, filled.admin, tmp_path / "one")
    restore(home, first, tmp_path / "one")
    backup(home, first, tmp_path / "two")
    restore(home, second, tmp_path / "two")
    assert exported(second)[:-1] == exported(filled.worker)[:-1]
    with connect(second) as conn:
        assert [line.entry.fields["owners"].value[0].name for line in layers.entries(conn, reason="t")] == [CANARY]
        assert audit.first_broken(conn) is None


def seal(folder):
    """Write the sums anew, as someone would who changed the files on purpose."""
    names = ("database.dump", "originals.csv", "backup.json")
    sums = [f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n" for name in names]
    (folder / "SHA256SUMS").write_text("".join(sums))
