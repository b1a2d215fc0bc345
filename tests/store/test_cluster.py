"""The private PostGIS starts anywhere, survives what machines do, and runs beside others."""

import os
import pwd
import signal
import subprocess
import sys
import tempfile
import traceback
from pathlib import Path

import psycopg
import pytest

from schemas.errors import Unavailable
from store import postgres
from store.cluster import ADMIN, DATABASE, Cluster
from store.postgres import find_programs
from tests.conftest import remove


@pytest.fixture
def folder():
    """A short folder that every account can pass, as /srv would be."""
    path = Path(tempfile.mkdtemp(prefix="dc-"))
    path.chmod(0o755)
    yield path
    subprocess.run(["rm", "-rf", path], check=True)


@pytest.fixture(scope="module")
def own():
    """A cluster that the tests here may kill."""
    home = Path(tempfile.mkdtemp(prefix="dc-"))
    home.chmod(0o755)
    cluster = Cluster(home)
    cluster.start()
    yield cluster
    remove(cluster)


def ask(cluster, question="select 1"):
    with psycopg.connect(cluster.admin_url(), autocommit=True) as conn:
        return conn.execute(question).fetchone()[0]


def test_starting_again_finds_the_same_server(own):
    pid = own.status().pid
    url = own.start()
    assert own.status().pid == pid
    assert url.startswith(f"postgresql://diachinh_worker@/{DATABASE}?host=")


def test_nothing_listens_on_the_network_and_only_its_owner_may_enter_the_folder(own):
    assert ask(own, "show listen_addresses") == ""
    assert own.folder.stat().st_mode & 0o777 == 0o700
    assert ask(own, "show data_checksums") == "on"


def test_two_homes_run_side_by_side(own, cluster):
    assert own.folder != cluster.folder
    assert own.status().pid != cluster.status().pid
    assert ask(own) == ask(cluster) == 1


def test_a_killed_server_starts_again_with_what_was_committed(own):
    with psycopg.connect(own.admin_url(), autocommit=True) as conn:
        conn.execute("create table if not exists kept (n int)")
        conn.execute("insert into kept values (7)")
    os.kill(own.status().pid, signal.SIGKILL)
    own.start()
    assert ask(own, "select max(n) from kept") == 7


def test_a_pid_file_whose_number_belongs_to_another_program_by_now_does_not_matter(own):
    own.stop()
    assert not own.status().running
    (own.folder / "data" / "postmaster.pid").write_text(f"{os.getpid()}\n{own.folder}/data\n0\n5432\n\n\n\n")
    own.start()
    assert ask(own) == 1


def test_a_pid_file_that_is_empty_does_not_matter(own):
    own.stop()
    (own.folder / "data" / "postmaster.pid").write_text("")
    own.start()
    assert ask(own) == 1


def test_the_server_outlives_the_process_that_started_it(own):
    own.stop()
    code = "import sys; from pathlib import Path; from store.cluster import Cluster; Cluster(Path(sys.argv[1])).start()"
    subprocess.run([sys.executable, "-c", code, own.home], check=True, start_new_session=True)
    assert ask(own) == 1
    assert os.getsid(own.status().pid) != os.getsid(0)


def test_several_processes_may_start_it_at_once(own):
    own.stop()
    code = "import sys; from pathlib import Path; from store.cluster import Cluster; Cluster(Path(sys.argv[1])).start()"
    starters = [subprocess.Popen([sys.executable, "-c", code, own.home]) for _ in range(3)]
    assert [starter.wait() for starter in starters] == [0, 0, 0]
    assert ask(own) == 1


def test_a_home_that_other_accounts_cannot_pass_serves_too(folder):
    folder.chmod(0o700)
    cluster = Cluster(folder / "home")
    try:
        cluster.start()
        assert ask(cluster) == 1
        if os.geteuid() == 0:
            assert cluster.folder.parent == Path("/var/lib/diachinh")
            assert (cluster.home / "postgres.at").read_text() == str(cluster.folder)
        assert Cluster(folder / "home").status().running
    finally:
        remove(cluster)


