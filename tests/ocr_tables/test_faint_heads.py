"""Heads of columns between which the rules are too faint to be seen beside the heads."""

from __future__ import annotations

from ruled_paper import SERIF, Paper, clean_page, font, table_edges

from ocr.engines.pair import Engines
from ocr.forms import face_of
from ocr.tables import read_ledger
from schemas.documents import PageRef

#: domain.md 2.1, columns of the parcel index of 1982 in another order.
HEADS = ("Tên chủ sử dụng", "Số tờ bản đồ", "Số thửa", "Diện tích (m2)", "Loại ruộng đất", "Ghi chú")
WIDTHS = (1200, 480, 480, 640, 640, 900)
ROWS = (
    ("Trần Văn Mẫu", "1", "276", "865", "T"),
    ("Lê Thị Thử", "1", "277", "733", "V"),
    ("Võ Ví Dụ", "1", "278", "918", "M"),
)
LEFT, TOP, HEAD, BOTTOM = 200, 300, 470, 2600


def test_each_column_keeps_its_head_where_the_rules_begin_below_them(engines: Engines, ref: PageRef) -> None:
    paper = Paper.blank(4961, 3508)
    edges = table_edges(LEFT, WIDTHS)
    for k, x in enumerate(edges):
        paper.rule((x, HEAD if k in (3, 4) else TOP), (x, BOTTOM))
    for y in (TOP, HEAD, BOTTOM):
        paper.rule((edges[0], y), (edges[-1], y))
    for k, head in enumerate(HEADS):
        paper.text((edges[k] + edges[k + 1]) / 2, (TOP + HEAD) / 2, head, font(SERIF, 10))
    for n, row in enumerate(ROWS):
        for k, text in enumerate(row):
            paper.text((edges[k] + edges[k + 1]) / 2, HEAD + 100 + 110 * n, text, font(SERIF, 11))
    rows = read_ledger(clean_page(paper.picture), engines, ref, face_of("so_muc_ke", "rows", era="299"))
    assert [(row.fields["parcel_no"].text, row.fields["area_m2"].text) for row in rows] == [
        ("276", "865"),
        ("277", "733"),
        ("278", "918"),
    ]
