"""The logins of the roles on a fresh database, and what the catalogue says of their rights."""

from __future__ import annotations

from databases import FreshDatabase

from store.backup import SCHEMAS
from store.database import Connection

ROLES = (
    "worker",
    "scanner",
    "reviewer",
    "verifier",
    "contractor",
    "consultant",
    "environment",
    "administrator",
)
MATRIX_COLUMNS = ("object", "kind", *ROLES, "public")

_RELATIONS = """
select
    n.nspname || '.' || c.relname,
    case c.relkind when 'v' then 'view' when 'S' then 'sequence' else 'table' end,
    c.oid
from pg_class as c
join pg_namespace as n on n.oid = c.relnamespace
where n.nspname = any(%s) and c.relkind in ('r', 'p', 'v', 'm', 'f', 'S')
"""
_FUNCTIONS = """
select n.nspname || '.' || p.proname, 'function', p.oid
from pg_proc as p
join pg_namespace as n on n.oid = p.pronamespace
where n.nspname = any(%s)
"""
_SCHEMAS = "select nspname, 'schema', oid from pg_namespace where nspname = any(%s)"
_RIGHTS = {
    "schema": ("schema", ("usage", "create")),
    "function": ("function", ("execute",)),
    "sequence": ("sequence", ("usage", "select", "update")),
    "table": ("table", ("select", "insert", "update", "delete", "truncate", "references", "trigger")),
    "view": ("table", ("select", "insert", "update", "delete", "truncate", "references", "trigger")),
}


def login(database: FreshDatabase, role: str) -> str:
    """Return the address of a role's login."""
    return database.worker.replace("diachinh_worker", f"diachinh_{role}", 1)


def rights(admin: Connection) -> dict[str, dict[str, str]]:
    """Return, by object, its kind and what each role and everyone may do with it."""
    found: dict[str, dict[str, str]] = {}
    for query in (_SCHEMAS, _RELATIONS, _FUNCTIONS):
        for name, kind, oid in admin.execute(query, [list(SCHEMAS)]).fetchall():
            line = {"object": name, "kind": kind}
            for role in (*ROLES, "public"):
                grantee = "public" if role == "public" else f"diachinh_{role}"
                line[role] = " ".join(_held(admin, kind, oid, grantee))
            assert name not in found or kind == "schema", f"{name} stands twice"
            found[name] = line
    return found


def _held(admin: Connection, kind: str, oid: int, grantee: str) -> list[str]:
    family, names = _RIGHTS[kind]
    held = []
    for right in names:
        whole = admin.execute(f"select has_{family}_privilege(%s, %s::oid, %s)", [grantee, oid, right]).fetchone()
        if whole == (True,):
            held.append(right)
        elif family == "table" and right in ("select", "insert", "update", "references"):
            columns = admin.execute(
                """
                select string_agg(attname, ' ' order by attnum)
                from pg_attribute
                where attrelid = %s::oid and attnum > 0 and not attisdropped
                    and has_column_privilege(%s, attrelid, attnum, %s)
                """,
                [oid, grantee, right],
            ).fetchone()
            if columns and columns[0]:
                held.append(f"{right}({columns[0]})")
    return held
