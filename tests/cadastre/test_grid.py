"""Coordinates: the published test vector, sheet names, and places that cannot be (domain.md 6)."""

from __future__ import annotations

import pytest

from cadastre.ground.grid import place_corners, ring, shoelace_m2, to_wgs84
from cadastre.ground.nomenclature import sheet_names
from schemas.entries import Corner

TAM_KY = (1_720_818.0, 577_996.0)


def square(x: float, y: float) -> tuple[Corner, ...]:
    """Ten metres by ten, its south-west corner at x north, y east."""
    return (
        Corner(1, x, y, 10.0),
        Corner(2, x + 10, y, 10.0),
        Corner(3, x + 10, y + 10, 10.0),
        Corner(4, x, y + 10, 10.0),
    )


def test_the_test_vector_of_the_registry_comes_out_to_all_its_digits() -> None:
    latitude, longitude = to_wgs84(*TAM_KY)  # domain.md 6.2
    assert f"{latitude:.9f} {longitude:.9f}" == "15.558096003 108.478999104"


def test_the_sheets_of_tam_ky_are_named_as_in_the_circular() -> None:
    # domain.md 6.4
    assert sheet_names(*TAM_KY) == ("722575", "722575-6", "722575-6-b", "722575-6-(4)", "722575-6-20")


def test_area_and_ring_of_a_square() -> None:
    corners = square(*TAM_KY)
    assert shoelace_m2(corners) == pytest.approx(100.0)
    assert ring(corners) == (
        (577_996.0, 1_720_818.0),
        (577_996.0, 1_720_828.0),
        (578_006.0, 1_720_828.0),
        (578_006.0, 1_720_818.0),
        (577_996.0, 1_720_818.0),
    )
    assert shoelace_m2(corners[:2]) == 0.0
    assert ring(()) == ()


def test_a_place_in_its_commune_has_no_finding() -> None:
    assert place_corners(square(*TAM_KY), (1_722_000.0, 575_000.0)) == (square(*TAM_KY), ())


def test_swapped_columns_are_put_right_and_named() -> None:
    swapped = tuple(Corner(c.no, c.y, c.x, c.edge_m) for c in square(*TAM_KY))
    placed, findings = place_corners(swapped, TAM_KY)
    assert placed == square(*TAM_KY)
    assert [f.code for f in findings] == ["xy-swapped"]


@pytest.mark.parametrize(
    ("commune", "on_108"),
    [
        # domain.md 6.3: X, Y in EPSG:5899 and the same place on the meridian 108°00'
        ((1_720_818.0, 577_996.0), (1_720_743.0, 551_181.0)),  # Tam Kỳ
        ((1_755_248.0, 561_920.0), (1_755_190.0, 535_146.0)),  # Hội An
        ((1_753_177.0, 471_316.0), (1_753_227.0, 444_540.0)),  # Tây Giang
    ],
)
def test_a_table_on_the_other_meridian_is_named_and_left_where_it_is(
    commune: tuple[float, float], on_108: tuple[float, float]
) -> None:
    placed, findings = place_corners(square(*on_108), commune)
    assert placed == square(*on_108)
    assert [f.code for f in findings] == ["wrong-meridian"]
    assert "108°00'" in findings[0].message.vi


def test_without_a_commune_the_other_meridian_cannot_be_seen() -> None:
    assert place_corners(square(1_720_743.0, 551_181.0), None)[1] == ()


@pytest.mark.parametrize(
    ("place", "centroid"),
    [
        ((1_650_000.0, 577_996.0), None),  # south of the old province
        ((1_720_818.0, 439_000.0), None),  # west of it
        ((1_720_818.0, 577_996.0), (1_740_000.0, 577_996.0)),  # 19 km from the commune
    ],
)
def test_a_place_that_is_too_far_is_named(place: tuple[float, float], centroid: tuple[float, float] | None) -> None:
    assert [f.code for f in place_corners(square(*place), centroid)[1]] == ["corner-far"]


def test_no_corners_have_no_place() -> None:
    assert place_corners((), TAM_KY) == ((), ())
