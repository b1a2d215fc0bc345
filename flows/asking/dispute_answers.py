"""What the rows about papers that do not agree come to: rulings, and the rows that are refused or stale."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from cadastre.checking.hearing import Listener, hear
from cadastre.words.folding import fold
from flows.asking.answer_sheet import SheetAnswer
from flows.asking.help import (
    ALL_RIGHT,
    ALL_RIGHT_OF_MANY,
    DISPUTES,
    NONE_RIGHT,
    OTHER_VALUE,
    SIDES,
    UNKNOWN,
)
from flows.asking.taking import of_entry
from schemas.disputes import IMPORTED, Dispute, DisputeVerdict, Ruling
from schemas.entries import Entry
from schemas.errors import Message
from schemas.tables import Tables
from store import dispute_answers
from store.database import Connection

_VERDICTS: Mapping[str, DisputeVerdict] = {
    **dict.fromkeys(SIDES, "side"),
    ALL_RIGHT: "all",
    ALL_RIGHT_OF_MANY: "all",
    NONE_RIGHT: "none",
    OTHER_VALUE: "value",
    UNKNOWN: "unknown",
}
_STALE = Message(
    "câu hỏi đã cũ: các giấy tờ được hỏi không còn; hãy xuất lại",
    "the question is stale: the papers that were asked for are gone; export again",
)


@dataclass(frozen=True, slots=True)
class HeardDisputes:
    """The rulings of the rows, and those rows that are refused or stale, each with its reason."""

    rulings: tuple[Ruling, ...]
    refused: tuple[tuple[int, Message], ...]
    stale: tuple[tuple[int, Message], ...]


def hear_disputes(conn: Connection, rows: Sequence[SheetAnswer], tables: Tables) -> HeardDisputes:
    """Return what the rows rule, by the questions as they were asked and the papers as they stand today."""
    asked = dispute_answers.asked(conn, {row.question_id for row in rows})
    ids = {name for one in asked.values() for side in one.sides for name in side.entry_ids}
    here = dispute_answers.papers(conn, ids)
    rulings: list[Ruling] = []
    refused: list[tuple[int, Message]] = []
    stale: list[tuple[int, Message]] = []
    done: set[str] = set()
    for row in rows:
        one = asked.get(row.question_id)
        if one is None or not _is_asked_still(one, here):
            stale.append((row.row, _on_sheet(_STALE)))
            continue
        if row.question_id in done:
            said: Ruling | Message = Message("câu hỏi này đã có ở dòng trên", "this question stands in a row above")
        else:
            done.add(row.question_id)
            said = hear_dispute(row, one, _listener(one, here, tables))
        if isinstance(said, Message):
            refused.append((row.row, _on_sheet(said)))
        else:
            rulings.append(said)
    return HeardDisputes(tuple(rulings), tuple(refused), tuple(stale))


def hear_dispute(row: SheetAnswer, asked: Dispute, listener: Listener) -> Ruling | Message:
    """Return the ruling that a row gives, or why it gives none."""
    choice = {fold(word): word for word in _VERDICTS}.get(fold(row.choice))
    if not row.choice and row.text:
        choice = OTHER_VALUE  # a value was written and no word chosen
    if choice is None:
        return row.not_understood((*SIDES[: len(asked.sides)], ALL_RIGHT, NONE_RIGHT, UNKNOWN))
    verdict = _VERDICTS[choice]
    offered = SIDES[:1] if asked.attribute == IMPORTED else SIDES[: len(asked.sides)]
    if asked.attribute == IMPORTED and verdict == "side" and choice not in offered:
        return Message(
            f"dữ liệu không thay giấy tờ hàng loạt; chọn «{UNKNOWN}» để trả lời từng thửa",
            f"data replaces papers parcel by parcel only; choose «{UNKNOWN}» to be asked for each",
        )
    if verdict == "side" and choice not in offered:
        return Message(f"câu này chỉ có {len(asked.sides)} giấy", f"there are only {len(asked.sides)} papers here")
    if asked.kind == "papers" and verdict not in ("side", "unknown"):
        told = ", ".join(f"«{word}»" for word in (*offered, UNKNOWN))
        return Message(f"câu này chỉ trả lời {told}", f"this is answered {told}")
    if asked.attribute in (None, "shape") and verdict == "value":
        return Message("câu này không ghi giá trị; chọn một trong các câu có sẵn", "no value here: choose an answer")
    if verdict != "value":
        if row.text:
            return Message(
                f"chọn «{choice}» nhưng lại ghi giá trị khác; chỉ giữ một trong hai",
                f"«{choice}» was chosen and a value written too; keep one of them",
            )
        return Ruling(asked.question_id, verdict, SIDES.index(choice) if verdict == "side" else None)
    heard = hear(asked.attribute or "", row.text, listener)
    return heard if isinstance(heard, Message) else Ruling(asked.question_id, "value", None, heard)


def _is_asked_still(asked: Dispute, here: Mapping[str, Entry]) -> bool:
    """Return whether two sides of what was asked are still told; papers asked for as a whole always are."""
    if not any(side.entry_ids for side in asked.sides):
        return True
    return sum(_told(side.entry_ids, here) for side in asked.sides) > 1


def _told(entry_ids: Collection[str], here: Mapping[str, Entry]) -> bool:
    return any(entry_id in here for entry_id in entry_ids)


def _listener(asked: Dispute, here: Mapping[str, Entry], tables: Tables) -> Listener:
    """Return how a value is understood: as of the time of the latest paper that was asked for."""
    papers = [here[name] for side in asked.sides for name in side.entry_ids if name in here]
    return of_entry(max(papers, key=lambda one: (one.era != "299", one.era or ""), default=None), tables)


def _on_sheet(why: Message) -> Message:
    return Message(f"trang tính «{DISPUTES}»: {why.vi}", f"sheet «{DISPUTES}»: {why.en}")
