"""Rules across the rows of one book or list: what the rows above and below say of a number (R14)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from cadastre.checking.ditto import copy_from_above
from cadastre.checking.how_written import HOW_WRITTEN, without_question
from cadastre.checking.issue_runs import confirm_by_run
from cadastre.checking.list_rules import check_list
from cadastre.checking.standing import with_fields
from cadastre.checking.sum_rules import Sums, check_sums
from cadastre.words.numbers import has_decimals, is_grouped_by_dots, read_area
from schemas.documents import PageRef
from schemas.entries import Entry
from schemas.errors import Message
from schemas.outcomes import Finding

_RUN = 0.7  # share of rows that follow their predecessor by one, from which a hole means something
_MOST = 0.6  # share of areas with decimals, from which one without is strange
_ENOUGH_WHOLE = 5  # areas that mean one thing, all whole, that tell how the others are written
_ENOUGH_DECIMALS = 2  # areas with decimals on a page that make a whole number on it doubtful
_AREA_COLUMNS = ("area_m2", "legal_area_m2")
#: Papers of rows; those of a parcel index run by sheet and parcel, the others by user or by number of issue.
_LISTED = frozenset({"so_muc_ke", "so_dang_ky", "so_dia_chinh", "so_cap_gcn", "quyet_dinh"})
_BY_PARCEL = frozenset({"so_muc_ke"})
#: Of these a stretch of rows goes on by one, in a register by user where a household's parcels lie beside each other.
_IN_RUNS = frozenset({"so_muc_ke", "so_dang_ky"})
#: In these a parcel stands once; in a register and an issue book it comes again with its next user or certificate.
_ONCE = frozenset({"so_muc_ke", "so_dang_ky", "quyet_dinh"})


def _number(entry: Entry) -> int | None:
    """Return the leading number of the row's parcel number, also while it waits."""
    field = entry.fields.get("parcel_no")
    match = re.fullmatch(r"(\d+)[a-z]?", str(field.value)) if field and field.value else None
    return int(match[1]) if match else None


def _text(entry: Entry, name: str) -> str | None:
    field = entry.fields.get(name)
    return field.value if field and isinstance(field.value, str) else None


def _taken(entry: Entry, name: str) -> bool:
    field = entry.fields.get(name)
    return field is not None and field.status in ("accepted", "confirmed")


def _doubted(entry: Entry, name: str) -> bool:
    return any(name in finding.fields and finding.severity != "note" for finding in entry.findings)


def _accepted(entry: Entry, name: str) -> Entry:
    return with_fields(entry, {name: replace(entry.fields[name], status="accepted")})


def _waiting(entry: Entry, name: str, finding: Finding) -> Entry:
    field = entry.fields[name]
    if field.status == "accepted":
        field = replace(field, status="review")
    return with_fields(entry, {name: field}, finding)


def _follows(above: Entry, row: Entry) -> bool:
    """Return whether the row's parcel is the next on the same sheet; suffixes (`125a`) follow nothing."""
    numbers = [_text(entry, "parcel_no") or "" for entry in (above, row)]
    if not all(number.isdigit() for number in numbers) or _text(above, "sheet_no") != _text(row, "sheet_no"):
        return False
    return int(numbers[1]) == int(numbers[0]) + 1


def _neighbours_confirm(rows: list[Entry]) -> None:
    """Accept a waiting sheet or parcel number that the accepted rows above and below leave no choice for."""
    taken_sheets = [_text(row, "sheet_no") if _taken(row, "sheet_no") else None for row in rows]
    for i in range(1, len(rows) - 1):
        field = rows[i].fields.get("sheet_no")
        waits = field is not None and field.status == "review" and not _doubted(rows[i], "sheet_no")
        if field and waits and field.value and taken_sheets[i - 1] == field.value == taken_sheets[i + 1]:
            rows[i] = _accepted(rows[i], "sheet_no")
    start = 0
    while start < len(rows):
        end = start + 1
        while end < len(rows) and _follows(rows[end - 1], rows[end]):
            end += 1
        run = range(start, end)
        taken = [i for i in run if _taken(rows[i], "parcel_no")]
        # between two accepted numbers of a run without a gap no other number has room
        for i in run:
            waits = rows[i].fields["parcel_no"].status == "review" if "parcel_no" in rows[i].fields else False
            if waits and taken and taken[0] < i < taken[-1] and not _doubted(rows[i], "parcel_no"):
                rows[i] = _accepted(rows[i], "parcel_no")
        start = end


