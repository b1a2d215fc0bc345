"""What people answered stands above what was read: the rules run again with it, and it is never doubted by them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from cadastre.checking.book_rules import check_document
from cadastre.checking.paper_rules import REQUIRED
from cadastre.checking.papers import AREAS, AREAS_IN_WORDS, NUMBERS, Paper, examine
from cadastre.checking.rules import check, check_paper
from cadastre.checking.standing import entry_status
from cadastre.checking.sum_rules import page_sums
from cadastre.checking.votes import DIGITS, WORDS, Seen
from cadastre.ground.survey import SurveyResult
from cadastre.units.places import units_of_code
from cadastre.units.sites import Site
from cadastre.words.landuse import LandUses
from cadastre.words.wording import say
from schemas.answers import Answer
from schemas.documents import Box
from schemas.entries import Draft, Entry, FieldStatus, FieldValue
from schemas.errors import Message
from schemas.outcomes import Finding
from schemas.readings import Reading, Vote
from schemas.tables import Tables

#: The answers to the fields of one entry.
Answers = Mapping[str, Answer]
#: What is read off the note of changes.
OF_NOTE = ("refs", "old_sheet_no", "old_parcel_no")
#: What other values are made out from, so that it is put in before the paper is examined.
_FIRST = ("area_m2", "issued_on", "change_note")


def check_answered(drafts: Sequence[Draft], answers: Mapping[str, Sequence[Answer]], tables: Tables) -> list[Entry]:
    """Return one document's entries, checked, with the answers of each entry id standing in them."""
    entries = [_answered(draft, answers.get(draft.entry_id, ()), tables) for draft in drafts]
    kept = [entry for entry in entries if entry.status != "rejected"]  # a speck taken for a row counts for nothing
    checked = {entry.entry_id: entry for entry in check_document(kept, page_sums(drafts))}
    return [_upheld(checked.get(entry.entry_id, entry), entry) for entry in entries]


def _answered(draft: Draft, answers: Sequence[Answer], tables: Tables) -> Entry:
    read = check(draft, tables)
    if not answers:
        return read
    if any(answer.verdict == "reject" for answer in answers):
        return replace(read, status="rejected")
    of_field = {answer.field: answer for answer in answers if answer.field}
    here = {name: answer for name, answer in of_field.items() if not _elsewhere(answer, read.fields.get(name))}
    paper = _said(examine(_foretold(draft, here), tables), here)
    lost = [_displaced(name) for name in of_field if name not in here]
    return _confirmed(check_paper(paper), read, here, paper.site, lost)


def _elsewhere(answer: Answer, field: FieldValue | None) -> bool:
    """Return whether what is read now stands at another place than what the person saw."""
    if field is None or field.ref is None or field.box is None or answer.ref is None or answer.box is None:
        return False
    one, other = field.box, answer.box
    apart = one.right <= other.left or other.right <= one.left or one.bottom <= other.top or other.bottom <= one.top
    return field.ref != answer.ref or apart


def _displaced(name: str) -> Finding:
    return Finding(
        "answer-displaced",
        "warning",
        (name,),
        Message(
            "Có câu trả lời của người dùng cho ô này nhưng nay máy đọc ô ở chỗ khác trên trang; hãy xem lại.",
            "A person answered for this field, but it is read at another place of the page now; look again.",
        ),
    )


def _place(draft: Draft, name: str, text: str) -> Reading:
    """Return the field's place with a text that both engines are made to say: a person outweighs them."""
    places = draft.fields.get(name, ())
    ref, box = (places[0].ref, places[0].box) if places else (draft.ref, Box(0, 0, 1, 1))
    return Reading(ref, box, text, (Vote(WORDS, text, 1.0), Vote(DIGITS, text, 1.0)))


def _foretold(draft: Draft, answers: Answers) -> Draft:
    """Return the draft as if the paper had printed clearly what the person says of its date, commune and area."""
    fields = dict(draft.fields)
    for name in _FIRST:
        answer = answers.get(name)
        if answer and answer.verdict == "value":
            fields[name] = (_place(draft, name, say(name, answer.value)),)
    for name in REQUIRED.get(draft.kind, ()):
        if name not in fields and (answer := answers.get(name)) and answer.verdict == "value":
            fields[name] = (_place(draft, name, say(name, answer.value)),)  # the person found it on the paper
    if (day := answers.get("issued_on")) and day.verdict == "unreadable":
        fields.pop("issued_on", None)  # what the machine took for the date tells no era either
    given = draft.given
    if (unit := answers.get("unit_code")) and unit.verdict == "value":
        date = str(day.value) if day and day.verdict == "value" else given.unit_date
        given = replace(given, unit_code=str(unit.value), unit_date=date)
    return replace(draft, fields=fields, given=given)


def _seen(paper: Paper, name: str, value: Any) -> Seen[Any]:
    place = _place(paper.draft, name, say(name, value))
    return Seen(place, value, (value,), True, False, True, False, (frozenset((WORDS, DIGITS)),))


