"""Which certificates of a parcel are in force, and which are shared between co-users (domain.md 8.7).

A certificate is known by its serial: from itself, or from the row of a register or issue book that prints it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from cadastre.missing.lookalikes import lookalikes
from cadastre.words.endings import withdrawn
from cadastre.words.people import name_key
from cadastre.words.register_numbers import register_number
from cadastre.words.told_holders import passed_to
from schemas.documents import Kind
from schemas.entries import Entry, FieldValue, Owner, Ref, Value

#: Papers that print the serial of the certificate that they speak of.
OF_CERTIFICATES: tuple[Kind, ...] = ("gcn", "so_dia_chinh", "so_cap_gcn")
_BLANK = re.compile(r"[A-D][A-ZĐ] \d{6}")
#: Transfer prefixes of an origin: bought, given, inherited.
_RECEIVED = ("NCN-", "NTC-", "NTK-")
#: What a person said of a certificate: it holds alone, beside the others, or no more.
State = Literal["holds", "beside", "ended"]


class Dated(NamedTuple):
    """An entry of a parcel, the days between which its paper was made, whether it says its day, and series back."""

    entry: Entry
    first: str
    last: str
    dated: bool
    series_back: int


def taken(entry: Entry, name: str) -> FieldValue | None:
    """Return a field whose value was taken or confirmed."""
    field = entry.fields.get(name)
    if field is None or field.value is None or field.status not in ("accepted", "confirmed"):
        return None
    return field


@dataclass(frozen=True, slots=True)
class _Certificate:
    """One certificate: the papers that speak of it, the days between which it was signed, and whose it was."""

    serial: str | None
    papers: tuple[Dated, ...]
    first: str
    last: str
    owners: frozenset[str]
    heirs: frozenset[str]  # to whom a note on it says that the land passed
    received: bool  # it says itself that its people bought, were given or inherited the land
    named: frozenset[str]
    registers: frozenset[str]

    @property
    def recorded(self) -> bool:
        """Return whether a register or issue book of the office has it."""
        return any(paper.entry.kind != "gcn" for paper in self.papers)

    @property
    def series_back(self) -> int:
        """Return how many map series back it is from the parcel's own number."""
        return min(paper.series_back for paper in self.papers)

    @property
    def shared(self) -> bool:
        """Return whether it speaks of shared use."""
        return any(_number(taken(paper.entry, "shared_m2")) > 0 for paper in self.papers)


def ended(papers: Sequence[Dated], states: Mapping[str, State] | None = None) -> dict[str, str]:
    """Return the ids of entries that speak of a certificate that is no longer in force, each with why.

    `named`: a later certificate names it as its parent. `withdrawn`: a paper says so. `reissued`: a later one was
    given to the same people, to those to whom it passed, or to people who say that they received the land.
    `succeeded`: a register or issue book has a later one for other people, or a later decision's list has the parcel
    for other people, and nothing says why. `ruled`: a person said so; `states` is by entry id what people said, and
    stands above what the papers suggest.
    """
    states = states or {}
    by_serial = _by_serial(papers)
    if not by_serial:
        return {}
    said = withdrawn([(paper.entry, paper.first, paper.last) for paper in papers])
    decisions = [paper for paper in papers if paper.entry.kind == "quyet_dinh" and paper.dated]
    if len(by_serial) == 1 and not said and not states and not decisions:
        return {}
    certificates = [_certificate(None if name.startswith("=") else name, by_serial[name]) for name in sorted(by_serial)]
    why: dict[str, str] = {}
    for old in certificates:
        state = next((states[p.entry.entry_id] for p in old.papers if p.entry.entry_id in states), None)
        if state is not None:
            why |= {paper.entry.entry_id: "ruled" for paper in old.papers if state == "ended"}
            continue
        reason = "withdrawn" if old.serial in said or any(p.entry.entry_id in said for p in old.papers) else None
        if any(_is_named(old, new) for new in certificates):
            reason = "named"
        elif reason is None:
            later = [new for new in certificates if _took_over(old, new)]
            if any(_explains(old, new) for new in later):
                reason = "reissued"
            elif _decided(old, decisions) or any(n.recorded and n.series_back <= old.series_back for n in later):
                reason = "succeeded"
        if reason is not None:
            why |= {paper.entry.entry_id: reason for paper in old.papers}
    return why


