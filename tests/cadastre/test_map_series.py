"""Which papers of a sheet share one numbering (contract.md, Parcel keys)."""

from __future__ import annotations

import random
from dataclasses import replace

from mentions_made_up import told

from cadastre.numberings.series import numberings
from schemas.tables import load_tables

TABLES = load_tables()
NAMES = ("le van an", "tran thi binh", "pham cuc", "vo dinh dung", "ho thi em", "dang van giang", "bui thi hoa")


def test_red_books_that_print_the_numbers_of_1982_have_keys_of_299() -> None:
    books = [told(n, "299", f"3/{n}", area=100.0 * n, name=NAMES[n]) for n in range(1, 7)]
    red = [told(10 + n, "1993", f"3/{n}", area=100.0 * n, name=NAMES[n], kind="gcn") for n in range(1, 7)]
    assert set(numberings(books + red, TABLES).values()) == {"299"}


def test_a_new_survey_that_numbers_other_parcels_alike_begins_a_series() -> None:
    books = [told(n, "299", f"3/{n}", area=100.0 * n, name=NAMES[n]) for n in range(1, 7)]
    survey = [told(10 + n, "2009", f"3/{n}", area=55.0 + 230.0 * n, name=NAMES[6 - n]) for n in range(1, 7)]
    later = [told(20 + n, "2013", f"3/{n}", area=55.0 + 230.0 * n, name=NAMES[6 - n]) for n in range(1, 7)]
    found = numberings(books + survey + later, TABLES)
    assert {found[m.entry_id] for m in books} == {"299"}
    assert {found[m.entry_id] for m in (*survey, *later)} == {"2009"}


def test_a_late_certificate_may_still_follow_the_older_map() -> None:
    books = [told(n, "299", f"3/{n}", area=100.0 * n, name=NAMES[n]) for n in range(1, 7)]
    survey = [told(10 + n, "2009", f"3/{n}", area=55.0 + 230.0 * n, name=NAMES[6 - n]) for n in range(1, 7)]
    late = told(30, "2009", "3/4", area=400.0, name=NAMES[4], kind="gcn")
    assert numberings([*books, *survey, late], TABLES)["E30"] == "299"


def test_numbers_above_the_last_of_a_full_book_are_of_another_map() -> None:
    old = [told(n, "1993", f"5/{200 + n}", area=90.0 * n, name=NAMES[n], kind="gcn") for n in range(1, 5)]
    book = [told(10 + n, "2009", f"5/{n}", area=40.0 + 35.0 * n) for n in range(1, 31)]
    found = numberings(old + book, TABLES)
    assert {found[m.entry_id] for m in old} == {"1993"}
    assert {found[m.entry_id] for m in book} == {"2009"}


def test_the_order_of_the_papers_changes_nothing() -> None:
    papers = [told(n, "299", f"3/{n}", area=100.0 * n, name=NAMES[n]) for n in range(1, 7)]
    papers += [told(10 + n, "2009", f"3/{n}", area=55.0 + 230.0 * n, name=NAMES[6 - n]) for n in range(1, 7)]
    known = numberings(papers, TABLES)
    for seed in range(5):
        assert numberings(random.Random(seed).sample(papers, len(papers)), TABLES) == known


def test_papers_of_one_era_follow_the_old_map_before_a_survey_and_the_new_one_after_it() -> None:
    books = [told(n, "1993", f"3/{n}", area=100.0 * n, name=NAMES[n]) for n in range(1, 7)]
    before = [
        told(10 + n, "2009", f"3/{n}", area=100.0 * n, name=NAMES[n], kind="gcn", day=f"2010-0{n}-10")
        for n in range(1, 7)
    ]
    after = [
        told(20 + n, "2009", f"3/{n}", area=55.0 + 230.0 * n, name=NAMES[6 - n], kind="gcn", day=f"2012-1{n % 2}-0{n}")
        for n in range(1, 7)
    ]
    register = told(30, "2009", "3/2", area=515.0, name=NAMES[4], kind="so_dia_chinh")  # undated: as the new 3/2
    index = [told(40 + n, "2013", f"3/{n}", area=55.0 + 230.0 * n, name=NAMES[6 - n]) for n in range(1, 7)]
    found = numberings([*books, *before, *after, register, *index], TABLES)
    assert {found[m.entry_id] for m in (*books, *before)} == {"1993"}
    assert {found[m.entry_id] for m in (*after, register, *index)} == {"2009"}


