"""In which system a map is, by where Tam Kỳ falls in each (domain.md 6.3)."""

from __future__ import annotations

import pytest

from cadastre.ground.positions import System, known_crs, place

#: Tam Kỳ as (x, y) of a file: east and north in each system of domain.md 6.3, and degrees (6.2).
TAM_KY = {
    "EPSG:5899": (577_996.0, 1_720_818.0),
    "EPSG:5898": (551_181.0, 1_720_743.0),
    "EPSG:3406": (229_421.0, 1_721_768.0),
    "EPSG:4326": (108.478999104, 15.558096003),
}
CENTRE = (1_720_818.0, 577_996.0)


@pytest.mark.parametrize("crs", TAM_KY)
@pytest.mark.parametrize("swapped", [False, True])
def test_a_place_is_in_one_system_only_once_its_commune_is_known(crs: str, swapped: bool) -> None:
    x, y = TAM_KY[crs]
    found = place([(y, x) if swapped else (x, y)], None, CENTRE)
    assert found is not None
    assert found.system == System(crs, swapped)


def test_the_province_alone_does_not_tell_the_meridian() -> None:
    assert place([TAM_KY["EPSG:5898"]], None, None) is None


def test_the_other_meridian_under_the_right_name_is_a_sure_mistake() -> None:
    found = place([TAM_KY["EPSG:5898"]], "EPSG:5899", CENTRE)
    assert found is not None
    assert (found.inside, found.doubt) == (False, (System("EPSG:5898"),))


def test_another_province_is_no_mistake_of_the_system() -> None:
    """A township south of Hà Nội, in degrees."""
    found = place([(105.7777, 20.7286)], "EPSG:4326", CENTRE)
    assert found is not None
    assert (found.inside, found.doubt) == (False, None)


@pytest.mark.parametrize(("text", "name"), [("5899", "EPSG:5899"), ("EPSG:5898", "EPSG:5898"), ("VN-2000?", None)])
def test_systems_by_name(text: str, name: str | None) -> None:
    assert known_crs(text) == name
