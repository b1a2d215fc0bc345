"""What the words of a note tell of a parcel's numbers (domain.md 8.1), where no field of its own has them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from cadastre.linking.lots import lots_of
from cadastre.numberings.mentions import Mention, mention
from cadastre.words.told_numbers import told_numbers
from schemas.entries import Ref
from schemas.parcels import ParcelKey
from schemas.tables import load_tables

TABLES = load_tables()


@pytest.mark.parametrize(
    ("note", "was"),
    [
        ("Thửa cũ 12, tờ cũ 3", ("3/12",)),
        ("Thửa cũ: 12; tờ bản đồ cũ: 3", ("3/12",)),
        ("TBĐ cũ 3, thửa cũ 12", ("3/12",)),
        ("TĐ cũ số 12, TBĐ cũ số 3", ("3/12",)),
        ("Trước đây là thửa 12, tờ bản đồ số 3", ("3/12",)),
        ("Thửa cũ số 12b, tờ 3 bản đồ 299", ("3/12b",)),
        ("BĐ 299: tờ 3 thửa 12", ("3/12",)),
        ("Thửa 12, tờ bản đồ số 3 xã Hiệp Thuận (cũ)", ("3/12",)),
        ("Thửa cũ 1, tờ cũ MTĐĐC 04-2007", ("MTĐĐC 04-2007/1",)),
        ("Thay đổi ranh giới, thửa cũ 85", ("?/85",)),
        ("THUA CU 012, TO CU 03. Cấp đổi từ GCN số H 123456", ("3/12",)),
    ],
)
def test_a_note_tells_the_number_on_an_earlier_map(note: str, was: tuple[str, ...]) -> None:
    found = told_numbers(note)
    assert (found.was, found.became, found.carved, found.joined) == (was, (), False, False)


@pytest.mark.parametrize(
    ("note", "was"),
    [
        ("Hợp thửa 95 và thửa 94", ("?/95", "?/94")),
        ("Hợp các thửa 12, 13 (tờ 3)", ("3/12", "3/13")),
        ("Hợp thửa 5, tờ 2 và thửa 6, tờ 3", ("2/5", "3/6")),
    ],
)
def test_a_note_tells_all_parcels_that_were_joined(note: str, was: tuple[str, ...]) -> None:
    found = told_numbers(note)
    assert (found.was, found.became, found.joined) == (was, (), True)


def test_what_a_parcel_became_is_not_what_it_was() -> None:
    found = told_numbers("Theo bản đồ 299: thửa 9, tờ bản đồ số 3; Tách thành thửa 104, 105")
    assert (found.was, found.became, found.carved) == (("3/9",), ("?/104", "?/105"), False)
    for note in ("Hợp vào thửa 120", "Hợp với thửa 94 thành thửa 120"):
        assert told_numbers(note).became == ("?/120",)


@pytest.mark.parametrize(
    "note",
    [
        "Dồn điền đổi thửa năm 2005",
        "Thu hồi 117,3 m2 làm đường giao thông, diện tích còn lại 382,7 m2",
        "Ngày 24/12/2001 chuyển nhượng cho ông Võ Xuân Tám theo hồ sơ số 01061.CN.001",
        "Giao đất cho Hợp tác xã nông nghiệp 1",
    ],
)
def test_numbers_of_other_things_are_no_parcels(note: str) -> None:
    found = told_numbers(note)
    assert (found.was, found.became, found.joined) == ((), (), False)


def paper(place: str, **fields: Any) -> Mention:
    sheet, parcel = place.split("/")
    return mention(place, "D1", "so_muc_ke", ParcelKey("20335", "2013", sheet, parcel), fields, TABLES)


def test_a_paper_with_nothing_but_the_words_of_its_note_tells_its_older_number_and_certificate() -> None:
    one = paper("7/48", change_note="TBĐ cũ 3, thửa cũ 12. Cấp đổi từ GCN số H 123456")
    assert (one.olds, one.named_serials) == (("3/12",), ("H 123456",))
    assert paper("7/48", change_note="Tách ra từ thửa 12").olds == ("7/12",)  # of its own sheet


def test_numbers_in_fields_of_their_own_stand_before_the_words() -> None:
    assert paper("7/48", old_sheet_no="3", old_parcel_no="12", change_note="Thửa cũ 17, tờ cũ 3").olds == ("3/12",)
    assert paper("7/48", refs=(Ref("parcel", "3/12"),), change_note="Thửa cũ 17, tờ cũ 3").olds == ("3/12",)


def test_words_tell_nothing_where_what_they_name_could_not_be_read() -> None:
    assert paper("7/48", refs=None, change_note="Tách từ thửa 12").olds == ()


def test_what_a_book_says_that_a_parcel_became_is_the_older_number_of_these() -> None:
    whole = paper("7/12", refs=(Ref("parcel", "48"), Ref("parcel", "49")), change_note="Tách thành thửa 48, 49")
    part = paper("7/48")
    assert (whole.olds, whole.carved) == ((), False)
    lots = lots_of([whole, part], {"7/12": "2013", "7/48": "2013"}, TABLES)
    assert {lot.key.parcel: dict(lot.olds) for lot in lots} == {"12": {}, "48": {"7/12": ("7/12",)}}


def test_an_older_number_of_its_own_sheet_is_told_by_a_change_and_a_number_of_the_end() -> None:
    rows = [paper(f"7/{n}") for n in range(1, 47)]
    part = paper("7/48", change_note="Tách từ thửa 12")
    renumbered = paper("7/13", change_note="Thửa cũ 12")  # 12 of an earlier map
    copied = paper("7/20", change_note="Tách từ thửa 12")  # in the middle: the note is of an earlier map
    mentions = [*(row for row in rows if row.key.parcel not in ("13", "20")), part, renumbered, copied]
    lots = lots_of(mentions, {one.entry_id: "2013" for one in mentions}, TABLES)
    assert {lot.key.parcel: set(lot.inside) for lot in lots if lot.inside} == {"48": {"7/12"}}


def test_a_number_of_a_commune_that_lay_beside_is_not_meant_by_a_note() -> None:
    rows = [paper(f"7/{n}") for n in range(1, 47)]
    part = replace(paper("7/48", change_note="Tách từ thửa 12"), names=("le van an",))
    # Hòa Thuận lay beside Tân Thạnh until both became Bàn Thạch in 2025; its 7/12 too is an An's
    beside = replace(paper("7/12"), entry_id="beside", key=ParcelKey("20375", "2009", "7", "12"), names=("le van an",))
    mentions = [*rows, part, beside]
    lots = lots_of(mentions, {one.entry_id: one.key.era for one in mentions}, TABLES)
    assert {lot.key.parcel: set(lot.inside) for lot in lots if lot.inside} == {"48": {"7/12"}}
