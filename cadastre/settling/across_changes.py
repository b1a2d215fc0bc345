"""R16 (domain.md 4): the changes on the parent paper (Những thay đổi) and the note of the child (Ghi chú) fit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from cadastre.missing.lookalikes import lookalikes
from cadastre.settling.in_force import taken
from cadastre.words.dates import read_date
from cadastre.words.folding import fold
from cadastre.words.wording import say_date
from schemas.entries import Entry, Ref
from schemas.errors import Message
from schemas.outcomes import Finding
from schemas.parcels import Link, ParcelKey

_DATE_AFTER = re.compile(r"(?:cấp|ký)?\s*(?:ngày)?[^\d;\n]{0,12}(\d{1,2}[/.\-]\d{1,2}[/.\-]\d{4})")
_NEAR = 40  # letters after a serial within which its date stands
_DIVIDED = re.compile(r"\b(?:tach(?: thua)? thanh|chia thanh|tach ra|hop thanh|nhap vao|hop vao)\b")


@dataclass(frozen=True, slots=True)
class _Certificate:
    entry: Entry
    serial: str
    day: str
    named: frozenset[str]
    note: str


def changes_across(entries: Sequence[Entry]) -> Iterator[tuple[Entry, Finding]]:
    """Yield where certificates of one parcel, the older and the newer, name each other wrongly."""
    held = _certificates(entries)
    if len(held) < 2:
        return
    serials = frozenset(one.serial for one in held)
    for at, parent in enumerate(held):
        for child in held[at + 1 :]:
            if child.day > parent.day:
                yield from _pair(parent, child, serials)


def divisions_across(
    papers: Mapping[ParcelKey, Sequence[Entry]], links: Iterable[Link]
) -> Iterator[tuple[Entry, Finding]]:
    """Yield where a parent's paper says what it was divided into or joined to, and a child is not among it."""
    for link in links:
        if link.relation not in ("split", "merge"):
            continue
        for entry in papers.get(link.older, ()):
            named = _refs(entry, "parcel")
            if not named or not _DIVIDED.search(fold(_note(entry))):
                continue
            if not any(value.rsplit("/", 1)[-1] == link.newer.parcel for value in named):
                yield (
                    entry,
                    _warning(
                        f"Phần thay đổi của giấy này không nhắc đến thửa {link.newer.parcel} (tờ {link.newer.sheet}), "
                        "là thửa lập ra từ thửa này.",
                        f"The changes on this paper do not name parcel {link.newer.parcel} (sheet {link.newer.sheet}), "
                        "which came of it.",
                    ),
                )


def parents_across(
    papers: Mapping[ParcelKey, Sequence[Entry]], links: Iterable[Link]
) -> Iterator[tuple[Entry, Finding]]:
    """Yield where the certificate of a part names another certificate than the parent's, or gives it another day."""
    parents: dict[ParcelKey, set[ParcelKey]] = {}
    for link in links:
        if link.relation in ("split", "merge"):
            parents.setdefault(link.newer, set()).add(link.older)
    for newer, older in sorted(parents.items()):
        own = _certificates(papers.get(newer, ()))
        if not own or not own[0].named:
            continue
        child = own[0]
        whole = [one for key in sorted(older) for one in _certificates(papers.get(key, ())) if one.day < child.day]
        if named := [one for one in whole if one.serial in child.named]:
            for parent in named:
                yield from _dates(parent, child)
            continue
        held = {value for key in (newer, *older) for one in papers.get(key, ()) if (value := _serial(one)) is not None}
        for parent in whole:
            strange = child.named - held
            if slips := strange & lookalikes(parent.serial):
                yield child.entry, _names(parent.serial, min(slips), alike=True)
                break
            if strange and _tells_of(parent, newer):
                yield child.entry, _names(parent.serial, min(strange), alike=False)
                break


