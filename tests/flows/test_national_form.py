"""The national collection workbook, made from papers in a database and read back as the receiving office would."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from handing_in_papers import AN, BINH, LONG, Paper, certificate, land, ledger, put, terminal

from benchmarks.check_form import faults
from flows.national.handing_in import export_form
from flows.national.workbook import write_workbook
from schemas.entries import LandUse, Owner, Ref
from schemas.errors import BadInput, Misconfigured
from store.database import Connection

# domain.md 0.1 and codes/quang_nam_units.csv: 20344 Hòa Hương is in 20350 Hương Trà since 2025-07-01,
# 20338 Phước Hòa and 20341 An Mỹ are both in 20341 Tam Kỳ.
HOA_HUONG, HUONG_TRA, PHUOC_HOA, AN_MY = "20344", "20350", "20338", "20341"
Row = dict[str, Any]


def exported(
    conn: Connection, tmp_path: Path, *, batch_id: str | None = None, identity: str | None = None
) -> tuple[list[Row], list[tuple[Any, ...]]]:
    """The data rows by column letter, and the lines of the second sheet."""
    out = tmp_path / "bieu.xlsx"
    with terminal(tmp_path) as at:
        export_form(conn, at, out, batch_id, identity)
    assert faults(out, identity=identity is not None) == []
    book = openpyxl.load_workbook(out)
    rows = [{cell.column_letter: cell.value for cell in row} for row in book["Sheet1"].iter_rows(min_row=5)]
    return rows, list(book.worksheets[1].iter_rows(min_row=2, values_only=True))


def reasons(lines: list[tuple[Any, ...]], parcel: str) -> str:
    return "\n".join(" ".join(str(cell) for cell in line[6:9]) for line in lines if line[5] == parcel)


def test_a_household_has_one_row_a_person_and_repeats_the_parcel(conn: Connection, tmp_path: Path) -> None:
    head = Owner("Lê Văn Chín", sex="nam", birth_year=1958, address="thôn Một", household=True)
    put(conn, [certificate("BA 123456", land(HOA_HUONG, "12", "125"), owners=(head, BINH))])
    (first, second), _ = exported(conn, tmp_path)
    assert (first["H"], first["N"], first["M"]) == ("Lê Văn Chín", "Chủ hộ", "Hộ gia đình")
    assert (second["H"], second["N"]) == ("Trần Thị Bình", "Thành viên hộ gia đình")
    assert (first["A"], second["A"]) == (1, 2)
    assert first["C"] == second["C"] == "BA 123456"
    assert (second["B"], second["T"], second["U"], second["Y"]) == (HUONG_TRA, "12", "125", 100)
    assert (second["Z"], second["AA"], second["AB"], second["AC"], second["AD"]) == (
        "ONT", 100, "CNQ-CTT", "riêng", "Lâu dài",
    )  # fmt: skip
    assert (second["D"], second["E"], second["AX"]) == ("20/03/2015", "CH 01234", "BA 123456-GCN.pdf")
    assert (first["J"], first["K"], second["K"]) == (1958, "Nam", "Nữ")


def test_a_parcel_without_a_certificate_gets_a_dossier_code_of_todays_commune(conn: Connection, tmp_path: Path) -> None:
    row = {**land(HOA_HUONG, "12", "7"), "owners": (AN,)}
    application = Paper("don", "don_dang_ky", [land(HOA_HUONG, "12", "7")])
    put(conn, [ledger(row, {**land(HOA_HUONG, "12", "8"), "owners": (BINH,)}), application])
    (seven, eight), _ = exported(conn, tmp_path)
    assert seven["C"] == "CHUACOGIAY_20350_12_7"
    assert seven["AX"] == "CHUACOGIAY_20350_12_7-DDK.pdf"
    assert eight["AX"] == f"{ledger().document_id}.pdf"
    assert (seven["V"], seven["W"]) == ("12", "7")
    assert seven["BG"] is None


def test_of_co_users_with_a_certificate_each_one_has_the_row_and_the_other_is_told(
    conn: Connection, tmp_path: Path
) -> None:
    parcel, shared = land(HOA_HUONG, "12", "125"), {"private_m2": 0.0, "shared_m2": 100.0}
    ans = certificate("BA 123456", parcel, owners=(AN,), **shared)
    binhs = certificate("BA 654321", parcel, owners=(BINH,), register_no="CH 05678", **shared)
    put(conn, [ans, binhs])

    (row,), lines = exported(conn, tmp_path)

    (other,) = {"BA 123456", "BA 654321"} - {row["C"]}
    told = [line for line in lines if "đồng sử dụng" in str(line[7])]
    assert [line[8] for line in told] == [other]


def test_a_serial_of_2024_with_its_eight_digits_is_told_whole(conn: Connection, tmp_path: Path) -> None:
    row = {**land(HOA_HUONG, "12", "7"), "owners": (AN,), "refs": (Ref("serial", "AA 01234567"),)}
    put(conn, [ledger(row)])
    _, lines = exported(conn, tmp_path)
    assert "AA 01234567" in reasons(lines, "7")


def test_two_certificates_on_one_parcel_are_never_merged(conn: Connection, tmp_path: Path) -> None:
    parcel = land(HOA_HUONG, "12", "125")
    put(conn, [certificate("BA 123456", parcel), certificate("BA 654321", parcel)])
    rows, lines = exported(conn, tmp_path)
    assert rows == []
    assert "hai giấy chứng nhận cho một thửa" in reasons(lines, "125")
    assert "BA 123456; BA 654321" in reasons(lines, "125")


def test_a_parcel_whose_certificate_waits_is_not_called_one_without(conn: Connection, tmp_path: Path) -> None:
    waiting = certificate("BA 123456", land(HOA_HUONG, "12", "125"))
    waiting = Paper(waiting.name, "gcn", waiting.rows, form="gcn_2009", waits=waiting.waits | {"serial"})
    undated = certificate("BA 222222", land(HOA_HUONG, "12", "126"))
    undated = Paper(undated.name, "gcn", undated.rows, form="gcn_2009", era=None)
    put(conn, [waiting, undated, ledger({**land(HOA_HUONG, "12", "126"), "owners": (AN,)})])
    rows, lines = exported(conn, tmp_path)
    assert rows == []
    for parcel in ("125", "126"):
        assert "có giấy chứng nhận của thửa này" in reasons(lines, parcel)


def test_a_certificate_of_the_same_owners_that_names_no_parcel_is_pointed_to(conn: Connection, tmp_path: Path) -> None:
    inner_page_lost = Paper("gcn", "gcn", [{"serial": "CO 776679", "owners": (BINH, AN)}], form="gcn_2009")
    row = {**land(HOA_HUONG, "12", "1"), "owners": (AN, BINH)}
    put(conn, [inner_page_lost, ledger(row, {**land(HOA_HUONG, "12", "2"), "owners": (AN,)})])
    rows, lines = exported(conn, tmp_path)
    assert [row["U"] for row in rows] == ["1", "1", "2"]
    assert "CO 776679-GCN.pdf" in reasons(lines, "1")
    assert "CO 776679-GCN.pdf" not in reasons(lines, "2")


def test_numbers_that_two_merged_communes_share_get_no_code(conn: Connection, tmp_path: Path) -> None:
    papers = [ledger({**land(unit, "3", "125"), "owners": (AN,)}, name=f"muc ke {unit}") for unit in (PHUOC_HOA, AN_MY)]
    put(conn, papers)
    rows, lines = exported(conn, tmp_path)
    assert rows == []
    assert reasons(lines, "125").count("đối chiếu trước") == 2


def test_of_one_numbering_in_two_series_the_newest_has_the_code(conn: Connection, tmp_path: Path) -> None:
    put(conn, [ledger({**land(AN_MY, "3", "9"), "owners": (AN,)}, era=era) for era in ("2003", "2013")])
    (row,), lines = exported(conn, tmp_path)
    assert (row["C"], row["V"]) == ("CHUACOGIAY_20341_3_9", "3")
    assert "đối chiếu trước" in reasons(lines, "9")


def test_of_two_certificates_in_two_series_the_newer_has_the_row(conn: Connection, tmp_path: Path) -> None:
    parcel = land(HOA_HUONG, "12", "125")
    old = Paper("cũ", "gcn", certificate("AB 123456", parcel).rows, era="2003", form="gcn_2003")
    put(conn, [old, certificate("BA 654321", parcel)])
    (row,), lines = exported(conn, tmp_path)
    assert row["C"] == "BA 654321"
    assert [line[3] for line in lines if "giấy chứng nhận mới hơn" in str(line[7])] == ["AB 123456"]


def _of_2024(owner: Owner) -> Paper:
    """A certificate of 2024, which prints neither the owners' address nor the origin and the form of use."""
    said = certificate("AA 12345678", land(HOA_HUONG, "12", "125"), owners=(owner,)).rows[0]
    left_out = ("origin", "private_m2", "shared_m2")
    fields = {name: value for name, value in said.items() if name not in left_out}
    return Paper("mới", "gcn", [fields], era="2024", form="gcn_2024")