def _put(seen: Mapping[str, Seen[Any]], names: Iterable[str], paper: Paper, answers: Answers) -> dict[str, Seen[Any]]:
    """Return what was seen of these fields with the answers in their place; an unreadable one was not seen."""
    put = dict(seen)
    for name in names:
        if answer := answers.get(name):
            put.pop(name, None)
            if answer.verdict == "value":
                put[name] = _seen(paper, name, answer.value)
    return put


def _said(paper: Paper, answers: Answers) -> Paper:
    """Return the paper with each answered field seen as the person saw it, or not at all where it cannot be read."""
    uses = _put(paper.land_uses, ("land_use", "legal_land_use"), paper, answers)
    for name in answers.keys() & uses.keys():
        said: Any = answers[name].value
        read = LandUses(said, sure=True, codes=True)
        uses[name] = replace(uses[name], value=read, options=(read,))
    return replace(
        paper,
        areas=_put(paper.areas, (*AREAS, *AREAS_IN_WORDS), paper, answers),
        codes=_put(paper.codes, (*NUMBERS, "issued_on", "user_type"), paper, answers),
        land_uses=uses,
        **_rest(paper, answers),
    )


def _rest(paper: Paper, answers: Answers) -> dict[str, Any]:
    """Return what changes of the paper beside its numbers, codes and purposes."""
    changed: dict[str, Any] = {}
    for name, answer in answers.items():
        value: Any = answer.value
        match name:
            case "term":
                changed["term"] = None if value is None else _seen(paper, "term", value)
            case "origin":
                changed["origin"] = _seen(paper, "origin", value) if isinstance(value, tuple) else None
            case "owners":
                changed["owners"] = value or ()
            case "corners":
                changed["survey"] = SurveyResult("consistent", value, ()) if value else None
            case "unit_code" if value is not None:
                changed["site"] = _site(paper, value)
    return changed


def _site(paper: Paper, code: str) -> Site:
    unit = paper.site.unit if paper.site.code == code else None
    meant = units_of_code(code, paper.period, paper.tables)
    unit = unit or meant.unit or next((one for one in meant.alternatives if one.code == code), None)
    return Site(unit, code, sure=True, source="inferred", printed=paper.site.printed, finding=None)


def _field(answer: Answer, read: FieldValue | None) -> FieldValue:
    """Return the answered field; text and place stay those of the paper."""
    status: FieldStatus = "confirmed" if answer.verdict == "value" else "unreadable"
    base = read or FieldValue(None, None, None, "review", "inferred", None, None)
    return replace(base, value=answer.value, p=None, status=status)


def _confirmed(again: Entry, read: Entry, answers: Answers, site: Site, lost: Sequence[Finding]) -> Entry:
    fields = dict(again.fields)
    for name, answer in answers.items():
        fields[name] = _field(answer, read.fields.get(name))
    fields |= _named_in_note(again, answers)
    unit = answers.get("unit_code")
    if unit and unit.verdict == "value" and site.unit is not None:
        base = read.fields.get("unit_name") or FieldValue(None, None, None, "review", "inferred", None, None)
        fields["unit_name"] = replace(base, value=site.unit.name, p=None, status="confirmed")
    findings = (*(_settled(finding, fields) for finding in again.findings), *lost)
    order = {name: place for place, name in enumerate((*read.fields, *again.fields))}
    fields = dict(sorted(fields.items(), key=lambda item: order.get(item[0], len(order))))
    return replace(again, fields=fields, findings=findings, status=entry_status(again.kind, fields, findings))


def _named_in_note(again: Entry, answers: Answers) -> dict[str, FieldValue]:
    """Return what a confirmed note of changes names: read off a text that a person vouches for, it need not wait."""
    note = answers.get("change_note")
    if note is None or note.verdict != "value":
        return {}
    text = again.fields["change_note"].text if "change_note" in again.fields else None
    return {
        name: replace(field, status="accepted")
        for name in OF_NOTE
        if name not in answers and (field := again.fields.get(name)) and field.status == "review" and field.text == text
    }


def _settled(finding: Finding, fields: Mapping[str, FieldValue]) -> Finding:
    """Return an error as a warning where a person has confirmed all that it names: the paper itself says so."""
    if finding.severity != "error" or not finding.fields:
        return finding
    answered = all(name in fields and fields[name].status == "confirmed" for name in finding.fields)
    return replace(finding, severity="warning") if answered else finding


def _upheld(checked: Entry, before: Entry) -> Entry:
    """Return the entry with what a person confirmed as it was before the book's rows were compared."""
    if before.status == "rejected":
        return before
    kept = {name: field for name, field in before.fields.items() if field.status == "confirmed"}
    if not kept:
        return checked
    fields = {**checked.fields, **kept}
    return replace(checked, fields=fields, status=entry_status(checked.kind, fields, checked.findings))
