"""What is held of one commune, read in slim rows for the search for missing originals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from cadastre.missing.dangling import named_decisions, named_serials
from cadastre.missing.holdings import Holdings, Leaf, Line
from cadastre.words.people import name_key
from schemas.entries import Owner, Ref, value_from_json
from store.database import Connection, statement


def scopes_of(conn: Connection, batch_id: str) -> tuple[list[str], list[str]]:
    """Return the communes of the batch's papers and the serials and decisions that it holds."""
    values = {"batch_id": batch_id}
    scopes = [row[0] for row in conn.execute(statement("holdings", "scopes_of_batch"), values)]
    return scopes, [row[0] for row in conn.execute(statement("holdings", "numbers_of_batch"), values)]


def scopes_naming(conn: Connection, numbers: Iterable[str]) -> list[str]:
    """Return the communes whose papers name one of these serials or decisions."""
    return [row[0] for row in conn.execute(statement("holdings", "scopes_naming"), {"numbers": sorted(set(numbers))})]


def all_scopes(conn: Connection) -> list[str]:
    """Return every commune of which papers are held or cases stand."""
    return [row[0] for row in conn.execute(statement("holdings", "all_scopes"))]


def holdings_of(conn: Connection, scope: str) -> Holdings:
    """Return what is held of a commune (its code), or of a batch's papers without one (`~` and the batch).

    A commune without a code, `~tamxuan.nuithanh`, has a full stop where a batch has none.
    """
    unitless = scope[1:] if scope.startswith("~") and "." not in scope else None
    unit = None if unitless else scope
    lines = [_line(row) for row in conn.execute(statement("holdings", "lines"), {"unit": unit, "unitless": unitless})]
    documents = sorted({line.document_id for line in lines})
    lines = _with_own_numbers(conn, lines, documents)
    leaves = [Leaf(*row) for row in conn.execute(statement("holdings", "leaves"), {"documents": documents})]
    serials, decisions = named_serials(lines), {number for line in lines for number in named_decisions(line)}
    batches = sorted({line.batch_id for line in lines})
    return Holdings(
        unit,
        scope,
        lines,
        leaves,
        _found(conn, "held_serials", {"numbers": sorted(serials)}),
        _found(conn, "held_decisions", {"numbers": sorted(decisions), "batches": batches}),
    )


def _found(conn: Connection, name: str, values: Mapping[str, Sequence[str]]) -> frozenset[str]:
    return frozenset(row[0] for row in conn.execute(statement("holdings", name), values))


def _with_own_numbers(conn: Connection, lines: list[Line], documents: Sequence[str]) -> list[Line]:
    rows = conn.execute(statement("holdings", "own_numbers"), {"documents": documents})
    numbers = {(batch_id, document_id): number for batch_id, document_id, number in rows}
    if not numbers:
        return lines
    return [
        replace(line, own_number=numbers[line.batch_id, line.document_id])
        if (line.batch_id, line.document_id) in numbers
        else line
        for line in lines
    ]


def _line(row: Sequence[Any]) -> Line:
    batch_id, document_id, order, file, page, row_no, kind, era, custodian, fields = row
    said: Mapping[str, Any] = fields or {}
    refs, owners = value_from_json("refs", said.get("refs")), value_from_json("owners", said.get("owners"))
    return Line(
        batch_id,
        document_id,
        order,
        file,
        page,
        row_no,
        kind,
        era,
        sheet_no=said.get("sheet_no"),
        parcel_no=said.get("parcel_no"),
        area_m2=said.get("area_m2"),
        serial=said.get("serial"),
        register_no=said.get("register_no"),
        issued_on=said.get("issued_on"),
        refs=tuple(ref for ref in refs if isinstance(ref, Ref)) if isinstance(refs, tuple) else (),
        names=frozenset(name_key(owner.name) for owner in owners if isinstance(owner, Owner))
        if isinstance(owners, tuple)
        else frozenset(),
        note=said.get("change_note") or "",
        custodian=custodian,
        drawn="shape" in said,
    )
