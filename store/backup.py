"""Copies of the database with the list of its originals: a folder, written and restored whole or not at all."""

from __future__ import annotations

import csv
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from psycopg import sql
from pydantic import BaseModel, ValidationError

from schemas.errors import BadInput, Misconfigured, Unavailable
from store import audit, dumping, migrate
from store.database import Connection, connect, statement
from store.intake import kept_files
from store.originals import path_of

SCHEMAS = ("intake", "reading", "cadastre", "people", "review", "recovery", "audit", "api")
DATABASE, ORIGINALS, NOTE, SUMS = "database.dump", "originals.csv", "backup.json", "SHA256SUMS"


class Note(BaseModel, frozen=True, extra="forbid"):
    """What `backup.json` says of a backup: the end of the log, and `rows` as counts by table."""

    format: Literal["diachinh-backup-1"] = "diachinh-backup-1"
    taken_at: datetime
    migrations: list[str]
    log_seq: int
    log_hash: str
    rows: dict[str, int]


@dataclass(frozen=True, slots=True)
class Copied:
    """A backup taken or restored: its rows, its originals, and those of them that the data folder lacks."""

    rows: int
    originals: int
    absent: tuple[str, ...]


def backup(home: Path, url: str, out: Path) -> Copied:
    """Write a new folder `out` with the database, the list of originals and a note on both; the log says so.

    All is of one moment, while work goes on. The bytes of the originals are not in it: they never change, so any
    copy of `<home>/originals` serves.
    """
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise BadInput(f"{out}: đã có dữ liệu; chọn tên mới", f"{out}: holds something already; choose a new name")
    with connect(url) as conn, _new_folder(out) as folder:
        if conn.execute(statement("backup", "sees_all")).fetchone() != (True,):
            raise Misconfigured(
                f"tài khoản {conn.info.user} không thấy hết dữ liệu nên không sao lưu được",
                f"the login {conn.info.user} does not see all rows, so it cannot back up",
            )
        audit.append(conn, "backup", "database", {"what": "all rows, personal data too"})
        with _snapshot(conn) as snapshot:
            recorded = kept_files(conn)
            rows = _count_rows(conn)
            head = audit.head(conn)
            assert head is not None
            dumping.dump(url, folder / DATABASE, schemas=SCHEMAS, snapshot=snapshot)
        _write_list(folder / ORIGINALS, recorded)
        note = Note(
            taken_at=datetime.now(UTC),
            migrations=migrate.known_migrations(),
            log_seq=head.seq,
            log_hash=head.hash,
            rows=rows,
        )
        (folder / NOTE).write_text(note.model_dump_json(indent=1) + "\n", encoding="utf-8")
        (folder / SUMS).write_text(_sums(folder), encoding="ascii")
    return Copied(sum(rows.values()), len(recorded), _absent(home, recorded))


def restore(home: Path, url: str, source: Path) -> Copied:
    """Load a backup into a database that holds nothing, with its roles and grants, and check that all is there.

    BadInput, and nothing changed, where the backup is damaged or the database holds data already.
    """
    note = _read_note(source)
    with connect(url) as conn, migrate.alone(conn):
        _make_room(conn)
        dumping.load(url, source / DATABASE)
        migrate.as_oneself(conn)
        loaded = _count_rows(conn)
        head = audit.head(conn)
        if loaded != note.rows or head != audit.Head(note.log_seq, note.log_hash) or audit.first_broken(conn):
            raise Unavailable(
                f"{source}: dữ liệu khôi phục không khớp với bản sao lưu; đừng dùng cơ sở dữ liệu này",
                f"{source}: what was restored is not what was backed up; do not use this database",
            )
        migrate.grant_anew(conn)
        migrate.apply(conn)
        audit.append(conn, "restore", "database", {"log_seq": note.log_seq, "log_hash": note.log_hash})
    with (source / ORIGINALS).open(encoding="utf-8", newline="") as file:
        recorded = {row["sha256"]: int(row["size_bytes"]) for row in csv.DictReader(file)}
    return Copied(sum(loaded.values()), len(recorded), _absent(home, recorded))


