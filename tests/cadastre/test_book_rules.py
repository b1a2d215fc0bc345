"""A parcel index checked row against row (R14)."""

from __future__ import annotations

from papers_made_up import Said, page

from cadastre.checking.rules import check, check_document
from cadastre.pages.drafts import assemble
from schemas.documents import Given
from schemas.entries import Entry
from schemas.tables import load_tables

TABLES = load_tables()
COVER = {"unit_name": "XÃ BÌNH DƯƠNG", "district_name": "HUYỆN THĂNG BÌNH", "province_name": "TỈNH QUẢNG NAM"}


def book(*changes: dict[str, Said] | None) -> list[Entry]:
    """Return the entries of a sound book of as many rows, with these cells put differently; None leaves a cell out."""
    rows: list[dict[str, Said]] = []
    for i, change in enumerate(changes):
        sound: dict[str, Said] = {
            "sheet_no": "12",
            "parcel_no": str(100 + i),
            "area_m2": f"{210 + i},5",
            "land_use": "ONT",
        }
        row = {**sound, **(change or {})}
        rows.append({name: text for name, text in row.items() if text != ""})
    pages = [
        page("so_muc_ke", faces=("cover",), title=True, **COVER),
        page("so_muc_ke", number=2, faces=("rows",), rows=rows),
    ]
    (document,) = assemble([(Given("so.pdf"), p) for p in pages])
    return check_document([check(draft, TABLES) for draft in document.drafts])


def said_of(entry: Entry, name: str) -> tuple[object, str]:
    return entry.fields[name].value, entry.fields[name].status


def test_a_sound_book_is_taken_whole() -> None:
    entries = book(*[None] * 5)
    assert {entry.status for entry in entries} == {"accepted"}
    assert all(entry.fields["unit_code"].value == "20794" for entry in entries)
    assert all(entry.era == "2013" for entry in entries)


def test_rows_above_and_below_confirm_a_number_that_one_engine_read() -> None:
    entries = book(None, None, {"parcel_no": (None, "102"), "sheet_no": (None, "12")}, None, None)
    assert said_of(entries[2], "parcel_no") == ("102", "accepted")
    assert said_of(entries[2], "sheet_no") == ("12", "accepted")


def test_several_waiting_rows_between_two_accepted_ones_are_confirmed_together() -> None:
    entries = book(None, {"parcel_no": ("1O1", "101")}, {"parcel_no": ("7", "102")}, None)
    assert [said_of(entry, "parcel_no") for entry in entries[1:3]] == [("101", "accepted"), ("102", "accepted")]


def test_a_waiting_number_at_the_end_of_the_run_has_nobody_to_confirm_it() -> None:
    entries = book(None, None, {"parcel_no": (None, "102")})
    assert said_of(entries[2], "parcel_no") == ("102", "review")


def test_a_number_out_of_order_was_misread_and_waits() -> None:
    entries = book(None, None, {"parcel_no": "702"}, None, None)
    assert said_of(entries[2], "parcel_no") == ("702", "review")
    assert [f.code for f in entries[2].findings] == ["R14"]
    assert entries[2].status == "review"


def test_a_sheet_number_between_two_that_are_equal_was_misread_and_waits() -> None:
    entries = book(None, None, {"sheet_no": "1"}, None, None)
    assert said_of(entries[2], "sheet_no") == ("1", "review")
    assert [entry.status for entry in entries].count("accepted") == 4


def test_a_new_sheet_begins_its_parcels_anew() -> None:
    rest = [{"sheet_no": "13", "parcel_no": str(n)} for n in (1, 2, 3)]
    assert {entry.status for entry in book(None, None, None, *rest)} == {"accepted"}


def test_one_engine_that_reads_the_same_in_both_area_columns_confirms_nothing() -> None:
    one = book({"area_m2": (None, "817,5"), "legal_area_m2": (None, "817,5"), "legal_land_use": "ONT"}, None)
    assert one[0].fields["area_m2"].status == "review"
    two = book({"area_m2": (None, "217,5"), "legal_area_m2": ("217,5", None), "legal_land_use": "ONT"}, None)
    assert two[0].fields["area_m2"].status == "accepted"


def test_a_parcel_that_stands_twice_waits_in_both_rows() -> None:
    entries = book(None, None, {"parcel_no": "101"}, None)
    assert [entry.status for entry in entries] == ["accepted", "review", "review", "accepted"]


def test_a_hole_in_the_sequence_is_told_and_the_rows_stand() -> None:
    entries = book(None, None, None, {"parcel_no": "105"}, {"parcel_no": "106"}, {"parcel_no": "107"})
    assert [f.code for f in entries[3].findings] == ["R14"]
    assert "103–104" in entries[3].findings[0].message.vi
    assert {entry.status for entry in entries} == {"accepted"}


def test_a_ditto_mark_means_the_sheet_of_the_row_above() -> None:
    entries = book(None, {"sheet_no": '"'}, {"sheet_no": "nt"}, None)
    assert [said_of(entry, "sheet_no") for entry in entries] == [("12", "accepted")] * 4
    assert entries[1].fields["sheet_no"].source == "inferred"


