"""Draft to entry: a table of small named rules, then what may be taken unseen."""

from __future__ import annotations

from collections.abc import Callable

from cadastre.checking import area_rules, file_rules, paper_rules, place_rules, sheet_rules, term_rules
from cadastre.checking.acceptance import accept, corners_of
from cadastre.checking.book_rules import check_document
from cadastre.checking.papers import Paper, examine
from cadastre.checking.redundancy import SettledArea, settle_area
from cadastre.checking.standing import entry_status
from schemas.entries import Draft, Entry
from schemas.errors import Message
from schemas.outcomes import Finding
from schemas.tables import Tables

__all__ = ["RULES", "check", "check_document", "check_paper"]

Rule = Callable[[Paper, SettledArea], Finding | None]

#: The rules for one entry, in the order of domain.md 4; those of a corner table (R4, R5) are in cadastre.survey and
#: cadastre.grid, those across the rows of a book (R14) in cadastre.book_rules.
RULES: tuple[Rule, ...] = (
    area_rules.words_match_digits,
    area_rules.total_words_match_digits,
    area_rules.purposes_sum_to_total,
    area_rules.shares_sum_to_total,
    area_rules.area_is_plausible,
    area_rules.legal_area_is_no_misreading,
    area_rules.thousands_are_marked,
    area_rules.area_marks_agree,
    area_rules.area_means_one_thing,
    sheet_rules.sheet_holds_corners,
    paper_rules.commune_is_known,
    paper_rules.one_parcel_in_a_cell,
    paper_rules.barcode_fits,
    paper_rules.identity_fits_person,
    paper_rules.title_fits_name,
    paper_rules.date_fits_form,
    paper_rules.serial_fits_form,
    paper_rules.register_number_fits_form,
    paper_rules.register_prefix_fits_issuer,
    place_rules.district_fits_commune,
    place_rules.commune_is_of_its_day,
    place_rules.province_is_of_its_day,
    term_rules.term_fits_purpose,
    file_rules.file_names_serial,
    paper_rules.what_must_stand_is_there,
)


def _not_read(draft: Draft) -> Entry:
    finding = Finding(
        "kind-not-read",
        "note",
        (),
        Message("Loại giấy tờ này chưa được đọc tự động.", "This kind of paper is not read by machine yet."),
    )
    return Entry(
        draft.entry_id,
        draft.document_id,
        draft.ref,
        draft.row,
        draft.kind,
        draft.form,
        draft.era,
        "review",
        {},
        (finding,),
    )


def check(draft: Draft, tables: Tables) -> Entry:
    """Return the draft as an entry: each field's value and status, and the findings of all rules."""
    if not draft.fields:
        return _not_read(draft)
    return check_paper(examine(draft, tables))


def check_paper(paper: Paper) -> Entry:
    """Return an examined paper as an entry."""
    draft = paper.draft
    area = settle_area(paper)
    ruled = [finding for rule in RULES if (finding := rule(paper, area)) is not None]
    corners, survey_findings = corners_of(paper, ruled)
    findings = (*ruled, *survey_findings)
    fields = {**accept(paper, area, findings), **corners}
    return Entry(
        entry_id=draft.entry_id,
        document_id=draft.document_id,
        ref=draft.ref,
        row=draft.row,
        kind=draft.kind,
        form=draft.form,
        era=paper.era,
        status=entry_status(draft.kind, fields, findings),
        fields=fields,
        findings=findings,
    )
