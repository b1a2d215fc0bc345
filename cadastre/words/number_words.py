"""Numbers in Vietnamese words, in all regional spellings, also where reading lost the marks.

Grammar, largest group first:  number = group tỷ · group triệu · group nghìn · group [phẩy decimals]
group = [digit trăm] (linh digit | tens), tens = mười [digit] | digit mươi [digit].
Said both ways: linh/lẻ, tư/bốn, lăm/nhăm/năm, nghìn/ngàn, mốt/một, tỷ/tỉ, phẩy/chấm.
"""

from __future__ import annotations

import re

from cadastre.words.folding import fold

_DIGITS = {
    "khong": 0, "mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "lam": 5, "nham": 5,
    "sau": 6, "bay": 7, "tam": 8, "chin": 9,
}  # fmt: skip
_SCALES = {"ty": 10**9, "ti": 10**9, "trieu": 10**6, "nghin": 10**3, "ngan": 10**3}
_OTHERS = ("tram", "muoi", "linh", "le", "phay", "cham")
_WORDS = frozenset((*_DIGITS, *_SCALES, *_OTHERS))
_LONGEST = max(map(len, _WORDS))
_FRAME = re.compile(r"bang chu|met\W*\w{1,3}ng\W*$|m2\b|m²")


def _one_slip(word: str, other: str) -> bool:
    """Return whether the words differ by one changed, lost or added letter."""
    if word == other or abs(len(word) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(word), len(other)) and word[start] == other[start]:
        start += 1
    end = 0
    while end < min(len(word), len(other)) - start and word[-1 - end] == other[-1 - end]:
        end += 1
    return max(len(word), len(other)) - start - end == 1


def _mended(token: str) -> str:
    """Return the only number word of four letters or more that is one letter off, else the token itself."""
    if len(token) < 4 or _splits(token):
        return token
    near = [word for word in _WORDS if len(word) >= 4 and _one_slip(token, word)]
    return near[0] if len(near) == 1 else token


def _splits(letters: str) -> list[tuple[str, ...]]:
    """Return every way to cut run-together letters into number words."""
    if not letters:
        return [()]
    found: list[tuple[str, ...]] = []
    for size in range(2, min(_LONGEST, len(letters)) + 1):
        if letters[:size] in _WORDS:
            found += [(letters[:size], *rest) for rest in _splits(letters[size:])]
    return found


def _tens(words: tuple[str, ...]) -> int | None:
    """Return 10 to 99 as said: mười lăm, hai mươi mốt, and hai lăm for 25."""
    if not words:
        return None
    if words[0] == "muoi":
        tens, rest = 1, words[1:]
    elif len(words) > 1 and words[1] == "muoi" and _DIGITS.get(words[0], 0) > 1:
        tens, rest = _DIGITS[words[0]], words[2:]
    elif len(words) == 2 and words[1] in ("lam", "nham") and _DIGITS.get(words[0], 0) > 1:
        tens, rest = _DIGITS[words[0]], words[1:]
    else:
        return None
    if not rest:
        return tens * 10
    unit = _DIGITS.get(rest[0], 0) if len(rest) == 1 else 0
    return tens * 10 + unit if unit else None


def _group(words: tuple[str, ...], *, leading: bool, last: bool) -> int | None:
    """Return 0 to 999; the last group says linh before a lone digit unless it is also the leading one."""
    if not words:
        return None
    hundreds: int | None = None
    if len(words) > 1 and words[1] == "tram" and words[0] in _DIGITS:
        hundreds, words = _DIGITS[words[0]] * 100, words[2:]
        if not words:
            return hundreds
    alone = hundreds is None and (leading or not last)
    if len(words) == 2 and words[0] in ("linh", "le") and not (hundreds is None and leading):
        digit = _DIGITS.get(words[1], 0)
        return (hundreds or 0) + digit if digit else None
    if len(words) == 1 and words[0] in _DIGITS and words[0] not in ("lam", "nham", "tu"):
        return _DIGITS[words[0]] if alone else None
    tens = _tens(words)
    return None if tens is None else (hundreds or 0) + tens


def _whole(words: tuple[str, ...]) -> int | None:
    total, leading = 0, True
    for scale in (10**9, 10**6, 10**3):
        at = next((i for i, word in enumerate(words) if _SCALES.get(word) == scale), None)
        if at is None:
            continue
        group = _group(words[:at], leading=leading, last=False)
        if not group:
            return None
        total, words, leading = total + group * scale, words[at + 1 :], False
    if not words:
        return None if leading else total
    group = _group(words, leading=leading, last=True)
    return None if group is None else total + group


def _decimals(words: tuple[str, ...]) -> str | None:
    """Return the digits after the mark: sáu, không năm, sáu mươi lăm, hai lăm, một hai năm."""
    zeros = 0
    while zeros < len(words) and words[zeros] == "khong":
        zeros += 1
    rest = words[zeros:]
    if not rest:
        return "0" * zeros or None
    number = _whole(rest)
    if number is not None:
        return "0" * zeros + str(number)
    if all(word in _DIGITS for word in rest):
        return "0" * zeros + "".join(str(_DIGITS[word]) for word in rest)
    return None


def _value(words: tuple[str, ...]) -> float | None:
    marks = [i for i, word in enumerate(words) if word in ("phay", "cham")]
    if len(marks) > 1:
        return None
    whole = _whole(words[: marks[0]] if marks else words)
    if whole is None or not marks:
        return None if whole is None else float(whole)
    part = _decimals(words[marks[0] + 1 :])
    return None if part is None else float(f"{whole}.{part}")


def read_number_words(text: str) -> float | None:
    """Return the number that the words say; None where they say none, or more than one.

    Blanks may be lost (`haitrăm`), marks may be lost (`hai tram`), and a longer word may have one letter wrong
    where only one number word is that near.
    """
    plain = _FRAME.sub(" ", fold(text))
    if re.search(r"\d", plain):
        return None
    tokens = [_mended(token) for token in re.findall(r"[^\W_]+", plain)]
    letters = "".join(tokens)
    if not letters or len(letters) > 160:
        return None
    values = {_value(words) for words in _splits(letters)} - {None}
    return values.pop() if len(values) == 1 else None
