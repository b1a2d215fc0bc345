"""Disputes between papers in a land office's words: the question, what each side says, and why it is asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from cadastre.asking.dispute_cases import Case, Cause, DisputeQuestion
from cadastre.asking.lineage_wording import map_name
from cadastre.checking.questions import MAY_NAME_PEOPLE
from cadastre.missing.lookalikes import lookalikes
from cadastre.settling.claims_told import field_name
from cadastre.settling.in_force import serial_of, taken
from cadastre.settling.rulings import AREAS
from cadastre.words.wording import FIELD_NAMES, KIND_NAMES, say, say_date
from schemas.disputes import IMPORTED, DisputeVerdict
from schemas.documents import Kind
from schemas.entries import Entry, Owner, Value
from schemas.errors import Message
from schemas.parcels import ParcelKey
from schemas.tables import Tables

_EXAMPLES = 3
#: The paper of a side that tells most comes first.
_KINDS: tuple[Kind, ...] = ("gcn", "so_dia_chinh", "so_cap_gcn", "quyet_dinh", "so_muc_ke", "so_dang_ky")
_MOST_TEXT = 160
_AREAS_DIFFER: Mapping[Cause, Message] = {
    "material": Message(
        "chênh lệch vượt xa hạn sai: xem ranh giới có thay đổi không",
        "they differ far beyond the tolerance: did the boundary change?",
    ),
    "digit": Message("chênh lệch như khi ghi hoặc đọc sai một chữ số", "they differ as if a digit was wrong"),
}


def words(question: DisputeQuestion, entries: Mapping[str, Entry], tables: Tables) -> Message:
    """Return the question; no names."""
    where = _where(question, tables)
    asked = question.asked
    match asked.kind:
        case "certificate":
            return Message(
                f"{where.vi} có {_count(len(asked.sides))} giấy chứng nhận. Giấy nào đang còn hiệu lực?",
                f"{where.en} has {len(asked.sides)} certificates. Which one is in force?",
            )
        case "papers" if asked.attribute == IMPORTED:
            told, told_en = _counts(question)
            many = len(question.settled)
            return Message(
                f"Dữ liệu của dự án trước ghi khác giấy tờ ở {many} thửa ({told}). Lấy theo giấy tờ ở tất cả các thửa "
                "này?",
                f"Data of an earlier project differs from the papers on {many} parcels ({told_en}). Do the papers "
                "count on all of them?",
            )
        case "papers":
            kinds = {entry.kind for n in range(len(asked.sides)) for entry in papers_of(question, n, entries)[:1]}
            name = KIND_NAMES[kinds.pop()] if len(kinds) == 1 else Message("giấy tờ", "paper")
            told, told_en = _counts(question)
            many = len(question.settled)
            return Message(
                f"{_count(len(asked.sides)).capitalize()} {name.vi.lower()} ghi khác nhau ở {many} thửa "
                f"({told}). Lấy theo giấy nào?",
                f"{len(asked.sides)} papers ({name.en.lower()}) differ on {many} parcels ({told_en}). "
                "Which one counts?",
            )
        case "area":
            return Message(
                f"{where.vi}: diện tích đo đạc khác diện tích trên giấy tờ pháp lý. Số nào đúng?",
                f"{where.en}: the measured area differs from that of the legal papers. Which one is right?",
            )
        case _:
            name = _name(asked.attribute or "")
            if question.cause == "imported":
                return Message(
                    f"{where.vi}: {name.vi[:1].lower()}{name.vi[1:]} trong dữ liệu của dự án trước khác với giấy tờ. "
                    "Bên nào đúng?",
                    f"{where.en}: the {name.en.lower()} in the data of an earlier project differs from the papers. "
                    "Which is right?",
                )
            if question.cause == "later":
                return Message(
                    f"{where.vi}: giấy tờ sau ghi {name.vi[:1].lower()}{name.vi[1:]} khác với giấy tờ đang lấy. "
                    "Giấy nào đúng?",
                    f"{where.en}: a later paper differs from the one that stands on the {name.en.lower()}. "
                    "Which one is right?",
                )
            return Message(
                f"{where.vi}: {name.vi[:1].lower()}{name.vi[1:]} ghi khác nhau trên các giấy tờ. Giấy nào ghi đúng?",
                f"{where.en}: papers differ on the {name.en.lower()}. Which one is right?",
            )


def reason(question: DisputeQuestion, entries: Mapping[str, Entry]) -> Message:
    """Return why a person is asked; no names."""
    asked = question.asked
    if asked.kind == "certificate":
        if question.cause == "succeeded":
            return Message(
                "sổ ghi giấy sau cấp cho người khác; không giấy nào cho biết vì sao đổi chủ",
                "a book has the later certificate for other people, and no paper says why",
            )
        return Message(
            "theo giấy tờ đang có, chưa giấy nào bị thu hồi, đổi, cấp lại hay hủy",
            "by the papers held none of them was revoked, exchanged, issued again or cancelled",
        )
    if asked.kind == "area":
        return _AREAS_DIFFER[question.cause]
    if question.cause == "imported":
        return Message(
            "đang lấy theo giấy tờ; dữ liệu không cũ hơn giấy: có thể có biến động chưa có giấy, hoặc dữ liệu sai",
            "the papers stand; the data is no older: a change whose paper is not held, or wrong data",
        )
    if question.cause == "later":
        return Message(
            "đang lấy theo giấy tờ có giá trị pháp lý cao hơn; giấy sau ghi khác: có thể có biến động mà chưa có giấy, "
            "hoặc giấy sau ghi sai",
            "the paper of greater legal force stands; the later one says otherwise: a change whose paper is not held, "
            "or the later one is wrong",
        )
    if asked.kind == "number":
        values = [str(value) for value in question.cases[0].values]
        if any(one in lookalikes(other) for one in values for other in values):
            return Message(
                "một giấy chứng nhận chỉ có một số; hai số chỉ khác một chữ dễ đọc nhầm",
                "one certificate has one number; the two are one confusion of signs apart",
            )
        return Message("một giấy chứng nhận chỉ có một số", "one certificate has one number")
    days = {_day(entry) for n in range(len(asked.sides)) for entry in papers_of(question, n, entries)}
    if asked.kind == "value" and days and "" not in days:
        return Message("giấy tờ ngang hàng, cùng ngày", "papers of equal rank and of one day")
    return Message(
        "giấy tờ ngang hàng, không ghi ngày nên không biết giấy nào sau",
        "papers of equal rank without a day: which is the later one is not known",
    )


def side_told(question: DisputeQuestion, number: int, entries: Mapping[str, Entry], *, identity: bool) -> str:
    """Return what one side says, a line each; names only with `identity`."""
    papers = papers_of(question, number, entries)
    kind = question.asked.kind
    if kind == "certificate":
        lines = _certificate_told(question, number, papers, identity=identity)
    elif kind == "papers":
        lines = _paper_told(question, papers, identity=identity)
    elif kind == "area":
        case = question.cases[0]
        name = ("đo đạc", "pháp lý")[number]
        lines = [f"diện tích {name}: {say(case.attribute, case.values[number])} m²", *_named(papers)]
    elif kind == "number":
        lines = _number_told(papers)
    else:
        values = {say(case.attribute, _shown(case.attribute, case.values[number])) for case in question.cases}
        unit = " m²" if (question.asked.attribute or "").endswith("_m2") else ""
        lines = [*(f"ghi: {value}{unit}" for value in sorted(values)), *_named(papers)]
    return "\n".join(lines)


def papers_of(question: DisputeQuestion, number: int, entries: Mapping[str, Entry]) -> list[Entry]:
    """Return the papers of a side, the one to look at first."""
    asked = question.asked
    if asked.kind == "papers" and asked.attribute != IMPORTED:
        documents = set(asked.sides[number].document_ids)
        ids = {
            entry_id
            for case in question.cases
            for side in case.sides
            for entry_id in side.entry_ids
            if entry_id in entries and entries[entry_id].document_id in documents
        }
    else:
        ids = {entry_id for case in question.cases for entry_id in case.sides[number].entry_ids}
    found = [entries[entry_id] for entry_id in ids if entry_id in entries]
    return sorted(found, key=lambda one: (_order(one), one.row or 0, one.entry_id))


def place_of(question: DisputeQuestion, number: int, entry: Entry, *, identity: bool) -> str:
    """Return the field of a side's paper at which to look."""
    if question.asked.kind == "area":
        return field_name(AREAS[number], entry.kind, entry.fields)
    if question.asked.kind == "certificate":
        return "serial" if "serial" in entry.fields else "register_no"
    attribute = _case_of(question, entry).attribute
    return (
        "parcel_no"
        if attribute in MAY_NAME_PEOPLE and not identity
        else field_name(attribute, entry.kind, entry.fields)
    )


