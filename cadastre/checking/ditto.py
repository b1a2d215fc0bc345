"""Cells that say what stands above: ditto marks (`nt`, `-"-`, `"`) and cells left blank for it (domain.md 2.1)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from cadastre.checking.standing import with_fields
from cadastre.words.folding import key
from schemas.documents import Kind
from schemas.entries import Entry, FieldValue

#: nt, -"-, ": also as they come out of the engines.
_MARK = re.compile(r"[\s.,\-–—_=~'‘’`´*^:;|/\\\"”“〃]*(?:[nmr][tif1lk]|[a-z])?[\s.,\-–—_=~'‘’`´*^:;|/\\\"”“〃]*")
_DITTO = re.compile(r"[\s.\-–—]*(?:nt|\"|''|”|“|〃)[\s.\-–—\"”“']*", re.IGNORECASE)
#: What the books of an era, or lists, leave blank where it is as above.
_BLANKS: Mapping[tuple[Kind, bool], tuple[str, ...]] = {
    ("so_muc_ke", True): ("sheet_no", "owners", "land_use"),
    ("so_dang_ky", True): ("sheet_no", "land_use"),
    ("so_muc_ke", False): ("sheet_no",),
    ("so_cap_gcn", False): (),
    ("quyet_dinh", False): ("owners", "sheet_no"),
    ("gcn", False): ("sheet_no",),
}
#: The user of a register by user stands over the rows: a line that is hardly read may name another than the row above.
_NEVER: frozenset[tuple[Kind, str]] = frozenset({("so_dang_ky", "owners")})
_MARKED = ("sheet_no", "owners", "toponym", "land_use", "legal_land_use", "user_type", "origin", "term")
_OLD = ("299", "1988")
_NEXT = 4  # from one parcel number of a sheet to the next, parcels left out between
_WAITING = 4  # rows above, among which one with sure numbers is looked for
_TAKEN = ("accepted", "confirmed")


def is_ditto(name: str, field: FieldValue) -> bool:
    """Return whether the cell prints a ditto mark; a name or place never is as short as one misread."""
    text = field.text
    if text is None or field.source != "paper":
        return False
    if _DITTO.fullmatch(text):
        return True
    if name in ("owners", "toponym"):
        return len(key(text)) <= 2
    return field.value is None and len(key(text)) <= 2 and _MARK.fullmatch(text) is not None


def copy_from_above(rows: list[Entry]) -> None:
    """Fill, row by row, each cell that repeats the one above it; the value is inferred and mostly waits.

    A sheet number is accepted where a mark is printed, or the row below has it as well, and it was accepted above; so
    it is in a book that prints each sheet once, while the parcel numbers go on.
    """
    blank_sheets = sum(_blank(row.fields.get("sheet_no")) for row in rows)
    mostly_blank = len(rows) >= 4 and 2 * blank_sheets >= len(rows)
    for i in range(1, len(rows)):
        row, above = rows[i], rows[i - 1]
        old = row.era in _OLD
        blank = _BLANKS.get((row.kind, old), ())
        for name in _MARKED:
            field, source = row.fields.get(name), above.fields.get(name)
            if source is None or source.value is None or (row.kind, name) in _NEVER:
                continue
            marked = field is not None and is_ditto(name, field)
            missing = _blank(field) and name in blank
            if not marked and not missing:
                continue
            below = rows[i + 1].fields.get(name) if i + 1 < len(rows) else None
            told = source.status in _TAKEN and (
                marked or (name == "sheet_no" and below is not None and below.value == source.value)
            )
            sure = told or (name == "sheet_no" and not marked and mostly_blank and _goes_on(rows, i))
            value = FieldValue(source.value, None, None, "accepted" if sure else "review", "inferred", None, None)
            row = _without_missing(row, name)
            row = with_fields(row, {name: value})
        rows[i] = row


def _blank(field: FieldValue | None) -> bool:
    return field is None or field.box is None


def _goes_on(rows: Sequence[Entry], i: int) -> bool:
    """Return whether a row that prints no sheet has the next parcel number of the last row above with sure numbers.

    A number between the two that waits does not matter: were it of another sheet, that sheet would be printed there.
    """
    other = _parcel(rows[i])
    for j in range(i - 1, max(i - _WAITING, 0) - 1, -1):
        sheet, one = rows[j].fields.get("sheet_no"), _parcel(rows[j])
        if sheet is None or sheet.value is None or (sheet.source == "paper" and sheet.status not in _TAKEN):
            return False
        if one is not None and sheet.status in _TAKEN:
            return other is not None and one <= other <= one + _NEXT + i - j - 1
    return False


def _parcel(row: Entry) -> int | None:
    """Return the leading number of an accepted parcel number."""
    field = row.fields.get("parcel_no")
    match = re.match(r"\d+", str(field.value)) if field and field.status in _TAKEN else None
    return int(match[0]) if match else None


def _without_missing(row: Entry, name: str) -> Entry:
    """Return the row without the finding that this field was not found on the paper."""
    found = []
    for finding in row.findings:
        if finding.code == "field-missing" and name in finding.fields:
            others = tuple(field for field in finding.fields if field != name)
            found += [replace(finding, fields=others)] if others else []
        else:
            found.append(finding)
    return replace(row, findings=tuple(found))
