"""Parcels of a sheet that was drawn anew are published as sure only with their newer number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from claims_made_up import old

from cadastre.settling.drawn_anew import LEFT_BEHIND, NUMBER_OVER, drawn_anew
from cadastre.settling.settled import settle
from schemas.parcels import Link, Parcel, ParcelKey
from schemas.tables import load_tables

TABLES = load_tables()


def _old(parcel: int) -> ParcelKey:
    return ParcelKey("20794", "299", "3", str(parcel))


def _gone(parcel: int) -> Link:
    return Link(_old(parcel), ParcelKey("20794", "2003", "12", str(parcel + 40)), "same", 0.995, ())


def _cut(parcel: int, part: int) -> Link:
    return Link(_old(parcel), _old(part), "split", 0.995, ())


def _left(links: Sequence[Link], over: Mapping[ParcelKey, str | None] | None = None) -> dict[str, Parcel]:
    """Return the parcels of sheet 3, six of which have papers of 1982, by number."""
    entries = [old(f"e{n}", "so_dang_ky", sheet_no="3", parcel_no=str(n), area_m2=400.0 + n) for n in range(1, 7)]
    keys = [_old(n) for n in range(1, 7)]
    settled = settle(entries, TABLES, links, anew=drawn_anew(keys, links), over=over)
    return {one.key.parcel: one for one in settled}


def test_what_is_left_of_a_sheet_that_was_drawn_anew_waits() -> None:
    parcels = _left([_gone(n) for n in (1, 2, 3, 4)])
    assert {n for n, one in parcels.items() if LEFT_BEHIND in one.grade_reasons} == {"5", "6"}
    assert parcels["5"].status == "review"
    assert parcels["5"].grade == 2


def test_a_sheet_of_which_few_parcels_went_on_is_still_in_force() -> None:
    parcels = _left([_gone(n) for n in (1, 2)])
    assert not any(LEFT_BEHIND in one.grade_reasons for one in parcels.values())


def test_divisions_inside_a_sheet_do_not_replace_it() -> None:
    parcels = _left([_cut(n, n + 10) for n in (1, 2, 3, 4)])
    assert not any(LEFT_BEHIND in one.grade_reasons for one in parcels.values())


def test_one_that_a_person_ended_waits_no_more_and_has_a_last_day():
    parcels = _left([_gone(n) for n in (1, 2, 3, 4)], {_old(5): "2009-11-30"})
    five, six = parcels["5"], parcels["6"]
    assert (five.status, five.valid_to, NUMBER_OVER in five.grade_reasons) == ("consistent", "2009-11-30", True)
    assert (six.status, six.valid_to, NUMBER_OVER in six.grade_reasons) == ("review", None, False)
