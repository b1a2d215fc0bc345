"""Sheet names of the cadastral grid, from a place to its sheets and back (domain.md 6.4)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cadastre.ground.nomenclature import SheetFrame, frame_of, read_nomenclature, sheet_names

TAM_KY = (1_720_818.0, 577_996.0)


def test_the_sheets_of_tam_ky_are_named_as_in_the_circular() -> None:
    assert sheet_names(*TAM_KY) == ("722575", "722575-6", "722575-6-b", "722575-6-(4)", "722575-6-20")


@pytest.mark.parametrize(
    ("name", "frame"),
    [
        # 1:5000: the corner is printed, X 1722 km, Y 575 km
        ("722575", SheetFrame(1_722_000, 575_000, 3_000)),
        # 1:2000: the sixth of nine stands in the second row at the right
        ("722575-6", SheetFrame(1_721_000, 577_000, 1_000)),
        # 1:1000: b is the upper right quarter
        ("722575-6-b", SheetFrame(1_721_000, 577_500, 500)),
        # 1:500: the fourth of sixteen ends the first row
        ("722575-6-(4)", SheetFrame(1_721_000, 577_750, 250)),
        # 1:200: the twentieth of a hundred ends the second row
        ("722575-6-20", SheetFrame(1_720_900, 577_900, 100)),
        # 1:10000
        ("10-722575", SheetFrame(1_722_000, 575_000, 6_000)),
    ],
)
def test_a_name_is_a_square(name: str, frame: SheetFrame) -> None:
    assert frame_of(name) == frame


@pytest.mark.parametrize(
    "name",
    [
        "721575",  # X is no multiple of three kilometres
        "722576",  # Y is not 500 and three times something
        "722575-10",
        "722575-6-(17)",
        "722575-6-101",
        "722575-6-e",
        "10-722575-6",  # a sheet at 1:10000 has no kilometres
        "12",
        "BA 123456",
    ],
)
def test_what_is_no_sheet_of_the_grid_has_no_square(name: str) -> None:
    assert frame_of(name) is None
    assert read_nomenclature(name) is None


def test_blanks_and_stops_around_a_printed_name_do_not_matter() -> None:
    assert read_nomenclature(" 722575 - 6 - (4). ") == "722575-6-(4)"


@given(x=st.floats(1_651_000, 1_781_000), y=st.floats(440_000, 608_000))
def test_every_sheet_named_for_a_place_holds_the_place(x: float, y: float) -> None:
    frames = [frame_of(name) for name in sheet_names(x, y)]
    assert [frame.side_m for frame in frames if frame] == [3_000, 1_000, 500, 250, 100]
    assert all(frame is not None and frame.holds(x, y) for frame in frames)
