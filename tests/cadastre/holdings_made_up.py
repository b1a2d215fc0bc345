"""A small invented commune: an issue book with its certificates, an index, a register, for the tests of gaps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from cadastre.missing.gaps import gaps_of
from cadastre.missing.holdings import Holdings, Leaf, Line
from schemas.entries import Ref
from schemas.outcomes import MissingOriginal

UNIT = "20722"
#: Ten certificates, H 01251 to H 01260, signed one a month in 2006, of parcels 401 to 410 on sheet 28.
NUMBERS = range(1251, 1261)


def serial(number: int) -> str:
    return f"AG 42{number}"


def certificate(number: int, **other: object) -> Line:
    line = Line(
        batch_id="b-gcn",
        document_id=f"gcn-{number}",
        order=1,
        file=f"GCN/{number}.pdf",
        page=1,
        row=None,
        kind="gcn",
        era="2003",
        sheet_no="28",
        parcel_no=str(number - 850),
        serial=serial(number),
        register_no=f"H 0{number}",
        issued_on=f"2006-{number - 1250:02d}-15",
    )
    return replace(line, **other)  # type: ignore[arg-type]


def issue_row(number: int, **other: object) -> Line:
    line = replace(
        certificate(number),
        batch_id="b-book",
        document_id="book",
        order=2,
        file="So cap GCN/Quyen 8.tif",
        page=2,
        row=number - 1250,
        kind="so_cap_gcn",
    )
    return replace(line, **other)  # type: ignore[arg-type]


def index_row(number: int, **other: object) -> Line:
    line = Line("b-index", "index", 2, "So muc ke/Quyen 1.pdf", 2, number - 400, "so_muc_ke", "2013")
    return replace(line, **{"sheet_no": "28", "parcel_no": str(number), **other})  # type: ignore[arg-type]


def leaf(number: int | None, order: int, **other: object) -> Leaf:
    printed = None if number is None else str(number)
    line = Leaf("b-reg", "register", order, "So dia chinh/Quyen 6.tif", order, "so_dia_chinh", "2003", printed)
    return replace(line, **other)  # type: ignore[arg-type]


def leaves(*numbers: int | None) -> list[Leaf]:
    return [leaf(number, order) for order, number in enumerate(numbers, start=1)]


def turning(page: int, to: int) -> Line:
    """A line of a register's page that sends the reader to another page."""
    return Line(
        *("b-reg", "register", page, "So dia chinh/Quyen 6.tif", page, 1, "so_dia_chinh", "2003"),
        refs=(Ref("page", str(to)),),
    )


def cases(
    lines: Iterable[Line] = (), pages: Sequence[Leaf] = (), serials: Iterable[str] = (), decisions: Iterable[str] = ()
) -> list[MissingOriginal]:
    held = Holdings(UNIT, UNIT, list(lines), list(pages), frozenset(serials), frozenset(decisions))
    return [one.case for one in gaps_of(held)]


def told(found: Iterable[MissingOriginal]) -> list[tuple[str, str, str, str]]:
    return [(case.kind, case.reason, case.what, case.status) for case in found]