def unexplained(papers: Sequence[Dated], over: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return the pairs of certificates of which the second succeeded the first and nothing says why (`ended`).

    Each by its serial, one without by `=` and its entry.
    """
    if "succeeded" not in over.values():
        return ()
    all_ = {name: _certificate(None if name.startswith("=") else name, own) for name, own in _by_serial(papers).items()}
    return tuple(
        (name, later)
        for name, old in sorted(all_.items())
        if over.get(old.papers[0].entry.entry_id) == "succeeded"
        for later, new in sorted(all_.items())
        if _took_over(old, new) and new.recorded and new.series_back <= old.series_back
    )


def _by_serial(papers: Sequence[Dated]) -> dict[str, list[Dated]]:
    """Return the papers that speak of certificates by serial; a certificate without one by `=` and its entry."""
    by_serial: dict[str, list[Dated]] = {}
    for paper in papers:
        if paper.entry.kind in OF_CERTIFICATES:
            serial = serial_of(paper.entry)
            if serial is not None or paper.entry.kind == "gcn":
                by_serial.setdefault(serial or f"={paper.entry.entry_id}", []).append(paper)
    return by_serial


def _certificate(serial: str | None, own: Sequence[Dated]) -> _Certificate:
    """Return the certificate; its day is its own, else the issue book's, else the era of the register."""
    order: Mapping[Kind, int] = {"gcn": 0, "so_cap_gcn": 1}
    best = min(own, key=lambda paper: (not paper.dated, order.get(paper.entry.kind, 2), paper.entry.entry_id))
    entries = [paper.entry for paper in own]
    return _Certificate(
        serial=serial,
        papers=tuple(own),
        first=best.first,
        last=best.last,
        owners=frozenset[str]().union(*(owner_keys(entry) for entry in entries)),
        heirs=frozenset[str]().union(*(_heirs(entry) for entry in entries)),
        received=any(_received(entry) for entry in entries),
        named=frozenset[str]().union(*(_named(entry) for entry in entries if entry.kind == "gcn")),
        registers=frozenset(
            str(field.value) for entry in entries if (field := taken(entry, "register_no")) is not None
        ),
    )


def _is_named(old: _Certificate, new: _Certificate) -> bool:
    """Return whether the new certificate names the old one as its parent; of two naming each other the older is."""
    if old.serial is None or old is new or old.serial not in new.named or new.last < old.first:
        return False
    return new.serial not in old.named or old.last < new.first


def _took_over(old: _Certificate, new: _Certificate) -> bool:
    """Return whether the new certificate may have taken the old one's place: later, another, and not a co-user's.

    One that the old certificate names as its parent came before it, whatever the blanks and the eras of books suggest.
    """
    if old is new or _is_named(new, old) or not _is_later(new, old):
        return False
    return not _are_one(old, new) and not (old.shared and new.shared)


def _explains(old: _Certificate, new: _Certificate) -> bool:
    """Return whether the papers tell how the land came to the people of the new certificate."""
    return bool((old.owners | old.heirs) & new.owners) or new.received


def _decided(old: _Certificate, decisions: Iterable[Dated]) -> bool:
    """Return whether a decision signed after the certificate gives the parcel to other people."""
    known = old.owners | old.heirs
    return any(
        one.first > old.last and one.series_back <= old.series_back and _are_others(known, owner_keys(one.entry))
        for one in decisions
    )


def _are_others(known: frozenset[str], named: frozenset[str]) -> bool:
    return bool(known and named) and not known & named


def _is_later(new: _Certificate, old: _Certificate) -> bool:
    """Return whether one was signed after the other; where days do not tell, by the map, then by the serial's letter.

    Blanks of two letters and six digits begin with A to 2009, then with B or C, with D from 2020 (domain.md 2.5).
    """
    if new.first > old.last:
        return True
    if new.last < old.first or (new.first == new.last and old.first == old.last):
        return False
    if new.series_back != old.series_back:
        return new.series_back < old.series_back
    blanks = [one.serial if one.serial and _BLANK.fullmatch(one.serial) else "" for one in (old, new)]
    return bool(blanks[0] and blanks[1]) and blanks[0][0] < blanks[1][0]


def _are_one(one: _Certificate, other: _Certificate) -> bool:
    """Return whether two serials are probably one certificate, misread: R11 tells so (cadastre.across_papers)."""
    if one.serial is not None and other.serial is not None and other.serial in lookalikes(one.serial):
        return True
    numbers = [{register_number(text) for text in certificate.registers} - {None} for certificate in (one, other)]
    return bool(numbers[0] & numbers[1])


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


def _heirs(entry: Entry) -> frozenset[str]:
    note = entry.fields.get("change_note")
    if note is None or not isinstance(note.value, str):
        return frozenset()
    return frozenset(name_key(owner.name) for owner in passed_to(note.value))


def _received(entry: Entry) -> bool:
    origin, note = taken(entry, "origin"), taken(entry, "change_note")
    codes = origin.value if origin is not None and isinstance(origin.value, tuple) else ()
    if any(isinstance(code, str) and code.startswith(_RECEIVED) for code in codes):
        return True
    return note is not None and isinstance(note.value, str) and "Nhận " in note.value and "Nhận lại" not in note.value


def serial_of(entry: Entry) -> str | None:
    """Return the serial that the paper prints, as far as it was taken."""
    field = taken(entry, "serial")
    return str(field.value) if field is not None else None


def _named(entry: Entry) -> frozenset[str]:
    refs = taken(entry, "refs")
    value = refs.value if refs is not None and isinstance(refs.value, tuple) else ()
    return frozenset(ref.value for ref in value if isinstance(ref, Ref) and ref.type == "serial")


def _number(field: FieldValue | None) -> float:
    return field.value if field is not None and isinstance(field.value, float) else 0.0
