"""Connections to PostGIS, and the named statements that the other modules run."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, TypeVar

import psycopg
from psycopg.conninfo import conninfo_to_dict
from psycopg.types.json import Jsonb

from schemas.errors import Misconfigured, Unavailable

Connection = psycopg.Connection[tuple[Any, ...]]
T = TypeVar("T")

#: The login lacks the right to what it asked for.
Refused = psycopg.errors.InsufficientPrivilege
#: What is raised where a connection is lost in the middle of work that `retry` does not cover.
ConnectionLost = psycopg.OperationalError

#: A session that opened a transaction and then sends nothing is cut off, so that a stopped worker frees its locks.
IDLE_IN_TRANSACTION_S = 60


def connect(url: str, *, patience_s: float = 10.0) -> Connection:
    """Return an autocommit connection, tried again with growing pauses for so many seconds; else Unavailable."""
    deadline = time.monotonic() + patience_s
    pause_s = 0.1
    while True:
        try:
            conn = psycopg.connect(url, autocommit=True, connect_timeout=10, application_name="diachinh")
            conn.execute(statement("database", "session"), {"idle": f"{IDLE_IN_TRANSACTION_S}s"})
        except psycopg.ProgrammingError as err:
            raise Misconfigured(
                "DIACHINH_DATABASE_URL không phải là địa chỉ libpq (postgresql://…)",
                "DIACHINH_DATABASE_URL is not a libpq address (postgresql://…)",
            ) from err
        except psycopg.OperationalError as err:
            if time.monotonic() + pause_s > deadline:
                place = _place(url)
                raise Unavailable(
                    f"không nối được cơ sở dữ liệu {place}; kiểm tra máy chủ hoặc DIACHINH_DATABASE_URL",
                    f"cannot connect to the database {place}; check the server or DIACHINH_DATABASE_URL",
                ) from err
            time.sleep(pause_s)
            pause_s *= 2
        else:
            return conn


def retry(url: str, work: Callable[[Connection], T], *, attempts: int = 5) -> T:
    """Return what `work` returns, on a new connection each time the last was lost or lost out to another.

    `work` must be safe to repeat: a connection can be lost after the commit and before the answer.
    """
    for left in range(attempts - 1, -1, -1):
        with connect(url) as conn:
            try:
                return work(conn)
            except psycopg.Error as err:
                if not (conn.broken or isinstance(err, psycopg.OperationalError)):
                    raise
                if left == 0:
                    raise Unavailable(
                        f"mất kết nối cơ sở dữ liệu {_place(url)} nhiều lần",
                        f"the connection to the database {_place(url)} was lost several times",
                    ) from err
    raise ValueError("attempts must be at least 1")


def sql_files(folder: str) -> list[tuple[str, str]]:
    """Return (name, text) of the SQL files in a folder of schemas/sql, by name."""
    return sorted((file.name, file.read_text("utf-8")) for file in _sql(folder).iterdir() if file.name.endswith(".sql"))


def sql_file(name: str) -> str:
    """Return the text of one SQL file of schemas/sql."""
    return _sql(name).read_text("utf-8")


def statement(module: str, name: str) -> bytes:
    """Return one statement of schemas/sql/statements/<module>.sql, under its line `-- name: …`."""
    return _statements(module)[name]


@cache
def _statements(module: str) -> dict[str, bytes]:
    text = sql_file(f"statements/{module}.sql")
    parts = re.split(r"^-- name: (\w+)\s*$", text, flags=re.MULTILINE)[1:]
    return dict(zip(parts[::2], (body.strip().encode() for body in parts[1::2]), strict=True))


def as_jsonb(value: object) -> Jsonb:
    """Return a value for a jsonb column; NUL and lone surrogates, which PostgreSQL refuses, become U+FFFD."""
    return Jsonb(value, dumps=dump_json)


def dump_json(value: object) -> str:
    """Return JSON text with sorted keys, the same for equal values."""
    text = _JSON.encode(value)
    if "\\u0000" in text:
        text = re.sub(r"(?<!\\)((?:\\\\)*)\\u0000", "\\1\ufffd", text)
    return clean_text(text)


_JSON = json.JSONEncoder(ensure_ascii=False, sort_keys=True, allow_nan=False, separators=(",", ":"))


def clean_text(text: str) -> str:
    """Return text that a text column takes: NUL and lone surrogates become U+FFFD."""
    try:
        text.encode()
    except UnicodeEncodeError:
        text = re.sub("[\ud800-\udfff]", "\ufffd", text)
    return text.replace("\x00", "\ufffd")


def _sql(name: str) -> Traversable:
    return files("schemas").joinpath("sql", *name.split("/"))


def _place(url: str) -> str:
    """Return the host and database of a URL, never its user or password."""
    parts = conninfo_to_dict(url)
    return f"{parts.get('host', 'localhost')}/{parts.get('dbname', '')}"