def test_a_map_that_the_next_era_replaced_again_is_found_in_the_middle_of_its_own_era() -> None:
    old = [told(n, "299", f"3/{n}", area=100.0 * n, name=NAMES[n % 7]) for n in range(1, 21)]
    before = [
        told(30 + n, "1993", f"3/{n}", area=100.0 * n, name=NAMES[n % 7], kind="gcn", day=f"1996-01-{n:02}")
        for n in range(1, 15)
    ]
    index = [  # the map of 1998 has more parcels on the sheet than the one before it, and than the one after it
        replace(
            told(60 + n, "1993", f"3/{n}", area=57.0 + 230.0 * n, name=NAMES[(n + 3) % 7]), document_id="INDEX OF 1998"
        )
        for n in range(1, 61)
    ]
    after = [
        replace(one, entry_id=f"E{200 + n}", document_id=f"D{200 + n}", kind="gcn", day=f"2000-01-{n - 15:02}")
        for n, one in enumerate(index, 1)
        if 16 <= n <= 45
    ]
    anew = [told(300 + n, "2003", f"3/{n}", area=71.0 + 190.0 * n, name=NAMES[(n + 5) % 7]) for n in range(1, 31)]
    found = numberings([*old, *before, *after, *index, *anew], TABLES)
    assert {found[m.entry_id] for m in (*old, *before)} == {"299"}
    assert {found[m.entry_id] for m in (*after, *index)} == {"1993"}
    assert {found[m.entry_id] for m in anew} == {"2003"}


def test_the_first_papers_of_a_new_map_name_it_on_the_sheets_where_they_are() -> None:
    old = [told(n, "2003", f"{sheet}/{n}", area=100.0 * n, name=NAMES[n]) for sheet in (3, 4) for n in range(1, 7)]
    early = [
        told(20 + n, "2009", f"3/{n}", area=55.0 + 230.0 * n, name=NAMES[6 - n], kind="trich_do", day=f"2013-12-0{n}")
        for n in range(1, 4)
    ]
    index = [
        told(30 + 10 * sheet + n, "2013", f"{sheet}/{n}", area=55.0 + 230.0 * n, name=NAMES[6 - n])
        for sheet in (3, 4)
        for n in range(1, 7)
    ]
    old = [replace(one, entry_id=f"O{place}") for place, one in enumerate(old)]
    found = numberings([*old, *early, *index], TABLES)
    assert {found[m.entry_id] for m in (*early, *index[:6])} == {"2009"}
    assert {found[m.entry_id] for m in index[6:]} == {"2013"}
    assert {found[m.entry_id] for m in old} == {"2003"}


def test_one_chance_agreement_does_not_name_a_sheet() -> None:
    old = [told(n, "2003", f"3/{n}", area=100.0 * n, name=NAMES[n]) for n in range(1, 7)]
    red = [
        told(10 + n, "2009", f"3/{n}", area=100.0 * n, name=NAMES[n], kind="gcn", day=f"2012-0{n}-10")
        for n in (1, 3, 5)
    ]
    chance = told(20, "2009", "3/2", area=515.0, name="cao van ut", kind="gcn", day="2012-03-01")
    index = [told(30 + n, "2013", f"3/{n}", area=55.0 + 230.0 * n, name=NAMES[6 - n]) for n in range(1, 7)]
    found = numberings([*old, *red, chance, *index], TABLES)
    assert {found[m.entry_id] for m in index} == {"2013"}


def test_an_undated_book_of_a_new_map_is_told_from_the_papers_of_its_era_that_follow_the_old_one() -> None:
    books = [told(n, "299", f"3/{n}", area=100.0 * n, name=NAMES[n]) for n in range(1, 7)]
    red = [
        told(10 + n, "2003", f"3/{n}", area=100.0 * n, name=NAMES[n], kind="gcn", day=f"2006-0{n}-10") for n in (1, 3)
    ]
    index = [
        replace(told(20 + n, "2003", f"3/{n}", area=55.0 + 230.0 * n, name=NAMES[6 - n]), document_id="INDEX")
        for n in range(1, 7)
    ]
    later = [told(30 + n, "2009", f"3/{n}", area=55.0 + 230.0 * n, name=NAMES[6 - n], kind="gcn") for n in range(1, 7)]
    found = numberings([*books, *red, *index, *later], TABLES)
    assert {found[m.entry_id] for m in (*books, *red)} == {"299"}
    assert {found[m.entry_id] for m in (*index, *later)} == {"2003"}


