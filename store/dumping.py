"""PostgreSQL's own programs for copies of a database, `pg_dump` and `pg_restore`; the only place that knows them."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict, make_conninfo

from schemas.errors import Unavailable

OWNER = "diachinh_owner"


def dump(url: str, out: Path, *, schemas: Sequence[str], snapshot: str) -> None:
    """Write these schemas, as an open transaction that exported `snapshot` sees them, in pg_dump's custom format.

    Whole or Unavailable. The login must see all rows: row security stays on, so as not to need a superuser.
    """
    options = [f"--schema={name}" for name in schemas]
    _run(
        "pg_dump",
        url,
        *("--format=custom", "--enable-row-security", "--no-unlogged-table-data"),
        *(f"--snapshot={snapshot}", f"--file={out}"),
        *options,
    )


def load(url: str, dumped: Path) -> None:
    """Load a dump into a database that has none of its schemas, in one transaction; all will belong to the owner."""
    _run(
        "pg_restore",
        url,
        *("--single-transaction", "--exit-on-error", "--no-owner", f"--role={OWNER}", str(dumped)),
    )


def _run(program: str, url: str, *options: str) -> None:
    parts = {name: str(value) for name, value in conninfo_to_dict(url).items() if value is not None}
    # Not on the command line, where every account of the machine could read it.
    password = parts.pop("password", None)
    environment = {**os.environ, "LC_ALL": "C.UTF-8"} | ({"PGPASSWORD": password} if password else {})
    done = subprocess.run(
        [_find(program), "--no-password", f"--dbname={make_conninfo('', **parts)}", *options],
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode != 0:
        said = _without_values(done.stderr)
        raise Unavailable(f"{program} không làm được: {said}", f"{program} failed: {said}")


def _without_values(stderr: str) -> str:
    """Return the program's first complaint; lines after it may quote rows, which may hold personal data."""
    lines = [line for line in stderr.splitlines() if "error:" in line or "FATAL" in line]
    return (lines or stderr.splitlines() or ["?"])[0].strip()[:300]


def _find(program: str) -> str:
    """Return the newest version that is installed: it can read every older server."""
    folders = [folder for folder in Path("/usr/lib/postgresql").glob("*") if folder.name.isdigit()]
    for folder in sorted(folders, key=lambda folder: int(folder.name), reverse=True):
        if (folder / "bin" / program).exists():
            return str(folder / "bin" / program)
    found = shutil.which(program)
    if found is None:
        raise Unavailable(
            f"không thấy {program}; hãy chạy: apt-get install -y postgresql-client",
            f"{program} not found; run: apt-get install -y postgresql-client",
        )
    return found
