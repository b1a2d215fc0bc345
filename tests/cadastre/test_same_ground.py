"""Boundaries of two maps: the same parcel, one divided, two joined (EPSG:5899, metres)."""

from __future__ import annotations

import duckdb
from mentions_made_up import told

from cadastre.linking.lineage import reconcile
from cadastre.numberings.mentions import Mention
from schemas.documents import Era
from schemas.entries import Corner
from schemas.tables import load_tables
from schemas.weights import load_weights

EAST, NORTH = 577_000.0, 1_720_000.0


def drawn(number: int, era: Era, place: str, left: float, bottom: float, width: float, height: float) -> Mention:
    """Return a parcel of a map: a rectangle, east and north of the corner of the sheet."""
    west, south = EAST + left, NORTH + bottom
    ring = ((south, west), (south, west + width), (south + height, west + width), (south + height, west))
    corners = tuple(Corner(n, x, y) for n, (x, y) in enumerate(ring, start=1))
    return told(number, era, place, area=width * height, kind="ban_do", corners=corners)


def steps(*mentions: Mention) -> set[tuple[str, str, str]]:
    found = reconcile(mentions, load_tables(), load_weights(), duckdb.connect())
    return {(str(link.older).split("@")[1], link.relation, str(link.newer).split("@")[1]) for link in found.links}


def test_a_parcel_drawn_some_metres_off_is_the_same() -> None:
    assert steps(drawn(1, "299", "1/7", 0, 0, 40, 25), drawn(2, "2009", "4/12", 2.0, 1.5, 41, 26)) == {
        ("299/1/7", "same", "2009/4/12")
    }


def test_two_parcels_drawn_inside_an_older_one_are_its_parts() -> None:
    old = drawn(1, "299", "1/7", 0, 0, 40, 25)
    parts = drawn(2, "2009", "4/12", 0, 0, 18, 25), drawn(3, "2009", "4/13", 18, 0, 22, 25)
    assert steps(old, *parts) == {("299/1/7", "split", "2009/4/12"), ("299/1/7", "split", "2009/4/13")}


def test_a_parcel_drawn_over_two_older_ones_joined_them() -> None:
    old = drawn(1, "299", "1/7", 0, 0, 20, 25), drawn(2, "299", "1/8", 20, 0, 20, 25)
    assert steps(*old, drawn(3, "2009", "4/12", 0, 0, 40, 25)) == {
        ("299/1/7", "merge", "2009/4/12"),
        ("299/1/8", "merge", "2009/4/12"),
    }


def test_parcels_that_lie_apart_are_not_linked_by_their_equal_areas() -> None:
    assert steps(drawn(1, "299", "1/7", 0, 0, 40, 25), drawn(2, "2009", "4/12", 900, 900, 40, 25)) == set()
