"""Who a note says took a parcel over, and from whom: names that the papers before or after it bear.

A change on a certificate or register names the next holder (`Chuyển nhượng cho bà …`, domain.md 2.3), a paper of the
next holder often the one before (`Nhận thừa kế của ông …`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cadastre.words.folding import aligned_fold, tidy
from cadastre.words.people import read_owners
from schemas.entries import Owner

# All patterns run on the folded sentence, letter for letter beside the printed one.
SENTENCE = re.compile(r"[;\n]|\.(?=\s|$)")
OF_A_PART = re.compile(r"\bmot phan\b|\btach\b|\bhop thua\b|\d\s?m2\b.*\bcho\b")
_KIN = r"(?:con|chau|em|vo|chong|cha|bo|me|anh|chi)\b(?:\s+(?:trai|gai|ruot|de|dau|re))?"
_NO_TITLE = r"\s+(?!(?:ho\s+)?(?:ong|ba)\b)"  # `của mẹ ông An` is not from Mr An
_PASSED_TO = re.compile(
    r"\b(?:chuyen nhuong|tang(?= cho\b)|thua ke|chuyen quyen|chuyen doi|ban)\b.*?\bcho\s+"
    rf"(?:{_KIN}\s+la\s+)?(?P<who>(?:ho\s+)?(?:ong|ba)\b.*)"
)
_TAKEN_FROM = re.compile(
    r"\b(?:nhan|duoc|mua)\b[^,]*?\b(?:cua|tu)\s+"
    rf"(?:{_KIN}(?:\s+la\s+|{_NO_TITLE}))?(?P<who>(?P<title>(?:ho\s+)?(?:ong|ba)\b)?.*)"
)
_AFTER_NAME = re.compile(
    r"\s*(?P<word>\btheo\b|\btai\b|\bngay\b|(?<!sinh )\bnam \d|\bke tu\b|\bbang\b|\bhop dong\b|\bqd\b|\(|"
    r",\s*(?=theo|ngay|so|nam \d))"
)
_ALSO_NAMES = ("tai", "bang")
_PREPOSITIONS = ("tại", "tai", "bằng", "bang")  # among capitals nothing but the marks tells them from names
_LEAST_WORDS = 2  # of a name without Ông or Bà: `Nhận thừa kế của mẹ` names nobody


def passed_to(note: str) -> tuple[Owner, ...]:
    """Return the people to whom a note says that the whole parcel passed."""
    if "cho" not in note:
        return ()
    return tuple(owner for sentence in _sentences(note) for owner in next_holders(sentence))


def taken_from(note: str) -> tuple[Owner, ...]:
    """Return the people from whom a note says that its holder has the land, of a part or a joined parcel too."""
    return tuple(owner for sentence in _sentences(note) for owner in _holders_before(sentence))


def next_holders(printed: str) -> tuple[Owner, ...]:
    """Return the people to whom the parcel passed by one tidy sentence."""
    plain = aligned_fold(printed)
    match = None if OF_A_PART.search(plain) else _PASSED_TO.search(plain)
    if match is None:
        return ()
    return read_owners(printed[match.start("who") : _end_of_names(printed, plain, match.start("who"))])


def _holders_before(printed: str) -> tuple[Owner, ...]:
    plain = aligned_fold(printed)
    match = _TAKEN_FROM.search(plain)
    if match is None:
        return ()
    told = printed[match.start("who") : _end_of_names(printed, plain, match.start("who"))]
    words = re.split(r"[\s,]+", told)
    if match["title"] is None and (len(words) < _LEAST_WORDS or not all(word[:1].isupper() for word in words[:2])):
        return ()
    return read_owners(told)


def _sentences(note: str) -> Iterator[str]:
    return map(tidy, SENTENCE.split(note))


def _end_of_names(printed: str, plain: str, start: int) -> int:
    """Return where the names end: at `tại`, `bằng`, not at a man called Tài or Bằng."""
    for end in _AFTER_NAME.finditer(plain, start):
        word = printed[slice(*end.span("word"))]
        is_name = end["word"] in _ALSO_NAMES and word[0].isupper()
        if not is_name or (printed.isupper() and word.casefold() in _PREPOSITIONS):
            return end.start()
    return len(printed)
