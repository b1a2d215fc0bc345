"""What waits for a person in a batch, ordered by what an answer is worth."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from cadastre.checking.answers import OF_NOTE
from cadastre.words.dates import read_date
from cadastre.words.folding import tidy
from cadastre.words.numbers import read_area
from cadastre.words.wording import FIELD_NAMES, say
from schemas.answers import Answer, Worth
from schemas.documents import Box, PageRef
from schemas.entries import IDENTITY_FIELDS, Draft, Entry, FieldValue, Value, value_to_json
from schemas.errors import Lang, Message

#: Without these no parcel is made; an entry waits while one of these waits (contract.md, Status of an entry).
_PARCEL_KEYS = ("unit_code", "sheet_no", "parcel_no")
_ENTRY_KEYS = (*_PARCEL_KEYS, "area_m2")
#: Fields whose words are or may be about people.
MAY_NAME_PEOPLE = IDENTITY_FIELDS | {"assets", "restrictions"}
#: What a document says once for all its entries, also where it was not found; other fields are each entry's own.
_OF_DOCUMENT = ("unit_code", "issued_on", "serial")
_WORTHS: tuple[Worth, ...] = ("key", "error", "rest")
_MOST_ALTERNATIVES = 3
_LANGS: tuple[Lang, Lang] = ("vi", "en")


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to ask of a person: a field at one place of one document, for all entries that it settles.

    `shown` is the best value; `others` what else the engines read there. `personal`: the value or its place shows
    personal data. `hidden` are the boxes of personal data that may lie near on the page.
    """

    question_id: str
    field: str
    entries: tuple[Entry, ...]  # the first stands for all
    seen: Mapping[str, str]  # entry id -> hash of what was read there without any answer
    shown: Value
    place: tuple[PageRef, Box] | None
    others: tuple[str, ...]
    why: Message
    worth: Worth
    personal: bool
    hidden: tuple[Box, ...]


def fingerprint(entry: Entry, name: str) -> str:
    """Return a hash of what was read of a field; it changes when the reading does."""
    field = entry.fields.get(name)
    told: list[object] = [name, None]
    if field is not None:
        place = [field.ref.sha256, field.ref.page] if field.ref else None
        told = [name, value_to_json(name, field.value), field.text, place, field.box.as_list() if field.box else None]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _waits(field: FieldValue | None) -> bool:
    return field is not None and field.status in ("review", "unreadable")


def waiting_fields(entry: Entry, answered: Iterable[Answer] = ()) -> tuple[str, ...]:
    """Return the fields of an entry that wait for a person; the commune is asked once, by its code."""
    said = {answer.field for answer in answered}
    if entry.status == "rejected" or not entry.fields:
        return ()
    names = [name for name, field in entry.fields.items() if _waits(field) and name not in ("unit_code", "unit_name")]
    code = entry.fields.get("unit_code")
    if code is None or _waits(code) or _waits(entry.fields.get("unit_name")):
        names.insert(0, "unit_code")
    if entry.era is None and "issued_on" not in entry.fields:
        names.insert(0, "issued_on")  # without its day a paper is of no era and makes no parcel
    note = entry.fields.get("change_note")
    if note and _waits(note) and "change_note" not in said:  # the note's answer settles what it names
        names = [name for name in names if name not in OF_NOTE or entry.fields[name].text != note.text]
    return tuple(name for name in names if name not in said)


def _place(entry: Entry, name: str) -> tuple[PageRef, Box] | None:
    """Return where to look; for the commune where its name or the parcel's address is printed."""
    for at in ("unit_name", "address") if name == "unit_code" else (name,):
        field = entry.fields.get(at)
        if field and field.ref and field.box:
            return field.ref, field.box
    return None


def _worth(entry: Entry, name: str) -> Worth:
    keys = (*_ENTRY_KEYS, "serial") if entry.kind == "gcn" else _ENTRY_KEYS
    if name in keys or (name == "issued_on" and entry.era is None):
        return "key"
    named = any(finding.severity == "error" and name in finding.fields for finding in entry.findings)
    return "error" if named else "rest"


def _why(entry: Entry, name: str, draft: Draft) -> Message:
    told = [f.message for f in entry.findings if f.severity != "note" and name in f.fields]
    if told:
        return Message(*(" ".join(_in_office_words(one.say(lang), lang) for one in told) for lang in _LANGS))
    field = entry.fields.get(name)
    if name == "issued_on" and entry.era is None:
        return Message(
            "chưa biết ngày ký nên chưa biết thời kỳ của giấy", "the day, so the era of the paper, is unknown"
        )
    if field is None or field.value is None:
        return Message("máy không đọc được", "the machine could not read it")
    texts = {tidy(vote.text) for place in draft.fields.get(name, ())[:1] for vote in place.votes if vote.text.strip()}
    if name in IDENTITY_FIELDS or name in ("address", "issuer", "toponym", "assets", "restrictions"):
        return Message("tên và lời văn luôn do người xác nhận", "names and free text are always confirmed by a person")
    if len(texts) > 1:
        return Message("hai máy đọc khác nhau", "the two engines read differently")
    return Message("chỉ một máy đọc được, không có gì để đối chiếu", "nothing on the paper confirms what was read")


