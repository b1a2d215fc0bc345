"""A commune that no source has a code for: its papers say its name, its parcels have a key of their own."""

from __future__ import annotations

from dataclasses import replace

from papers_made_up import page

from cadastre.checking.answers import check_answered
from cadastre.checking.hearing import Listener, hear
from cadastre.pages.drafts import assemble
from cadastre.settling.keys import key_of
from cadastre.units.successions import unit_now
from cadastre.words.eras import period_of
from cadastre.words.landuse import Namer
from schemas.documents import Given
from schemas.entries import Entry
from schemas.tables import load_tables

TABLES = load_tables()
ROW = {"sheet_no": "4", "parcel_no": "125", "owners": "Trần Văn Mẫu", "area_m2": "480", "land_use": "2L"}


def entry_of(**head: str) -> Entry:
    book = replace(page("so_muc_ke", faces=("rows",), rows=[ROW], **head), era="299")
    (document,) = assemble([(Given("so.pdf"), book)])
    (entry,) = check_answered(document.drafts, {}, TABLES)
    return entry


def test_its_parcels_are_known_by_name_and_district() -> None:
    entry = entry_of(unit_name="xã Tam Xuân", district_name="Núi Thành", province_name="Quảng Nam - Đà Nẵng")
    assert entry.fields["unit_name"].value == "Xã Tam Xuân"
    assert entry.status == "accepted"
    key = key_of(entry)
    assert str(key) == "~tamxuan.nuithanh@299/4/125"
    assert key is not None
    now = unit_now(key.unit, key.era, TABLES)
    assert now is not None
    assert now.code == "20971"


def test_its_parcels_are_known_by_the_same_key_under_the_district_of_before() -> None:
    entry = entry_of(unit_name="xã Tam Xuân", district_name="Tam Kỳ", province_name="Quảng Nam - Đà Nẵng")
    assert str(key_of(entry)) == "~tamxuan.nuithanh@299/4/125"


def test_a_person_can_name_it() -> None:
    listener = Listener(TABLES, period_of("299", TABLES), None, Namer(TABLES, "299", "xa"))
    assert hear("unit_code", "Xã Tam Xuân, Núi Thành", listener) == "~tamxuan.nuithanh"
    heard = hear("unit_code", "huyện Núi Thành", listener)
    assert "mới nêu huyện" in getattr(heard, "vi", "")
