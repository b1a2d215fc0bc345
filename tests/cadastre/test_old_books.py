"""Books of 1982, registers and lists: ditto marks, sums (R13), shares (R3), blocks of changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from papers_made_up import Said, page, said

from cadastre.checking.answers import check_answered
from cadastre.checking.questions import ask
from cadastre.pages.drafts import assemble
from schemas.documents import Era, Given, Kind, PageRef
from schemas.entries import Entry, LandUse, Owner, Ref, Term
from schemas.readings import PageReading, RowReading
from schemas.tables import load_tables

TABLES = load_tables()
Row = Mapping[str, Said]


def entries_of(*pages: PageReading) -> list[Entry]:
    (document,) = assemble([(Given("so.pdf", unit_code="20794", unit_date="2024-12-31"), p) for p in pages])
    return check_answered(document.drafts, {}, TABLES)


def book(kind: Kind, era: Era | None, rows: Sequence[Row], number: int = 1, **of_page: Said) -> PageReading:
    return replace(page(kind, number=number, faces=("rows",), rows=rows, **of_page), era=era)


def value(entry: Entry, name: str) -> object:
    return entry.fields[name].value


def codes(entry: Entry) -> list[str]:
    return [finding.code for finding in entry.findings]


OLD: Row = {"sheet_no": "4", "parcel_no": "125", "owners": "Trần Văn Mẫu", "area_m2": "480", "land_use": "2L"}


def old(parcel: str, **cells: Said) -> Row:
    return {name: text for name, text in {**OLD, "parcel_no": parcel, **cells}.items() if text != ""}


# --- ditto marks ----------------------------------------------------------------------------------


def test_a_ditto_mark_says_what_stands_above_and_the_value_is_inferred() -> None:
    marks = {"sheet_no": '-"-', "owners": "nt", "land_use": '"'}
    rows = entries_of(book("so_muc_ke", "299", [old("125"), old("126", **marks), old("127", **marks)]))
    for row in rows[1:]:
        assert value(row, "owners") == (Owner("Trần Văn Mẫu"),)
        assert value(row, "land_use") == (LandUse("2L", None),)
        field = row.fields["sheet_no"]
        assert (field.value, field.status, field.source, field.text, field.box) == (
            "4",
            "accepted",
            "inferred",
            None,
            None,
        )


def test_a_blank_name_of_an_old_index_is_that_of_the_row_above_and_waits() -> None:
    rows = entries_of(book("so_muc_ke", "299", [old("125"), old("126", owners="")]))
    assert value(rows[1], "owners") == (Owner("Trần Văn Mẫu"),)
    assert rows[1].fields["owners"].status == "review"


def test_a_sheet_printed_once_counts_while_the_parcels_go_on() -> None:
    rows = [old("125"), *(old(str(n), sheet_no="") for n in (126, 127, 128)), old("3", sheet_no="")]
    found = entries_of(book("so_muc_ke", "299", rows))
    assert [row.fields["sheet_no"].status for row in found[:4]] == ["accepted"] * 4
    assert found[4].fields["sheet_no"].status == "review"  # the numbers begin anew: a new sheet, most likely


def test_an_empty_note_is_not_copied() -> None:
    rows = entries_of(book("so_muc_ke", "299", [old("125", change_note="Đất 5%"), old("126")]))
    assert "change_note" not in rows[1].fields


def test_a_field_name_in_brackets_behind_the_name_is_the_toponym() -> None:
    (row,) = entries_of(book("so_muc_ke", "299", [old("125", owners="Trần Văn Mẫu (Gò Mẫu)")]))
    assert value(row, "owners") == (Owner("Trần Văn Mẫu"),)
    assert value(row, "toponym") == "Gò Mẫu"


def test_letters_of_an_old_book_stay_as_printed_also_where_no_table_has_them() -> None:
    rows = entries_of(book("so_muc_ke", "299", [old("125", land_use="T"), old("126", land_use="2LX")]))
    assert [value(row, "land_use") for row in rows] == [(LandUse("T", None),), (LandUse("2LX", None),)]


def test_sao_and_thuoc_are_square_metres() -> None:
    # domain.md 2.1: 1 sào = 499.95 m², 1 thước = 33.33 m²
    rows = entries_of(
        book(
            "so_muc_ke",
            "299",
            [old("125", area_m2="1 sào 5 thước"), old("126", area_m2="3 thước"), old("127", area_m2="1 mẫu")],
        )
    )
    assert [value(row, "area_m2") for row in rows] == [666.6, 99.99, 4999.5]


# --- sums (R13) -----------------------------------------------------------------------------------


def test_a_page_whose_sum_agrees_proves_an_area_that_one_engine_read() -> None:
    rows = [old("125", area_m2="480"), old("126", area_m2=(None, "650"))]
    found = entries_of(book("so_muc_ke", "299", rows, sum_m2="1.130"))
    assert [row.fields["area_m2"].status for row in found] == ["accepted", "accepted"]
    assert [codes(row) for row in found] == [[], []]


def test_without_a_sum_that_area_waits() -> None:
    found = entries_of(book("so_muc_ke", "299", [old("125"), old("126", area_m2=(None, "650"))]))
    assert found[1].fields["area_m2"].status == "review"


def test_one_misread_digit_that_breaks_the_sum_is_named_by_its_row() -> None:
    # 480 + 650 + 710 = 1840; the second row was read as 850 for 650, five and eight alike
    rows = [old("125", area_m2="480"), old("126", area_m2="850"), old("127", area_m2="710")]
    found = entries_of(book("so_muc_ke", "299", rows, sum_m2="1.840"))
    assert [codes(row) for row in found] == [[], ["R13"], []]
    assert found[1].fields["area_m2"].status == "review"
    assert "dòng 2 (850 m²)" in found[1].findings[0].message.vi


def test_a_sum_that_no_single_digit_explains_is_a_finding_of_the_whole_page() -> None:
    rows = [old("125", area_m2="480"), old("126", area_m2="650")]
    found = entries_of(book("so_muc_ke", "299", rows, sum_m2="2.000"))
    assert [codes(row) for row in found] == [["R13"], ["R13"]]


def test_a_carried_sum_goes_on_and_one_that_differs_from_the_last_page_is_a_finding() -> None:
    first = book("so_muc_ke", "299", [old("125", area_m2="480"), old("126", area_m2="650")], sum_m2="1.130")
    second = [old("127", area_m2="700"), old("128", area_m2="20")]
    sound = entries_of(first, book("so_muc_ke", "299", second, 2, carried_m2="1.130", sum_m2="1.850"))
    assert [codes(row) for row in sound] == [[]] * 4
    broken = entries_of(first, book("so_muc_ke", "299", second, 2, carried_m2="3.400", sum_m2="4.120"))
    assert [codes(row) for row in broken] == [[], [], ["R13"], []]
    assert "thiếu trang" in broken[2].findings[0].message.vi


# --- registers ------------------------------------------------------------------------------------

REGISTER: Row = {
    "parcel_no": "48",
    "sheet_no": "7",
    "private_m2": "210,0",
    "shared_m2": "95,5",
    "land_use": "LUC",
    "term": "Đến ngày 15/10/2063",
    "origin": "DG-KTT",
    "serial": "BI 654322",
    "register_no": "00456",
}


def register(*rows: Row, notes: Sequence[Row] = (), **of_page: Said) -> list[Entry]:
    reading = book("so_dia_chinh", "2003", rows, **of_page)
    ref = PageRef("a" * 64, 1)
    kept = tuple(RowReading(n, {k: said(v, ref) for k, v in note.items()}) for n, note in enumerate(notes, start=1))
    return entries_of(replace(reading, notes=kept))


def test_the_area_of_a_register_is_private_and_shared_use_together() -> None:
    (row,) = register(REGISTER)
    assert (value(row, "area_m2"), value(row, "private_m2"), value(row, "shared_m2")) == (305.5, 210.0, 95.5)
    assert row.fields["area_m2"].status == "accepted"


def test_nothing_shared_leaves_the_private_area() -> None:
    (row,) = register({**REGISTER, "shared_m2": "Không"})
    assert (value(row, "area_m2"), value(row, "shared_m2")) == (210.0, 0.0)


def test_an_area_of_shares_waits_where_the_engines_differ_in_one() -> None:
    (row,) = register({**REGISTER, "private_m2": ("216,0", "210,0")})
    assert row.fields["area_m2"].status == "review"


def test_the_purposes_of_a_parcel_are_one_list_and_sum_to_its_area() -> None:
    # domain.md 2.3: 5.100,5 = 360,0 ONT + 4.740,5 CLN
    uses = {"land_use": "ONT: 360,0; CLN: 4.740,5", "term": "ONT: Lâu dài; CLN: Đến ngày 15/10/2043"}
    (row,) = register({**REGISTER, "private_m2": "5.100,5", "shared_m2": "", **uses})
    assert value(row, "land_use") == (LandUse("ONT", 360.0), LandUse("CLN", 4740.5))
    assert value(row, "term") == (Term("long", code="ONT"), Term("until", "2043-10-15", code="CLN"))
    assert row.fields["land_use"].status == "accepted"


def test_a_note_of_the_block_of_changes_goes_to_the_parcel_that_it_names() -> None:
    first, second = register(
        REGISTER,
        {**REGISTER, "parcel_no": "63"},
        notes=[{"parcel_no": "63", "change_note": "Thửa đất cũ số 431, tờ bản đồ cũ số 1"}],
    )
    assert "change_note" not in first.fields
    assert value(second, "change_note") == "Thửa đất cũ số 431, tờ bản đồ cũ số 1"
    assert (value(second, "old_sheet_no"), value(second, "old_parcel_no")) == ("1", "431")


def test_the_pages_that_a_page_goes_on_from_and_to_are_named() -> None:
    (row,) = register(REGISTER, page_before="08", page_after="31")
    assert value(row, "refs") == (Ref("page", "8"), Ref("page", "31"))


def test_the_people_of_a_register_have_their_years_numbers_and_addresses() -> None:
    text = "Nguyễn Văn Mẫu Năm sinh: 1965 1.1. Số CMTND/CCCD/CMQĐ/HC: 205111222 1.2. Địa chỉ: thôn 1, xã Bình Dương"
    (row,) = register(REGISTER, owners=text)
    owner = Owner("Nguyễn Văn Mẫu", None, 1965, "cmnd", "205111222", "thôn 1, xã Bình Dương")
    assert value(row, "owners") == (owner,)


def test_a_household_of_an_old_register_lives_where_its_line_says() -> None:
    row = {**old("125"), "owners": "Lê Thị Thử Chỗ ở (thôn, đội sản xuất): Đội 3"}
    (entry,) = entries_of(book("so_dang_ky", "299", [row]))
    assert value(entry, "owners") == (Owner("Lê Thị Thử", address="Đội 3"),)


def household(name: str, *parcels: str) -> list[Row]:
    """Return the cells of a household's rows; without a name its line was not read."""
    rows = [{**old(parcel), "owners": name} for parcel in parcels]
    return rows if name else [{name: cell for name, cell in row.items() if name != "owners"} for row in rows]


