"""Numbers that stand inside the line work of a drawn sheet."""

from __future__ import annotations

import pytest
import shapely
from shapely import LineString

from cadastre.ground.sheet_labels import Text, read_sheet

FRAME = [LineString([(0, 0), (40, 0), (40, 20), (0, 20), (0, 0)]), LineString([(20, 0), (20, 20)])]


@pytest.mark.parametrize(
    ("said", "number", "use", "area"),
    [
        (["125"], "125", None, None),
        (["125", "ONT+CLN", "400.0"], "125", "ONT+CLN", "400.0"),
        (["125/T/400"], "125", "T", "400"),  # domain.md 2.1: number, letter code, area
        (["125", "400"], "125", None, "400"),  # the one that is as large as the polygon is its area
        (["0125a"], "125a", None, None),
        (["12", "13"], None, None, None),
        (["Đường liên thôn"], None, None, None),
    ],
)
def test_the_texts_of_a_polygon(said: list[str], number: str | None, use: str | None, area: str | None) -> None:
    sheet = read_sheet(FRAME, [Text(text, 5, 5 + 2 * i) for i, text in enumerate(said)])
    found = (*sheet.parcels, *sheet.unlabelled)
    told = next(one for one in found if one.texts)
    assert (told.number, told.land_use, told.area) == (number, use, area)
    assert len(found) == 2


def test_a_pond_inside_a_parcel_is_a_hole_of_it() -> None:
    pond = shapely.box(5, 5, 10, 10).boundary
    sheet = read_sheet([*FRAME, pond], [Text("1", 15, 15), Text("2", 7, 7)])
    assert {one.number: one.polygon.area for one in sheet.parcels} == {"1": 375.0, "2": 25.0}


def test_a_number_outside_all_lines_is_told() -> None:
    sheet = read_sheet(FRAME, [Text("7", 100, 100), Text("Tỷ lệ 1:1000", 100, 110)])
    assert [text.text for text in sheet.stray] == ["7"]
