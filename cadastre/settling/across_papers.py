"""R11 (domain.md 4): one certificate has one serial and one issue-book number, on itself and in every book.

The first explanation of a difference is a misread sign: the finding says which paper is off by one confusion.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from cadastre.missing.lookalikes import lookalikes
from cadastre.settling.across_changes import changes_across, divisions_across, parents_across
from cadastre.settling.in_force import taken
from cadastre.words.register_numbers import register_number
from cadastre.words.wording import KIND_NAMES
from schemas.documents import Kind
from schemas.entries import Entry, Ref
from schemas.errors import Message
from schemas.outcomes import Finding
from schemas.parcels import Link, ParcelKey

#: The certificate and the books that print both of its numbers.
_PRINTS_BOTH: tuple[Kind, ...] = ("gcn", "so_dia_chinh", "so_cap_gcn")


@dataclass(frozen=True, slots=True)
class _Line:
    """The numbers of one certificate as one paper prints them."""

    entry: Entry
    serial: str | None
    register: str | None
    day: str | None

    @property
    def shape(self) -> tuple[int, int, bool]:
        """Return how many letters and digits the serial has, and whether it is of the blanks of 2004 to 2009, `AB` to
        `AP` with six digits: certificates of one form have the same (domain.md 1.2)."""
        letters, _, digits = (self.serial or "").partition(" ")
        return len(letters), len(digits), letters.startswith("A")


def findings_across(papers: Mapping[ParcelKey, Sequence[Entry]], links: Iterable[Link]) -> dict[str, list[Finding]]:
    """Return by entry id what the papers of each parcel, with those of its other numbers, say differently."""
    found: dict[str, list[Finding]] = defaultdict(list)
    links = tuple(links)
    for entries in _of_one_parcel(papers, links):
        if len(entries) < 2:
            continue
        for entry, finding in (*_numbers_differ(entries), *changes_across(entries)):
            if finding not in found[entry.entry_id]:
                found[entry.entry_id].append(finding)
    for entry, finding in (*divisions_across(papers, links), *parents_across(papers, links)):
        if finding not in found[entry.entry_id]:
            found[entry.entry_id].append(finding)
    return {
        entry_id: sorted(findings, key=lambda one: (one.code, one.fields, one.message.vi))
        for entry_id, findings in found.items()
    }


def _of_one_parcel(papers: Mapping[ParcelKey, Sequence[Entry]], links: Sequence[Link]) -> Iterator[list[Entry]]:
    """Yield the entries of each parcel under all its numbers."""
    head: dict[ParcelKey, ParcelKey] = {}

    def top(key: ParcelKey) -> ParcelKey:
        while (up := head.get(key, key)) != key:
            key = up
        return key

    for link in links:
        if link.relation in ("same", "unit_change"):
            one, other = sorted((top(link.older), top(link.newer)))
            if one != other:
                head[other] = one
    if not head:
        yield from (list(entries) for entries in papers.values())
        return
    together: dict[ParcelKey, list[Entry]] = defaultdict(list)
    for key in sorted(papers):
        together[top(key)] += papers[key]
    yield from together.values()


def numbers_told(entries: Iterable[Entry]) -> list[dict[str, dict[str, tuple[Entry, ...]]]]:
    """Return for each certificate that these papers of one parcel print differently: number -> value -> papers."""
    entries = list(entries)
    lines = [line for entry in entries if entry.kind in _PRINTS_BOTH and (line := _line(entry)) is not None]
    lines.sort(key=lambda line: line.entry.entry_id)
    told: list[dict[str, dict[str, tuple[Entry, ...]]]] = []
    for certificate in _certificates(lines, _explained(entries)):
        values: dict[str, dict[str, tuple[Entry, ...]]] = {"serial": {}, "register_no": {}}
        for line in certificate:
            for name, value in (("serial", line.serial), ("register_no", _plain(line.register))):
                if value is not None:
                    values[name][value] = (*values[name].get(value, ()), line.entry)
        differ = {name: some for name, some in values.items() if len(some) > 1}
        if differ:
            told.append(differ)
    return told


def _numbers_differ(entries: Sequence[Entry]) -> Iterator[tuple[Entry, Finding]]:
    lines = [line for entry in entries if entry.kind in _PRINTS_BOTH and (line := _line(entry)) is not None]
    if len(lines) < 2:
        return
    lines.sort(key=lambda line: line.entry.entry_id)
    for certificate in _certificates(lines, _explained(entries)):
        yield from _odd_ones(certificate, "serial", [line.serial for line in certificate])
        yield from _odd_ones(certificate, "register_no", [_plain(line.register) for line in certificate])


def _line(entry: Entry) -> _Line | None:
    serial, register = (
        str(field.value) if (field := taken(entry, name)) is not None else None for name in ("serial", "register_no")
    )
    issued = taken(entry, "issued_on")
    return _Line(entry, serial, register, str(issued.value) if issued else None) if serial or register else None


def _explained(entries: Iterable[Entry]) -> frozenset[str]:
    """Return the serials that a certificate bears or a paper names: a row that prints one of them was not misread."""
    known: set[str] = set()
    for entry in entries:
        refs = entry.fields.get("refs")
        if refs is not None and isinstance(refs.value, tuple):
            known |= {ref.value for ref in refs.value if isinstance(ref, Ref) and ref.type == "serial"}
        serial = taken(entry, "serial") if entry.kind == "gcn" else None
        if serial is not None:
            known.add(str(serial.value))
    return frozenset(known)


def _certificates(lines: Sequence[_Line], explained: frozenset[str]) -> Iterator[list[_Line]]:
    """Yield the lines of each certificate together: joined by a number that agrees, or by one that was meant to."""
    groups: list[list[_Line]] = []
    told = frozenset((line.entry.kind, line.serial) for line in lines)
    for line in lines:
        joined = [group for group in groups if any(_are_one(line, other, explained, told) for other in group)]
        groups = [group for group in groups if all(group is not one for one in joined)]
        groups.append([*(other for group in joined for other in group), line])
    yield from (sorted(group, key=lambda line: line.entry.entry_id) for group in groups if len(group) > 1)


def _are_one(one: _Line, other: _Line, explained: frozenset[str], told: frozenset[tuple[Kind, str | None]]) -> bool:
    """Return whether two lines are of one certificate.

    A book's row that no paper explains is meant for the certificate that is held, unless it is of another day, or the
    same book has a row for that certificate.
    """
    if one.serial and one.serial == other.serial:
        return True
    if one.serial and other.serial:
        if one.shape != other.shape:
            return False
        if other.serial in lookalikes(one.serial):
            return True
        if _agree(one.register, other.register):
            return True
        certificate, book = (one, other) if one.entry.kind == "gcn" else (other, one)
        if certificate.entry.kind != "gcn" or book.entry.kind == "gcn" or book.serial in explained:
            return False
        other_day = bool(certificate.day and book.day and certificate.day != book.day)
        return not other_day and (book.entry.kind, certificate.serial) not in told
    return _agree(one.register, other.register)


def _agree(one: str | None, other: str | None) -> bool:
    """Return whether two issue-book numbers are one; a book may print it without its letters."""
    if one is None or other is None:
        return False
    first, second = register_number(one), register_number(other)
    if first is None or second is None:
        return one == other
    return first.number == second.number and (first.prefix == second.prefix or not first.prefix or not second.prefix)


def _plain(register: str | None) -> str | None:
    number = register_number(register)
    return f"{number.number:05d}" if number is not None else register


def _odd_ones(lines: Sequence[_Line], name: str, values: Sequence[str | None]) -> Iterator[tuple[Entry, Finding]]:
    """Yield a finding for each paper whose number is not that of most others; for all where no number is told most."""
    told = Counter(value for value in values if value is not None)
    if len(told) < 2:
        return
    (most, count), (_, next_count) = told.most_common(2)
    majority = most if count > next_count else None
    for line, value in zip(lines, values, strict=True):
        if value is None or value == majority:
            continue
        others = [
            (other.entry, said)
            for other, said in zip(lines, values, strict=True)
            if said is not None and said != value and (majority is None or said == majority)
        ]
        if others:
            yield line.entry, _finding(line.entry, name, value, *others[0], sure=majority is not None)


def _finding(entry: Entry, name: str, value: str, other: Entry, said: str, *, sure: bool) -> Finding:
    label_vi, label_en = {"serial": ("Số phát hành", "The serial")}.get(name, ("Số vào sổ", "The issue-book number"))
    mine, others = KIND_NAMES[entry.kind], KIND_NAMES[other.kind]
    vi = f"{label_vi} {value} ({mine.vi.lower()}) khác {said} ({others.vi.lower()})."
    en = f"{label_en} {value} ({mine.en.lower()}) is {said} on another paper ({others.en.lower()})."
    if said in lookalikes(value):
        which = ("giấy này", "this paper") if sure else ("một trong hai giấy", "one of the two")
        vi += f" Chỉ khác một chữ dễ đọc nhầm: nhiều khả năng {which[0]} bị đọc sai, xem lại bản quét."
        en += f" They are one confusion of signs apart: {which[1]} was probably misread, look at the scan."
    return Finding("R11", "error", (name,), Message(vi, en))
