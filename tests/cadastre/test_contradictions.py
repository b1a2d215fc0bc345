"""Signs among a parcel's papers that what stands is out of date, or of other land: a person is asked."""

from __future__ import annotations

from dataclasses import replace

import pytest
from claims_made_up import AN, BINH, KEY, OLD, entry, old, step

from cadastre.asking.disputes import ask_disputes
from cadastre.settling.settled import settle
from schemas.disputes import Decided, Ruling
from schemas.documents import Kind
from schemas.entries import Entry, LandUse, Owner, Ref, value_from_json, value_to_json
from schemas.parcels import Link, Parcel
from schemas.tables import load_tables

TABLES = load_tables()
SURE = (step(),)


def parcel(*entries: Entry, links: tuple[Link, ...] = SURE) -> Parcel:
    keys = {one.entry_id: OLD for one in entries if one.fields["sheet_no"].value == "3"}  # of the map of 1980
    return {one.key: one for one in settle(entries, TABLES, links, keys=keys)}[KEY]


def red(**values: object) -> Entry:
    """Return the certificate of 5 May 1999 under the older number."""
    known = {"owners": AN, "serial": "D 654321", "issued_on": "1999-05-05", "area_m2": 500.0, **values}
    return old("red", "gcn", era="1993", **known)  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", ["so_muc_ke", "don_dang_ky", "trich_do"])
def test_a_later_paper_for_other_people_asks_a_person_and_changes_nothing(kind: Kind) -> None:
    found = parcel(red(), entry("later", kind, owners=BINH, issued_on="2018-09-11"))
    assert "later-paper-differs" in found.grade_reasons
    assert (found.status, found.grade) == ("review", 2)
    assert [c.value for c in found.claims if c.attribute == "owners" and c.standing == "current"] == [AN]


def test_a_spouse_or_another_spelling_is_no_other_person() -> None:
    both = (Owner("Nguyễn văn AN"), Owner("Lê Thị Hoa"))
    found = parcel(red(), entry("later", "so_muc_ke", owners=both, area_m2=500.0))
    assert (found.status, found.grade) == ("consistent", 1)


def test_an_older_paper_for_other_people_is_history() -> None:
    found = parcel(red(), old("register", "so_dang_ky", owners=BINH), entry("later", "so_muc_ke", owners=AN))
    assert found.status == "consistent"


def test_an_undated_book_counts_from_its_era() -> None:
    same_era = entry("index", "so_muc_ke", owners=BINH)  # 2013 to 2024: as well before the certificate as after
    own = entry("own", "gcn", owners=AN, serial="BA 123456", issued_on="2016-05-05")
    assert parcel(own, same_era, links=()).status == "consistent"
    next_era = entry("index", "so_muc_ke", owners=BINH, era="2013")
    before = entry("own", "gcn", era="2009", owners=AN, serial="BA 123456", issued_on="2011-05-05")
    keys = {"own": KEY, "index": KEY}
    (found,) = settle([before, next_era], TABLES, keys=keys)
    assert found.status == "review"


def test_another_legal_area_on_a_later_paper_of_right_asks_and_a_measured_one_does_not() -> None:
    decision = entry("decision", "quyet_dinh", owners=AN, area_m2=496.9, issued_on="2011-10-24", era="2013")
    assert "later-paper-differs" in parcel(red(), decision).grade_reasons
    survey = entry("survey", "trich_do", owners=AN, area_m2=496.9, issued_on="2011-10-24")
    assert "later-paper-differs" not in parcel(red(), survey).grade_reasons
    rounded = entry("decision", "quyet_dinh", owners=AN, area_m2=500.4, issued_on="2011-10-24")
    assert "later-paper-differs" not in parcel(red(), rounded).grade_reasons


def test_an_index_that_tells_of_legal_papers_which_are_not_held_asks_for_them() -> None:
    found = parcel(entry("index", "so_muc_ke", owners=AN, area_m2=512.0, legal_area_m2=510.0), links=())
    assert found.grade_reasons == ("legal-paper-not-held", "no-legal-paper", "no-geometry")
    assert found.status == "review"


