"""Issue-book numbers (số vào sổ cấp giấy chứng nhận) as a run: a prefix and a number."""

from __future__ import annotations

import re
from dataclasses import dataclass

_OLD = re.compile(r"(\d{1,5}) QSDĐ(?:/.*)?")
_NEW = re.compile(r"(?:([A-ZĐ]{1,3}) ?)?(\d{1,6})")
_DECISION_INSIDE = re.compile(r"QSDĐ/(\d{1,5}/(?:\d{4}/)?QĐ-?[A-ZĐ]+(?:-[A-ZĐ]+)*)")


@dataclass(frozen=True, slots=True, order=True)
class RegisterNumber:
    """`H 00345` is (H, 345), `00123 QSDĐ/456/QĐ-UB` is (QSDĐ, 123), a bare `00456` has no prefix."""

    prefix: str
    number: int

    def __str__(self) -> str:
        digits = f"{self.number:05d}"
        if self.prefix == "QSDĐ":
            return f"{digits} QSDĐ"
        return f"{self.prefix} {digits}" if self.prefix else digits


def register_number(text: str | None) -> RegisterNumber | None:
    """Return the number of a normalised register number; None for another shape."""
    if text is None:
        return None
    if old := _OLD.fullmatch(text):
        return RegisterNumber("QSDĐ", int(old[1]))
    new = _NEW.fullmatch(text)
    return RegisterNumber(new[1] or "", int(new[2])) if new else None


def decision_inside(text: str | None) -> str | None:
    """Return the decision that a register number of 1993 names: `456/QĐ-UB` of `00123 QSDĐ/456/QĐ-UB`."""
    match = _DECISION_INSIDE.search(text or "")
    return match[1] if match else None