def register_by_user(*lines: tuple[str, Sequence[str]]) -> PageReading:
    """Return a page with these households under each other, each name at its own height."""
    cells = [row for name, parcels in lines for row in household(name, *parcels)]
    made = book("so_dang_ky", "299", cells)
    heights = [200 * n for n, (_, parcels) in enumerate(lines) for _ in parcels]
    rows = []
    for row, (one, top) in enumerate(zip(made.rows, heights, strict=True), start=1):
        name = {"owners": said(one.fields["owners"].text, top=top)} if "owners" in one.fields else {}
        rows.append(RowReading(row, {**one.fields, **name}))
    return replace(made, rows=tuple(rows))


def asked_owners(page: PageReading) -> list[list[str]]:
    """Return for each question about owners the parcels that one answer would settle."""
    (document,) = assemble([(Given("so.pdf", unit_code="20794", unit_date="2024-12-31"), page)])
    entries = check_answered(document.drafts, {}, TABLES)
    questions = ask(entries, entries, document.drafts, {})
    return [[str(value(one, "parcel_no")) for one in q.entries] for q in questions if q.field == "owners"]


def test_of_several_households_on_a_page_one_answer_covers_the_rows_of_one() -> None:
    page = register_by_user(("Trần Văn Mẫu", ("125", "126")), ("Lê Thị Thử", ("127",)), ("Lê Văn Ví", ("128", "129")))
    assert [value(entry, "owners") for entry in entries_of(page)] == [
        (Owner("Trần Văn Mẫu"),), (Owner("Trần Văn Mẫu"),), (Owner("Lê Thị Thử"),),
        (Owner("Lê Văn Ví"),), (Owner("Lê Văn Ví"),),
    ]  # fmt: skip
    assert asked_owners(page) == [["125", "126"], ["127"], ["128", "129"]]


