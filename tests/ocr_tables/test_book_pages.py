"""Pages of registers and old ledgers drawn here, their columns in orders and wordings that no office of ours prints."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
from rapidfuzz.fuzz import ratio
from ruled_paper import SERIF, Paper, clean_page, font, table_edges

from ocr.engines.pair import Engines
from ocr.forms import ColumnForm, FaceForm, face_of
from ocr.ledger import Table, read_tables
from schemas.documents import PageRef
from schemas.readings import Reading

REGISTER = face_of("so_dia_chinh", "rows", era="2003")
INDEX_2003 = face_of("so_muc_ke", "rows", era="2003")
OLD_INDEX = face_of("so_muc_ke", "rows", era="299")
HOUSEHOLDS = face_of("so_dang_ky", "rows", era="299")
LIST = face_of("quyet_dinh", "list")

Cells = Sequence[str]


def draw_table(
    paper: Paper,
    top: int,
    widths: Sequence[int],
    heads: Sequence[Cells],
    rows: Sequence[Cells],
    over: Mapping[int, str] | None = None,
    wide: int = 2,
) -> int:
    """Draw a ruled table and return where it ends; `over` has the first of the `wide` columns under one more head."""
    edges = table_edges(240, widths)
    bold, body = font(SERIF, 10), font(SERIF, 11)
    head, middle = top + 210, top + 90
    bottom = head + 110 * len(rows) + 20
    inner = {k + n for k in over or {} for n in range(1, wide)}
    for k, x in enumerate(edges):
        paper.rule((x, middle if k in inner else top), (x, bottom))
    for y in (top, head, bottom):
        paper.rule((edges[0], y), (edges[-1], y))
    for k, text in (over or {}).items():
        paper.rule((edges[k], middle), (edges[k + wide], middle))
        paper.text((edges[k] + edges[k + wide]) / 2, (top + middle) / 2, text, bold)
    below = {k + n for k in over or {} for n in range(wide)}
    for k, lines in enumerate(heads):
        base = (middle if k in below else top) + ((head - middle) if k in below else (head - top)) / 2
        for n, line in enumerate(lines):
            paper.text((edges[k] + edges[k + 1]) / 2, base + (n - (len(lines) - 1) / 2) * 48, line, bold)
    for n, row in enumerate(rows):
        for k, text in enumerate(row):
            if text:
                paper.text((edges[k] + edges[k + 1]) / 2, head + 65 + 110 * n, text, body)
    return bottom


def texts(rows: Sequence[Mapping[str, Reading]], name: str) -> list[str | None]:
    return [row[name].text if name in row else None for row in rows]


def read(paper: Paper, face: FaceForm, engines: Engines, ref: PageRef) -> tuple[Table, ...]:
    return read_tables(clean_page(paper.picture), engines, ref, face)


def test_an_old_index_is_read_with_its_columns_in_another_order_and_its_sums_apart(
    engines: Engines, ref: PageRef
) -> None:
    paper = Paper.blank(4961, 2600)
    heads = (("Số thửa",), ("Số tờ", "bản đồ"), ("Diện tích", "(m2)"), ("Tên chủ sử dụng",), ("Loại", "ruộng đất"))
    rows = (
        ("", "", "3.120", "Mang sang", ""),
        ("125", "4", "1.250", "Trần Văn Mẫu", "2L"),
        ("126a", "4", "480", "Lê Thị Thử", "T"),
        ("", "", "4.850", "Cộng", ""),
    )
    draw_table(paper, 400, (500, 500, 700, 1600, 700), heads, rows)
    (table,) = read(paper, OLD_INDEX, engines, ref)
    assert texts(table.rows, "parcel_no") == ["125", "126a"]
    assert texts(table.rows, "sheet_no") == ["4", "4"]
    assert texts(table.rows, "area_m2") == ["1.250", "480"]
    assert texts(table.rows, "land_use") == ["2L", "T"]
    assert [
        ratio(str(text), name) > 85
        for text, name in zip(texts(table.rows, "owners"), ("Trần Văn Mẫu", "Lê Thị Thử"), strict=True)
    ] == [True, True]
    assert {name: [r.text for r in found] for name, found in table.sums.items()} == {
        "carried_m2": ["3.120"],
        "sum_m2": ["4.850"],
    }


REGISTER_HEADS = (
    ("Ngày tháng năm", "vào sổ"),
    ("Số thứ tự", "thửa đất"),
    ("Số thứ tự", "tờ bản đồ"),
    ("Riêng",),
    ("Chung",),
    ("Mục đích", "sử dụng"),
    ("Thời hạn sử dụng",),
    ("Nguồn gốc", "sử dụng"),
    ("Số phát hành", "GCN QSDĐ"),
    ("Số vào sổ cấp", "GCN QSDĐ"),
)
REGISTER_WIDTHS = (420, 330, 330, 420, 380, 360, 720, 480, 520, 520)


@pytest.fixture(scope="module")
def register(engines: Engines) -> tuple[Table, ...]:
    paper = Paper.blank(4961, 2900)
    rows = (
        ("30/5/2012", "48", "7", "5.100,5", "", "", "", "CNQ-CTT", "BI 654321", "00456"),
        ("", "", "", "360,0", "", "ONT", "Lâu dài", "", "", ""),
        ("", "", "", "4.740,5", "", "CLN", "Đến ngày 15/10/2043", "", "", ""),
        ("2/6/2012", "63", "7", "210,0", "95,5", "LUC", "Đến ngày 15/10/2063", "DG-KTT", "BI 654322", "00457"),
    )
    end = draw_table(paper, 400, REGISTER_WIDTHS, REGISTER_HEADS, rows, {3: "Diện tích sử dụng (m2)"})
    paper.text(240, end + 60, "III - NHỮNG THAY ĐỔI TRONG QUÁ TRÌNH SỬ DỤNG ĐẤT", font(SERIF, 11), anchor="lm")
    heads = (("Số thứ tự", "thửa đất"), ("Ngày tháng năm",), ("Nội dung ghi chú hoặc biến động và căn cứ pháp lý",))
    notes = (("63", "12/3/2014", "Thế chấp tại Ngân hàng Mẫu"), ("", "", ""))
    draw_table(paper, end + 120, (420, 600, 3460), heads, notes)
    return read(paper, REGISTER, engines, PageRef("0" * 64, 1))


def test_the_rows_of_purposes_under_a_parcel_are_part_of_it(register: tuple[Table, ...]) -> None:
    parcels = register[0]
    assert texts(parcels.rows, "parcel_no") == ["48", "63"]
    assert texts(parcels.rows, "private_m2") == ["5.100,5", "210,0"]
    assert texts(parcels.rows, "land_use") == ["ONT: 360,0; CLN: 4.740,5", "LUC"]
    assert str(texts(parcels.rows, "term")[0]).startswith("ONT: L")


def test_in_a_register_the_parcel_stands_before_the_sheet_and_the_day_of_entry_is_not_kept(
    register: tuple[Table, ...],
) -> None:
    parcels = register[0]
    assert texts(parcels.rows, "sheet_no") == ["7", "7"]
    assert texts(parcels.rows, "shared_m2") == [None, "95,5"]
    assert texts(parcels.rows, "register_no") == ["00456", "00457"]
    assert texts(parcels.rows, "issued_on") == [None, None]


def test_the_block_of_changes_is_a_table_of_its_own(register: tuple[Table, ...]) -> None:
    assert [table.notes for table in register] == [False, True]
    assert texts(register[1].rows, "parcel_no") == ["63"]
    assert ratio(str(texts(register[1].rows, "change_note")[0]), "Thế chấp tại Ngân hàng Mẫu") > 90


def test_each_household_of_an_old_register_has_a_table_of_its_own(engines: Engines, ref: PageRef) -> None:
    paper = Paper.blank(4961, 2600)
    heads = (
        ("Tờ bản", "đồ số"),
        ("Số thửa",),
        ("Xứ đồng",),
        ("Diện tích (m2)",),
        ("Loại đất",),
        ("Biến động, ghi chú",),
    )
    widths = (420, 420, 900, 800, 500, 1440)
    end = draw_table(
        paper, 400, widths, heads, (("2", "11", "Gò Mẫu", "850", "M", ""), ("2", "12", "Gò Mẫu", "640", "T", ""))
    )
    paper.text(240, end + 70, "Số thứ tự: 02   Họ và tên chủ sử dụng: Lê Thị Thử", font(SERIF, 11), anchor="lm")
    draw_table(paper, end + 130, widths, heads, (("3", "45", "Đồng Thử", "1.020", "V", ""),))
    first, second = read(paper, HOUSEHOLDS, engines, ref)
    assert texts(first.rows, "parcel_no") == ["11", "12"]
    assert texts(second.rows, "parcel_no") == ["45"]
    assert texts(second.rows, "area_m2") == ["1.020"]
    assert first.area[3] < second.area[1]


def test_the_list_of_a_decision_is_read_and_its_total_is_no_row(engines: Engines, ref: PageRef) -> None:
    paper = Paper.blank(3508, 2400)
    heads = (("STT",), ("Họ và tên",), ("Tờ số",), ("Thửa số",), ("Diện tích", "(m²)"), ("Ghi chú",))
    rows = (
        ("1", "Nguyễn Văn Mẫu", "3", "133", "144", ""),
        ("2", "Phạm Thị Ví Dụ", "3", "134", "256", ""),
        ("", "Tổng cộng", "", "", "400", ""),
    )
    draw_table(paper, 400, (250, 1100, 350, 350, 480, 480), heads, rows)
    (table,) = read(paper, LIST, engines, ref)
    assert texts(table.rows, "parcel_no") == ["133", "134"]
    assert texts(table.rows, "area_m2") == ["144", "256"]
    assert [r.text for r in table.sums["sum_m2"]] == ["400"]


def test_an_owner_whose_name_is_like_a_sum_is_an_owner(engines: Engines, ref: PageRef) -> None:
    paper = Paper.blank(3508, 2400)
    heads = (("STT",), ("Họ và tên",), ("Tờ số",), ("Thửa số",), ("Diện tích", "(m²)"), ("Ghi chú",))
    rows = (("1", "Tạ Công Hùng", "3", "133", "144", ""), ("2", "Phạm Thị Ví Dụ", "3", "134", "256", ""))
    draw_table(paper, 400, (250, 1100, 350, 350, 480, 480), heads, rows)
    (table,) = read(paper, LIST, engines, ref)
    assert texts(table.rows, "parcel_no") == ["133", "134"]
    assert not table.sums


def test_an_office_adds_a_book_by_naming_its_columns(engines: Engines, ref: PageRef) -> None:
    face = FaceForm(
        name="rows",
        need=1.0,
        evidence=(),
        layout=("ledger",),
        columns=(
            ColumnForm(name="parcel_no", heads=("mã số lô",), content="number"),
            ColumnForm(name="area_m2", heads=("bề rộng toàn lô",), content="number"),
            ColumnForm(name="sheet_no", heads=("bản vẽ",), content="number"),
        ),
    )
    paper = Paper.blank(3508, 1800)
    rows = (("8", "1.500,5", "21"), ("8", "320,0", "22"))
    draw_table(paper, 400, (900, 1100, 900), (("Bản vẽ",), ("Bề rộng toàn lô",), ("Mã số lô",)), rows)
    (table,) = read(paper, face, engines, ref)
    assert texts(table.rows, "parcel_no") == ["21", "22"]
    assert texts(table.rows, "sheet_no") == ["8", "8"]
    assert texts(table.rows, "area_m2") == ["1.500,5", "320,0"]


def test_the_purpose_of_the_certificate_is_kept_among_those_of_an_index_of_2003(engines: Engines, ref: PageRef) -> None:
    paper = Paper.blank(4961, 2200)
    heads = (
        ("Số thứ tự", "thửa"),
        ("Tên người sử dụng, quản lý",),
        ("Loại", "đối tượng"),
        ("Diện tích", "(m2)"),
        ("GCN",),
        ("Quy hoạch",),
        ("Kiểm kê",),
        ("Chi tiết",),
        ("Ghi chú",),
    )
    rows = (
        ("12", "Nguyễn Văn Mẫu", "GDC", "210,5", "ONT", "ODT", "CLN", "", ""),
        ("13", "Phạm Thị Ví Dụ", "GDC", "1.340,0", "LUC", "", "LUC", "", ""),
    )
    widths = (330, 1200, 380, 480, 380, 430, 380, 380, 520)
    draw_table(paper, 400, widths, heads, rows, {4: "Mục đích sử dụng"}, wide=4)
    (table,) = read(paper, INDEX_2003, engines, ref)
    assert texts(table.rows, "parcel_no") == ["12", "13"]
    assert texts(table.rows, "area_m2") == ["210,5", "1.340,0"]
    assert texts(table.rows, "land_use") == ["ONT", "LUC"]
