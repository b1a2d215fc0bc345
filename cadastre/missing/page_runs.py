"""Pages and volumes of books: holes in printed page numbers, pages referred to, sums carried from a page not held."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from cadastre.missing.between import Skipped
from cadastre.missing.gap_cases import Found, found, told_by, told_by_all
from cadastre.missing.holdings import Holdings, Leaf, Line
from cadastre.missing.lookalikes import numbers_alike
from cadastre.missing.sequences import Hole, Rule, holes, without
from cadastre.words.folding import fold
from cadastre.words.numbers import read_area
from cadastre.words.struck import struck_numbers
from schemas.documents import Kind

PAGES = Rule(reach=3, share=0.5, edge=0.5, longest=30)
VOLUMES = Rule(reach=1, share=1.0, edge=0.5, longest=2)
_VOLUME = re.compile(r"\bquyen(?: so| thu)?[\s.:_-]*0*(\d{1,3})(?!\d)")
_ALONE = re.compile(r"\D*0*(\d{1,3})\D*")
_NAMES: dict[Kind, str] = {
    "so_muc_ke": "Sổ mục kê",
    "so_dang_ky": "Sổ đăng ký ruộng đất",
    "so_dia_chinh": "Sổ địa chính",
    "so_cap_gcn": "Sổ cấp giấy chứng nhận",
}


@dataclass(frozen=True, slots=True)
class Book:
    """The leaves of one volume in the order of their documents; `volume` is None where nothing tells it."""

    kind: Kind
    volume: int | None
    name: str
    leaves: Sequence[Leaf]

    @property
    def documents(self) -> frozenset[str]:
        """Return the documents that the volume came in."""
        return frozenset(leaf.document_id for leaf in self.leaves)


def volume_of(leaves: Iterable[Leaf]) -> int | None:
    """Return the volume number of a document, from its cover, else from its file's or container's name."""
    leaves = list(leaves)
    for leaf in leaves:
        if leaf.volume and (match := _VOLUME.search(fold(leaf.volume)) or _ALONE.fullmatch(leaf.volume)):
            return int(match[1])
    for leaf in leaves:
        for text in (leaf.file, leaf.container or ""):
            if match := _VOLUME.search(fold(text.replace("_", " "))):
                return int(match[1])
    return None


def books_of(holdings: Holdings) -> list[Book]:
    """Return the commune's books, a volume that came in several documents as one."""
    documents: dict[str, list[Leaf]] = defaultdict(list)
    for leaf in holdings.leaves:
        if leaf.kind in _NAMES:
            documents[leaf.document_id].append(leaf)
    volumes: dict[tuple[str, str, int | str], list[Leaf]] = defaultdict(list)
    for document_id, leaves in sorted(documents.items()):
        leaves.sort(key=lambda leaf: leaf.order)
        volume = volume_of(leaves)
        volumes[leaves[0].kind, leaves[0].era or "", document_id if volume is None else volume] += leaves
    books = []
    for (_, _, volume_or_document), leaves in sorted(volumes.items(), key=lambda pair: str(pair[0])):
        kind = leaves[0].kind
        volume = volume_or_document if isinstance(volume_or_document, int) else None
        mark = f"Quyển số {volume}" if volume is not None else min(leaf.file for leaf in leaves)
        books.append(Book(kind, volume, f"{_NAMES[kind]}, {mark}", leaves))
    return books


def gaps_of_pages(holdings: Holdings) -> tuple[list[Found], Skipped]:
    """Return the pages and volumes that lack, and between which pages of each document others are lacking."""
    books = books_of(holdings)
    linked = _linked(holdings, books)
    cases: dict[str, Found] = {}
    skipped: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for book in books:
        held = _numbers(books, book)
        for one in _dangling(holdings, book, held, linked):
            cases.setdefault(one.case.what, one)
        struck = _struck(holdings.lines, book)
        for one, document_id, edge in (*_jumps(holdings, book, books, linked, struck), *_carried(holdings, book)):
            cases.setdefault(one.case.what, one)
            if document_id and one.case.status != "misread":
                skipped[document_id].append(edge)
    return [*cases.values(), *_volumes(holdings, books)], skipped


def _numbers(books: Iterable[Book], book: Book) -> frozenset[int]:
    """Return the page numbers held of the book, those of pages whose volume is not known too."""
    return frozenset(
        leaf.number
        for other in books
        if other.kind == book.kind and (other is book or None in (other.volume, book.volume))
        for leaf in other.leaves
        if leaf.number is not None
    )


def _linked(holdings: Holdings, books: Iterable[Book]) -> dict[str, list[tuple[int, Line]]]:
    """Return by document the pages that its lines send the reader to: `Chuyển tiếp trang số`, `Tiếp theo trang số`."""
    documents = {document_id for book in books for document_id in book.documents}
    linked: dict[str, list[tuple[int, Line]]] = defaultdict(list)
    for line in holdings.lines:
        if line.document_id in documents:
            for text in line.named("page"):
                if text.isdigit() and int(text):
                    linked[line.document_id].append((int(text), line))
    return linked


def _dangling(
    holdings: Holdings, book: Book, held: frozenset[int], linked: Mapping[str, Sequence[tuple[int, Line]]]
) -> list[Found]:
    wanted: dict[int, list[Line]] = defaultdict(list)
    for document_id in book.documents:
        for number, line in linked.get(document_id, ()):
            if number not in held:
                wanted[number].append(line)
    if not any(leaf.number is not None for leaf in book.leaves):
        return []  # no page number was read, so none can be compared
    unread = [leaf for leaf in book.leaves if leaf.number is None and not leaf.cover]
    cases = []
    for number, lines in sorted(wanted.items()):
        if unread and held & {number - 1, number + 1}:
            continue  # a page whose number could not be read may be the one
        evidence = f"{told_by_all(lines)} chỉ sang trang số {number}; không có trang này."
        cases.append(found(holdings, "page", "dangling_reference", f"{book.name}, trang {number}", evidence, lines))
    return cases


