"""The list of parcels on one certificate (`gcn_1993`, sometimes later forms): R2, ditto marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cadastre.checking.ditto import copy_from_above
from cadastre.checking.how_written import HOW_WRITTEN, without_question
from cadastre.checking.redundancy import near
from cadastre.checking.standing import with_fields
from schemas.entries import Entry, FieldValue
from schemas.errors import Message
from schemas.outcomes import Finding

_TOTALS = ("total_m2", "total_words_m2")
#: What a row says for itself; a row that was not found makes the place of all others doubtful.
_OF_A_ROW = ("sheet_no", "parcel_no", "area_m2", "land_use", "term", *_TOTALS)
_UNPROVEN = Finding(
    "list-unproven",
    "warning",
    ("area_m2",),
    Message(
        "Không đọc được tổng diện tích hoặc diện tích của một thửa nên không kiểm được danh sách thửa.",
        "The total or an area of the list cannot be read, so the list could not be checked.",
    ),
)


def check_list(entries: Sequence[Entry]) -> list[Entry]:
    """Return the entries of one certificate, in the order of its list, checked against the list's total.

    R2 (domain.md 4): the rows sum to the total. Where they do, the sum proves each of them; where they do not, or it
    cannot be told, one may be misread or missing and all wait.
    """
    rows = list(entries)
    if len(rows) < 2:
        return rows
    copy_from_above(rows)
    totals = {value for name in _TOTALS if (value := _number(rows[0], name)) is not None}
    areas = [_number(row, "area_m2") for row in rows]
    if not totals or any(area is None for area in areas):
        return [_waiting(row, _UNPROVEN) for row in rows]
    total = round(sum(area for area in areas if area is not None), 4)
    if any(near(total, value) for value in totals):
        clear = _tells_how_written(rows, total)
        return [_proven(without_question(row, "area_m2") if clear else row, total) for row in rows]
    told = ", ".join(f"{value:g}" for value in sorted(totals))
    finding = Finding(
        "R2",
        "error",
        ("area_m2",),
        Message(
            f"Tổng diện tích các thửa là {total:g} m², khác tổng ghi trên giấy ({told} m²); có dòng đọc sai hoặc sót.",
            f"The parcels' areas sum to {total:g} m², the paper's total is {told} m²; a row is misread or missing.",
        ),
    )
    return [_waiting(row, finding) for row in rows]


def _tells_how_written(rows: Sequence[Entry], total: float) -> bool:
    """Return whether a total that agrees tells `1.194` for 1194 too: not where it is itself written so, as all are."""
    words = _number(rows[0], "total_words_m2")
    if words is not None and near(words, total):
        return True
    asked = [any(f.code in HOW_WRITTEN and "area_m2" in f.fields for f in row.findings) for row in rows]
    return not all(asked)


def _number(row: Entry, name: str) -> float | None:
    field = row.fields.get(name)
    return field.value if field and isinstance(field.value, float) else None


def _proven(row: Entry, total: float) -> Entry:
    """Return the row with its area and the totals accepted that the sum confirms, unless another rule doubts them."""
    doubted = {name for finding in row.findings if finding.severity != "note" for name in finding.fields}
    names = ["area_m2", *(name for name in _TOTALS if (value := _number(row, name)) is not None and near(value, total))]
    proven: dict[str, FieldValue] = {}
    for name in names:
        field = row.fields[name]
        if field.status == "review" and name not in doubted:
            proven[name] = replace(field, status="accepted")
    return with_fields(row, proven)


def _waiting(row: Entry, finding: Finding) -> Entry:
    taken = {name: field for name in _OF_A_ROW if (field := row.fields.get(name)) and field.status == "accepted"}
    return with_fields(row, {name: replace(field, status="review") for name, field in taken.items()}, finding)