def _runs(rows: Sequence[Entry]) -> bool:
    """Return whether the book's rows mostly follow each other by one."""
    numbers = [(row.fields["sheet_no"].value, _number(row)) for row in rows if "sheet_no" in row.fields]
    pairs = [(a[1], b[1]) for a, b in pairwise(numbers) if a[0] == b[0]]
    known = [(a, b) for a, b in pairs if a is not None and b is not None]
    return len(known) >= 3 and sum(b == a + 1 for a, b in known) >= _RUN * len(known)


def _sheets_out_of_order(rows: list[Entry]) -> None:
    """R14: rows go by sheet, so a sheet number between two that are equal, and not theirs, was misread."""
    sheets = [_text(row, "sheet_no") for row in rows]
    for i, sheet in enumerate(sheets):
        before = next((s for s in reversed(sheets[:i]) if s), None)
        after = next((s for s in sheets[i + 1 :] if s), None)
        around = before if before == after else None
        falls = _sheet_falls(before, sheet) or _sheet_falls(sheet, after)
        if sheet is None or sheet in (before, after) or not (around or falls):
            continue
        finding = Finding(
            "R14",
            "warning",
            ("sheet_no",),
            Message(
                f"Số tờ {sheet} không theo thứ tự các dòng trên và dưới; có thể đọc sai.",
                f"Sheet number {sheet} is out of order among the rows around it; it may be misread.",
            ),
        )
        rows[i] = _waiting(rows[i], "sheet_no", finding)


def _sheet_falls(above: str | None, below: str | None) -> bool:
    return bool(above and below and above.isdigit() and below.isdigit() and int(below) < int(above))


def _trusted(rows: Sequence[Entry]) -> list[int | None]:
    """Return the parcel numbers that the row above or below follows by one; None for the others."""
    numbers = [_number(row) for row in rows]
    trusted: list[int | None] = [None] * len(rows)
    for i in range(1, len(rows)):
        one, other = numbers[i - 1], numbers[i]
        if one is not None and other == one + 1:
            trusted[i - 1], trusted[i] = one, other
    return trusted


def _out_of_order(rows: list[Entry]) -> None:
    """R14: a number that does not lie between the nearest ones that follow each other was misread."""
    trusted = _trusted(rows)
    sheets = [None if _doubted(row, "sheet_no") else _text(row, "sheet_no") for row in rows]
    for i, row in enumerate(rows):
        number = _number(row)
        if number is None or trusted[i] is not None:
            continue
        above = next((j for j in range(i - 1, -1, -1) if trusted[j] is not None), None)
        below = next((j for j in range(i + 1, len(rows)) if trusted[j] is not None), None)
        # on another sheet the numbers begin anew
        before = trusted[above] if above is not None and _one_sheet(sheets[above : i + 1]) else None
        after = trusted[below] if below is not None and _one_sheet(sheets[i : below + 1]) else None
        if (before is None or number >= before) and (after is None or number <= after):
            continue
        around = " – ".join(str(n) for n in (before, after) if n is not None)
        finding = Finding(
            "R14",
            "warning",
            ("parcel_no",),
            Message(
                f"Số thửa {number} không theo thứ tự các thửa quanh nó ({around}); có thể đọc sai.",
                f"Parcel number {number} is out of order among those around it ({around}); it may be misread.",
            ),
        )
        rows[i] = _waiting(row, "parcel_no", finding)


def _one_sheet(sheets: Sequence[str | None]) -> bool:
    """Return whether the rows are of one sheet, as far as their sheet was read at all."""
    ends = {sheet for sheet in (sheets[0], sheets[-1]) if sheet is not None}
    return len(ends) <= 1


def _holes(rows: list[Entry]) -> None:
    """R14: a hole in the sequence is a missing row or a removed parcel; the numbers themselves stand."""
    for i in range(1, len(rows)):
        before, number = _number(rows[i - 1]), _number(rows[i])
        if before is None or number is None or _text(rows[i - 1], "sheet_no") != _text(rows[i], "sheet_no"):
            continue
        if number - before > 1 and _taken(rows[i - 1], "parcel_no") and _taken(rows[i], "parcel_no"):
            first, last = before + 1, number - 1
            hole = str(first) if first == last else f"{first}–{last}"
            finding = Finding(
                "R14",
                "warning",
                ("parcel_no",),
                Message(
                    f"Thiếu thửa {hole} trước thửa {number}: dòng bị thiếu hoặc thửa đã bỏ.",
                    f"Parcel {hole} is missing before {number}: a lost row or a removed parcel.",
                ),
            )
            rows[i] = with_fields(rows[i], {}, finding)


