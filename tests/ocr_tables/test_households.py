"""Pages of a register by user with several households: whose line stands over which rows."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from rapidfuzz.fuzz import ratio
from ruled_paper import SERIF, Paper, clean_page, font, table_edges

from ocr.engines import Word
from ocr.engines.pair import Engines
from ocr.forms import face_of, load_forms
from ocr.households import Household, over_table, parts_of
from ocr.layout import Piece
from ocr.ledger import Table
from ocr.read import PageReader
from schemas.documents import Box, PageRef
from schemas.readings import Reading, RowReading

REGISTER = face_of("so_dang_ky", "rows", era="299")
REF = PageRef("0" * 64, 1)
EDGES = (100.0, 300.0, 500.0, 900.0, 1200.0, 1500.0)
HEADS = ("Tờ số", "Thửa số", "Xứ đồng", "Diện tích (m2)", "Loại đất")
NAME, UNREAD = "Họ và tên chủ sử dụng: {}", "Ho~v tcn chc scduog: L~ Th Tz"


def piece(text: str, top: int, left: int = 110, height: int = 30) -> Piece:
    """Return a line of text, 14 pixels a letter."""
    words, x = [], left
    for word in text.split():
        words.append(Word(word, 0.9, x, top, x + 14 * len(word), top + height))
        x += 14 * (len(word) + 1)
    return Piece(tuple(words), left, top, x - 14, top + height)


def named(name: str, top: int) -> Piece:
    return piece(NAME.format(name), top)


def heads(top: int) -> list[Piece]:
    return [piece(head, top, round(edge) + 10) for head, edge in zip(HEADS, EDGES, strict=False)]


def table(*middles: int, top: int = 200) -> Table:
    return Table((100, top, 1500, 2000), ({},) * len(middles), tops=tuple(map(float, middles)), edges=EDGES)


def household(pieces: Sequence[Piece]) -> Household:
    """Return the last name behind the label, as the reader would."""
    found = [one for one in pieces if one.text.startswith("Họ và tên")]
    if not found:
        return {}
    return {"owners": Reading(REF, Box(0, 0, 1, 1), found[-1].text.split(": ")[1], ())}


def owners(of: Table, over: Sequence[Piece], inside: Sequence[Piece]) -> list[str | None]:
    """Return the name that each row gets, top to bottom; None for a row that waits."""
    _, head = over_table(over, of, REGISTER)
    names: list[str | None] = []
    for part in parts_of(of, inside, REGISTER, household(head), household):
        names += [part.household["owners"].text if part.household else None] * len(part.rows)
    return names


def test_rows_under_a_second_name_in_the_same_table_are_of_the_second_household() -> None:
    inside = [*heads(220), named("Lê Thị Thử", 400)]
    found = owners(table(300, 360, 460, 520), [named("Trần Văn Mẫu", 150)], inside)
    assert found == ["Trần Văn Mẫu", "Trần Văn Mẫu", "Lê Thị Thử", "Lê Thị Thử"]


def test_rows_under_a_name_that_is_not_read_wait_and_do_not_take_the_first() -> None:
    inside = [*heads(220), piece(UNREAD, 400)]
    found = owners(table(300, 360, 460, 520), [named("Trần Văn Mẫu", 150)], inside)
    assert found == ["Trần Văn Mẫu", "Trần Văn Mẫu", None, None]


def test_a_head_that_stands_anew_in_the_middle_begins_a_household_that_is_not_known() -> None:
    inside = [*heads(220), *heads(430)]
    found = owners(table(300, 360, 500), [named("Trần Văn Mẫu", 150)], inside)
    assert found == ["Trần Văn Mẫu", "Trần Văn Mẫu", None]


def test_a_head_under_the_second_name_does_not_take_it_from_its_rows() -> None:
    inside = [*heads(220), named("Lê Thị Thử", 400), *heads(450)]
    found = owners(table(300, 360, 520), [named("Trần Văn Mẫu", 150)], inside)
    assert found == ["Trần Văn Mẫu", "Trần Văn Mẫu", "Lê Thị Thử"]


def test_a_households_line_that_looks_like_a_row_is_none() -> None:
    inside = [*heads(220), named("Lê Thị Thử", 400)]  # its number 02 stood in the column of sheets
    found = owners(table(300, 414, 460), [named("Trần Văn Mẫu", 150)], inside)
    assert found == ["Trần Văn Mẫu", "Lê Thị Thử"]


def test_a_page_that_goes_on_from_the_page_before_gives_its_first_rows_no_name() -> None:
    found = owners(table(300, 460), [piece("Trang 02", 20, 1300)], [*heads(220), named("Lê Thị Thử", 400)])
    assert found == [None, "Lê Thị Thử"]


def test_of_two_names_over_a_table_the_nearer_is_its_household() -> None:
    over = [named("Trần Văn Mẫu", 50), named("Lê Thị Thử", 150)]
    assert owners(table(300), over, heads(220)) == ["Lê Thị Thử"]


def test_a_name_with_another_tables_head_under_it_is_not_given_to_the_next_table() -> None:
    over = [named("Trần Văn Mẫu", 50), *heads(120), piece(UNREAD, 350)]
    assert owners(table(500, top=400), over, heads(420)) == [None]


@pytest.fixture(scope="module")
def reader(engines: Engines) -> PageReader:
    return PageReader(engines, load_forms())


def drawn(*, worn: bool) -> Paper:
    """Return a page with one ruled table and two households, the second's name in mid-page, legible or worn."""
    paper = Paper.blank(4961, 2000)
    bold, body = font(SERIF, 10), font(SERIF, 11)
    widths = (420, 420, 900, 800, 500, 700, 740)
    edges = table_edges(240, widths)
    line = "Số thứ tự: {}   Họ và tên chủ sử dụng: {}   Chỗ ở (thôn, đội sản xuất): {}"
    paper.text(240, 340, line.format("01", "Trần Văn Mẫu", "Đội 3"), body, anchor="lm")
    for x in edges:
        paper.rule((x, 400), (x, 1160 if edges[0] < x < edges[-1] else 1600))
        if edges[0] < x < edges[-1]:
            paper.rule((x, 1270), (x, 1600))
    for y in (400, 610, 1600, *range(720, 1600, 110)):
        paper.rule((edges[0], y), (edges[-1], y))
    names = ("Tờ bản đồ số", "Số thửa", "Xứ đồng", "Diện tích (m2)", "Loại đất", "Nguồn gốc", "Ghi chú")
    for k, head in enumerate(names):
        paper.text((edges[k] + edges[k + 1]) / 2, 505, head, bold)
    second = (
        "S~ th~ t~: 02   H~ v~ t~n ch~ s~ d~~g: L~ Th~ Th~   Ch~ ~: Đ~i 7"
        if worn
        else line.format("02", "Lê Thị Thử", "Đội 7")
    )
    paper.text(260, 1215, second, body, anchor="lm")
    rows = {665: "2 11", 775: "2 12", 885: "2 13", 995: "2 14", 1325: "3 45", 1435: "3 46"}
    for y, numbers in rows.items():
        for k, text in enumerate((*numbers.split(), "Gò Mẫu", "850", "M")):
            paper.text((edges[k] + edges[k + 1]) / 2, y, text, body)
    return paper


def read_rows(reader: PageReader, paper: Paper) -> tuple[RowReading, ...]:
    page = clean_page(paper.picture)
    return reader.read(page, REF, page.width, page.height).rows


def test_on_a_drawn_page_each_row_has_the_name_over_it(reader: PageReader) -> None:
    rows = read_rows(reader, drawn(worn=False))
    assert [row.fields["parcel_no"].text for row in rows] == ["11", "12", "13", "14", "45", "46"]
    for row, name in zip(rows, ("Trần Văn Mẫu",) * 4 + ("Lê Thị Thử",) * 2, strict=True):
        assert ratio(row.fields["owners"].text[: len(name)], name) > 80


def test_on_a_drawn_page_a_worn_name_makes_its_rows_wait(reader: PageReader) -> None:
    rows = read_rows(reader, drawn(worn=True))
    told = {row.fields["parcel_no"].text: row.fields.get("owners") for row in rows}
    assert [told[number] is None for number in ("11", "14", "45", "46")] == [False, False, True, True]