def test_what_a_certificate_of_2024_leaves_out_the_owners_older_paper_says(conn: Connection, tmp_path: Path) -> None:
    put(conn, [_of_2024(Owner("Nguyễn Văn An", sex="nam")), certificate("BA 123456", land(HOA_HUONG, "12", "125"))])
    (row,), lines = exported(conn, tmp_path)
    assert (row["C"], row["L"], row["AB"], row["AC"]) == ("AA 12345678", "thôn Một, xã Mẫu", "CNQ-CTT", "riêng")
    assert [line[6] for line in lines if "bản đồ thời kỳ khác, cùng xã" in str(line[7])] == [
        "Mục 9, Mục 11, Mục 27, Mục 28"
    ]


def test_what_an_older_paper_says_of_other_owners_is_not_taken(conn: Connection, tmp_path: Path) -> None:
    put(conn, [_of_2024(Owner("Trần Thị Bình", sex="nu")), certificate("BA 123456", land(HOA_HUONG, "12", "125"))])
    (row,), lines = exported(conn, tmp_path)
    assert (row["H"], row["L"], row["AB"], row["AC"]) == ("Trần Thị Bình", None, None, None)
    assert "Mục 11, Mục 27, Mục 28" in reasons(lines, "125")


def test_a_fourth_land_use_goes_to_the_second_sheet(conn: Connection, tmp_path: Path) -> None:
    uses = tuple(LandUse(code, 25.0) for code in ("ONT", "CLN", "HNK", "NTS"))
    put(conn, [certificate("BA 123456", land(HOA_HUONG, "12", "125", uses=uses))])
    (row,), lines = exported(conn, tmp_path)
    assert (row["Z"], row["AE"], row["AJ"]) == ("ONT", "CLN", "HNK")
    assert "NTS: 25 m²" in reasons(lines, "125")