def test_rows_whose_household_nobody_can_tell_are_asked_about_one_by_one() -> None:
    page = register_by_user(("Trần Văn Mẫu", ("125", "126")), ("", ("127", "128")))
    rows = entries_of(page)
    assert [(value(row, "owners"), row.fields["owners"].status) for row in rows[2:]] == [(None, "unreadable")] * 2
    assert [row.status for row in rows] == ["accepted"] * 4  # a parcel is made of its numbers and its area
    assert asked_owners(page) == [["125", "126"], ["127"], ["128"]]


def test_of_a_households_name_that_is_hardly_read_the_first_household_is_not_taken() -> None:
    for mark in ("-", '"', "nt"):
        rows = entries_of(register_by_user(("Trần Văn Mẫu", ("125",)), (mark, ("126", "127"))))
        assert all(value(row, "owners") != (Owner("Trần Văn Mẫu"),) for row in rows[1:])
        assert all(row.fields["owners"].status in ("review", "unreadable") for row in rows[1:])


def test_the_marks_of_until_may_be_misread() -> None:
    (row,) = register({**REGISTER, "term": ("Đối ngày 15/10/2063", "Dn ngày 15/10/2063")})
    assert value(row, "term") == Term("until", "2063-10-15")


def test_a_name_left_blank_in_a_list_is_that_of_the_row_above() -> None:
    rows = [{"owners": "Nguyễn Văn Mẫu", "sheet_no": "3", "parcel_no": "133", "area_m2": "144"},
            {"sheet_no": "3", "parcel_no": "134", "area_m2": "256"}]  # fmt: skip
    first, second = entries_of(replace(page("quyet_dinh", faces=("list",), rows=rows, sum_m2="400"), form=None))
    assert value(second, "owners") == value(first, "owners") == (Owner("Nguyễn Văn Mẫu"),)
    assert [codes(entry) for entry in (first, second)] == [[], []]


