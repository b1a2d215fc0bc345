"""Checks a national collection workbook against its public description; knows the file and the rules, not the writer.

    python -m benchmarks.check_form FORM.xlsx [--scans FOLDER] [--identity]

Ends with 0 where no rule finds a fault, else with 1 and one line a fault.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import openpyxl
from openpyxl.cell.cell import Cell
from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.workbook import Workbook

HEAD_ROWS, ITEM_ROW, FIRST_ROW, COLUMNS = 3, 4, 5, 61
MUST = {
    "commune": ("B",),
    "serial or dossier code": ("C",),
    "name": ("H", "F"),
    "sheet": ("T",),
    "parcel": ("U",),
    "area": ("Y",),
    "land use 1": ("Z",),
    "area of land use 1": ("AA",),
    "scan names": ("AX",),
}
REQUIRED_ITEMS = (7, 11, 12, 13, 27, 28, 29, 50)
LAND_USES = (("Z", "AA", "AB", "AC", "AD"), ("AE", "AF", "AG", "AH", "AI"), ("AJ", "AK", "AL", "AM", "AN"))
PERSON = {"A", *"FGHIJKLMN", "AZ", "BA", "BB", "BC", "BD", "BE"}
"""What may differ between the rows of one parcel."""
IDENTITY = ("G", "I", "P", "AZ", "BA", "BB", "BC", "BD", "BE")
SERIAL = re.compile(r"[A-ZĐ]{1,2} (\d{6}|\d{8})")
DOSSIER = re.compile(r"(CHUACOGIAY|CHUACAPGIAY)_(\d{5})_(.+)_(.+)")
LONG_NUMBER = re.compile(r"(?<![0-9A-Fa-f])\d{9}(?:\d{3})?(?![0-9A-Fa-f])")
"""Nine or twelve digits on their own; inside the hash that a scan goes by they are none."""


@dataclass(frozen=True, slots=True)
class Book:
    """The workbook and what it is checked with."""

    book: Workbook
    scans: Path | None
    identity: bool

    @property
    def rows(self) -> Sequence[Mapping[str, object]]:
        """The data rows from row 5, by column letter; None where a cell is empty."""
        cells = self.book.worksheets[0].iter_rows(min_row=FIRST_ROW, max_col=COLUMNS, values_only=True)
        return [{get_column_letter(n): value for n, value in enumerate(row, start=1)} for row in cells]

    @property
    def cells(self) -> Iterator[Cell]:
        """Every cell of every sheet."""
        for sheet in self.book.worksheets:
            for row in sheet.iter_rows():
                yield from row


def sheets(book: Book) -> Iterator[str]:
    names = book.book.sheetnames
    if names[:1] != ["Sheet1"]:
        yield f"the first sheet is {names[0]}, not Sheet1"
    if len(names) != 2:
        yield f"{len(names)} sheets, not Sheet1 and one for what does not fit"


def columns(book: Book) -> Iterator[str]:
    sheet = book.book.worksheets[0]
    if sheet.max_column != COLUMNS:
        yield f"{sheet.max_column} columns, not {COLUMNS}"
    for index in range(1, COLUMNS + 1):
        if not any(sheet.cell(row, index).value for row in range(1, HEAD_ROWS + 1)):
            yield f"column {get_column_letter(index)} has no head in rows 1 to 3"
        item = f"Mục {index - 1}" if 2 <= index <= 51 else None
        if (sheet.cell(ITEM_ROW, index).value or None) != item:
            yield f"{get_column_letter(index)}4 is {sheet.cell(ITEM_ROW, index).value!r}, not {item!r}"


def running_numbers(book: Book) -> Iterator[str]:
    for number, row in enumerate(book.rows, start=1):
        if row["A"] != number:
            yield f"row {number + FIRST_ROW - 1}: running number {row['A']!r}, not {number}"


def what_is_sent_back_without(book: Book) -> Iterator[str]:
    for line, row in enumerate(book.rows, start=FIRST_ROW):
        for what, letters in MUST.items():
            if all(row[letter] in (None, "") for letter in letters):
                yield f"row {line}: no {what}"


def what_is_asked_for_is_there_or_listed(book: Book) -> Iterator[str]:
    listed: dict[int, str] = defaultdict(str)
    for second in book.book.worksheets[1:]:
        for cells in second.iter_rows(min_row=2, values_only=True):
            text = " | ".join(str(cell) for cell in cells if cell is not None)
            for first, last in re.findall(r"(?:^| \| )(\d+)(?:–(\d+))?(?= \| )", text):
                for line in range(int(first), int(last or first) + 1):
                    listed[line] += text + ","
    for line, row in enumerate(book.rows, start=FIRST_ROW):
        for item in REQUIRED_ITEMS:
            if row[get_column_letter(item + 1)] in (None, "") and not re.search(rf"Mục {item}\b", listed[line]):
                yield f"row {line}: item {item} is empty and the second sheet does not say so"


def codes(book: Book) -> Iterator[str]:
    for line, row in enumerate(book.rows, start=FIRST_ROW):
        if not (isinstance(row["B"], str) and re.fullmatch(r"\d{5}", row["B"])):
            yield f"row {line}: commune code {row['B']!r} is not a text of 5 digits"
        item_2 = str(row["C"])
        dossier = DOSSIER.fullmatch(item_2)
        if dossier is None and not SERIAL.fullmatch(item_2):
            yield f"row {line}: {item_2!r} is neither a serial nor a dossier code"
        if dossier and item_2 != f"{dossier[1]}_{row['B']}_{row['T']}_{row['U']}":
            yield f"row {line}: the dossier code {item_2!r} is not of this commune, sheet and parcel"


def scan_names(book: Book) -> Iterator[str]:
    for line, row in enumerate(book.rows, start=FIRST_ROW):
        names = str(row["AX"]).split(", ")
        item_2 = str(row["C"])
        if SERIAL.fullmatch(item_2) and f"{item_2}-GCN.pdf" not in names:
            yield f"row {line}: no scan {item_2}-GCN.pdf"
        for name in names:
            if not re.fullmatch(r"[^,;/\\]+\.pdf", name):
                yield f"row {line}: {name!r} is no name of a scan"
            elif "-GCN" in name and not name.startswith(item_2):
                yield f"row {line}: {name!r} is another certificate's scan"
            elif name.startswith("CHUA") and not name.startswith(f"{item_2}-"):
                yield f"row {line}: {name!r} is another dossier's scan"
            elif book.scans and not _is_pdf(book.scans / name):
                yield f"row {line}: {name!r} is not among the scans"


def _is_pdf(path: Path) -> bool:
    return path.is_file() and path.read_bytes()[:5] == b"%PDF-"


def areas(book: Book) -> Iterator[str]:
    for line, row in enumerate(book.rows, start=FIRST_ROW):
        area = row["Y"]
        if not isinstance(area, int | float) or area <= 0:
            yield f"row {line}: area {area!r}"
            continue
        before = True
        for kind, size, *rest in LAND_USES:
            used = any(row[letter] not in (None, "") for letter in (kind, size, *rest))
            if used and (not before or not row[kind]):
                yield f"row {line}: land use in {kind} without its code or with none before it"
            if row[size] is not None and not (isinstance(row[size], int | float) and row[size] > 0):  # type: ignore[operator]
                yield f"row {line}: area {row[size]!r} of a land use"
            before = used


def one_parcel_one_set_of_columns(book: Book) -> Iterator[str]:
    first: dict[tuple[object, ...], tuple[int, Mapping[str, object]]] = {}
    people: dict[tuple[object, ...], set[object]] = defaultdict(set)
    for line, row in enumerate(book.rows, start=FIRST_ROW):
        key = (row["B"], row["T"], row["U"])
        line_1, row_1 = first.setdefault(key, (line, row))
        if row["C"] != row_1["C"]:
            yield f"row {line}: another certificate on the parcel of row {line_1}"
        differ = [letter for letter in row if letter not in PERSON and letter != "C" and row[letter] != row_1[letter]]
        if differ:
            yield f"row {line}: {', '.join(differ)} differ from row {line_1}, which is of the same parcel"
        person = (row["F"], row["H"], row["J"], row["K"])
        if row["J"] and person in people[key]:
            yield f"row {line}: the same person twice on one parcel"
        people[key].add(person)


def identity_only_with_the_right(book: Book) -> Iterator[str]:
    if book.identity:
        return
    for line, row in enumerate(book.rows, start=FIRST_ROW):
        for letter in IDENTITY:
            if row[letter] not in (None, ""):
                yield f"row {line}: identity in column {letter}"
    for cell in book.cells:
        if isinstance(cell.value, str) and LONG_NUMBER.search(cell.value):
            yield f"{cell.parent.title}!{cell.coordinate}: looks like an identity number"


def nothing_is_computed(book: Book) -> Iterator[str]:
    for cell in book.cells:
        if cell.data_type == "f" or cell.hyperlink:
            yield f"{cell.parent.title}!{cell.coordinate}: a formula or a link"


def the_system_s_own(book: Book) -> Iterator[str]:
    for line, row in enumerate(book.rows, start=FIRST_ROW):
        if row["BI"] not in (None, ""):
            yield f"row {line}: Guid is the system's, never ours"


RULES: tuple[Callable[[Book], Iterator[str]], ...] = (
    sheets,
    columns,
    running_numbers,
    what_is_sent_back_without,
    what_is_asked_for_is_there_or_listed,
    codes,
    scan_names,
    areas,
    one_parcel_one_set_of_columns,
    identity_only_with_the_right,
    nothing_is_computed,
    the_system_s_own,
)


def faults(path: Path, *, scans: Path | None = None, identity: bool = False) -> list[str]:
    """Return what is wrong with the workbook, each with the rule's name before it."""
    book = Book(openpyxl.load_workbook(path), scans, identity)
    if book.book.worksheets[0].max_column < column_index_from_string("BI"):
        return [f"columns: {fault}" for fault in columns(book)]
    return [f"{rule.__name__}: {fault}" for rule in RULES for fault in rule(book)]


def main(words: Sequence[str]) -> int:
    """Check the workbook that the words name and print its faults."""
    parser = argparse.ArgumentParser(prog="check_form", description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("form", type=Path)
    parser.add_argument("--scans", type=Path)
    parser.add_argument("--identity", action="store_true")
    asked = parser.parse_args(words)
    found = faults(asked.form, scans=asked.scans, identity=asked.identity)
    rows = max(0, openpyxl.load_workbook(asked.form).worksheets[0].max_row - ITEM_ROW)
    print("\n".join(found) or f"{asked.form}: {rows} rows, no fault")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
