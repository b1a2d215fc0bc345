"""The private PostGIS of a data folder: made, started and stopped by us, reached by its socket only."""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import secrets
import shlex
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg
from platformdirs import user_state_path

from schemas.errors import Unavailable
from store.postgres import Programs, clear_stale_pid, find_programs, server_account, server_pid

DATABASE = "diachinh"
ADMIN = "diachinh_admin"
WORKER = "diachinh_worker"
ENVIRONMENT = "diachinh_environment"

_PORT = 5432  # names the socket file only; nothing listens on the network
_LONGEST_SOCKET_BYTES = 107
_POINTER = "postgres.at"
_OPTIONS = (
    "listen_addresses=",
    "unix_socket_permissions=0700",
    "jit=off",
    "client_connection_check_interval=5s",
    # A statement or a DETAIL line could carry a person's name into the log.
    "log_min_error_statement=panic",
    "log_error_verbosity=terse",
)


@dataclass(frozen=True, slots=True)
class ClusterStatus:
    """Where the cluster lies (None before its first start) and whether it answers."""

    folder: Path | None
    running: bool
    pid: int | None
    version: str | None


class Cluster:
    """The PostGIS cluster that belongs to one data folder (`DIACHINH_HOME`).

    It lies in `<home>/postgres`. Where the account that runs the server cannot pass the home, or the socket's
    path would be too long, it lies in `/var/lib/diachinh/<hash of the home>`, and `<home>/postgres.at` says so.
    Who may enter that private folder may connect as any role.
    """

    def __init__(self, home: Path) -> None:
        self.home = home.absolute().resolve()

    def start(self) -> str:
        """Return the URL of the worker's login on the running server, made and started where needed.

        Safe to call again and by several processes at once; the server outlives the caller.
        """
        if self._version() is None:
            with self._locked():
                self._bring_up(self._place())
        return self.url(WORKER)

    def url(self, role: str, database: str = DATABASE) -> str:
        """Return the libpq URL of a role's login over the socket."""
        folder = self.folder
        if folder is None:
            raise Unavailable(
                f"chưa có PostGIS riêng cho {self.home}; hãy chạy: diachinh services start",
                f"no private PostGIS for {self.home} yet; run: diachinh services start",
            )
        return f"postgresql://{role}@/{database}?host={quote(str(folder), safe='')}&port={_PORT}"

    def admin_url(self, database: str = DATABASE) -> str:
        """Return the URL of the superuser, for migrations and tests."""
        return self.url(ADMIN, database)

    def stop(self) -> None:
        """Stop the server if it runs; clients are cut off, committed data stays."""
        folder = self.folder
        if folder is None or server_pid(folder / "data") is None:
            return
        with self._locked():
            clear_stale_pid(folder / "data")
            if server_pid(folder / "data") is not None:
                self._pg_ctl(find_programs(), folder, "stop", "-m", "fast")

    def status(self) -> ClusterStatus:
        """Return where the cluster lies and whether it answers now."""
        folder = self.folder
        version = self._version()
        pid = server_pid(folder / "data") if folder is not None and version is not None else None
        return ClusterStatus(folder, version is not None, pid, version)

    @property
    def folder(self) -> Path | None:
        """Return the folder with the data, the socket and the log; None before the first start."""
        pointer = self.home / _POINTER
        if pointer.exists():
            return Path(pointer.read_text(encoding="utf-8"))
        inside = self.home / "postgres"
        return inside if inside.exists() else None

    @contextmanager
    def _locked(self) -> Iterator[None]:
        try:
            self.home.mkdir(parents=True, exist_ok=True)
            lock = (self.home / ".postgres.lock").open("w")
        except OSError as err:
            raise Unavailable(
                f"không ghi được vào {self.home}; hãy cấp quyền hoặc đặt DIACHINH_HOME",
                f"cannot write to {self.home}; grant the right or set DIACHINH_HOME",
            ) from err
        with lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _place(self) -> Path:
        """Return the cluster's folder, chosen once: the choice is kept in the home before the folder is made."""
        account = server_account()
        folder = self.folder
        if folder is None:
            folder = self.home / "postgres"
            if not (_reachable(folder) and account.can_pass(self.home)):
                folder = _outside(self.home)
                pointer = self.home / f".{_POINTER}.new"
                pointer.write_text(str(folder), encoding="utf-8")
                pointer.replace(self.home / _POINTER)
        account.own(folder)
        if not account.can_pass(folder):
            raise Unavailable(
                f"tài khoản chạy PostgreSQL không vào được {folder}; hãy chạy: chmod a+x {self.home}",
                f"the account that runs PostgreSQL cannot enter {folder}; run: chmod a+x {self.home}",
            )
        return folder

    def _bring_up(self, folder: Path) -> None:
        programs = find_programs()
        if not (folder / "data").exists():
            _initialise(programs, folder)
        for wait_s in (0.2, 0.5, 1.0, 2.0, 4.0, 8.0, 0.0):
            if self._version("postgres") is not None:
                break
            clear_stale_pid(folder / "data")
            options = shlex.join(["-p", str(_PORT), "-k", str(folder), *(f"-c{option}" for option in _OPTIONS)])
            failed = self._pg_ctl(programs, folder, "start", "-l", folder / "postgres.log", "-t", "300", "-o", options)
            # A killed server's children may hold its shared memory for some seconds.
            if failed is not None:
                time.sleep(wait_s)
        else:
            raise Unavailable(
                f"PostgreSQL không khởi động được; xem {folder / 'postgres.log'}",
                f"PostgreSQL does not start; see {folder / 'postgres.log'}",
            )
        with psycopg.connect(self.admin_url("postgres"), autocommit=True) as conn:
            if conn.execute("select 1 from pg_database where datname = %s", [DATABASE]).fetchone() is None:
                conn.execute(f"create database {DATABASE}")

    def _pg_ctl(self, programs: Programs, folder: Path, action: str, *options: str | Path) -> str | None:
        """Return None where pg_ctl did it, else what it said."""
        done = server_account().run([programs.bin / "pg_ctl", action, "-D", folder / "data", "-w", *options])
        return None if done.returncode == 0 else done.stderr

    def _version(self, database: str = DATABASE) -> str | None:
        """Return the server's version where it answers."""
        folder = self.folder
        if folder is None or not (folder / f".s.PGSQL.{_PORT}").exists():
            return None
        try:
            with psycopg.connect(self.admin_url(database), connect_timeout=10, autocommit=True) as conn:
                return conn.info.parameter_status("server_version")
        except psycopg.OperationalError:
            return None


