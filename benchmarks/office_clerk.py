"""A clerk who knows the truth of a made batch answers the whole workbook of questions, sheet by sheet."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import openpyxl

from benchmarks import clerk, clerk_of_maps, clerk_of_papers
from benchmarks.outside import Truth
from flows.asking.help import DISPUTES, LINKS


def answer_all(questions: Path, out: Path, true: Truth) -> dict[str, Counter[str]]:
    """Write the workbook with its questions answered to `out`, and return what was answered on each sheet."""
    given = {"Câu hỏi": clerk.answer(questions, out, list(true.entries.values()))}
    book = openpyxl.load_workbook(out)
    if LINKS in book.sheetnames:
        sheet = book[LINKS]
        given[LINKS] = clerk_of_maps.fill(sheet, _columns(sheet), true.lineage)
    if DISPUTES in book.sheetnames:
        sheet = book[DISPUTES]
        given[DISPUTES] = clerk_of_papers.fill(sheet, _columns(sheet), true.current, true.misprinted)
    book.save(out)
    return {name: counts for name, counts in given.items() if counts}


def _columns(sheet: object) -> dict[str, int]:
    heads = next(sheet.iter_rows(min_row=1, max_row=1, values_only=True))  # type: ignore[attr-defined]
    return {str(head): place for place, head in enumerate(heads)}
