"""The head of a decision (quyết định): its number, `456/QĐ-UB`, and the office that decides."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from ocr.folding import bare, in_capitals, skeleton
from ocr.forms import Content
from ocr.labels import Token
from ocr.values import Span

#: A decision's number among the words of a line, letters without marks.
DECISION_NO = re.compile(r"\d{1,5} ?/ ?(?:\d{4} ?/ ?)?q ?d ?[-–—.] ?[a-z]{2,6}(?: ?[-–—] ?[a-z]{2,6})*")
_DAY = re.compile(r"ngay\W{0,3}(\d{1,2} ?[/.-] ?\d{1,2} ?[/.-] ?\d{4})")
_OFFICE = re.compile(r"(uybannhandan|ubnd|sotainguyen|sonongnghiep)")
_PLACE = re.compile(r"(huyen|tinh|thixa|thanhpho|quan|xa|phuong|thitran)")
_FAR = 2.2  # heights between the two lines of an office's name

Line = tuple[Token, ...]


def find_decision_head(tokens: Sequence[Token]) -> list[Span]:
    """Return the number that the decision bears, or that its list names, and the office in the upper left."""
    lines = [tuple(group) for _, group in groupby(tokens, key=lambda token: (token.row, id(token.piece)))]
    number, day = _number(lines)
    named: tuple[tuple[str, Content, Line], ...] = (
        ("decision_no", "code", number),
        ("issued_on", "date", day),
        ("issuer", "words", _issuer(lines)),
    )
    return [Span(name, content, tokens) for name, content, tokens in named if tokens]


def _number(lines: Sequence[Line]) -> tuple[Line, Line]:
    """Return the words of the first decision number, and of the day printed behind it: `số 456/QĐ-UB ngày 5/3/1999`.

    Numbers below `Căn cứ` (on the grounds of) belong to other decisions.
    """
    for line in lines:
        plain = bare(_text(line))
        if skeleton(plain).startswith("cancu"):
            break
        if match := DECISION_NO.search(plain):
            day = _DAY.search(plain, match.end())
            return _between(line, *match.span()), _between(line, *day.span(1)) if day else ()
    return (), ()


def _between(line: Line, start: int, end: int) -> Line:
    """Return the words of the line that lie between two places of its text."""
    found, at = [], 0
    for token in line:
        behind = at + len(token.word.text)
        if at < end and behind > start:
            found.append(token)
        at = behind + 1
    return tuple(found)


def _issuer(lines: Sequence[Line]) -> Line:
    """Return the first office in capitals above the title, with the line under it that names its place."""
    for i, line in enumerate(lines):
        text = _text(line)
        letters = skeleton(text)
        if letters.startswith(("quyetdinh", "cancu")):
            return ()
        if not (_OFFICE.match(letters) and in_capitals(text)):
            continue
        if _PLACE.search(_OFFICE.sub("", letters)):
            return line
        below = (other for other in lines[i + 1 :] if _under(line, other) and in_capitals(_text(other)))
        place = next((other for other in below if _PLACE.match(skeleton(_text(other)))), ())
        return (*line, *place) if place else line
    return ()


def _text(line: Sequence[Token]) -> str:
    return " ".join(token.word.text for token in line)


def _under(line: Sequence[Token], other: Sequence[Token]) -> bool:
    above, below = line[0].piece, other[0].piece
    overlap = min(above.right, below.right) - max(above.left, below.left)
    return overlap > 0 and 0 < below.top - above.top < _FAR * above.height
