"""Dates as papers print them: `30/5/2012`, `ngày 12 tháng 5 năm 2015`."""

from __future__ import annotations

import re
from datetime import date

from cadastre.words.folding import fold

_IN_WORDS = re.compile(r"ng[^\W\d]{0,3}\W*(\d{1,2})\W*th[^\W\d]{0,4}\W*(\d{1,2})\W*n[^\W\d]{0,2}\W*(\d{4})(?!\d)")
_IN_DIGITS = re.compile(r"(?<!\d)(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4})(?!\d)")
_OPEN = re.compile(r"(?<![\dlio|!])(\d{1,2})\D{1,8}(\d{1,2})\D{1,8}((?:19|20)\d{2})(?!\d)")


def _iso(day: str, month: str, year: str) -> str | None:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


def read_date(text: str) -> str | None:
    """Return the one date in the text as YYYY-MM-DD; None where there is none, two, or an impossible one."""
    plain = fold(text)
    for pattern in (_IN_WORDS, _IN_DIGITS, _OPEN):
        found = pattern.findall(plain)
        if found:
            days = {_iso(*parts) for parts in found}
            return days.pop() if len(days) == 1 else None
    return None
