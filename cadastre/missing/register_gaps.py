"""Holes in the run of issue-book numbers (số vào sổ cấp giấy chứng nhận)."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from cadastre.missing.between import Skipped, edges, lines_between, on_lost_page
from cadastre.missing.dangling import ISSUE_BOOKS
from cadastre.missing.gap_cases import Found, found, told_by
from cadastre.missing.holdings import Holdings, Line
from cadastre.missing.lookalikes import numbers_alike
from cadastre.missing.sequences import Hole, Rule, holes, without
from cadastre.words.register_numbers import RegisterNumber, register_number
from cadastre.words.struck import struck_numbers

#: An issue book has a row for each number: a hole speaks soon.
IN_BOOK = Rule(reach=4, share=0.6, edge=0.25, longest=60)
#: The certificates of a commune are a part of those of the office that numbers them: only a close run speaks.
AMONG_CERTIFICATES = Rule(reach=6, share=0.75, edge=0.75, longest=10)
BESIDE_ROWS = Rule(reach=1, share=1.0, edge=1.0, longest=1)
_RESTARTED = 3  # numbers given out in two years from which the office begins anew each year
_WIDTH = 5


@dataclass(frozen=True, slots=True)
class _Run:
    """The lines of one prefix (of one year, where the numbers begin anew), by number."""

    prefix: str
    year: str
    book: Mapping[int, Sequence[Line]]
    certificates: Mapping[int, Sequence[Line]]
    others: frozenset[int]
    struck: frozenset[int]


def gaps_of_register(holdings: Holdings, skipped: Skipped) -> list[Found]:
    """Return the holes in the issue numbers.

    `skipped` tells by document between which pages others are lacking: rows that stood there are not told again.
    """
    cases: list[Found] = []
    for run in _runs(holdings.lines):
        cases += _of_book(holdings, run, skipped)
        cases += _of_certificates(holdings, run)
    return cases


def _numbered(lines: Iterable[Line]) -> Iterator[tuple[RegisterNumber, Line]]:
    for line in lines:
        number = register_number(line.register_no)
        if number and (line.kind == "gcn" or line.kind in ISSUE_BOOKS):
            yield number, line


def _runs(lines: Sequence[Line]) -> list[_Run]:
    """Return the runs; a book that prints bare numbers runs with the prefix that its certificates show."""
    struck = frozenset(n for line in lines if line.kind in ISSUE_BOOKS for n in struck_numbers(line.note))
    by_prefix: dict[str, list[tuple[int, Line]]] = defaultdict(list)
    for number, line in _numbered(lines):
        by_prefix[number.prefix].append((number.number, line))
    others = {n.number for line in lines for text in line.named("register_no") if (n := register_number(text))}
    runs = []
    for prefix, numbered in sorted(by_prefix.items()):
        for year, part in _by_year(numbered):
            book: dict[int, list[Line]] = defaultdict(list)
            certificates: dict[int, list[Line]] = defaultdict(list)
            known = set(others)
            for at, line in part:
                if line.kind == "so_cap_gcn":
                    book[at].append(line)
                elif line.kind == "gcn":
                    certificates[at].append(line)
                else:
                    known.add(at)
            runs.append(_Run(prefix, year, book, certificates, frozenset(known), struck))
    return runs


def _by_year(numbered: Sequence[tuple[int, Line]]) -> list[tuple[str, list[tuple[int, Line]]]]:
    years: dict[tuple[str, int], set[str]] = defaultdict(set)
    for number, line in numbered:
        if line.issued_on:
            years[line.kind, number].add(line.issued_on[:4])
    if sum(len(found_in) > 1 for found_in in years.values()) < _RESTARTED:
        return [("", list(numbered))]
    split: dict[str, list[tuple[int, Line]]] = defaultdict(list)
    for number, line in numbered:
        split[(line.issued_on or "")[:4]].append((number, line))
    return sorted(split.items())


def _of_book(holdings: Holdings, run: _Run, skipped: Skipped) -> list[Found]:
    """Return the rows that lack in the book."""
    cases = []
    rows = [line for line in holdings.lines if line.kind == "so_cap_gcn"]
    spoken = holes(run.book, IN_BOOK)
    # a certificate that is held proves its number, also where the rows around do not follow closely
    proven = [hole for hole in holes(run.book, BESIDE_ROWS) if hole not in spoken]
    spoken += [Hole(n, n) for hole in proven for n in run.certificates if n in hole and hole.size == 1]
    for hole in spoken:
        before, after = edges(run.book[hole.first - 1], run.book[hole.last + 1])
        if on_lost_page(before, after, skipped):
            continue
        alike = numbers_alike(hole.first, _WIDTH)
        # a row between, whose number was not read or read as none that it is taken for, may be the one that lacks
        strangers = [row for row in lines_between(rows, before, after) if _number(row) not in alike]
        if len(strangers) >= hole.size:
            continue
        for part in without(hole, run.struck):
            for one in part.parts():
                meant = _meant(one, run.book, before, after, in_place=True)
                cases.append(_case(holdings, run, one, (before, after), "register_row", meant))
    return cases


def _of_certificates(holdings: Holdings, run: _Run) -> list[Found]:
    cases = []
    told = holes(run.book, IN_BOOK)
    unread = [line for line in holdings.lines if line.kind == "gcn" and register_number(line.register_no) is None]
    for hole in holes(run.certificates, AMONG_CERTIFICATES):
        before, after = run.certificates[hole.first - 1][0], run.certificates[hole.last + 1][0]
        possible = {line.document_id for line in unread if line.issued_on is None or _in_time(line, before, after)}
        if len(possible) >= hole.size:
            continue  # certificates whose number could not be read may be those
        # a row of a book that lacks its certificate is told as a reference
        rest = without(hole, {*run.struck, *run.book, *run.others})
        for part in rest:
            for one in part.parts():
                if not any(one.first in other for other in told):
                    meant = _meant(one, run.certificates, before, after, in_place=False)
                    cases.append(_case(holdings, run, one, (before, after), "certificate", meant))
    return cases


def _number(line: Line) -> int | None:
    number = register_number(line.register_no)
    return number.number if number else None


def _meant(hole: Hole, held: Mapping[int, Sequence[Line]], before: Line, after: Line, *, in_place: bool) -> int | None:
    """Return the held number that was misread for the one that lacks.

    It is otherwise unexplained (two papers bear it, or it stands apart from the run), and in its place: between the
    rows of the book, or its day between the days around.
    """
    if hole.size != 1:
        return None
    numbers = sorted(held)
    for other in sorted(numbers_alike(hole.first, _WIDTH)):
        lines = held.get(other, ())
        papers = {(line.serial, line.document_id, line.place if line.kind != "gcn" else None) for line in lines}
        if not lines or not (len(papers) > 1 or _apart(other, numbers)):
            continue
        if lines_between(lines, before, after) if in_place else any(_in_time(line, before, after) for line in lines):
            return other
    return None


def _apart(number: int, numbers: Sequence[int]) -> bool:
    at = bisect_left(numbers, number)
    near = Counter(abs(other - number) <= IN_BOOK.reach for other in numbers[max(0, at - 4) : at + 5])
    return near[True] <= 2  # itself and at most one neighbour


def _in_time(line: Line, before: Line, after: Line) -> bool:
    days = (before.issued_on, line.issued_on, after.issued_on)
    return all(days) and days[0] <= days[1] <= days[2]  # type: ignore[operator]


def _case(holdings: Holdings, run: _Run, hole: Hole, around: tuple[Line, Line], kind: str, meant: int | None) -> Found:
    what = str(RegisterNumber(run.prefix, hole.first))
    if hole.size > 1:
        what = f"{what} – {RegisterNumber(run.prefix, hole.last)}"
    before, after = around
    evidence = (
        f"Số vào sổ đứt quãng giữa {before.register_no} ({told_by(before)}) và {after.register_no} ({told_by(after)})."
    )
    witnesses = [before, after]
    if kind == "register_row":
        bearers = run.certificates.get(hole.first, ())
        witnesses += bearers
        if not bearers and hole.size == 1:
            evidence += " Không có giấy chứng nhận nào mang số này."
        if bearers:
            evidence += f" Giấy chứng nhận mang số này đang giữ: {told_by(bearers[0])}."
    if meant is not None:
        evidence += f" Số {RegisterNumber(run.prefix, meant)} đang giữ chỉ khác một chữ số dễ đọc nhầm."
    return found(
        holdings,
        "register_row" if kind == "register_row" else "certificate",
        "sequence_gap",
        what,
        evidence,
        witnesses,
        book=run.year,
        misread=meant is not None,
    )
