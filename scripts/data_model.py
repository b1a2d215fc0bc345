"""Writes docs/data-model.md from the database itself: its tables, views, keys, rights and the comments on them.

python -m scripts.data_model
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from store.cluster import Cluster
from store.database import Connection, connect, statement
from store.migrate import migrate

PAGE = Path(__file__).resolve().parents[1] / "docs" / "data-model.md"
_HEAD = """# The data model

Made by `make docs` from the comments in `schemas/sql`; change it there, not here.

Ids: a file is its SHA-256, a page is (file, page from 1), a batch is 16 hex digits over its files' paths and hashes,
a parcel key is `UNIT@ERA/SHEET/PARCEL`. Geometry is EPSG:5899. Personal data stands in the schema `people` only.
"""


def main() -> None:
    """Migrate an empty private database and write what it holds."""
    home = Path(tempfile.mkdtemp(prefix="dc-"))
    home.chmod(0o755)
    cluster = Cluster(home)
    try:
        cluster.start()
        migrate(cluster.admin_url())
        with connect(cluster.admin_url()) as conn:
            PAGE.write_text(page(conn), encoding="utf-8")
    finally:
        folder = cluster.folder
        cluster.stop()
        if folder is not None:
            shutil.rmtree(folder)
        shutil.rmtree(home)


def page(conn: Connection) -> str:
    """Return the page's text; `conn` is an administrator's, who sees everybody's rights."""
    return "\n".join([_HEAD, *_lines(conn)])


def _lines(conn: Connection) -> Iterator[str]:
    for schema, about in conn.execute(statement("model", "schemas")).fetchall():
        yield f"## `{schema}`\n\n{about}\n"
        for relation in conn.execute(statement("model", "relations"), {"schema": schema}).fetchall():
            yield from _relation(conn, schema, relation)


def _relation(conn: Connection, schema: str, relation: tuple[Any, ...]) -> Iterator[str]:
    oid, name, is_view, about, row_security, rights = relation
    yield f"### `{schema}.{name}`{' (view)' if is_view else ''}\n"
    if about:
        yield f"{about}\n"
    yield "| column | type | null | meaning |\n|---|---|---|---|"
    for column, kind, required, meaning in conn.execute(statement("model", "columns"), {"relation": oid}).fetchall():
        null = "" if required or is_view else "yes"
        yield f"| `{column}` | {kind} | {null} | {meaning.replace('|', chr(92) + '|')} |"
    yield ""
    keys = [key for (key,) in conn.execute(statement("model", "keys"), {"relation": oid}).fetchall()]
    yield from (f"- {key}" for key in keys)
    if row_security:
        yield "- row-level security"
    if rights:
        yield f"- rights: {rights}"
    yield ""


if __name__ == "__main__":
    main()