def test_an_index_that_tells_of_none_is_all_there_is() -> None:
    found = parcel(entry("index", "so_muc_ke", owners=AN, area_m2=512.0), links=())
    assert (found.status, found.grade) == ("consistent", 2)


def test_a_paper_that_names_another_older_number_asks_whether_the_step_is_right() -> None:
    named = entry("index", "so_muc_ke", owners=AN, old_sheet_no="3", old_parcel_no="48")
    assert parcel(red(), named).status == "consistent"
    other = entry("index", "so_muc_ke", owners=AN, old_sheet_no="2", old_parcel_no="64")
    assert "other-older-number" in parcel(red(), other).grade_reasons
    without_sheet = entry("index", "so_muc_ke", owners=AN, old_parcel_no="48")
    assert parcel(red(), without_sheet).status == "consistent"


def test_what_a_person_said_of_the_older_number_ends_the_doubt_about_it() -> None:
    affirmed = (step(p=1.0, evidence=("said",)),)
    other = entry("index", "so_muc_ke", owners=AN, old_sheet_no="2", old_parcel_no="64")
    assert parcel(red(), other, links=affirmed).status == "consistent"
    first = old("first", "so_muc_ke", owners=AN, area_m2=500.0)
    sold_in_part = entry("book", "so_dia_chinh", owners=BINH, area_m2=158.6, serial="BA 123456")
    assert "older-paper-differs" not in parcel(first, sold_in_part, links=affirmed).grade_reasons


@pytest.mark.parametrize(
    ("note", "number", "asked"),
    [
        ("Trước đây là thửa 64, tờ bản đồ số 2", "2/64", True),
        ("Trước đây là thửa 48, tờ bản đồ số 3", "3/48", False),
        ("Tách từ thửa 64, tờ bản đồ số 2", "2/64", False),
        ("Hợp thửa 64 và thửa 48", "2/64", False),
        ("Giáp thửa 64, tờ bản đồ số 2", "2/64", False),
    ],
)
def test_a_note_counts_where_it_says_what_the_parcel_was_called(note: str, number: str, asked: bool) -> None:
    later = entry("index", "so_muc_ke", owners=AN, change_note=note, refs=(Ref("parcel", number),))
    assert ("other-older-number" in parcel(red(), later).grade_reasons) == asked


def test_where_no_older_number_is_known_a_named_one_is_only_not_held_yet() -> None:
    named = entry("own", "gcn", owners=AN, serial="BA 123456", old_sheet_no="3", old_parcel_no="48")
    assert parcel(named, links=()).status == "consistent"


@pytest.mark.parametrize(
    ("owners", "area_m2", "asked"),
    [
        (BINH, 158.6, True),  # nobody and nothing of the older paper
        (AN, 158.6, False),  # the same man sold a part
        (BINH, 490.0, False),  # 10 m², where 0.8 · √500 = 18 m² is allowed on a map of 1980: it was sold
    ],
)
def test_an_older_paper_with_other_people_and_another_area_asks_whether_it_is_this_land(
    owners: tuple[Owner, ...], area_m2: float, asked: bool
) -> None:
    first = old("first", "so_muc_ke", owners=AN, area_m2=500.0)
    book = entry("book", "so_dia_chinh", owners=owners, area_m2=area_m2, serial="BA 123456")
    assert ("older-paper-differs" in parcel(first, book).grade_reasons) == asked


def test_the_legal_use_of_an_index_is_that_of_the_papers_and_the_present_one_is_told_beside() -> None:
    index = entry(
        "index", "so_muc_ke", land_use=(LandUse("ONT", None), LandUse("CLN", None)),
        legal_land_use=(LandUse("T", None),), area_m2=500.0, legal_area_m2=500.0,
    )  # fmt: skip
    found = parcel(index, links=())
    assert found.land_use == (LandUse("T", None),)
    present = found.attributes["present_land_use"]
    assert present == (LandUse("ONT", None), LandUse("CLN", None))
    stored = value_to_json("present_land_use", present)
    assert stored == [{"code": "ONT", "area_m2": None}, {"code": "CLN", "area_m2": None}]
    assert value_from_json("present_land_use", stored) == present