def test_two_parcels_in_one_cell_are_left_to_a_person() -> None:
    (row,) = register({**REGISTER, "parcel_no": "13,14"})
    assert value(row, "parcel_no") is None
    assert codes(row) == ["several-parcels"]
    assert row.status == "review"


def test_named_parcels_and_sheets_are_kept_as_printed_and_00_is_no_number() -> None:
    (row,) = register({**REGISTER, "parcel_no": "Lô 49", "sheet_no": "Khoảnh 9"})
    assert (value(row, "parcel_no"), value(row, "sheet_no")) == ("Lô 49", "Khoảnh 9")
    (unknown,) = register({**REGISTER, "parcel_no": "00"})
    assert (value(unknown, "parcel_no"), unknown.fields["parcel_no"].status) == (None, "review")


def test_an_issue_number_that_one_engine_read_is_confirmed_by_the_run_of_the_book() -> None:
    cells = {"sheet_no": "3", "parcel_no": "133", "area_m2": "144,0", "issued_on": "11/03/2005"}
    numbers: tuple[Said, ...] = ("H 01252", (None, "H 01253"), "H 01254", (None, "H 01256"))
    rows = [{**cells, "parcel_no": str(133 + i), "register_no": n} for i, n in enumerate(numbers)]
    found = entries_of(book("so_cap_gcn", None, rows))
    assert [row.fields["register_no"].status for row in found] == ["accepted", "accepted", "accepted", "review"]
    assert value(found[0], "issued_on") == "2005-03-11"


def test_an_area_beside_a_shared_one_is_the_private_one() -> None:
    (row,) = register({**{k: v for k, v in REGISTER.items() if k != "private_m2"}, "area_m2": "210,0"})
    assert (value(row, "area_m2"), value(row, "private_m2"), value(row, "shared_m2")) == (305.5, 210.0, 95.5)


def test_teams_and_cooperatives_keep_the_number_in_their_name() -> None:
    rows = [old("125", owners="Đội 10"), old("126", owners="HTX Mẫu 2"), old("127", owners="Đội 3 Chỗ ở: Thôn 2")]
    found = entries_of(book("so_muc_ke", "299", rows))
    assert [value(row, "owners") for row in found] == [
        (Owner("Đội 10"),),
        (Owner("HTX Mẫu 2"),),
        (Owner("Đội 3", address="Thôn 2"),),
    ]