def _struck(lines: Iterable[Line], book: Book) -> frozenset[int]:
    """Return the numbers that a remark of the book calls empty, where it speaks of pages."""
    documents = book.documents
    own = (line.note for line in lines if line.document_id in documents and "trang" in fold(line.note))
    return frozenset(number for note in own for number in struck_numbers(note))


def _jumps(
    holdings: Holdings,
    book: Book,
    books: Sequence[Book],
    linked: Mapping[str, Sequence[tuple[int, Line]]],
    struck: frozenset[int],
) -> list[tuple[Found, str | None, tuple[int, int]]]:
    """Return the holes in the printed page numbers, each with the document and the pages around it."""
    first: dict[int, Leaf] = {}
    last: dict[int, Leaf] = {}
    for leaf in book.leaves:
        if leaf.number is not None:
            first.setdefault(leaf.number, leaf)
            last[leaf.number] = leaf
    # a page to which another one sends the reader stands where room was: the hole before it says nothing
    targets = {n for document_id in book.documents for n, line in linked.get(document_id, ())}
    numbers = {n for n in first if n not in targets or n - 1 in first}
    elsewhere = _numbers(books, book)
    out = []
    for hole in holes(numbers, PAGES):
        before, after = first[hole.first - 1], last[hole.last + 1]
        if _unnumbered_between(book, before, after) >= hole.size:
            continue
        for part in without(hole, {*elsewhere, *struck, *targets}):
            for one in part.parts():
                meant = _misread_between(book, one, before, after)
                what = f"{book.name}, trang {one.first}" + (f"–{one.last}" if one.size > 1 else "")
                evidence = (
                    f"Số trang nhảy từ {before.number} ({told_by(before)}) đến {after.number} ({told_by(after)})."
                )
                if meant:
                    evidence += f" {told_by(meant)} in số {meant.number}, chỉ khác một chữ số dễ đọc nhầm."
                case = found(
                    holdings, "page", "sequence_gap", what, evidence, (before, after), misread=meant is not None
                )
                document_id = before.document_id if before.document_id == after.document_id else None
                out.append((case, document_id, (before.order, after.order)))
    return out


def _between(book: Book, before: Leaf, after: Leaf) -> list[Leaf]:
    if before.document_id != after.document_id:
        return []
    return [
        leaf
        for leaf in book.leaves
        if leaf.document_id == before.document_id and before.order < leaf.order < after.order
    ]


def _unnumbered_between(book: Book, before: Leaf, after: Leaf) -> int:
    """Return how many pages between the two bear no number that can be read, or one that is no lookalike."""
    wanted = set(range((before.number or 0) + 1, after.number or 0))
    alike = {other for number in wanted for other in numbers_alike(number, len(str(number)))}
    return sum(leaf.number is None or leaf.number not in alike for leaf in _between(book, before, after))


def _misread_between(book: Book, hole: Hole, before: Leaf, after: Leaf) -> Leaf | None:
    if hole.size != 1:
        return None
    alike = numbers_alike(hole.first, len(str(hole.first)))
    return next((leaf for leaf in _between(book, before, after) if leaf.number in alike), None)


def _carried(holdings: Holdings, book: Book) -> list[tuple[Found, str | None, tuple[int, int]]]:
    """Return a case where `Mang sang` is not the last `Cộng`, unless the printed numbers follow each other."""
    out: list[tuple[Found, str | None, tuple[int, int]]] = []
    for before, after in pairwise(book.leaves):
        if before.document_id != after.document_id or after.order != before.order + 1:
            continue
        totals, carried = (_sums(text) for text in (before.total, after.carried))
        if not totals or not carried or any(abs(a - b) < 0.06 for a in totals for b in carried):
            continue
        if before.number is not None and after.number is not None:
            continue  # the numbers follow each other, or their jump is told already
        evidence = (
            f"Mang sang ({told_by(after)}) là {after.carried}, khác Cộng ({told_by(before)}) là {before.total}: "
            "có thể thiếu trang ở giữa, hoặc một trong hai số bị đọc nhầm."
        )
        what = f"{book.name}, sau {told_by(before)}"
        case = found(holdings, "page", "sequence_gap", what, evidence, (before, after))
        out.append((case, before.document_id, (before.order, after.order)))
    return out


def _sums(text: str | None) -> tuple[float, ...]:
    """Return what the printed sum may be: `2.500` is 2500 or 2.5."""
    return tuple(read_area(text)) if text else ()


def _volumes(holdings: Holdings, books: Iterable[Book]) -> list[Found]:
    by_kind: dict[tuple[Kind, str], dict[int, Leaf]] = defaultdict(dict)
    for book in books:
        if book.volume is not None:
            by_kind[book.kind, book.leaves[0].era or ""][book.volume] = book.leaves[0]
    unnamed = {book.kind for book in books if book.volume is None}
    cases = []
    for (kind, era), volumes in sorted(by_kind.items()):
        if kind in unnamed:
            continue  # a book whose volume could not be read may be the one
        for hole in holes(volumes, VOLUMES):
            before, after = volumes[hole.first - 1], volumes[hole.last + 1]
            for one in hole.parts():
                evidence = (
                    f"Có quyển số {hole.first - 1} ({before.file}) và quyển số {hole.last + 1} ({after.file}), "
                    f"không có quyển số {one.first}."
                )
                what = f"{_NAMES[kind]}, Quyển số {one.first}"
                cases.append(found(holdings, "volume", "sequence_gap", what, evidence, (before, after), book=era))
    return cases