def dated(entry: Entry) -> str:
    """Return what sort of paper it is, and its day."""
    day = _day(entry)
    name = KIND_NAMES[entry.kind].vi
    if entry.kind == "du_lieu":  # nobody signed it
        return f"{name}, {f'ngày {say_date(day)}' if day else f'thời kỳ {entry.era}'}"
    return f"{name}, {f'ký ngày {say_date(day)}' if day else 'không ghi ngày'}"


def _case_of(question: DisputeQuestion, entry: Entry) -> Case:
    return next(
        (case for case in question.cases if any(entry.entry_id in side.entry_ids for side in case.sides)),
        question.cases[0],
    )


def _certificate_told(
    question: DisputeQuestion, number: int, papers: Sequence[Entry], *, identity: bool
) -> list[str]:  # fmt: skip
    serials = question.asked.sides[number].serials
    if len(serials) > 1:
        return [f"Số phát hành {serial}{_parcels_of(question, papers, serial)}" for serial in serials]
    lines = [f"Số phát hành {serials[0]}" if serials else "Chưa rõ số phát hành"]
    head = next((one for one in papers if one.kind == "gcn"), papers[0] if papers else None)
    if head is None:
        return lines
    shown = ["register_no", "area_m2", "land_use", *(["owners"] if identity else [])]
    lines += [_field(head, name) for name in shown if taken(head, name) is not None]
    return [*lines, *_named(papers)]