def test_plots_of_one_size_do_not_make_two_maps_one() -> None:
    books = [told(n, "299", f"3/{n}", area=500.0, name=f"{name} xuan") for n, name in enumerate(NAMES * 3, 1)]
    names = [f"{name} huu" for name in reversed(NAMES * 3)]
    survey = [told(100 + n, "2009", f"3/{n}", area=501.0, name=name) for n, name in enumerate(names, 1)]
    found = numberings([*books, *survey], TABLES)
    assert {found[m.entry_id] for m in books} == {"299"}
    assert {found[m.entry_id] for m in survey} == {"2009"}


def test_a_row_of_a_book_goes_with_the_book_however_well_it_fits_the_older_map() -> None:
    books = [told(n, "299", f"3/{n}", area=100.0 * n, name=NAMES[n]) for n in range(1, 7)]
    survey = [told(10 + n, "2009", f"3/{n}", area=55.0 + 230.0 * n, name=NAMES[6 - n]) for n in range(1, 7)]
    row = told(30, "2009", "3/4", area=402.0)
    assert numberings([*books, *survey, row], TABLES)["E30"] == "2009"


def test_a_part_of_a_divided_commune_keeps_the_numbers_of_the_whole_until_it_gets_a_map_of_its_own() -> None:
    whole = [told(n, "299", f"3/{n}", area=100.0 * n, name=NAMES[n], unit="20983") for n in range(1, 7)]
    gcn = [
        told(10 + n, "2003", f"3/{n}", area=100.0 * n, name=NAMES[n], unit="20984", kind="gcn", day="2006-05-10")
        for n in (1, 2, 3)
    ]
    own = [
        told(
            20 + n,
            "2009",
            f"3/{n}",
            area=55.0 + 230.0 * n,
            name=NAMES[6 - n],
            unit="20984",
            kind="gcn",
            day="2012-05-10",
        )
        for n in (4, 5, 6)
    ]
    found = numberings([*whole, *gcn, *own], TABLES)
    assert {found[m.entry_id] for m in whole} == {"299"}
    assert {found[m.entry_id] for m in gcn} == {"2003"}
    assert {found[m.entry_id] for m in own} == {"2009"}


def test_parcels_of_the_same_users_and_size_under_other_numbers_are_of_a_new_map() -> None:
    # two maps that share no number: 3/21 to 3/26 of 1982 are 3/401 to 3/406 of 1996, a little larger
    books = [told(n, "299", f"3/{20 + n}", area=100.0 * n, name=NAMES[n]) for n in range(1, 7)]
    red = [told(10 + n, "1993", f"3/{400 + n}", area=103.0 * n, name=NAMES[n], kind="gcn") for n in range(1, 7)]
    found = numberings(books + red, TABLES)
    assert {found[m.entry_id] for m in books} == {"299"}
    assert {found[m.entry_id] for m in red} == {"1993"}


def test_rows_of_the_same_sizes_in_the_same_order_are_of_a_new_map_where_no_name_was_read() -> None:
    # 3/326 to 3/333 of 1982 are 3/122 to 3/129 of 1995, a little larger; of the names of the red book one word was read
    sizes = (9139.0, 12399.0, 8336.0, 15958.0, 7655.0, 10473.0, 6051.0, 13868.0)
    books = [told(n, "299", f"3/{326 + n}", area=size, name="mai cong qui") for n, size in enumerate(sizes)]
    red = [
        told(10 + n, "1993", f"3/{122 + n}", area=1.03 * size, name="mai", kind="gcn") for n, size in enumerate(sizes)
    ]
    found = numberings(books + red, TABLES)
    assert {found[m.entry_id] for m in books} == {"299"}
    assert {found[m.entry_id] for m in red} == {"1993"}
    back = [replace(m, areas=(1.03 * size,)) for m, size in zip(red, reversed(sizes), strict=True)]  # turned round
    assert {numberings(books + back, TABLES)[m.entry_id] for m in back} == {"1993"}