def _repeated(rows: list[Entry]) -> None:
    """R14: a parcel stands once per book and sheet."""
    keys = [(_text(row, "sheet_no"), _text(row, "parcel_no")) for row in rows]
    counts = Counter(key for key in keys if None not in key)
    for i, key in enumerate(keys):
        if counts[key] > 1:
            finding = Finding(
                "R14",
                "warning",
                ("parcel_no",),
                Message(
                    f"Thửa {key[1]} tờ {key[0]} có {counts[key]} dòng trong sổ; mỗi thửa chỉ ghi một lần.",
                    f"Parcel {key[1]} of sheet {key[0]} stands {counts[key]} times in the book; it should stand once.",
                ),
            )
            rows[i] = _waiting(rows[i], "parcel_no", finding)


def _decimals_on_pages(rows: Sequence[Entry]) -> Counter[PageRef]:
    """Return how many areas of each page, in either column, are printed with decimals."""
    texts = ((row.ref, row.fields[name].text) for row in rows for name in _AREA_COLUMNS if name in row.fields)
    return Counter(page for page, text in texts if text and has_decimals(text))


def _are_whole(printed: Sequence[str]) -> bool:
    """Return whether a book's areas are whole numbers, by those that mean one thing: then a dot groups thousands."""
    sure = [meanings[0] for text in printed if len(meanings := read_area(text)) == 1]
    return len(sure) >= _ENOUGH_WHOLE and all(value.is_integer() for value in sure)


def _areas_written_alike(rows: list[Entry], name: str) -> None:
    """Read `2.500` and lost marks as the book's other areas are written; doubt a whole number among decimals.

    A page whose other column has decimals is enough: a rule or a fold can cut the decimals off a whole column.
    """
    on_pages = _decimals_on_pages(rows)
    printed = [text for row in rows if name in row.fields and (text := row.fields[name].text)]
    grouped = any(map(is_grouped_by_dots, printed)) or _are_whole(printed)
    mostly_decimals = len(printed) >= 5 and sum(map(has_decimals, printed)) >= _MOST * len(printed)
    for i, row in enumerate(rows):
        field = row.fields.get(name)
        if field is None or field.value is None or not field.text:
            continue
        asked = any(finding.code in HOW_WRITTEN and name in finding.fields for finding in row.findings)
        alike = has_decimals(field.text) == mostly_decimals and (mostly_decimals or grouped)
        if asked and alike and field.status == "review":
            answered = without_question(row, name)
            if not _doubted(answered, name):
                rows[i] = _accepted(answered, name)
        elif (mostly_decimals or on_pages[row.ref] >= _ENOUGH_DECIMALS) and not has_decimals(field.text):
            finding = Finding(
                "decimals-missing",
                "warning",
                (name,),
                Message(
                    "Các diện tích khác trong sổ có phần thập phân, diện tích này thì không; có thể đọc sót dấu phẩy.",
                    "The book's other areas have decimals, this one has none; the decimal mark may have been lost.",
                ),
            )
            rows[i] = _waiting(row, name, finding)


def check_document(entries: Sequence[Entry], sums: Mapping[PageRef, Sums] | None = None) -> list[Entry]:
    """Return one document's entries, in the order of their rows, checked against each other.

    `sums` are those that its pages print.
    """
    rows = list(entries)
    if rows and rows[0].kind == "gcn":
        return check_list(rows)
    if not rows or rows[0].kind not in _LISTED:
        return rows
    copy_from_above(rows)
    if rows[0].kind in _BY_PARCEL:
        _sheets_out_of_order(rows)
        _out_of_order(rows)
    if rows[0].kind in _ONCE:
        _repeated(rows)
    if rows[0].kind in _IN_RUNS:
        _neighbours_confirm(rows)
    if rows[0].kind in _BY_PARCEL and _runs(rows):
        _holes(rows)
    for name in _AREA_COLUMNS:
        _areas_written_alike(rows, name)
    if rows[0].kind == "so_cap_gcn":
        confirm_by_run(rows)
    check_sums(rows, sums or {})
    return rows
