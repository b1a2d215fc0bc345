"""The code tables that come with the package."""

from __future__ import annotations

import unicodedata
from datetime import date, timedelta
from itertools import pairwise

from schemas.tables import load_tables

TABLES = load_tables()


def test_da_nang_of_2025_has_94_units_78_of_them_from_quang_nam() -> None:
    # 23 wards, 70 communes and the special zone Hoàng Sa (NQ 1659/NQ-UBTVQH15)
    new = [unit for unit in TABLES.units if unit.valid_from == date(2025, 7, 1)]
    types = [unit.type for unit in new]
    assert (len(new), types.count("phuong"), types.count("xa"), types.count("dac_khu")) == (94, 23, 70, 1)
    old = [unit for unit in TABLES.units if unit.province == "Quảng Nam" and unit.valid_to == date(2025, 6, 30)]
    assert len(old) == 233
    assert len({unit.successor for unit in old}) == 78


def test_quang_nam_had_241_communes_in_2024() -> None:
    day = date(2024, 6, 1)
    codes = {unit.code for unit in TABLES.units if unit.province == "Quảng Nam" and unit.in_force(day, day)}
    assert len(codes) == 241


def test_every_unit_of_2025_is_its_own_successor_and_every_old_one_leads_to_one() -> None:
    new = {unit.code for unit in TABLES.units if unit.valid_from == date(2025, 7, 1)}
    divided = {"Xã Hòa Liên", "Xã Điện Thắng"}  # the latter in 2005, into communes of two units of 2025
    assert {unit.name for unit in TABLES.units if unit.successor not in new} == divided


def test_a_code_names_one_unit_at_a_time() -> None:
    # the wards of Điện Bàn and the township of Trung Phước: only the year of their making, 2023, is known
    for unit in TABLES.units:
        others = [u for u in TABLES.units if u.code == unit.code and u is not unit]
        overlapping = [u for u in others if u.in_force(unit.valid_from, unit.valid_to)]
        assert all(date(2023, 1, 1) in (u.valid_from, unit.valid_from) for u in overlapping), unit


def test_one_unit_follows_the_other_without_a_gap() -> None:
    for code in ("20665", "20578", "20821", "20656"):
        rows = [unit for unit in TABLES.units if unit.code == code]
        for before, after in pairwise(rows):
            assert before.valid_to is not None
            assert after.valid_from is not None
            assert after.valid_from <= before.valid_to + timedelta(days=1)


def test_the_eleven_shared_centroids_are_not_to_be_used() -> None:
    suspect = {unit.code for unit in TABLES.units if unit.centroid_state == "suspect"}
    assert len(suspect) == 11
    assert all(unit.trusted_centroid is None for unit in TABLES.units if unit.code in suspect and unit.district)


def test_names_are_in_composed_form() -> None:
    texts = [unit.name for unit in TABLES.units] + [name for use in TABLES.land_uses.values() for name in use.names]
    assert all(unicodedata.is_normalized("NFC", text) for text in texts)


def test_old_land_codes_lead_to_a_code_of_2024() -> None:
    assert TABLES.land_uses["BHK"].successor == "HNK"
    assert TABLES.land_uses["NHK"].successor == "HNK"
    assert TABLES.land_uses["SKX"].successor is None
    assert TABLES.identity_prefixes["049"] == "Quảng Nam"
    assert "003" not in TABLES.identity_prefixes
