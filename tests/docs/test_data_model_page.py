"""The page of the data model says what the database holds."""

from __future__ import annotations

import psycopg
from databases import FreshDatabase

from scripts.data_model import PAGE, page
from store.database import connect


def test_the_page_is_current(database: FreshDatabase) -> None:
    with connect(database.admin) as conn:
        assert PAGE.read_text(encoding="utf-8") == page(conn), "type: make docs"


def test_every_table_and_view_says_what_it_is(database: FreshDatabase) -> None:
    with psycopg.connect(database.admin) as conn:
        silent = conn.execute(
            "select c.oid::regclass::text from pg_class as c inner join pg_namespace as n on n.oid = c.relnamespace"
            " where n.nspname in ('intake', 'reading', 'cadastre', 'people', 'recovery', 'audit', 'api')"
            " and c.relkind in ('r', 'v') and obj_description(c.oid, 'pg_class') is null"
        ).fetchall()
    assert silent == []
