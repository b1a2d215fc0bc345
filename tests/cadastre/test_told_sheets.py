"""A parcel of a sheet that lies on named sheets is looked for among fewer lots."""

from __future__ import annotations

import numpy as np
import pytest
from lots_made_up import UNIT, lots, new, old

from cadastre.linking.comparisons import LEVELS
from cadastre.linking.linkage import Pairs
from cadastre.linking.told_sheets import sheet_bits
from schemas.parcels import SheetSaid

# one old parcel; 32 newer ones, 8 of them on sheet 12 (number 1 is the first) and 24 on sheet 13 (number 9 the first)
SOME = lots(
    (old(3, 125), None, None),
    *((new(12, parcel), None, None) for parcel in range(1, 9)),
    *((new(13, parcel), None, None) for parcel in range(1, 25)),
)
ON_12 = SheetSaid((UNIT, "299", "3"), ((UNIT, "2009", "12"),))


def pairs(around: int) -> Pairs:
    """The old parcel with one parcel of each sheet, and the level of `around` (-1 unknown) for both."""
    levels = {name: np.full(2, around if name == "around" else -1) for name in LEVELS}
    weights = {"around": {"sheet_of_most": (0.4, 0.1)}}  # log2(0.4 / 0.1) = 2 bits
    return Pairs(np.array([0, 0]), np.array([1, 9]), np.zeros(2), levels, weights)


def test_a_parcel_on_a_named_sheet_is_one_of_eight_and_no_longer_of_thirty_two():
    assert sheet_bits(SOME, pairs(around=-1), [ON_12]).tolist() == pytest.approx([2.0, 0.0])


def test_what_the_neighbours_told_of_the_sheet_is_not_counted_twice():
    names = [level for level, _ in LEVELS["around"]]
    most = len(names) - 1 - names.index("sheet_of_most")
    assert sheet_bits(SOME, pairs(around=most), [ON_12]).tolist() == pytest.approx([0.0, 0.0])


def test_without_a_word_nothing_is_added():
    assert not sheet_bits(SOME, pairs(around=-1), []).any()
