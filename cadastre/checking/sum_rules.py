"""R13 (domain.md 4): the sum of a page (`Cộng`) is that of its rows, and `Mang sang` is the sum carried."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from cadastre.checking.redundancy import near
from cadastre.checking.standing import with_fields
from cadastre.checking.votes import DIGITS, see
from cadastre.words.numbers import read_area
from schemas.documents import PageRef
from schemas.entries import Draft, Entry
from schemas.errors import Message
from schemas.outcomes import Finding
from schemas.readings import Reading

#: Digits that engines and tired eyes take for each other (domain.md 10).
_ALIKE = frozenset(frozenset(pair) for pair in ("17", "38", "56", "08", "06", "69", "35", "68", "89", "14", "49", "27"))
_TOLERANCE_M2 = 0.051


@dataclass(frozen=True, slots=True)
class Sums:
    """What a page prints of its sum and of the sum carried from the page before, as each may be read."""

    own: tuple[float, ...]
    carried: tuple[float, ...]
    agreed: bool  # both engines read the same sum


def page_sums(drafts: Iterable[Draft]) -> dict[PageRef, Sums]:
    """Return the sums of each page that prints one, once."""
    found: dict[PageRef, Sums] = {}
    for draft in drafts:
        if draft.ref in found or draft.row is None:
            continue
        own, carried = _options(draft.fields.get("sum_m2", ())), _options(draft.fields.get("carried_m2", ()))
        if own[0] or carried[0]:
            found[draft.ref] = Sums(own[0], carried[0], own[1])
    return found


def _options(readings: Sequence[Reading]) -> tuple[tuple[float, ...], bool]:
    if len(readings) != 1:  # sums of several households on a page
        return (), False
    seen = see(readings, read_area, DIGITS)
    return (seen.options, seen.agreed) if seen else ((), False)


def check_sums(rows: list[Entry], sums: Mapping[PageRef, Sums]) -> None:
    """R13: where the sum of a page agrees it proves the areas of its rows; else the row that breaks it is named."""
    before: float | None = 0.0
    for page in dict.fromkeys(row.ref for row in rows):
        own = [i for i, row in enumerate(rows) if row.ref == page]
        areas = [_area(rows[i]) for i in own]
        known = [area for area in areas if area is not None]
        total = round(sum(known), 4) if len(known) == len(areas) else None
        printed = sums.get(page)
        if printed is not None and printed.own and total is not None:
            starts = {0.0, *printed.carried, *([before] if before is not None else [])}
            fits = any(near(start + total, value, _TOLERANCE_M2) for start in starts for value in printed.own)
            if fits and len(own) > 1:
                _prove(rows, own)
            elif not fits:
                _name(rows, own, sorted(starts), printed)
        if printed is not None and printed.carried and before is not None and own:
            _carried(rows, own[0], printed, before)
        before = _after(before, total, printed)


def _after(before: float | None, total: float | None, printed: Sums | None) -> float | None:
    """Return the sum that the next page carries on."""
    if printed is not None and len(printed.own) == 1 and printed.agreed:
        return printed.own[0]
    return None if before is None or total is None else round(before + total, 4)


def _area(row: Entry) -> float | None:
    field = row.fields.get("area_m2")
    return field.value if field and isinstance(field.value, float) else None


def _prove(rows: list[Entry], own: Sequence[int]) -> None:
    """Accept the waiting areas that the sum confirms; a finding of another rule about them stands."""
    for i in own:
        field = rows[i].fields["area_m2"]
        doubted = any("area_m2" in finding.fields and finding.severity != "note" for finding in rows[i].findings)
        if field.status == "review" and not doubted:
            rows[i] = with_fields(rows[i], {"area_m2": replace(field, status="accepted")})


def _name(rows: list[Entry], own: Sequence[int], starts: Sequence[float], printed: Sums) -> None:
    """Put the finding on the row whose one misread digit explains the sum, else on all rows of the page."""
    culprits = {
        i
        for i in own
        for start in starts
        for value in printed.own
        if (area := _area(rows[i])) is not None and _one_digit(area, value - start - _others(rows, own, i))
    }
    blamed = culprits if len(culprits) == 1 else set(own)
    sums = " / ".join(_say(value) for value in printed.own)
    for i in blamed:
        if len(culprits) == 1:
            row, said = rows[i].row, _say(_area(rows[i]) or 0.0)
            message = Message(
                f"Cộng trang là {sums} m², không bằng tổng các dòng; có thể dòng {row} ({said} m²) đọc sai một chữ số.",
                f"The page's sum is {sums} m², not that of its rows; row {row} ({said} m²) may have a misread digit.",
            )
        else:
            message = Message(
                f"Cộng trang là {sums} m², không bằng tổng diện tích các dòng của trang; có dòng đọc sai hoặc thiếu.",
                f"The page's sum is {sums} m², not that of its rows; one is misread or missing.",
            )
        rows[i] = _waiting(rows[i], Finding("R13", "error", ("area_m2",), message))


def _waiting(row: Entry, finding: Finding) -> Entry:
    field = row.fields.get("area_m2")
    if field is None:
        return with_fields(row, {}, finding)
    waiting = replace(field, status="review") if field.status == "accepted" else field
    return with_fields(row, {"area_m2": waiting}, finding)


def _carried(rows: list[Entry], first: int, printed: Sums, before: float) -> None:
    """R13 with domain.md 9: a sum carried that is not the last page's means a page that is missing, or a misreading."""
    if any(near(before, value, _TOLERANCE_M2) for value in printed.carried) or before == 0.0:
        return
    told = " / ".join(_say(value) for value in printed.carried)
    message = Message(
        f"Mang sang {told} m² khác tổng các trang trước {_say(before)} m²; có thể thiếu trang hoặc đọc sai.",
        f"{told} m² is carried, the pages before sum to {_say(before)} m²; a page may be missing or misread.",
    )
    rows[first] = with_fields(rows[first], {}, Finding("R13", "warning", (), message))


def _others(rows: Sequence[Entry], own: Sequence[int], i: int) -> float:
    return sum(_area(rows[k]) or 0.0 for k in own if k != i)


def _one_digit(read: float, true: float) -> bool:
    """Return whether one number is the other with one digit taken for another that looks like it."""
    if true <= 0 or near(read, true, _TOLERANCE_M2):
        return False
    one, other = f"{read:.1f}", f"{true:.1f}"
    if len(one) != len(other):
        return False
    differ = [frozenset(pair) for pair in zip(one, other, strict=True) if pair[0] != pair[1]]
    return len(differ) == 1 and differ[0] in _ALIKE


def _say(value: float) -> str:
    text = f"{value:,.2f}".rstrip("0").rstrip(".")
    return text.translate(str.maketrans(",.", ".,"))
