"""Whether the neighbours of two lots go together in the order of their numbers."""

from __future__ import annotations

import numpy as np
from lots_made_up import lots, new, old

from cadastre.linking.alignment import in_row, row_bits
from cadastre.linking.lots import Lot

AREAS = (211.0, 540.0, 333.0, 875.0, 129.0, 460.0, 702.0, 288.0, 1190.0)


def two_sheets(*, turned: bool = False) -> list[Lot]:
    """Nine parcels of sheet 1, the same on sheet 7 in their order or turned round, and nine others on sheet 8."""
    order = range(9, 0, -1) if turned else range(1, 10)
    return lots(
        *((old(1, n), area, None) for n, area in enumerate(AREAS, 1)),
        *((new(7, n), area * 1.004, None) for n, area in zip(order, AREAS, strict=True)),
        *((new(8, n), area * 1.31, None) for n, area in enumerate(AREAS, 1)),
    )


def pair(found: list[Lot], older: int, sheet: int, newer: int) -> tuple[int, int]:
    keys = [lot.key for lot in found]
    return keys.index(old(1, older)), keys.index(new(sheet, newer))


def bits(found: list[Lot], *pairs: tuple[int, int], **more: set[tuple[int, int]]) -> list[float]:
    older, newer = (np.array(side) for side in zip(*pairs, strict=True))
    return [float(one) for one in row_bits(found, older, newer, **more)]


def test_a_parcel_in_the_midst_of_its_old_neighbours_has_their_word() -> None:
    found = two_sheets()
    right, moved, elsewhere = bits(found, pair(found, 5, 7, 5), pair(found, 5, 7, 9), pair(found, 5, 8, 5))
    assert right > 5
    assert moved < right / 2
    assert elsewhere == 0


def test_a_row_that_was_numbered_from_the_other_end_is_the_same_row() -> None:
    found = two_sheets(turned=True)
    assert bits(found, pair(found, 5, 7, 5))[0] > 5
    assert bits(found, pair(found, 2, 7, 8))[0] > 5


def test_neighbours_whose_fate_is_known_already_are_not_heard_twice() -> None:
    found = two_sheets()
    place = pair(found, 5, 7, 5)
    keys = [lot.key for lot in found]
    settled = {(keys.index(old(1, n)), found[place[1]].order) for n in (1, 2, 3, 4, 6, 7, 8, 9)}
    assert bits(found, place, settled=settled) == [0.0]


def test_areas_that_most_parcels_have_say_nothing() -> None:
    alike = lots(*((old(1, n), 500.0, None) for n in range(1, 10)), *((new(7, n), 500.0, None) for n in range(1, 10)))
    assert bits(alike, pair(alike, 5, 7, 5)) == [0.0]


def test_the_newer_lots_in_row_are_told_by_band() -> None:
    found = two_sheets()
    older, newer = pair(found, 5, 7, 5)
    told = in_row(found, np.array([older]), np.array([newer]))
    assert [band for band in told[older] if band] == [(newer,)]
