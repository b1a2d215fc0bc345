"""Whatever the order of papers and links, the same parcels; a paper taken away and brought back restores them."""

from __future__ import annotations

from dataclasses import replace

from claims_made_up import AN, BINH, KEY, OLD, entry, of_parcel, old, step
from hypothesis import given, settings
from hypothesis import strategies as st

from cadastre.settling.settled import settle
from schemas.documents import Kind
from schemas.entries import Entry, LandUse, Ref
from schemas.parcels import Link, ParcelKey
from schemas.tables import load_tables

TABLES = load_tables()
MOVED = ParcelKey("20797", "2024", "12", "125")
LINKS = [step(), step(KEY, MOVED, "unit_change", p=0.9), step(of_parcel(OLD, "49"), of_parcel(KEY, "126"), "split")]
KINDS: tuple[Kind, ...] = ("gcn", "so_dia_chinh", "so_cap_gcn", "so_muc_ke", "trich_do", "don_dang_ky", "du_lieu")


@st.composite
def papers(draw: st.DrawFn) -> list[Entry]:
    """Return up to eight entries of a few numbers of one piece of land, that agree or not."""
    made = []
    for number in range(draw(st.integers(1, 8))):
        kind = draw(st.sampled_from(KINDS))
        where = draw(st.sampled_from(("now", "old", "moved", "part", "whole")))
        values = {
            "area_m2": draw(st.sampled_from((100.0, 101.0, 170.0))),
            "owners": draw(st.sampled_from((AN, BINH))),
            "serial": draw(st.sampled_from(("BA 111111", "BA 711111", "CA 222222", "Q 012345"))),
            "register_no": draw(st.sampled_from(("CH 00001", "CH 00007"))),
            "issued_on": draw(st.sampled_from((None, "1996-05-01", "2012-01-01", "2018-05"))),
            "refs": draw(st.sampled_from((None, (Ref("serial", "BA 111111"),), (Ref("serial", "CA 222222"),)))),
            "land_use": (LandUse(draw(st.sampled_from(("ONT", "T"))), None),),
            "change_note": draw(
                st.sampled_from((None, "Thu hồi GCN BA 111111", "Chuyển nhượng cho ông Trần Văn Bình ngày 1/1/2019"))
            ),
        }
        known = {name: value for name, value in values.items() if value is not None}
        confirmed = draw(st.sampled_from(((), ("change_note",), ("area_m2",))))
        name = f"e{number}"
        if where in ("old", "whole"):
            made.append(old(name, kind, parcel_no="48" if where == "old" else "49", **known))
        else:
            place = {"moved": {"unit_code": "20797"}, "part": {"parcel_no": "126"}}.get(where, {})
            era = "2024" if where == "moved" else "2013"
            made.append(entry(name, kind, era=era, confirmed=confirmed, **{**known, **place}))
    return made


@settings(deadline=None, max_examples=60)
@given(st.data(), papers())
def test_any_order_of_papers_and_links_gives_the_same_parcels(data: st.DataObject, made: list[Entry]) -> None:
    shuffled, links = data.draw(st.permutations(made)), data.draw(st.permutations(LINKS))
    assert settle([*shuffled, shuffled[0]], TABLES, [*links, links[0]]) == settle(made, TABLES, LINKS)


@settings(deadline=None, max_examples=40)
@given(papers(), st.integers(0, 7))
def test_a_paper_taken_away_and_brought_back_restores(made: list[Entry], which: int) -> None:
    before = settle(made, TABLES, LINKS)
    gone = made[which % len(made)]
    settle([one for one in made if one is not gone], TABLES, LINKS)
    assert settle([*(one for one in made if one is not gone), gone], TABLES, LINKS) == before


@settings(deadline=None, max_examples=40)
@given(papers(), st.sampled_from(LINKS))
def test_every_current_value_has_a_rule_and_a_paper_that_says_it(made: list[Entry], link: Link) -> None:
    by_id = {one.entry_id: one for one in made}
    for parcel in settle(made, TABLES, [link]):
        for claim in parcel.claims:
            assert claim.rule
            assert claim.entry_id in by_id
        standing = {claim.attribute for claim in parcel.claims if claim.standing == "current"}
        assert parcel.attributes.keys() <= standing
        measured = {claim.value for claim in parcel.claims if claim.attribute == "area_m2"}
        assert parcel.area_m2 is None or parcel.area_m2 in measured
        assert parcel.valid_to is None or parcel.valid_from is None or parcel.valid_from <= parcel.valid_to


@settings(deadline=None, max_examples=30)
@given(papers())
def test_without_links_no_parcel_knows_another_ones_papers(made: list[Entry]) -> None:
    for parcel in settle(made, TABLES):
        assert {claim.key for claim in parcel.claims} <= {parcel.key}
        alone = [one for one in made if one.entry_id in parcel.entry_ids]
        assert settle([replace(one) for one in alone], TABLES) == [parcel]
