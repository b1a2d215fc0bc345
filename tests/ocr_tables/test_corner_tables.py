"""Corner tables in other layouts than the office's own, with the trap of the edge that stands half a row lower."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from ruled_paper import SANS, SERIF, Paper, clean_page, font, table_edges

from ocr.engines.pair import Engines
from ocr.tables import read_corners
from schemas.documents import PageRef
from schemas.readings import CornerReading, Reading

CORNERS = (
    ("1", "1720800.25", "578000.10", "30.02"),
    ("2", "1720830.27", "578000.41", "20.11"),
    ("3", "1720842.09", "578016.68", "14.87"),
    ("4", "1720833.14", "578028.55", "33.06"),
    ("1", "1720800.25", "578000.10", None),
)
LEFT, TOP = 1200, 1900


@dataclass(frozen=True)
class Table:
    """How a corner table is drawn."""

    heads: tuple[str, ...] = ("Số hiệu điểm", "X (m)", "Y (m)", "S (m)")
    widths: tuple[int, ...] = (260, 330, 310, 210)
    pitch: int = 72
    lower: float = 0.5  # of a row: how much lower an edge stands
    upright: bool = True
    level: bool = True
    face: str = SERIF
    swapped: bool = False
    grouped: bool = False

    def draw(self, paper: Paper | None = None) -> Paper:
        paper = paper or Paper.blank(2480, 3508)
        edges = table_edges(LEFT, self.widths)
        body, bold = font(self.face, 10), font(self.face, 10)
        bottom = TOP + self.pitch * (len(CORNERS) + 1)
        paper.text((edges[0] + edges[-1]) / 2, TOP - 140, "BẢNG LIỆT KÊ TỌA ĐỘ GÓC RANH", bold)
        paper.text(
            (edges[0] + edges[-1]) / 2, TOP - 60, "Hệ tọa độ VN-2000, kinh tuyến trục 107°45', múi chiếu 3°", body
        )
        if self.upright:
            for x in edges:
                paper.rule((x, TOP), (x, bottom))
        for y in (TOP, TOP + self.pitch, bottom):
            paper.rule((edges[0], y), (edges[-1], y))
        for k, head in enumerate(self.heads):
            paper.text((edges[k] + edges[k + 1]) / 2, TOP + self.pitch / 2, head, bold)
        for n, row in enumerate(CORNERS):
            y = TOP + self.pitch * (n + 1.5)
            if self.level and n:
                paper.rule((edges[0], round(y - self.pitch / 2)), (edges[3], round(y - self.pitch / 2)))
            for k, text in enumerate(self._printed(row)):
                if text is not None:
                    down = self.lower * self.pitch if k == 3 else 0
                    paper.text((edges[k] + edges[k + 1]) / 2, y + down, text, body)
        return paper

    def _printed(self, row: Sequence[str | None]) -> tuple[str | None, ...]:
        no, x, y, edge = row
        if self.grouped and x and y:
            x, y = f"{x[:1]} {x[1:4]} {x[4:]}", f"{y[:3]} {y[3:]}"
        return (no, y, x, edge) if self.swapped else (no, x, y, edge)


def text(reading: Reading | None) -> str | None:
    return None if reading is None else reading.text.replace(" ", "")


def expect_all(rows: Sequence[CornerReading]) -> None:
    assert [(text(r.no), text(r.x), text(r.y), text(r.edge)) for r in rows] == list(CORNERS)


LAYOUTS = {
    "ruled, edges half a row lower": Table(),
    "ruled, edges on the row": Table(lower=0.0),
    "no upright rules": Table(upright=False, level=False),
    "no rules between the rows": Table(level=False),
    "a sans face": Table(face=SANS, widths=(240, 380, 360, 260), heads=("Điểm", "Tọa độ X (m)", "Y (m)", "Cạnh")),
    "narrow rows": Table(pitch=56),
    "y before x": Table(swapped=True, heads=("STT", "Y (m)", "X (m)", "S (m)"), widths=(200, 320, 340, 210)),
    "thousands apart": Table(grouped=True, widths=(220, 380, 360, 210)),
}


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS.keys())
def test_every_corner_is_read_with_the_edge_that_follows_it(layout: Table, engines: Engines, ref: PageRef) -> None:
    expect_all(read_corners(clean_page(layout.draw().picture), engines, ref, None))


def test_the_ones_that_stand_under_each_other_are_no_rule(engines: Engines, ref: PageRef) -> None:
    rows = read_corners(clean_page(Table(face=SANS, pitch=54).draw().picture), engines, ref, None)
    assert [text(row.x) for row in rows] == [corner[1] for corner in CORNERS]


def test_columns_that_say_x_over_the_small_numbers_are_read_as_printed(engines: Engines, ref: PageRef) -> None:
    page = clean_page(Table(swapped=True, widths=(200, 320, 340, 210)).draw().picture)
    rows = read_corners(page, engines, ref, None)
    assert [text(row.x) for row in rows] == [corner[2] for corner in CORNERS]
    assert [text(row.y) for row in rows] == [corner[1] for corner in CORNERS]


def test_a_plan_with_its_own_numbers_beside_the_table_is_not_taken_for_it(engines: Engines, ref: PageRef) -> None:
    paper = Paper.blank(2480, 3508)
    paper.draw.line([(300, 1900), (310, 2500), (900, 2480), (880, 1880), (300, 1900)], fill=30, width=4)
    for x, y, edge in ((240, 2200, "30,02"), (600, 2550, "20,11"), (960, 2200, "14,87"), (600, 1830, "33,06")):
        paper.text(x, y, edge, font(SERIF, 8))
    paper.text(600, 2200, "249", font(SERIF, 11))
    expect_all(read_corners(clean_page(Table().draw(paper).picture), engines, ref, None))


def test_only_the_part_of_the_page_that_is_named_is_looked_at(engines: Engines, ref: PageRef) -> None:
    page = clean_page(Table().draw().picture)
    assert read_corners(page, engines, ref, (0, 0, 2480, 1500)) == ()
    expect_all(read_corners(page, engines, ref, (1100, 1500, 2480, 3508)))


def test_a_page_of_words_has_no_corner_table(engines: Engines, ref: PageRef) -> None:
    paper = Paper.blank(2480, 3508)
    for n in range(12):
        paper.text(
            300, 400 + 70 * n, f"{n}. Thửa đất số 249, tờ bản đồ số 11, diện tích 847,9 m2", font(SERIF, 12), "lm"
        )
    assert read_corners(clean_page(paper.picture), engines, ref, None) == ()
