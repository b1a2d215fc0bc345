"""What a note of changes names: certificates, issue-book numbers, parcels, decisions, pages."""

from __future__ import annotations

import re

from cadastre.words.folding import aligned_fold, tidy
from schemas.entries import Ref

# On the folded text, letter for letter beside the printed one.
_SERIAL = re.compile(r"\b([a-z]{1,2}) ?(\d{8}|\d{6})\b(?!/)")
_REGISTER = re.compile(r"\b(ch|ct|cs|vp|cn)[ .]?(\d{5})\b|\bso vao so\D{0,12}?([ht]? ?\d{5})\b")
_DECISION = re.compile(r"\b(\d{1,5}/(?:\d{4}/)?qd-?[a-z]+(?:-[a-z]+)*)")
_PARCEL = re.compile(r"\bthua(?: dat)?(?: so)?[: ]*(\d{1,4}[a-z]?)\b(?:\W*to(?: ban do)?(?: so)?[: ]*(\d{1,3})\b)?")
_PAGE = re.compile(r"\btrang(?: so)?[: ]*(\d{1,4})\b")
_OLD_PARCEL = re.compile(r"\b(?:so )?(?:thua|td)(?: dat)?(?: so)? cu(?: so)?[: ]*(\d{1,4}[a-z]?)\b")
_OLD_SHEET = re.compile(r"\b(?:so )?(?:to|tbd)(?: ban do)?(?: so)? cu(?: so)?[: ]*(\d{1,3})\b")
_NO_SERIAL = frozenset({"so", "to", "qd"})


def with_ones(text: str) -> str:
    """Return the note with the ones that came out as letters: `số I` and `tờ l` are number 1."""
    return re.sub(r"(?i:(?<=\bsố )|(?<=\btờ )|(?<=\bthửa ))[Il|](?!\w)", "1", text)


def read_old_numbers(text: str) -> tuple[str | None, str | None]:
    """Return the sheet and parcel number of the earlier map, where the note calls them old (`thửa cũ`, `tờ cũ`)."""
    plain = aligned_fold(tidy(text))
    sheet, parcel = _OLD_SHEET.search(plain), _OLD_PARCEL.search(plain)
    return (sheet[1].lstrip("0") or None if sheet else None), (parcel[1].lstrip("0") or None if parcel else None)


def _with_marks(decision: str) -> str:
    """Return a decision's number with the Đ that an engine without marks reads as D: `2642/QĐ-UBND`."""
    return re.sub(r"Q[DÐ](?=-|[A-Z])", "QĐ", decision)


def read_refs(text: str) -> tuple[Ref, ...]:
    """Return what the note names, in order of kind, each once; parcel values are `sheet/parcel` where both stand."""
    printed = tidy(text)
    plain = aligned_fold(printed)
    refs: list[Ref] = []
    for match in _SERIAL.finditer(plain):
        letters = printed[match.start(1) : match.end(1)]
        if match[1] not in _NO_SERIAL and letters.isupper():
            refs.append(Ref("serial", f"{letters} {match[2]}"))
    for match in _REGISTER.finditer(plain):
        refs.append(Ref("register_no", f"{match[1].upper()} {match[2]}" if match[1] else match[3].strip().upper()))
    for match in _DECISION.finditer(plain):
        refs.append(Ref("decision", _with_marks(printed[match.start() : match.end()])))
    for match in _PARCEL.finditer(plain):
        number = match[1].lstrip("0")
        if number:
            refs.append(Ref("parcel", f"{match[2].lstrip('0')}/{number}" if match[2] else number))
    refs += [Ref("page", match[1].lstrip("0")) for match in _PAGE.finditer(plain)]
    return tuple(dict.fromkeys(refs))
