"""Ledger pages with other layouts than the office's own: the rows come out, and nothing that is not a parcel."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from rapidfuzz.fuzz import ratio
from ruled_paper import SANS, SERIF, Paper, clean_page, font, table_edges

from ocr.engines.pair import Engines
from ocr.forms import face_of
from ocr.tables import read_ledger
from schemas.documents import PageRef
from schemas.readings import RowReading

#: domain.md 2.2: the heads of Circular 25/2014, the two upper heads over four columns.
HEADS = (
    ("Tờ bản đồ số",),
    ("Thửa đất số",),
    ("Tên người sử dụng,", "quản lý đất"),
    ("Mã đối tượng",),
    ("Diện tích", "(m2)"),
    ("Loại đất",),
    ("Diện tích", "(m2)"),
    ("Loại đất",),
    ("Ghi chú",),
)
ROWS = (
    ("12", "101", ("Nguyễn Văn Mẫu",), "GDC", "958,2", "ONT+CLN", "950,0", "ONT+CLN", ()),
    ("12", "102", ("Hộ Trần Thị Thử và chồng", "là Lê Văn Nghiệm"), "GDC", "1.847,9", "LUC", "", "", ()),
    ("12", "103", ("Ủy ban nhân dân xã",), "UBS", "75,3", "DGT", "", "", ("Tách từ thửa 90",)),
    ("12", "104", ("Phạm Thị Ví Dụ",), "GDC", "1.380,4", "CLN", "1.380,4", "CLN", ()),
)
WIDTHS = (240, 240, 1150, 330, 390, 330, 390, 330, 900)
LEFT, TOP = 280, 320
INDEX = face_of("so_muc_ke", "rows", era="2013")
PITCH = 130
BOTTOM = 2900


@dataclass(frozen=True)
class Ledger:
    """How a ledger page is drawn; `order` says which of the template's columns stand where."""

    widths: Sequence[int] = WIDTHS
    dash: tuple[int, int] | None = None
    outer: bool = True
    level_rules: bool = False
    numbers: bool = True
    face: str = SERIF
    foot: bool = False
    order: Sequence[int] = range(9)

    def draw(self) -> Paper:
        paper = Paper.blank(4961, 3508)
        edges = table_edges(LEFT, [self.widths[k] for k in self.order])
        head_bottom = self._heads(paper, edges)
        self._rows(paper, edges, head_bottom + 80)
        return paper

    def _heads(self, paper: Paper, edges: Sequence[int]) -> int:
        upper, lower = TOP + 110, TOP + 270
        bottom = TOP + (350 if self.numbers else 270)
        bold = font(self.face, 10)
        over = dict(self._parents())
        for k, x in enumerate(edges):
            if self.outer or k not in (0, 9):
                paper.rule((x, upper if k - 1 in over else TOP), (x, BOTTOM), dash=self.dash)
        for y in (TOP, lower, bottom, BOTTOM):
            paper.rule((edges[0], y), (edges[-1], y))
        for k, name in over.items():
            paper.rule((edges[k], upper), (edges[k + 2], upper))
            paper.text((edges[k] + edges[k + 2]) / 2, (TOP + upper) / 2, name, bold)
        for k, column in enumerate(self.order):
            middle = (edges[k] + edges[k + 1]) / 2
            lines = HEADS[column]
            for n, line in enumerate(lines):
                base = ((upper if column in (4, 5, 6, 7) else TOP) + lower) / 2
                paper.text(middle, base + (n - (len(lines) - 1) / 2) * 48, line, bold)
            if self.numbers:
                paper.text(middle, (lower + bottom) / 2, f"({k + 1})", bold)
        return bottom

    def _parents(self) -> list[tuple[int, str]]:
        at = {column: k for k, column in enumerate(self.order)}
        return [(at[4], "Hiện trạng sử dụng đất"), (at[6], "Giấy tờ pháp lý về QSDĐ")]

    def _rows(self, paper: Paper, edges: Sequence[int], y: int) -> None:
        body = font(self.face, 11)
        for row in ROWS:
            for k, column in enumerate(self.order):
                cell = row[column]
                if isinstance(cell, tuple):
                    for n, line in enumerate(cell):
                        paper.text(edges[k] + 18, y + n * 55, line, body, anchor="lm")
                elif cell:
                    paper.text((edges[k] + edges[k + 1]) / 2, y, cell, body)
            y += PITCH
            if self.level_rules:
                paper.rule((edges[0], y - 60), (edges[-1], y - 60))
        if self.foot:
            paper.text((edges[2] + edges[3]) / 2, y, "Cộng trang", body)
            paper.text((edges[4] + edges[5]) / 2, y, "4.261,8", body)


