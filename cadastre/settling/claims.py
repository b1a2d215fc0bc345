"""What the papers of a parcel assert, and which assertion stands by which rule."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cadastre.settling.change_values import changes_of
from cadastre.settling.known_uses import with_unknown_codes
from cadastre.settling.precedence import asserted_by, source_of
from cadastre.settling.rulings import Rulings, weigh_ruled
from cadastre.settling.waiting_values import Bounds, is_waiting
from cadastre.settling.weighing import Assertion, Paper, assertion
from schemas.documents import Kind
from schemas.entries import FieldValue
from schemas.parcels import Claim, ParcelKey
from schemas.precedence import When
from schemas.tables import Tables

_NOTED: frozenset[When] = frozenset({"note"})


def claims_of(
    papers: Sequence[Paper],
    tables: Tables,
    rulings: Rulings,
    *,
    waiting: Bounds | None = None,
) -> tuple[Claim, ...]:
    """Return the claims of all that is taken; with `waiting`, of these attributes alone, what waits counted too."""
    by_attribute: dict[str, list[Assertion]] = {}
    for paper in papers:
        fields = paper.entry.fields
        for name, (attribute, sort) in asserted_by(paper.entry.kind, fields).items():
            field = fields.get(name)
            if field is None or (waiting and attribute not in waiting):
                continue
            read = field.value is not None and field.status in ("accepted", "confirmed")
            if not read and not (waiting and is_waiting(attribute, field, paper, waiting)):
                continue
            made = assertion(attribute, field.value, paper, field, measured=sort == "measured")
            by_attribute.setdefault(attribute, []).append(made)
        note = fields.get("change_note")
        if note is not None and note.status in ("accepted", "confirmed") and paper.entry.kind in _REGISTERS_CHANGES:
            for attribute, changed in _changed(paper, note, papers, tables):
                if waiting and attribute not in waiting:
                    continue
                by_attribute.setdefault(attribute, []).append(changed)

    def weighed(name: str, some: Sequence[Assertion]) -> list[Claim]:
        return weigh_ruled(name, some, _order, rulings)

    return tuple(
        claim
        for name in sorted(by_attribute)
        for claim in with_unknown_codes(name, by_attribute[name], weighed, tables)
    )


#: Papers on which a change is registered.
_REGISTERS_CHANGES: tuple[Kind, ...] = ("gcn", "so_dia_chinh")


def _changed(
    paper: Paper, note: FieldValue, papers: Sequence[Paper], tables: Tables
) -> Iterator[tuple[str, Assertion]]:
    """Yield what a note changed, as far as no certificate in force was signed after it."""
    if not isinstance(note.value, str) or paper.legal.when == "superseded":
        return
    signed = max((one.first for one in papers if one.legal.when == "in_force" and one.day), default="")
    source = source_of(tables.precedence, "legal", paper.entry.kind, paper.entry.era, _NOTED)
    for change in changes_of(note.value, tables).values():
        own = not signed or (paper.entry.kind == "gcn" and paper.first == signed)
        if change.day >= signed if change.day else own:
            dated = paper._replace(first=change.day, last=change.day, day=change.day) if change.day else paper
            name = change.attribute
            yield name, assertion(name, change.value, dated, note, measured=False, source=source)


def _order(a: Assertion) -> tuple[str, ParcelKey]:
    return a.paper.entry.entry_id, a.paper.key
