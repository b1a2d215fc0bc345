"""What a row of an earlier project's list is taken for: names as they are typed, areas that cannot be meant."""

from __future__ import annotations

import pytest

from cadastre.imports.imported_owners import owners_of
from cadastre.imports.imported_rows import Batch, Outline, entry_of_row
from schemas.documents import PageRef
from schemas.entries import Entry
from schemas.tables import load_tables

BATCH = Batch(PageRef("0" * 64, 1), "2009", load_tables(), asserted_on="2012-06-30", unit_code="20335")
SQUARE = "MULTIPOLYGON (((577996 1720818, 578016 1720818, 578016 1720838, 577996 1720838, 577996 1720818)))"


def row(outline: Outline | None = None, **cells: str | float) -> Entry:
    entry = entry_of_row({"sheet_no": "7", "parcel_no": "12", "land_use": "ONT", **cells}, 2, BATCH, outline)
    assert isinstance(entry, Entry)
    return entry


def names(text: str) -> list[tuple[str, str | None]]:
    return [(owner.name, owner.sex) for owner in owners_of({"owners": text})]


@pytest.mark.parametrize(
    ("text", "owners"),
    [
        ("Trần Thị B", [("Trần Thị B", None)]),
        ("Nguyễn Thị B và Lê Văn C", [("Nguyễn Thị B", None), ("Lê Văn C", None)]),
        ("Hồ Văn K'Lơ", [("Hồ Văn K'Lơ", None)]),
        ("Ô. Nguyễn Văn Ba", [("Nguyễn Văn Ba", "nam")]),
        ("ô: Nguyễn Văn Ba; b: Trần Thị Tư", [("Nguyễn Văn Ba", "nam"), ("Trần Thị Tư", "nu")]),
        ("Ô/B Nguyễn Văn Ba", [("Nguyễn Văn Ba", None)]),
        ("B Nướch Lâm", [("B Nướch Lâm", None)]),
        ("Nguyễn Văn Ba + Trần Thị Tư", [("Nguyễn Văn Ba", None), ("Trần Thị Tư", None)]),
        ("Nguyễn Văn Ba - Trần Thị Tư", [("Nguyễn Văn Ba", None), ("Trần Thị Tư", None)]),
        ("Nguyễn Văn Ba/Trần Thị Tư", [("Nguyễn Văn Ba", None), ("Trần Thị Tư", None)]),
        ("Nguyễn Văn Ba và bà Trần Thị Tư", [("Nguyễn Văn Ba", None), ("Trần Thị Tư", "nu")]),
        ("Nguyễn Văn Ba (vợ Trần Thị Tư)", [("Nguyễn Văn Ba", None), ("Trần Thị Tư", "nu")]),
        ("Trần Thị Tư (chồng đã chết)", [("Trần Thị Tư", None)]),
        ("Chủ sử dụng: Ông Nguyễn Văn Ba", [("Nguyễn Văn Ba", "nam")]),
        ("Công ty CP Hoa Sen - Chi nhánh Quảng Nam", [("Công ty CP Hoa Sen - Chi nhánh Quảng Nam", None)]),
    ],
)
def test_every_name_of_an_owners_cell_is_taken_whole(text, owners):
    assert names(text) == owners


def test_an_address_behind_a_dash_is_no_second_owner():
    (owner,) = owners_of({"owners": "Nguyễn Văn Ba - thôn 5, xã Tam Thăng"})
    assert (owner.name, owner.address) == ("Nguyễn Văn Ba", "thôn 5, xã Tam Thăng")


def test_an_owners_cell_that_cannot_be_read_waits_with_its_text_and_nobody_is_no_owner():
    waiting = row(owners="Bà B").fields["owners"]
    assert (waiting.value, waiting.text, waiting.status) == (None, "Bà B", "review")
    assert "owners" not in row(owners="chưa xác định").fields


@pytest.mark.parametrize(("cell", "number"), [("12.0", "12"), ("012.0", "12"), ("12,0", "12"), (12.0, "12")])
def test_exports_that_write_whole_numbers_with_a_decimal_are_understood(cell, number):
    assert row(parcel_no=cell).fields["parcel_no"].value == number


def test_a_parcel_number_with_a_thousands_point_is_not_cut():
    assert row(parcel_no="1.000").fields["parcel_no"].value != "1"


@pytest.mark.parametrize(
    ("area", "use", "waits"),
    [
        (300.0, "ONT", False),
        (80_000.0, "LUC", False),  # rare, and told
        (1_234_567.0, "ONT", True),
        (5_000_000.0, "RSX", False),  # a forest plot
        (1_000_000_000.0, "RSX", True),  # a thousand km²: larger than any commune
    ],
)
def test_an_area_that_no_parcel_has_waits_for_a_person(area, use, waits):
    entry = row(area_m2=area, land_use=use)
    assert entry.fields["area_m2"].status == ("review" if waits else "accepted")
    assert entry.status == ("review" if waits else "accepted")


@pytest.mark.parametrize(
    ("area", "status"),
    [(400.0, "accepted"), (430.0, "accepted"), (40.0, "review"), (400_000_000.0, "review")],
)
def test_an_area_twice_or_half_of_its_shape_or_worse_does_not_stand(area, status):
    entry = row(Outline(SQUARE, 400.0), area_m2=area)
    assert entry.fields["area_m2"].status == status
    assert ("area-shape-differs" in {one.code for one in entry.findings}) == (area != 400.0)


def test_a_large_area_that_its_shape_bears_out_is_taken():
    assert row(Outline(SQUARE, 2_000_100.0), area_m2=2_000_000.0, land_use="SON").fields["area_m2"].status == "accepted"


def test_land_uses_that_do_not_make_up_the_area_are_an_error_on_the_row():
    entry = row(area_m2="5.000,0", land_use="ONT: 300; CLN: 200")
    assert [one.code for one in entry.findings] == ["R2"]
    assert "5.000 m²" in entry.findings[0].message.vi
    assert entry.status == "review"
    assert row(area_m2="500,0", land_use="ONT: 300; CLN: 200").status == "accepted"
