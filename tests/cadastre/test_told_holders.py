"""Whom notes name as the holder of a parcel before or after its papers."""

from __future__ import annotations

import pytest
from mentions_made_up import told

from cadastre.linking.lots import lots_of
from cadastre.numberings.mentions import mention
from cadastre.words.told_holders import passed_to, taken_from
from schemas.entries import LandUse
from schemas.parcels import ParcelKey
from schemas.tables import load_tables

TABLES = load_tables()


@pytest.mark.parametrize(
    ("note", "names"),
    [
        ("Nhận thừa kế của ông Nguyễn Văn Quang", ["Nguyễn Văn Quang"]),
        ("Nhận chuyển nhượng của Lê Hữu Hai", ["Lê Hữu Hai"]),
        ("Thửa cũ 8, tờ cũ 4; Nhận chuyển nhượng của ông Đoàn Ngọc Hai", ["Đoàn Ngọc Hai"]),
        ("Nhận thừa kế của bà Hà Thị Hồng năm 1990", ["Hà Thị Hồng"]),
        ("Nhận tặng cho QSDĐ từ cha là ông Lê Văn Ba theo hợp đồng số 12", ["Lê Văn Ba"]),
        ("Nhận thừa kế của cha Lê Văn Ba", ["Lê Văn Ba"]),
        # nobody is named
        ("Nhận thừa kế của mẹ", []),
        ("Nhận thừa kế của mẹ ông Lê Văn Ba", []),
        ("Nhận chuyển nhượng năm 1989", []),
        ("Cấp mới do nhận chuyển quyền, GCN cũ số AE 165746", []),
        ("Đất nhận do dồn điền đổi thửa", []),
    ],
)
def test_a_note_names_from_whom_the_land_was_taken(note: str, names: list[str]) -> None:
    assert [owner.name for owner in taken_from(note)] == names


def test_a_note_names_to_whom_the_land_passed_with_the_year_of_birth() -> None:
    (owner,) = passed_to("Chuyển nhượng cho ông Phan Văn Minh, sinh năm 1980, ngày 28/8/2025")
    assert (owner.name, owner.birth_year) == ("Phan Văn Minh", 1980)


def test_an_entry_tells_the_holders_before_and_after_beside_its_own() -> None:
    key = ParcelKey("20335", "1993", "3", "12")
    note = "Nhận thừa kế của ông Lê Văn An; Chuyển nhượng cho bà Trần Thị Bình, ngày 5/4/2003"
    one = mention("E1", "D1", "gcn", key, {"change_note": note, "land_use": (LandUse("T", None),)}, TABLES)
    assert one.names == ()
    assert (one.receivers, one.givers) == (("tranthibinh",), ("levanan",))


def test_a_lot_tells_whom_its_notes_name_apart_from_its_own_users() -> None:
    paper = told(1, "1993", "3/12", name="vo dinh dung", givers=("levanan",))
    (lot,) = lots_of([paper], {"E1": "1993"}, TABLES)
    assert (lot.names, lot.givers) == ({"vodinhdung"}, {"levanan"})


def test_a_day_far_from_the_era_of_the_paper_is_misread() -> None:
    key = ParcelKey("20335", "1993", "3", "12")
    days = ("7994-09-27", "1497-07-10", "1994-09-27", "2006-01-15")
    read = [mention("E1", "D1", "gcn", key, {"issued_on": day}, TABLES).day for day in days]
    assert read == [None, None, "1994-09-27", "2006-01-15"]
