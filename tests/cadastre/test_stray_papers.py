"""Papers that stand alone on a sheet, or above the numbers of the next map: they do not name the map of the others."""

from __future__ import annotations

from dataclasses import replace

from mentions_made_up import told

from cadastre.numberings.mentions import Mention
from cadastre.numberings.series import numberings
from schemas.documents import Era
from schemas.tables import load_tables

TABLES = load_tables()
FAMILIES = ("le", "tran", "pham", "vo", "ho", "dang", "bui", "ngo", "duong", "huinh", "doan", "dinh", "mai")


def name(n: int) -> str:
    """Return a name that is near no other's."""
    return f"{FAMILIES[n % 13]} van {''.join(chr(97 + (n * step + step) % 26) for step in (7, 11, 17, 5))}"


def book(
    first: int, era: Era, sheet: int, size: float, *, many: int = 13, but: int = 0, unit: str = "20335"
) -> list[Mention]:
    """Return the rows of one book: parcels 1 to `many` of a sheet, one left out, with users that differ by `first`."""
    rows = [
        told(first + n, era, f"{sheet}/{n}", area=size + 61.0 * n, name=name(first + n), unit=unit)
        for n in range(1, many + 1)
        if n != but
    ]
    return [replace(row, document_id=f"BOOK{first}") for row in rows]


def again(rows: list[Mention], first: int, era: Era) -> list[Mention]:
    """Return the same parcels in a later book."""
    return [
        replace(row, entry_id=f"E{first + n}", document_id=f"BOOK{first}", key=replace(row.key, era=era))
        for n, row in enumerate(rows)
    ]


def test_papers_of_a_new_map_stay_with_it_though_the_map_after_that_has_fewer_numbers() -> None:
    old = book(0, "299", 3, 200.0, many=8)
    before = [
        replace(row, entry_id=f"G{n}", kind="gcn", day=f"1995-0{1 + n}-10", key=replace(row.key, era="1993"))
        for n, row in enumerate(old[:6])
    ]
    survey = book(100, "1993", 3, 500.0, many=40)
    after = [
        replace(row, entry_id=f"H{n}", document_id=f"H{n}", kind="gcn", day=f"1999-{1 + n // 20:02}-{1 + n % 20:02}")
        for n, row in enumerate(survey)
    ]
    next_map = book(300, "2009", 3, 2500.0, many=10)
    found = numberings([*old, *before, *survey, *after, *next_map], TABLES)
    assert {found[m.entry_id] for m in (*old, *before)} == {"299"}
    assert {found[m.entry_id] for m in (*survey, *after)} == {"1993"}
    assert {found[m.entry_id] for m in next_map} == {"2009"}


def test_a_stray_paper_does_not_name_a_sheet_that_the_books_do_not_reach() -> None:
    old = [*book(0, "299", 1, 200.0), *book(100, "299", 2, 300.0)]
    on = again(old, 200, "2003")
    stray = told(400, "299", "8/5", area=777.0, name="luu thi que", kind="so_dang_ky")
    new = book(500, "2003", 8, 900.0, many=9, but=5)
    found = numberings([*old, *on, stray, *new], TABLES)
    assert {found[m.entry_id] for m in (*old, *on, stray)} == {"299"}
    assert {found[m.entry_id] for m in new} == {"2003"}


def test_a_stray_paper_names_no_sheet_that_came_with_another_commune() -> None:
    # Hiệp Hòa and Hiệp Thuận became one commune on 1 January 2025, and the sheets of one went on behind the other's
    old = book(0, "2009", 7, 200.0, unit="20758")
    on = again(old, 100, "2024")
    stray = told(200, "2009", "3/5", area=777.0, name="luu thi que", kind="trich_luc", unit="20758", day="2010-06-05")
    new = book(300, "2024", 3, 900.0, but=5, unit="20758")
    found = numberings([*old, *on, stray, *new], TABLES)
    assert {found[m.entry_id] for m in (*old, *on)} == {"2009"}
    assert {found[m.entry_id] for m in new} == {"2024"}


def test_one_paper_names_a_sheet_that_the_books_before_may_have_left_out() -> None:
    old = [*book(0, "299", 1, 200.0), *book(100, "299", 3, 300.0)]
    on = again(old, 200, "1993")
    alone = told(400, "299", "2/5", area=777.0, name="luu thi que", kind="so_dang_ky")
    others = book(540, "1993", 2, 900.0, many=9, but=5)
    found = numberings([*old, *on, alone, *others], TABLES)
    assert set(found.values()) == {"299"}
