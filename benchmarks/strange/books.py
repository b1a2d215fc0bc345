"""The books and maps of a survey: sổ mục kê of each era, sổ đăng ký 299, and map sheets."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from benchmarks.strange.land import Piece
from benchmarks.strange.notes import Said, came_of, of_transfer, old_numbers
from benchmarks.strange.papers import Archive, Document, Line, in_force

_BOOK_OF_SHEETS = 4
_BEHIND_ALL = 9_999  # extracts of their own stand behind the sheets


def _sheet_order(piece: Piece, day: date) -> tuple[int, int, str]:
    name = piece.name(day)
    assert name is not None
    sheet = int(name.sheet) if name.sheet.isdigit() else _BEHIND_ALL
    return sheet, int(name.number.rstrip("abc")), name.number


def _named(pieces: Sequence[Piece], day: date) -> list[Piece]:
    """Return the pieces that a map shows on the day, by sheet and number."""
    return sorted((p for p in pieces if p.name(day)), key=lambda p: _sheet_order(p, day))


def parcel_index(
    archive: Archive, pieces: Sequence[Piece], day: date, *, bridged: float, lost: float, holes: float = 0.02
) -> list[Line]:
    """Write the sổ mục kê of a commune in books of four sheets; a book can be lost whole, a row be missing.

    `bridged` is the share of parcels of whose old number the book says anything.
    """
    late = day.year >= 2004
    books: dict[int, Document] = {}
    written = []
    chance = archive.country.chance
    for piece in _named(pieces, day):
        book = _sheet_order(piece, day)[0] // _BOOK_OF_SHEETS
        if book not in books:
            books[book] = archive.document("so_muc_ke", day, lost)
        if chance.random() < holes:
            continue
        name, area = piece.name(day), archive.measured(piece, day)
        assert name is not None
        assert area is not None
        said = old_numbers(archive.country, piece, name, bridged)
        if not said.words and late:
            said = of_transfer(day.year, chance)
        certificate = in_force(piece, day) if late else None
        line = archive.write(
            books[book],
            piece,
            said,
            {
                "owners": archive.owners(piece.holder(day), day, "so_muc_ke"),
                "user_type": piece.holder(day).user_type if late else None,
                "area_m2": area,
                "land_use": archive.uses(piece, day, area, with_areas=False),
                "legal_area_m2": certificate.legal_area_m2 if certificate else None,
                "legal_land_use": [{"code": code, "area_m2": None} for code, _ in certificate.uses]
                if certificate
                else None,
            },
        )
        written += [line] if line else []
    return written


def land_register(archive: Archive, pieces: Sequence[Piece], day: date, share: float, lost: float) -> None:
    """Write the sổ đăng ký ruộng đất 299: a page for each household that was registered."""
    by_holder: dict[int, list[Piece]] = {}
    for piece in _named(pieces, day):
        by_holder.setdefault(piece.holder(day).no, []).append(piece)
    for held in by_holder.values():
        if archive.country.chance.random() > share:
            continue
        page = archive.document("so_dang_ky", day, lost)
        owners = archive.owners(held[0].holder(day), day, "so_dang_ky")
        for piece in held:
            area = archive.measured(piece, day)
            assert area is not None
            more = {"owners": owners, "area_m2": area, "land_use": archive.uses(piece, day, area)}
            archive.write(page, piece, Said(), more)


def map_sheets(archive: Archive, pieces: Sequence[Piece], day: date, share: float) -> None:
    """Write some of the map sheets: a number, an area and a code for each parcel, no owner."""
    sheets: dict[int, Document | None] = {}
    for piece in _named(pieces, day):
        no, area = _sheet_order(piece, day)[0], archive.measured(piece, day)
        if no not in sheets:
            kept = archive.country.chance.random() < share
            sheets[no] = archive.document("ban_do", day, 0.03) if kept else None
        paper = sheets[no]
        assert area is not None
        if paper is not None and archive.country.chance.random() > 0.015:
            archive.write(
                paper, piece, Said(), {"area_m2": area, "land_use": archive.uses(piece, day, area, with_areas=False)}
            )


def amended_rows(archive: Archive, pieces: Sequence[Piece], day: date, noted: float, lost: float) -> None:
    """Write the rows that a book got behind its last when pieces were divided or joined and numbered on."""
    book = archive.document("so_muc_ke", day, lost)
    chance = archive.country.chance
    for piece in _named(pieces, day):
        area = archive.measured(piece, day)
        assert area is not None
        parents = [archive.country.pieces[no].names[-1] for no in piece.parents if archive.country.pieces[no].names]
        said = came_of(piece, parents, chance, same_map=True) if parents and chance.random() < noted else Said()
        more = {
            "owners": archive.owners(piece.holder(day), day, "so_muc_ke"),
            "area_m2": area,
            "land_use": archive.uses(piece, day, area, with_areas=False),
        }
        archive.write(book, piece, said, more)