def test_two_strips_of_house_plots_on_one_sheet_are_no_sign_of_a_new_map() -> None:
    # the book holds fields and a strip of plots of about 100 m², the red book another such strip
    fields = [told(n, "299", f"3/{301 + n}", area=900.0 + 450.0 * n, name="mai cong qui") for n in range(8)]
    plots = [told(20 + n, "299", f"3/{309 + n}", area=99.0 + n % 3, name="mai cong qui") for n in range(8)]
    red = [told(40 + n, "1993", f"3/{122 + n}", area=100.0 + n % 2, name="mai", kind="gcn") for n in range(8)]
    assert set(numberings([*fields, *plots, *red], TABLES).values()) == {"299"}


def test_rows_whose_parcels_are_all_of_one_size_tell_nothing() -> None:
    books = [told(n, "299", f"3/{326 + n}", area=500.0, name="mai cong qui") for n in range(8)]
    red = [told(10 + n, "1993", f"3/{122 + n}", area=500.0, name="mai", kind="gcn") for n in range(8)]
    assert set(numberings(books + red, TABLES).values()) == {"299"}


def test_red_books_of_other_parcels_of_a_sheet_go_on_with_its_numbers() -> None:
    # the book holds the first parcels of the sheet, the red books others, of the same users and of other sizes
    books = [told(n, "299", f"3/{20 + n}", area=100.0 * n, name=NAMES[n]) for n in range(1, 7)]
    red = [told(10 + n, "1993", f"3/{40 + n}", area=55.0 + 230.0 * n, name=NAMES[n], kind="gcn") for n in range(1, 7)]
    assert set(numberings(books + red, TABLES).values()) == {"299"}


def test_books_of_2003_that_share_no_number_with_those_of_1982_are_of_a_cadastral_map() -> None:
    books = [told(n, "299", f"3/{303 + n}", area=100.0 * n, name=NAMES[n]) for n in range(1, 7)]
    later = [told(10 + n, "2003", f"3/{127 + n}", area=55.0 + 230.0 * n, kind="so_dia_chinh") for n in range(1, 7)]
    found = numberings(books + later, TABLES)
    assert {found[m.entry_id] for m in books} == {"299"}
    assert {found[m.entry_id] for m in later} == {"2003"}
    # one certificate alone may be of any parcel of the old sheet
    assert set(numberings([*books, later[0]], TABLES).values()) == {"299"}


def test_old_numbers_of_the_sheet_that_red_books_print_are_of_the_map_before() -> None:
    books = [told(n, "299", f"3/{20 + n}", area=100.0 * n) for n in range(1, 4)]
    red = [told(10 + n, "1993", f"3/{400 + n}", kind="gcn", olds=(f"3/{20 + n}",)) for n in range(1, 4)]
    assert {numberings(books + red, TABLES)[m.entry_id] for m in red} == {"1993"}
    carved = [replace(m, carved=True) for m in red]  # «Tách từ thửa …»: new numbers of the same map
    assert {numberings(books + carved, TABLES)[m.entry_id] for m in carved} == {"299"}


def test_a_new_map_is_found_by_parcels_that_lay_on_another_sheet_of_the_older_one() -> None:
    # sheets were parted anew: the ground of 3/21 to 3/26 is on sheet 2 now, where other parcels lay before
    old = [told(n, "299", f"3/{20 + n}", area=100.0 * n, name=NAMES[n]) for n in range(1, 7)]
    others = [told(10 + n, "299", f"2/{n}", area=55.0 + 130.0 * n, name=f"mai {n}") for n in range(1, 7)]
    red = [told(20 + n, "1993", f"2/{400 + n}", area=103.0 * n, name=NAMES[n], kind="gcn") for n in range(1, 7)]
    found = numberings(old + others + red, TABLES)
    assert {found[m.entry_id] for m in (*old, *others)} == {"299"}
    assert {found[m.entry_id] for m in red} == {"1993"}


def test_sheets_that_the_older_map_does_not_have_speak_for_the_others() -> None:
    old = [told(n, "299", f"3/{20 + n}", area=100.0 * n, name=NAMES[n % 7]) for n in range(1, 13)]
    moved = [told(20 + n, "1993", f"5/{n}", area=103.0 * n, name=NAMES[n % 7], kind="gcn") for n in range(1, 11)]
    few = [told(40 + n, "1993", f"3/{400 + n}", area=103.0 * n, name=NAMES[n % 7], kind="gcn") for n in (11, 12)]
    alone = numberings(old + few, TABLES)
    assert {alone[m.entry_id] for m in few} == {"299"}  # two parcels may be parts of others of the same users
    found = numberings(old + moved + few, TABLES)
    assert {found[m.entry_id] for m in few} == {"1993"}
