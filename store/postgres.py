"""PostgreSQL's programs: where they lie, as whom they run, and what a stale pid file looks like."""

from __future__ import annotations

import os
import pwd
import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from schemas.errors import Unavailable

OLDEST_VERSION = 15
_SERVER_ACCOUNT = "postgres"


@dataclass(frozen=True, slots=True)
class Programs:
    """The `bin` folder of one PostgreSQL version that has PostGIS."""

    version: int
    bin: Path


def find_programs(root: Path = Path("/")) -> Programs:
    """Return the newest PostgreSQL from 15 up that has PostGIS, as Debian lays them out under `root`."""
    found = sorted(
        (int(folder.name), folder / "bin")
        for folder in root.glob("usr/lib/postgresql/*")
        if folder.name.isdigit() and (folder / "bin" / "pg_ctl").exists() and (folder / "bin" / "initdb").exists()
    )
    new_enough = [(version, path) for version, path in found if version >= OLDEST_VERSION]
    with_postgis = [
        Programs(version, path)
        for version, path in new_enough
        if (root / f"usr/share/postgresql/{version}/extension/postgis.control").exists()
    ]
    if with_postgis:
        return with_postgis[-1]
    version = new_enough[-1][0] if new_enough else OLDEST_VERSION
    command = f"apt-get install -y --no-install-recommends postgresql-{version}-postgis-3"
    raise Unavailable(
        f"không thấy PostgreSQL (từ bản {OLDEST_VERSION}) có PostGIS; hãy chạy: {command}",
        f"no PostgreSQL (from version {OLDEST_VERSION}) with PostGIS found; run: {command}",
    )


@dataclass(frozen=True, slots=True)
class Account:
    """The system account that runs the server; `prefix` is put before every command."""

    uid: int
    gid: int
    prefix: tuple[str, ...]

    def can_pass(self, folder: Path) -> bool:
        """Tell whether the account may go through this folder and all above it."""
        return subprocess.run([*self.prefix, "test", "-x", str(folder)], cwd="/", check=False).returncode == 0

    def own(self, folder: Path) -> None:
        """Make the folder if need be, private to the account (mode 0700)."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if self.prefix:
            os.chown(folder, self.uid, self.gid)
        folder.chmod(0o700)

    def run(self, command: Sequence[str | Path]) -> subprocess.CompletedProcess[str]:
        """Run a program as the account, without PostgreSQL's own environment variables."""
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
        environment |= {"LC_ALL": "C.UTF-8"}
        return subprocess.run(
            [*self.prefix, *map(str, command)],
            cwd="/",
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
        )


def server_account() -> Account:
    """Return who runs the server: ourselves, or `postgres` where we are root, which PostgreSQL refuses."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid(), ())
    try:
        entry = pwd.getpwnam(_SERVER_ACCOUNT)
    except KeyError as err:
        raise Unavailable(
            f"không có tài khoản {_SERVER_ACCOUNT}, cần để chạy PostgreSQL khi là root; hãy cài gói postgresql",
            f"no account {_SERVER_ACCOUNT}, which runs PostgreSQL for root; install the postgresql package",
        ) from err
    runuser = shutil.which("runuser")
    if runuser is None:
        raise Unavailable(
            "không thấy lệnh runuser; hãy chạy: apt-get install util-linux",
            "runuser not found; run: apt-get install util-linux",
        )
    return Account(entry.pw_uid, entry.pw_gid, (runuser, "-u", _SERVER_ACCOUNT, "--"))


def server_pid(data: Path) -> int | None:
    """Return the process that the data folder's pid file names, None where there is no such file."""
    try:
        first = (data / "postmaster.pid").read_text(errors="replace").split("\n", 1)[0]
    except FileNotFoundError:
        return None
    return int(first) if re.fullmatch(r"[1-9]\d*", first) else 0


def clear_stale_pid(data: Path) -> None:
    """Remove a pid file whose process is gone or is another program that was given the same number since.

    PostgreSQL itself only asks whether some process has the number, and then refuses to start.
    """
    pid = server_pid(data)
    if pid is None or not Path("/proc/self").exists():
        return
    if not _serves(pid, data):
        (data / "postmaster.pid").unlink(missing_ok=True)


def _serves(pid: int, data: Path) -> bool:
    """Tell whether the process runs PostgreSQL on this data folder, as far as we may look."""
    process = Path(f"/proc/{pid}")
    try:
        return (process / "cwd").readlink() == data.resolve()
    except FileNotFoundError:
        return False
    except PermissionError:
        return (process / "status").exists() and (process / "comm").read_text().strip() in {"postgres", "postmaster"}
