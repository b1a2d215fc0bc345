"""What papers call revoked, exchanged, issued again or void (thu hồi, cấp đổi, cấp lại, hủy): domain.md 8.7."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from cadastre.words.folding import fold
from cadastre.words.notes import read_refs
from cadastre.words.struck import is_struck
from schemas.entries import Entry

# On the folded clause. «Thu hồi» of land or of a part of it is not the certificate's.
_REVOKED = re.compile(
    r"\bthu hoi\b(?! (?:mot phan|dat\b|dien tich|\d))|\bhet hieu luc\b|\bkhong con gia tri\b|"
    r"\b(?:bi|khai bao|bao) mat\b|\bmat (?:giay|gcn)\b"
)
_EXCHANGED = re.compile(r"\b(?:cap doi|cap lai|doi giay|thay the|thay cho|thay bang|doi thanh|doi sang)\b")
_BECAME = re.compile(r"\b(?:thanh|sang|bang)\b")
_CERTIFICATE = re.compile(r"\b(?:gcn\w*|giay chung nhan|giay nay|so phat hanh|so seri)\b")
_CLAUSE = re.compile(r"[;,.\n](?!\d)")
#: A note without one of these says nothing of a certificate's end.
_WORDS = re.compile(r"thu h|cấp|h[uủ][ỷy]|mất|hiệu lực|giá trị|thay|đổi|hỏng|trống|không", re.IGNORECASE)

Told = tuple[Entry, str, str]
"""An entry with the first and last day on which its paper may have been made."""


def withdrawn(papers: Sequence[Told]) -> frozenset[str]:
    """Return the serials, or ids of entries without one, that a taken note calls revoked, exchanged or void."""
    telling = [told for told in papers if (note := _note(told[0])) and _WORDS.search(note)]
    if not telling:
        return frozenset()
    held = {serial: told for told in papers if told[0].kind == "gcn" and (serial := _serial(told[0]))}
    return frozenset(serial for told in telling for serial in _withdrawn(told, held))


def _withdrawn(told: Told, held: Mapping[str, Told]) -> Iterator[str]:
    entry, note, own = told[0], _note(told[0]), _serial(told[0])
    if entry.kind == "so_cap_gcn" and own and is_struck(note):
        yield own
    for clause in _CLAUSE.split(note):
        plain = fold(clause)
        named = [ref.value for ref in read_refs(clause) if ref.type == "serial"]
        if _REVOKED.search(plain) or is_struck(clause):
            if named:
                yield from named
            elif _CERTIFICATE.search(plain):
                yield own or entry.entry_id
        elif _EXCHANGED.search(plain):
            yield from _exchanged(named, plain, told, held)


def _exchanged(named: Sequence[str], plain: str, told: Told, held: Mapping[str, Told]) -> Iterator[str]:
    """Yield which certificate an exchange (cấp đổi, cấp lại) ended: the named one, or the paper's own before it."""
    entry, first, last = told
    own = _serial(entry)
    for serial in named:
        if serial == own:
            continue
        other = held.get(serial)
        newer = other is not None and other[1] > last
        older = other is not None and other[2] < first
        became = newer or (not older and _BECAME.search(plain) is not None)
        yield (own or entry.entry_id) if became else serial


def _note(entry: Entry) -> str:
    field = entry.fields.get("change_note")
    taken = field is not None and field.status in ("accepted", "confirmed")
    return field.value if taken and field is not None and isinstance(field.value, str) else ""


def _serial(entry: Entry) -> str | None:
    field = entry.fields.get("serial")
    taken = field is not None and field.value is not None and field.status in ("accepted", "confirmed")
    return str(field.value) if taken and field is not None else None
