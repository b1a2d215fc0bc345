"""What people answered on a scan that a new one replaces: kept where the new scan says the same, shown where not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from cadastre.checking.answers import check_answered
from schemas.answers import Answer
from schemas.entries import Draft, Entry
from schemas.errors import Message
from schemas.outcomes import Finding
from schemas.tables import Tables


@dataclass(frozen=True, slots=True)
class Earlier:
    """An entry of a replaced scan with what people answered of it; `by_sha256` is the file that replaces its own."""

    by_sha256: str
    entry: Entry
    answers: tuple[Answer, ...]


def check_with_earlier(
    drafts: Sequence[Draft], answers: Mapping[str, Sequence[Answer]], earlier: Sequence[Earlier], tables: Tables
) -> list[Entry]:
    """Return one document's entries, checked, with its own answers and those that its replaced scan had."""
    checked = check_answered(drafts, answers, tables)
    files = {draft.ref.sha256 for draft in drafts}
    told = [one for one in earlier if one.by_sha256 in files and one.answers]
    if not told:
        return checked
    more = {entry_id: list(own) for entry_id, own in answers.items()}
    shown: dict[str, list[Finding]] = {}
    for one in told:
        entry = _same(one.entry, checked, alone=len(told) == 1)
        if entry is None:
            continue
        own = {answer.field for answer in answers.get(entry.entry_id, ())}
        for answer in one.answers:
            if answer.field is None or answer.verdict != "value" or answer.field in own:
                continue
            if _agrees(entry, answer):
                carried = replace(answer, entry_id=entry.entry_id, ref=None, box=None)
                more.setdefault(entry.entry_id, []).append(carried)
            else:
                shown.setdefault(entry.entry_id, []).append(_other(answer.field))
    again = check_answered(drafts, more, tables)
    return [replace(entry, findings=(*entry.findings, *shown.get(entry.entry_id, ()))) for entry in again]


def _same(old: Entry, entries: Sequence[Entry], *, alone: bool) -> Entry | None:
    """Return the entry that speaks of the old one's parcel: by its numbers, or as the only one on both scans."""
    fits = [entry for entry in entries if entry.kind == old.kind and _place(entry) == _place(old)]
    if len(fits) == 1:
        return fits[0]
    return entries[0] if not fits and alone and len(entries) == 1 and entries[0].kind == old.kind else None


def _place(entry: Entry) -> tuple[object, object]:
    sheet, parcel = entry.fields.get("sheet_no"), entry.fields.get("parcel_no")
    return sheet and sheet.value, parcel and parcel.value


def _agrees(entry: Entry, answer: Answer) -> bool:
    """Return whether the new scan reads what the person said, or cannot be read there."""
    read = entry.fields.get(answer.field or "")
    return read is None or read.value is None or read.value == answer.value


def _other(name: str) -> Finding:
    return Finding(
        "earlier-answer",
        "warning",
        (name,),
        Message(
            "Trên bản quét cũ có người đã xác nhận ô này với giá trị khác; hãy xem cả hai bản.",
            "On the replaced scan a person confirmed another value for this field; look at both scans.",
        ),
    )