def _tells_of(parent: _Certificate, newer: ParcelKey) -> bool:
    """Return whether the changes on the parent's certificate name the part, so that it is the one divided."""
    named = {value.rsplit("/", 1)[-1] for value in _refs(parent.entry, "parcel")}
    return newer.parcel in named and _DIVIDED.search(fold(parent.note)) is not None


def _pair(parent: _Certificate, child: _Certificate, serials: frozenset[str]) -> Iterator[tuple[Entry, Finding]]:
    if parent.serial in child.named:
        yield from _dates(parent, child)
        further = parent.named - serials - {parent.serial}
        if further and child.serial not in parent.named:
            yield parent.entry, _names(child.serial, min(further), alike=_alike(child.serial, further))
    elif slips := (child.named - serials) & lookalikes(parent.serial):
        yield child.entry, _names(parent.serial, min(slips), alike=True)
    elif child.serial in parent.named and (further := child.named - serials):
        yield child.entry, _names(parent.serial, min(further), alike=False)
    elif slips := (parent.named - serials) & lookalikes(child.serial):
        yield parent.entry, _names(child.serial, min(slips), alike=True)


def _dates(parent: _Certificate, child: _Certificate) -> Iterator[tuple[Entry, Finding]]:
    """Yield where the child's note gives the parent another signing date."""
    at = child.note.find(parent.serial)
    end = at + len(parent.serial)
    match = _DATE_AFTER.match(child.note, end, end + _NEAR) if at >= 0 else None
    said = read_date(match[1]) if match else None
    if said is not None and len(parent.day) == 10 and said != parent.day:
        yield (
            child.entry,
            _warning(
                f"Ghi chú nói giấy {parent.serial} cấp ngày {say_date(said)}; giấy ấy ghi ngày {say_date(parent.day)}.",
                f"The note says that {parent.serial} was signed on {said}; that certificate says {parent.day}.",
            ),
        )


def _names(meant: str, said: str, *, alike: bool) -> Finding:
    if alike:
        return _warning(
            f"Giấy này nhắc đến {said}; giấy liên quan đang giữ là {meant}, chỉ khác một chữ dễ đọc nhầm: "
            "xem lại bản quét.",
            f"This paper names {said}; the related certificate that is held is {meant}, one confusion of signs apart: "
            "look at the scan.",
        )
    return _warning(
        f"Giấy này nhắc đến {said}, không nhắc đến {meant} là giấy liên quan đang giữ của thửa này.",
        f"This paper names {said} and not {meant}, the related certificate of this parcel that is held.",
    )


def _alike(serial: str, named: Iterable[str]) -> bool:
    return bool(lookalikes(serial) & frozenset(named))


def _warning(vi: str, en: str) -> Finding:
    return Finding("R16", "warning", ("change_note",), Message(vi, en))


def _certificates(entries: Iterable[Entry]) -> list[_Certificate]:
    """Return the certificates among the papers, the older first."""
    held = (one for entry in entries if entry.kind == "gcn" and (one := _certificate(entry)) is not None)
    return sorted(held, key=lambda one: (one.day, one.entry.entry_id))


def _certificate(entry: Entry) -> _Certificate | None:
    serial, day = _serial(entry), taken(entry, "issued_on")
    if serial is None or day is None:
        return None
    return _Certificate(entry, serial, str(day.value), _refs(entry, "serial"), _note(entry))


def _serial(entry: Entry) -> str | None:
    field = taken(entry, "serial")
    return str(field.value) if field is not None else None


def _refs(entry: Entry, sort: str) -> frozenset[str]:
    """Return what the paper names of this sort, also where it waits for a person: a warning needs no certainty."""
    refs = entry.fields.get("refs")
    value = refs.value if refs is not None and isinstance(refs.value, tuple) else ()
    return frozenset(ref.value for ref in value if isinstance(ref, Ref) and ref.type == sort)


def _note(entry: Entry) -> str:
    note = entry.fields.get("change_note")
    return note.value if note is not None and isinstance(note.value, str) else ""
