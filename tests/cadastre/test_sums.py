"""How near the areas of parts come to that of their whole."""

from __future__ import annotations

import pytest
from lots_made_up import lots, old

from cadastre.linking.sums import doublings, gap_of, nearest


@pytest.mark.parametrize(
    ("parts", "whole", "gap"),
    [
        ((100.4, 99.8), 200.2, "to_the_decimal"),
        ((100.4, 99.8), 200.3, "to_the_decimal"),  # the map was measured to a tenth of a square metre
        ((100.4, 99.8), 200.0, "exact"),  # 0.2 m² are as good as rounded
        ((100.0, 100.0), 200.0, "exact"),  # without decimals, whole square metres agree easily
        ((100.0, 101.0), 200.0, "within_half"),
        ((100.0, 102.0), 200.0, "within_1"),
        ((100.0, 104.0), 200.0, "within_2"),
        ((100.0, 110.0), 200.0, "within_5"),
        ((100.0, 111.0), 200.0, "off"),
    ],
)
def test_a_sum_is_told_by_how_near_it_comes(parts, whole, gap):
    assert gap_of(parts, whole) == gap


def test_of_several_areas_of_a_parcel_those_count_that_agree_best():
    whole, *parts = lots((old(3, 10), 520.0, None), (old(3, 21), 300.0, None), (old(3, 22), 225.0, None))
    assert nearest(whole, parts) == ("within_1", 520.0)
    both = lots((old(3, 10), 520.0, None), (old(3, 10), 525.0, None))
    assert nearest(both[0], parts) == ("exact", 525.0)


def test_an_exact_sum_of_a_larger_parcel_weighs_more():
    assert [doublings(area) for area in (128.0, 256.0, 1024.0)] == [-1.0, 0.0, 2.0]