def _in_office_words(text: str, lang: Lang) -> str:
    """Return a finding's message without what to do in the manifest, and with the names of fields as offices say."""
    text = re.sub(r"; (ghi|give) unit_code.*", ".", text)
    return re.sub(r"\b[a-z]+(_[a-z0-9]+)+\b|\bserial\b(?=[,;])", lambda m: _name(m.group(), lang), text)


def _name(name: str, lang: Lang) -> str:
    return FIELD_NAMES[name].say(lang) if name in FIELD_NAMES else name


def _means(name: str, text: str, shown: Value) -> bool:
    """Return whether an engine's text says the shown value, in other words."""
    if name == "issued_on":
        return read_date(text) == shown
    return isinstance(shown, float) and shown in read_area(text)


def _others(draft: Draft, name: str, shown: Value) -> tuple[str, ...]:
    """Return what the engines read there, other than the best value as it is shown."""
    best = tidy(say(name, shown))
    texts = (tidy(vote.text) for place in draft.fields.get(name, ())[:2] for vote in place.votes)
    return tuple(dict.fromkeys(text for text in texts if text and text != best and not _means(name, text, shown)))[
        :_MOST_ALTERNATIVES
    ]


def _personal_boxes(entries: Iterable[Entry]) -> dict[PageRef, list[Box]]:
    boxes: dict[PageRef, list[Box]] = {}
    for entry in entries:
        for name in IDENTITY_FIELDS:
            field = entry.fields.get(name)
            if field and field.ref and field.box:
                boxes.setdefault(field.ref, []).append(field.box)
    return boxes


def _mostly_inside(box: Box, others: Iterable[Box]) -> bool:
    """Return whether more than a third of the box lies in one of the others."""
    for other in others:
        width = min(box.right, other.right) - max(box.left, other.left)
        height = min(box.bottom, other.bottom) - max(box.top, other.top)
        if width > 0 and height > 0 and width * height * 3 > (box.right - box.left) * (box.bottom - box.top):
            return True
    return False


def ask(
    entries: Sequence[Entry],
    read: Sequence[Entry],
    drafts: Sequence[Draft],
    answers: Mapping[str, Sequence[Answer]],
) -> list[Question]:
    """Return the questions of one document, in the order of its entries; `read` are its entries without answers."""
    hidden = _personal_boxes(entries)
    of_draft = {draft.entry_id: draft for draft in drafts}
    as_read = {entry.entry_id: entry for entry in read}
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        for name in waiting_fields(entry, answers.get(entry.entry_id, ())):
            field = entry.fields.get(name)
            value = value_to_json(name, field.value) if field else None
            at = _place(entry, name)
            own = None if at or name in _OF_DOCUMENT else entry.entry_id
            alike = json.dumps(
                [name, value, [at[0].sha256, at[0].page, at[1].as_list()] if at else None, own], sort_keys=True
            )
            groups.setdefault(alike, []).append(entry)
    questions: list[Question] = []
    for alike, members in groups.items():
        name = str(json.loads(alike)[0])
        first, draft = members[0], of_draft[members[0].entry_id]
        field, place = first.fields.get(name), _place(first, name)
        near = tuple(hidden.get(place[0], ())) if place else ()
        shown = field.value if field else None
        seen = {one.entry_id: fingerprint(as_read[one.entry_id], name) for one in members}
        told = json.dumps([alike, sorted(seen.items())])
        questions.append(
            Question(
                question_id=hashlib.sha256(told.encode()).hexdigest()[:20],
                field=name,
                entries=tuple(members),
                seen=seen,
                shown=shown,
                place=place,
                others=_others(draft, name, shown),
                why=_why(first, name, draft),
                worth=min((_worth(one, name) for one in members), key=_WORTHS.index),
                personal=name in MAY_NAME_PEOPLE or bool(place and _mostly_inside(place[1], near)),
                hidden=near,
            )
        )
    return questions


def by_worth(questions: Iterable[Question]) -> list[Question]:
    """Return the questions, those first whose answer settles most; in a class as they stand on the papers."""
    return sorted(questions, key=lambda asked: (_WORTHS.index(asked.worth), -len(asked.entries)))
