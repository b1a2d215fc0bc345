"""Rows of earlier projects that wait for a person: what is asked of them, and what an answer makes of a row."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from cadastre.checking.questions import Question, fingerprint
from cadastre.checking.standing import entry_status
from cadastre.words.wording import say
from schemas.answers import Answer, Worth
from schemas.entries import IDENTITY_FIELDS, Entry, FieldValue, value_to_json
from schemas.errors import Message

#: Fields whose cell means the same in every row of a file.
_OF_FILE = frozenset({"unit_code", "land_use", "term", "origin", "user_type"})
#: Of an error on fields that were taken, the one to ask for.
_TELLING = ("parcel_no", "area_m2")
_KEYS = ("unit_code", "sheet_no", "parcel_no", "area_m2")
_MOST_OTHERS = 3
_WAITS = Message("ô này trong tệp không cho một giá trị rõ ràng", "the cell gives no value beyond doubt")


def ask_imported(entries: Iterable[Entry], answers: Mapping[str, Sequence[Answer]]) -> list[Question]:
    """Return what is to be asked of the rows of one batch; once of a cell that stands in many rows of a file.

    `entries` are as they stand, `answers` those that stand on them, by entry id.
    """
    groups: dict[str, list[Entry]] = defaultdict(list)
    rows = [entry for entry in entries if entry.kind == "du_lieu" and entry.status != "rejected"]
    for entry in rows:
        for name in _waiting(entry, {one.field for one in answers.get(entry.entry_id, ())}):
            field = entry.fields.get(name)
            told = [name, value_to_json(name, field.value), field.text] if field else [name, None, None]
            own = entry.document_id if name in _OF_FILE else entry.entry_id
            groups[json.dumps([*told, own], ensure_ascii=False)].append(entry)
    same = _same_numbers(rows)
    return [_question(str(json.loads(alike)[0]), alike, members, same) for alike, members in groups.items()]


def _waiting(entry: Entry, said: set[str | None]) -> list[str]:
    names = [name for name, field in entry.fields.items() if field.status in ("review", "unreadable")]
    for finding in entry.findings:
        if finding.severity == "error" and not any(name in names for name in finding.fields):
            names += [name for name in _TELLING if name in finding.fields][:1]
    return [name for name in dict.fromkeys(names) if name not in said and name not in IDENTITY_FIELDS]


def _question(
    name: str, alike: str, members: Sequence[Entry], same: Mapping[object, Sequence[Entry]]
) -> Question:  # fmt: skip
    first = members[0]
    field = first.fields.get(name)
    told = [finding for finding in first.findings if finding.severity != "note" and name in finding.fields]
    seen = {one.entry_id: fingerprint(one, name) for one in members}
    others = [field.text] if field is not None and field.value is None and field.text else []
    if any(finding.code == "row-repeated" for finding in told):
        others += [_row_told(one) for one in same[_numbers(first)] if one is not first]
    error = any(finding.severity == "error" for finding in told)
    worth: Worth = "key" if name in _KEYS else "error" if error else "rest"
    return Question(
        question_id=hashlib.sha256(json.dumps([alike, sorted(seen.items())]).encode()).hexdigest()[:20],
        field=name,
        entries=tuple(members),
        seen=seen,
        shown=field.value if field is not None else None,
        place=None,
        others=tuple(others[:_MOST_OTHERS]),
        why=Message(*(" ".join(getattr(one.message, lang) for one in told) for lang in ("vi", "en")))
        if told
        else _WAITS,
        worth=worth,
        personal=False,
        hidden=(),
    )


def _same_numbers(rows: Iterable[Entry]) -> dict[object, list[Entry]]:
    found: dict[object, list[Entry]] = defaultdict(list)
    for entry in rows:
        found[_numbers(entry)].append(entry)
    return found


def _numbers(entry: Entry) -> object:
    values = (entry.fields.get(name) for name in ("unit_code", "sheet_no", "parcel_no"))
    return entry.document_id, *(field.value if field is not None else None for field in values)


def _row_told(entry: Entry) -> str:
    area = entry.fields.get("area_m2")
    size = f": {say('area_m2', area.value)} m²" if area is not None and area.value is not None else ""
    return f"dòng {entry.row}{size}"


def with_answers(entry: Entry, answers: Sequence[Answer]) -> Entry:
    """Return an imported entry, as its file told it, with what people answered of it standing above the file."""
    if any(answer.verdict == "reject" for answer in answers):
        return replace(entry, status="rejected")
    fields = dict(entry.fields)
    for answer in answers:
        if answer.field is not None:
            base = fields.get(answer.field) or FieldValue(None, None, None, "review", "import", None, None)
            said = answer.verdict == "value"
            fields[answer.field] = replace(
                base, value=answer.value, p=None, status="confirmed" if said else "unreadable"
            )  # fmt: skip
    named = {answer.field for answer in answers}
    # the rules are not run again on a row: what they found of a field that a person answered is settled
    findings = tuple(one for one in entry.findings if not named & set(one.fields))
    return replace(entry, fields=fields, findings=findings, status=entry_status(entry.kind, fields, findings))