def test_an_empty_sheet_cell_between_two_of_one_sheet_is_of_that_sheet() -> None:
    entries = book(None, {"sheet_no": ""}, None)
    assert said_of(entries[1], "sheet_no") == ("12", "accepted")
    assert entries[1].status == "accepted"


def test_a_number_that_waits_does_not_part_the_rows_below_it_from_the_sheet_printed_above() -> None:
    # the sheet is printed once, the parcels go on: 100, 101, 1?, 103, 104
    blank: dict[str, Said] = {"sheet_no": ""}
    entries = book(None, blank, {**blank, "parcel_no": ("7", "102")}, blank, blank)
    assert [said_of(entry, "sheet_no") for entry in entries] == [("12", "accepted")] * 5


def test_a_number_far_from_the_last_sure_one_may_be_of_a_sheet_that_was_not_read() -> None:
    blank: dict[str, Said] = {"sheet_no": ""}
    entries = book(None, blank, blank, {**blank, "parcel_no": ("7", "161")}, {**blank, "parcel_no": "162"})
    assert [said_of(entry, "sheet_no") for entry in entries[:3]] == [("12", "accepted")] * 3
    assert said_of(entries[4], "sheet_no") == ("12", "review")


def test_whole_numbers_around_tell_that_a_dot_groups_thousands() -> None:
    # the books of 1982 have whole square metres (domain.md 2.1)
    entries = book(*[{"area_m2": text} for text in ("865", "1.178", "733", "918", "696", "819")])
    assert said_of(entries[1], "area_m2") == (1178.0, "accepted")
    few = book(*[{"area_m2": text} for text in ("865", "1.178", "733")])
    assert said_of(few[1], "area_m2") == (1178.0, "review")


def test_neighbours_tell_what_2_500_means() -> None:
    entries = book(*[{"area_m2": text} for text in ("1.200", "2.500", "1.234.567", "800", "950")])
    assert said_of(entries[1], "area_m2") == (2500.0, "accepted")


def test_an_area_without_the_decimals_that_all_others_have_waits() -> None:
    entries = book(None, None, {"area_m2": "2125"}, None, None, None)
    assert said_of(entries[2], "area_m2") == (2125.0, "review")
    assert "decimals-missing" in {f.code for f in entries[2].findings}


def test_a_column_that_lost_all_its_decimals_waits_where_the_other_column_has_some() -> None:
    legal = {"legal_land_use": "ONT"}
    rows = [{"area_m2": f"{669 + i}"} for i in range(6)]
    rows[1] |= {"legal_area_m2": "670,4", **legal}
    rows[4] |= {"legal_area_m2": "673,0", **legal}
    assert [said_of(entry, "area_m2")[1] for entry in book(*rows)] == ["review"] * 6


def test_an_area_whose_decimal_mark_one_engine_lost_is_taken_where_the_book_has_decimals() -> None:
    entries = book(None, None, {"area_m2": ("2125", "212,5")}, None, None, None)
    assert said_of(entries[2], "area_m2") == (212.5, "accepted")
    assert entries[2].fields["area_m2"].text == "212,5"
    the_other_engine = book(None, None, {"area_m2": ("212,5", "2125")}, None, None, None)
    assert said_of(the_other_engine[2], "area_m2") == (212.5, "accepted")
    legal = [{"legal_area_m2": f"{230 + i},5", "legal_land_use": "ONT"} for i in range(6)]
    legal[3]["legal_area_m2"] = ("2335", "233,5")
    assert said_of(book(*legal)[3], "legal_area_m2") == (233.5, "accepted")
    other_digits = book(None, None, {"area_m2": ("2126", "212,5")}, None, None, None)
    assert said_of(other_digits[2], "area_m2") == (212.5, "review")


def test_measured_and_legal_area_that_differ_by_a_lost_digit_both_wait() -> None:
    entries = book({"area_m2": "210,5", "legal_area_m2": "1210,5", "legal_land_use": "ONT"}, None)
    assert [said_of(entries[0], name)[1] for name in ("area_m2", "legal_area_m2")] == ["review", "review"]
    assert "area-digit" in {f.code for f in entries[0].findings}


def test_measured_and_legal_area_may_differ() -> None:
    entries = book({"legal_area_m2": "215,0", "legal_land_use": "ONT"}, None)
    assert (entries[0].fields["area_m2"].value, entries[0].fields["legal_area_m2"].value) == (210.5, 215.0)
    assert entries[0].status == "accepted"


def test_the_same_code_in_both_columns_confirms_it() -> None:
    entries = book(
        {"land_use": ("0NT", "CNT"), "legal_land_use": "ONT"}, {"land_use": (None, "ONT"), "legal_land_use": "ONT"}
    )
    assert entries[0].fields["land_use"].status == "review"
    assert entries[1].fields["land_use"].status == "accepted"
