"""Certificates and decisions that a paper names and nobody holds."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from cadastre.missing.gap_cases import Found, found, told_by, told_by_all
from cadastre.missing.holdings import Holdings, Line
from cadastre.missing.lookalikes import best_match, lookalikes, readings_of_one
from cadastre.words.folding import key
from cadastre.words.register_numbers import RegisterNumber, decision_inside, register_number
from cadastre.words.struck import is_struck

#: Books that print the serial and the issue number of certificates in their rows.
ISSUE_BOOKS = frozenset({"so_cap_gcn", "so_dia_chinh"})
_MANY = 20  # certificates of one book that may be told one by one, though the book's certificates were not handed in
_MOSTLY_HELD = 0.5  # share of a book's certificates from which each one that lacks is told
_SERIAL_IN_NAME = re.compile(r"(?<![A-ZĐ])([A-ZĐ]{1,2})[ _-]?(\d{8}|\d{6})(?!\d)")


@dataclass(slots=True)
class _Certificate:
    """A certificate that papers name: by its serial, its issue number, or both."""

    serial: str | None
    register: RegisterNumber | None
    witnesses: list[Line] = field(default_factory=list)

    @property
    def what(self) -> str:
        return self.serial or str(self.register)


def serials_in_name(file: str) -> frozenset[str]:
    """Return the serials that a file's or folder's name holds (R17): `CU 123456-GCN.pdf`."""
    return frozenset(f"{letters} {digits}" for letters, digits in _SERIAL_IN_NAME.findall(file.upper()))


def normal_decision(text: str) -> str:
    """Return the decision's number as it is compared: without marks, blanks and signs, zeros in front left out."""
    return re.sub(r"^\D+", "", key(text)).lstrip("0")


def named_serials(lines: Iterable[Line]) -> frozenset[str]:
    """Return every certificate serial that the lines name."""
    named: set[str] = set()
    for line in lines:
        named.update(line.named("serial"))
        if line.kind in ISSUE_BOOKS and line.serial:
            named.add(line.serial)
    return frozenset(named)


def named_decisions(line: Line) -> tuple[str, ...]:
    """Return the decisions that the line names, the one inside a register number of 1993 too; not its own number."""
    if line.kind == "quyet_dinh":
        return ()
    inside = decision_inside(line.register_no)
    return tuple(dict.fromkeys((*line.named("decision"), *((inside,) if inside else ()))))


def _held(holdings: Holdings) -> tuple[dict[str, list[Line]], dict[RegisterNumber, list[Line]]]:
    serials: dict[str, list[Line]] = defaultdict(list)
    registers: dict[RegisterNumber, list[Line]] = defaultdict(list)
    for line in holdings.lines:
        if line.kind != "gcn":
            continue
        for serial in {line.serial} if line.serial else serials_in_name(line.file):
            serials[serial].append(line)
        if number := register_number(line.register_no):
            registers[number].append(line)
            if number.prefix not in ("", "QSDĐ"):
                registers[RegisterNumber("", number.number)].append(line)
    return serials, registers


def _named(lines: Iterable[Line], held: Container[str]) -> list[_Certificate]:
    """Return each certificate that is named once, with the lines that name it; a void row names none.

    Of several readings of one serial in a line the one that is held counts, else the first.
    """
    by_serial: dict[str, _Certificate] = {}
    by_register: dict[RegisterNumber, _Certificate] = {}
    for line in lines:
        pairs: list[tuple[str | None, RegisterNumber | None]] = [
            (next((one for one in group if one in held), group[0]), None)
            for group in readings_of_one(line.named("serial"))
        ]
        pairs += [(None, number) for text in line.named("register_no") if (number := register_number(text))]
        if line.kind in ISSUE_BOOKS and not is_struck(line.note) and (line.serial or line.register_no):
            pairs.append((line.serial, register_number(line.register_no)))
        for serial, register in pairs:
            if serial is None and register is None:
                continue
            known = by_serial.get(serial) if serial else None
            known = known or (by_register.get(register) if register and serial is None else None)
            known = known or _Certificate(serial, register)
            known.register = known.register or register
            if serial:
                by_serial.setdefault(serial, known)
            if known.register:
                by_register.setdefault(known.register, known)
            known.witnesses.append(line)
    unique = {id(one): one for one in (*by_serial.values(), *by_register.values())}
    return sorted(unique.values(), key=lambda one: one.what)