def test_a_home_with_a_long_vietnamese_name_commas_and_quotes_serves_too(folder):
    cluster = Cluster(folder / f"Hồ sơ đất đai, xã «Tam Thăng» 'A' {'dài' * 30}")
    try:
        cluster.start()
        assert ask(cluster) == 1
        assert len(os.fsencode(cluster.folder / ".s.PGSQL.5432")) <= 107
    finally:
        remove(cluster)


def test_a_home_with_blanks_keeps_its_cluster_inside_and_mends_an_initialisation_that_was_cut_off(folder):
    cluster = Cluster(folder / "Hồ sơ đất")
    (cluster.home / "postgres" / "data.new" / "base").mkdir(parents=True)
    try:
        cluster.start()
        assert ask(cluster) == 1
        assert cluster.folder == cluster.home / "postgres"
    finally:
        remove(cluster)


def test_an_ordinary_user_runs_it_without_root(folder):
    """In a child that gives up root first, where the tests run as root."""
    home = folder / "home"
    home.mkdir()
    nobody = pwd.getpwnam("nobody")
    if os.geteuid() == 0:
        os.chown(home, nobody.pw_uid, nobody.pw_gid)
    child = os.fork()
    if child == 0:
        code = 1
        try:
            if os.geteuid() == 0:
                os.setgroups([])
                os.setgid(nobody.pw_gid)
                os.setuid(nobody.pw_uid)
            cluster = Cluster(home)
            cluster.start()
            owner = cluster.folder.stat().st_uid
            code = 0 if ask(cluster, "select current_user") == ADMIN and owner == os.geteuid() else 2
            cluster.stop()
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(code)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_a_home_that_cannot_be_made_is_named(folder):
    (folder / "file").touch()
    with pytest.raises(Unavailable, match="DIACHINH_HOME"):
        Cluster(folder / "file" / "home").start()


def test_before_the_first_start_the_status_says_so_and_stopping_does_nothing(folder):
    cluster = Cluster(folder)
    cluster.stop()
    assert (cluster.status().folder, cluster.status().running) == (None, False)
    with pytest.raises(Unavailable, match="diachinh services start"):
        cluster.admin_url()


def install(root, version, *, postgis):
    programs = root / f"usr/lib/postgresql/{version}/bin"
    programs.mkdir(parents=True)
    for name in ("pg_ctl", "initdb"):
        (programs / name).touch()
    if postgis:
        control = root / f"usr/share/postgresql/{version}/extension/postgis.control"
        control.parent.mkdir(parents=True)
        control.touch()


def test_the_newest_version_with_postgis_is_taken(tmp_path):
    for version, postgis in ((9, True), (14, True), (15, True), (17, True), (18, False)):
        install(tmp_path, version, postgis=postgis)
    assert find_programs(tmp_path).version == 17


def test_without_postgresql_the_command_that_mends_it_is_named(tmp_path):
    with pytest.raises(Unavailable, match="apt-get install -y --no-install-recommends postgresql-15-postgis-3"):
        find_programs(tmp_path)


def test_with_postgresql_alone_its_own_postgis_is_named(tmp_path):
    install(tmp_path, 16, postgis=False)
    install(tmp_path, 14, postgis=True)
    with pytest.raises(Unavailable, match="postgresql-16-postgis-3"):
        find_programs(tmp_path)


def test_root_without_the_server_account_is_told_what_to_install(monkeypatch):
    def nobody(name):
        raise KeyError(name)

    monkeypatch.setattr(postgres.os, "geteuid", lambda: 0)
    monkeypatch.setattr(postgres.pwd, "getpwnam", nobody)
    with pytest.raises(Unavailable, match="postgres"):
        postgres.server_account()