def test_the_present_use_never_stands_above_a_certificate_of_before_the_codes() -> None:
    index = entry("index", "so_muc_ke", land_use=(LandUse("ONT", None),), legal_land_use=(LandUse("Lúa", None),))
    found = parcel(red(land_use=(LandUse("Lúa", 500.0),)), index)
    assert {use.code for use in found.land_use} == {"Lúa"}


def test_an_index_with_one_column_of_land_use_says_the_legal_one() -> None:
    found = parcel(entry("index", "so_muc_ke", land_use=(LandUse("LUC", None),)), links=())
    assert found.land_use == (LandUse("LUC", None),)
    assert "present_land_use" not in found.attributes


def test_a_legal_use_that_waits_leaves_the_land_use_empty() -> None:
    uses = {"land_use": (LandUse("ONT", None),), "legal_land_use": (LandUse("T", None),)}
    found = parcel(entry("index", "so_muc_ke", waiting=("legal_land_use",), **uses), links=())
    assert found.land_use == ()
    assert "value-waits" in found.grade_reasons


def test_a_later_paper_is_asked_about_on_the_number_that_the_parcel_has_now() -> None:
    """The register of 2002 has another man on the old number; since 2016 the parcel has a new one and a new owner."""
    register = old("register", "so_dia_chinh", era="1993", owners=BINH, issued_on="2002-03-01")
    ended = settle([red(), register], TABLES)
    questions = ask_disputes("land", ended, {"red": red(), "register": register}, TABLES)
    assert [(one.asked.kind, one.cause, one.asked.attribute) for one in questions] == [("value", "later", "owners")]
    own = entry("own", "gcn", owners=BINH, serial="BA 123456", issued_on="2016-05-05")
    papers = {one.entry_id: one for one in (red(), register, own)}
    keys = {"red": replace(OLD, era="1993"), "register": replace(OLD, era="1993"), "own": KEY}
    renumbered = settle(list(papers.values()), TABLES, (step(replace(OLD, era="1993")),), keys=keys)
    causes = [one.cause for one in ask_disputes("land", renumbered, papers, TABLES)]
    assert causes == ["rivals"]  # which certificate is in force; who the register had is history by then


@pytest.mark.parametrize(
    ("note", "rule"),
    [
        ("Nhận thừa kế của ông Nguyễn Văn An năm 2014", "certificate:passed-on"),
        ("Nhận chuyển nhượng của ông Lê Văn Sáu", "certificate"),  # of another man: the index may be of other land
    ],
)
def test_the_holder_from_whom_a_later_book_says_that_it_has_the_land_waits(note: str, rule: str) -> None:
    own = entry("own", "gcn", era="2009", owners=AN, serial="BA 123456", area_m2=500.0, issued_on="2011-05-05")
    book = entry("book", "so_muc_ke", owners=BINH, area_m2=500.0, issued_on="2015-03-01", change_note=note)
    keys = {"own": KEY, "book": KEY}
    (found,) = settle([own, book], TABLES, keys=keys)
    owners = {claim.entry_id: (claim.standing, claim.rule) for claim in found.claims if claim.attribute == "owners"}
    assert owners["own"] == ("current" if rule == "certificate" else "disputed", rule)
    assert owners["book"][0] == "superseded"
    assert (found.status, "papers-disagree" in found.grade_reasons) == ("review", False)
    assert "later-paper-differs" in found.grade_reasons
    (question,) = ask_disputes("land", [found], {"own": own, "book": book}, TABLES)
    assert (question.cause, [side.entry_ids for side in question.asked.sides]) == ("later", [("own",), ("book",)])
    ruling = Decided(question.asked, Ruling(question.asked.question_id, "side", 1), "2026-11-27")
    (settled,) = settle([own, book], TABLES, keys=keys, decided=[ruling])
    stands = [claim.value for claim in settled.claims if (claim.attribute, claim.standing) == ("owners", "current")]
    assert (stands, settled.status) == ([BINH], "consistent")
