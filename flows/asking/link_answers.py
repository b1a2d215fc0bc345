"""What the rows about how maps go together come to: answers, and the rows that are refused or stale."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import get_args

from cadastre.words.folding import fold
from flows.asking.answer_sheet import SheetAnswer
from flows.asking.help import LINKS, NO_PARCEL, OTHER_PARCEL, OTHER_SHEET, RIGHT, WRONG
from schemas.answers import LinkAnswer, LinkAsked, LinkVerdict, Place
from schemas.documents import Era
from schemas.errors import Message
from store import link_answers
from store.database import Connection

_VERDICTS: Mapping[str, LinkVerdict] = {
    RIGHT: "yes",
    WRONG: "no",
    OTHER_PARCEL: "other",
    OTHER_SHEET: "other",
    NO_PARCEL: "none",
}
_NUMBER = r"(\d+[a-z]?)\b"
_PARCEL = re.compile(
    rf"\bthua(?: so)? {_NUMBER},? to(?: so)? {_NUMBER}|\bto(?: so)? {_NUMBER},? thua(?: so)? {_NUMBER}"
    rf"|\b{_NUMBER} ?/ ?{_NUMBER}"
)
_MAP = re.compile(r"\bban do(?: so)? (\w+)")
_ASIDE = re.compile(r"\([^)]*\)")  # the area that stands behind a parcel where it is shown
_NO_MAP = Message(
    "câu hỏi đã cũ: không còn giấy tờ nào của bản đồ được hỏi, hoặc bản đồ nay gọi theo thời kỳ khác; hãy xuất lại",
    "the question is stale: no paper of the map asked about is left, or it is named by another era; export again",
)
_STALE = Message(
    "câu hỏi đã cũ: không còn giấy tờ nào của thửa, tờ được hỏi; hãy xuất lại",
    "the question is stale: no paper of what was asked for is left; export again",
)
Papers = Mapping[tuple[str, str], Sequence[str]]
"""The entries of each parcel (sheet, number) of the map that is answered about."""


@dataclass(frozen=True, slots=True)
class HeardLinks:
    """The answers of the rows, and those rows that are refused or stale, each with its reason."""

    answers: tuple[LinkAnswer, ...]
    refused: tuple[tuple[int, Message], ...]
    stale: tuple[tuple[int, Message], ...]


def hear_links(conn: Connection, rows: Sequence[SheetAnswer]) -> HeardLinks:
    """Return what the rows answer, by the questions as they were asked and the papers as they stand today."""
    asked = link_answers.asked(conn, {row.question_id for row in rows})
    places = [place for one in asked.values() for place in (one.subject, *one.offered)]
    today = link_answers.find_again(conn, places)
    papers: dict[tuple[str, Era], Papers] = {}
    answers: list[LinkAnswer] = []
    refused: list[tuple[int, Message]] = []
    stale: list[tuple[int, Message]] = []
    done: set[str] = set()
    for row in rows:
        one = asked.get(row.question_id)
        if one is None or any(today[place] is None for place in (one.subject, *one.offered)):
            stale.append((row.row, _on_sheet(_STALE)))
            continue
        if row.question_id in done:
            said: LinkAnswer | Message = Message("câu hỏi này đã có ở dòng trên", "this question stands in a row above")
        else:
            done.add(row.question_id)
            map_ = (one.unit, next((place.era for old in one.offered if (place := today[old])), one.era))
            if map_ not in papers:
                papers[map_] = link_answers.papers_of_map(conn, *map_)
            if not papers[map_]:
                stale.append((row.row, _on_sheet(_NO_MAP)))
                continue
            said = hear_link(row, one, map_, papers[map_], partial(link_answers.papers_of_map, conn, one.unit))
        if isinstance(said, Message):
            refused.append((row.row, _on_sheet(said)))
        else:
            answers.append(said)
    return HeardLinks(tuple(answers), tuple(refused), tuple(stale))


def hear_link(
    row: SheetAnswer,
    asked: LinkAsked,
    map_: tuple[str, Era],
    papers: Papers,
    papers_of: Callable[[Era], Papers] = lambda _: {},
) -> LinkAnswer | Message:
    """Return the answer that a row gives, or why it gives none; `papers` are those of the other map as of today.

    A parcel may be named on a further map of the commune, `thửa 48 tờ 12 bản đồ 2003`, whose papers `papers_of` gives.
    """
    choice = {fold(word): word for word in _VERDICTS}.get(fold(row.choice))
    other = OTHER_SHEET if asked.kind == "sheet" else OTHER_PARCEL
    if not row.choice and row.text:
        choice = other  # a place was written and no word chosen
    if choice is None:
        return row.not_understood((RIGHT, other) if asked.kind == "sheet" else (RIGHT, WRONG, other, NO_PARCEL))
    if asked.kind == "sheet" and choice not in (RIGHT, OTHER_SHEET):
        return Message(
            f"về cả một tờ chỉ trả lời «{RIGHT}» hoặc «{OTHER_SHEET}»; chưa biết thì để trống",
            f"a whole sheet is answered «{RIGHT}» or «{OTHER_SHEET}»; leave it empty where it is not known",
        )
    if asked.side == "older" and choice == NO_PARCEL:
        return Message(f"câu này trả lời «{WRONG}» thay cho «{NO_PARCEL}»", f"answer «{WRONG}» here, not «{NO_PARCEL}»")
    if asked.kind == "parcel" and not asked.offered and choice not in (OTHER_PARCEL, NO_PARCEL):
        return Message(
            f"câu này máy chưa tìm được thửa nào: ghi thửa mới, chọn «{NO_PARCEL}», hoặc để trống",
            f"nothing was found here: write the newer parcel, choose «{NO_PARCEL}», or leave it empty",
        )
    if choice not in (OTHER_PARCEL, OTHER_SHEET):
        if row.text:
            return Message(
                f"chọn «{choice}» nhưng lại ghi thửa, tờ khác; chỉ giữ một trong hai",
                f"«{choice}» was chosen and another place written too; keep one of them",
            )
        return LinkAnswer(asked.question_id, _VERDICTS[choice])
    if asked.kind == "parcel" and (elsewhere := _MAP.search(fold(row.text))):
        era = next((one for one in get_args(Era) if one == elsewhere[1]), None)
        papers = papers_of(era) if era is not None else {}
        if era is None or not papers:
            return _no_such_map(elsewhere[1])
        map_ = (map_[0], era)
    named = _sheets(row.text, map_, papers) if asked.kind == "sheet" else _parcels(row.text, map_, papers)
    if isinstance(named, Message):
        return named
    mine = (asked.subject.unit, asked.subject.era, asked.subject.sheet, asked.subject.parcel)
    if any((one.unit, one.era, one.sheet, one.parcel) == mine for one in named):
        return Message("đó chính là thửa đang hỏi; ghi thửa trên bản đồ kia", "that is what is asked for; name another")
    return LinkAnswer(asked.question_id, "other", named)


def _sheets(text: str, map_: tuple[str, Era], papers: Papers) -> tuple[Place, ...] | Message:
    known: dict[str, list[str]] = {}
    for (sheet, _), ids in papers.items():
        known.setdefault(sheet, []).append(ids[0])
    folded = {fold(sheet): sheet for sheet in known}
    found: list[Place] = []
    for number in re.sub(r"\bto\b|\bso\b|\bva\b|[;,.]", " ", _ASIDE.sub(" ", fold(text))).split():
        if not re.fullmatch(_NUMBER, number):
            return Message(f"không hiểu «{text}»; ghi các tờ như: 12, 13", f"no sheets in «{text}»; write: 12, 13")
        if number not in folded:
            return _no_such_sheet(number, known)
        sheet = folded[number]
        found.append(Place(*map_, sheet, None, tuple(sorted(known[sheet]))))
    if not found:
        return Message("chưa ghi tờ nào; ghi các tờ như: 12, 13", "no sheet is written; write: 12, 13")
    return tuple(dict.fromkeys(found))


def _parcels(text: str, map_: tuple[str, Era], papers: Papers) -> tuple[Place, ...] | Message:
    plain = _MAP.sub(" ", _ASIDE.sub(" ", fold(text)))
    if re.sub(r"\bva\b|[;,.\s]", "", _PARCEL.sub("", plain)) or not plain.strip():
        return Message(f"không hiểu «{text}»; ghi như: thửa 48 tờ 12", f"no parcel in «{text}»; write: thửa 48 tờ 12")
    folded = {(fold(sheet), fold(parcel)): (sheet, parcel) for sheet, parcel in papers}
    sheets = {fold(sheet): sheet for sheet, _ in papers}
    found: list[Place] = []
    for p1, s1, s2, p2, s3, p3 in _PARCEL.findall(plain):
        sheet, parcel = s1 or s2 or s3, p1 or p2 or p3
        if sheet not in sheets:
            return _no_such_sheet(sheet, sheets.values())
        place = folded.get((sheet, parcel), (sheets[sheet], parcel))
        found.append(Place(*map_, place[0], place[1], tuple(papers.get(place, ()))))
    return tuple(dict.fromkeys(found))


def _no_such_map(name: str) -> Message:
    return Message(
        f"không có giấy tờ nào của bản đồ {name} ở xã này; ghi bản đồ như trong câu hỏi: bản đồ 2003",
        f"no paper of a map {name} of this commune; name the map as the question does: bản đồ 2003",
    )


def _no_such_sheet(number: str, known: Iterable[str]) -> Message:
    told = ", ".join(sorted(known, key=lambda one: (len(one), one))[:20])
    return Message(
        f"bản đồ kia không có tờ {number} trong giấy tờ đã nhận; có: {told}",
        f"no paper tells of a sheet {number} of that map; there are: {told}",
    )


def _on_sheet(why: Message) -> Message:
    return Message(f"trang tính «{LINKS}»: {why.vi}", f"sheet «{LINKS}»: {why.en}")