def _initialise(programs: Programs, folder: Path) -> None:
    """Make the data folder under another name and rename it, so that a half-made one is never used."""
    new = folder / "data.new"
    if new.exists():
        shutil.rmtree(new)
    done = server_account().run(
        [
            programs.bin / "initdb",
            # the order of texts is that of C.UTF-8 and is found by their bytes, which is faster
            *("-D", new, "-U", ADMIN, "-E", "UTF8", "--locale=C.UTF-8", "--lc-collate=C", "--data-checksums"),
            *("--auth-local=trust", "--auth-host=reject"),
        ]
    )
    if done.returncode != 0:
        last = done.stderr.strip().splitlines()[-1:] or ["initdb"]
        raise Unavailable(f"không tạo được kho PostgreSQL: {last[0]}", f"initdb failed: {last[0]}")
    new.rename(folder / "data")


def _reachable(folder: Path) -> bool:
    """Tell whether a socket in the folder can be named: short enough, and free of libpq's own separators."""
    socket = folder / f".s.PGSQL.{_PORT}"
    return len(os.fsencode(socket)) <= _LONGEST_SOCKET_BYTES and not re.search(r"[,\"'\\\x00-\x1f]", str(folder))


def _outside(home: Path) -> Path:
    """Return a new folder's path outside the home; a home made again at the same path gets another one."""
    name = hashlib.sha256(f"{home}\n{secrets.token_hex(8)}".encode()).hexdigest()[:16]
    for parent in (Path("/var/lib/diachinh"), user_state_path("diachinh", appauthor=False)):
        try:
            if not parent.exists():
                parent.mkdir(parents=True)
                parent.chmod(0o711)  # whatever the umask: others' servers pass through, nobody lists
        except OSError:
            continue
        if os.access(parent, os.W_OK) and _reachable(parent / name):
            return parent / name
    raise Unavailable(
        f"không có chỗ cho PostGIS của {home}; hãy chạy với quyền root: install -d -m 1777 /var/lib/diachinh",
        f"no place for the PostGIS of {home}; run as root: install -d -m 1777 /var/lib/diachinh",
    )
