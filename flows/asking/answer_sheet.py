"""Reads a workbook that came back: which question got which answer, before anything is believed."""

from __future__ import annotations

import hashlib
import warnings
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from cadastre.words.folding import key
from cadastre.words.wording import say_number
from flows.asking.cells import ANSWER_HEAD, ID_HEAD
from flows.asking.dispute_sheet import OTHER_HEAD
from flows.asking.help import DISPUTES, LINKS
from flows.asking.link_sheet import NAMED_HEAD
from flows.asking.workbook import SHEET, VALUE_HEAD
from schemas.errors import BadInput, Message

_LARGEST_BYTES = 500_000_000
_OTHER_FORMS = (".ods", ".xls", ".fods", ".csv", ".numbers")


@dataclass(frozen=True, slots=True)
class SheetAnswer:
    """One answered row: its number in the sheet, the question, what was chosen and what was written."""

    row: int
    question_id: str
    choice: str
    text: str

    def not_understood(self, words: Iterable[str]) -> Message:
        """Return that the choice is none of the words that may be chosen."""
        told = ", ".join(f"«{word}»" for word in words)
        return Message(
            f"không hiểu câu trả lời «{self.choice}»; chọn một trong: {told}",
            f"no such answer: «{self.choice}»; choose one of: {told}",
        )


@dataclass(frozen=True, slots=True)
class AnswerSheet:
    """The answered rows of a workbook, the hash of the file and a hash of what it answers.

    `links` are the rows of the sheet about how maps go together, `disputes` those about papers that do not agree.
    """

    answers: tuple[SheetAnswer, ...]
    file_sha256: str
    content_hash: str
    links: tuple[SheetAnswer, ...] = ()
    disputes: tuple[SheetAnswer, ...] = ()


def read_sheet(path: Path) -> AnswerSheet:
    """Return what a workbook answers; BadInput where it is none of ours."""
    try:
        if path.stat().st_size > _LARGEST_BYTES:
            raise _refused(path)
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of what other programs add; only cells are read
            book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        try:
            if SHEET not in book.sheetnames:
                raise _refused(path)
            answers = _answered(book, SHEET, VALUE_HEAD)
            links = _answered(book, LINKS, NAMED_HEAD) if LINKS in book.sheetnames else ()
            disputes = _answered(book, DISPUTES, OTHER_HEAD) if DISPUTES in book.sheetnames else ()
        finally:
            book.close()
    except FileNotFoundError:
        raise BadInput(vi=f"{path}: không có tệp này", en=f"{path}: no such file") from None
    except (OSError, InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, SyntaxError) as err:
        raise _refused(path) from err
    if answers is None or links is None or disputes is None:
        raise _refused(path)
    told = "\n".join(sorted(f"{one.question_id}\t{one.choice}\t{one.text!r}" for one in (*answers, *links, *disputes)))
    return AnswerSheet(answers, digest, hashlib.sha256(told.encode()).hexdigest(), links, disputes)


def _answered(book: Any, name: str, value_head: str) -> tuple[SheetAnswer, ...] | None:
    """Return the answered rows of a sheet; None where its columns are not there."""
    rows = [[_text(cell) for cell in row] for row in book[name].iter_rows(values_only=True)]
    heads = rows[0] if rows else []
    if not {ANSWER_HEAD, value_head, ID_HEAD} <= set(heads):
        return None
    places = [heads.index(head) for head in (ID_HEAD, ANSWER_HEAD, value_head)]
    answers: list[SheetAnswer] = []
    for number, row in enumerate(rows[1:], start=2):
        question_id, choice, text = (row[place] if place < len(row) else "" for place in places)
        if question_id and (key(choice) or key(text)):
            answers.append(SheetAnswer(number, question_id, choice, text))
    return tuple(answers)


def _refused(path: Path) -> BadInput:
    if path.suffix.lower() in _OTHER_FORMS:
        return BadInput(
            vi=f"{path}: không phải dạng .xlsx; mở tệp, chọn Lưu thành (Save as) dạng Excel .xlsx rồi nhập lại",
            en=f"{path}: is not an .xlsx; open it, save it as Excel .xlsx, and import that",
        )
    return BadInput(
        vi=f"{path}: không phải tệp câu hỏi do diachinh xuất ra; dùng: diachinh questions export TỆP.xlsx",
        en=f"{path}: not a workbook of questions; make one with: diachinh questions export OUT.xlsx",
    )


def _text(cell: object) -> str:
    """Return a cell as the person would write it: a date that a spreadsheet made of it is a date again."""
    if cell is None:
        return ""
    if isinstance(cell, datetime | date):
        return f"{cell.day:02d}/{cell.month:02d}/{cell.year}"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else say_number(cell)
    return str(cell).strip()