def lost_certificates(holdings: Holdings) -> list[Found]:
    """Return the certificates that are named and not held; one whose number was misread says so.

    A book whose certificates were mostly not handed in gives one case per run of its rows, not hundreds.
    """
    serials, registers = _held(holdings)
    named = _named(holdings.lines, {*serials, *holdings.serials})
    explained = frozenset(one.serial for one in named if one.serial)
    lacking = [one for one in named if not _is_held(one, serials, registers, holdings)]
    single, bulk = _by_book(named, lacking)
    cases = []
    for one in single:
        meant = _meant(one, serials, registers, explained)
        told = told_by_all(one.witnesses)
        if meant:
            evidence = f"{told} ghi {one.what}; đang giữ giấy chứng nhận {meant}, chỉ khác một chữ số dễ đọc nhầm."
        else:
            beside = f" (số vào sổ {one.register})" if one.serial and one.register else ""
            evidence = f"{told} nhắc đến giấy chứng nhận {one.what}{beside}; không có bản này trong các lô đã nhận."
        cases.append(
            found(
                holdings,
                "certificate",
                "dangling_reference",
                one.what,
                evidence,
                one.witnesses,
                misread=meant is not None,
            )
        )
    for run in bulk:
        first, last = run[0].what, run[-1].what
        evidence = (
            f"{told_by(run[0].witnesses[0])} đến {told_by(run[-1].witnesses[0])}: "
            f"{len(run)} giấy chứng nhận ghi trong sổ, không có bản nào trong các lô đã nhận."
        )
        witnesses = [line for one in run for line in one.witnesses]
        what = f"{first} – {last} ({len(run)})"
        cases.append(found(holdings, "certificate", "dangling_reference", what, evidence, witnesses))
    return cases


def _meant(
    one: _Certificate,
    serials: Mapping[str, Sequence[Line]],
    registers: Mapping[RegisterNumber, Sequence[Line]],
    explained: frozenset[str],
) -> str | None:
    """Return the serial of the held certificate that was meant; one under the same issue number comes first."""
    if one.serial is None:
        return None
    same_issue = _by_serial(registers.get(one.register, ())) if one.register else {}
    for held, known in ((same_issue, frozenset[str]()), (serials, explained)):
        for line in one.witnesses:
            if best := best_match(line, one.serial, held, known):
                return best
    return None


def _is_held(
    one: _Certificate,
    serials: Mapping[str, Sequence[Line]],
    registers: Mapping[RegisterNumber, Sequence[Line]],
    holdings: Holdings,
) -> bool:
    if one.serial in serials or one.serial in holdings.serials:
        return True
    if one.register is None or one.register not in registers:
        return False
    if one.serial is None:
        return True
    # the same issue number under another serial is a contradiction (R11), unless one digit was misread
    return not lookalikes(one.serial) & _by_serial(registers[one.register]).keys()


def _by_serial(lines: Iterable[Line]) -> dict[str, list[Line]]:
    by_serial: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        if line.serial:
            by_serial[line.serial].append(line)
    return by_serial


def _by_book(
    named: Iterable[_Certificate], lacking: Iterable[_Certificate]
) -> tuple[list[_Certificate], list[list[_Certificate]]]:
    """Return the certificates to be told one by one, and those of books whose certificates were not handed in."""
    of_book: dict[str, list[_Certificate]] = defaultdict(list)
    for one in named:
        for document_id in {line.document_id for line in one.witnesses if line.kind in ISSUE_BOOKS}:
            of_book[document_id].append(one)
    absent = {id(one) for one in lacking}
    unheld_books = {
        document_id
        for document_id, ones in of_book.items()
        if sum(id(one) in absent for one in ones) > max(_MANY, (1 - _MOSTLY_HELD) * len(ones))
    }
    single, runs = [], defaultdict(list)
    for one in lacking:
        books = {line.document_id for line in one.witnesses}
        if books and books <= unheld_books:
            runs[min(books)].append(one)
        else:
            single.append(one)
    bulk = []
    for document_id in sorted(runs):
        inside = {id(one) for one in runs[document_id]}
        ordered = sorted(of_book[document_id], key=lambda one: min(w.place for w in one.witnesses))
        run: list[_Certificate] = []
        for one in ordered:
            if id(one) in inside:
                run.append(one)
            elif run:
                bulk.append(run)
                run = []
        if run:
            bulk.append(run)
    return single, bulk


def lost_decisions(holdings: Holdings) -> list[Found]:
    """Return the decisions whose number is quoted and that are not held; one whose number was misread says so."""
    held: dict[str, list[Line]] = defaultdict(list)
    for line in holdings.lines:
        if line.kind == "quyet_dinh":
            for number in (line.own_number, *line.named("decision")):
                if number:
                    held[normal_decision(number)].append(line)
    elsewhere = {normal_decision(number) for number in holdings.decisions}
    naming: dict[str, tuple[str, list[Line]]] = {}
    for line in holdings.lines:
        for group in readings_of_one(named_decisions(line)):
            number = next((one for one in group if normal_decision(one) in {*held, *elsewhere}), group[0])
            naming.setdefault(normal_decision(number), (number, []))[1].append(line)
    cases = []
    for plain, (number, witnesses) in sorted(naming.items()):
        if plain in held or plain in elsewhere:
            continue
        meant = next((best for line in witnesses if (best := best_match(line, plain, held, naming))), None)
        told = told_by_all(witnesses)
        if meant:
            evidence = f"{told} ghi {number}; quyết định đang giữ chỉ khác một chữ số dễ đọc nhầm."
        else:
            evidence = f"{told} nhắc đến quyết định {number}; không có bản này trong các lô đã nhận."
        cases.append(
            found(holdings, "decision", "dangling_reference", number, evidence, witnesses, misread=meant is not None)
        )
    return cases
