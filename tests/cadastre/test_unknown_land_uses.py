"""A land-use code that no table knows is told by its paper and never stands as a parcel's land use."""

from __future__ import annotations

import pytest
from claims_made_up import entry

from cadastre.asking.disputes import ask_disputes
from cadastre.imports.imported_rows import Batch, entry_of_row
from cadastre.settling.known_uses import are_known
from cadastre.settling.settled import settle
from schemas.documents import PageRef
from schemas.entries import Entry, LandUse
from schemas.parcels import Parcel
from schemas.tables import load_tables

TABLES = load_tables()


def use(*codes: str) -> tuple[LandUse, ...]:
    return tuple(LandUse(code, None) for code in codes)


def parcel(*entries: Entry) -> Parcel:
    (found,) = settle(entries, TABLES)
    return found


def standing(found: Parcel) -> dict[str, tuple[str, str]]:
    return {c.entry_id: (c.standing, c.rule) for c in found.claims if c.attribute == "land_use"}


@pytest.mark.parametrize(
    "printed",
    # codes of three laws, letters and words of older papers, an aggregate that stands on certificates (codes/README)
    ["ONT", "BHK", "HNK", "LNK", "LUA", "T", "T+V", "2L", "Màu", "thổ cư", "Đất ở", "Đất trồng cây lâu năm"],
)
def test_what_papers_print_is_known(printed: str) -> None:
    assert are_known(use(printed), TABLES)


@pytest.mark.parametrize("misread", ["HNK?", "CLM", "LúaH", "T+VH", "2I", ""])
def test_a_misreading_is_not_known_even_beside_a_known_code(misread: str) -> None:
    assert not are_known(use("ONT", misread), TABLES)


def test_an_accepted_misreading_stays_a_claim_and_the_parcel_waits() -> None:
    found = parcel(entry("red", area_m2=120.0, land_use=use("HNK?")))
    assert found.land_use == ()
    assert standing(found) == {"red": ("disputed", "certificate:unknown-code")}
    assert found.status == "review"
    assert "value-waits" in found.grade_reasons
    assert "papers-disagree" not in found.grade_reasons, "no other paper says otherwise"


def test_a_lighter_paper_that_can_be_read_stands_instead() -> None:
    found = parcel(
        entry("red", area_m2=120.0, land_use=use("CLM")), entry("index", "so_muc_ke", land_use=use("CLN"))
    )  # fmt: skip
    assert found.land_use == use("CLN")
    assert standing(found)["red"] == ("superseded", "certificate:unknown-code")


def test_a_person_who_confirms_the_letters_does_not_make_them_a_code() -> None:
    found = parcel(entry("book", "so_dang_ky", era="2003", land_use=use("Xq"), confirmed=("land_use",)))
    assert found.land_use == ()


def test_a_code_that_nobody_knows_is_no_dispute_between_papers() -> None:
    papers = entry("a", land_use=use("HNK?")), entry("b", land_use=use("CLM"))
    assert not ask_disputes("20794", [parcel(*papers)], {one.entry_id: one for one in papers}, TABLES)


def test_a_row_of_an_earlier_project_with_an_unknown_code_waits() -> None:
    batch = Batch(PageRef("0" * 64, 1), "2013", TABLES, unit_code="20794")
    made = entry_of_row({"sheet_no": "12", "parcel_no": "125", "land_use": "XYZ"}, 1, batch)
    assert isinstance(made, Entry)
    assert (made.fields["land_use"].value, made.fields["land_use"].status) == (None, "review")
    assert [one.code for one in made.findings] == ["land-use-unknown"]
