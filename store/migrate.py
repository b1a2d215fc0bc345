"""Brings a database to the schema of schemas/sql, and opens the one that the settings name."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

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


def owning_url(settings: Settings) -> str:
    """Return the URL of the login that may migrate, back up and restore; the private cluster is started for it."""
    if settings.database_url is not None:
        return settings.database_url.get_secret_value()
    cluster = Cluster(settings.home)
    cluster.start()
    return cluster.admin_url()


def login_url(settings: Settings, role: str) -> str:
    """Return the URL of a role's login on the private cluster, or that of the settings, whose login must have it."""
    if settings.database_url is not None:
        return settings.database_url.get_secret_value()
    return Cluster(settings.home).url(role)


def migrate(url: str) -> list[str]:
    """Apply what the database has not had, each migration in a transaction of its own, and return their names.

    Functions, views and grants are applied whole whenever one of them changed. Several processes may call it.
    """
    with connect(url) as conn:
        try:
            if _due(conn) == ([], False):
                return []
        except psycopg.errors.InsufficientPrivilege:
            return []  # a login that may not even look works on what the owning one has migrated
        with alone(conn):
            return apply(conn)


@contextmanager
def alone(conn: Connection) -> Iterator[None]:
    """Keep out all others that migrate or restore until the end; a login without the rights for it is told so."""
    conn.execute(statement("migrate", "lock"), {"key": _LOCK})
    try:
        yield
    except psycopg.errors.InsufficientPrivilege as err:
        login = conn.info.user
        raise Misconfigured(
            f"tài khoản {login} không được phép tạo cấu trúc: phải sở hữu cơ sở dữ liệu, có quyền CREATEROLE, "
            "và phần mở rộng postgis phải có sẵn (create extension postgis)",
            f"the login {login} may not migrate: it must own the database and have CREATEROLE, "
            "and the extension postgis must be there (create extension postgis)",
        ) from err


def as_oneself(conn: Connection) -> None:
    """Go on as the login itself; the owner sees no rows of people."""
    conn.execute(statement("migrate", "as_oneself"))


def act_as_owner(conn: Connection) -> None:
    """Make PostGIS and the roles where they are not there, and go on as the owner."""
    as_oneself(conn)
    if conn.execute(statement("migrate", "has_postgis")).fetchone() is None:
        conn.execute(statement("migrate", "create_postgis"))
    conn.execute(sql_file("roles.sql").encode())
    conn.execute(statement("migrate", "act_as_owner"))


def is_ours(conn: Connection) -> bool:
    """Tell whether the database has had a migration of ours."""
    return conn.execute(statement("migrate", "has_ledger")).fetchone() == (True,)


def grant_anew(conn: Connection) -> None:
    """Let the next `apply` set functions, views and grants anew, whatever stands there."""
    conn.execute(statement("migrate", "forget_whole"), {"name": _WHOLE})


def known_migrations() -> list[str]:
    """Return the names of the migrations that this program has."""
    return [name for name, _ in sql_files("migrations")]


def apply(conn: Connection) -> list[str]:
    """Apply what is due, inside `alone`, and return the names of the migrations; the session then is the owner's."""
    act_as_owner(conn)
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
    if is_ours(conn):
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
        sql_file("role_grants.sql"),
    ]


def _checksum(*texts: str) -> str:
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()