def test_a_row_that_would_be_sent_back_is_held_with_the_item_that_lacks(conn: Connection, tmp_path: Path) -> None:
    unknown = (LandUse("ONT", None), LandUse("CLN", None))
    put(conn, [ledger({**land(HOA_HUONG, "12", "1", uses=unknown), "owners": (AN,)}, land(HOA_HUONG, "12", "2"))])
    rows, lines = exported(conn, tmp_path)
    assert rows == []
    assert "Mục 26" in reasons(lines, "1")
    assert "Mục 7" in reasons(lines, "2")


def test_what_one_paper_leaves_out_another_of_the_parcel_may_say(conn: Connection, tmp_path: Path) -> None:
    uses = (LandUse("ONT", 60.0), LandUse("CLN", 40.0))
    bare = (LandUse("ONT", None), LandUse("CLN", None))
    survey = Paper("trich do", "trich_do", [{**land(HOA_HUONG, "12", "1", uses=uses), "owners": (AN,)}])
    put(conn, [ledger({**land(HOA_HUONG, "12", "1", uses=bare), "owners": (Owner("NGUYỄN VĂN AN"),)}), survey])
    (row,), _ = exported(conn, tmp_path)
    assert (row["AA"], row["AF"]) == (60, 40)
    assert (row["J"], row["L"]) == (1960, "thôn Một, xã Mẫu")
    assert row["AX"] == f"{survey.document_id}.pdf"


