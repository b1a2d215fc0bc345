"""Which certificates of a parcel are in force, and which are shared between co-users (domain.md 8.7)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from cadastre.folding import fold
from cadastre.notes import read_refs
from cadastre.people import name_key
from cadastre.struck import is_struck
from schemas.entries import Entry, FieldValue, Owner, Ref, Value

# On the folded clause. «Thu hồi» of land or of a part of it is not the certificate's.
_REVOKED = re.compile(
    r"\bthu hoi\b(?! (?:mot phan|dat\b|dien tich|\d))|\bhet hieu luc\b|\bkhong con gia tri\b|"
    r"\b(?:bi|khai bao|bao) mat\b|\bmat (?:giay|gcn)\b"
)
_EXCHANGED = re.compile(r"\b(?:cap doi|cap lai|doi giay|thay the|thay cho|thay bang|doi thanh|doi sang)\b")
_BECAME = re.compile(r"\b(?:thanh|sang|bang)\b")
_CERTIFICATE = re.compile(r"\b(?:gcn\w*|giay chung nhan|giay nay|so phat hanh|so seri)\b")
_CLAUSE = re.compile(r"[;,.\n](?!\d)")


class Dated(NamedTuple):
    """An entry of a parcel with the days between which its paper was made, and how many map series back it is."""

    entry: Entry
    first: str
    last: str
    series_back: int


def taken(entry: Entry, name: str) -> FieldValue | None:
    """Return a field whose value was taken or confirmed."""
    field = entry.fields.get(name)
    return (
        field if field is not None and field.status in ("accepted", "confirmed") and field.value is not None else None
    )


def superseded(papers: Sequence[Dated]) -> dict[str, str]:
    """Return the ids of certificates that are no longer in force, each with why.

    `named`: a later certificate names it as its parent. `withdrawn`: a paper says so. `later-series`: the same people
    were given a new certificate on a later map. A certificate that a paper of no later day names stays in force.
    """
    held = [paper for paper in papers if paper.entry.kind == "gcn"]
    if not held:
        return {}
    serials = {paper.entry.entry_id: _serial(paper.entry) for paper in held}
    why = {old.entry.entry_id: "named" for old in held for new in held if _is_named(old, new, serials)}
    said = frozenset(_withdrawn(papers, serials))
    for old in held:
        entry_id = old.entry.entry_id
        if entry_id in said or serials[entry_id] in said:
            why.setdefault(entry_id, "withdrawn")
        elif any(_is_reissue(old, new) for new in held):
            why.setdefault(entry_id, "later-series")
    return why


def _is_named(old: Dated, new: Dated, serials: Mapping[str, str | None]) -> bool:
    """Return whether the new certificate names the old one as its parent; of two naming each other the older is."""
    own, other = serials[old.entry.entry_id], serials[new.entry.entry_id]
    if own is None or own == other or own not in _named(new.entry) or new.last < old.first:
        return False
    return other is None or other not in _named(old.entry) or old.last < new.first


def _is_reissue(old: Dated, new: Dated) -> bool:
    """Return whether the same people got the new certificate on a later map, no earlier than the old one."""
    later = new.series_back < old.series_back and new.first >= old.last
    return later and bool(owner_keys(old.entry) & owner_keys(new.entry))


def are_shared(entries: Iterable[Entry]) -> bool:
    """Return whether all these certificates speak of shared use, so that each co-user has one.

    They print a shared area, or were signed on one day for the same people, more than one, by name.
    """
    entries = list(entries)
    if all(_number(taken(entry, "shared_m2")) > 0 for entry in entries):
        return True
    days = {str(field.value) for entry in entries if (field := taken(entry, "issued_on")) is not None}
    people = {owner_keys(entry) for entry in entries}
    dated = all(taken(entry, "issued_on") is not None for entry in entries)
    return dated and len(days) == 1 and len(people) == 1 and len(next(iter(people))) > 1


def owner_keys(entry: Entry) -> frozenset[str]:
    """Return the keys of the owners' names, also of names that wait for a person."""
    field = entry.fields.get("owners")
    value: Value = field.value if field is not None else None
    owners = value if isinstance(value, tuple) else ()
    return frozenset(name_key(one.name) for one in owners if isinstance(one, Owner))


def _serial(entry: Entry) -> str | None:
    field = taken(entry, "serial")
    return str(field.value) if field is not None else None


def _named(entry: Entry) -> frozenset[str]:
    refs = taken(entry, "refs")
    value = refs.value if refs is not None and isinstance(refs.value, tuple) else ()
    return frozenset(ref.value for ref in value if isinstance(ref, Ref) and ref.type == "serial")


def _withdrawn(papers: Sequence[Dated], serials: Mapping[str, str | None]) -> Iterator[str]:
    """Yield the serials, or ids of entries without one, that a paper's note calls revoked, exchanged or void."""
    held = {serial: paper for paper in papers if (serial := serials.get(paper.entry.entry_id))}
    for paper in papers:
        entry = paper.entry
        note = taken(entry, "change_note")
        if note is None or not isinstance(note.value, str):
            continue
        own = _serial(entry)
        if entry.kind == "so_cap_gcn" and own and is_struck(note.value):
            yield own
        for clause in _CLAUSE.split(note.value):
            plain = fold(clause)
            named = [ref.value for ref in read_refs(clause) if ref.type == "serial"]
            if _REVOKED.search(plain) or is_struck(clause):
                if named:
                    yield from named
                elif _CERTIFICATE.search(plain):
                    yield own or entry.entry_id
            elif _EXCHANGED.search(plain):
                yield from _exchanged(named, plain, paper, own, held)


def _exchanged(
    named: Sequence[str], plain: str, paper: Dated, own: str | None, held: Mapping[str, Dated]
) -> Iterator[str]:
    """Yield which certificate an exchange (cấp đổi, cấp lại) ended: the named one, or the paper's own before it."""
    for serial in named:
        other = held.get(serial)
        newer = other is not None and other.first > paper.last
        older = other is not None and other.last < paper.first
        became = newer or (not older and _BECAME.search(plain) is not None)
        if serial == own:
            continue
        if became:
            yield own or paper.entry.entry_id
        else:
            yield serial


def _number(field: FieldValue | None) -> float:
    return field.value if field is not None and isinstance(field.value, float) else 0.0
