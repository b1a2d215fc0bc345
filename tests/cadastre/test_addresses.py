"""Place names in addresses are spelt as the gazetteer spells them, once the commune is sure."""

from __future__ import annotations

import pytest

from cadastre.units.addresses import mend_places
from schemas.tables import Unit, load_tables

TABLES = load_tables()


def unit(code: str) -> Unit:
    return next(one for one in TABLES.units if one.code == code and one.district)


TRA_VAN = unit("20959")  # Xã Trà Vân, huyện Nam Trà My


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("xã Trà Vân, huyện Nam Trà Mỹ, tỉnh Quảng Nam", "xã Trà Vân, huyện Nam Trà My, tỉnh Quảng Nam"),
        ("thôn 10, xã Trà Vân, huyện Nam Trà Mỹy", "thôn 10, xã Trà Vân, huyện Nam Trà My"),
        ("xã Tra Vân, huyện Nam Trà My", "xã Trà Vân, huyện Nam Trà My"),
        ("XÃ TRA VÂN", "XÃ TRÀ VÂN"),
        # Trà Vinh is a commune of the same district: no slip of Trà Vân
        ("xã Trà Vinh, huyện Nam Trà My", "xã Trà Vinh, huyện Nam Trà My"),
        ("xã Tam Dân, huyện Phú Ninh", "xã Tam Dân, huyện Phú Ninh"),
        ("thôn Trà Vấn", "thôn Trà Vấn"),
    ],
)  # fmt: skip
def test_a_slip_in_the_known_place_is_mended_and_another_place_left(read: str, meant: str) -> None:
    assert mend_places(read, TRA_VAN, TABLES) == meant