def test_names_that_wait_stand_with_a_remark_and_numbers_that_wait_do_not(conn: Connection, tmp_path: Path) -> None:
    paper = certificate("BA 123456", land(HOA_HUONG, "12", "125"))
    put(conn, [Paper(paper.name, "gcn", paper.rows, form="gcn_2009", waits=paper.waits | {"term", "register_no"})])
    (row,), lines = exported(conn, tmp_path)
    assert (row["H"], row["AD"], row["E"]) == ("Nguyễn Văn An", None, None)
    assert "Mục 7, Mục 23 đã ghi nhưng chưa có người xác nhận" in reasons(lines, "125")
    assert "Mục 29 ô cần có còn trống" in reasons(lines, "125")


def test_measured_and_legal_area_are_both_told(conn: Connection, tmp_path: Path) -> None:
    put(
        conn,
        [
            certificate("BA 123456", land(HOA_HUONG, "12", "125", area_m2=100.0)),
            ledger(land(HOA_HUONG, "12", "125", area_m2=104.5)),
        ],
    )
    (row,), lines = exported(conn, tmp_path)
    assert row["Y"] == 100
    assert "104,5" in reasons(lines, "125")


def test_identity_numbers_need_a_reason_and_leave_a_line_in_the_log(conn: Connection, tmp_path: Path) -> None:
    owner = Owner("Nguyễn Văn An", "nam", 1960, "cmnd", "205123456", "thôn Một, CMND 205 123 456")
    put(conn, [certificate("BA 123456", land(HOA_HUONG, "12", "125"), owners=(owner,))])
    (hidden,), _ = exported(conn, tmp_path)
    assert (hidden["I"], hidden["AZ"], hidden["BA"]) == (None, None, None)
    assert hidden["L"] == "thôn Một, CMND ••• ••• •••"
    (shown,), _ = exported(conn, tmp_path, identity="giao nộp huyện")
    assert (shown["I"], shown["AZ"], shown["BA"], shown["BB"]) == ("205123456", "205123456", "CMND", "Chưa xác thực")
    logged = conn.execute("select detail ->> 'reason' from audit.log where action = 'read-identity' order by seq")
    assert [row[0] for row in logged] == ["export without identity numbers", "giao nộp huyện"]


def test_text_that_looks_like_a_formula_stays_text(conn: Connection, tmp_path: Path) -> None:
    name = '=HYPERLINK("http://x","y")'
    put(conn, [certificate("BA 123456", land(HOA_HUONG, "12", "125"), owners=(Owner(name),), address="@SUM(A1)")])
    (row,), _ = exported(conn, tmp_path)
    assert (row["H"], row["X"]) == (name, "@SUM(A1)")


def test_an_organisation_stands_in_its_own_columns(conn: Connection, tmp_path: Path) -> None:
    company = Owner("Công ty TNHH Mẫu", id_kind="dkkd", id_no="4000123456", address="khối phố 4")
    put(conn, [certificate("BA 123456", land(HOA_HUONG, "12", "125"), owners=(company,))])
    (row,), _ = exported(conn, tmp_path, identity="giao nộp")
    assert (row["F"], row["G"], row["H"], row["M"]) == ("Công ty TNHH Mẫu", "4000123456", None, "Tổ chức")


def test_a_couple_is_told_by_the_words_of_the_paper(conn: Connection, tmp_path: Path) -> None:
    paper = certificate("BA 123456", land(HOA_HUONG, "12", "125"), owners=(AN, BINH))
    put(conn, [Paper(paper.name, "gcn", paper.rows, form="gcn_2009", texts={"owners": "Ông: … và vợ là bà: …"})])
    rows, _ = exported(conn, tmp_path)
    assert [(row["M"], row["N"]) for row in rows] == [("Vợ chồng", "Chồng"), ("Vợ chồng", "Vợ")]


