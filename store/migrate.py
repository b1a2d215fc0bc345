"""Brings a database to the schema of schemas/sql, and opens the one that the settings name."""

from __future__ import annotations

import hashlib

import psycopg

from schemas.errors import Misconfigured
from schemas.settings import Settings
from store.cluster import Cluster
from store.database import Connection, connect, sql_file, sql_files, statement

_LOCK = 7261000
_WHOLE = "functions, views and grants"


def prepare(settings: Settings) -> str:
    """Return the URL that the work runs on: the settings' own, or the private cluster's worker; migrated.

    A URL of the settings is used with its own login, which must be allowed to migrate.
    """
    if settings.database_url is not None:
        url = settings.database_url.get_secret_value()
        migrate(url)
        return url
    cluster = Cluster(settings.home)
    url = cluster.start()
    migrate(cluster.admin_url())
    return url


def migrate(url: str) -> list[str]:
    """Apply what the database has not had, each migration in a transaction of its own, and return their names.

    Functions, views and grants are applied whole whenever one of them changed. Several processes may call it.
    """
    with connect(url) as conn:
        if _due(conn) == ([], False):
            return []
        conn.execute(statement("migrate", "lock"), {"key": _LOCK})
        try:
            return _apply(conn)
        except psycopg.errors.InsufficientPrivilege as err:
            login = conn.info.user
            raise Misconfigured(
                f"tài khoản {login} không được phép tạo cấu trúc: phải sở hữu cơ sở dữ liệu, có quyền CREATEROLE, "
                "và phần mở rộng postgis phải có sẵn (create extension postgis)",
                f"the login {login} may not migrate: it must own the database and have CREATEROLE, "
                "and the extension postgis must be there (create extension postgis)",
            ) from err


def _apply(conn: Connection) -> list[str]:
    if conn.execute(statement("migrate", "has_postgis")).fetchone() is None:
        conn.execute(statement("migrate", "create_postgis"))
    conn.execute(sql_file("roles.sql").encode())
    conn.execute(statement("migrate", "act_as_owner"))
    with conn.transaction():
        conn.execute(statement("migrate", "create_ledger"))
    names, whole = _due(conn)
    texts = dict(sql_files("migrations"))
    for name in names:
        with conn.transaction():
            conn.execute(texts[name].encode())
            conn.execute(statement("migrate", "write_ledger"), {"name": name, "checksum": _checksum(texts[name])})
    if whole:
        with conn.transaction():
            conn.execute(statement("migrate", "drop_views"))
            for text in _whole_texts():
                conn.execute(text.encode())
            conn.execute(statement("migrate", "write_ledger"), {"name": _WHOLE, "checksum": _checksum(*_whole_texts())})
    return names


def _due(conn: Connection) -> tuple[list[str], bool]:
    """Return the migrations to apply, and whether functions, views and grants are to be applied."""
    had: dict[str, str] = {}
    if conn.execute(statement("migrate", "has_ledger")).fetchone() == (True,):
        had = dict(conn.execute(statement("migrate", "ledger")).fetchall())
    wanted = {name: _checksum(text) for name, text in sql_files("migrations")}
    whole = had.pop(_WHOLE, None)
    for name, checksum in had.items():
        if wanted.get(name) != checksum:
            raise Misconfigured(
                f"cơ sở dữ liệu có bước {name} khác với phần mềm này; hãy dùng phiên bản diachinh mới hơn",
                f"the database had another migration {name} than this program has; use a newer diachinh",
            )
    names = [name for name in wanted if name not in had]
    return names, bool(names) or whole != _checksum(*_whole_texts())


def _whole_texts() -> list[str]:
    return [
        *(text for _, text in sql_files("functions")),
        *(text for _, text in sql_files("views")),
        sql_file("grants.sql"),
    ]


def _checksum(*texts: str) -> str:
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()
