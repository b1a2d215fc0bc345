"""A draft becomes an entry: what is taken unseen, what waits, and what the rules say (domain.md 4)."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from papers_made_up import certificate, corner_table, draft

from cadastre.checking.rules import RULES, check
from schemas.documents import Given
from schemas.entries import Draft, Entry, LandUse, Owner, Term
from schemas.outcomes import Finding
from schemas.tables import load_tables

TABLES = load_tables()


def entry(paper: Draft) -> Entry:
    return check(paper, TABLES)


def status(found: Entry, name: str) -> str:
    return found.fields[name].status


def codes(found: Entry, severity: str | None = None) -> set[str]:
    return {finding.code for finding in found.findings if severity in (None, finding.severity)}


def test_a_sound_certificate_is_taken_and_its_names_wait() -> None:
    found = entry(certificate())
    assert (found.status, found.era, found.form) == ("accepted", "2013", "gcn_2009")
    assert found.findings == ()
    values = {name: field.value for name, field in found.fields.items() if field.status == "accepted"}
    assert values == {
        "unit_code": "20794",
        "unit_name": "Xã Bình Dương",
        "sheet_no": "12",
        "parcel_no": "125",
        "serial": "BA 123456",
        "register_no": "CH 01234",
        "issued_on": "2015-05-12",
        "area_m2": 1205.6,
        "area_words_m2": 1205.6,
        "private_m2": 1205.6,
        "shared_m2": 0.0,
        "land_use": (LandUse("ONT", 200.0), LandUse("CLN", 1005.6)),
        "term": (Term("long", code="ONT"), Term("until", "2063-10-15", code="CLN")),
        "origin": ("CNQ-CTT",),
    }
    assert status(found, "owners") == "review"
    assert found.fields["owners"].value == (Owner("Nguyễn Văn An", "nam", 1960, "cmnd", "205123456"),)
    assert status(found, "address") == "review"


def test_every_value_on_the_paper_says_where_it_stands_and_an_inferred_one_does_not() -> None:
    found = entry(certificate())
    area, code = found.fields["area_m2"], found.fields["unit_code"]
    assert (area.source, area.text, area.ref) == ("paper", "1.205,6 m²", found.ref)
    assert area.box is not None
    assert (code.source, code.text, code.ref, code.box) == ("inferred", None, None, None)
    assert all(field.p is None for field in found.fields.values())


# digits: two engines, or the paper's own redundancy


def test_one_engine_alone_is_not_enough_for_a_number() -> None:
    found = entry(certificate(parcel_no=(None, "125")))
    assert (found.fields["parcel_no"].value, status(found, "parcel_no")) == ("125", "review")
    assert found.status == "review"


def test_engines_that_differ_leave_the_digit_readers_value_waiting() -> None:
    found = entry(certificate(serial=("BA 128456", "BA 123456")))
    assert (found.fields["serial"].value, status(found, "serial")) == ("BA 123456", "review")


def test_a_number_that_nobody_could_read_is_null_and_unreadable() -> None:
    found = entry(certificate(sheet_no="~~"))
    assert (found.fields["sheet_no"].value, status(found, "sheet_no")) == (None, "unreadable")
    assert found.fields["sheet_no"].text == "~~"
    assert found.status == "review"


def test_words_choose_between_two_readings_of_the_area() -> None:
    found = entry(certificate(area_m2=("1.205,6 m²", "1.265,6 m²")))
    assert (found.fields["area_m2"].value, status(found, "area_m2")) == (1205.6, "accepted")


def test_words_outweigh_two_engines_that_lost_the_same_leading_digit() -> None:
    found = entry(certificate(area_m2="205,6 m²", private_m2="205,6 m²", land_use="Đất ở tại nông thôn: 205,6 m²"))
    assert status(found, "area_m2") == "review"
    assert "R1" in codes(found, "error")
    assert found.status == "review"


def test_words_tell_what_2_500_means() -> None:
    said = {"private_m2": "2.500 m²", "land_use": "Đất ở tại nông thôn"}
    with_words = entry(certificate(area_m2="2.500 m²", area_words_m2="Hai nghìn năm trăm mét vuông", **said))
    assert (with_words.fields["area_m2"].value, status(with_words, "area_m2")) == (2500.0, "accepted")
    small = entry(certificate(area_m2="2.500 m²", area_words_m2="Hai phẩy năm mét vuông", **said))
    assert small.fields["area_m2"].value == 2.5


def test_2_500_without_other_evidence_waits() -> None:
    paper = draft(kind="so_muc_ke", form=None, era="2013", unit_name="XÃ BÌNH DƯƠNG", district_name="THĂNG BÌNH",
                  sheet_no="12", parcel_no="7", area_m2="2.500")  # fmt: skip
    found = entry(paper)
    assert (found.fields["area_m2"].value, status(found, "area_m2")) == (2500.0, "review")
    assert "area-two-ways" in codes(found)


# R2, R3


def test_r2_purposes_that_do_not_sum_to_the_area_are_an_error() -> None:
    found = entry(certificate(land_use="Đất ở tại nông thôn: 200,0 m²; Đất trồng cây lâu năm: 1.005,5 m²"))
    assert codes(found, "error") == {"R2"}
    assert status(found, "land_use") == "review"
    assert status(found, "area_m2") == "accepted"  # the words confirm it


def test_r3_shares_one_tenth_off_are_an_error() -> None:
    found = entry(certificate(private_m2="1.205,5 m²"))
    assert codes(found, "error") == {"R3"}
    assert status(found, "private_m2") == "review"


def test_r3_none_shared_is_zero_and_private_and_shared_sum_up() -> None:
    found = entry(certificate(private_m2="1.000,0 m²", shared_m2="205,6 m²"))
    assert found.findings == ()
    assert found.fields["shared_m2"].value == 205.6


def test_a_share_that_one_engine_misread_is_put_right_by_the_sum() -> None:
    found = entry(certificate(private_m2=("1.000,0 m²", "1.600,0 m²"), shared_m2="205,6 m²"))
    assert (found.fields["private_m2"].value, status(found, "private_m2")) == (1000.0, "accepted")


# words: a closed list, beyond doubt


def test_words_of_a_closed_list_need_one_reader() -> None:
    found = entry(certificate(term=("Lâu dài", None), origin=("Công nhận QSDĐ như giao đất có thu tiền", "~")))
    assert (found.fields["term"].value, status(found, "term")) == (Term("long"), "accepted")
    assert status(found, "origin") == "accepted"


def test_a_term_with_a_day_needs_two() -> None:
    found = entry(certificate(term=("Đến ngày 15/10/2063", "Đến ngày 15/10/2068")))
    assert status(found, "term") == "review"


def test_a_term_whose_words_one_engine_could_not_read_is_taken_where_both_read_its_numbers() -> None:
    lost = "Đt ti nông thôn: Lu dài; Đt trng cây lâu năm: Đn ngày 15/10/2063"
    sound = "Đất ở tại nông thôn: Lâu dài; Đất trồng cây lâu năm: Đến ngày 15/10/2063"
    assert status(entry(certificate(term=(sound, lost))), "term") == "accepted"
    assert status(entry(certificate(term=(sound, lost.replace("2063", "2068")))), "term") == "review"


def test_words_that_are_not_in_the_list_stand_as_printed_and_wait() -> None:
    found = entry(certificate(origin="Ông bà để lại"))
    assert (found.fields["origin"].value, status(found, "origin")) == ("Ông bà để lại", "review")


@pytest.mark.parametrize("none", ["Không", "không có.", "Khong", "KHÔNG CÓ"])
def test_words_that_say_that_there_is_none_leave_the_text_out_and_are_not_asked_for(none: str) -> None:
    found = entry(certificate(assets=none, restrictions=none))
    assert {"assets", "restrictions"} & set(found.fields) == set()


def test_a_note_that_nothing_changed_is_a_note() -> None:
    assert entry(certificate(restrictions="Không thay đổi")).fields["restrictions"].value == "Không thay đổi"


def test_none_on_the_paper_leaves_the_field_out() -> None:
    found = entry(certificate(shared_m2="-/-", assets="-/-"))
    assert "shared_m2" not in found.fields
    assert "assets" not in found.fields


# the commune


def test_the_manifest_names_the_commune_and_its_source_says_so() -> None:
    found = entry(draft(given=Given("a.pdf", unit_code="20794"), **_without_address()))
    code, name = found.fields["unit_code"], found.fields["unit_name"]
    assert (code.value, code.status, code.source) == ("20794", "accepted", "manifest")
    assert name.value == "Xã Bình Dương"


def _without_address() -> dict[str, str]:
    return {"serial": "BA 123456", "parcel_no": "125", "sheet_no": "12", "area_m2": "120,5", "issued_on": "12/5/2015"}


def test_a_paper_that_contradicts_the_manifest_waits() -> None:
    paper = draft(
        given=Given("a.pdf", unit_code="20797"), **_without_address(), address="xã Bình Dương, huyện Thăng Bình"
    )
    found = entry(paper)
    assert "unit-conflict" in codes(found, "error")
    assert status(found, "unit_code") == "review"
    assert found.status == "review"


def test_a_name_that_is_not_the_manifests_commune_is_told_as_printed_and_waits() -> None:
    given = Given("a.pdf", unit_code="20794", unit_date="2025-06-30")
    found = entry(draft(given=given, **_without_address(), address="xã Thăng Phú, thành phố Đà Nẵng"))
    assert status(found, "unit_name") == "review"
    assert "Thăng Phú" in str(found.fields["unit_name"].value)


def test_a_reused_code_means_the_commune_of_the_papers_own_date() -> None:
    found = entry(draft(given=Given("a.pdf", unit_code="20335"), **_without_address()))
    assert found.fields["unit_name"].value == "Phường Tân Thạnh"


def test_a_reused_code_without_any_date_is_a_question() -> None:
    texts = {name: text for name, text in _without_address().items() if name not in ("issued_on", "serial")}
    found = entry(draft(kind="trich_do", form=None, given=Given("a.pdf", unit_code="20335"), **texts))
    assert "unit-ambiguous" in codes(found, "error")
    dated = Given("a.pdf", unit_code="20335", unit_date="2018-01-01")
    settled = entry(draft(kind="trich_do", form=None, given=dated, **texts))
    assert settled.fields["unit_name"].value == "Phường Tân Thạnh"
    assert status(settled, "unit_code") == "accepted"


def test_an_unknown_commune_is_an_error_and_has_no_code() -> None:
    found = entry(certificate(address="thôn 1, xã Không Có, huyện Thăng Bình"))
    assert "unit-unknown" in codes(found, "error")
    assert "unit_code" not in found.fields


def test_one_poor_reading_of_the_commune_waits() -> None:
    found = entry(certificate(address=("xã Bình Duonq, huyện Thăng Bình", None)))
    assert (found.fields["unit_code"].value, status(found, "unit_code")) == ("20794", "review")


# R7, R8, R9, R10


def test_r7_the_barcode_holds_commune_and_year() -> None:
    assert codes(entry(certificate(barcode="2079415001234"))) == set()
    assert codes(entry(certificate(barcode="2079416001234"))) == {"R7"}


def test_r8_a_number_of_a_man_on_a_womans_line_is_a_warning() -> None:
    found = entry(certificate(owners="Bà: TRẦN THỊ BA, sinh năm 1962, CCCD số: 049062001234"))
    assert codes(found, "warning") == {"R8"}
    assert found.status == "accepted"  # names wait anyhow and are no key


def test_r9_a_title_against_the_middle_name_is_a_note() -> None:
    assert codes(entry(certificate(owners="Ông: NGUYỄN THỊ BA, sinh năm 1962"))) == {"R9"}


def test_r10_a_day_outside_the_forms_days_waits() -> None:
    found = entry(certificate(issued_on="ngày 12 tháng 5 năm 2008"))
    assert "R10" in codes(found, "warning")
    assert status(found, "issued_on") == "review"


@pytest.mark.parametrize(("name", "text"), [("serial", "AN 123456"), ("register_no", "H 00345")])
def test_r10_numbers_of_another_form_wait(name: str, text: str) -> None:
    found = entry(certificate(**{name: text}))
    assert codes(found) == {"R10"}
    assert status(found, name) == "review"


# plausibility, missing fields, kinds that are not read


def test_an_area_out_of_range_waits_unless_words_confirm_it() -> None:
    texts = dict.fromkeys(("area_m2", "private_m2"), "72.056,0 m²")
    bare = entry(draft(kind="trich_do", form=None, unit_name="xã Bình Dương, huyện Thăng Bình", sheet_no="1",
                       parcel_no="2", area_m2="72.056,0", issued_on="12/5/2015"))  # fmt: skip
    assert status(bare, "area_m2") == "review"
    confirmed = entry(
        certificate(**texts, area_words_m2="Bảy mươi hai nghìn không trăm năm mươi sáu", land_use="Đất ở")
    )
    assert status(confirmed, "area_m2") == "accepted"


def test_a_number_that_must_stand_there_and_was_not_found_is_an_error() -> None:
    texts = {name: text for name, text in _without_address().items() if name != "serial"}
    found = entry(draft(**texts, address="xã Bình Dương, huyện Thăng Bình"))
    assert "field-missing" in codes(found, "error")
    assert (found.fields["serial"].value, status(found, "serial")) == (None, "unreadable")


def test_a_kind_that_is_not_read_yet_waits_without_fields() -> None:
    found = entry(draft(kind="so_dia_chinh", form=None))
    assert (found.status, dict(found.fields)) == ("review", {})


# the corner table of an extract: a rectangle of 20 m by 30 m in Bình Dương, x north and y east

X, Y = 1_743_000.00, 566_000.00
SQUARE = ((X, Y), (X + 20, Y), (X + 20, Y + 30), (X, Y + 30))
EDGES = (20.0, 30.0, 20.0, 30.0)
EXTRACT = {"unit_name": "xã Bình Dương", "district_name": "huyện Thăng Bình", "sheet_no": "12", "parcel_no": "125",
           "area_m2": "600,0", "land_use": "Đất ở tại nông thôn", "issued_on": "12/5/2015"}  # fmt: skip


def extract(*points: tuple[float, float], edges: tuple[float, ...] = EDGES, **texts: str) -> Entry:
    table = corner_table(*points, edges=edges)
    return entry(draft(kind="trich_do", form=None, corners=table, **{**EXTRACT, **texts}))


def test_corners_that_close_with_their_edges_and_area_are_taken() -> None:
    found = extract(*SQUARE)
    corners = found.fields["corners"]
    assert corners.status == "accepted"
    assert isinstance(corners.value, tuple)
    assert len(corners.value) == 4  # without the repeated first
    assert found.status == "accepted"


def test_an_area_that_the_corners_contradict_waits() -> None:
    found = extract(*SQUARE, area_m2="800,0")
    assert found.fields["corners"].status == "review"
    assert found.status == "review"


def test_corners_confirm_an_area_that_one_engine_read() -> None:
    table = corner_table(*SQUARE, edges=EDGES)
    found = entry(draft(kind="trich_do", form=None, corners=table, **{**EXTRACT, "area_m2": (None, "600,0")}))
    assert status(found, "area_m2") == "accepted"


def test_a_table_on_the_wrong_meridian_is_seen_by_its_distance_from_the_commune() -> None:
    found = extract(*((x, y - 26_800) for x, y in SQUARE))
    assert "wrong-meridian" in codes(found, "error")
    assert found.fields["corners"].status == "review"


# over all rules


def test_every_rule_cites_what_it_rests_on_and_speaks_both_languages() -> None:
    assert all(rule.__doc__ for rule in RULES)
    spoilt = certificate(area_m2="205,6 m²", serial="AN 123456", issued_on="12/5/2008", address="xã Không Có")
    findings: tuple[Finding, ...] = entry(spoilt).findings
    assert len(findings) >= 5
    assert all(finding.message.vi and finding.message.en for finding in findings)


def test_no_finding_tells_a_name_or_an_identity_number() -> None:
    found = entry(certificate(owners="Bà: NGUYỄN VĂN AN, sinh năm 1962, CCCD số: 049062001234"))
    said = " ".join(f"{finding.message.vi} {finding.message.en}" for finding in found.findings)
    assert "Nguyễn" not in said
    assert "049062" not in said


@settings(deadline=None)
@given(st.integers(1, 99_999), st.integers(1, 99_999))
def test_an_area_that_is_taken_is_always_the_one_that_the_words_say(one: int, other: int) -> None:
    """Whatever the two engines read, nothing but the words' number is taken where the words are printed."""
    found = entry(certificate(area_m2=(f"{one / 10:.1f}", f"{other / 10:.1f}")))
    field = found.fields["area_m2"]
    assert field.status != "accepted" or field.value == 1205.6