def test_one_of_several_parcels_on_a_certificate_says_so(conn: Connection, tmp_path: Path) -> None:
    put(conn, [certificate("BA 123456", land(HOA_HUONG, "12", "1"), land(HOA_HUONG, "12", "2"))])
    rows, _ = exported(conn, tmp_path)
    assert [(row["U"], row["AY"]) for row in rows] == [("1", "1-C"), ("2", "1-C")]


def test_a_certificate_that_a_book_names_and_nobody_holds_is_told(conn: Connection, tmp_path: Path) -> None:
    row = {**land(HOA_HUONG, "12", "1"), "owners": (AN,), "refs": (Ref("serial", "BX 000111"),)}
    put(conn, [ledger(row)])
    _, lines = exported(conn, tmp_path)
    assert "BX 000111" in reasons(lines, "1")


def test_a_certificate_that_a_register_tells_and_nobody_holds_is_held_back(conn: Connection, tmp_path: Path) -> None:
    register = Paper(
        "so dia chinh", "so_dia_chinh", [{**land(HOA_HUONG, "12", "1"), "owners": (AN,), "serial": "BX 000111"}]
    )
    put(conn, [register])
    rows, lines = exported(conn, tmp_path)
    assert rows == []
    assert "BX 000111" in reasons(lines, "1")


def test_an_entry_that_is_no_parcel_yet_is_listed_with_what_waits(conn: Connection, tmp_path: Path) -> None:
    paper = certificate("BA 123456", land(HOA_HUONG, "12", "125"))
    put(conn, [Paper(paper.name, "gcn", paper.rows, form="gcn_2009", waits=paper.waits | {"sheet_no"})])
    rows, lines = exported(conn, tmp_path)
    assert rows == []
    assert "Mục 19 chưa thành thửa đất" in reasons(lines, "125")


def test_the_second_batch_has_its_own_rows_and_the_same_names(conn: Connection, tmp_path: Path) -> None:
    put(conn, [certificate("BA 123456", land(HOA_HUONG, "12", "1"))])
    second = put(conn, [certificate("BA 222222", land(HOA_HUONG, "12", "2"))], folder="/scans/hai")
    rows, _ = exported(conn, tmp_path, batch_id=second)
    assert [row["AX"] for row in rows] == ["BA 222222-GCN.pdf"]


def test_the_same_parcels_make_the_same_bytes(conn: Connection, tmp_path: Path) -> None:
    put(conn, [certificate("BA 123456", land(HOA_HUONG, "12", "125"), term=LONG)])
    exported(conn, tmp_path)
    before = (tmp_path / "bieu.xlsx").read_bytes()
    exported(conn, tmp_path)
    assert (tmp_path / "bieu.xlsx").read_bytes() == before


def test_an_office_sets_its_own_codes_and_learns_which_are_wrong(conn: Connection, tmp_path: Path) -> None:
    ours = Path(__file__).parents[2] / "schemas" / "codes" / "national_form.toml"
    text = ours.read_text("utf-8")
    own = tmp_path / "national_form.toml"
    own.write_text(text.replace('long = "Lâu dài"', 'long = "Ổn định lâu dài"'), "utf-8")
    put(conn, [certificate("BA 123456", land(HOA_HUONG, "12", "125"))])
    (row,), _ = exported(conn, tmp_path)
    assert row["AD"] == "Ổn định lâu dài"
    own.write_text(text.replace("[sex]", "[gender]"), "utf-8")
    with pytest.raises(Misconfigured, match="sex"):
        exported(conn, tmp_path)
    own.write_text(text.replace('nu = "Nữ"\n', ""), "utf-8")
    with pytest.raises(Misconfigured, match=r"\[sex\]: nu"):
        exported(conn, tmp_path)
    own.write_text(text.replace('gcn = "GCN"', 'gcn = "../GCN"'), "utf-8")
    with pytest.raises(Misconfigured, match=r"scans\.gcn"):
        exported(conn, tmp_path)


def test_another_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"\.xlsx"):
        write_workbook(tmp_path / "bieu.csv", [], "vi")


def test_no_parcel_at_all_is_a_workbook_with_heads(conn: Connection, tmp_path: Path) -> None:
    rows, lines = exported(conn, tmp_path)
    assert (rows, lines) == ([], [])
