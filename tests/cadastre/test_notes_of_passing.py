"""Notes that say from whom land came, or to whom it passed: they tie a newer paper's user to the older one's."""

from __future__ import annotations

import duckdb
import pytest
from mentions_made_up import told

from cadastre.linking.lineage import reconcile
from cadastre.numberings.mentions import mention
from cadastre.settling.change_values import changes_of
from cadastre.words.told_holders import taken_from
from schemas.parcels import ParcelKey
from schemas.tables import load_tables
from schemas.weights import load_weights

TABLES = load_tables()


@pytest.mark.parametrize(
    ("note", "giver"),
    [
        ("Nhận chuyển nhượng của ông Nguyễn Văn An", "Nguyễn Văn An"),
        ("Thửa cũ 5 tờ 5; Nhận thừa kế của bà Trần Thị Lan", "Trần Thị Lan"),
        ("Nhận chuyển nhượng QSDĐ từ Lê Văn Sáu theo hợp đồng số 12", "Lê Văn Sáu"),
        ("Nhận thừa kế của cha là ông Lê Bá, sinh năm 1940", "Lê Bá"),
    ],
)
def test_a_note_of_receipt_names_the_giver(note: str, giver: str) -> None:
    assert [one.name for one in taken_from(note)] == [giver]


@pytest.mark.parametrize(
    "note",
    ["Nhận thừa kế năm 2004", "Cấp mới do nhận chuyển quyền, GCN cũ số AD 123456", "Chuyển nhượng cho ông Lê Bá"],
)
def test_a_note_without_a_giver_names_none(note: str) -> None:
    assert taken_from(note) == ()


def test_a_corrected_area_is_told_by_what_it_was_and_what_it_became() -> None:
    change = changes_of("Đính chính diện tích từ 361,9 m2 thành 364 m2 ngày 12/12/2015", TABLES)["legal_area_m2"]
    assert (change.value, change.day) == (364.0, "2015-12-12")


def test_a_mention_has_those_from_whom_land_came_and_to_whom_it_passed() -> None:
    place = ParcelKey("20335", "2013", "7", "48")
    note = "Nhận thừa kế của ông Lê Bá; Chuyển nhượng cho bà Võ Thị Em ngày 03/02/2019"
    one = mention("e1", "d1", "gcn", place, {"change_note": note}, TABLES)
    assert (one.givers, one.receivers) == (("leba",), ("vothiem",))


def test_of_two_parcels_of_one_area_the_one_whose_user_the_note_names_went_on() -> None:
    names = ("le van an", "ho thi em", "bui thi hoa", "dang van giang", "ngo cuc", "vo dung", "pham lan", "ta uy")
    old = [told(n, "299", f"3/{n}", area=100.0 * n, name=names[n % 8]) for n in range(1, 15)]
    old += [told(20 + n, "299", f"3/{20 + n}", area=955.0, name=f"ly van {n}") for n in (1, 2)]
    new = [told(40 + n, "2009", f"9/{n}", area=100.0 * n, name=names[n % 8]) for n in range(1, 15)]
    new += [told(60, "2009", "9/60", area=955.0, name="truong quy", givers=("lyvan2",))]
    found = reconcile([*old, *new], TABLES, load_weights(), duckdb.connect())
    (link,) = [link for link in found.links if link.newer.parcel == "60"]
    assert str(link.older) == "20335@299/3/22"
    assert any(one.startswith("note:passed_on:+") for one in link.evidence)
