"""What an answered workbook comes to: answers, and the rows that are refused or stale, each with its reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from cadastre.checking.hearing import Listener, hear
from cadastre.checking.papers import examine
from cadastre.checking.questions import fingerprint
from cadastre.settling.in_force import taken
from cadastre.words.eras import Period, period_of
from cadastre.words.folding import fold
from cadastre.words.landuse import Namer
from flows.asking.answer_sheet import SheetAnswer
from flows.asking.help import CORRECTED, REJECT, RIGHT, UNREADABLE
from schemas.answers import Answer, Asked
from schemas.entries import Draft, Entry
from schemas.errors import Message
from schemas.tables import Tables

_STALE = Message(
    "câu hỏi đã cũ: điều máy đọc đã thay đổi từ khi xuất; hãy xuất lại",
    "the question is stale: what was read has changed since the export; export again",
)


@dataclass(frozen=True, slots=True)
class Heard:
    """What a workbook comes to: answers, and the rows that are refused or stale, each with its reason."""

    answers: tuple[Answer, ...]
    refused: tuple[tuple[int, Message], ...]
    stale: tuple[tuple[int, Message], ...]


def hear_all(
    rows: Iterable[SheetAnswer],
    asked: Mapping[str, Sequence[Asked]],
    standing: Mapping[str, tuple[Draft | None, Entry]],
    tables: Tables,
) -> Heard:
    """Return what the rows answer; `standing` gives the draft and the entry as read of each entry id.

    An imported row has no draft.
    """
    answers: list[Answer] = []
    refused: list[tuple[int, Message]] = []
    stale: list[tuple[int, Message]] = []
    done: set[str] = set()
    for row in rows:
        questions = asked.get(row.question_id, ())
        if not questions or any(_is_stale(one, standing) for one in questions):
            stale.append((row.row, _STALE))
            continue
        if row.question_id in done:
            refused.append((row.row, Message("câu hỏi này đã có ở dòng trên", "this question stands in a row above")))
            continue
        done.add(row.question_id)
        said = _hear(row, questions, _listener(*standing[questions[0].entry_id], tables))
        if isinstance(said, Message):
            refused.append((row.row, said))
        else:
            answers += said
    return Heard(tuple(answers), tuple(refused), tuple(stale))


def _is_stale(asked: Asked, standing: Mapping[str, tuple[Draft | None, Entry]]) -> bool:
    found = standing.get(asked.entry_id)
    return found is None or fingerprint(found[1], asked.field) != asked.seen


def _hear(row: SheetAnswer, questions: Sequence[Asked], listener: Listener) -> list[Answer] | Message:
    """Return the answers that a row gives to the entries of its question, or why it gives none."""
    first = questions[0]
    wrote = bool(row.text)
    choice = {fold(word): word for word in (RIGHT, CORRECTED, UNREADABLE, REJECT)}.get(fold(row.choice))
    if choice is None and not row.choice and wrote:
        choice = CORRECTED  # a value was written and no word chosen
    if choice is None:
        return row.not_understood((RIGHT, CORRECTED, UNREADABLE, REJECT))
    if wrote and choice != CORRECTED:
        return Message(
            f"chọn «{choice}» nhưng lại ghi giá trị đúng; chỉ giữ một trong hai",
            f"«{choice}» was chosen and a value written too; keep one of them",
        )
    if choice == UNREADABLE:
        return [Answer(one.entry_id, one.field, "unreadable", None, one.ref, one.box) for one in questions]
    if choice == REJECT:
        if len(questions) > 1:
            return Message(
                f"câu hỏi chung cho {len(questions)} mục, không bỏ được một mục ở đây",
                f"the question is common to {len(questions)} entries; none can be rejected here",
            )
        return [Answer(first.entry_id, None, "reject", None, first.ref, first.box)]
    if choice == RIGHT:
        value = first.shown
        if value is None:
            return Message("máy không đọc được gì nên không thể là Đúng", "nothing was read, so it cannot be right")
    else:
        heard = hear(first.field, row.text, listener)
        if isinstance(heard, Message):
            return heard
        value = heard
    return [Answer(one.entry_id, one.field, "value", value, one.ref, one.box) for one in questions]


def _listener(draft: Draft | None, entry: Entry, tables: Tables) -> Listener:
    if draft is None:
        return of_entry(entry, tables)
    paper = examine(draft, tables)
    unit = paper.site.unit
    return Listener(tables, paper.period, paper.form, Namer(tables, paper.era, unit.type if unit else None))


def of_entry(entry: Entry | None, tables: Tables) -> Listener:
    """Return how a value is understood at the time and in the commune of an entry."""
    era = entry.era if entry is not None else None
    unit = taken(entry, "unit_code") if entry is not None else None
    day = taken(entry, "asserted_on") if entry is not None else None
    kinds = [one.type for one in tables.units if unit is not None and one.code == unit.value]
    whole = day is not None and len(str(day.value)) == 10
    period = Period.on(date.fromisoformat(str(day.value))) if day is not None and whole else period_of(era, tables)
    return Listener(tables, period, None, Namer(tables, era, kinds[0] if kinds else None))
