"""Formulas of a workbook (.xlsx, .xlsm) that carry no result: nobody has computed them, or they ended in an error.

The XML comes from strangers: it is read in the confined process of `flows.imports.child` only.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

_BOOK, _LINKS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_CELL = re.compile(r"([A-Z]{1,3})(\d+)")


def without_result(path: Path, sheet: str) -> list[tuple[int, int]]:
    """Return (row, column) from 0 of the formulas of a sheet without a result; none where they cannot be told."""
    try:
        with zipfile.ZipFile(path) as book:
            part = _part(book, sheet)
            return [] if part is None else list(_bare(book, part))
    except (zipfile.BadZipFile, ElementTree.ParseError, KeyError, OSError):
        return []


def _part(book: zipfile.ZipFile, sheet: str) -> str | None:
    """Return the name of the sheet's part inside the file."""
    links = {one.get("Id"): one.get("Target", "") for one in _tree(book, _LINKS)}
    for one in _tree(book, _BOOK).iter():
        if _tag(one) == "sheet" and one.get("name") == sheet:
            link = next((value for name, value in one.attrib.items() if name.rpartition("}")[2] == "id"), None)
            return posixpath.normpath(posixpath.join("xl", links[link])).lstrip("/")
    return None


def _bare(book: zipfile.ZipFile, part: str) -> Iterator[tuple[int, int]]:
    with book.open(part) as text:
        for _, row in ElementTree.iterparse(text):  # noqa: S314 - confined
            if _tag(row) != "row":
                continue
            for cell in row:
                told = {_tag(one): one.text for one in cell}
                computed = cell.get("t") == "str" or (told.get("v") and cell.get("t") != "e")
                if "f" in told and not computed and (place := _CELL.fullmatch(cell.get("r", ""))):
                    yield int(place[2]) - 1, _column(place[1])
            row.clear()


def column_letters(column: int) -> str:
    """Return a column, counted from 0, as a spreadsheet names it: 0 is A, 26 is AA."""
    column, last = divmod(column, 26)
    return (column_letters(column - 1) if column else "") + chr(ord("A") + last)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _tree(book: zipfile.ZipFile, part: str) -> ElementTree.Element:
    return ElementTree.fromstring(book.read(part))  # noqa: S314 - confined


def _tag(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]