def _make_room(conn: Connection) -> None:
    """Leave the database without our schemas; BadInput where they hold anything."""
    values = {"schemas": list(SCHEMAS)}
    migrate.act_as_owner(conn)
    there = [name for (name,) in conn.execute(statement("backup", "schemas_there"), values)]
    if not there:
        return
    if not migrate.is_ours(conn):
        raise _not_empty(f"schema {', '.join(there)}")
    migrate.apply(conn)
    with conn.transaction():
        conn.execute(statement("backup", "keep_others_out"))
        if conn.execute(statement("backup", "holds_data")).fetchone() != (False,):
            raise _not_empty("intake, audit")
        names = sql.SQL(", ").join(sql.Identifier(name) for name in SCHEMAS)
        conn.execute(sql.SQL("drop schema {} cascade").format(names))


def _not_empty(what: str) -> BadInput:
    return BadInput(
        f"cơ sở dữ liệu đã có dữ liệu ({what}) nên không khôi phục đè lên; hãy dùng DIACHINH_HOME mới",
        f"the database holds data ({what}), which a restore never overwrites; use a new DIACHINH_HOME",
    )


def _read_note(source: Path) -> Note:
    """Return the note of a backup whose files are as they were written."""
    if not (source / SUMS).is_file():
        raise BadInput(f"{source}: không phải bản sao lưu", f"{source}: is not a backup")
    try:
        whole = (source / SUMS).read_text("ascii", "replace") == _sums(source)
    except FileNotFoundError:
        whole = False
    if not whole:
        raise BadInput(
            f"{source}: có tệp thiếu hoặc đã bị thay đổi (sha256sum -c {SUMS}); hãy dùng bản sao lưu khác",
            f"{source}: a file is missing or was changed (sha256sum -c {SUMS}); use another backup",
        )
    try:
        note = Note.model_validate_json((source / NOTE).read_bytes())
    except ValidationError as err:
        raise Misconfigured(
            f"{source}: bản sao lưu của phiên bản khác; hãy dùng phiên bản diachinh mới hơn",
            f"{source}: a backup of another version; use a newer diachinh",
        ) from err
    later = sorted(set(note.migrations) - set(migrate.known_migrations()))
    if later:
        raise Misconfigured(
            f"bản sao lưu có bước {later[0]} mà phần mềm này chưa có; hãy dùng phiên bản diachinh mới hơn",
            f"the backup has the migration {later[0]}, which this program lacks; use a newer diachinh",
        )
    return note


@contextmanager
def _snapshot(conn: Connection) -> Iterator[str]:
    """Hold one state of the database and give the name by which pg_dump shares it."""
    with conn.transaction():
        conn.execute(statement("backup", "snapshot"))
        conn.execute(statement("backup", "patient"))
        row = conn.execute(statement("backup", "export_snapshot")).fetchone()
        assert row is not None
        yield row[0]


def _count_rows(conn: Connection) -> dict[str, int]:
    counts: dict[str, int] = {}
    for schema, table in conn.execute(statement("backup", "tables"), {"schemas": list(SCHEMAS)}).fetchall():
        row = conn.execute(sql.SQL("select count(*) from {}").format(sql.Identifier(schema, table))).fetchone()
        assert row is not None
        counts[f"{schema}.{table}"] = row[0]
    return counts


@contextmanager
def _new_folder(out: Path) -> Iterator[Path]:
    """Give a private folder beside `out` that takes its place, on disk, once all is written."""
    try:
        partial = Path(tempfile.mkdtemp(prefix=f".{out.name}.", dir=out.parent))
    except OSError as err:
        raise BadInput(
            f"{out.parent}: không ghi được vào thư mục này ({err.strerror})",
            f"{out.parent}: cannot write into this folder ({err.strerror})",
        ) from err
    try:
        yield partial
        for path in (*partial.iterdir(), partial):
            _to_disk(path)
        partial.replace(out)
        _to_disk(out.parent)
    except OSError as err:
        raise Unavailable(
            f"{out}: không ghi được ({err.strerror})", f"{out}: could not be written ({err.strerror})"
        ) from err
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def _to_disk(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _write_list(path: Path, recorded: dict[str, int]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("sha256", "size_bytes"))
        writer.writerows(sorted(recorded.items()))


def _absent(home: Path, recorded: dict[str, int]) -> tuple[str, ...]:
    """Return the originals that do not lie in the data folder with their size; `originals verify` reads them."""

    def lies(sha256: str, size: int) -> bool:
        path = path_of(home, sha256)
        return path.is_file() and path.stat().st_size == size

    return tuple(sha256 for sha256, size in recorded.items() if not lies(sha256, size))


def _sums(folder: Path) -> str:
    """Return the lines of `SHA256SUMS`, as the program sha256sum reads them."""
    return "".join(f"{_digest(folder / name)}  {name}\n" for name in (DATABASE, ORIGINALS, NOTE))


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