def texts(rows: Sequence[RowReading], field: str) -> list[str | None]:
    return [row.fields[field].text if field in row.fields else None for row in rows]


def expect_all(rows: Sequence[RowReading]) -> None:
    assert [row.row for row in rows] == [1, 2, 3, 4]
    assert texts(rows, "sheet_no") == ["12"] * 4
    assert texts(rows, "parcel_no") == ["101", "102", "103", "104"]
    assert texts(rows, "user_type") == ["GDC", "GDC", "UBS", "GDC"]
    assert texts(rows, "area_m2") == ["958,2", "1.847,9", "75,3", "1.380,4"]
    assert texts(rows, "land_use") == ["ONT+CLN", "LUC", "DGT", "CLN"]
    assert texts(rows, "legal_area_m2") == ["950,0", None, None, "1.380,4"]
    assert texts(rows, "legal_land_use") == ["ONT+CLN", None, None, "CLN"]
    names = [" ".join(row[2]) for row in ROWS]
    # A letter of a name may be misread; a name in the wrong row, or half of it, may not.
    assert all(ratio(str(read), name) > 90 for read, name in zip(texts(rows, "owners"), names, strict=True))
    notes = texts(rows, "change_note")
    assert notes[:2] + notes[3:] == [None] * 3
    assert ratio(str(notes[2]), "Tách từ thửa 90") > 90


LAYOUTS = {
    "whole rules": Ledger(),
    "rules between the rows": Ledger(level_rules=True),
    "dashed rules": Ledger(dash=(14, 8)),
    "no outer border": Ledger(outer=False),
    "no row of numbers": Ledger(numbers=False),
    "a sans face and narrow columns": Ledger(face=SANS, widths=(190, 200, 1300, 270, 300, 400, 300, 400, 700)),
    "a total at the foot": Ledger(foot=True),
}


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS.keys())
def test_every_row_and_cell_of_a_ledger_is_read(layout: Ledger, engines: Engines, ref: PageRef) -> None:
    expect_all(read_ledger(clean_page(layout.draw().picture), engines, ref, INDEX))


def test_a_page_that_still_leans_is_read_row_by_row(engines: Engines, ref: PageRef) -> None:
    page = clean_page(Ledger().draw().picture, turned_deg=0.5)
    expect_all(read_ledger(page, engines, ref, INDEX))


def test_columns_are_known_by_their_heads_where_a_book_has_them_in_another_order(
    engines: Engines, ref: PageRef
) -> None:
    page = clean_page(Ledger(order=(1, 2, 0, 3, 6, 7, 4, 5, 8)).draw().picture)
    expect_all(read_ledger(page, engines, ref, INDEX))


def test_specks_all_over_the_paper_make_no_rows(engines: Engines, ref: PageRef) -> None:
    picture = Ledger().draw().picture
    chance = random.Random(7)
    pixels = picture.load()
    assert pixels is not None
    for _ in range(2400):  # some 12 to the square inch
        x, y = chance.randrange(4950), chance.randrange(3500)
        for dx in range(3):
            for dy in range(3):
                pixels[x + dx, y + dy] = 0
    rows = read_ledger(clean_page(picture), engines, ref, INDEX)
    assert texts(rows, "parcel_no") == ["101", "102", "103", "104"]
    assert texts(rows, "user_type") == ["GDC", "GDC", "UBS", "GDC"]


def test_a_page_without_a_table_has_no_rows(engines: Engines, ref: PageRef) -> None:
    paper = Paper.blank(2480, 3508)
    paper.text(1240, 800, "Biên bản họp tổ dân phố", font(SERIF, 14))
    assert read_ledger(clean_page(paper.picture), engines, ref, INDEX) == ()


def test_a_value_is_boxed_where_it_stands_and_carries_both_votes(engines: Engines, ref: PageRef) -> None:
    rows = read_ledger(clean_page(Ledger().draw().picture), engines, ref, INDEX)
    parcel = rows[0].fields["parcel_no"]
    middle = LEFT + WIDTHS[0] + WIDTHS[1] / 2
    assert abs((parcel.box.left + parcel.box.right) / 2 - middle) < 10
    assert abs((parcel.box.top + parcel.box.bottom) / 2 - (TOP + 430)) < 12
    assert {vote.engine for vote in parcel.votes} == {"rapidocr", "tesseract"}