def _parcels_of(question: DisputeQuestion, papers: Sequence[Entry], serial: str) -> str:
    ids = {one.entry_id for one in papers if serial_of(one) == serial}
    keys = sorted({case.key for case in question.cases if any(ids & set(side.entry_ids) for side in case.sides)})
    return f" ({', '.join(_parcel(key).vi for key in keys[:_EXAMPLES])})" if keys else ""


def _number_told(papers: Sequence[Entry]) -> list[str]:
    numbers = dict.fromkeys(
        _field(one, name) for name in ("serial", "register_no") for one in papers if taken(one, name) is not None
    )
    return [*numbers, *_named(papers)]


def _field(entry: Entry, name: str) -> str:
    field = entry.fields[name]
    return f"{_name(name).vi}: {'; '.join(say(name, field.value).splitlines())}"


def _paper_told(
    question: DisputeQuestion, papers: Sequence[Entry], *, identity: bool
) -> list[str]:  # fmt: skip
    ids = {one.entry_id for one in papers}
    told: list[str] = []
    hidden = 0
    for case in question.cases:
        at = next((n for n, side in enumerate(case.sides) if ids & set(side.entry_ids)), None)
        if at is None:
            continue
        if case.attribute in MAY_NAME_PEOPLE and not identity:
            hidden += 1
        elif len(told) < _EXAMPLES:
            told.append(f"{_parcel(case.key).vi}: {say(case.attribute, _shown(case.attribute, case.values[at]))}")
    return [*told, *([f"(tên người ở {hidden} ô không hiện)"] if hidden else [])]


def _named(papers: Sequence[Entry]) -> list[str]:
    """Return the kinds of paper that say so, where there are several."""
    if len(papers) < 2:
        return []
    counts = Counter(KIND_NAMES[one.kind].vi.lower() for one in papers)
    return [f"(cùng ghi: {', '.join(name if many == 1 else f'{many} {name}' for name, many in counts.items())})"]


def _shown(attribute: str, value: Value) -> Value:
    """Return the value as it is told: a long boundary is not."""
    if attribute == "owners" and isinstance(value, tuple):
        return tuple(one for one in value if isinstance(one, Owner))
    return value[:_MOST_TEXT] if isinstance(value, str) and attribute != "shape" else value


def _where(question: DisputeQuestion, tables: Tables) -> Message:
    keys = sorted(question.settled)
    first, map_ = _parcel(keys[0]), map_name(keys[0].unit, keys[0].era, tables)
    if len(keys) == 1:
        return Message(f"{first.vi} ({map_.vi})", f"{first.en} ({map_.en})")
    return Message(
        f"{first.vi} ({map_.vi}) và {len(keys) - 1} thửa khác", f"{first.en} ({map_.en}) and {len(keys) - 1} more"
    )


def _parcel(key: ParcelKey) -> Message:
    return Message(f"Thửa {key.parcel} tờ {key.sheet}", f"Parcel {key.parcel} of sheet {key.sheet}")


def _name(attribute: str) -> Message:
    return FIELD_NAMES.get(attribute, Message(attribute, attribute))


def _counts(question: DisputeQuestion) -> tuple[str, str]:
    """Return which attributes differ and how often, in Vietnamese and in English."""
    names = Counter(case.attribute for case in question.cases).most_common()
    told = [(_name(attribute), many) for attribute, many in names]
    return (
        ", ".join(f"{name.vi.lower()}: {many}" for name, many in told),
        ", ".join(f"{name.en.lower()}: {many}" for name, many in told),
    )


def _count(many: int) -> str:
    return {2: "hai", 3: "ba", 4: "bốn"}.get(many, str(many))


def _order(entry: Entry) -> int:
    return _KINDS.index(entry.kind) if entry.kind in _KINDS else len(_KINDS)


def _day(entry: Entry) -> str:
    issued = taken(entry, "issued_on") or taken(entry, "asserted_on")
    return str(issued.value) if issued is not None else ""


#: What a person ruled, in words.
VERDICTS: Mapping[DisputeVerdict, Message] = {
    "side": Message("đúng, còn hiệu lực", "right, in force"),
    "all": Message("các giấy đều đúng, đều còn hiệu lực", "all are right, all in force"),
    "none": Message("không giấy nào đúng, không giấy nào còn hiệu lực", "none is right, none in force"),
    "unknown": Message("chưa rõ", "not known"),
    "value": Message("người trả lời ghi giá trị khác", "another value was written"),
}
