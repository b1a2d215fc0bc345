"""A clerk who knows what stands answers the workbook's sheet of papers that do not agree, by its cells alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from benchmarks.clerk_of_maps import ASKED_HEAD, named_in
from cadastre.words.wording import FIELD_NAMES, say
from flows.asking.cells import ANSWER_HEAD
from flows.asking.dispute_sheet import HEADS
from flows.asking.help import ALL_RIGHT, NONE_RIGHT, SIDES, UNKNOWN
from schemas.entries import value_from_json

_SAYS = [head for head in HEADS if head.endswith("ghi")][:2]
_NAMES = {message.vi.lower(): name for name, message in FIELD_NAMES.items()}
_CERTIFICATE, _AREA = "Giấy nào đang còn hiệu lực?", "Số nào đúng?"
Current = Mapping[str, Mapping[str, Any]]


def answer(question: str, sides: Sequence[str], current: Current, misprinted: Collection[str]) -> str:
    """Return what one chooses who knows what stands for each parcel and which numbers are printed wrongly."""
    key, rest = named_in(question)
    true = current.get(key, {})
    if question.endswith(_CERTIFICATE):
        return _side(
            [bool(true.get("serial")) and str(true["serial"]) in side for side in sides], bool(true.get("serial"))
        )
    if question.endswith(_AREA):
        wanted = [true.get("area_m2"), true.get("legal_area_m2")]
        right = [
            value is not None and f": {say('area_m2', value)} m²" in side
            for value, side in zip(wanted, sides, strict=False)
        ]
        return ALL_RIGHT if all(right) else _side(right, None not in wanted)
    printed = [number for number in misprinted if any(number in side for side in sides)]
    if printed:
        return _side([not any(number in side for number in printed) for side in sides], known=True)
    name = next((name for words, name in _NAMES.items() if rest.startswith(words)), "")
    if true.get(name) is None or name in ("owners", "land_use"):
        return UNKNOWN
    told = say(name, value_from_json(name, true[name]))
    return _side([f"ghi: {told}" in side for side in sides], known=False)


def _side(right: Sequence[bool], known: bool) -> str:
    """Return the one side that is right; that none is where the truth is known, else that it is not known."""
    if sum(right) == 1:
        return SIDES[list(right).index(True)]
    return NONE_RIGHT if known and not any(right) else UNKNOWN


def fill(
    sheet: Any, column: Mapping[str, int], current: Current, misprinted: Collection[str], most: int | None = None
) -> Counter[str]:
    """Write the answers into a sheet of disputes, of the first `most`, and return how often each was given."""
    given = Counter[str]()
    for row in list(sheet.iter_rows(min_row=2))[:most]:
        sides = [text for head in _SAYS if (text := str(row[column[head]].value or ""))]
        offered = _offered(sheet, row[column[ANSWER_HEAD]].coordinate)
        said = answer(str(row[column[ASKED_HEAD]].value), sides, current, misprinted)
        said = said if said in offered else UNKNOWN
        row[column[ANSWER_HEAD]].value = said
        given[said] += 1
    return given


def _offered(sheet: Any, cell: str) -> list[str]:
    rules = {str(rule.sqref): str(rule.formula1) for rule in sheet.data_validations.dataValidation}
    return re.findall(r"[^\",]+", rules.get(cell, ""))
