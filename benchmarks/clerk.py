"""A clerk who knows the truth of a made batch answers the workbook of questions, through its cells alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl

from cadastre.words.wording import FIELD_NAMES, say
from flows.asking.cells import ANSWER_HEAD
from flows.asking.help import CORRECTED, REJECT, RIGHT, UNREADABLE
from flows.asking.workbook import READ_HEAD, SHEET, VALUE_HEAD
from schemas.entries import value_from_json

Entry = Mapping[str, Any]
PAPER_HEAD, ASKED_HEAD = "Giấy tờ", "Cần trả lời"
_FIELD_OF = {message.vi: name for name, message in FIELD_NAMES.items() if name != "unit_name"}


def answer(questions: Path, out: Path, truth: Sequence[Entry]) -> Counter[str]:
    """Write the workbook with every question answered to `out`, and return how often each answer was given."""
    book = openpyxl.load_workbook(questions)
    sheet = book[SHEET]
    heads = [str(cell.value) for cell in sheet[1]]
    paper, asked, shown, choice, value = (
        heads.index(head) for head in (PAPER_HEAD, ASKED_HEAD, READ_HEAD, ANSWER_HEAD, VALUE_HEAD)
    )
    given: Counter[str] = Counter()
    offered = {str(rule.sqref): str(rule.formula1) for rule in sheet.data_validations.dataValidation}
    for row in sheet.iter_rows(min_row=2):
        name = _FIELD_OF[str(row[asked].value)]
        entries = looked_at(str(row[paper].value), name, truth)
        words, text = _answer(name, entries, row[shown].value or "", REJECT in offered[row[choice].coordinate])
        row[choice].value, row[value].value = words, text
        given[words] += 1
    book.save(out)
    return given


def looked_at(paper: str, name: str, truth: Iterable[Entry]) -> list[Entry]:
    """Return the entries that a question is about: those that the page and the row make, with the field first."""
    found = re.search(r"\n(.*)\ntrang (\d+)(?:, dòng (\d+))?", paper, re.DOTALL)  # of several rows the first
    if found is None:
        raise ValueError(f"no page is named in {paper!r}")
    file, page, row = found[1], int(found[2]), found[3] and int(found[3])
    here = [entry for entry in truth if (row is None or entry["row"] == row) and (file, page) in _pages(entry)]
    there = [entry for entry in here if row is None or (entry["file"], entry["page"]) == (file, page)] or here
    return sorted(there, key=lambda entry: name not in entry["fields"])


def _pages(entry: Entry) -> set[tuple[str, int]]:
    """Return where the entry and its fields stand; a paper may lie in several files."""
    own = (entry["file"], entry["page"])
    return {own, *((field.get("file") or entry["file"], field["page"]) for field in entry["fields"].values())}


def _answer(name: str, entries: Sequence[Entry], shown: str, may_reject: bool) -> tuple[str, str | None]:
    """Return the word that is chosen and, where it is `Sửa`, what is written beside it."""
    if not entries:
        return (REJECT if may_reject else UNREADABLE), None
    field = entries[0]["fields"].get(name)
    if field is None or field["value"] is None:
        return UNREADABLE, None
    true = say(name, value_from_json(name, field["value"]))
    read = shown.split(" – ")[0] if name == "unit_code" else shown
    if read == true:
        return RIGHT, None
    named = entries[0]["fields"].get("unit_name") if name == "unit_code" else None  # a code may be of several communes
    return CORRECTED, f"{true} – {named['value']}" if named else true
