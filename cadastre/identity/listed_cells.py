"""What a list for verification tells of a person, and whether a row that came back still tells it of the same one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from schemas.verification import Listed

_SEX = {"nam": "Nam", "nu": "Nữ"}
_IN_POWERS = re.compile(r"(\d+)(?:[.,](\d+))?[eE]\+?(\d{1,2})")


def listed_cells(person: Listed) -> dict[str, str]:
    """Return the listed columns of a person by their codes, as they are written into the file."""

    def numbers(digits: int) -> str:
        return ", ".join(no for _, no in person.numbers if no.isdigit() and len(no) == digits)

    return {
        "name": person.name,
        "birth_year": str(person.birth_year or ""),
        "sex": _SEX[person.sex] if person.sex else "",
        "cmnd": numbers(9),
        "cccd": numbers(12),
        "address": person.address or "",
    }


def altered_cell(came_back: Mapping[str, str], person: Listed) -> str | None:
    """Return the first listed column that tells something else than the list did; None where all agree.

    A column that is left out or empty tells nothing: whoever answers need not send personal data back. A number from
    which a spreadsheet took the zero in front, or its last digits (4.9E+10), is still the listed one.
    """
    for column, held in listed_cells(person).items():
        text = came_back.get(column, "")
        if text.strip() and not _same(column, text, held):
            return column
    return None


def _same(column: str, text: str, held: str) -> bool:
    if column in ("cmnd", "cccd", "birth_year"):
        return _digits(text) == _digits(held) or _shortened(text, held)
    return _plain(text) == _plain(held)


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split()).casefold()


def _digits(text: str) -> list[str]:
    return [number.lstrip("0") for number in re.findall(r"\d+", re.sub(r"\.0$", "", text.strip()))]


def _shortened(text: str, held: str) -> bool:
    """Whether a number in powers of ten has the first digits and the length of the listed one."""
    found = _IN_POWERS.fullmatch(text.strip())
    if found is None:
        return False
    number = held.lstrip("0")
    told = found[1] + (found[2] or "")
    rounded = f"{int(number):.{len(told) - 1}e}" if number.isdigit() else ""
    return rounded.partition("e")[0].replace(".", "") == told and len(number) == len(found[1]) + int(found[3])
